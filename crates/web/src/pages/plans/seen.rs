//! What a plan's page rests on: the plan, the unit and metric looked at, and what the viewer may do there.

use dacheng_app::allocation::{self, Grid};
use dacheng_app::planning::scenarios::{self, Around};
use dacheng_app::planning::{self, Overview, PlanView, Power, Powers};
use dacheng_app::{Error, Result};
use dacheng_domain::access::Action;
use dacheng_domain::calendar::Year;
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::planning::State;
use serde::Deserialize;

use super::amount::Amount;
use super::rounds::address;
use crate::http::{Desk, Posted, encoded};
use crate::pages::choices::{self, Visible};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// The unit's code; the highest that is visible where absent.
    pub at: Option<String>,
    /// The metric; revenue where absent.
    pub metric: Option<String>,
    /// Which rows are edited: `all`, or an owner.
    pub edit: Option<String>,
}

impl Asked {
    /// The same as a form sends it.
    pub fn of(form: &Posted) -> Self {
        let given = |name: &str| Some(form.value(name).to_owned()).filter(|value| !value.is_empty());
        Self { at: given("at"), metric: given("metric"), edit: given("edit") }
    }
}

/// A plan at a unit and metric.
pub(super) struct Seen<'d> {
    pub desk: &'d Desk<'d>,
    pub plan: PlanView,
    /// The fiscal year.
    pub year: Year,
    /// The units whose breakdown the viewer reads, in tree order.
    pub units: Vec<Visible>,
    /// The code of the unit.
    pub at: String,
    /// Whether the unit stands alone at the top.
    pub is_top: bool,
    pub powers: Powers,
    /// What surrounds the plan as a scenario.
    pub around: Around,
    /// The breakdown, where the viewer reads it.
    pub grid: Option<Grid>,
    /// The company at a glance, where the viewer reads it.
    pub overview: Option<Overview>,
    pub amount: Amount,
    /// The metrics that are offered.
    pub metrics: Vec<Metric>,
}

/// Reads a plan for a page or a form. A plan, a unit and a metric that cannot be seen are not there.
pub(super) fn seen<'d>(desk: &'d Desk<'d>, code: &str, asked: &Asked) -> Result<Seen<'d>> {
    let (app, context) = (desk.app, &desk.context);
    let plan = planning::by_code(app, context, code)?;
    let year = Year::new(plan.year, desk.company.fiscal_start);
    let year = year.ok_or_else(|| Error::Internal(format!("year {}", plan.year)))?;
    let metric = read_metric(desk, asked.metric.as_deref())?;
    let units = choices::units(desk, Action::BreakDown, year.last_day())?;
    let (at, is_top) = place(desk, &units, year, asked.at.as_deref())?;
    let powers = planning::powers(app, context, code, &at)?;
    let around = scenarios::around(app, context, code)?;
    let grid =
        powers.may(Power::ReadUnit).then(|| allocation::grid(app, context, code, metric, &at)).transpose()?;
    let overview =
        powers.may(Power::ReadCompany).then(|| planning::overview(app, context, code, metric)).transpose()?;
    let amount = Amount { lang: desk.lang(), metric };
    let metrics = planning::metrics(app, context, code)?;
    Ok(Seen { desk, plan, year, units, at, is_top, powers, around, grid, overview, amount, metrics })
}

/// A metric whose targets add up: those are broken down here.
fn read_metric(desk: &Desk<'_>, asked: Option<&str>) -> Result<Metric> {
    let metric: Metric = match asked {
        None => Metric::Revenue,
        Some(code) => desk.catalogue.read(code).map_err(|_| Error::missing("metric", code))?,
    };
    match metric.definition().roll_up {
        RollUp::Sum => Ok(metric),
        RollUp::RatioOfSums | RollUp::EachLevel | RollUp::Owner => {
            Err(Error::missing("metric", metric.code()))
        }
    }
}

/// The unit asked for, or the highest one that is visible; the company for who reads no breakdown.
fn place(desk: &Desk<'_>, units: &[Visible], year: Year, asked: Option<&str>) -> Result<(String, bool)> {
    let organisation = desk.organisation();
    let mut tops = organisation.top(year.last_day());
    let top = tops.next().filter(|_| tops.next().is_none());
    let code = |unit| organisation.unit(unit).map(|unit| unit.code.to_string());
    let found = match asked {
        Some(asked) => {
            units.iter().map(|visible| visible.unit).find(|unit| code(*unit).as_deref() == Some(asked))
        }
        None => units.iter().min_by_key(|visible| visible.depth).map(|visible| visible.unit).or(top),
    };
    let found = found.ok_or_else(|| Error::missing("unit", asked.unwrap_or_default()))?;
    Ok((code(found).unwrap_or_default(), Some(found) == top))
}

impl Seen<'_> {
    /// The page's own address, without a query.
    pub fn path(&self) -> String {
        address(&self.plan.code)
    }

    /// The page at a unit.
    pub fn href(&self, unit: &str) -> String {
        format!("{}?at={}&metric={}", self.path(), encoded(unit), self.amount.metric.code())
    }

    /// The page as it is.
    pub fn here(&self) -> String {
        self.href(&self.at)
    }

    /// The comparison of the plan with the others of its year that are worked on, itself first.
    pub fn comparison(&self) -> String {
        let others = self.around.others.iter().take(3).map(|own| own.code.as_str());
        let codes: Vec<String> = [self.plan.code.as_str()]
            .into_iter()
            .chain(others)
            .map(|code| format!("plan={}", encoded(code)))
            .collect();
        format!("/plans/compare?{}&metric={}", codes.join("&"), self.amount.metric.code())
    }

    /// Whether targets may be edited by somebody at all.
    pub fn is_draft(&self) -> bool {
        self.plan.state == State::Draft
    }

    /// Whether the viewer may change what is below the unit.
    pub fn is_open(&self) -> bool {
        self.is_draft() && self.powers.may(Power::BreakDown)
    }

    /// The name of the unit.
    pub fn unit_name(&self) -> String {
        let unit = self.desk.organisation().unit_of_code(&self.at);
        unit.map_or_else(|| self.at.clone(), |unit| unit.name.clone())
    }
}
