//! Citations: how a claim is cited in one line, and which number it bears in an answer.

use indexmap::IndexMap;

use super::Answer;
use super::evidence::{Claim, Evidence, Source};
use super::markup::{Markup, Meaning};
use crate::model::{Basis, ClaimId, Rank, SourceId, Value, Wording};

/// The numbers that the claims of an answer bear, from 1, in the order in which the rows cite them. Claims that would
/// be cited in the very same words share a number. A source is named in full once; after that it is "source of \[1\]".
#[derive(Clone, Debug, Default)]
pub struct Citations {
    /// By the citation in full: the line as listed.
    lines: IndexMap<String, Markup>,
    numbers: IndexMap<ClaimId, usize>,
    /// The number under which each source is named.
    named: IndexMap<SourceId, usize>,
}

impl Citations {
    /// Numbers what the first `rows` rows cite, in the order of reading: first what a row shows, then what it rests on.
    #[must_use]
    pub fn of(answer: &Answer, rows: usize) -> Self {
        let mut citations = Self::default();
        for (at, row) in answer.rows.iter().enumerate().take(rows) {
            for claim in answer.citations_of(at) {
                citations.add(*claim, &answer.evidence);
            }
            for value in row {
                citations.add_shown(value, &answer.evidence);
            }
        }
        citations
    }

    /// The number of a claim.
    #[must_use]
    pub fn number(&self, claim: ClaimId) -> Option<usize> {
        self.numbers.get(&claim).copied()
    }

    /// The numbers of some claims, ascending, each once.
    #[must_use]
    pub fn numbers(&self, claims: &[ClaimId]) -> Vec<usize> {
        let mut numbers: Vec<usize> = claims.iter().filter_map(|claim| self.number(*claim)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The citations in the order of their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &Markup)> {
        self.lines.values().enumerate().map(|(at, line)| (at + 1, line))
    }

    /// Whether nothing is cited.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    fn add(&mut self, claim: ClaimId, evidence: &Evidence) {
        if self.numbers.contains_key(&claim) {
            return;
        }
        let Some(record) = evidence.claim(claim) else { return };
        let full = citation(record, evidence.source_of(record));
        let next = self.lines.len() + 1;
        let named = *self.named.entry(record.source).or_insert(next);
        let listed = if named == next { full.clone() } else { citation_again(record, named) };
        let entry = self.lines.entry(full.to_string());
        let number = entry.index() + 1;
        entry.or_insert(listed);
        self.numbers.insert(claim, number);
    }

    fn add_shown(&mut self, value: &Value, evidence: &Evidence) {
        match value {
            Value::Claim(claim) => self.add(*claim, evidence),
            Value::List(items) => items.iter().for_each(|item| self.add_shown(item, evidence)),
            Value::Map(map) => map.values().for_each(|item| self.add_shown(item, evidence)),
            _ => {}
        }
    }
}

/// A claim in one line: `author, title (publisher, date), locator — wording, dates, quoted whom`.
#[must_use]
pub fn citation(claim: &Claim, source: Option<&Source>) -> Markup {
    let mut line = Markup::default();
    match source {
        Some(source) => name_source(&mut line, source),
        None => line.push(Meaning::Dim, "unknown source"),
    }
    say(&mut line, claim);
    line
}

/// A claim of a source that a citation further up has named.
fn citation_again(claim: &Claim, named: usize) -> Markup {
    let mut line = Markup::of(Meaning::Dim, format!("source of [{named}]"));
    say(&mut line, claim);
    line
}

/// Where the claim stands, and how and of when it speaks.
fn say(line: &mut Markup, claim: &Claim) {
    line.plain(format!(", {}", claim.at));
    let mut details = vec![Markup::of(meaning_of_wording(claim.wording), claim.wording.word())];
    details.extend(dates(claim).map(|dates| Markup::of(Meaning::Date, dates)));
    details.extend(remarks(claim).into_iter().map(|remark| Markup::of(Meaning::Dim, remark)));
    for (at, detail) in details.into_iter().enumerate() {
        line.plain(if at == 0 { " — " } else { ", " });
        line.append(detail);
    }
}

fn name_source(line: &mut Markup, source: &Source) {
    let title = if source.title.is_empty() { &source.id } else { &source.title };
    if !source.author.is_empty() {
        line.plain(format!("{}, ", source.author));
    }
    line.push(Meaning::Title, title.as_str());
    let published: Vec<&str> =
        [&source.publisher, &source.date].into_iter().map(String::as_str).filter(|each| !each.is_empty()).collect();
    if !published.is_empty() {
        line.plain(format!(" ({})", published.join(", ")));
    }
}

fn meaning_of_wording(wording: Wording) -> Meaning {
    match wording {
        Wording::Asserted => Meaning::Certain,
        Wording::Denied => Meaning::Disputed,
        _ => Meaning::Possible,
    }
}

/// The dates that the claim gives, in words that keep EDTF as written.
fn dates(claim: &Claim) -> Option<String> {
    let to = claim.to.as_ref().map(|to| if to == ".." { "not ended".to_owned() } else { format!("to {to}") });
    let span: Vec<String> = claim.from.as_ref().map(|from| format!("from {from}")).into_iter().chain(to).collect();
    let mut parts = Vec::new();
    parts.extend(claim.on.as_ref().map(|on| format!("on {on}")));
    parts.extend((!span.is_empty()).then(|| span.join(" ")));
    parts.extend(claim.observed.as_ref().map(|observed| format!("observed {observed}")));
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Whatever else a reader must know before trusting the claim.
fn remarks(claim: &Claim) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(quoted) = &claim.attributed_to {
        let on = claim.attributed_on.as_ref().map(|on| format!(" ({on})")).unwrap_or_default();
        remarks.push(format!("quoting {}{on}", quoted.name));
    }
    if claim.basis == Basis::Inferred {
        let from = claim.inferred_from.as_ref().map(|from| format!(" from {from}")).unwrap_or_default();
        remarks.push(format!("inferred{from}"));
    }
    if claim.rank == Rank::Deprecated {
        remarks.push("deprecated".to_owned());
    }
    remarks.extend(claim.quote.as_ref().map(|quote| format!("“{quote}”")));
    remarks
}

#[cfg(test)]
mod tests {
    use super::super::evidence::NodeRef;
    use super::super::sample::{claim, source};
    use super::*;
    use crate::model::SourceId;

    fn check(claim: &Claim, expected: &str) {
        assert_eq!(citation(claim, Some(&source())).to_string(), expected);
    }

    #[test]
    fn a_citation_names_source_locator_wording_dates_and_whom_it_quotes() {
        check(
            &claim("para 3"),
            "Daniel Eizenga and Wendy Williams, The Puzzle of JNIM (Africa Center, 2020-12), para 3 — asserted",
        );
        let quoted = Claim {
            from: Some("2012~".into()),
            to: Some("..".into()),
            wording: Wording::Alleged,
            attributed_to: Some(NodeRef { id: "un".into(), name: "UN".into() }),
            attributed_on: Some("2019".into()),
            ..claim("p. 2")
        };
        check(
            &quoted,
            "Daniel Eizenga and Wendy Williams, The Puzzle of JNIM (Africa Center, 2020-12), p. 2 — alleged, from 2012~ \
             not ended, quoting UN (2019)",
        );
    }

    #[test]
    fn a_source_without_author_and_title_is_its_slug() {
        let bare = Source { id: "leaflet".into(), ..Source::default() };
        assert_eq!(citation(&claim("top"), Some(&bare)).to_string(), "leaflet, top — asserted");
    }

    #[test]
    fn claims_cited_in_the_same_words_share_a_number() {
        let mut answer = Answer { columns: vec!["claim".into()], ..Answer::default() };
        answer.evidence.sources.insert(SourceId(0), source());
        for (at, locator) in ["a", "b", "a"].into_iter().enumerate() {
            answer.evidence.claims.insert(ClaimId::from_index(at), claim(locator));
        }
        answer.rows = vec![vec![Value::Null], vec![Value::Claim(ClaimId(0))]];
        answer.citations = vec![vec![ClaimId(1)], vec![ClaimId(2)]];
        let citations = Citations::of(&answer, 2);
        assert_eq!(citations.numbers(&[ClaimId(0), ClaimId(1), ClaimId(2)]), [1, 2]);
        assert_eq!(citations.lines().count(), 2);
    }
}
