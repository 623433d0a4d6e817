//! An answer as a JSON object a row. Each row stands by itself: it carries the claims that it rests on, with what a
//! citation names of their source. Effects of a statement that writes are a last object.

use std::io::{self, Write};

use serde_json::{Map as JsonMap, Value as Json, json};

use super::answer::value;
use super::record;
use crate::answer::{Answer, citation};
use crate::model::ClaimId;

/// Writes the rows.
pub fn write(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    for (at, row) in answer.rows.iter().enumerate() {
        let cells = answer.columns.iter().zip(row);
        let cells: JsonMap<String, Json> =
            cells.map(|(column, cell)| (column.clone(), value(cell, &answer.evidence))).collect();
        let claims: Vec<Json> = answer.citations_of(at).iter().filter_map(|each| claim(*each, answer)).collect();
        line(&json!({ "row": cells, "claims": claims }), out)?;
    }
    if answer.effects.any() {
        let counts = answer.effects.counts().into_iter().map(|(what, count)| (what.replace(' ', "_"), count.into()));
        line(&json!({ "effects": counts.collect::<JsonMap<String, Json>>() }), out)?;
    }
    Ok(())
}

fn line(object: &Json, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, object)?;
    out.write_all(b"\n")
}

fn claim(claim: ClaimId, answer: &Answer) -> Option<Json> {
    let record = answer.evidence.claim(claim)?;
    let source = answer.evidence.source_of(record);
    let mut object = record::claim(record, source, Some(record::about(record, &answer.evidence)));
    let fields = object.as_object_mut().expect("a claim is an object");
    fields.insert("citation".to_owned(), citation(record, source).to_string().into());
    Some(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Effects, sample};

    fn written(answer: &Answer) -> Vec<Json> {
        let mut out = Vec::new();
        write(answer, &mut out).expect("memory takes everything");
        let text = String::from_utf8(out).expect("JSON is text");
        text.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect()
    }

    #[test]
    fn each_row_carries_its_columns_by_name_and_its_claims() {
        let rows = written(&sample::answer());
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0]["row"]["since"], "2015-05");
        assert_eq!(rows[0]["claims"].as_array().map(Vec::len), Some(2));
        assert_eq!(rows[1]["claims"][0]["locator"], "p. 7");
    }

    #[test]
    fn what_was_changed_is_told_at_the_end() {
        let effects = Effects { nodes_created: 2, ..Effects::default() };
        let told = written(&Answer { effects, ..Answer::default() });
        assert_eq!(told[0]["effects"]["nodes_created"], 2);
    }
}
