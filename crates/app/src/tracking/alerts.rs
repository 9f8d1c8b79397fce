//! Reading alerts: lists and counts of a scope, and the case of one. Raising them is in `judging`.

use std::collections::BTreeSet;
use std::sync::Arc;

use dacheng_domain::access::{Action, Object, Right, Scope};
use dacheng_domain::calendar::{Calendar, FiscalStart, Month, Period, Quarter, Year};
use dacheng_domain::metrics::{AttainmentSettings, Metric, Unit, attainment};
use dacheng_domain::people::{Organisation, Span};
use dacheng_domain::tracking::alert::{AlertRule, Level, Remedy, Thresholds, Window};
use dacheng_domain::{Fen, Ratio};
use dacheng_store::alerts::Alert;
use dacheng_store::improvement::Plan;
use dacheng_store::{Read, alerts as kept};
use jiff::civil::Date;
use serde_json::{Value, json};

pub use dacheng_store::alerts::State;

use super::improvement::{PlanCase, PlanLine, plan_case};
use super::{OwnerKey, month_of, number, rules};
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
    /// The month or quarter itself.
    pub period: Period,
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
    /// The name of the unit that the owner belonged to then.
    pub place: Option<String>,
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
    /// The thresholds of that version.
    pub thresholds: Thresholds,
    /// The day it is dated.
    pub raised_on: Date,
    /// The day it ceased to be open.
    pub ended_on: Option<Date>,
    /// Its plan.
    pub plan: Option<PlanLine>,
}

/// What of the ledger is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Everything open.
    Open,
    /// Open red ones.
    Red,
    /// Open yellow ones.
    Yellow,
    /// What waits for the asker: of each plan, the first of its open alerts.
    Mine,
    /// Every alert on a month of a fiscal year, ended ones too.
    Year(i16),
}

/// The ledger of alerts (预警台账).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The alerts looked at: red first, then the newest month, then by owner.
    pub rows: Vec<AlertRow>,
    /// How many there are of each kind.
    pub counts: Counts,
    /// The fiscal years with alerts, newest first.
    pub years: Vec<i16>,
}

/// How many alerts there are in the asker's scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Open red ones.
    pub red: usize,
    /// Open yellow ones.
    pub yellow: usize,
    /// Plans that wait for the asker, as their inbox counts them.
    pub mine: usize,
}

impl Counts {
    fn of(open: &[AlertRow]) -> Self {
        let count = |keep: fn(&AlertRow) -> bool| open.iter().filter(|row| keep(row)).count();
        Self {
            red: count(|row| row.level == Level::Red),
            yellow: count(|row| row.level == Level::Yellow),
            mine: waiting(open).count(),
        }
    }

    /// Open ones of both lights.
    pub const fn open(self) -> usize {
        self.red + self.yellow
    }
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
    looking(app, &mut tx, context)?.rows(&mut tx, filter)
}

/// A part of the ledger with the counts of all parts. The work grows with open alerts and those of one year.
pub fn ledger(app: &App, context: &Context, page: Page) -> Result<Ledger> {
    let mut tx = app.store.read()?;
    let looks = looking(app, &mut tx, context)?;
    let open = looks.rows(&mut tx, &Filter { state: Some(State::Open), ..Filter::default() })?;
    let counts = Counts::of(&open);
    let years = looks.years(&mut tx)?;
    let keep = |keep: fn(&AlertRow) -> bool| open.iter().filter(|row| keep(row)).cloned().collect();
    let rows = match page {
        Page::Open => open,
        Page::Red => keep(|row| row.level == Level::Red),
        Page::Yellow => keep(|row| row.level == Level::Yellow),
        Page::Mine => waiting(&open).cloned().collect(),
        Page::Year(year) => {
            let year = Year::new(year, looks.fiscal_start).ok_or_else(|| Error::missing("year", year))?;
            let months = Some((Month::of(year.first_day()), year.last_month()));
            looks.rows(&mut tx, &Filter { months, ..Filter::default() })?
        }
    };
    Ok(Ledger { rows, counts, years })
}

/// Of each plan that waits for the asker, the first of its alerts: several months may share a plan.
fn waiting(open: &[AlertRow]) -> impl Iterator<Item = &AlertRow> {
    let mut seen = BTreeSet::new();
    let mut is_new = move |row: &AlertRow| row.plan.as_ref().is_some_and(|plan| seen.insert(plan.id));
    open.iter().filter(move |row| row.is_mine() && is_new(row))
}

/// One alert with its plan.
pub fn case(app: &App, context: &Context, id: i64) -> Result<AlertCase> {
    let mut tx = app.store.read()?;
    let looks = looking(app, &mut tx, context)?;
    let organisation = &looks.ground.organisation;
    let scope = context.scope(organisation, Action::Alerts, Right::Read)?;
    let missing = || Error::missing("alert", id);
    let (alert, plan) = kept::by_id(&mut tx, id)?.ok_or_else(missing)?;
    let row = looks.row(alert, plan.as_ref())?;
    if !reaches(&scope, organisation, &row.owner, row.figure.month) {
        return Err(missing());
    }
    let plan = plan.map(|plan| looks.case(&mut tx, plan)).transpose()?;
    Ok(AlertCase { alert: row, plan })
}

/// Whether a scope reaches an owner in a month. Who has vanished from the organisation is the company's.
pub(crate) fn reaches(
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
pub(crate) struct Looking<'c> {
    pub(super) ground: Arc<Ground>,
    pub(super) calendar: Calendar,
    pub(super) context: &'c Context,
    fiscal_start: FiscalStart,
    rules: Vec<AlertRule>,
}

/// Everything that rows are read with, in two queries.
pub(crate) fn looking<'c>(app: &App, tx: &mut Read, context: &'c Context) -> Result<Looking<'c>> {
    let (company, _) = company::current(tx)?;
    let (rules, _) = rules::current(tx)?;
    let (ground, fiscal_start) = (app.memory.ground(tx)?, company.fiscal_start);
    Ok(Looking { ground, calendar: company.calendar(), context, fiscal_start, rules })
}

impl Looking<'_> {
    /// The alerts of the asker's scope that a filter leaves.
    fn rows(&self, tx: &mut Read, filter: &Filter) -> Result<Vec<AlertRow>> {
        let filter = kept::Filter {
            state: filter.state,
            level: filter.level,
            metric: filter.metric.map(|metric| metric.code().to_owned()),
            months: filter.months.map(|(first, last)| (number(first), number(last))),
            owner: filter.owner.as_ref().map(|owner| (owner.kind, owner.code.clone())),
        };
        self.reached(kept::list(tx, &filter)?)
    }

    /// Of some alerts those of the asker's scope.
    pub(crate) fn reached(&self, alerts: Vec<(Alert, Option<Plan>)>) -> Result<Vec<AlertRow>> {
        let organisation = &self.ground.organisation;
        let scope = self.context.scope(organisation, Action::Alerts, Right::Read)?;
        let mut rows = Vec::new();
        for (alert, plan) in alerts {
            let row = self.row(alert, plan.as_ref())?;
            if reaches(&scope, organisation, &row.owner, row.figure.month) {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    /// The fiscal years from the first alert through the running one, newest first.
    fn years(&self, tx: &mut Read) -> Result<Vec<i16>> {
        let running = Year::of(self.context.today, self.fiscal_start).name();
        let first = kept::first_month(tx)?.map(month_of).transpose()?;
        let first = first.map_or(running, |month| Year::of(month.first_day(), self.fiscal_start).name());
        Ok((first..=running).rev().collect())
    }

    /// The line of a plan.
    pub(super) fn line(&self, plan: &Plan) -> PlanLine {
        PlanLine::of(plan, &self.ground.organisation, &self.calendar, self.context)
    }

    /// A plan with everything written in it, and the alerts it is for.
    pub(super) fn case(&self, tx: &mut Read, plan: Plan) -> Result<PlanCase> {
        let of_plan = kept::of_plan(tx, plan.id)?;
        let alerts = of_plan.into_iter().map(|alert| self.row(alert, None)).collect::<Result<_>>()?;
        plan_case(tx, self, plan, alerts)
    }

    /// The thresholds of a version of a metric's rule.
    fn thresholds(&self, metric: Metric, version: i64) -> Thresholds {
        let own = |rule: &&AlertRule| rule.metric == metric && i64::from(rule.version) == version;
        self.rules.iter().find(own).map_or_else(Thresholds::default, |rule| rule.thresholds)
    }

    pub(super) fn row(&self, alert: Alert, plan: Option<&Plan>) -> Result<AlertRow> {
        let metric: Metric =
            alert.metric.parse().map_err(|_| Error::Internal(format!("metric {}", alert.metric)))?;
        let month = month_of(alert.month)?;
        let back = match alert.judged {
            Window::Month => 1,
            Window::Quarter => 3,
        };
        let period = |month: Month| match alert.judged {
            Window::Month => Period::Month(month),
            Window::Quarter => Period::Quarter(Quarter::of(month.first_day(), self.fiscal_start)),
        };
        let direction = metric.definition().direction;
        let evidence = |month, actual, target| Evidence {
            month,
            period: period(month),
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
            place: owner.place(&self.ground.organisation, month.last_day()),
            owner,
            metric,
            level: alert.level,
            remedy: alert.remedy,
            state: alert.state,
            judged: alert.judged,
            figure: evidence(month, numbers.actual, numbers.target),
            before: before.map(|(actual, target)| evidence(month.plus(-back), actual, target)),
            rule_version: alert.rule_version,
            thresholds: self.thresholds(metric, alert.rule_version),
            raised_on: alert.raised_on,
            ended_on: alert.ended_on,
            plan: plan.map(|plan| self.line(plan)),
        })
    }
}

impl AlertRow {
    /// Whether its plan waits for the asker.
    pub fn is_mine(&self) -> bool {
        self.plan.as_ref().is_some_and(|plan| plan.task().is_some())
    }

    /// The threshold it fell below.
    pub const fn threshold(&self) -> Ratio {
        match self.level {
            Level::Yellow => self.thresholds.yellow_below(),
            Level::Red => self.thresholds.red_below(),
        }
    }

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
