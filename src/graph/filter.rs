//! Which edges count under a time and under what is asked of the evidence, and how each stands.
//!
//! A question of time alone is answered from the precomputed windows. Only what is asked of sources walks the claims
//! of an edge: the standing is then worked out anew from those claims that are left.

use super::Graph;
use super::evidence::{StoredClaim, stance};
use super::overlay::Said;
use crate::model::{Basis, ClaimId, EdgeId, NodeId, Rank, SourceId, TypeId, Wording};
use crate::time::{Bounds, Day, Question, Reading, Standing, TimeClass, Verdict, Why, Window};

/// Which edges count. The default asks for nothing: then an edge counts unless denials alone stand behind it.
///
/// A relation that nobody vouches for has one implied claim, asserted, of no source: it counts unless it is asked whose
/// word, how graded, or known by when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EdgeFilter {
    /// The time that is asked for; none is "at some time".
    pub question: Option<Question>,
    /// Only what is certain.
    pub certainly: bool,
    /// Only claims of these sources, or that quote these: a source's own node stands for it.
    pub according_to: Option<Vec<NodeId>>,
    /// No claims of these sources, of those that copy them, or that quote these.
    pub without: Vec<NodeId>,
    /// Only claims of sources published by then; undated ones stay out.
    pub known_by: Option<Day>,
    /// Only claims of sources of this reliability or better, with this credibility or better; ungraded ones stay out.
    pub rated: Option<(char, u8)>,
    /// Only claims so worded; all, where none is named.
    pub worded: Vec<Wording>,
}

/// What a filter looks at in a claim.
struct Testimony {
    source: SourceId,
    attributed_to: Option<NodeId>,
    credibility: u8,
    wording: Wording,
    basis: Basis,
    rank: Rank,
    bounds: Bounds,
}

impl From<&StoredClaim> for Testimony {
    fn from(claim: &StoredClaim) -> Self {
        Self {
            source: claim.source,
            attributed_to: claim.attributed_to.some(),
            credibility: claim.credibility,
            wording: claim.wording(),
            basis: claim.basis(),
            rank: claim.rank(),
            bounds: claim.bounds,
        }
    }
}

impl From<&Said> for Testimony {
    fn from(said: &Said) -> Self {
        let claim = &said.claim;
        Self {
            source: claim.source,
            attributed_to: claim.attributed_to,
            credibility: claim.credibility,
            wording: claim.wording,
            basis: claim.basis,
            rank: claim.rank,
            bounds: claim.bounds,
        }
    }
}

/// The filter that asks for nothing.
static NOTHING_ASKED: EdgeFilter = EdgeFilter {
    question: None,
    certainly: false,
    according_to: None,
    without: Vec::new(),
    known_by: None,
    rated: None,
    worded: Vec::new(),
};

impl EdgeFilter {
    /// The filter that asks for nothing, as one that lasts.
    #[must_use]
    pub fn nothing_asked() -> &'static Self {
        &NOTHING_ASKED
    }

    /// A filter on time alone.
    #[must_use]
    pub fn at(question: Question) -> Self {
        Self { question: Some(question), ..Self::default() }
    }

    /// The question that is put to each edge.
    #[must_use]
    pub fn asked(&self) -> Question {
        self.question.unwrap_or(Question::AtSomeTime)
    }

    /// Whether the claims behind an edge have to be walked.
    #[must_use]
    pub fn asks_of_sources(&self) -> bool {
        self.asks_whose_word() || !self.without.is_empty() || !self.worded.is_empty()
    }

    /// Whether a relation without a source is out.
    fn asks_whose_word(&self) -> bool {
        self.according_to.is_some() || self.known_by.is_some() || self.rated.is_some()
    }

    fn admits_unsourced(&self) -> bool {
        !self.asks_whose_word() && (self.worded.is_empty() || self.worded.contains(&Wording::Asserted))
    }

    fn admits_testimony(&self, graph: &Graph, claim: &Testimony) -> bool {
        claim.rank != Rank::Deprecated
            && (self.worded.is_empty() || self.worded.contains(&claim.wording))
            && self
                .known_by
                .is_none_or(|day| graph.published_by(claim.source).is_some_and(|published| published <= day))
            && self.rated.is_none_or(|rating| is_rated(graph, claim, rating))
            && self.according_to.as_ref().is_none_or(|voices| is_voiced_by(graph, claim, voices))
            && (self.without.is_empty() || !is_voiced_by(graph, claim, &self.without) && !self.is_copied(graph, claim))
    }

    /// Whether the claim's source copies one that is left out.
    fn is_copied(&self, graph: &Graph, claim: &Testimony) -> bool {
        let source = graph.source_record(claim.source);
        source.origin != source.id
            && graph.node_by_slug(source.origin).is_some_and(|origin| self.without.contains(&origin))
    }
}

fn is_voiced_by(graph: &Graph, claim: &Testimony, voices: &[NodeId]) -> bool {
    let source = graph.node_of_source(claim.source);
    [source, claim.attributed_to].into_iter().flatten().any(|voice| voices.contains(&voice))
}

/// Whether a claim is graded so or better: `A` is better than `B`, and 1 than 2.
fn is_rated(graph: &Graph, claim: &Testimony, (reliability, credibility): (char, u8)) -> bool {
    let letter = graph.source_record(claim.source).reliability.chars().next();
    letter.is_some_and(|letter| letter.to_ascii_uppercase() <= reliability.to_ascii_uppercase())
        && (1..=credibility).contains(&claim.credibility)
}

/// How edges and nodes stand.
impl Graph {
    /// How an edge stands under a filter; [`Standing::No`] where it does not count.
    #[inline]
    #[must_use]
    pub fn standing(&self, edge: EdgeId, filter: &EdgeFilter) -> Standing {
        let standing = if filter.asks_of_sources() {
            let class = self.time_class(self.edge_type(edge));
            Standing::combine(&self.readings_under(edge, filter, class), filter.asked(), class)
        } else {
            self.edge_time(edge).standing(filter.asked())
        };
        if filter.certainly && standing != Standing::Certain { Standing::No } else { standing }
    }

    /// Why an edge is not certain under a filter; `None` where it is, or does not count.
    #[must_use]
    pub fn why(&self, edge: EdgeId, filter: &EdgeFilter) -> Option<Why> {
        let time = self.edge_time(edge);
        if !filter.asks_of_sources() {
            return time.why(filter.asked());
        }
        Why::of(&self.readings_under(edge, filter, time.class), filter.asked(), time.class)
    }

    /// When an edge holds by the claims that count under a filter.
    #[must_use]
    pub fn window(&self, edge: EdgeId, filter: &EdgeFilter) -> Window {
        let time = self.edge_time(edge);
        if !filter.asks_of_sources() {
            return time.window;
        }
        Window::of(&self.readings_under(edge, filter, time.class))
    }

    /// The claims behind an edge that count under a filter: live ones, of the sources that are asked for.
    pub fn claims_under<'g>(&'g self, edge: EdgeId, filter: &'g EdgeFilter) -> impl Iterator<Item = ClaimId> + 'g {
        self.claims_of_edge(edge).filter(|claim| filter.admits_testimony(self, &self.testimony(*claim)))
    }

    /// Whether a claim, about whatever, counts under a filter: it is live, and of a source that is asked for.
    #[must_use]
    pub fn counts(&self, claim: ClaimId, filter: &EdgeFilter) -> bool {
        filter.admits_testimony(self, &self.testimony(claim))
    }

    /// Whether a node exists at the time that is asked for.
    #[must_use]
    pub fn exists_at(&self, node: NodeId, filter: &EdgeFilter) -> bool {
        lives(self.lifetime(node), filter)
    }

    /// Whether all nodes exist at the time that is asked for, since nobody says when any of them did.
    #[must_use]
    pub fn all_exist_at(&self, filter: &EdgeFilter) -> bool {
        !self.base().has_lifetimes() && lives(Bounds::UNBOUNDED, filter)
    }

    /// Whether something other than denials and deprecated claims stands behind an edge: else it is not matched, with
    /// or without a time.
    #[inline]
    #[must_use]
    pub fn is_backed(&self, edge: EdgeId) -> bool {
        self.edge_time(edge).window != Window::UNBACKED
    }

    /// Whether every edge of a type is backed, so that none has to be asked.
    #[must_use]
    pub fn all_are_backed(&self, relation: TypeId) -> bool {
        self.overlay.times.is_empty() && self.base.all_are_backed(relation)
    }

    /// Whether any claim stands behind anything.
    #[must_use]
    pub fn has_claims(&self) -> bool {
        self.claim_count() > 0
    }

    fn readings_under(&self, edge: EdgeId, filter: &EdgeFilter, class: TimeClass) -> Vec<Reading> {
        let mut claims = self.claims_of_edge(edge).peekable();
        if claims.peek().is_none() {
            // Nobody vouches for it, so its time is all of one implied claim.
            let window = self.edge_time(edge).window;
            let implied = window.only_reading().or_else(|| super::edge_times::undated(class).only_reading());
            return implied.filter(|_| filter.admits_unsourced()).into_iter().collect();
        }
        let counting = claims.map(|claim| self.testimony(claim)).filter(|claim| filter.admits_testimony(self, claim));
        counting.map(|claim| Reading { bounds: claim.bounds, stance: stance(claim.wording, claim.basis) }).collect()
    }

    fn testimony(&self, claim: ClaimId) -> Testimony {
        let known = &self.base.evidence.claims;
        match known.get(claim.index()) {
            Some(stored) => stored.into(),
            None => (&self.overlay.claims[claim.index() - known.len()]).into(),
        }
    }
}

/// Whether a lifetime reaches the time that is asked for.
fn lives(lifetime: Bounds, filter: &EdgeFilter) -> bool {
    if filter.question.is_none() && !filter.certainly {
        return true;
    }
    let verdict = lifetime.verdict(filter.asked(), TimeClass::Interval);
    verdict == Verdict::Certain || verdict == Verdict::Possible && !filter.certainly
}
