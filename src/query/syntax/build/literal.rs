//! Numbers, strings and names: from what was written to what is meant.

use super::super::ast::{Expr, ExprKind};
use super::super::errors::SyntaxErrorKind;
use super::{Builder, Pair};
use crate::source::{Span, Spanned};

/// A name without its backticks; a doubled backtick within stands for one.
pub(super) fn unquoted_name(written: &str) -> String {
    match written.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
        Some(inner) => inner.replace("``", "`"),
        None => written.to_owned(),
    }
}

impl<'t> Builder<'t> {
    pub(super) fn number(&mut self, pair: &Pair<'t>) -> Expr {
        let written = pair.as_str();
        let span = self.span(pair);
        let radix = |prefix: &str| written.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        let parsed = if radix("0x") {
            u64::from_str_radix(&written[2..], 16).ok().map(ExprKind::Int)
        } else if radix("0o") {
            u64::from_str_radix(&written[2..], 8).ok().map(ExprKind::Int)
        } else if written.bytes().all(|b| b.is_ascii_digit()) {
            written.parse().ok().map(ExprKind::Int)
        } else {
            written.parse().ok().map(ExprKind::Float)
        };
        let kind = parsed.unwrap_or_else(|| {
            self.fault(SyntaxErrorKind::Number, span, format!("`{written}` is too large for a whole number")).hint =
                Some("whole numbers have 64 bits; write `.0` behind it for a floating-point number".to_owned());
            ExprKind::Int(0)
        });
        Expr { span, kind }
    }

    pub(super) fn malformed_number(&mut self, pair: &Pair<'t>) -> Expr {
        let span = self.span(pair);
        self.fault(SyntaxErrorKind::Number, span, format!("`{}` is no number", pair.as_str())).hint = Some(
            "numbers are written 12, 1.5, 2e10, 0x1F or 0o17; a name that begins with a digit stands in backticks"
                .to_owned(),
        );
        Expr { span, kind: ExprKind::Int(0) }
    }

    /// A string with its escapes resolved.
    pub(super) fn string(&mut self, pair: &Pair<'t>) -> Spanned<String> {
        let written = pair.as_str();
        let span = self.span(pair);
        let body = &written[1..written.len() - 1];
        if !body.contains('\\') {
            return Spanned::new(body.to_owned(), span);
        }
        let mut text = String::with_capacity(body.len());
        let mut at = 0;
        while let Some(found) = body[at..].find('\\') {
            text.push_str(&body[at..at + found]);
            at += found;
            let (resolved, length) = escape(&body[at..]);
            match resolved {
                Some(c) => text.push(c),
                None => self.bad_escape(&body[at..at + length], span.start as usize + 1 + at),
            }
            at += length;
        }
        text.push_str(&body[at..]);
        Spanned::new(text, span)
    }

    fn bad_escape(&mut self, written: &str, at: usize) {
        let span = Span::new(at, at + written.len());
        self.fault(SyntaxErrorKind::Escape, span, format!("`{written}` is no escape")).hint = Some(
            "escapes are \\\\ \\' \\\" \\` \\b \\f \\n \\r \\t, \\u with four and \\U with eight hexadecimal digits"
                .to_owned(),
        );
    }

    pub(super) fn typographic_string(&mut self, pair: &Pair<'t>) -> Spanned<String> {
        let span = self.span(pair);
        let written = pair.as_str();
        let body: String = written.chars().skip(1).take(written.chars().count().saturating_sub(2)).collect();
        self.fault(SyntaxErrorKind::LookAlike, span, "typographic quotes do not enclose a string").hint =
            Some(format!("write straight quotes: '{}'", body.replace('\'', "\\'")));
        Spanned::new(body, span)
    }
}

/// The character that an escape at the start of `rest` stands for, and the escape's length in bytes.
fn escape(rest: &str) -> (Option<char>, usize) {
    let letter = rest[1..].chars().next().unwrap_or('\\');
    let simple = match letter {
        '\\' | '\'' | '"' | '`' => Some(letter),
        'b' => Some('\u{8}'),
        'f' => Some('\u{C}'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        _ => None,
    };
    let digits = match letter {
        'u' => 4,
        'U' => 8,
        _ => return (simple, 1 + letter.len_utf8()),
    };
    let code = rest.get(2..2 + digits).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
    match code {
        Some(code) => (u32::from_str_radix(code, 16).ok().and_then(char::from_u32), 2 + digits),
        None => (None, 2),
    }
}
