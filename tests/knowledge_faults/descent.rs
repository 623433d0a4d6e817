//! Descent that cannot be.

use crate::{check, check_claim};

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
