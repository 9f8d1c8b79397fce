//! Moves what a spread could not place, along rows that can make room. A maximum flow, so it finds a way if one exists.

use super::SpreadRefusal;
use super::around::Open;

/// Places what is left of the rows into what is left of the columns.
///
/// Levels count the moves from a column to one with room: an amount placed in a column of level 2 makes a row
/// give way into a column of level 1, and that one a row into a column with room. (Dinic's algorithm.)
pub(super) fn repair(open: &mut Open) -> Result<(), SpreadRefusal> {
    while open.rows.iter().any(|&left| left > 0) {
        let levels = levels(open);
        let mut moved = false;
        for row in 0..open.rows.len() {
            for column in 0..levels.len() {
                while open.rows[row] > 0 && open.is_open(row, column) {
                    let placed = place(open, &levels, column, open.rows[row]);
                    if placed == 0 {
                        break;
                    }
                    open.cells.row_mut(row)[column] += placed;
                    open.rows[row] -= placed;
                    moved = true;
                }
            }
        }
        if !moved {
            return Err(blocked(open));
        }
    }
    Ok(())
}

/// For each column how many moves away the nearest column with room is, if any can be reached.
fn levels(open: &Open) -> Vec<Option<usize>> {
    let mut levels: Vec<Option<usize>> = open.columns.iter().map(|&left| (left > 0).then_some(0)).collect();
    for level in 0..levels.len() {
        for column in 0..levels.len() {
            let mut near = (0..levels.len()).filter(|&to| levels[to] == Some(level));
            let reaches = |to: usize| (0..open.rows.len()).any(|row| can_move(open, row, column, to));
            if levels[column].is_none() && near.any(reaches) {
                levels[column] = Some(level + 1);
            }
        }
    }
    levels
}

/// Whether a row has something in one column that it may have in another.
fn can_move(open: &Open, row: usize, from: usize, to: usize) -> bool {
    open.cells.row(row)[from] > 0 && open.is_open(row, to)
}

/// Makes room for up to `amount` in a column, and says for how much.
fn place(open: &mut Open, levels: &[Option<usize>], column: usize, amount: u64) -> u64 {
    let Some(level) = levels[column] else { return 0 };
    if level == 0 {
        let placed = amount.min(open.columns[column]);
        open.columns[column] -= placed;
        return placed;
    }
    for to in (0..levels.len()).filter(|&to| levels[to] == Some(level - 1)) {
        for row in 0..open.rows.len() {
            if can_move(open, row, column, to) {
                let moved = place(open, levels, to, amount.min(open.cells.row(row)[column]));
                open.cells.row_mut(row)[column] -= moved;
                open.cells.row_mut(row)[to] += moved;
                if moved > 0 {
                    return moved;
                }
                break;
            }
        }
    }
    0
}

/// The rows and columns between which nothing can be moved any more (the minimum cut): what is left of these
/// rows, and whatever could give way to it, fills all columns it could go to.
fn blocked(open: &Open) -> SpreadRefusal {
    let mut rows: Vec<bool> = open.rows.iter().map(|&left| left > 0).collect();
    let mut columns = vec![false; open.columns.len()];
    loop {
        let before = columns.clone();
        for (row, waits) in rows.iter_mut().enumerate() {
            *waits |= columns.iter().zip(open.cells.row(row)).any(|(&full, &cell)| full && cell > 0);
            for (column, full) in columns.iter_mut().enumerate() {
                *full |= *waits && open.is_open(row, column);
            }
        }
        if columns == before {
            break;
        }
    }
    let places = |marks: &[bool]| (0..marks.len()).filter(|&at| marks[at]).collect();
    SpreadRefusal::Blocked { rows: places(&rows), columns: places(&columns), short: open.rows.iter().sum() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::Grid;

    #[test]
    fn a_chain_of_rows_gives_way_to_the_last() {
        // Row r may go to columns r and r + 1, and takes the first; the last row can go to column 0 only.
        let count = 6;
        let mut locks = Grid::filled(count, count, Some(0));
        for row in 0..count - 1 {
            locks.row_mut(row)[row] = None;
            locks.row_mut(row)[row + 1] = None;
        }
        locks.row_mut(count - 1)[0] = None;
        let mut open = Open::around(&[5; 6], &[5; 6], &locks).unwrap();
        repair(&mut open).unwrap();
        for row in 0..count {
            let mut expected = [0; 6];
            expected[(row + 1) % count] = 5;
            assert_eq!(open.cells.row(row), expected);
        }
    }

    #[test]
    fn a_large_amount_takes_several_ways() {
        // Two rows stand where the third must go; each gives way with what it has.
        let mut locks = Grid::filled(3, 3, None);
        locks.row_mut(2)[1] = Some(0);
        locks.row_mut(2)[2] = Some(0);
        let mut open = Open::around(&[4, 3, 6], &[7, 2, 4], &locks).unwrap();
        repair(&mut open).unwrap();
        assert_eq!(open.cells.row(2), [6, 0, 0]);
        assert_eq!([0, 1].map(|row| open.cells.row(row).iter().sum::<u64>()), [4, 3]);
        let column = |column: usize| (0..3).map(|row| open.cells.row(row)[column]).sum::<u64>();
        assert_eq!([0, 1, 2].map(column), [7, 2, 4]);
    }
}
