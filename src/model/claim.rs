//! What a source says: claims, names, figures, and the sources themselves, as the graph hands them out.
//!
//! These are views: texts are borrowed from the graph's dictionary. The stored records are in
//! [`graph`](crate::graph); what a curator writes is read in [`kb`](crate::kb).

use super::ids::{ClaimId, EdgeId, NodeId, SourceId};
use crate::time::Bounds;

words! {
    /// How a source puts what it says.
    Wording {
        /// Said as a fact.
        Asserted = "asserted",
        /// The source's own judgement: "likely", "believed".
        Assessed = "assessed",
        /// Passed on: "reportedly".
        Reported = "reported",
        /// Said by somebody with a stake, and not endorsed.
        Alleged = "alleged",
        /// Mentioned, and thought unlikely.
        Doubted = "doubted",
        /// Said of the future.
        Expected = "expected",
        /// Said not to be so.
        Denied = "denied",
    }
}

words! {
    /// Where a claim comes from.
    Basis {
        /// The source says it.
        Stated = "stated",
        /// We infer it from what the source says.
        Inferred = "inferred",
    }
}

words! {
    /// The curator's rank, after Wikidata.
    Rank {
        /// As any other.
        Normal = "normal",
        /// Shown first.
        Preferred = "preferred",
        /// Kept, shown on request, with the reason; backs nothing.
        Deprecated = "deprecated",
    }
}

words! {
    /// How much of a place is meant.
    Extent {
        /// All of it.
        Whole = "whole",
        /// A part.
        Part = "part",
        /// Its border.
        Border = "border",
    }
}

words! {
    /// What sort of name a name is.
    NameKind {
        /// The short one that people say.
        Preferred = "preferred",
        /// The body's own full name.
        Official = "official",
        /// Letters.
        Acronym = "acronym",
        /// Another spelling of a name in another script.
        Transliteration = "transliteration",
        /// The name in another language.
        Translation = "translation",
        /// A kunya or nom de guerre.
        Kunya = "kunya",
        /// Used before.
        Former = "former",
        /// Wrongly spelt in a source.
        Misspelling = "misspelling",
        /// Any other name that a source uses.
        Other = "other",
    }
}

/// What a claim says something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// It backs an edge.
    Edge(EdgeId),
    /// It says something of a node: its kind, a name, a date, an attribute, a figure.
    Node(NodeId),
}

/// One claim of one source.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim<'g> {
    /// Its handle.
    pub handle: ClaimId,
    /// Its content key: the same in every build of the same files.
    pub id: u64,
    /// What it is about.
    pub about: About,
    /// What of it: a relation type's name, `name`, `founded`, `status`, a measure …
    pub matter: &'g str,
    /// What is said, where the matter is not a relation: the name, the date, the value in words.
    pub value: &'g str,
    /// Who says it.
    pub source: SourceId,
    /// Where in it.
    pub at: &'g str,
    /// Start, as EDTF.
    pub from: Option<&'g str>,
    /// End, as EDTF; `..` is "not ended".
    pub to: Option<&'g str>,
    /// The date of an event, as EDTF.
    pub on: Option<&'g str>,
    /// The time of which the source says that it holds.
    pub observed: Option<&'g str>,
    /// How the source puts it.
    pub wording: Wording,
    /// Whom the source quotes.
    pub attributed_to: Option<NodeId>,
    /// When they said it.
    pub attributed_on: Option<&'g str>,
    /// Stated or inferred.
    pub basis: Basis,
    /// What it is inferred from.
    pub inferred_from: Option<&'g str>,
    /// Admiralty 1–6; 0 where ungraded.
    pub credibility: u8,
    /// The curator's rank.
    pub rank: Rank,
    /// How much of a place.
    pub extent: Option<Extent>,
    /// The list that this claim belongs to is meant to be whole.
    pub complete: bool,
    /// Our words.
    pub note: Option<&'g str>,
    /// The source's words, 25 at most.
    pub quote: Option<&'g str>,
    /// The name that the source uses for the subject, where it is not the preferred one.
    pub subject_as: Option<&'g str>,
    /// The name that the source uses for the object.
    pub object_as: Option<&'g str>,
    /// When it holds by this claim alone, tightened by its source's date and the lifetimes of both ends.
    pub bounds: Bounds,
}

/// A source.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRecord<'g> {
    /// Its handle.
    pub handle: SourceId,
    /// Its slug.
    pub id: &'g str,
    /// Who wrote it; empty where the text does not say.
    pub author: &'g str,
    /// Its title.
    pub title: &'g str,
    /// Who published it.
    pub publisher: &'g str,
    /// When, as EDTF; empty where unknown.
    pub date: &'g str,
    /// What it is: article, report, listing, poster …
    pub kind: &'g str,
    /// Where it can be opened.
    pub address: &'g str,
    /// Admiralty A–F; empty where ungraded.
    pub reliability: &'g str,
    /// The witness that copies share: a source's slug; its own where it copies nobody.
    pub origin: &'g str,
}

/// A name of a node, and the claim that it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Name<'g> {
    /// Whose name.
    pub node: NodeId,
    /// The name.
    pub text: &'g str,
    /// Its sort.
    pub kind: NameKind,
    /// Its language, as BCP 47; empty where not given.
    pub language: &'g str,
    /// Its script, as ISO 15924; empty where not given.
    pub script: &'g str,
    /// Who uses it.
    pub claim: Option<ClaimId>,
}

/// A figure: a claim about one node, with a measure and a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure<'g> {
    /// Of whom.
    pub node: NodeId,
    /// What is counted.
    pub measure: &'g str,
    /// How much.
    pub value: FigureValue<'g>,
    /// In which unit.
    pub unit: &'g str,
    /// The denominator, in words.
    pub of: &'g str,
    /// Compared with what.
    pub relative_to: &'g str,
    /// Counted together with whom, in words or slugs.
    pub jointly_with: &'g str,
    /// Of which part: an area, a theatre.
    pub scope: &'g str,
    /// Over which period, as EDTF.
    pub period: &'g str,
    /// Who says it.
    pub claim: ClaimId,
}

/// The value of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FigureValue<'g> {
    /// Just this.
    Exact(f64),
    /// Between the two.
    Range(f64, f64),
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
    /// Near this.
    About(f64),
    /// In words.
    Words(&'g str),
}
