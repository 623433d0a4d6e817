//! Why a question has no rows, part by part: which clause leaves none, and what there is without each of its
//! conditions. For a reader who asks; [`why_empty`](Session::why_empty) says what goes with every empty answer.

use super::{Parameters, Session};
use crate::answer::Message;
use crate::model::Value;
use crate::query::bind::expand::expand;
use crate::query::syntax::ast::{
    BinaryOp, Clause, ClauseKind, Expr, ExprKind, Match, Part, PathPattern, PathSearch, Query,
};
use crate::query::syntax::{parse, parse_query, print};

/// Sentences about one question at most.
const MOST: usize = 12;

/// Longer pieces of a query are cut in a sentence.
const QUOTED: usize = 70;

impl Session {
    /// What can be said of a question whose answer has no rows: the first clause that leaves none, and how many rows
    /// there would be without each of its times, conditions and steps. Nothing, if it is no query or has rows.
    #[must_use]
    pub fn why_no_rows(&self, text: &str, parameters: &Parameters) -> Vec<Message> {
        let Some(query) = parse(text).ok().and_then(|mut script| script.queries.pop()) else { return Vec::new() };
        let (timed, _) = self.with_default_time(&query);
        let Ok(expanded) = expand(&timed, &self.graph) else { return Vec::new() };
        let asking = Asking { session: self, parameters, query: expanded.query };
        let mut messages = asking.reasons();
        messages.truncate(MOST);
        messages
    }
}

struct Asking<'s> {
    session: &'s Session,
    parameters: &'s Parameters,
    /// Without statements.
    query: Query,
}

impl Asking<'_> {
    fn reasons(&self) -> Vec<Message> {
        let clauses = &self.query.first.clauses;
        let mut before = None;
        for at in 0..clauses.len() {
            let upto = &clauses[..=at];
            match self.count(upto) {
                Some(0) => return self.of_clause(&clauses[..at], &clauses[at], before),
                Some(rows) => before = Some(rows),
                // A clause that writes, or the end.
                None => return Vec::new(),
            }
        }
        Vec::new()
    }

    /// How many rows these clauses give; none where they end with no reading clause.
    fn count(&self, clauses: &[Clause]) -> Option<i64> {
        let reads = clauses.iter().all(|clause| {
            matches!(
                clause.kind,
                ClauseKind::Match(_)
                    | ClauseKind::With(_)
                    | ClauseKind::Unwind { .. }
                    | ClauseKind::Let(_)
                    | ClauseKind::Filter(_)
                    | ClauseKind::OrderAndPage(_)
                    | ClauseKind::Subquery(_)
            )
        });
        let counting = parse_query("RETURN count(*) AS n").ok().filter(|_| reads)?;
        let clauses = clauses.iter().chain(&counting.first.clauses).cloned().collect();
        let first = Part { clauses, ..self.query.first.clone() };
        let query = Query { first, unions: Vec::new(), export: None, ..self.query.clone() };
        match self.session.rows_of(&query, self.parameters).first()?.first()? {
            Value::Int(count) => Some(*count),
            _ => None,
        }
    }

    fn of_clause(&self, before: &[Clause], clause: &Clause, rows: Option<i64>) -> Vec<Message> {
        let rows = rows.map(|rows| format!("; before it there are {}", counted(rows))).unwrap_or_default();
        let mut messages = vec![Message::note(format!("nothing is left after {}{rows}", quoted(&printed(clause))))];
        for (words, changed) in without_each(clause) {
            let clauses: Vec<Clause> = before.iter().cloned().chain([changed]).collect();
            if let Some(count) = self.count(&clauses).filter(|count| *count > 0) {
                messages.push(Message::note(format!("without {}: {}", quoted(&words), counted(count))));
            }
        }
        if let ClauseKind::Match(matched) = &clause.kind {
            matched.patterns.iter().for_each(|pattern| messages.extend(self.of_pattern(before, matched, pattern)));
        }
        messages
    }

    /// How far a pattern can be followed, with its times and without its conditions.
    fn of_pattern(&self, before: &[Clause], matched: &Match, pattern: &PathPattern) -> Option<Message> {
        let mut reached: Option<(String, i64)> = None;
        for length in (1..=pattern.elements.len()).step_by(2) {
            let elements = pattern.elements[..length].to_vec();
            let part = PathPattern { elements, search: PathSearch::All, variable: None, ..pattern.clone() };
            let alone = Match { optional: false, patterns: vec![part], filter: None, ..matched.clone() };
            let clause = Clause { span: pattern.span, kind: ClauseKind::Match(alone.clone()) };
            let text = pattern_text(&alone);
            let count = self.count(&before.iter().cloned().chain([clause]).collect::<Vec<_>>())?;
            if count == 0 {
                let so_far = reached.map(|(text, count)| format!("; {} has {}", quoted(&text), counted(count)));
                return Some(Message::note(format!("{} fits nowhere{}", quoted(&text), so_far.unwrap_or_default())));
            }
            reached = Some((text, count));
        }
        None
    }
}

/// The clause less one of its conditions, each in turn, with the words that were taken out.
fn without_each(clause: &Clause) -> Vec<(String, Clause)> {
    let mut changed = Vec::new();
    let mut add = |words: String, kind: ClauseKind| changed.push((words, Clause { span: clause.span, kind }));
    match &clause.kind {
        ClauseKind::Match(matched) => {
            for at in 0..matched.modifiers.len() {
                let mut less = matched.clone();
                let taken = less.modifiers.remove(at);
                add(modifier_text(matched, taken), ClauseKind::Match(less));
            }
            for (words, filter) in without_each_condition(matched.filter.as_ref()) {
                add(words, ClauseKind::Match(Match { filter, ..matched.clone() }));
            }
        }
        ClauseKind::With(projection) => {
            for (words, filter) in without_each_condition(projection.filter.as_ref()) {
                let mut less = projection.clone();
                less.filter = filter;
                add(words, ClauseKind::With(less));
            }
        }
        _ => {}
    }
    changed
}

fn without_each_condition(filter: Option<&Expr>) -> Vec<(String, Option<Expr>)> {
    let Some(filter) = filter else { return Vec::new() };
    let mut conditions = Vec::new();
    conjuncts(filter, &mut conditions);
    let joined = |left: usize| {
        let rest = conditions.iter().enumerate().filter(|(at, _)| *at != left).map(|(_, each)| (*each).clone());
        rest.reduce(|a, b| Expr { span: filter.span, kind: ExprKind::Binary(BinaryOp::And, Box::new(a), Box::new(b)) })
    };
    let words = |each: &Expr| format!("WHERE {}", print::expression(each));
    conditions.iter().enumerate().map(|(at, each)| (words(each), joined(at))).collect()
}

fn conjuncts<'e>(expr: &'e Expr, into: &mut Vec<&'e Expr>) {
    match &expr.kind {
        ExprKind::Binary(BinaryOp::And, a, b) => {
            conjuncts(a, into);
            conjuncts(b, into);
        }
        _ => into.push(expr),
    }
}

fn printed(clause: &Clause) -> String {
    let first = Part { span: clause.span, clauses: vec![clause.clone()] };
    let mode = crate::query::syntax::ast::Mode::Run;
    print::query(&Query { span: clause.span, mode, first, unions: Vec::new(), export: None })
}

fn pattern_text(matched: &Match) -> String {
    let plain = Match { modifiers: Vec::new(), filter: None, ..matched.clone() };
    let clause = Clause { span: crate::source::Span::default(), kind: ClauseKind::Match(plain) };
    printed(&clause).trim_start_matches("MATCH ").to_owned()
}

fn modifier_text(matched: &Match, modifier: crate::query::syntax::ast::Modifier) -> String {
    let bare = pattern_text(matched);
    let with = Match { modifiers: vec![modifier], filter: None, ..matched.clone() };
    let clause = Clause { span: crate::source::Span::default(), kind: ClauseKind::Match(with) };
    let text = printed(&clause);
    text.rsplit_once(bare.as_str()).map_or(text.clone(), |(_, after)| after.trim().to_owned())
}

fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("`{}…`", &line[..at]),
        None => format!("`{line}`"),
    }
}

fn counted(rows: i64) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(text: &str) -> String {
        let mut session = Session::new(crate::built_in().expect("the built-in graph"));
        let none = Parameters::default();
        let answer = session.run(text, &none).expect("an answer").remove(0);
        assert!(answer.rows.is_empty(), "{text} has rows");
        let messages = session.why_no_rows(text, &none);
        messages.into_iter().map(|message| message.text).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_condition_that_leaves_nothing_is_named() {
        let said = why("match (g:ArmedGroup) where g.name = 'JNIM' and g.name starts with 'Q' return g");
        assert!(said.contains("without `WHERE g.name STARTS WITH 'Q'`: 1 row"), "{said}");
        assert!(said.contains("nothing is left after `MATCH (g:ArmedGroup)"), "{said}");
    }

    #[test]
    fn the_step_that_fits_nowhere_is_named() {
        let said = why("match (g:Coalition 'JNIM')-[:PART_OF]->(x)-[:MERGED_INTO]->(y:Person) return y");
        assert!(said.contains("fits nowhere"), "{said}");
    }

    #[test]
    fn the_time_that_leaves_nothing_is_named() {
        let said = why("match (g:ArmedGroup)-[:COMPONENT_OF]->(:Coalition 'JNIM') as of 1990 return g");
        assert!(said.contains("without `AS OF 1990`"), "{said}");
    }

    #[test]
    fn a_later_clause_is_told_with_what_came_before_it() {
        let said = why("match (g:Coalition 'JNIM') with g where g.name = 'x' return g");
        assert!(said.contains("before it there are 1 row") || said.contains("before it there is"), "{said}");
    }
}
