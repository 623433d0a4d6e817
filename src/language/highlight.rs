//! What each token of a text is, for colours. A guess that is right for whatever parses; nothing depends on it.

use super::keywords::is_keyword;
use super::progress::{Progress, is_stop, of_run};
use crate::query::functions::{AGGREGATES, find};
use crate::query::syntax::tokens::{Token, TokenKind, tokens};
use crate::source::Span;

/// What a token is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A keyword or a modifier.
    Keyword,
    /// A word of a statement.
    Statement,
    /// A word of a name, in a statement.
    Name,
    /// A function.
    Function,
    /// A label or a relation type.
    Label,
    /// A property's key.
    Key,
    /// A variable or a column.
    Variable,
    /// A string.
    String,
    /// A number or a date.
    Number,
    /// A parameter.
    Parameter,
    /// A comment.
    Comment,
    /// An operator, a bracket.
    Sign,
}

/// The tokens of a text with what they are.
#[must_use]
pub fn classes(text: &str) -> Vec<(Span, Class)> {
    let all = tokens(text);
    let mut reader = Reader { text, all: &all, statement: None, depth: 0, labels: false };
    (0..all.len()).map(|at| (all[at].span, reader.class(at))).collect()
}

struct Reader<'t> {
    text: &'t str,
    all: &'t [Token],
    /// Where the statement begins that is being read, with the depth of brackets there.
    statement: Option<(usize, usize)>,
    depth: usize,
    /// Whether the name that comes next is a label.
    labels: bool,
}

impl Reader<'_> {
    fn class(&mut self, at: usize) -> Class {
        let token = self.all[at];
        let class = match token.kind {
            TokenKind::Comment => Class::Comment,
            TokenKind::String => Class::String,
            TokenKind::Number => Class::Number,
            TokenKind::Parameter => Class::Parameter,
            TokenKind::Opening => {
                self.depth += 1;
                Class::Sign
            }
            TokenKind::Closing => {
                self.depth = self.depth.saturating_sub(1);
                Class::Sign
            }
            TokenKind::Semicolon => {
                (self.statement, self.depth) = (None, 0);
                Class::Sign
            }
            TokenKind::Sign => Class::Sign,
            TokenKind::Backticked | TokenKind::Word => self.word(at),
        };
        self.labels = match token.text(self.text) {
            ":" => true,
            "|" | "&" | "!" => self.labels || class == Class::Sign && self.follows_label(at),
            _ => false,
        };
        class
    }

    fn follows_label(&self, at: usize) -> bool {
        at >= 2 && matches!(self.all[at - 2].text(self.text), ":" | "|" | "&" | "!")
    }

    fn word(&mut self, at: usize) -> Class {
        let text = self.all[at].text(self.text);
        let sign = |at: Option<usize>| at.and_then(|at| self.all.get(at)).map_or("", |token| token.text(self.text));
        let (previous, next) = (sign(at.checked_sub(1)), sign(Some(at + 1)));
        if self.labels {
            return Class::Label;
        }
        if self.all[at].kind == TokenKind::Backticked {
            return Class::Variable;
        }
        if let Some(class) = self.of_statement(at) {
            return class;
        }
        if previous == "." && at > 0 && self.all[at - 1].span.end == self.all[at].span.start {
            return Class::Key;
        }
        let is_function = || find(text).is_some() || AGGREGATES.iter().any(|each| each.name.eq_ignore_ascii_case(text));
        if next == "(" && is_function() {
            return Class::Function;
        }
        if is_keyword(text) && next != ":" && next != "." { Class::Keyword } else { Class::Variable }
    }

    /// A word of a statement or of a name in it.
    fn of_statement(&mut self, at: usize) -> Option<Class> {
        if let Some((start, depth)) = self.statement {
            if self.depth > depth {
                return None;
            }
            if is_stop(self.text, self.all, at) {
                self.statement = None;
                return None;
            }
            let progress = of_run(self.text, &self.all[..=at], start);
            if progress.is_empty() {
                self.statement = None;
                return None;
            }
            return Some(class_in(&progress, at));
        }
        let previous = at.checked_sub(1).map(|before| self.all[before]);
        let may_begin = previous.is_none_or(|previous| match previous.kind {
            TokenKind::Sign => matches!(previous.text(self.text), "*"),
            TokenKind::Opening => previous.text(self.text) == "{",
            TokenKind::Word => !matches!(
                previous.text(self.text).to_uppercase().as_str(),
                "RETURN" | "WHERE" | "BY" | "WITH" | "AS" | "AND" | "OR" | "NOT" | "YIELD"
            ),
            _ => true,
        });
        if !may_begin || is_stop(self.text, self.all, at) {
            return None;
        }
        // Two words of a statement in a row, or one that begins the query.
        let begins = previous.is_none_or(|previous| previous.kind == TokenKind::Semicolon);
        let is_lead = |upto: usize| {
            self.all.get(upto).is_some()
                && of_run(self.text, &self.all[..=upto], at).iter().any(|each| each.words.last() == Some(&upto))
        };
        if is_lead(at) && (begins || is_lead(at + 1)) {
            self.statement = Some((at, self.depth));
            return Some(Class::Statement);
        }
        None
    }
}

fn class_in(progress: &[Progress], at: usize) -> Class {
    let is_word = progress.iter().any(|each| each.words.last() == Some(&at));
    if is_word { Class::Statement } else { Class::Name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Class)]) {
        let found: Vec<_> = classes(text).into_iter().map(|(span, class)| (span.of(text), class)).collect();
        for each in expected {
            assert!(found.contains(each), "{each:?} is missing in `{text}`: {found:?}");
        }
    }

    #[test]
    fn statements_show_their_words_and_their_names() {
        use Class::*;
        check(
            "lineage from MUJAO to ISGS as of 2018",
            &[
                ("lineage", Statement),
                ("from", Statement),
                ("MUJAO", Name),
                ("to", Statement),
                ("ISGS", Name),
                ("as", Keyword),
                ("of", Keyword),
                ("2018", Number),
            ],
        );
        check("who is Movement for Oneness and Jihad in West Africa", &[("for", Name), ("in", Name), ("and", Name)]);
    }

    #[test]
    fn core_queries_show_keywords_labels_keys_and_functions() {
        use Class::*;
        check(
            "match (g:ArmedGroup)-[r:LED|FOUNDED]->(n) rivals of g where n.name = $x return count(r) // c",
            &[
                ("match", Keyword),
                ("ArmedGroup", Label),
                ("LED", Label),
                ("FOUNDED", Label),
                ("rivals", Statement),
                ("name", Key),
                ("$x", Parameter),
                ("count", Function),
                ("r", Variable),
                ("// c", Comment),
            ],
        );
        check("return lineage", &[("lineage", Variable)]);
    }
}
