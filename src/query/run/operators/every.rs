//! All paths along a route from a node, depth first. The search can rest between two batches.
//!
//! Where the end is known and the search takes long, it learns how far each node is from the end at least, and no
//! longer goes where what is left of the upper bound does not lead there.

use super::ground::{Ask, Found, Ground, Hop, Stage, Tracks};
use super::guide::Guide;
use crate::graph::Graph;
use crate::model::NodeId;
use crate::query::bind::bound::Slot;
use crate::query::bind::tree::PathMode;
use crate::query::plan::logical::Walk;
use crate::query::run::batch::BATCH_ROWS;
use crate::query::run::{Execution, Outcome};

/// A depth-first search in progress.
pub(super) struct Every {
    ask: Ask,
    path: Path,
    is_fresh: bool,
    /// How many nodes the search has come to, as long as it has no guide.
    unguided: usize,
}

/// A search that comes to so many nodes pays for a guide.
const UNGUIDED: usize = if cfg!(feature = "faults") { 2 } else { 256 };

/// The path so far.
struct Path {
    tracks: Tracks,
    hops: Vec<Hop>,
    /// The leg of each turn.
    turns: Vec<usize>,
    frames: Vec<Frame>,
    guide: Option<Guide>,
}

/// What may still be taken from a node on the path.
#[derive(Default)]
struct Frame {
    /// Each turn: the stage that it goes on from, and its place among the hops.
    open: Vec<(Stage, usize)>,
    next: usize,
    hops: Vec<Hop>,
}

impl Every {
    pub(super) fn new(ask: Ask, mode: PathMode) -> Self {
        let tracks = Tracks::new(mode, ask.from);
        let path = Path { tracks, hops: Vec::new(), turns: Vec::new(), frames: Vec::new(), guide: None };
        Self { ask, path, is_fresh: true, unguided: 0 }
    }

    /// Goes on until the batch is full; `true` at the end of the search.
    pub(super) fn advance(
        &mut self,
        execution: &Execution<'_>,
        graph: &Graph,
        (walk, fills): (&Walk, &[Slot]),
        found: &mut Found,
    ) -> Outcome<bool> {
        let mut ground = Ground { execution, graph, walk, fills, ask: &mut self.ask };
        let path = &mut self.path;
        if std::mem::take(&mut self.is_fresh) {
            let from = ground.ask.from;
            path.arrive(&mut ground, from, Stage { leg: 0, turns: 0 }, found)?;
        }
        while let Some(frame) = path.frames.last_mut() {
            if found.rows.len() >= BATCH_ROWS {
                return Ok(false);
            }
            if let Some((stage, at)) = frame.open.get(frame.next).copied() {
                frame.next += 1;
                self.unguided += 1;
                if self.unguided == UNGUIDED {
                    path.guide = Guide::new(&ground)?;
                }
                let turn = &frame.hops[at..at + walk.route.legs[stage.leg].hops.len()];
                if path.tracks.push_all(turn.iter().copied()) {
                    path.hops.extend_from_slice(turn);
                    path.turns.push(stage.leg);
                    let node = path.hops[path.hops.len() - 1].1;
                    let stage = ground.after(stage);
                    path.arrive(&mut ground, node, stage, found)?;
                }
            } else {
                path.frames.pop();
                if let Some(leg) = path.turns.pop() {
                    let kept = path.hops.len() - walk.route.legs[leg].hops.len();
                    path.tracks.pop_all(path.hops.drain(kept..).rev());
                }
            }
        }
        Ok(true)
    }
}

impl Path {
    /// The path has come to a node: is it an answer, and where does it go from there?
    fn arrive(&mut self, ground: &mut Ground<'_>, node: NodeId, stage: Stage, found: &mut Found) -> Outcome<()> {
        ground.execution.token.step()?;
        let mut stages = Vec::new();
        if ground.onward(stage, node, &mut stages)? {
            ground.offer(&self.hops, &self.turns, found)?;
        }
        let walk = ground.walk;
        let mut frame = Frame::default();
        for stage in stages {
            let leg = &walk.route.legs[stage.leg];
            let start = frame.hops.len();
            ground.turns_at(stage, node, &mut frame.hops)?;
            if let Some(guide) = &self.guide {
                guide.sift(leg, self.hops.len(), &mut frame.hops);
            }
            frame.open.extend((start..frame.hops.len()).step_by(leg.hops.len()).map(|at| (stage, at)));
        }
        self.frames.push(frame);
        Ok(())
    }
}
