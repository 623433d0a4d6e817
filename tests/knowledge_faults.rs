//! Every fault that a knowledge base can have, and the message that a curator reads. Small knowledge bases with one
//! slip each; `check` shows the messages as `griot check` prints them.

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

#[test]
fn a_knowledge_base_without_a_fault_says_nothing() {
    assert_eq!(check(""), "");
}

#[test]
fn several_faults_in_several_files_show_at_once() {
    let loaded = load(&[
        (
            "kb/a.toml",
            r#"
[[node]]
id = "alpha"
kind = "Organization"
name = "Alpha"
source = "weis-2023"
at = "p. 1"
[[node.relation]]
type = "SPLITS_FROM"
object = "betta"
at = "p. 2"
from = "2012-13"
"#,
        ),
        (
            "kb/b.toml",
            r#"
[[node]]
id = "beta"
kind = "Militia"
name = "Beta"
source = "weiss-2023"
colour = "red"
"#,
        ),
        ("kb/sources.toml", SOURCES),
    ]);
    assert!(loaded.store.is_none());
    insta::assert_snapshot!(render(&loaded.diagnostics, &loaded.sources, Format::Concise), @r#"
    kb/a.toml:4:8: error[G0308]: there is no kind `Organization`
    kb/a.toml:6:10: error[G0313]: there is no source `weis-2023`
    kb/a.toml:9:8: error[G0310]: there is no relation type `SPLITS_FROM`
    kb/a.toml:10:10: error[G0312]: there is no node `betta`
    kb/a.toml:12:14: error[G0317]: `2012-13` is not a date
    kb/b.toml:2:1: error[G0316]: the node `beta` has no locator
    kb/b.toml:3:6: warning[G0323]: nothing is said of `beta` beyond its kind and names
    kb/b.toml:7:1: error[G0303]: [[node]] has no key `colour`
    kb/sources.toml:7:6: warning[G0336]: nothing rests on the source `adams-2020`
    "#);
}

#[test]
fn broken_toml_shows_where_and_does_not_hide_other_faults() {
    insta::assert_snapshot!(check(r#"
[[node]]
id = "gamma"
kind = 
name = 'Gamma
source = "nobody"
at = "p. 1"
[[node.relation]]
type = "RIVAL_OF"
type = "LED"
object = "alfa"
at = "p. 2"
"#), @r#"
    error[G0301]: string values must be quoted, expected literal string
     --> kb/new.toml:3:8
      |
    3 | kind =
      |        ^

    error[G0301]: invalid literal string, expected `'`
     --> kb/new.toml:4:14
      |
    4 | name = 'Gamma
      |              ^

    error[G0313]: there is no source `nobody`
     --> kb/new.toml:5:10
      |
    5 | source = "nobody"
      |          ^^^^^^^^ no [[source]] has this id

    error[G0301]: duplicate key
     --> kb/new.toml:9:1
      |
    9 | type = "LED"
      | ^^^^

    error[G0312]: there is no node `alfa`
      --> kb/new.toml:10:10
       |
    10 | object = "alfa"
       |          ^^^^^^ no node and no source has this id
       |
       = help: did you mean `alpha`?
    "#);
}

#[test]
fn unknown_tables_and_keys() {
    insta::assert_snapshot!(check(r#"
[[nodes]]
id = "x"
"#), @r#"
    error[G0302]: a knowledge-base file has no table `nodes`
     --> kb/new.toml:1:3
      |
    1 | [[nodes]]
      |   ^^^^^ unknown table
      |
      = help: did you mean `[[node]]`?
    "#);
    insta::assert_snapshot!(check_claim(r#"
[[node.relation]]
type = "RIVAL_OF"
object = "alpha"
at = "p. 2"
observe = "2012"
[[node.relations]]
type = "RIVAL_OF"
"#), @r#"
    error[G0303]: [[node.relation]] has no key `observe`
      --> kb/new.toml:11:1
       |
    11 | observe = "2012"
       | ^^^^^^^ unknown key
       |
       = help: did you mean `observed`?

    error[G0303]: [[node]] has no key `relations`
      --> kb/new.toml:12:8
       |
    12 | [[node.relations]]
       |        ^^^^^^^^^ unknown key
       |
       = help: did you mean `relation`?
    "#);
}

#[test]
fn a_further_name_is_an_alias() {
    insta::assert_snapshot!(check(r#"
[[node]]
id = "gamma"
kind = "Organisation"
[[node.name]]
text = "Gamma"
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

    warning[G0323]: nothing is said of `gamma` beyond its kind and names
     --> kb/new.toml:2:6
      |
    2 | id = "gamma"
      |      ^^^^^^^ no claim and no relation

    error[G0305]: `name` must be the preferred name, a text in quotes
     --> kb/new.toml:4:1
      |
    4 | [[node.name]]
      | ^^^^^^^^^^^^^ this is a list
      |
      = help: write further names as [[node.alias]]
    "#);
}

#[test]
fn missing_keys() {
    insta::assert_snapshot!(check(r#"
[[node]]
kind = "Organisation"
[[source]]
id = "new"
"#), @r#"
    error[G0304]: [[node]] has no `id`
     --> kb/new.toml:1:1
      |
    1 | [[node]]
      | ^^^^^^^^ `id` is missing

    error[G0304]: [[node]] has no `name`
     --> kb/new.toml:1:1
      |
    1 | [[node]]
      | ^^^^^^^^ `name` is missing

    error[G0304]: [[source]] has no `title`
     --> kb/new.toml:3:1
      |
    3 | [[source]]
      | ^^^^^^^^^^ `title` is missing
    "#);
}

#[test]
fn wrong_types_and_words() {
    insta::assert_snapshot!(check_claim(r#"
[[node.relation]]
type = "BASED_IN"
object = "town"
at = 12
from = 2012
on = 2012-07-01
wording = "aserted"
credibility = 7
complete = "yes"
note = ""
"#), @r#"
    error[G0305]: `at` must be a text in quotes
      --> kb/new.toml:10:6
       |
    10 | at = 12
       |      ^^ this is a number

    error[G0305]: `from` must be a date in quotes
      --> kb/new.toml:11:8
       |
    11 | from = 2012
       |        ^^^^ this is a number
       |
       = help: write the date in quotes

    error[G0305]: `on` must be a date in quotes
      --> kb/new.toml:12:6
       |
    12 | on = 2012-07-01
       |      ^^^^^^^^^^ this is a date without quotes
       |
       = help: write the date in quotes

    error[G0305]: `wording` cannot be `aserted`
      --> kb/new.toml:13:11
       |
    13 | wording = "aserted"
       |           ^^^^^^^^^ not one of the words that may stand here
       |
       = note: `wording` is one of: asserted, assessed, reported, alleged, doubted, expected, denied
       = help: did you mean `asserted`?

    error[G0305]: `credibility` must be a whole number from 1 to 6
      --> kb/new.toml:14:15
       |
    14 | credibility = 7
       |               ^ this is a number

    error[G0305]: `complete` must be true or false, without quotes
      --> kb/new.toml:15:12
       |
    15 | complete = "yes"
       |            ^^^^^ this is a text

    error[G0305]: `note` is empty
      --> kb/new.toml:16:8
       |
    16 | note = ""
       |        ^^ nothing is said here
       |
       = help: leave the key out where nothing is known
    "#);
}

#[test]
fn ids_are_slugs() {
    insta::assert_snapshot!(check(r#"
[[node]]
id = "Katiba Macina"
kind = "Faction"
name = "Katiba Macina"
source = "weiss-2023"
at = "p. 1"
[[node.relation]]
type = "PART_OF"
object = "alpha"
at = "p. 1"
"#), @r#"
    error[G0306]: `Katiba Macina` is not an id
     --> kb/new.toml:2:6
      |
    2 | id = "Katiba Macina"
      |      ^^^^^^^^^^^^^^^ not a slug
      |
      = help: did you mean `katiba-macina`?
    "#);
}

#[test]
fn ids_are_given_once() {
    insta::assert_snapshot!(check(r#"
[[node]]
id = "alpha"
kind = "Organisation"
name = "Alpha Again"
source = "weiss-2023"
at = "p. 1"
"#), @r#"
    error[G0307]: the id `alpha` is given twice
     --> kb/new.toml:2:6
      |
    2 | id = "alpha"
      |      ^^^^^^^ given again
      |
     ::: kb/actors.toml:3:6
      |
    3 | id = "alpha"
      |      ------- first given here
      |
      = help: add the claims to the one, or give the other an id of its own
    "#);
}

#[test]
fn unknown_kinds_types_measures() {
    insta::assert_snapshot!(check(r#"
[[node]]
id = "gamma"
kind = "ArmedGrup"
also = ["Organization"]
name = "Gamma"
source = "weiss-2023"
at = "p. 1"
[[node.relation]]
type = "ALLIED"
object = "alpha"
at = "p. 1"
[[node.figure]]
measure = "fighter"
value = "12"
unit = "persons"
at = "p. 1"
"#), @r#"
    error[G0308]: there is no kind `ArmedGrup`
     --> kb/new.toml:3:8
      |
    3 | kind = "ArmedGrup"
      |        ^^^^^^^^^^^ no such kind in schema/kinds.toml
      |
      = help: did you mean `ArmedGroup`?

    error[G0308]: there is no kind `Organization`
     --> kb/new.toml:4:9
      |
    4 | also = ["Organization"]
      |         ^^^^^^^^^^^^^^ no such kind in schema/kinds.toml
      |
      = help: did you mean `Organisation`?

    error[G0310]: there is no relation type `ALLIED`
     --> kb/new.toml:9:8
      |
    9 | type = "ALLIED"
      |        ^^^^^^^^ no such type in schema/relations.toml
      |
      = help: did you mean `ALLIED_WITH`?

    error[G0311]: there is no measure `fighter`
      --> kb/new.toml:13:11
       |
    13 | measure = "fighter"
       |           ^^^^^^^^^ no such measure in schema/measures.toml
       |
       = help: did you mean `fighters` or `civilians per fighter`?
    "#);
}

#[test]
fn unknown_ids_and_sources_have_their_nearest() {
    insta::assert_snapshot!(check_claim(r#"
[[node.relation]]
type = "RIVAL_OF"
object = "Alpha"
at = "p. 2"
attributed_to = "carl"
source = "adams"
[[node.relation]]
type = "RIVAL_OF"
object = "beta"
at = "p. 3"
source = "carla"
"#), @r#"
    error[G0312]: there is no node `Alpha`
     --> kb/new.toml:9:10
      |
    9 | object = "Alpha"
      |          ^^^^^^^ no node and no source has this id
      |
      = help: did you mean `alpha`?

    error[G0312]: there is no node `carl`
      --> kb/new.toml:11:17
       |
    11 | attributed_to = "carl"
       |                 ^^^^^^ no node and no source has this id
       |
       = help: did you mean `carla`?

    error[G0313]: there is no source `adams`
      --> kb/new.toml:12:10
       |
    12 | source = "adams"
       |          ^^^^^^^ no [[source]] has this id
       |
       = help: did you mean `adams-2020`?

    error[G0313]: `carla` is a node, and no source
      --> kb/new.toml:17:10
       |
    17 | source = "carla"
       |          ^^^^^^^ not a [[source]]
       |
      ::: kb/actors.toml:23:6
       |
    23 | id = "carla"
       |      ------- a Person
       |
       = help: name whom the source quotes with `attributed_to`
    "#);
}

#[test]
fn ends_have_kinds_that_the_type_allows() {
    insta::assert_snapshot!(check_claim(r#"
[[node.relation]]
type = "LED"
object = "alpha"
at = "p. 2"
[[node.relation]]
type = "SPLIT_FROM"
object = "town"
at = "p. 2"
"#), @r#"
    error[G0314]: the subject of `LED` cannot be Gamma, of kind Organisation
     --> kb/new.toml:8:8
      |
    8 | type = "LED"
      |        ^^^^^ Gamma is of kind Organisation
      |
      = note: `LED` takes as subject: Person

    error[G0314]: the object of `SPLIT_FROM` cannot be Town, of kind Place
      --> kb/new.toml:13:10
       |
    13 | object = "town"
       |          ^^^^^^ Town is of kind Place
       |
       = note: `SPLIT_FROM` takes as object: ArmedGroup, Collective, StateForce, PoliticalBody, PrivateMilitaryCompany, InternationalOrganisation, CivilOrganisation, CriminalNetwork
    "#);
}

#[test]
fn nothing_is_related_to_itself() {
    insta::assert_snapshot!(check_claim(r#"
[[node.relation]]
type = "ALLIED_WITH"
object = "gamma"
at = "p. 2"
"#), @r#"
    error[G0333]: `ALLIED_WITH` joins `gamma` to itself
     --> kb/new.toml:9:10
      |
    9 | object = "gamma"
      |          ^^^^^^^ this is the node in which the claim stands
    "#);
}

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
fn dates_are_edtf() {
    insta::assert_snapshot!(check_claim(r#"
[[node.relation]]
type = "BASED_IN"
object = "town"
at = "p. 2"
from = "2012-02-30"
to = "July 2012"
observed = ".."
[[node.attribute]]
attribute = "founded"
value = "around 2010"
at = "p. 2"
"#), @r#"
    error[G0317]: `2012-02-30` is not a date
      --> kb/new.toml:11:17
       |
    11 | from = "2012-02-30"
       |                 ^^ 2012-02 has no day 30
       |
       = help: write a day from 01 to 29

    error[G0317]: `July 2012` is not a date
      --> kb/new.toml:12:7
       |
    12 | to = "July 2012"
       |       ^ expected a year, found `J`
       |
       = help: write `2012-07`

    error[G0317]: `..` cannot stand as `observed`
      --> kb/new.toml:13:12
       |
    13 | observed = ".."
       |            ^^^^ a date or an extent a/b is wanted here

    error[G0317]: `around 2010` is not a date
      --> kb/new.toml:16:10
       |
    16 | value = "around 2010"
       |          ^ expected a year, found `a`
       |
       = help: write `2010~`
    "#);
}

#[test]
fn a_claim_has_one_date_or_a_start_and_an_end() {
    insta::assert_snapshot!(check_claim(r#"
[[node.relation]]
type = "BASED_IN"
object = "town"
at = "p. 2"
from = "2012"
on = "2013"
"#), @r#"
    error[G0331]: a claim has both `on` and a start or an end
      --> kb/new.toml:12:6
       |
    11 | from = "2012"
       |        ------ a start or an end
    12 | on = "2013"
       |      ^^^^^^ the date of an event
       |
       = help: keep `on` for an event, `from` and `to` for what lasts
    "#);
}

#[test]
fn what_has_no_time_is_not_dated() {
    insta::assert_snapshot!(check(r#"
[[node]]
id = "dan"
kind = "Person"
name = "Dan"
source = "weiss-2023"
at = "p. 1"
[[node.relation]]
type = "BORN_IN"
object = "town"
at = "p. 2"
on = "1970"
"#), @r#"
    error[G0331]: `BORN_IN` has no time, and a claim dates it
      --> kb/new.toml:11:6
       |
     8 | type = "BORN_IN"
       |        --------- timeless, says schema/relations.toml
    ...
    11 | on = "1970"
       |      ^^^^^^ this date counts for nothing
    "#);
}

#[test]
fn bounds_do_not_cross() {
    insta::assert_snapshot!(check_claim(r#"
[[node.relation]]
type = "BASED_IN"
object = "town"
at = "p. 2"
from = "2015"
to = "2013"
[[node.relation]]
type = "ALLIED_WITH"
object = "beta"
at = "p. 3"
source = "adams-2020"
from = "2021"
"#), @r#"
    error[G0318]: the dates of a claim on `gamma` exclude each other
      --> kb/new.toml:11:8
       |
    11 | from = "2015"
       |        ^^^^^^ not before 2015-01-01, by `from`
    12 | to = "2013"
       |      ------ not after 2013-12-31, by `to`

    error[G0318]: the dates of a claim on `gamma` exclude each other
      --> kb/new.toml:18:8
       |
    18 | from = "2021"
       |        ^^^^^^ not before 2021-01-01, by `from`
       |
      ::: kb/sources.toml:9:8
       |
     9 | date = "2020-06"
       |        --------- not after 2020-06-30, by the source's date
    "#);
}

#[test]
fn nobody_leads_after_their_death() {
    insta::assert_snapshot!(check(r#"
[[node]]
id = "dan"
kind = "Person"
name = "Dan"
source = "weiss-2023"
at = "p. 1"
[[node.attribute]]
attribute = "died"
value = "2018-02"
at = "p. 1"
[[node.relation]]
type = "LED"
object = "alpha"
at = "p. 2"
from = "2019"
"#), @r#"
    error[G0319]: `LED alpha` is dated after the end of the life of `dan`
      --> kb/new.toml:15:8
       |
     9 | value = "2018-02"
       |         --------- the end of `dan`
    ...
    15 | from = "2019"
       |        ^^^^^^ not before 2019-01-01, by `from`
    "#);
}

#[test]
fn a_death_that_another_source_does_not_know_of_is_a_warning() {
    let text = r#"
[[node]]
id = "dan"
kind = "Person"
name = "Dan"
source = "weiss-2023"
at = "p. 1"
[[node.attribute]]
attribute = "died"
value = "2018-02"
at = "p. 1"
[[node.relation]]
type = "LED"
object = "alpha"
source = "adams-2020"
at = "p. 2"
observed = "2019"
"#;
    insta::assert_snapshot!(check(text), @r#"
    warning[G0319]: `LED alpha` is dated after the end of the life of `dan`
      --> kb/new.toml:16:12
       |
     9 | value = "2018-02"
       |         --------- the end of `dan`
    ...
    16 | observed = "2019"
       |            ^^^^^^ not before 2019-01-01, by `observed`
       |
       = note: the claims are of different sources
    "#);
}

#[test]
fn a_death_that_is_only_alleged_stops_nobody() {
    let text = r#"
[[node]]
id = "dan"
kind = "Person"
name = "Dan"
source = "weiss-2023"
at = "p. 1"
[[node.attribute]]
attribute = "died"
value = "2018-02"
at = "p. 1"
wording = "alleged"
[[node.relation]]
type = "LED"
object = "alpha"
at = "p. 2"
observed = "2019"
"#;
    assert_eq!(check(text), "");
}

#[test]
fn a_life_ends_after_it_starts() {
    insta::assert_snapshot!(check_claim(r#"
[[node.attribute]]
attribute = "founded"
value = "2018"
at = "p. 1"
[[node.attribute]]
attribute = "dissolved"
value = "2012"
at = "p. 1"
"#), @r#"
    error[G0319]: the life of `gamma` ends before it starts
      --> kb/new.toml:13:9
       |
     9 | value = "2018"
       |         ------ the start
    ...
    13 | value = "2012"
       |         ^^^^^^ the end
    "#);
}

#[test]
fn descent_does_not_loop() {
    insta::assert_snapshot!(check(r#"
[[node]]
id = "gamma"
kind = "Organisation"
name = "Gamma"
source = "weiss-2023"
at = "p. 1"
[[node.relation]]
type = "SPLIT_FROM"
object = "delta"
at = "p. 2"
on = "2012"
[[node]]
id = "delta"
kind = "Organisation"
name = "Delta"
source = "weiss-2023"
at = "p. 1"
[[node.relation]]
type = "SPLIT_FROM"
object = "gamma"
at = "p. 2"
"#), @r#"
    error[G0320]: `delta` descends from itself
      --> kb/new.toml:8:8
       |
     8 | type = "SPLIT_FROM"
       |        ^^^^^^^^^^^^ `gamma` comes of `delta`
    ...
    19 | type = "SPLIT_FROM"
       |        ------------ `delta` comes of `gamma`
       |
       = note: forerunner to successor: delta → gamma → delta
       = help: date the steps if a body came back to one that it had left
    "#);
}

#[test]
fn a_body_may_come_back_to_the_one_that_it_left() {
    let returned = |merger: &str| {
        check_claim(&format!(
            r#"
[[node.relation]]
type = "SPLIT_FROM"
object = "alpha"
at = "p. 2"
on = "2012"
[[node.relation]]
type = "MERGED_INTO"
object = "alpha"
at = "p. 2"
{merger}"#
        ))
    };
    assert_eq!(returned("on = \"2015\""), "");
    insta::assert_snapshot!(returned(""), @r#"
    error[G0320]: `gamma` descends from itself
      --> kb/new.toml:13:8
       |
     8 | type = "SPLIT_FROM"
       |        ------------ `gamma` comes of `alpha`
    ...
    13 | type = "MERGED_INTO"
       |        ^^^^^^^^^^^^^ `alpha` comes of `gamma`
       |
       = note: forerunner to successor: gamma → alpha → gamma
       = help: date the steps if a body came back to one that it had left
    "#);
}

#[test]
fn descent_does_not_run_backwards() {
    insta::assert_snapshot!(check(r#"
[[node]]
id = "old"
kind = "Organisation"
name = "Old"
source = "weiss-2023"
at = "p. 1"
[[node.attribute]]
attribute = "founded"
value = "2005"
at = "p. 1"
[[node.relation]]
type = "SPLIT_FROM"
object = "young"
at = "p. 2"
[[node]]
id = "young"
kind = "Organisation"
name = "Young"
source = "weiss-2023"
at = "p. 1"
[[node.attribute]]
attribute = "founded"
value = "2011-12"
at = "p. 1"
"#), @r#"
    error[G0321]: `old` is older than its forerunner `young`
      --> kb/new.toml:12:8
       |
     9 | value = "2005"
       |         ------ `old`
    ...
    12 | type = "SPLIT_FROM"
       |        ^^^^^^^^^^^^ descends, says this claim
    ...
    23 | value = "2011-12"
       |         --------- `young`
    "#);
}

#[test]
fn a_name_of_two_actors_is_a_warning() {
    insta::assert_snapshot!(check_claim(r#"
[[node.alias]]
text = "al-Alpha"
at = "p. 2"
[[node.relation]]
type = "RIVAL_OF"
object = "alpha"
at = "p. 2"
"#), @r#"
    warning[G0322]: `alpha` and `gamma` have names that fold alike: `Alpha` and `al-Alpha`
     --> kb/new.toml:8:8
      |
    8 | text = "al-Alpha"
      |        ^^^^^^^^^^ also a name of `alpha`
      |
     ::: kb/actors.toml:5:8
      |
    5 | name = "Alpha"
      |        ------- borne here
      |
      = help: say with DISTINCT_FROM that they are two, or with SAME_AS that they are one
    "#);
    let told_apart = check_claim(
        r#"
[[node.alias]]
text = "al-Alpha"
at = "p. 2"
[[node.relation]]
type = "DISTINCT_FROM"
object = "alpha"
at = "p. 2"
"#,
    );
    assert_eq!(told_apart, "");
}

#[test]
fn an_actor_of_whom_nothing_is_said_is_a_warning() {
    insta::assert_snapshot!(check_claim(""), @r#"
    warning[G0323]: nothing is said of `gamma` beyond its kind and names
     --> kb/new.toml:2:6
      |
    2 | id = "gamma"
      |      ^^^^^^^ no claim and no relation
    "#);
}

#[test]
fn a_source_on_which_nothing_rests_is_a_warning() {
    insta::assert_snapshot!(check(r#"
[[source]]
id = "idle"
title = "Idle"
"#), @r#"
    warning[G0336]: nothing rests on the source `idle`
     --> kb/new.toml:2:6
      |
    2 | id = "idle"
      |      ^^^^^^ no claim names it
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

#[test]
fn sources_do_not_copy_themselves() {
    insta::assert_snapshot!(check(r#"
[[source]]
id = "one"
title = "One"
same_origin = "two"
[[source]]
id = "two"
title = "Two"
same_origin = "one"
"#), @r#"
    error[G0329]: the source `one` is a copy of itself
     --> kb/new.toml:8:15
      |
    8 | same_origin = "one"
      |               ^^^^^ this closes the loop
      |
      = note: one → two → one
    "#);
}

#[test]
fn the_schema_names_what_it_defines_and_has_no_loops() {
    let kinds = r#"
[Actor]
within = ["Group"]
meaning = "m"
[Group]
within = ["Actor"]
meaning = "m"
[Odd]
within = ["Actr"]
"#;
    let roles = r#"
[lineage]
meaning = "m"
[part]
within = "linage"
meaning = "m"
"#;
    let relations = r#"
[FROM]
reading = "r"
inverse = "i"
meaning = "m"
subject = ["Group"]
object = ["Grup"]
role = "lineage"
time = "lasting"
ends = ["FRM"]
style = { line = "bald", colour = "blue" }
"#;
    let node = r#"
[[node]]
id = "a"
kind = "Group"
name = "A"
source = "weiss-2023"
at = "p. 1"
"#;
    let loaded = load(&[
        ("kb/schema/kinds.toml", kinds),
        ("kb/schema/relation.toml", ""),
        ("kb/schema/relations.toml", relations),
        ("kb/schema/roles.toml", roles),
        ("kb/sources.toml", SOURCES),
        ("kb/node.toml", node),
    ]);
    insta::assert_snapshot!(render(&loaded.diagnostics, &loaded.sources, Format::Concise), @r#"
    kb/schema/kinds.toml:6:11: error[G0329]: the kind `Actor` stands above itself
    kb/schema/kinds.toml:8:2: error[G0304]: Odd has no `meaning`
    kb/schema/kinds.toml:9:11: error[G0308]: `Odd` names the kind `Actr`, which does not exist
    kb/schema/relation.toml:1:1: error[G0302]: `relation.toml` is no file of a schema
    kb/schema/relations.toml:7:11: error[G0308]: `FROM` names the kind `Grup`, which does not exist
    kb/schema/relations.toml:9:8: error[G0305]: `time` cannot be `lasting`
    kb/schema/relations.toml:10:9: error[G0310]: `FROM` names the relation type `FRM`, which does not exist
    kb/schema/relations.toml:11:18: error[G0305]: `line` cannot be `bald`
    kb/schema/relations.toml:11:35: error[G0305]: `blue` is not a colour
    kb/schema/roles.toml:5:10: error[G0309]: `part` names the role `linage`, which does not exist
    kb/sources.toml:7:6: warning[G0336]: nothing rests on the source `adams-2020`
    kb/node.toml:3:6: warning[G0323]: nothing is said of `a` beyond its kind and names
    "#);
}

#[test]
fn an_empty_knowledge_base_is_an_error() {
    let loaded = load(&[("kb/sources.toml", "")]);
    insta::assert_snapshot!(render(&loaded.diagnostics, &loaded.sources, Format::Concise), @r#"error[G0337]: no file of the knowledge base defines a node"#);
}
