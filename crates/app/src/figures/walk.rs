//! The facts of some days that count for an owner, and those that do not, with the reason.

use dacheng_domain::Fen;
use dacheng_domain::calendar::Period;
use dacheng_domain::facts::credit::{Credit, CreditKind, Measure};
use dacheng_domain::facts::value::OrderStatus;
use dacheng_domain::people::MemberId;
use dacheng_rollup::Owner;
use dacheng_store::Read;
use dacheng_store::facts::View;
use jiff::civil::Date;
use serde::Serialize;

use crate::Result;
use crate::facts::bundles::{Credited, Raw, source_code};
use crate::facts::days::number;
use crate::facts::delta::{Touched, each_bundle};
use crate::facts::ground::Ground;

/// A fact that counts, and with how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// `order`, `return` or `payment`.
    pub kind: &'static str,
    /// Its code.
    pub code: String,
    /// Its date.
    pub date: Date,
    /// Whom it credits.
    pub member: String,
    /// The customer.
    pub customer: Option<String>,
    /// What it credits.
    pub amount: Fen,
    /// Whether it is an overlay share (双计).
    pub overlay: bool,
}

/// A fact that does not count, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotCounted {
    /// `order`, `return` or `payment`.
    pub kind: &'static str,
    /// Its code.
    pub code: String,
    /// Its date.
    pub date: Date,
    /// What it would be worth.
    pub amount: Option<Fen>,
    /// Why it does not count.
    pub reason: Why,
}

/// Why a fact does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It was cancelled.
    Cancelled,
    /// Its order was cancelled.
    OrderCancelled,
    /// It has neither an amount nor lines.
    NoAmount,
    /// Whoever it credits is not known any more.
    MemberWithdrawn,
}

/// Whose facts of which measure are looked for, in which view.
pub(super) struct Looked<'w> {
    pub owner: &'w Owner,
    pub measure: Measure,
    pub view: View,
    pub ground: &'w Ground,
    pub root: Option<String>,
}

/// What was found in a period.
pub(super) struct Found {
    /// By date and code.
    pub counted: Vec<Counted>,
    /// By date and code.
    pub not_counted: Vec<NotCounted>,
    /// How many orders and payments were looked at.
    pub looked_at: usize,
}

impl Looked<'_> {
    /// The facts of a period.
    pub fn find(&self, tx: &mut Read, period: Period) -> Result<Found> {
        let mut walk =
            Walk { looked: self, period, counted: Vec::new(), not_counted: Vec::new(), looked_at: 0 };
        let days = Touched::Days(number(period.first_day()), number(period.last_day()));
        each_bundle(tx, days, self.view, |code, raw| walk.take(code, raw))?;
        let Walk { mut counted, mut not_counted, looked_at, .. } = walk;
        counted.sort_by(|a, b| (a.date, &a.code, &a.member).cmp(&(b.date, &b.code, &b.member)));
        not_counted.sort_by(|a, b| (a.date, &a.code).cmp(&(b.date, &b.code)));
        Ok(Found { counted, not_counted, looked_at })
    }
}

struct Walk<'w> {
    looked: &'w Looked<'w>,
    period: Period,
    looked_at: usize,
    counted: Vec<Counted>,
    not_counted: Vec<NotCounted>,
}

impl Walk<'_> {
    fn take(&mut self, code: &str, raw: &Raw) {
        self.looked_at += 1;
        let credited = raw.credits(self.looked.ground);
        let customer = raw.customer().map(|(customer, _)| customer.to_owned());
        for credit in &credited.credits {
            self.count(code, credit, &credited, customer.as_deref());
        }
        self.leave_out(code, raw);
    }

    fn count(&mut self, order: &str, credit: &Credit, credited: &Credited, customer: Option<&str>) {
        let in_period = credit.measure == self.looked.measure && self.period.contains(credit.date);
        if !in_period || !self.belongs(credit.member, credit.date, credit.kind) {
            return;
        }
        let (kind, code) = source_code(credit.source, order, credited);
        let member = self.looked.ground.member_code(credit.member).to_owned();
        let overlay = credit.kind == CreditKind::Overlay;
        let same = |last: &&mut Counted| {
            last.kind == kind && last.code == code && last.member == member && last.overlay == overlay
        };
        if let Some(last) = self.counted.iter_mut().rev().take(16).find(same) {
            last.amount += credit.amount;
            return;
        }
        self.counted.push(Counted {
            kind,
            code: code.to_owned(),
            date: credit.date,
            member,
            customer: customer.map(str::to_owned),
            amount: credit.amount,
            overlay,
        });
    }

    /// Whether a credit of a member on a day is the asked owner's.
    fn belongs(&self, member: u32, date: Date, kind: CreditKind) -> bool {
        match self.looked.owner {
            Owner::Member(code) => self.looked.ground.member_code(member) == code,
            Owner::Company => kind == CreditKind::Credit,
            Owner::Unit(code) => kind == CreditKind::Credit && self.sits_in(member, date, code),
        }
    }

    fn sits_in(&self, member: u32, date: Date, unit: &str) -> bool {
        let organisation = &self.looked.ground.organisation;
        let Some(unit) = organisation.unit_of_code(unit) else { return false };
        let segments = organisation.segments(MemberId(i64::from(member)), date).iter();
        segments.flat_map(|segment| organisation.paths().units(segment.path)).any(|own| *own == unit.id)
    }

    /// Whether a fact of somebody's would be the asked owner's.
    fn would_belong(&self, member: &str, date: Date) -> bool {
        match self.looked.ground.member(member) {
            Some(member) => self.belongs(member, date, CreditKind::Credit),
            None => *self.looked.owner == Owner::Company || self.looked.root.is_none(),
        }
    }

    fn leave_out(&mut self, code: &str, raw: &Raw) {
        let Some(order) = &raw.order else { return };
        if self.looked.measure != Measure::Revenue || !self.would_belong(order.member.as_str(), order.date) {
            return;
        }
        let cancelled = order.status == OrderStatus::Cancelled;
        let worth = match raw.lines.as_slice() {
            [] => order.amount,
            lines => Some(lines.iter().map(|line| line.amount).sum()),
        };
        let reason = if cancelled {
            Some(Why::Cancelled)
        } else if worth.is_none() {
            Some(Why::NoAmount)
        } else if self.looked.ground.member(order.member.as_str()).is_none() {
            Some(Why::MemberWithdrawn)
        } else {
            None
        };
        if let Some(reason) = reason.filter(|_| self.period.contains(order.date)) {
            let code = code.to_owned();
            self.not_counted.push(NotCounted {
                kind: "order",
                code,
                date: order.date,
                amount: worth,
                reason,
            });
        }
        for row in raw.returns.iter().filter(|row| cancelled && self.period.contains(row.date)) {
            self.not_counted.push(NotCounted {
                kind: "return",
                code: row.code.to_string(),
                date: row.date,
                amount: Some(row.amount),
                reason: Why::OrderCancelled,
            });
        }
    }
}
