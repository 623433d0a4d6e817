//! A fuzz driver without coverage, for machines where libFuzzer cannot be built: every input of the corpus, then
//! mutations of them until the time is up. It takes the options of libFuzzer that `fuzz/run` gives: folders of inputs,
//! `-max_total_time=SECONDS` and `-seed=NUMBER`. An input that panics is written to `crash-NAME`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs};

/// No input is longer.
const LONGEST: usize = 4096;

/// Numbers by chance: SplitMix64 (Steele, Lea and Flood, 2014).
pub struct Chance(pub u64);

impl Chance {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound above 0.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).expect("it is below a usize")
    }

    /// Some bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next() as u8).collect()
    }
}

struct Options {
    folders: Vec<String>,
    time: Duration,
    seed: u64,
}

fn options() -> Options {
    let mut options = Options { folders: Vec::new(), time: Duration::from_secs(60), seed: 1 };
    for argument in env::args().skip(1) {
        match argument.strip_prefix('-').and_then(|option| option.split_once('=')) {
            Some(("max_total_time", seconds)) => {
                options.time = Duration::from_secs(seconds.parse().expect("a number of seconds"));
            }
            Some(("seed", seed)) => options.seed = seed.parse().expect("a number"),
            Some(_) => {}
            None => options.folders.push(argument),
        }
    }
    options
}

fn inputs(folder: &str) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

/// Runs a target; fails if an input makes it panic.
pub fn main(name: &str, one: fn(&[u8])) -> ExitCode {
    let options = options();
    let mut corpus: Vec<Vec<u8>> = options.folders.iter().flat_map(|folder| inputs(folder)).collect();
    if corpus.is_empty() {
        corpus.push(Vec::new());
    }
    let (started, mut chance, mut count) = (Instant::now(), Chance(options.seed), 0u64);
    let mut first = corpus.clone().into_iter();
    while started.elapsed() < options.time || first.len() > 0 {
        let input = first.next().unwrap_or_else(|| mutated(&corpus, &mut chance));
        count += 1;
        if catch_unwind(AssertUnwindSafe(|| one(&input))).is_err() {
            let path = format!("crash-{name}");
            fs::write(Path::new(&path), &input).expect("the input can be kept");
            eprintln!("{name}: input {count} panics; it is kept in {path}");
            return ExitCode::FAILURE;
        }
    }
    eprintln!("{name}: {count} inputs in {} s, without libFuzzer", started.elapsed().as_secs());
    ExitCode::SUCCESS
}

/// One input of the corpus, changed in some places.
fn mutated(corpus: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut input = corpus[chance.below(corpus.len())].clone();
    for _ in 0..=chance.below(6) {
        mutate(&mut input, corpus, chance);
    }
    input.truncate(LONGEST);
    input
}

fn mutate(input: &mut Vec<u8>, corpus: &[Vec<u8>], chance: &mut Chance) {
    let at = chance.below(input.len() + 1);
    let end = (at + 1 + chance.below(16)).min(input.len());
    match chance.below(6) {
        0 if at < input.len() => input[at] ^= 1 << chance.below(8),
        1 if at < input.len() => input[at] = chance.next() as u8,
        2 if at < end => drop(input.drain(at..end)),
        3 if at < end => {
            let again = input[at..end].to_vec();
            input.splice(at..at, again);
        }
        4 => {
            let other = &corpus[chance.below(corpus.len())];
            let from = chance.below(other.len() + 1);
            let part = other[from..(from + chance.below(64)).min(other.len())].to_vec();
            input.splice(at..at, part);
        }
        _ => {
            let count = 1 + chance.below(8);
            let part = chance.bytes(count);
            input.splice(at..at, part);
        }
    }
}
