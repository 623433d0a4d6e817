//! Dates, lives, and what cannot be.

use crate::{check, check_claim};

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
