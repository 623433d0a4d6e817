//! Settings of the prompt: one row each, which knows its name, its values, its default and its meaning. The file, the
//! command `.set`, help and completion read the rows.

mod file;
mod places;

use std::time::Duration;

pub use self::file::read;
pub use self::places::{config_file, history_file};
use super::arguments::TABLE;
use crate::export;
use crate::names;

/// The settings of a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own, set by a word of its own")]
pub struct Settings {
    /// How answers are written: `table` or an export format.
    pub mode: String,
    /// How many rows of an answer a table shows at most; the rest are counted.
    pub rows: Option<usize>,
    /// Whether the time is shown that a query took.
    pub timer: bool,
    /// What long answers are read through.
    pub pager: Pager,
    /// Whether hints are shown behind what is typed.
    pub hints: bool,
    /// Whether what is typed is coloured.
    pub colours: bool,
    /// Whether the first screen is shown.
    pub welcome: bool,
    /// Which keys edit the line.
    pub keys: Keys,
    /// How many lines the history keeps; 0 keeps none.
    pub history: usize,
    /// How long a query may run.
    pub time_limit: Option<Duration>,
}

/// What long answers are read through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pager {
    /// `$PAGER` where it is set, else griot's own.
    Auto,
    /// griot's own.
    Own,
    /// Nothing.
    Off,
    /// This command.
    Command(String),
}

/// Which keys edit the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Those of Emacs, which most prompts have.
    Emacs,
    /// Those of vi.
    Vi,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mode: TABLE.to_owned(),
            rows: Some(200),
            timer: false,
            pager: Pager::Auto,
            hints: true,
            colours: true,
            welcome: true,
            keys: Keys::Emacs,
            history: 10_000,
            time_limit: None,
        }
    }
}

/// A setting.
pub struct Setting {
    /// Its name, in the file and for `.set`.
    pub name: &'static str,
    /// Its values.
    pub takes: &'static str,
    /// The values that completion offers.
    pub values: &'static [&'static str],
    /// One line.
    pub meaning: &'static str,
    /// What it is set to.
    pub get: fn(&Settings) -> String,
    /// Sets it, or says what it takes.
    pub set: fn(&mut Settings, &str) -> Result<(), String>,
}

const SWITCH: &[&str] = &["on", "off"];

/// Every setting, in the order in which help lists them.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "mode",
        takes: "table or a format",
        values: &["table", "json", "ndjson", "csv", "markdown", "dot"],
        meaning: "how answers are written",
        get: |settings| settings.mode.clone(),
        set: |settings, value| mode(value).map(|mode| settings.mode = mode),
    },
    Setting {
        name: "rows",
        takes: "a number or all",
        values: &["all", "40", "200"],
        meaning: "how many rows a table shows at most; the rest are counted, and .last shows them",
        get: |settings| settings.rows.map_or_else(|| "all".to_owned(), |rows| rows.to_string()),
        set: |settings, value| match value {
            "all" | "0" => {
                settings.rows = None;
                Ok(())
            }
            _ => number(value).map(|rows| settings.rows = Some(rows)),
        },
    },
    Setting {
        name: "timer",
        takes: "on or off",
        values: SWITCH,
        meaning: "show how long each query took",
        get: |settings| switched(settings.timer),
        set: |settings, value| switch(value).map(|on| settings.timer = on),
    },
    Setting {
        name: "pager",
        takes: "auto, own, off or a command",
        values: &["auto", "own", "off", "less -R"],
        meaning: "what long answers are read through; auto takes $PAGER, and where that is unset griot's own",
        get: |settings| match &settings.pager {
            Pager::Auto => "auto".to_owned(),
            Pager::Own => "own".to_owned(),
            Pager::Off => "off".to_owned(),
            Pager::Command(command) => command.clone(),
        },
        set: |settings, value| {
            settings.pager = match value {
                "auto" | "on" | "true" => Pager::Auto,
                "own" => Pager::Own,
                "off" | "false" => Pager::Off,
                "" => return Err("auto, own, off or a command".to_owned()),
                command => Pager::Command(command.to_owned()),
            };
            Ok(())
        },
    },
    Setting {
        name: "hints",
        takes: "on or off",
        values: SWITCH,
        meaning: "show what may come next behind what is typed; the right arrow takes it over",
        get: |settings| switched(settings.hints),
        set: |settings, value| switch(value).map(|on| settings.hints = on),
    },
    Setting {
        name: "colours",
        takes: "on or off",
        values: SWITCH,
        meaning: "colour what is typed (--color and NO_COLOR rule over it)",
        get: |settings| switched(settings.colours),
        set: |settings, value| switch(value).map(|on| settings.colours = on),
    },
    Setting {
        name: "welcome",
        takes: "on or off",
        values: SWITCH,
        meaning: "show the first screen",
        get: |settings| switched(settings.welcome),
        set: |settings, value| switch(value).map(|on| settings.welcome = on),
    },
    Setting {
        name: "keys",
        takes: "emacs or vi",
        values: &["emacs", "vi"],
        meaning: "which keys edit the line; holds from the next start on",
        get: |settings| match settings.keys {
            Keys::Emacs => "emacs".to_owned(),
            Keys::Vi => "vi".to_owned(),
        },
        set: |settings, value| match value {
            "emacs" => {
                settings.keys = Keys::Emacs;
                Ok(())
            }
            "vi" => {
                settings.keys = Keys::Vi;
                Ok(())
            }
            _ => Err("emacs or vi".to_owned()),
        },
    },
    Setting {
        name: "history",
        takes: "a number",
        values: &["0", "10000"],
        meaning: "how many lines the history keeps; 0 keeps none; holds from the next start on",
        get: |settings| settings.history.to_string(),
        set: |settings, value| match value {
            "0" => {
                settings.history = 0;
                Ok(())
            }
            _ => number(value).map(|lines| settings.history = lines),
        },
    },
    Setting {
        name: "time-limit",
        takes: "seconds or none",
        values: &["none", "10", "60"],
        meaning: "how long a query may run",
        get: |settings| settings.time_limit.map_or_else(|| "none".to_owned(), |limit| limit.as_secs_f64().to_string()),
        set: |settings, value| match value {
            "none" | "0" => {
                settings.time_limit = None;
                Ok(())
            }
            _ => seconds(value).map(|limit| settings.time_limit = Some(limit)),
        },
    },
];

/// The setting of a name.
#[must_use]
pub fn setting(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

/// What to say of a name that no setting has.
#[must_use]
pub fn unknown(name: &str) -> String {
    let all = || SETTINGS.iter().map(|setting| setting.name);
    match names::nearest(all(), name, 1).first() {
        Some(nearest) => format!("there is no setting `{name}`; did you mean `{nearest}`?"),
        None => format!("there is no setting `{name}`; there are {}", all().collect::<Vec<_>>().join(", ")),
    }
}

impl Settings {
    /// Sets a setting by its name.
    ///
    /// # Errors
    /// Names that no setting has, with the nearest; values that it does not take.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let setting = setting(name).ok_or_else(|| unknown(name))?;
        (setting.set)(self, value).map_err(|takes| format!("`{name}` takes {takes}, not `{value}`"))
    }
}

/// A mode by its name, in any case.
pub fn mode(name: &str) -> Result<String, String> {
    if name.eq_ignore_ascii_case(TABLE) {
        return Ok(TABLE.to_owned());
    }
    export::format(name).map(|format| format.name.to_owned()).ok_or_else(|| {
        let formats: Vec<&str> = export::FORMATS.iter().map(|format| format.name).collect();
        format!("{TABLE}, {}", formats.join(", "))
    })
}

/// `on` or `off`.
pub fn switch(value: &str) -> Result<bool, String> {
    match value {
        "on" | "true" => Ok(true),
        "off" | "false" => Ok(false),
        _ => Err("on or off".to_owned()),
    }
}

fn switched(on: bool) -> String {
    if on { "on".to_owned() } else { "off".to_owned() }
}

fn number(value: &str) -> Result<usize, String> {
    value.parse().ok().filter(|number| *number > 0).ok_or_else(|| "a number above 0".to_owned())
}

fn seconds(value: &str) -> Result<Duration, String> {
    let limit = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    limit.filter(|limit| !limit.is_zero()).ok_or_else(|| "a number of seconds, or none".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_takes_its_own_default_and_the_values_that_it_offers() {
        for setting in SETTINGS {
            let mut settings = Settings::default();
            let default = (setting.get)(&settings);
            assert_eq!(settings.set(setting.name, &default), Ok(()), "{}", setting.name);
            assert_eq!(settings, Settings::default(), "{}", setting.name);
            for value in setting.values {
                assert_eq!(settings.set(setting.name, value), Ok(()), "{}", setting.name);
                assert_eq!(&(setting.get)(&settings), value, "{}", setting.name);
            }
        }
    }

    #[test]
    fn every_format_is_a_mode_that_completion_offers() {
        let offered = setting("mode").expect("a setting").values;
        assert!(export::FORMATS.iter().all(|format| offered.contains(&format.name)));
    }

    #[test]
    fn what_is_wrong_is_said_with_what_would_be_right() {
        let mut settings = Settings::default();
        assert_eq!(settings.set("timr", "on").unwrap_err(), "there is no setting `timr`; did you mean `timer`?");
        assert_eq!(settings.set("timer", "maybe").unwrap_err(), "`timer` takes on or off, not `maybe`");
        assert_eq!(settings.set("rows", "-1").unwrap_err(), "`rows` takes a number above 0, not `-1`");
    }
}
