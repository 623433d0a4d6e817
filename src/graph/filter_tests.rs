//! Filters on time and evidence, against each edge's claims.

use super::{EdgeFilter, Graph, GraphBuilder, NewClaim, NewSource, Orientation, View};
use crate::model::{EdgeId, NodeId, Rank, SourceId, Wording};
use crate::time::{Bounds, Day, Edtf, Period, Question, Standing, Why};

fn days(first: i32, last: i32) -> Period {
    Period { first: Day(first), last: Day(last) }
}

fn as_of(first: i32, last: i32) -> EdgeFilter {
    EdgeFilter::at(Question::AsOf(days(first, last)))
}

/// Sources: a paper of 2015 (B), a post that copies it (undated, D), a report of 2018 (A). One alliance for each list of
/// claims: source, credibility, wording, whom it quotes.
struct World {
    graph: Graph,
    paper: NodeId,
    post: NodeId,
    report: NodeId,
    acled: NodeId,
}

type Said = (u32, u8, Wording, bool);

fn world(alliances: &[&[Said]]) -> World {
    let mut builder = GraphBuilder::new();
    let [paper, post, report, acled] = ["paper", "post", "report", "acled"].map(|slug| builder.add_node(slug, &[]));
    let source = |id: &str, date: &str, reliability: &str, origin: &str| NewSource {
        id: id.into(),
        date: date.into(),
        reliability: reliability.into(),
        origin: origin.into(),
        ..NewSource::default()
    };
    builder.add_source(&source("paper", "2015", "B", ""));
    builder.add_source(&source("post", "", "D", "paper"));
    builder.add_source(&source("report", "2018-02", "A", ""));
    let allied = builder.relation_type("ALLIED_WITH");
    let nodes: Vec<NodeId> = (0..=alliances.len()).map(|_| builder.add_node("", &[])).collect();
    for (claims, ends) in alliances.iter().zip(nodes.windows(2)) {
        let edge = builder.add_edge(allied, ends[0], ends[1]);
        for (source, credibility, wording, quotes) in *claims {
            let claim = NewClaim {
                credibility: *credibility,
                wording: *wording,
                attributed_to: quotes.then_some(acled),
                bounds: Bounds::exactly(days(0, 100)),
                ..NewClaim::new(SourceId(*source), "p. 1")
            };
            builder.add_edge_claim(edge, &claim);
        }
    }
    World { graph: Graph::from(builder.freeze()), paper, post, report, acled }
}

/// How the alliances stand under a filter.
fn check(world: &World, filter: &EdgeFilter, expected: &[Standing]) {
    let found: Vec<Standing> = world.graph.edges().map(|edge| world.graph.standing(edge, filter)).collect();
    assert_eq!(found, expected, "{filter:?}");
    let view = View::new(&world.graph).under(filter.clone());
    let matched: Vec<EdgeId> = world.graph.edges().filter(|edge| expected[edge.index()].is_matched()).collect();
    assert_eq!(view.edges().collect::<Vec<_>>(), matched);
    let walked = world.graph.nodes().flat_map(|node| view.neighbours(node, false).collect::<Vec<_>>());
    assert_eq!(walked.map(|(edge, _)| edge).collect::<Vec<_>>(), matched);
}

use Standing::{Certain, Disputed, No, Possible};
use Wording::{Alleged, Asserted, Denied};

#[test]
fn time_alone_is_answered_for_all_claims_together() {
    let world = world(&[
        &[(0, 2, Asserted, false)],
        &[(0, 2, Asserted, false), (2, 2, Denied, false)],
        &[(2, 0, Denied, false)],
        &[],
    ]);
    check(&world, &as_of(10, 20), &[Certain, Disputed, No, Possible]);
    check(&world, &as_of(200, 300), &[No, No, No, Possible]);
    check(&world, &EdgeFilter::default(), &[Certain, Disputed, No, Certain]);
    check(&world, &EdgeFilter { certainly: true, ..as_of(10, 20) }, &[Certain, No, No, No]);
    assert!(!world.graph.is_backed(EdgeId(2)) && world.graph.is_backed(EdgeId(3)));
    assert!(!world.graph.all_are_backed(world.graph.edge_type(EdgeId(0))));
}

#[test]
fn the_word_of_a_source_is_what_it_says_and_what_quotes_it() {
    let world = world(&[&[(0, 2, Asserted, true)], &[(0, 2, Asserted, false), (2, 2, Denied, false)], &[]]);
    let by = |voices: &[NodeId]| EdgeFilter { according_to: Some(voices.to_vec()), ..as_of(10, 20) };
    check(&world, &by(&[world.paper]), &[Certain, Certain, No]);
    check(&world, &by(&[world.acled]), &[Certain, No, No]);
    check(&world, &by(&[world.report]), &[No, No, No]);
    check(&world, &by(&[world.report, world.paper]), &[Certain, Disputed, No]);
    check(&world, &by(&[]), &[No, No, No]);
}

#[test]
fn without_a_source_its_copies_are_gone_too() {
    let world = world(&[
        &[(0, 2, Asserted, false), (1, 2, Asserted, false)],
        &[(1, 2, Asserted, false), (2, 2, Alleged, true)],
        &[],
    ]);
    let without = |voices: &[NodeId]| EdgeFilter { without: voices.to_vec(), ..as_of(10, 20) };
    check(&world, &without(&[world.paper]), &[No, Possible, Possible]);
    check(&world, &without(&[world.post]), &[Certain, Possible, Possible]);
    check(&world, &without(&[world.acled, world.post]), &[Certain, No, Possible]);
    let alleged = without(&[world.paper]);
    assert_eq!(world.graph.why(EdgeId(1), &alleged), Some(Why::Alleged));
    assert_eq!(world.graph.claims_under(EdgeId(1), &alleged).count(), 1);
    assert_eq!(world.graph.claims_under(EdgeId(0), &alleged).count(), 0);
}

#[test]
fn what_was_known_how_graded_and_how_worded() {
    let world = world(&[
        &[(0, 2, Asserted, false)],
        &[(1, 1, Asserted, false)],
        &[(2, 3, Alleged, false)],
        &[(2, 0, Asserted, false)],
    ]);
    let latest = |date: &str| Edtf::parse(date).unwrap().latest();
    let known = |date: &str| EdgeFilter { known_by: Some(latest(date)), ..as_of(10, 20) };
    check(&world, &known("2015-06"), &[No, No, No, No]);
    check(&world, &known("2015"), &[Certain, No, No, No]);
    check(&world, &known("2018-02"), &[Certain, No, Possible, Certain]);
    let rated = |letter, number| EdgeFilter { rated: Some((letter, number)), ..as_of(10, 20) };
    check(&world, &rated('B', 2), &[Certain, No, No, No]);
    check(&world, &rated('D', 3), &[Certain, Certain, Possible, No]);
    let worded = EdgeFilter { worded: vec![Alleged], ..as_of(10, 20) };
    check(&world, &worded, &[No, No, Possible, No]);
}

#[test]
fn deprecated_claims_count_nowhere() {
    let mut builder = GraphBuilder::new();
    let [a, b] = ["a", "b"].map(|slug| builder.add_node(slug, &[]));
    let source = builder.add_source(&NewSource { id: "a".into(), ..NewSource::default() });
    let relation = builder.relation_type("FOUGHT");
    let edge = builder.add_edge(relation, a, b);
    builder.add_edge_claim(edge, &NewClaim { rank: Rank::Deprecated, ..NewClaim::new(source, "p. 1") });
    let graph = Graph::from(builder.freeze());
    assert_eq!(graph.standing(EdgeId(0), &EdgeFilter::default()), No);
    let by = EdgeFilter { according_to: Some(vec![a]), ..EdgeFilter::default() };
    assert_eq!(graph.standing(EdgeId(0), &by), No);
    assert_eq!(graph.claims_of_edge(EdgeId(0)).count(), 1);
}

#[test]
fn nodes_of_a_view_are_those_that_exist_then() {
    let mut builder = GraphBuilder::new();
    let nodes: Vec<NodeId> = (0..3).map(|_| builder.add_node("", &[])).collect();
    builder.set_lifetime(nodes[0], Bounds::exactly(days(0, 10)));
    builder.set_lifetime(nodes[1], Bounds { s1: Day(5), s2: Day(15), e1: Day(50), e2: Day::MAX });
    let graph = Graph::from(builder.freeze());
    let existing = |filter: EdgeFilter| View::new(&graph).under(filter).nodes().map(|node| node.0).collect::<Vec<_>>();
    assert_eq!(existing(as_of(7, 8)), [0, 1, 2]);
    assert_eq!(existing(as_of(20, 20)), [1, 2]);
    assert_eq!(existing(EdgeFilter { certainly: true, ..as_of(20, 20) }), [1]);
    assert_eq!(existing(EdgeFilter::default()), [0, 1, 2]);
    assert_eq!(View::new(&graph).oriented(Orientation::BothWays).nodes().count(), 3);
}
