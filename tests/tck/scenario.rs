//! Runs one scenario: its steps in order, on an engine of its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::engine::{Census, Engine, Fault, Table};
use super::gherkin::{Scenario, Step};
use super::literal;
use super::procedure::Procedure;
use super::step::{ExpectedError, Meaning};
use super::value::{Properties, TckValue, same_bag};

/// How a scenario that did not fail ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passed {
    /// As the TCK has it to the letter.
    Strictly,
    /// With the right error at the right time, and another detail than this.
    OtherDetail(String),
}

/// Runs a scenario. The error says, on its first line, what went wrong, and below it the particulars.
pub fn run(scenario: &Scenario, graphs: &Path) -> Result<Passed, String> {
    let mut state = State {
        engine: Engine::empty(),
        graphs,
        parameters: Properties::new(),
        before: Census::default(),
        outcome: None,
        files: Vec::new(),
        passed: Passed::Strictly,
    };
    // A step that means nothing fails the scenario even where an earlier one would, so that none hides.
    let meanings: Result<Vec<_>, _> = scenario
        .steps
        .iter()
        .map(|step| Meaning::of(&step.text).ok_or_else(|| format!("unknown step: {}", step.text)))
        .collect();
    let ran = meanings.and_then(|meanings| {
        scenario.steps.iter().zip(&meanings).try_for_each(|(step, meaning)| state.step(step, meaning))
    });
    for file in &state.files {
        let _ = fs::remove_file(file);
    }
    ran?;
    match state.outcome {
        None => Err("no query is run".to_owned()),
        Some(_) => Ok(state.passed),
    }
}

struct State<'a> {
    engine: Engine,
    graphs: &'a Path,
    parameters: Properties,
    /// The graph as it was when the query under test began.
    before: Census,
    /// What the last query gave.
    outcome: Option<Result<Table, Fault>>,
    /// Files that the scenario asked for.
    files: Vec<PathBuf>,
    passed: Passed,
}

impl State<'_> {
    fn step(&mut self, step: &Step, meaning: &Meaning) -> Result<(), String> {
        match meaning {
            Meaning::EmptyGraph => {
                self.engine = Engine::empty();
                Ok(())
            }
            Meaning::NamedGraph(name) => self.named_graph(name),
            Meaning::Executed => self.prepare(doc(step)?),
            Meaning::Parameters => self.take_parameters(step),
            Meaning::Procedure(signature) => {
                let procedure = Procedure::read(signature, &step.table)?;
                self.engine.take_procedure(procedure);
                Ok(())
            }
            Meaning::CsvFile(parameter) => self.csv_file(parameter, &step.table),
            Meaning::Query => {
                self.before = self.engine.census();
                self.outcome = Some(self.engine.run(doc(step)?, &self.parameters));
                Ok(())
            }
            Meaning::ControlQuery => {
                self.table()?;
                self.outcome = Some(self.engine.run(doc(step)?, &self.parameters));
                Ok(())
            }
            Meaning::Result { ordered, lists_as_bags } => {
                compare(&expected_table(step)?, self.table()?, *ordered, *lists_as_bags)
            }
            Meaning::EmptyResult => {
                compare(&Table { columns: Vec::new(), rows: Vec::new() }, self.table()?, true, false)
            }
            Meaning::NoSideEffects => self.side_effects(&BTreeMap::new()),
            Meaning::SideEffects => self.side_effects(&expected_effects(step)?),
            Meaning::Error(expected) => self.error(expected),
        }
    }

    fn named_graph(&mut self, name: &str) -> Result<(), String> {
        let path = self.graphs.join(name).join(format!("{name}.cypher"));
        let script = fs::read_to_string(&path).map_err(|error| format!("no graph: {}: {error}", path.display()))?;
        self.engine = Engine::empty();
        self.prepare(&script)
    }

    fn prepare(&mut self, query: &str) -> Result<(), String> {
        match self.engine.run(query, &self.parameters) {
            Ok(_) => Ok(()),
            Err(fault) => Err(format!("the preparation failed: {}", shown(&fault))),
        }
    }

    fn take_parameters(&mut self, step: &Step) -> Result<(), String> {
        for row in &step.table {
            let [name, value] = row.as_slice() else { return Err("a parameter is a name and a value".to_owned()) };
            self.parameters.insert(name.clone(), literal::parse(value)?);
        }
        Ok(())
    }

    fn csv_file(&mut self, parameter: &str, table: &[Vec<String>]) -> Result<(), String> {
        let file = format!("griot-tck-{}-{:?}.csv", std::process::id(), std::thread::current().id());
        let path = std::env::temp_dir().join(file.replace(['(', ')'], "-"));
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let lines = table.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n");
        fs::write(&path, lines.collect::<String>()).map_err(|error| format!("{}: {error}", path.display()))?;
        self.parameters.insert(parameter.to_owned(), TckValue::Text(format!("file://{}", path.display())));
        self.files.push(path);
        Ok(())
    }

    /// What the last query gave, or why it gave nothing.
    fn table(&self) -> Result<&Table, String> {
        match &self.outcome {
            None => Err("a result is looked at before a query is run".to_owned()),
            Some(Ok(table)) => Ok(table),
            Some(Err(fault)) => Err(format!("the query failed: {}", shown(fault))),
        }
    }

    fn error(&mut self, expected: &ExpectedError) -> Result<(), String> {
        let fault = match &self.outcome {
            None => return Err("an error is looked for before a query is run".to_owned()),
            Some(Ok(table)) => {
                return Err(format!("no error, wanted {} ({})\n{}", expected.class, expected.detail, grid(table)));
            }
            Some(Err(fault)) => fault,
        };
        if fault.is_gap {
            return Err(format!("the engine lacks it: {}", shown(fault)));
        }
        if fault.class != expected.class {
            return Err(format!("another error, wanted {} ({}): {}", expected.class, expected.detail, shown(fault)));
        }
        if expected.phase.is_some_and(|phase| phase != fault.phase) {
            return Err(format!("an error at another time, wanted {:?}: {}", expected.phase, shown(fault)));
        }
        if expected.detail != "*" && fault.detail != expected.detail {
            self.passed = Passed::OtherDetail(format!("wanted {}, got {}", expected.detail, shown(fault)));
        }
        Ok(())
    }

    fn side_effects(&self, expected: &BTreeMap<String, usize>) -> Result<(), String> {
        self.table()?;
        let found = effects(&self.before, &self.engine.census());
        if found == *expected {
            Ok(())
        } else {
            Err(format!("side effects differ\nwanted {expected:?}\ngot {found:?}"))
        }
    }
}

fn shown(fault: &Fault) -> String {
    format!("{} at {:?}: {}: {}", fault.class, fault.phase, fault.detail, fault.message)
}

fn doc(step: &Step) -> Result<&str, String> {
    step.doc.as_deref().ok_or_else(|| format!("a step without its query: {}", step.text))
}

fn expected_table(step: &Step) -> Result<Table, String> {
    let (columns, rows) = step.table.split_first().ok_or("a result without a table")?;
    let rows = rows.iter().map(|row| row.iter().map(|cell| literal::parse(cell)).collect());
    Ok(Table { columns: columns.clone(), rows: rows.collect::<Result<_, String>>()? })
}

fn expected_effects(step: &Step) -> Result<BTreeMap<String, usize>, String> {
    let read = |row: &Vec<String>| match row.as_slice() {
        [effect, count] => Ok((effect.clone(), count.parse().map_err(|_| format!("`{count}` is no count"))?)),
        _ => Err("a side effect is a name and a count".to_owned()),
    };
    let effects: BTreeMap<String, usize> = step.table.iter().map(read).collect::<Result<_, String>>()?;
    Ok(effects.into_iter().filter(|(_, count)| *count > 0).collect())
}

/// What was gained and lost between two counts of a graph, as the TCK defines its side effects: a property is a
/// thing, a key and a value, so that a new value is one lost and one gained.
fn effects(before: &Census, after: &Census) -> BTreeMap<String, usize> {
    let counts = [
        ("+nodes", after.nodes.difference(&before.nodes).count()),
        ("-nodes", before.nodes.difference(&after.nodes).count()),
        ("+relationships", after.rels.difference(&before.rels).count()),
        ("-relationships", before.rels.difference(&after.rels).count()),
        ("+labels", after.labels.difference(&before.labels).count()),
        ("-labels", before.labels.difference(&after.labels).count()),
        ("+properties", after.properties.difference(&before.properties).count()),
        ("-properties", before.properties.difference(&after.properties).count()),
    ];
    counts.into_iter().filter(|(_, count)| *count > 0).map(|(name, count)| (name.to_owned(), count)).collect()
}

fn compare(expected: &Table, found: &Table, ordered: bool, lists_as_bags: bool) -> Result<(), String> {
    let same_row = |a: &Vec<TckValue>, b: &Vec<TckValue>| {
        a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.same(y, lists_as_bags))
    };
    let same_rows = if ordered {
        expected.rows.len() == found.rows.len() && expected.rows.iter().zip(&found.rows).all(|(a, b)| same_row(a, b))
    } else {
        same_bag(&expected.rows, &found.rows, same_row)
    };
    let what = if expected.columns != found.columns {
        "columns differ"
    } else if !same_rows {
        "rows differ"
    } else {
        return Ok(());
    };
    Err(format!("{what}\nwanted{}\n{}\ngot\n{}", if ordered { " in order" } else { "" }, grid(expected), grid(found)))
}

/// A table to be read by people.
fn grid(table: &Table) -> String {
    let mut text = format!("| {} |", table.columns.join(" | "));
    for row in &table.rows {
        let cells: Vec<_> = row.iter().map(ToString::to_string).collect();
        let _ = write!(text, "\n| {} |", cells.join(" | "));
    }
    text
}
