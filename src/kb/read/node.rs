//! A `[[node]]` and the claims that stand with it.

use super::super::record::{
    AttributeEntry, ClaimEntry, Evidence, Matter, MoreEntry, NameEntry, NodeEntry, Records, RelationEntry, Text,
};
use super::claim::{self, evidence};
use super::figure;
use super::table::{Table, bad_date, other_type};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::model::{LIFE_DATES, NameKind};
use crate::time::Edtf;

const KEYS: &[&str] = &["id", "kind", "also", "name", "source", "at", "alias", "attribute", "relation", "figure"];
const MORE_KEYS: &[&str] = &["node", "source", "alias", "attribute", "relation", "figure"];

/// Reads a node, and adds it and its claims to the records. A node without an id is reported and left out, one without
/// kind or name is kept with a blank; all is read all the same, so that its faults show.
pub(super) fn read(table: &Table<'_>, records: &mut Records, faults: &mut Diagnostics) {
    table.only(&[KEYS], faults);
    let id = table.id("id", faults);
    let blank = || Text { value: String::new(), place: table.head };
    let kind = table.required("kind", faults).unwrap_or_else(blank);
    let name = name(table, faults).unwrap_or_else(|| id.clone().unwrap_or_else(blank));
    let default = claim::text_or_blank(table, "source", faults);
    let own = Evidence::of(default.clone(), claim::text_or_blank(table, "at", faults));
    let also = table.texts("also", faults);
    let number = records.nodes.len();
    let mut matters = Vec::new();
    let preferred = NameEntry { text: name.clone(), kind: NameKind::Preferred, language: None, script: None };
    matters.push((table.head, Matter::Kind(kind.clone()), own.clone()));
    matters.push((table.head, Matter::Name(preferred), own));
    matters.extend(claims(table, "node", default.as_ref(), faults));
    if let Some(id) = id {
        records.nodes.push(NodeEntry { head: table.head, id, kind, also, name });
        let claims =
            matters.into_iter().map(|(head, matter, evidence)| ClaimEntry { node: number, head, matter, evidence });
        records.claims.extend(claims);
    }
}

/// Reads further claims on a node that is defined elsewhere: `[[more]]`. The node is found when all files are read.
pub(super) fn read_more(table: &Table<'_>, records: &mut Records, faults: &mut Diagnostics) {
    table.only(&[MORE_KEYS], faults);
    let node = table.id("node", faults);
    let default = claim::text_or_blank(table, "source", faults);
    let claims = claims(table, "more", default.as_ref(), faults);
    records.more.extend(node.map(|node| MoreEntry { node, claims }));
}

/// The claims that stand in a table, each with its head and its evidence.
fn claims(
    table: &Table<'_>,
    title: &str,
    default: Option<&Text>,
    faults: &mut Diagnostics,
) -> Vec<(Place, Matter, Evidence)> {
    let parts: [(&str, Part); 4] =
        [("alias", alias), ("attribute", attribute), ("relation", relation), ("figure", figure::read)];
    let mut matters = Vec::new();
    for (key, read) in parts {
        for part in &table.tables(key, &format!("[[{title}.{key}]]"), faults) {
            let matter = read(part, faults);
            let evidence = evidence(part, default, faults);
            matters.extend(matter.map(|matter| (part.head, matter, evidence)));
        }
    }
    matters
}

/// The preferred name. By the name of their table, `[[node.name]]` would be the further ones, but TOML has one key for
/// both.
fn name(table: &Table<'_>, faults: &mut Diagnostics) -> Option<Text> {
    let Some((value, place)) = table.get("name").filter(|(value, _)| value.is_array()) else {
        return table.required("name", faults);
    };
    let fault = other_type("name", "the preferred name, a text in quotes", value, place);
    faults.push(fault.with_help("write further names as [[node.alias]]"));
    None
}

type Part = fn(&Table<'_>, &mut Diagnostics) -> Option<Matter>;

fn alias(table: &Table<'_>, faults: &mut Diagnostics) -> Option<Matter> {
    table.only(&[&["text", "kind", "language", "script"], claim::KEYS], faults);
    let text = table.required("text", faults);
    let kind = table.word("kind", &claim::further_names(), faults).unwrap_or(NameKind::Other);
    let (language, script) = (table.text("language", faults), table.text("script", faults));
    Some(Matter::Name(NameEntry { text: text?, kind, language, script }))
}

fn attribute(table: &Table<'_>, faults: &mut Diagnostics) -> Option<Matter> {
    table.only(&[&["attribute", "value"], claim::KEYS], faults);
    let attribute = table.required("attribute", faults);
    let value = table.required("value", faults);
    let (attribute, value) = (attribute?, value?);
    let date = if LIFE_DATES.contains(&attribute.as_str()) { date(&attribute, &value, faults) } else { None };
    Some(Matter::Attribute(AttributeEntry { attribute, value, date }))
}

fn date(attribute: &Text, value: &Text, faults: &mut Diagnostics) -> Option<Edtf> {
    match Edtf::parse(&value.value) {
        Ok(date) if date.form().is_point() => Some(date),
        Ok(_) => {
            let message = format!("`{}` cannot stand as the date of `{}`", value.value, attribute.value);
            let fault = Diagnostic::error(codes::BAD_EDTF, message);
            faults.push(fault.at(value.place, "one date is wanted here, which may be uncertain"));
            None
        }
        Err(error) => {
            faults.push(bad_date(&value.value, value.place, &error));
            None
        }
    }
}

fn relation(table: &Table<'_>, faults: &mut Diagnostics) -> Option<Matter> {
    const KEYS: &[&str] = &["type", "object", "office", "identity", "membership", "spell"];
    table.only(&[KEYS, claim::KEYS], faults);
    let relation = table.required("type", faults);
    let object = table.required("object", faults);
    let office = table.text("office", faults);
    let identity = one_of(table, "identity", &["kept", "shed"], faults);
    let membership = one_of(table, "membership", &["founding", "later"], faults);
    let spell = table.text("spell", faults);
    Some(Matter::Relation(RelationEntry { relation: relation?, object: object?, office, identity, membership, spell }))
}

fn one_of(table: &Table<'_>, key: &str, words: &[&'static str], faults: &mut Diagnostics) -> Option<Text> {
    let words: Vec<(&'static str, &'static str)> = words.iter().map(|word| (*word, *word)).collect();
    let word = table.word(key, &words, faults)?;
    let (_, place) = table.get(key)?;
    Some(Text { value: word.to_owned(), place })
}
