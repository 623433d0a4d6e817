//! The shortest paths along a route, by length.
//!
//! A survey goes out from the start breadth first over states (a node and how far along the route), and notes for each
//! state its distance and every turn that leads into it. From an end, paths are then followed back to the start, one
//! length after the other, guided by the distances: a path of length n goes back only through states that can still
//! be reached in what is left of n (iterative deepening A*, Korf 1985, with exact distances for a guide). The first
//! shortest path is found without a detour; ties, longer paths, and paths that may repeat nothing need no second
//! mechanism. Cycles are harmless: states are finite, and each length is.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::ground::{Found, Ground, Hop, Stage, Tracks};
use crate::model::NodeId;
use crate::query::bind::tree::{PathMode, Select};
use crate::query::faults::{Fault, is_injected};
use crate::query::run::Outcome;

/// How many paths, or lengths of paths, are wanted from each end.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted {
    Paths(usize),
    Lengths(usize),
}

/// A node, and how far along the route.
struct State {
    node: NodeId,
    stage: Stage,
    distance: u64,
    is_expanded: bool,
    /// Each turn that leads here: the state before it, its leg and its place among the hops.
    incoming: Vec<(u32, usize, usize)>,
}

/// What has been found out from the start on.
struct Survey {
    states: Vec<State>,
    numbers: FxHashMap<(NodeId, Stage), u32>,
    hops: Vec<Hop>,
    /// States by distance.
    layers: Vec<Vec<u32>>,
    /// All states nearer than this are expanded.
    depth: u64,
    /// No path of interest is longer.
    longest: u64,
    /// The states in which a path may end, by their nodes.
    ends: IndexMap<NodeId, Vec<u32>>,
    held: usize,
}

/// Finds the wanted paths of one row.
pub(super) fn shortest(ground: &mut Ground<'_>, wanted: Wanted, found: &mut Found) -> Outcome<()> {
    let from = ground.ask.from;
    let mut survey = Survey::new(ground);
    survey.reach(ground, from, Stage { leg: 0, turns: 0 }, 0)?;
    match ground.ask.target {
        Some(target) => survey.paths_to(ground, target, wanted, found)?,
        None => {
            survey.expand_to(ground, u64::MAX)?;
            let ends: Vec<NodeId> = survey.ends.keys().copied().collect();
            for end in ends {
                survey.paths_to(ground, end, wanted, found)?;
            }
        }
    }
    ground.execution.token.release(survey.held);
    Ok(())
}

/// Finds the wanted paths of one row to some ends.
pub(super) fn shortest_to(ground: &mut Ground<'_>, ends: &[NodeId], wanted: Wanted, found: &mut Found) -> Outcome<()> {
    let from = ground.ask.from;
    let mut survey = Survey::new(ground);
    survey.reach(ground, from, Stage { leg: 0, turns: 0 }, 0)?;
    survey.expand_to(ground, u64::MAX)?;
    for end in ends {
        survey.paths_to(ground, *end, wanted, found)?;
    }
    ground.execution.token.release(survey.held);
    Ok(())
}

impl Survey {
    fn new(ground: &Ground<'_>) -> Self {
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let route = &ground.walk.route;
        let by_mode = match route.mode {
            PathMode::Walk => u64::MAX,
            PathMode::Trail => count(ground.graph.edge_count()),
            PathMode::Simple | PathMode::Acyclic => count(ground.graph.node_count()),
        };
        let mut by_legs = route.legs.iter().map(|leg| leg.max.map(|max| max.saturating_mul(count(leg.hops.len()))));
        let by_legs: Option<u64> = by_legs.try_fold(0u64, |sum, leg| leg.map(|leg| sum.saturating_add(leg)));
        Self {
            states: Vec::new(),
            numbers: FxHashMap::default(),
            hops: Vec::new(),
            layers: Vec::new(),
            depth: 0,
            longest: by_legs.unwrap_or(u64::MAX).min(by_mode),
            ends: IndexMap::new(),
            held: 0,
        }
    }

    /// The state at a node and a stage, now known to be so near.
    fn reach(&mut self, ground: &mut Ground<'_>, node: NodeId, stage: Stage, distance: u64) -> Outcome<u32> {
        let next = u32::try_from(self.states.len()).expect("fewer than 2^32 states fit into memory");
        let number = *self.numbers.entry((node, stage)).or_insert(next);
        if number == next {
            self.states.push(State { node, stage, distance: u64::MAX, is_expanded: false, incoming: Vec::new() });
            if ground.onward(stage, node, &mut Vec::new())? {
                self.ends.entry(node).or_default().push(number);
            }
        }
        let state = &mut self.states[number as usize];
        if distance < state.distance {
            state.distance = distance;
            let layer = usize::try_from(distance).expect("a distance fits into memory");
            if self.layers.len() <= layer {
                self.layers.resize(layer + 1, Vec::new());
            }
            self.layers[layer].push(number);
        }
        Ok(number)
    }

    /// Expands all states nearer than a distance.
    fn expand_to(&mut self, ground: &mut Ground<'_>, distance: u64) -> Outcome<()> {
        while self.depth < distance.min(self.longest) && !self.is_exhausted() {
            let layer = std::mem::take(&mut self.layers[usize::try_from(self.depth).expect("a layer's number")]);
            for number in layer {
                let state = &mut self.states[number as usize];
                if !std::mem::replace(&mut state.is_expanded, true) {
                    self.expand(ground, number)?;
                }
            }
            self.depth += 1;
        }
        Ok(())
    }

    fn is_exhausted(&self) -> bool {
        self.depth >= self.longest || self.depth >= u64::try_from(self.layers.len()).unwrap_or(u64::MAX)
    }

    fn expand(&mut self, ground: &mut Ground<'_>, number: u32) -> Outcome<()> {
        ground.execution.token.step()?;
        let State { node, stage, distance, .. } = self.states[number as usize];
        let (states, hops) = (self.states.len(), self.hops.len());
        let mut stages = Vec::new();
        ground.onward(stage, node, &mut stages)?;
        let walk = ground.walk;
        // The length of a route of one leg tells the number of its turns, so that its upper bound needs no states.
        let is_alone = walk.route.legs.len() == 1 || is_injected(Fault::TurnsUncounted);
        for stage in stages {
            let leg = &walk.route.legs[stage.leg];
            let length = leg.hops.len();
            let start = self.hops.len();
            ground.turns(leg, node, &mut self.hops)?;
            let mut after = ground.after(stage);
            if is_alone {
                after.turns = after.turns.min(leg.min);
            }
            for at in (start..self.hops.len()).step_by(length) {
                let turn = &self.hops[at..at + length];
                if length > 1 && !Tracks::new(walk.route.mode, node).push_all(turn.iter().copied()) {
                    continue;
                }
                let end = turn[length - 1].1;
                let distance = distance + u64::try_from(length).unwrap_or(u64::MAX);
                let reached = self.reach(ground, end, after, distance)?;
                self.states[reached as usize].incoming.push((number, stage.leg, at));
            }
        }
        let new_states = self.states.len() - states;
        let new_hops = self.hops.len() - hops;
        let bytes = new_states * (size_of::<State>() + 32) + new_hops * (size_of::<Hop>() + 24);
        self.held += bytes;
        ground.execution.token.hold(bytes)?;
        Ok(())
    }

    /// Finds the wanted paths to one end, shorter ones first.
    fn paths_to(&mut self, ground: &mut Ground<'_>, end: NodeId, wanted: Wanted, found: &mut Found) -> Outcome<()> {
        let is_classic = matches!(ground.walk.route.select, Select::Classic { .. });
        let longest = if is_classic && end == ground.ask.from { 0 } else { self.longest };
        let (mut paths, mut lengths) = (0, 0);
        let mut length = 0;
        while length <= longest {
            self.expand_to(ground, length)?;
            let most = if let Wanted::Paths(most) = wanted { most - paths } else { usize::MAX };
            let (count, next) = self.paths_of(ground, (end, length), most, found)?;
            paths += count;
            lengths += usize::from(count > 0);
            let is_enough = match wanted {
                Wanted::Paths(most) => paths >= most,
                Wanted::Lengths(most) => lengths >= most,
            };
            // States that are not expanded yet may hold longer ways.
            let beyond = if self.is_exhausted() { None } else { Some(self.depth + 1) };
            match next.into_iter().chain(beyond).min() {
                Some(next) if !is_enough => length = next,
                _ => break,
            }
        }
        Ok(())
    }

    /// Offers the paths to an end that have just this length, and says how many counted and which length is next.
    fn paths_of(
        &self,
        ground: &mut Ground<'_>,
        (end, length): (NodeId, u64),
        most: usize,
        found: &mut Found,
    ) -> Outcome<(usize, Option<u64>)> {
        let mut back = Back {
            survey: self,
            length,
            next: None,
            tracks: Tracks::new(ground.walk.route.mode, end),
            trail: Vec::new(),
        };
        let mut count = 0;
        for state in self.ends.get(&end).into_iter().flatten() {
            let distance = self.states[*state as usize].distance;
            if distance > length {
                back.not_yet(distance);
            } else {
                count += back.follow(ground, *state, most - count, found)?;
            }
            if count >= most {
                break;
            }
        }
        Ok((count, back.next))
    }
}

/// The way back from an end to the start, of one length.
struct Back<'s> {
    survey: &'s Survey,
    length: u64,
    /// The smallest greater length that some way has at least.
    next: Option<u64>,
    tracks: Tracks,
    /// The states on the way, each with the next of its incoming turns, and how long the way behind it is.
    trail: Vec<(u32, usize, u64)>,
}

impl Back<'_> {
    fn not_yet(&mut self, length: u64) {
        if is_injected(Fault::NoLongerPath) {
            return;
        }
        self.next = Some(self.next.map_or(length, |next| next.min(length)));
    }

    /// Follows all ways from a state; the number of paths that counted.
    fn follow(&mut self, ground: &mut Ground<'_>, end: u32, most: usize, found: &mut Found) -> Outcome<usize> {
        let survey = self.survey;
        let mut count = 0;
        self.arrive(ground, (end, 0), &mut count, found)?;
        while let Some((state, next, behind)) = self.trail.last_mut() {
            if count >= most {
                self.trail.clear();
                break;
            }
            ground.execution.token.step()?;
            let incoming = &survey.states[*state as usize].incoming;
            let Some((before, leg, at)) = incoming.get(*next).copied() else {
                self.trail.pop();
                if let Some((state, next, _)) = self.trail.last() {
                    let (before, leg, at) = survey.states[*state as usize].incoming[*next - 1];
                    let turn = survey.turn(ground, before, leg, at);
                    self.tracks.pop_all(turn.into_iter());
                }
                continue;
            };
            *next += 1;
            let turn = survey.turn(ground, before, leg, at);
            let behind = *behind + u64::try_from(turn.len()).unwrap_or(u64::MAX);
            let least = behind + survey.states[before as usize].distance;
            if !self.tracks.push_all(turn.iter().rev().copied()) {
                continue;
            }
            if least > self.length {
                self.tracks.pop_all(turn.into_iter());
                if least <= survey.longest {
                    self.not_yet(least);
                }
                continue;
            }
            self.arrive(ground, (before, behind), &mut count, found)?;
        }
        Ok(count)
    }

    /// The way back has come to a state: at the start, with nothing left, it is a path.
    fn arrive(
        &mut self,
        ground: &mut Ground<'_>,
        (state, behind): (u32, u64),
        count: &mut usize,
        found: &mut Found,
    ) -> Outcome<()> {
        self.trail.push((state, 0, behind));
        if state == 0 && behind == self.length {
            let survey = self.survey;
            let (mut hops, mut turns) = (Vec::new(), Vec::new());
            for (state, next, _) in self.trail.iter().rev().skip(1) {
                let (_, leg, at) = survey.states[*state as usize].incoming[*next - 1];
                hops.extend_from_slice(&survey.hops[at..at + ground.walk.route.legs[leg].hops.len()]);
                turns.push(leg);
            }
            *count += usize::from(ground.offer(&hops, &turns, found)?);
        }
        Ok(())
    }
}

impl Survey {
    /// A turn seen from its end: each relation with the node that it comes from, the turn's first one first.
    fn turn(&self, ground: &Ground<'_>, before: u32, leg: usize, at: usize) -> Vec<Hop> {
        let hops = &self.hops[at..at + ground.walk.route.legs[leg].hops.len()];
        let nodes = std::iter::once(self.states[before as usize].node).chain(hops.iter().map(|hop| hop.1));
        hops.iter().zip(nodes).map(|(hop, node)| (hop.0, node)).collect()
    }
}
