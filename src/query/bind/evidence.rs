//! Modifiers on time and evidence: AS OF, DURING, THROUGHOUT, CERTAINLY, ACCORDING TO and their kin.

use std::sync::Arc;

use super::Binder;
use super::expand::{Named, names};
use super::fault::{Detail, Fault};
use super::scope::Scope;
use super::tree::{BoundEvidence, BoundPoint, BoundTime, TimeMode, Voice};
use crate::diagnostics::codes;
use crate::model::Wording;
use crate::query::syntax::ast::{Expr, ExprKind, Modifier, ModifierKind, StatementItem, TimePoint, TimeSpan};
use crate::source::Span;
use crate::time::Edtf;

impl Binder<'_> {
    /// What the modifiers of a MATCH ask; none if there are none.
    pub(super) fn evidence(&mut self, scope: &Scope, modifiers: &[Modifier]) -> Option<BoundEvidence> {
        if modifiers.is_empty() {
            return None;
        }
        let mut evidence = BoundEvidence::default();
        let mut said: Vec<&'static str> = Vec::new();
        for modifier in modifiers {
            let what = self.modifier(scope, modifier, &mut evidence);
            if said.contains(&what) {
                let fault = Fault::new(Detail::StatementMismatch, modifier.span, format!("{what} is given twice"));
                self.faults.push(fault.under(codes::BAD_MODIFIER));
            }
            said.push(what);
        }
        Some(evidence)
    }

    fn modifier(&mut self, scope: &Scope, modifier: &Modifier, into: &mut BoundEvidence) -> &'static str {
        match &modifier.kind {
            ModifierKind::AsOf(point) => {
                let point = self.point(scope, point);
                into.time = Some(BoundTime { mode: TimeMode::AsOf, from: point.clone(), to: point });
                "a time"
            }
            ModifierKind::During(span) => {
                into.time = Some(self.span(scope, span, TimeMode::During));
                "a time"
            }
            ModifierKind::Throughout(span) => {
                into.time = Some(self.span(scope, span, TimeMode::Throughout));
                "a time"
            }
            ModifierKind::Certainly => {
                into.certainly = true;
                "CERTAINLY"
            }
            ModifierKind::KnownBy(point) => {
                into.known_by = self.point(scope, point);
                "KNOWN BY"
            }
            ModifierKind::AccordingTo(items) => {
                into.according_to = Some(self.voices(scope, items));
                "ACCORDING TO"
            }
            ModifierKind::WithoutSource(items) => {
                into.without = self.voices(scope, items);
                "WITHOUT SOURCE"
            }
            ModifierKind::Rated(grade) => {
                into.rated = self.grade(grade, modifier.span);
                "RATED"
            }
            ModifierKind::Worded(words) => {
                for word in words {
                    match Wording::from_word(&word.value.to_lowercase()) {
                        Some(wording) => into.worded.push(wording),
                        None => {
                            let known = Wording::ALL.iter().map(|each| each.word());
                            let nearest = crate::names::nearest(known, &word.value, 2);
                            let message = format!("`{}` is no wording", word.value);
                            let fault = Fault::new(Detail::StatementMismatch, word.span, message);
                            let all: Vec<&str> = Wording::ALL.iter().map(|each| each.word()).collect();
                            self.faults
                                .push(fault.note(format!("the wordings: {}", all.join(", "))).candidates(nearest));
                        }
                    }
                }
                "WORDED"
            }
            ModifierKind::Within { .. } => self.misplaced("WITHIN", modifier.span),
            ModifierKind::Via(_) => self.misplaced("VIA", modifier.span),
            ModifierKind::Through(_) => self.misplaced("THROUGH", modifier.span),
            ModifierKind::Avoiding(_) => self.misplaced("AVOIDING", modifier.span),
        }
    }

    fn misplaced(&mut self, what: &'static str, span: Span) -> &'static str {
        let message = format!("{what} belongs to statements, not to MATCH");
        let fault = Fault::new(Detail::StatementMismatch, span, message).under(codes::BAD_MODIFIER);
        self.faults.push(fault.help("say it in the pattern: types after the colon, hops as *1..3"));
        what
    }

    fn point(&mut self, scope: &Scope, point: &TimePoint) -> Option<BoundPoint> {
        match point {
            TimePoint::Literal(literal) => match Edtf::parse(&literal.value) {
                Ok(date) => Some(BoundPoint::Date(Arc::new(date))),
                Err(error) => {
                    let start = literal.span.start as usize;
                    let span = Span::new(start + error.span.start, start + error.span.end.max(error.span.start + 1));
                    let mut fault = Fault::new(Detail::StatementMismatch, span, error.message).under(codes::BAD_DATE);
                    if let Some(hint) = error.hint {
                        fault = fault.help(hint);
                    }
                    self.faults.push(fault);
                    None
                }
            },
            TimePoint::Today(_) => Some(BoundPoint::Today),
            TimePoint::Expr(expr) => Some(BoundPoint::Expr(Box::new(self.expr(scope, expr)))),
        }
    }

    fn span(&mut self, scope: &Scope, span: &TimeSpan, mode: TimeMode) -> BoundTime {
        match span {
            TimeSpan::Point(point) => {
                let point = self.point(scope, point);
                BoundTime { mode, from: point.clone(), to: point }
            }
            TimeSpan::Between(from, to) => {
                let from = from.as_ref().and_then(|from| self.point(scope, from));
                let to = to.as_ref().and_then(|to| self.point(scope, to));
                BoundTime { mode, from, to }
            }
        }
    }

    /// Names that stand for nodes, variables that are spelt exactly so, and parameters.
    fn voices(&mut self, scope: &Scope, items: &[StatementItem]) -> Vec<Voice> {
        let mut voices = Vec::new();
        for named in names(items) {
            let expr = match named {
                Named::Name(name) if scope.get(&name.value).is_none() => {
                    voices.extend(self.resolve_voice(&name.value, name.span).map(Voice::Node));
                    continue;
                }
                Named::Name(name) => Expr { span: name.span, kind: ExprKind::Variable(name.value) },
                Named::Parameter(name) => Expr { span: name.span, kind: ExprKind::Parameter(name.value) },
            };
            voices.push(Voice::Expr(Box::new(self.expr(scope, &expr))));
        }
        voices
    }

    /// `B2`: reliability B or better, credibility 2 or better.
    fn grade(&mut self, grade: &str, span: Span) -> Option<(char, u8)> {
        let mut letters = grade.chars();
        let (letter, digit) = (letters.next().map(|it| it.to_ascii_uppercase()), letters.next());
        match (letter, digit.and_then(|digit| digit.to_digit(10)), letters.next()) {
            (Some(letter @ 'A'..='F'), Some(digit @ 1..=6), None) => {
                Some((letter, u8::try_from(digit).expect("one digit")))
            }
            _ => {
                let message = format!("`{grade}` is no grade of the Admiralty code");
                let fault = Fault::new(Detail::StatementMismatch, span, message).under(codes::BAD_MODIFIER);
                self.faults.push(fault.help("write a letter from A to F and a digit from 1 to 6, such as B2"));
                None
            }
        }
    }
}
