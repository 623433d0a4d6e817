//! The model: handles, values, schemas, and what sources say. Knows dates, and nothing of files or queries.

pub mod claim;
pub mod ids;
pub mod life;
pub mod schema;
pub mod value;

pub use claim::{About, Basis, Claim, Extent, Figure, FigureValue, Name, NameKind, Rank, SourceRecord, Wording};
pub use ids::{ClaimId, EdgeId, KeyId, LabelId, NodeId, SourceId, TextId, TypeId};
pub use life::{LIFE_DATES, LIFE_ENDS, LIFE_STARTS};
pub use schema::{End, Kind, Measure, RelationType, Role, Schema, Style};
pub use value::{GroupKey, Map, Path, Value};
