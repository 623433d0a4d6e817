//! EXPLAIN PORTABLE: the core query as plain openCypher for other engines, on a graph in griot's portable encoding
//! ([`encoding`]).
//!
//! Names become ids, roles become lists of types (with a condition where types of one role run opposite ways), time and
//! evidence become conditions on properties, and griot's functions what they read there. What cannot be said so stays,
//! and is named on top in a comment line: nothing is dropped in silence.

mod encoded;
mod encoding;
mod kinds;
mod patterns;

pub use encoded::encoded;
use encoding::{Asked, Reader};
use kinds::{Kind, Kinds};

use crate::graph::Graph;
use crate::query::functions;
use crate::query::syntax::ast::{
    BinaryOp, Clause, ClauseKind, ComparisonOp, Expr, ExprKind, LabelExpr, Match, NodePattern, Part, Query,
    SubqueryKind,
};
use crate::query::syntax::rewrite::{self, Rewriter};
use crate::query::syntax::{Places, parse_expression, print};
use crate::source::Span;
use crate::time::Day;

/// The text of a core query for other engines: comment lines on what is not portable, then the query.
#[must_use]
pub fn portable(core: &Query, graph: &Graph, today: Day) -> String {
    let mut query = core.clone();
    query.each_span(&mut |span| *span = Span::default());
    let reader = Reader { graph, today, gaps: Vec::new() };
    let mut porter = Porter { reader, kinds: Kinds::default(), fresh: 0 };
    rewrite::query(&mut query, &mut porter);
    let gaps = porter.reader.gaps.iter().map(|gap| format!("// not portable: {gap}"));
    gaps.chain([print::query(&query)]).collect::<Vec<_>>().join("\n")
}

/// Rewrites a core query.
struct Porter<'g> {
    reader: Reader<'g>,
    kinds: Kinds,
    fresh: usize,
}

impl Porter<'_> {
    /// A name that no query has.
    fn fresh(&mut self, stem: &str) -> String {
        self.fresh += 1;
        format!("{stem}_{}", self.fresh)
    }

    fn clause(&mut self, clause: &Clause) {
        match &clause.kind {
            ClauseKind::Subquery(_) => self.reader.gap("CALL (…) { … }: an engine of Cypher 25 is needed"),
            ClauseKind::Call(call) => self.reader.gap(format!("the procedure {}", call.name.value)),
            ClauseKind::Let(_) | ClauseKind::Filter(_) | ClauseKind::OrderAndPage(_) => {
                self.reader.gap("LET, FILTER and pages alone: an engine of GQL is needed");
            }
            _ => {}
        }
    }

    /// What a call of one of griot's functions reads from the encoding; `None` where it cannot be said.
    fn call(&mut self, name: &str, args: &[Expr]) -> Option<String> {
        let first = args.first()?;
        let text = print::expression(first);
        let kind = self.kinds.of(first);
        let rels = kind.map(|kind| kind.relationships(&text));
        let one = (kind == Some(Kind::Rel)).then_some(text.as_str());
        let mut asked = || args.get(1).map(|when| self.reader.of_map(when)).unwrap_or_default();
        Some(match name {
            "name" | "kind" => format!("{text}.{name}"),
            "roles" => format!("{text}.roles"),
            "role" => format!("head({text}.roles)"),
            "timeclass" => format!("{text}.timeClass"),
            "issymmetric" => {
                let schema = self.reader.graph.schema();
                let types = schema.types.iter().filter(|(_, relation)| relation.symmetric);
                let types: Vec<String> = types.map(|(name, _)| encoding::quoted(name)).collect();
                format!("type({text}) IN [{}]", types.join(", "))
            }
            "certainty" => match one {
                Some(r) => asked().certainty(r),
                None => asked().certainty_of_all(&rels?),
            },
            "sources" => asked().sources(&rels?),
            "weakest" => asked().weakest(&rels?),
            "intimeorder" => asked().in_time_order(&rels?),
            "since" | "until" if one.is_some() && args.len() == 1 => format!("{text}.{name}"),
            "since" if args.len() == 1 => first_of(&rels?, "since", "<"),
            "until" if args.len() == 1 => first_of(&rels?, "ended", ">"),
            _ => return None,
        })
    }
}

/// The date of the relationship that is first in the order of days.
fn first_of(rels: &str, key: &str, before: &str) -> String {
    format!(
        "head([one IN [reduce(best = null, tie IN {rels} | CASE WHEN tie.{key} IS NULL THEN best WHEN best IS NULL \
         OR tie.{key}_at {before} best.{key}_at THEN tie ELSE best END)] | one.{key}])"
    )
}

/// The name of a function of griot's own, in lower case.
fn own_function(name: &str) -> Option<String> {
    let families = functions::FAMILIES.iter();
    let own = families.filter(|family| matches!(family.name, "names and nodes" | "evidence" | "dates"));
    let found = own.flat_map(|family| family.functions).find(|function| function.name.eq_ignore_ascii_case(name));
    found.map(|function| function.name.to_lowercase())
}

/// `node('x')`: the condition that a node is that one.
fn is_named(reader: &mut Reader<'_>, of: &Expr, node: &str) -> Option<String> {
    let ExprKind::Call { name, args, .. } = &of.kind else { return None };
    let ([arg], true) = (args.as_slice(), name.value.eq_ignore_ascii_case("node")) else { return None };
    Some(match &arg.kind {
        ExprKind::Text(name) => format!("{node}.id = {}", reader.id_of(name)),
        _ => {
            let given = print::expression(arg);
            format!("({node}.id = {given} OR {given} IN {node}.names)")
        }
    })
}

impl Rewriter for Porter<'_> {
    fn enter(&mut self, part: &mut Part) {
        for clause in &part.clauses {
            self.kinds.clause(&clause.kind);
            self.clause(clause);
        }
    }

    fn matched(&mut self, matched: &mut Match) {
        self.kinds.matched(matched);
        self.pattern(matched);
    }

    fn node(&mut self, node: &mut NodePattern) {
        if node.labels.as_ref().is_some_and(|labels| !is_plain(labels)) {
            self.reader.gap("label expressions with `|`, `&` and `!`: an engine of Cypher 5 is needed");
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        let replaced = match &expr.kind {
            ExprKind::Binary(BinaryOp::In, left, right) => is_named(&mut self.reader, left, "it")
                .map(|is| format!("any(it IN {} WHERE {is})", print::expression(right))),
            ExprKind::Comparison(left, rest) => match rest.as_slice() {
                [(ComparisonOp::Equal, right)] => is_named(&mut self.reader, right, &print::expression(left)),
                _ => None,
            },
            ExprKind::Call { name, args, .. } => match own_function(&name.value) {
                Some(own) => {
                    let said = self.call(&own, args);
                    if said.is_none() {
                        self.reader
                            .gap(format!("the function {}(): it reads what the encoding does not hold", name.value));
                    }
                    said
                }
                None => None,
            },
            ExprKind::Subquery(kind, _) => {
                let name = match kind {
                    SubqueryKind::Exists => "EXISTS",
                    SubqueryKind::Count => "COUNT",
                    SubqueryKind::Collect => "COLLECT",
                };
                self.reader.gap(format!("{name} {{ … }}: an engine of Cypher 5 is needed"));
                None
            }
            _ => None,
        };
        if let Some(text) = replaced {
            let mut parsed = parse_expression(&text).expect("the encoding's conditions parse");
            parsed.each_span(&mut |span| *span = Span::default());
            let kind = match parsed.kind {
                simple @ (ExprKind::Call { .. } | ExprKind::Property(..) | ExprKind::Reduce { .. }) => simple,
                compound => ExprKind::Parenthesised(Box::new(Expr { span: Span::default(), kind: compound })),
            };
            expr.kind = kind;
        }
    }
}

fn is_plain(labels: &LabelExpr) -> bool {
    match labels {
        LabelExpr::Name(_) => true,
        LabelExpr::And(left, right) => is_plain(left) && is_plain(right),
        _ => false,
    }
}
