//! Ctrl-C: the first asks the running query to stop, the second stops griot.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::failure::Failure;

/// Calls `cancel` at the first Ctrl-C. The flag tells afterwards whether there was one.
pub fn on_interrupt(cancel: impl Fn() + Send + 'static) -> Result<Arc<AtomicBool>, Failure> {
    let was_interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&was_interrupted);
    let handler = move || {
        if flag.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        cancel();
    };
    ctrlc::set_handler(handler).map_err(|error| Failure::Outside(format!("cannot listen for Ctrl-C: {error}")))?;
    Ok(was_interrupted)
}
