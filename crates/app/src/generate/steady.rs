//! The steady manner of selling: what an order of a seat is worth so that its months add up, and who falls behind.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Size;
use super::catalogue::Catalogue;
use super::sales::Shares;
use super::season;

/// Little happens to the orders of a person who has four a month, or their months would say nothing about them.
pub const SHARES: Shares = Shares { cancelled: 1, split: 1, overlaid: 1, returned: 1, paid: 97 };

/// The orders of each month, so that each seat's share of them can be counted before they are written.
pub struct Months {
    size: Size,
    seats: usize,
    of: BTreeMap<(i16, i8), Span>,
}

/// The orders of a month: the number of the last before it and of its last.
#[derive(Debug, Default, Clone, Copy)]
struct Span {
    before: usize,
    last: usize,
}

impl Months {
    /// Counts the orders of each month; they go to the seats in turns.
    pub fn counted(size: Size, seats: usize) -> Self {
        let mut of: BTreeMap<(i16, i8), Span> = BTreeMap::new();
        let mut number = 0;
        for (day, orders) in season::days(size.first, size.last, size.orders) {
            let span = of.entry((day.year(), day.month())).or_insert(Span { before: number, last: number });
            number += orders as usize;
            span.last = number;
        }
        Self { size, seats, of }
    }

    /// What an order of a seat on a day is worth, in fen: its part of the seat's month, give or take a tenth.
    pub fn order(&self, random: &mut fastrand::Rng, seat: usize, day: Date) -> u64 {
        let Span { before, last } = self.of.get(&(day.year(), day.month())).copied().unwrap_or_default();
        let orders = (self.taken(seat, last) - self.taken(seat, before)).max(1) as u64;
        let (passed, whole) = season::passed(day, self.size.last);
        self.month(seat, day) * passed / whole / orders * random.u64(90..=110) / 100
    }

    /// How many of the orders up to a number, and of a number 0, are the seat's.
    fn taken(&self, seat: usize, number: usize) -> usize {
        (number + self.seats - seat) / self.seats
    }

    /// What a seat sells in a month, in fen.
    fn month(&self, seat: usize, day: Date) -> u64 {
        let usual = 36_000_000 + (seat as u64 * 7 % 11) * 4_800_000;
        let months = season::months_between(day, self.size.last);
        let chance = 95 + (seat as u64 * 5 + u64::from(months) * 4) % 11;
        usual * season::month(self.size.first, day) / 10_000 * form(seat, months) / 100 * chance / 100
    }
}

/// When the two parts of a payment come: within the month of the order, and in the next.
pub fn paid_on(random: &mut fastrand::Rng, day: Date) -> [Date; 2] {
    let left = i32::from(day.days_in_month() - day.day());
    let next = day.last_of_month().saturating_add(1.day());
    [day.saturating_add(random.i32(0..=left).days()), next.saturating_add(random.i32(0..=27).days())]
}

/// The product of a line that is worth about so much, and how many pieces: a cheap one where the first is too dear.
pub fn pieces(product: usize, wanted: u64, catalogue: &Catalogue) -> (usize, u64) {
    let price = |product: usize| catalogue.products[product].price;
    let cheap = |product: &usize| price(*product) * 4 <= wanted;
    let product =
        Some(product).filter(cheap).or((0..catalogue.products.len()).find(cheap)).unwrap_or(product);
    (product, ((wanted + price(product) / 2) / price(product)).max(1))
}

/// How well a seat sells beside its usual, in per cent, so many months before the last. Of 24 seats one sells little
/// in the last two whole months, of 18 one in the last, and of 15 one did some months ago.
const fn form(seat: usize, months: u32) -> u64 {
    match (months, seat % 24, seat % 18, seat % 15) {
        (1 | 2, 7, _, _) => 58,
        (1, _, 4, _) => 75,
        (4, _, _, 11) => 74,
        _ => 100,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_orders_of_a_seat_add_up_to_its_months() {
        let size =
            Size { members: 1, orders: 9_000, seed: 1, first: date(2024, 1, 1), last: date(2026, 11, 20) };
        let (seats, mut random) = (60, fastrand::Rng::with_seed(1));
        let months = Months::counted(size, seats);
        let mut sold: BTreeMap<(usize, i16, i8), (u64, u64)> = BTreeMap::new();
        let mut number = 0;
        for (day, orders) in season::days(size.first, size.last, size.orders) {
            for _ in 0..orders {
                number += 1;
                let seat = number % seats;
                let own = sold.entry((seat, day.year(), day.month())).or_default();
                own.0 += months.order(&mut random, seat, day);
                own.1 = months.month(seat, day);
            }
        }
        let whole = sold.iter().filter(|((_, year, month), _)| (*year, *month) != (2026, 11));
        for (place, (sold, month)) in whole {
            assert!((80..=120).contains(&(sold * 100 / month)), "{place:?}: {sold} of {month}");
        }
    }
}
