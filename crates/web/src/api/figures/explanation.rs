//! A figure with the facts it is made of, a part at a time.

use axum::Extension;
use axum::extract::{Query, State};
use dacheng_app::figures::attainment::Figure;
use dacheng_app::figures::explain::{
    Counted, Explanation as Found, NoAttainment, NotCounted, Part, Zero, explain,
};
use dacheng_app::figures::sight::Sight;
use dacheng_app::figures::{Ask, Missing, Named, Windowed};
use dacheng_app::planning::rubrics::RubricView;
use dacheng_domain::metrics::Unit;
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
    /// In the unit of the metric: yuan, pieces, a rate as a part of 1, points or days.
    actual: Option<String>,
    /// As `actual`.
    target: Option<String>,
    /// What the figure is made of, where it is a ratio.
    numerator: Option<String>,
    denominator: Option<String>,
    /// Beside the referral rate: answers of 9–10 less those of 0–6 ÷ answers, in points from −100 to 100; `null` without
    /// an answer, and for every other metric.
    nps: Option<String>,
    /// Why there is no figure: `no_denominator`, `history_begins`, `not_whole_months`, `rated`.
    missing: Option<&'static str>,
    /// The figure over the evaluation window, where that is longer than the period.
    window: Option<EvaluationWindow>,
    attainment: Option<String>,
    /// The plan in force.
    plan: Option<String>,
    /// Why it is 0: `not_begun`, `no_fact`, `none_counts`, `sums_to_zero`.
    zero: Option<&'static str>,
    /// Why there is no attainment: `no_plan`, `no_target`, `no_actual`, `zero_target`.
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
    /// The qualitative targets behind a figure of `rubric`: `id`, `name`, `owner`, `rater`, `first`, `last`, `target`, `score`,
    /// `attainment`, `rated_at`, `note`.
    #[schema(value_type = Vec<Object>)]
    rubrics: Vec<serde_json::Value>,
    /// Those directly below with what each adds.
    below: Vec<Addend>,
    /// The months of a quarter or a year with what each adds.
    months: Vec<Addend>,
}

/// A ratio over its evaluation window.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvaluationWindow {
    /// First day.
    from: String,
    /// Last day.
    to: String,
    actual: Option<String>,
    attainment: Option<String>,
    /// As that of the period.
    nps: Option<String>,
}

/// A fact that counts.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedFact {
    /// `order`, `return`, `payment`…; `member` or `customer` where those are counted.
    kind: &'static str,
    code: String,
    date: String,
    member: String,
    customer: Option<String>,
    /// What it adds to the sum, or to the numerator of a ratio: yuan, points or pieces.
    amount: String,
    /// What it adds to the denominator of a ratio.
    denominator: Option<String>,
    /// What an answer adds to the NPS: 1, 0 or −1.
    nps: Option<i64>,
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
    /// `cancelled`, `order_cancelled`, `no_amount`, `member_withdrawn`, `still_open`, `gives_way`, `outside_filter`.
    reason: &'static str,
}

/// What adds up to a figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Addend {
    /// `unit:CODE`, `member:CODE` or a month.
    of: String,
    /// Its own figure, in the unit of the metric; those of a sum add up.
    amount: Option<String>,
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
        let addend = |of: String, figure: &Figure| {
            let [amount, ..] = figure.written();
            Addend { of, amount }
        };
        let below = found.below.iter().map(|(named, figure)| addend(owner(named), figure));
        let months = found.months.iter().map(|(month, figure)| addend(month.to_string(), figure));
        let [actual, target, attainment] = found.figure.written();
        let (numerator, denominator) = found.figure.parts_written().unzip();
        let counted = found.counted.into_iter().map(|fact| CountedFact::of(&found.figure, fact));
        Self {
            metric: found.ask.metric.code(),
            period: found.ask.period.to_string(),
            as_of,
            actual,
            target,
            attainment,
            numerator,
            denominator,
            nps: nps(&found.figure),
            missing: found.figure.missing.map(Missing::code),
            window: found.window.as_ref().map(EvaluationWindow::of),
            zero: found.zero.map(zero),
            no_attainment: found.no_attainment.map(no_attainment),
            aggregates_only: found.sight == Sight::Aggregates,
            rubrics: found.rubrics.iter().map(RubricView::json).collect(),
            below: below.collect(),
            months: months.collect(),
            plan: found.plan,
            counted: counted.collect(),
            counted_in_all: found.counted_in_all,
            next: found.next.map(|cursor| Cursor(cursor.to_string())),
            not_counted: found.not_counted.into_iter().map(LeftOutFact::of).collect(),
            not_counted_in_all: found.not_counted_in_all,
        }
    }
}

/// The NPS in points, where there is one.
fn nps(figure: &Figure) -> Option<String> {
    figure.nps().map(|nps| Unit::Score.written(nps))
}

impl CountedFact {
    fn of(figure: &Figure, fact: Counted) -> Self {
        let (amount, denominator) = fact.written(figure);
        let nps = fact.net(figure);
        let Counted { kind, code, date, member, customer, overlay, .. } = fact;
        Self { kind, code, date: date.to_string(), member, customer, amount, denominator, nps, overlay }
    }
}

impl EvaluationWindow {
    fn of(window: &Windowed) -> Self {
        let [actual, _, attainment] = window.figure.written();
        let (from, to) = window.days;
        Self { from: from.to_string(), to: to.to_string(), actual, attainment, nps: nps(&window.figure) }
    }
}

impl LeftOutFact {
    fn of(fact: NotCounted) -> Self {
        let NotCounted { kind, code, date, amount, reason } = fact;
        let amount = amount.map(|fen| fen.to_string());
        Self { kind, code, date: date.to_string(), amount, reason: reason.code() }
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
        NoAttainment::NoActual => "no_actual",
        NoAttainment::ZeroTarget => "zero_target",
    }
}
