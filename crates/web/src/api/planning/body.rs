//! Plans and targets as programs send and get them.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use dacheng_app::allocation::{Bounds, BreakDown, Declaration, Method, Owner, Proposal, Split};
use dacheng_app::facts::problems::unreadable;
use dacheng_app::planning::{PlanView, read_amount, written};
use dacheng_app::{Error, Result};
use dacheng_domain::allocation::{Declared, Exact};
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::{RecognisedAt, State, Tax};
use dacheng_text::Lang;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::Desk;

use crate::respond;

/// A plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct Plan {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its fiscal year.
    pub year: i16,
    /// `draft`, `review`, `in_force` or `archived`.
    #[schema(value_type = String, example = "draft")]
    pub state: State,
    /// `signing`, `shipment` or `invoice`.
    #[schema(value_type = String, example = "signing")]
    pub recognised_at: RecognisedAt,
    /// `included` or `excluded`.
    #[schema(value_type = String, example = "included")]
    pub tax: Tax,
    /// Why it came into force with members without a target.
    pub reason: Option<String>,
    /// What a change has to name.
    pub version: i64,
}

impl Plan {
    /// A plan as the use cases give it.
    pub fn of(plan: PlanView) -> Self {
        Self {
            code: plan.code,
            name: plan.name,
            year: plan.year,
            state: plan.state,
            recognised_at: plan.basis.recognised_at,
            tax: plan.basis.tax,
            reason: plan.reason.map(|reason| reason.as_str().to_owned()),
            version: plan.version,
        }
    }
}

/// A plan to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlan {
    /// The fiscal year.
    #[schema(example = 2027)]
    pub year: i16,
    /// Its code; the year where absent.
    pub code: Option<String>,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// `signing`, `shipment` or `invoice`.
    #[schema(value_type = String, example = "signing")]
    pub recognised_at: RecognisedAt,
    /// `included` or `excluded`.
    #[schema(value_type = String, example = "included")]
    pub tax: Tax,
}

/// A step of a plan.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Step {
    /// The version the caller saw, where no `If-Match` says it.
    pub version: Option<i64>,
    /// Why members without a target are accepted.
    pub reason: Option<String>,
}

/// The company's total of a metric.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTotal {
    /// The metric.
    #[schema(example = "revenue")]
    pub metric: String,
    /// 目标 of the year; money is text in yuan.
    #[schema(example = "12000000.00")]
    pub target: String,
    /// 保底
    pub floor: Option<String>,
    /// 挑战
    pub stretch: Option<String>,
    /// `season`, `working_days` or `even`; the months themselves where `months` is given.
    pub by: Option<String>,
    /// Twelve amounts that sum to `target`.
    pub months: Option<Vec<String>>,
    /// The rounding unit of the months; none where absent.
    pub rounding: Option<String>,
    /// The version of the total the caller saw (0 for none), where no `If-Match` says it.
    pub version: Option<i64>,
}

/// What was set.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotalSet {
    /// The months.
    pub months: Vec<String>,
    /// The next version.
    pub version: i64,
}

/// Cells that somebody changed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Edits {
    /// The metric.
    #[schema(example = "revenue")]
    pub metric: String,
    /// The cells; each is compared with `old`.
    pub cells: Vec<CellEdit>,
    /// `refuse` where the children no longer sum to their parent, or `declare` the difference.
    #[serde(default)]
    pub difference: Difference,
}

/// What becomes of a difference.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// The edit is refused.
    #[default]
    Refuse,
    /// It becomes reserve or buffer.
    Declare,
}

/// One changed cell.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CellEdit {
    /// `unit:CODE` or `member:CODE`.
    #[schema(example = "member:1001")]
    pub owner: String,
    /// The month.
    #[schema(example = "2027-03")]
    pub month: String,
    /// What the caller saw.
    pub old: String,
    /// What it is to be.
    pub new: String,
}

/// How many cells changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Edited {
    /// Those that followed included.
    pub cells: usize,
}

/// How a unit is to be broken down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBreakdown {
    /// The metric.
    #[schema(example = "revenue")]
    pub metric: String,
    /// The unit's code.
    pub unit: String,
    /// `even`, `last_year`, `last_twelve_months`, `growth`, `capacity` or `own`.
    #[schema(example = "last_year")]
    pub method: String,
    /// Factor (`growth`), amount a head a month (`capacity`) or weight (`own`) of children.
    #[serde(default)]
    pub numbers: Vec<ChildNumber>,
    /// Least and most of children.
    #[serde(default)]
    pub bounds: Vec<ChildBounds>,
    /// Codes of leaders who carry a target of their own.
    #[serde(default)]
    pub leaders: Vec<String>,
    /// The rounding unit; none where absent.
    pub rounding: Option<String>,
    /// 预留 of the year.
    pub reserve: Option<String>,
    /// 超额分配 of the year.
    pub buffer: Option<String>,
    /// The version of the breakdown the caller saw (0 for none), where no `If-Match` says it.
    pub version: Option<i64>,
}

/// A number of a child.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChildNumber {
    /// `unit:CODE` or `member:CODE`.
    pub owner: String,
    /// An exact decimal.
    #[schema(example = "1.2")]
    pub number: String,
}

/// Bounds of a child.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChildBounds {
    /// `unit:CODE` or `member:CODE`.
    pub owner: String,
    /// At least.
    pub min: Option<String>,
    /// At most.
    pub max: Option<String>,
}

/// What a breakdown gives.
#[derive(Debug, Serialize, ToSchema)]
pub struct Breakdown {
    /// The unit's code.
    pub unit: String,
    /// The version of the breakdown.
    pub version: i64,
    /// The children.
    pub children: Vec<ChildPart>,
    /// Who carries the odd part below one rounding unit.
    pub remainder: Option<ChildAmount>,
}

/// A child's part.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChildPart {
    /// `unit:CODE` or `member:CODE`.
    pub owner: String,
    /// Its name.
    pub name: String,
    /// The year.
    pub year: String,
    /// The months; `null` where it is not there.
    pub months: Vec<Option<String>>,
}

/// A child and an amount.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChildAmount {
    /// `unit:CODE` or `member:CODE`.
    pub owner: String,
    /// How much.
    pub value: String,
}

/// A target of one month.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the names of the interface")]
pub struct Target {
    /// The plan's code.
    pub plan: String,
    /// The metric.
    pub metric: &'static str,
    /// `unit:CODE` or `member:CODE`.
    pub owner: String,
    /// Its name.
    pub name: String,
    /// The month.
    #[schema(example = "2027-03")]
    pub period: String,
    /// 保底
    pub floor: Option<String>,
    /// 目标
    pub target: String,
    /// 挑战
    pub stretch: Option<String>,
}

/// An answer with the version of what it shows.
pub fn versioned(body: &impl Serialize, version: i64) -> Response {
    ([(header::ETAG, format!("\"{version}\""))], respond::json(body)).into_response()
}

/// A metric as a request names it.
pub fn metric(desk: &Desk<'_>, text: &str) -> Result<Metric> {
    desk.catalogue.read(text).map_err(|wrong| Error::Usage(format!("metric: {wrong}")))
}

/// An amount as a request writes it; `name` says where.
pub fn amount(metric: Metric, text: &str, name: &str, lang: Lang) -> Result<i64> {
    let found = read_amount(metric, text)
        .map_err(|wrong| Error::Usage(format!("{name}: {}", unreadable(wrong, lang))))?;
    found.ok_or_else(|| Error::Usage(format!("{name}: {}", lang.plans().amount_missing())))
}

/// An amount that may be absent.
pub fn maybe(metric: Metric, text: Option<&str>, name: &str, lang: Lang) -> Result<Option<i64>> {
    text.map(|text| amount(metric, text, name, lang)).transpose()
}

impl NewBreakdown {
    /// The request of the use case.
    pub fn request(&self, desk: &Desk<'_>, plan: &str) -> Result<BreakDown> {
        let lang = desk.lang();
        let metric = metric(desk, &self.metric)?;
        let size = |text: Option<&str>, name: &str| -> Result<u64> {
            let found = maybe(metric, text, name, lang)?.unwrap_or(0);
            u64::try_from(found).map_err(|_| Error::Usage(format!("{name}: {}", lang.problems().negative())))
        };
        let bounds = self.bounds.iter().map(|own| {
            Ok(Bounds {
                owner: own.owner.parse()?,
                minimum: maybe(metric, own.min.as_deref(), "bounds", lang)?,
                maximum: maybe(metric, own.max.as_deref(), "bounds", lang)?,
                lock: None,
            })
        });
        Ok(BreakDown {
            plan: plan.to_owned(),
            metric,
            unit: self.unit.clone(),
            split: Split::By {
                method: self.method(metric, lang)?,
                rounding: maybe(metric, self.rounding.as_deref(), "rounding", lang)?.unwrap_or(1),
                bounds: bounds.collect::<Result<_>>()?,
            },
            leaders: self.leaders.clone(),
            declared: Declaration::Year(Declared {
                reserve: size(self.reserve.as_deref(), "reserve")?,
                buffer: size(self.buffer.as_deref(), "buffer")?,
            }),
        })
    }

    fn method(&self, metric: Metric, lang: Lang) -> Result<Method> {
        let exact = || -> Result<Vec<(Owner, Exact)>> {
            let number = |own: &ChildNumber| {
                let number = own.number.parse().map_err(|wrong| Error::Usage(format!("numbers: {wrong}")))?;
                Ok((own.owner.parse()?, number))
            };
            self.numbers.iter().map(number).collect()
        };
        Ok(match self.method.as_str() {
            "even" => Method::Even,
            "last_year" => Method::LastYear,
            "last_twelve_months" => Method::LastTwelveMonths,
            "growth" => Method::Growth(exact()?),
            "own" => Method::Own(exact()?),
            "capacity" => {
                let heads = self.numbers.iter();
                let head = |own: &ChildNumber| {
                    Ok((own.owner.parse()?, amount(metric, &own.number, "numbers", lang)?))
                };
                Method::Capacity(heads.map(head).collect::<Result<_>>()?)
            }
            other => return Err(Error::Usage(format!("method: {other}"))),
        })
    }
}

impl Breakdown {
    /// A proposal, or what became of it.
    pub fn of(metric: Metric, proposal: &Proposal) -> Self {
        let child = |child: &dacheng_app::allocation::ProposedChild| ChildPart {
            owner: child.owner.to_string(),
            name: child.name.clone(),
            year: written(metric, child.year()),
            months: child.months.iter().map(|month| month.map(|month| written(metric, month))).collect(),
        };
        let odd = proposal.remainder.as_ref();
        Self {
            unit: proposal.unit.clone(),
            version: proposal.version,
            children: proposal.children.iter().map(child).collect(),
            remainder: odd
                .map(|(owner, odd)| ChildAmount { owner: owner.to_string(), value: written(metric, *odd) }),
        }
    }
}
