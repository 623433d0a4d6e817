//! Commands on settings.

use super::{Argument, Command, GO, Next};
use crate::answer::Message;
use crate::shell::failure::Failure;
use crate::shell::repl::state::Prompt;
use crate::shell::settings::{self, SETTINGS, Settings};

pub(super) const MODE: Command = Command {
    name: "mode",
    aliases: &[],
    takes: "[FORMAT]",
    argument: Argument::Mode,
    meaning: "how answers are written: table, json, csv, dot …",
    about: "",
    run: |prompt, rest| change(prompt, "mode", rest),
};

pub(super) const TIMER: Command = Command {
    name: "timer",
    aliases: &[],
    takes: "[on|off]",
    argument: Argument::Switch,
    meaning: "show how long each question took",
    about: "",
    run: |prompt, rest| {
        let other = if prompt.settings.timer { "off" } else { "on" };
        change(prompt, "timer", if rest.is_empty() { other } else { rest })
    },
};

pub(super) const SET: Command = Command {
    name: "set",
    aliases: &["settings"],
    takes: "[NAME VALUE]",
    argument: Argument::Setting,
    meaning: "the settings and their file; or set one until you leave",
    about: "What stands in the file of settings (TOML, one line a setting) holds for every prompt. Names in it that no \
            setting has are faults.",
    run: set,
};

fn set(prompt: &mut Prompt<'_>, rest: &str) -> Result<Next, Failure> {
    let (name, value) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    if !name.is_empty() {
        return change(prompt, name, value.trim().trim_start_matches('=').trim_start());
    }
    let now = prompt.settings.clone();
    prompt.page(|page| {
        page.heading("Settings");
        let default = Settings::default();
        page.rows(SETTINGS.iter().map(|setting| {
            let value = (setting.get)(&now);
            let mark = if value == (setting.get)(&default) { "" } else { " (changed)" };
            (format!("{} = {value}{mark}", setting.name), setting.meaning)
        }));
        page.paragraph("");
        match settings::config_file() {
            Some(path) => page.paragraph(&format!("The file of settings is {}.", path.display())),
            None => page.paragraph("This platform has no folder for a file of settings."),
        }
    })?;
    GO
}

/// Sets a setting; without a value, says what it is.
fn change(prompt: &mut Prompt<'_>, name: &str, value: &str) -> Result<Next, Failure> {
    if value.is_empty() {
        let setting = settings::setting(name).ok_or_else(|| Failure::Usage(settings::unknown(name)))?;
        let now = (setting.get)(&prompt.settings);
        prompt.say(&Message::note(format!("{name} is {now}; it takes {}", setting.takes)))?;
        return GO;
    }
    prompt.settings.set(name, value).map_err(Failure::Usage)?;
    prompt.apply_limits();
    if prompt.is_attended {
        let setting = settings::setting(name).ok_or_else(|| Failure::Usage(settings::unknown(name)))?;
        let now = (setting.get)(&prompt.settings);
        prompt.say(&Message::note(format!("{name} is {now}")))?;
    }
    GO
}
