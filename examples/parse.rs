//! scratch
fn main() {
    let qs: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap()).unwrap();
    let n: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    for q in qs.as_array().unwrap() {
        let text = q["texts"][0].as_str().unwrap();
        let t = std::time::Instant::now();
        for _ in 0..n { griot::query::syntax::parse_query(text).unwrap(); }
        println!("{} {:.1} us", q["id"], t.elapsed().as_secs_f64() * 1e6 / n as f64);
    }
}
