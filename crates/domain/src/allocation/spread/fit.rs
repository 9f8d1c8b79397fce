//! How the open cells of each row stand to each other when both margins pull at them. Approximate, but the same everywhere.

use super::Grid;

/// A pull as a whole number: its parts in a million millions.
const WHOLE: u128 = 1 << 40;
/// Halves the error at the least in usual tables; the repair makes exact what is left.
const ROUNDS: usize = 32;

/// The pull of each column: a row is spread over its open columns in proportion to their pulls.
///
/// Iterative proportional fitting: with every row spread, a column that received too much pulls less. A pull is
/// 0 only where the column has nothing to give.
pub(super) fn pulls(rows: &[u64], columns: &[u64], locks: &Grid<Option<u64>>) -> Vec<u64> {
    let mut pulls = normalised(columns.iter().map(|&column| u128::from(column)).collect());
    // Bits by which an amount can be multiplied and its product with a pull still be held.
    let shift = rows.iter().sum::<u64>().leading_zeros().min(63);
    for _ in 0..ROUNDS {
        let mut received = vec![0_u128; columns.len()];
        for (row, &amount) in rows.iter().enumerate() {
            let is_open = |column: &usize| locks.row(row)[*column].is_none();
            let pull: u128 = (0..columns.len()).filter(is_open).map(|column| u128::from(pulls[column])).sum();
            let amount = u128::from(amount << shift);
            for column in (0..columns.len()).filter(is_open) {
                received[column] += (amount * u128::from(pulls[column])).checked_div(pull).unwrap_or(0);
            }
        }
        let corrected = |((&pull, &received), &column): ((&u64, &u128), &u64)| {
            let wanted = u128::from(column << shift);
            let corrected = (u128::from(pull) * wanted).div_ceil(received.max(1));
            if received == 0 { u128::from(pull) } else { corrected.min(WHOLE * WHOLE) }
        };
        pulls = normalised(pulls.iter().zip(&received).zip(columns).map(corrected).collect());
    }
    pulls
}

/// In parts of the whole, at least one where there was any.
fn normalised(pulls: Vec<u128>) -> Vec<u64> {
    let sum = pulls.iter().sum::<u128>().max(1);
    let part = |pull: u128| u64::try_from((pull * WHOLE).div_ceil(sum)).unwrap_or(u64::MAX);
    pulls.into_iter().map(part).collect()
}
