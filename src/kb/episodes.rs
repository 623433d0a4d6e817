//! Claims to edges: an edge is one episode of one subject, type, object and office.
//!
//! Claims that name a `spell` share an edge with those of the same spell. Of the others, all claims of a type that
//! does not repeat share one edge, and disagree if their dates do. Where the type repeats, claims whose bounds can
//! meet share an edge, and claims that cannot are episodes of their own. Claims are taken narrow ones first, so that
//! the dated ones make the episodes. One that could belong to several joins those with whose dates it agrees, and is
//! reported if that leaves a choice: only the curator can know.
//!
//! The key of an edge is made of its ends, type, office and spell; of several episodes without a spell, the first
//! in time has the plain key, and the others are counted.

use indexmap::IndexMap;

use super::knowledge::Knowledge;
use super::record::{ClaimEntry, RelationEntry, Text};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::graph::content_key;
use crate::time::Bounds;

/// One episode and the claims behind it.
#[derive(Clone, Debug)]
pub struct Episode<'r> {
    /// The content key.
    pub key: u64,
    /// The subject, as the first claim has it.
    pub subject: &'r str,
    /// The relation type.
    pub relation: &'r str,
    /// The object, as the first claim has it.
    pub object: &'r str,
    /// The claims, by number, in the order of the files.
    pub claims: Vec<usize>,
}

/// What episodes have in common: ends (ordered by name where the type is symmetric), type, office.
type Tie<'r> = (&'r str, &'r str, &'r str, &'r str);

/// All episodes, in the order of their first claims.
pub(super) fn episodes<'r>(knowledge: &Knowledge<'r>, faults: &mut Diagnostics) -> Vec<Episode<'r>> {
    let mut ties: IndexMap<Tie<'r>, IndexMap<Option<&'r str>, Vec<usize>>> = IndexMap::new();
    for (number, claim) in knowledge.records.claims.iter().enumerate() {
        let Some(relation) = claim.relation() else { continue };
        let spell = relation.spell.as_ref().map(Text::as_str);
        ties.entry(tie(knowledge, claim, relation)).or_default().entry(spell).or_default().push(number);
    }
    let mut episodes = Vec::new();
    for (tie, spells) in ties {
        for (spell, claims) in spells {
            let groups = match spell {
                None if repeats(knowledge, tie.1) => group(knowledge, &claims, faults),
                _ => vec![claims],
            };
            episodes.extend(groups.into_iter().enumerate().map(|(count, mut claims)| {
                claims.sort_unstable();
                episode(knowledge, tie, (spell, count), claims)
            }));
        }
    }
    episodes.sort_by_key(|episode| episode.claims.first().copied());
    episodes
}

fn tie<'r>(knowledge: &Knowledge<'r>, claim: &ClaimEntry, relation: &'r RelationEntry) -> Tie<'r> {
    let subject = knowledge.canonical_id(knowledge.subject(claim).id.as_str());
    let object = knowledge.canonical_id(relation.object.as_str());
    let is_symmetric = knowledge.relation_type(relation).is_some_and(|known| known.symmetric);
    let (a, b) = if is_symmetric && object < subject { (object, subject) } else { (subject, object) };
    (a, relation.relation.as_str(), b, relation.office.as_ref().map_or("", |office| office.as_str()))
}

fn repeats(knowledge: &Knowledge<'_>, relation: &str) -> bool {
    knowledge.records.schema.types.get(relation).is_some_and(|known| known.repeats)
}

fn episode<'r>(
    knowledge: &Knowledge<'r>,
    tie: Tie<'r>,
    part: (Option<&str>, usize),
    claims: Vec<usize>,
) -> Episode<'r> {
    let (subject, relation, object, office) = tie;
    let (spell, count) = part;
    let count = if count == 0 { String::new() } else { (count + 1).to_string() };
    let key = content_key([subject, relation, object, office, spell.unwrap_or_default(), &count]);
    // Of a symmetric relation, the edge points as the first claim says it.
    let first = knowledge.subject(&knowledge.records.claims[claims[0]]);
    let is_turned = knowledge.canonical_id(first.id.as_str()) != subject;
    let (subject, object) = if is_turned { (object, subject) } else { (subject, object) };
    Episode { key, subject, relation, object, claims }
}

/// Groups claims of one tie, in the order of time.
fn group(knowledge: &Knowledge<'_>, claims: &[usize], faults: &mut Diagnostics) -> Vec<Vec<usize>> {
    let bounds = |number: usize| knowledge.timings[number].bounds;
    let mut narrow_first = claims.to_vec();
    narrow_first.sort_by_key(|number| {
        let bounds = bounds(*number);
        let length = i64::from(bounds.e2.0) - i64::from(bounds.s1.0);
        (length, i64::from(bounds.s2.0) - i64::from(bounds.e1.0), bounds.s1, *number)
    });
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for number in narrow_first {
        let meets = |group: &&mut Vec<usize>| group.iter().any(|other| bounds(*other).can_meet(bounds(number)));
        let mut open: Vec<&mut Vec<usize>> = groups.iter_mut().filter(meets).collect();
        if open.len() > 1 {
            let agreeing = |group: &Vec<usize>| agrees(bounds(number), group.iter().map(|other| bounds(*other)));
            if open.iter().any(|group| agreeing(group)) {
                open.retain(|group| agreeing(group));
            }
            if open.len() > 1 && knowledge.records.claims[number].evidence.is_live() {
                faults.push(ambiguous(knowledge, number, &open));
            }
        }
        match open.into_iter().next() {
            Some(group) => group.push(number),
            None => groups.push(vec![number]),
        }
        groups.sort_by_key(|group| group.iter().map(|number| bounds(*number).s1).max());
    }
    groups
}

fn agrees(bounds: Bounds, others: impl Iterator<Item = Bounds>) -> bool {
    let mut others = others;
    others.all(|other| bounds.shared(other).is_some())
}

fn ambiguous(knowledge: &Knowledge<'_>, number: usize, open: &[&mut Vec<usize>]) -> Diagnostic {
    let claim = &knowledge.records.claims[number];
    let relation = claim.relation().map_or("", |relation| relation.relation.as_str());
    let message = format!("a claim of `{relation}` on `{}` fits several episodes", knowledge.subject(claim).id.value);
    let mut fault = Diagnostic::warning(codes::AMBIGUOUS_EPISODE, message).at(claim.head, "taken with the first");
    for group in open {
        if let Some(first) = group.first() {
            fault = fault.with_label(knowledge.records.claims[*first].head, "one episode");
        }
    }
    fault.with_help("say with `spell` to which it belongs")
}
