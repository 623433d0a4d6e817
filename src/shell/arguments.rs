//! The command line: the one definition from which usage, help and completions come.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::export;
use crate::tables::{ColumnType, DateForm};

/// The table, which is the shell's own format.
pub const TABLE: &str = "table";

const EXAMPLES: &str = "\
Without a command, griot opens a prompt; type .help there.
  griot ask 'lineage from MUJAO to ISGS'
  griot ask 'match (g:ArmedGroup) where g.name = $x return g' -p x=JNIM --format json
Exit codes: 0 answered, 1 fault in query or knowledge base, 2 usage, 3 file or other
outside failure, 4 an answer is not the expected one, 130 interrupted";

/// A knowledge graph of armed actors: every answer with its evidence.
#[derive(Debug, Parser)]
#[command(name = "griot", version, about, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Read the knowledge base from this folder, not the built-in one.
    #[arg(long, value_name = "DIR", global = true, display_order = 100)]
    pub kb: Option<PathBuf>,
    /// Ask this graph file (see `import`), which is never written to.
    #[arg(long, value_name = "FILE", global = true, conflicts_with = "kb", display_order = 101)]
    pub db: Option<PathBuf>,
    /// Colour; the variable `NO_COLOR` forbids it.
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto", global = true, display_order = 102)]
    pub color: Colour,
    /// What queries may touch.
    #[command(flatten)]
    pub access: Access,
}

/// Where the graph comes from.
#[derive(Clone, Copy, Debug)]
pub enum Base<'a> {
    /// The one that is built in.
    BuiltIn,
    /// A folder of knowledge.
    Folder(&'a Path),
    /// A graph file.
    File(&'a Path),
}

impl Arguments {
    /// Where the graph comes from.
    pub fn base(&self) -> Base<'_> {
        match (&self.kb, &self.db) {
            (_, Some(file)) => Base::File(file),
            (Some(folder), None) => Base::Folder(folder),
            (None, None) => Base::BuiltIn,
        }
    }
}

/// What queries may touch.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Access {
    /// Refuse changes of the graph, and files that a query would read.
    #[arg(long, global = true, display_order = 103)]
    pub read_only: bool,
    /// Refuse files that a query or command would read or write.
    #[arg(long, global = true, display_order = 104)]
    pub no_files: bool,
}

/// When to write colour: on a terminal, also into files and pipes, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    // Documented this way, the help of an option takes a line instead of five.
    Auto,
    Always,
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Ask questions, and read the answers with their evidence.
    Ask(Ask),
    /// Run files of queries, or test their expected answers.
    Run(Run),
    /// Read a knowledge base, and report all its faults.
    Check(Check),
    /// Write the whole graph.
    Export(Export),
    /// Make a graph file of tables, or of a knowledge base.
    Import(Box<Import>),
    /// Measure queries.
    Bench(Bench),
    /// Write the completions of a shell.
    Completions(Completions),
    /// Write the man page: `griot man > griot.1`.
    Man,
    /// Show the manual: chapters, statements, functions, message codes.
    Help(Help),
}

/// `griot ask`.
#[derive(Debug, Args)]
pub struct Ask {
    /// The queries, run in order.
    #[arg(required = true, value_name = "QUERY")]
    pub queries: Vec<String>,
    /// How the answers are written.
    #[arg(long, short, value_name = "FORMAT", default_value = TABLE, value_parser = answer_formats())]
    pub format: String,
    /// A parameter of the queries: $NAME in them. JSON is read as such, everything else is a string.
    #[arg(
        short = 'p', visible_short_alias = 'v', long = "param", value_name = "NAME=VALUE", value_parser = parameter
    )]
    pub parameters: Vec<(String, serde_json::Value)>,
}

/// `griot run`.
#[derive(Debug, Args)]
pub struct Run {
    /// The files, run in order in one session; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How the answers are written.
    #[arg(long, short, value_name = "FORMAT", default_value = TABLE, value_parser = answer_formats())]
    pub format: String,
    /// A parameter of the queries: $NAME in them; goes before a `:param` of the file.
    #[arg(
        short = 'p', visible_short_alias = 'v', long = "param", value_name = "NAME=VALUE", value_parser = parameter
    )]
    pub parameters: Vec<(String, serde_json::Value)>,
    /// Go on after a query that fails; the exit code tells of it all the same.
    #[arg(long, short)]
    pub keep_going: bool,
    /// Compare each answer with the lines `-->` behind its query; exit code 4 if one differs.
    #[arg(long, conflicts_with = "bless")]
    pub test: bool,
    /// Write each answer behind its query as lines `-->`, where it differs from those that are there.
    #[arg(long)]
    pub bless: bool,
}

/// `griot check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The folder of the knowledge base; else the one of --kb, else `kb`.
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,

    /// Show, by document, which paragraphs are cited by claims, what was left out and why, and what is missing of each
    /// actor; and check that each locator quotes words that stand in its document.
    #[arg(long)]
    pub coverage: bool,

    /// The folder with the plain texts of the documents; else `../shared/sources`.
    #[arg(long, value_name = "DIR", requires = "coverage")]
    pub texts: Option<PathBuf>,
}

/// `griot export`.
#[derive(Debug, Args)]
pub struct Export {
    /// How the graph is written.
    #[arg(long, short, value_name = "FORMAT", value_parser = graph_formats())]
    pub format: String,
    /// The file to write, whole or not at all; else standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `griot import`.
#[derive(Debug, Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub struct Import {
    /// A folder of knowledge, to be made a graph file instead of tables.
    #[arg(value_name = "DIR", conflicts_with_all = ["nodes", "edges"], required_unless_present = "nodes")]
    pub folder: Option<PathBuf>,
    /// The graph file to write, whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// A CSV table of nodes; before `=` the labels of all of them, apart by `:`.
    #[arg(long, value_name = "[LABEL=]FILE")]
    pub nodes: Vec<String>,
    /// A CSV table of relations; before `=` the type of all of them, also with the labels of their ends: FROM-TYPE-TO.
    #[arg(long, value_name = "[TYPE=]FILE")]
    pub edges: Vec<String>,
    /// A label of all nodes.
    #[arg(long, value_name = "LABEL")]
    pub label: Vec<String>,
    /// The column with the label of a node, or with several apart by `;`.
    #[arg(long, value_name = "COLUMN")]
    pub label_column: Option<String>,
    /// The column that relations refer to; else `id`, else the first.
    #[arg(long, value_name = "COLUMN")]
    pub id_column: Option<String>,
    /// The column of where a relation starts; else `src`, `source`, `from` or `start`, else the first.
    #[arg(long, value_name = "COLUMN")]
    pub from_column: Option<String>,
    /// The column of where a relation points; else `dst`, `target`, `to` or `end`, else the second.
    #[arg(long, value_name = "COLUMN")]
    pub to_column: Option<String>,
    /// The column of a relation's type; else `type` or `relation`.
    #[arg(long, value_name = "COLUMN")]
    pub type_column: Option<String>,
    /// The column of when a relation begins to hold.
    #[arg(long, value_name = "COLUMN")]
    pub since: Option<String>,
    /// The column of when it ends: the first day on which it does not hold, unless --until-inclusive is given.
    #[arg(long, value_name = "COLUMN")]
    pub until: Option<String>,
    /// A relation still holds on the date of the column --until.
    #[arg(long, requires = "until")]
    pub until_inclusive: bool,
    /// How the dates are written.
    #[arg(long, value_name = "FORM", default_value = "yyyy-mm-dd", value_parser = date_forms())]
    pub date_format: String,
    /// The date that means that there is no end, as 99991231; a field without a date means it, too.
    #[arg(long, value_name = "DATE")]
    pub open: Option<String>,
    /// Types of columns: NAME=int, float, bool or text; those of others are inferred.
    #[arg(long, value_name = "COLUMN=TYPE", value_delimiter = ',', value_parser = column_type)]
    pub types: Vec<(String, ColumnType)>,
    /// Properties of nodes by which they are looked up.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub index: Vec<String>,
    /// What stands between fields; else a tab in files .tsv, and what the first row shows: a comma, tab, `;` or `|`.
    #[arg(long, value_name = "CHARACTER")]
    pub delimiter: Option<char>,
    /// The schema of the graph: a folder with kinds.toml, roles.toml, relations.toml or measures.toml, or one of them.
    #[arg(long, value_name = "PATH")]
    pub schema: Option<PathBuf>,
}

const IMPORT_EXAMPLES: &str = "\
Examples:
  griot import --nodes Actor=nodes.csv --edges edges.csv --index name \\
    --since since --until until --date-format yyyymmdd --open 99991231 -o graph.griot
  griot import --nodes Person=people.csv --nodes City=cities.csv \\
    --edges Person-LIVES_IN-City=lives_in.csv -o graph.griot
  griot import kb -o kb.griot
  griot ask --db graph.griot 'match (a:Actor) return count(*)'";

/// `griot bench`.
#[derive(Debug, Args)]
pub struct Bench {
    /// The files of queries; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How often each query is run warm.
    #[arg(long, short, value_name = "N", default_value_t = 20)]
    pub repeat: usize,
    /// How the figures are written.
    #[arg(long, short, value_name = "FORMAT", default_value = TABLE, value_parser = [TABLE, "json"])]
    pub format: String,
    /// A parameter of the queries: $NAME in them; goes before a `:param` of the file.
    #[arg(
        short = 'p', visible_short_alias = 'v', long = "param", value_name = "NAME=VALUE", value_parser = parameter
    )]
    pub parameters: Vec<(String, serde_json::Value)>,
}

/// `griot completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// Which shell.
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// `griot help`.
#[derive(Debug, Args)]
pub struct Help {
    /// A chapter, statement, function, command or message code; without one, the list of them.
    #[arg(value_name = "TOPIC")]
    pub topic: Vec<String>,
}

fn date_forms() -> PossibleValuesParser {
    PossibleValuesParser::new(DateForm::ALL.map(|(name, _)| name))
}

fn column_type(text: &str) -> Result<(String, ColumnType), String> {
    let (name, word) = text.rsplit_once('=').ok_or("write it as COLUMN=TYPE")?;
    let found = ColumnType::named(word).ok_or("the types are int, float, bool and text")?;
    Ok((name.to_owned(), found))
}

fn answer_formats() -> PossibleValuesParser {
    let table = PossibleValue::new(TABLE).help("a table for people, with numbered citations below");
    let others = export::FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.meaning));
    PossibleValuesParser::new(std::iter::once(table).chain(others))
}

fn graph_formats() -> PossibleValuesParser {
    let formats = export::FORMATS.iter().filter(|format| format.knowledge.is_some());
    PossibleValuesParser::new(formats.map(|format| PossibleValue::new(format.name).help(format.meaning)))
}

fn parameter(text: &str) -> Result<(String, serde_json::Value), String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
    let name = name.strip_prefix('$').unwrap_or(name);
    if name.is_empty() {
        return Err("the parameter has no name: write it as NAME=VALUE".to_owned());
    }
    let value = serde_json::from_str(value).unwrap_or_else(|_| value.into());
    Ok((name.to_owned(), value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }

    #[test]
    fn parameters_are_json_or_else_strings() {
        assert_eq!(parameter("n=3"), Ok(("n".to_owned(), json!(3))));
        assert_eq!(parameter("$name=Ansar Dine"), Ok(("name".to_owned(), json!("Ansar Dine"))));
        assert_eq!(parameter("list=[\"a\"]"), Ok(("list".to_owned(), json!(["a"]))));
        assert_eq!(parameter("when=2012-07"), Ok(("when".to_owned(), json!("2012-07"))));
        assert!(parameter("name").is_err());
        assert!(parameter("=3").is_err());
    }
}
