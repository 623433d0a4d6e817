//! The prompt, in a pseudo-terminal and through a pipe, run as the real program.

#![cfg(unix)]

mod piped;
mod running;
mod screen;
mod typing;
