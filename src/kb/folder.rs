//! The one place where a knowledge base is read from disk.

use std::fs;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a folder could not be read.
#[derive(Debug, Error)]
pub enum KbError {
    /// A file or folder could not be read.
    #[error("cannot read {}: {source}", .path.display())]
    CannotRead {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not UTF-8.
    #[error("{} is not UTF-8 text", .path.display())]
    NotText {
        /// Which.
        path: PathBuf,
    },
    /// The folder holds no TOML file.
    #[error("{} holds no .toml file", .path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
}

/// Reads every `*.toml` under a folder, sorted by path; the paths begin with the folder as given. Hidden files and
/// folders are left out.
///
/// # Errors
/// If the folder or a file in it cannot be read, or there is none.
pub fn read_dir(folder: &Path) -> Result<Vec<(String, String)>, KbError> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    if paths.is_empty() {
        return Err(KbError::Empty { path: folder.to_owned() });
    }
    paths.iter().map(|path| read_file(path)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), KbError> {
    let cannot_read = |source| KbError::CannotRead { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(cannot_read)? {
        let entry = entry.map_err(cannot_read)?;
        let path = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if is_hidden {
            continue;
        }
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    Ok(())
}

/// Reads one file; the path is as given.
///
/// # Errors
/// If it cannot be read, or is no text.
pub fn read_file(path: &Path) -> Result<(String, String), KbError> {
    let bytes = fs::read(path).map_err(|source| KbError::CannotRead { path: path.to_owned(), source })?;
    let text = String::from_utf8(bytes).map_err(|_| KbError::NotText { path: path.to_owned() })?;
    // Messages and versions are the same on every system.
    Ok((path.to_string_lossy().replace('\\', "/"), text))
}
