//! The language as an editor sees it: how a text is coloured, whether it is complete, what may come next, what there
//! is to ask. For prompts; nothing here runs a query.
//!
//! Every piece of knowledge comes from where it is kept: the grammar says what may stand where, the registries of
//! statements and functions what there is. A text may be unfinished or wrong; there is always an answer.

mod completeness;
mod expected;
mod highlight;
mod keywords;
mod progress;

pub use completeness::{Completeness, completeness};
pub use expected::{Place, Want, place};
pub use highlight::{Class, classes};
pub use keywords::{KEYWORDS, Keyword, keyword};
pub use progress::{Signature, is_bare_name, signature_hint};

pub use crate::query::functions::{AGGREGATES, Aggregate, FAMILIES, Family, Function};
pub use crate::query::statements::{ALL as STATEMENTS, Definition as Statement, Takes};
pub use crate::query::syntax::tokens::{Token, TokenKind, is_ended, queries, tokens};
