//! The shape of a query: its text without the literals that decide nothing but which rows are found.
//!
//! Parsing and planning a short question cost more than answering it. Two texts of one shape have one plan, run with
//! other values: [`Shape::of`] takes the plain numbers and strings out of a text without parsing it, and [`lift`] says,
//! of a tree that was parsed from such a text, which of them may become parameters. A session keeps its plans by both
//! (`session/plans.rs`).
//!
//! Invariant: texts with the same [`key`](Shape::key) parse to trees that differ in their literals alone. So a text
//! that holds anything whose reading hangs on more than the bytes around it (comments, escapes, apostrophes within
//! words, several queries) has no shape and is parsed each time it is new. A literal stays part of the plan wherever
//! its value or its text says more than a comparison does: in the columns of a projection, SKIP and LIMIT, bounds of
//! hops, types of relations, names without quotes; of a date behind AS OF, how exact it is.

use std::fmt::Write;
use std::sync::Arc;

use crate::model::Value;
use crate::query::syntax::ast::{
    BinaryOp, ClauseKind, Expr, ExprKind, Match, Modifier, ModifierKind, NodePattern, Query, RelPattern, StatementItem,
    StatementItemKind, TimePoint, UnaryOp,
};
use crate::query::syntax::rewrite::{self, Rewriter};
use crate::source::Span;

/// Stands in a key before the letter of a literal's type; a text that holds it has no shape.
pub const MARK: char = '\u{1}';

/// A text without its literals, and the literals.
#[derive(Debug)]
pub struct Shape<'t> {
    /// The text with a mark in the place of each literal.
    pub key: String,
    /// In the order in which they stand.
    pub literals: Vec<Literal<'t>>,
}

/// A plain number or string of a text.
#[derive(Clone, Copy, Debug)]
pub struct Literal<'t> {
    start: usize,
    kind: Kind,
    /// As it is written, strings without their quotes.
    pub text: &'t str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Int,
    Float,
    Text,
    /// `2012-07`, a number less another one unless it stands behind AS OF.
    Month,
    /// `2012-07-01`.
    Day,
}

impl Literal<'_> {
    /// What it means.
    #[must_use]
    pub fn value(&self) -> Value {
        let number = "a shape's numbers are plain";
        match self.kind {
            Kind::Int => Value::Int(self.text.parse().expect(number)),
            Kind::Float => Value::Float(self.text.parse().expect(number)),
            Kind::Text | Kind::Month | Kind::Day => Value::text(self.text),
        }
    }
}

impl<'t> Shape<'t> {
    /// The shape of a text; `None` where it holds what only the grammar can read, or no literal.
    #[must_use]
    pub fn of(text: &'t str) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut shape = Self { key: String::with_capacity(text.len()), literals: Vec::new() };
        let (mut at, mut copied) = (0, 0);
        while at < bytes.len() {
            let length = match bytes[at] {
                b';' | b'\\' | 1 => return None,
                b'/' if matches!(bytes.get(at + 1), Some(b'/' | b'*')) => return None,
                b'`' => text[at + 1..].find('`')? + 2,
                b'\'' | b'"' => {
                    let length = string(bytes, at)?;
                    shape.take(text, &mut copied, at, length, Kind::Text);
                    length
                }
                b'0'..=b'9' => {
                    let (length, kind) = match date(bytes, at) {
                        Some((length, kind)) => (length, Some(kind)),
                        None => number(bytes, at),
                    };
                    if let Some(kind) = kind {
                        shape.take(text, &mut copied, at, length, kind);
                    }
                    length
                }
                _ => 1,
            };
            at += length;
        }
        shape.key.push_str(&text[copied..]);
        (!shape.literals.is_empty()).then_some(shape)
    }

    fn take(&mut self, text: &'t str, copied: &mut usize, start: usize, length: usize, kind: Kind) {
        let inner = match kind {
            Kind::Text => start + 1..start + length - 1,
            _ => start..start + length,
        };
        self.key.push_str(&text[*copied..start]);
        let _ = write!(self.key, "{MARK}{}", kind as u8);
        self.literals.push(Literal { start, kind, text: &text[inner] });
        *copied = start + length;
    }
}

fn is_name_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// The length of a string with its quotes, if it is one without escapes and stands apart from words.
fn string(bytes: &[u8], start: usize) -> Option<usize> {
    let stands_apart = |at: Option<&u8>| at.is_none_or(|byte| !is_name_part(*byte));
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    let inner = bytes[start + 1..].iter().position(|byte| matches!(*byte, b'\\' | 1) || *byte == bytes[start])?;
    let end = start + 1 + inner;
    (bytes[end] == bytes[start] && stands_apart(before) && stands_apart(bytes.get(end + 1))).then_some(inner + 2)
}

/// The length of a month or day at a place, as EDTF writes them without more.
fn date(bytes: &[u8], start: usize) -> Option<(usize, Kind)> {
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let part = |at: usize| bytes.get(at) == Some(&b'-') && digits(at + 1) == 2;
    let year = start + 4;
    if digits(start) != 4 || !part(year) {
        return None;
    }
    let (end, kind) = if part(year + 3) { (year + 6, Kind::Day) } else { (year + 3, Kind::Month) };
    let goes_on = |byte: u8| is_name_part(byte) || matches!(byte, b'.' | b'-' | b'~' | b'?' | b'%' | b'/' | b':');
    let stands_apart = start.checked_sub(1).is_none_or(|at| bytes[at].is_ascii_whitespace());
    (stands_apart && !bytes.get(end).copied().is_some_and(goes_on)).then_some((end - start, kind))
}

/// The length of what begins with a digit, and its kind if it is a plain number: decimal, without sign and exponent,
/// not part of a name, a parameter or a range.
fn number(bytes: &[u8], start: usize) -> (usize, Option<Kind>) {
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(start);
    let mut end = start + whole;
    let mut kind = Kind::Int;
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end += 1 + digits(end + 1);
        kind = Kind::Float;
    }
    let before = start.checked_sub(1).map(|at| bytes[at]);
    let is_part = |byte: u8| is_name_part(byte) || matches!(byte, b'.' | b'$');
    let stands_apart = !before.is_some_and(is_part) && !bytes.get(end).copied().is_some_and(is_part);
    let is_plain = (whole == 1 || bytes[start] != b'0') && end - start <= 17;
    // The rest of a word that begins with a digit goes along, so that nothing within it is taken for a number.
    let rest = bytes[end..].iter().take_while(|byte| is_name_part(**byte)).count();
    (end + rest - start, (stands_apart && is_plain).then_some(kind))
}

/// The name of the parameter that a literal becomes. No text can name it.
#[must_use]
pub fn parameter(number: usize) -> Arc<str> {
    format!("{MARK}{number}").into()
}

/// Makes parameters of a tree's literals where only their value counts: operands of comparisons in conditions, the
/// properties of patterns, the quoted subjects of statements, dates behind AS OF. Says of each literal of the shape
/// whether it is one now.
pub fn lift(query: &mut Query, shape: &Shape<'_>) -> Vec<bool> {
    let mut lifter = Lifter { shape, lifted: vec![false; shape.literals.len()] };
    lifter.query(query);
    lifter.lifted
}

struct Lifter<'s> {
    shape: &'s Shape<'s>,
    lifted: Vec<bool>,
}

impl Lifter<'_> {
    /// What stands in a projection may name a column, so only the reading clauses are entered.
    fn query(&mut self, query: &mut Query) {
        let parts = std::iter::once(&mut query.first).chain(query.unions.iter_mut().map(|(_, part)| part));
        for clause in parts.flat_map(|part| &mut part.clauses) {
            match &mut clause.kind {
                ClauseKind::Match(_) => rewrite::clause(clause, self),
                ClauseKind::Subquery(call) => self.query(&mut call.query),
                ClauseKind::With(projection) => projection.filter.iter_mut().for_each(|each| self.condition(each)),
                ClauseKind::Filter(condition) => self.condition(condition),
                ClauseKind::Statement(statement) => {
                    statement.items.iter_mut().for_each(|item| self.subject(item));
                    self.modifiers(&mut statement.modifiers);
                    statement.filter.iter_mut().for_each(|each| self.condition(each));
                }
                _ => {}
            }
        }
    }

    fn literal(&mut self, expr: &mut Expr) {
        let kind = match expr.kind {
            ExprKind::Int(_) => Kind::Int,
            ExprKind::Float(_) => Kind::Float,
            ExprKind::Text(_) => Kind::Text,
            _ => return,
        };
        if let Some(name) = self.lifted(expr.span, &[kind]) {
            expr.kind = ExprKind::Parameter(name);
        }
    }

    /// The parameter that the literal at a place becomes, if it is of one of these kinds.
    fn lifted(&mut self, span: Span, kinds: &[Kind]) -> Option<String> {
        let literals = &self.shape.literals;
        let number = literals.binary_search_by_key(&span.range().start, |literal| literal.start).ok()?;
        kinds.contains(&literals[number].kind).then(|| {
            self.lifted[number] = true;
            parameter(number).to_string()
        })
    }

    fn subject(&mut self, item: &mut StatementItem) {
        if matches!(item.kind, StatementItemKind::Quoted(_))
            && let Some(name) = self.lifted(item.span, &[Kind::Text])
        {
            item.kind = StatementItemKind::Parameter(name);
        }
    }

    fn modifiers(&mut self, modifiers: &mut [Modifier]) {
        for modifier in modifiers {
            if let ModifierKind::AsOf(TimePoint::Literal(date)) = &modifier.kind
                && let Some(name) = self.lifted(date.span, &[Kind::Month, Kind::Day])
            {
                let kind = ExprKind::Parameter(name);
                modifier.kind = ModifierKind::AsOf(TimePoint::Expr(Box::new(Expr { span: date.span, kind })));
            }
        }
    }

    fn condition(&mut self, expr: &mut Expr) {
        match &mut expr.kind {
            ExprKind::Binary(BinaryOp::And | BinaryOp::Or | BinaryOp::Xor, a, b) => {
                self.condition(a);
                self.condition(b);
            }
            ExprKind::Binary(BinaryOp::StartsWith | BinaryOp::EndsWith | BinaryOp::Contains, _, text) => {
                self.literal(text);
            }
            ExprKind::Binary(BinaryOp::In, element, list) if !asks_type(element) => {
                if let ExprKind::List(items) = &mut list.kind {
                    items.iter_mut().for_each(|item| self.literal(item));
                }
            }
            ExprKind::Unary(UnaryOp::Not, inner) | ExprKind::Parenthesised(inner) => self.condition(inner),
            // Which types a relation may have decides the way of the search.
            ExprKind::Comparison(first, rest)
                if std::iter::once(&**first).chain(rest.iter().map(|(_, operand)| operand)).any(asks_type) => {}
            ExprKind::Comparison(first, rest) => {
                self.literal(first);
                rest.iter_mut().for_each(|(_, operand)| self.literal(operand));
            }
            _ => {}
        }
    }

    fn properties(&mut self, map: Option<&mut Box<Expr>>) {
        if let Some(Expr { kind: ExprKind::Map(entries), .. }) = map.map(|map| &mut **map) {
            entries.iter_mut().for_each(|(_, value)| self.literal(value));
        }
    }
}

/// Whether an expression is `type(r)`.
fn asks_type(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Call { name, .. } if name.value.eq_ignore_ascii_case("type"))
}

impl Rewriter for Lifter<'_> {
    fn matched(&mut self, matched: &mut Match) {
        if let Some(filter) = &mut matched.filter {
            self.condition(filter);
        }
        self.modifiers(&mut matched.modifiers);
    }

    fn node(&mut self, node: &mut NodePattern) {
        self.properties(node.properties.as_mut());
        if let Some(filter) = &mut node.filter {
            self.condition(filter);
        }
    }

    fn rel(&mut self, rel: &mut RelPattern) {
        self.properties(rel.properties.as_mut());
        if let Some(filter) = &mut rel.filter {
            self.condition(filter);
        }
    }
}

/// Puts the literals that are parameters beside those of the user.
pub fn bind(parameters: &mut crate::query::functions::Parameters, shape: &Shape<'_>, lifted: &[bool]) {
    for (number, literal) in shape.literals.iter().enumerate().filter(|(number, _)| lifted[*number]) {
        parameters.insert(parameter(number), literal.value());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::syntax::parse_query;
    use crate::query::syntax::print::query as print;
    use crate::query::syntax::without_spans;

    /// The literals, and the query with those lifted that may be.
    fn check(text: &str, literals: &[&str], lifted: &str) {
        let shape = Shape::of(text).expect("a shape");
        let found: Vec<_> = shape.literals.iter().map(|literal| literal.text).collect();
        assert_eq!(found, literals, "{text}");
        let mut query = parse_query(text).expect("a query");
        lift(&mut query, &shape);
        assert_eq!(print(&query).replace(MARK, "").replace('\n', " "), lifted, "{text}");
    }

    #[test]
    fn conditions_and_properties_are_lifted() {
        check(
            "MATCH (a:A {name: 'x y', n: 2})-[r]-(b) WHERE r.since <= 20120101 AND NOT b.w > 1.5 RETURN b",
            &["x y", "2", "20120101", "1.5"],
            "MATCH (a:A {name: $`0`, n: $`1`})-[r]-(b) WHERE r.since <= $`2` AND NOT b.w > $`3` RETURN b",
        );
    }

    #[test]
    fn what_says_more_than_a_value_stays() {
        check(
            "MATCH (a)-[*1..3]->(b) WHERE a.n = 7 RETURN a.n + 1, EXISTS { (a {n: 5}) }, 'c' AS c ORDER BY 1 SKIP 2 LIMIT 3",
            &["7", "1", "5", "c", "1", "2", "3"],
            "MATCH (a)-[*1..3]->(b) WHERE a.n = $`0` RETURN a.n + 1, EXISTS { (a {n: 5}) }, 'c' AS c ORDER BY 1 SKIP 2 LIMIT 3",
        );
        check(
            "MATCH ()-[r]-() WHERE type(r) = 'T' OR type(r) IN ['U'] RETURN r",
            &["T", "U"],
            "MATCH ()-[r]-() WHERE type(r) = 'T' OR type(r) IN ['U'] RETURN r",
        );
        check("allies of JNIM as of 2012", &["2012"], "allies of JNIM AS OF 2012");
        check("RETURN 2012-07-01", &["2012-07-01"], "RETURN 2012-07-01");
    }

    #[test]
    fn quoted_subjects_and_exact_dates_are_lifted() {
        check("allies of 'Ansar Dine' as of 2012-07-01", &["Ansar Dine", "2012-07-01"], "allies of $`0` AS OF $`1`");
        check(
            "MATCH (a {name: 'x'})-[r]-(b) AS OF 2012-07 RETURN b",
            &["x", "2012-07"],
            "MATCH (a {name: $`0`})-[r]-(b) AS OF $`1` RETURN b",
        );
        check("lineage from 'A' to 'B'", &["A", "B"], "lineage from $`0` to $`1`");
        check("allies of 'A' during 2012-07..2013-01", &["A", "2012"], "allies of $`0` DURING 2012-07..2013-01");
    }

    #[test]
    fn elements_of_lists_and_conditions_behind_with_are_lifted() {
        check(
            "MATCH (a) WHERE a.n IN [1, 2] WITH a WHERE a.m > 3 RETURN a",
            &["1", "2", "3"],
            "MATCH (a) WHERE a.n IN [$`0`, $`1`] WITH a WHERE a.m > $`2` RETURN a",
        );
    }

    #[test]
    fn what_only_the_grammar_can_read_has_no_shape() {
        let none =
            ["RETURN 1; RETURN 2", r"RETURN 'a\'b'", "RETURN 1 // one", "MATCH (a) RETURN a", "allies of Jama'at 'x'"];
        for text in none {
            assert!(Shape::of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn numbers_within_words_and_ranges_are_no_literals() {
        let text = "MATCH (a1)-[:T2*1..60]->(b {x: $1, y: 0x1F, z: 1e5, w: 007}) WHERE b.`3 4` = 5 RETURN b.x6";
        let found: Vec<_> = Shape::of(text).expect("a shape").literals.iter().map(|literal| literal.text).collect();
        assert_eq!(found, ["5"]);
    }

    /// The text with other values for the literals that are parameters.
    fn with_other_values(text: &str, shape: &Shape<'_>, lifted: &[bool]) -> String {
        let (mut other, mut copied) = (String::new(), 0);
        for (literal, _) in shape.literals.iter().zip(lifted).filter(|(_, lifted)| **lifted) {
            let (value, written) = match literal.kind {
                Kind::Int => ("70", literal.text.len()),
                Kind::Float => ("7.25", literal.text.len()),
                Kind::Text => ("'an other'", literal.text.len() + 2),
                Kind::Month => ("1999-02", literal.text.len()),
                Kind::Day => ("1999-02-03", literal.text.len()),
            };
            other.push_str(&text[copied..literal.start]);
            other.push_str(value);
            copied = literal.start + written;
        }
        other + &text[copied..]
    }

    proptest::proptest! {
        #[test]
        fn texts_of_one_shape_lift_to_one_tree(query in crate::query::syntax::generate::query()) {
            let text = print(&query);
            let Some(shape) = Shape::of(&text) else { return Ok(()) };
            let Ok(mut first) = parse_query(&text) else { return Ok(()) };
            let lifted = lift(&mut first, &shape);
            let other = with_other_values(&text, &shape, &lifted);
            let other_shape = Shape::of(&other).expect("plain literals");
            proptest::prop_assert_eq!(&other_shape.key, &shape.key);
            let mut second = parse_query(&other).expect("a query of the same shape");
            proptest::prop_assert_eq!(lift(&mut second, &other_shape), lifted);
            proptest::prop_assert_eq!(without_spans(first), without_spans(second));
        }
    }
}
