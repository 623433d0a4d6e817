//! Handles: small integers that stand for things of one graph. They mean nothing in another graph; what is stable
//! across files is the slug of a node and the content key of an edge or a claim.

use bytemuck::{Pod, Zeroable};

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Pod, Zeroable)]
        #[repr(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// Stands for "none" where a column must hold a handle in every row.
            pub const NONE: Self = Self(u32::MAX);

            /// As an index.
            #[inline]
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// From an index below 2³² − 1.
            #[inline]
            #[must_use]
            pub fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).expect("a graph holds fewer than 2^32 - 1 things of a sort"))
            }

            /// `None` for [`Self::NONE`].
            #[inline]
            #[must_use]
            pub fn some(self) -> Option<Self> {
                (self != Self::NONE).then_some(self)
            }
        }
    };
}

handle! {
    /// A node of a graph: first those of the frozen base, then those of the overlay.
    NodeId
}
handle! {
    /// An edge of a graph: first those of the frozen base, type by type, then those of the overlay.
    EdgeId
}
handle! {
    /// A label of a graph.
    LabelId
}
handle! {
    /// A relation type of a graph.
    TypeId
}
handle! {
    /// A property key of a graph.
    KeyId
}
handle! {
    /// A string in a graph's dictionary.
    TextId
}
handle! {
    /// A claim of a graph.
    ClaimId
}
handle! {
    /// A source of a graph.
    SourceId
}
