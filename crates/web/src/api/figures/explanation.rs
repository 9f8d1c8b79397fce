//! A figure with the facts it is made of, a part at a time.

use axum::Extension;
use axum::extract::{Query, State};
use dacheng_app::figures::explain::{
    Counted, Explanation as Found, NoAttainment, NotCounted, Part, Why, Zero, explain,
};
use dacheng_app::figures::sight::Sight;
use dacheng_app::figures::{Ask, Named};
use dacheng_domain::{Fen, Ratio};
use serde::Serialize;
use utoipa::ToSchema;

use super::Asked;
use crate::api::listing::{Cursor, Paging};
use crate::http::{Reply, Visitor, Web};
use crate::respond;

/// A figure and what it is made of.
#[derive(Debug, Serialize, ToSchema)]
pub struct Explanation {
    metric: &'static str,
    period: String,
    as_of: String,
    /// Yuan.
    actual: Option<String>,
    /// Yuan.
    target: Option<String>,
    attainment: Option<String>,
    /// The plan in force.
    plan: Option<String>,
    /// Why it is 0: `not_begun`, `no_fact`, `none_counts`, `sums_to_zero`.
    zero: Option<&'static str>,
    /// Why there is no attainment: `no_plan`, `no_target`, `zero_target`.
    no_attainment: Option<&'static str>,
    /// Whether facts are left out because the caller reads aggregates only.
    aggregates_only: bool,
    /// Facts by date and code; those of all parts sum to the figure.
    counted: Vec<CountedFact>,
    /// How many in all; `null` where there are too many to look at at once.
    counted_in_all: Option<usize>,
    /// The cursor of the next part; `null` at the end.
    #[schema(value_type = Option<String>)]
    next: Option<Cursor>,
    not_counted: Vec<LeftOutFact>,
    not_counted_in_all: Option<usize>,
    /// Those directly below with what each adds.
    below: Vec<Addend>,
    /// The months of a quarter or a year with what each adds.
    months: Vec<Addend>,
}

/// A fact that counts.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedFact {
    /// `order`, `return` or `payment`.
    kind: &'static str,
    code: String,
    date: String,
    member: String,
    customer: Option<String>,
    /// Yuan.
    amount: String,
    /// Whether it counts for its member only.
    overlay: bool,
}

/// A fact that does not count.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOutFact {
    /// `order`, `return` or `payment`.
    kind: &'static str,
    code: String,
    date: String,
    /// What it would be worth.
    amount: Option<String>,
    /// `cancelled`, `order_cancelled`, `no_amount`, `member_withdrawn`.
    reason: &'static str,
}

/// What adds up to a figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Addend {
    /// `unit:CODE`, `member:CODE` or a month.
    of: String,
    /// Yuan.
    amount: String,
}

/// The facts behind a figure: `GET /api/v1/explain?metric=revenue&period=2026-11&owner=member:4&limit=100`.
#[utoipa::path(get, path = "/api/v1/explain", tag = "figures", params(Asked, Paging), responses((status = 200, body = Explanation), (status = 404)))]
pub async fn explanation(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let part = Part::After(paging.place().unwrap_or_default().parse()?, paging.limit());
        let found = explain(desk.app, &desk.context, Ask { by: Vec::new(), ..asked.ask(desk)? }, part)?;
        Ok(respond::json(&Explanation::of(found, asked.moment(desk))))
    })
    .await
}

impl Explanation {
    fn of(found: Found, as_of: String) -> Self {
        let money = |fen: Option<Fen>| fen.map(|fen| fen.to_string());
        let below =
            found.below.iter().map(|(named, sum)| Addend { of: owner(named), amount: sum.to_string() });
        let months =
            found.months.iter().map(|(month, sum)| Addend { of: month.to_string(), amount: sum.to_string() });
        Self {
            metric: found.ask.metric.code(),
            period: found.ask.period.to_string(),
            as_of,
            actual: money(found.figure.actual),
            target: money(found.figure.target),
            attainment: found.figure.attainment.map(|rate: Ratio| rate.to_string()),
            zero: found.zero.map(zero),
            no_attainment: found.no_attainment.map(no_attainment),
            aggregates_only: found.sight == Sight::Aggregates,
            below: below.collect(),
            months: months.collect(),
            plan: found.plan,
            counted: found.counted.into_iter().map(CountedFact::of).collect(),
            counted_in_all: found.counted_in_all,
            next: found.next.map(|cursor| Cursor(cursor.to_string())),
            not_counted: found.not_counted.into_iter().map(LeftOutFact::of).collect(),
            not_counted_in_all: found.not_counted_in_all,
        }
    }
}

impl CountedFact {
    fn of(fact: Counted) -> Self {
        let Counted { kind, code, date, member, customer, amount, overlay } = fact;
        Self { kind, code, date: date.to_string(), member, customer, amount: amount.to_string(), overlay }
    }
}

impl LeftOutFact {
    fn of(fact: NotCounted) -> Self {
        let NotCounted { kind, code, date, amount, reason } = fact;
        let amount = amount.map(|fen| fen.to_string());
        let reason = match reason {
            Why::Cancelled => "cancelled",
            Why::OrderCancelled => "order_cancelled",
            Why::NoAmount => "no_amount",
            Why::MemberWithdrawn => "member_withdrawn",
        };
        Self { kind, code, date: date.to_string(), amount, reason }
    }
}

/// `unit:CODE` or `member:CODE`.
pub(super) fn owner(named: &Named) -> String {
    match named.owner {
        dacheng_rollup::Owner::Company | dacheng_rollup::Owner::Unit(_) => format!("unit:{}", named.code),
        dacheng_rollup::Owner::Member(_) => format!("member:{}", named.code),
    }
}

fn zero(zero: Zero) -> &'static str {
    match zero {
        Zero::NotBegun => "not_begun",
        Zero::NoFact => "no_fact",
        Zero::NoneCounts => "none_counts",
        Zero::SumsToZero => "sums_to_zero",
    }
}

fn no_attainment(none: NoAttainment) -> &'static str {
    match none {
        NoAttainment::NoPlan => "no_plan",
        NoAttainment::NoTarget => "no_target",
        NoAttainment::ZeroTarget => "zero_target",
    }
}
