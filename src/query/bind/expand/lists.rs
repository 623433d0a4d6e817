//! Lists in a statement: of subjects (`TIMELINE OF a, b`), of words (`ON x, y`), and a column for each subject.
//!
//! A list of subjects is a list in the expansion: `UNWIND a AS subject` becomes `UNWIND [node('MNLA'), b] AS subject`.
//! An item of the last RETURN whose alias is the list's name stands once for each subject, under the subject's name.
//! Commas and `and` part a list, and may belong to a name: every way to part it is tried, and one must fit.

use super::placing::column_name;
use super::subjects::{Subject, span_of, words};
use super::{Expander, ident};
use crate::diagnostics::codes;
use crate::query::bind::fault::{Detail, Fault};
use crate::query::syntax::ast::{
    ClauseKind, Expr, ExprKind, Ident, ProjectionItem, Query, StatementItem, StatementItemKind,
};
use crate::query::syntax::rewrite::{self, Rewriter};
use crate::source::Span;

/// One subject of a list, and how it was written.
#[derive(Clone, Debug)]
pub(super) struct Member {
    subject: Subject,
    written: String,
    span: Span,
}

impl Member {
    /// The subject's name as it was written.
    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// The variable, if it is one.
    pub(super) fn variable(&self) -> Option<&str> {
        match &self.subject {
            Subject::Variable(variable) => Some(&variable.value),
            _ => None,
        }
    }
}

type Notes = Vec<(String, Span)>;

impl Expander<'_> {
    /// The subjects of a list.
    pub(super) fn several(
        &self,
        items: &[StatementItem],
        scope: &[String],
        notes: &mut Notes,
    ) -> Result<Subject, Fault> {
        let mut readings = Vec::new();
        self.readings(items, scope, &mut Vec::new(), &mut readings);
        match readings.len() {
            0 => Err(self.unread(items, scope)),
            1 => {
                let (members, said): (Vec<_>, Vec<_>) = readings.remove(0).into_iter().unzip();
                notes.extend(said.into_iter().flatten());
                Ok(Subject::Several(members))
            }
            _ => {
                let message = "the names can be read in several ways";
                let mut fault = Fault::new(Detail::UnknownName, span_of(items), message).under(codes::AMBIGUOUS_SPLIT);
                for reading in &readings {
                    let read: Vec<String> = reading.iter().map(|(it, _)| format!("'{}'", it.written)).collect();
                    fault = fault.note(format!("as {}", read.join(" and ")));
                }
                Err(fault.help("put the names into quotes"))
            }
        }
    }

    /// Every way to part the items into names that stand for something.
    fn readings(
        &self,
        items: &[StatementItem],
        scope: &[String],
        taken: &mut Vec<(Member, Notes)>,
        readings: &mut Vec<Vec<(Member, Notes)>>,
    ) {
        let ends = items.iter().enumerate().filter(|(_, item)| is_separator(item)).map(|(at, _)| at);
        for end in ends.chain([items.len()]) {
            let Ok(member) = self.member(&items[..end], scope) else { continue };
            taken.push(member);
            if end == items.len() {
                readings.push(taken.clone());
            } else {
                self.readings(after_separator(&items[end..]), scope, taken, readings);
            }
            taken.pop();
        }
    }

    fn member(&self, items: &[StatementItem], scope: &[String]) -> Result<(Member, Notes), Fault> {
        if items.is_empty() {
            return Err(Fault::new(Detail::UnknownName, Span::default(), "a name is missing in the list"));
        }
        let mut notes = Vec::new();
        let subject = self.subject(items, scope, &mut notes)?;
        let span = span_of(items);
        if matches!(subject, Subject::Pattern(_)) {
            let message = "a list takes names, variables and parameters, not node patterns";
            let fault = Fault::new(Detail::UnknownName, span, message);
            return Err(fault.help("MATCH the nodes first, and put their variables into the list"));
        }
        Ok((Member { subject, written: words(items), span }, notes))
    }

    /// What is wrong with a list that cannot be read: the first name between commas that stands for nothing.
    fn unread(&self, items: &[StatementItem], scope: &[String]) -> Fault {
        let parts = items.split(|item| matches!(item.kind, StatementItemKind::Comma));
        let faults = parts.filter(|part| !part.is_empty()).map(|part| self.member(part, scope).err());
        faults.flatten().next().unwrap_or_else(|| {
            let message = "a name is missing beside the comma";
            Fault::new(Detail::UnknownName, span_of(items), message)
        })
    }
}

fn is_separator(item: &StatementItem) -> bool {
    match &item.kind {
        StatementItemKind::Comma => true,
        StatementItemKind::Word(word) => word.eq_ignore_ascii_case("and"),
        _ => false,
    }
}

/// What follows a comma, an `and`, or `, and`.
fn after_separator(items: &[StatementItem]) -> &[StatementItem] {
    let is_comma = matches!(items[0].kind, StatementItemKind::Comma);
    let has_and = items.get(1).is_some_and(|item| is_separator(item) && !matches!(item.kind, StatementItemKind::Comma));
    if is_comma && has_and { &items[2..] } else { &items[1..] }
}

/// The words of a list that are not looked up.
pub(super) fn texts(items: &[StatementItem]) -> Result<Subject, Fault> {
    let parts: Vec<&[StatementItem]> = items.split(is_separator).filter(|part| !part.is_empty()).collect();
    let mut texts = Vec::new();
    for part in parts {
        if part.len() > 1 && part.iter().any(|item| !matches!(item.kind, StatementItemKind::Word(_))) {
            return Err(Fault::new(Detail::UnknownName, span_of(part), "a comma is missing between these words"));
        }
        let span = span_of(part);
        texts.push(match &part[0].kind {
            StatementItemKind::Parameter(name) => Expr { span, kind: ExprKind::Parameter(name.clone()) },
            StatementItemKind::Node(_) => {
                return Err(Fault::new(Detail::UnknownName, span, "words are expected here, not a node"));
            }
            _ => Expr { span, kind: ExprKind::Text(words(part)) },
        });
    }
    if texts.is_empty() {
        return Err(Fault::new(Detail::UnknownName, span_of(items), "a word is missing here"));
    }
    Ok(Subject::Texts(texts))
}

/// The variable that stands for a list until [`place`] puts it in: no user can write it.
pub(super) fn marker(list: &str) -> String {
    format!("\0{list}")
}

/// Gives each subject of a list its column: the items of the last RETURN that have the list's name.
pub(super) fn spread(query: &mut Query, list: &str, members: &[Member]) {
    let Some(ClauseKind::Return(last)) = query.first.clauses.last_mut().map(|clause| &mut clause.kind) else { return };
    let items = std::mem::take(&mut last.items);
    for item in items {
        if column_name(&item) != list {
            last.items.push(item);
            continue;
        }
        for (number, member) in members.iter().enumerate() {
            let mut expr = item.expr.clone();
            rewrite::expr(&mut expr, &mut One { list, marker: format!("\0{list}\0{number}") });
            let alias = Some(ident(&member.written, member.span));
            last.items.push(ProjectionItem { expr, alias, text: member.written.clone() });
        }
    }
}

/// Puts one subject's marker in the place of the list's name.
struct One<'l> {
    list: &'l str,
    marker: String,
}

impl Rewriter for One<'_> {
    fn expr(&mut self, expr: &mut Expr) {
        if matches!(&expr.kind, ExprKind::Variable(name) if name == self.list) {
            expr.kind = ExprKind::Variable(self.marker.clone());
        }
    }
}

/// Puts a list, and each subject of it, in the place of its markers.
pub(super) fn place(query: &mut Query, list: &str, subject: &Subject, span: Span) {
    let items = match subject {
        Subject::Several(members) => members.iter().map(|member| value(&member.subject)).collect(),
        Subject::Texts(texts) => texts.clone(),
        _ => return,
    };
    rewrite::query(query, &mut Places { marker: marker(list), items, span });
}

struct Places {
    marker: String,
    items: Vec<Expr>,
    span: Span,
}

impl Rewriter for Places {
    fn expr(&mut self, expr: &mut Expr) {
        let ExprKind::Variable(name) = &expr.kind else { return };
        let Some(rest) = name.strip_prefix(&self.marker) else { return };
        if rest.is_empty() {
            *expr = Expr { span: self.span, kind: ExprKind::List(self.items.clone()) };
        } else if let Some(one) = rest.strip_prefix('\0').and_then(|number| number.parse::<usize>().ok()) {
            expr.clone_from(&self.items[one]);
        }
    }
}

/// A subject as an expression: a name is looked up where it stands.
fn value(subject: &Subject) -> Expr {
    let call = |arg: ExprKind, of: &Ident| {
        let args = vec![Expr { span: of.span, kind: arg }];
        let kind = ExprKind::Call { name: ident("node", of.span), distinct: false, args };
        Expr { span: of.span, kind }
    };
    match subject {
        Subject::Variable(variable) => Expr { span: variable.span, kind: ExprKind::Variable(variable.value.clone()) },
        Subject::Name(name) | Subject::Text(name) => call(ExprKind::Text(name.value.clone()), name),
        Subject::Parameter(name) => call(ExprKind::Parameter(name.value.clone()), name),
        _ => unreachable!("a list holds names, variables and parameters"),
    }
}
