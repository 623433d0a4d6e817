use crate::graph::*;
use crate::model::*;
use crate::names::*;
#[derive(Clone, Debug, Default)]
pub struct EdgeFilter {
    pub certainly: bool,
    pub according_to: Option<Vec<NodeId>>,
    pub without: Vec<NodeId>,
    pub rated: Option<(char, u8)>,
    pub worded: Vec<Wording>,
    pub question: Option<crate::time::Question>,
    pub known_by: Option<crate::time::Day>,
}
pub trait Shim {
    fn has_claims(&self) -> bool {
        false
    }
    fn find_name(&self, _: &str) -> Option<Found> {
        None
    }
    fn nearest_names(&self, _: &str, _: usize) -> Vec<Hit> {
        vec![]
    }
    fn name_text(&self, _: &Hit) -> &str {
        ""
    }
    fn names_with(&self, _: &str) -> Vec<Hit> {
        vec![]
    }
    fn name_of(&self, _: NodeId) -> Option<&str> {
        None
    }
    fn kind_of(&self, _: NodeId) -> Option<&str> {
        None
    }
    fn is_indexed(&self, _: KeyId) -> bool {
        false
    }
    fn standing(&self, _: EdgeId, _: &EdgeFilter) -> crate::time::Standing {
        crate::time::Standing::Certain
    }
    fn exists_at(&self, _: NodeId, _: &EdgeFilter) -> bool {
        true
    }
}
impl Shim for Graph {}
