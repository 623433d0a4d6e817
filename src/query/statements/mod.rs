//! The domain statements: the questions that analysts ask, in words that read aloud.
//!
//! A statement is defined by its expansion: a query of core clauses, written down as text in the statement's own
//! file. To add one: a file with a [`Definition`], and a line in [`ALL`]. Parsing, EXPLAIN, help, completion and the
//! tests walk the registry.
//!
//! In an expansion a node pattern with the name of a subject (`(a)`) stands for that subject, `[:VIA*HOPS]` for the
//! types and hops of VIA and WITHIN or their defaults, and the variable `EVIDENCE`, as the last argument of a function on
//! evidence, for the time and the sources that the statement asks for (it is left out where none are). Modifiers on
//! time and evidence hold for every MATCH of the expansion. It ends with a RETURN of the statement's columns.

mod allies;
mod ancestors;
mod attributes;
mod claims_about;
mod components;
mod connections;
mod disputes;
mod figures;
mod founders;
mod groups_sharing_network;
mod leaders;
mod lineage;
mod members;
mod network;
mod relations_between;
mod shared_leaders;
mod sources_for;
mod supporters;
mod timeline;
mod who_is;

use std::sync::OnceLock;

use crate::query::syntax::ast::Query;
use crate::query::syntax::parse_query;

/// Every statement, in reading order.
pub static ALL: &[&Definition] = &[
    &lineage::FROM_TO,
    &lineage::OF,
    &ancestors::ANCESTORS,
    &ancestors::DESCENDANTS,
    &network::NETWORK,
    &groups_sharing_network::GROUPS_SHARING_NETWORK,
    &shared_leaders::OF_BOTH,
    &shared_leaders::OF_ANY,
    &allies::ALLIES,
    &allies::RIVALS,
    &allies::ALLIES_AND_RIVALS,
    &supporters::SUPPORTERS,
    &leaders::LEADERS,
    &founders::FOUNDERS,
    &members::MEMBERS,
    &components::COMPONENTS,
    &relations_between::RELATIONS_BETWEEN,
    &connections::CONNECTIONS,
    &timeline::TIMELINE,
    &figures::ON,
    &figures::ALL,
    &figures::COMPARE,
    &attributes::ON,
    &attributes::ALL,
    &disputes::ABOUT_BETWEEN_SOURCES,
    &disputes::BETWEEN_SOURCES,
    &disputes::ABOUT,
    &disputes::DISPUTES,
    &sources_for::SOURCES_FOR,
    &claims_about::CLAIMS_ABOUT,
    &who_is::WHO_IS,
];

/// What a statement is.
pub struct Definition {
    /// Its words and subjects, in order.
    pub signature: &'static [Piece],
    /// One line.
    pub meaning: &'static str,
    /// Its columns, each with one line.
    pub columns: &'static [(&'static str, &'static str)],
    /// The modifiers that it takes besides those on time and evidence, which all take.
    pub takes: &'static [Takes],
    /// The core query that it stands for.
    pub expansion: &'static str,
    /// The roles or types of `[:VIA]` where no VIA is given.
    pub via: Option<&'static str>,
    /// The least and the greatest number of hops of `*HOPS` where no WITHIN is given; an open end is unbounded.
    pub hops: Option<(u64, Option<u64>)>,
    /// How many rows are shown at a prompt; the rest are counted.
    pub shown: Option<usize>,
    /// What to ask of the same subjects where the answer is empty: queries that return names, and the sentence for
    /// what they find, with `{}` for the names.
    pub silence: &'static [(&'static str, &'static str)],
    /// Statements that must answer from the built-in knowledge. A test runs them beside their expansions.
    pub examples: &'static [&'static str],
    /// The parsed expansion.
    pub tree: Tree,
}

/// A piece of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A word, in capitals; typed in any case.
    Word(&'static str),
    /// A subject under the name that the expansion uses.
    Subject(&'static str),
    /// A variable that an earlier clause has bound, under the name that the expansion uses.
    Bound(&'static str),
    /// A name that is not looked up, put into the expansion as a string in place of the variable.
    Text(&'static str),
    /// Several subjects, put into the expansion as a list in place of the variable. An item of the last RETURN whose
    /// alias is this name stands for one column each: there the variable is the one subject.
    Subjects(&'static str),
    /// Several words or phrases that are not looked up, put into the expansion as a list of strings.
    Texts(&'static str),
}

/// What a statement takes besides time and evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// VIA.
    Via,
    /// WITHIN.
    Within,
}

/// An expansion, parsed when it is first used.
#[derive(Debug, Default)]
pub struct Tree(OnceLock<Query>);

impl Tree {
    /// Not parsed yet.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }
}

impl Definition {
    /// The expansion as a tree.
    ///
    /// # Panics
    /// If the text is no query: a test parses all of them.
    pub fn tree(&self) -> &Query {
        self.tree.0.get_or_init(|| parse_query(self.expansion).expect("the expansions of statements parse"))
    }

    /// The statement's words with its subjects as letters: `LINEAGE FROM a TO b`.
    pub fn usage(&self) -> String {
        let pieces = self.signature.iter().map(|piece| match piece {
            Piece::Word(word) => (*word).to_owned(),
            Piece::Subject(name) | Piece::Bound(name) | Piece::Text(name) => (*name).to_owned(),
            Piece::Subjects(name) | Piece::Texts(name) => format!("{name}, …"),
        });
        pieces.collect::<Vec<_>>().join(" ")
    }

    /// The words before the first subject: `LINEAGE FROM`.
    pub fn lead(&self) -> Vec<&'static str> {
        let words = self.signature.iter().map_while(|piece| match piece {
            Piece::Word(word) => Some(*word),
            _ => None,
        });
        words.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::syntax::ast::ClauseKind;

    #[test]
    fn every_expansion_parses_and_returns_the_columns_of_its_statement() {
        for definition in ALL {
            let tree = definition.tree();
            let Some(ClauseKind::Return(last)) = tree.first.clauses.last().map(|clause| &clause.kind) else {
                panic!("{} ends without RETURN", definition.usage());
            };
            let returned: Vec<String> = last
                .items
                .iter()
                .map(|item| item.alias.as_ref().map_or_else(|| item.text.clone(), |alias| alias.value.clone()))
                .collect();
            let said: Vec<&str> = definition.columns.iter().map(|(name, _)| *name).collect();
            assert_eq!(returned, said, "{}", definition.usage());
        }
    }

    #[test]
    fn every_question_after_silence_parses() {
        for (text, words) in ALL.iter().flat_map(|definition| definition.silence) {
            assert!(parse_query(text).is_ok() && words.contains("{}"), "{text}");
        }
    }

    #[test]
    fn no_statement_begins_like_another_in_full() {
        for (position, definition) in ALL.iter().enumerate() {
            let twin = ALL.iter().skip(position + 1).find(|other| other.signature == definition.signature);
            assert!(twin.is_none(), "{} is there twice", definition.usage());
        }
    }
}
