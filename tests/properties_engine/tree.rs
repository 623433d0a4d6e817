//! Short ways to make pieces of the syntax tree.

use griot::query::syntax::ast::{
    BinaryOp, ComparisonOp, Expr, ExprKind, Ident, LabelExpr, NodePattern, PathPattern, PathSearch, PatternElement,
};
use griot::source::{Span, Spanned};

/// An expression without a place.
pub fn expr(kind: ExprKind) -> Expr {
    Expr { span: Span::default(), kind }
}

/// A name without a place.
pub fn ident(name: impl Into<String>) -> Ident {
    Spanned::new(name.into(), Span::default())
}

/// A variable.
pub fn variable(name: &str) -> Expr {
    expr(ExprKind::Variable(name.to_owned()))
}

/// A whole number, a negative one behind its sign.
pub fn int(number: i64) -> Expr {
    let magnitude = expr(ExprKind::Int(number.unsigned_abs()));
    if number < 0 {
        parenthesised(expr(ExprKind::Unary(griot::query::syntax::ast::UnaryOp::Minus, magnitude.into())))
    } else {
        magnitude
    }
}

/// A string.
pub fn text(text: &str) -> Expr {
    expr(ExprKind::Text(text.to_owned()))
}

/// `x.key`.
pub fn property(of: Expr, key: &str) -> Expr {
    expr(ExprKind::Property(of.into(), ident(key)))
}

/// `(a op b)`, in parentheses, so that no printer has to know which operator binds tighter.
pub fn binary(op: BinaryOp, a: Expr, b: Expr) -> Expr {
    parenthesised(expr(ExprKind::Binary(op, a.into(), b.into())))
}

/// `(a op b)`.
pub fn comparison(a: Expr, op: ComparisonOp, b: Expr) -> Expr {
    parenthesised(expr(ExprKind::Comparison(a.into(), vec![(op, b)])))
}

/// `(x)`.
pub fn parenthesised(inner: Expr) -> Expr {
    expr(ExprKind::Parenthesised(inner.into()))
}

/// `f(args)`.
pub fn call(name: &str, args: Vec<Expr>) -> Expr {
    expr(ExprKind::Call { name: ident(name), distinct: false, args })
}

/// `f(DISTINCT arg)` or `f(arg)`.
pub fn aggregate(name: &str, distinct: bool, arg: Expr) -> Expr {
    expr(ExprKind::Call { name: ident(name), distinct, args: vec![arg] })
}

/// A label or a type.
pub fn label(name: &str) -> LabelExpr {
    LabelExpr::Name(ident(name))
}

/// `(name)`.
pub fn node(name: Option<&str>) -> NodePattern {
    NodePattern { variable: name.map(ident), ..NodePattern::default() }
}

/// A pattern of these elements.
pub fn path(elements: Vec<PatternElement>) -> PathPattern {
    PathPattern { span: Span::default(), variable: None, search: PathSearch::All, mode: None, elements }
}
