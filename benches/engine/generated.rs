//! A graph of armed actors as tables: groups by age with splinters and mergers, leaders, alliances and rivalries whose
//! ends follow a power law, each with its dates. The same numbers give the same tables.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use griot::Session;
use griot::graph::{DateFormat, Graph};
use griot::kb;
use griot::tables::{DateForm, Dates, EdgeFile, NodeFile, TableOptions, import};
use tempfile::TempDir;

/// How many actors the graph of the benchmarks has; ten relations for each.
pub const ACTORS: usize = 20_000;

/// The schema by which statements know the relations of the tables, which have those of the harness.
const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/actors-schema");

const OPEN: u32 = 99_991_231;

/// Lehmer's generator: what it draws is the same everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0 * 48_271 % 0x7FFF_FFFF;
        usize::try_from(self.0).expect("31 bits") % bound.max(1)
    }

    /// Small numbers far more often than great ones.
    fn skewed(&mut self, bound: usize) -> usize {
        let (a, b) = (self.below(bound), self.below(bound));
        a * b / bound.max(1)
    }

    fn day(&mut self, from: usize, to: usize) -> usize {
        (from + self.below(to - from + 1)) * 10_000 + (1 + self.below(12)) * 100 + 1 + self.below(28)
    }
}

/// A name that tells an actor apart.
pub fn name(number: usize) -> String {
    const PARTS: [&str; 12] = ["ka", "ra", "ba", "du", "sha", "mi", "no", "ta", "li", "ven", "zor", "gal"];
    format!("{}{} {number}", PARTS[number % 12], PARTS[number / 12 % 12])
}

fn founded(number: usize) -> usize {
    1945 + number * 80 / ACTORS
}

/// Writes `nodes.csv` and `edges.csv`.
pub fn tables(folder: &Path) {
    let mut chance = Chance(20_261_122);
    let mut nodes = String::from("id,name,kind,country,founded,strength\n");
    let kinds = ["group", "group", "faction", "leader"];
    for number in 0..ACTORS {
        let (country, strength) = (chance.skewed(60), 5 + chance.skewed(5000));
        let _ = writeln!(
            nodes,
            "{number},{},{},C{country:02},{},{strength}",
            name(number),
            kinds[number % 4],
            founded(number)
        );
    }
    let mut edges = String::from("src,dst,type,since,until\n");
    let mut relate = |from: usize, to: usize, kind: &str, since: usize, until: usize| {
        let _ = writeln!(edges, "{from},{to},{kind},{since},{until}");
    };
    for young in 40..ACTORS {
        let old = young - 1 - chance.below(young.min(300));
        let kind = ["SPLIT_FROM", "SPLIT_FROM", "SUCCEEDED"][young % 3];
        let year = founded(young);
        relate(young, old, kind, chance.day(year, year), OPEN as usize);
        if young % 12 == 0 {
            relate(young, chance.below(old + 1), "MERGED_INTO", chance.day(year, year), OPEN as usize);
        }
        if young % 4 != 3 {
            relate(young, chance.below(ACTORS / 4) * 4 + 3, "LED_BY", chance.day(1990, 2010), OPEN as usize);
        }
    }
    for kind in ["ALLIED_WITH", "ALLIED_WITH", "ALLIED_WITH", "ALLIED_WITH", "RIVAL_OF", "RIVAL_OF", "AFFILIATED_WITH"]
    {
        for _ in 0..ACTORS {
            let (from, to) = (chance.skewed(ACTORS), chance.skewed(ACTORS));
            let since = chance.day(1980, 2020);
            let until = if chance.below(3) == 0 { OPEN as usize } else { chance.day(since / 10_000 + 1, 2030) };
            if from != to {
                relate(from, to, kind, since, until);
            }
        }
    }
    fs::write(folder.join("nodes.csv"), nodes).expect("a folder of our own");
    fs::write(folder.join("edges.csv"), edges).expect("a folder of our own");
}

/// What `griot import` is told of these tables; with the schema of the generated graph, statements know its relations.
pub fn options(folder: &Path) -> TableOptions {
    TableOptions {
        nodes: vec![NodeFile { path: folder.join("nodes.csv"), labels: vec!["Actor".into()] }],
        edges: vec![EdgeFile { path: folder.join("edges.csv"), relation: None, from: None, to: None }],
        label: Some("kind".into()),
        indexes: vec!["name".into()],
        schema: kb::load_schema(kb::read_dir(Path::new(SCHEMA)).expect("the schema lies there"))
            .schema
            .expect("it is right"),
        dates: Some(Dates {
            since: Some("since".into()),
            until: Some("until".into()),
            form: DateForm::Number(DateFormat::YearMonthDay),
            open: Some(OPEN.to_string()),
            is_inclusive: false,
        }),
        ..TableOptions::default()
    }
}

/// The tables in a folder that goes when it is dropped.
pub fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    tables(folder.path());
    folder
}

/// A session on the generated graph, that gives rows alone.
pub fn session() -> Session {
    let folder = folder();
    let store = import(&options(folder.path()), &mut |_| true).unwrap_or_else(|_| panic!("the tables are right"));
    Session::new(Graph::from(store)).rows_only()
}
