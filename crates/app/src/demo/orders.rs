//! What everybody sold, order by order: the orders of a seat's month add up to what [`form`](super::form) says of it.

use std::io::Result;
use std::ops::RangeInclusive;
use std::path::Path;

use dacheng_domain::Fen;
use dacheng_domain::calendar::Calendar;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::Metric;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::activities;
use super::files::{Files, Totals};
use super::form::thousandths;
use super::market::{CUSTOMERS, NEWCOMERS, OLD, PRODUCTS, customer_code};
use super::payments::{self, Paid};
use super::people::Seat;
use super::stages::Stage;
use super::targets::target;
use super::{FIRST, LAST, YEAR};

/// The twelve months before the third quarter of 2026, and the quarter, by the first days of their months.
const BEFORE: RangeInclusive<Date> = date(2025, 7, 1)..=date(2026, 6, 1);
const QUARTER: RangeInclusive<Date> = date(2026, 7, 1)..=date(2026, 9, 1);
/// A seat wins a customer every so many months.
const EVERY: i64 = 7;
/// Hundredths of an order of the channels that are new products.
const NEW_IN_CHANNELS: i64 = 31;
/// Of so many orders one has a return, and one is cancelled beside it.
const RETURNED: u32 = 61;
const CANCELLED: u32 = 83;
/// Of so many orders one is complained of.
const COMPLAINED: u32 = 71;
/// In 2025 of so many orders one is shared with the leader of the team.
const SHARED: u32 = 97;

/// Writes orders and what hangs on them, each into the files of its stage; answers what they come to.
pub fn write(out: &Path, seats: &[Seat], stages: &[Stage]) -> Result<Totals> {
    let mut files = Files::begin(out, stages)?;
    let calendar = Calendar::shipped();
    let mut random = fastrand::Rng::with_seed(u64::from(YEAR.unsigned_abs()));
    let mut number = 0;
    let mut month = FIRST;
    while month <= LAST {
        for seat in seats.iter().filter(|seat| sells(seat, month)) {
            for order in of_month(&mut random, seat, month, &calendar) {
                number += 1;
                write_order(&mut files, number, seats, seat, &order)?;
            }
        }
        month = month.saturating_add(1.month());
    }
    activities::write(&mut files, seats)?;
    files.end()
}

/// Whether a seat sells in a month: it is held for some of it.
fn sells(seat: &Seat, month: Date) -> bool {
    seat.hired <= month.last_of_month() && seat.left.is_none_or(|left| month <= left)
}

struct Order {
    customer: usize,
    day: Date,
    fen: i64,
    /// Amount of each line, and its product.
    lines: Vec<(usize, i64)>,
}

/// The orders of a seat in a month: on working days on which it is held, in the order of their days. Where the month is
/// not over they are those of the working days that have passed.
fn of_month(random: &mut fastrand::Rng, seat: &Seat, month: Date, calendar: &Calendar) -> Vec<Order> {
    let (first, last) =
        (month.max(seat.hired), month.last_of_month().min(seat.left.unwrap_or(Date::MAX)).min(LAST));
    let days: Vec<Date> = first
        .series(1.day())
        .take_while(|day| *day <= last)
        .filter(|day| calendar.is_working_day(*day))
        .collect();
    if days.is_empty() {
        return Vec::new();
    }
    let whole = i64::from(calendar.working_days(month, month.last_of_month()));
    let passed = i64::from(calendar.working_days(month, LAST.min(month.last_of_month())));
    let fen = target(seat, month.month()) * thousandths(seat, month) * passed / whole / 10;
    let count = if seat.specialist.is_some() { random.usize(3..=5) } else { 2 };
    let mut on: Vec<Date> = (0..count).map(|_| days[random.usize(..days.len())]).collect();
    on.sort_unstable();
    parts(random, fen, count)
        .into_iter()
        .zip(on)
        .enumerate()
        .map(|(place, (fen, day))| {
            let any = random.usize(..CUSTOMERS).min(random.usize(..CUSTOMERS));
            let customer = buyer(seat, month, place, any);
            Order { customer, day, fen, lines: lines(random, seat, day, fen) }
        })
        .collect()
}

/// Who buys the order at a place of a seat's month. The channels sold to 75 customers in the twelve months before the third
/// quarter of 2026, five of each seat, and in it to 45 of them: 老客户复购率 60 % (`domain.md` §9). Elsewhere now and then somebody
/// buys for the first time.
fn buyer(seat: &Seat, month: Date, place: usize, any: usize) -> usize {
    let nth = usize::try_from(month.month()).unwrap_or(0) * 2 + place;
    let channels = seat.region() == 3;
    if channels && BEFORE.contains(&month) {
        return nth % 5;
    }
    let whom = if channels && QUARTER.contains(&month) { nth % 3 } else { any };
    if place > 0 || seat.specialist.is_none() { whom } else { newcomer(seat, month).unwrap_or(whom) }
}

/// The new customer of a seat whose first order falls in a month: the seats take turns.
fn newcomer(seat: &Seat, month: Date) -> Option<usize> {
    let months = (i64::from(month.year()) - 2024) * 12 + i64::from(month.month());
    let turn = months + seat.turn();
    let number = usize::try_from(months / EVERY).ok()?;
    (turn % EVERY == 0).then_some(CUSTOMERS + number).filter(|at| *at < CUSTOMERS + NEWCOMERS)
}

/// An amount in parts of about the same size; all but the last are whole yuan.
fn parts(random: &mut fastrand::Rng, fen: i64, count: usize) -> Vec<i64> {
    let usual = fen / i64::try_from(count).unwrap_or(1);
    let mut parts: Vec<i64> = (1..count).map(|_| usual * random.i64(70..=130) / 100 / 100 * 100).collect();
    parts.push(fen - parts.iter().sum::<i64>());
    parts
}

/// What an order is made of: one or two of the usual products, and a new one for the channels, or now and then.
fn lines(random: &mut fastrand::Rng, seat: &Seat, day: Date, fen: i64) -> Vec<(usize, i64)> {
    let share = match (day.year() == YEAR, seat.region()) {
        (true, 3) => NEW_IN_CHANNELS,
        (true, _) if random.u32(..10) < 3 => random.i64(20..=45),
        _ => 0,
    };
    let new = fen * share / 100;
    let rest = fen - new;
    let first = if random.bool() { rest } else { rest * random.i64(35..=65) / 100 };
    let mut lines = vec![(random.usize(..OLD), first)];
    if rest > first {
        lines.push((random.usize(..OLD), rest - first));
    }
    if new > 0 {
        let newest = usize::from(day.month() >= 4 && random.bool());
        lines.push((OLD + newest, new));
    }
    lines
}

fn write_order(files: &mut Files, number: u32, seats: &[Seat], seat: &Seat, order: &Order) -> Result<()> {
    let code = format!("SO{number:06}");
    let customer = customer_code(seat, order.customer);
    let (member, day) = (&seat.code, order.day);
    let amount = order.fen;
    let own = files.on(day);
    own.row(Kind::Orders, format_args!("{code},{customer},{member},{day},{},normal", Fen(amount)))?;
    for (at, (product, fen)) in (1..).zip(&order.lines) {
        let product = &PRODUCTS[*product];
        let pieces = (fen / (product.yuan * 100)).max(1);
        own.row(Kind::OrderLines, format_args!("{code},{at},{},{pieces},{}", product.code, Fen(*fen)))?;
    }
    if number.is_multiple_of(CANCELLED) {
        let fen = Fen(order.fen / 2);
        own.row(Kind::Orders, format_args!("{code}X,{customer},{member},{day},{fen},cancelled"))?;
    }
    let mut back = 0;
    if number.is_multiple_of(RETURNED) && super::form::is_usual(seat, day) {
        back = order.fen / 20;
        own.row(Kind::Returns, format_args!("RT{number:06},{code},{day},{}", Fen(back)))?;
    }
    if number.is_multiple_of(SHARED) && day.year() < YEAR {
        let leader = seats.iter().find(|other| other.unit == seat.unit && other.specialist.is_none());
        if let Some(leader) = leader.filter(|leader| leader.code != seat.code) {
            own.row(Kind::OrderShares, format_args!("{code},{member},70%,credit"))?;
            own.row(Kind::OrderShares, format_args!("{code},{},30%,credit", leader.code))?;
        }
    }
    let due = day.saturating_add(30.days());
    own.row(Kind::Receivables, format_args!("AR{number:06},{code},{due},{}", Fen(amount - back)))?;
    let complained = day.saturating_add(i64::from(number % 12).days());
    if number.is_multiple_of(COMPLAINED) && complained <= LAST {
        files
            .with_month_of(complained)
            .row(Kind::Complaints, format_args!("CP{number:06},{code},,,{complained}"))?;
    }
    let paid = Paid { number, order: &code, customer: &customer, day, fen: order.fen - back };
    files.add(Metric::Revenue, day, amount - back);
    payments::write(files, &paid)
}
