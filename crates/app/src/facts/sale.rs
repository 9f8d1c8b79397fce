//! Facts as their import sees them, and the kinds that belong to an order. Those that stand alone are in [`super::alone`].

use std::borrow::Cow;

use dacheng_domain::facts::entry::Entry;
use dacheng_domain::facts::row::{
    ComplaintRow, OrderLineRow, OrderRow, OrderShareRow, PaymentRow, ReceivableRow, ReturnRow, Row,
};
use dacheng_domain::facts::value::Code;
use dacheng_rollup::Delta;
use dacheng_store::facts::Fact;

use super::bundles::Raw;
use super::crediting::{Detail, Parties, add};
use super::ground::Ground;
use super::problems::Wrong;

/// A kind of fact that is something that happened, and mostly belongs to an order.
pub trait Sale: Fact + Into<Row> + Send + 'static {
    /// The fact of a row of this kind.
    fn of(row: Row) -> Option<Self>;
    /// The order it belongs to; a payment and a complaint may belong to none.
    fn order(&self) -> Option<&Code>;
    /// Puts it among the facts of its order, in the place of its earlier version.
    fn put(&self, raw: &mut Raw);
    /// Takes it out of the facts of its order.
    fn take_out(&self, raw: &mut Raw);
    /// Whom it names, or a code it refers to that nobody knows.
    fn named(&self, ground: &Ground) -> Result<Named, Wrong>;

    /// Its key, as [`Entry::key`].
    fn key(&self) -> Cow<'_, str> {
        Entry::from(self.clone().into()).key().into_owned().into()
    }

    /// Adds what it credits where nothing else decides that, times `sign`.
    fn add_alone(&self, ground: &Ground, sign: i64, delta: &mut Delta) {
        let mut raw = Raw::default();
        self.put(&mut raw);
        let _ = add(&raw, ground, Detail::Block, sign, delta);
    }

    /// The order that it is.
    fn as_order(&self) -> Option<&OrderRow> {
        None
    }
}

/// Whom a fact names: found when it is checked, so that it need not be found again when it is credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// The parties of an order.
    Parties(Parties),
    /// Others, which the order's facts decide.
    Others,
}

fn unknown(field: &'static str, code: &Code) -> Wrong {
    Wrong::Unknown { field, code: code.to_string() }
}

pub(super) fn member(code: &Code, ground: &Ground) -> Result<u32, Wrong> {
    ground.member(code.as_str()).ok_or_else(|| unknown("member", code))
}

pub(super) fn customer(code: &Code, ground: &Ground) -> Result<u32, Wrong> {
    ground.customers.place(code.as_str()).ok_or_else(|| unknown("customer", code))
}

impl Sale for OrderRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::Order(row) = row { Some(row) } else { None }
    }

    fn order(&self) -> Option<&Code> {
        Some(&self.order)
    }

    fn put(&self, raw: &mut Raw) {
        raw.order = Some(self.clone());
    }

    fn take_out(&self, raw: &mut Raw) {
        raw.order = None;
    }

    fn named(&self, ground: &Ground) -> Result<Named, Wrong> {
        let customer = customer(&self.customer, ground)?;
        Ok(Named::Parties(Parties { customer, member: member(&self.member, ground)? }))
    }

    fn key(&self) -> Cow<'_, str> {
        self.order.as_str().into()
    }

    fn as_order(&self) -> Option<&OrderRow> {
        Some(self)
    }
}

/// Puts a fact into a list in the order of keys.
fn put<F: Fact, K: Ord>(list: &mut Vec<F>, fact: &F, key: impl Fn(&F) -> K) {
    let at = list.partition_point(|other| key(other) < key(fact));
    list.insert(at, fact.clone());
}

impl Sale for OrderLineRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::OrderLine(row) = row { Some(row) } else { None }
    }

    fn order(&self) -> Option<&Code> {
        Some(&self.order)
    }

    fn put(&self, raw: &mut Raw) {
        put(&mut raw.lines, self, |line| line.line.clone());
    }

    fn take_out(&self, raw: &mut Raw) {
        raw.lines.retain(|line| !line.same_key(self));
    }

    fn named(&self, ground: &Ground) -> Result<Named, Wrong> {
        let product = ground.products.place(self.product.as_str());
        product.map(|_| Named::Others).ok_or_else(|| unknown("product", &self.product))
    }
}

impl Sale for OrderShareRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::OrderShare(row) = row { Some(row) } else { None }
    }

    fn order(&self) -> Option<&Code> {
        Some(&self.order)
    }

    fn put(&self, raw: &mut Raw) {
        put(&mut raw.shares, self, |share| (share.member.clone(), share.kind));
    }

    fn take_out(&self, raw: &mut Raw) {
        raw.shares.retain(|share| !share.same_key(self));
    }

    fn named(&self, ground: &Ground) -> Result<Named, Wrong> {
        member(&self.member, ground).map(|_| Named::Others)
    }
}

impl Sale for ReturnRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::Return(row) = row { Some(row) } else { None }
    }

    fn order(&self) -> Option<&Code> {
        Some(&self.order)
    }

    fn put(&self, raw: &mut Raw) {
        put(&mut raw.returns, self, |row| row.code.clone());
    }

    fn take_out(&self, raw: &mut Raw) {
        raw.returns.retain(|row| !row.same_key(self));
    }

    fn named(&self, _: &Ground) -> Result<Named, Wrong> {
        Ok(Named::Others)
    }

    fn key(&self) -> Cow<'_, str> {
        self.code.as_str().into()
    }
}

impl Sale for ReceivableRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::Receivable(row) = row { Some(row) } else { None }
    }

    fn order(&self) -> Option<&Code> {
        Some(&self.order)
    }

    fn put(&self, raw: &mut Raw) {
        put(&mut raw.receivables, self, |row| row.code.clone());
    }

    fn take_out(&self, raw: &mut Raw) {
        raw.receivables.retain(|row| !row.same_key(self));
    }

    fn named(&self, _: &Ground) -> Result<Named, Wrong> {
        Ok(Named::Others)
    }

    fn key(&self) -> Cow<'_, str> {
        self.code.as_str().into()
    }
}

impl Sale for PaymentRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::Payment(row) = row { Some(row) } else { None }
    }

    fn order(&self) -> Option<&Code> {
        self.order.as_ref()
    }

    fn put(&self, raw: &mut Raw) {
        put(&mut raw.payments, self, |payment| payment.payment.clone());
    }

    fn take_out(&self, raw: &mut Raw) {
        raw.payments.retain(|payment| !payment.same_key(self));
    }

    fn named(&self, ground: &Ground) -> Result<Named, Wrong> {
        if self.order.is_none() && self.member.is_none() {
            return Err(Wrong::Missing("member"));
        }
        self.customer.as_ref().map_or(Ok(0), |code| customer(code, ground))?;
        self.member.as_ref().map_or(Ok(0), |code| member(code, ground))?;
        Ok(Named::Others)
    }

    fn key(&self) -> Cow<'_, str> {
        self.payment.as_str().into()
    }
}

impl Sale for ComplaintRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::Complaint(row) = row { Some(row) } else { None }
    }

    fn order(&self) -> Option<&Code> {
        self.order.as_ref()
    }

    fn put(&self, raw: &mut Raw) {
        put(&mut raw.complaints, self, |complaint| complaint.complaint.clone());
    }

    fn take_out(&self, raw: &mut Raw) {
        raw.complaints.retain(|complaint| !complaint.same_key(self));
    }

    fn named(&self, ground: &Ground) -> Result<Named, Wrong> {
        if self.order.is_none() && self.member.is_none() {
            return Err(Wrong::Missing("member"));
        }
        self.customer.as_ref().map_or(Ok(0), |code| customer(code, ground))?;
        self.member.as_ref().map_or(Ok(0), |code| member(code, ground))?;
        Ok(Named::Others)
    }

    fn key(&self) -> Cow<'_, str> {
        self.complaint.as_str().into()
    }
}
