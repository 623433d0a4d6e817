//! Would the differential fuzz find a fault? Each of [`griot::query::faults`] is put in, and cases are drawn until one
//! tells. Without any, none of as many cases does.

#![cfg_attr(feature = "libfuzzer", no_main)]

use std::panic::{AssertUnwindSafe, catch_unwind};

use griot::query::faults::{ALL, Fault, inject};
use griot_fuzz::case;
use griot_fuzz::driver::Chance;

/// So many cases must be enough to find any.
const CASES: usize = 60_000;

/// How many bytes of chance a case is drawn from.
const BYTES: usize = 2048;

/// The number of the first case that tells; an engine that panics tells as well.
fn found(fault: Option<Fault>, cases: usize) -> Option<usize> {
    let mut chance = Chance(2026);
    inject(fault);
    let found = (1..=cases).find(|_| {
        let Some(case) = case::from_bytes(&chance.bytes(BYTES)) else { return false };
        catch_unwind(AssertUnwindSafe(|| case::compared(&case).is_err())).unwrap_or(true)
    });
    inject(None);
    found
}

/// Looks for all faults; how many were not found.
fn look() -> i32 {
    let mut unfound = 0usize;
    let mut most = 0;
    std::panic::set_hook(Box::new(|_| {}));
    for fault in ALL {
        match found(Some(*fault), CASES) {
            Some(case) => {
                most = most.max(case);
                println!("{fault:?}: found by case {case}");
            }
            None => {
                unfound += 1;
                println!("{fault:?}: NOT FOUND in {CASES} cases");
            }
        }
    }
    let _ = std::panic::take_hook();
    if let Some(case) = found(None, most) {
        println!("without a fault, case {case} tells: a fault that nobody put in");
        unfound += 1;
    }
    println!("deliberate faults: {} of {} found", ALL.len().saturating_sub(unfound), ALL.len());
    i32::from(unfound > 0)
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
