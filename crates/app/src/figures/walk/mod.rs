//! The facts of some days that count for an owner, and those that do not, with the reason.

mod alone;
mod listed;
mod sides;

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::Fen;
use dacheng_domain::calendar::Period;
use dacheng_domain::facts::Measure;
use dacheng_domain::facts::credit::{Bundle, Credit, CreditKind};
use dacheng_domain::facts::value::OrderStatus;
use dacheng_domain::people::MemberId;
use dacheng_rollup::Owner;
use dacheng_store::Read;
use dacheng_store::facts::View;
use jiff::civil::Date;

pub use listed::{Counted, NotCounted, Why};
pub(super) use sides::Sides;

use crate::Result;
use crate::facts::bundles::{Credited, Raw, source_code};
use crate::facts::crediting::is_new;
use crate::facts::days::number;
use crate::facts::delta::{Touched, each_bundle};
use crate::facts::ground::Ground;
use sides::Place;

/// Whose facts of which measures are looked for, in which view.
pub(super) struct Looked<'w> {
    pub owner: &'w Owner,
    pub adds: Sides<'w>,
    pub view: View,
    pub ground: &'w Ground,
    pub root: Option<String>,
    /// The last day that is looked at.
    pub until: Date,
    /// By month (year × 100 + month) the members whose summaries give way to facts.
    pub decided: BTreeMap<i64, BTreeSet<String>>,
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
        let mut walk = Walk {
            looked: self,
            period,
            counted: Vec::new(),
            not_counted: Vec::new(),
            outside: Vec::new(),
            looked_at: 0,
        };
        let days = Touched::Days(number(period.first_day()), number(period.last_day()));
        if self.is_of_bundles() {
            each_bundle(tx, days, self.view, |code, raw| walk.take(code, raw))?;
        }
        walk.alone(tx, days)?;
        let Walk { mut counted, mut not_counted, outside, looked_at, .. } = walk;
        leave_outside(outside, &counted, &mut not_counted);
        counted.sort_by(|a, b| (a.date, &a.code, &a.member).cmp(&(b.date, &b.code, &b.member)));
        not_counted.sort_by(|a, b| (a.date, &a.code).cmp(&(b.date, &b.code)));
        Ok(Found { counted, not_counted, looked_at })
    }
}

impl Looked<'_> {
    fn wants(&self, measure: Measure) -> bool {
        self.adds.measures().contains(&measure)
    }

    /// Where a customer belongs on a day.
    fn place(&self, customer: Option<&str>, on: Date, date: Date) -> Place<'_> {
        let ground = self.ground;
        let found = customer.and_then(|code| ground.customers.on(ground.customers.place(code)?, on));
        let text = |number: Option<u32>| number.map_or("", |number| ground.text(number));
        Place {
            date,
            line: "",
            region: text(found.map(|place| place.region)),
            customer_type: text(found.map(|place| place.kind)),
        }
    }

    /// Whether orders and what hangs on them say it.
    fn is_of_bundles(&self) -> bool {
        self.adds.measures().into_iter().any(|measure| {
            matches!(
                measure,
                Measure::Revenue
                    | Measure::NewProductRevenue
                    | Measure::Orders
                    | Measure::Collections
                    | Measure::Receivables
                    | Measure::Complaints
            )
        })
    }
}

/// Facts outside of a filter do not count, unless something of them does.
fn leave_outside(outside: Vec<NotCounted>, counted: &[Counted], not_counted: &mut Vec<NotCounted>) {
    let counted: BTreeSet<(&str, &str)> =
        counted.iter().map(|fact| (fact.kind, fact.code.as_str())).collect();
    let mut seen = BTreeSet::new();
    for fact in outside {
        let key = (fact.kind, fact.code.clone());
        if !counted.contains(&(fact.kind, fact.code.as_str())) && seen.insert(key) {
            not_counted.push(fact);
        }
    }
}

struct Walk<'w> {
    looked: &'w Looked<'w>,
    period: Period,
    looked_at: usize,
    counted: Vec<Counted>,
    not_counted: Vec<NotCounted>,
    /// What a filter leaves out.
    outside: Vec<NotCounted>,
}

impl Walk<'_> {
    fn take(&mut self, code: &str, raw: &Raw) {
        self.looked_at += 1;
        let credited = raw.credits(self.looked.ground);
        let customer = raw.customer().map(|(customer, day)| (customer.to_owned(), day));
        let customer = customer.as_ref().map(|(customer, day)| (customer.as_str(), *day));
        let ordered = raw.order.as_ref().map(|order| order.date);
        for credit in &credited.credits {
            self.count(code, credit, &credited, (customer, ordered));
            if credit.measure == Measure::Revenue && is_new(credit.product, ordered, self.looked.ground) {
                let credit = Credit { measure: Measure::NewProductRevenue, ..*credit };
                self.count(code, &credit, &credited, (customer, ordered));
            }
        }
        if let Some(bundle) = credited.bundle.as_ref().filter(|bundle| !bundle.cancelled && ordered.is_some())
        {
            self.count_order(code, bundle, customer);
        }
        self.leave_out(code, raw);
    }

    /// An order counts once for whoever shares it and for every unit they sit in.
    fn count_order(&mut self, code: &str, bundle: &Bundle, customer: Option<(&str, Date)>) {
        if !self.is_in_period(bundle.date) {
            return;
        }
        let looked = self.looked;
        let place = looked.place(customer.map(|(code, _)| code), bundle.date, bundle.date);
        let Some((over, under)) = looked.adds.sides(Measure::Orders, 1, &place) else {
            return self.leave_outside("order", code, bundle.date, bundle.member, None);
        };
        if (over, under) == (0, 0) {
            return;
        }
        let customer = customer.map(|(code, _)| code);
        let shares = bundle.shares.iter().filter(|share| share.parts > 0);
        let mut owners: Vec<(u32, CreditKind)> = shares.map(|share| (share.member, share.kind)).collect();
        if !owners.iter().any(|(_, kind)| *kind == CreditKind::Credit) {
            owners.push((bundle.member, CreditKind::Credit));
        }
        let own = owners.into_iter().find(|(member, kind)| self.belongs(*member, bundle.date, *kind));
        let Some((member, kind)) = own else { return };
        let is_same = |last: &&mut Counted| last.kind == "order" && last.code == code;
        if let Some(last) = self.counted.iter_mut().rev().take(64).find(is_same) {
            last.over += over;
            last.under += under;
            return;
        }
        self.counted.push(Counted {
            kind: "order",
            code: code.to_owned(),
            date: bundle.date,
            member: self.looked.ground.member_code(member).to_owned(),
            customer: customer.map(str::to_owned),
            over,
            under,
            against: 0,
            overlay: kind == CreditKind::Overlay,
        });
    }

    fn is_in_period(&self, date: Date) -> bool {
        self.period.contains(date) && date <= self.looked.until
    }

    fn leave(&mut self, kind: &'static str, code: &str, date: Date, reason: Why) {
        self.not_counted.push(NotCounted { kind, code: code.to_owned(), date, amount: None, reason });
    }

    /// A fact that a filter leaves out, where it would be the asked owner's.
    fn leave_outside(
        &mut self,
        kind: &'static str,
        code: &str,
        date: Date,
        member: u32,
        amount: Option<Fen>,
    ) {
        if self.belongs(member, date, CreditKind::Credit) {
            let (code, reason) = (code.to_owned(), Why::OutsideFilter);
            self.outside.push(NotCounted { kind, code, date, amount, reason });
        }
    }

    fn count(
        &mut self,
        order: &str,
        credit: &Credit,
        credited: &Credited,
        (customer, ordered): (Option<(&str, Date)>, Option<Date>),
    ) {
        let looked = self.looked;
        if !self.is_in_period(credit.date) {
            return;
        }
        let day = customer.map_or(credit.date, |(_, day)| day);
        let customer = customer.map(|(code, _)| code);
        let line = credit.product.and_then(|product| {
            looked
                .ground
                .products
                .on(product, ordered.unwrap_or(credit.date))
                .map(|place| place.line.as_str())
        });
        let place = Place { line: line.unwrap_or(""), ..looked.place(customer, day, credit.date) };
        let (kind, code) = source_code(credit.source, order, credited);
        let Some((over, under)) = looked.adds.sides(credit.measure, credit.amount.0, &place) else {
            return self.leave_outside(kind, code, credit.date, credit.member, Some(credit.amount));
        };
        if (over, under) == (0, 0) || !self.belongs(credit.member, credit.date, credit.kind) {
            return;
        }
        let member = self.looked.ground.member_code(credit.member).to_owned();
        let overlay = credit.kind == CreditKind::Overlay;
        let same = |last: &&mut Counted| {
            last.kind == kind && last.code == code && last.member == member && last.overlay == overlay
        };
        if let Some(last) = self.counted.iter_mut().rev().take(16).find(same) {
            last.over += over;
            last.under += under;
            return;
        }
        self.counted.push(Counted {
            kind,
            code: code.to_owned(),
            date: credit.date,
            member,
            customer: customer.map(str::to_owned),
            over,
            under,
            against: 0,
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
        let is_of_orders = self.looked.wants(Measure::Revenue) || self.looked.wants(Measure::Orders);
        if !is_of_orders || !self.would_belong(order.member.as_str(), order.date) {
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
