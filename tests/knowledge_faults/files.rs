//! What the files are made of: TOML, tables, keys, words, ids.

use griot::diagnostics::{Format, render};

use crate::{SOURCES, check, check_claim, load};

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
