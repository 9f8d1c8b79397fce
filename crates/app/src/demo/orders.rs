//! What everybody sold, order by order: the orders of a seat's month add up to what [`form`](super::form) says of it.

use std::io::Result;
use std::path::Path;

use dacheng_domain::Fen;
use dacheng_domain::calendar::Calendar;
use dacheng_domain::facts::kind::Kind;
use jiff::ToSpan;
use jiff::civil::Date;

use super::form::thousandths;
use super::market::{CUSTOMERS, OLD, PRODUCTS, customer_code};
use super::payments::{self, Paid};
use super::people::Seat;
use super::targets::target;
use super::{FIRST, LAST, YEAR};
use crate::generate::table::Table;

/// Hundredths of an order of the channels that are new products.
const NEW_IN_CHANNELS: i64 = 31;
/// Of so many orders one has a return, and one is cancelled beside it.
const RETURNED: u32 = 61;
const CANCELLED: u32 = 83;
/// In 2025 of so many orders one is shared with the leader of the team.
const SHARED: u32 = 97;

struct Files {
    orders: Table,
    lines: Table,
    shares: Table,
    returns: Table,
    payments: Table,
}

/// Writes orders and what hangs on them.
pub fn write(out: &Path, seats: &[Seat]) -> Result<()> {
    let mut files = Files {
        orders: Table::begin(out, Kind::Orders, "order,customer,member,date,amount,status")?,
        lines: Table::begin(out, Kind::OrderLines, "order,line,product,quantity,amount")?,
        shares: Table::begin(out, Kind::OrderShares, "order,member,share,kind")?,
        returns: Table::begin(out, Kind::Returns, "return,order,date,amount")?,
        payments: Table::begin(out, Kind::Payments, "payment,order,customer,member,date,amount")?,
    };
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
    let Files { orders, lines, shares, returns, payments } = files;
    [orders, lines, shares, returns, payments].into_iter().try_for_each(|table| table.end().map(drop))
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
        .map(|(fen, day)| {
            let customer = random.usize(..CUSTOMERS).min(random.usize(..CUSTOMERS));
            Order { customer, day, fen, lines: lines(random, seat, day, fen) }
        })
        .collect()
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
    files.orders.row(format_args!("{code},{customer},{member},{day},{},normal", Fen(order.fen)))?;
    for (at, (product, fen)) in (1..).zip(&order.lines) {
        let product = &PRODUCTS[*product];
        let pieces = (fen / (product.yuan * 100)).max(1);
        files.lines.row(format_args!("{code},{at},{},{pieces},{}", product.code, Fen(*fen)))?;
    }
    if number.is_multiple_of(CANCELLED) {
        let fen = Fen(order.fen / 2);
        files.orders.row(format_args!("{code}X,{customer},{member},{day},{fen},cancelled"))?;
    }
    let mut back = 0;
    if number.is_multiple_of(RETURNED) && super::form::is_usual(seat, day) {
        back = order.fen / 20;
        files.returns.row(format_args!("RT{number:06},{code},{day},{}", Fen(back)))?;
    }
    if number.is_multiple_of(SHARED) && day.year() < YEAR {
        let leader = seats.iter().find(|other| other.unit == seat.unit && other.specialist.is_none());
        if let Some(leader) = leader.filter(|leader| leader.code != seat.code) {
            files.shares.row(format_args!("{code},{member},70%,credit"))?;
            files.shares.row(format_args!("{code},{},30%,credit", leader.code))?;
        }
    }
    let paid = Paid { number, order: &code, customer: &customer, day, fen: order.fen - back };
    payments::write(&mut files.payments, &paid)
}
