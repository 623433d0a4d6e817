//! Where a statement may stand, beside being the whole of a query.

use super::{ask_with, check, lines, refused};

#[test]
fn behind_match_each_row_has_its_own_answer() {
    check(
        "match (g:Organisation) where g.name in ['Foe', 'Friend'] allies of g return g.name, actor.name",
        &["Foe New", "Friend New"],
    );
    check("match (g 'Friend') rivals of g as of 2012-07 return g.name, actor.name, certainty", &["Friend New certain"]);
    check(
        "unwind ['Foe', 'Friend'] as name match (g {name: name}) allies of g yield actor as x return name, x.name",
        &["Foe New", "Friend New"],
    );
}

#[test]
fn rows_that_come_in_alike_stay_apart() {
    // GROUPS SHARING NETWORK groups: without a scope of its own, two rows would become one.
    let once =
        lines(&ask_with("match (p 'Lead') groups sharing network of p within 1 hop return group.name, ties", &[]));
    let twice = "unwind [1, 1] as x match (p 'Lead') groups sharing network of p within 1 hop return group.name, ties";
    let twice = lines(&ask_with(twice, &[]));
    assert_eq!(once, ["Friend 1", "New 1"]);
    assert_eq!(twice.len(), 2 * once.len());
}

#[test]
fn between_clauses_its_columns_go_on() {
    check("allies of New as of 2011 with actor.name as name where name <> 'Friend' return name", &["Vague Friend"]);
    check("allies of New certainly yield actor as x match (x)<-[:LED]-(p) return x.name, p.name", &["Friend Lead"]);
    check(
        "allies of New certainly yield actor as x leaders of x yield person return x.name, person.name",
        &["Friend Lead"],
    );
    check("leaders of New yield person leaders of Friend yield person as other return person = other", &["true"]);
    check(
        "allies of New where certainty = 'certain' order by actor.name desc limit 1",
        &[].iter()
            .chain(&[lines(&ask_with("allies of New where actor.name = 'Vague Friend'", &[]))[0].as_str()])
            .copied()
            .collect::<Vec<_>>(),
    );
    check("allies of New yield actor order by actor.name desc limit 1 return actor.name", &["Vague Friend"]);
}

#[test]
fn optional_keeps_the_row() {
    check(
        "match (g:Organisation) where g.name in ['Old', 'Foe'] optional allies of g return g.name, actor.name",
        &["Foe New", "Old null"],
    );
    check("optional allies of Old return actor", &["null"]);
    check("optional allies of Old yield actor", &["null"]);
    check("match (g 'Old') optional groups sharing network of g via alliance return g.name, group", &["Old null"]);
    check("match (g 'Old') optional network of g as of 1990 via alliance return g.name, node", &["Old null"]);
    check("optional timeline of Witness return event", &["null"]);
    check("match (g 'Old') optional lineage from g to Foe return g.name, path", &["Old null"]);
    check("match (g 'Old') optional who is Nobody return g.name, node", &["Old null"]);
    check(
        "match (g 'Old') optional leaders of g optional components of g yield actor return g.name, person, actor",
        &["Old null null"],
    );
}

#[test]
fn in_exists_count_and_collect() {
    check("match (g:Organisation) where exists { rivals of g } return g.name", &["Friend", "New"]);
    check("match (g:Organisation) where not exists { allies of g as of 2012 } and g.name < 'G' return g.name", &[]);
    check("match (g 'New') return count { allies of g } as n, count { allies of g certainly } as m", &["4 3"]);
    check("match (g 'Friend') return [x in collect { allies of g yield actor } | x.name] as names", &["['New']"]);
    check(
        "allies of New yield actor where exists { rivals of actor } return actor.name",
        &["Friend"].iter().filter(|_| false).copied().collect::<Vec<_>>(),
    );
}

#[test]
fn in_subqueries() {
    check("match (g 'Foe') call (g) { allies of g return count(*) as n } return g.name, n", &["Foe 1"]);
    check("match (g 'Foe') call (g) { allies of g yield actor } return g.name, actor.name", &["Foe New"]);
    check(
        "match (g 'Foe') call (g) { rivals of g yield actor union allies of g yield actor } return actor.name",
        &["New"],
    );
    check("match (g 'Foe') optional call (g) { rivals of g yield actor } return g.name, actor", &["Foe null"]);
    check("call { allies of Foe yield actor } return actor.name", &["New"]);
}

#[test]
fn in_unions() {
    check("allies of Foe yield actor union rivals of Friend yield actor", &["New"]);
    check("allies of Foe yield actor union all rivals of Friend yield actor", &["New", "New"]);
    check("allies of Foe yield actor union return 1 as actor", &["New", "1"]);
    check(
        "allies of Foe union with 1 as x return x as actor, 2 as relation, 3 as standing, 4 as since, 5 as until, \
           6 as certainty, 7 as sources limit 0",
        &[lines(&ask_with("allies of Foe", &[]))[0].as_str()],
    );
}

#[test]
fn a_statement_ends_the_names_before_it() {
    check(
        "match (g 'New') rivals of g allies of g yield actor as ally return actor.name, ally.name",
        &["Friend Foe", "Friend Friend", "Friend Late Friend", "Friend Vague Friend"],
    );
    check(
        "allies of New according to late-2020 rivals of Friend yield actor as x return actor.name, x.name",
        &["Late Friend New"],
    );
    check(
        "match (a 'New')-[:alliance]-(b) according to Witness allies of b as of 2012 return b.name, actor.name",
        &["Late Friend New"],
    );
    check(
        "match (a 'New')-[:alliance]-(b) according to 'Witness' allies of b yield actor return b.name, actor.name",
        &["Late Friend New"],
    );
    check(
        "lineage from Old to New avoiding Side leaders of Friend yield person return steps, person.name",
        &["2 Lead"],
    );
}

#[test]
fn taken_columns_are_named() {
    refused("match (actor 'New') allies of actor return actor", &["column `actor` is already taken", "YIELD actor AS"]);
    check("match (actor 'Foe') allies of actor yield actor as x return actor.name, x.name", &["Foe New"]);
    check("match (relation 'Foe') allies of relation yield actor return relation.name, actor.name", &["Foe New"]);
    check("match (actor 'Foe')-[r]-() allies of New as of (actor.year) yield actor as x return x.name", &[]);
}
