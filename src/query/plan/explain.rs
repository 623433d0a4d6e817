//! A plan in words, one line a step, inner pipelines indented; with PROFILE, what was measured beside each.

use std::fmt::Write;

use super::gauges::Reading;
use super::logical::{Pipeline, Plan, ScanBy, Seek, Step, Takes, Yield};
use crate::graph::Graph;
use crate::query::bind::bound::Slot;
use crate::query::bind::tree::{BoundEvidence, Leg, PathMode, RelTypes, Select, Way};

/// The plan's text.
#[must_use]
pub fn explain(plan: &Plan, graph: &Graph) -> String {
    lines(plan, graph).into_iter().map(|line| line.text + "\n").collect()
}

/// The plan's text, and beside each step what was measured of it.
#[must_use]
pub fn profile(plan: &Plan, graph: &Graph, readings: &[Reading]) -> String {
    let lines = lines(plan, graph);
    let width = lines.iter().map(|line| line.text.chars().count()).max().unwrap_or(0).max("step".len());
    let mut text = format!("{:width$}  {:>10}  {:>12}  {:>10}\n", "step", "rows", "time", "memory");
    for Line { text: line, gauge } in lines {
        let reading = gauge.map(|number| readings.get(number).copied().unwrap_or_default());
        let _ = match reading {
            Some(Reading { rows, time, bytes, .. }) => {
                let time = format!("{:.3} ms", time.as_secs_f64() * 1e3);
                writeln!(text, "{line:width$}  {rows:>10}  {time:>12}  {:>10}", memory(bytes))
            }
            None => writeln!(text, "{line}"),
        };
    }
    text
}

fn memory(bytes: usize) -> String {
    match bytes {
        0..10_000 => format!("{bytes} B"),
        10_000..10_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

/// A line of a plan, and the gauge of its step.
struct Line {
    text: String,
    gauge: Option<usize>,
}

fn lines(plan: &Plan, graph: &Graph) -> Vec<Line> {
    let mut lines = Vec::new();
    pipeline(&plan.root, graph, 0, &mut lines);
    for (number, subplan) in plan.subplans.iter().enumerate() {
        if subplan.pipeline.steps.is_empty() {
            // A step has taken its place.
            continue;
        }
        let how = if subplan.takes_batches { ", for many rows at once" } else { "" };
        lines.push(Line { text: format!("subquery {number}{how}:"), gauge: None });
        pipeline(&subplan.pipeline, graph, 1, &mut lines);
    }
    lines
}

fn pipeline(pipeline: &Pipeline, graph: &Graph, depth: usize, lines: &mut Vec<Line>) {
    let mut steps = pipeline.steps.iter().peekable();
    while let Some(step) = steps.next() {
        let gauge = match steps.peek() {
            Some(Step::Gauge(number)) => Some(*number),
            _ => None,
        };
        if gauge.is_some() {
            steps.next();
        }
        lines.push(Line { text: format!("{:indent$}{}", "", line(step, graph), indent = depth * 2), gauge });
        match step {
            Step::Optional { inner, .. } | Step::Call { inner, .. } | Step::Foreach { inner, .. } => {
                self::pipeline(inner, graph, depth + 1, lines);
            }
            Step::Join(join) => self::pipeline(&join.inner, graph, depth + 1, lines),
            Step::Merge(merge) => self::pipeline(&merge.sought, graph, depth + 1, lines),
            Step::Union { branches, .. } => {
                for (number, (branch, _)) in branches.iter().enumerate() {
                    let text = format!("{:indent$}branch {}:", "", number + 1, indent = (depth + 1) * 2);
                    lines.push(Line { text, gauge: None });
                    self::pipeline(branch, graph, depth + 2, lines);
                }
            }
            _ => {}
        }
    }
}

fn line(step: &Step, graph: &Graph) -> String {
    let slot = |slot: Slot| format!("#{}", slot.0);
    match step {
        Step::Match(_) => "match (unsolved)".to_owned(),
        Step::Scan { slot: at, by } => match by {
            ScanBy::All => format!("scan all nodes into {}", slot(*at)),
            ScanBy::Label(label) => {
                let count = graph.label_count(*label);
                format!("scan {count} nodes with label {} into {}", graph.label_name(*label), slot(*at))
            }
            ScanBy::Is(node) => {
                format!("take the node {} into {}", graph.slug(*node).unwrap_or("?"), slot(*at))
            }
            ScanBy::Value(Seek { key: Some(key), .. }) => format!("seek nodes by {key} into {}", slot(*at)),
            ScanBy::Value(Seek { any_of: true, .. }) => format!("take the nodes of a list into {}", slot(*at)),
            ScanBy::Value(_) => format!("take a node into {}", slot(*at)),
        },
        Step::Expand(expand) => {
            let into = if expand.to_is_bound { "known " } else { "" };
            let once = if expand.takes == Takes::One { ", once" } else { "" };
            format!(
                "hop {} from {} to {into}{}{once}{}",
                types(&expand.types, graph),
                slot(expand.from),
                slot(expand.to),
                asks(expand.evidence.as_deref())
            )
        }
        Step::ScanRelations(scan) => format!(
            "scan relations {} from {} to {}{}",
            types(&scan.expand.types, graph),
            slot(scan.expand.from),
            slot(scan.expand.to),
            asks(scan.expand.evidence.as_deref())
        ),
        Step::Intersect(both) => format!(
            "hop {} from {} and {} from {} to the same {}{}",
            types(&both.first.types, graph),
            slot(both.first.from),
            types(&both.second.types, graph),
            slot(both.second.from),
            slot(both.first.to),
            asks(both.first.evidence.as_deref())
        ),
        Step::Join(join) => match join.keys.len() {
            1 => "join by a value".to_owned(),
            keys => format!("join by {keys} values"),
        },
        Step::Walk(walk) => {
            let search = match &walk.route.select {
                Select::All if walk.yields == Yield::Ends => "find the ends of all ways",
                Select::All if walk.yields != Yield::Ways => "count all ways",
                Select::All => "walk all ways",
                Select::Paths(_) => "walk some shortest ways",
                Select::Lengths(_) => "walk the ways of the smallest lengths",
                Select::Classic { all: false } => "walk one shortest way",
                Select::Classic { all: true } if walk.yields != Yield::Ways => "count all shortest ways",
                Select::Classic { all: true } => "walk all shortest ways",
            };
            let mode = match walk.route.mode {
                PathMode::Walk => "freely",
                PathMode::Trail => "no relation twice",
                PathMode::Simple => "no node twice but its ends",
                PathMode::Acyclic => "no node twice",
            };
            let legs: Vec<String> = walk.route.legs.iter().map(|leg| self::leg(leg, graph)).collect();
            format!(
                "{search}, {mode}, of {} from {} to {}{}",
                legs.join(", then "),
                slot(walk.from),
                slot(walk.to),
                asks(walk.evidence.as_deref())
            )
        }
        Step::Filter(_) => "filter".to_owned(),
        Step::Exists(at, _) => format!("filter {} by its lifetime", slot(*at)),
        Step::Compute(items) => format!("compute {}", slots(items.iter().map(|(_, slot)| *slot))),
        Step::Around(slots) => format!("take {} from around", self::slots(slots.iter().copied())),
        Step::Keep(kept) => format!("keep {}", slots(kept.iter().copied())),
        Step::Aggregate { keys, aggregates, .. } => {
            let names: Vec<_> = aggregates.iter().map(|(each, _)| each.function.name).collect();
            format!("group by {} columns: {}", keys.len(), names.join(", "))
        }
        Step::Distinct { .. } => "remove duplicates".to_owned(),
        Step::Sort { first: Some(_), .. } => "sort the first rows".to_owned(),
        Step::Sort { .. } => "sort".to_owned(),
        Step::Skip(_) => "skip".to_owned(),
        Step::Limit(_) => "limit".to_owned(),
        Step::Unwind { slot: at, .. } => format!("unwind a list into {}", slot(*at)),
        Step::Optional { .. } => "optionally".to_owned(),
        Step::Call { .. } => "for each row".to_owned(),
        Step::Union { .. } => "one after the other".to_owned(),
        Step::Create(create) => format!("create {} nodes and {} relations", create.nodes.len(), create.rels.len()),
        Step::Merge(merge) => {
            let (nodes, rels) = (merge.create.nodes.len(), merge.create.rels.len());
            format!("find, or else create {nodes} nodes and {rels} relations")
        }
        Step::Change(changes) => format!("change properties or labels: {}", changes.len()),
        Step::Delete(delete) if delete.detach => "delete, relations of nodes too".to_owned(),
        Step::Delete(_) => "delete".to_owned(),
        Step::Foreach { slot: at, .. } => format!("for each element, as {}", slot(*at)),
        Step::LoadCsv(load) => format!("read records of a file into {}", slot(load.slot)),
        Step::Procedure(call) => format!("call {}", call.procedure.name),
        Step::Eager => "read all rows".to_owned(),
        Step::Gauge(number) => format!("gauge {number}"),
    }
}

fn leg(leg: &Leg, graph: &Graph) -> String {
    let hops: Vec<String> = leg.hops.iter().map(|hop| types(hop, graph)).collect();
    let max = leg.max.map_or_else(String::new, |max| max.to_string());
    if leg.is_list { format!("{}..{max} {}", leg.min, hops.join("")) } else { hops.join("") }
}

fn slots(slots: impl Iterator<Item = Slot>) -> String {
    slots.map(|slot| format!("#{}", slot.0)).collect::<Vec<_>>().join(", ")
}

fn types(types: &RelTypes, graph: &Graph) -> String {
    let arrow = |way: &Way, name: &str| match way {
        Way::Along => format!("-{name}->"),
        Way::Against => format!("<-{name}-"),
        Way::Either => format!("-{name}-"),
    };
    match types {
        RelTypes::Any(way) => arrow(way, ""),
        RelTypes::These(types) if types.is_empty() => "no type".to_owned(),
        RelTypes::These(types) => {
            let names = types.iter().map(|(each, way)| arrow(way, graph.type_name(*each)));
            names.collect::<Vec<_>>().join("|")
        }
    }
}

fn asks(evidence: Option<&BoundEvidence>) -> &'static str {
    match evidence {
        None => "",
        Some(evidence) if evidence.time.is_some() => ", as of its time",
        Some(_) => ", by its sources",
    }
}
