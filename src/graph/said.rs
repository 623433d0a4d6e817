//! What is handed to a builder or a graph as evidence: plain structs with texts of their own.

use super::evidence::stance;
use crate::model::{
    About, Basis, Claim, ClaimId, Extent, FigureValue, NameKind, NodeId, Rank, SourceId, SourceRecord, Wording,
};
use crate::time::{Bounds, Reading};

/// A source to add. Empty texts say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewSource {
    /// Its slug.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When, as EDTF.
    pub date: String,
    /// What it is: article, report, listing …
    pub kind: String,
    /// Where it can be opened.
    pub address: String,
    /// Admiralty A–F.
    pub reliability: String,
    /// The slug of the source that it copies; empty where it copies nobody.
    pub origin: String,
}

impl NewSource {
    pub(super) fn view(&self, handle: SourceId) -> SourceRecord<'_> {
        SourceRecord {
            handle,
            id: &self.id,
            author: &self.author,
            title: &self.title,
            publisher: &self.publisher,
            date: &self.date,
            kind: &self.kind,
            address: &self.address,
            reliability: &self.reliability,
            origin: if self.origin.is_empty() { &self.id } else { &self.origin },
        }
    }
}

/// A claim to add. [`NewClaim::new`] fills in what most claims have.
#[derive(Clone, Debug, PartialEq)]
pub struct NewClaim {
    /// Who says it.
    pub source: SourceId,
    /// Where in it.
    pub at: String,
    /// What of the node: `name`, `founded`, a measure …; not read where the claim is about an edge, whose type it is.
    pub matter: String,
    /// What is said of the node, in words.
    pub value: String,
    /// Start, as EDTF.
    pub from: Option<String>,
    /// End, as EDTF; `..` is "not ended".
    pub to: Option<String>,
    /// The date of an event, as EDTF.
    pub on: Option<String>,
    /// The time of which the source says that it holds.
    pub observed: Option<String>,
    /// How the source puts it.
    pub wording: Wording,
    /// Whom the source quotes.
    pub attributed_to: Option<NodeId>,
    /// When they said it.
    pub attributed_on: Option<String>,
    /// Stated or inferred.
    pub basis: Basis,
    /// What it is inferred from.
    pub inferred_from: Option<String>,
    /// Admiralty 1–6; 0 where ungraded.
    pub credibility: u8,
    /// The curator's rank.
    pub rank: Rank,
    /// How much of a place.
    pub extent: Option<Extent>,
    /// The list that this claim belongs to is meant to be whole.
    pub complete: bool,
    /// Our words; for a deprecated claim the reason among them.
    pub note: Option<String>,
    /// The source's words.
    pub quote: Option<String>,
    /// The name that the source uses for the subject, where it is not the preferred one.
    pub subject_as: Option<String>,
    /// The name that the source uses for the object.
    pub object_as: Option<String>,
    /// When it holds by this claim alone, tightened by its source's date and the lifetimes of both ends.
    pub bounds: Bounds,
}

impl NewClaim {
    /// What a source asserts at a place, undated.
    #[must_use]
    pub fn new(source: SourceId, at: impl Into<String>) -> Self {
        Self {
            source,
            at: at.into(),
            matter: String::new(),
            value: String::new(),
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
            extent: None,
            complete: false,
            note: None,
            quote: None,
            subject_as: None,
            object_as: None,
            bounds: Bounds::UNBOUNDED,
        }
    }

    /// What it says of when its edge holds; `None` where it is deprecated and says nothing.
    pub(super) fn reading(&self) -> Option<Reading> {
        let stance = stance(self.wording, self.basis);
        (self.rank != Rank::Deprecated).then_some(Reading { bounds: self.bounds, stance })
    }

    /// As the graph hands it out.
    pub(super) fn view<'g>(&'g self, handle: ClaimId, id: u64, about: About, matter: &'g str) -> Claim<'g> {
        Claim {
            handle,
            id,
            about,
            matter,
            value: &self.value,
            source: self.source,
            at: &self.at,
            from: self.from.as_deref(),
            to: self.to.as_deref(),
            on: self.on.as_deref(),
            observed: self.observed.as_deref(),
            wording: self.wording,
            attributed_to: self.attributed_to,
            attributed_on: self.attributed_on.as_deref(),
            basis: self.basis,
            inferred_from: self.inferred_from.as_deref(),
            credibility: self.credibility,
            rank: self.rank,
            extent: self.extent,
            complete: self.complete,
            note: self.note.as_deref(),
            quote: self.quote.as_deref(),
            subject_as: self.subject_as.as_deref(),
            object_as: self.object_as.as_deref(),
            bounds: self.bounds,
        }
    }
}

impl From<&Claim<'_>> for NewClaim {
    fn from(claim: &Claim<'_>) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Self {
            source: claim.source,
            at: claim.at.to_owned(),
            matter: claim.matter.to_owned(),
            value: claim.value.to_owned(),
            from: owned(claim.from),
            to: owned(claim.to),
            on: owned(claim.on),
            observed: owned(claim.observed),
            wording: claim.wording,
            attributed_to: claim.attributed_to,
            attributed_on: owned(claim.attributed_on),
            basis: claim.basis,
            inferred_from: owned(claim.inferred_from),
            credibility: claim.credibility,
            rank: claim.rank,
            extent: claim.extent,
            complete: claim.complete,
            note: owned(claim.note),
            quote: owned(claim.quote),
            subject_as: owned(claim.subject_as),
            object_as: owned(claim.object_as),
            bounds: claim.bounds,
        }
    }
}

/// A claim of a graph that is being built. Its [`ClaimId`] is known when the graph is frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimRow(pub(super) u32);

/// A name to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewName<'t> {
    /// Whose name.
    pub node: NodeId,
    /// The name.
    pub text: &'t str,
    /// Its sort.
    pub kind: NameKind,
    /// Its language, as BCP 47; empty where not given.
    pub language: &'t str,
    /// Its script, as ISO 15924; empty where not given.
    pub script: &'t str,
    /// Who uses it.
    pub claim: Option<ClaimRow>,
}

/// A figure to add. Empty texts say nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct NewFigure<'t> {
    /// Of whom.
    pub node: NodeId,
    /// What is counted.
    pub measure: &'t str,
    /// How much.
    pub value: FigureValue<'t>,
    /// In which unit.
    pub unit: &'t str,
    /// The denominator, in words.
    pub of: &'t str,
    /// Compared with what.
    pub relative_to: &'t str,
    /// Counted together with whom.
    pub jointly_with: &'t str,
    /// Of which part.
    pub scope: &'t str,
    /// Over which period, as EDTF.
    pub period: &'t str,
    /// Who says it.
    pub claim: ClaimRow,
}
