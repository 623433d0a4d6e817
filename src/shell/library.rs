//! The door between the command line and the library: open a graph, ask it, check a folder.

use std::path::Path;

use serde_json::Value as Json;

use super::failure::Failure;
use super::terminal::Terminal;
use crate::answer::{Answer, Knowledge};

/// An open graph.
pub struct Library {}

const MISSING: &str =
    "this build cannot read a knowledge base yet: the graph and the query engine come with the next landing";

impl Library {
    /// Opens the knowledge base in a folder, or the built-in one.
    pub fn open(_folder: Option<&Path>, _terminal: &mut Terminal) -> Result<Self, Failure> {
        Err(Failure::Missing(MISSING.to_owned()))
    }

    /// Asks; a query may hold several statements, and gives an answer each.
    pub fn ask(
        &mut self,
        _query: &str,
        _parameters: &[(String, Json)],
        _terminal: &mut Terminal,
    ) -> Result<Vec<Answer>, Failure> {
        Err(Failure::Missing(MISSING.to_owned()))
    }

    /// The whole graph.
    pub fn knowledge(&self) -> Result<Box<dyn Knowledge + '_>, Failure> {
        Err(Failure::Missing(MISSING.to_owned()))
    }

    /// Stops the running query, from another thread.
    pub fn canceller(&self) -> impl Fn() + Send + 'static + use<> {
        || {}
    }
}

/// Reads a knowledge base and shows all its faults; gives how much it holds, in one line.
pub fn check(_folder: Option<&Path>, _terminal: &mut Terminal) -> Result<String, Failure> {
    Err(Failure::Missing(MISSING.to_owned()))
}
