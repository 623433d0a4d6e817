//! The files under `schema/`: kinds, roles, relation types, measures. One table each, by name.

use super::super::record::{Mention, MentionSort, Records, Text};
use super::table::{Table, other_type};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::schema::{End, Kind, Measure, RelationType, Role, Style};
use crate::names::nearest;
use crate::time::TimeClass;

/// The files of a schema, and what their tables say.
const FILES: &[(&str, ReadTable)] =
    &[("kinds.toml", kind), ("roles.toml", role), ("relations.toml", relation), ("measures.toml", measure)];

type ReadTable = fn(&str, &Table<'_>, &mut Records, &mut Diagnostics);

/// Whether a file is one of a schema: it lies in a folder `schema`.
pub(in crate::kb) fn is_schema_file(path: &str) -> bool {
    path.rsplit(['/', '\\']).nth(1) == Some("schema")
}

/// Reads one file of a schema.
pub(super) fn read(path: &str, root: &Table<'_>, records: &mut Records, faults: &mut Diagnostics) {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let Some((_, read_table)) = FILES.iter().find(|(file, _)| *file == name) else {
        let all = FILES.iter().map(|(file, _)| *file);
        let fault = Diagnostic::error(codes::UNKNOWN_TABLE, format!("`{name}` is no file of a schema"));
        faults.push(fault.at(root.head, "this file is not read").with_candidates(nearest(all, name, 2)));
        return;
    };
    for (key, at, value, place) in root.entries() {
        match value.as_table() {
            Some(table) => {
                let table = Table::new(table, place.source, at.span, key);
                read_table(key, &table, records, faults);
            }
            None => faults.push(other_type(key, "a table", value, place)),
        }
    }
}

fn kind(name: &str, table: &Table<'_>, records: &mut Records, faults: &mut Diagnostics) {
    table.only(&[&["within", "meaning"]], faults);
    let within = mention_all(table.texts("within", faults), MentionSort::KindAbove, name, records);
    let meaning = plain(table.required("meaning", faults));
    records.schema.kinds.insert(name.to_owned(), Kind { within, meaning });
}

fn role(name: &str, table: &Table<'_>, records: &mut Records, faults: &mut Diagnostics) {
    table.only(&[&["within", "meaning"]], faults);
    let within = table.text("within", faults).map(|role| mention(role, MentionSort::RoleAbove, name, records));
    let meaning = plain(table.required("meaning", faults));
    records.schema.roles.insert(name.to_owned(), Role { within, meaning });
}

fn measure(name: &str, table: &Table<'_>, records: &mut Records, faults: &mut Diagnostics) {
    table.only(&[&["units", "meaning"]], faults);
    if table.get("units").is_none() {
        table.missing("units", faults);
    }
    let units = table.texts("units", faults).into_iter().map(|unit| unit.value).collect();
    let meaning = plain(table.required("meaning", faults));
    records.schema.measures.insert(name.to_owned(), Measure { units, meaning });
}

const ENDS: &[(&str, End)] = &[("subject", End::Subject), ("object", End::Object)];

const RELATION_KEYS: &[&str] = &[
    "reading",
    "inverse",
    "meaning",
    "subject",
    "object",
    "role",
    "time",
    "earlier",
    "from",
    "symmetric",
    "repeats",
    "transitive",
    "ends",
    "excludes",
    "single",
    "style",
];

const TIMES: &[(&str, TimeClass)] = &[
    ("interval", TimeClass::Interval),
    ("lasting_event", TimeClass::LastingEvent),
    ("momentary_event", TimeClass::MomentaryEvent),
    ("event_date", TimeClass::EventDate),
    ("timeless", TimeClass::Timeless),
];

fn relation(name: &str, table: &Table<'_>, records: &mut Records, faults: &mut Diagnostics) {
    table.only(&[RELATION_KEYS], faults);
    for key in ["subject", "object", "time"] {
        if table.get(key).is_none() {
            table.missing(key, faults);
        }
    }
    let mut all = |key: &str, sort: MentionSort, faults: &mut Diagnostics| {
        mention_all(table.texts(key, faults), sort, name, records)
    };
    let subject = all("subject", MentionSort::KindAtEnd, faults);
    let object = all("object", MentionSort::KindAtEnd, faults);
    let ends = all("ends", MentionSort::RelationType, faults);
    let excludes = all("excludes", MentionSort::RelationType, faults);
    let role = table.required("role", faults).map(|role| mention(role, MentionSort::Role, name, records));
    let relation = RelationType {
        reading: plain(table.required("reading", faults)),
        inverse: plain(table.required("inverse", faults)),
        meaning: plain(table.required("meaning", faults)),
        subject,
        object,
        symmetric: table.truth("symmetric", faults),
        earlier: table.word("earlier", ENDS, faults),
        from: table.word("from", ENDS, faults),
        role: role.unwrap_or_default(),
        time: table.word("time", TIMES, faults).unwrap_or(TimeClass::Interval),
        repeats: table.truth("repeats", faults),
        transitive: table.truth("transitive", faults),
        ends,
        excludes,
        single: table.word("single", ENDS, faults),
        style: style(table, faults),
    };
    records.schema.types.insert(name.to_owned(), relation);
}

fn style(table: &Table<'_>, faults: &mut Diagnostics) -> Style {
    const LINES: &[(&str, &str)] = &[("solid", "solid"), ("dashed", "dashed"), ("dotted", "dotted"), ("bold", "bold")];
    let Some(style) = table.table("style", "the style of a relation type", faults) else { return Style::default() };
    style.only(&[&["line", "colour"]], faults);
    let line = style.word("line", LINES, faults).map(str::to_owned);
    let colour = style.text("colour", faults);
    let is_colour = |text: &str| {
        text.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && digits.chars().all(|d| d.is_ascii_hexdigit()))
    };
    if let Some(colour) = colour.as_ref().filter(|colour| !is_colour(&colour.value)) {
        let fault = Diagnostic::error(codes::WRONG_VALUE, format!("`{}` is not a colour", colour.value));
        faults.push(fault.at(colour.place, "a colour is written as #rrggbb"));
    }
    Style { line, colour: colour.map(|colour| colour.value) }
}

fn plain(text: Option<Text>) -> String {
    text.map(|text| text.value).unwrap_or_default()
}

fn mention(name: Text, sort: MentionSort, within: &str, records: &mut Records) -> String {
    let value = name.value.clone();
    records.mentions.push(Mention { sort, within: within.to_owned(), name });
    value
}

fn mention_all(names: Vec<Text>, sort: MentionSort, within: &str, records: &mut Records) -> Vec<String> {
    names.into_iter().map(|name| mention(name, sort, within, records)).collect()
}
