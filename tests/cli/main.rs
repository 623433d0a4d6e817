//! The command line, run as the real program: formats, streams, exit codes, files, pipes.

mod support;
mod usage;
