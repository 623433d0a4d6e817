//! What a session made, as a file of the knowledge base: new nodes, and new claims on relations, with their evidence.
//!
//! The file is tried before it is handed out: with the other files of its folder it must pass every check, so that what
//! is saved can be opened again. Nothing here touches the disk.

use std::fmt::Write;

use indexmap::IndexMap;

use super::Session;
use crate::answer::{Evidence, TextForm};
use crate::diagnostics::{Diagnostic, Diagnostics, Severity, codes};
use crate::graph::{Alteration, Graph};
use crate::kb;
use crate::model::{About, Basis, Claim, ClaimId, EdgeId, Extent, NodeId, Rank, Value, Wording};
use crate::source::Source;

/// A file of a knowledge base, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedChanges {
    /// Where it goes: a name that no other file of the folder has.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// Why the changes cannot be saved.
#[derive(Clone, Debug)]
pub struct SaveFailure {
    /// Everything that is wrong or missing.
    pub diagnostics: Diagnostics,
    /// The texts that they point into.
    pub sources: Vec<Source>,
}

impl std::fmt::Display for SaveFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.diagnostics.fmt(f)
    }
}

impl std::error::Error for SaveFailure {}

impl From<Diagnostics> for SaveFailure {
    fn from(diagnostics: Diagnostics) -> Self {
        Self { diagnostics, sources: Vec::new() }
    }
}

impl Session {
    /// The session's new nodes and claims as one more file of a knowledge base in `folder`, whose other files (path and
    /// text each) are `existing`.
    ///
    /// # Errors
    /// What cannot be said in a file (a deletion), what is missing (a node's source), and every error that the checks
    /// find in all files together. Then nothing may be written.
    pub fn save_changes(&self, folder: &str, existing: Vec<(String, String)>) -> Result<SavedChanges, SaveFailure> {
        if self.graph.schema().is_empty() {
            let message = "only a graph with the knowledge schema is saved as files of a knowledge base";
            let fault = Diagnostic::error(codes::CANNOT_WRITE, message);
            return Err(Diagnostics::from_iter([fault.with_help("export it as JSON")]).into());
        }
        let text = Saving::new(&self.origin, &self.graph).text()?;
        let folder = folder.trim_end_matches('/');
        let path = (1..=existing.len() + 1)
            .map(|number| format!("{folder}/session-{number}.toml"))
            .find(|path| existing.iter().all(|(other, _)| other != path))
            .expect("one number more than there are files is free");
        let is_alone = existing.is_empty();
        let mut files = existing;
        files.push((path.clone(), text.clone()));
        let loaded = kb::load(files);
        if loaded.store.is_some() {
            return Ok(SavedChanges { path, text });
        }
        let errors = loaded.diagnostics.iter().filter(|each| each.severity == Severity::Error).cloned();
        let mut diagnostics: Diagnostics = errors.collect();
        if is_alone {
            let message = format!("`{folder}` does not hold the knowledge base that this session stands on");
            let note = Diagnostic::note(codes::CANNOT_WRITE, message);
            diagnostics.push(note.with_help("save into a copy of its folder"));
        }
        Err(SaveFailure { diagnostics, sources: loaded.sources })
    }
}

/// The changes of a session on their way into a file.
struct Saving<'g> {
    graph: &'g Graph,
    nodes: Vec<NodeId>,
    /// The new claims on relations, by the node with which they stand.
    claims: IndexMap<NodeId, Vec<ClaimId>>,
    faults: Diagnostics,
}

impl<'g> Saving<'g> {
    fn new(origin: &Graph, graph: &'g Graph) -> Self {
        let mut saving = Self { graph, nodes: Vec::new(), claims: IndexMap::new(), faults: Diagnostics::new() };
        graph.alterations_since(origin, &mut |each| saving.take(origin, &each));
        saving
    }

    fn take(&mut self, origin: &Graph, alteration: &Alteration) {
        match alteration {
            Alteration::NodeCreated(node) => self.nodes.push(*node),
            Alteration::EdgeCreated(_) => {}
            Alteration::ClaimAdded(claim) => {
                if let About::Edge(edge) = self.graph.claim(*claim).about
                    && self.graph.has_edge(edge)
                {
                    self.claims.entry(self.graph.source(edge)).or_default().push(*claim);
                }
            }
            Alteration::NodeDeleted(node) => self.refuse(&format!("{} was deleted", origin.name_of(*node))),
            Alteration::EdgeDeleted(edge) => self.refuse(&format!("{} was deleted", relation(origin, *edge))),
            Alteration::LabelAdded(node, _) | Alteration::LabelRemoved(node, _) => {
                self.refuse(&format!("the kind of {} was changed", self.graph.name_of(*node)));
            }
            Alteration::NodeProperty { node, key, .. } => {
                let (name, key) = (self.graph.name_of(*node).into_owned(), self.graph.key_name(*key).clone());
                self.refuse(&format!("`{key}` of {name} was changed without a source"));
            }
            Alteration::EdgeProperty { edge, key, .. } => {
                let key = self.graph.key_name(*key).clone();
                self.refuse(&format!("`{key}` of {} was changed without a source", relation(self.graph, *edge)));
            }
        }
    }

    fn refuse(&mut self, what: &str) {
        let fault = Diagnostic::error(codes::CANNOT_WRITE, format!("{what}, which no file can say"));
        self.faults.push(fault.with_help("change the claim in its own file: `rank = \"deprecated\"` and a `reason`"));
    }

    fn text(mut self) -> Result<String, Diagnostics> {
        let mut text = String::from("# Made in a session of griot.\n");
        for node in std::mem::take(&mut self.nodes) {
            self.node(node, &mut text);
        }
        for (node, claims) in std::mem::take(&mut self.claims) {
            text.push_str("\n[[more]]\n");
            field(&mut text, "node", self.id(node));
            claims.iter().for_each(|claim| self.relation(&self.graph.claim(*claim), &mut text));
        }
        if text.lines().count() == 1 && self.faults.is_empty() {
            self.faults.push(Diagnostic::error(codes::CANNOT_WRITE, "this session made nothing that could be saved"));
        }
        if self.faults.is_empty() { Ok(text) } else { Err(self.faults) }
    }

    fn id(&self, node: NodeId) -> &'g str {
        self.graph.slug(node).expect("every node of a graph with a schema has an id")
    }

    fn node(&mut self, node: NodeId, text: &mut String) {
        let graph = self.graph;
        let mut evidence = graph.claims_of_node(node).map(|claim| graph.claim(claim));
        let Some(evidence) = evidence.find(|claim| claim.matter == "kind") else {
            let message = format!("the node {} has no source and no locator", graph.name_of(node));
            let fault = Diagnostic::error(codes::MISSING_SOURCE, message);
            self.faults.push(fault.with_help("CREATE it with {source: '…', at: '…'}"));
            return;
        };
        let properties = graph.node_properties(node);
        let named = properties.iter().map(|(key, value)| (graph.key_name(*key).as_ref(), value));
        let (own, attributes): (Vec<_>, Vec<_>) = named.partition(|(key, _)| ["id", "name", "kind"].contains(key));
        text.push_str("\n[[node]]\n");
        for key in ["id", "kind", "name"] {
            let value = own.iter().find(|(each, _)| *each == key).map(|(_, value)| plain(value));
            field(text, key, &value.unwrap_or_default());
        }
        field(text, "source", graph.source_record(evidence.source).id);
        field(text, "at", evidence.at);
        for (key, value) in attributes {
            text.push_str("\n[[node.attribute]]\n");
            field(text, "attribute", key);
            field(text, "value", &plain(value));
            field(text, "at", evidence.at);
        }
    }

    fn relation(&self, claim: &Claim<'_>, text: &mut String) {
        let About::Edge(edge) = claim.about else { unreachable!("only claims on relations are kept") };
        text.push_str("\n[[more.relation]]\n");
        field(text, "type", claim.matter);
        field(text, "object", self.id(self.graph.target(edge)));
        for key in ["office", "identity", "membership"] {
            let value = self.graph.key_id(key).map(|key| self.graph.edge_property(edge, key));
            if let Some(Value::Text(value)) = value {
                field(text, key, &value);
            }
        }
        field(text, "source", self.graph.source_record(claim.source).id);
        field(text, "at", claim.at);
        let attributed_to = claim.attributed_to.map(|node| self.id(node));
        let (note, reason) = match claim.rank {
            Rank::Deprecated => (None, claim.note),
            _ => (claim.note, None),
        };
        let dates = [("from", claim.from), ("to", claim.to), ("on", claim.on), ("observed", claim.observed)];
        let words = [
            ("wording", (claim.wording != Wording::Asserted).then(|| claim.wording.word())),
            ("attributed_to", attributed_to),
            ("attributed_on", claim.attributed_on),
            ("basis", (claim.basis != Basis::Stated).then(|| claim.basis.word())),
            ("inferred_from", claim.inferred_from),
            ("rank", (claim.rank != Rank::Normal).then(|| claim.rank.word())),
            ("reason", reason),
            ("extent", claim.extent.map(Extent::word)),
            ("subject_as", claim.subject_as),
            ("object_as", claim.object_as),
            ("note", note),
            ("quote", claim.quote),
        ];
        for (key, value) in dates.into_iter().chain(words) {
            if let Some(value) = value {
                field(text, key, value);
            }
        }
        if claim.credibility > 0 {
            let _ = writeln!(text, "credibility = {}", claim.credibility);
        }
        if claim.complete {
            text.push_str("complete = true\n");
        }
    }
}

fn relation(graph: &Graph, edge: EdgeId) -> String {
    let (subject, object) = (graph.name_of(graph.source(edge)), graph.name_of(graph.target(edge)));
    format!("{subject} {} {object}", graph.type_name(graph.edge_type(edge)))
}

fn plain(value: &Value) -> String {
    TextForm::new(&Evidence::default()).plain(value)
}

/// `key = "value"`, as TOML writes a basic string.
fn field(text: &mut String, key: &str, value: &str) {
    let _ = write!(text, "{key} = \"");
    for character in value.chars() {
        match character {
            '"' | '\\' => {
                text.push('\\');
                text.push(character);
            }
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            control if control.is_control() => {
                let _ = write!(text, "\\u{:04X}", u32::from(control));
            }
            plain => text.push(plain),
        }
    }
    text.push_str("\"\n");
}
