//! The file of settings: TOML, one key a setting. All its faults are told at once, each with its line.

use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::Settings;
use crate::shell::failure::Failure;
use crate::source::Source;

/// Settings from a file; the defaults where there is none.
///
/// # Errors
/// A file that cannot be read; keys that no setting has; values that it does not take.
pub fn read(path: Option<&Path>) -> Result<Settings, Failure> {
    let Some(path) = path else { return Ok(Settings::default()) };
    match fs::read_to_string(path) {
        Ok(text) => parse(&text).map_err(|faults| {
            let name = path.display();
            let faults = faults.iter().map(|(place, fault)| format!("{name}:{place}: {fault}"));
            Failure::Usage(faults.collect::<Vec<_>>().join("\n       "))
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Settings::default()),
        Err(source) => Err(Failure::File { doing: "read", path: path.to_owned(), source }),
    }
}

/// A fault with its line and column.
type Fault = (String, String);

fn parse(text: &str) -> Result<Settings, Vec<Fault>> {
    let (table, faults) = DeTable::parse_recoverable(text);
    let start = |span: Option<Range<usize>>| span.map_or(0, |span| span.start);
    let mut faults: Vec<(usize, String)> =
        faults.iter().map(|fault| (start(fault.span()), fault.message().to_owned())).collect();
    let mut settings = Settings::default();
    for (key, value) in table.get_ref() {
        let done = match plain(value.get_ref()) {
            Some(value) => settings.set(key.get_ref(), &value),
            None => Err(format!("`{}` takes one value, not a list or a table", key.get_ref())),
        };
        faults.extend(done.err().map(|fault| (key.span().start, fault)));
    }
    if faults.is_empty() {
        return Ok(settings);
    }
    faults.sort();
    let source = Source::new("config.toml", text);
    let placed = |(at, fault): (usize, String)| {
        let place = source.position(u32::try_from(at).unwrap_or(u32::MAX));
        (format!("{}:{}", place.line, place.column), fault)
    };
    Err(faults.into_iter().map(placed).collect())
}

fn plain(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(number) => Some(number.to_string()),
        DeValue::Boolean(on) => Some(on.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Pager;
    use super::*;

    #[test]
    fn settings_are_plain_toml() {
        let settings = parse("timer = true\nrows = 40\npager = \"less -R\"\ntime-limit = 2.5\n").expect("settings");
        assert!(settings.timer && settings.rows == Some(40));
        assert_eq!(settings.pager, Pager::Command("less -R".into()));
        assert_eq!(settings.time_limit.map(|limit| limit.as_millis()), Some(2500));
    }

    #[test]
    fn all_faults_are_told_at_once_with_their_lines() {
        let faults = parse("timr = true\n\nrows = [1]\nmode = \"xml\"\n").expect_err("three faults");
        let told: Vec<String> = faults.into_iter().map(|(place, fault)| format!("{place}: {fault}")).collect();
        assert_eq!(
            told,
            [
                "1:1: there is no setting `timr`; did you mean `timer`?",
                "3:1: `rows` takes one value, not a list or a table",
                "4:1: `mode` takes table, json, ndjson, csv, markdown, dot, not `xml`",
            ]
        );
    }

    #[test]
    fn a_file_that_is_not_there_gives_the_defaults() {
        let settings = read(Some(Path::new("/nowhere/config.toml"))).expect("the defaults");
        assert_eq!(settings, Settings::default());
    }
}
