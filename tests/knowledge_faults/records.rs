//! Faults of what a curator records: disputes, reconciled claims, what was left out.

use super::check;

#[test]
fn a_dispute_names_nodes_and_sources_and_places() {
    insta::assert_snapshot!(check(
        r#"
[[dispute]]
id = "whose"
about = ["alpa"]
matter = "whose it is"
kind = "facts"
[[dispute.side]]
says = "Alpha's."
source = "weis-2023"
at = "p. 1"
[[dispute.side]]
says = "Beta's."
at = "p. 2"

[[dispute]]
id = "which"
about = ["alpa"]
matter = "whose it is"
kind = "fact"
[[dispute.side]]
says = "Alpha's."
source = "weis-2023"
[[dispute.side]]
source = "adams-2020"
at = "p. 2"
"#
    ), @r#"
error[G0312]: there is no node `alpa`
 --> kb/new.toml:3:10
  |
3 | about = ["alpa"]
  |          ^^^^^^ no node and no source has this id
  |
  = help: did you mean `alpha`?

error[G0305]: `kind` cannot be `facts`
 --> kb/new.toml:5:8
  |
5 | kind = "facts"
  |        ^^^^^^^ not one of the words that may stand here
  |
  = note: `kind` is one of: fact, wording, naming, scope
  = help: did you mean `fact`?

error[G0313]: there is no source `weis-2023`
 --> kb/new.toml:8:10
  |
8 | source = "weis-2023"
  |          ^^^^^^^^^^^ no [[source]] has this id
  |
  = help: did you mean `weiss-2023`?

error[G0315]: the side has no source
  --> kb/new.toml:10:1
   |
10 | [[dispute.side]]
   | ^^^^^^^^^^^^^^^^ no `source` here

error[G0312]: there is no node `alpa`
  --> kb/new.toml:16:10
   |
16 | about = ["alpa"]
   |          ^^^^^^ no node and no source has this id
   |
   = help: did you mean `alpha`?

error[G0316]: the side has no locator
  --> kb/new.toml:19:1
   |
19 | [[dispute.side]]
   | ^^^^^^^^^^^^^^^^ no `at`: where in its source it stands

error[G0313]: there is no source `weis-2023`
  --> kb/new.toml:21:10
   |
21 | source = "weis-2023"
   |          ^^^^^^^^^^^ no [[source]] has this id
   |
   = help: did you mean `weiss-2023`?

error[G0304]: [[dispute.side]] has no `says`
  --> kb/new.toml:22:1
   |
22 | [[dispute.side]]
   | ^^^^^^^^^^^^^^^^ `says` is missing
"#);
}

#[test]
fn a_dispute_has_two_sides_and_is_recorded_once() {
    insta::assert_snapshot!(check(
        r#"
[[dispute]]
id = "whose"
about = ["alpha"]
matter = "whose it is"
kind = "fact"
[[dispute.side]]
says = "Alpha's."
source = "weiss-2023"
at = "p. 1"

[[dispute]]
id = "whose"
about = []
matter = "whose it is"
kind = "scope"
[[dispute.side]]
says = "Alpha's."
source = "weiss-2023"
at = "p. 1"
[[dispute.side]]
says = "Alpha's."
source = "alpha"
at = "p. 1"
"#
    ), @r#"
error[G0340]: a dispute with one side
 --> kb/new.toml:1:1
  |
1 | [[dispute]]
  | ^^^^^^^^^^^ two sides or more are wanted
  |
  = help: give each side a [[dispute.side]] with says, source and at

error[G0305]: `about` names nobody
  --> kb/new.toml:11:1
   |
11 | [[dispute]]
   | ^^^^^^^^^^^ no id of a node

error[G0307]: two disputes are `whose`
  --> kb/new.toml:12:6
   |
 2 | id = "whose"
   |      ------- first here
...
12 | id = "whose"
   |      ^^^^^^^ again here

error[G0313]: `alpha` is a node, and no source
  --> kb/new.toml:22:10
   |
22 | source = "alpha"
   |          ^^^^^^^ not a [[source]]
   |
  ::: kb/actors.toml:3:6
   |
 3 | id = "alpha"
   |      ------- a Organisation
"#);
}

#[test]
fn a_reconciled_claim_is_there() {
    insta::assert_snapshot!(check(
        r#"
[[reconciled]]
about = ["alpha"]
matter = "RIVAL"
kind = "time"
why = "Other years."
[[reconciled.claim]]
source = "weiss-2023"
at = "p. 1"
[[reconciled.claim]]
source = "weiss-2023"
at = "p. 1"

[[reconciled]]
about = ["alpha"]
matter = "RIVAL_OF"
kind = "time"
why = "Other years."
[[reconciled.claim]]
source = "weiss-2023"
at = "p. 11"
[[reconciled.claim]]
source = "adams-2020"
at = "p. 1"
"#
    ), @r#"
error[G0339]: nothing is claimed of `alpha` on `RIVAL`
 --> kb/new.toml:3:10
  |
3 | matter = "RIVAL"
  |          ^^^^^^^ a relation type, an attribute or a measure of these nodes is wanted
  |
  = help: did you mean `RIVAL_OF`?

error[G0339]: no claim about `alpha` stands there
  --> kb/new.toml:20:6
   |
20 | at = "p. 11"
   |      ^^^^^^^ no claim of this source about them has this locator
   |
   = help: did you mean `p. 1`?

error[G0339]: no claim about `alpha` stands there
  --> kb/new.toml:22:10
   |
22 | source = "adams-2020"
   |          ^^^^^^^^^^^^ this source says nothing about them
   |
   = note: those that do: weiss-2023
"#);
}

#[test]
fn what_was_left_out_has_a_place_and_a_reason() {
    insta::assert_snapshot!(check(
        r#"
[[left_out]]
source = "weiss-2023"
why = "opinions"

[[left_out]]
source = "weiss-2023"
at = "p. 5"
why = "outside the model"
notes = "what he thinks"
"#
    ), @r#"
error[G0316]: what was left out has no locator
 --> kb/new.toml:1:1
  |
1 | [[left_out]]
  | ^^^^^^^^^^^^ no `at`: where in its source it stands

error[G0305]: `why` cannot be `opinions`
 --> kb/new.toml:3:7
  |
3 | why = "opinions"
  |       ^^^^^^^^^^ not one of the words that may stand here
  |
  = note: `why` is one of: opinion, forecast, outside the model, context, repeated
  = help: did you mean `opinion`?

error[G0303]: [[left_out]] has no key `notes`
 --> kb/new.toml:9:1
  |
9 | notes = "what he thinks"
  | ^^^^^ unknown key
  |
  = help: did you mean `note`?
"#);
}
