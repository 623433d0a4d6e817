//! Limits: a query stops when it is told to, when its time is over, or when it holds too much.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Stops a running query from another thread.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// A token that nobody has used.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells the query to stop; it does so within some thousand rows.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Makes the token fit for the next query.
    pub fn reset(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// Whether somebody has told the query to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a query may take. Nothing is limited by default.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// Stops it from outside.
    pub cancel: CancelToken,
    /// How long it may run.
    pub time: Option<Duration>,
    /// How many bytes its operators may hold at once, about.
    pub memory: Option<usize>,
}

/// Why a query was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// Somebody told it to.
    #[error("the query was cancelled")]
    Cancelled,
    /// Its time was over.
    #[error("the query ran longer than {} s, its limit", .0.as_secs_f64())]
    Time(Duration),
    /// It held too much.
    #[error("the query needs more than {0} bytes of memory, its limit")]
    Memory(usize),
}

/// The limits of one running query. Operators show it what they do.
#[derive(Debug)]
pub struct Token {
    limits: Limits,
    started: Instant,
    held: Cell<usize>,
    steps: Cell<u32>,
}

impl Token {
    /// Starts the clock.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, started: Instant::now(), held: Cell::new(0), steps: Cell::new(0) }
    }

    /// Asks whether to go on. Cheap enough for every batch.
    ///
    /// # Errors
    /// If the query was cancelled or its time is over.
    pub fn check(&self) -> Result<(), Stopped> {
        self.watch().check()
    }

    /// What each of several threads may take that work for this query: the rest of its time, and a share of the rest of
    /// its memory.
    #[must_use]
    pub fn share(&self, threads: usize) -> Limits {
        Limits {
            cancel: self.limits.cancel.clone(),
            time: self.limits.time.map(|time| time.saturating_sub(self.started.elapsed())),
            memory: self.limits.memory.map(|memory| memory.saturating_sub(self.held.get()) / threads.max(1)),
        }
    }

    /// Why a thread stopped that had a share, in terms of what the query itself may take.
    #[must_use]
    pub fn as_told(&self, stopped: Stopped) -> Stopped {
        match (stopped, self.limits.time, self.limits.memory) {
            (Stopped::Time(_), Some(time), _) => Stopped::Time(time),
            (Stopped::Memory(_), _, Some(memory)) => Stopped::Memory(memory),
            (stopped, ..) => stopped,
        }
    }

    /// The same question for other threads.
    #[must_use]
    pub fn watch(&self) -> Watch<'_> {
        Watch { limits: &self.limits, started: self.started }
    }

    /// Asks whether to go on, once in a thousand calls: for inner loops.
    ///
    /// # Errors
    /// As [`Token::check`].
    pub fn step(&self) -> Result<(), Stopped> {
        let steps = self.steps.get().wrapping_add(1);
        self.steps.set(steps);
        if steps.is_multiple_of(1024) { self.check() } else { Ok(()) }
    }

    /// Notes that an operator holds so many bytes more.
    ///
    /// # Errors
    /// If that is too much.
    pub fn hold(&self, bytes: usize) -> Result<(), Stopped> {
        self.held.set(self.held.get().saturating_add(bytes));
        match self.limits.memory {
            Some(limit) if self.held.get() > limit => Err(Stopped::Memory(limit)),
            _ => Ok(()),
        }
    }

    /// The bytes that the query's operators hold, about.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.get()
    }

    /// Notes that so many bytes are free again.
    pub fn release(&self, bytes: usize) {
        self.held.set(self.held.get().saturating_sub(bytes));
    }
}

/// Whether a running query may go on: what threads that help it ask.
#[derive(Clone, Copy, Debug)]
pub struct Watch<'t> {
    limits: &'t Limits,
    started: Instant,
}

impl Watch<'_> {
    /// Asks whether to go on.
    ///
    /// # Errors
    /// As [`Token::check`].
    pub fn check(self) -> Result<(), Stopped> {
        if self.limits.cancel.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        match self.limits.time {
            Some(limit) if self.started.elapsed() > limit => Err(Stopped::Time(limit)),
            _ => Ok(()),
        }
    }
}
