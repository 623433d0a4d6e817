//! What is named, and whether it is there.

use crate::{check, check_claim};

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
       = help: did you mean `fighters`, `civilians per fighter` or `soldiers per fighter`?
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
    error[G0335]: the source `one` is a copy of itself
     --> kb/new.toml:8:15
      |
    8 | same_origin = "one"
      |               ^^^^^ this closes the loop
      |
      = note: one → two → one
    "#);
}
