//! The sum rule over time: the year is its quarters is its months.

/// The cells of an owner's year, in minor units, in the order of the fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearCells {
    /// The whole year.
    pub year: i64,
    /// Q1 to Q4.
    pub quarters: [i64; 4],
    /// The twelve months.
    pub months: [i64; 12],
}

/// A cell that does not sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodMismatch {
    /// Which.
    pub cell: YearCell,
    /// What it says.
    pub stated: i64,
    /// What its months sum to.
    pub months: i128,
}

/// A cell that is a sum of months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearCell {
    /// The year.
    Year,
    /// The quarter, 1 to 4.
    Quarter(u8),
}

impl YearCells {
    /// Checks year = quarters = months (`domain.md` §3), naming every cell that differs from its months.
    ///
    /// ```
    /// use dacheng_domain::allocation::{YearCell, YearCells};
    /// let year = YearCells { year: 120, quarters: [30, 30, 31, 30], months: [10; 12] };
    /// let wrong = year.check().unwrap_err();
    /// assert_eq!(wrong.len(), 1);
    /// assert_eq!((wrong[0].cell, wrong[0].stated, wrong[0].months), (YearCell::Quarter(3), 31, 30));
    /// ```
    pub fn check(&self) -> Result<(), Vec<PeriodMismatch>> {
        let quarters = (1..).map(YearCell::Quarter).zip(self.quarters).zip(self.months.chunks(3));
        let year = ((YearCell::Year, self.year), self.months.as_slice());
        let mut wrong = Vec::new();
        for ((cell, stated), months) in std::iter::once(year).chain(quarters) {
            let months = months.iter().map(|&month| i128::from(month)).sum();
            if i128::from(stated) != months {
                wrong.push(PeriodMismatch { cell, stated, months });
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_that_sums_passes_and_every_cell_that_does_not_is_named() {
        let year = YearCells {
            year: 78,
            quarters: [6, 15, 24, 33],
            months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        };
        assert_eq!(year.check(), Ok(()));
        let months = YearCells { months: [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], ..year };
        let cells: Vec<YearCell> = months.check().unwrap_err().iter().map(|wrong| wrong.cell).collect();
        assert_eq!(cells, [YearCell::Year, YearCell::Quarter(1)]);
    }
}
