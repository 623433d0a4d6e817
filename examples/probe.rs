//! scratch: stage times
use std::time::Instant;
use griot::{Parameters, Session, graph::{GraphBuilder, Graph}};
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let mut b = GraphBuilder::new();
    let label = b.label("Actor");
    let keys: Vec<_> = ["id", "name", "kind", "country", "founded", "strength"].iter().map(|k| b.key(k)).collect();
    b.index_nodes_by(keys[1]);
    let mut ids = vec![];
    let text = std::fs::read_to_string(format!("{dir}/nodes.csv")).unwrap();
    for l in text.lines().skip(1) {
        let f: Vec<&str> = l.split(',').collect();
        let n = b.add_node("", &[label]);
        ids.push(n);
        for (i, k) in keys.iter().enumerate() {
            if [0, 4, 5].contains(&i) { b.set_node_property(n, *k, &griot::model::Value::Int(f[i].parse().unwrap())) } else { b.set_node_property(n, *k, &f[i].into()) }
        }
    }
    let (since, until) = (b.key("since"), b.key("until"));
    let text = std::fs::read_to_string(format!("{dir}/edges.csv")).unwrap();
    for l in text.lines().skip(1) {
        let f: Vec<&str> = l.split(',').collect();
        let t = b.relation_type(f[2]);
        let e = b.add_edge(t, ids[f[0].parse::<usize>().unwrap()], ids[f[1].parse::<usize>().unwrap()]);
        b.set_edge_property(e, since, &griot::model::Value::Int(f[3].parse().unwrap()));
        b.set_edge_property(e, until, &griot::model::Value::Int(f[4].parse().unwrap()));
    }
    let g = Graph::from(b.freeze());
    eprintln!("loaded");
    let qs: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(std::env::args().nth(2).unwrap()).unwrap()).unwrap();
    let only = std::env::args().nth(3).unwrap_or_default();
    let none = Parameters::default();
    let mut s = Session::new(g).rows_only();
    for q in qs.as_array().unwrap() {
        let id = q["id"].as_str().unwrap();
        if !only.is_empty() && !only.split(',').any(|o| o == id) { continue }
        let text = q["texts"][0].as_str().unwrap();
        let med = |f: &mut dyn FnMut()| { let mut v: Vec<f64> = vec![]; let t0 = Instant::now(); for _ in 0..200 { let t = Instant::now(); f(); v.push(t.elapsed().as_secs_f64() * 1e6); if t0.elapsed().as_secs_f64() > 2.0 { break } } v.sort_by(f64::total_cmp); v[v.len() / 2] };
        let parse = med(&mut || { griot::query::syntax::parse_query(text).unwrap(); });
        let prep = med(&mut || { s.prepare(text).unwrap(); });
        let p = s.prepare(text).unwrap();
        if ["A08"].contains(&id) || id == "A11" { println!("{id} parse {parse:.1} prepare {prep:.1}"); continue }
        let mut rows = 0;
        let ex = med(&mut || { rows = s.execute(&p, &none).unwrap().rows.len(); });
        let run = med(&mut || { s.run(text, &none).unwrap(); });
        println!("{id} parse {parse:.1} prepare {prep:.1} execute {ex:.1} run {run:.1} us rows {rows}");
    }
}
