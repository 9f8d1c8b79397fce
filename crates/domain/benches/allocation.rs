//! How long a very large company waits: 100 000 children, twelve months.
#![expect(clippy::unwrap_used, reason = "a refusal would be no measurement")]

use dacheng_domain::Fen;
use dacheng_domain::allocation::{Child, Exact, Grid, Request, Unit, allocate, spread, spread_around};

const CHILDREN: i64 = 100_000;

fn main() {
    divan::main();
}

/// Weights like last year's revenue in fen; `bounds` puts a minimum and a maximum on every child.
fn year(unit: Fen, bounds: Bounds) -> Request {
    let child = |number: i64| {
        let weight = number * 7_919 % 100_003 * 1_013 + 1;
        let share = weight * 20;
        Child {
            minimum: match bounds {
                Bounds::Everywhere => Fen(share * (number % 5) / 3),
                Bounds::Nowhere => Fen::ZERO,
            },
            maximum: match bounds {
                Bounds::Everywhere => Some(Fen(share * (number % 7 + 3) / 2 + 1_000_000)),
                Bounds::Nowhere => None,
            },
            ..Child::weighing(weight.unsigned_abs())
        }
    };
    let children: Vec<Child> = (0..CHILDREN).map(child).collect();
    Request {
        total: Fen(100_000_000_000_000),
        buffer: Exact::from(1),
        unit: Unit::new(unit).unwrap(),
        children,
    }
}

#[derive(Clone, Copy)]
enum Bounds {
    Nowhere,
    Everywhere,
}

/// One solve for each month.
fn twelve(bencher: divan::Bencher, mut request: Request) {
    bencher.bench_local(|| {
        for _ in 0..12 {
            request.total += Fen(1_000_003);
            divan::black_box(allocate(&request).unwrap());
        }
    });
}

#[divan::bench]
fn twelve_free_in_fen(bencher: divan::Bencher) {
    twelve(bencher, year(Fen(1), Bounds::Nowhere));
}

#[divan::bench]
fn twelve_bounded_in_fen(bencher: divan::Bencher) {
    twelve(bencher, year(Fen(1), Bounds::Everywhere));
}

#[divan::bench]
fn twelve_bounded_in_ten_thousands(bencher: divan::Bencher) {
    twelve(bencher, year(Fen(1_000_000), Bounds::Everywhere));
}

#[divan::bench]
fn spread_over_a_year(bencher: divan::Bencher) {
    let rows: Vec<u64> = (0..CHILDREN.unsigned_abs()).map(|row| row * 7_919 % 100_003 * 1_013).collect();
    let total: u64 = rows.iter().sum();
    let mut columns = vec![total / 13; 12];
    columns[5] += total - columns.iter().sum::<u64>();
    bencher.bench(|| spread(&rows, &columns).unwrap());
}

/// Every seventh cell locked at its share.
#[divan::bench]
fn around_locks_over_a_year(bencher: divan::Bencher) {
    let rows: Vec<u64> = (0..CHILDREN.unsigned_abs()).map(|row| row * 7_919 % 100_003 * 1_013).collect();
    let mut columns = vec![rows.iter().sum::<u64>() / 13; 12];
    columns[5] += rows.iter().sum::<u64>() - columns.iter().sum::<u64>();
    let mut locks = Grid::filled(rows.len(), 12, None);
    for (row, amount) in rows.iter().enumerate() {
        locks.row_mut(row)[row % 12] = (row % 7 == 0).then_some(amount / 14);
    }
    bencher.bench(|| spread_around(&rows, &columns, &locks).unwrap());
}
