//! The commands of the prompt: one row each, which knows its name, what it takes, its help, and what it does.
//!
//! To add one: a row in the file of its family, and its line in [`ALL`]. Help, completion and the tests walk the
//! registry.

mod answers;
mod examples;
mod files;
mod graph;
mod session;
mod settings;

pub(super) use self::graph::{all as schema_names, kind_of};
use super::state::Prompt;
use crate::names;
use crate::shell::failure::Failure;
use crate::shell::help;

/// A command.
pub struct Command {
    /// Its name, without the dot.
    pub name: &'static str,
    /// Other names.
    pub aliases: &'static [&'static str],
    /// What it takes, as help writes it.
    pub takes: &'static str,
    /// What completion offers behind it.
    pub argument: Argument,
    /// One line.
    pub meaning: &'static str,
    /// More, for its own page.
    pub about: &'static str,
    /// What it does with what stands behind its name.
    pub run: fn(&mut Prompt<'_>, &str) -> Result<Next, Failure>,
}

/// What completion offers behind a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    Nothing,
    /// A topic of help.
    Topic,
    /// The name of a node.
    Name,
    /// A mode.
    Mode,
    /// An export format, then a file.
    Format,
    /// `on` or `off`.
    Switch,
    /// A file or a folder.
    File,
    /// A setting, then a value.
    Setting,
    /// A kind, type or role.
    Schema,
    /// A date.
    Date,
}

/// What comes after a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The next line.
    Go,
    /// The end.
    Leave,
}

/// What most commands end with.
pub(super) const GO: Result<Next, Failure> = Ok(Next::Go);

/// Every command, in the order in which help lists them.
pub const ALL: &[Command] = &[
    HELP,
    examples::EXAMPLES,
    graph::SCHEMA,
    graph::NAMES,
    answers::LAST,
    answers::SOURCE,
    answers::WHY,
    answers::EXPORT,
    settings::MODE,
    session::AS_OF,
    session::PARAMETER,
    settings::TIMER,
    settings::SET,
    files::READ,
    files::OUTPUT,
    session::CHANGES,
    session::UNDO,
    files::SAVE,
    QUIT,
];

const HELP: Command = Command {
    name: "help",
    aliases: &["h"],
    takes: "[TOPIC]",
    argument: Argument::Topic,
    meaning: "what can be asked; or a chapter, topic, statement, function, command, setting, code",
    about: "",
    run: |prompt, topic| {
        if topic.is_empty() {
            return prompt.page(help::overview).map(|()| Next::Go);
        }
        let mut found = Ok(());
        prompt.page(|page| found = help::find(topic, page))?;
        found.map_err(|near| help::unknown(topic, &near)).and(GO)
    },
};

const QUIT: Command = Command {
    name: "quit",
    aliases: &["q", "exit"],
    takes: "",
    argument: Argument::Nothing,
    meaning: "leave; so does Ctrl-D",
    about: "",
    run: |_, _| Ok(Next::Leave),
};

impl Command {
    /// As help writes it: `.export FORMAT [FILE]`.
    #[must_use]
    pub fn usage(&self) -> String {
        format!(".{} {}", self.name, self.takes).trim_end().to_owned()
    }
}

/// The command of a name, without its dot.
#[must_use]
pub fn find(name: &str) -> Option<&'static Command> {
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    ALL.iter().find(|command| is(command.name) || command.aliases.iter().any(|alias| is(alias)))
}

/// A line `.name rest` in two.
#[must_use]
pub fn split(line: &str) -> (&str, &str) {
    let line = line.trim().trim_start_matches(['.', ':']);
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    // Some end everything with a semicolon.
    (name.trim_end_matches(';'), rest.trim().trim_end_matches(';').trim_end())
}

/// Runs a line that is a command.
pub fn run(prompt: &mut Prompt<'_>, line: &str) -> Result<Next, Failure> {
    let (name, rest) = split(line);
    let Some(command) = find(name) else { return Err(unknown(name)) };
    if command.argument == Argument::Nothing && command.takes.is_empty() && !rest.is_empty() {
        return Err(Failure::Usage(format!("{} takes nothing, and `{rest}` stands behind it", command.usage())));
    }
    (command.run)(prompt, rest)
}

fn unknown(name: &str) -> Failure {
    let all = ALL.iter().flat_map(|command| std::iter::once(command.name).chain(command.aliases.iter().copied()));
    let begins = ALL.iter().find(|command| !name.is_empty() && command.name.starts_with(&name.to_lowercase()));
    let nearest = begins.map(|command| command.name).or_else(|| names::nearest(all, name, 1).first().copied());
    Failure::Usage(match nearest {
        Some(nearest) => format!("there is no command .{name}; did you mean .{nearest}?"),
        None => format!("there is no command .{name}; .help lists them"),
    })
}

/// What to say of an argument that is missing or wrong.
pub(super) fn misused(command: &Command) -> Failure {
    Failure::Usage(format!("write it as {}", command.usage()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_commands() {
        let names = |command: &Command| {
            std::iter::once(command.name).chain(command.aliases.iter().copied()).collect::<Vec<_>>()
        };
        let all: Vec<&str> = ALL.iter().flat_map(names).collect();
        let different: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(all.len(), different.len(), "{all:?}");
    }

    #[test]
    fn an_unknown_command_names_the_nearest() {
        let said = |name: &str| unknown(name).to_string();
        assert_eq!(said("hlep"), "there is no command .hlep; did you mean .help?");
        assert_eq!(said("exp"), "there is no command .exp; did you mean .export?");
        assert_eq!(said("xyzzy"), "there is no command .xyzzy; .help lists them");
    }

    #[test]
    fn a_line_is_a_name_and_the_rest() {
        assert_eq!(split(".export dot  a b.dot "), ("export", "dot  a b.dot"));
        assert_eq!(split(":param;"), ("param", ""));
    }
}
