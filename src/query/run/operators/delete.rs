//! DELETE: takes nodes, relations and paths away. A node may still have relations when it goes, if they go before the
//! statement ends ([`Execution::verify`](crate::query::run::Execution)).

use super::{Input, Operator};
use crate::graph::{Direction, Graph};
use crate::model::{EdgeId, NodeId, Value};
use crate::query::bind::writing::BoundDelete;
use crate::query::functions::ErrorClass;
use crate::query::run::batch::Batch;
use crate::query::run::expression::Row;
use crate::query::run::{Bereaved, Execution, Outcome, RunError};
use crate::source::Span;

pub(super) struct Delete<'p> {
    pub input: Input<'p>,
    pub delete: &'p BoundDelete,
}

impl Operator for Delete<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        for row in 0..batch.rows {
            execution.token.step()?;
            for target in &self.delete.targets {
                let value =
                    execution.evaluate(|evaluator| evaluator.value(target, Row { batch: &batch, index: row }))?;
                self.delete(execution, &value, target.span)?;
            }
        }
        Ok(Some(batch))
    }
}

impl Delete<'_> {
    fn delete(&self, execution: &Execution<'_>, value: &Value, span: Span) -> Outcome<()> {
        let mut graph = execution.graph.borrow_mut();
        match value {
            Value::Null => {}
            Value::Rel(edge) => delete_rel(&mut graph, *edge),
            Value::Node(node) => self.delete_node(execution, &mut graph, *node, span),
            Value::Path(path) => {
                path.rels.iter().for_each(|edge| delete_rel(&mut graph, *edge));
                path.nodes.iter().for_each(|node| self.delete_node(execution, &mut graph, *node, span));
            }
            other => {
                let message = format!(
                    "DELETE takes nodes, relationships and paths, not a {}; a property is taken away by REMOVE",
                    other.type_name()
                );
                return Err(RunError::at(span, ErrorClass::TypeError, "InvalidArgumentType", message));
            }
        }
        Ok(())
    }

    /// What is gone already stays gone.
    fn delete_node(&self, execution: &Execution<'_>, graph: &mut Graph, node: NodeId, span: Span) {
        if !graph.has_node(node) {
            return;
        }
        if self.delete.detach {
            graph.detach_delete_node(node).expect("the node is there");
            return;
        }
        if graph.all_neighbours(node, Direction::Both).next().is_some() {
            execution.bereaved.borrow_mut().push(Bereaved { node, span });
        }
        graph.delete_node_before_its_edges(node).expect("the node is there");
    }
}

fn delete_rel(graph: &mut Graph, edge: EdgeId) {
    if graph.has_edge(edge) {
        graph.delete_edge(edge).expect("the relation is there");
    }
}
