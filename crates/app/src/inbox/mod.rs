//! What waits for a person, from every room. A new kind is a variant of [`Matter`] and a function that finds it.

mod closes;
mod improvement;
mod letters;
mod metrics;
mod planning;
mod rubrics;
mod statements;

use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::allocation::letter::Party;
use dacheng_domain::calendar::{Calendar, Deadline, Month, TimeLeft, Week, Year};
use dacheng_domain::metrics::Metric;
use dacheng_domain::metrics::own::Own;
use dacheng_domain::tracking::alert::Level;
use dacheng_store::inbox::open_matters;
use jiff::civil::{Date, date};

use crate::company::Company;
use crate::facts::ground::Ground;
use crate::tracking::improvement::PlanTask;
use crate::{App, Context, Result};

/// Something that waits for the asker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub matter: Matter,
    /// By when, where there is a deadline.
    pub deadline: Option<Deadline>,
    /// For whom, by name, where the asker stands in for somebody.
    pub for_whom: Option<String>,
    /// How soon.
    pub urgency: Urgency,
}

/// How soon something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// It was due before today.
    Overdue,
    /// Today.
    Today,
    /// By the end of the week, or as soon as one gets to it.
    ThisWeek,
    /// Later, or without a date.
    Later,
}

/// What waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// An improvement plan.
    Improvement {
        /// What to do about it.
        task: PlanTask,
        /// The alert whose case shows it.
        alert: i64,
        /// Whose figures it is about, by name.
        owner: String,
        /// The unit of that owner, by name.
        place: Option<String>,
        /// Of which metric.
        metric: Metric,
        /// Red while one of its alerts is.
        level: Level,
        /// Who writes it, by name.
        writer: Option<String>,
        /// To whom it escalated, by name, where it did.
        escalated_to: Option<String>,
    },
    /// A month to propose.
    Propose(Month),
    /// A month to close.
    Close(Month),
    /// A reopening to sign.
    SignReopening(Month),
    /// A draft plan to finish and submit: its code and name.
    FinishPlan(String, String),
    /// A plan in review to put in force: its code and name.
    ApprovePlan(String, String),
    /// A qualitative target to score: its number, what is asked for, and whose it is, by name.
    Rate(i64, String, String),
    /// Values of a metric to enter for a month: the metric, the month, how many are missing.
    Enter(Own, Month, usize),
    /// What the month and the quarter will come to, to say this week: the week, the asker's code, and of which metric.
    State(Week, String, Metric),
    /// The calendar of a year to import.
    Calendar(i16),
    /// A responsibility letter to sign: its number, whose it is, by name, and as whom.
    SignLetter(String, String, Party),
    /// A letter that was returned: its number, whose it is, by name, and why.
    ReviseLetter(String, String, String),
    /// Support that was promised in a letter: its number, whose it is, by name, and what.
    KeepPromise(String, String, String),
}

/// Everything that waits for the asker, the most urgent first: ten queries at most, and a few for each metric that the asker
/// reports, however much there is.
pub fn inbox(app: &App, context: &Context, company: &Company, ground: &Ground) -> Result<Vec<Task>> {
    let mut tx = app.store.read()?;
    let calendar = company.calendar();
    let looks = Looks { context, company, ground, calendar: &calendar };
    let mut tasks = Vec::new();
    if looks.may_at_all(Action::Alerts, Right::Update) || looks.may_at_all(Action::Alerts, Right::Check) {
        improvement::find(&looks, &mut tx, &mut tasks)?;
    }
    let decides = [Right::Propose, Right::Close, Right::Reopen];
    let closes = decides.into_iter().any(|right| looks.may_at_all(Action::MonthClose, right));
    let plans = [Right::Update, Right::Approve];
    let plans = plans.into_iter().any(|right| looks.may_at_all(Action::CompanyTargets, right));
    if closes || plans {
        let running = Month::of(context.today);
        let since = running.plus(-closes::MONTHS);
        let year = Year::of(context.today, company.fiscal_start).name();
        let open = open_matters(&mut tx, crate::tracking::number(since), year.into())?;
        closes::find(&looks, &open, &mut tasks)?;
        planning::find(&looks, &open, &mut tasks);
    }
    rubrics::find(&looks, &mut tx, &mut tasks)?;
    metrics::find(app, &looks, &mut tx, &mut tasks)?;
    statements::find(&looks, &mut tx, &mut tasks)?;
    letters::find(&looks, &mut tx, &mut tasks)?;
    tasks.extend(looks.calendar_due());
    tasks.sort_by_key(|task| (task.urgency, task.deadline.and_then(Deadline::date).unwrap_or(Date::MAX)));
    Ok(tasks)
}

/// What every kind is looked for with.
struct Looks<'l> {
    context: &'l Context,
    company: &'l Company,
    ground: &'l Ground,
    calendar: &'l Calendar,
}

impl Looks<'_> {
    fn may_at_all(&self, action: Action, right: Right) -> bool {
        self.context.may_at_all(&self.ground.organisation, action, right).is_ok()
    }

    fn may(&self, action: Action, right: Right, object: &Object<'_>) -> bool {
        self.context.may(&self.ground.organisation, action, right, object).is_ok()
    }

    fn task(&self, matter: Matter, deadline: Option<Deadline>) -> Task {
        Task { matter, deadline, for_whom: None, urgency: self.urgency(deadline) }
    }

    /// What has no date is done as soon as one gets to it.
    fn urgency(&self, deadline: Option<Deadline>) -> Urgency {
        let today = self.context.today;
        let Some(deadline) = deadline else { return Urgency::ThisWeek };
        match (deadline.time_left(self.calendar, today), deadline.date()) {
            (Some(TimeLeft::Overdue(_)), _) => Urgency::Overdue,
            (_, Some(due)) if due <= today => Urgency::Today,
            (_, Some(due)) if due <= Week::of(today).last_day() => Urgency::ThisWeek,
            (_, Some(_) | None) => Urgency::Later,
        }
    }

    /// The running year's calendar at once, the next one's by the end of the year.
    fn calendar_due(&self) -> Option<Task> {
        let object = Object::on(Owner::Company, self.context.today);
        if !self.may(Action::MetricsRules, Right::Update, &object) {
            return None;
        }
        let year = self.context.today.year();
        let is_missing = |year: i16| self.calendar.year_basis(year).is_none();
        if is_missing(year) {
            return Some(self.task(Matter::Calendar(year), Some(Deadline::Due(self.context.today))));
        }
        // The state council announces the days off of a year in the November before.
        let announced = self.context.today.month() >= 11;
        let due = Deadline::Due(date(year, 12, 31));
        (announced && is_missing(year + 1)).then(|| self.task(Matter::Calendar(year + 1), Some(due)))
    }
}
