//! The domain statements: the questions that analysts ask, in words that read aloud.
//!
//! A statement is defined by its expansion: a query of core clauses, written down as text in the statement's own
//! file. To add one: a file with a [`Definition`], and a line in [`ALL`]. Parsing, EXPLAIN, help, completion and the
//! tests walk the registry.
//!
//! In an expansion a node pattern with the name of a subject (`(a)`) stands for that subject, `[:VIA*HOPS]` for the
//! types and hops of VIA and WITHIN or their defaults, and the variable `EVIDENCE`, as the last argument of a function on
//! evidence, for the time and the sources that the statement asks for (it is left out where none are). Modifiers on
//! time and evidence hold for every MATCH of the expansion, THROUGH and AVOIDING for every MATCH with a named path. It
//! ends with a RETURN of the statement's columns. A [`Piece::Subjects`] stands for a list of nodes and a
//! [`Piece::Texts`] for a list of strings: `UNWIND actors AS actor MATCH (actor)-[…]-(…)`.
//!
//! Every statement is also a procedure, by [`Definition::procedure`]: no second table.

mod allies;
mod ancestors;
mod attributes;
mod changes;
mod claims_about;
mod components;
mod connections;
mod disputes;
mod dossier;
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

use crate::query::syntax::ast::{LabelExpr, Query, RelPattern};
use crate::query::syntax::parse_query;
use crate::query::syntax::rewrite::{self, Rewriter};

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
    &changes::CHANGES,
    &dossier::DOSSIER,
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
    /// A whole statement: only CHANGES IN has one.
    Statement(&'static str),
    /// A time: one date, parameter or TODAY.
    Time(&'static str),
}

impl Piece {
    /// The name under which the expansion knows it; a word's is the word itself.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Word(name)
            | Self::Subject(name)
            | Self::Bound(name)
            | Self::Text(name)
            | Self::Subjects(name)
            | Self::Texts(name)
            | Self::Statement(name)
            | Self::Time(name) => name,
        }
    }
}

/// What a statement takes besides time and evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// VIA.
    Via,
    /// WITHIN.
    Within,
    /// THROUGH and AVOIDING: what the named paths of the expansion pass by.
    Through,
}

/// A definition's texts, parsed when they are first used.
#[derive(Debug, Default)]
pub struct Tree {
    expansion: OnceLock<Query>,
    via: OnceLock<Option<LabelExpr>>,
    silence: OnceLock<Vec<Query>>,
}

impl Tree {
    /// Not parsed yet.
    pub const fn new() -> Self {
        Self { expansion: OnceLock::new(), via: OnceLock::new(), silence: OnceLock::new() }
    }
}

/// The first relationship's types.
struct TypesOf(Option<LabelExpr>);

impl Rewriter for TypesOf {
    fn rel(&mut self, rel: &mut RelPattern) {
        self.0.clone_from(&rel.types);
    }
}

impl Definition {
    /// The expansion as a tree.
    ///
    /// # Panics
    /// If the text is no query: a test parses all of them.
    pub fn tree(&self) -> &Query {
        self.tree.expansion.get_or_init(|| parse_query(self.expansion).expect("the expansions of statements parse"))
    }

    /// The roles or types of `[:VIA]` where no VIA is given, as a tree.
    ///
    /// # Panics
    /// If they are no types: a test parses all of them.
    pub fn default_via(&self) -> Option<&LabelExpr> {
        let parsed = self.tree.via.get_or_init(|| {
            let pattern = format!("MATCH ()-[:{}]-() RETURN 1", self.via?);
            let mut found = TypesOf(None);
            rewrite::query(&mut parse_query(&pattern).expect("the default roles of statements parse"), &mut found);
            found.0
        });
        parsed.as_ref()
    }

    /// The questions to ask where the answer is empty, as trees, with the sentences for what they find.
    ///
    /// # Panics
    /// If one is no query: a test parses all of them.
    pub fn questions_after_silence(&self) -> impl Iterator<Item = (&Query, &'static str)> {
        let trees = self.tree.silence.get_or_init(|| {
            let parse = |(text, _): &(&str, _)| parse_query(text).expect("the questions after silence parse");
            self.silence.iter().map(parse).collect()
        });
        trees.iter().zip(self.silence.iter().map(|(_, words)| *words))
    }

    /// Whether it holds another statement.
    pub fn holds_statement(&self) -> bool {
        self.signature.iter().any(|piece| matches!(piece, Piece::Statement(_)))
    }

    /// Its name as a procedure: the words before the first subject without the prepositions at their end, in camel
    /// case behind `griot.`: `griot.lineage`, `griot.groupsSharingNetwork`. Statements that share one differ in the
    /// number of their arguments.
    pub fn procedure(&self) -> String {
        const PREPOSITIONS: [&str; 7] = ["OF", "FROM", "FOR", "BETWEEN", "IN", "ABOUT", "ON"];
        let mut words = self.lead();
        while words.len() > 1 && words.last().is_some_and(|last| PREPOSITIONS.contains(last)) {
            words.pop();
        }
        let mut name = String::from("griot.");
        for (at, word) in words.iter().enumerate() {
            let (first, rest) = word.split_at(1);
            name.push_str(&if at == 0 { first.to_lowercase() } else { first.to_owned() });
            name.push_str(&rest.to_lowercase());
        }
        name
    }

    /// As a procedure is called: `griot.lineage(a, b, {…})`.
    pub fn procedure_usage(&self) -> String {
        let arguments = self.signature.iter().filter(|piece| !matches!(piece, Piece::Word(_))).map(Piece::name);
        format!("{}({})", self.procedure(), arguments.chain(["{…}"]).collect::<Vec<_>>().join(", "))
    }

    /// The statement's words with its subjects as letters: `LINEAGE FROM a TO b`.
    pub fn usage(&self) -> String {
        let pieces = self.signature.iter().map(|piece| match piece {
            Piece::Subjects(name) | Piece::Texts(name) => format!("{name}, …"),
            piece => piece.name().to_owned(),
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
        for definition in ALL.iter().filter(|definition| !definition.holds_statement()) {
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
        for definition in ALL {
            assert_eq!(definition.questions_after_silence().count(), definition.silence.len());
        }
    }

    #[test]
    fn default_roles_parse_where_there_are_any() {
        for definition in ALL {
            assert_eq!(definition.default_via().is_some(), definition.via.is_some(), "{}", definition.usage());
        }
    }

    #[test]
    fn each_statement_is_a_procedure_told_apart_by_its_number_of_arguments() {
        let names: Vec<(String, usize)> = ALL
            .iter()
            .map(|each| {
                let arguments = each.signature.iter().filter(|piece| !matches!(piece, Piece::Word(_)));
                (each.procedure(), arguments.count())
            })
            .collect();
        for (at, name) in names.iter().enumerate() {
            assert!(!names[at + 1..].contains(name), "{name:?} is there twice");
        }
        assert!(names.contains(&("griot.groupsSharingNetwork".to_owned(), 1)));
    }

    #[test]
    fn no_statement_begins_like_another_in_full() {
        for (position, definition) in ALL.iter().enumerate() {
            let twin = ALL.iter().skip(position + 1).find(|other| other.signature == definition.signature);
            assert!(twin.is_none(), "{} is there twice", definition.usage());
        }
    }
}
