//! A filter made ready for the edges of one type: what inner loops ask edge by edge.
//!
//! The general question, [`Graph::standing`], finds the edge's type and time class, puts its window together and weighs
//! it. Within one type most of that is the same for all edges. Where every edge counts, nothing is left; where a type's
//! edges have two days each, two comparisons are.

use std::ops::RangeInclusive;

use super::Graph;
use super::edge_times::TypeTimes;
use super::filter::EdgeFilter;
use crate::model::{EdgeId, TypeId};
use crate::time::{Day, Period, Question, TimeClass};

/// Whether edges of one type count under a filter.
#[derive(Clone, Debug)]
pub struct EdgeTest<'g> {
    graph: &'g Graph,
    filter: &'g EdgeFilter,
    way: Way<'g>,
}

#[derive(Clone, Debug)]
enum Way<'g> {
    /// Every edge counts.
    Every,
    /// Edges of the base count whose days lie in these ranges.
    Days {
        /// Number of the type's first edge.
        base: u32,
        first: &'g [Day],
        last: &'g [Day],
        starts: RangeInclusive<Day>,
        ends: RangeInclusive<Day>,
    },
    /// Each edge has to be asked.
    Each,
}

impl Graph {
    /// Makes a filter ready for the edges of a type.
    #[must_use]
    pub fn edge_test<'g>(&'g self, relation: TypeId, filter: &'g EdgeFilter) -> EdgeTest<'g> {
        EdgeTest { graph: self, filter, way: self.way_to_test(relation, filter) }
    }

    fn way_to_test<'g>(&'g self, relation: TypeId, filter: &EdgeFilter) -> Way<'g> {
        if *filter == EdgeFilter::default() && self.all_are_backed(relation) {
            return Way::Every;
        }
        let Some(TypeTimes::Days { first, last }) = self.type_times(relation) else { return Way::Each };
        if filter.asks_of_sources() {
            return Way::Each;
        }
        match day_ranges(filter.asked(), self.time_class(relation)) {
            Some((starts, ends)) => {
                let base = self.base().edges_of_type(relation).start;
                Way::Days { base, first, last, starts, ends }
            }
            None => Way::Each,
        }
    }
}

type DayRange = RangeInclusive<Day>;

/// In which ranges the first and the last day of an edge lie that certainly holds as asked; `None` where the two
/// have to be looked at together. What is known to the day is certain, or not at all.
fn day_ranges(question: Question, class: TimeClass) -> Option<(DayRange, DayRange)> {
    let Period { first: q1, last: q2 } = question.period();
    match question {
        Question::AtSomeTime => Some((Day::MIN..=Day::MAX, Day::MIN..=Day::MAX)),
        Question::During(_) if class == TimeClass::LastingEvent => Some((q1..=q2, Day::MIN..=Day::MAX)),
        Question::AsOf(_) | Question::During(_) => Some((Day::MIN..=q2, q1..=Day::MAX)),
        Question::Throughout(_) if class.is_momentary() => None,
        Question::Throughout(_) => Some((Day::MIN..=q1, q2..=Day::MAX)),
    }
}

impl EdgeTest<'_> {
    /// Whether no edge has to be asked, since all count.
    #[inline]
    #[must_use]
    pub fn admits_all(&self) -> bool {
        matches!(self.way, Way::Every)
    }

    /// Whether an edge of the type counts.
    #[inline]
    #[must_use]
    pub fn admits(&self, edge: EdgeId) -> bool {
        match &self.way {
            Way::Every => true,
            Way::Days { base, first, last, starts, ends } => {
                let row = edge.0.wrapping_sub(*base) as usize;
                match (first.get(row), last.get(row)) {
                    (Some(first), Some(last)) => starts.contains(first) && ends.contains(last),
                    _ => self.asks(edge),
                }
            }
            Way::Each => self.asks(edge),
        }
    }

    fn asks(&self, edge: EdgeId) -> bool {
        self.graph.standing(edge, self.filter).is_matched()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::GraphBuilder;
    use crate::model::{NodeId, RelationType, Schema, Style};
    use crate::time::{Bounds, Reading, Stance};

    fn relation(time: TimeClass) -> RelationType {
        RelationType {
            reading: String::new(),
            inverse: String::new(),
            meaning: String::new(),
            subject: Vec::new(),
            object: Vec::new(),
            symmetric: false,
            earlier: None,
            role: String::new(),
            time,
            repeats: true,
            transitive: false,
            ends: Vec::new(),
            excludes: Vec::new(),
            from: None,
            single: None,
            style: Style::default(),
        }
    }

    fn any_class() -> impl Strategy<Value = TimeClass> {
        use TimeClass::*;
        prop::sample::select(vec![Interval, LastingEvent, MomentaryEvent, EventDate, Timeless])
    }

    fn any_days() -> impl Strategy<Value = Period> {
        let first = prop_oneof![Just(Day::MIN), (0i32..9).prop_map(Day)];
        (first, prop_oneof![Just(Day::MAX), (0i32..9).prop_map(Day)])
            .prop_map(|(first, last)| Period { first: first.min(last), last: last.max(first) })
    }

    fn any_filter() -> impl Strategy<Value = EdgeFilter> {
        let question = (any_days(), 0..4).prop_map(|(days, sort)| match sort {
            0 => None,
            1 => Some(Question::AsOf(days)),
            2 => Some(Question::During(days)),
            _ => Some(Question::Throughout(days)),
        });
        (question, any::<bool>(), any::<bool>()).prop_map(|(question, certainly, asks)| EdgeFilter {
            question,
            certainly,
            according_to: asks.then(Vec::new),
            ..EdgeFilter::default()
        })
    }

    proptest! {
        #[test]
        fn a_ready_filter_admits_what_the_graph_says_stands(
            class in any_class(),
            days in prop::collection::vec(any_days(), 0..8),
            new in prop::option::of(any_days()),
            denied in any::<bool>(),
            filter in any_filter(),
        ) {
            let mut builder = GraphBuilder::new();
            let mut schema = Schema::default();
            schema.types.insert("T".into(), relation(class));
            builder.schema(schema);
            let (other, own) = (builder.relation_type("OTHER"), builder.relation_type("T"));
            let nodes = [(); 2].map(|()| builder.add_node("", &[]));
            builder.add_edge(other, nodes[0], nodes[1]);
            for days in &days {
                let edge = builder.add_edge(own, nodes[0], nodes[1]);
                builder.set_edge_days(edge, days.first, days.last);
            }
            if denied {
                let edge = builder.add_edge(own, nodes[1], nodes[0]);
                let bounds = Bounds::exactly(Period::ALL);
                builder.set_edge_readings(edge, &[Reading { bounds, stance: Stance::Denied }]);
            }
            let mut graph = Graph::from(builder.freeze());
            let check = |graph: &Graph| {
                for relation in [other, own] {
                    let test = graph.edge_test(relation, &filter);
                    for edge in graph.edges_of_type(relation) {
                        let stands = graph.standing(edge, &filter).is_matched();
                        assert_eq!(test.admits(edge), stands, "{edge:?} {:?}", graph.edge_time(edge));
                        assert!(stands || !test.admits_all());
                    }
                }
            };
            check(&graph);
            let edge = graph.create_edge(own, NodeId(0), NodeId(0), []).unwrap();
            check(&graph);
            if let Some(days) = new {
                let bounds = Bounds::exactly(days);
                graph.set_edge_readings(edge, vec![Reading { bounds, stance: Stance::Firm }]).unwrap();
                check(&graph);
            }
        }
    }
}
