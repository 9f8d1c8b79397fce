//! The two-way spread: both margins exact, around any locks that admit it.

use dacheng_domain::Fen;
use dacheng_domain::allocation::{
    Child, Exact, Grid, Request, SpreadRefusal, Unit, allocate, spread, spread_around,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_261_123),
        failure_persistence: None,
        ..Default::default()
    }
}

fn table(grid: &Grid<u64>) -> Vec<Vec<u64>> {
    (0..grid.rows()).map(|row| grid.row(row).to_vec()).collect()
}

fn sums(table: &[Vec<u64>], columns: usize) -> (Vec<u64>, Vec<u64>) {
    let rows = table.iter().map(|row| row.iter().sum()).collect();
    (rows, (0..columns).map(|column| table.iter().map(|row| row[column]).sum()).collect())
}

/// Divides a total into margins of the given size by cutting it at places.
fn margins(total: u64, cuts: &[u64]) -> Vec<u64> {
    let mut places: Vec<u64> = cuts.iter().map(|cut| cut % (total + 1)).collect();
    places.extend([0, total]);
    places.sort_unstable();
    places.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[test]
fn an_even_year_of_equal_people_is_even() {
    let grid = spread(&[120, 120], &[20; 12]).unwrap();
    assert_eq!(table(&grid), [[10; 12], [10; 12]]);
}

#[test]
fn odd_units_wander_so_that_every_row_and_month_is_exact() {
    // Running shares of 10/3: 3.33, 6.67, 10; the odd units of each month go to the earlier child first.
    let grid = spread(&[10, 10, 10], &[10, 10, 10]).unwrap();
    assert_eq!(table(&grid), [[4, 3, 3], [3, 4, 3], [3, 3, 4]]);
}

#[test]
fn what_was_rounded_up_is_never_taken_back() {
    // After 216 units the small rows stand at 0.9 and were rounded up; the large ones then share what is left.
    let mut rows = vec![9; 16];
    rows.extend([1008, 1008]);
    let total: u64 = rows.iter().sum();
    let grid = spread(&rows, &[216, 1, total - 217]).unwrap();
    assert_eq!(sums(&table(&grid), 3), (rows, vec![216, 1, total - 217]));
    assert_eq!([grid.row(0)[0], grid.row(0)[1], grid.row(16)[1], grid.row(17)[1]], [1, 0, 1, 0]);
}

#[test]
fn margins_that_differ_are_refused() {
    assert_eq!(spread(&[5], &[3, 1]), Err(SpreadRefusal::MarginsDiffer { rows: 5, columns: 4 }));
    assert_eq!(spread(&[u64::MAX, 1], &[u64::MAX, 1]), Err(SpreadRefusal::TooLarge));
    assert_eq!(table(&spread(&[], &[]).unwrap()), Vec::<Vec<u64>>::new());
    assert_eq!(table(&spread(&[0], &[0, 0]).unwrap()), [[0, 0]]);
}

#[test]
fn a_lock_is_kept_and_the_rest_stays_in_proportion() {
    let mut locks = Grid::filled(2, 4, None);
    locks.row_mut(0)[1] = Some(0);
    let grid = spread_around(&[60, 60], &[30; 4], &locks).unwrap();
    assert_eq!(table(&grid), [[20, 0, 20, 20], [10, 30, 10, 10]]);
}

#[test]
fn locks_that_leave_one_way_are_followed_along_it() {
    // The first row can go to the last column only, so the others must give way.
    let mut locks = Grid::filled(3, 3, None);
    locks.row_mut(0)[0] = Some(0);
    locks.row_mut(0)[1] = Some(0);
    locks.row_mut(1)[0] = Some(0);
    let grid = spread_around(&[10, 10, 10], &[10, 10, 10], &locks).unwrap();
    assert_eq!(table(&grid), [[0, 0, 10], [0, 10, 0], [10, 0, 0]]);
}

#[test]
fn locks_that_admit_no_table_are_refused_with_rows_columns_and_amount() {
    let mut locks = Grid::filled(2, 2, None);
    locks.row_mut(0)[0] = Some(7);
    let over_row = SpreadRefusal::RowExceeded { row: 0, over: 2 };
    assert_eq!(spread_around(&[5, 5], &[8, 2], &locks), Err(over_row));
    let over_column = SpreadRefusal::ColumnExceeded { column: 0, over: 2 };
    assert_eq!(spread_around(&[9, 1], &[5, 5], &locks), Err(over_column));
    // Row 0 has 3 left for column 1, which holds 2.
    let blocked = SpreadRefusal::Blocked { rows: vec![0], columns: vec![1], short: 1 };
    assert_eq!(spread_around(&[10, 1], &[9, 2], &locks), Err(blocked));
    locks.row_mut(0)[1] = Some(0);
    let nowhere = SpreadRefusal::Blocked { rows: vec![0], columns: vec![], short: 3 };
    assert_eq!(spread_around(&[10, 1], &[9, 2], &locks), Err(nowhere));
    assert_eq!(spread_around(&[10, 1], &[9, 1, 1], &locks), Err(SpreadRefusal::LocksDoNotFit));
}

/// Hall's condition over every set of rows: what the locks leave of them fits into the columns open to them.
fn has_a_table(rows: &[u64], columns: &[u64], locks: &Grid<Option<u64>>) -> bool {
    let locked = |row: usize, column: usize| locks.row(row)[column].unwrap_or(0);
    let of_rows: Option<Vec<u64>> = (0..rows.len())
        .map(|row| rows[row].checked_sub((0..columns.len()).map(|column| locked(row, column)).sum()))
        .collect();
    let of_columns: Option<Vec<u64>> = (0..columns.len())
        .map(|column| columns[column].checked_sub((0..rows.len()).map(|row| locked(row, column)).sum()))
        .collect();
    let (Some(of_rows), Some(of_columns)) = (of_rows, of_columns) else { return false };
    (0..1_u32 << rows.len()).all(|set| {
        let chosen = |row: &usize| set >> row & 1 == 1;
        let asked: u64 = (0..rows.len()).filter(chosen).map(|row| of_rows[row]).sum();
        let is_open =
            |column: &usize| (0..rows.len()).filter(chosen).any(|row| locks.row(row)[*column].is_none());
        asked <= (0..columns.len()).filter(is_open).map(|column| of_columns[column]).sum()
    })
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn both_margins_are_exact_and_each_running_sum_is_the_bounded_largest_remainder(
        total in prop_oneof![0..300_u64, 0..u64::MAX / 4],
        rows in prop::collection::vec(any::<u64>(), 0..12),
        columns in prop::collection::vec(any::<u64>(), 0..12),
    ) {
        let (rows, columns) = (margins(total, &rows), margins(total, &columns));
        let table = table(&spread(&rows, &columns).unwrap());
        prop_assert_eq!(sums(&table, columns.len()), (rows.clone(), columns.clone()));
        let mut reached = vec![0; rows.len()];
        for column in 0..columns.len() {
            let fen = |units: u64| Fen(units.cast_signed());
            let child = |(&row, &least): (&u64, &u64)| {
                Child { minimum: fen(least), maximum: Some(fen(row)), ..Child::weighing(row) }
            };
            let running = Request {
                total: fen(columns[..=column].iter().sum()),
                buffer: Exact::from(1),
                unit: Unit::FEN,
                children: rows.iter().zip(&reached).map(child).collect(),
            };
            let expected: Vec<u64> = allocate(&running).unwrap().values.iter().map(|fen| fen.0.unsigned_abs()).collect();
            reached = (0..rows.len()).map(|row| reached[row] + table[row][column]).collect();
            prop_assert_eq!(&reached, &expected);
        }
    }
}

proptest! {
    #![proptest_config(config(4_000))]

    #[test]
    fn a_table_around_locks_is_found_exactly_when_there_is_one(
        total in 0..60_u64,
        rows in prop::collection::vec(any::<u64>(), 0..5),
        columns in prop::collection::vec(any::<u64>(), 0..5),
        cells in prop::collection::vec(prop_oneof![2 => Just(None), 1 => Just(Some(0)), 1 => (0..8_u64).prop_map(Some)], 36),
    ) {
        let (rows, columns) = (margins(total, &rows), margins(total, &columns));
        let mut locks = Grid::filled(rows.len(), columns.len(), None);
        for row in 0..rows.len() {
            locks.row_mut(row).copy_from_slice(&cells[row * 6..][..columns.len()]);
        }
        let answer = spread_around(&rows, &columns, &locks);
        prop_assert_eq!(&answer, &spread_around(&rows, &columns, &locks), "the same question has the same answer");
        prop_assert_eq!(answer.is_ok(), has_a_table(&rows, &columns, &locks), "{:?}", answer);
        match answer {
            Ok(grid) => {
                prop_assert_eq!(sums(&table(&grid), columns.len()), (rows.clone(), columns));
                for row in 0..rows.len() {
                    for (cell, lock) in grid.row(row).iter().zip(locks.row(row)) {
                        prop_assert_eq!(*cell, lock.unwrap_or(*cell));
                    }
                }
            }
            Err(SpreadRefusal::Blocked { rows: blocked, columns: only, short }) => {
                let locked = |row: usize| locks.row(row).iter().flatten().sum::<u64>();
                let asked: u64 = blocked.iter().map(|&row| rows[row] - locked(row)).sum();
                let in_column = |column: usize| (0..rows.len()).filter_map(|row| locks.row(row)[column]).sum::<u64>();
                let room: u64 = only.iter().map(|&column| columns[column] - in_column(column)).sum();
                prop_assert_eq!(asked - room, short);
                for row in blocked {
                    let has_no_other = |column: usize| locks.row(row)[column].is_some() || only.contains(&column);
                    prop_assert!((0..columns.len()).all(has_no_other));
                }
            }
            Err(SpreadRefusal::RowExceeded { row, over }) => {
                prop_assert_eq!(locks.row(row).iter().flatten().sum::<u64>() - rows[row], u64::try_from(over).unwrap());
            }
            Err(SpreadRefusal::ColumnExceeded { over, .. }) => prop_assert!(over > 0),
            Err(other) => prop_assert!(false, "{:?}", other),
        }
    }
}
