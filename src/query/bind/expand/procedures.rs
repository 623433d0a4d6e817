//! `CALL griot.lineage('MUJAO', 'ISGS', {asOf: '2012-07'}) YIELD …`: a statement in the words of a procedure.
//!
//! Names, arguments and columns are those of the statements' registry; the call becomes the very same statement, and
//! is expanded as that is.

use super::{Expander, ident};
use crate::diagnostics::codes;
use crate::query::bind::fault::{Detail, Fault};
use crate::query::statements::{self, Definition, Piece};
use crate::query::syntax::ast::{
    Call, ClauseKind, Expr, ExprKind, Ident, LabelExpr, Modifier, ModifierKind, OrderAndPage, PatternElement,
    Statement, StatementItem, StatementItemKind, TimePoint, TimeSpan,
};
use crate::query::syntax::parse_query;
use crate::query::syntax::spans::Places;
use crate::source::Span;

/// What may stand in the map of options: modifiers in camel case.
const OPTIONS: &[&str] = &[
    "asOf",
    "during",
    "throughout",
    "certainly",
    "knownBy",
    "within",
    "via",
    "through",
    "avoiding",
    "accordingTo",
    "withoutSource",
    "rated",
    "worded",
];

/// Whether a call is one of a statement.
pub(super) fn is_statement(call: &Call) -> bool {
    call.name.value.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("griot."))
}

impl Expander<'_> {
    /// The statement that a call stands for.
    pub(super) fn procedure(&mut self, call: &Call, span: Span, scope: &[String]) -> Option<Statement> {
        let args = call.args.as_deref().unwrap_or_default();
        let (args, options) = match args.split_last() {
            Some((Expr { kind: ExprKind::Map(options), .. }, args)) => (args, options.as_slice()),
            _ => (args, &[][..]),
        };
        let definition = match find(&call.name, args.len(), span) {
            Ok(definition) => definition,
            Err(fault) => {
                self.faults.push(fault);
                return None;
            }
        };
        let before = self.faults.len();
        let mut items = Vec::new();
        let mut modifiers = Vec::new();
        let mut args = args.iter();
        for piece in definition.signature {
            match piece {
                Piece::Word(word) => items.push(item(span, StatementItemKind::Word((*word).to_owned()))),
                piece => {
                    let arg = args.next().expect("the number of arguments is the definition's");
                    match argument(*piece, arg, scope) {
                        Ok((found, said)) => {
                            items.extend(found);
                            modifiers.extend(said);
                        }
                        Err(fault) => self.faults.push(fault),
                    }
                }
            }
        }
        for (key, value) in options {
            match option(key, value, scope) {
                Ok(found) => modifiers.extend(found.map(|kind| Modifier { span: key.span.to(value.span), kind })),
                Err(fault) => self.faults.push(fault),
            }
        }
        if call.yields.as_ref().is_some_and(Vec::is_empty) {
            let message = format!("{} yields rows, and nothing is taken of them", call.name.value);
            self.faults.push(Fault::new(Detail::StatementMismatch, span, message).help("name columns behind YIELD"));
        }
        (self.faults.len() == before).then(|| Statement {
            optional: call.optional,
            items,
            modifiers,
            yields: call.yields.clone(),
            filter: call.filter.clone(),
            page: OrderAndPage::default(),
        })
    }
}

/// The statement of a procedure's name that takes so many arguments.
fn find(name: &Ident, count: usize, span: Span) -> Result<&'static Definition, Fault> {
    let named = |each: &&&'static Definition| each.procedure().eq_ignore_ascii_case(&name.value);
    let found: Vec<&'static Definition> = statements::ALL.iter().filter(named).copied().collect();
    if found.is_empty() {
        let message = format!("there is no procedure `{}`", name.value);
        let known: Vec<String> = statements::ALL.iter().map(|each| each.procedure()).collect();
        let mut nearest = crate::names::nearest(known.iter().map(String::as_str), &name.value, 3);
        nearest.dedup();
        let fault = Fault::new(Detail::ProcedureNotFound, name.span, message).candidates(nearest);
        return Err(fault.note(
            "the procedures are the statements: griot.lineage, griot.leaders …; `griot help statements` lists them",
        ));
    }
    let arity = |each: &Definition| each.signature.iter().filter(|piece| !matches!(piece, Piece::Word(_))).count();
    found.iter().find(|each| arity(each) == count).copied().ok_or_else(|| {
        let usages: Vec<String> = found.iter().map(|each| each.procedure_usage()).collect();
        let message = format!("`{}` does not take {count} arguments", name.value);
        Fault::new(Detail::InvalidNumberOfArguments, span, message).help(format!("write {}", usages.join(", or ")))
    })
}

fn item(span: Span, kind: StatementItemKind) -> StatementItem {
    StatementItem { span, kind }
}

/// The words that an argument stands for; those of a statement may bring modifiers along.
fn argument(piece: Piece, arg: &Expr, scope: &[String]) -> Result<(Vec<StatementItem>, Vec<Modifier>), Fault> {
    let items = match (piece, &arg.kind) {
        (Piece::Subjects(_) | Piece::Texts(_), ExprKind::List(each)) => several(each, scope)?,
        (Piece::Statement(_), ExprKind::Text(text)) => return inner_statement(text, arg.span),
        (Piece::Statement(_), _) => {
            let message = "a statement's words stand here as a string";
            return Err(Fault::new(Detail::InvalidArgumentType, arg.span, message).help("write 'allies of MNLA'"));
        }
        (Piece::Time(_), ExprKind::Int(year)) => vec![item(arg.span, StatementItemKind::Quoted(year.to_string()))],
        _ => vec![one(arg, scope)?],
    };
    Ok((items, Vec::new()))
}

fn inner_statement(text: &str, span: Span) -> Result<(Vec<StatementItem>, Vec<Modifier>), Fault> {
    let refused = || Fault::new(Detail::UnexpectedSyntax, span, format!("'{text}' is no statement"));
    let mut query = parse_query(text).map_err(|_| refused())?;
    query.each_span(&mut |place| *place = span);
    match query.first.clauses.pop().map(|clause| clause.kind) {
        Some(ClauseKind::Statement(inner)) if query.first.clauses.is_empty() => Ok((inner.items, inner.modifiers)),
        _ => Err(refused()),
    }
}

/// Names joined by commas.
fn several(each: &[Expr], scope: &[String]) -> Result<Vec<StatementItem>, Fault> {
    let mut items = Vec::new();
    for expr in each {
        if !items.is_empty() {
            items.push(item(expr.span, StatementItemKind::Comma));
        }
        items.push(one(expr, scope)?);
    }
    Ok(items)
}

/// A name, a parameter or a variable.
fn one(expr: &Expr, scope: &[String]) -> Result<StatementItem, Fault> {
    let kind = match &expr.kind {
        ExprKind::Text(name) => StatementItemKind::Quoted(name.clone()),
        ExprKind::Parameter(name) => StatementItemKind::Parameter(name.clone()),
        ExprKind::Variable(name) if scope.contains(name) => StatementItemKind::Word(name.clone()),
        ExprKind::Variable(name) => {
            let nearest = crate::names::nearest(scope.iter().map(String::as_str), name, 3);
            let fault = Fault::undefined_variable(name, expr.span).candidates(nearest);
            return Err(fault.help(format!("put a name into quotes: '{name}'")));
        }
        _ => {
            let message = "an actor is given by its name, a parameter or a variable";
            let fault = Fault::new(Detail::InvalidArgumentType, expr.span, message);
            return Err(fault.help("give what is computed a name first: WITH … AS a"));
        }
    };
    Ok(item(expr.span, kind))
}

/// The modifier that an entry of the options stands for; none for `certainly: false` and nulls.
fn option(key: &Ident, value: &Expr, scope: &[String]) -> Result<Option<ModifierKind>, Fault> {
    if matches!(value.kind, ExprKind::Null) {
        return Ok(None);
    }
    Ok(Some(match key.value.as_str() {
        "asOf" => ModifierKind::AsOf(point(value)),
        "knownBy" => ModifierKind::KnownBy(point(value)),
        "during" => ModifierKind::During(period(value)?),
        "throughout" => ModifierKind::Throughout(period(value)?),
        "certainly" => match value.kind {
            ExprKind::Bool(true) => ModifierKind::Certainly,
            ExprKind::Bool(false) => return Ok(None),
            _ => return Err(expected(key, value, "true or false")),
        },
        "within" => within(key, value)?,
        "via" => ModifierKind::Via(via(key, value)?),
        "through" => ModifierKind::Through(listed(value, scope)?),
        "avoiding" => ModifierKind::Avoiding(listed(value, scope)?),
        "accordingTo" => ModifierKind::AccordingTo(listed(value, scope)?),
        "withoutSource" => ModifierKind::WithoutSource(listed(value, scope)?),
        "rated" => match &value.kind {
            ExprKind::Text(grade) => ModifierKind::Rated(grade.clone()),
            _ => return Err(expected(key, value, "a grade such as 'B2'")),
        },
        "worded" => ModifierKind::Worded(texts(key, value)?),
        other => {
            let message = format!("`{other}` is no option of a statement");
            let fault = Fault::new(Detail::InvalidArgumentValue, key.span, message).under(codes::BAD_MODIFIER);
            return Err(fault
                .candidates(crate::names::nearest(OPTIONS.iter().copied(), other, 2))
                .note(format!("the options are {}", OPTIONS.join(", "))));
        }
    }))
}

fn expected(key: &Ident, value: &Expr, what: &str) -> Fault {
    let message = format!("`{}` takes {what}", key.value);
    Fault::new(Detail::InvalidArgumentType, value.span, message).under(codes::BAD_MODIFIER)
}

fn point(value: &Expr) -> TimePoint {
    match &value.kind {
        ExprKind::Text(date) => TimePoint::Literal(ident(date, value.span)),
        ExprKind::Int(year) => TimePoint::Literal(ident(&year.to_string(), value.span)),
        ExprKind::Call { name, args, .. } if args.is_empty() && name.value.eq_ignore_ascii_case("today") => {
            TimePoint::Today(value.span)
        }
        _ => TimePoint::Expr(Box::new(value.clone())),
    }
}

/// A date, `'2012..2015'`, or a list of two ends, null where it is open.
fn period(value: &Expr) -> Result<TimeSpan, Fault> {
    match &value.kind {
        ExprKind::List(ends) => {
            let [from, to] = ends.as_slice() else {
                return Err(Fault::new(Detail::InvalidArgumentValue, value.span, "a span of time has two ends"));
            };
            let end = |end: &Expr| (!matches!(end.kind, ExprKind::Null)).then(|| point(end));
            Ok(TimeSpan::Between(end(from), end(to)))
        }
        ExprKind::Text(text) if text.contains("..") && !text.contains(['[', '/']) => {
            let (from, to) = text.split_once("..").expect("it holds two dots");
            let end = |part: &str| {
                let part = part.trim();
                (!part.is_empty()).then(|| TimePoint::Literal(ident(part, value.span)))
            };
            Ok(TimeSpan::Between(end(from), end(to)))
        }
        _ => Ok(TimeSpan::Point(point(value))),
    }
}

/// `2`, `[1, 3]` or `'1..3'`.
fn within(key: &Ident, value: &Expr) -> Result<ModifierKind, Fault> {
    let refused = || expected(key, value, "a number of hops, or two: 2, [1, 3]");
    match &value.kind {
        ExprKind::Int(max) => Ok(ModifierKind::Within { min: None, max: *max }),
        ExprKind::List(ends) => match ends.as_slice() {
            [Expr { kind: ExprKind::Int(min), .. }, Expr { kind: ExprKind::Int(max), .. }] => {
                Ok(ModifierKind::Within { min: Some(*min), max: *max })
            }
            _ => Err(refused()),
        },
        ExprKind::Text(text) => {
            let (min, max) = text.split_once("..").ok_or_else(refused)?;
            let max = max.trim().parse().map_err(|_| refused())?;
            let min = min.trim();
            let min = if min.is_empty() { None } else { Some(min.parse().map_err(|_| refused())?) };
            Ok(ModifierKind::Within { min, max })
        }
        _ => Err(refused()),
    }
}

/// `'alliance'`, `'alliance|!FOUGHT'` or a list of types and roles.
fn via(key: &Ident, value: &Expr) -> Result<LabelExpr, Fault> {
    let refused = || expected(key, value, "types or roles such as 'alliance' or 'MERGED_INTO|SPLIT_FROM'");
    let text = match &value.kind {
        ExprKind::Text(text) => text.clone(),
        ExprKind::List(_) => texts(key, value)?.into_iter().map(|each| each.value).collect::<Vec<_>>().join("|"),
        _ => return Err(refused()),
    };
    let is_types = |c: char| c.is_alphanumeric() || "_|&!()% ".contains(c);
    if text.is_empty() || !text.chars().all(is_types) {
        return Err(refused());
    }
    let mut parsed = parse_query(&format!("MATCH ()-[:{text}]-() RETURN 1")).map_err(|_| refused())?;
    parsed.each_span(&mut |span| *span = value.span);
    let Some(ClauseKind::Match(matched)) = parsed.first.clauses.into_iter().next().map(|clause| clause.kind) else {
        return Err(refused());
    };
    let mut elements = matched.patterns.into_iter().flat_map(|pattern| pattern.elements);
    let types = elements.find_map(|element| match element {
        PatternElement::Rel(rel) => rel.types,
        _ => None,
    });
    types.ok_or_else(refused)
}

/// A name, or a list of them.
fn listed(value: &Expr, scope: &[String]) -> Result<Vec<StatementItem>, Fault> {
    match &value.kind {
        ExprKind::List(each) => several(each, scope),
        _ => Ok(vec![one(value, scope)?]),
    }
}

fn texts(key: &Ident, value: &Expr) -> Result<Vec<Ident>, Fault> {
    let each = match &value.kind {
        ExprKind::List(each) => each.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let text = |expr: &Expr| match &expr.kind {
        ExprKind::Text(text) => {
            Ok(text.split(['|', ',']).map(|word| ident(word.trim(), expr.span)).collect::<Vec<_>>())
        }
        _ => Err(expected(key, expr, "strings")),
    };
    Ok(each.iter().map(text).collect::<Result<Vec<_>, _>>()?.concat())
}
