//! One line a diagnostic: `file:line:column: error[G0101]: message`, as editors and `grep` like it.

use std::fmt::Write;

use crate::diagnostics::Diagnostics;
use crate::source::Source;

pub(super) fn render(diagnostics: &Diagnostics, sources: &[Source]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let place = diagnostic.primary.as_ref().map(|label| label.place);
        if let Some((place, source)) = place.and_then(|place| Some((place, sources.get(place.source)?))) {
            let at = source.position(place.span.start);
            write!(out, "{}:{}:{}: ", source.name, at.line, at.column).expect("a String takes any text");
        }
        writeln!(out, "{diagnostic}").expect("a String takes any text");
    }
    out
}
