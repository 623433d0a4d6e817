//! Ctrl-C: the first asks the running query to stop; one more that finds nothing stopped ends griot.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::failure::Failure;

/// How often Ctrl-C was pressed since somebody last looked.
#[derive(Clone, Debug, Default)]
pub struct Interrupts(Arc<AtomicUsize>);

impl Interrupts {
    /// Forgets what was pressed.
    pub fn forget(&self) {
        self.0.store(0, Ordering::SeqCst);
    }
}

/// Calls `cancel` at the first Ctrl-C; after `patience` of them without an end griot stops.
pub fn on_interrupt(patience: usize, cancel: impl Fn() + Send + 'static) -> Result<Interrupts, Failure> {
    let interrupts = Interrupts::default();
    let Interrupts(count) = interrupts.clone();
    let handler = move || {
        if count.fetch_add(1, Ordering::SeqCst) >= patience {
            std::process::exit(130);
        }
        cancel();
    };
    ctrlc::set_handler(handler).map_err(|error| Failure::Outside(format!("cannot listen for Ctrl-C: {error}")))?;
    Ok(interrupts)
}
