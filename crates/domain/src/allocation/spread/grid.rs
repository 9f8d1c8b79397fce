//! A table of rows and columns.

/// A table with as many cells in every row.
///
/// ```
/// use dacheng_domain::allocation::Grid;
/// let mut locks = Grid::filled(2, 3, None);
/// locks.row_mut(1)[2] = Some(7);
/// assert_eq!(locks.row(1), [None, None, Some(7)]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid<T> {
    rows: usize,
    columns: usize,
    cells: Vec<T>,
}

impl<T: Clone> Grid<T> {
    /// The same value in every cell.
    pub fn filled(rows: usize, columns: usize, value: T) -> Self {
        Self { rows, columns, cells: vec![value; rows * columns] }
    }
}

impl<T> Grid<T> {
    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The cells of a row, by column. The row is one of the table.
    pub fn row(&self, row: usize) -> &[T] {
        &self.cells[row * self.columns..][..self.columns]
    }

    /// The cells of a row, to be changed. The row is one of the table.
    pub fn row_mut(&mut self, row: usize) -> &mut [T] {
        &mut self.cells[row * self.columns..][..self.columns]
    }
}
