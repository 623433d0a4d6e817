use griot::{diagnostics::{render, Format}, kb};
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let now = std::time::Instant::now();
    let files = kb::read_dir(std::path::Path::new(&dir)).unwrap();
    let loaded = kb::load(files);
    let t = now.elapsed();
    let f = if std::env::args().nth(2).is_some() { Format::Concise } else { Format::Full { colour: false } };
    println!("{}", render(&loaded.diagnostics, &loaded.sources, f));
    println!("{:?} {:?}", loaded.report, t);
}
