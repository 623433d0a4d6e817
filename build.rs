//! Compiles the knowledge base in `kb/` into a graph file, `OUT_DIR/kb.griot`, which the library embeds: starting
//! griot parses no TOML.
//!
//! The reader and the file format are the crate's own modules, taken in by path, so that what `griot check` accepts is
//! what is built in. A fault in `kb/` fails the build with the message that `griot check` shows.

// Most of what the modules offer is for the library.
#![allow(dead_code, unused_imports, clippy::pedantic, clippy::print_stdout, clippy::print_stderr)]

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

#[path = "src/diagnostics/mod.rs"]
mod diagnostics;
#[path = "src/graph/mod.rs"]
mod graph;
#[path = "src/kb/mod.rs"]
mod kb;
#[path = "src/model/mod.rs"]
mod model;
#[path = "src/names/mod.rs"]
mod names;
#[path = "src/source/mod.rs"]
mod source;
#[path = "src/storage/mod.rs"]
mod storage;
#[path = "src/time/mod.rs"]
mod time;

use diagnostics::{Format, render};

fn main() -> Result<(), Box<dyn Error>> {
    for module in ["diagnostics", "graph", "kb", "model", "names", "source", "storage", "time"] {
        println!("cargo::rerun-if-changed=src/{module}");
    }
    println!("cargo::rerun-if-changed=kb");
    let loaded = kb::load(kb::read_dir(Path::new("kb"))?);
    let Some(store) = loaded.store else {
        eprint!("{}", render(&loaded.diagnostics, &loaded.sources, Format::Full { colour: false }));
        return Err(format!("the knowledge base in kb/ has {} errors", loaded.report.errors).into());
    };
    let path = Path::new(&std::env::var("OUT_DIR")?).join("kb.griot");
    let mut file = BufWriter::new(File::create(path)?);
    storage::write(&store, &mut file)?;
    file.flush()?;
    Ok(())
}
