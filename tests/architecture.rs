//! The architecture, held: who may use whom, and how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer and what it may use, as in `src/ARCHITECTURE.md`. The longest prefix of a module's path counts.
const LAYERS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("time", &[]),
    ("diagnostics", &["source"]),
    ("model", &["source", "time"]),
    ("names", &["model"]),
    ("graph", &["model", "time", "names"]),
    ("storage", &["graph", "model", "time", "names"]),
    ("tables", &["source", "diagnostics", "graph", "model", "time", "names"]),
    ("kb", &["source", "diagnostics", "time", "model", "names", "graph"]),
    ("query::syntax", &["source", "diagnostics"]),
    ("query::statements", &["query::syntax", "model"]),
    ("query::functions", &["graph", "model", "time", "names"]),
    (
        "query::bind",
        &[
            "query::syntax",
            "query::statements",
            "query::faults",
            "query::functions",
            "source",
            "diagnostics",
            "graph",
            "model",
            "names",
            "time",
        ],
    ),
    ("query::faults", &[]),
    ("query::shape", &["query::syntax", "query::functions", "model", "source"]),
    (
        "query::plan",
        &["query::bind", "query::faults", "query::functions", "query::syntax::ast", "graph", "model", "source"],
    ),
    (
        "query::run",
        &[
            "query::plan",
            "query::bind",
            "query::faults",
            "query::functions",
            "query::syntax::ast",
            "graph",
            "model",
            "time",
            "names",
            "answer",
            "source",
        ],
    ),
    ("answer", &["model", "time", "diagnostics"]),
    ("export", &["answer", "model", "time"]),
    ("language", &["query::syntax", "query::statements", "query::functions", "source"]),
];

/// The most lines that a file may have.
const LONGEST: usize = 700;

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("a folder of sources").map(|it| it.expect("an entry")).collect();
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// `src/query/run/mod.rs` is `query::run`.
fn module_of(file: &Path) -> String {
    let relative = file.strip_prefix(sources()).expect("a file of src").with_extension("");
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("::").trim_end_matches("::mod").to_owned()
}

fn is_within(path: &str, module: &str) -> bool {
    path == module || path.strip_prefix(module).is_some_and(|rest| rest.starts_with("::"))
}

/// The layer that a module or a path into it lies in.
fn layer_of(module: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    LAYERS.iter().filter(|(layer, _)| is_within(module, layer)).max_by_key(|(layer, _)| layer.len())
}

/// All paths into the crate that a line names, `crate::{a, b::c}` among them (one level of braces).
fn crate_paths(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let inside = group.split('}').next().unwrap_or("");
            found.extend(inside.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()));
            continue;
        }
        let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let end = rest.find(|c| !is_path(c)).unwrap_or(rest.len());
        found.push(rest[..end].trim_end_matches(':').to_owned());
    }
    found
}

#[test]
fn a_module_uses_only_what_stands_below_it() {
    let mut faults = Vec::new();
    for file in rust_files(&sources()) {
        let module = module_of(&file);
        let Some((layer, allowed)) = layer_of(&module) else { continue };
        let text = fs::read_to_string(&file).expect("a source file");
        for (number, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            for path in crate_paths(code) {
                let is_own = is_within(&path, layer);
                let is_macro = !path.contains("::")
                    && path.chars().next().is_some_and(char::is_lowercase)
                    && layer_of(&path).is_none()
                    && !path.starts_with("query");
                if !is_own && !is_macro && !allowed.iter().any(|allowed| is_within(&path, allowed)) {
                    faults.push(format!("{}:{}: {layer} may not use {path}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn nothing_uses_the_shell() {
    for file in rust_files(&sources()) {
        let module = module_of(&file);
        if is_within(&module, "shell") || module == "main" {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source file");
        let uses = text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains("crate::shell"));
        assert!(!uses, "{} uses the shell", file.display());
    }
}

#[test]
fn files_stay_readable() {
    for file in rust_files(&sources()) {
        let lines = fs::read_to_string(&file).expect("a source file").lines().count();
        assert!(
            lines <= LONGEST || file.ends_with("syntax/ast.rs"),
            "{} has {lines} lines: what are its parts?",
            file.display()
        );
    }
}

#[test]
fn only_the_syntax_knows_pest() {
    for file in rust_files(&sources()) {
        if is_within(&module_of(&file), "query::syntax") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source file");
        assert!(!text.contains("use pest"), "{} knows pest", file.display());
    }
}

#[test]
fn every_module_says_what_it_is() {
    for file in rust_files(&sources()) {
        let text = fs::read_to_string(&file).expect("a source file");
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
        assert!(first.starts_with("//!") || first.starts_with("#![doc"), "{} begins without //!", file.display());
    }
}
