//! Which statement the words make, and what its subjects are.
//!
//! Words such as `and` and `to` may join names or belong to one. Every split that fits a signature is tried, and the
//! one whose names all stand for something is taken; several such splits are a fault that lists them.

use super::asked::{self, Named};
use super::lists::{self, Member};
use super::{Expander, ident};
use crate::diagnostics::codes;
use crate::query::bind::fault::{Detail, Fault};
use crate::query::statements::{self, Definition, Piece};
use crate::query::syntax::ast::{
    Expr, ExprKind, Ident, Modifier, ModifierKind, NodePattern, Statement, StatementItem, StatementItemKind, TimePoint,
};
use crate::query::syntax::print;
use crate::source::Span;

/// A statement and its subjects.
pub(super) struct Matched {
    pub definition: &'static Definition,
    pub subjects: Vec<(&'static str, Subject)>,
    /// What to say of how names were read.
    pub notes: Vec<(String, Span)>,
}

/// What a subject is.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    /// A variable that is bound.
    Variable(Ident),
    /// A name that stands for one node.
    Name(Ident),
    /// A parameter whose value is a name.
    Parameter(Ident),
    /// A node pattern.
    Pattern(NodePattern),
    /// A text that is not looked up.
    Text(Ident),
    /// A parameter whose value is such a text.
    Value(Ident),
    /// Several subjects.
    Several(Vec<Member>),
    /// Several texts that are not looked up.
    Texts(Vec<Expr>),
    /// A time.
    Time(TimePoint),
    /// The words of another statement.
    Statement(Vec<StatementItem>),
}

/// A split of the words: which items each piece of the signature takes.
pub(super) type Split<'s> = Vec<(Piece, &'s [StatementItem])>;

impl Expander<'_> {
    pub(super) fn match_statement(&mut self, statement: &Statement, span: Span, scope: &[String]) -> Option<Matched> {
        let items = statement.items.as_slice();
        let (mut good, bad) = self.read_words(items, scope);
        if good.is_empty() && bad.is_empty() {
            let fault = self.refused_words(statement, span, scope);
            self.faults.push(fault);
            return None;
        }
        match good.len() {
            1 => good.pop().map(|(matched, _)| matched),
            0 => {
                // The split with the fewest words in names is the likeliest.
                let fault = bad.into_iter().next()?;
                self.faults.push(super::slips::advise(fault, items));
                None
            }
            _ => {
                let message = "the names can be read in several ways";
                let mut fault = Fault::new(Detail::UnknownName, span, message).under(codes::AMBIGUOUS_SPLIT);
                for (_, split) in &good {
                    let subjects = split.iter().filter(|(piece, _)| !matches!(piece, Piece::Word(_)));
                    let read: Vec<String> = subjects.map(|(_, items)| format!("'{}'", words(items))).collect();
                    fault = fault.note(format!("as {}", read.join(" and ")));
                }
                self.faults.push(fault.help("put the names into quotes"));
                None
            }
        }
    }

    /// All ways to read the words as a statement, and what is wrong with those that do not do.
    pub(super) fn read_words<'s>(
        &self,
        items: &'s [StatementItem],
        scope: &[String],
    ) -> (Vec<(Matched, Split<'s>)>, Vec<Fault>) {
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for definition in statements::ALL {
            let mut splits = Vec::new();
            split(definition.signature, items, &mut Vec::new(), &mut splits);
            for split in splits {
                match self.subjects(&split, scope) {
                    Ok((subjects, notes)) => good.push((Matched { definition, subjects, notes }, split)),
                    Err(fault) => bad.push(fault),
                }
            }
        }
        if good.len() > 1 {
            // The longest words win: `ALLIES AND RIVALS OF x` before an actor called "and rivals of x".
            let most = good.iter().map(|(each, _)| each.definition.lead().len()).max().unwrap_or(0);
            good.retain(|(each, _)| each.definition.lead().len() == most);
        }
        (good, bad)
    }

    /// Whether the names of THROUGH, AVOIDING and their kin stand for nodes.
    pub(super) fn check_passing(&mut self, modifiers: &[Modifier], scope: &[String]) {
        for modifier in modifiers {
            let (ModifierKind::Through(items) | ModifierKind::Avoiding(items)) = &modifier.kind else { continue };
            for named in asked::names(items) {
                if let Named::Name(name) = named
                    && !scope.contains(&name.value)
                    && let Err(fault) = super::super::names::resolve(self.graph, &name.value, name.span)
                {
                    self.faults.push(fault);
                }
            }
            if let Some(node) = items.iter().find(|item| matches!(item.kind, StatementItemKind::Node(_))) {
                let message = "a name, a variable or a parameter is expected here";
                self.faults.push(Fault::new(Detail::UnknownName, node.span, message));
            }
        }
    }

    #[expect(clippy::type_complexity, reason = "subjects and notes, taken apart at once")]
    fn subjects(
        &self,
        split: &Split<'_>,
        scope: &[String],
    ) -> Result<(Vec<(&'static str, Subject)>, Vec<(String, Span)>), Fault> {
        let mut subjects = Vec::new();
        let mut notes = Vec::new();
        for (piece, items) in split {
            match piece {
                Piece::Word(_) => {}
                Piece::Subject(name) => subjects.push((*name, self.subject(items, scope, &mut notes)?)),
                Piece::Bound(name) => subjects.push((*name, bound(items, scope)?)),
                Piece::Text(name) => subjects.push((*name, text(items)?)),
                Piece::Subjects(name) => subjects.push((*name, self.several(items, scope, &mut notes)?)),
                Piece::Texts(name) => subjects.push((*name, lists::texts(items)?)),
                Piece::Time(name) => subjects.push((*name, time(items)?)),
                Piece::Statement(name) => {
                    let (good, bad) = self.read_words(items, scope);
                    if let (true, Some(fault)) = (good.is_empty(), bad.into_iter().next()) {
                        return Err(fault);
                    }
                    if good.is_empty() {
                        let message = format!("`{}` is no statement", words(items));
                        return Err(Fault::new(Detail::UnknownName, span_of(items), message));
                    }
                    subjects.push((*name, Subject::Statement(items.to_vec())));
                }
            }
        }
        Ok((subjects, notes))
    }

    pub(super) fn subject(
        &self,
        items: &[StatementItem],
        scope: &[String],
        notes: &mut Vec<(String, Span)>,
    ) -> Result<Subject, Fault> {
        let span = span_of(items);
        if items.is_empty() {
            return Err(Fault::new(Detail::UnknownName, span, "a name is missing here"));
        }
        if let [single] = items {
            match &single.kind {
                StatementItemKind::Quoted(name) => return self.named(name, span),
                StatementItemKind::Fuzzy(name) => return self.fuzzy(name, span, notes),
                StatementItemKind::Parameter(name) => return Ok(Subject::Parameter(ident(name, span))),
                StatementItemKind::Node(pattern) => return Ok(Subject::Pattern((**pattern).clone())),
                StatementItemKind::Word(word) if scope.contains(word) => {
                    if self.graph.find_name(word).is_some() {
                        let message = format!("`{word}` is read as the variable of that name, not as a name");
                        notes.push((message, span));
                    }
                    return Ok(Subject::Variable(ident(word, span)));
                }
                _ => {}
            }
        }
        if items.iter().any(|item| !matches!(item.kind, StatementItemKind::Word(_) | StatementItemKind::Comma)) {
            let message = "a subject is one name, one parameter or one node pattern";
            return Err(Fault::new(Detail::UnknownName, span, message));
        }
        self.named(&words(items), span)
    }

    fn named(&self, name: &str, span: Span) -> Result<Subject, Fault> {
        super::super::names::resolve(self.graph, name, span)?;
        Ok(Subject::Name(ident(name, span)))
    }

    /// `~'name'`: the nearest name, if one is nearest.
    fn fuzzy(&self, name: &str, span: Span, notes: &mut Vec<(String, Span)>) -> Result<Subject, Fault> {
        if self.graph.find_name(name).is_some_and(|named| named.nodes.len() == 1) {
            return self.named(name, span);
        }
        let Some((_, nearest)) = self.graph.nearest_names(name, 1).into_iter().next() else {
            let message = format!("no name comes near '{name}'");
            return Err(Fault::new(Detail::UnknownName, span, message));
        };
        notes.push((format!("~'{name}' is read as '{nearest}'"), span));
        self.named(nearest, span)
    }
}

/// All ways to give the items to the pieces: a word takes itself, a subject one or more items.
fn split<'s>(signature: &[Piece], items: &'s [StatementItem], taken: &mut Split<'s>, found: &mut Vec<Split<'s>>) {
    let Some((piece, rest)) = signature.split_first() else {
        if items.is_empty() {
            found.push(taken.clone());
        }
        return;
    };
    if let Piece::Word(word) = piece {
        if items.first().is_some_and(|item| is_word(item, word)) {
            taken.push((*piece, &items[..1]));
            split(rest, &items[1..], taken, found);
            taken.pop();
        }
        return;
    }
    let longest = items.len().saturating_sub(rest.len());
    for length in 1..=longest {
        taken.push((*piece, &items[..length]));
        split(rest, &items[length..], taken, found);
        taken.pop();
    }
}

fn bound(items: &[StatementItem], scope: &[String]) -> Result<Subject, Fault> {
    let span = span_of(items);
    if let [StatementItem { kind: StatementItemKind::Word(word), .. }] = items {
        if scope.contains(word) {
            return Ok(Subject::Variable(ident(word, span)));
        }
        let nearest = crate::names::nearest(scope.iter().map(String::as_str), word, 3);
        let fault = Fault::undefined_variable(word, span).candidates(nearest);
        return Err(fault.help("MATCH the relation first: match (a)-[r]->(b) sources for r"));
    }
    let message = "a variable is expected here that an earlier clause has bound";
    Err(Fault::new(Detail::UndefinedVariable, span, message))
}

fn text(items: &[StatementItem]) -> Result<Subject, Fault> {
    let span = span_of(items);
    match items {
        [StatementItem { kind: StatementItemKind::Quoted(name) | StatementItemKind::Fuzzy(name), .. }] => {
            Ok(Subject::Text(ident(name, span)))
        }
        [StatementItem { kind: StatementItemKind::Parameter(name), .. }] => Ok(Subject::Value(ident(name, span))),
        _ if items.iter().all(|it| matches!(it.kind, StatementItemKind::Word(_) | StatementItemKind::Comma)) => {
            Ok(Subject::Text(ident(&words(items), span)))
        }
        _ => Err(Fault::new(Detail::UnknownName, span, "a name is expected here")),
    }
}

/// One date, TODAY or a parameter.
fn time(items: &[StatementItem]) -> Result<Subject, Fault> {
    let span = span_of(items);
    let point = match items {
        [StatementItem { kind: StatementItemKind::Word(word), .. }] if word.eq_ignore_ascii_case("today") => {
            TimePoint::Today(span)
        }
        [StatementItem { kind: StatementItemKind::Word(word) | StatementItemKind::Quoted(word), .. }] => {
            TimePoint::Literal(ident(word, span))
        }
        [StatementItem { kind: StatementItemKind::Parameter(name), .. }] => {
            TimePoint::Expr(Box::new(Expr { span, kind: ExprKind::Parameter(name.clone()) }))
        }
        _ => return Err(Fault::new(Detail::UnknownName, span, "a date such as 2012-07 is expected here")),
    };
    if let TimePoint::Literal(literal) = &point
        && let Err(error) = crate::time::Edtf::parse(&literal.value)
    {
        let message = format!("'{}' is no date: {}", literal.value, error.message);
        return Err(Fault::new(Detail::StatementMismatch, span, message).under(codes::BAD_DATE));
    }
    Ok(Subject::Time(point))
}

/// Whether an item is this word, in any case.
pub(super) fn is_word(item: &StatementItem, word: &str) -> bool {
    matches!(&item.kind, StatementItemKind::Word(typed) if typed.eq_ignore_ascii_case(word))
}

/// The items as they were written, one space between words.
pub(super) fn words(items: &[StatementItem]) -> String {
    let mut text = String::new();
    for item in items {
        match &item.kind {
            StatementItemKind::Word(word) => {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
            StatementItemKind::Comma => text.push(','),
            StatementItemKind::Quoted(name) | StatementItemKind::Fuzzy(name) | StatementItemKind::Parameter(name) => {
                text.push_str(name);
            }
            StatementItemKind::Node(node) => text.push_str(&print::node(node)),
        }
    }
    text
}

pub(super) fn span_of(items: &[StatementItem]) -> Span {
    match items {
        [first, .., last] => first.span.to(last.span),
        [single] => single.span,
        [] => Span::default(),
    }
}
