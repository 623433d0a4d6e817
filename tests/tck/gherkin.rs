//! Reads feature files: the few constructs of Gherkin that the openCypher TCK uses, outlines expanded.
//!
//! A line that fits nowhere is a [`ReadError`], never passed over in silence. This module knows nothing of what steps
//! mean; that is [`step`](super::step)'s business.

use std::fmt;

/// One feature file, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// The text behind `Feature:`.
    pub name: String,
    /// In the order written; each outline's examples one by one.
    pub scenarios: Vec<Scenario>,
}

/// One scenario, or one example of an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// The text behind `Scenario:`, an outline's placeholders filled in.
    pub name: String,
    /// The number of the example, from 1 over all tables of the outline; `None` for a plain scenario.
    pub example: Option<usize>,
    /// The line of its keyword, or of its row of examples; from 1.
    pub line: usize,
    /// `@tags` above it and above its feature.
    pub tags: Vec<String>,
    /// The steps of the background, then its own.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The text behind Given, When, Then, And or But.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
    /// The rows of its data table, cells trimmed and unescaped.
    pub table: Vec<Vec<String>>,
    /// Its doc string, without the indentation of its delimiter.
    pub doc: Option<String>,
}

/// Why a text is no feature file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// Reads the text of a feature file.
pub fn read(text: &str) -> Result<Feature, ReadError> {
    let mut reader = Reader::default();
    let mut lines = text.trim_start_matches('\u{feff}').split('\n').enumerate();
    while let Some((index, raw)) = lines.next() {
        let (number, raw) = (index + 1, raw.trim_end_matches('\r'));
        let line = raw.trim();
        if let Some(delimiter) = ["\"\"\"", "```"].into_iter().find(|delimiter| line.starts_with(delimiter)) {
            let indent = raw.len() - raw.trim_start().len();
            let body = read_doc(&mut lines, delimiter, indent)
                .ok_or_else(|| ReadError { line: number, reason: "the doc string does not end".to_owned() })?;
            reader.doc(number, body)?;
        } else {
            reader.line(number, line)?;
        }
    }
    reader.finish()
}

/// The lines up to the closing delimiter; `None` where there is none.
fn read_doc<'a>(lines: &mut impl Iterator<Item = (usize, &'a str)>, delimiter: &str, indent: usize) -> Option<String> {
    let mut body = Vec::new();
    for (_, raw) in lines {
        let raw = raw.trim_end_matches('\r');
        if raw.trim() == delimiter {
            return Some(body.join("\n"));
        }
        let spaces = raw.len() - raw.trim_start().len();
        body.push(raw[indent.min(spaces)..].replace("\\\"\\\"\\\"", "\"\"\""));
    }
    None
}

/// What the next step or row belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    #[default]
    Start,
    Feature,
    Background,
    Scenario,
    Examples,
}

#[derive(Default)]
struct Reader {
    place: Place,
    name: String,
    feature_tags: Vec<String>,
    tags: Vec<String>,
    background: Vec<Step>,
    open: Option<Open>,
    scenarios: Vec<Scenario>,
}

/// A scenario or outline whose end has not been seen.
struct Open {
    name: String,
    line: usize,
    outline: bool,
    tags: Vec<String>,
    steps: Vec<Step>,
    /// Tables of examples, each with its rows' lines.
    examples: Vec<Vec<(usize, Vec<String>)>>,
}

const STEP_WORDS: [&str; 6] = ["Given ", "When ", "Then ", "And ", "But ", "* "];

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), ReadError> {
        let keyword = |word: &str| line.strip_prefix(word).map(|rest| rest.trim().to_owned());
        let fault = |reason: &str| Err(ReadError { line: number, reason: format!("{reason}: {line}") });
        if line.is_empty() || line.starts_with('#') {
        } else if line.starts_with('@') {
            self.tags.extend(line.split_whitespace().map(str::to_owned));
        } else if line.starts_with('|') {
            return self.row(number, line);
        } else if let Some(name) = keyword("Feature:") {
            self.name = name;
            self.feature_tags = std::mem::take(&mut self.tags);
            self.place = Place::Feature;
        } else if keyword("Background:").is_some() {
            self.place = Place::Background;
        } else if let Some(name) = keyword("Scenario Outline:") {
            self.open(number, name, true)?;
        } else if let Some(name) = keyword("Scenario:") {
            self.open(number, name, false)?;
        } else if keyword("Examples:").is_some() {
            match self.open.as_mut().filter(|open| open.outline) {
                Some(open) => open.examples.push(Vec::new()),
                None => return fault("examples without an outline"),
            }
            self.tags.clear();
            self.place = Place::Examples;
        } else if let Some(text) = STEP_WORDS.iter().find_map(|word| keyword(word)) {
            let step = Step { text, line: number, table: Vec::new(), doc: None };
            match self.steps() {
                Some(steps) => steps.push(step),
                None => return fault("a step outside of background and scenario"),
            }
        } else if !self.takes_description() {
            return fault("a line that is no keyword");
        }
        Ok(())
    }

    /// Free text may stand under a keyword until the first step.
    fn takes_description(&mut self) -> bool {
        self.place == Place::Feature || self.steps().is_some_and(|steps| steps.is_empty())
    }

    fn steps(&mut self) -> Option<&mut Vec<Step>> {
        match self.place {
            Place::Background => Some(&mut self.background),
            Place::Scenario => self.open.as_mut().map(|open| &mut open.steps),
            Place::Start | Place::Feature | Place::Examples => None,
        }
    }

    fn row(&mut self, number: usize, line: &str) -> Result<(), ReadError> {
        let cells = split_row(line).ok_or_else(|| ReadError {
            line: number,
            reason: format!("a row that does not end with a pipe: {line}"),
        })?;
        if self.place == Place::Examples {
            let tables = self.open.as_mut().map(|open| &mut open.examples);
            tables.and_then(|tables| tables.last_mut()).expect("examples stand in an outline").push((number, cells));
            return Ok(());
        }
        match self.steps().and_then(|steps| steps.last_mut()) {
            Some(step) => step.table.push(cells),
            None => return Err(ReadError { line: number, reason: "a table without a step".to_owned() }),
        }
        Ok(())
    }

    fn doc(&mut self, number: usize, body: String) -> Result<(), ReadError> {
        match self.steps().and_then(|steps| steps.last_mut()) {
            Some(step) => step.doc = Some(body),
            None => return Err(ReadError { line: number, reason: "a doc string without a step".to_owned() }),
        }
        Ok(())
    }

    fn open(&mut self, line: usize, name: String, outline: bool) -> Result<(), ReadError> {
        self.close()?;
        let mut tags = self.feature_tags.clone();
        tags.append(&mut self.tags);
        self.open = Some(Open { name, line, outline, tags, steps: Vec::new(), examples: Vec::new() });
        self.place = Place::Scenario;
        Ok(())
    }

    /// Adds the open scenario, or its examples, to those that are read.
    fn close(&mut self) -> Result<(), ReadError> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let mut steps = self.background.clone();
        steps.extend(open.steps.iter().cloned());
        if !open.outline {
            let Open { name, line, tags, .. } = open;
            self.scenarios.push(Scenario { name, example: None, line, tags, steps });
            return Ok(());
        }
        let mut number = 0;
        for table in &open.examples {
            let Some(((_, names), rows)) = table.split_first() else { continue };
            for (line, values) in rows {
                if values.len() != names.len() {
                    let reason = format!("{} cells under {} names", values.len(), names.len());
                    return Err(ReadError { line: *line, reason });
                }
                number += 1;
                let fill = |text: &str| fill(text, names, values);
                self.scenarios.push(Scenario {
                    name: fill(&open.name),
                    example: Some(number),
                    line: *line,
                    tags: open.tags.clone(),
                    steps: steps.iter().map(|step| fill_step(step, &fill)).collect(),
                });
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Feature, ReadError> {
        self.close()?;
        if self.place == Place::Start {
            return Err(ReadError { line: 1, reason: "no `Feature:` in this file".to_owned() });
        }
        Ok(Feature { name: self.name, scenarios: self.scenarios })
    }
}

fn fill_step(step: &Step, fill: &impl Fn(&str) -> String) -> Step {
    Step {
        text: fill(&step.text),
        line: step.line,
        table: step.table.iter().map(|row| row.iter().map(|cell| fill(cell)).collect()).collect(),
        doc: step.doc.as_deref().map(fill),
    }
}

/// Puts an example's values in the places of `<name>`, from left to right, so that values are not filled again.
fn fill(text: &str, names: &[String], values: &[String]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        filled.push_str(before);
        let placeholder = names.iter().zip(values).find_map(|(name, value)| {
            from[1..].strip_prefix(name.as_str())?.strip_prefix('>').map(|after| (value, after))
        });
        if let Some((value, after)) = placeholder {
            filled.push_str(value);
            rest = after;
        } else {
            filled.push('<');
            rest = &from[1..];
        }
    }
    filled + rest
}

/// The cells of `| a | b |`, with `\|`, `\\` and `\n` resolved; `None` where the last pipe is missing. A lone `|` is a
/// row without cells (how the TCK writes the table of a procedure without columns).
fn split_row(line: &str) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut chars = line.strip_prefix('|')?.chars();
    while let Some(char) = chars.next() {
        match char {
            '|' => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            '\\' => match chars.next() {
                Some('|') => cell.push('|'),
                Some('n') => cell.push('\n'),
                Some('\\') | None => cell.push('\\'),
                Some(other) => cell.extend(['\\', other]),
            },
            _ => cell.push(char),
        }
    }
    cell.trim().is_empty().then_some(cells)
}
