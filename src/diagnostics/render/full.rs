//! The look of rustc: the lines of the text with carets, notes and advice, through `annotate-snippets`.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostics::{Diagnostic, Diagnostics, Label, Severity};
use crate::source::Source;

pub(super) fn render(diagnostics: &Diagnostics, sources: &[Source], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(&renderer.render(&[group(diagnostic, sources)]));
        out.push('\n');
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a [Source]) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.id);
    let snippets = files(diagnostic).into_iter().filter_map(|file| snippet(diagnostic, sources.get(file)?, file));
    let notes = diagnostic.notes.iter().map(|note| Level::NOTE.message(note.as_str()));
    let question = diagnostic.question().map(|question| Level::HELP.message(question));
    let help = diagnostic.help.iter().map(|help| Level::HELP.message(help.as_str()));
    title.elements(snippets).elements(notes).elements(question).elements(help)
}

/// The sources that the labels stand in, that of the primary label first.
fn files(diagnostic: &Diagnostic) -> Vec<usize> {
    let mut files: Vec<usize> = Vec::new();
    for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
        if !files.contains(&label.place.source) {
            files.push(label.place.source);
        }
    }
    files
}

fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    source: &'a Source,
    file: usize,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let annotate = |kind: AnnotationKind, label: &'a Label| {
        let text = (!label.text.is_empty()).then_some(label.text.as_str());
        kind.span(clip(&source.text, label.place.span.range())).label(text)
    };
    let here = |label: &&Label| label.place.source == file;
    let primary = diagnostic.primary.iter().filter(here).map(|label| annotate(AnnotationKind::Primary, label));
    let context = diagnostic.secondary.iter().filter(here).map(|label| annotate(AnnotationKind::Context, label));
    let annotations: Vec<_> = primary.chain(context).collect();
    let snippet = Snippet::source(source.text.as_str()).path(source.name.as_str()).line_start(source.first_line);
    (!annotations.is_empty()).then(|| snippet.annotations(annotations))
}

/// The range within the text, at character boundaries: the renderer panics on any other.
fn clip(text: &str, range: Range<usize>) -> Range<usize> {
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (start, end) = (boundary(range.start), boundary(range.end));
    start..end.max(start)
}
