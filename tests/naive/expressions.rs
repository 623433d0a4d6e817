//! Expressions: a value for a row, or, in a projection with aggregates, for a group of rows.

use griot::model::{Map, Value};
use griot::query::syntax::ast::{
    Expr, ExprKind, MapProjectionItem, QuantifierKind, SubqueryBody, SubqueryKind, UnaryOp,
};

use super::aggregates::is_aggregate;
use super::{Fault, Naive, Row, clocks, operators};

/// What an expression is computed from.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// The row; in a group, one that stands for all of them.
    pub(super) row: &'a Row,
    /// The rows of the group, where aggregates may stand.
    pub(super) group: Option<&'a [Row]>,
    /// Expressions whose values are known: what a projection with aggregates or DISTINCT shows, in its ORDER BY.
    pub(super) known: &'a [(&'a Expr, &'a Value)],
}

impl<'a> Scope<'a> {
    /// A row, outside of any group.
    pub(super) fn of(row: &'a Row) -> Self {
        Self { row, group: None, known: &[] }
    }
}

impl Naive<'_> {
    /// The value of an expression without aggregates.
    pub(super) fn eval(&self, expr: &Expr, row: &Row) -> Result<Value, Fault> {
        self.eval_in(expr, Scope::of(row))
    }

    /// Whether a filter lets a row pass: null does not.
    pub(super) fn holds(&self, filter: &Expr, row: &Row) -> Result<bool, Fault> {
        Ok(operators::truth(&self.eval(filter, row)?)? == Some(true))
    }

    /// The value of an expression.
    pub(super) fn eval_in(&self, expr: &Expr, scope: Scope) -> Result<Value, Fault> {
        if let Some((_, value)) = scope.known.iter().find(|(known, _)| alike(known, expr)) {
            return Ok((*value).clone());
        }
        let eval = |expr: &Expr| self.eval_in(expr, scope);
        let eval_optional = |expr: &Option<Box<Expr>>| expr.as_deref().map(eval).transpose();
        Ok(match &expr.kind {
            ExprKind::Null => Value::Null,
            ExprKind::Bool(bool) => Value::Bool(*bool),
            ExprKind::Int(int) => Value::Int(i64::try_from(*int).map_err(|_| Fault::error("integer too large"))?),
            ExprKind::Float(float) if float.is_infinite() => return Err(Fault::error("float too large")),
            ExprKind::Float(float) => Value::Float(*float),
            ExprKind::Text(text) => Value::text(text.as_str()),
            ExprKind::Parameter(name) => {
                let given = self.parameters.get(name).cloned();
                given.ok_or_else(|| Fault::error(format!("no parameter ${name}")))?
            }
            ExprKind::Variable(name) => {
                scope.row.get(name).cloned().ok_or_else(|| Fault::error(format!("no variable {name}")))?
            }
            ExprKind::List(items) => Value::list(items.iter().map(eval).collect::<Result<_, _>>()?),
            ExprKind::Map(entries) => {
                let mut map = Map::new();
                for (key, value) in entries {
                    map.insert(key.value.as_str().into(), eval(value)?);
                }
                Value::Map(map.into())
            }
            ExprKind::Property(of, key) => self.property(&eval(of)?, &key.value)?,
            ExprKind::Index(of, index) => self.index(&eval(of)?, &eval(index)?)?,
            ExprKind::Slice(of, from, to) => {
                operators::slice(&eval(of)?, eval_optional(from)?.as_ref(), eval_optional(to)?.as_ref())?
            }
            // The sign is no part of the number, and yet the least whole number can be written.
            ExprKind::Unary(UnaryOp::Minus, of) if matches!(of.kind, ExprKind::Int(int) if int == 1 << 63) => {
                Value::Int(i64::MIN)
            }
            ExprKind::Unary(op, of) => operators::unary(*op, &eval(of)?)?,
            ExprKind::Binary(op, a, b) => operators::binary(*op, &eval(a)?, &eval(b)?)?,
            ExprKind::Comparison(first, rest) => {
                let mut left = eval(first)?;
                let mut verdict = Some(true);
                for (op, right) in rest {
                    let right = eval(right)?;
                    verdict = operators::and(verdict, operators::compare(*op, &left, &right));
                    left = right;
                }
                operators::value(verdict)
            }
            ExprKind::IsNull { operand, negated } => Value::Bool(eval(operand)?.is_null() != *negated),
            ExprKind::HasLabels(of, labels) => match eval(of)? {
                Value::Null => Value::Null,
                value @ (Value::Node(_) | Value::Rel(_)) => Value::Bool(self.bears(&value, labels)),
                other => return Err(Fault::error(format!("labels of {}", other.type_name()))),
            },
            ExprKind::Call { name, distinct, args } if is_aggregate(&name.value) => {
                self.aggregate(&name.value, *distinct, args, scope)?
            }
            ExprKind::Call { name, args, .. } => {
                let args: Vec<Value> = args.iter().map(eval).collect::<Result<_, _>>()?;
                self.function(&name.value, &args)?
            }
            ExprKind::CountStar => self.aggregate("count", false, &[], scope)?,
            ExprKind::Case { operand, branches, otherwise } => {
                let operand = eval_optional(operand)?;
                for (when, then) in branches {
                    let when = eval(when)?;
                    let taken = match &operand {
                        Some(operand) => operand.equals(&when),
                        None => operators::truth(&when)?,
                    };
                    if taken == Some(true) {
                        return eval(then);
                    }
                }
                eval_optional(otherwise)?.unwrap_or_default()
            }
            ExprKind::ListComprehension { variable, list, filter, body } => {
                let Some(items) = operators::items(&eval(list)?)? else { return Ok(Value::Null) };
                let mut kept = Vec::new();
                for item in items {
                    let row = with(scope.row, &variable.value, item.clone());
                    let inner = Scope { row: &row, ..scope };
                    let passes = match filter {
                        Some(filter) => operators::truth(&self.eval_in(filter, inner)?)? == Some(true),
                        None => true,
                    };
                    if passes {
                        kept.push(body.as_ref().map_or(Ok(item), |body| self.eval_in(body, inner))?);
                    }
                }
                Value::list(kept)
            }
            ExprKind::PatternComprehension { pattern, filter, body } => {
                let rows = self.match_all(std::slice::from_ref(pattern), filter.as_deref(), (scope.row, false))?;
                Value::list(rows.iter().map(|row| self.eval(body, row)).collect::<Result<_, _>>()?)
            }
            ExprKind::Quantifier { kind, variable, list, filter } => {
                let Some(items) = operators::items(&eval(list)?)? else { return Ok(Value::Null) };
                let mut verdicts = Vec::new();
                for item in items {
                    let row = with(scope.row, &variable.value, item.clone());
                    let tested = match filter {
                        Some(filter) => self.eval_in(filter, Scope { row: &row, ..scope })?,
                        None => item,
                    };
                    verdicts.push(operators::truth(&tested)?);
                }
                operators::value(quantified(*kind, &verdicts))
            }
            ExprKind::Reduce { accumulator, init, variable, list, body } => {
                let mut value = eval(init)?;
                let Some(items) = operators::items(&eval(list)?)? else { return Ok(Value::Null) };
                for item in items {
                    let row = with(&with(scope.row, &accumulator.value, value), &variable.value, item);
                    value = self.eval_in(body, Scope { row: &row, ..scope })?;
                }
                value
            }
            ExprKind::Pattern(pattern) => {
                Value::Bool(!self.match_all(std::slice::from_ref(pattern), None, (scope.row, false))?.is_empty())
            }
            ExprKind::Subquery(kind, body) => self.subquery(*kind, body, scope.row)?,
            ExprKind::MapProjection(of, items) => self.map_projection(of, items, scope)?,
            ExprKind::Parenthesised(inner) => eval(inner)?,
        })
    }

    fn subquery(&self, kind: SubqueryKind, body: &SubqueryBody, row: &Row) -> Result<Value, Fault> {
        let (columns, rows) = match body {
            SubqueryBody::Pattern(clause) => (None, self.matches(clause, row)?),
            SubqueryBody::Query(query) => {
                let output = self.query(query, row)?;
                (output.columns, output.rows)
            }
        };
        Ok(match kind {
            SubqueryKind::Exists => Value::Bool(!rows.is_empty()),
            SubqueryKind::Count => Value::Int(i64::try_from(rows.len()).expect("rows fit into memory")),
            SubqueryKind::Collect => match columns.as_deref() {
                Some([column]) => Value::list(rows.iter().map(|row| row[column].clone()).collect()),
                _ => return Err(Fault::error("COLLECT wants one column")),
            },
        })
    }

    fn map_projection(&self, of: &Expr, items: &[MapProjectionItem], scope: Scope) -> Result<Value, Fault> {
        let of = self.eval_in(of, scope)?;
        if of.is_null() {
            return Ok(Value::Null);
        }
        let mut map = Map::new();
        for item in items {
            match item {
                MapProjectionItem::Property(key) => {
                    map.insert(key.value.as_str().into(), self.property(&of, &key.value)?);
                }
                MapProjectionItem::AllProperties => {
                    let Value::Map(all) = self.function("properties", std::slice::from_ref(&of))? else {
                        return Err(Fault::error("no properties"));
                    };
                    map.extend(all.iter().map(|(key, value)| (key.clone(), value.clone())));
                }
                MapProjectionItem::Literal(key, value) => {
                    map.insert(key.value.as_str().into(), self.eval_in(value, scope)?);
                }
                MapProjectionItem::Variable(name) => {
                    let value = scope.row.get(&name.value).cloned();
                    let value = value.ok_or_else(|| Fault::error(format!("no variable {}", name.value)))?;
                    map.insert(name.value.as_str().into(), value);
                }
            }
        }
        Ok(Value::Map(map.into()))
    }

    /// `value.key`.
    pub(super) fn property(&self, value: &Value, key: &str) -> Result<Value, Fault> {
        Ok(match value {
            Value::Null => Value::Null,
            Value::Node(id) => self.node(*id).properties.get(key).cloned().unwrap_or_default(),
            Value::Rel(id) => self.graph.rels[id.index()].properties.get(key).cloned().unwrap_or_default(),
            Value::Map(map) => map.get(key).cloned().unwrap_or_default(),
            Value::Temporal(temporal) => clocks::part(temporal, key)?,
            other => return Err(Fault::error(format!("a property of {}", other.type_name()))),
        })
    }

    /// `value[index]`.
    fn index(&self, value: &Value, index: &Value) -> Result<Value, Fault> {
        match (value, index) {
            (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
            (Value::List(items), Value::Int(at)) => {
                let length = i64::try_from(items.len()).expect("lists fit into memory");
                let at = if *at < 0 { at + length } else { *at };
                Ok(usize::try_from(at).ok().and_then(|at| items.get(at).cloned()).unwrap_or_default())
            }
            (Value::Map(_) | Value::Node(_) | Value::Rel(_), Value::Text(key)) => self.property(value, key),
            _ => Err(Fault::error(format!("{} of {}", index.type_name(), value.type_name()))),
        }
    }
}

/// Whether two expressions say the same, places and parentheses apart; of rare expressions only as far as is certain.
fn alike(left: &Expr, right: &Expr) -> bool {
    let all = |a: &[Expr], b: &[Expr]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b));
    match (&left.kind, &right.kind) {
        (ExprKind::Parenthesised(inner), _) => alike(inner, right),
        (_, ExprKind::Parenthesised(inner)) => alike(left, inner),
        (ExprKind::Property(a, key), ExprKind::Property(b, other)) => key.value == other.value && alike(a, b),
        (ExprKind::Index(a, at), ExprKind::Index(b, other)) => alike(at, other) && alike(a, b),
        (ExprKind::Unary(op, a), ExprKind::Unary(other, b)) => op == other && alike(a, b),
        (ExprKind::Binary(op, a, second), ExprKind::Binary(other, b, other_second)) => {
            op == other && alike(a, b) && alike(second, other_second)
        }
        (
            ExprKind::Call { name, distinct, args },
            ExprKind::Call { name: other, distinct: other_distinct, args: other_args },
        ) => name.value.eq_ignore_ascii_case(&other.value) && distinct == other_distinct && all(args, other_args),
        (ExprKind::List(items), ExprKind::List(others)) => all(items, others),
        (kind, other) => kind == other,
    }
}

/// The row with one variable more.
fn with(row: &Row, name: &str, value: Value) -> Row {
    let mut row = row.clone();
    row.insert(name.to_owned(), value);
    row
}

/// What is known of all verdicts together.
fn quantified(kind: QuantifierKind, verdicts: &[Option<bool>]) -> Option<bool> {
    let count = |verdict| verdicts.iter().filter(|found| **found == verdict).count();
    let (yes, no, unknown) = (count(Some(true)), count(Some(false)), count(None));
    match kind {
        QuantifierKind::All if no > 0 => Some(false),
        QuantifierKind::Any if yes > 0 => Some(true),
        QuantifierKind::None if yes > 0 => Some(false),
        QuantifierKind::Single if yes > 1 => Some(false),
        _ if unknown > 0 => None,
        QuantifierKind::All | QuantifierKind::None => Some(true),
        QuantifierKind::Any => Some(false),
        QuantifierKind::Single => Some(yes == 1),
    }
}
