//! A year among children and months at once: a table of whole units with both margins exact.

mod around;
mod fit;
mod grid;
mod repair;

pub use around::spread_around;
pub use grid::Grid;

use super::proportion::{Bounds, divide};

/// Why no table has these margins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpreadRefusal {
    /// The rows and the columns do not have the same sum.
    MarginsDiffer {
        /// The sum of the rows.
        rows: u128,
        /// The sum of the columns.
        columns: u128,
    },
    /// The sum is more than `u64` units.
    TooLarge,
    /// The table of locks does not have a cell for each row and column.
    LocksDoNotFit,
    /// The locks of a row exceed its total.
    RowExceeded {
        /// The place of the row.
        row: usize,
        /// By how many units.
        over: u128,
    },
    /// The locks of a column exceed its total.
    ColumnExceeded {
        /// The place of the column.
        column: usize,
        /// By how many units.
        over: u128,
    },
    /// What the locks leave of some rows can go to some columns only, and is more than the locks leave there.
    Blocked {
        /// The places of the rows.
        rows: Vec<usize>,
        /// The only columns they can go to; empty where these rows are locked everywhere.
        columns: Vec<usize>,
        /// By how many units it is more.
        short: u64,
    },
}

/// A table of whole units whose rows sum to `rows` and whose columns sum to `columns`, in units of the caller's
/// choice.
///
/// Column by column, the part of each row reached so far is its exact share `row × columns so far / total`, by
/// the bounded largest remainder of `domain.md` §4 with what was reached before as the minimum. So a cell is
/// never negative, and it strays from the proportional only as far as rounding the running sums requires.
///
/// ```
/// use dacheng_domain::allocation::spread;
/// let months = spread(&[7, 5], &[4, 4, 4]).unwrap();
/// assert_eq!([months.row(0), months.row(1)], [[2, 3, 2], [2, 1, 2]]);
/// ```
pub fn spread(rows: &[u64], columns: &[u64]) -> Result<Grid<u64>, SpreadRefusal> {
    refuse_margins(rows, columns)?;
    let mut cells = Grid::filled(rows.len(), columns.len(), 0);
    let mut so_far = 0;
    let mut reached = vec![0; rows.len()];
    for (column, amount) in columns.iter().enumerate() {
        so_far += amount;
        let bounds: Vec<Bounds> =
            reached.iter().zip(rows).map(|(&least, &most)| Bounds { least, most }).collect();
        let next = divide(so_far, rows, &bounds);
        for (row, (now, before)) in next.iter().zip(&reached).enumerate() {
            cells.row_mut(row)[column] = now - before;
        }
        reached = next;
    }
    Ok(cells)
}

fn refuse_margins(rows: &[u64], columns: &[u64]) -> Result<(), SpreadRefusal> {
    let sum = |amounts: &[u64]| amounts.iter().map(|&amount| u128::from(amount)).sum();
    let (rows, columns): (u128, u128) = (sum(rows), sum(columns));
    if rows != columns {
        return Err(SpreadRefusal::MarginsDiffer { rows, columns });
    }
    if rows > u128::from(u64::MAX) { Err(SpreadRefusal::TooLarge) } else { Ok(()) }
}
