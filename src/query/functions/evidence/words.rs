//! Relations in words, by the readings of the schema.

use crate::graph::Graph;
use crate::model::{EdgeId, End, RelationType};
use crate::time::TimeClass;

/// The type of a relation, where the schema knows it.
pub(super) fn relation_type(graph: &Graph, edge: EdgeId) -> Option<&RelationType> {
    graph.schema().types.get(&**graph.type_name(graph.edge_type(edge)))
}

/// The relation from subject to object: "split from"; the type's name in a graph without a schema.
pub(super) fn reading(graph: &Graph, edge: EdgeId) -> String {
    let reading = relation_type(graph, edge).map(|relation| relation.reading.clone());
    reading.unwrap_or_else(|| graph.type_name(graph.edge_type(edge)).to_string())
}

/// The relation from object to subject: "had as a splinter"; the type's name in a graph without a schema.
pub(super) fn inverse(graph: &Graph, edge: EdgeId) -> String {
    let inverse = relation_type(graph, edge).map(|relation| relation.inverse.clone());
    inverse.unwrap_or_else(|| graph.type_name(graph.edge_type(edge)).to_string())
}

/// The office in which somebody stood in a relation, else the relation in words.
pub(super) fn capacity(graph: &Graph, edge: EdgeId) -> String {
    let is_turned = || relation_type(graph, edge).is_some_and(|relation| relation.from == Some(End::Object));
    office(graph, edge).unwrap_or_else(|| if is_turned() { inverse(graph, edge) } else { reading(graph, edge) })
}

fn office(graph: &Graph, edge: EdgeId) -> Option<String> {
    graph.edge_property(edge, graph.key_id("office")?).as_text().map(str::to_owned)
}

/// Subject, relation and object, with the office: "Iyad Ag Ghali led JNIM (emir)".
pub(super) fn sentence(graph: &Graph, edge: EdgeId) -> String {
    let (subject, object) = (graph.name_of(graph.source(edge)), graph.name_of(graph.target(edge)));
    let office = office(graph, edge).map(|office| format!(" ({office})")).unwrap_or_default();
    format!("{subject} {} {object}{office}", reading(graph, edge))
}

/// The word of the schema's files for when relations of a type hold.
pub(super) fn time_class(class: TimeClass) -> &'static str {
    match class {
        TimeClass::Interval => "interval",
        TimeClass::LastingEvent => "lasting_event",
        TimeClass::MomentaryEvent => "momentary_event",
        TimeClass::EventDate => "event_date",
        TimeClass::Timeless => "timeless",
    }
}
