//! Commands on the graph: what it may hold, and whom a name may mean.

use super::{Argument, Command, GO, Next, misused};
use crate::graph::Graph;
use crate::model::{NodeId, Schema};
use crate::names;
use crate::shell::failure::Failure;
use crate::shell::help::Page;
use crate::shell::library::counted;
use crate::shell::repl::state::Prompt;

/// How many names are listed.
const LISTED: usize = 40;

pub(super) const SCHEMA: Command = Command {
    name: "schema",
    aliases: &[],
    takes: "[NAME]",
    argument: Argument::Schema,
    meaning: "kinds, relation types by role, and properties, with how many there are; or one of them",
    about: "",
    run: schema,
};

fn schema(prompt: &mut Prompt<'_>, rest: &str) -> Result<Next, Failure> {
    let graph = prompt.library.graph().clone();
    if rest.is_empty() {
        return prompt.page(|page| whole(&graph, page)).map(|()| Next::Go);
    }
    let mut is_known = false;
    prompt.page(|page| is_known = one(&graph, rest, page))?;
    if is_known {
        return GO;
    }
    let nearest = names::nearest(all(&graph).iter().map(String::as_str), rest, 3).join(", ");
    let near = if nearest.is_empty() { String::new() } else { format!("; near it: {nearest}") };
    Err(Failure::Usage(format!("the graph has no kind, relation type, role or property `{rest}`{near}")))
}

/// All names of the schema, for completion and messages.
pub(in crate::shell::repl) fn all(graph: &Graph) -> Vec<String> {
    let schema = graph.schema();
    let named = schema.kinds.keys().chain(schema.types.keys()).chain(schema.roles.keys()).cloned();
    let labels = graph.labels().map(|label| graph.label_name(label).to_string());
    let types = graph.types().map(|each| graph.type_name(each).to_string());
    let mut seen = std::collections::BTreeSet::new();
    named.chain(labels).chain(types).filter(|name| seen.insert(name.clone())).collect()
}

fn whole(graph: &Graph, page: &mut Page) {
    let schema = graph.schema();
    page.heading("Kinds");
    if schema.kinds.is_empty() {
        page.rows(
            graph
                .labels()
                .map(|label| (graph.label_name(label).to_string(), ""))
                .map(|(name, _)| (format!("{name} {}", nodes_of(graph, &name)), "")),
        );
    }
    kinds_below(graph, None, 0, page);
    for (role, about) in &schema.roles {
        let types: Vec<_> = schema.types.iter().filter(|(_, each)| each.role == *role).collect();
        if !types.is_empty() {
            page.heading(&format!("Relations of {role}: {}", about.meaning.trim_end_matches('.')));
            page.rows(
                types.iter().map(|(name, each)| (format!("{name} {}", edges_of(graph, name)), each.meaning.as_str())),
            );
        }
    }
    if schema.types.is_empty() {
        page.heading("Relations");
        page.rows(graph.types().map(|each| (format!("{} {}", graph.type_name(each), graph.type_count(each)), "")));
    }
    page.heading("Properties");
    let keys: Vec<String> = graph.keys().map(|key| graph.key_name(key).to_string()).collect();
    page.paragraph(&keys.join(", "));
}

/// The tree of kinds, each below the one that it belongs to first.
fn kinds_below(graph: &Graph, parent: Option<&str>, depth: usize, page: &mut Page) {
    // A kind that stood above itself would go round for ever; `griot check` refuses it.
    if depth > 16 {
        return;
    }
    let schema = graph.schema();
    for (name, kind) in schema.kinds.iter().filter(|(_, kind)| kind.within.first().map(String::as_str) == parent) {
        let indent = "  ".repeat(depth);
        page.rows([(format!("{indent}{name} {}", nodes_of(graph, name)), kind.meaning.as_str())]);
        kinds_below(graph, Some(name), depth + 1, page);
    }
}

fn nodes_of(graph: &Graph, kind: &str) -> usize {
    graph.label_id(kind).map_or(0, |label| graph.label_count(label))
}

fn edges_of(graph: &Graph, kind: &str) -> usize {
    graph.type_id(kind).map_or(0, |kind| graph.type_count(kind))
}

/// One kind, type or role; whether there is one.
fn one(graph: &Graph, name: &str, page: &mut Page) -> bool {
    let schema = graph.schema();
    let found = |known: &String| known.eq_ignore_ascii_case(name);
    let role = schema.roles.iter().find(|(known, _)| found(known));
    if let Some((name, role)) = role {
        page.heading(&format!("{name} (role)"));
        page.paragraph(&role.meaning);
        page.rows(
            schema
                .types_of_role(name)
                .map(|(kind, each)| (format!("{kind} {}", edges_of(graph, kind)), each.meaning.as_str())),
        );
    }
    let kind = schema.kinds.iter().find(|(known, _)| found(known));
    if let Some((name, kind)) = kind {
        page.heading(&format!("{name} (kind): {}", counted(nodes_of(graph, name), "node")));
        page.paragraph(&kind.meaning);
        let above: Vec<String> = schema.labels_of(name).into_iter().skip(1).collect();
        if !above.is_empty() {
            page.paragraph(&format!("A node of this kind is also {}.", above.join(", ")));
        }
    }
    let relation = schema.types.keys().find(|known| found(known));
    if let Some(name) = relation {
        relation_type(graph, schema, name, page);
    }
    let plain = || graph.labels().any(|label| found(&graph.label_name(label).to_string()));
    let plain_type = || graph.types().find(|each| found(&graph.type_name(*each).to_string()));
    if role.is_some() || kind.is_some() || relation.is_some() {
        return true;
    }
    if plain() {
        page.heading(&format!("{name} (label): {}", counted(nodes_of(graph, name), "node")));
        return true;
    }
    plain_type().inspect(|each| page.heading(&format!("{name} (relation type): {}", graph.type_count(*each)))).is_some()
}

fn relation_type(graph: &Graph, schema: &Schema, name: &str, page: &mut Page) {
    let each = &schema.types[name];
    page.heading(&format!("{name} (relation type): {}", counted(edges_of(graph, name), "relation")));
    page.paragraph(&each.meaning);
    let row = |what: &str, text: String| (what.to_owned(), text);
    let rows = [
        row("reads", format!("subject {} object; object {} subject", each.reading, each.inverse)),
        row("subject", each.subject.join(", ")),
        row("object", each.object.join(", ")),
        row("role", each.role.clone()),
        row("both ways", if each.symmetric { "yes".to_owned() } else { String::new() }),
        row("ends", each.ends.join(", ")),
        row("excludes", each.excludes.join(", ")),
    ];
    let said = rows.iter().filter(|(_, text)| !text.is_empty());
    page.rows(said.map(|(what, text)| (what.clone(), text.as_str())));
}

pub(super) const NAMES: Command = Command {
    name: "names",
    aliases: &["name"],
    takes: "TEXT",
    argument: Argument::Name,
    meaning: "whom a name, or a part of one, may mean",
    about: "Every name that begins with the text, or has a word that does; where there is none, the nearest. Case, \
            accents, articles and usual transliterations make no difference.",
    run: names_of,
};

fn names_of(prompt: &mut Prompt<'_>, rest: &str) -> Result<Next, Failure> {
    if rest.is_empty() {
        return Err(misused(&NAMES));
    }
    let graph = prompt.library.graph().clone();
    let mut found = graph.names_starting_with(rest, LISTED);
    let holding = graph.names_with_words(rest);
    found.extend(
        holding.into_iter().filter(|(node, _)| !found.iter().any(|(known, _)| known == node)).collect::<Vec<_>>(),
    );
    let begins = |name: &str| name.to_lowercase().starts_with(&rest.to_lowercase());
    found.sort_by_key(|(_, name)| (!begins(name), name.chars().count()));
    let is_near = found.is_empty();
    if is_near {
        found = graph.nearest_names(rest, 5);
    }
    if found.is_empty() {
        return Err(Failure::Usage(format!("nothing is named like `{rest}`")));
    }
    prompt.page(|page| {
        let heading = if is_near { format!("Nothing is named `{rest}`; the nearest") } else { "Names".to_owned() };
        page.heading(&heading);
        let rows: Vec<(String, String)> =
            found.iter().map(|(node, name)| ((*name).to_owned(), described(&graph, *node, name))).collect();
        page.rows(rows.iter().map(|(name, about)| (name.clone(), about.as_str())));
    })?;
    GO
}

/// What bears a name: its kind and id, and what it is called for short.
fn described(graph: &Graph, node: NodeId, name: &str) -> String {
    let kind = kind_of(graph, node);
    let id = graph.slug(node).map(|id| format!(", id {id}")).unwrap_or_default();
    let short = graph.name_of(node);
    let short = if short == name { String::new() } else { format!(": {short}") };
    format!("{kind}{short}{id}")
}

/// The most telling label of a node.
pub(in crate::shell::repl) fn kind_of(graph: &Graph, node: NodeId) -> String {
    let labels = graph.labels_of(node).iter().map(|label| graph.label_name(*label).to_string());
    let labels: Vec<String> = labels.collect();
    let is_above =
        |label: &String| labels.iter().any(|other| other != label && graph.schema().is_kind_of(other, label));
    labels.iter().find(|label| !is_above(label)).or(labels.first()).cloned().unwrap_or_default()
}
