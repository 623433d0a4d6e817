//! The command line, run as the real program: formats, streams, exit codes, files, pipes.

#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod ask;
mod batch;
mod export;
mod support;
mod usage;
