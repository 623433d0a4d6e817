//! Every fault that a knowledge base can have, and the message that a curator reads. Small knowledge bases with one
//! slip each; `check` shows the messages as `griot check` prints them.

mod dates;
mod descent;
mod evidence;
mod files;
mod names;
mod records;

use griot::diagnostics::{Format, render};
use griot::kb;

const SOURCES: &str = r#"
[[source]]
id = "weiss-2023"
title = "Mirage"
date = "2023"
[[source]]
id = "adams-2020"
title = "A Study"
date = "2020-06"
"#;

/// Two groups, a person and a town, of whom something is said.
const ACTORS: &str = r#"
[[node]]
id = "alpha"
kind = "Organisation"
name = "Alpha"
source = "weiss-2023"
at = "p. 1"
[[node.relation]]
type = "RIVAL_OF"
object = "beta"
at = "p. 1"
[[node.relation]]
type = "BASED_IN"
object = "town"
at = "p. 1"
[[node]]
id = "beta"
kind = "Organisation"
name = "Beta"
source = "adams-2020"
at = "p. 2"
[[node]]
id = "carla"
kind = "Person"
name = "Carla"
source = "weiss-2023"
at = "p. 3"
[[node.relation]]
type = "MEMBER_OF"
object = "alpha"
at = "p. 3"
[[node]]
id = "town"
kind = "Place"
name = "Town"
source = "weiss-2023"
at = "p. 4"
"#;

fn load(files: &[(&str, &str)]) -> kb::Loaded {
    kb::load(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
}

/// The messages on one more file beside [`SOURCES`] and [`ACTORS`].
fn check(text: &str) -> String {
    let loaded = load(&[("kb/sources.toml", SOURCES), ("kb/actors.toml", ACTORS), ("kb/new.toml", text.trim_start())]);
    let shown = render(&loaded.diagnostics, &loaded.sources, Format::Full { colour: false });
    // The line of trailing blanks that editors strip.
    shown.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The messages on a claim of a new group `gamma`.
fn check_claim(claim: &str) -> String {
    check(&format!(
        r#"
[[node]]
id = "gamma"
kind = "Organisation"
name = "Gamma"
source = "weiss-2023"
at = "p. 9"
{}"#,
        claim.trim_start()
    ))
}
