//! The page of a single word: a statement, a function, a keyword, a command, a setting.

use clap::CommandFactory;

use super::{CHAPTERS, Page};
use crate::diagnostics::Code;
use crate::language::{AGGREGATES, FAMILIES, KEYWORDS, STATEMENTS, Statement, Takes};
use crate::shell::arguments::Arguments;
use crate::shell::repl::commands;
use crate::shell::settings::{SETTINGS, Settings};

/// How wide the text of `--help` is, within the narrowest terminals that are usual.
const PROGRAM_WIDTH: usize = 76;

/// A command, with its dot or without.
pub(super) fn command(wanted: &str, page: &mut Page) -> bool {
    let is_plain = !wanted.starts_with(['.', ':']);
    let Some(command) = commands::find(wanted.trim_start_matches(['.', ':'])) else { return false };
    // `.help .set` and `.help set` differ: the latter is a clause of the language.
    if is_plain && KEYWORDS.iter().any(|word| word.words.eq_ignore_ascii_case(wanted)) {
        return false;
    }
    page.heading(&command.usage());
    page.paragraph(command.meaning);
    if !command.about.is_empty() {
        page.paragraph("");
        page.paragraph(command.about);
    }
    true
}

/// What `griot ask`, `griot import` and their kin take: the text of their `--help`.
pub(super) fn program(wanted: &str, page: &mut Page) -> bool {
    let mut arguments = Arguments::command().term_width(PROGRAM_WIDTH);
    let Some(program) = arguments.find_subcommand_mut(wanted) else { return false };
    let help = program.render_long_help().to_string();
    page.heading(&format!("griot {wanted}"));
    page.sample(help.trim_end());
    true
}

/// Their names.
pub(super) fn programs() -> Vec<String> {
    Arguments::command().get_subcommands().map(|program| program.get_name().to_owned()).collect()
}

/// Every statement whose words begin so.
pub(super) fn statements(wanted: &str, page: &mut Page) -> bool {
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let fits = |statement: &&&Statement| {
        let lead = statement.lead();
        !wanted.is_empty()
            && lead.len() >= wanted.len()
            && lead.iter().zip(&wanted).all(|(word, wanted)| word.eq_ignore_ascii_case(wanted))
    };
    let found: Vec<_> = STATEMENTS.iter().filter(fits).collect();
    found.iter().for_each(|statement| self::statement(statement, page));
    !found.is_empty()
}

fn statement(statement: &Statement, page: &mut Page) {
    page.heading(&statement.usage());
    page.paragraph(statement.meaning);
    page.heading("Columns");
    page.rows(statement.columns.iter().map(|(name, meaning)| ((*name).to_owned(), *meaning)));
    page.heading("Modifiers");
    let takes = |words: &str| match words {
        "VIA" => statement.takes.contains(&Takes::Via),
        "WITHIN" => statement.takes.contains(&Takes::Within),
        "THROUGH" | "AVOIDING" => false,
        _ => true,
    };
    let modifiers = KEYWORDS.iter().filter(|word| word.sort == "modifier" && takes(word.words));
    page.rows(modifiers.map(|word| (format!("{} {}", word.words, word.takes).trim_end().to_owned(), word.meaning)));
    if !statement.examples.is_empty() {
        page.heading("Examples");
        statement.examples.iter().for_each(|example| page.sample(example));
    }
}

/// A function or an aggregate.
pub(super) fn function(wanted: &str, page: &mut Page) -> bool {
    let functions = FAMILIES.iter().flat_map(|family| family.functions);
    let is_wanted = |name: &str| name.eq_ignore_ascii_case(wanted);
    if let Some(function) =
        functions.into_iter().find(|each| is_wanted(each.name) || each.aliases.iter().any(|it| is_wanted(it)))
    {
        page.heading(&function.signature());
        page.paragraph(function.meaning);
        page.paragraph(&format!("Gives {}.", function.returns));
        if !function.aliases.is_empty() {
            page.paragraph(&format!("Also written {}.", function.aliases.join(", ")));
        }
        if !function.examples.is_empty() {
            page.heading("Examples");
            page.rows(function.examples.iter().map(|(call, value)| ((*call).to_owned(), *value)));
        }
        return true;
    }
    let Some(aggregate) = AGGREGATES.iter().find(|each| is_wanted(each.name)) else { return false };
    page.heading(&aggregate.signature());
    page.paragraph(aggregate.meaning);
    page.paragraph(&format!("Gives {}, of all rows of a group.", aggregate.returns));
    true
}

/// A clause, a modifier, another keyword; by its first word too.
pub(super) fn keyword(wanted: &str, page: &mut Page) -> bool {
    let is_exact = |words: &str| words.eq_ignore_ascii_case(wanted);
    let begins = |words: &str| words.split(' ').next().is_some_and(|first| first.eq_ignore_ascii_case(wanted));
    let exact: Vec<_> = KEYWORDS.iter().filter(|word| is_exact(word.words)).collect();
    let found = if exact.is_empty() { KEYWORDS.iter().filter(|word| begins(word.words)).collect() } else { exact };
    for word in &found {
        page.heading(format!("{} {}", word.words, word.takes).trim_end());
        page.paragraph(&format!("{} ({})", word.meaning, word.sort));
    }
    !found.is_empty()
}

/// A setting, with its default.
pub(super) fn setting(wanted: &str, page: &mut Page) -> bool {
    let Some(setting) = SETTINGS.iter().find(|setting| setting.name == wanted) else { return false };
    page.heading(&format!(".set {} VALUE", setting.name));
    page.paragraph(setting.meaning);
    page.paragraph(&format!("It takes {}; unset it is {}.", setting.takes, (setting.get)(&Settings::default())));
    true
}

/// A code of a message, with the chapters that show it.
pub(super) fn code(wanted: &str, page: &mut Page) -> bool {
    let Some(code) = Code::find(wanted) else { return false };
    page.heading(&format!("{}: {}", code.id, code.title));
    page.paragraph(&format!("{}.", code.explanation));
    let shown: Vec<&str> = CHAPTERS
        .iter()
        .filter(|chapter| chapter.text.contains(&format!("[{}]", code.id)))
        .map(|chapter| chapter.name)
        .collect();
    if !shown.is_empty() {
        page.paragraph("");
        page.paragraph(&format!("Shown in the manual: {}.", shown.join(", ")));
    }
    true
}
