//! Commands on the last answer.

use std::path::Path;

use super::{Argument, Command, GO, Next, misused};
use crate::answer::{Citations, Message};
use crate::shell::failure::Failure;
use crate::shell::repl::state::Prompt;
use crate::shell::{file, show, source_page};

pub(super) const LAST: Command = Command {
    name: "last",
    aliases: &[],
    takes: "",
    argument: Argument::Nothing,
    meaning: "the last answer again, all its rows, in the mode that is set now",
    about: "After .mode or .output, .last writes the answer anew without asking again.",
    run: |prompt, _| {
        prompt.asked()?;
        prompt.show_last(None).map(|()| Next::Go)
    },
};

pub(super) const SOURCE: Command = Command {
    name: "source",
    aliases: &["cite"],
    takes: "N",
    argument: Argument::Nothing,
    meaning: "a citation of the last answer in full: [N]",
    about: "What the claim says, where it stands in the source, how the source puts it and whom it quotes, and all that \
            is known of the source itself.",
    run: source,
};

fn source(prompt: &mut Prompt<'_>, rest: &str) -> Result<Next, Failure> {
    let asked = prompt.asked()?;
    let citations = Citations::of(&asked.answer, prompt.last_rows.unwrap_or(usize::MAX));
    let count = citations.lines().count();
    if count == 0 {
        return Err(Failure::Usage("the last answer cites nothing".to_owned()));
    }
    let number = rest.trim_matches(['[', ']']).parse().ok().filter(|number| (1..=count).contains(number));
    let Some(number) = number else {
        return Err(Failure::Usage(format!("the last answer has the citations [1] to [{count}], not `{rest}`")));
    };
    let answer = asked.answer.clone();
    prompt.page(|page| source_page::write(&answer, &citations, number, page))?;
    GO
}

pub(super) const WHY: Command = Command {
    name: "why",
    aliases: &[],
    takes: "",
    argument: Argument::Nothing,
    meaning: "why the last answer is empty: which condition leaves no rows, and what is there without it",
    about: "The question is asked again in parts: clause by clause up to the one that leaves nothing, and that one \
            without its times, its conditions, its patterns one by one.",
    run: why,
};

fn why(prompt: &mut Prompt<'_>, _: &str) -> Result<Next, Failure> {
    let asked = prompt.asked()?;
    if !asked.answer.has_table() {
        return Err(Failure::Usage("the last answer has no rows to miss".to_owned()));
    }
    if !asked.answer.rows.is_empty() {
        let rows = crate::shell::library::counted(asked.answer.rows.len(), "row");
        return Err(Failure::Usage(format!("the last answer is not empty: it has {rows}")));
    }
    let (text, said) = (asked.text.clone(), asked.answer.messages.clone());
    let parameters = prompt.parameters.clone();
    let reasons = prompt.library.session().why_no_rows(&text, &parameters);
    said.iter().chain(&reasons).try_for_each(|message| prompt.say(message))?;
    if said.is_empty() && reasons.is_empty() {
        prompt.say(&Message::note("every part of the question has rows by itself; together they have none"))?;
    }
    GO
}

pub(super) const EXPORT: Command = Command {
    name: "export",
    aliases: &[],
    takes: "FORMAT [FILE]",
    argument: Argument::Format,
    meaning: "the last answer in a format, into a file or here",
    about: "The same as EXPORT at the end of a question, afterwards: .export dot jnim.dot",
    run: export,
};

fn export(prompt: &mut Prompt<'_>, rest: &str) -> Result<Next, Failure> {
    let (format, path) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    if format.is_empty() {
        return Err(misused(&EXPORT));
    }
    let format = show::format(format)?;
    let path = path.trim().trim_matches(['\'', '"']);
    let answer = prompt.asked()?.answer.clone();
    if path.is_empty() {
        let mut text = Vec::new();
        (format.answer)(&answer, &mut text)?;
        return prompt.deliver(&text).map(|()| Next::Go);
    }
    prompt.may_use_file(Path::new(path))?;
    file::write(Path::new(path), |out| (format.answer)(&answer, out))?;
    prompt.say(&Message::note(format!("wrote {path}")))?;
    GO
}
