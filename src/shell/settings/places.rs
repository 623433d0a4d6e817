//! Where settings and history are kept: the platform's own folders, on Linux those of the XDG base directories.

use std::path::PathBuf;

/// Our folder in each of them.
const FOLDER: &str = "griot";

/// The file of settings; `None` where the platform has no folder for it.
#[must_use]
pub fn config_file() -> Option<PathBuf> {
    Some(dirs::config_dir()?.join(FOLDER).join("config.toml"))
}

/// The history of the prompt, in the folder for state, or, where the platform has none, for local data.
#[must_use]
pub fn history_file() -> Option<PathBuf> {
    Some(dirs::state_dir().or_else(dirs::data_local_dir)?.join(FOLDER).join("history"))
}
