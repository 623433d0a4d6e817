//! Precedence: the flat run of operands and operators that the grammar reads becomes a tree.
//!
//! From loose to tight: OR, XOR, AND, NOT, comparisons (a chain is one conjunction), IN / STARTS WITH / ENDS WITH /
//! CONTAINS / =~ / IS NULL, `+ -`, `* / %`, `^`, sign. All to the left, as openCypher 9 has it (`2 ^ 3 ^ 2` is 64, and
//! `-3 ^ 2` is 9).

use super::super::ast::{BinaryOp, ComparisonOp, Expr, ExprKind, UnaryOp};
use super::super::errors::SyntaxErrorKind;
use super::super::grammar::Rule;
use super::{Builder, MAX_OPERATORS, Pair, Pairs, has};
use crate::source::Span;
use std::iter::Peekable;

/// How tightly operators bind.
const NOT: u8 = 4;
const COMPARISON: u8 = 5;
const PREDICATE: u8 = 6;
const SIGN: u8 = 10;

/// An operator between two operands, or behind one.
enum Operator {
    Binary(BinaryOp, u8),
    Comparison(ComparisonOp),
    NullTest,
}

impl<'t> Builder<'t> {
    pub(super) fn expression(&mut self, pair: Pair<'t>) -> Expr {
        let span = self.span(&pair);
        let count = pair.clone().into_inner().filter(|inner| is_step(inner.as_rule())).count();
        if self.operators + count > MAX_OPERATORS {
            if !self.faults.iter().any(|fault| fault.kind == SyntaxErrorKind::TooDeep) {
                let message = format!("this expression has more than {MAX_OPERATORS} operators in a row");
                self.fault(SyntaxErrorKind::TooDeep, span, message).hint =
                    Some("use IN with a list or a parameter, or split it with WITH".to_owned());
            }
            return Expr { span, kind: ExprKind::Null };
        }
        self.operators += count;
        let mut pairs = pair.into_inner().peekable();
        let tree = self.climb(&mut pairs, 0);
        self.operators -= count;
        tree
    }

    fn climb(&mut self, pairs: &mut Peekable<Pairs<'t>>, least: u8) -> Expr {
        let mut left = self.operand(pairs, least);
        while let Some(next) = pairs.peek().cloned() {
            match self.operator(&next) {
                Operator::Comparison(_) if COMPARISON >= least => left = self.chain(left, pairs),
                Operator::NullTest if PREDICATE >= least => {
                    pairs.next();
                    let span = left.span.to(self.span(&next));
                    let negated = has(&next, Rule::kw_not);
                    left = Expr { span, kind: ExprKind::IsNull { operand: Box::new(left), negated } };
                }
                Operator::Binary(operator, power) if power >= least => {
                    pairs.next();
                    self.report_foreign(&next);
                    let right = self.climb(pairs, power + 1);
                    let span = left.span.to(right.span);
                    left = Expr { span, kind: ExprKind::Binary(operator, Box::new(left), Box::new(right)) };
                }
                _ => break,
            }
        }
        left
    }

    /// `a < b <= c`.
    fn chain(&mut self, first: Expr, pairs: &mut Peekable<Pairs<'t>>) -> Expr {
        let mut rest: Vec<(ComparisonOp, Expr)> = Vec::new();
        let mut span = first.span;
        while let Some(next) = pairs.peek().cloned() {
            let Operator::Comparison(operator) = self.operator(&next) else { break };
            pairs.next();
            self.report_foreign(&next);
            let right = self.climb(pairs, PREDICATE);
            span = span.to(right.span);
            rest.push((operator, right));
        }
        Expr { span, kind: ExprKind::Comparison(Box::new(first), rest) }
    }

    fn operand(&mut self, pairs: &mut Peekable<Pairs<'t>>, least: u8) -> Expr {
        let first = pairs.next().expect("the grammar puts an operand here");
        if first.as_rule() == Rule::prefix {
            return self.prefixed(&first, pairs, least);
        }
        let mut operand = self.atom(first);
        while let Some(postfix) = pairs.next_if(|next| is_postfix(next.as_rule())) {
            operand = self.postfix(operand, postfix);
        }
        operand
    }

    fn prefixed(&mut self, prefix: &Pair<'t>, pairs: &mut Peekable<Pairs<'t>>, least: u8) -> Expr {
        let start = self.span(prefix);
        let (operator, tight) = match prefix.as_str() {
            "-" => (UnaryOp::Minus, SIGN),
            "+" => (UnaryOp::Plus, SIGN),
            "!" => {
                self.fault(SyntaxErrorKind::ForeignOperator, start, "`!` negates no expression").hint =
                    Some("write NOT".to_owned());
                (UnaryOp::Not, NOT)
            }
            _ => (UnaryOp::Not, NOT),
        };
        let operand = self.climb(pairs, tight);
        if tight == NOT && least > NOT {
            let place = start.to(operand.span);
            self.fault(SyntaxErrorKind::Unexpected, place, "NOT binds more loosely than the operator before it").hint =
                Some("put it in parentheses: (NOT …)".to_owned());
        }
        Expr { span: start.to(operand.span), kind: ExprKind::Unary(operator, Box::new(operand)) }
    }

    #[allow(clippy::unused_self)] // reads as the other steps of the climb
    fn operator(&self, pair: &Pair<'t>) -> Operator {
        match pair.as_rule() {
            Rule::null_test => Operator::NullTest,
            Rule::text_operator if has(pair, Rule::kw_starts) => Operator::Binary(BinaryOp::StartsWith, PREDICATE),
            Rule::text_operator => Operator::Binary(BinaryOp::EndsWith, PREDICATE),
            _ => sign(pair.as_str()),
        }
    }

    /// Names the right operator where another language's stands.
    fn report_foreign(&mut self, pair: &Pair<'t>) {
        let right = match pair.as_str() {
            "==" => "=",
            "!=" => "<>",
            "&&" => "AND",
            "||" => "OR, or `+` to join strings and lists",
            _ => return,
        };
        let span: Span = self.span(pair);
        self.fault(SyntaxErrorKind::ForeignOperator, span, format!("`{}` is no operator here", pair.as_str())).hint =
            Some(format!("write {right}"));
    }
}

fn sign(written: &str) -> Operator {
    use BinaryOp as B;
    use ComparisonOp as C;
    match written {
        "=" | "==" => Operator::Comparison(C::Equal),
        "<>" | "!=" => Operator::Comparison(C::NotEqual),
        "<" => Operator::Comparison(C::Less),
        "<=" => Operator::Comparison(C::LessOrEqual),
        ">" => Operator::Comparison(C::Greater),
        ">=" => Operator::Comparison(C::GreaterOrEqual),
        "=~" => Operator::Binary(B::Matches, PREDICATE),
        "+" => Operator::Binary(B::Add, 7),
        "-" => Operator::Binary(B::Subtract, 7),
        "*" => Operator::Binary(B::Multiply, 8),
        "/" => Operator::Binary(B::Divide, 8),
        "%" => Operator::Binary(B::Modulo, 8),
        "^" => Operator::Binary(B::Power, 9),
        "||" => Operator::Binary(B::Or, 1),
        "&&" => Operator::Binary(B::And, 3),
        word if word.eq_ignore_ascii_case("or") => Operator::Binary(B::Or, 1),
        word if word.eq_ignore_ascii_case("xor") => Operator::Binary(B::Xor, 2),
        word if word.eq_ignore_ascii_case("and") => Operator::Binary(B::And, 3),
        word if word.eq_ignore_ascii_case("in") => Operator::Binary(B::In, PREDICATE),
        _ => Operator::Binary(B::Contains, PREDICATE),
    }
}

/// Whether a pair makes its tree higher, and is no operand.
fn is_step(rule: Rule) -> bool {
    is_postfix(rule) || matches!(rule, Rule::prefix | Rule::operator | Rule::text_operator | Rule::null_test)
}

fn is_postfix(rule: Rule) -> bool {
    matches!(rule, Rule::property | Rule::subscript | Rule::call | Rule::map_projection | Rule::label_test)
}
