//! Running: answers, cancelling, paging, commands.

use std::fs;

use tempfile::tempdir;

use crate::screen::{Opening, Screen};

/// A query that nobody waits for.
const ENDLESS: &str = "unwind range(1, 1000000) as a unwind range(1, 1000000) as b return count(*) as n";

#[test]
fn the_first_screen_says_what_this_is_how_much_it_holds_and_what_to_type() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    let shown = screen.wait_for(".help");
    for part in ["armed actors", "claims from", "the newest of", "lineage from MUJAO to ISGS", "Iyad Ag Ghali"] {
        assert!(shown.contains(part), "`{part}` is missing in:\n{shown}");
    }
    assert_eq!(screen.leave(), 0);
}

#[test]
fn an_answer_has_its_citations_and_each_can_be_seen_in_full() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    let shown = screen.line("lineage from MUJAO to ISGS");
    assert!(shown.contains("FOUNDED_BY_MEMBERS_OF") && shown.contains("[1]"), "{shown}");
    let shown = screen.line(".source 1");
    assert!(shown.contains("ISGS was founded by members of MUJAO") && shown.contains("reliability"), "{shown}");
    let shown = screen.line(".source 99");
    assert!(shown.contains("citations [1] to"), "{shown}");
}

#[test]
fn ctrl_c_cancels_a_running_question_and_keeps_the_session() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    screen.line("create (:Person {name: 'still here', source: 'weiss-2023', at: 'p. 1'})");
    screen.keys(ENDLESS);
    screen.keys("\r");
    screen.interrupt_until("cancelled");
    screen.wait_for_prompt();
    let shown = screen.line("match (n:Person {name: 'still here'}) return n.name as name");
    assert!(shown.contains("still here"), "{shown}");
    assert_eq!(screen.leave(), 0);
}

#[test]
fn a_time_limit_ends_a_question() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    screen.line(".set time-limit 0.2");
    let shown = screen.line(ENDLESS);
    assert!(shown.contains("its limit"), "{shown}");
}

#[test]
fn a_long_answer_is_read_page_by_page() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::with(&Opening { arguments: &[], home: home.path(), height: 12, variables: &[] });
    screen.wait_for_prompt();
    screen.keys("unwind range(1, 100) as n return 'row ' + toString(n) as r\r");
    let shown = screen.wait_for("-- more");
    assert!(shown.contains("row 5") && !shown.contains("row 50"), "{shown}");
    screen.keys(" ");
    screen.wait_for("row 15");
    screen.wait_for("-- more");
    screen.keys("q");
    let shown = screen.wait_for_prompt();
    assert!(!shown.contains("row 99") && !shown.contains("-- more"), "{shown}");
    assert_eq!(screen.leave(), 0);
}

#[test]
fn the_readers_own_pager_is_taken() {
    let home = tempdir().expect("a folder");
    let variables = [("PAGER", "sed s/^/paged:/")];
    let mut screen = Screen::with(&Opening { arguments: &[], home: home.path(), height: 12, variables: &variables });
    screen.wait_for_prompt();
    screen.keys(".help keys\r");
    screen.wait_for("paged:");
    screen.wait_for_prompt();
}

#[test]
fn a_default_time_stands_in_the_prompt_and_below_the_answers_that_took_it() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    screen.keys(".as-of 2012-07\r");
    screen.wait_for("griot 2012-07>");
    let shown = screen.line("allies of Ansar Dine limit 1");
    assert!(shown.contains("as of 2012-07, the time that was set"), "{shown}");
    let shown = screen.line(".as-of 2012-13");
    assert!(shown.contains("is no time"), "{shown}");
    let shown = screen.line(".as-of off");
    assert!(shown.trim_end().ends_with("griot>"), "{shown}");
}

#[test]
fn an_empty_answer_says_why_in_parts() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    screen.line("match (g:Coalition 'JNIM') where g.name = 'x' return g");
    let shown = screen.line(".why");
    assert!(shown.contains("without `WHERE g.name = 'x'`: 1 row"), "{shown}");
}

#[test]
fn commands_that_do_not_exist_suggest_the_nearest_and_quit_leaves() {
    let home = tempdir().expect("a folder");
    let mut screen = Screen::open(home.path());
    let shown = screen.line(".exmaples");
    assert!(shown.contains("did you mean .examples?"), "{shown}");
    let shown = screen.line(".examples 1");
    assert!(shown.contains("> lineage from MUJAO to ISGS") && shown.contains("[1]"), "{shown}");
    screen.keys("quit\r");
    assert_eq!(screen.end(), 0);
}

#[test]
fn the_file_of_settings_holds_and_its_faults_are_told() {
    let home = tempdir().expect("a folder");
    let folder = home.path().join("config/griot");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("config.toml"), "welcome = false\nmode = \"csv\"\n").expect("a file");
    let mut screen = Screen::open(home.path());
    let shown = screen.line("return 1 as one, 'a,b' as two");
    assert!(shown.contains("1,\"a,b\"") && !shown.contains("armed actors"), "{shown}");
    assert_eq!(screen.leave(), 0);
    fs::write(folder.join("config.toml"), "welcom = false\n").expect("a file");
    let mut screen = Screen::with(&Opening { arguments: &[], home: home.path(), height: 40, variables: &[] });
    let shown = screen.wait_for("did you mean");
    assert!(shown.contains("config.toml:1:1: there is no setting `welcom`; did you mean `welcome`?"), "{shown}");
    assert_eq!(screen.end(), 2);
}
