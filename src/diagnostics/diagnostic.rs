//! The diagnostic itself, and the list that collects them.

use std::fmt;

use super::Code;
use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Blocks: there is no answer, no graph.
    Error,
    /// Travels along with the answer or the graph.
    Warning,
    /// Worth knowing, and nothing is wrong.
    Note,
}

impl Severity {
    /// The word that stands for it in messages.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A range of bytes in one of the sources that are rendered with the diagnostic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The index of the text in the list of sources.
    pub source: usize,
    /// Where in it.
    pub span: Span,
}

impl Place {
    /// The place of a span in the source with this index.
    #[must_use]
    pub fn new(source: usize, span: Span) -> Self {
        Self { source, span }
    }
}

impl From<Span> for Place {
    /// A span in the first source: the query.
    fn from(span: Span) -> Self {
        Self { source: 0, span }
    }
}

/// A place and what to say about it; the text may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is said beside the caret.
    pub text: String,
}

/// One thing that is wrong, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Which sort of fault it is.
    pub code: Code,
    /// What is wrong, in lower case, without a full stop.
    pub message: String,
    /// Where; `None` where the fault stands at no place in a text.
    pub primary: Option<Label>,
    /// Further places that explain it.
    pub secondary: Vec<Label>,
    /// What else is to be known.
    pub notes: Vec<String>,
    /// What to do, in the imperative.
    pub help: Vec<String>,
    /// The nearest right names, best first; the renderer asks "did you mean …".
    pub candidates: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic of a code, with no place yet.
    #[must_use]
    pub fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            candidates: Vec::new(),
        }
    }

    /// An error.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A note.
    #[must_use]
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// Sets where it is, with what to say beside the caret. A bare [`Span`] means the first source.
    #[must_use]
    pub fn at(mut self, place: impl Into<Place>, label: impl Into<String>) -> Self {
        self.primary = Some(Label { place: place.into(), text: label.into() });
        self
    }

    /// Adds a place that explains it.
    #[must_use]
    pub fn with_label(mut self, place: impl Into<Place>, label: impl Into<String>) -> Self {
        self.secondary.push(Label { place: place.into(), text: label.into() });
        self
    }

    /// Adds something to be known.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds something to be done, in the imperative.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds the nearest right names, best first.
    #[must_use]
    pub fn with_candidates<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.candidates.extend(names.into_iter().map(Into::into));
        self
    }

    /// With all places in the first source moved by so many bytes: for a text that is a piece of another one.
    #[must_use]
    pub fn moved(mut self, by: i64) -> Self {
        let labels = self.primary.iter_mut().chain(&mut self.secondary);
        labels.filter(|label| label.place.source == 0).for_each(|label| label.place.span = label.place.span.moved(by));
        self
    }

    /// Whether it blocks.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The candidates as a question: "did you mean `a`, `b` or `c`?"; `None` without candidates.
    #[must_use]
    pub fn question(&self) -> Option<String> {
        let quoted: Vec<String> = self.candidates.iter().map(|name| format!("`{name}`")).collect();
        let (last, rest) = quoted.split_last()?;
        let names = if rest.is_empty() { last.clone() } else { format!("{} or {last}", rest.join(", ")) };
        Some(format!("did you mean {names}?"))
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity.word(), self.code.id, self.message)
    }
}

/// Diagnostics in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one, unless the same is there already: a text that is read twice has its faults once.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let is_same = |each: &Diagnostic| each.primary.is_some() && *each == diagnostic;
        if !self.0.iter().any(is_same) {
            self.0.push(diagnostic);
        }
    }

    /// Takes the last one away.
    pub fn pop(&mut self) -> Option<Diagnostic> {
        self.0.pop()
    }

    /// Whether any of them blocks.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(Diagnostic::is_error)
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|each| each.severity == severity).count()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Orders them by file and place, those without a place last. Those of one place keep the order in which they
    /// were found.
    pub fn sort_by_place(&mut self) {
        self.0.sort_by_key(|each| each.primary.as_ref().map_or((true, Place::default()), |label| (false, label.place)));
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        let mut all = Self::new();
        all.extend(diagnostics);
        all
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        diagnostics.into_iter().for_each(|each| self.push(each));
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Diagnostics {
    /// One line each, without places; with their sources at hand, use [`render`](super::render()).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
