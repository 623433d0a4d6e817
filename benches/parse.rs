//! How parsing time grows with what nests: each form at 64, 128, 256 and (nearly) 512 levels, and a long flat text at
//! four lengths. Criterion reports bytes a second, which stay level where time is linear; nothing is asserted here
//! (`tests/syntax_limits.rs` counts the parser's steps instead).
//!
//! `cargo bench --bench parse`

#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use griot::query::syntax::{MAX_DEPTH, parse, parse_expression};

/// A form that nests: its name, what opens a level, what stands innermost, what closes it, and how many levels of depth
/// it takes.
type Form = (&'static str, &'static str, &'static str, &'static str, usize);

const EXPRESSIONS: [Form; 6] = [
    ("lists", "[", "1", "]", 1),
    ("comprehensions", "[x IN ", "xs", " WHERE x > 1 | x]", 1),
    ("subscripts", "x[", "1", "]", 1),
    ("parentheses", "(", "1", ")", 1),
    ("patterns in patterns", "[(a)-[r:T]->(b) WHERE size(", "x", ") > 1 | b]", 2),
    ("patterns in nodes", "[(a:A {x: 1} WHERE ", "x", ")-[r:T]->(b) | b]", 2),
];

fn nested(form: &Form, levels: usize) -> String {
    let (_, open, inner, close, _) = form;
    format!("{}{inner}{}", open.repeat(levels), close.repeat(levels))
}

fn nesting(criterion: &mut Criterion) {
    for form in &EXPRESSIONS {
        let mut group = criterion.benchmark_group(format!("nested {}", form.0));
        group.measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(500)).sample_size(20);
        let most = MAX_DEPTH / form.4;
        // From 65 levels on a text is parsed on a thread of its own, whose start would stand out among short ones.
        for levels in [most / 4, most / 2, most - 1] {
            let text = nested(form, levels);
            parse_expression(&text).unwrap_or_else(|faults| panic!("{levels} levels of {}: {faults:?}", form.0));
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::from_parameter(levels), &text, |bencher, text| {
                bencher.iter(|| parse_expression(black_box(text)));
            });
        }
    }
}

fn lengths(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("long patterns");
    group.measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(500)).sample_size(20);
    for hops in [125, 250, 500, 1000] {
        let text = format!("MATCH (a){} RETURN a", "-[r:T {i: 1}]->(b:B)".repeat(hops));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(hops), &text, |bencher, text| {
            bencher.iter(|| parse(black_box(text)));
        });
    }
}

criterion_group!(benches, nesting, lengths);
criterion_main!(benches);
