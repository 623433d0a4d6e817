//! Loading: tables to a graph, a graph to a file, and a file opened for one question.

use std::fs::File;
use std::io::BufWriter;

use criterion::{Criterion, Throughput};
use griot::graph::Graph;
use griot::tables::import;
use griot::{Parameters, Session};

use super::generated;

pub fn loading(criterion: &mut Criterion) {
    let folder = generated::folder();
    let options = generated::options(folder.path());
    let tables =
        ["nodes.csv", "edges.csv"].map(|name| std::fs::metadata(folder.path().join(name)).map_or(0, |it| it.len()));
    let mut group = criterion.benchmark_group("loading");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(tables.iter().sum()));
    group.bench_function("import tables", |bencher| bencher.iter(|| import(&options, &mut |_| true).is_ok()));
    let store = import(&options, &mut |_| true).unwrap_or_else(|_| panic!("the tables are right"));
    let path = folder.path().join("graph.griot");
    let write =
        || griot::storage::write_packed(&store, BufWriter::new(File::create(&path).expect("a folder of our own")));
    group.bench_function("write the file", |bencher| bencher.iter(|| write().is_ok()));
    write().expect("a folder of our own");
    group.throughput(Throughput::Elements(1));
    group.bench_function("open the file and find an actor", |bencher| {
        bencher.iter(|| {
            let file = File::open(&path).expect("written above");
            let mut session =
                Session::new(Graph::from(griot::storage::open_file(file).expect("a whole file"))).rows_only();
            let text = format!("MATCH (a:Actor {{name: '{}'}}) RETURN a.id", generated::name(4711));
            let mut rows = 0;
            session.read(&text, &Parameters::default(), &mut |part| {
                rows += part.len();
                true
            })?;
            Ok::<_, griot::Failure>(rows)
        });
    });
    group.finish();
}
