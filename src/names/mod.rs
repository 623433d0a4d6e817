//! Names: when two spellings are one name, which nodes bear a name, and which names are near to a wrong one.
//!
//! [`fold`](fold()) makes the key under which spellings of one name meet; [`NameIndex`] finds the nodes of a name in
//! three stages (id, exact, folded) and never guesses: it returns every node that fits. [`nearest`] is for messages.
//! Nothing here words a message, and nothing here knows where names are stored: that is behind [`NameTable`].

mod fold;
mod index;
mod letters;
mod suggest;

pub use fold::{fold, slug};
pub use index::{Found, Hit, NameIndex, NameTable, Stage};
pub use suggest::nearest;
