//! A spread around locked cells: what the locks leave, in proportion, then repaired until both margins hold.

use std::ops::Range;

use super::fit::pulls;
use super::repair::repair;
use super::{Grid, SpreadRefusal, refuse_margins, spread};
use crate::allocation::proportion::{Bounds, divide};

/// As [`spread`], with some cells given. A table is found whenever there is one.
///
/// What the locks leave is spread over the open cells as near to proportional as both margins admit (iterative
/// proportional fitting), rounded by running sums as in [`spread`]; cells move from there only where the margins
/// require it.
pub fn spread_around(
    rows: &[u64],
    columns: &[u64],
    locks: &Grid<Option<u64>>,
) -> Result<Grid<u64>, SpreadRefusal> {
    if (locks.rows(), locks.columns()) != (rows.len(), columns.len()) {
        return Err(SpreadRefusal::LocksDoNotFit);
    }
    if (0..rows.len()).all(|row| locks.row(row).iter().all(Option::is_none)) {
        return spread(rows, columns);
    }
    refuse_margins(rows, columns)?;
    let mut open = Open::around(rows, columns, locks)?;
    let pulls = pulls(&open.rows, &open.columns, locks);
    for column in 0..columns.len() {
        open.fill(column, &pulls);
    }
    repair(&mut open)?;
    let Open { mut cells, .. } = open;
    for row in 0..rows.len() {
        for (cell, lock) in cells.row_mut(row).iter_mut().zip(locks.row(row)) {
            *cell = lock.unwrap_or(*cell);
        }
    }
    Ok(cells)
}

/// What the locks leave, and how far it is placed.
pub(super) struct Open<'a> {
    pub locks: &'a Grid<Option<u64>>,
    /// What is still to be placed of each row, and of each column.
    pub rows: Vec<u64>,
    pub columns: Vec<u64>,
    /// What is placed in the open cells.
    pub cells: Grid<u64>,
    /// What the locks left of each row at first.
    given_rows: Vec<u64>,
}

impl<'a> Open<'a> {
    pub(super) fn around(
        rows: &[u64],
        columns: &[u64],
        locks: &'a Grid<Option<u64>>,
    ) -> Result<Self, SpreadRefusal> {
        let mut in_columns = vec![0_u128; columns.len()];
        let mut open_rows = Vec::with_capacity(rows.len());
        for (row, &total) in rows.iter().enumerate() {
            let locked: u128 = locks.row(row).iter().flatten().map(|&lock| u128::from(lock)).sum();
            open_rows.push(left(total, locked).map_err(|over| SpreadRefusal::RowExceeded { row, over })?);
            for (sum, lock) in in_columns.iter_mut().zip(locks.row(row)) {
                *sum += u128::from(lock.unwrap_or(0));
            }
        }
        let mut open_columns = Vec::with_capacity(columns.len());
        for (column, (&total, locked)) in columns.iter().zip(in_columns).enumerate() {
            open_columns
                .push(left(total, locked).map_err(|over| SpreadRefusal::ColumnExceeded { column, over })?);
        }
        Ok(Self {
            locks,
            rows: open_rows.clone(),
            columns: open_columns,
            cells: Grid::filled(rows.len(), columns.len(), 0),
            given_rows: open_rows,
        })
    }

    /// Whether a cell has no lock.
    pub fn is_open(&self, row: usize, column: usize) -> bool {
        self.locks.row(row)[column].is_none()
    }

    /// Places as much of a column as its open rows take, the running sum of each near its proportional share.
    fn fill(&mut self, column: usize, pulls: &[u64]) {
        let taking: Vec<usize> = (0..self.rows.len()).filter(|&row| self.is_open(row, column)).collect();
        let room: u64 = taking.iter().map(|&row| self.rows[row]).sum();
        let amount = self.columns[column].min(room);
        if amount == 0 {
            return;
        }
        // Bits by which an amount can be multiplied and still be a weight: the shares need no more precision.
        let shift = self.given_rows.iter().sum::<u64>().leading_zeros().saturating_sub(2);
        let mut weights = Vec::with_capacity(taking.len());
        let mut bounds = Vec::with_capacity(taking.len());
        for &row in &taking {
            let given = self.given_rows[row];
            let reached = given - self.rows[row];
            let so_far = self.open_sum(row, 0..column + 1, pulls);
            let whole_row = so_far + self.open_sum(row, column + 1..pulls.len(), pulls);
            let share = u128::from(given << shift) * so_far / whole_row;
            weights.push(u64::try_from(share).unwrap_or(u64::MAX).max(1));
            bounds.push(Bounds { least: reached, most: given });
        }
        let goal = bounds.iter().map(|bound| bound.least).sum::<u64>() + amount;
        for (&row, share) in taking.iter().zip(divide(goal, &weights, &bounds)) {
            let placed = share - (self.given_rows[row] - self.rows[row]);
            self.cells.row_mut(row)[column] = placed;
            self.rows[row] -= placed;
        }
        self.columns[column] -= amount;
    }

    /// The sum of what belongs to the open columns of a row, within a range.
    fn open_sum(&self, row: usize, range: Range<usize>, amounts: &[u64]) -> u128 {
        range.filter(|&column| self.is_open(row, column)).map(|column| u128::from(amounts[column])).sum()
    }
}

/// What a lock leaves of a total, or by how much it exceeds it.
fn left(total: u64, locked: u128) -> Result<u64, u128> {
    match u64::try_from(locked).ok().and_then(|locked| total.checked_sub(locked)) {
        Some(left) => Ok(left),
        None => Err(locked - u128::from(total)),
    }
}
