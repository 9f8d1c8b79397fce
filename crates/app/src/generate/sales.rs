//! What was sold, shared, sent back and paid: order by order, none of it held.

use std::io::Result;
use std::path::Path;

use dacheng_domain::Fen;
use dacheng_domain::facts::kind::Kind;
use jiff::ToSpan;
use jiff::civil::Date;

use super::catalogue::{Catalogue, customer_code, product_code};
use super::company::{Company, code};
use super::table::Table;
use super::{Size, Written, happens, season, skewed};

/// Of a hundred orders, so many are cancelled.
const CANCELLED: u32 = 2;
/// Of a hundred orders, so many are shared between two or three people.
const SPLIT: u32 = 4;
/// Of a hundred orders, so many credit a product specialist as well.
const OVERLAID: u32 = 3;
/// Of a hundred orders, so many come back in part or whole.
const RETURNED: u32 = 2;
/// Of a hundred orders, so many are paid in the time that is written, in one or two parts.
const PAID: u32 = 70;
/// Of a hundred orders, so many have lines; of these, every second leaves its amount to them.
const WITH_LINES: u32 = 30;
/// Of so many orders, one is complained of.
const COMPLAINED: u32 = 89;
/// Of a hundred orders, so many have a payment on no order beside them.
const LOOSE: u32 = 1;

/// The order that has all an order can have, so that a company of one order has a file of every kind.
const FIRST: u32 = 1;

/// How credit is shared.
const SPLITS: [&[&str]; 4] =
    [&["50%", "50%"], &["60%", "40%"], &["70%", "30%"], &["33.34%", "33.33%", "33.33%"]];

struct Files {
    orders: Table,
    lines: Table,
    shares: Table,
    returns: Table,
    payments: Table,
    receivables: Table,
    complaints: Table,
}

/// An order as the others see it.
struct Order<'o> {
    number: u32,
    code: &'o str,
    customer: usize,
    member: usize,
    day: Date,
    fen: i64,
}

/// Where orders come from.
struct Market<'m> {
    company: &'m Company,
    catalogue: &'m Catalogue,
    last: Date,
}

/// Writes orders and what hangs on them.
pub fn write(
    random: &mut fastrand::Rng,
    out: &Path,
    size: Size,
    company: &Company,
    catalogue: &Catalogue,
) -> Result<Written> {
    let mut files = Files {
        orders: Table::begin(out, Kind::Orders, "order,customer,member,date,amount,status")?,
        lines: Table::begin(out, Kind::OrderLines, "order,line,product,quantity,amount")?,
        shares: Table::begin(out, Kind::OrderShares, "order,member,share,kind")?,
        returns: Table::begin(out, Kind::Returns, "return,order,date,amount")?,
        payments: Table::begin(out, Kind::Payments, "payment,order,customer,member,date,amount")?,
        receivables: Table::begin(out, Kind::Receivables, "receivable,order,due,amount")?,
        complaints: Table::begin(out, Kind::Complaints, "complaint,order,customer,member,date")?,
    };
    let market = Market { company, catalogue, last: size.last };
    let mut number = 0_u32;
    for (day, orders) in season::days(size.first, size.last, size.orders) {
        for _ in 0..orders {
            number += 1;
            order(random, &mut files, number, day, &market)?;
        }
    }
    let Files { orders, lines, shares, returns, payments, receivables, complaints } = files;
    [orders, lines, shares, returns, receivables, payments, complaints].into_iter().map(Table::end).collect()
}

fn order(
    random: &mut fastrand::Rng,
    files: &mut Files,
    number: u32,
    day: Date,
    market: &Market<'_>,
) -> Result<()> {
    let Market { company, catalogue, .. } = market;
    let seats = company.seats.len();
    let seat = skewed(random, seats);
    let customer = seat + seats * skewed(random, (catalogue.customers - seat).div_ceil(seats));
    let text = format!("SO{number:08}");
    let mut order =
        Order { number, code: &text, customer, member: company.seats[seat].holder(day), day, fen: 0 };
    let lined = happens(random, WITH_LINES) || number == FIRST;
    let count = if lined { random.u32(1..=5) } else { 1 };
    for line in 1..=count {
        let product = sold(random, day, catalogue);
        let quantity = random.u64(1..=40);
        // Whole percents off make fen that are rounded half up.
        let off = [0, 0, 0, 2, 5, 8, 12][random.usize(..7)];
        let fen = (catalogue.products[product].price * quantity * (100 - off) + 50) / 100;
        let fen = i64::try_from(fen).unwrap_or(i64::MAX);
        order.fen += fen;
        if lined {
            let (product, amount) = (product_code(product), Fen(fen));
            files.lines.row(format_args!("{text},{line},{product},{quantity},{amount}"))?;
        }
    }
    let cancelled = happens(random, CANCELLED) && number != FIRST;
    let status = if cancelled { "cancelled" } else { "normal" };
    let (customer, member) = (customer_code(order.customer), code(order.member));
    if lined && random.bool() {
        files.orders.row(format_args!("{text},{customer},{member},{day},,{status}"))?;
    } else {
        files.orders.row(format_args!("{text},{customer},{member},{day},{},{status}", Fen(order.fen)))?;
    }
    credit(random, files, &order, market)?;
    if !cancelled {
        settle(random, files, &order, market)?;
        ask_for(files, &order, market)?;
    }
    Ok(())
}

/// A product that is sold on a day.
fn sold(random: &mut fastrand::Rng, day: Date, catalogue: &Catalogue) -> usize {
    let product = skewed(random, catalogue.products.len());
    let not_yet = catalogue.products[product].new_since.is_some_and(|since| day < since);
    if not_yet { 0 } else { product }
}

/// Who has a part in the credit beside the owner.
fn credit(
    random: &mut fastrand::Rng,
    files: &mut Files,
    order: &Order<'_>,
    market: &Market<'_>,
) -> Result<()> {
    let company = market.company;
    let mut other = || company.seats[random.usize(..company.seats.len())].holder(order.day);
    let others = [other(), other()];
    if order.number == FIRST {
        files.shares.row(format_args!("{},{},100%,credit", order.code, code(order.member)))?;
    } else if happens(random, SPLIT) {
        let parts = SPLITS[random.usize(..SPLITS.len())];
        let people: Vec<usize> = [order.member].into_iter().chain(others).take(parts.len()).collect();
        let twice = (1..people.len()).any(|at| people[..at].contains(&people[at]));
        if !twice {
            for (member, part) in people.into_iter().zip(parts) {
                files.shares.row(format_args!("{},{},{part},credit", order.code, code(member)))?;
            }
        }
    }
    if happens(random, OVERLAID) && others[0] != order.member {
        files.shares.row(format_args!("{},{},100%,overlay", order.code, code(others[0])))?;
    }
    Ok(())
}

/// What is due for an order, and now and then a complaint about it. Both follow from its number alone.
fn ask_for(files: &mut Files, order: &Order<'_>, market: &Market<'_>) -> Result<()> {
    let (number, code) = (order.number, order.code);
    let due = order.day.saturating_add(i64::from(30 + number % 31).days());
    if order.fen > 0 {
        files.receivables.row(format_args!("AR{number:08},{code},{due},{}", Fen(order.fen)))?;
    }
    let day = order.day.saturating_add(i64::from(number % 20).days()).min(market.last);
    if number % COMPLAINED == FIRST {
        files.complaints.row(format_args!("CP{number:08},{code},,,{day}"))?;
    }
    Ok(())
}

/// What came back, and what was paid, as far as it happened by the last day.
fn settle(
    random: &mut fastrand::Rng,
    files: &mut Files,
    order: &Order<'_>,
    market: &Market<'_>,
) -> Result<()> {
    let number = order.number;
    let days = if number == FIRST {
        [order.day; 3]
    } else {
        let back = order.day.saturating_add(random.i32(0..=45).days());
        let [first, second] = [30, 120].map(|most| order.day.saturating_add(random.i32(0..=most).days()));
        [back, first, second]
    };
    let [back, first, second] = days.map(|day| (day <= market.last).then_some(day));
    if let (Some(day), true) = (back, happens(random, RETURNED) || number == FIRST) {
        let amount = Fen(order.fen * random.i64(1..=10) / 10);
        files.returns.row(format_args!("RT{number:08},{},{day},{amount}", order.code))?;
    }
    if happens(random, PAID) || number == FIRST {
        let part = if random.bool() { order.fen } else { order.fen / 3 };
        for (place, day, amount) in [("A", first, part), ("B", second, order.fen - part)] {
            if let (Some(day), true) = (day, amount > 0) {
                let (customer, amount) = (customer_code(order.customer), Fen(amount));
                files
                    .payments
                    .row(format_args!("PM{number:08}{place},{},{customer},,{day},{amount}", order.code))?;
            }
        }
    }
    if happens(random, LOOSE) {
        let (customer, member) = (customer_code(order.customer), code(order.member));
        let amount = Fen(random.i64(1_000..=5_000_000));
        files.payments.row(format_args!("PM{number:08}L,,{customer},{member},{},{amount}", order.day))?;
    }
    Ok(())
}
