//! Faults of ours: a panic is caught, and told as what it is.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Mutex;

use super::failure::Failure;
use crate::storage::StorageError;

/// What the last panic said, and where.
static SAID: Mutex<String> = Mutex::new(String::new());

/// Runs something, and makes a failure of a panic. With `RUST_BACKTRACE` set, the panic shows its backtrace first.
pub fn caught<T>(run: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    if std::env::var_os("RUST_BACKTRACE").is_none_or(|value| value == "0") {
        panic::set_hook(Box::new(remember));
    }
    // What was half done is not used again: the process ends with the failure.
    panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panicked| {
        // A part of a graph file that cannot be read when it is first asked for: see `storage::guarded`.
        if let Some(error) = panicked.downcast_ref::<StorageError>() {
            return Err(Failure::Outside(error.to_string()));
        }
        let said = SAID.lock().map(|said| said.clone()).unwrap_or_default();
        Err(Failure::Bug(said))
    })
}

fn remember(panic: &PanicHookInfo<'_>) {
    let message = panic.payload_as_str().unwrap_or("panicked");
    let place = panic.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
    if let Ok(mut said) = SAID.lock() {
        *said = format!("{message}{place}");
    }
}
