//! Reading facts as they are kept, a page at a time, within what the viewer reads.

use std::collections::BTreeMap;

use dacheng_domain::access::{Action, Object, Owner, Right, Scope, View as Seen};
use dacheng_domain::facts::entry::Entry;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::facts::row::{
    ComplaintRow, CustomerRow, EmploymentRow, LeaveRow, MemberRow, OpportunityRow, OrderRow, PaymentRow,
    ProductRow, Row, ScoreRow, SummaryRow, SurveyRow, TrainingRow, UnitRow, VisitRow,
};
use dacheng_domain::facts::value::Code;
use dacheng_domain::people::Organisation;
use dacheng_store::facts::{Fact, View, complaint_codes, every, keys_within, of, order_codes, payment_codes};
use dacheng_store::{Read, counter};
use jiff::civil::Date;

use super::alone::Alone;
use super::bundles::{Raw, Which, of_orders};
use super::days::number;
use super::subject::Subject;
use crate::{App, Context, Error, Result};

/// Pages of nothing within the viewer's scope that are passed over for one answer.
const PASSED_OVER: usize = 20;
/// Begins the cursor of payments and complaints on no order, which come after those on orders.
const ALONE: &str = "alone:";
/// Begins the cursor of what belongs to an order.
const ORDER: &str = "order:";

/// Which facts are asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Of which kind.
    pub kind: Kind,
    /// Dated in these days, both included; a line or a share is dated as its order. Only of sales.
    pub days: (Date, Date),
    /// Where the part before ended.
    pub cursor: Option<String>,
    /// How many facts; of sales, those of how many orders.
    pub limit: usize,
}

/// A fact as a file would write it: each field with its text.
pub type Written = BTreeMap<&'static str, Option<String>>;

/// A part of the facts.
#[derive(Debug, Clone)]
pub struct Part {
    /// The facts, in the order of their keys.
    pub facts: Vec<Written>,
    /// Where it goes on.
    pub next: Option<String>,
}

/// The next part of the facts of a kind.
pub fn part(app: &App, context: &Context, asked: &Asked) -> Result<Part> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let view = View::at(counter::last(&mut tx, counter::CHANGE)?);
    let organisation = &ground.organisation;
    let happened = || Happened::of(context, organisation, view, asked);
    match asked.kind {
        Kind::Units => master::<UnitRow>(&mut tx, context, organisation, view, asked),
        Kind::Members => master::<MemberRow>(&mut tx, context, organisation, view, asked),
        Kind::Products => master::<ProductRow>(&mut tx, context, organisation, view, asked),
        Kind::Customers => master::<CustomerRow>(&mut tx, context, organisation, view, asked),
        Kind::Employments => master::<EmploymentRow>(&mut tx, context, organisation, view, asked),
        Kind::Orders
        | Kind::OrderLines
        | Kind::OrderShares
        | Kind::Returns
        | Kind::Receivables
        | Kind::Payments
        | Kind::Complaints => happened()?.part(&mut tx, Happened::orders),
        Kind::Opportunities => happened()?.part(&mut tx, Happened::own::<OpportunityRow>),
        Kind::Visits => happened()?.part(&mut tx, Happened::own::<VisitRow>),
        Kind::Surveys => happened()?.part(&mut tx, Happened::own::<SurveyRow>),
        Kind::Leaves => happened()?.part(&mut tx, Happened::own::<LeaveRow>),
        Kind::Trainings => happened()?.part(&mut tx, Happened::own::<TrainingRow>),
        Kind::Scores => happened()?.part(&mut tx, Happened::own::<ScoreRow>),
        Kind::Summaries => happened()?.part(&mut tx, Happened::own::<SummaryRow>),
    }
}

fn written(row: impl Into<Row>) -> Written {
    Entry::from(row.into()).written().collect()
}

/// What others refer to is whole or nothing: of who reads the facts of the whole company.
fn master<M: Fact + Into<Row>>(
    tx: &mut Read,
    context: &Context,
    organisation: &Organisation,
    view: View,
    asked: &Asked,
) -> Result<Part> {
    if !Subject::Facts(asked.kind).is_seen(context, organisation)? {
        return Err(Error::Forbidden(context.lang.uploads().not_for_you().to_owned()));
    }
    let key = |fact: &M| Entry::from(fact.clone().into()).key().replace('\u{1f}', "/");
    let all = every::<M>(tx, view)?.into_iter().map(|version| version.fact);
    let from = |fact: &M| asked.cursor.as_ref().is_none_or(|cursor| key(fact) > *cursor);
    // A fact may have a version for each day from which it changed; all of them are kept together.
    let mut facts = Vec::new();
    let mut last = String::new();
    let mut keys = 0;
    for fact in all.filter(from) {
        let own = key(&fact);
        if own != last {
            if keys == asked.limit {
                return Ok(Part { facts, next: Some(last) });
            }
            keys += 1;
            last = own;
        }
        facts.push(written(fact));
    }
    Ok(Part { facts, next: None })
}

/// A walk over what happened: orders with what hangs on them, or facts that stand alone.
struct Happened<'s> {
    scope: Scope<'s>,
    organisation: &'s Organisation,
    view: View,
    asked: &'s Asked,
}

impl<'s> Happened<'s> {
    fn of(
        context: &'s Context,
        organisation: &'s Organisation,
        view: View,
        asked: &'s Asked,
    ) -> Result<Self> {
        let scope = context.scope(organisation, Action::Facts, Right::Read)?;
        Ok(Self { scope, organisation, view, asked })
    }
}

impl Happened<'_> {
    /// Page by page, until there is something within the viewer's scope.
    fn part(
        &self,
        tx: &mut Read,
        page: impl Fn(&Self, &mut Read, Option<&str>) -> Result<Part>,
    ) -> Result<Part> {
        let mut cursor = self.asked.cursor.clone();
        for _ in 0..PASSED_OVER {
            let part = page(self, tx, cursor.as_deref())?;
            if !part.facts.is_empty() || part.next.is_none() {
                return Ok(part);
            }
            cursor = part.next;
        }
        Ok(Part { facts: Vec::new(), next: cursor })
    }

    fn days(&self) -> (i32, i32) {
        (number(self.asked.days.0), number(self.asked.days.1))
    }

    fn limit(&self) -> i64 {
        i64::try_from(self.asked.limit).unwrap_or(i64::MAX)
    }

    /// A page of facts that stand alone; the cursor is the first part of a key.
    fn own<F: Alone>(&self, tx: &mut Read, cursor: Option<&str>) -> Result<Part> {
        let keys = keys_within::<F>(tx, self.days(), cursor.unwrap_or_default(), self.limit())?;
        let found = of::<F>(tx, self.view, F::KEY[0], keys.iter().map(String::as_str))?;
        let found = found.into_iter().map(|version| version.fact);
        let seen = found.filter(|fact| self.sees(Some(fact.member()), fact.day()));
        Ok(Part { facts: seen.map(written).collect(), next: self.full(&keys).cloned() })
    }

    /// A page of orders, then of what belongs to none.
    fn orders(&self, tx: &mut Read, cursor: Option<&str>) -> Result<Part> {
        let (days, limit) = (self.days(), self.limit());
        if let Some(after) = cursor.and_then(|cursor| cursor.strip_prefix(ALONE)) {
            return if self.asked.kind == Kind::Complaints {
                let codes = complaint_codes(tx, days, after, limit)?;
                self.alone::<ComplaintRow>(tx, &codes, |row| {
                    (row.order.is_none(), row.member.as_ref(), row.date)
                })
            } else {
                let codes = payment_codes(tx, days, after, limit)?;
                self.alone::<PaymentRow>(tx, &codes, |row| {
                    (row.order.is_none(), row.member.as_ref(), row.date)
                })
            };
        }
        let after = match cursor {
            None => "",
            Some(cursor) => {
                cursor.strip_prefix(ORDER).ok_or_else(|| Error::Usage(format!("cursor: {cursor}")))?
            }
        };
        let codes = order_codes(tx, days, after, limit)?;
        let listed: Vec<&str> = codes.iter().map(String::as_str).collect();
        let which = Which::Listed(&listed);
        let bundles = of_orders(tx, self.view, which)?;
        let facts = bundles.into_values().flat_map(|raw| self.of_bundle(raw)).collect();
        let next = match (self.full(&codes), self.asked.kind) {
            (Some(last), _) => Some(format!("{ORDER}{last}")),
            (None, Kind::Payments | Kind::Complaints) => Some(ALONE.to_owned()),
            (None, _) => None,
        };
        Ok(Part { facts, next })
    }

    /// The last code of a page after which there may be more.
    fn full<'c>(&self, codes: &'c [String]) -> Option<&'c String> {
        codes.last().filter(|_| codes.len() == self.asked.limit)
    }

    /// A page of what belongs to no order; `own` says whether it does, whose it is and when it happened.
    fn alone<F: Fact + Into<Row>>(
        &self,
        tx: &mut Read,
        codes: &[String],
        own: impl Fn(&F) -> (bool, Option<&Code>, Date),
    ) -> Result<Part> {
        let found = of::<F>(tx, self.view, "code", codes.iter().map(String::as_str))?;
        let found = found.into_iter().map(|version| version.fact);
        let seen = found.filter(|fact| {
            let (alone, member, day) = own(fact);
            alone && self.sees(member, day)
        });
        let facts = seen.map(written).collect();
        Ok(Part { facts, next: self.full(codes).map(|last| format!("{ALONE}{last}")) })
    }

    fn of_bundle(&self, raw: Raw) -> Vec<Written> {
        let Raw { order, lines, shares, returns, payments, receivables, complaints } = raw;
        let of_order = |order: &OrderRow| self.sees(Some(&order.member), order.date);
        let whole = order.as_ref().is_some_and(of_order);
        let seller = order.as_ref().map(|order| &order.member);
        match self.asked.kind {
            Kind::Orders => order.into_iter().filter(|_| whole).map(written).collect(),
            Kind::OrderLines => lines.into_iter().filter(|_| whole).map(written).collect(),
            Kind::OrderShares => shares.into_iter().filter(|_| whole).map(written).collect(),
            Kind::Returns => {
                returns.into_iter().filter(|row| self.sees(seller, row.date)).map(written).collect()
            }
            Kind::Payments => payments
                .into_iter()
                .filter(|row| self.sees(row.member.as_ref().or(seller), row.date))
                .map(written)
                .collect(),
            Kind::Receivables => {
                receivables.into_iter().filter(|row| self.sees(seller, row.due)).map(written).collect()
            }
            Kind::Complaints => complaints
                .into_iter()
                .filter(|row| self.sees(row.member.as_ref().or(seller), row.date))
                .map(written)
                .collect(),
            Kind::Units
            | Kind::Members
            | Kind::Products
            | Kind::Customers
            | Kind::Employments
            | Kind::Opportunities
            | Kind::Visits
            | Kind::Surveys
            | Kind::Leaves
            | Kind::Trainings
            | Kind::Scores
            | Kind::Summaries => Vec::new(),
        }
    }

    /// Whether a member's fact of a day is asked for and may be read.
    fn sees(&self, member: Option<&Code>, day: Date) -> bool {
        let (first, last) = self.asked.days;
        let member = member.and_then(|code| self.organisation.member_of_code(code.as_str()));
        let holds = Subject::Facts(self.asked.kind).holds();
        member.is_some_and(|member| {
            let object = Object::on(Owner::Member(member.id), day).holding(holds);
            first <= day && day <= last && self.scope.view(&object).is_some_and(Seen::shows_persons)
        })
    }
}
