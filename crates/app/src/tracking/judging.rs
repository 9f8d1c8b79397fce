//! Judging a closed month: which alerts and improvement plans change. Every owner of a metric is read and written
//! together, a few statements however many there are.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::Ratio;
use dacheng_domain::allocation::method::service_month;
use dacheng_domain::calendar::{Calendar, Month};
use dacheng_domain::metrics::{AttainmentSettings, Metric, Unit};
use dacheng_domain::notification::{AlertChange, Event};
use dacheng_domain::tracking::alert::{
    AlertRule, Change, Evaluation, Finding, Level, MonthFigures, Verdict, Window,
};
use dacheng_domain::tracking::close::MonthStanding;
use dacheng_domain::tracking::improvement::{Plan as Course, PlanSettings, PlanState, PlanTerms};
use dacheng_store::alerts::{self, ALERT, Alert, Evidence, State};
use dacheng_store::improvement::{self, PLAN, Plan};
use dacheng_store::targets::OwnerKind;
use dacheng_store::{Write, closes, counter};
use jiff::civil::Date;
use serde::Serialize;

use super::closes::standings;
use super::{OwnerKey, month_of, number, rules};
use crate::company::Company;
use crate::facts::ground::Ground;
use crate::outbox::News;
use crate::search::index;
use crate::{Error, Result};

/// What judging a month changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Outcome {
    /// Yellow alerts raised.
    pub yellow: usize,
    /// Red alerts raised.
    pub red: usize,
    /// Alerts that another level replaced; their successors are counted above.
    pub replaced: usize,
    /// Alerts withdrawn.
    pub withdrawn: usize,
    /// Alerts that stand with other figures than before.
    pub refreshed: usize,
    /// Plans opened.
    pub opened: usize,
    /// Plans that ended recovered.
    pub recovered: usize,
    /// Plans that ended not recovered.
    pub not_recovered: usize,
}

/// What every month is judged with.
pub(super) struct Judging<'j> {
    ground: &'j Ground,
    company: &'j Company,
    calendar: Calendar,
    rules: Vec<AlertRule>,
    standings: BTreeMap<Month, MonthStanding>,
    /// The day alerts are dated.
    on: Date,
    outcome: Outcome,
    news: Vec<News>,
}

/// The figures and leave of one owner, what stands and what will.
#[derive(Default)]
struct Case {
    booked: BTreeMap<Month, (i64, Option<i64>)>,
    standing: BTreeMap<Month, Alert>,
    plan: Option<Plan>,
    /// The course of the plan as it was read.
    course: Option<Course>,
    /// Open alerts of the plan.
    in_plan: Vec<i64>,
}

/// The changes of a metric, to be written together.
struct Changes {
    next_alert: i64,
    next_plan: i64,
    raised: Vec<Alert>,
    opened: Vec<Plan>,
    saved: Vec<Plan>,
    ended: BTreeMap<State, Vec<i64>>,
    refreshed: Vec<(i64, Evidence)>,
}

/// Judges a closed month of every metric with a rule, and what later months owe to it. Alerts are dated `on`.
/// The caller holds the change sequence, so that nobody else judges meanwhile, and announces the news.
pub(super) fn judge(
    tx: &mut Write,
    ground: &Ground,
    company: &Company,
    month: Month,
    on: Date,
) -> Result<(Outcome, Vec<News>)> {
    let (rules, _) = rules::current(tx)?;
    let metrics: BTreeSet<Metric> = rules.iter().map(|rule| rule.metric).collect();
    let mut judging = Judging {
        ground,
        company,
        calendar: company.calendar(),
        rules,
        standings: standings(tx)?,
        on,
        outcome: Outcome::default(),
        news: Vec::new(),
    };
    for metric in metrics {
        judging.judge_metric(tx, metric, month)?;
    }
    Ok((judging.outcome, judging.news))
}

impl Judging<'_> {
    fn judge_metric(&mut self, tx: &mut Write, metric: Metric, month: Month) -> Result<()> {
        // A run continues from one month; where counts are judged by quarter, from the quarter before.
        let reach = match metric.definition().unit {
            Unit::Count => 5,
            Unit::Money | Unit::Percent | Unit::Score | Unit::Days => 1,
        };
        let cases = cases(tx, metric, (month.plus(-reach), month.plus(reach)))?;
        let mut changes = Changes {
            next_alert: counter::last(tx, ALERT)? + 1,
            next_plan: counter::last(tx, PLAN)? + 1,
            raised: Vec::new(),
            opened: Vec::new(),
            saved: Vec::new(),
            ended: BTreeMap::new(),
            refreshed: Vec::new(),
        };
        for (owner, case) in cases {
            self.judge_owner(metric, month, &owner, case, &mut changes)?;
        }
        changes.write(tx, metric, self.on)
    }

    fn judge_owner(
        &mut self,
        metric: Metric,
        month: Month,
        owner: &OwnerKey,
        mut case: Case,
        changes: &mut Changes,
    ) -> Result<()> {
        let organisation = &self.ground.organisation;
        if owner.has_left(organisation, month) {
            self.leave_off(case, changes);
            return Ok(());
        }
        let Some(kind) = owner.rule_kind(organisation, month.last_day()) else { return Ok(()) };
        let since = self.company.go_live.map_or(month, |live| live.max(month));
        let months = self.figures(owner, &case, since);
        let rules = std::mem::take(&mut self.rules);
        let evaluation = Evaluation {
            metric,
            owner: kind,
            rules: &rules,
            since,
            fiscal_start: self.company.fiscal_start,
            attainment: AttainmentSettings::default(),
        };
        let levels = case.standing.iter().map(|(month, alert)| (*month, alert.level)).collect();
        let due = evaluation.changes(&months, &levels);
        for &at in months.range(since..).map(|(at, _)| at) {
            let verdict = evaluation.verdict(&months, at);
            self.judge_plan(&mut case, at, &verdict, changes);
            match due.get(&at) {
                Some(change) => self.apply(owner, metric, at, *change, &mut case, changes)?,
                None => self.refresh(&case, at, &verdict, changes),
            }
        }
        self.rules = rules;
        let read = case.course;
        changes
            .saved
            .extend(case.plan.filter(|plan| plan.version == 0 || Some(&plan.course) != read.as_ref()));
        Ok(())
    }

    /// Whoever has left improves nothing any more: their plan is withdrawn, and its alerts rest.
    fn leave_off(&self, mut case: Case, changes: &mut Changes) {
        let Some(mut plan) = case.plan.take() else { return };
        let months: Vec<Month> = plan.course.entries().iter().map(|entry| entry.month).collect();
        for month in months {
            plan.course.withdraw(month, self.on);
        }
        changes.ended.entry(State::Closed).or_default().append(&mut case.in_plan);
        changes.saved.push(plan);
    }

    /// What is known of the months of an owner. A month with an alert is judged, also where its figure is gone.
    fn figures(&self, owner: &OwnerKey, case: &Case, since: Month) -> BTreeMap<Month, MonthFigures> {
        let organisation = &self.ground.organisation;
        let hired = match owner.kind {
            OwnerKind::Unit => None,
            OwnerKind::Member => {
                organisation.member_of_code(&owner.code).and_then(|member| member.employed.from())
            }
        };
        let alerted = case.standing.keys().filter(|month| **month >= since);
        let months: BTreeSet<Month> = case.booked.keys().chain(alerted).copied().collect();
        let figures = |month: Month| {
            let booked = case.booked.get(&month);
            MonthFigures {
                standing: self.standings.get(&month).copied().unwrap_or(MonthStanding::Open),
                actual: booked.map(|(actual, _)| Ratio::whole(*actual)),
                target: booked.and_then(|(_, target)| *target),
                // Leave is not a fact yet; when it is, its days of the month belong here.
                leave: None,
                service_month: hired.map(|hired| service_month(hired, month).unwrap_or(0)),
            }
        };
        months.into_iter().map(|month| (month, figures(month))).collect()
    }

    /// A later month may end the plan; its alerts then rest.
    fn judge_plan(&mut self, case: &mut Case, month: Month, verdict: &Verdict, changes: &mut Changes) {
        let Some(mut plan) = case.plan.take() else { return };
        plan.course.judge(month, verdict);
        match plan.course.state() {
            PlanState::Recovered => self.outcome.recovered += 1,
            PlanState::NotRecovered => self.outcome.not_recovered += 1,
            PlanState::Open
            | PlanState::Submitted
            | PlanState::Returned
            | PlanState::Accepted
            | PlanState::Running
            | PlanState::Withdrawn => {
                case.plan = Some(plan);
                return;
            }
        }
        changes.ended.entry(State::Closed).or_default().append(&mut case.in_plan);
        changes.saved.push(plan);
    }

    fn apply(
        &mut self,
        owner: &OwnerKey,
        metric: Metric,
        month: Month,
        change: Change,
        case: &mut Case,
        changes: &mut Changes,
    ) -> Result<()> {
        let before = case.standing.get(&month).map(|alert| (alert.id, alert.plan));
        match (change, before) {
            (Change::Raise(finding), _) | (Change::Replace(finding), None) => {
                self.raise(owner, metric, month, finding, case, changes)
            }
            (Change::Replace(finding), Some((alert, _))) => {
                self.outcome.replaced += 1;
                changes.end(case, State::Replaced, alert);
                self.raise(owner, metric, month, finding, case, changes)
            }
            (Change::Withdraw, Some((alert, of_plan))) => {
                self.outcome.withdrawn += 1;
                if let Some(level) = case.standing.get(&month).map(|alert| alert.level) {
                    self.tell(AlertChange::Withdrawn, owner, (alert, metric, month, level));
                }
                changes.end(case, State::Withdrawn, alert);
                if let Some(plan) = case.plan.as_mut().filter(|plan| Some(plan.id) == of_plan) {
                    plan.course.withdraw(month, self.on);
                }
                leave_withdrawn(case, changes);
                Ok(())
            }
            (Change::Withdraw, None) => Ok(()),
        }
    }

    fn raise(
        &mut self,
        owner: &OwnerKey,
        metric: Metric,
        month: Month,
        finding: Finding,
        case: &mut Case,
        changes: &mut Changes,
    ) -> Result<()> {
        match finding.level {
            Level::Yellow => self.outcome.yellow += 1,
            Level::Red => self.outcome.red += 1,
        }
        let terms = PlanTerms { calendar: &self.calendar, settings: PlanSettings::default() };
        let plan = if let Some(plan) = &mut case.plan {
            let joined = plan.course.join(month, finding.level, self.on, &terms);
            joined.map_err(|ended| Error::Internal(ended.to_string()))?;
            plan.id
        } else {
            self.outcome.opened += 1;
            let course = Course::open(month, finding.level, self.on, &terms);
            case.plan.insert(changes.plan(owner, metric, finding, course)).id
        };
        let evidence = evidence(&case.booked, month, finding.judged.window)
            .ok_or_else(|| Error::Internal(format!("an alert of {owner} in {month} without a figure")))?;
        self.tell(AlertChange::Raised, owner, (changes.next_alert, metric, month, finding.level));
        case.in_plan.push(changes.next_alert);
        changes.raised.push(Alert {
            id: changes.next_alert,
            owner_kind: owner.kind,
            owner: owner.code.clone(),
            metric: metric.code().to_owned(),
            month: number(month),
            level: finding.level,
            remedy: finding.remedy,
            state: State::Open,
            judged: finding.judged.window,
            rule_version: i64::from(finding.judged.rule_version),
            evidence,
            raised_on: self.on,
            ended_on: None,
            plan: Some(plan),
        });
        changes.next_alert += 1;
        Ok(())
    }

    fn tell(
        &mut self,
        change: AlertChange,
        owner: &OwnerKey,
        (alert, metric, month, level): (i64, Metric, Month, Level),
    ) {
        let organisation = &self.ground.organisation;
        let place = owner.place(organisation, month.last_day());
        let name = owner.name(organisation);
        let event = Event::Alert { change, alert, owner: name, place, metric, month, level };
        self.news.push(News::about(event, organisation, owner, (level, self.on)));
    }

    /// An alert that stands keeps the figures it is judged by now.
    fn refresh(&mut self, case: &Case, month: Month, verdict: &Verdict, changes: &mut Changes) {
        let (Verdict::Alert(finding), Some(alert)) = (verdict, case.standing.get(&month)) else { return };
        let now = evidence(&case.booked, month, finding.judged.window);
        if let Some(now) = now.filter(|now| *now != alert.evidence) {
            self.outcome.refreshed += 1;
            changes.refreshed.push((alert.id, now));
        }
    }
}

/// A plan that lost its last alert is out of the way of the next month.
fn leave_withdrawn(case: &mut Case, changes: &mut Changes) {
    if case.plan.as_ref().is_some_and(|plan| !plan.course.state().is_open()) {
        changes.saved.extend(case.plan.take());
    }
}

/// Everything that is known of every owner, in four statements.
fn cases(tx: &mut Write, metric: Metric, (first, last): (Month, Month)) -> Result<BTreeMap<OwnerKey, Case>> {
    let (code, months) = (metric.code(), (number(first), number(last)));
    let mut cases: BTreeMap<OwnerKey, Case> = BTreeMap::new();
    for figure in closes::figures(tx, code, months)? {
        let owner = OwnerKey { kind: figure.owner_kind, code: figure.owner };
        let month = month_of(figure.month)?;
        cases.entry(owner).or_default().booked.insert(month, (figure.actual, figure.target));
    }
    for alert in alerts::standing(tx, code, months)? {
        let owner = OwnerKey { kind: alert.owner_kind, code: alert.owner.clone() };
        cases.entry(owner).or_default().standing.insert(month_of(alert.month)?, alert);
    }
    for plan in improvement::open(tx, code)? {
        let owner = OwnerKey { kind: plan.owner_kind, code: plan.owner.clone() };
        let case = cases.entry(owner).or_default();
        (case.course, case.plan) = (Some(plan.course.clone()), Some(plan));
    }
    for alert in alerts::open_of_plans(tx, code)? {
        let owner = OwnerKey { kind: alert.owner_kind, code: alert.owner };
        let case = cases.entry(owner).or_default();
        if case.plan.as_ref().is_some_and(|plan| Some(plan.id) == alert.plan) {
            case.in_plan.push(alert.id);
        }
    }
    Ok(cases)
}

/// The figures a month was judged by, and those of the month (or quarter) before.
fn evidence(booked: &BTreeMap<Month, (i64, Option<i64>)>, month: Month, window: Window) -> Option<Evidence> {
    let months: i32 = match window {
        Window::Month => 1,
        Window::Quarter => 3,
    };
    let over = |last: Month| {
        let figures = booked.range(last.plus(1 - months)..=last);
        figures
            .filter_map(|(_, (actual, target))| Some((*actual, (*target)?)))
            .reduce(|sum, one| (sum.0.saturating_add(one.0), sum.1.saturating_add(one.1)))
    };
    let (actual, target) = over(month)?;
    let previous = over(month.plus(-months));
    let (previous_actual, previous_target) = previous.unzip();
    Some(Evidence { actual, target, previous_actual, previous_target })
}

impl Changes {
    fn plan(&mut self, owner: &OwnerKey, metric: Metric, finding: Finding, course: Course) -> Plan {
        let plan = Plan {
            id: self.next_plan,
            owner_kind: owner.kind,
            owner: owner.code.clone(),
            metric: metric.code().to_owned(),
            remedy: finding.remedy,
            course,
            written: None,
            note: None,
            submitted_by: None,
            checked_by: None,
            version: 0,
        };
        self.next_plan += 1;
        plan
    }

    fn end(&mut self, case: &mut Case, state: State, alert: i64) {
        self.ended.entry(state).or_default().push(alert);
        case.in_plan.retain(|own| *own != alert);
    }

    /// Ended alerts and plans make room first; then new plans, which alerts refer to, and new alerts.
    fn write(mut self, tx: &mut Write, metric: Metric, on: Date) -> Result<()> {
        for (state, ids) in &self.ended {
            alerts::end(tx, metric.code(), ids, *state, on)?;
        }
        self.opened.extend(self.saved.extract_if(.., |plan| plan.version == 0));
        for plan in &self.saved {
            if !improvement::save(tx, plan)? {
                return Err(Error::Stale { seen: plan.version, found: plan.version + 1 });
            }
        }
        self.opened.sort_by_key(|plan| plan.id);
        self.opened.iter_mut().for_each(|plan| plan.version = 1);
        reserve(tx, PLAN, self.opened.first().map(|plan| plan.id), self.opened.len())?;
        improvement::append(tx, &self.opened)?;
        reserve(tx, ALERT, self.raised.first().map(|alert| alert.id), self.raised.len())?;
        alerts::append(tx, &self.raised)?;
        index::note_alerts(tx, self.raised.iter().map(|alert| (alert.id, alert.month)))?;
        for (alert, evidence) in &self.refreshed {
            alerts::refresh(tx, *alert, evidence)?;
        }
        Ok(())
    }
}

/// Takes the numbers that were given out in memory.
fn reserve(tx: &mut Write, counter: &str, first: Option<i64>, count: usize) -> Result<()> {
    let Some(first) = first else { return Ok(()) };
    let reserved = counter::reserve(tx, counter, i64::try_from(count).unwrap_or(i64::MAX))?;
    if reserved != first {
        return Err(Error::Internal(format!("numbers of {counter} were given out meanwhile")));
    }
    Ok(())
}
