//! Functions on evidence: who says so, how sure it is, since when and until when.
//!
//! They take a relationship, a path, or a list of such (however deep), and most of them a `when`: what is asked, as a
//! date (as of then) or as a map of what a statement's modifiers say: see [`when`]. Deprecated claims back nothing and
//! are left out throughout.

use indexmap::IndexSet;

use super::entity::{of_edge, of_node};
use super::{Context, Function, FunctionError, PLAIN, ValueKind, optional, required};
use crate::graph::Graph;
use crate::model::{ClaimId, EdgeId, NodeId, Value};
use crate::time::{Edtf, Standing, Why};

mod about;
mod disputes;
mod figures;
mod spell;
#[cfg(test)]
mod tests;
mod when;
mod words;

pub(crate) use spell::is_dated;
use when::When;

const WHEN: super::Parameter = optional("when", when::KIND);
const TIE: super::Parameter = required("relationship", ValueKind::TIE);
const BACKED: super::Parameter = required("of", ValueKind::BACKED);
const NODE: super::Parameter = required("node", ValueKind::Node);
const RELATIONSHIP: super::Parameter = required("relationship", ValueKind::Relationship);
const NODES: super::Parameter = required("of", ValueKind::OneOf(&[ValueKind::Node, ValueKind::List]));

/// In reading order.
pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "claims",
        parameters: &[BACKED, WHEN],
        returns: ValueKind::List,
        meaning: "the claims behind relationships and paths, or about nodes, each once",
        body: |context, args| {
            let claims = claims(context, args)?;
            Ok(Value::list(claims.into_iter().map(Value::Claim).collect()))
        },
        ..PLAIN
    },
    Function {
        name: "allClaims",
        parameters: &[NODE, WHEN],
        returns: ValueKind::List,
        meaning: "the claims about a node and about its relations, denials among them",
        body: |context, args| {
            let when = When::of(context, args.get(1))?;
            let claims = about::all_claims(context.graph, of_node(&args[0]), &when);
            Ok(Value::list(claims.into_iter().map(Value::Claim).collect()))
        },
        ..PLAIN
    },
    Function {
        name: "sources",
        parameters: &[BACKED, WHEN],
        returns: ValueKind::List,
        meaning: "the ids of the sources of these claims, each once",
        body: |context, args| {
            let graph = context.graph;
            let sources: IndexSet<_> =
                claims(context, args)?.into_iter().map(|claim| graph.claim(claim).source).collect();
            Ok(Value::list(sources.into_iter().map(|source| graph.source_record(source).id.into()).collect()))
        },
        ..PLAIN
    },
    Function {
        name: "certainty",
        parameters: &[TIE, WHEN],
        returns: ValueKind::String,
        meaning: "'certain', 'disputed' or 'possible', of a path that of its weakest step; null where it does not hold",
        body: |context, args| {
            let when = When::of(context, args.get(1))?;
            let standings = Evidence::of(&args[0])?.edges.into_iter().map(|edge| when.standing(context.graph, edge));
            Ok(standings.fold(Standing::Certain, Standing::and).word().into())
        },
        ..PLAIN
    },
    Function {
        name: "why",
        parameters: &[TIE, WHEN],
        returns: ValueKind::String,
        meaning: "why it is not certain, in a few words; of a path, why its weakest step is not",
        body: |context, args| {
            let when = When::of(context, args.get(1))?;
            let why = weakest(context.graph, &args[0], &when)?.and_then(|edge| when.why(context.graph, edge));
            Ok(why.as_ref().map(Why::to_string).into())
        },
        ..PLAIN
    },
    Function {
        name: "weakest",
        parameters: &[TIE, WHEN],
        returns: ValueKind::Relationship,
        meaning: "the relationship that stands weakest; of equals the one with fewer witnesses, then the first",
        body: |context, args| {
            let when = When::of(context, args.get(1))?;
            Ok(weakest(context.graph, &args[0], &when)?.map_or(Value::Null, Value::Rel))
        },
        ..PLAIN
    },
    Function {
        name: "disputed",
        parameters: &[TIE, WHEN],
        returns: ValueKind::Boolean,
        meaning: "whether live claims contradict each other on it: on whether it holds, on when, or by any other rule",
        body: |context, args| {
            let when = When::of(context, args.get(1))?;
            let is_disputed = |edge: &EdgeId| {
                when.standing(context.graph, *edge) == Standing::Disputed
                    || disputes::is_disputed(context.graph, *edge, &when)
            };
            Ok(Evidence::of(&args[0])?.edges.iter().any(is_disputed).into())
        },
        ..PLAIN
    },
    Function {
        name: "disputes",
        parameters: &[optional("about", ValueKind::Node), WHEN],
        returns: ValueKind::List,
        meaning: "where sources contradict each other, by rule or by the curator's record, each as a map of subject, \
                  matter, kind, found_by, side_a, source_a, side_b, source_b, independent, claims …; of all, or of a node",
        sees_null: true,
        body: |context, args| {
            let when = When::of(context, args.get(1))?;
            let node = args.first().filter(|node| !node.is_null()).map(of_node);
            Ok(Value::list(disputes::disputes(context.graph, node, &when)))
        },
        ..PLAIN
    },
    Function {
        name: "since",
        parameters: &[TIE, WHEN],
        returns: ValueKind::Edtf,
        meaning: "the earliest start that live claims give; null where none gives any",
        body: |context, args| {
            let when = When::of(context, args.get(1))?;
            let starts =
                Evidence::of(&args[0])?.edges.into_iter().filter_map(|edge| spell::start(context.graph, edge, &when));
            Ok(date(spell::earliest(starts)))
        },
        ..PLAIN
    },
    Function {
        name: "until",
        parameters: &[TIE, WHEN],
        returns: ValueKind::Edtf,
        meaning: "the latest end that live claims give; '..' where they only say that it had not ended; of a path, when \
                  its last step ended or, where that is not said, began",
        body: |context, args| {
            let (graph, when) = (context.graph, When::of(context, args.get(1))?);
            let is_one = matches!(args[0], Value::Rel(_));
            let ends = Evidence::of(&args[0])?.edges.into_iter().filter_map(|edge| {
                let end = spell::end(graph, edge, &when);
                end.or_else(|| spell::start(graph, edge, &when).filter(|_| !is_one))
            });
            Ok(date(spell::latest(ends)))
        },
        ..PLAIN
    },
    Function {
        name: "inTimeOrder",
        parameters: &[TIE, WHEN],
        returns: ValueKind::Boolean,
        meaning: "whether a path or a list of relationships may have begun one after the other: false where one \
                  certainly began before one that stands before it; what has no date excludes nothing",
        body: |context, args| {
            let when = When::of(context, args.get(1))?;
            let edges = Evidence::of(&args[0])?.edges.into_iter();
            Ok(spell::is_in_order(edges.map(|edge| spell::start_bounds(context.graph, edge, &when))).into())
        },
        ..PLAIN
    },
    Function {
        name: "figures",
        parameters: &[NODES, WHEN],
        returns: ValueKind::List,
        meaning: "the figures of nodes, each as a map of node, measure, value, unit, scope, period, source, claim, text …",
        body: |context, args| {
            let when = When::of(context, args.get(1))?;
            let nodes = Evidence::of(&args[0])?.nodes;
            let figures = nodes.into_iter().flat_map(|node| figures::figures_of(context.graph, node, &when));
            Ok(Value::list(figures.collect()))
        },
        ..PLAIN
    },
    Function {
        name: "attributes",
        parameters: &[NODE, WHEN],
        returns: ValueKind::List,
        meaning: "what is said of a node itself, each as a map of attribute, value, since, until, wording, source, claim …",
        body: |context, args| {
            let when = When::of(context, args.get(1))?;
            Ok(Value::list(about::attributes(context.graph, of_node(&args[0]), &when)))
        },
        ..PLAIN
    },
    Function {
        name: "lifeDates",
        parameters: &[NODE, WHEN],
        returns: ValueKind::List,
        meaning: "when a node was founded, was born, died …, each as a map of time, event, matter, certainty, claims",
        body: |context, args| {
            let when = When::of(context, args.get(1))?;
            Ok(Value::list(about::life_dates(context.graph, of_node(&args[0]), &when)))
        },
        ..PLAIN
    },
    Function {
        name: "reading",
        parameters: &[RELATIONSHIP, optional("from", ValueKind::Node)],
        returns: ValueKind::String,
        meaning: "a relationship in words, from its start to its end: 'split from'; from the node given: 'had as a splinter'",
        body: |context, args| {
            let (graph, edge) = (context.graph, of_edge(&args[0]));
            let is_reversed = args.get(1).is_some_and(|from| of_node(from) != graph.source(edge));
            Ok(if is_reversed { words::inverse(graph, edge) } else { words::reading(graph, edge) }.into())
        },
        ..PLAIN
    },
    Function {
        name: "capacity",
        parameters: &[TIE],
        returns: ValueKind::String,
        meaning: "what somebody was by relationships, each once: 'emir, founded'; the office, else the relation in words",
        body: |context, args| {
            let said: IndexSet<String> =
                Evidence::of(&args[0])?.edges.into_iter().map(|edge| words::capacity(context.graph, edge)).collect();
            Ok(said.into_iter().collect::<Vec<_>>().join(", ").into())
        },
        ..PLAIN
    },
    Function {
        name: "sentence",
        parameters: &[RELATIONSHIP],
        returns: ValueKind::String,
        meaning: "a relationship and its ends in words: 'AQIM split from GSPC'",
        body: |context, args| Ok(words::sentence(context.graph, of_edge(&args[0])).into()),
        ..PLAIN
    },
    Function {
        name: "timeClass",
        parameters: &[RELATIONSHIP],
        returns: ValueKind::String,
        meaning: "when relationships of this type hold: interval, lasting_event, momentary_event, event_date or timeless",
        body: |context, args| {
            let graph = context.graph;
            Ok(words::time_class(graph.time_class(graph.edge_type(of_edge(&args[0])))).into())
        },
        ..PLAIN
    },
    Function {
        name: "isSymmetric",
        parameters: &[RELATIONSHIP],
        returns: ValueKind::Boolean,
        meaning: "whether a relationship says the same in both directions",
        body: |context, args| {
            let relation = words::relation_type(context.graph, of_edge(&args[0]));
            Ok(relation.is_some_and(|relation| relation.symmetric).into())
        },
        ..PLAIN
    },
    Function {
        name: "role",
        parameters: &[RELATIONSHIP],
        returns: ValueKind::String,
        meaning: "the role of a relationship's type, the most specific one",
        body: |context, args| Ok(roles(context.graph, &args[0]).into_iter().next().unwrap_or_default()),
        ..PLAIN
    },
    Function {
        name: "roles",
        parameters: &[RELATIONSHIP],
        returns: ValueKind::List,
        meaning: "the role of a relationship's type, and the roles above it",
        body: |context, args| Ok(Value::list(roles(context.graph, &args[0]))),
        ..PLAIN
    },
];

/// What an argument rests on, each once, in the order in which it is met.
#[derive(Default)]
struct Evidence {
    edges: IndexSet<EdgeId>,
    nodes: IndexSet<NodeId>,
    claims: IndexSet<ClaimId>,
}

impl Evidence {
    fn of(value: &Value) -> Result<Self, FunctionError> {
        let mut evidence = Self::default();
        evidence.gather(value)?;
        Ok(evidence)
    }

    fn gather(&mut self, value: &Value) -> Result<(), FunctionError> {
        match value {
            Value::Null => {}
            Value::Rel(edge) => {
                self.edges.insert(*edge);
            }
            Value::Node(node) => {
                self.nodes.insert(*node);
            }
            Value::Claim(claim) => {
                self.claims.insert(*claim);
            }
            Value::Path(path) => self.edges.extend(&path.rels),
            Value::List(items) => items.iter().try_for_each(|item| self.gather(item))?,
            other => {
                let message =
                    format!("evidence stands behind relationships, paths and nodes, not {}", ValueKind::of(other));
                return Err(FunctionError::wrong_value(message));
            }
        }
        Ok(())
    }
}

/// The claims behind the first argument, as far as the second admits them.
fn claims(context: &Context<'_>, args: &[Value]) -> Result<IndexSet<ClaimId>, FunctionError> {
    let (graph, when) = (context.graph, When::of(context, args.get(1))?);
    let evidence = Evidence::of(&args[0])?;
    let mut claims = IndexSet::new();
    for edge in evidence.edges {
        claims.extend(when.claims_of_edge(graph, edge));
    }
    let about_nodes = evidence.nodes.into_iter().flat_map(|node| graph.claims_of_node(node));
    claims.extend(about_nodes.chain(evidence.claims).filter(|claim| when.admits(graph, *claim)));
    Ok(claims)
}

fn weakest(graph: &Graph, of: &Value, when: &When) -> Result<Option<EdgeId>, FunctionError> {
    let edges = Evidence::of(of)?.edges.into_iter();
    Ok(edges.min_by_key(|edge| (when.standing(graph, *edge), when.witnesses(graph, *edge))))
}

fn roles(graph: &Graph, relationship: &Value) -> Vec<Value> {
    let schema = graph.schema();
    let relation = graph.type_name(graph.edge_type(of_edge(relationship)));
    let mut found: Vec<&str> = Vec::new();
    let mut next = schema.types.get(&**relation).map(|relation| relation.role.as_str());
    while let Some(role) = next.filter(|role| !found.contains(role)) {
        found.push(role);
        next = schema.roles.get(role).and_then(|role| role.within.as_deref());
    }
    found.into_iter().map(Value::from).collect()
}

fn date(date: Option<Edtf>) -> Value {
    date.map_or(Value::Null, |date| Value::Edtf(std::sync::Arc::new(date)))
}
