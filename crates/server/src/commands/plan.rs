//! `plan`: a year's targets set, broken down and put in force, for scripts.

use clap::{Args, Subcommand, ValueEnum};
use dacheng_app::allocation::{Below, Method, break_down_below, grid};
use dacheng_app::metrics::read as read_metric;
use dacheng_app::planning::{
    ByMonth, NewPlan, PutInForce, SetTotal, Total, by_code, create, overview, put_in_force, set_total, submit,
};
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::Fen;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::{Reason, RecognisedAt, RevenueBasis, Tax};

use super::{plan_owners, scenarios};
use crate::output;
use crate::settings::Settings;

/// A year's targets: set, broken down, put in force.
#[derive(Debug, Args)]
pub struct Plan {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Make a plan in draft; its code is the year
    Create(Year),
    /// Set the year's total of a metric and divide it into months
    Total {
        #[command(flatten)]
        year: Year,
        /// revenue or collections
        #[arg(long)]
        metric: String,
        /// In yuan
        #[arg(long, value_name = "YUAN")]
        amount: Fen,
        /// How the year is divided into months
        #[arg(long, value_enum, default_value_t = By::Seasonality)]
        by: By,
        /// The months are whole multiples of it, in yuan
        #[arg(long, value_name = "YUAN", default_value = "0.01")]
        unit: Fen,
    },
    /// Break the total down to units and people
    BreakDown {
        #[command(flatten)]
        year: Year,
        /// revenue or collections
        #[arg(long)]
        metric: String,
        /// How children are weighed
        #[arg(long, value_enum, default_value_t = Weigh::History)]
        method: Weigh,
        /// Years of children are whole multiples of it, in yuan
        #[arg(long, value_name = "YUAN", default_value = "0.01")]
        unit: Fen,
        /// Leaders who carry a target of their own, by code
        #[arg(long, value_delimiter = ',', value_name = "CODE[,CODE]")]
        leaders: Vec<String>,
    },
    /// Put the plan in force
    InForce {
        #[command(flatten)]
        year: Year,
        /// Why members may be without a target
        #[arg(long)]
        reason: Option<String>,
    },
    Owners(plan_owners::Owners),
    Weights(plan_owners::Weights),
    Copy(scenarios::Copy),
    Compare(scenarios::Compare),
    Merge(scenarios::Merge),
    Restore(scenarios::Restore),
}

/// Which plan.
#[derive(Debug, Clone, Args)]
pub struct Year {
    /// The fiscal year; also the plan's code
    #[arg(long)]
    year: i16,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// As the company achieved in the year before.
    Seasonality,
    /// By working days.
    WorkingDays,
    /// The same each month.
    Even,
}

/// How children are weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Weigh {
    /// What each achieved in the year before.
    History,
    /// The same each.
    Even,
}

impl Plan {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        match self.act {
            Act::Create(year) => year.with(make),
            Act::Total { year, metric, amount, by, unit } => year.with(|app, context, year| {
                let by = match by {
                    By::Seasonality => ByMonth::Season,
                    By::WorkingDays => ByMonth::WorkingDays,
                    By::Even => ByMonth::Even,
                };
                total(
                    app,
                    context,
                    year,
                    read_metric(app, &mut app.store.read()?, &metric)?,
                    (amount, by, unit),
                )
            }),
            Act::BreakDown { year, metric, method, unit, leaders } => year.with(|app, context, year| {
                let broken = break_down(
                    app,
                    context,
                    year,
                    read_metric(app, &mut app.store.read()?, &metric)?,
                    (method, unit, &leaders),
                )?;
                output::line(&format!("{broken} units broken down"))
            }),
            Act::InForce { year, reason } => {
                year.with(|app, context, year| in_force(app, context, year, reason.as_deref()))
            }
            Act::Owners(own) => own.run(),
            Act::Weights(own) => own.run(),
            Act::Copy(own) => own.run(),
            Act::Compare(own) => own.run(),
            Act::Merge(own) => own.run(),
            Act::Restore(own) => own.run(),
        }
    }
}

impl Year {
    fn with(self, run: impl FnOnce(&App, &Context, i16) -> Result<()>) -> Result<()> {
        let app = self.settings.create()?;
        run(&app, &self.settings.operator(&app), self.year)
    }
}

/// Makes the plan of a year; revenue is what was signed, tax included.
pub fn make(app: &App, context: &Context, year: i16) -> Result<()> {
    let basis = RevenueBasis { recognised_at: RecognisedAt::Signing, tax: Tax::Included };
    create(app, context, &NewPlan { year, code: None, name: String::new(), basis })?;
    Ok(())
}

/// Sets the total of a year.
pub fn total(
    app: &App,
    context: &Context,
    year: i16,
    metric: Metric,
    (amount, by, unit): (Fen, ByMonth, Fen),
) -> Result<()> {
    let plan = year.to_string();
    let seen = overview(app, context, &plan, metric)?.version;
    let total = Total::Year { target: amount.0, floor: None, stretch: None, by, rounding: unit.0 };
    set_total(app, context, &SetTotal { plan, metric, total, seen })?;
    Ok(())
}

/// Breaks every unit down, from the top: each unit's children by the method, down to people. Says how many units.
pub fn break_down(
    app: &App,
    context: &Context,
    year: i16,
    metric: Metric,
    (method, unit, leaders): (Weigh, Fen, &[String]),
) -> Result<usize> {
    let plan = year.to_string();
    let top = overview(app, context, &plan, metric)?.total;
    let (top, _) = top.ok_or_else(|| Error::refused(context.lang.plans_refused().no_targets()))?;
    let method = match method {
        Weigh::History => Method::LastYear,
        Weigh::Even => Method::Even,
    };
    let seen = grid(app, context, &plan, metric, &top.code)?.version;
    let (leaders, rounding) = (leaders.to_vec(), unit.0);
    let request = Below { plan, metric, unit: top.code, method, rounding, leaders, seen };
    Ok(break_down_below(app, context, &request)?.units)
}

/// Submits the plan where it is a draft, and puts it in force.
pub fn in_force(app: &App, context: &Context, year: i16, reason: Option<&str>) -> Result<()> {
    let plan = year.to_string();
    let mut seen = by_code(app, context, &plan)?.version;
    if let Ok(submitted) = submit(app, context, &plan, seen) {
        seen = submitted.version;
    }
    let reason = reason
        .map(str::parse::<Reason>)
        .transpose()
        .map_err(|_| Error::Usage("--reason is blank".to_owned()))?;
    put_in_force(app, context, &PutInForce { plan, seen, reason, told: None })?;
    Ok(())
}
