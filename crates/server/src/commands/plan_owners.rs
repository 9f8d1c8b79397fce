//! `plan owners` and `plan weights`: targets set owner by owner, and how much each metric counts.

use clap::{Args, ValueEnum};
use dacheng_app::allocation::{Difference, Owner};
use dacheng_app::figures::attainment::rounded;
use dacheng_app::figures::read_period;
use dacheng_app::metrics::read as read_metric;
use dacheng_app::planning::weights::{set_weights_seen, version_of, weights};
use dacheng_app::planning::{
    OwnerTargets, SetOwnerTargets, owner_targets, read_amount, set_owner_targets, written,
};
use dacheng_app::{App, Context, Error, Result, company};
use dacheng_domain::metrics::{Metric, Window};
use serde_json::json;

use crate::output;
use crate::settings::Settings;

/// Targets set owner by owner: read as JSON, or set over a period
#[derive(Debug, Args)]
pub struct Owners {
    /// The plan's code
    #[arg(long)]
    plan: String,
    /// The metric: any but rubric
    #[arg(long)]
    metric: String,
    /// The unit; its own target and those of whoever stands directly below
    #[arg(long, value_name = "CODE")]
    unit: String,
    /// What to set: an owner and a level for each month, or the monthly average of what adds up
    #[arg(long, value_name = "unit:CODE=VALUE", requires = "period")]
    set: Vec<String>,
    /// The year, quarter or month that is set
    #[arg(long)]
    period: Option<String>,
    /// What becomes of a difference to the unit's total, where the targets add up
    #[arg(long, value_enum, default_value_t = Gap::Refuse)]
    difference: Gap,
    #[command(flatten)]
    settings: Settings,
}

/// What becomes of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Gap {
    /// Nothing is set
    Refuse,
    /// It is declared as reserve or buffer
    Declare,
}

/// The weights of a plan's metrics in the overall attainment: read as JSON, or set
#[derive(Debug, Args)]
pub struct Weights {
    /// The plan's code
    #[arg(long)]
    plan: String,
    /// What to set, from 0 to 100
    #[arg(long, value_name = "METRIC=WEIGHT", value_delimiter = ',')]
    set: Vec<String>,
    #[command(flatten)]
    settings: Settings,
}

impl Owners {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let context = self.settings.operator(&app);
        let metric = read_metric(&app, &mut app.store.read()?, &self.metric)?;
        if metric == Metric::Rubric {
            return Err(Error::Usage("rubric: what a person scores is set by `dacheng rubrics`".to_owned()));
        }
        let found = owner_targets(&app, &context, &self.plan, metric, &self.unit)?;
        if self.set.is_empty() {
            return output::json(&shown(&self, &found));
        }
        self.change(&app, &context, &found)?;
        output::json(&shown(&self, &owner_targets(&app, &context, &self.plan, metric, &self.unit)?))
    }

    fn change(&self, app: &App, context: &Context, found: &OwnerTargets) -> Result<()> {
        let start = company::current(&mut app.store.read()?)?.0.fiscal_start;
        let value = |text: &String| -> Result<(Owner, i64)> {
            let wrong = || Error::Usage(format!("--set {text}: OWNER=VALUE"));
            let (owner, value) = text.split_once('=').ok_or_else(wrong)?;
            let amount = read_amount(found.metric, value).ok().flatten().filter(|amount| *amount >= 0);
            Ok((owner.parse()?, amount.ok_or_else(wrong)?))
        };
        let request = SetOwnerTargets {
            plan: self.plan.clone(),
            metric: found.metric,
            unit: self.unit.clone(),
            period: read_period(self.period.as_deref().unwrap_or_default(), start)?,
            values: self.set.iter().map(value).collect::<Result<_>>()?,
            difference: match self.difference {
                Gap::Refuse => Difference::Refuse,
                Gap::Declare => Difference::Declare,
            },
            seen: found.version,
        };
        set_owner_targets(app, context, &request)
    }
}

fn shown(asked: &Owners, found: &OwnerTargets) -> serde_json::Value {
    let of = found.metric;
    let amounts = |all: &[Option<i64>; 4]| all.map(|own| own.map(|own| written(of, own)));
    let rows = found.rows.iter().map(|row| {
        json!({
            "owner": row.owner.to_string(), "name": row.name, "quarters": amounts(&row.quarters),
            "averages": amounts(&row.averages), "weight": row.weight,
        })
    });
    let checks = found.checks.iter().map(|check| {
        json!({
            "quarter": check.quarter.to_string(), "own": written(of, check.own),
            "mean": written(of, rounded(check.mean)), "reaches": check.reaches,
        })
    });
    json!({
        "plan": asked.plan, "metric": of.code(), "unit": asked.unit,
        "window_months": found.window.map(Window::months),
        "quarters": found.quarters.map(|quarter| quarter.to_string()), "rows": rows.collect::<Vec<_>>(),
        "checks": checks.collect::<Vec<_>>(), "version": found.version,
    })
}

impl Weights {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let context = self.settings.operator(&app);
        let found = weights(&app, &context, &self.plan)?;
        if !self.set.is_empty() {
            let one = |text: &String| -> Result<(Metric, i64)> {
                let wrong = || {
                    Error::Usage(format!("--set {text}: METRIC=WEIGHT, of a metric with targets in the plan"))
                };
                let (code, weight) = text.split_once('=').ok_or_else(wrong)?;
                let own = found.iter().find(|own| own.metric.code() == code).ok_or_else(wrong)?;
                Ok((own.metric, weight.parse().map_err(|_| wrong())?))
            };
            let new = self.set.iter().map(one).collect::<Result<Vec<_>>>()?;
            set_weights_seen(&app, &context, &self.plan, &new, version_of(&found))?;
        }
        let found = weights(&app, &context, &self.plan)?;
        let own = found.iter().map(|own| json!({ "metric": own.metric.code(), "weight": own.weight }));
        output::json(&json!({
            "plan": self.plan, "weights": own.collect::<Vec<_>>(), "version": version_of(&found),
        }))
    }
}
