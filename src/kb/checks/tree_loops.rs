//! No kind, role or origin of a source stands above itself.

use indexmap::IndexMap;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::{MentionSort, Text};

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for (sort, thing) in [(MentionSort::KindAbove, "kind"), (MentionSort::RoleAbove, "role")] {
        let mut above: IndexMap<&str, Vec<&Text>> = IndexMap::new();
        for mention in knowledge.records.mentions.iter().filter(|mention| mention.sort == sort) {
            above.entry(&mention.within).or_default().push(&mention.name);
        }
        report(&above, codes::TREE_LOOPS, &format!("the {thing} `{{}}` stands above itself"), faults);
    }
    let mut origins: IndexMap<&str, Vec<&Text>> = IndexMap::new();
    for source in &knowledge.records.sources {
        origins.entry(source.id.as_str()).or_default().extend(&source.same_origin);
    }
    report(&origins, codes::SAME_ORIGIN_LOOPS, "the source `{}` is a copy of itself", faults);
}

/// Reports one fault a loop, at the step that leads back to where the loop was entered.
fn report(above: &IndexMap<&str, Vec<&Text>>, code: Code, message: &str, faults: &mut Diagnostics) {
    let mut done: Vec<&str> = Vec::new();
    for start in above.keys() {
        let mut way = Vec::new();
        walk(above, start, &mut way, &mut done, &mut |name, way| {
            let first = way.iter().position(|each| *each == name.as_str()).unwrap_or_default();
            let steps = way[first..].join(" → ");
            let fault = Diagnostic::error(code, message.replace("{}", name.as_str()));
            faults.push(fault.at(name.place, "this closes the loop").with_note(format!("{steps} → {}", name.value)));
        });
    }
}

fn walk<'a>(
    above: &IndexMap<&'a str, Vec<&'a Text>>,
    at: &'a str,
    way: &mut Vec<&'a str>,
    done: &mut Vec<&'a str>,
    found: &mut dyn FnMut(&Text, &[&str]),
) {
    if done.contains(&at) {
        return;
    }
    way.push(at);
    for next in above.get(at).into_iter().flatten() {
        if way.contains(&next.as_str()) {
            found(next, way);
        } else {
            walk(above, next.as_str(), way, done, found);
        }
    }
    way.pop();
    done.push(at);
}
