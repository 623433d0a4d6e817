//! What each part of the engine costs, with criterion: making questions ready, loading, each operator, each kind of
//! question on a generated graph, and the built-in knowledge base from the start of the process. Nothing is asserted
//! here, and nothing is compared with another engine: that is what the harness of peers does (`benches/README.md`).
//!
//! `cargo bench --bench engine`, or a part of it: `cargo bench --bench engine -- operators`

#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};

mod generated;
mod loading;
mod operators;
mod preparing;
mod questions;
mod starting;

fn config() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
}

criterion_group! {
    name = benches;
    config = config();
    targets = preparing::preparing, loading::loading, operators::operators, questions::questions,
        questions::statements, questions::statements_beside_core, starting::starting
}
criterion_main!(benches);
