//! The look of diagnostics, pinned.

use super::*;
use crate::diagnostics::{Diagnostic, Place, codes};
use crate::source::Span;

fn sample() -> (Diagnostics, Vec<Source>) {
    let node = "[[node]]\nid = \"jnim\"\nkind = \"Coalitoin\"\n";
    let sources = vec![Source::new("kb/jnim.toml", node), Source::new("kb/schema/kinds.toml", "[Coalition]\n")];
    let at = node.find("\"Coal").expect("the kind");
    let unknown = Diagnostic::error(codes::UNKNOWN_KIND, "there is no kind `Coalitoin`")
        .at(Place::new(0, Span::new(at, at + 11)), "not in schema/kinds.toml")
        .with_label(Place::new(1, Span::new(0, 11)), "the nearest kind")
        .with_candidates(["Coalition", "Collective"])
        .with_help("add a table to schema/kinds.toml to have a new kind");
    let unplaced = Diagnostic::warning(codes::EMPTY_BASE, "no node anywhere").with_note("2 files were read");
    (Diagnostics::from_iter([unknown, unplaced]), sources)
}

#[test]
fn full_shows_lines_carets_and_advice() {
    let (diagnostics, sources) = sample();
    insta::assert_snapshot!(render(&diagnostics, &sources, Format::Full { colour: false }), @r#"
    error[G0308]: there is no kind `Coalitoin`
     --> kb/jnim.toml:3:8
      |
    3 | kind = "Coalitoin"
      |        ^^^^^^^^^^^ not in schema/kinds.toml
      |
     ::: kb/schema/kinds.toml:1:1
      |
    1 | [Coalition]
      | ----------- the nearest kind
      |
      = help: did you mean `Coalition` or `Collective`?
      = help: add a table to schema/kinds.toml to have a new kind

    warning[G0337]: no node anywhere
     |
     = note: 2 files were read
    "#);
}

#[test]
fn full_in_colour_holds_the_same_text() {
    let (diagnostics, sources) = sample();
    let coloured = render(&diagnostics, &sources, Format::Full { colour: true });
    assert!(coloured.contains("\u{1b}["));
    let stripped = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(stripped, render(&diagnostics, &sources, Format::Full { colour: false }));
}

#[test]
fn concise_is_one_line_each() {
    let (diagnostics, sources) = sample();
    insta::assert_snapshot!(render(&diagnostics, &sources, Format::Concise), @r#"
    kb/jnim.toml:3:8: error[G0308]: there is no kind `Coalitoin`
    warning[G0337]: no node anywhere
    "#);
}

#[test]
fn json_holds_every_field() {
    let (diagnostics, sources) = sample();
    insta::assert_snapshot!(render(&diagnostics, &sources, Format::Json), @r#"[{"severity":"error","code":"G0308","title":"unknown kind","message":"there is no kind `Coalitoin`","place":{"file":"kb/jnim.toml","line":3,"column":8,"end_line":3,"end_column":19,"label":"not in schema/kinds.toml"},"related":[{"file":"kb/schema/kinds.toml","line":1,"column":1,"end_line":1,"end_column":12,"label":"the nearest kind"}],"notes":[],"help":["add a table to schema/kinds.toml to have a new kind"],"candidates":["Coalition","Collective"]},{"severity":"warning","code":"G0337","title":"empty knowledge base","message":"no node anywhere","place":null,"related":[],"notes":["2 files were read"],"help":[],"candidates":[]}]"#);
}

#[test]
fn places_outside_the_text_are_clipped() {
    let sources = vec![Source::new("<query>", "é")];
    for span in [Span::new(1, 1), Span::new(0, 1), Span::new(5, 9), Span::new(2, 0)] {
        let diagnostic = Diagnostic::error(codes::UNFINISHED_QUERY, "something must follow").at(span, "");
        for format in [Format::Full { colour: false }, Format::Concise, Format::Json] {
            assert!(render(&diagnostic.clone().into(), &sources, format).contains("something must follow"));
        }
    }
}

#[test]
fn sorting_goes_by_file_and_place_with_unplaced_ones_last() {
    let at = |source, start| {
        Diagnostic::error(codes::UNKNOWN_KEY, format!("{source} {start}"))
            .at(Place::new(source, Span::new(start, start)), "")
    };
    let unplaced = Diagnostic::error(codes::EMPTY_BASE, "unplaced");
    let mut diagnostics = Diagnostics::from_iter([unplaced, at(1, 0), at(0, 7), at(0, 3)]);
    diagnostics.sort_by_place();
    let messages: Vec<&str> = diagnostics.iter().map(|each| each.message.as_str()).collect();
    assert_eq!(messages, ["0 3", "0 7", "1 0", "unplaced"]);
}
