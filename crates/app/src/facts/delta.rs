//! What an import or an undo changes in the roll-up blocks, computed again from the facts on both sides of it.

use dacheng_domain::facts::row::PaymentRow;
use dacheng_rollup::Delta;
use dacheng_store::facts::{View, order_codes, order_codes_of, payment_codes, payment_codes_of};
use dacheng_store::{Read, imports};
use jiff::civil::Date;

use super::bundles::{Raw, Which, of_orders};
use super::crediting::{Detail, add};
use super::days::number;
use super::ground::Ground;
use crate::Result;

/// Orders looked at together.
const PAGE: i64 = 10_000;

/// One side of a change: which facts count and what they refer to.
pub struct Side<'s> {
    /// Which facts count.
    pub view: View,
    /// What they refer to.
    pub ground: &'s Ground,
}

/// Which bundles a change may touch.
#[derive(Debug, Clone, Copy)]
pub enum Touched {
    /// Those an import says anything about.
    Import(i64, Spread),
    /// Those with a fact dated between these days, both included.
    Days(i32, i32),
}

/// How an import lies among the orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// It touches one in ten or more: walking all of a page costs less than looking each up.
    Dense,
    /// It touches few.
    Sparse,
}

impl Touched {
    /// Those an import says anything about.
    pub fn by_import(tx: &mut Read, import: i64) -> Result<Self> {
        let counts = imports::by_id(tx, import)?.map(|import| import.counts).unwrap_or_default();
        let dense = (counts.added + counts.changed).saturating_mul(10) >= imports::added(tx, "orders")?;
        Ok(Self::Import(import, if dense { Spread::Dense } else { Spread::Sparse }))
    }

    /// Everything dated from a day on; `None` is from the beginning.
    pub fn since(day: Option<Date>) -> Self {
        Self::Days(day.map_or(i32::MIN, number), i32::MAX)
    }

    fn orders(self, tx: &mut Read, after: &str) -> dacheng_store::Result<Vec<String>> {
        match self {
            Self::Import(import, _) => order_codes_of(tx, import, after, PAGE),
            Self::Days(first, last) => order_codes(tx, (first, last), after, PAGE),
        }
    }

    fn payments(self, tx: &mut Read, after: &str) -> dacheng_store::Result<Vec<String>> {
        match self {
            Self::Import(import, _) => payment_codes_of(tx, import, after, PAGE),
            Self::Days(first, last) => payment_codes(tx, (first, last), after, PAGE),
        }
    }

    /// How a page of codes is read. By a range, bundles may come along that are not touched: they are the same on both
    /// sides of a change.
    fn which<'c>(self, codes: &'c [&'c str]) -> Which<'c> {
        match (self, codes) {
            (Self::Days(i32::MIN, i32::MAX) | Self::Import(_, Spread::Dense), [first, .., last]) => {
                Which::Range((first, last))
            }
            (Self::Days(..) | Self::Import(..), _) => Which::Listed(codes),
        }
    }
}

/// Adds `after` − `before` over the touched bundles, page by page.
pub fn between(tx: &mut Read, touched: Touched, before: &Side<'_>, after: &Side<'_>) -> Result<Delta> {
    let mut delta = Delta::default();
    each_bundle(tx, touched, before.view, |_, raw| add(raw, before.ground, Detail::Block, -1, &mut delta))?;
    each_bundle(tx, touched, after.view, |_, raw| add(raw, after.ground, Detail::Block, 1, &mut delta))?;
    Ok(delta)
}

/// Calls `take` with the code and facts of every touched bundle of a view, and perhaps of others: orders first, then
/// payments on none.
pub fn each_bundle(
    tx: &mut Read,
    touched: Touched,
    view: View,
    mut take: impl FnMut(&str, &Raw),
) -> Result<()> {
    let mut after = String::new();
    while let Some((codes, last)) = page(touched.orders(tx, &after)?) {
        let listed: Vec<&str> = codes.iter().map(String::as_str).collect();
        of_orders(tx, view, touched.which(&listed))?.iter().for_each(|(code, raw)| take(code, raw));
        after = last;
    }
    after.clear();
    while let Some((codes, last)) = page(touched.payments(tx, &after)?) {
        let listed: Vec<&str> = codes.iter().map(String::as_str).collect();
        let payments = touched.which(&listed).facts::<PaymentRow>(tx, view, "code")?;
        for payment in payments.filter(|payment| payment.order.is_none()) {
            let code = payment.payment.to_string();
            take(&code, &Raw::of_payment(payment));
        }
        after = last;
    }
    Ok(())
}

/// A page and its last code, or the end.
fn page(codes: Vec<String>) -> Option<(Vec<String>, String)> {
    let last = codes.last()?.clone();
    Some((codes, last))
}
