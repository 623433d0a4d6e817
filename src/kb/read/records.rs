//! `[[dispute]]`, `[[reconciled]]` and `[[left_out]]`: what a curator records beside the claims.

use super::super::record::{DisputeEntry, LeftOutEntry, Passage, ReconciledEntry, Records, SideEntry, Text};
use super::claim::text_or_blank;
use super::table::Table;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{DisputeKind, LeftOutWhy, Reconciliation};

/// The words of an enumeration of the model, with what they stand for.
macro_rules! words {
    ($name:ident) => {
        $name::ALL.iter().map(|each| (each.word(), *each)).collect::<Vec<_>>()
    };
}

pub(super) fn dispute(table: &Table<'_>, records: &mut Records, faults: &mut Diagnostics) {
    table.only(&[&["id", "about", "matter", "kind", "note", "side"]], faults);
    let id = table.id("id", faults);
    let about = about(table, faults);
    let matter = table.required("matter", faults);
    let kind = word(table, "kind", &words!(DisputeKind), faults);
    let note = table.text("note", faults);
    let tables = table.tables("side", "[[dispute.side]]", faults);
    if tables.len() < 2 {
        let message = format!("a dispute with {} side", if tables.is_empty() { "no" } else { "one" });
        let fault = Diagnostic::error(codes::TOO_FEW_SIDES, message).at(table.head, "two sides or more are wanted");
        faults.push(fault.with_help("give each side a [[dispute.side]] with says, source and at"));
    }
    let sides = tables.iter().map(|side| self::side(side, faults)).collect();
    // What is faulty is reported; the rest is read on, so that its faults show too.
    let kind = kind.unwrap_or(DisputeKind::Fact);
    if let (Some(id), Some(matter)) = (id, matter) {
        records.disputes.push(DisputeEntry { head: table.head, id, about, matter, kind, note, sides });
    }
}

fn side(table: &Table<'_>, faults: &mut Diagnostics) -> SideEntry {
    table.only(&[&["says", "source", "at", "silent"]], faults);
    let blank = Text { value: String::new(), place: table.head };
    let says = table.required("says", faults).unwrap_or(blank);
    let silent = table.truth("silent", faults);
    let passage = passage(table, faults);
    SideEntry { head: table.head, says, passage, silent }
}

pub(super) fn reconciled(table: &Table<'_>, records: &mut Records, faults: &mut Diagnostics) {
    table.only(&[&["about", "matter", "kind", "why", "claim"]], faults);
    let about = about(table, faults);
    let matter = table.required("matter", faults);
    let kind = word(table, "kind", &words!(Reconciliation), faults);
    let why = table.required("why", faults);
    let tables = table.tables("claim", "[[reconciled.claim]]", faults);
    if tables.len() < 2 {
        let fault = Diagnostic::error(codes::TOO_FEW_SIDES, "reconciled claims are two or more");
        faults.push(fault.at(table.head, "a [[reconciled.claim]] is missing"));
    }
    let mut claims = Vec::new();
    for claim in &tables {
        claim.only(&[&["source", "at"]], faults);
        claims.push(passage(claim, faults));
    }
    let kind = kind.unwrap_or(Reconciliation::Time);
    if let (Some(matter), Some(why)) = (matter, why) {
        records.reconciled.push(ReconciledEntry { head: table.head, about, matter, kind, why, claims });
    }
}

pub(super) fn left_out(table: &Table<'_>, records: &mut Records, faults: &mut Diagnostics) {
    table.only(&[&["source", "at", "why", "note"]], faults);
    let passage = passage(table, faults);
    let why = word(table, "why", &words!(LeftOutWhy), faults);
    let note = table.text("note", faults);
    let why = why.unwrap_or(LeftOutWhy::Context);
    records.left_out.push(LeftOutEntry { passage, why, note });
}

fn passage(table: &Table<'_>, faults: &mut Diagnostics) -> Passage {
    let (source, at) = (text_or_blank(table, "source", faults), text_or_blank(table, "at", faults));
    Passage { head: table.head, source, at }
}

/// The nodes that a record is about: one or more.
fn about(table: &Table<'_>, faults: &mut Diagnostics) -> Vec<Text> {
    let about = table.texts("about", faults);
    if table.get("about").is_none() {
        table.missing("about", faults);
    } else if about.is_empty() {
        let fault = Diagnostic::error(codes::WRONG_VALUE, "`about` names nobody").at(table.head, "no id of a node");
        faults.push(fault);
    }
    about
}

/// One of some words, which must be there.
fn word<T: Copy>(table: &Table<'_>, key: &str, words: &[(&'static str, T)], faults: &mut Diagnostics) -> Option<T> {
    if table.get(key).is_none() {
        table.missing(key, faults);
    }
    table.word(key, words, faults)
}
