//! What an import or an undo changes in the roll-up blocks, computed again from the facts on both sides of it.

use dacheng_domain::facts::row::{ComplaintRow, OrderRow, PaymentRow};
use dacheng_rollup::Delta;
use dacheng_store::Read;
use dacheng_store::facts::{
    Fact, View, complaint_codes, complaint_codes_of, order_codes, order_codes_of, payment_codes,
    payment_codes_of,
};
use jiff::civil::Date;

use super::alone::add_every;
use super::bundles::{Raw, Which, of_orders};
use super::crediting::{Detail, add};
use super::days::number;
use super::firsts::{Touching, first_of, regrounded};
use super::ground::Ground;
use crate::Result;
use crate::memory::Memory;

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
    Import(i64),
    /// Those with a fact dated between these days, both included.
    Days(i32, i32),
}

impl Touched {
    /// Everything dated from a day on; `None` is from the beginning.
    pub fn since(day: Option<Date>) -> Self {
        Self::Days(day.map_or(i32::MIN, number), i32::MAX)
    }

    fn orders(self, tx: &mut Read, after: &str) -> dacheng_store::Result<Vec<String>> {
        match self {
            Self::Import(import) => order_codes_of(tx, import, after, PAGE),
            Self::Days(first, last) => order_codes(tx, (first, last), after, PAGE),
        }
    }

    fn payments(self, tx: &mut Read, after: &str) -> dacheng_store::Result<Vec<String>> {
        match self {
            Self::Import(import) => payment_codes_of(tx, import, after, PAGE),
            Self::Days(first, last) => payment_codes(tx, (first, last), after, PAGE),
        }
    }

    fn complaints(self, tx: &mut Read, after: &str) -> dacheng_store::Result<Vec<String>> {
        match self {
            Self::Import(import) => complaint_codes_of(tx, import, after, PAGE),
            Self::Days(first, last) => complaint_codes(tx, (first, last), after, PAGE),
        }
    }

    /// How a page of codes is read. What comes along of an import's neighbours is the same on both sides of a change.
    pub(super) fn which<'c, F: Fact>(self, tx: &mut Read, codes: &'c [&'c str]) -> Result<Which<'c>> {
        match (self, codes) {
            (Self::Days(i32::MIN, i32::MAX), [first, .., last]) => Ok(Which::Range((first, last))),
            (Self::Import(_), _) => Which::of::<F>(tx, codes),
            (Self::Days(..), _) => Ok(Which::Listed(codes)),
        }
    }
}

/// Adds `after` − `before` over everything touched, page by page: of an import the facts differ and the ground is one, of days
/// the ground differs and the facts are the same.
pub fn between(
    tx: &mut Read,
    memory: &Memory,
    touched: Touched,
    before: &Side<'_>,
    after: &Side<'_>,
) -> Result<Delta> {
    let mut delta = Delta::default();
    match touched {
        Touched::Import(_) => {
            let mut firsts = Touching::default();
            each_bundle(tx, touched, before.view, |code, raw| {
                let bundle = add(raw, before.ground, Detail::Block, -1, &mut delta);
                firsts.before(code, first_of(raw, bundle.as_ref()));
            })?;
            each_bundle(tx, touched, after.view, |code, raw| {
                let bundle = add(raw, after.ground, Detail::Block, 1, &mut delta);
                firsts.after(code, first_of(raw, bundle.as_ref()));
            })?;
            firsts.changes().resolve(tx, memory, after.view, after.ground, &mut delta)?;
            add_every(tx, touched, before, Detail::Block, -1, &mut delta)?;
            add_every(tx, touched, after, Detail::Block, 1, &mut delta)?;
        }
        Touched::Days(..) => {
            add_all(tx, touched, before, Detail::Block, -1, &mut delta)?;
            add_all(tx, touched, after, Detail::Block, 1, &mut delta)?;
            regrounded(tx, memory, after.view, (before.ground, after.ground), &mut delta)?;
        }
    }
    Ok(delta)
}

/// Adds what everything touched credits on one side, times `sign`; all but who is new.
pub fn add_all(
    tx: &mut Read,
    touched: Touched,
    side: &Side<'_>,
    detail: Detail,
    sign: i64,
    delta: &mut Delta,
) -> Result<()> {
    each_bundle(tx, touched, side.view, |_, raw| drop(add(raw, side.ground, detail, sign, delta)))?;
    add_every(tx, touched, side, detail, sign, delta)
}

/// Calls `take` with the code and facts of every touched bundle of a view, and perhaps of others: orders first, then
/// payments and complaints on none.
pub fn each_bundle(
    tx: &mut Read,
    touched: Touched,
    view: View,
    mut take: impl FnMut(&str, &Raw),
) -> Result<()> {
    let mut after = String::new();
    while let Some((codes, last)) = page(touched.orders(tx, &after)?) {
        let listed: Vec<&str> = codes.iter().map(String::as_str).collect();
        let which = touched.which::<OrderRow>(tx, &listed)?;
        of_orders(tx, view, which)?.iter().for_each(|(code, raw)| take(code, raw));
        after = last;
    }
    after.clear();
    while let Some((codes, last)) = page(touched.payments(tx, &after)?) {
        let listed: Vec<&str> = codes.iter().map(String::as_str).collect();
        let which = touched.which::<PaymentRow>(tx, &listed)?;
        let payments = which.facts::<PaymentRow>(tx, view, "code")?;
        for payment in payments.filter(|payment| payment.order.is_none()) {
            let code = payment.payment.to_string();
            take(&code, &Raw::of_payment(payment));
        }
        after = last;
    }
    after.clear();
    while let Some((codes, last)) = page(touched.complaints(tx, &after)?) {
        let listed: Vec<&str> = codes.iter().map(String::as_str).collect();
        let which = touched.which::<ComplaintRow>(tx, &listed)?;
        let complaints = which.facts::<ComplaintRow>(tx, view, "code")?;
        for complaint in complaints.filter(|complaint| complaint.order.is_none()) {
            let code = complaint.complaint.to_string();
            take(&code, &Raw::of_complaint(complaint));
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
