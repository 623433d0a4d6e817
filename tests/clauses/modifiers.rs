//! What each modifier asks, on statements and after MATCH.

use super::{ask_with, check, check_with, lines, refused, says};
use griot::model::Value;

#[test]
fn a_time_is_a_date_a_parameter_an_expression_or_today() {
    check("allies of New as of 2011 yield actor", &["Friend", "Vague Friend"]);
    check_with("allies of New as of $t yield actor", &[("t", "2011".into())], &["Friend", "Vague Friend"]);
    check("allies of New as of (toString(2000 + 11)) yield actor", &["Friend", "Vague Friend"]);
    check("with 2011 as year allies of New as of (year) yield actor return actor", &["Friend", "Vague Friend"]);
    // Today is 2013-01-01.
    check("allies of New as of today certainly yield actor", &["Late Friend"]);
    check("allies of New as of today yield actor", &["Foe", "Late Friend", "Vague Friend"]);
    check("match (a 'New')-[:alliance]-(b) as of (2011) return b.name", &["Friend", "Vague Friend"]);
    check_with(
        "match (a 'New')-[:alliance]-(b) as of $t return b.name",
        &[("t", 2011.into())],
        &["Friend", "Vague Friend"],
    );
}

#[test]
fn throughout_asks_for_every_day() {
    check("allies of New throughout 2012-01..2012-03 certainly yield actor", &["Friend"]);
    check("allies of New throughout 2012 certainly yield actor", &[]);
    check("allies of New during 2012 certainly yield actor", &["Friend", "Late Friend"]);
    check("match (a 'New')-[:ALLIED_WITH]-(b) throughout 2011-06 certainly return b.name", &[]);
    check("match (a 'New')-[:ALLIED_WITH]-(b) throughout 2012-02 certainly return b.name", &["Friend"]);
}

#[test]
fn certainly_stands_alone_or_beside_a_time() {
    check("allies of New certainly yield actor", &["Friend", "Late Friend", "Vague Friend"]);
    check("allies of New as of 2012-08 certainly yield actor", &[]);
    check("allies of New as of 2012-08 yield actor", &["Foe", "Late Friend", "Vague Friend"]);
}

#[test]
fn known_by_leaves_out_what_was_published_later_or_has_no_date() {
    check("allies of New known by 2013 yield actor", &["Foe", "Friend"]);
    check("match (a 'New')-[:alliance]-(b) known by 2021 return b.name", &["Foe", "Friend", "Late Friend"]);
    says("allies of New known by 2013", "1 source without a date stays out");
    check_with("allies of New known by $t yield actor", &[("t", "2013".into())], &["Foe", "Friend"]);
}

#[test]
fn whose_word_is_a_source_or_whom_it_quotes_a_parameter_or_a_variable() {
    check("allies of New according to late-2020 yield actor", &["Late Friend"]);
    check("allies of New according to Witness yield actor", &["Late Friend"]);
    check("allies of New according to undated, Witness yield actor", &["Late Friend", "Vague Friend"]);
    check_with("allies of New according to $s yield actor", &[("s", "late-2020".into())], &["Late Friend"]);
    let both = Value::list(vec!["late-2020".into(), "undated".into()]);
    check_with("allies of New according to $s yield actor", &[("s", both)], &["Late Friend", "Vague Friend"]);
    check("match (w 'Witness') allies of New according to w yield actor return actor", &["Late Friend"]);
    check("match (w 'Witness') match (a 'New')-[:alliance]-(b) according to w return b.name", &["Late Friend"]);
    check("allies of New without source early-2012 yield actor", &["Late Friend", "Vague Friend"]);
    check("match (a 'New')-[:alliance]-(b) without source early-2012, undated return b.name", &["Late Friend"]);
    refused("allies of New according to Witnesx", &["nothing in the graph is named 'Witnesx'", "Witness"]);
}

#[test]
fn grades_and_wordings_choose_claims() {
    check("allies of New rated B2 yield actor", &["Friend"]);
    check("allies of New rated a1 yield actor", &[]);
    check("allies of New worded alleged yield actor", &["Foe"]);
    check("allies of New worded alleged|asserted as of 2012-08 yield actor", &["Foe", "Late Friend", "Vague Friend"]);
    check("match (a 'New')-[:alliance]-(b) rated B2 return b.name", &["Friend"]);
    check("match (a 'New')-[:alliance]-(b) worded alleged return b.name", &["Foe"]);
    refused("allies of New rated B9", &["no grade of the Admiralty code", "B2"]);
    refused("allies of New worded asserte", &["no wording", "asserted"]);
}

#[test]
fn chains_pass_through_and_avoid() {
    let two = ["Old ←SPLIT_FROM— Middle ←SPLIT_FROM— New", "Old ←SPLIT_FROM— Side ←SPLIT_FROM— New"];
    check("lineage from Old to New yield path", &two);
    check("lineage from Old to New through Side yield path", &two[1..]);
    check("lineage from Old to New through 'Side', Middle yield path", &[]);
    check("lineage from Old to New avoiding Side yield path", &two[..1]);
    check_with("lineage from Old to New avoiding $x yield path", &[("x", "side".into())], &two[..1]);
    check("match (s 'Side') lineage from Old to New through s yield path return path", &two[1..]);
    check("lineage of New avoiding Side yield path", &two[..1]);
    refused("lineage from Old to New through Sidee", &["nothing in the graph is named 'Sidee'", "Side"]);
    refused("allies of New through Side", &["ALLIES OF a takes no THROUGH", "LINEAGE FROM"]);
}

#[test]
fn connections_are_the_shortest_of_those_that_pass() {
    let of = |query: &str| lines(&ask_with(query, &[]));
    assert_eq!(of("connections between Old and Friend yield length"), ["3", "3", "3", "3"]);
    // By Late Friend there is no way at all, and by Lead one that is longer.
    assert_eq!(of("connections between Old and Friend through Late Friend yield length"), Vec::<String>::new());
    assert_eq!(of("connections between Old and Friend through Lead yield length"), ["4", "4"]);
    assert_eq!(of("connections between Old and Friend avoiding Side yield length"), ["3", "3"]);
    assert_eq!(of("connections between New and Friend yield length"), ["1", "1"]);
    assert_eq!(of("connections between New and Friend via people yield length"), ["2"]);
    assert_eq!(of("connections between New and Friend via people avoiding Lead yield length"), Vec::<String>::new());
}

#[test]
fn bare_nodes_exist_then() {
    check("match (g:Organisation 'Friend') as of 2005 return g.name", &[]);
    check("match (g:Organisation 'Friend') as of 2012 return g.name", &["Friend"]);
    check("match (g:Organisation 'Friend') as of 2011 certainly return g.name", &["Friend"]);
    check("match (g:Organisation 'Foe') as of 2005 return g.name", &["Foe"]);
    check("match (g:Organisation 'Foe') as of 2005 certainly return g.name", &[]);
}

#[test]
fn a_modifier_stands_once() {
    refused("allies of New as of 2011 as of 2012", &["a time is given twice"]);
    refused("lineage of New via lineage via alliance", &["VIA is given twice"]);
    refused("lineage of New avoiding Old avoiding Side", &["AVOIDING is given twice"]);
    refused("match (a)-[r]->(b) through Old return r", &["THROUGH belongs to statements"]);
}

#[test]
fn an_empty_answer_says_what_left_out_how_many() {
    says("lineage from Old to New avoiding Side, Middle", "2 rows without AVOIDING Side, Middle");
    says("lineage from Old to New through Foe", "2 rows without THROUGH Foe");
    says("allies of Foe as of 2005", "1 row without AS OF 2005");
    says("allies of Foe certainly", "1 row without CERTAINLY");
    says("allies of Foe as of 2005 according to late-2020", "1 row without AS OF 2005 and ACCORDING TO late-2020");
    says("match (a 'Foe')-[:alliance]-(b) as of 2005 return b", "1 row without AS OF 2005");
}

#[test]
fn a_lineage_asked_the_wrong_way_round_says_so() {
    says("lineage from New to Old", "the descent runs the other way");
}
