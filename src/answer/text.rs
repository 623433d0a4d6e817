//! The one place where values become text.
//!
//! Lists, maps and numbers read as openCypher prints them. A node is its name; in a graph without names it is
//! `(:Label {key: value})`. A relation is `MNLA —PART_OF→ CMA`, or `[:TYPE {key: value}]` where its ends have no names;
//! a path keeps the stored direction of each relation: `MUJAO ←FOUNDED_BY_MEMBERS_OF— ISGS`.

use super::citation::Citations;
use super::evidence::{Evidence, Relation};
use super::markup::{Markup, Meaning};
use crate::model::{ClaimId, EdgeId, Map, NodeId, Path, Value};

/// How values are put into words: what their handles mean, and which numbers their claims bear.
#[derive(Clone, Copy, Debug)]
pub struct TextForm<'a> {
    evidence: &'a Evidence,
    citations: Option<&'a Citations>,
}

impl<'a> TextForm<'a> {
    /// Values of an answer. Claims are written out.
    #[must_use]
    pub fn new(evidence: &'a Evidence) -> Self {
        Self { evidence, citations: None }
    }

    /// Values of an answer whose citations are numbered: a claim is `[3]`.
    #[must_use]
    pub fn numbered(evidence: &'a Evidence, citations: &'a Citations) -> Self {
        Self { evidence, citations: Some(citations) }
    }

    /// A value by itself: a string stands without quotes.
    #[must_use]
    pub fn value(&self, value: &Value) -> Markup {
        match value {
            Value::Text(text) => Markup::of(meaning_of_word(text), &**text),
            other => self.nested(other),
        }
    }

    /// A value by itself, as plain text.
    #[must_use]
    pub fn plain(&self, value: &Value) -> String {
        self.value(value).to_string()
    }

    /// A value inside a list or a map: a string stands in quotes.
    fn nested(&self, value: &Value) -> Markup {
        match value {
            Value::Null => Markup::of(Meaning::Dim, "null"),
            Value::Bool(bool) => Markup::of(Meaning::Plain, bool.to_string()),
            Value::Int(int) => Markup::of(Meaning::Number, int.to_string()),
            Value::Float(float) => Markup::of(Meaning::Number, float_text(*float)),
            Value::Text(text) => Markup::of(Meaning::Plain, quoted(text)),
            Value::List(items) => self.list(items),
            Value::Map(map) => self.map(map),
            Value::Node(node) => self.node(*node),
            Value::Rel(edge) => self.relation(*edge),
            Value::Path(path) => self.path(path),
            Value::Claim(claim) => self.claim(*claim),
            Value::Edtf(date) => Markup::of(Meaning::Date, date.as_str()),
            Value::Temporal(value) => Markup::of(Meaning::Date, value.to_string()),
        }
    }

    fn list(&self, items: &[Value]) -> Markup {
        let mut markup = Markup::default();
        let is_numbers_of_claims =
            self.citations.is_some() && !items.is_empty() && items.iter().all(|item| matches!(item, Value::Claim(_)));
        if is_numbers_of_claims {
            for item in items {
                markup.append(self.nested(item));
            }
            return markup;
        }
        markup.plain("[");
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                markup.plain(", ");
            }
            markup.append(self.nested(item));
        }
        markup.plain("]");
        markup
    }

    fn map(&self, map: &Map) -> Markup {
        let mut markup = Markup::of(Meaning::Plain, "{");
        for (at, (key, value)) in map.iter().enumerate() {
            markup.plain(if at > 0 { ", " } else { "" });
            markup.plain(format!("{}: ", quoted_name(key)));
            markup.append(self.nested(value));
        }
        markup.plain("}");
        markup
    }

    /// A node: its name, else its slug, else `(:Label {…})`.
    #[must_use]
    pub fn node(&self, node: NodeId) -> Markup {
        let Some(record) = self.evidence.node(node) else {
            return Markup::of(Meaning::Dim, format!("(node {})", node.0));
        };
        if let Some(title) = record.title() {
            return Markup::of(Meaning::Name, title);
        }
        let mut markup = Markup::of(Meaning::Plain, "(");
        for label in &record.labels {
            markup.push(Meaning::Kind, format!(":{}", quoted_name(label)));
        }
        if !record.properties.is_empty() {
            markup.plain(if record.labels.is_empty() { "" } else { " " });
            markup.append(self.map(&record.properties));
        }
        markup.plain(")");
        markup
    }

    /// A relation by itself.
    #[must_use]
    pub fn relation(&self, edge: EdgeId) -> Markup {
        let Some(record) = self.evidence.relation(edge) else {
            return Markup::of(Meaning::Dim, format!("[relation {}]", edge.0));
        };
        if self.are_named(record) {
            let mut markup = self.node(record.subject);
            markup.append(step(record, true));
            markup.append(self.node(record.object));
            return markup;
        }
        self.bracketed(record)
    }

    /// A relation beside nodes that the reader sees already: if one of its ends is among them, and not the other, that
    /// one is left out, as in `—LED→ AQIM` beside the leader.
    #[must_use]
    pub fn relation_beside(&self, edge: EdgeId, shown: &[NodeId]) -> Markup {
        let Some(record) = self.evidence.relation(edge).filter(|record| self.are_named(record)) else {
            return self.relation(edge);
        };
        let (has_subject, has_object) = (shown.contains(&record.subject), shown.contains(&record.object));
        if has_subject == has_object {
            return self.relation(edge);
        }
        let mut markup = if has_subject { Markup::default() } else { self.node(record.subject) };
        markup.append(step(record, true));
        if has_subject {
            markup.append(self.node(record.object));
        }
        markup.trimmed()
    }

    /// Whether both ends have names: then a relation reads as a sentence.
    fn are_named(&self, relation: &Relation) -> bool {
        let is_named = |node| self.evidence.node(node).is_some_and(|record| record.title().is_some());
        is_named(relation.subject) && is_named(relation.object)
    }

    /// `[:TYPE {…}]`.
    fn bracketed(&self, relation: &Relation) -> Markup {
        let mut markup = Markup::of(Meaning::Plain, "[");
        markup.push(Meaning::Relation, format!(":{}", quoted_name(&relation.kind)));
        if !relation.properties.is_empty() {
            markup.plain(" ");
            markup.append(self.map(&relation.properties));
        }
        markup.plain("]");
        markup
    }

    /// A path, with each relation in its stored direction.
    #[must_use]
    pub fn path(&self, path: &Path) -> Markup {
        let mut markup = Markup::default();
        for (at, node) in path.nodes.iter().enumerate() {
            markup.append(self.node(*node));
            let Some(edge) = path.rels.get(at) else { continue };
            let Some(record) = self.evidence.relation(*edge) else {
                markup.push(Meaning::Dim, format!("-[relation {}]-", edge.0));
                continue;
            };
            let is_forward = record.subject == *node;
            if self.are_named(record) {
                markup.append(step(record, is_forward));
            } else {
                markup.plain(if is_forward { "-" } else { "<-" });
                markup.append(self.bracketed(record));
                markup.plain(if is_forward { "->" } else { "-" });
            }
        }
        markup
    }

    /// A claim: its number where citations are numbered, else source and locator.
    fn claim(&self, claim: ClaimId) -> Markup {
        if let Some(number) = self.citations.and_then(|citations| citations.number(claim)) {
            return Markup::of(Meaning::Citation, format!("[{number}]"));
        }
        let Some(record) = self.evidence.claim(claim) else {
            return Markup::of(Meaning::Dim, format!("(claim {})", claim.0));
        };
        let source = self.evidence.source_of(record).map_or("?", |source| source.id.as_str());
        Markup::of(Meaning::Citation, format!("{source}: {}", record.at))
    }
}

/// ` —TYPE→ ` or ` ←TYPE— `; ` —TYPE— ` where the relation says the same in both directions.
fn step(relation: &Relation, is_forward: bool) -> Markup {
    let kind = &relation.kind;
    let arrow = match (relation.symmetric, is_forward) {
        (true, _) => format!("—{kind}—"),
        (false, true) => format!("—{kind}→"),
        (false, false) => format!("←{kind}—"),
    };
    let mut markup = Markup::of(Meaning::Plain, " ");
    markup.push(Meaning::Relation, arrow);
    markup.plain(" ");
    markup
}

/// The three words of certainty mean something wherever they stand alone.
fn meaning_of_word(text: &str) -> Meaning {
    match text {
        "certain" => Meaning::Certain,
        "possible" => Meaning::Possible,
        "disputed" => Meaning::Disputed,
        _ => Meaning::Plain,
    }
}

/// A number as openCypher prints it: always with a point or an exponent, so that it reads back as a float.
#[must_use]
pub fn float_text(float: f64) -> String {
    if float.is_infinite() {
        return if float > 0.0 { "Inf" } else { "-Inf" }.to_owned();
    }
    format!("{float:?}")
}

/// A string literal in single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A key, label or type: in backquotes unless it is a plain word.
fn quoted_name(name: &str) -> String {
    let starts_as_word = name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
    if starts_as_word && name.chars().all(|each| each.is_alphanumeric() || each == '_') {
        name.to_owned()
    } else {
        format!("`{}`", name.replace('`', "``"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::evidence::Node;
    use super::*;

    fn named(name: &str) -> Node {
        Node { id: Some(name.to_lowercase()), name: Some(name.to_owned()), ..Node::default() }
    }

    fn evidence() -> Evidence {
        let mut evidence = Evidence::default();
        evidence.nodes.insert(NodeId(0), named("MUJAO"));
        evidence.nodes.insert(NodeId(1), named("ISGS"));
        let properties = [("name".into(), Value::text("it's"))].into_iter().collect();
        evidence
            .nodes
            .insert(NodeId(2), Node { labels: vec!["A".into(), "a b".into()], properties, ..Node::default() });
        evidence.nodes.insert(NodeId(3), Node::default());
        evidence.relations.insert(EdgeId(0), Relation::bare(NodeId(1), "FOUNDED_BY_MEMBERS_OF", NodeId(0)));
        evidence.relations.insert(EdgeId(1), Relation::bare(NodeId(2), "KNOWS", NodeId(3)));
        let allied = Relation { symmetric: true, ..Relation::bare(NodeId(0), "ALLIED_WITH", NodeId(1)) };
        evidence.relations.insert(EdgeId(2), allied);
        evidence
    }

    fn check(value: &Value, expected: &str) {
        assert_eq!(TextForm::new(&evidence()).plain(value), expected);
    }

    #[test]
    fn scalars_read_as_opencypher_prints_them() {
        check(&Value::Null, "null");
        check(&Value::Float(1.0), "1.0");
        check(&Value::Float(f64::NEG_INFINITY), "-Inf");
        check(&Value::Float(f64::NAN), "NaN");
        check(&Value::Int(-3), "-3");
        check(&Value::text("it's"), "it's");
    }

    #[test]
    fn strings_are_quoted_only_inside_lists_and_maps() {
        let list = Value::list(vec![Value::text("it's"), Value::Null, Value::Bool(true)]);
        check(&list, "['it\\'s', null, true]");
        check(&Value::map([("a b", list), ("c", Value::Int(1))]), "{`a b`: ['it\\'s', null, true], c: 1}");
    }

    #[test]
    fn a_node_is_its_name_or_its_labels_and_properties() {
        check(&Value::Node(NodeId(0)), "MUJAO");
        check(&Value::Node(NodeId(2)), "(:A:`a b` {name: 'it\\'s'})");
        check(&Value::Node(NodeId(3)), "()");
    }

    #[test]
    fn a_path_keeps_the_stored_direction_of_each_relation() {
        let path = |nodes: &[u32], rels: &[u32]| {
            let nodes = nodes.iter().map(|node| NodeId(*node)).collect();
            Value::Path(Path { nodes, rels: rels.iter().map(|rel| EdgeId(*rel)).collect() }.into())
        };
        check(&path(&[0, 1], &[0]), "MUJAO ←FOUNDED_BY_MEMBERS_OF— ISGS");
        check(&path(&[1, 0], &[0]), "ISGS —FOUNDED_BY_MEMBERS_OF→ MUJAO");
        check(&path(&[3, 2], &[1]), "()<-[:KNOWS]-(:A:`a b` {name: 'it\\'s'})");
        check(&path(&[0], &[]), "MUJAO");
    }

    #[test]
    fn a_relation_beside_one_of_its_ends_leaves_that_one_out() {
        let evidence = evidence();
        let beside = |shown: &[NodeId]| TextForm::new(&evidence).relation_beside(EdgeId(0), shown).to_string();
        assert_eq!(beside(&[NodeId(1)]), "—FOUNDED_BY_MEMBERS_OF→ MUJAO");
        assert_eq!(beside(&[NodeId(0)]), "ISGS —FOUNDED_BY_MEMBERS_OF→");
        assert_eq!(beside(&[NodeId(0), NodeId(1)]), "ISGS —FOUNDED_BY_MEMBERS_OF→ MUJAO");
        assert_eq!(beside(&[]), "ISGS —FOUNDED_BY_MEMBERS_OF→ MUJAO");
    }

    #[test]
    fn a_relation_between_named_nodes_reads_as_a_sentence() {
        check(&Value::Rel(EdgeId(0)), "ISGS —FOUNDED_BY_MEMBERS_OF→ MUJAO");
        check(&Value::Rel(EdgeId(1)), "[:KNOWS]");
        check(&Value::Rel(EdgeId(2)), "MUJAO —ALLIED_WITH— ISGS");
    }
}
