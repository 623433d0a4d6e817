//! Paths, nodes, relationships, label expressions.

use super::super::ast::{
    Direction, GroupPattern, LabelExpr, NodePattern, PathMode, PathPattern, PathSearch, PatternElement, Range,
    RelPattern,
};
use super::Printer;

impl Printer {
    pub(super) fn path_pattern(&mut self, path: &PathPattern) {
        if let Some(variable) = &path.variable {
            self.variable(&variable.value);
            self.text(" = ");
        }
        match &path.search {
            PathSearch::ShortestPath => return self.shortest_call("shortestPath(", path),
            PathSearch::AllShortestPaths => return self.shortest_call("allShortestPaths(", path),
            search => self.search(search),
        }
        self.mode(path.mode);
        if matches!(path.search, PathSearch::ShortestGroups(_)) {
            self.text("GROUPS ");
        }
        self.path_elements(path);
    }

    fn mode(&mut self, mode: Option<PathMode>) {
        self.text(match mode {
            None => "",
            Some(PathMode::Walk) => "WALK ",
            Some(PathMode::Trail) => "TRAIL ",
            Some(PathMode::Acyclic) => "ACYCLIC ",
            Some(PathMode::Simple) => "SIMPLE ",
        });
    }

    fn shortest_call(&mut self, opening: &str, path: &PathPattern) {
        self.text(opening);
        self.path_elements(path);
        self.text(")");
    }

    /// The search as a prefix.
    fn search(&mut self, search: &PathSearch) {
        match search {
            PathSearch::All | PathSearch::ShortestPath | PathSearch::AllShortestPaths => {}
            PathSearch::AllShortest => self.text("ALL SHORTEST "),
            PathSearch::Any(None) => self.text("ANY "),
            PathSearch::Any(Some(count)) => {
                self.text("ANY ");
                self.expr(count);
                self.text(" ");
            }
            // GROUPS stands behind the mode.
            PathSearch::Shortest(count) | PathSearch::ShortestGroups(count) => {
                self.text("SHORTEST ");
                self.expr(count);
                self.text(" ");
            }
        }
    }

    pub(super) fn path_elements(&mut self, path: &PathPattern) {
        for (at, element) in path.elements.iter().enumerate() {
            match element {
                PatternElement::Node(node) => self.node(node),
                PatternElement::Rel(rel) => self.rel(rel),
                PatternElement::Group(group) => self.group(group),
            }
            // Between a group and its neighbour, `+(` would read badly.
            let next = path.elements.get(at + 1);
            if !matches!(element, PatternElement::Rel(_)) && next.is_some_and(|n| !matches!(n, PatternElement::Rel(_)))
            {
                self.text(" ");
            }
        }
    }

    fn group(&mut self, group: &GroupPattern) {
        self.text("(");
        self.path_pattern(&group.pattern);
        self.filter(group.filter.as_ref());
        self.text(")");
        if let Some(quantifier) = &group.quantifier {
            self.quantifier(quantifier);
        }
    }

    pub(super) fn node(&mut self, node: &NodePattern) {
        self.text("(");
        let start = self.out.len();
        if let Some(variable) = &node.variable {
            self.variable(&variable.value);
        }
        if let Some(labels) = &node.labels {
            self.text(":");
            self.label_or(labels);
        }
        if let Some(name) = &node.name {
            self.space_after(start);
            self.string(&name.value);
        }
        if let Some(properties) = &node.properties {
            self.space_after(start);
            self.expr(properties);
        }
        self.pattern_filter(start, node.filter.as_deref());
        self.text(")");
    }

    fn pattern_filter(&mut self, start: usize, filter: Option<&super::super::ast::Expr>) {
        if let Some(filter) = filter {
            self.space_after(start);
            self.text("WHERE ");
            self.expr(filter);
        }
    }

    /// A space, unless nothing was written since `start`.
    fn space_after(&mut self, start: usize) {
        if self.out.len() > start {
            self.text(" ");
        }
    }

    fn rel(&mut self, rel: &RelPattern) {
        self.text(if rel.direction == Direction::Left { "<-" } else { "-" });
        self.detail(rel);
        self.text(if rel.direction == Direction::Right { "->" } else { "-" });
        if let Some(range) = rel.length.filter(|range| range.quantifier) {
            self.quantifier(&range);
        }
    }

    fn detail(&mut self, rel: &RelPattern) {
        let opening = self.out.len();
        self.text("[");
        let start = self.out.len();
        if let Some(variable) = &rel.variable {
            self.variable(&variable.value);
        }
        if let Some(types) = &rel.types {
            self.text(":");
            self.label_or(types);
        }
        if let Some(range) = rel.length.filter(|range| !range.quantifier) {
            self.length(&range);
        }
        if let Some(properties) = &rel.properties {
            self.space_after(start);
            self.expr(properties);
        }
        self.pattern_filter(start, rel.filter.as_deref());
        if self.out.len() == start {
            self.out.truncate(opening);
        } else {
            self.text("]");
        }
    }

    fn length(&mut self, range: &Range) {
        match (range.min, range.max) {
            (None, None) => self.text("*"),
            (Some(min), Some(max)) if min == max => self.text(&format!("*{min}")),
            (min, max) => self.text(&format!("*{}..{}", bound(min), bound(max))),
        }
    }

    fn quantifier(&mut self, range: &Range) {
        match (range.min, range.max) {
            (Some(0), None) => self.text("*"),
            (Some(1), None) => self.text("+"),
            (Some(min), Some(max)) if min == max => self.text(&format!("{{{min}}}")),
            (min, max) => self.text(&format!("{{{},{}}}", bound(min), bound(max))),
        }
    }

    // ---- labels ----

    /// A label expression where `|` may stand bare.
    pub(super) fn label_or(&mut self, labels: &LabelExpr) {
        match labels {
            LabelExpr::Or(left, right) => {
                self.label_or(left);
                self.text("|");
                self.label_and(right);
            }
            labels => self.label_and(labels),
        }
    }

    /// A label expression where `|` needs parentheses. Plain conjunctions are written as openCypher has them: `:A:B`.
    pub(super) fn label_and(&mut self, labels: &LabelExpr) {
        match labels {
            LabelExpr::And(left, right) => {
                self.label_and(left);
                self.text(if is_plain(labels) { ":" } else { "&" });
                self.label_not(right);
            }
            labels => self.label_not(labels),
        }
    }

    fn label_not(&mut self, labels: &LabelExpr) {
        match labels {
            LabelExpr::Name(name) => self.name(&name.value),
            LabelExpr::Any(_) => self.text("%"),
            LabelExpr::Not(inner) => {
                self.text("!");
                self.label_not(inner);
            }
            compound => {
                self.text("(");
                self.label_or(compound);
                self.text(")");
            }
        }
    }
}

fn is_plain(labels: &LabelExpr) -> bool {
    match labels {
        LabelExpr::Name(_) => true,
        LabelExpr::And(left, right) => is_plain(left) && matches!(**right, LabelExpr::Name(_)),
        _ => false,
    }
}

fn bound(bound: Option<u64>) -> String {
    bound.map(|bound| bound.to_string()).unwrap_or_default()
}
