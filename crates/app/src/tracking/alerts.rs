//! Reading alerts: lists and counts of a scope, and the case of one. Raising them is in `judging`.

use dacheng_domain::access::{Action, Object, Right, Scope};
use dacheng_domain::calendar::{Calendar, Month};
use dacheng_domain::metrics::{AttainmentSettings, Metric, Unit, attainment};
use dacheng_domain::people::{Organisation, Span};
use dacheng_domain::tracking::alert::{Level, Remedy, Window};
use dacheng_domain::{Fen, Ratio};
use dacheng_store::alerts::Alert;
use dacheng_store::improvement::Plan;
use dacheng_store::{Read, alerts as kept};
use jiff::civil::Date;
use serde_json::{Value, json};

pub use dacheng_store::alerts::State;

use super::improvement::{PlanCase, PlanLine, plan_case};
use super::{OwnerKey, month_of, number};
use crate::facts::ground::Ground;
use crate::{App, Context, Error, Result, company};

/// Which alerts; nothing given means all of the asker's scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only in this state.
    pub state: Option<State>,
    /// Only of this level.
    pub level: Option<Level>,
    /// Only of this metric.
    pub metric: Option<Metric>,
    /// From a first to a last month.
    pub months: Option<(Month, Month)>,
    /// Only of this owner.
    pub owner: Option<OwnerKey>,
}

/// A figure an alert was judged by, in the metric's smallest unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// The month, or the last of the quarter.
    pub month: Month,
    /// What was achieved.
    pub actual: i64,
    /// What was to be achieved.
    pub target: i64,
    /// Their ratio, exactly.
    pub attainment: Option<Ratio>,
}

/// An alert in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub owner: OwnerKey,
    /// The owner's name.
    pub owner_name: String,
    /// Of which metric.
    pub metric: Metric,
    /// Yellow or red.
    pub level: Level,
    /// What it asks for.
    pub remedy: Remedy,
    /// Where it stands.
    pub state: State,
    /// Whether the month or its quarter was judged.
    pub judged: Window,
    /// By which figure.
    pub figure: Evidence,
    /// The figure of the month (or quarter) before, where it was closed with one.
    pub before: Option<Evidence>,
    /// By which version of the metric's rule.
    pub rule_version: i64,
    /// The day it is dated.
    pub raised_on: Date,
    /// The day it ceased to be open.
    pub ended_on: Option<Date>,
    /// Its plan.
    pub plan: Option<PlanLine>,
}

/// How many open alerts there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Red ones.
    pub red: usize,
    /// Yellow ones.
    pub yellow: usize,
}

/// An alert with its plan and everything written in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertCase {
    /// The alert.
    pub alert: AlertRow,
    /// Its plan.
    pub plan: Option<PlanCase>,
}

/// The alerts of the asker's scope, red first, then the newest month, then by owner.
pub fn alerts(app: &App, context: &Context, filter: &Filter) -> Result<Vec<AlertRow>> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let scope = context.scope(&ground.organisation, Action::Alerts, Right::Read)?;
    let calendar = company::current(&mut tx)?.0.calendar();
    let looking = Looking { ground: &ground, calendar: &calendar, context };
    let filter = kept::Filter {
        state: filter.state,
        level: filter.level,
        metric: filter.metric.map(|metric| metric.code().to_owned()),
        months: filter.months.map(|(first, last)| (number(first), number(last))),
        owner: filter.owner.as_ref().map(|owner| (owner.kind, owner.code.clone())),
    };
    let mut rows = Vec::new();
    for (alert, plan) in kept::list(&mut tx, &filter)? {
        let row = looking.row(alert, plan.as_ref())?;
        if reaches(&scope, &ground.organisation, &row.owner, row.figure.month) {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// How many alerts of the asker's scope are open.
pub fn open_counts(app: &App, context: &Context) -> Result<Counts> {
    let open = alerts(app, context, &Filter { state: Some(State::Open), ..Filter::default() })?;
    let red = open.iter().filter(|row| row.level == Level::Red).count();
    Ok(Counts { red, yellow: open.len() - red })
}

/// One alert with its plan.
pub fn case(app: &App, context: &Context, id: i64) -> Result<AlertCase> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let scope = context.scope(&ground.organisation, Action::Alerts, Right::Read)?;
    let calendar = company::current(&mut tx)?.0.calendar();
    let looking = Looking { ground: &ground, calendar: &calendar, context };
    let missing = || Error::missing("alert", id);
    let (alert, plan) = kept::by_id(&mut tx, id)?.ok_or_else(missing)?;
    let row = looking.row(alert, plan.as_ref())?;
    if !reaches(&scope, &ground.organisation, &row.owner, row.figure.month) {
        return Err(missing());
    }
    let plan = plan.map(|plan| looking.case(&mut tx, plan)).transpose()?;
    Ok(AlertCase { alert: row, plan })
}

/// Whether a scope reaches an owner in a month. Who has vanished from the organisation is the company's.
pub(super) fn reaches(
    scope: &Scope<'_>,
    organisation: &Organisation,
    owner: &OwnerKey,
    month: Month,
) -> bool {
    let owner = owner.of_access(organisation).unwrap_or(dacheng_domain::access::Owner::Company);
    let days = Span::new(Some(month.first_day()), Some(month.next().first_day())).unwrap_or(Span::ALWAYS);
    scope.view(&Object { owner, days, holds: &[] }).is_some()
}

/// What a row is read with.
#[derive(Clone, Copy)]
pub(super) struct Looking<'l> {
    pub(super) ground: &'l Ground,
    pub(super) calendar: &'l Calendar,
    pub(super) context: &'l Context,
}

impl Looking<'_> {
    /// A plan with everything written in it, and the alerts it is for.
    pub(super) fn case(self, tx: &mut Read, plan: Plan) -> Result<PlanCase> {
        let of_plan = kept::of_plan(tx, plan.id)?;
        let alerts = of_plan.into_iter().map(|alert| self.row(alert, None)).collect::<Result<_>>()?;
        plan_case(tx, self, plan, alerts)
    }

    fn row(self, alert: Alert, plan: Option<&Plan>) -> Result<AlertRow> {
        let metric: Metric =
            alert.metric.parse().map_err(|_| Error::Internal(format!("metric {}", alert.metric)))?;
        let month = month_of(alert.month)?;
        let back = match alert.judged {
            Window::Month => 1,
            Window::Quarter => 3,
        };
        let direction = metric.definition().direction;
        let evidence = |month, actual, target| Evidence {
            month,
            actual,
            target,
            attainment: attainment(Ratio::whole(actual), target, direction, &AttainmentSettings::default()),
        };
        let numbers = alert.evidence;
        let before = numbers.previous_actual.zip(numbers.previous_target);
        let owner = OwnerKey { kind: alert.owner_kind, code: alert.owner };
        Ok(AlertRow {
            id: alert.id,
            owner_name: owner.name(&self.ground.organisation),
            owner,
            metric,
            level: alert.level,
            remedy: alert.remedy,
            state: alert.state,
            judged: alert.judged,
            figure: evidence(month, numbers.actual, numbers.target),
            before: before.map(|(actual, target)| evidence(month.plus(-back), actual, target)),
            rule_version: alert.rule_version,
            raised_on: alert.raised_on,
            ended_on: alert.ended_on,
            plan: plan.map(|plan| PlanLine::of(plan, self)),
        })
    }
}

impl AlertRow {
    /// As JSON (`interface.md`): money in yuan, rates with four decimals, `null` for what does not exist.
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "owner": self.owner.to_string(),
            "name": self.owner_name,
            "metric": self.metric.code(),
            "month": self.figure.month,
            "level": self.level,
            "remedy": self.remedy,
            "state": self.state,
            "judged": self.judged,
            "actual": amount(self.metric, self.figure.actual),
            "target": amount(self.metric, self.figure.target),
            "attainment": self.figure.attainment,
            "before": self.before.map(|before| json!({
                "month": before.month,
                "actual": amount(self.metric, before.actual),
                "target": amount(self.metric, before.target),
                "attainment": before.attainment,
            })),
            "rule_version": self.rule_version,
            "raised_on": self.raised_on,
            "ended_on": self.ended_on,
            "plan": self.plan.as_ref().map(PlanLine::json),
        })
    }
}

/// A number of the metric's smallest unit in whole units.
fn amount(metric: Metric, minor: i64) -> String {
    match metric.definition().unit {
        Unit::Count => minor.to_string(),
        Unit::Money | Unit::Percent | Unit::Score | Unit::Days => Fen(minor).to_string(),
    }
}
