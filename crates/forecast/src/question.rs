//! What is asked of a series: the sum of some months ahead.

/// Months ahead of the last complete one, added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Question {
    /// How many months lie between the last complete month and the first that is asked for.
    pub skipped: usize,
    /// How many months are asked for; at least one.
    pub months: usize,
    /// What belongs to the sum and is known: the complete months of a year that runs. Minor units.
    pub known: i64,
}

impl Question {
    /// The next month, which is the running one.
    pub const NEXT: Self = Self { skipped: 0, months: 1, known: 0 };

    /// Some months from the next one on.
    pub const fn next(months: usize) -> Self {
        Self { skipped: 0, months, known: 0 }
    }

    /// How many months ahead the last one lies.
    pub(crate) const fn span(self) -> usize {
        self.skipped + self.months
    }
}
