//! Duplicates: the first of the rows that are alike goes on.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::aggregate::Evidence;
use super::keys::Keys;
use super::{Input, Operator};
use crate::model::GroupKey;
use crate::query::bind::bound::Slot;
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::Live;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::{Execution, Outcome};

/// About how many bytes a remembered row costs.
const ROW_BYTES: usize = 64;

pub(super) struct Distinct<'p> {
    input: Input<'p>,
    slots: &'p [Slot],
    /// With evidence, all rows are read first: what duplicates rested on is joined.
    evidence: Option<Slot>,
    live: &'p Live,
    seen: Keys,
    joined: Option<std::vec::IntoIter<(Vec<GroupKey>, Evidence)>>,
}

impl<'p> Distinct<'p> {
    pub(super) fn new(input: Input<'p>, slots: &'p [Slot], evidence: Option<Slot>, live: &'p Live) -> Self {
        Self { input, slots, evidence, live, seen: Keys::Unknown, joined: None }
    }

    fn key(&self, batch: &Batch, row: usize) -> Vec<GroupKey> {
        self.slots.iter().map(|slot| GroupKey(batch.column(slot.index()).value(row))).collect()
    }

    fn join(&mut self, execution: &Execution<'_>, evidence: Slot) -> Outcome<Vec<(Vec<GroupKey>, Evidence)>> {
        let mut rows: IndexMap<Vec<GroupKey>, Evidence, FxBuildHasher> = IndexMap::default();
        while let Some(batch) = self.input.next(execution)? {
            execution.token.check()?;
            execution.token.hold(batch.rows * ROW_BYTES)?;
            let column = batch.columns.get(evidence.index()).and_then(Option::as_ref);
            for row in 0..batch.rows {
                let joined = rows.entry(self.key(&batch, row)).or_default();
                if let Some(column) = column {
                    joined.add(&column.value(row));
                }
            }
        }
        Ok(rows.into_iter().collect())
    }
}

impl Operator for Distinct<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(evidence) = self.evidence else {
            let Some(batch) = self.input.next(execution)? else { return Ok(None) };
            let mut rows = Vec::new();
            if is_injected(Fault::ForgetsSeen) {
                self.seen = Keys::Unknown;
            }
            let columns: Vec<_> = self.slots.iter().map(|slot| batch.shared(slot.index()).clone()).collect();
            let mut known = u32::try_from(self.seen.len()).expect("fewer than 2^32 distinct rows");
            for (row, number) in (0u32..).zip(self.seen.number(&columns, batch.rows)) {
                if number == known {
                    known += 1;
                    rows.push(row);
                }
            }
            execution.token.hold(rows.len() * ROW_BYTES)?;
            return Ok(Some(if rows.len() == batch.rows { batch } else { batch.gather_live(&rows, self.live) }));
        };
        if self.joined.is_none() {
            self.joined = Some(self.join(execution, evidence)?.into_iter());
        }
        let part: Vec<_> = self.joined.as_mut().expect("joined above").take(BATCH_ROWS).collect();
        if part.is_empty() {
            return Ok(None);
        }
        let mut out = Batch { columns: Vec::new(), rows: part.len() };
        let mut columns = vec![Vec::with_capacity(part.len()); self.slots.len()];
        let mut evidences = Vec::with_capacity(part.len());
        for (key, joined) in part {
            columns.iter_mut().zip(key).for_each(|(column, value)| column.push(value.0));
            evidences.push(joined.finish());
        }
        for (slot, values) in self.slots.iter().zip(columns) {
            out.set(slot.index(), Column::from_values(values));
        }
        out.set(evidence.index(), Column::Values(evidences));
        Ok(Some(out))
    }
}
