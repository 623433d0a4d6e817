//! What is kept from one batch to the next while a query runs: the values of expressions by the one code that each
//! hangs on, the strings that were made so, and regular expressions.

use std::cell::{Cell, OnceCell, RefCell};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::by_code::is_same;
use super::operators::Patterns;
use crate::model::Value;
use crate::query::bind::bound::BoundExpr;
use crate::query::run::batch::{Codes, Column};
use crate::query::run::dictionary::{Dictionary, MadeTexts};

/// So many codes are tried before a memo may be given up.
const TRIED: usize = 4096;

/// What evaluation keeps from one batch to the next, for as long as the query runs.
pub struct Memory {
    /// The regular expressions of `=~`.
    pub(in crate::query::run::expression) patterns: Patterns,
    pub(super) memos: RefCell<Vec<Memo>>,
    /// The strings that the query has made.
    made: OnceCell<Arc<MadeTexts>>,
    /// A memo is being filled: what is evaluated now is kept there, and no memo is needed below it.
    pub(super) is_filling: Cell<bool>,
    /// The graph may change, and with it what an expression yields.
    pub(super) is_closed: bool,
    /// Bytes that were added since somebody asked.
    pub(super) growth: Cell<usize>,
}

impl Memory {
    /// Of a query; nothing is kept of one that writes.
    #[must_use]
    pub fn new(writes: bool) -> Self {
        let (memos, is_filling, growth) = (RefCell::default(), Cell::new(false), Cell::new(0));
        Self { patterns: Patterns::default(), memos, made: OnceCell::new(), is_filling, is_closed: writes, growth }
    }

    /// Of a part of the query that runs beside others: what they make has the same codes.
    #[must_use]
    pub fn of_part(made: Arc<MadeTexts>) -> Self {
        Self { made: OnceCell::from(made), ..Self::new(false) }
    }

    /// The strings that the query has made.
    pub fn made(&self) -> &Arc<MadeTexts> {
        self.made.get_or_init(Arc::default)
    }

    /// A column of strings and nulls as codes of what the query has made; any other as it is.
    pub(super) fn coded(&self, column: Column) -> Column {
        let Column::Values(values) = &column else { return column };
        let is_text = |value: &Value| matches!(value, Value::Text(_) | Value::Null);
        if !values.iter().all(is_text) {
            return column;
        }
        let texts = values.iter().map(|value| match value {
            Value::Text(text) => Some(text),
            _ => None,
        });
        let (codes, growth) = self.made().codes(texts);
        self.grow(growth);
        Column::Texts(Codes { codes, texts: Dictionary::Made(self.made().clone()) })
    }

    /// The same strings as codes of what the query has made.
    pub(super) fn made_of(&self, texts: &Codes) -> Codes {
        let mut known = FxHashMap::default();
        let codes = texts.codes.iter().map(|code| {
            *known.entry(*code).or_insert_with(|| {
                let text = texts.texts.optional(*code).map(Arc::from);
                let (codes, growth) = self.made().codes(std::iter::once(text.as_ref()));
                self.grow(growth);
                codes[0]
            })
        });
        Codes { codes: codes.collect(), texts: Dictionary::Made(self.made().clone()) }
    }

    pub(super) fn grow(&self, bytes: usize) {
        self.growth.set(self.growth.get() + bytes);
    }

    /// How many bytes it has grown since this was last asked.
    pub fn growth(&self) -> usize {
        self.growth.take()
    }
}

/// What the codes of some rows stand for.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Texts(Dictionary),
    Types,
    LabelSets,
}

impl Source {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Texts(one), Self::Texts(other)) => one.is(other),
            (Self::Types, Self::Types) | (Self::LabelSets, Self::LabelSets) => true,
            _ => false,
        }
    }
}

/// Stands for null among codes.
pub(super) const NULL: u32 = u32::MAX;

/// The values of an expression, by the one code that it hangs on.
pub(super) struct Memo {
    expr: BoundExpr,
    source: Source,
    /// By code, in pages: one more than the place of its value; 0 where the code has not come yet.
    places: Vec<Option<Box<[u32; PAGE]>>>,
    /// The same of null.
    place_of_null: u32,
    pub values: Column,
    rows: usize,
    pub is_given_up: bool,
}

/// Codes in a page of a memo.
const PAGE: usize = 1 << 10;

impl Memo {
    pub(super) fn new(expr: &BoundExpr, source: Source) -> Self {
        let values = Column::Values(Vec::new());
        let expr = expr.clone();
        Self { expr, source, places: Vec::new(), place_of_null: 0, values, rows: 0, is_given_up: false }
    }

    pub(super) fn is_of(&self, expr: &BoundExpr, source: &Source) -> bool {
        self.source.is(source) && is_same(&self.expr, expr)
    }

    /// One more than the place of a code's value; 0 where it has none yet.
    #[inline]
    fn known(&self, code: u32) -> u32 {
        if code == NULL {
            return self.place_of_null;
        }
        let page = self.places.get(code as usize / PAGE).and_then(Option::as_ref);
        page.map_or(0, |page| page[code as usize % PAGE])
    }

    /// Where the value of each row is, and the rows whose codes are new: their values come next, in this order.
    pub(super) fn places(&mut self, codes: &[u32], growth: &Cell<usize>) -> (Vec<u32>, Vec<u32>) {
        self.rows += codes.len();
        let mut fresh = Vec::new();
        // What is new wraps round to the greatest number.
        let mut found: Vec<u32> = codes.iter().map(|code| self.known(*code).wrapping_sub(1)).collect();
        if found.iter().fold(0, |most, place| most.max(*place)) < u32::MAX {
            return (found, fresh);
        }
        let mut next = u32::try_from(self.values.len()).expect("fewer codes than 2^32");
        for (row, (place, code)) in
            (0u32..).zip(found.iter_mut().zip(codes)).filter(|(_, (place, _))| **place == u32::MAX)
        {
            let known = self.place_of(*code, growth);
            if *known == 0 {
                next += 1;
                *known = next;
                fresh.push(row);
            }
            *place = *known - 1;
        }
        (found, fresh)
    }

    fn place_of(&mut self, code: u32, growth: &Cell<usize>) -> &mut u32 {
        if code == NULL {
            return &mut self.place_of_null;
        }
        let page = code as usize / PAGE;
        if self.places.len() <= page {
            self.places.resize_with(page + 1, || None);
        }
        let page = self.places[page].get_or_insert_with(|| {
            growth.set(growth.get() + PAGE * size_of::<u32>());
            Box::new([0; PAGE])
        });
        &mut page[code as usize % PAGE]
    }

    /// The values of the codes that were new.
    pub(super) fn add(&mut self, values: &Column) {
        if self.values.is_empty() {
            self.values = values.clone();
        } else if self.values.append(values.clone()).is_none() {
            let all = (0..self.values.len()).map(|row| self.values.value(row));
            let more = (0..values.len()).map(|row| values.value(row));
            self.values = Column::Values(all.chain(more).collect());
        }
    }

    /// Whether hardly any code came twice: what has not come yet costs more than what has come saves.
    pub(super) fn is_idle(&self) -> bool {
        self.values.len() > TRIED && self.values.len() * 8 > self.rows * 7
    }

    pub(super) fn give_up(&mut self) {
        self.is_given_up = true;
        self.places = Vec::new();
        self.values = Column::Values(Vec::new());
    }
}
