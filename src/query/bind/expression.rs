//! Expressions: variables to slots and locals, functions to rows of the registry, sugar to plain forms, and the
//! checks of openCypher's semantic pass that concern expressions.

use std::sync::Arc;

use super::bound::{BoundAggregate, BoundExpr, BoundExprKind, MapPiece};
use super::fault::{Detail, Fault};
use super::scope::Scope;
use super::tree::BoundSubquery;
use super::{Binder, kinds};
use crate::model::Value;
use crate::query::functions::{self, ValueKind};
use crate::query::syntax::ast::{
    BinaryOp, Expr, ExprKind, Ident, MapProjectionItem, PathPattern, PatternElement, QuantifierKind, SubqueryBody,
    SubqueryKind, UnaryOp,
};
use crate::query::syntax::print;
use crate::source::Span;

/// A bound expression and what it is known to yield.
pub(super) struct Typed {
    pub expr: BoundExpr,
    pub kind: ValueKind,
}

impl Typed {
    pub fn new(kind: ValueKind, span: Span, expr: BoundExprKind) -> Self {
        Self { expr: BoundExpr { span, kind: expr }, kind }
    }

    /// Stands for an expression with a fault, so that binding can go on and find further ones.
    pub fn faulty(span: Span) -> Self {
        Self::new(ValueKind::Any, span, BoundExprKind::Constant(Value::Null))
    }
}

/// A variable of a comprehension, quantifier or reduce around the expression.
#[derive(Clone, Debug)]
pub(super) struct Local {
    pub name: String,
    pub kind: ValueKind,
}

/// What a projection with aggregates gathers while its items are bound.
#[derive(Default)]
pub(super) struct Aggregation {
    /// Grouping keys: their text in canonical form, and what they yield.
    pub keys: Vec<(String, super::scope::Variable)>,
    /// The aggregates found so far.
    pub aggregates: Vec<(BoundAggregate, super::bound::Slot)>,
}

impl Binder<'_> {
    /// Binds an expression in which no aggregate may stand.
    pub(super) fn expr(&mut self, scope: &Scope, expr: &Expr) -> BoundExpr {
        self.typed(scope, expr).expr
    }

    /// Binds a condition.
    pub(super) fn predicate(&mut self, scope: &Scope, expr: &Expr) -> BoundExpr {
        let typed = self.as_condition(|binder| binder.typed(scope, expr));
        self.expect_kind(&typed, ValueKind::Boolean, "a condition is true or false");
        typed.expr
    }

    fn condition(&mut self, scope: &Scope, expr: &Expr) -> BoundExpr {
        self.as_condition(|binder| binder.expr(scope, expr))
    }

    /// Binds something in which a pattern may stand as a condition.
    pub(super) fn as_condition<T>(&mut self, bind: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.is_condition, true);
        let bound = bind(self);
        self.is_condition = outer;
        bound
    }

    /// Binds an expression and says what it yields.
    pub(super) fn typed(&mut self, scope: &Scope, expr: &Expr) -> Typed {
        if let Some(found) = self.grouping_key(expr) {
            return found;
        }
        let span = expr.span;
        match &expr.kind {
            ExprKind::Null => Typed::new(ValueKind::Any, span, BoundExprKind::Constant(Value::Null)),
            ExprKind::Bool(bool) => constant(span, ValueKind::Boolean, Value::Bool(*bool)),
            ExprKind::Int(int) => self.integer(*int, span),
            ExprKind::Float(float) => self.float(*float, span),
            ExprKind::Text(text) => constant(span, ValueKind::String, Value::text(text.as_str())),
            ExprKind::Parameter(name) => self.parameter(name, span),
            ExprKind::Variable(name) => self.variable(scope, name, span),
            ExprKind::Parenthesised(inner) => self.typed(scope, inner),
            ExprKind::List(items) => {
                let items = items.iter().map(|item| self.expr(scope, item)).collect();
                Typed::new(ValueKind::List, span, BoundExprKind::List(items))
            }
            ExprKind::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| self.entry(scope, key, value)).collect();
                Typed::new(ValueKind::Map, span, BoundExprKind::Map(entries))
            }
            ExprKind::MapProjection(subject, items) => self.map_projection(scope, subject, items, span),
            ExprKind::Property(subject, key) => self.property(scope, subject, key, span),
            ExprKind::Index(subject, index) => self.index(scope, subject, index, span),
            ExprKind::Slice(subject, from, to) => {
                let subject = self.typed(scope, subject);
                self.expect_kind(&subject, ValueKind::List, "only a list can be sliced");
                let from = from.as_ref().map(|from| Box::new(self.expr(scope, from)));
                let to = to.as_ref().map(|to| Box::new(self.expr(scope, to)));
                Typed::new(ValueKind::List, span, BoundExprKind::Slice(Box::new(subject.expr), from, to))
            }
            ExprKind::Unary(op, operand) => self.unary(scope, *op, operand, span),
            ExprKind::Binary(op, left, right) => self.binary(scope, *op, left, right, span),
            ExprKind::Comparison(first, rest) => {
                let first = Box::new(self.expr(scope, first));
                let rest = rest.iter().map(|(op, operand)| (*op, self.expr(scope, operand))).collect();
                Typed::new(ValueKind::Boolean, span, BoundExprKind::Comparison(first, rest))
            }
            ExprKind::IsNull { operand, negated } => {
                let operand = Box::new(self.expr(scope, operand));
                let is_null = BoundExpr { span, kind: BoundExprKind::IsNull(operand) };
                let kind = if *negated { BoundExprKind::Not(Box::new(is_null)) } else { is_null.kind };
                Typed::new(ValueKind::Boolean, span, kind)
            }
            ExprKind::HasLabels(subject, labels) => {
                let subject = self.typed(scope, subject);
                let test = self.label_or_type_test(labels, subject.kind);
                self.expect_one_of(
                    &subject,
                    &[ValueKind::Node, ValueKind::Relationship],
                    "labels belong to nodes, and types to relationships",
                );
                Typed::new(ValueKind::Boolean, span, BoundExprKind::HasLabels(Box::new(subject.expr), test))
            }
            ExprKind::CountStar => self.aggregate(scope, &Ident::new("count".into(), span), false, &[], span),
            ExprKind::Call { name, distinct, args } => self.call(scope, name, *distinct, args, span),
            ExprKind::Case { operand, branches, otherwise } => {
                let operand = operand.as_ref().map(|operand| Box::new(self.expr(scope, operand)));
                let branches =
                    branches.iter().map(|(when, then)| (self.condition(scope, when), self.expr(scope, then))).collect();
                let otherwise = otherwise.as_ref().map(|otherwise| Box::new(self.expr(scope, otherwise)));
                Typed::new(ValueKind::Any, span, BoundExprKind::Case { operand, branches, otherwise })
            }
            ExprKind::ListComprehension { variable, list, filter, body } => {
                let element = element_kind(list);
                let list = self.list(scope, list);
                let (filter, body) = self.with_locals(&[(&variable.value, element)], |binder| {
                    let filter = filter.as_ref().map(|filter| Box::new(binder.inner_condition(scope, filter)));
                    (filter, body.as_ref().map(|body| Box::new(binder.without_aggregates(scope, body))))
                });
                Typed::new(ValueKind::List, span, BoundExprKind::ListComprehension { list, filter, body })
            }
            ExprKind::Quantifier { kind, variable, list, filter } => {
                self.quantifier(scope, *kind, variable, list, filter.as_deref(), span)
            }
            ExprKind::Reduce { accumulator, init, variable, list, body } => {
                let (init, list) = (Box::new(self.expr(scope, init)), self.list(scope, list));
                let locals = [(accumulator.value.as_str(), ValueKind::Any), (&variable.value, ValueKind::Any)];
                let body = self.with_locals(&locals, |binder| Box::new(binder.without_aggregates(scope, body)));
                Typed::new(ValueKind::Any, span, BoundExprKind::Reduce { init, list, body })
            }
            ExprKind::Pattern(pattern) if self.is_condition => self.pattern_predicate(scope, pattern, span),
            ExprKind::Pattern(_) => self.refuse(
                Fault::new(Detail::UnexpectedSyntax, span, "a pattern stands as a condition, and not as a value")
                    .help("match it first, MATCH p = …, and return p; or write EXISTS { … } or COUNT { … } around it"),
            ),
            ExprKind::PatternComprehension { pattern, filter, body } => {
                self.pattern_comprehension(scope, pattern, filter.as_deref(), body, span)
            }
            ExprKind::Subquery(kind, body) => self.subquery_expression(scope, *kind, body, span),
        }
    }

    /// The key of the grouping projection that reads just like this expression.
    fn grouping_key(&self, expr: &Expr) -> Option<Typed> {
        let aggregation = self.aggregation.as_ref()?;
        if aggregation.keys.is_empty() || matches!(expr.kind, ExprKind::Null | ExprKind::Int(_) | ExprKind::Text(_)) {
            return None;
        }
        let text = print::expression(expr);
        let (_, key) = aggregation.keys.iter().find(|(key, _)| *key == text)?;
        Some(Typed::new(key.kind, expr.span, BoundExprKind::Column(key.slot)))
    }

    fn integer(&mut self, int: u64, span: Span) -> Typed {
        match i64::try_from(int) {
            Ok(int) => constant(span, ValueKind::Integer, Value::Int(int)),
            Err(_) => self.refuse(Fault::new(
                Detail::IntegerOverflow,
                span,
                format!("{int} does not fit into a 64-bit integer: the greatest is {}", i64::MAX),
            )),
        }
    }

    fn float(&mut self, float: f64, span: Span) -> Typed {
        if float.is_finite() {
            return constant(span, ValueKind::Float, Value::Float(float));
        }
        self.refuse(Fault::new(
            Detail::FloatingPointOverflow,
            span,
            "the number is too large for a floating-point number",
        ))
    }

    /// Notes a fault, and stands in for the expression.
    pub(super) fn refuse(&mut self, fault: Fault) -> Typed {
        let span = fault.diagnostic.primary.as_ref().map_or(Span::default(), |label| label.place.span);
        self.faults.push(fault);
        Typed::faulty(span)
    }

    pub(super) fn parameter(&mut self, name: &str, span: Span) -> Typed {
        if let Some(known) = &self.parameters
            && !known.contains_key(name)
        {
            let nearest = Self::nearest(known.keys().map(AsRef::as_ref), name);
            let fault = Fault::new(Detail::MissingParameter, span, format!("the parameter `${name}` was not given"));
            let fault = fault.candidates(nearest.into_iter().map(|each| format!("${each}")));
            return self.refuse(fault.help(format!(
                "give it on the command line, -p {name}=VALUE, or before the query, :param {name} = VALUE"
            )));
        }
        Typed::new(ValueKind::Any, span, BoundExprKind::Parameter(name.into()))
    }

    fn variable(&mut self, scope: &Scope, name: &str, span: Span) -> Typed {
        let visible = &self.locals[self.locals_base..];
        if let Some(local) = visible.iter().rposition(|local| local.name == name) {
            return Typed::new(visible[local].kind, span, BoundExprKind::Local(local));
        }
        match scope.get(name) {
            Some(variable) => {
                let (slot, kind) = (variable.slot, variable.kind);
                if let Some(aggregation) = &self.aggregation
                    && aggregation.keys.iter().all(|(_, key)| key.slot != slot)
                {
                    let fault = Fault::new(
                        Detail::AmbiguousAggregationExpression,
                        span,
                        format!("`{name}` is neither aggregated nor a column that the rows are grouped by"),
                    );
                    return self
                        .refuse(fault.help(format!("return `{name}` as a column of its own beside the aggregate")));
                }
                self.note_read(slot);
                Typed::new(kind, span, BoundExprKind::Column(slot))
            }
            None => {
                let names = scope.names().chain(self.locals.iter().map(|local| local.name.as_str()));
                let names: Vec<&str> = names.collect();
                let nearest = Self::nearest(names.iter().copied(), name);
                let fault = Fault::undefined_variable(name, span);
                let fault = if nearest.is_empty() { fault.note(defined(&names)) } else { fault.candidates(nearest) };
                self.refuse(fault)
            }
        }
    }

    fn entry(&mut self, scope: &Scope, key: &Ident, value: &Expr) -> MapPiece {
        MapPiece::Entry(key.value.as_str().into(), self.expr(scope, value))
    }

    fn map_projection(&mut self, scope: &Scope, subject: &Expr, items: &[MapProjectionItem], span: Span) -> Typed {
        let of_subject = self.expr(scope, subject);
        let mut pieces = Vec::new();
        for item in items {
            pieces.push(match item {
                MapProjectionItem::AllProperties => MapPiece::Spread(of_subject.clone()),
                MapProjectionItem::Property(key) => {
                    let name: Arc<str> = key.value.as_str().into();
                    let property = BoundExprKind::Property(Box::new(of_subject.clone()), name.clone());
                    MapPiece::Entry(name, BoundExpr { span: key.span, kind: property })
                }
                MapProjectionItem::Literal(key, value) => self.entry(scope, key, value),
                MapProjectionItem::Variable(name) => {
                    let value = self.variable(scope, &name.value, name.span).expr;
                    MapPiece::Entry(name.value.as_str().into(), value)
                }
            });
        }
        let map = BoundExpr { span, kind: BoundExprKind::Map(pieces) };
        // A projection of null is null.
        let is_null = BoundExpr { span, kind: BoundExprKind::IsNull(Box::new(of_subject)) };
        let null = BoundExpr { span, kind: BoundExprKind::Constant(Value::Null) };
        let case =
            BoundExprKind::Case { operand: None, branches: vec![(is_null, null)], otherwise: Some(Box::new(map)) };
        Typed::new(ValueKind::Map, span, case)
    }

    fn property(&mut self, scope: &Scope, subject: &Expr, key: &Ident, span: Span) -> Typed {
        let subject = self.typed(scope, subject);
        if kinds::has_no_properties(subject.kind) {
            let what = subject.kind.name();
            let is_path = subject.kind == ValueKind::Path;
            return self.refuse(Fault::new(
                if is_path { Detail::InvalidArgumentType } else { Detail::NoProperties },
                span,
                format!("{what} has no properties, so `.{}` cannot follow it", key.value),
            ));
        }
        let property = BoundExprKind::Property(Box::new(subject.expr), key.value.as_str().into());
        Typed::new(ValueKind::Any, span, property)
    }

    fn index(&mut self, scope: &Scope, subject: &Expr, index: &Expr, span: Span) -> Typed {
        let (subject, index) = (self.typed(scope, subject), self.typed(scope, index));
        let expr = BoundExprKind::Index(Box::new(subject.expr), Box::new(index.expr));
        Typed::new(ValueKind::Any, span, expr)
    }

    fn unary(&mut self, scope: &Scope, op: UnaryOp, operand: &Expr, span: Span) -> Typed {
        // The least integer is written as a minus before a number that is one too large by itself.
        if let (UnaryOp::Minus, ExprKind::Int(int)) = (op, &operand.kind)
            && *int == i64::MIN.unsigned_abs()
        {
            return constant(span, ValueKind::Integer, Value::Int(i64::MIN));
        }
        let operand = self.typed(scope, operand);
        match op {
            UnaryOp::Not => {
                self.expect_kind(&operand, ValueKind::Boolean, "NOT turns true and false round");
                Typed::new(ValueKind::Boolean, span, BoundExprKind::Not(Box::new(operand.expr)))
            }
            UnaryOp::Minus => match operand.expr.kind {
                BoundExprKind::Constant(Value::Int(int)) => constant(span, ValueKind::Integer, Value::Int(-int)),
                BoundExprKind::Constant(Value::Float(float)) => constant(span, ValueKind::Float, Value::Float(-float)),
                _ => Typed::new(operand.kind, span, BoundExprKind::Negate(Box::new(operand.expr))),
            },
            UnaryOp::Plus => Typed::new(operand.kind, span, BoundExprKind::Plus(Box::new(operand.expr))),
        }
    }

    fn binary(&mut self, scope: &Scope, op: BinaryOp, left: &Expr, right: &Expr, span: Span) -> Typed {
        let (left, right) = (self.typed(scope, left), self.typed(scope, right));
        match op {
            BinaryOp::Or | BinaryOp::Xor | BinaryOp::And => {
                for side in [&left, &right] {
                    self.expect_kind(side, ValueKind::Boolean, "AND, OR and XOR join what is true or false");
                }
            }
            BinaryOp::In => self.expect_kind(&right, ValueKind::List, "IN looks into a list"),
            BinaryOp::Multiply => {
                for side in [&left, &right] {
                    self.expect_kind(side, ValueKind::SCALED, "numbers and durations are multiplied");
                }
            }
            BinaryOp::Divide => {
                self.expect_kind(&left, ValueKind::SCALED, "numbers and durations are divided");
                self.expect_kind(&right, ValueKind::Number, "a divisor is a number");
            }
            BinaryOp::Modulo | BinaryOp::Power => {
                for side in [&left, &right] {
                    self.expect_kind(side, ValueKind::Number, "numbers are multiplied and divided");
                }
            }
            _ => {}
        }
        let kind = kinds::of_binary(op, left.kind, right.kind);
        Typed::new(kind, span, BoundExprKind::Binary(op, Box::new(left.expr), Box::new(right.expr)))
    }

    #[expect(clippy::unnecessary_box_returns, reason = "all callers put it into a tree")]
    fn list(&mut self, scope: &Scope, list: &Expr) -> Box<BoundExpr> {
        let list = self.typed(scope, list);
        self.expect_kind(&list, ValueKind::List, "the elements come from a list");
        Box::new(list.expr)
    }

    fn quantifier(
        &mut self,
        scope: &Scope,
        kind: QuantifierKind,
        variable: &Ident,
        list: &Expr,
        filter: Option<&Expr>,
        span: Span,
    ) -> Typed {
        let element = element_kind(list);
        let list = self.list(scope, list);
        let filter = self.with_locals(&[(&variable.value, element)], |binder| match filter {
            Some(filter) => binder.inner_condition(scope, filter),
            None => {
                let local = binder.locals.len() - binder.locals_base - 1;
                BoundExpr { span: variable.span, kind: BoundExprKind::Local(local) }
            }
        });
        let quantifier = BoundExprKind::Quantifier { kind, list, filter: Box::new(filter) };
        Typed::new(ValueKind::Boolean, span, quantifier)
    }

    fn call(&mut self, scope: &Scope, name: &Ident, distinct: bool, args: &[Expr], span: Span) -> Typed {
        if functions::find_aggregate(&name.value).is_some() {
            return self.aggregate(scope, name, distinct, args, span);
        }
        let Some(function) = functions::find(&name.value) else {
            let candidates = functions::nearest(&name.value);
            let fault =
                Fault::new(Detail::UnknownFunction, name.span, format!("there is no function `{}`", name.value));
            let fault = if candidates.is_empty() { fault.help("`griot help functions` lists them") } else { fault };
            return self.refuse(fault.candidates(candidates));
        };
        // `exists(pattern)` is the old way to write EXISTS { pattern }.
        let is_exists = function.name == "exists";
        let outer = std::mem::replace(&mut self.is_condition, is_exists);
        let args: Vec<Typed> = args.iter().map(|arg| self.typed(scope, arg)).collect();
        self.is_condition = outer;
        self.check_arguments(&name.value, function.parameters, &args, span);
        let args: Vec<BoundExpr> = args.into_iter().map(|arg| arg.expr).collect();
        // The size of a list that a subquery gathers is the number of its rows: nobody reads the list.
        if let ("size", [BoundExpr { kind: BoundExprKind::Subquery(SubqueryKind::Collect, number), .. }]) =
            (function.name, args.as_slice())
        {
            return Typed::new(function.returns, span, BoundExprKind::Subquery(SubqueryKind::Count, *number));
        }
        Typed::new(function.returns, span, BoundExprKind::Call(function, args))
    }

    fn check_arguments(&mut self, name: &str, parameters: &[functions::Parameter], args: &[Typed], span: Span) {
        let least = parameters.iter().filter(|each| !each.optional && !each.variadic).count();
        let is_variadic = parameters.last().is_some_and(|each| each.variadic);
        if args.len() < least || (args.len() > parameters.len() && !is_variadic) {
            let takes = if is_variadic {
                format!("at least {least}")
            } else if least == parameters.len() {
                least.to_string()
            } else {
                format!("{least} to {}", parameters.len())
            };
            let noun = if takes == "1" { "argument" } else { "arguments" };
            let message = format!("`{name}` takes {takes} {noun}, and {} given", counted(args.len()));
            let fault = Fault::new(Detail::InvalidNumberOfArguments, span, message);
            self.faults.push(fault.help(format!("write {}", functions::signature(name, parameters))));
            return;
        }
        for (position, arg) in args.iter().enumerate() {
            let parameter = parameters.get(position).or(parameters.last());
            if let Some(parameter) = parameter
                && !arg.kind.may_be(parameter.kind)
            {
                self.faults.push(
                    Fault::new(
                        Detail::InvalidArgumentType,
                        arg.expr.span,
                        format!("`{name}` takes {} here, and this is {}", parameter.kind.name(), arg.kind.name()),
                    )
                    .label(format!("{} expected", parameter.kind.name())),
                );
            }
        }
    }

    fn aggregate(&mut self, scope: &Scope, name: &Ident, distinct: bool, args: &[Expr], span: Span) -> Typed {
        let aggregate = functions::find_aggregate(&name.value).expect("the caller looked the aggregate up");
        let Some(aggregation) = self.aggregation.take() else {
            let detail = if self.in_aggregate { Detail::NestedAggregation } else { Detail::InvalidAggregation };
            let message = if self.in_aggregate {
                format!("`{}` cannot stand inside another aggregate", name.value)
            } else {
                format!("the aggregate `{}` cannot stand here", name.value)
            };
            return self.refuse(
                Fault::new(detail, span, message).help("compute it in WITH first, and use its column afterwards"),
            );
        };
        let outer = std::mem::replace(&mut self.in_aggregate, true);
        let typed: Vec<Typed> = args.iter().map(|arg| self.typed(scope, arg)).collect();
        self.in_aggregate = outer;
        if !(args.is_empty() && aggregate.counts_rows()) {
            self.check_arguments(&name.value, aggregate.parameters, &typed, span);
        }
        let slot = self.new_slot();
        let args = typed.into_iter().map(|arg| arg.expr).collect();
        let mut aggregation = aggregation;
        aggregation.aggregates.push((BoundAggregate { function: aggregate, distinct, args, span }, slot));
        self.aggregation = Some(aggregation);
        Typed::new(aggregate.returns, span, BoundExprKind::Column(slot))
    }

    /// Binds what stands inside a comprehension: an aggregate there has no rows to gather.
    fn without_aggregates(&mut self, scope: &Scope, expr: &Expr) -> BoundExpr {
        if contains_aggregate(expr) {
            let fault = Fault::new(
                Detail::InvalidAggregation,
                expr.span,
                "an aggregate gathers rows, and inside a list there are none",
            );
            return self.refuse(fault.help("compute it in WITH first")).expr;
        }
        self.expr(scope, expr)
    }

    /// A condition inside a comprehension.
    fn inner_condition(&mut self, scope: &Scope, expr: &Expr) -> BoundExpr {
        self.as_condition(|binder| binder.without_aggregates(scope, expr))
    }

    pub(super) fn with_locals<T>(&mut self, locals: &[(&str, ValueKind)], run: impl FnOnce(&mut Self) -> T) -> T {
        let depth = self.locals.len();
        self.locals.extend(locals.iter().map(|(name, kind)| Local { name: (*name).to_owned(), kind: *kind }));
        let result = run(self);
        self.locals.truncate(depth);
        result
    }

    fn pattern_predicate(&mut self, scope: &Scope, pattern: &PathPattern, span: Span) -> Typed {
        self.refuse_new_variables(scope, pattern);
        let number = self.subquery(scope, |binder, scope| binder.pattern_query(scope, pattern, None, None));
        Typed::new(ValueKind::Boolean, span, BoundExprKind::Subquery(SubqueryKind::Exists, number))
    }

    /// A pattern that stands as an expression tests, and brings in no variable.
    fn refuse_new_variables(&mut self, scope: &Scope, pattern: &PathPattern) {
        let named = pattern.elements.iter().filter_map(|element| match element {
            PatternElement::Node(node) => node.variable.as_ref(),
            PatternElement::Rel(rel) => rel.variable.as_ref(),
            PatternElement::Group(_) => None,
        });
        for variable in named.chain(pattern.variable.as_ref()) {
            let is_local = self.locals.iter().any(|local| local.name == variable.value);
            if scope.get(&variable.value).is_none() && !is_local {
                let fault = Fault::undefined_variable(&variable.value, variable.span)
                    .note("a pattern that stands as a condition brings in no variable of its own")
                    .help("use EXISTS { … }, in which it may, or MATCH it first");
                self.faults.push(fault);
            }
        }
    }

    fn pattern_comprehension(
        &mut self,
        scope: &Scope,
        pattern: &PathPattern,
        filter: Option<&Expr>,
        body: &Expr,
        span: Span,
    ) -> Typed {
        let number = self.subquery(scope, |binder, scope| binder.pattern_query(scope, pattern, filter, Some(body)));
        Typed::new(ValueKind::List, span, BoundExprKind::Subquery(SubqueryKind::Collect, number))
    }

    fn subquery_expression(&mut self, scope: &Scope, kind: SubqueryKind, body: &SubqueryBody, span: Span) -> Typed {
        let outer = std::mem::replace(&mut self.is_condition, false);
        let number = self.subquery(scope, |binder, scope| match body {
            SubqueryBody::Pattern(pattern) => binder.match_query(scope, pattern),
            SubqueryBody::Query(query) => {
                if super::holds_write(query) {
                    let message = "what stands in an expression reads, and changes nothing";
                    binder.faults.push(Fault::new(Detail::InvalidClauseComposition, span, message));
                }
                binder.inner_query(scope, query)
            }
        });
        self.is_condition = outer;
        if kind == SubqueryKind::Collect && self.subqueries[number].query.output.len() != 1 {
            self.faults.push(Fault::new(
                Detail::InvalidClauseComposition,
                span,
                "COLLECT gathers one column, so its query must return just one",
            ));
        }
        let yields = match kind {
            SubqueryKind::Exists => ValueKind::Boolean,
            SubqueryKind::Count => ValueKind::Integer,
            SubqueryKind::Collect => ValueKind::List,
        };
        Typed::new(yields, span, BoundExprKind::Subquery(kind, number))
    }

    /// Binds a subquery in the scope of an expression: its locals become slots, and what it reads is noted.
    fn subquery(&mut self, scope: &Scope, bind: impl FnOnce(&mut Self, &Scope) -> super::tree::BoundUnion) -> usize {
        let mut inner = scope.clone();
        let mut locals = Vec::new();
        let visible = self.locals[self.locals_base..].to_vec();
        for local in visible {
            let slot = self.new_slot();
            locals.push(slot);
            inner.insert(local.name.as_str(), super::scope::Variable { slot, kind: local.kind });
        }
        let aggregation = self.aggregation.take();
        let base = std::mem::replace(&mut self.locals_base, self.locals.len());
        let in_aggregate = std::mem::replace(&mut self.in_aggregate, false);
        self.reads.push((self.slots, std::collections::BTreeSet::new()));
        let query = bind(self, &inner.enclosed());
        let (_, reads) = self.reads.pop().expect("pushed above");
        self.in_aggregate = in_aggregate;
        self.locals_base = base;
        self.aggregation = aggregation;
        let imports: Vec<_> = reads.into_iter().filter(|slot| !locals.contains(slot)).collect();
        imports.iter().for_each(|slot| self.note_read(*slot));
        self.subqueries.push(BoundSubquery { query, imports, locals });
        self.subqueries.len() - 1
    }

    pub(super) fn expect_kind(&mut self, typed: &Typed, wanted: ValueKind, why: &str) {
        self.expect_one_of(typed, &[wanted], why);
    }

    fn expect_one_of(&mut self, typed: &Typed, wanted: &[ValueKind], why: &str) {
        if wanted.iter().all(|wanted| !typed.kind.may_be(*wanted)) {
            self.faults.push(
                Fault::new(
                    Detail::InvalidArgumentType,
                    typed.expr.span,
                    format!("{} expected, and this is {}", wanted[0].name(), typed.kind.name()),
                )
                .note(why.to_owned()),
            );
        }
    }
}

/// What the elements of a list written out are, where all are of one kind.
fn element_kind(list: &Expr) -> ValueKind {
    let ExprKind::List(items) = &list.kind else { return ValueKind::Any };
    let kind = |item: &Expr| match &item.kind {
        ExprKind::Bool(_) => ValueKind::Boolean,
        ExprKind::Int(_) => ValueKind::Integer,
        ExprKind::Float(_) => ValueKind::Float,
        ExprKind::Text(_) => ValueKind::String,
        _ => ValueKind::Any,
    };
    let mut kinds = items.iter().map(kind);
    let first = kinds.next().unwrap_or(ValueKind::Any);
    if kinds.all(|other| other == first) { first } else { ValueKind::Any }
}

fn constant(span: Span, kind: ValueKind, value: Value) -> Typed {
    Typed::new(kind, span, BoundExprKind::Constant(value))
}

/// Whether an aggregate stands somewhere in the expression (subqueries apart: they gather their own rows).
pub(super) fn contains_aggregate(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::CountStar => true,
        ExprKind::Call { name, .. } if functions::find_aggregate(&name.value).is_some() => true,
        _ => expr.children().into_iter().any(contains_aggregate),
    }
}

/// The variables that there are, for whoever wrote another.
fn defined(names: &[&str]) -> String {
    match names {
        [] => "no variable is defined at this place; a string stands in quotes".to_owned(),
        names => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("defined at this place: {}; a string stands in quotes", names.join(", "))
        }
    }
}

/// `1 is`, `2 are`.
fn counted(number: usize) -> String {
    format!("{number} {}", if number == 1 { "is" } else { "are" })
}
