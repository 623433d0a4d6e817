//! A citation in full: what the claim says, where and how the source says it, and what is known of the source.

use super::help::Page;
use crate::answer::{Answer, Citations, Claim, Evidence, Source};
use crate::model::{About, Basis, Rank};

/// Writes the citation with a number, and every claim that shares it.
pub fn write(answer: &Answer, citations: &Citations, number: usize, page: &mut Page) {
    let evidence = &answer.evidence;
    let cited = evidence.claims.iter().filter(|(claim, _)| citations.number(**claim) == Some(number));
    let cited: Vec<&Claim> = cited.map(|(_, claim)| claim).collect();
    for claim in &cited {
        page.heading(&format!("[{number}] {}", said(claim, evidence)));
        page.rows(about_claim(claim).iter().map(|(what, text)| ((*what).to_owned(), text.as_str())));
    }
    if let Some(source) = cited.first().and_then(|claim| evidence.source_of(claim)) {
        page.heading("The source");
        page.rows(about_source(source).iter().map(|(what, text)| ((*what).to_owned(), text.as_str())));
    }
}

/// What is claimed, in a sentence.
fn said(claim: &Claim, evidence: &Evidence) -> String {
    let name = |node| evidence.node(node).and_then(|node| node.title()).unwrap_or("?").to_owned();
    match claim.about {
        About::Edge(edge) => evidence.relation(edge).map_or_else(
            || claim.matter.clone(),
            |relation| format!("{} {} {}", name(relation.subject), relation.reading, name(relation.object)),
        ),
        About::Node(node) => format!("{}: {} {}", name(node), claim.matter, claim.value),
    }
}

type Line = (&'static str, String);

fn about_claim(claim: &Claim) -> Vec<Line> {
    let mut lines: Vec<Line> = vec![("where", claim.at.clone()), ("wording", claim.wording.word().to_owned())];
    let mut add = |what: &'static str, text: Option<String>| lines.extend(text.map(|text| (what, text)));
    add("from", claim.from.clone());
    add("to", claim.to.as_ref().map(|to| if to == ".." { "not ended".to_owned() } else { to.clone() }));
    add("on", claim.on.clone());
    add("observed", claim.observed.clone());
    add("quoting", claim.attributed_to.as_ref().map(|whom| whom.name.clone()));
    add("said on", claim.attributed_on.clone());
    let inferred =
        || format!("by us{}", claim.inferred_from.as_ref().map(|from| format!(", from {from}")).unwrap_or_default());
    add("inferred", (claim.basis == Basis::Inferred).then(inferred));
    add("credibility", (claim.credibility > 0).then(|| format!("{} of 6, 1 is best (Admiralty)", claim.credibility)));
    add("rank", (claim.rank == Rank::Deprecated).then(|| "deprecated: kept and shown, backs nothing".to_owned()));
    add("subject as", claim.subject_as.clone());
    add("object as", claim.object_as.clone());
    add("quote", claim.quote.as_ref().map(|quote| format!("“{quote}”")));
    add("note", claim.note.clone());
    add("claim id", Some(claim.id.clone()));
    lines
}

fn about_source(source: &Source) -> Vec<Line> {
    let copies = (source.origin != source.id && !source.origin.is_empty()).then(|| source.origin.clone());
    let all = [
        ("title", source.title.clone()),
        ("author", source.author.clone()),
        ("publisher", source.publisher.clone()),
        ("date", source.date.clone()),
        ("kind", source.kind.clone()),
        ("address", source.address.clone()),
        ("reliability", source.reliability.clone()),
        ("same origin as", copies.unwrap_or_default()),
        ("source id", source.id.clone()),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}
