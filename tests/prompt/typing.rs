//! Typing: colours, hints, completion, several lines, history.

use tempfile::tempdir;

use crate::screen::{Screen, cursor_line};

/// Waits until the typed line, up to the cursor, reads so.
fn wait_for_line(screen: &mut Screen, line: &str) {
    let wanted = format!("griot> {line}");
    screen.wait(&format!("line `{line}`"), |shown| cursor_line(shown) == wanted);
}

#[test]
fn tab_completes_a_name_by_a_word_in_its_middle() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    screen.keys("network of Ghal\t");
    wait_for_line(&mut screen, "network of Iyad Ag Ghali");
    screen.keys(" withi\t");
    wait_for_line(&mut screen, "network of Iyad Ag Ghali within ");
    assert_eq!(
        {
            screen.keys("\u{3}");
            screen.wait_for_prompt();
            screen.leave()
        },
        0
    );
}

#[test]
fn tab_lists_several_candidates_with_their_kinds() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    screen.keys("match (g)-[:ALL\t");
    let shown = screen.wait_for("ALLIED_WITH");
    assert!(shown.contains("role") && shown.contains("type"), "{shown}");
}

#[test]
fn what_is_typed_is_coloured_by_what_it_is() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    screen.keys("lineage from MUJAO to 'ISGS'");
    wait_for_line(&mut screen, "lineage from MUJAO to 'ISGS'");
    // The last key's colours may come a moment after its letter.
    screen.wait("colours", |shown| {
        let (row, _) = shown.cursor_position();
        let colour = |column: u16| shown.cell(row, 7 + column).map(vt100::Cell::fgcolor);
        let (statement, name, string) = (colour(0), colour(13), colour(22));
        statement == Some(vt100::Color::Idx(6))
            && name == Some(vt100::Color::Default)
            && string == Some(vt100::Color::Idx(2))
    });
}

#[test]
fn hints_show_what_comes_next_and_the_right_arrow_takes_the_words() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    screen.keys("lin");
    screen.wait_for("lineage from a to b");
    screen.keys("\u{1b}[C");
    wait_for_line(&mut screen, "lineage from ");
    screen.keys("MUJAO ");
    screen.wait_for("lineage from MUJAO to b");
}

#[test]
fn a_question_goes_on_over_lines_until_it_is_whole() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    screen.keys("match (g:Coalition 'JNIM')\r");
    screen.wait("a second line", |shown| cursor_line(shown).is_empty());
    screen.keys("return g.name as called\r");
    screen.wait_for_prompt();
    let shown = screen.wait_for("called\n");
    assert!(shown.contains("JNIM"), "{shown}");
}

#[test]
fn an_empty_line_runs_what_stands_there() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    screen.keys("return 'no end\r");
    screen.wait("a second line", |shown| cursor_line(shown).is_empty());
    screen.keys("\r");
    screen.wait_for("this string has no end");
    screen.wait_for_prompt();
}

#[test]
fn ctrl_c_clears_the_line_and_ctrl_d_leaves() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    screen.keys("lineage from nowhere");
    wait_for_line(&mut screen, "lineage from nowhere");
    screen.keys("\u{3}");
    screen.wait_for_prompt();
    assert_eq!(screen.leave(), 0);
}

#[test]
fn lines_of_an_earlier_session_come_back() {
    let home = tempdir().expect("a folder");
    let mut first = Screen::open(home.path());
    first.line("return 'from the first session' as said");
    assert_eq!(first.leave(), 0);
    let mut second = Screen::open(home.path());
    second.keys("\u{1b}[A");
    wait_for_line(&mut second, "return 'from the first session' as said");
    assert!(home.path().join("state/griot/history").is_file());
}
