//! When actors live and when claims hold, from the dates as written.
//!
//! The rules are those of [`time`](crate::time); this gathers what they need from records that stand apart: the dates
//! of a claim, of its source, and of the lives of both ends. Lives bound relations only: a name, an attribute or a
//! figure may be said of somebody long after their death.

use super::knowledge::Knowledge;
use super::record::{AttributeEntry, ClaimEntry, Matter, Records};
use crate::graph::stance;
use crate::model::{LIFE_ENDS, LIFE_STARTS, Wording};
use crate::time::{Bounds, ClaimDates, CrossedBounds, Day, Edtf, Lifetime, Stance, TimeClass};

/// The life of a node, and the claims that bound it.
#[derive(Clone, Debug)]
pub struct Life {
    /// From the earliest start to the latest end that any firm claim leaves open.
    pub span: Lifetime,
    /// When it started and when it ended, as firm claims leave it open; unbounded where they exclude each other.
    pub bounds: Bounds,
    /// The claims on its start, by number.
    pub starts: Vec<usize>,
    /// The claims on its end, by number.
    pub ends: Vec<usize>,
}

impl Default for Life {
    /// Nothing known.
    fn default() -> Self {
        Self { span: Lifetime::default(), bounds: Bounds::UNBOUNDED, starts: Vec::new(), ends: Vec::new() }
    }
}

/// When a claim holds.
#[derive(Clone, Debug)]
pub struct Timing {
    /// The bounds; unbounded where its own dates exclude each other.
    pub bounds: Bounds,
    /// Which of its dates, its source's or its ends' exclude each other.
    pub fault: Option<CrossedBounds>,
    /// How it takes a stand.
    pub stance: Stance,
    /// The class by which its dates were read.
    pub class: TimeClass,
}

/// The life of every node; `canonical` says which nodes share theirs. Only live and firm claims bound it: who is only
/// said to be dead may yet act. Where they differ, the widest life counts, so that only what no reading allows is a
/// fault.
pub(super) fn lives(records: &Records, canonical: &[usize]) -> Vec<Life> {
    let mut lives = vec![Life::default(); records.nodes.len()];
    for (number, claim) in records.claims.iter().enumerate() {
        let Some((attribute, _)) = firm_date(claim) else { continue };
        let life = &mut lives[canonical[claim.node]];
        if LIFE_STARTS.contains(&attribute.attribute.as_str()) {
            life.starts.push(number);
        }
        if LIFE_ENDS.contains(&attribute.attribute.as_str()) {
            life.ends.push(number);
        }
    }
    let date = |number: &usize| firm_date(&records.claims[*number]).map(|(_, date)| date);
    for life in &mut lives {
        life.span = Lifetime::of(life.starts.iter().filter_map(date), life.ends.iter().filter_map(date));
        let latest_start = life.starts.iter().filter_map(date).map(Edtf::latest).max();
        let earliest_end = life.ends.iter().filter_map(date).map(Edtf::earliest).min();
        let bounds = Bounds {
            s1: life.span.earliest_start,
            s2: latest_start.unwrap_or(Day::MAX),
            e1: earliest_end.unwrap_or(Day::MIN),
            e2: life.span.latest_end,
        };
        life.bounds = bounds.tightened().unwrap_or(Bounds::UNBOUNDED);
    }
    canonical.iter().map(|node| lives[*node].clone()).collect()
}

fn firm_date(claim: &ClaimEntry) -> Option<(&AttributeEntry, &Edtf)> {
    let Matter::Attribute(attribute) = &claim.matter else { return None };
    let is_firm = stance(claim.evidence.wording, claim.evidence.basis) == Stance::Firm;
    let date = attribute.date.as_ref()?;
    (is_firm && claim.evidence.is_live()).then_some((attribute, date))
}

/// The timing of every claim.
pub(super) fn timings(knowledge: &Knowledge<'_>) -> Vec<Timing> {
    knowledge.records.claims.iter().map(|claim| timing(knowledge, claim)).collect()
}

fn timing(knowledge: &Knowledge<'_>, claim: &ClaimEntry) -> Timing {
    let evidence = &claim.evidence;
    let stance = stance(evidence.wording, evidence.basis);
    let dates = dates(knowledge, claim);
    let class = dates.class;
    if !stance.asserts() {
        return Timing { bounds: dates.denied_bounds(), fault: None, stance, class };
    }
    let alone = || ClaimDates { subject: Lifetime::default(), object: Lifetime::default(), ..dates }.bounds();
    match dates.bounds() {
        Ok(bounds) => Timing { bounds, fault: None, stance, class },
        // Whose life is wrong is another question; the claim's own dates may yet be right.
        Err(fault) => Timing { bounds: alone().unwrap_or(Bounds::UNBOUNDED), fault: Some(fault), stance, class },
    }
}

fn dates<'k>(knowledge: &'k Knowledge<'_>, claim: &'k ClaimEntry) -> ClaimDates<'k> {
    let evidence = &claim.evidence;
    let date = |date: &'k Option<super::record::Date>| date.as_ref().map(|date| &date.value);
    let published = knowledge.source_of(claim).and_then(|source| date(&source.date));
    let plain = ClaimDates {
        from: date(&evidence.from),
        to: date(&evidence.to),
        on: date(&evidence.on),
        observed: date(&evidence.observed),
        published,
        is_expected: evidence.wording == Wording::Expected,
        ..ClaimDates::undated(TimeClass::Interval)
    };
    let life = |node: Option<usize>| node.map_or_else(Lifetime::default, |node| knowledge.lives[node].span);
    match &claim.matter {
        Matter::Kind(_) => ClaimDates { class: TimeClass::Timeless, ..plain },
        Matter::Name(_) => plain,
        Matter::Attribute(attribute) => match &attribute.date {
            Some(date) => ClaimDates { class: TimeClass::MomentaryEvent, on: Some(date), ..plain },
            None => plain,
        },
        Matter::Figure(figure) => ClaimDates { observed: plain.observed.or(date(&figure.period)), ..plain },
        Matter::Relation(relation) => {
            let class = knowledge.relation_type(relation).map_or(TimeClass::Interval, |known| known.time);
            let object = life(knowledge.node(relation.object.as_str()));
            ClaimDates { class, subject: life(Some(claim.node)), object, ..plain }
        }
    }
}
