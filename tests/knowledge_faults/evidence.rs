//! What every claim must say.

use crate::{check, check_claim};

#[test]
fn claims_have_a_source_and_a_locator() {
    insta::assert_snapshot!(check(r#"
[[node]]
id = "gamma"
kind = "Organisation"
name = "Gamma"
[[node.relation]]
type = "RIVAL_OF"
object = "alpha"
at = "p. 2"
[[node.attribute]]
attribute = "status"
value = "active"
source = "weiss-2023"
"#), @r#"
    error[G0315]: the node `gamma` has no source
     --> kb/new.toml:1:1
      |
    1 | [[node]]
      | ^^^^^^^^ no `source` here, and none in the node

    error[G0316]: the node `gamma` has no locator
     --> kb/new.toml:1:1
      |
    1 | [[node]]
      | ^^^^^^^^ no `at`: where in its source it stands

    error[G0315]: the relation `RIVAL_OF alpha` of `gamma` has no source
     --> kb/new.toml:5:1
      |
    5 | [[node.relation]]
      | ^^^^^^^^^^^^^^^^^ no `source` here, and none in the node

    error[G0316]: the attribute `status` of `gamma` has no locator
     --> kb/new.toml:9:1
      |
    9 | [[node.attribute]]
      | ^^^^^^^^^^^^^^^^^^ no `at`: where in its source it stands
    "#);
}

#[test]
fn deprecated_and_inferred_claims_say_why() {
    insta::assert_snapshot!(check_claim(r#"
[[node.relation]]
type = "RIVAL_OF"
object = "alpha"
at = "p. 2"
rank = "deprecated"
[[node.relation]]
type = "ALLIED_WITH"
object = "beta"
at = "p. 2"
basis = "inferred"
"#), @r#"
    error[G0326]: a deprecated claim on `gamma` gives no reason
     --> kb/new.toml:7:1
      |
    7 | [[node.relation]]
      | ^^^^^^^^^^^^^^^^^ deprecated
      |
      = help: say in `reason` why it no longer counts

    error[G0327]: an inferred claim on `gamma` does not say from what
      --> kb/new.toml:12:1
       |
    12 | [[node.relation]]
       | ^^^^^^^^^^^^^^^^^ inferred
       |
       = help: say in `inferred_from` what the source says instead
    "#);
}

#[test]
fn quotes_are_short() {
    let quote = "word ".repeat(26);
    insta::assert_snapshot!(check_claim(&format!(r#"
[[node.relation]]
type = "RIVAL_OF"
object = "alpha"
at = "p. 2"
quote = "{}"
"#, quote.trim())), @r#"
    error[G0328]: a quote of 26 words
      --> kb/new.toml:11:9
       |
    11 | ... = "word word word word word word word word word word word word word word word word word word word word word word word word word word"
       |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ at most 25 words
       |
       = help: say it in your own words in `note`, and quote what matters
    "#);
}

#[test]
fn figures_have_numbers_and_units() {
    insta::assert_snapshot!(check_claim(r#"
[[node.figure]]
measure = "fighters"
value = "6,000"
unit = "persons"
at = "p. 2"
[[node.figure]]
measure = "fighters"
value = 6000
unit = "persons"
at = "p. 2"
[[node.figure]]
measure = "fighters"
value = "6000"
at = "p. 2"
[[node.figure]]
measure = "fighters"
value = "6000"
unit = "people"
at = "p. 2"
[[node.figure]]
measure = "fighters"
value = { words = "thousands" }
at = "p. 2"
"#), @r#"
    error[G0332]: `6,000` is not a figure
     --> kb/new.toml:9:9
      |
    9 | value = "6,000"
      |         ^^^^^^^ not a number
      |
      = note: a figure is "6000", "18..35", ">=1000", "<=20" or "~5000"
      = help: write it as { words = "…" } if the source gives no number

    error[G0305]: `value` must be a text in quotes
      --> kb/new.toml:14:9
       |
    14 | value = 6000
       |         ^^^^ this is a number
       |
       = help: write the number in quotes: "6000", "18..35", "~5000"

    error[G0324]: a figure of `fighters` has no unit
      --> kb/new.toml:17:1
       |
    17 | [[node.figure]]
       | ^^^^^^^^^^^^^^^ no `unit`
       |
       = note: `fighters` is given in: persons

    error[G0325]: `fighters` is not given in `people`
      --> kb/new.toml:24:8
       |
    24 | unit = "people"
       |        ^^^^^^^^ no unit of this measure
       |
       = note: `fighters` is given in: persons
    "#);
}

#[test]
fn a_claim_given_twice_is_a_warning() {
    let claim = r#"
[[node.relation]]
type = "RIVAL_OF"
object = "alpha"
at = "p. 2"
"#;
    insta::assert_snapshot!(check_claim(&claim.repeat(2)), @r#"
    warning[G0334]: a claim on `gamma` is given twice
      --> kb/new.toml:12:1
       |
     7 | [[node.relation]]
       | ----------------- first given here
    ...
    12 | [[node.relation]]
       | ^^^^^^^^^^^^^^^^^ given again
    "#);
}

#[test]
fn a_claim_that_fits_two_episodes_is_a_warning() {
    let claim = |at: &str, dates: &str| {
        format!(
            r#"
[[node.relation]]
type = "ALLIED_WITH"
object = "alpha"
at = "{at}"
{dates}
"#
        )
    };
    let claims = [
        claim(
            "p. 2",
            r#"
from = "2010"
to = "2011""#,
        ),
        claim(
            "p. 3",
            r#"
from = "2015"
to = "2016""#,
        ),
        claim("p. 4", ""),
    ];
    insta::assert_snapshot!(check_claim(&claims.concat()), @r#"
    warning[G0338]: a claim of `ALLIED_WITH` on `gamma` fits several episodes
      --> kb/new.toml:23:1
       |
     7 | [[node.relation]]
       | ----------------- one episode
    ...
    15 | [[node.relation]]
       | ----------------- one episode
    ...
    23 | [[node.relation]]
       | ^^^^^^^^^^^^^^^^^ taken with the first
       |
       = help: say with `spell` to which it belongs
    "#);
}
