//! Orders with everything that hangs on them, read by the page, and what the rules credit for them.

use std::collections::BTreeMap;

use dacheng_domain::facts::credit::{self, Bundle, Credit, Share, Source};
use dacheng_domain::facts::row::{
    ComplaintRow, OrderLineRow, OrderRow, OrderShareRow, PaymentRow, ReceivableRow, ReturnRow,
};
use dacheng_domain::facts::value::OrderStatus;
use dacheng_store::Read;
use dacheng_store::facts::{Fact, Range, Version, View, between, crowd, of};
use jiff::civil::Date;

use super::ground::Ground;
use crate::Result;

/// An order as it is kept, with what hangs on it. Payments and complaints on no order are bundles of their own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Raw {
    /// The order, where its code is known.
    pub order: Option<OrderRow>,
    /// By line.
    pub lines: Vec<OrderLineRow>,
    /// By member and kind.
    pub shares: Vec<OrderShareRow>,
    /// By code.
    pub returns: Vec<ReturnRow>,
    /// By code.
    pub payments: Vec<PaymentRow>,
    /// By code.
    pub receivables: Vec<ReceivableRow>,
    /// By code.
    pub complaints: Vec<ComplaintRow>,
}

/// Which orders are asked for.
#[derive(Debug, Clone, Copy)]
pub enum Which<'w> {
    /// These, by a look-up each.
    Listed(&'w [&'w str]),
    /// All from one code to another, by one walk.
    Range(Range<'w>),
}

/// A look-up costs about as much as this many facts of a walk.
const LOOK_UP: i64 = 10;

impl<'w> Which<'w> {
    /// The facts of these codes, which are in order: by one walk where few others of their kind lie between them, and
    /// these come along, else by look-ups.
    pub fn of<F: Fact>(tx: &mut Read, codes: &'w [&'w str]) -> Result<Self> {
        let [first, .., last] = codes else { return Ok(Self::Listed(codes)) };
        let worth = LOOK_UP.saturating_mul(i64::try_from(codes.len()).unwrap_or(i64::MAX));
        let crowded = crowd::<F>(tx, (first, last), worth)? >= worth;
        Ok(if crowded { Self::Listed(codes) } else { Self::Range((first, last)) })
    }

    /// Versions of the facts whose `column` names one of the codes, in the order of their keys.
    pub fn versions<F: Fact>(self, tx: &mut Read, view: View, column: &str) -> Result<Vec<Version<F>>> {
        Ok(match self {
            Self::Listed(codes) => of::<F>(tx, view, column, codes.iter().copied())?,
            Self::Range(range) => between::<F>(tx, view, column, range)?,
        })
    }

    /// The facts whose `column` names one of the orders.
    pub fn facts<F: Fact>(self, tx: &mut Read, view: View, column: &str) -> Result<impl Iterator<Item = F>> {
        Ok(self.versions(tx, view, column)?.into_iter().map(|version| version.fact))
    }
}

/// The bundles of some orders in a view, by code.
pub fn of_orders(tx: &mut Read, view: View, which: Which<'_>) -> Result<BTreeMap<String, Raw>> {
    let mut bundles = BTreeMap::<String, Raw>::new();
    for order in which.facts::<OrderRow>(tx, view, "code")? {
        let code = order.order.to_string();
        bundles.entry(code).or_default().order = Some(order);
    }
    for line in which.facts::<OrderLineRow>(tx, view, "order_code")? {
        let code = line.order.to_string();
        bundles.entry(code).or_default().lines.push(line);
    }
    for share in which.facts::<OrderShareRow>(tx, view, "order_code")? {
        let code = share.order.to_string();
        bundles.entry(code).or_default().shares.push(share);
    }
    for row in which.facts::<ReturnRow>(tx, view, "order_code")? {
        let code = row.order.to_string();
        bundles.entry(code).or_default().returns.push(row);
    }
    for payment in which.facts::<PaymentRow>(tx, view, "order_code")? {
        if let Some(code) = payment.order.as_ref().map(ToString::to_string) {
            bundles.entry(code).or_default().payments.push(payment);
        }
    }
    for row in which.facts::<ReceivableRow>(tx, view, "order_code")? {
        let code = row.order.to_string();
        bundles.entry(code).or_default().receivables.push(row);
    }
    for complaint in which.facts::<ComplaintRow>(tx, view, "order_code")? {
        if let Some(code) = complaint.order.as_ref().map(ToString::to_string) {
            bundles.entry(code).or_default().complaints.push(complaint);
        }
    }
    Ok(bundles)
}

impl Raw {
    /// A payment on no order.
    pub fn of_payment(payment: PaymentRow) -> Self {
        Self { payments: vec![payment], ..Self::default() }
    }

    /// A complaint about no order.
    pub fn of_complaint(complaint: ComplaintRow) -> Self {
        Self { complaints: vec![complaint], ..Self::default() }
    }

    /// What the rules credit for it, and the facts they are based on in the rules' order.
    pub fn credits(&self, ground: &Ground) -> Credited {
        let mut returns: Vec<&ReturnRow> = self.returns.iter().collect();
        returns.sort_by(|a, b| (a.date, &a.code).cmp(&(b.date, &b.code)));
        let mut payments: Vec<&PaymentRow> = self.payments.iter().collect();
        payments.sort_by(|a, b| (a.date, &a.payment).cmp(&(b.date, &b.payment)));
        let mut receivables: Vec<&ReceivableRow> = self.receivables.iter().collect();
        receivables.sort_by(|a, b| (a.due, &a.code).cmp(&(b.due, &b.code)));
        let mut complaints: Vec<&ComplaintRow> = self.complaints.iter().collect();
        complaints.sort_by(|a, b| (a.date, &a.complaint).cmp(&(b.date, &b.complaint)));
        let bundle = self.bundle(ground).map(|bundle| Bundle {
            returns: returns.iter().map(|row| (row.date, row.amount)).collect(),
            payments: payments.iter().map(|payment| payment_of(payment, ground)).collect(),
            receivables: receivables.iter().map(|row| (row.due, row.amount)).collect(),
            complaints: complaints.iter().map(|complaint| complaint_of(complaint, ground)).collect(),
            ..bundle
        });
        Credited {
            credits: bundle.as_ref().map(credit::credits).unwrap_or_default(),
            returns: returns.into_iter().cloned().collect(),
            payments: payments.into_iter().cloned().collect(),
            receivables: receivables.into_iter().cloned().collect(),
            complaints: complaints.into_iter().cloned().collect(),
            bundle,
        }
    }

    /// The sale with its lines and shares, and nothing dated yet. `None` where nobody can be credited: the order or its
    /// owner is not known.
    pub(super) fn bundle(&self, ground: &Ground) -> Option<Bundle> {
        let (member, date, amount, status) = if let Some(order) = &self.order {
            (ground.member(order.member.as_str())?, order.date, order.amount, order.status)
        } else {
            let (member, date) = self.alone()?;
            (ground.member(member)?, date, None, OrderStatus::Normal)
        };
        let products = || self.lines.iter().map(|line| ground.products.place(line.product.as_str()));
        Some(Bundle {
            member,
            date,
            amount,
            cancelled: status == OrderStatus::Cancelled,
            lines: products()
                .map(|product| product.unwrap_or(UNKNOWN))
                .zip(self.lines.iter().map(|line| line.amount))
                .collect(),
            shares: self.shares.iter().filter_map(|share| share_of(share, ground)).collect(),
            returns: Vec::new(),
            payments: Vec::new(),
            receivables: Vec::new(),
            complaints: Vec::new(),
        })
    }

    /// Member and day of the one payment or complaint on no order.
    fn alone(&self) -> Option<(&str, Date)> {
        let payment = self.payments.first().filter(|payment| payment.order.is_none());
        if let Some(payment) = payment {
            return Some((payment.member.as_ref()?.as_str(), payment.date));
        }
        let complaint = self.complaints.first().filter(|complaint| complaint.order.is_none())?;
        Some((complaint.member.as_ref()?.as_str(), complaint.date))
    }

    /// The customer whose region and type the bundle's credits have, and the day that decides them.
    pub fn customer(&self) -> Option<(&str, Date)> {
        if let Some(order) = &self.order {
            Some((order.customer.as_str(), order.date))
        } else {
            let payment = self.payments.first().map(|payment| (&payment.customer, payment.date));
            let complaint = || self.complaints.first().map(|complaint| (&complaint.customer, complaint.date));
            let (customer, day) = payment.or_else(complaint)?;
            Some((customer.as_ref()?.as_str(), day))
        }
    }
}

/// A product that is not in the ground: its import was undone.
const UNKNOWN: u32 = u32::MAX;

fn share_of(share: &OrderShareRow, ground: &Ground) -> Option<Share> {
    let member = ground.member(share.member.as_str())?;
    Some(Share { member, parts: share.share.parts(), kind: share.kind })
}

fn payment_of(payment: &PaymentRow, ground: &Ground) -> credit::Payment {
    let member = payment.member.as_ref().and_then(|member| ground.member(member.as_str()));
    credit::Payment { date: payment.date, amount: payment.amount, member }
}

fn complaint_of(complaint: &ComplaintRow, ground: &Ground) -> credit::Complaint {
    let member = complaint.member.as_ref().and_then(|member| ground.member(member.as_str()));
    credit::Complaint { date: complaint.date, member }
}

/// What a bundle credits, with what is dated on it in the order that [`Source`] counts them.
pub struct Credited {
    /// The credits.
    pub credits: Vec<Credit>,
    /// For [`Source::Return`].
    pub returns: Vec<ReturnRow>,
    /// For [`Source::Payment`].
    pub payments: Vec<PaymentRow>,
    /// For [`Source::Receivable`].
    pub receivables: Vec<ReceivableRow>,
    /// For [`Source::Complaint`].
    pub complaints: Vec<ComplaintRow>,
    /// As the rules see it; `None` where nobody can be credited.
    pub bundle: Option<Bundle>,
}

/// A source's place in words: `order`, `return`, `payment`, `receivable` or `complaint` with the fact's code.
pub fn source_code<'c>(source: Source, order: &'c str, credited: &'c Credited) -> (&'static str, &'c str) {
    match source {
        Source::Order => ("order", order),
        Source::Return(at) => ("return", credited.returns.get(at).map_or("", |row| row.code.as_str())),
        Source::Payment(at) => ("payment", credited.payments.get(at).map_or("", |row| row.payment.as_str())),
        Source::Receivable(at) => {
            ("receivable", credited.receivables.get(at).map_or("", |row| row.code.as_str()))
        }
        Source::Complaint(at) => {
            ("complaint", credited.complaints.get(at).map_or("", |row| row.complaint.as_str()))
        }
    }
}
