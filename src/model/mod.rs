//! The model: handles, values, schemas, and what sources say. Knows dates, and nothing of files or queries.

#[macro_use]
mod words;

pub mod claim;
pub mod ids;
pub mod life;
pub mod records;
pub mod schema;
pub mod value;

pub use claim::{About, Basis, Claim, Extent, Figure, FigureValue, Name, NameKind, Rank, SourceRecord, Wording};
pub use ids::{ClaimId, EdgeId, KeyId, LabelId, NodeId, SourceId, TextId, TypeId};
pub use life::{LIFE_DATES, LIFE_ENDS, LIFE_STARTS};
pub use records::{
    Citation, CuratorRecords, DisputeKind, LeftOut, LeftOutWhy, RECORDED_SIDE, ReconciledClaims, Reconciliation,
    RecordedDispute, RecordedSide,
};
pub use schema::{End, Kind, Measure, RelationType, Role, Schema, Style};
pub use value::{GroupKey, Map, Path, Value};
