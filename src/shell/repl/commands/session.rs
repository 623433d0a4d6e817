//! Commands on the session: the default time, parameters, and what was changed.

use super::{Argument, Command, GO, Next, misused};
use crate::answer::Message;
use crate::shell::failure::Failure;
use crate::shell::library::{self, Piece, counted};
use crate::shell::repl::state::Prompt;
use crate::source::{Source, Span};

pub(super) const AS_OF: Command = Command {
    name: "as-of",
    aliases: &["asof"],
    takes: "[DATE|off]",
    argument: Argument::Date,
    meaning: "a time for every question that names none: 2012-07, today; off takes it away",
    about: "It stands in the prompt, and below every answer that took it.",
    run: as_of,
};

fn as_of(prompt: &mut Prompt<'_>, rest: &str) -> Result<Next, Failure> {
    let session = prompt.library.session();
    if rest.is_empty() {
        let now = session.default_time().map_or_else(
            || "no time is set: questions without one ask for any time".to_owned(),
            |time| format!("questions without a time are asked as of {time}; .as-of off ends that"),
        );
        prompt.say(&Message::note(now))?;
        return GO;
    }
    if matches!(rest, "off" | "none") {
        session.set_default_time(None).map_err(|failure| refused(rest, &failure))?;
        return GO;
    }
    session.set_default_time(Some(rest)).map_err(|failure| refused(rest, &failure))?;
    GO
}

fn refused(date: &str, failure: &crate::Failure) -> Failure {
    let said = failure.faults.first().map(|fault| fault.diagnostic.message.clone()).unwrap_or_default();
    Failure::Usage(format!("`{date}` is no time: {said}; write .as-of 2012-07, .as-of today, or .as-of off"))
}

pub(super) const PARAMETER: Command = Command {
    name: "param",
    aliases: &["params"],
    takes: "[NAME = VALUE]",
    argument: Argument::Nothing,
    meaning: "set $NAME for the questions that follow; alone, list what is set",
    about: "The value is an expression: .param name = 'Ansar Dine', .param years = [2012, 2013]",
    run: parameter,
};

fn parameter(prompt: &mut Prompt<'_>, rest: &str) -> Result<Next, Failure> {
    if rest.is_empty() {
        let set: Vec<String> =
            prompt.parameters.iter().map(|(name, value)| format!("${name} = {}", library::literal(value))).collect();
        let text = if set.is_empty() { "no parameter is set".to_owned() } else { set.join("\n      ") };
        prompt.say(&Message::note(text))?;
        return GO;
    }
    let Some((name, value)) = rest.split_once('=').map(|(name, value)| (name.trim(), value.trim())) else {
        return Err(misused(&PARAMETER));
    };
    let name = name.trim_start_matches('$');
    if name.is_empty() || value.is_empty() || name.contains(char::is_whitespace) {
        return Err(misused(&PARAMETER));
    }
    let source = Source::new("<value>", value);
    let piece = Piece { whole: &source, span: Span::new(0, value.len()) };
    let value = prompt.library.value(piece, &prompt.parameters, prompt.terminal)?;
    prompt.parameters.insert(name.into(), value);
    GO
}

pub(super) const CHANGES: Command = Command {
    name: "changes",
    aliases: &[],
    takes: "",
    argument: Argument::Nothing,
    meaning: "what was changed since the start, statement by statement",
    about: "Changes live in the session, until you leave; .undo takes back the last.",
    run: changes,
};

fn changes(prompt: &mut Prompt<'_>, _: &str) -> Result<Next, Failure> {
    let changes = prompt.library.session().changes();
    if changes.is_empty() {
        prompt.say(&Message::note("nothing was changed"))?;
        return GO;
    }
    prompt.page(|page| {
        for each in &changes {
            page.heading(&each.statements.join("; "));
            each.items.iter().for_each(|item| page.sample(&item.to_string()));
        }
    })?;
    GO
}

pub(super) const UNDO: Command = Command {
    name: "undo",
    aliases: &[],
    takes: "",
    argument: Argument::Nothing,
    meaning: "take back the last statement that changed something",
    about: "",
    run: undo,
};

fn undo(prompt: &mut Prompt<'_>, _: &str) -> Result<Next, Failure> {
    let Some(undone) = prompt.library.session().undo() else {
        return Err(Failure::Usage("there is nothing to take back".to_owned()));
    };
    let what = counted(undone.items.len(), "change");
    prompt.say(&Message::note(format!("took back {what}: {}", undone.statements.join("; "))))?;
    GO
}
