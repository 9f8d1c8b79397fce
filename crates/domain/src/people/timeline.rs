//! A value that changes from day to day, found by binary search. What the values mean lives with their users.

use jiff::civil::Date;

use super::Span;

/// Values by their first day. Each holds until the next begins; the first also holds before its first day, so
/// that late and early facts find the nearest value.
#[derive(Debug, Clone)]
pub(super) struct Timeline<T>(Vec<(Date, T)>);

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: PartialEq> Timeline<T> {
    /// Values with their first days, in order of days. Repeated values become one.
    pub(super) fn new(steps: impl IntoIterator<Item = (Date, T)>) -> Self {
        let mut kept: Vec<(Date, T)> = steps.into_iter().collect();
        kept.dedup_by(|later, earlier| later.1 == earlier.1);
        Self(kept)
    }

    /// The value in force on that day, or the nearest one; `None` only where there is none at all.
    pub(super) fn at(&self, day: Date) -> Option<&T> {
        let begun = self.0.partition_point(|(first, _)| *first <= day);
        self.0.get(begun.saturating_sub(1)).map(|(_, value)| value)
    }

    /// The values in force on any day of the span, with their first days; the first of them may begin before it.
    pub(super) fn during(&self, span: Span) -> &[(Date, T)] {
        let begun = self.0.partition_point(|(first, _)| *first <= span.first());
        let end = self.0.partition_point(|(first, _)| span.to().is_none_or(|to| *first < to));
        let start = begun.saturating_sub(1);
        &self.0[start..end.max((start + 1).min(self.0.len()))]
    }

    /// Every value with the days on which it is the answer: together they are all days.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (Span, &T)> {
        let ends = self.0.iter().skip(1).map(|(first, _)| Some(*first)).chain([None]);
        self.0.iter().zip(ends).enumerate().filter_map(|(at, ((first, value), end))| {
            let from = if at == 0 { None } else { Some(*first) };
            Span::new(from, end).map(|span| (span, value))
        })
    }
}
