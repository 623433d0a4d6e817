//! Decisions of the generator, drawn from a list of numbers, so that proptest shrinks a query by shrinking the list:
//! what is not there is 0, and 0 stands for the plainest choice everywhere.

/// A source of decisions.
pub struct Draws<'a> {
    numbers: &'a [u16],
    at: usize,
}

impl<'a> Draws<'a> {
    /// Draws from a list.
    pub fn new(numbers: &'a [u16]) -> Self {
        Self { numbers, at: 0 }
    }

    /// A number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % count.max(1)
    }

    /// True once in `of` times, and never when the numbers have run out.
    pub fn once_in(&mut self, of: usize) -> bool {
        self.below(of) == of - 1
    }

    /// One of some things.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// Whether the numbers have run out.
    pub fn is_empty(&self) -> bool {
        self.at >= self.numbers.len()
    }
}
