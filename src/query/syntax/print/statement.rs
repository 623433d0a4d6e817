//! Domain statements, modifiers, times.

use super::super::ast::{
    ExprKind, Modifier, ModifierKind, Statement, StatementItem, StatementItemKind, TimePoint, TimeSpan,
};
use super::super::grammar::{Rule, is_whole};
use super::Printer;

impl Printer {
    pub(super) fn statement(&mut self, statement: &Statement) {
        self.text(if statement.optional { "OPTIONAL " } else { "" });
        self.statement_items(&statement.items);
        self.modifiers(&statement.modifiers);
        self.yields(statement.yields.as_deref());
        self.filter(statement.filter.as_ref());
        self.page(&statement.page);
    }

    fn statement_items(&mut self, items: &[StatementItem]) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 && item.kind != StatementItemKind::Comma {
                self.text(" ");
            }
            match &item.kind {
                StatementItemKind::Word(word) => self.text(word),
                StatementItemKind::Quoted(text) => self.string(text),
                StatementItemKind::Fuzzy(text) => {
                    self.text("~");
                    self.string(text);
                }
                StatementItemKind::Parameter(name) => self.parameter(name),
                StatementItemKind::Node(node) => self.node(node),
                StatementItemKind::Comma => self.text(","),
            }
        }
    }

    pub(super) fn modifiers(&mut self, modifiers: &[Modifier]) {
        for modifier in modifiers {
            self.text(" ");
            self.modifier(modifier);
        }
    }

    fn modifier(&mut self, modifier: &Modifier) {
        match &modifier.kind {
            ModifierKind::AsOf(point) => self.timed("AS OF ", point),
            ModifierKind::KnownBy(point) => self.timed("KNOWN BY ", point),
            ModifierKind::During(span) => self.time_span("DURING ", span),
            ModifierKind::Throughout(span) => self.time_span("THROUGHOUT ", span),
            ModifierKind::Certainly => self.text("CERTAINLY"),
            ModifierKind::Within { min: None, max } => self.text(&format!("WITHIN {max} HOPS")),
            ModifierKind::Within { min: Some(min), max } => self.text(&format!("WITHIN {min}..{max} HOPS")),
            ModifierKind::Via(labels) => {
                self.text("VIA ");
                self.label_or(labels);
            }
            ModifierKind::Through(items) => self.run("THROUGH ", items),
            ModifierKind::Avoiding(items) => self.run("AVOIDING ", items),
            ModifierKind::AccordingTo(items) => self.run("ACCORDING TO ", items),
            ModifierKind::WithoutSource(items) => self.run("WITHOUT SOURCE ", items),
            ModifierKind::Rated(grade) => self.text(&format!("RATED {grade}")),
            ModifierKind::Worded(words) => {
                self.text("WORDED ");
                self.separated(words, "|", |p, word| p.name(&word.value));
            }
        }
    }

    fn run(&mut self, keyword: &str, items: &[StatementItem]) {
        self.text(keyword);
        self.statement_items(items);
    }

    fn timed(&mut self, keyword: &str, point: &TimePoint) {
        self.text(keyword);
        self.time_point(point);
    }

    fn time_span(&mut self, keyword: &str, span: &TimeSpan) {
        self.text(keyword);
        match span {
            TimeSpan::Point(point) => self.time_point(point),
            TimeSpan::Between(from, to) => {
                if let Some(from) = from {
                    self.time_point(from);
                }
                self.text("..");
                if let Some(to) = to {
                    self.time_point(to);
                }
            }
        }
    }

    fn time_point(&mut self, point: &TimePoint) {
        match point {
            TimePoint::Literal(text) if is_whole(Rule::time_literal, &text.value) => self.text(&text.value),
            TimePoint::Literal(text) => self.string(&text.value),
            TimePoint::Today(_) => self.text("TODAY"),
            TimePoint::Expr(expr) => {
                if let ExprKind::Parameter(name) = &expr.kind {
                    self.parameter(name);
                } else {
                    self.text("(");
                    self.expr(expr);
                    self.text(")");
                }
            }
        }
    }
}
