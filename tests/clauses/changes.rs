//! CHANGES IN: gained, lost, altered.

use super::{check, refused, says};

#[test]
fn what_was_gained_lost_and_altered() {
    check(
        "changes in allies and rivals of New from 2012-01 to 2012-09 yield change, actor, standing, was",
        &["altered Friend rival ['ALLIED_WITH', 'ally']", "gained Foe ally []"],
    );
    check("changes in allies of New from 2012-01 to 2012-09 yield change, actor", &["gained Foe", "lost Friend"]);
    check("changes in leaders of New from 2011 to 2012-09 yield change, person, role", &["lost Lead emir"]);
    check(
        "match (g 'New') changes in allies of g from 2012-01 to 2012-09 yield change, actor return g.name, change, actor.name",
        &["New gained Foe", "New lost Friend"],
    );
}

#[test]
fn a_mere_change_of_certainty_is_no_change() {
    // In 2011 the ties with Vague Friend and Late Friend are possible, later they are certain.
    check("changes in allies of New from 2011-06 to 2012-03 yield change, actor", &["gained Late Friend"]);
}

#[test]
fn modifiers_are_those_of_the_inner_statement() {
    check("changes in allies of New from 2012-01 to 2012-09 certainly yield change, actor", &["lost Friend"]);
    check("changes in network of New from 2012-01 to 2012-09 via people yield change, node", &["lost Lead"]);
    refused("changes in allies of New from 2011 to 2012 as of 2013", &["takes no other time"]);
    refused("changes in who is New from 2011 to 2012", &["does not depend on a time"]);
    refused("changes in allies of New from 2011 to soon", &["'soon' is no date"]);
}

#[test]
fn no_change_is_told() {
    says("changes in allies of Old from 2011 to 2012", "no change");
}
