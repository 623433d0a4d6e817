//! What sources say, as stored: records of numbers, one array a sort, so that opening a graph parses nothing.
//!
//! Claims are ordered by what they are about, edges first, so that those behind one edge have consecutive numbers;
//! names and figures are ordered by node. All texts are dictionary codes. Dates stay texts, as they were written: what
//! they bound is precomputed in the records, and by edge in [`edge_times`](super::edge_times).

use bytemuck::{Pod, Zeroable};

use super::array::Array;
use super::offsets::Offsets;
use super::texts::Texts;
use crate::model::{
    About, Basis, Claim, ClaimId, EdgeId, Extent, Figure, FigureValue, Name, NameKind, NodeId, Rank, SourceId,
    SourceRecord, TextId, Wording,
};
use crate::time::{Bounds, Day, Stance};

/// Sources, claims, names and figures of a store.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Evidence {
    pub(crate) sources: Array<StoredSource>,
    /// By what they are about: edges, then nodes.
    pub(crate) claims: Array<StoredClaim>,
    /// Rows of `claims` by edge.
    pub(crate) by_edge: Offsets,
    /// Rows of the claims after those on edges, by node.
    pub(crate) by_node: Offsets,
    /// By node.
    pub(crate) names: Array<StoredName>,
    /// Rows of `names`.
    pub(crate) names_by_node: Offsets,
    /// By node.
    pub(crate) figures: Array<StoredFigure>,
    /// Rows of `figures`.
    pub(crate) figures_by_node: Offsets,
    /// How many claims are about edges.
    pub(crate) on_edges: u32,
}

/// Stands for "not said" where a column holds the number of a word.
pub(super) const UNSAID: u8 = u8::MAX;

/// A source as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct StoredSource {
    pub(crate) id: TextId,
    pub(crate) author: TextId,
    pub(crate) title: TextId,
    pub(crate) publisher: TextId,
    pub(crate) date: TextId,
    pub(crate) kind: TextId,
    pub(crate) address: TextId,
    pub(crate) reliability: TextId,
    pub(crate) origin: TextId,
    /// The node that stands for it.
    pub(crate) node: NodeId,
    /// By when it was surely published; [`Day::MAX`] where undated.
    pub(crate) published_by: Day,
}

/// A claim as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct StoredClaim {
    pub(crate) id: u64,
    /// An [`EdgeId`] or a [`NodeId`], by `is_about_node`.
    pub(crate) about: u32,
    pub(crate) source: SourceId,
    pub(crate) matter: TextId,
    pub(crate) value: TextId,
    pub(crate) at: TextId,
    pub(crate) from: TextId,
    pub(crate) to: TextId,
    pub(crate) on: TextId,
    pub(crate) observed: TextId,
    pub(crate) attributed_to: NodeId,
    pub(crate) attributed_on: TextId,
    pub(crate) inferred_from: TextId,
    pub(crate) note: TextId,
    pub(crate) quote: TextId,
    pub(crate) subject_as: TextId,
    pub(crate) object_as: TextId,
    pub(crate) bounds: Bounds,
    pub(crate) is_about_node: u8,
    pub(crate) wording: u8,
    pub(crate) basis: u8,
    pub(crate) credibility: u8,
    pub(crate) rank: u8,
    pub(crate) extent: u8,
    pub(crate) complete: u8,
    pub(crate) unused: u8,
}

/// A name as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct StoredName {
    pub(crate) node: NodeId,
    pub(crate) text: TextId,
    pub(crate) language: TextId,
    pub(crate) script: TextId,
    pub(crate) claim: ClaimId,
    pub(crate) kind: u32,
}

/// A figure as stored.
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct StoredFigure {
    pub(crate) node: NodeId,
    pub(crate) measure: TextId,
    pub(crate) unit: TextId,
    pub(crate) of: TextId,
    pub(crate) relative_to: TextId,
    pub(crate) jointly_with: TextId,
    pub(crate) scope: TextId,
    pub(crate) period: TextId,
    pub(crate) claim: ClaimId,
    /// The value, where it is in words.
    pub(crate) words: TextId,
    /// Which [`FigureValue`], in the order of its variants.
    pub(crate) sort: u32,
    pub(crate) unused: u32,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl StoredSource {
    pub(super) fn view<'g>(&self, handle: SourceId, texts: &'g Texts) -> SourceRecord<'g> {
        SourceRecord {
            handle,
            id: texts.get(self.id),
            author: texts.get(self.author),
            title: texts.get(self.title),
            publisher: texts.get(self.publisher),
            date: texts.get(self.date),
            kind: texts.get(self.kind),
            address: texts.get(self.address),
            reliability: texts.get(self.reliability),
            origin: texts.get(self.origin),
        }
    }
}

impl StoredClaim {
    pub(super) fn about(&self) -> About {
        if self.is_about_node == 0 { About::Edge(EdgeId(self.about)) } else { About::Node(NodeId(self.about)) }
    }

    pub(super) fn wording(&self) -> Wording {
        Wording::from_number(self.wording).unwrap_or(Wording::Asserted)
    }

    pub(super) fn basis(&self) -> Basis {
        Basis::from_number(self.basis).unwrap_or(Basis::Stated)
    }

    pub(super) fn rank(&self) -> Rank {
        Rank::from_number(self.rank).unwrap_or(Rank::Normal)
    }

    pub(super) fn view<'g>(&self, handle: ClaimId, texts: &'g Texts) -> Claim<'g> {
        Claim {
            handle,
            id: self.id,
            about: self.about(),
            matter: texts.get(self.matter),
            value: texts.get(self.value),
            source: self.source,
            at: texts.get(self.at),
            from: texts.optional(self.from),
            to: texts.optional(self.to),
            on: texts.optional(self.on),
            observed: texts.optional(self.observed),
            wording: self.wording(),
            attributed_to: self.attributed_to.some(),
            attributed_on: texts.optional(self.attributed_on),
            basis: self.basis(),
            inferred_from: texts.optional(self.inferred_from),
            credibility: self.credibility,
            rank: self.rank(),
            extent: Extent::from_number(self.extent),
            complete: self.complete != 0,
            note: texts.optional(self.note),
            quote: texts.optional(self.quote),
            subject_as: texts.optional(self.subject_as),
            object_as: texts.optional(self.object_as),
            bounds: self.bounds,
        }
    }
}

impl StoredName {
    pub(super) fn view<'g>(&self, texts: &'g Texts) -> Name<'g> {
        let kind = u8::try_from(self.kind).ok().and_then(NameKind::from_number);
        Name {
            node: self.node,
            text: texts.get(self.text),
            kind: kind.unwrap_or(NameKind::Other),
            language: texts.get(self.language),
            script: texts.get(self.script),
            claim: self.claim.some(),
        }
    }
}

impl StoredFigure {
    pub(super) fn view<'g>(&self, texts: &'g Texts) -> Figure<'g> {
        Figure {
            node: self.node,
            measure: texts.get(self.measure),
            value: self.value(texts),
            unit: texts.get(self.unit),
            of: texts.get(self.of),
            relative_to: texts.get(self.relative_to),
            jointly_with: texts.get(self.jointly_with),
            scope: texts.get(self.scope),
            period: texts.get(self.period),
            claim: self.claim,
        }
    }

    fn value<'g>(&self, texts: &'g Texts) -> FigureValue<'g> {
        match self.sort {
            0 => FigureValue::Exact(self.low),
            1 => FigureValue::Range(self.low, self.high),
            2 => FigureValue::AtLeast(self.low),
            3 => FigureValue::AtMost(self.low),
            4 => FigureValue::About(self.low),
            _ => FigureValue::Words(texts.get(self.words)),
        }
    }
}

/// How a claim takes a stand on its edge, by its wording and basis.
#[must_use]
pub fn stance(wording: Wording, basis: Basis) -> Stance {
    match (wording, basis) {
        (Wording::Denied, Basis::Stated) => Stance::Denied,
        (Wording::Denied, Basis::Inferred) => Stance::InferredDenial,
        (_, Basis::Inferred) => Stance::Inferred,
        (Wording::Alleged, _) => Stance::Alleged,
        (Wording::Doubted, _) => Stance::Doubted,
        (Wording::Expected, _) => Stance::Expected,
        (Wording::Asserted | Wording::Assessed | Wording::Reported, _) => Stance::Firm,
    }
}
