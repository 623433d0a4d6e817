//! The built-in knowledge base from the start of the process to its answer.

use std::process::{Command, Stdio};

use criterion::Criterion;

pub fn starting(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("process");
    for (name, text) in
        [("lineage", "lineage from MUJAO to ISGS"), ("network", "groups sharing network of Iyad Ag Ghali")]
    {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut griot = Command::new(env!("CARGO_BIN_EXE_griot"));
                griot.args(["ask", text]).stdout(Stdio::null()).status().is_ok_and(|status| status.success())
            });
        });
    }
    group.finish();
}
