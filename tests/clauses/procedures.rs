//! Statements as procedures.

use super::{check, check_with, refused, session};
use griot::query::statements::{self, Piece};

#[test]
fn a_call_becomes_the_very_same_statement() {
    let core = |query: &str| session().core(query).unwrap_or_else(|failure| panic!("{query}\n{failure}"));
    for (call, statement) in [
        ("CALL griot.lineage('Old', 'New')", "lineage from 'Old' to 'New'"),
        ("CALL griot.lineage('Old')", "lineage of 'Old'"),
        ("CALL griot.alliesAndRivals('New', {asOf: '2012-07'})", "allies and rivals of 'New' as of 2012-07"),
        (
            "CALL griot.groupsSharingNetwork('Lead', {within: [1, 2]})",
            "groups sharing network of 'Lead' within 1..2 hops",
        ),
        (
            "CALL griot.lineage('Old', 'New', {avoiding: 'Side', via: 'lineage', within: 3})",
            "lineage from 'Old' to 'New' avoiding 'Side' via lineage within 3 hops",
        ),
        (
            "CALL griot.allies('New', {during: '2011..2012', certainly: true, accordingTo: ['early-2012', 'Witness']})",
            "allies of 'New' during 2011..2012 certainly according to 'early-2012', 'Witness'",
        ),
        (
            "CALL griot.allies('New', {throughout: ['2011', null], worded: 'asserted|assessed', rated: 'B2'})",
            "allies of 'New' throughout 2011.. worded asserted|assessed rated B2",
        ),
        (
            "CALL griot.allies('New', {knownBy: 2013, withoutSource: 'undated'}) YIELD actor AS a",
            "allies of 'New' known by 2013 without source 'undated' yield actor as a",
        ),
        (
            "CALL griot.timeline(['New', 'Old'], {via: ['alliance', 'lineage']})",
            "timeline of 'New', 'Old' via alliance|lineage",
        ),
        ("CALL griot.whoIs('Lead')", "who is 'Lead'"),
        ("CALL griot.changes('allies of New', '2011', 2012)", "changes in allies of New from 2011 to 2012"),
    ] {
        assert_eq!(core(call), core(statement), "{call}");
    }
}

#[test]
fn every_statement_can_be_called() {
    for definition in statements::ALL {
        let argument = |piece: &Piece| match piece {
            Piece::Word(_) => None,
            Piece::Subject(_) => Some("'New'"),
            Piece::Bound(_) => Some("r"),
            Piece::Text(_) => Some("'New'"),
            Piece::Subjects(_) => Some("['New', 'Old']"),
            Piece::Texts(_) => Some("['fighters']"),
            Piece::Statement(_) => Some("'allies of New'"),
            Piece::Time(_) => Some("'2011'"),
        };
        let arguments: Vec<&str> = definition.signature.iter().filter_map(argument).collect();
        let call = format!("MATCH ()-[r]->() CALL {}({}) RETURN *", definition.procedure(), arguments.join(", "));
        session().core(&call).unwrap_or_else(|failure| panic!("{call}\n{failure}"));
    }
}

#[test]
fn calls_yield_filter_and_take_parameters_and_variables() {
    check("CALL griot.allies('New') YIELD actor AS x, certainty WHERE certainty = 'possible' RETURN x.name", &["Foe"]);
    check_with(
        "CALL griot.allies($who, {asOf: $t}) YIELD actor RETURN actor.name",
        &[("who", "New".into()), ("t", "2011".into())],
        &["Friend", "Vague Friend"],
    );
    check("MATCH (g 'Foe') CALL griot.allies(g) YIELD actor RETURN g.name, actor.name", &["Foe New"]);
    check("MATCH (g 'Old') OPTIONAL CALL griot.allies(g) YIELD actor RETURN g.name, actor", &["Old null"]);
    check("CALL griot.allies('Foe') YIELD actor", &["New"]);
}

#[test]
fn what_is_wrong_with_a_call_is_told() {
    refused("CALL griot.linage('Old')", &["no procedure `griot.linage`", "did you mean `griot.lineage`"]);
    refused(
        "CALL griot.lineage()",
        &["does not take 0 arguments", "griot.lineage(a, b, {…})", "griot.lineage(a, {…})"],
    );
    refused("CALL griot.allies('New', {asof: '2012'})", &["`asof` is no option", "did you mean `asOf`"]);
    refused("CALL griot.allies('New', {within: 'far'})", &["`within` takes a number of hops"]);
    refused("CALL griot.allies('New', {within: 2})", &["ALLIES OF a takes no WITHIN"]);
    refused("CALL griot.allies(New)", &["`New` is not defined here", "put a name into quotes: 'New'"]);
    refused("CALL griot.allies('Nowhere')", &["nothing in the graph is named 'Nowhere'"]);
    refused("CALL griot.allies('New') YIELD actr RETURN actr", &["no column `actr`", "did you mean `actor`"]);
    refused("CALL griot.changes('alies of New', 2011, 2012)", &["alies"]);
}
