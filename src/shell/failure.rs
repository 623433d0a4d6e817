//! How a command can fail, and with which exit code.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The query or the knowledge base is wrong. What is wrong has been shown already.
    #[error("see above")]
    Faulty,
    /// An answer is not the one that was expected. That has been shown already.
    #[error("see above")]
    Different,
    /// The command line asks for what does not exist.
    #[error("{0}")]
    Usage(String),
    /// A part of griot that is not there yet.
    #[error("{0}")]
    Missing(String),
    /// A file could not be read or written.
    #[error("cannot {doing} {path}: {source}", path = path.display())]
    File {
        /// `read`, `write` …
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Standard output could not be written.
    #[error("cannot write to standard output: {0}")]
    Output(io::Error),
    /// Something outside griot failed.
    #[error("{0}")]
    Outside(String),
    /// Whoever reads our output has read enough.
    #[error("the reader has closed the pipe")]
    ClosedPipe,
    /// A fault of ours.
    #[error("this is a bug in griot, please report it with the query: {0}")]
    Bug(String),
    /// Ctrl-C.
    #[error("interrupted")]
    Interrupted,
}

impl Failure {
    /// The exit code: 1 query or knowledge base, 2 usage, 3 outside, 4 an answer that differs, 130
    /// interrupted; 101 a bug. A closed pipe is no failure.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Self::ClosedPipe => 0,
            Self::Faulty => 1,
            Self::Usage(_) | Self::Missing(_) => 2,
            Self::File { .. } | Self::Output(_) | Self::Outside(_) => 3,
            Self::Different => 4,
            // What a Rust program that panics ends with.
            Self::Bug(_) => 101,
            Self::Interrupted => 130,
        }
    }

    /// Whether there is something left to say.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        matches!(self, Self::ClosedPipe | Self::Faulty | Self::Different)
    }
}

impl From<io::Error> for Failure {
    /// Of standard output; files name themselves.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Output(error),
        }
    }
}

impl From<&Failure> for ExitCode {
    fn from(failure: &Failure) -> Self {
        Self::from(failure.code())
    }
}
