//! CHANGES IN: a statement inside a statement, asked as of two times.
//!
//! The frame is the definition's expansion. What it is filled with is printed core, so that the whole is read by the
//! same parser as everything else.

use super::instantiate::Instance;
use super::placing::{Body, Place};
use super::subjects::{Matched, Subject};
use super::{Expander, Used};
use crate::diagnostics::codes;
use crate::query::bind::fault::{Detail, Fault};
use crate::query::statements::Definition;
use crate::query::syntax::ast::{
    Clause, Modifier, ModifierKind, OrderAndPage, Query, Statement, StatementItem, TimePoint,
};
use crate::query::syntax::spans::Places;
use crate::query::syntax::{parse_query, print};
use crate::source::Span;

/// Columns that say when, how sure and by whose word, and not what.
const BESIDE: &[&str] = &["since", "until", "certainty", "sources", "path", "weakest"];

impl Expander<'_> {
    /// The clauses of CHANGES IN.
    pub(super) fn changes(
        &mut self,
        definition: &'static Definition,
        statement: &Statement,
        subjects: &[(&'static str, Subject)],
        place: Place<'_>,
        span: Span,
    ) -> Vec<Clause> {
        let mut items: &[StatementItem] = &[];
        let mut times: Vec<&TimePoint> = Vec::new();
        for (_, subject) in subjects {
            match subject {
                Subject::Statement(found) => items = found,
                Subject::Time(time) => times.push(time),
                _ => {}
            }
        }
        self.refuse_times(definition, &statement.modifiers);
        let mut instances = Vec::new();
        for time in times {
            instances.extend(self.inner(statement, items, time, place.scope, span));
        }
        let Ok([earlier, later]) = <[Instance; 2]>::try_from(instances) else { return Vec::new() };
        self.statements.push(Used {
            definition,
            is_last: place.is_root,
            silence: unchanged(&earlier, span),
            assumptions: earlier.assumptions(),
        });
        let body = body(definition, earlier, later, span);
        self.place(statement, body, place, span)
    }

    fn refuse_times(&mut self, definition: &Definition, modifiers: &[Modifier]) {
        for modifier in modifiers {
            if matches!(modifier.kind, ModifierKind::AsOf(_) | ModifierKind::During(_) | ModifierKind::Throughout(_)) {
                let message = format!("{} takes no other time", definition.usage());
                let fault = Fault::new(Detail::StatementMismatch, modifier.span, message).under(codes::BAD_MODIFIER);
                self.faults.push(fault.help("it compares what holds as of the two times behind FROM and TO"));
            }
        }
    }

    /// The inner statement as of a time.
    fn inner(
        &mut self,
        outer: &Statement,
        items: &[StatementItem],
        time: &TimePoint,
        scope: &[String],
        span: Span,
    ) -> Option<Instance> {
        let mut modifiers = outer.modifiers.clone();
        modifiers.push(Modifier { span, kind: ModifierKind::AsOf(time.clone()) });
        let statement = Statement {
            optional: false,
            items: items.to_vec(),
            modifiers,
            yields: None,
            filter: None,
            page: OrderAndPage::default(),
        };
        let Matched { definition, subjects, .. } = self.match_statement(&statement, span, scope)?;
        if definition.holds_statement() || !definition.columns.iter().any(|(name, _)| *name == "certainty") {
            let message = format!("{} does not depend on a time", definition.usage());
            self.faults.push(Fault::new(Detail::StatementMismatch, span, message));
            return None;
        }
        self.instance(definition, subjects, &statement, scope, span)
    }
}

/// What is said where nothing changed.
fn unchanged(earlier: &Instance, span: Span) -> Vec<(Query, &'static str)> {
    if !earlier.imports.is_empty() {
        return Vec::new();
    }
    let counted = format!("CALL () {{ {} }} RETURN toString(count(*)) AS name", in_line(&mut earlier.clone()));
    let mut query = parse_query(&counted).expect("a statement's core parses within a subquery");
    query.each_span(&mut |place| *place = span);
    vec![(query, "no change between the two times; rows at the first of them: {}")]
}

fn body(definition: &Definition, mut earlier: Instance, mut later: Instance, span: Span) -> Body {
    let imports = earlier.imports.clone();
    let inner: Vec<&str> = earlier.definition.columns.iter().map(|(name, _)| *name).collect();
    let (key, rest) = inner.split_first().expect("a statement has columns");
    let state: Vec<String> = rest
        .iter()
        .filter(|name| !BESIDE.contains(name))
        .map(|name| if *name == "relation" { "type(relation)".to_owned() } else { format!("coalesce({name}, '')") })
        .collect();
    let outer: Vec<String> =
        imports.iter().map(|name| print::expression(&super::asked::variable(name, span))).collect();
    let fresh = |name: &str| {
        let mut chosen = name.to_owned();
        while imports.contains(&chosen) {
            chosen.push('_');
        }
        chosen
    };
    let mut filled = definition.expansion.to_owned();
    let handed_on: String = outer.iter().flat_map(|name| [name.as_str(), ", "]).collect();
    for (hole, text) in [
        ("«outer, »", handed_on),
        ("«outer»", outer.join(", ")),
        ("«as of t1»", in_line(&mut earlier)),
        ("«as of t2»", in_line(&mut later)),
        ("«key»", (*key).to_owned()),
        ("«state»", format!("[{}]", state.join(", "))),
        ("«columns»", inner.join(", ")),
        ("«earlier»", fresh("earlier")),
        ("«later»", fresh("later")),
    ] {
        filled = filled.replace(hole, &text);
    }
    let mut query = parse_query(&filled).expect("the frame of CHANGES IN parses with any statement in it");
    query.each_span(&mut |place| *place = span);
    let columns = std::iter::once("change").chain(inner.iter().copied()).chain(["was"]);
    Body {
        clauses: query.first.clauses,
        columns: columns.map(str::to_owned).collect(),
        usage: definition.usage(),
        imports,
        kept: Vec::new(),
    }
}

/// A statement's core under the names of its columns, on one line.
fn in_line(instance: &mut Instance) -> String {
    let taken = instance.imports.clone();
    let mut query = instance.query(&taken);
    instance.carry(&mut query.first.clauses);
    print::query(&query)
}
