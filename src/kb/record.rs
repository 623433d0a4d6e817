//! What a curator wrote, record by record, each field with its place.
//!
//! Records are read and well-formed: their words are words of the model, their dates are dates. Nothing is looked up
//! yet: an id is a text, and may name nothing. A claim has its node's default source already.

use crate::diagnostics::Place;
use crate::model::{Basis, DisputeKind, Extent, LeftOutWhy, NameKind, Rank, Reconciliation, Schema, Wording};
use crate::time::Edtf;

/// A value as written, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// A text as written.
pub type Text = Written<String>;
/// A date as written.
pub type Date = Written<Edtf>;

impl Written<String> {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.value
    }
}

/// All that the files of a knowledge base say.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Kinds, roles, relation types, measures.
    pub schema: Schema,
    /// Where the schema names what it should define elsewhere.
    pub mentions: Vec<Mention>,
    /// The sources.
    pub sources: Vec<SourceEntry>,
    /// The nodes.
    pub nodes: Vec<NodeEntry>,
    /// The claims on the nodes, in the order of the files.
    pub claims: Vec<ClaimEntry>,
    /// Further claims on nodes that stand elsewhere, until their nodes are found.
    pub more: Vec<MoreEntry>,
    /// Disputes that no rule can see.
    pub disputes: Vec<DisputeEntry>,
    /// Claims that only seem to disagree.
    pub reconciled: Vec<ReconciledEntry>,
    /// Statements that were left out.
    pub left_out: Vec<LeftOutEntry>,
}

/// A `[[more]]`: claims on a node that is defined in another table.
#[derive(Clone, Debug)]
pub struct MoreEntry {
    /// The id of the node.
    pub node: Text,
    /// The head, the matter and the evidence of each claim.
    pub claims: Vec<(Place, Matter, Evidence)>,
}

/// A name within the schema that another table of it must define.
#[derive(Clone, Debug)]
pub struct Mention {
    /// What sort of thing it names.
    pub sort: MentionSort,
    /// The table in which it stands.
    pub within: String,
    /// The name.
    pub name: Text,
}

/// What a name within the schema stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionSort {
    /// A kind that stands above the table's kind.
    KindAbove,
    /// A kind at an end of a relation type.
    KindAtEnd,
    /// A role that stands above the table's role.
    RoleAbove,
    /// The role of a relation type.
    Role,
    /// A relation type that another ends or excludes.
    RelationType,
}

/// A `[[source]]`.
#[derive(Clone, Debug)]
pub struct SourceEntry {
    /// The head of its table.
    pub head: Place,
    /// Its slug.
    pub id: Text,
    /// Who wrote it.
    pub author: Option<Text>,
    /// Its title.
    pub title: Text,
    /// Who published it.
    pub publisher: Option<Text>,
    /// When.
    pub date: Option<Date>,
    /// What it is.
    pub kind: Option<Text>,
    /// Where it can be opened.
    pub address: Option<Text>,
    /// Admiralty A–F.
    pub reliability: Option<Text>,
    /// The source that it copies.
    pub same_origin: Option<Text>,
    /// The file name of its plain text, in which `griot check --coverage` looks its locators up.
    pub text: Option<Text>,
    /// Our words.
    pub note: Option<Text>,
}

/// A `[[dispute]]`.
#[derive(Clone, Debug)]
pub struct DisputeEntry {
    /// The head of its table.
    pub head: Place,
    /// Its slug.
    pub id: Text,
    /// The ids of the nodes that it is about.
    pub about: Vec<Text>,
    /// What is disputed.
    pub matter: Text,
    /// What sort of thing.
    pub kind: DisputeKind,
    /// Our words.
    pub note: Option<Text>,
    /// What each source says.
    pub sides: Vec<SideEntry>,
}

/// A `[[dispute.side]]`.
#[derive(Clone, Debug)]
pub struct SideEntry {
    /// The head of its table.
    pub head: Place,
    /// In our words.
    pub says: Text,
    /// Who says it, and where.
    pub passage: Passage,
    /// The source's silence is this side.
    pub silent: bool,
}

/// A source and a locator, by which claims are cited.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The head of its table.
    pub head: Place,
    /// The source.
    pub source: Option<Text>,
    /// Where in it.
    pub at: Option<Text>,
}

/// A `[[reconciled]]`.
#[derive(Clone, Debug)]
pub struct ReconciledEntry {
    /// The head of its table.
    pub head: Place,
    /// The ids of the nodes that the claims are about.
    pub about: Vec<Text>,
    /// A relation type, an attribute or a measure.
    pub matter: Text,
    /// In which way they differ.
    pub kind: Reconciliation,
    /// Why they agree.
    pub why: Text,
    /// The claims.
    pub claims: Vec<Passage>,
}

/// A `[[left_out]]`.
#[derive(Clone, Debug)]
pub struct LeftOutEntry {
    /// The passage.
    pub passage: Passage,
    /// The reason.
    pub why: LeftOutWhy,
    /// What is said there.
    pub note: Option<Text>,
}

/// A `[[node]]`, without the claims on it.
#[derive(Clone, Debug)]
pub struct NodeEntry {
    /// The head of its table.
    pub head: Place,
    /// Its slug.
    pub id: Text,
    /// Its kind.
    pub kind: Text,
    /// Further kinds.
    pub also: Vec<Text>,
    /// Its preferred name.
    pub name: Text,
}

/// A claim on a node.
#[derive(Clone, Debug)]
pub struct ClaimEntry {
    /// The node in [`Records::nodes`].
    pub node: usize,
    /// The head of its table.
    pub head: Place,
    /// What it says.
    pub matter: Matter,
    /// Who says it, where, of when, and how.
    pub evidence: Evidence,
}

/// What a claim says of its node.
#[derive(Clone, Debug)]
pub enum Matter {
    /// That it is of its kind.
    Kind(Text),
    /// That it bears a name.
    Name(NameEntry),
    /// That an attribute has a value.
    Attribute(AttributeEntry),
    /// That it stands in a relation.
    Relation(RelationEntry),
    /// That a measure has a value.
    Figure(FigureEntry),
}

/// A name: the preferred one, or a `[[node.alias]]`.
#[derive(Clone, Debug)]
pub struct NameEntry {
    /// The name.
    pub text: Text,
    /// Its sort.
    pub kind: NameKind,
    /// Its language.
    pub language: Option<Text>,
    /// Its script.
    pub script: Option<Text>,
}

/// A `[[node.attribute]]`.
#[derive(Clone, Debug)]
pub struct AttributeEntry {
    /// Which attribute.
    pub attribute: Text,
    /// Its value.
    pub value: Text,
    /// The value as a date, where the attribute is one.
    pub date: Option<Edtf>,
}

/// A `[[node.relation]]`.
#[derive(Clone, Debug)]
pub struct RelationEntry {
    /// The relation type.
    pub relation: Text,
    /// The id of the node at the other end.
    pub object: Text,
    /// The office, a part of the edge's identity.
    pub office: Option<Text>,
    /// Whether a merged body kept its own identity: `kept` or `shed`.
    pub identity: Option<Text>,
    /// Whether a component was there from the founding: `founding` or `later`.
    pub membership: Option<Text>,
    /// Which episode it belongs to.
    pub spell: Option<Text>,
}

/// A `[[node.figure]]`.
#[derive(Clone, Debug)]
pub struct FigureEntry {
    /// What is counted.
    pub measure: Text,
    /// How much.
    pub amount: Amount,
    /// The value as written.
    pub value: Text,
    /// In which unit.
    pub unit: Option<Text>,
    /// The denominator.
    pub of: Option<Text>,
    /// Compared with what.
    pub relative_to: Option<Text>,
    /// Counted together with whom.
    pub jointly_with: Vec<Text>,
    /// Of which part.
    pub scope: Option<Text>,
    /// Over which period.
    pub period: Option<Date>,
}

/// How much, as a source puts it.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
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
    Words(String),
}

/// The fields that every claim has.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Who says it: the claim's own `source`, else its node's.
    pub source: Option<Text>,
    /// Where in it.
    pub at: Option<Text>,
    /// Start.
    pub from: Option<Date>,
    /// End.
    pub to: Option<Date>,
    /// The date of an event.
    pub on: Option<Date>,
    /// The time of which the source says that it holds.
    pub observed: Option<Date>,
    /// How the source puts it.
    pub wording: Wording,
    /// Whom the source quotes.
    pub attributed_to: Option<Text>,
    /// When they said it.
    pub attributed_on: Option<Date>,
    /// Stated or inferred.
    pub basis: Basis,
    /// What it is inferred from.
    pub inferred_from: Option<Text>,
    /// Admiralty 1–6; 0 where ungraded.
    pub credibility: u8,
    /// The curator's rank.
    pub rank: Rank,
    /// Why it is deprecated.
    pub reason: Option<Text>,
    /// How much of a place.
    pub extent: Option<Extent>,
    /// Whether the list that it belongs to is meant to be whole.
    pub complete: bool,
    /// The source's name for the subject.
    pub subject_as: Option<Text>,
    /// The source's name for the object.
    pub object_as: Option<Text>,
    /// Our words.
    pub note: Option<Text>,
    /// The source's words.
    pub quote: Option<Text>,
}

impl Evidence {
    /// Of a source and a locator, and nothing else.
    #[must_use]
    pub fn of(source: Option<Text>, at: Option<Text>) -> Self {
        Self {
            source,
            at,
            from: None,
            to: None,
            on: None,
            observed: None,
            wording: Wording::Asserted,
            attributed_to: None,
            attributed_on: None,
            basis: Basis::Stated,
            inferred_from: None,
            credibility: 0,
            rank: Rank::Normal,
            reason: None,
            extent: None,
            complete: false,
            subject_as: None,
            object_as: None,
            note: None,
            quote: None,
        }
    }

    /// Whether it takes part in answers: it is not deprecated.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.rank != Rank::Deprecated
    }
}

impl ClaimEntry {
    /// The relation that it claims, if it does.
    #[must_use]
    pub fn relation(&self) -> Option<&RelationEntry> {
        match &self.matter {
            Matter::Relation(relation) => Some(relation),
            _ => None,
        }
    }
}
