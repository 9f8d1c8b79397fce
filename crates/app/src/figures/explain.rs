//! Why a figure is what it is: the facts counted, with shares, and those not counted, with the reason.

use dacheng_domain::Fen;
use dacheng_domain::facts::credit::{Credit, CreditKind};
use dacheng_domain::facts::value::OrderStatus;
use dacheng_domain::people::MemberId;
use dacheng_rollup::Owner;
use dacheng_store::facts::View;
use dacheng_store::{counter, imports};
use jiff::civil::Date;
use serde::Serialize;

use super::ask::Ask;
use super::attainment::{Figure, root, table_in};
use crate::company;
use crate::facts::bundles::{Credited, Raw, source_code};
use crate::facts::days::number;
use crate::facts::delta::{Touched, each_bundle};
use crate::facts::ground::Ground;
use crate::{App, Context, Result};

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

/// A figure with everything it is made of.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The question.
    pub ask: Ask,
    /// The answer.
    pub figure: Figure,
    /// The facts counted, by date and code. Their amounts sum to the figure.
    pub counted: Vec<Counted>,
    /// The facts of the owner and period that do not count.
    pub not_counted: Vec<NotCounted>,
    /// The code of the plan whose target it is.
    pub plan: Option<String>,
}

/// Explains the figure of an owner over a period. Reads the facts of the period.
pub fn explain(app: &App, context: &Context, ask: Ask) -> Result<Explanation> {
    let _ = context;
    let measure = ask.measure()?;
    let mut tx = app.store.read()?;
    let (company, _) = company::current(&mut tx)?;
    let (view, ground) = match ask.as_of {
        None => (View::at(counter::last(&mut tx, counter::CHANGE)?), app.memory.ground(&mut tx)?),
        Some(instant) => {
            let view = View::at(imports::sequence_at(&mut tx, instant.as_millisecond())?);
            (view, std::sync::Arc::new(Ground::committed(&mut tx, view)?))
        }
    };
    let whole = Ask { by: Vec::new(), ..ask.clone() };
    let figure = table_in(app, &mut tx, &company, &ground, whole)?.total;
    let year = dacheng_domain::calendar::Year::of(ask.period.first_day(), company.fiscal_start);
    let plan = dacheng_store::plans::of_year(&mut tx, year.name().into(), "in_force")?;
    let root = root(&ground, &ask);
    let mut walk =
        Walk { ask: &ask, measure, ground: &ground, root, counted: Vec::new(), not_counted: Vec::new() };
    let (first, last) = ask.days();
    each_bundle(&mut tx, Touched::Days(number(first), number(last)), view, |code, raw| walk.take(code, raw))?;
    let Walk { mut counted, mut not_counted, .. } = walk;
    counted.sort_by(|a, b| (a.date, &a.code, &a.member).cmp(&(b.date, &b.code, &b.member)));
    not_counted.sort_by(|a, b| (a.date, &a.code).cmp(&(b.date, &b.code)));
    Ok(Explanation { figure, counted, not_counted, plan: plan.map(|plan| plan.code), ask })
}

struct Walk<'w> {
    ask: &'w Ask,
    measure: dacheng_domain::facts::credit::Measure,
    ground: &'w Ground,
    root: Option<String>,
    counted: Vec<Counted>,
    not_counted: Vec<NotCounted>,
}

impl Walk<'_> {
    fn take(&mut self, code: &str, raw: &Raw) {
        let credited = raw.credits(self.ground);
        let customer = raw.customer().map(|(customer, _)| customer.to_owned());
        for credit in &credited.credits {
            self.count(code, credit, &credited, customer.as_deref());
        }
        self.leave_out(code, raw);
    }

    fn count(&mut self, order: &str, credit: &Credit, credited: &Credited, customer: Option<&str>) {
        let in_period = credit.measure == self.measure && self.ask.period.contains(credit.date);
        if !in_period || !self.belongs(credit.member, credit.date, credit.kind) {
            return;
        }
        let (kind, code) = source_code(credit.source, order, credited);
        let member = self.ground.member_code(credit.member).to_owned();
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
        match &self.ask.owner {
            Owner::Member(code) => self.ground.member_code(member) == code,
            Owner::Company => kind == CreditKind::Credit,
            Owner::Unit(code) => kind == CreditKind::Credit && self.sits_in(member, date, code),
        }
    }

    fn sits_in(&self, member: u32, date: Date, unit: &str) -> bool {
        let organisation = &self.ground.organisation;
        let Some(unit) = organisation.unit_of_code(unit) else { return false };
        let segments = organisation.segments(MemberId(i64::from(member)), date).iter();
        segments.flat_map(|segment| organisation.paths().units(segment.path)).any(|own| *own == unit.id)
    }

    /// Whether a fact of somebody's would be the asked owner's.
    fn would_belong(&self, member: &str, date: Date) -> bool {
        match self.ground.member(member) {
            Some(member) => self.belongs(member, date, CreditKind::Credit),
            None => self.ask.owner == Owner::Company || self.root.is_none(),
        }
    }

    fn leave_out(&mut self, code: &str, raw: &Raw) {
        use dacheng_domain::facts::credit::Measure;
        let Some(order) = &raw.order else { return };
        if self.measure != Measure::Revenue || !self.would_belong(order.member.as_str(), order.date) {
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
        } else if self.ground.member(order.member.as_str()).is_none() {
            Some(Why::MemberWithdrawn)
        } else {
            None
        };
        if let Some(reason) = reason.filter(|_| self.ask.period.contains(order.date)) {
            let code = code.to_owned();
            self.not_counted.push(NotCounted {
                kind: "order",
                code,
                date: order.date,
                amount: worth,
                reason,
            });
        }
        for row in raw.returns.iter().filter(|row| cancelled && self.ask.period.contains(row.date)) {
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
