//! Expressions, with the parentheses that their operators need.

use super::super::ast::{
    BinaryOp, ComparisonOp, Expr, ExprKind, LabelExpr, MapProjectionItem, PathSearch, QuantifierKind, SubqueryBody,
    SubqueryKind, UnaryOp,
};
use super::Printer;

/// How tightly an expression holds together, from OR to what needs no parentheses anywhere.
const NOT: u8 = 4;
const COMPARISON: u8 = 5;
const PREDICATE: u8 = 6;
const SUM: u8 = 7;
const SIGN: u8 = 10;
const POSTFIX: u8 = 11;

impl Printer {
    /// An expression where any may stand.
    pub(super) fn expr(&mut self, expr: &Expr) {
        self.within(expr, 0);
    }

    /// An expression where only those that bind at least so tightly may stand bare.
    fn within(&mut self, expr: &Expr, least: u8) {
        let tightness = tightness(expr);
        if tightness < least || self.all_parentheses && tightness < POSTFIX {
            self.parenthesised(expr);
        } else {
            self.bare(expr);
        }
    }

    fn parenthesised(&mut self, expr: &Expr) {
        self.text("(");
        self.bare(expr);
        self.text(")");
    }

    fn bare(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Null => self.text("null"),
            ExprKind::Bool(value) => self.text(if *value { "true" } else { "false" }),
            ExprKind::Int(value) => self.text(&value.to_string()),
            ExprKind::Float(value) if value.is_infinite() => self.text("1e999"),
            ExprKind::Float(value) => self.text(&format!("{value:?}")),
            ExprKind::Text(text) => self.string(text),
            ExprKind::Parameter(name) => self.parameter(name),
            ExprKind::Variable(name) => self.variable(name),
            ExprKind::List(items) => self.list(items),
            ExprKind::Map(entries) => {
                self.text("{");
                self.separated(entries, ", ", |p, (key, value)| p.entry(&key.value, value));
                self.text("}");
            }
            ExprKind::Unary(operator, operand) => self.unary(*operator, operand),
            ExprKind::Binary(operator, left, right) => self.binary(*operator, left, right),
            ExprKind::Comparison(first, rest) => {
                self.within(first, PREDICATE);
                for (operator, operand) in rest {
                    self.text(comparison(*operator));
                    self.right_of_sign(*operator == ComparisonOp::Less, operand, PREDICATE);
                }
            }
            ExprKind::IsNull { operand, negated } => {
                self.within(operand, PREDICATE);
                self.text(if *negated { " IS NOT NULL" } else { " IS NULL" });
            }
            ExprKind::Parenthesised(inner) => {
                self.text("(");
                self.expr(inner);
                self.text(")");
            }
            _ => self.postfix_or_special(expr),
        }
    }

    fn postfix_or_special(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Property(base, key) => {
                self.within(base, POSTFIX);
                self.text(".");
                self.name(&key.value);
            }
            ExprKind::Index(base, index) => {
                self.within(base, POSTFIX);
                self.text("[");
                self.expr(index);
                self.text("]");
            }
            ExprKind::Slice(base, from, to) => {
                self.within(base, POSTFIX);
                self.text("[");
                if let Some(from) = from {
                    self.expr(from);
                }
                self.text("..");
                if let Some(to) = to {
                    self.expr(to);
                }
                self.text("]");
            }
            ExprKind::HasLabels(base, labels) => self.has_labels(base, labels),
            ExprKind::Call { name, distinct, args } => {
                self.dotted(name);
                self.text(if *distinct { "(DISTINCT " } else { "(" });
                self.separated(args, ", ", Self::expr);
                self.text(")");
            }
            ExprKind::CountStar => self.text("count(*)"),
            ExprKind::MapProjection(base, items) => {
                self.within(base, POSTFIX);
                self.text(" {");
                self.separated(items, ", ", Self::map_projection_item);
                self.text("}");
            }
            ExprKind::Pattern(pattern) if pattern.search == PathSearch::All => self.path_elements(pattern),
            ExprKind::Pattern(pattern) => self.path_pattern(pattern),
            _ => self.form(expr),
        }
    }

    /// The forms that have keywords or brackets of their own.
    fn form(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Case { operand, branches, otherwise } => {
                self.case(operand.as_deref(), branches, otherwise.as_deref());
            }
            ExprKind::ListComprehension { variable, list, filter, body } => {
                self.text("[");
                self.element(&variable.value, list, filter.as_deref());
                if let Some(body) = body {
                    self.body(body);
                }
                self.text("]");
            }
            ExprKind::PatternComprehension { pattern, filter, body } => {
                self.text("[");
                self.path_pattern(pattern);
                self.filter(filter.as_deref());
                self.body(body);
                self.text("]");
            }
            ExprKind::Quantifier { kind, variable, list, filter } => {
                self.text(quantifier(*kind));
                self.text("(");
                self.element(&variable.value, list, filter.as_deref());
                self.text(")");
            }
            ExprKind::Reduce { accumulator, init, variable, list, body } => {
                self.text("reduce(");
                self.variable(&accumulator.value);
                self.text(" = ");
                self.expr(init);
                self.text(", ");
                self.variable(&variable.value);
                self.text(" IN ");
                self.expr(list);
                self.body(body);
                self.text(")");
            }
            ExprKind::Subquery(kind, body) => self.subquery_expression(*kind, body),
            other => unreachable!("{other:?} is printed by one of the callers"),
        }
    }

    // ---- operators ----

    fn unary(&mut self, operator: UnaryOp, operand: &Expr) {
        match operator {
            UnaryOp::Not => {
                self.text("NOT ");
                self.within(operand, NOT);
            }
            UnaryOp::Minus | UnaryOp::Plus => {
                self.text(if operator == UnaryOp::Minus { "-" } else { "+" });
                self.within(operand, SIGN);
            }
        }
    }

    fn binary(&mut self, operator: BinaryOp, left: &Expr, right: &Expr) {
        let (sign, power) = binary(operator);
        self.within(left, power);
        self.text(sign);
        self.right_of_sign(operator == BinaryOp::Subtract, right, power + 1);
    }

    /// What stands right of `-` or `<`. `(a) - -(b)` and `(a) - [r] - (b)` would be read as patterns.
    fn right_of_sign(&mut self, is_arrow: bool, right: &Expr, least: u8) {
        let start = self.out.len();
        self.within(right, least);
        let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let begins_like_arrow =
            is_arrow && (self.out[start..].starts_with("-(") || self.out[start..].starts_with("-["));
        let ends_arrow = is_arrow && self.out[start..].starts_with('(') && squeezed(&self.out[..start]).ends_with("]-");
        if begins_like_arrow || ends_arrow && !matches!(right.kind, super::super::ast::ExprKind::Parenthesised(_)) {
            self.out.insert(start, '(');
            self.text(")");
        }
    }

    // ---- forms ----

    fn list(&mut self, items: &[Expr]) {
        self.text("[");
        match items {
            // Bare, it would be a comprehension.
            [only] if matches!(only.kind, ExprKind::Binary(BinaryOp::In, ..)) => self.parenthesised(only),
            items => self.separated(items, ", ", Self::expr),
        }
        self.text("]");
    }

    pub(super) fn entry(&mut self, key: &str, value: &Expr) {
        self.name(key);
        self.text(": ");
        self.expr(value);
    }

    fn has_labels(&mut self, base: &Expr, labels: &LabelExpr) {
        match base.kind {
            ExprKind::HasLabels(..) => self.parenthesised(base),
            _ => self.within(base, POSTFIX),
        }
        self.text(":");
        self.label_and(labels);
    }

    fn map_projection_item(&mut self, item: &MapProjectionItem) {
        match item {
            MapProjectionItem::Property(key) => {
                self.text(".");
                self.name(&key.value);
            }
            MapProjectionItem::AllProperties => self.text(".*"),
            MapProjectionItem::Literal(key, value) => self.entry(&key.value, value),
            MapProjectionItem::Variable(name) => self.variable(&name.value),
        }
    }

    /// `x IN list WHERE p`.
    fn element(&mut self, variable: &str, list: &Expr, filter: Option<&Expr>) {
        self.variable(variable);
        self.text(" IN ");
        self.within(list, SUM);
        self.filter(filter);
    }

    fn body(&mut self, body: &Expr) {
        self.text(" | ");
        self.expr(body);
    }

    pub(super) fn filter(&mut self, filter: Option<&Expr>) {
        if let Some(filter) = filter {
            self.text(" WHERE ");
            self.expr(filter);
        }
    }

    fn case(&mut self, operand: Option<&Expr>, branches: &[(Expr, Expr)], otherwise: Option<&Expr>) {
        self.text("CASE");
        if let Some(operand) = operand {
            self.text(" ");
            self.expr(operand);
        }
        for (when, then) in branches {
            self.text(" WHEN ");
            self.expr(when);
            self.text(" THEN ");
            self.expr(then);
        }
        if let Some(otherwise) = otherwise {
            self.text(" ELSE ");
            self.expr(otherwise);
        }
        self.text(" END");
    }

    fn subquery_expression(&mut self, kind: SubqueryKind, body: &SubqueryBody) {
        self.text(match kind {
            SubqueryKind::Exists => "EXISTS { ",
            SubqueryKind::Count => "COUNT { ",
            SubqueryKind::Collect => "COLLECT { ",
        });
        match body {
            SubqueryBody::Pattern(found) => self.match_body(found),
            SubqueryBody::Query(query) => self.nested_query(query),
        }
        self.text(" }");
    }
}

fn tightness(expr: &Expr) -> u8 {
    match &expr.kind {
        ExprKind::Binary(operator, ..) => binary(*operator).1,
        ExprKind::Unary(UnaryOp::Not, _) => NOT,
        ExprKind::Unary(..) => SIGN,
        ExprKind::Comparison(..) => COMPARISON,
        ExprKind::IsNull { .. } => PREDICATE,
        _ => POSTFIX,
    }
}

fn binary(operator: BinaryOp) -> (&'static str, u8) {
    match operator {
        BinaryOp::Or => (" OR ", 1),
        BinaryOp::Xor => (" XOR ", 2),
        BinaryOp::And => (" AND ", 3),
        BinaryOp::In => (" IN ", PREDICATE),
        BinaryOp::StartsWith => (" STARTS WITH ", PREDICATE),
        BinaryOp::EndsWith => (" ENDS WITH ", PREDICATE),
        BinaryOp::Contains => (" CONTAINS ", PREDICATE),
        BinaryOp::Matches => (" =~ ", PREDICATE),
        BinaryOp::Add => (" + ", SUM),
        BinaryOp::Subtract => (" - ", SUM),
        BinaryOp::Multiply => (" * ", 8),
        BinaryOp::Divide => (" / ", 8),
        BinaryOp::Modulo => (" % ", 8),
        BinaryOp::Power => (" ^ ", 9),
    }
}

fn comparison(operator: ComparisonOp) -> &'static str {
    match operator {
        ComparisonOp::Equal => " = ",
        ComparisonOp::NotEqual => " <> ",
        ComparisonOp::Less => " < ",
        ComparisonOp::LessOrEqual => " <= ",
        ComparisonOp::Greater => " > ",
        ComparisonOp::GreaterOrEqual => " >= ",
    }
}

fn quantifier(kind: QuantifierKind) -> &'static str {
    match kind {
        QuantifierKind::All => "all",
        QuantifierKind::Any => "any",
        QuantifierKind::None => "none",
        QuantifierKind::Single => "single",
    }
}
