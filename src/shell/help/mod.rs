//! Help: topics by name, each made from the registry that it is about, so that nothing is said twice.
//!
//! [`CHAPTERS`] are the manual, [`TOPICS`] the lists; besides them every statement, function, keyword, command, setting
//! and message code is a topic of its own ([`find`]). `griot help` and `.help` show the same.

mod chapters;
mod page;
mod topics;
mod words;

pub use self::chapters::CHAPTERS;
pub use self::page::Page;
pub use self::topics::{TOPICS, overview};
use super::failure::Failure;
use super::pager;
use super::repl::commands;
use super::settings::{Pager, SETTINGS};
use super::terminal::Terminal;
use crate::diagnostics::codes;
use crate::language::{AGGREGATES, FAMILIES, KEYWORDS, STATEMENTS};
use crate::names;

/// Writes the page of a topic; gives the nearest topics where there is none of that name.
pub fn find(name: &str, page: &mut Page) -> Result<(), Vec<String>> {
    let wanted = name.trim().trim_end_matches("()").to_lowercase();
    if let Some(topic) = TOPICS.iter().find(|topic| topic.name == wanted) {
        (topic.write)(page);
        return Ok(());
    }
    let is_dotted = wanted.starts_with('.');
    if !is_dotted && let Some(chapter) = CHAPTERS.iter().find(|chapter| chapter.name == wanted.replace(' ', "-")) {
        chapter.write(page);
        return Ok(());
    }
    if words::command(&wanted, page)
        || words::statements(&wanted, page)
        || words::function(&wanted, page)
        || words::keyword(&wanted, page)
        || words::setting(&wanted, page)
        || words::code(&wanted, page)
        || words::program(&wanted, page)
    {
        return Ok(());
    }
    let all = names();
    let nearest = names::nearest(all.iter().map(String::as_str), &wanted, 3);
    Err(nearest.into_iter().map(str::to_owned).collect())
}

/// What is said of a topic that does not exist.
#[must_use]
pub fn unknown(topic: &str, near: &[String]) -> Failure {
    Failure::Usage(match near {
        [] => format!("there is no help on `{topic}`; `help` alone lists the topics"),
        near => format!("there is no help on `{topic}`; near it: {}", near.join(", ")),
    })
}

/// `griot help [TOPIC]`.
pub fn run(topic: &[String], terminal: &mut Terminal) -> Result<(), Failure> {
    let mut page = Page::new(terminal.width, terminal.paint);
    match topic.join(" ").as_str() {
        "" => overview(&mut page),
        topic => find(topic, &mut page).map_err(|near| unknown(topic, &near))?,
    }
    let text = page.text();
    if Terminal::is_attended() {
        return pager::show(&text, &Pager::Auto, terminal);
    }
    Ok(terminal.out().write_all(text.as_bytes())?)
}

/// All names that are topics, for completion.
#[must_use]
pub fn names() -> Vec<String> {
    let mut all: Vec<String> = TOPICS.iter().map(|topic| topic.name.to_owned()).collect();
    all.extend(CHAPTERS.iter().map(|chapter| chapter.name.to_owned()));
    all.extend(STATEMENTS.iter().map(|statement| statement.lead().join(" ").to_lowercase()));
    all.extend(FAMILIES.iter().flat_map(|family| family.functions).map(|function| function.name.to_owned()));
    all.extend(AGGREGATES.iter().map(|aggregate| aggregate.name.to_owned()));
    all.extend(KEYWORDS.iter().map(|keyword| keyword.words.to_lowercase()));
    all.extend(commands::ALL.iter().map(|command| format!(".{}", command.name)));
    all.extend(SETTINGS.iter().map(|setting| setting.name.to_owned()));
    all.extend(codes::ALL.iter().map(|code| code.id.to_owned()));
    all.extend(words::programs());
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|name| seen.insert(name.clone()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::paint::Paint;

    fn page(name: &str) -> String {
        let mut page = Page::new(80, Paint { is_coloured: false });
        find(name, &mut page).unwrap_or_else(|near| panic!("{name} is no topic; near: {near:?}"));
        page.text()
    }

    #[test]
    fn every_name_that_is_offered_has_a_page() {
        for name in names() {
            assert!(page(&name).lines().count() > 0, "{name}");
        }
    }

    #[test]
    fn a_statement_shows_its_signature_columns_modifiers_and_examples() {
        let lineage = page("lineage from");
        for part in ["LINEAGE FROM a TO b", "path", "VIA", "AS OF", "lineage from MUJAO to ISGS"] {
            assert!(lineage.contains(part), "`{part}` is missing in:\n{lineage}");
        }
        assert!(page("lineage").contains("LINEAGE OF a"), "all statements that begin so");
    }

    #[test]
    fn a_function_shows_its_signature_and_examples() {
        assert!(page("toUpper").contains("toUpper("), "{}", page("toUpper"));
        assert!(page("collect()").contains("collect(value)"));
    }

    #[test]
    fn every_line_fits() {
        // The chapters show blocks as they stand.
        for name in names().into_iter().filter(|name| CHAPTERS.iter().all(|chapter| chapter.name != name)) {
            let text = page(&name);
            assert!(text.lines().all(|line| line.chars().count() <= 80), "{name}:\n{text}");
        }
    }

    #[test]
    fn a_code_shows_its_meaning_and_where_it_is_shown() {
        let shown = page("g0201");
        assert!(shown.contains("unknown name") && shown.contains("messages-binding"), "{shown}");
    }

    #[test]
    fn a_chapter_may_be_named_with_blanks() {
        assert_eq!(page("first steps"), page("first-steps"));
    }

    #[test]
    fn an_unknown_topic_has_its_nearest() {
        let mut page = Page::new(80, Paint { is_coloured: false });
        assert!(find("lineag", &mut page).expect_err("no topic")[0].starts_with("lineage"));
    }
}
