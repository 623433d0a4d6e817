//! An answer as one JSON object on one line.

use std::io::{self, Write};

use serde_json::{Map as JsonMap, Value as Json, json};

use super::record;
use crate::answer::{Answer, Evidence, Message, TextForm, citation, float_text};
use crate::model::{Map, NodeId, Path, Value};

/// Writes an answer.
pub fn write(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &object(answer))?;
    out.write_all(b"\n")
}

fn object(answer: &Answer) -> Json {
    let evidence = &answer.evidence;
    let rows: Vec<Json> =
        answer.rows.iter().map(|row| row.iter().map(|each| value(each, evidence)).collect()).collect();
    let citations: Vec<Json> = answer.citations.iter().map(|row| record::claim_ids(row, evidence).into()).collect();
    let mut object = json!({
        "columns": answer.columns,
        "rows": rows,
        "citations": citations,
        "claims": claims(evidence),
        "sources": evidence.sources.values().map(record::source).collect::<Vec<_>>(),
        "graph": {
            "nodes": evidence.nodes.keys().map(|each| node(*each, evidence)).collect::<Vec<_>>(),
            "relations": evidence.relations.keys().map(|each| relation(*each, evidence)).collect::<Vec<_>>(),
        },
        "messages": answer.messages.iter().map(message).collect::<Vec<_>>(),
        "footer": answer.footer,
        "knowledge": answer.knowledge,
    });
    let fields = object.as_object_mut().expect("the macro made an object");
    if answer.effects.any() {
        let counts = answer.effects.counts().into_iter().map(|(what, count)| (what.replace(' ', "_"), count.into()));
        fields.insert("effects".to_owned(), Json::Object(counts.collect()));
    }
    if let Some(explanation) = &answer.explanation {
        fields.insert("explanation".to_owned(), explanation.as_str().into());
    }
    object
}

fn message(message: &Message) -> Json {
    json!({ "severity": message.severity.word(), "text": message.text, "hint": message.hint })
}

fn claims(evidence: &Evidence) -> Vec<Json> {
    let object = |claim: &crate::answer::Claim| {
        let source = evidence.source_of(claim);
        let mut object = record::claim(claim, source, Some(record::about(claim, evidence)));
        let fields = object.as_object_mut().expect("a claim is an object");
        fields.insert("citation".to_owned(), citation(claim, source).to_string().into());
        object
    };
    evidence.claims.values().map(object).collect()
}

/// A value of a row or a property.
pub fn value(value: &Value, evidence: &Evidence) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(bool) => (*bool).into(),
        Value::Int(int) => (*int).into(),
        Value::Float(float) if float.is_finite() => (*float).into(),
        Value::Float(float) => float_text(*float).into(),
        Value::Text(text) => text.as_ref().into(),
        Value::List(items) => items.iter().map(|item| self::value(item, evidence)).collect(),
        Value::Map(entries) => map(entries, evidence).into(),
        Value::Node(id) => node(*id, evidence),
        Value::Rel(id) => relation(*id, evidence),
        Value::Path(walk) => path(walk, evidence),
        Value::Claim(id) => evidence.claim(*id).map_or(Json::Null, |claim| {
            record::claim(claim, evidence.source_of(claim), Some(record::about(claim, evidence)))
        }),
        Value::Edtf(date) => date.to_string().into(),
        Value::Temporal(value) => value.to_string().into(),
    }
}

fn map(entries: &Map, evidence: &Evidence) -> JsonMap<String, Json> {
    entries.iter().map(|(key, each)| (key.to_string(), value(each, evidence))).collect()
}

fn node(id: NodeId, evidence: &Evidence) -> Json {
    let Some(node) = evidence.node(id) else { return json!({ "id": record::node_id(id, None) }) };
    json!({
        "id": record::node_id(id, Some(node)),
        "name": node.title(),
        "kinds": node.kinds,
        "labels": node.labels,
        "since": node.since,
        "until": node.until,
        "properties": map(&node.properties, evidence),
    })
}

fn relation(id: crate::model::EdgeId, evidence: &Evidence) -> Json {
    let Some(relation) = evidence.relation(id) else { return json!({ "id": record::relation_id(id, None) }) };
    json!({
        "id": record::relation_id(id, Some(relation)),
        "subject": record::node_id(relation.subject, evidence.node(relation.subject)),
        "type": relation.kind,
        "role": relation.role(),
        "object": record::node_id(relation.object, evidence.node(relation.object)),
        "since": relation.since,
        "until": relation.until,
        "standing": relation.standing.word(),
        "why": relation.why,
        "claims": record::claim_ids(&relation.claims, evidence),
        "properties": map(&relation.properties, evidence),
    })
}

fn path(path: &Path, evidence: &Evidence) -> Json {
    json!({
        "text": TextForm::new(evidence).path(path).to_string(),
        "nodes": path.nodes.iter().map(|each| node(*each, evidence)).collect::<Vec<_>>(),
        "relations": path.rels.iter().map(|each| relation(*each, evidence)).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::answer::sample;

    fn written(answer: &Answer) -> Json {
        let mut out = Vec::new();
        write(answer, &mut out).expect("memory takes everything");
        assert_eq!(out.iter().position(|byte| *byte == b'\n'), Some(out.len() - 1), "one object, one line");
        serde_json::from_slice(&out).expect("what is written is JSON")
    }

    #[test]
    fn an_answer_has_columns_rows_claims_and_messages() {
        let answer = written(&sample::answer());
        assert_eq!(answer["columns"], json!(["path", "since", "certainty", "sources"]));
        assert_eq!(answer["rows"][0][0]["text"], "MUJAO ←FOUNDED_BY_MEMBERS_OF— ISGS");
        assert_eq!(answer["rows"][1][1], Json::Null);
        assert_eq!(answer["citations"], json!([["00ff", "0abc"], ["0def"]]));
        assert_eq!(answer["messages"][0]["severity"], "warning");
        assert_eq!(answer["knowledge"], "2026-11");
        assert_snapshot!(serde_json::to_string_pretty(&answer["claims"][1]).expect("JSON"), @r#"
        {
          "id": "0abc",
          "source": "eizenga-williams-2020",
          "locator": "Box 2, para 1",
          "wording": "reported",
          "from": null,
          "to": null,
          "on": "2015-05",
          "observed": null,
          "attributed_to": "un",
          "attributed_on": null,
          "basis": "stated",
          "inferred_from": null,
          "credibility": null,
          "rank": "normal",
          "extent": null,
          "complete": false,
          "note": null,
          "quote": null,
          "subject_as": null,
          "object_as": null,
          "matter": "LED",
          "value": null,
          "about": {
            "relation": "a1"
          },
          "citation": "Daniel Eizenga and Wendy Williams, The Puzzle of JNIM (Africa Center, 2020-12), Box 2, para 1 — reported, on 2015-05, quoting UN \"panel\""
        }
        "#);
    }

    #[test]
    fn nodes_and_relations_are_objects() {
        let answer = written(&sample::answer());
        assert_snapshot!(answer["graph"]["nodes"][1], @r#"{"id":"isgs","name":"ISGS","kinds":["Organisation"],"labels":["Organisation","ArmedGroup","Actor"],"since":"2015-05","until":null,"properties":{}}"#);
        assert_snapshot!(answer["graph"]["relations"][1], @r#"{"id":"b2","subject":"mujao","type":"ALLIED_WITH","role":"alliance","object":"isgs","since":null,"until":null,"standing":"possible","why":"alleged","claims":["0def"],"properties":{}}"#);
    }

    #[test]
    fn numbers_that_json_lacks_are_strings_and_nameless_things_are_numbered() {
        assert_snapshot!(written(&sample::unnamed())["rows"], @r##"[[{"id":"#0","name":null,"kinds":[],"labels":["A"],"since":null,"until":null,"properties":{"name":"it's; \"x\""}},{"id":"#0","subject":"#0","type":"KNOWS","role":null,"object":"#1","since":null,"until":null,"standing":"unsourced","why":null,"claims":[],"properties":{}},[1,null,"NaN"]]]"##);
    }
}
