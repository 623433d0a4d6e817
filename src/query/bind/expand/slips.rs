//! Statements that do not fit: the nearest right thing to say.

use super::Expander;
use super::subjects::{is_word, span_of, words};
use crate::diagnostics::codes;
use crate::query::bind::fault::{Detail, Fault};
use crate::query::statements::{self, Definition};
use crate::query::syntax::ast::{Statement, StatementItem, StatementItemKind};
use crate::source::Span;

/// Words that people write for a modifier, with the right one. A `…` stands for a date, `x` for a name.
const MISTAKEN: &[(&[&str], &str)] = &[
    (&["AS", "AT"], "AS OF …"),
    (&["ASOF"], "AS OF …"),
    (&["AS"], "AS OF …"),
    (&["AT"], "AS OF …"),
    (&["ON"], "AS OF …"),
    (&["DATED"], "AS OF …"),
    (&["IN"], "AS OF …, or DURING …"),
    (&["BETWEEN"], "DURING …..…"),
    (&["FROM"], "DURING …..…"),
    (&["SINCE"], "DURING ….."),
    (&["AFTER"], "DURING ….."),
    (&["UNTIL"], "DURING ..…"),
    (&["BEFORE"], "DURING ..…"),
    (&["BY"], "KNOWN BY …, or DURING ..…"),
    (&["ALL", "THROUGH"], "THROUGHOUT …"),
    (&["KNOWN"], "KNOWN BY …"),
    (&["KNOWN", "IN"], "KNOWN BY …"),
];

/// The same where no date follows.
const MISNAMED: &[(&[&str], &str)] = &[
    (&["CERTAIN"], "CERTAINLY"),
    (&["SURELY"], "CERTAINLY"),
    (&["DEFINITELY"], "CERTAINLY"),
    (&["NOW"], "AS OF TODAY"),
    (&["CURRENTLY"], "AS OF TODAY"),
    (&["TODAY"], "AS OF TODAY"),
    (&["ACCORDING"], "ACCORDING TO x"),
    (&["SAID", "BY"], "ACCORDING TO x"),
    (&["PER"], "ACCORDING TO x"),
    (&["SOURCE"], "ACCORDING TO x"),
    (&["WITHOUT"], "WITHOUT SOURCE x, or AVOIDING x"),
    (&["EXCEPT"], "WITHOUT SOURCE x, or AVOIDING x"),
    (&["EXCLUDING"], "WITHOUT SOURCE x, or AVOIDING x"),
    (&["AVOID"], "AVOIDING x"),
    (&["NOT", "THROUGH"], "AVOIDING x"),
    (&["NOT", "VIA"], "AVOIDING x, or VIA !TYPE"),
    (&["BYPASSING"], "AVOIDING x"),
    (&["PASSING", "THROUGH"], "THROUGH x"),
    (&["BY", "WAY", "OF"], "THROUGH x"),
    (&["USING"], "VIA alliance"),
    (&["WITHIN"], "WITHIN 2 HOPS"),
    (&["DEPTH"], "WITHIN 2 HOPS"),
    (&["UP", "TO"], "WITHIN 2 HOPS"),
    (&["GRADED"], "RATED B2"),
    (&["RATING"], "RATED B2"),
    (&["WORDING"], "WORDED asserted|assessed"),
];

/// Words with which other query languages begin.
const OTHER_LANGUAGES: &[(&str, &str)] = &[
    ("SELECT", "MATCH (n:Kind) WHERE … RETURN …"),
    ("FIND", "MATCH (n:Kind) WHERE … RETURN …"),
    ("GET", "MATCH (n:Kind) WHERE … RETURN …"),
    ("INSERT", "CREATE (n:Kind {…})"),
    ("UPDATE", "MATCH (n:Kind) WHERE … SET n.key = …"),
    ("FROM", "MATCH (n:Kind) RETURN …"),
];

/// The modifiers by their first words, for slips of the pen.
const MODIFIERS: &[&str] = &[
    "AS OF",
    "DURING",
    "THROUGHOUT",
    "CERTAINLY",
    "KNOWN BY",
    "WITHIN",
    "VIA",
    "THROUGH",
    "AVOIDING",
    "ACCORDING TO",
    "WITHOUT SOURCE",
    "RATED",
    "WORDED",
];

impl Expander<'_> {
    /// What is wrong with words that begin no statement.
    pub(super) fn refused_words(&self, statement: &Statement, span: Span, scope: &[String]) -> Fault {
        let items = statement.items.as_slice();
        let of = items.first().map_or(span, |item| item.span);
        if let Some(found) = self.in_another_order(items, scope) {
            let message = format!("the words `{}` stand in another order", words(items));
            let fault = Fault::new(Detail::UnexpectedSyntax, span_of(items), message).under(codes::UNKNOWN_STATEMENT);
            return fault.help(format!("write {found}"));
        }
        let typed: Vec<String> = items
            .iter()
            .map_while(|item| match &item.kind {
                StatementItemKind::Word(word) => Some(word.clone()),
                _ => None,
            })
            .collect();
        let clauses =
            ["MATCH", "RETURN", "WITH", "UNWIND", "CREATE", "OPTIONAL MATCH", "CALL", "MERGE", "DELETE", "SET"];
        let first = typed.first().cloned().unwrap_or_default();
        let message = format!("no clause and no statement begins with `{first}`");
        let mut fault = Fault::new(Detail::UnexpectedSyntax, of, message).under(codes::UNKNOWN_STATEMENT);
        let exact = nearest(&typed, true);
        if let Some(definition) = exact {
            let missing = format!("the words behind {} do not fit", definition.lead()[0]);
            fault = Fault::new(Detail::UnexpectedSyntax, span_of(items), missing).under(codes::UNKNOWN_STATEMENT);
            fault = fault.help(format!("the statement is written {}", usages(definition)));
        } else if let Some(definition) = nearest(&typed, false) {
            fault = fault.help(format!("the statement is written {}", definition.usage()));
        } else if let Some((_, right)) = OTHER_LANGUAGES.iter().find(|(word, _)| first.eq_ignore_ascii_case(word)) {
            fault = fault.help(format!("write {right}"));
        } else {
            let near = crate::names::nearest(clauses, &first.to_uppercase(), 2);
            if near.is_empty() {
                fault = fault
                    .note("a query begins with what is asked for, as in `leaders of JNIM`, or with a clause, as in `match (n) …`")
                    .help("`griot help statements` lists the questions, `griot help clauses` the clauses");
            }
            fault = fault.candidates(near);
        }
        advise(fault, items)
    }

    /// The statement with the same words in its own order: `LINEAGE TO b FROM a`, `JNIM ALLIES`, `MALI'S RIVALS`.
    fn in_another_order(&self, items: &[StatementItem], scope: &[String]) -> Option<String> {
        let reads = |tried: &[StatementItem]| !self.read_words(tried, scope).0.is_empty();
        for definition in statements::ALL {
            let markers: Vec<&str> = definition.lead();
            let inner: Vec<&str> = definition.signature[markers.len()..]
                .iter()
                .filter_map(|piece| match piece {
                    statements::Piece::Word(word) => Some(*word),
                    _ => None,
                })
                .collect();
            // Two subjects with their words exchanged.
            if let ([.., last], [joint]) = (markers.as_slice(), inner.as_slice()) {
                let lead = markers.len() - 1;
                let begins = items.len() > lead && (0..lead).all(|at| is_word(&items[at], markers[at]));
                let joint_at = items.iter().position(|item| is_word(item, joint)).filter(|at| begins && *at == lead);
                let last_at = items.iter().rposition(|item| is_word(item, last));
                if let (Some(joint_at), Some(last_at)) = (joint_at, last_at)
                    && last_at > joint_at + 1
                    && last_at + 1 < items.len()
                {
                    let tried = [&items[..lead], &items[last_at..], &items[joint_at..last_at]].concat();
                    if reads(&tried) {
                        return Some(words(&tried));
                    }
                }
            }
            // The subject first: `JNIM allies`.
            if let ([word, _], true) = (markers.as_slice(), inner.is_empty())
                && items.len() > 1
                && items.last().is_some_and(|item| is_word(item, word))
            {
                let subject = words(&items[..items.len() - 1]);
                let name = subject.trim_end_matches("'s").trim_end_matches("’s");
                if self.graph.find_name(name).is_some() {
                    return Some(format!("{} {name}", markers.join(" ")));
                }
            }
        }
        None
    }
}

/// Adds what modifier the words at the end of a name may be meant for.
pub(super) fn advise(fault: Fault, items: &[StatementItem]) -> Fault {
    for at in 1..items.len() {
        let rest = &items[at..];
        let Some(word) = word_of(&rest[0]) else { continue };
        let date = rest.iter().filter_map(word_of).find(|word| looks_like_date(word));
        let fits =
            |words: &[&str]| rest.len() > words.len() && words.iter().zip(rest).all(|(w, item)| is_word(item, w));
        if let Some(date) = date {
            let found = MISTAKEN.iter().filter(|(words, _)| fits(words)).max_by_key(|(words, _)| words.len());
            if let Some((_, right)) = found {
                return fault.help(format!("a time is said by {}", right.replacen('…', date, 1).replace('…', date)));
            }
        }
        let stands = |words: &[&str]| rest.len() >= words.len() && words.iter().zip(rest).all(|(w, i)| is_word(i, w));
        if let Some((_, right)) = MISNAMED.iter().find(|(words, _)| stands(words)) {
            return fault.help(format!("is a modifier meant? it is written {right}"));
        }
        let near = crate::names::nearest(MODIFIERS.iter().copied(), &word.to_uppercase(), 1);
        if let Some(right) = near.first().filter(|right| is_slip(&word.to_uppercase(), right)) {
            return fault.help(format!("is {right} meant?"));
        }
    }
    fault
}

/// Whether one word is another with a slip of the pen.
fn is_slip(word: &str, right: &str) -> bool {
    let first = right.split(' ').next().unwrap_or(right);
    word.len() > 3 && word != first && strsim::damerau_levenshtein(word, first) <= 2
}

fn word_of(item: &StatementItem) -> Option<&str> {
    match &item.kind {
        StatementItemKind::Word(word) => Some(word),
        _ => None,
    }
}

fn looks_like_date(word: &str) -> bool {
    word.len() >= 4 && word.starts_with(|c: char| c.is_ascii_digit()) && crate::time::Edtf::parse(word).is_ok()
}

/// All ways to write statements that begin with the same words.
fn usages(definition: &Definition) -> String {
    let first = definition.lead()[0];
    let alike = statements::ALL.iter().filter(|each| each.lead()[0] == first).map(|each| each.usage());
    alike.collect::<Vec<_>>().join(", or ")
}

/// The statement whose words come nearest; `exactly` those that begin with its first word.
fn nearest(words: &[String], exactly: bool) -> Option<&'static Definition> {
    let typed = words.join(" ").to_uppercase();
    if exactly {
        return statements::ALL
            .iter()
            .copied()
            .filter(|each| words.first().is_some_and(|first| each.lead()[0].eq_ignore_ascii_case(first)))
            .max_by_key(|each| each.lead().iter().zip(words).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count());
    }
    let cut = |lead: &str| typed.chars().take(lead.chars().count() + 2).collect::<String>();
    let found = statements::ALL.iter().map(|each| {
        let lead = each.lead().join(" ");
        (strsim::normalized_damerau_levenshtein(&cut(&lead), &lead), *each)
    });
    let (score, best) = found.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (score > 0.6).then_some(best)
}
