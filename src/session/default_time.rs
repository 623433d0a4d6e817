//! A time that holds for every question that names none: what a prompt's `.as-of` sets.
//!
//! It is put into the tree before anything else is done, as if `AS OF …` had been written behind each statement and
//! each MATCH without a time of its own; so EXPLAIN shows it, and no later stage knows of it.

use super::{Failure, Session};
use crate::query::syntax::ast::{ClauseKind, Match, Modifier, ModifierKind, Query, Statement, TimePoint};
use crate::query::syntax::parse_query;
use crate::query::syntax::rewrite::{self, Rewriter};
use crate::source::Span;

/// A default time.
#[derive(Clone, Debug)]
pub(super) struct DefaultTime {
    /// As it was written.
    text: String,
    modifier: Modifier,
}

/// Adds the time where there is none.
struct Timer<'d> {
    modifier: &'d Modifier,
    added: bool,
}

impl Timer<'_> {
    fn add(&mut self, modifiers: &mut Vec<Modifier>) {
        let is_time = |modifier: &Modifier| {
            matches!(modifier.kind, ModifierKind::AsOf(_) | ModifierKind::During(_) | ModifierKind::Throughout(_))
        };
        if !modifiers.iter().any(is_time) {
            modifiers.push(self.modifier.clone());
            self.added = true;
        }
    }
}

impl Rewriter for Timer<'_> {
    fn matched(&mut self, matched: &mut Match) {
        self.add(&mut matched.modifiers);
    }

    fn statement(&mut self, statement: &mut Statement) {
        self.add(&mut statement.modifiers);
    }
}

impl Session {
    /// Sets the time that holds for every MATCH and statement without a time of its own; `None` takes it away. It is a
    /// date as after AS OF: `2012-07`, `TODAY`.
    ///
    /// # Errors
    /// What is wrong with the date, in the text of a query that uses it.
    pub fn set_default_time(&mut self, date: Option<&str>) -> Result<(), Failure> {
        self.plans = super::Plans::default();
        let Some(date) = date else {
            self.default_time = None;
            return Ok(());
        };
        let text = format!("MATCH (n) AS OF {date} RETURN n");
        // Binding reads the date.
        self.prepare(&text)?;
        let query =
            parse_query(&text).map_err(|errors| super::from_syntax(&super::Source::new("<date>", &text), errors))?;
        self.default_time = point(&query).map(|point| {
            let (span, kind) = (Span::default(), ModifierKind::AsOf(point));
            DefaultTime { text: date.to_owned(), modifier: Modifier { span, kind } }
        });
        Ok(())
    }

    /// The time that holds for every question that names none, as it was written.
    #[must_use]
    pub fn default_time(&self) -> Option<&str> {
        self.default_time.as_ref().map(|time| time.text.as_str())
    }

    /// A query with the default time, and whether it took it anywhere.
    pub(super) fn with_default_time(&self, query: &Query) -> (Query, bool) {
        let mut timed = query.clone();
        let Some(time) = &self.default_time else { return (timed, false) };
        let mut timer = Timer { modifier: &time.modifier, added: false };
        rewrite::query(&mut timed, &mut timer);
        (timed, timer.added)
    }
}

/// The time after AS OF.
fn point(query: &Query) -> Option<TimePoint> {
    let clause = query.first.clauses.first()?;
    let ClauseKind::Match(matched) = &clause.kind else { return None };
    match matched.modifiers.first().map(|modifier| modifier.kind.clone())? {
        ModifierKind::AsOf(TimePoint::Literal(mut date)) => {
            date.span = Span::default();
            Some(TimePoint::Literal(date))
        }
        ModifierKind::AsOf(TimePoint::Today(_)) => Some(TimePoint::Today(Span::default())),
        ModifierKind::AsOf(other) => Some(other),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Parameters;

    fn session() -> Session {
        Session::new(crate::built_in().expect("the built-in graph"))
    }

    #[test]
    fn it_is_as_if_the_time_were_written() {
        let (mut with, mut without) = (session(), session());
        with.set_default_time(Some("2012-07")).expect("a date");
        let none = Parameters::default();
        let core = |session: &Session, text: &str| session.core(text).expect("a query");
        for text in ["allies of Ansar Dine", "match (a:ArmedGroup)-[:ALLIED_WITH]-(b) return a, b"] {
            let written = match text.find(" return") {
                Some(at) => format!("{} as of 2012-07{}", &text[..at], &text[at..]),
                None => format!("{text} as of 2012-07"),
            };
            assert_eq!(core(&with, text), core(&without, &written), "{text}");
            let (a, b) = (with.run(text, &none).expect("rows"), without.run(&written, &none).expect("rows"));
            assert_eq!(a[0].rows.len(), b[0].rows.len(), "{text}");
            assert!(a[0].footer.iter().any(|line| line.contains("2012-07")), "{:?}", a[0].footer);
        }
    }

    #[test]
    fn a_time_of_its_own_goes_before_it() {
        let mut session = session();
        session.set_default_time(Some("2012-07")).expect("a date");
        let text = "allies of Ansar Dine during 2017..2018";
        let answer = session.run(text, &Parameters::default()).expect("rows").remove(0);
        assert!(!answer.footer.iter().any(|line| line.contains("2012-07")), "{:?}", answer.footer);
        session.set_default_time(None).expect("nothing");
        assert_eq!(session.default_time(), None);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let mut session = session();
        assert!(session.set_default_time(Some("2012-13")).is_err());
        assert!(session.set_default_time(Some("yesterday")).is_err());
        assert_eq!(session.default_time(), None);
    }
}
