//! The pages of help that are no single word: one row each.

use super::{CHAPTERS, Page};
use crate::diagnostics::{Group, codes};
use crate::export;
use crate::language::{FAMILIES, KEYWORDS, STATEMENTS};
use crate::shell::repl::commands;
use crate::shell::settings::SETTINGS;

/// A page of help.
pub struct Topic {
    /// Its name, in lower case.
    pub name: &'static str,
    /// One line.
    pub meaning: &'static str,
    /// Writes it.
    pub write: fn(&mut Page),
}

/// Every page, in the order in which help lists them.
pub const TOPICS: &[Topic] = &[
    Topic { name: "manual", meaning: "the chapters of the manual", write: manual },
    Topic { name: "statements", meaning: "the questions, with what they answer", write: statements },
    Topic { name: "modifiers", meaning: "time, depth, evidence: what follows a statement", write: modifiers },
    Topic { name: "clauses", meaning: "MATCH … RETURN and the other clauses of openCypher", write: clauses },
    Topic { name: "functions", meaning: "functions and aggregates", write: functions },
    Topic { name: "commands", meaning: "the commands of the prompt, which begin with a dot", write: all_commands },
    Topic { name: "settings", meaning: "what .set changes, and the file of settings", write: settings },
    Topic { name: "formats", meaning: "the formats of .mode, .export and EXPORT", write: formats },
    Topic { name: "keys", meaning: "the keys of the prompt", write: keys },
    Topic { name: "codes", meaning: "the codes of messages, such as G0201", write: all_codes },
];

/// What `.help` alone shows.
pub fn overview(page: &mut Page) {
    page.paragraph(
        "Type a question in the words below; it runs when it is complete, or at a semicolon. Names are bare \
         (Iyad Ag Ghali) or quoted; Tab completes them.",
    );
    page.heading("Questions");
    statement_rows(page);
    page.heading("After a question");
    page.rows(KEYWORDS.iter().filter(|word| word.sort == "modifier").take(6).map(|word| (usage(word), word.meaning)));
    page.heading("Commands");
    page.rows(commands::ALL.iter().map(|command| (command.usage(), command.meaning)));
    page.heading("Chapters of the manual");
    chapter_rows(page);
    page.heading("More: help TOPIC, where TOPIC is any word above, or");
    page.rows(TOPICS.iter().map(|topic| (topic.name.to_owned(), topic.meaning)));
}

fn usage(word: &crate::language::Keyword) -> String {
    format!("{} {}", word.words, word.takes).trim_end().to_owned()
}

fn chapter_rows(page: &mut Page) {
    page.rows(CHAPTERS.iter().map(|chapter| (chapter.name.to_owned(), chapter.meaning)));
}

fn manual(page: &mut Page) {
    page.heading("The manual");
    chapter_rows(page);
    page.paragraph("");
    page.paragraph("`help first-steps` shows the first of them; what its blocks show was printed by griot.");
}

fn all_codes(page: &mut Page) {
    let groups = [
        (Group::Syntax, "how a query is written"),
        (Group::Binding, "what a query names"),
        (Group::Knowledge, "the files of a knowledge base"),
        (Group::Running, "while a query runs"),
        (Group::Files, "files on disk"),
    ];
    for (group, heading) in groups {
        page.heading(heading);
        let of_group = codes::ALL.iter().filter(|code| code.group() == group);
        page.rows(of_group.map(|code| (code.id.to_owned(), code.title)));
    }
    page.paragraph("");
    page.paragraph("`help G0201` shows one in full.");
}

fn statement_rows(page: &mut Page) {
    page.rows(STATEMENTS.iter().map(|statement| (statement.usage(), statement.meaning)));
}

fn statements(page: &mut Page) {
    page.heading("Questions");
    statement_rows(page);
    page.paragraph("");
    page.paragraph(
        "Each is a clause like MATCH: it may stand first or after other clauses, and RETURN, WHERE, ORDER BY may follow. \
         Without RETURN its columns are shown. `.help lineage` shows one with its columns, modifiers and examples.",
    );
}

fn modifiers(page: &mut Page) {
    page.heading("Modifiers, in any order, each once");
    page.rows(KEYWORDS.iter().filter(|word| word.sort == "modifier").map(|word| (usage(word), word.meaning)));
    page.paragraph("");
    page.paragraph("Those on time and evidence also follow a MATCH pattern, before its WHERE.");
}

fn clauses(page: &mut Page) {
    page.heading("Clauses");
    page.rows(KEYWORDS.iter().filter(|word| word.sort == "clause").map(|word| (usage(word), word.meaning)));
    page.heading("Within and after them");
    page.rows(KEYWORDS.iter().filter(|word| word.sort == "keyword").map(|word| (usage(word), word.meaning)));
    page.heading("For example");
    page.sample("match (l:Person)-[r:LED]->(g:ArmedGroup) return l.name, count(distinct g) as groups\norder by groups desc limit 5");
}

fn functions(page: &mut Page) {
    for family in FAMILIES {
        page.heading(family.name);
        page.rows(family.functions.iter().map(|function| (function.signature(), function.meaning)));
    }
    page.heading("aggregates");
    let aggregates = crate::language::AGGREGATES.iter();
    page.rows(aggregates.map(|aggregate| (aggregate.signature(), aggregate.meaning)));
}

fn all_commands(page: &mut Page) {
    page.heading("Commands");
    page.rows(commands::ALL.iter().map(|command| (command.usage(), command.meaning)));
    page.paragraph("");
    page.paragraph("`.help .export` shows one in full. A colon may stand for the dot, as in :param.");
}

fn settings(page: &mut Page) {
    page.heading("Settings");
    page.rows(SETTINGS.iter().map(|setting| (format!("{} ({})", setting.name, setting.takes), setting.meaning)));
    page.paragraph("");
    page.paragraph(
        "`.set` shows what they are now and where their file is; `.set NAME VALUE` changes one until you leave.",
    );
}

fn formats(page: &mut Page) {
    page.heading("Formats");
    let table = ("table".to_owned(), "a table for people, with numbered citations below");
    let others = export::FORMATS.iter().map(|format| (format.name.to_owned(), format.meaning));
    page.rows(std::iter::once(table).chain(others));
}

fn keys(page: &mut Page) {
    page.heading("Keys");
    let row = |keys: &str, meaning: &'static str| (keys.to_owned(), meaning);
    page.rows([
        row("Tab", "complete what is being typed, or list what may come"),
        row("→, End, Ctrl-F", "take over the hint behind the cursor"),
        row("↑ ↓", "earlier and later lines; in several lines, up and down"),
        row("Ctrl-R", "search the history"),
        row("Enter", "run, if the question is complete; else begin the next line"),
        row("Alt-Enter", "begin the next line in any case"),
        row("Enter on an empty line", "run what stands there, complete or not"),
        row("Ctrl-C", "clear the line; cancel the running question"),
        row("Ctrl-D", "leave, on an empty line"),
        row("Ctrl-A Ctrl-E Ctrl-W Ctrl-U", "to the start, to the end, delete the word, delete to the start"),
    ]);
}
