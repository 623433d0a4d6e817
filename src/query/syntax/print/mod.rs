//! Trees to text: the canonical form, which EXPLAIN shows. It parses to the same tree again, spans apart.
//!
//! Keywords in capitals, a clause a line, queries within braces on one line. Parentheses are written where the tree
//! has them, and added where a tree that was not parsed (an expansion) needs them.

mod clause;
mod expression;
mod pattern;
mod statement;

use super::ast::{Clause, Expr, Ident, LabelExpr, Modifier, NodePattern, PathPattern, Query, Script, Statement};
use super::grammar::{Rule, is_whole};
use std::fmt;

/// The canonical text of a script.
#[must_use]
pub fn print(script: &Script) -> String {
    script.to_string()
}

/// The canonical text of a query.
#[must_use]
pub fn query(query: &Query) -> String {
    query.to_string()
}

/// The canonical text of an expression. Two expressions that differ in nothing but their places have the same.
#[must_use]
pub fn expression(expr: &Expr) -> String {
    expr.to_string()
}

/// The canonical text of a node pattern.
#[must_use]
pub fn node(node: &NodePattern) -> String {
    node.to_string()
}

/// The canonical text of a modifier: `AS OF 2012`.
#[must_use]
pub fn modifier(modifier: &Modifier) -> String {
    let mut printer = Printer::new();
    printer.modifiers(std::slice::from_ref(modifier));
    printer.finish().trim_start().to_owned()
}

/// Writes trees into a text.
pub(super) struct Printer {
    out: String,
    /// Whether clauses stand on lines of their own, as they do at the top.
    lines: bool,
    /// Whether every operator's expression gets parentheses: for tests of precedence.
    pub(super) all_parentheses: bool,
}

impl Printer {
    pub(super) fn new() -> Self {
        Self { out: String::new(), lines: true, all_parentheses: false }
    }

    /// Writes an expression as the root.
    #[cfg(test)]
    pub(super) fn expr_for_tests(&mut self, expr: &super::ast::Expr) {
        self.expr(expr);
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Writes items with a separator between.
    fn separated<T>(&mut self, items: &[T], separator: &str, mut write: impl FnMut(&mut Self, &T)) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.text(separator);
            }
            write(self, item);
        }
    }

    /// A name where any word may stand.
    fn name(&mut self, name: &str) {
        self.quoted_unless(name, Rule::name);
    }

    /// A name where keywords of expressions and clauses must be quoted.
    fn variable(&mut self, name: &str) {
        self.quoted_unless(name, Rule::variable);
    }

    fn quoted_unless(&mut self, name: &str, rule: Rule) {
        if !name.starts_with('`') && is_whole(rule, name) {
            self.text(name);
        } else {
            self.text("`");
            self.text(&name.replace('`', "``"));
            self.text("`");
        }
    }

    /// A dotted name, quoted part by part.
    fn dotted(&mut self, name: &Ident) {
        let mut parts = name.value.split('.');
        self.variable(parts.next().unwrap_or_default());
        for part in parts {
            self.text(".");
            self.name(part);
        }
    }

    fn parameter(&mut self, name: &str) {
        let plain = is_whole(Rule::parameter, &format!("${name}")) && !name.starts_with('`');
        self.text("$");
        if plain { self.text(name) } else { self.name(name) }
    }

    fn string(&mut self, text: &str) {
        self.text("'");
        for c in text.chars() {
            match c {
                '\\' => self.text("\\\\"),
                '\'' => self.text("\\'"),
                '\n' => self.text("\\n"),
                '\r' => self.text("\\r"),
                '\t' => self.text("\\t"),
                '\u{8}' => self.text("\\b"),
                '\u{C}' => self.text("\\f"),
                c if c.is_control() => self.text(&format!("\\u{:04X}", u32::from(c))),
                c => self.out.push(c),
            }
        }
        self.text("'");
    }
}

/// Gives a part of the tree its canonical text as `Display`.
macro_rules! display {
    ($($part:ty => $write:ident),* $(,)?) => {
        $(impl fmt::Display for $part {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut printer = Printer::new();
                printer.$write(self);
                f.write_str(&printer.finish())
            }
        })*
    };
}

display! {
    Script => script,
    Query => query,
    Clause => clause,
    Statement => statement,
    PathPattern => path_pattern,
    LabelExpr => label_or,
    Expr => expr,
    NodePattern => node,
}
