//! The whole suite: finds the feature files, runs every scenario, and keeps the floor.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use std::{fs, io, thread};

use super::gherkin::{self, Scenario};
use super::scenario::{self, Passed};

/// How long one scenario may take.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// How many scenarios run at once.
const WORKERS: usize = 2;
/// The stack of a scenario's thread: deeply nested queries are the engine's business, not the runner's.
const STACK_BYTES: usize = 16 << 20;

/// A scenario and where it stands, or a file that cannot be read.
pub struct Case {
    /// The file, from the folder of features.
    pub file: String,
    /// The scenario; an unreadable file counts as one that failed for this reason.
    pub scenario: Result<Scenario, String>,
}

/// A case and how it ended.
pub type Ended = (Case, Result<Passed, String>);

/// All scenarios of all feature files under a folder, in the order of their paths.
pub fn collect(features: &Path) -> io::Result<Vec<Case>> {
    let mut files = Vec::new();
    find_features(features, &mut files)?;
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let file = path.strip_prefix(features).unwrap_or(&path).display().to_string();
        match gherkin::read(&fs::read_to_string(&path)?) {
            Ok(feature) => cases.extend(
                feature.scenarios.into_iter().map(|scenario| Case { file: file.clone(), scenario: Ok(scenario) }),
            ),
            Err(error) => cases.push(Case { file, scenario: Err(format!("unreadable file: {error}")) }),
        }
    }
    Ok(cases)
}

fn find_features(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.is_file() {
        files.push(folder.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find_features(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "feature") {
            files.push(path);
        }
    }
    Ok(())
}

/// Runs every case, two at a time, and gives them back in their order.
pub fn run(cases: Vec<Case>, graphs: &Path) -> Vec<Ended> {
    let next = AtomicUsize::new(0);
    let results: Mutex<BTreeMap<usize, Result<Passed, String>>> = Mutex::default();
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = cases.get(index) else { return };
                    let result = match &case.scenario {
                        Ok(scenario) => run_guarded(scenario, graphs),
                        Err(reason) => Err(reason.clone()),
                    };
                    results.lock().expect("no worker panics").insert(index, result);
                }
            });
        }
    });
    let results = results.into_inner().expect("no worker panics");
    cases.into_iter().zip(results.into_values()).collect()
}

/// Runs a scenario on a thread of its own, which is left behind when its time is up.
fn run_guarded(scenario: &Scenario, graphs: &Path) -> Result<Passed, String> {
    let (sender, receiver) = mpsc::channel();
    let (scenario, graphs) = (Arc::new(scenario.clone()), graphs.to_owned());
    let work = move || {
        let ended = catch_unwind(AssertUnwindSafe(|| scenario::run(&scenario, &graphs)));
        let _ = sender.send(ended.unwrap_or_else(|payload| Err(format!("panic: {}", panic_text(payload.as_ref())))));
    };
    let spawned = thread::Builder::new().stack_size(STACK_BYTES).spawn(work);
    spawned.map_err(|error| format!("no thread: {error}"))?;
    receiver.recv_timeout(TIME_LIMIT).unwrap_or_else(|_| Err(format!("not done within {} s", TIME_LIMIT.as_secs())))
}

fn panic_text(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("without words")
}

/// What is left to do: reasons by how often they occur, then each failing scenario with its query.
pub fn report(ended: &[Ended]) -> String {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut details = String::new();
    for (case, result) in ended {
        let (mark, reason) = match result {
            Ok(Passed::Strictly) => continue,
            Ok(Passed::OtherDetail(reason)) => ("DETAIL", reason),
            Err(reason) => ("FAILED", reason),
        };
        let head = reason.lines().next().unwrap_or_default();
        *reasons.entry(format!("{mark} {head}")).or_default() += 1;
        let _ = writeln!(details, "{mark} {}\n    {}", place(case), reason.replace('\n', "\n    "));
        let queries = case.scenario.iter().flat_map(|scenario| &scenario.steps);
        for step in queries.filter(|step| step.doc.is_some()) {
            let query = step.doc.as_deref().unwrap_or_default().replace('\n', "\n    > ");
            let _ = writeln!(details, "    {}\n    > {query}", step.text);
        }
    }
    let mut by_count: Vec<_> = reasons.into_iter().collect();
    by_count.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let summary = by_count.iter().fold(String::new(), |text, (reason, count)| text + &format!("{count:5} {reason}\n"));
    format!("{summary}\n{details}")
}

/// `clauses/match/Match1.feature:40 [1] Name, example 2`.
pub fn place(case: &Case) -> String {
    match &case.scenario {
        Ok(scenario) => {
            let example = scenario.example.map_or_else(String::new, |number| format!(", example {number}"));
            format!("{}:{} {}{example}", case.file, scenario.line, scenario.name)
        }
        Err(_) => case.file.clone(),
    }
}
