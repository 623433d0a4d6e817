//! What is wrong with a text that somebody wrote, as data.
//!
//! A [`Diagnostic`] says what is wrong, where, and what the nearest right thing is; [`Diagnostics`] collects them, so
//! that all faults are shown at once. Every one bears a [`Code`] of the table in [`codes`]. The module [`mod@render`] turns
//! them into text; nothing here prints, and nothing here knows what the texts mean.
//!
//! Faults of the world (a file that cannot be read) are `thiserror` enums at their boundary; the shell words them as
//! diagnostics of the group [`Group::Files`].

pub mod codes;
mod diagnostic;
pub mod render;

pub use codes::{Code, Group};
pub use diagnostic::{Diagnostic, Diagnostics, Label, Place, Severity};
pub use render::{Format, render};
