//! Functions on evidence: who says so, how sure it is, since when and until when.
//!
//! They take a relationship, a path, or a list of such (however deep), and most of them a `when`: what is asked, as a
//! date (as of then) or as a map of what a statement's modifiers say: see [`when`]. Deprecated claims back nothing and
//! are left out throughout.

use indexmap::IndexSet;

use super::{Context, Function, FunctionError, PLAIN, ValueKind, optional, required};
use crate::graph::Graph;
use crate::model::{ClaimId, EdgeId, NodeId, Value};
use crate::time::{Edtf, Standing, Why};

mod spell;
#[cfg(test)]
mod tests;
mod when;

use when::When;

const WHEN: super::Parameter = optional("when", when::KIND);
const TIE: super::Parameter = required("relationship", ValueKind::TIE);
const BACKED: super::Parameter = required("of", ValueKind::BACKED);

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
        meaning: "whether live claims contradict each other on it: on whether it holds, or on when",
        body: |context, args| {
            let when = When::of(context, args.get(1))?;
            let is_disputed = |edge: &EdgeId| {
                when.standing(context.graph, *edge) == Standing::Disputed || when.has_rival_dates(context.graph, *edge)
            };
            Ok(Evidence::of(&args[0])?.edges.iter().any(is_disputed).into())
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
        name: "role",
        parameters: &[required("relationship", ValueKind::Relationship)],
        returns: ValueKind::String,
        meaning: "the role of a relationship's type, the most specific one",
        body: |context, args| Ok(roles(context.graph, &args[0]).into_iter().next().unwrap_or_default()),
        ..PLAIN
    },
    Function {
        name: "roles",
        parameters: &[required("relationship", ValueKind::Relationship)],
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
    let relation = graph.type_name(graph.edge_type(super::entity::of_edge(relationship)));
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
