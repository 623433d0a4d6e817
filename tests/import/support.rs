//! A folder with tables, and griot run in it as a program.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

pub struct Folder {
    pub dir: TempDir,
}

pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

pub const NODES: &str = "id,name,kind,founded,strength\n\
                         1,Ansar Dine,group,2012,1500\n\
                         2,MUJAO,group,2011,\n\
                         3,AQIM,group,2007,1000.5\n\
                         4,Al-Mourabitoun,group,2013,200\n";

pub const EDGES: &str = "src,dst,type,since,until,note\n\
                         2,3,SPLIT_FROM,20111201,99991231,\n\
                         4,2,SUCCEEDED,20130822,99991231,\"a merger, \"\"al-Murabitun\"\"\"\n\
                         1,2,ALLIED_WITH,20120401,20120627,Gao\n\
                         1,3,ALLIED_WITH,20120101,20130201,\n";

/// The options that say what the dates are.
pub const DATES: &[&str] = &["--since", "since", "--until", "until", "--date-format", "yyyymmdd", "--open", "99991231"];

impl Folder {
    pub fn of(files: &[(&str, &str)]) -> Self {
        let folder = Self { dir: tempfile::tempdir().expect("a folder") };
        files.iter().for_each(|(name, text)| fs::write(folder.path(name), text).expect("written"));
        folder
    }

    /// With the usual tables, imported to `graph.griot`.
    pub fn imported() -> Self {
        let folder = Self::of(&[("nodes.csv", NODES), ("edges.csv", EDGES)]);
        let run = folder.import(&["--nodes", "Actor=nodes.csv", "--edges", "edges.csv", "--index", "name"], DATES);
        assert_eq!(run.code, Some(0), "{}", run.err);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Imports to `graph.griot`.
    pub fn import(&self, tables: &[&str], more: &[&str]) -> Run {
        self.griot(&[&["import"], tables, more, &["-o", "graph.griot"]].concat())
    }

    /// The rows of a query on `graph.griot`, as CSV.
    pub fn ask(&self, query: &str) -> String {
        let run = self.griot(&["ask", "--db", "graph.griot", "--format", "csv", query]);
        assert_eq!(run.code, Some(0), "{query}: {}", run.err);
        run.out
    }

    pub fn griot(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
        let done = command.args(arguments).current_dir(self.dir.path()).output().expect("griot runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Run { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) }
    }
}
