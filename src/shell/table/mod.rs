//! An answer as people read it in a terminal: a table that fits, numbered citations, and below it what they stand for.
//!
//! A column `sources` holds the numbers; where there is none, a last column `cited` does. Where the terminal is too
//! narrow for a table, rows are written as records.

mod widths;
mod wrap;

use unicode_width::UnicodeWidthStr;

use self::widths::Wish;
use self::wrap::Line;
use super::paint::Paint;
use crate::answer::{Answer, Citations, Evidence, Markup, Meaning, TextForm};
use crate::model::{EdgeId, NodeId, Value};

/// The column whose lists of sources give way to numbers.
const SOURCES: &str = "sources";
/// The column that names a step of the chain beside it.
const WEAKEST: &str = "weakest";
/// Between two columns.
const GAP: &str = " │ ";

/// An answer as text, at most `width` columns wide; `rest` says where the rows are to be had that are only counted.
#[must_use]
pub fn render(answer: &Answer, width: usize, paint: Paint, rest: &str) -> String {
    let mut page = Page { text: String::new(), width: width.max(20), paint };
    if let Some(explanation) = &answer.explanation {
        page.text.push_str(explanation.trim_end());
        page.text.push('\n');
    }
    let shown = answer.shown.unwrap_or(usize::MAX).min(answer.rows.len());
    let citations = Citations::of(answer, shown);
    if answer.has_table() && answer.rows.is_empty() {
        page.line(&Markup::of(Meaning::Dim, "no rows"));
    } else if answer.has_table() {
        Grid::of(answer, &citations, shown).write(&mut page);
    }
    if shown < answer.rows.len() {
        let more = answer.rows.len() - shown;
        let rows = if more == 1 { "row" } else { "rows" };
        page.line(&Markup::of(Meaning::Dim, format!("… and {more} more {rows}; {rest}")));
    }
    page.citations(&citations);
    page.ending(answer);
    page.text
}

/// Text that grows line by line.
struct Page {
    text: String,
    width: usize,
    paint: Paint,
}

impl Page {
    fn line(&mut self, markup: &Markup) {
        self.hanging(markup, 0);
    }

    fn hanging(&mut self, markup: &Markup, indent: usize) {
        for line in wrap::wrapped(markup, self.width, indent) {
            self.pieces(&line);
            self.text.push('\n');
        }
    }

    fn pieces(&mut self, line: &Line) {
        for piece in &line.pieces {
            self.text.push_str(&self.paint.piece(piece));
        }
    }

    fn citations(&mut self, citations: &Citations) {
        if citations.is_empty() {
            return;
        }
        self.text.push('\n');
        for (number, citation) in citations.lines() {
            let mark = format!("[{number}]");
            let indent = mark.width() + 1;
            let mut line = Markup::of(Meaning::Citation, mark);
            line.plain(" ");
            line.append(citation.clone());
            self.hanging(&line, indent);
        }
    }

    /// What was changed, how the answer came about, and from which knowledge.
    fn ending(&mut self, answer: &Answer) {
        let changes: Vec<String> =
            answer.effects.counts().iter().filter(|(_, n)| *n > 0).map(|(what, n)| format!("{what}: {n}")).collect();
        if !changes.is_empty() {
            self.line(&Markup::of(Meaning::Plain, changes.join(", ")));
        }
        let version = answer.knowledge.as_ref().map(|version| format!("knowledge base {version}"));
        let ending: Vec<String> = answer.footer.iter().cloned().chain(version).collect();
        if !ending.is_empty() && !self.text.is_empty() {
            self.text.push('\n');
        }
        for line in ending {
            self.line(&Markup::of(Meaning::Dim, line));
        }
    }
}

/// The cells of a table, head first.
struct Grid {
    head: Vec<Markup>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Clone)]
struct Cell {
    markup: Markup,
    is_number: bool,
    hanging: usize,
}

impl Grid {
    fn of(answer: &Answer, citations: &Citations, shown: usize) -> Self {
        let form = TextForm::numbered(&answer.evidence, citations);
        let is_cited = answer.citations.iter().take(shown).any(|row| !row.is_empty());
        let place = answer.columns.iter().position(|column| column == SOURCES).filter(|_| is_cited);
        let is_extra = is_cited && place.is_none();
        let extra = is_extra.then_some("cited");
        let head =
            answer.columns.iter().map(String::as_str).chain(extra).map(|name| Markup::of(Meaning::Heading, name));
        let rows = answer.rows.iter().take(shown).enumerate().map(|(at, row)| {
            let numbers = || Cell::of_numbers(&citations.numbers(answer.citations_of(at)));
            let beside: Vec<NodeId> = row.iter().filter_map(as_node).collect();
            let cell = |(column, value): (usize, &Value)| match value {
                _ if Some(column) == place => numbers(),
                Value::Rel(edge) => match step_of(row, *edge) {
                    Some(step) if answer.columns[column] == WEAKEST => {
                        Cell::plain(Markup::of(Meaning::Plain, format!("step {step}")))
                    }
                    Some(_) => Cell::of_type(*edge, &answer.evidence),
                    None => Cell::of(value, &form, &beside),
                },
                _ => Cell::of(value, &form, &beside),
            };
            row.iter().enumerate().map(cell).chain(is_extra.then(numbers)).collect()
        });
        Self { head: head.collect(), rows: rows.collect() }
    }

    fn wishes(&self) -> Vec<Wish> {
        (0..self.head.len()).map(|column| self.wish(column)).collect()
    }

    fn wish(&self, column: usize) -> Wish {
        let cells = || self.rows.iter().map(|row| &row[column]);
        let head = Cell::plain(self.head[column].clone());
        let is_dates = cells().any(|cell| cell.has(Meaning::Date)) && cells().all(|cell| cell.hanging == 0);
        cells().chain([&head]).fold(Wish { is_dates, ..Wish::default() }, |wish, cell| {
            let natural = wrap::natural_width(&cell.markup);
            let least = (wrap::least_width(&cell.markup) + cell.hanging).max(natural.min(cell.comfortable()));
            Wish {
                jointed: wish.jointed.max(wrap::jointed_width(&cell.markup) + cell.hanging),
                least: wish.least.max(least),
                natural: wish.natural.max(natural),
                is_dates,
            }
        })
    }

    fn write(&self, page: &mut Page) {
        let gaps = (self.head.len() - 1) * GAP.width();
        let Some(widths) = widths::shared(&self.wishes(), page.width.saturating_sub(gaps)) else {
            return self.write_records(page);
        };
        let [table, records] = [0, 1].map(|form| {
            let mut trial = Page { text: String::new(), width: page.width, paint: page.paint };
            if form == 0 {
                self.write_table(&widths, &mut trial);
            } else {
                self.write_records(&mut trial);
            }
            trial.text
        });
        let tallest = self.rows.iter().flat_map(|row| wrapped_row(row, &widths)).map(|cell| cell.len()).max();
        // Long texts in narrow columns make rows that nobody can follow.
        let is_broken_up = tallest > Some(TALL) && table.lines().count() > records.lines().count();
        page.text.push_str(if is_broken_up { &records } else { &table });
    }

    fn write_table(&self, widths: &[usize], page: &mut Page) {
        let head: Vec<Cell> = self.head.iter().cloned().map(Cell::plain).collect();
        let head = wrapped_row(&head, widths);
        let rows: Vec<Vec<Vec<Line>>> = self.rows.iter().map(|row| wrapped_row(row, widths)).collect();
        // Wrapped paths are told from the next row by their indent; other wrapped cells need a rule between rows.
        let is_unclear = |row: &[Cell], lines: &[Vec<Line>]| {
            row.iter().zip(lines).any(|(cell, lines)| lines.len() > 1 && cell.hanging == 0)
        };
        let needs_rules = self.rows.iter().zip(&rows).any(|(row, lines)| is_unclear(row, lines));
        let is_right: Vec<bool> = (0..widths.len()).map(|column| self.is_numeric(column)).collect();
        write_row(&head, widths, &is_right, page);
        write_rule(widths, "─", "─┼─", page);
        for (at, row) in rows.iter().enumerate() {
            if at > 0 && needs_rules {
                write_rule(widths, "┄", "┄┼┄", page);
            }
            write_row(row, widths, &is_right, page);
        }
    }

    fn is_numeric(&self, column: usize) -> bool {
        let mut cells = self.rows.iter().map(|row| &row[column]);
        cells.all(|cell| cell.is_number || cell.markup.to_string() == NOTHING)
            && self.rows.iter().any(|row| row[column].is_number)
    }

    /// One line a value: `column: value`, rows apart by a blank line.
    fn write_records(&self, page: &mut Page) {
        for (at, row) in self.rows.iter().enumerate() {
            if at > 0 {
                page.text.push('\n');
            }
            for (name, cell) in self.head.iter().zip(row) {
                let mut line = name.clone();
                line.plain(": ");
                line.append(cell.markup.clone());
                page.hanging(&line, 2);
            }
        }
    }
}

/// A column that has so much to say should not be narrower than this, if it can be helped.
const COMFORTABLE: usize = 14;
/// Nor one of paths than this.
const COMFORTABLE_PATH: usize = 34;

/// A row of more lines than this is better read as a record, if that takes fewer lines.
const TALL: usize = 5;

/// How far the further lines of a path are set in.
const HANGING: usize = 2;

fn as_node(value: &Value) -> Option<NodeId> {
    match value {
        Value::Node(node) => Some(*node),
        _ => None,
    }
}

/// Which step, from 1, of the chain in its row a relation is.
fn step_of(row: &[Value], edge: EdgeId) -> Option<usize> {
    let mut chains = row.iter().filter_map(|value| match value {
        Value::Path(path) => Some(path),
        _ => None,
    });
    chains.find_map(|path| path.rels.iter().position(|step| *step == edge)).map(|at| at + 1)
}

/// What stands for null in a table.
const NOTHING: &str = "–";

impl Cell {
    fn plain(markup: Markup) -> Self {
        Self { markup, is_number: false, hanging: 0 }
    }

    /// A value of a row that shows these nodes.
    fn of(value: &Value, form: &TextForm<'_>, beside: &[NodeId]) -> Self {
        match value {
            Value::Null => Self::plain(Markup::of(Meaning::Dim, NOTHING)),
            Value::Int(_) | Value::Float(_) => Self { markup: form.value(value), is_number: true, hanging: 0 },
            Value::Path(_) => Self { markup: form.value(value), is_number: false, hanging: HANGING },
            Value::Rel(edge) => {
                Self { markup: form.relation_beside(*edge, beside), is_number: false, hanging: HANGING }
            }
            other => Self::plain(form.value(other)),
        }
    }

    /// A relation whose ends the path beside it shows: its type says the rest.
    fn of_type(edge: EdgeId, evidence: &Evidence) -> Self {
        let kind = evidence.relation(edge).map_or("?", |relation| relation.kind.as_str());
        Self { markup: Markup::of(Meaning::Relation, kind), is_number: false, hanging: HANGING }
    }

    fn has(&self, meaning: Meaning) -> bool {
        self.markup.pieces.iter().any(|piece| piece.meaning == meaning)
    }

    fn comfortable(&self) -> usize {
        let is_path = self.markup.pieces.iter().filter(|piece| piece.meaning == Meaning::Name).count() > 1;
        if self.hanging > 0 && is_path { COMFORTABLE_PATH } else { COMFORTABLE }
    }

    fn of_numbers(numbers: &[usize]) -> Self {
        let mut markup = Markup::default();
        for number in numbers {
            markup.push(Meaning::Citation, format!("[{number}]"));
        }
        Self::plain(markup)
    }
}

fn wrapped_row(row: &[Cell], widths: &[usize]) -> Vec<Vec<Line>> {
    row.iter().zip(widths).map(|(cell, width)| wrap::wrapped(&cell.markup, *width, cell.hanging)).collect()
}

fn write_row(row: &[Vec<Line>], widths: &[usize], is_right: &[bool], page: &mut Page) {
    let height = row.iter().map(Vec::len).max().unwrap_or(1);
    let empty = Line::default();
    for at in 0..height {
        let start = page.text.len();
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                page.text.push_str(&page.paint.dim(GAP));
            }
            let line = cell.get(at).unwrap_or(&empty);
            let pad = " ".repeat(widths[column].saturating_sub(line.width));
            if is_right[column] {
                page.text.push_str(&pad);
            }
            page.pieces(line);
            if !is_right[column] {
                page.text.push_str(&pad);
            }
        }
        let end = page.text[start..].trim_end().len();
        page.text.truncate(start + end);
        page.text.push('\n');
    }
}

fn write_rule(widths: &[usize], line: &str, crossing: &str, page: &mut Page) {
    let parts: Vec<String> = widths.iter().map(|width| line.repeat(*width)).collect();
    page.text.push_str(&page.paint.dim(&parts.join(crossing)));
    page.text.push('\n');
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::answer::{Effects, sample};

    const PLAIN: Paint = Paint { is_coloured: false };

    fn render(answer: &Answer, width: usize, paint: Paint) -> String {
        super::render(answer, width, paint, "--format json has them all")
    }

    #[test]
    fn citations_are_numbered_and_listed_below() {
        assert_snapshot!(render(&sample::answer(), 100, PLAIN), @r#"
        path                               │ since   │ certainty │ sources
        ───────────────────────────────────┼─────────┼───────────┼────────
        MUJAO ←FOUNDED_BY_MEMBERS_OF— ISGS │ 2015-05 │ certain   │ [1][2]
        MUJAO —ALLIED_WITH— ISGS           │ –       │ possible  │ [3]

        [1] Daniel Eizenga and Wendy Williams, The Puzzle of JNIM (Africa Center, 2020-12), Who is JNIM?,
            para 3 — asserted
        [2] source of [1], Box 2, para 1 — reported, on 2015-05, quoting UN "panel"
        [3] source of [1], p. 7 — alleged

        depth: unbounded
        knowledge base 2026-11
        "#);
    }

    #[test]
    fn a_narrow_terminal_wraps_paths_before_their_arrows() {
        assert_snapshot!(render(&sample::answer(), 60, PLAIN), @r#"
        path                         │ since   │ certainty │ sources
        ─────────────────────────────┼─────────┼───────────┼────────
        MUJAO                        │ 2015-05 │ certain   │ [1][2]
          ←FOUNDED_BY_MEMBERS_OF—    │         │           │
          ISGS                       │         │           │
        MUJAO —ALLIED_WITH— ISGS     │ –       │ possible  │ [3]

        [1] Daniel Eizenga and Wendy Williams, The Puzzle of JNIM
            (Africa Center, 2020-12), Who is JNIM?, para 3 —
            asserted
        [2] source of [1], Box 2, para 1 — reported, on 2015-05,
            quoting UN "panel"
        [3] source of [1], p. 7 — alleged

        depth: unbounded
        knowledge base 2026-11
        "#);
    }

    #[test]
    fn a_terminal_too_narrow_for_a_table_gets_records() {
        assert_snapshot!(render(&sample::answer(), 28, PLAIN), @r#"
        path: MUJAO
          ←FOUNDED_BY_MEMBERS_OF—
          ISGS
        since: 2015-05
        certainty: certain
        sources: [1][2]

        path: MUJAO
          —ALLIED_WITH— ISGS
        since: –
        certainty: possible
        sources: [3]

        [1] Daniel Eizenga and Wendy
            Williams, The Puzzle of
            JNIM (Africa Center,
            2020-12), Who is JNIM?,
            para 3 — asserted
        [2] source of [1], Box 2,
            para 1 — reported, on
            2015-05, quoting UN
            "panel"
        [3] source of [1], p. 7 —
            alleged

        depth: unbounded
        knowledge base 2026-11
        "#);
    }

    #[test]
    fn every_line_fits() {
        for width in 20..140 {
            let text = render(&sample::answer(), width, PLAIN);
            assert!(text.lines().all(|line| line.width() <= width), "at {width} columns:\n{text}");
        }
    }

    #[test]
    fn without_a_column_of_sources_the_numbers_come_last() {
        let mut answer = sample::answer();
        answer.columns[3] = "whose".to_owned();
        assert_snapshot!(render(&answer, 120, PLAIN).lines().next().unwrap_or(""), @r#"path                               │ since   │ certainty │ whose                     │ cited"#);
    }

    #[test]
    fn the_weakest_step_is_named_by_its_place_in_the_chain() {
        let mut answer = sample::answer();
        answer.columns[2] = "weakest".to_owned();
        answer.rows.iter_mut().zip(0..).for_each(|(row, edge)| row[2] = Value::Rel(EdgeId(edge)));
        assert!(render(&answer, 100, PLAIN).contains("│ step 1  │"));
    }

    #[test]
    fn rows_beyond_the_display_limit_are_counted() {
        let answer = Answer { shown: Some(1), ..sample::answer() };
        assert_snapshot!(render(&answer, 100, PLAIN), @r#"
        path                               │ since   │ certainty │ sources
        ───────────────────────────────────┼─────────┼───────────┼────────
        MUJAO ←FOUNDED_BY_MEMBERS_OF— ISGS │ 2015-05 │ certain   │ [1][2]
        … and 1 more row; --format json has them all

        [1] Daniel Eizenga and Wendy Williams, The Puzzle of JNIM (Africa Center, 2020-12), Who is JNIM?,
            para 3 — asserted
        [2] source of [1], Box 2, para 1 — reported, on 2015-05, quoting UN "panel"

        depth: unbounded
        knowledge base 2026-11
        "#);
    }

    #[test]
    fn numbers_stand_to_the_right_and_null_is_a_dash() {
        let rows = vec![vec![Value::Int(7), Value::Null], vec![Value::Int(1_000), Value::text("x")]];
        let answer = Answer { columns: vec!["count".into(), "b".into()], rows, ..Answer::default() };
        assert_snapshot!(render(&answer, 100, PLAIN), @r#"
        count │ b
        ──────┼──
            7 │ –
         1000 │ x
        "#);
    }

    #[test]
    fn writing_says_what_was_changed_and_nothing_else() {
        let effects = Effects { nodes_created: 2, relations_created: 1, ..Effects::default() };
        assert_snapshot!(render(&Answer { effects, ..Answer::default() }, 100, PLAIN), @r#"nodes created: 2, relations created: 1"#);
    }

    #[test]
    fn colour_is_written_only_when_asked_for() {
        let coloured = render(&sample::answer(), 100, Paint { is_coloured: true });
        assert!(coloured.contains("\u{1b}["));
        let without: String = anstream::adapter::strip_str(&coloured).to_string();
        assert_eq!(without, render(&sample::answer(), 100, PLAIN));
    }
}
