//! Limits of a letter that are rules (权责边界): which orders had to be accompanied by a superior and were not.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Fen;

/// A limit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// An order above this amount needs a visit to its customer that a superior came along on (协访); exactly this amount does
    /// not.
    OrderAbove(Fen),
    /// In words only.
    Words(String),
}

/// An order of the letter's member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sold<'a> {
    /// Its number.
    pub order: &'a str,
    /// The customer's code.
    pub customer: &'a str,
    /// Its day.
    pub date: Date,
    /// What it comes to, net of what was cancelled.
    pub amount: Fen,
}

/// A visit on which a superior came along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accompanied<'a> {
    /// The customer's code.
    pub customer: &'a str,
    /// Its day.
    pub date: Date,
}

/// The orders above a limit whose customer no superior had come along to visit by the day of the order, in their order.
///
/// ```
/// use dacheng_domain::Fen;
/// use dacheng_domain::allocation::letter::{Sold, unaccompanied};
/// use jiff::civil::date;
/// let sold = |order, amount| Sold { order, customer: "C1", date: date(2026, 8, 3), amount: Fen(amount) };
/// let orders = [sold("exactly", 10_000_000), sold("above", 10_000_001)];
/// let listed = unaccompanied(Fen(10_000_000), &orders, &[]);
/// assert_eq!(listed.iter().map(|sold| sold.order).collect::<Vec<_>>(), ["above"]);
/// ```
pub fn unaccompanied<'a>(above: Fen, orders: &[Sold<'a>], visits: &[Accompanied<'_>]) -> Vec<Sold<'a>> {
    let is_accompanied = |sold: &Sold<'_>| {
        visits.iter().any(|visit| visit.customer == sold.customer && visit.date <= sold.date)
    };
    orders.iter().filter(|sold| sold.amount > above && !is_accompanied(sold)).copied().collect()
}
