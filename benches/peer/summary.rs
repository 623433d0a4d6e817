//! The table of the README: griot beside the floor and the best peer, from the harness's result files.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::Outcome;

/// Libraries of graph algorithms: they are called, not asked, and stand beside.
const LIBRARIES: [&str; 3] = ["rustworkx", "igraph", "networkx"];

/// Between these lines of the README the table stands.
const BEGIN: &str = "<!-- begin of the table: peer summary -->\n";
const END: &str = "<!-- end of the table -->\n";

#[derive(Deserialize)]
struct Results {
    data: String,
    #[serde(default)]
    info: serde_json::Value,
    engines: BTreeMap<String, Engine>,
}

#[derive(Deserialize)]
struct Engine {
    #[serde(default)]
    q: BTreeMap<String, Question>,
    load: Option<Load>,
    version: Option<String>,
    #[serde(default)]
    start_ms: Vec<f64>,
    rss: Option<f64>,
}

#[derive(Deserialize)]
struct Question {
    #[serde(default)]
    rounds: Vec<f64>,
    digest: Option<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct Load {
    s: f64,
    rss: f64,
    disk: f64,
}

/// Writes the table of some result files into a README, between its marks.
pub fn summary(results: &str, readme: &Path) -> Outcome<()> {
    let mut text = machine();
    let read = |path| -> Outcome<Results> { Ok(serde_json::from_slice(&fs::read(path)?)?) };
    let all: Vec<Results> = results.split(',').map(read).collect::<Outcome<_>>()?;
    all.iter().try_for_each(|each| table(each, &mut text))?;
    growth(&all, &mut text)?;
    let old = fs::read_to_string(readme)?;
    let (before, rest) = old.split_once(BEGIN).ok_or("the file has no place for the table")?;
    let (_, after) = rest.split_once(END).ok_or("the place for the table has no end")?;
    Ok(fs::write(readme, format!("{before}{BEGIN}{text}\n{END}{after}"))?)
}

/// The processor, as far as the system tells.
fn machine() -> String {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let value = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let model = value(&read("/proc/cpuinfo"), "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let memory = value(&read("/proc/meminfo"), "MemTotal").and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = memory.map_or_else(String::new, |kibibytes| format!(", {} GiB", kibibytes >> 20));
    format!("\nMachine: {model}, {cores} cores{memory}, {}.\n", std::env::consts::OS)
}

/// One row: what is measured, and each engine's figure, where it has a right one.
struct Row {
    what: String,
    figures: BTreeMap<String, f64>,
}

fn table(results: &Results, text: &mut String) -> Outcome<()> {
    let count = |key: &str| results.info[key].as_u64().unwrap_or_default();
    writeln!(text, "\n### {}: {} nodes, {} relations\n", results.data, count("nodes"), count("edges"))?;
    writeln!(text, "| | floor | griot | × floor | best peer | | peer ÷ griot | best library |")?;
    writeln!(text, "|---|--:|--:|--:|--:|---|--:|---|")?;
    for Row { what, figures } in rows(results) {
        let (floor, griot) = (figures.get("baseline"), figures.get("griot"));
        let is_library = |name: &str| LIBRARIES.contains(&name);
        let is_peer = |name: &str| !is_library(name) && name != "griot" && name != "baseline";
        let least = |wanted: &dyn Fn(&str) -> bool| {
            figures.iter().filter(|(name, _)| wanted(name)).min_by(|a, b| a.1.total_cmp(b.1))
        };
        let best = least(&is_peer);
        let library = least(&is_library).map_or(String::new(), |(name, figure)| format!("{} {name}", shown(*figure)));
        let ratio = |a: Option<&f64>, b: Option<&f64>| match (a, b) {
            (Some(a), Some(b)) if *b > 0.0 => format!("{:.1}", a / b),
            _ => String::new(),
        };
        let best_figure = best.map(|(_, figure)| figure);
        let (name, over_floor, ahead) =
            (best.map_or("", |(name, _)| name), ratio(griot, floor), ratio(best_figure, griot));
        let [floor, griot, best] =
            [floor, griot, best_figure].map(|figure| figure.map_or(String::new(), |f| shown(*f)));
        writeln!(text, "| {what} | {floor} | {griot} | {over_floor} | {best} | {name} | {ahead} | {library} |")?;
    }
    let versions = results.engines.iter().filter(|(name, _)| name.as_str() != "baseline");
    let versions: Vec<String> =
        versions.filter_map(|(name, engine)| Some(format!("{name} {}", engine.version.as_ref()?))).collect();
    Ok(writeln!(text, "\n{}", versions.join(", "))?)
}

/// griot alone, at each size.
fn growth(all: &[Results], text: &mut String) -> Outcome<()> {
    let names: Vec<&str> = all.iter().map(|each| each.data.as_str()).collect();
    writeln!(text, "\n### Growth: griot at each size\n\n| | {} |", names.join(" | "))?;
    writeln!(text, "|---|{}", "--:|".repeat(names.len()))?;
    let tables: Vec<Vec<Row>> = all.iter().map(rows).collect();
    for row in tables.first().into_iter().flatten() {
        let figure = |table: &Vec<Row>| {
            let row = table.iter().find(|each| each.what == row.what);
            row.and_then(|row| row.figures.get("griot")).map_or(String::new(), |figure| shown(*figure))
        };
        let figures: Vec<String> = tables.iter().map(figure).collect();
        writeln!(text, "| {} | {} |", row.what, figures.join(" | "))?;
    }
    Ok(())
}

fn rows(results: &Results) -> Vec<Row> {
    let engines = &results.engines;
    let right = engines.get("baseline").or_else(|| engines.values().next());
    let mut rows: Vec<Row> = Vec::new();
    for id in right.into_iter().flat_map(|engine| engine.q.keys()) {
        let digest = right.and_then(|engine| engine.q[id].digest.as_ref());
        let figure = |engine: &Engine| {
            let question = engine.q.get(id)?;
            let is_right = question.error.is_none() && question.digest.as_ref() == digest;
            median(&question.rounds).filter(|_| is_right)
        };
        rows.push(row(&format!("{id} ms"), engines, figure));
    }
    rows.push(row("load s", engines, |engine| engine.load.as_ref().map(|load| load.s)));
    rows.push(row("load, peak MiB", engines, |engine| engine.load.as_ref().map(|load| load.rss)));
    rows.push(row("disk MiB", engines, |engine| engine.load.as_ref().map(|load| load.disk)));
    rows.push(row("questions, peak MiB", engines, |engine| engine.rss));
    rows.push(row("start to first answer ms", engines, |engine| median(&engine.start_ms)));
    rows
}

fn row(what: &str, engines: &BTreeMap<String, Engine>, figure: impl Fn(&Engine) -> Option<f64>) -> Row {
    let figures = engines.iter().filter_map(|(name, engine)| Some((name.clone(), figure(engine)?)));
    Row { what: what.to_owned(), figures: figures.collect() }
}

fn median(figures: &[f64]) -> Option<f64> {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len().is_multiple_of(2) {
        Some(f64::midpoint(*sorted.get(middle.checked_sub(1)?)?, *sorted.get(middle)?))
    } else {
        sorted.get(middle).copied()
    }
}

fn shown(figure: f64) -> String {
    match figure {
        ..0.01 => format!("{figure:.5}"),
        0.01..1.0 => format!("{figure:.3}"),
        1.0..100.0 => format!("{figure:.2}"),
        _ => format!("{figure:.0}"),
    }
}
