//! How griot's graph stands in another engine: the one place that says so, and the conditions on it as openCypher.
//!
//! - A node keeps its labels (all up its branch of kinds) and its attributes, and has `id`, `name`, `names`, `kind`, and
//!   its lifetime as `s1`, `s2`, `e1`, `e2`: earliest and latest start, earliest and latest end.
//! - A relationship keeps its type and properties, and has `roles`, `timeClass`; `certainty` at some time, by all live
//!   claims; `since`, `until` and, for the ends of chains, `ended` as EDTF text, with the days `since_at` and `ended_at`
//!   to sort by. One that no live claim asserts is left out: it is never matched.
//! - Its live claims are parallel lists, in the order of citation: `claim_source`, `claim_origin`, `claim_voice` (ids,
//!   empty where nobody is named), `claim_wording`, `claim_stance` (firm, weak, denied, mute), `claim_reliability`,
//!   `claim_credibility` (0 is ungraded), `claim_published`, `claim_s1`, `claim_s2`, `claim_e1`, `claim_e2`, and
//!   `claim_dated`: whether it says when the relationship began. One that nobody vouches for has the one implied claim,
//!   of no source.
//! - Days are counted from 1970-01-01; [`Day::MIN`] and [`Day::MAX`] are unbounded, and the date of an undated source.

use super::super::asked;
use crate::graph::{Graph, Named};
use crate::query::syntax::ast::{Expr, ExprKind, Modifier, ModifierKind};
use crate::query::syntax::print;
use crate::source::Span;
use crate::time::{Day, Edtf, Period};

/// What is asked of time and sources, as texts of openCypher.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    question: Option<(Mode, String, String)>,
    certainly: bool,
    /// Conditions on one claim, by its number `i` and the relationship's name as `{r}`.
    counted: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    AsOf,
    During,
    Throughout,
}

/// What is needed to read a question.
pub(super) struct Reader<'g> {
    pub graph: &'g Graph,
    pub today: Day,
    pub gaps: Vec<String>,
}

impl Reader<'_> {
    pub(super) fn gap(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.gaps.contains(&text) {
            self.gaps.push(text);
        }
    }

    /// What the modifiers of a pattern ask.
    pub(super) fn of_modifiers(&mut self, modifiers: &[Modifier]) -> Asked {
        let map = asked::map(modifiers, &[], Span::default());
        let mut found = map.as_ref().map(|map| self.of_map(map)).unwrap_or_default();
        found.certainly = modifiers.iter().any(|modifier| modifier.kind == ModifierKind::Certainly);
        found
    }

    /// What the map of a function on evidence asks.
    pub(super) fn of_map(&mut self, map: &Expr) -> Asked {
        let mut found = Asked::default();
        let ExprKind::Map(entries) = &map.kind else {
            self.gap(format!("a question by expression: {}", print::expression(map)));
            return found;
        };
        for (key, value) in entries {
            match key.value.as_str() {
                "asOf" => found.question = self.period(value).map(|(q1, q2)| (Mode::AsOf, q1, q2)),
                "during" => found.question = self.period(value).map(|(q1, q2)| (Mode::During, q1, q2)),
                "throughout" => found.question = self.period(value).map(|(q1, q2)| (Mode::Throughout, q1, q2)),
                "knownBy" => {
                    let day = self.period(value).map(|(_, q2)| q2);
                    found.counted.extend(day.map(|day| {
                        format!("{{r}}.claim_published[i] <= {day} AND {{r}}.claim_published[i] < {}", Day::MAX.0)
                    }));
                }
                "accordingTo" => {
                    let voices = self.voices(value);
                    let said = format!("({{r}}.claim_source[i] IN {voices} OR {{r}}.claim_voice[i] IN {voices})");
                    found.counted.push(said);
                }
                "withoutSource" => {
                    let voices = self.voices(value);
                    let said = ["source", "voice", "origin"].map(|of| format!("{{r}}.claim_{of}[i] IN {voices}"));
                    found.counted.push(format!("NOT ({})", said.join(" OR ")));
                }
                "rated" => found.counted.extend(rated(value)),
                "worded" => {
                    let words = print::expression(value).to_lowercase();
                    found.counted.push(format!("{{r}}.claim_wording[i] IN {words}"));
                }
                other => self.gap(format!("the question `{other}`")),
            }
        }
        found
    }

    /// First and last day of a date, or of a list of two.
    fn period(&mut self, value: &Expr) -> Option<(String, String)> {
        let known = |period: Period| (period.first.0.to_string(), period.last.0.to_string());
        match &value.kind {
            ExprKind::Null => Some(known(Period::ALL)),
            ExprKind::Text(text) => Edtf::parse(text).ok().map(|date| known(date.period())),
            ExprKind::Int(year) => Edtf::parse(&year.to_string()).ok().map(|date| known(date.period())),
            ExprKind::List(ends) => match ends.as_slice() {
                [from, to] => Some((self.period(from)?.0, self.period(to)?.1)),
                _ => None,
            },
            ExprKind::Parameter(name) => {
                self.gap(format!("the date ${name}: give its first and last day as ${name}_first and ${name}_last"));
                Some((format!("${name}_first"), format!("${name}_last")))
            }
            ExprKind::Call { name, args, .. } if args.is_empty() && name.value.eq_ignore_ascii_case("today") => {
                self.gap("TODAY: the day of this explanation stands for it");
                Some(known(Period::of_day(self.today)))
            }
            _ => {
                self.gap(format!("the date {}", print::expression(value)));
                None
            }
        }
    }

    /// A list of ids.
    fn voices(&mut self, value: &Expr) -> String {
        let ExprKind::List(names) = &value.kind else {
            self.gap(format!("sources by expression: {} must hold a list of ids", print::expression(value)));
            return print::expression(value);
        };
        let ids = names.iter().map(|name| match &name.kind {
            ExprKind::Text(name) => self.id_among(name, self.graph.find_source(name)),
            _ => print::expression(name),
        });
        format!("[{}]", ids.collect::<Vec<_>>().join(", "))
    }

    /// The id of the node that a name stands for, as a string of openCypher.
    pub(super) fn id_of(&self, name: &str) -> String {
        self.id_among(name, self.graph.find_name(name))
    }

    fn id_among(&self, name: &str, found: Option<Named<'_>>) -> String {
        let id = found.and_then(|named| named.nodes.first().map(|(node, _)| *node));
        let id = id.and_then(|node| self.graph.slug(node)).unwrap_or(name);
        quoted(id)
    }
}

/// The condition of a grade such as `B2`.
fn rated(value: &Expr) -> Option<String> {
    let ExprKind::Text(grade) = &value.kind else { return None };
    let (letter, digit) = grade.split_at_checked(1)?;
    Some(format!(
        "{{r}}.claim_reliability[i] <> '' AND {{r}}.claim_reliability[i] <= '{}' AND {{r}}.claim_credibility[i] >= 1 \
         AND {{r}}.claim_credibility[i] <= {digit}",
        letter.to_uppercase()
    ))
}

/// A string of openCypher.
pub(super) fn quoted(text: &str) -> String {
    print::expression(&asked::text(text, Span::default()))
}

impl Asked {
    /// Whether nothing is asked: then every relationship that is there counts.
    fn is_nothing(&self) -> bool {
        self.question.is_none() && self.counted.is_empty()
    }

    fn with(&self, r: &str, conditions: &[&str]) -> String {
        let all: Vec<String> = self
            .counted
            .iter()
            .map(String::as_str)
            .chain(conditions.iter().copied())
            .map(|it| it.replace("{r}", r))
            .collect();
        if all.is_empty() { "true".to_owned() } else { all.join(" AND ") }
    }

    fn any(&self, r: &str, conditions: &[&str]) -> String {
        format!("any(i IN range(0, size({r}.claim_source) - 1) WHERE {})", self.with(r, conditions))
    }

    const ASSERTS: &str = "{r}.claim_stance[i] IN ['firm', 'weak']";

    /// Conditions on claim `i`: its bounds leave the period possible; they make it certain.
    fn bounds(&self) -> (String, String) {
        let Some((mode, q1, q2)) = &self.question else { return ("true".to_owned(), "true".to_owned()) };
        let at = |key: &str| format!("{{r}}.claim_{key}[i]");
        let (s1, s2, e1, e2) = (at("s1"), at("s2"), at("e1"), at("e2"));
        let overlaps = (format!("{s1} <= {q2} AND {e2} >= {q1}"), format!("{s2} <= {q2} AND {e1} >= {q1}"));
        match mode {
            Mode::AsOf => overlaps,
            Mode::During => (
                format!(
                    "CASE WHEN {{r}}.timeClass = 'lasting_event' THEN {s1} <= {q2} AND {s2} >= {q1} ELSE {} END",
                    overlaps.0
                ),
                format!(
                    "CASE WHEN {{r}}.timeClass = 'lasting_event' THEN {s1} >= {q1} AND {s2} <= {q2} ELSE {} END",
                    overlaps.1
                ),
            ),
            Mode::Throughout => {
                let long = format!("({q1} = {q2} OR NOT {{r}}.timeClass IN ['momentary_event', 'event_date'])");
                (
                    format!("{long} AND {s1} <= {q1} AND {e2} >= {q2}"),
                    format!("{long} AND {s2} <= {q1} AND {e1} >= {q2}"),
                )
            }
        }
    }

    /// That a relationship counts; `None` where all do.
    pub(super) fn holds(&self, r: &str) -> Option<String> {
        if self.certainly {
            return Some(format!("{} = 'certain'", self.certainty(r)));
        }
        (!self.is_nothing()).then(|| self.any(r, &[Self::ASSERTS, &self.bounds().0]))
    }

    /// How a relationship stands.
    pub(super) fn certainty(&self, r: &str) -> String {
        if self.is_nothing() {
            return format!("{r}.certainty");
        }
        let (possible, certain) = self.bounds();
        let firm = "{r}.claim_stance[i] = 'firm'";
        let overlaps = self.question.as_ref().map_or_else(
            || "true".to_owned(),
            |(_, q1, q2)| format!("{{r}}.claim_s1[i] <= {q2} AND {{r}}.claim_e2[i] >= {q1}"),
        );
        let no = format!("({firm} AND NOT ({possible}) OR {{r}}.claim_stance[i] = 'denied' AND {overlaps})");
        format!(
            "CASE WHEN NOT {} THEN null WHEN NOT {} THEN 'possible' WHEN {} THEN 'disputed' ELSE 'certain' END",
            self.any(r, &[Self::ASSERTS, &possible]),
            self.any(r, &[firm, &certain]),
            self.any(r, &[&no]),
        )
    }

    /// How a chain of relationships stands: as its weakest.
    pub(super) fn certainty_of_all(&self, rels: &str) -> String {
        let each = self.certainty("tie");
        let some = |is: &str| format!("any(tie IN {rels} WHERE {each} {is})");
        format!(
            "CASE WHEN {} THEN null WHEN {} THEN 'possible' WHEN {} THEN 'disputed' ELSE 'certain' END",
            some("IS NULL"),
            some("= 'possible'"),
            some("= 'disputed'")
        )
    }

    /// The ids of the sources of the claims that an answer rests on, each once.
    pub(super) fn sources(&self, rels: &str) -> String {
        let backs = match &self.question {
            None => String::new(),
            Some(_) => {
                let holds = format!("{} AND ({})", Self::ASSERTS, self.bounds().0).replace("{r}", "tie");
                format!(" AND ({holds} OR coalesce({}, '') = 'disputed')", self.certainty("tie"))
            }
        };
        format!(
            "reduce(found = [], tie IN {rels} | reduce(seen = found, i IN range(0, size(tie.claim_source) - 1) | \
             CASE WHEN {}{backs} AND tie.claim_source[i] <> '' AND NOT tie.claim_source[i] IN seen \
             THEN seen + [tie.claim_source[i]] ELSE seen END))",
            self.with("tie", &[])
        )
    }

    /// The relationship that stands weakest; of equals the one with fewer witnesses, then the first.
    pub(super) fn weakest(&self, rels: &str) -> String {
        let rank = |r: &str| {
            let standing = self.certainty(r);
            let backs = self.with(r, &[Self::ASSERTS]);
            format!(
                "CASE {standing} WHEN 'certain' THEN 3000000 WHEN 'disputed' THEN 2000000 WHEN 'possible' THEN 1000000 \
                 ELSE 0 END + size(reduce(seen = [], i IN range(0, size({r}.claim_source) - 1) | CASE WHEN {backs} \
                 AND {r}.claim_source[i] <> '' AND NOT {r}.claim_origin[i] IN seen \
                 THEN seen + [{r}.claim_origin[i]] ELSE seen END))"
            )
        };
        format!(
            "reduce(weak = head({rels}), tie IN {rels} | CASE WHEN {} < {} THEN tie ELSE weak END)",
            rank("tie"),
            rank("weak")
        )
    }

    /// That no relationship of a list certainly began before one that stands before it.
    pub(super) fn in_time_order(&self, rels: &str) -> String {
        let bound = |r: &str, key: &str, beyond: &str| {
            let counts = self.with(r, &[Self::ASSERTS, "{r}.claim_dated[i]"]);
            format!(
                "reduce(found = null, i IN range(0, size({r}.claim_source) - 1) | CASE WHEN {counts} AND (found IS NULL \
                 OR {r}.claim_{key}[i] {beyond} found) THEN {r}.claim_{key}[i] ELSE found END)"
            )
        };
        let latest = bound(&format!("({rels})[j]"), "s2", ">");
        let earliest = bound(&format!("({rels})[k]"), "s1", "<");
        format!(
            "all(j IN range(1, size({rels}) - 1) WHERE all(k IN range(0, j - 1) \
             WHERE coalesce({latest} >= {earliest}, true)))"
        )
    }

    /// That a node exists at the time that is asked for; `None` where none is. Certainty is asked of bare nodes alone.
    pub(super) fn exists(&self, node: &str, is_bare: bool) -> Option<String> {
        let certainly = self.certainly && is_bare;
        if self.question.is_none() && !certainly {
            return None;
        }
        let all = (Mode::AsOf, Day::MIN.0.to_string(), Day::MAX.0.to_string());
        let (mode, q1, q2) = self.question.as_ref().unwrap_or(&all);
        let (start, end) = if certainly { ("s2", "e1") } else { ("s1", "e2") };
        Some(match mode {
            Mode::Throughout => format!("{node}.{start} <= {q1} AND {node}.{end} >= {q2}"),
            _ => format!("{node}.{start} <= {q2} AND {node}.{end} >= {q1}"),
        })
    }
}
