//! Would the differential fuzz find a fault? Random cases are drawn, and where an answer comes past the places of some
//! of [`griot::query::faults`], each of these is put in, until one case tells of it. Without a fault no case tells.
//! Always the same cases, so that it is the change and not the day that decides.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use griot::query::faults::{ALL, Fault, inject, is_reached};
use griot_fuzz::case::{self, Case, Expected};
use griot_fuzz::chance;
use griot_fuzz::driver::Chance;

/// So many cases must be enough to find all: twice as many as it takes.
const CASES: usize = 60_000;

/// How many bytes of chance a case is drawn from.
const BYTES: usize = 3072;

/// The faults that nobody has found so far, and by how many cases each was reached.
struct Search {
    unfound: Vec<(Fault, usize)>,
    started: Instant,
}

/// How the engine with a fault, or none, says something else than the naive matcher; a panic is something else.
fn difference(fault: Option<Fault>, case: &Case, expected: &Expected) -> Option<String> {
    inject(fault);
    catch_unwind(AssertUnwindSafe(|| expected.holds(case).err())).unwrap_or_else(|_| Some("a panic".to_owned()))
}

impl Search {
    /// Tries one case with all the faults that it reaches; the difference, if it shows one without any.
    fn try_case(&mut self, number: usize, case: &Case) -> Option<String> {
        let expected = case::expected(case)?;
        let found = difference(None, case, &expected);
        if found.is_some() {
            return found;
        }
        let reached: Vec<Fault> =
            self.unfound.iter().map(|(fault, _)| *fault).filter(|fault| is_reached(*fault)).collect();
        for fault in reached {
            let at = self.unfound.iter().position(|(other, _)| *other == fault).expect("it is looked for");
            self.unfound[at].1 += 1;
            if difference(Some(fault), case, &expected).is_some() {
                let (_, reached) = self.unfound.remove(at);
                let seconds = self.started.elapsed().as_secs_f64();
                println!("{fault:?}: found by case {number}, the {reached}. that comes past it, after {seconds:.1} s");
            }
        }
        inject(None);
        None
    }
}

/// Looks for all faults; the exit code.
fn look() -> i32 {
    let mut bytes = Chance(2026);
    let mut search = Search { unfound: ALL.iter().map(|fault| (*fault, 0)).collect(), started: Instant::now() };
    std::panic::set_hook(Box::new(|_| {}));
    let mut number = 0;
    while number < CASES && !search.unfound.is_empty() {
        number += 1;
        let case = chance::case(&bytes.bytes(BYTES));
        if let Some(difference) = search.try_case(number, &case) {
            println!("case {number} tells of a fault that nobody put in: {case:?}\n{difference}");
            return 1;
        }
    }
    let _ = std::panic::take_hook();
    for (fault, reached) in &search.unfound {
        println!("{fault:?}: NOT FOUND in {CASES} cases, {reached} of which come past it");
    }
    let (all, seconds) = (ALL.len(), search.started.elapsed().as_secs());
    println!("deliberate faults: {} of {all} found with {number} cases in {seconds} s", all - search.unfound.len());
    i32::from(!search.unfound.is_empty())
}

/// libFuzzer has the `main` of this build: it is left before it begins to fuzz.
#[cfg(feature = "libfuzzer")]
fn leave() {
    std::process::exit(look());
}

#[cfg(feature = "libfuzzer")]
griot_fuzz::libfuzzer_sys::fuzz_target!(init: leave(), |_bytes| ());

#[cfg(not(feature = "libfuzzer"))]
fn main() {
    std::process::exit(look());
}
