//! The improvement plan (改进计划) an alert asks for: its states, deadlines and checker. Its text is not here.

mod checker;
mod evidence;
mod state;

pub use checker::{Superior, checker, unit_plan_may_cover};
pub use evidence::{may_withdraw, takes_evidence};
pub use state::{NotFromHere, PlanState, PlanStep};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::alert::{Level, Verdict};
use crate::calendar::{Calendar, Deadline, Month};

/// Deadlines of a plan in working days (setting).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSettings {
    /// To hand it in after delivery of the alert (day 0). Default 3.
    pub submit_days: u32,
    /// To hand it in again after it was returned. Default 2.
    pub return_days: u32,
    /// To bring it up to date after a further month joined. Default 3.
    pub update_days: u32,
}

impl Default for PlanSettings {
    fn default() -> Self {
        Self { submit_days: 3, return_days: 2, update_days: 3 }
    }
}

/// Something the owner has to hand in; overdue it escalates once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// By when.
    pub deadline: Deadline,
    /// When it was done.
    pub done_on: Option<Date>,
    /// When it was escalated.
    pub escalated_on: Option<Date>,
}

impl Task {
    const fn new(deadline: Deadline) -> Self {
        Self { deadline, done_on: None, escalated_on: None }
    }

    fn is_overdue(&self, today: Date) -> bool {
        self.done_on.is_none() && self.deadline.date().is_some_and(|due| due < today)
    }
}

/// One alert in a plan: the month that opened it, or one that joined while it was open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The month of the alert.
    pub month: Month,
    /// Its level.
    pub level: Level,
    /// The plan itself for the month that opened it, an update of it for one that joined.
    pub task: Task,
    /// When the alert was withdrawn.
    pub withdrawn_on: Option<Date>,
}

impl Entry {
    const fn new(month: Month, level: Level, deadline: Deadline) -> Self {
        Self { month, level, task: Task::new(deadline), withdrawn_on: None }
    }
}

/// What a plan's deadlines follow.
#[derive(Debug, Clone, Copy)]
pub struct PlanTerms<'a> {
    /// The company's calendar.
    pub calendar: &'a Calendar,
    /// The numbers of working days.
    pub settings: PlanSettings,
}

/// A plan that has ended takes no further month: that month opens a plan of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the plan has ended")]
pub struct PlanEnded;

/// The improvement plan of one owner and metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    state: PlanState,
    entries: Vec<Entry>,
    last_month: Option<Month>,
}

impl Plan {
    /// Opens the plan of an alert. `from` is day 0: the day the alert was delivered or, for an owner
    /// in leave then, the day of their return.
    pub fn open(month: Month, level: Level, from: Date, terms: &PlanTerms<'_>) -> Self {
        let entry = Entry::new(month, level, terms.calendar.due(from, terms.settings.submit_days));
        Self { state: PlanState::Open, entries: vec![entry], last_month: None }
    }

    /// Where it stands.
    pub const fn state(&self) -> PlanState {
        self.state
    }

    /// Its alerts, one entry each; the first one opened it.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The month whose close ends it, once it is written (完成期限).
    pub const fn last_month(&self) -> Option<Month> {
        self.last_month
    }

    /// Red while one of its alerts that stand is red; decides who checks it.
    pub fn level(&self) -> Level {
        self.standing().map(|entry| entry.level).fold(Level::Yellow, Level::max)
    }

    /// What is to be handed in next: of the open tasks the one due first; a pending one comes last.
    pub fn next_task(&self) -> Option<&Entry> {
        let open = self.standing().filter(|entry| self.state.is_open() && entry.task.done_on.is_none());
        open.min_by_key(|entry| (entry.task.deadline.date().is_none(), entry.task.deadline.date()))
    }

    /// Dates the deadlines that waited for a calendar year which is loaded now (`domain.md` §1).
    pub fn date(&mut self, calendar: &Calendar) {
        for entry in &mut self.entries {
            entry.task.deadline = entry.task.deadline.dated_by(calendar);
        }
    }

    fn standing(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.withdrawn_on.is_none())
    }

    /// A further month of the same owner and metric was alerted, or the alert of one changed its
    /// level. A new month asks for an update, counted from day 0 `from`.
    pub fn join(
        &mut self,
        month: Month,
        level: Level,
        from: Date,
        terms: &PlanTerms<'_>,
    ) -> Result<(), PlanEnded> {
        if !self.state.is_open() {
            return Err(PlanEnded);
        }
        let deadline = terms.calendar.due(from, terms.settings.update_days);
        match self.entries.iter_mut().find(|entry| entry.month == month) {
            Some(entry) => (entry.level, entry.withdrawn_on) = (level, None),
            None => self.entries.push(Entry::new(month, level, deadline)),
        }
        Ok(())
    }

    /// The owner, or in their leave the leader, hands the plan in for all months so far. It ends with
    /// the close of `last_month`.
    pub fn submit(&mut self, on: Date, last_month: Month) -> Result<(), NotFromHere> {
        self.state = self.state.after(PlanStep::Submit)?;
        self.last_month = Some(last_month);
        self.update(on);
        Ok(())
    }

    /// The owner brings the plan up to date for all months that joined so far.
    pub fn update(&mut self, on: Date) {
        for entry in &mut self.entries {
            entry.task.done_on.get_or_insert(on);
        }
    }

    /// The checker returns it, to be handed in again.
    pub fn send_back(&mut self, on: Date, terms: &PlanTerms<'_>) -> Result<(), NotFromHere> {
        self.state = self.state.after(PlanStep::Return)?;
        if let Some(first) = self.entries.first_mut() {
            first.task = Task::new(terms.calendar.due(on, terms.settings.return_days));
        }
        Ok(())
    }

    /// The checker accepts it.
    pub fn accept(&mut self) -> Result<(), NotFromHere> {
        self.state = self.state.after(PlanStep::Accept)?;
        Ok(())
    }

    /// Its measures begin.
    pub fn start(&mut self) -> Result<(), NotFromHere> {
        self.state = self.state.after(PlanStep::Start)?;
        Ok(())
    }

    /// A later month of the owner and metric was judged. Without an alert the plan is recovered;
    /// alerted in or after its last month it is not. An alerted month before that joins the plan
    /// afterwards, and a month without a figure says nothing.
    pub fn judge(&mut self, month: Month, verdict: &Verdict) {
        let is_later = self.standing().all(|entry| entry.month < month);
        let is_last = self.last_month.is_some_and(|last| last <= month);
        let step = match verdict {
            Verdict::Fine(_) if is_later => PlanStep::Recover,
            Verdict::Alert(_) if is_later && is_last => PlanStep::Fail,
            Verdict::Fine(_) | Verdict::Alert(_) | Verdict::NoFigure | Verdict::NotClosed => return,
        };
        self.state = self.state.after(step).unwrap_or(self.state);
    }

    /// The alert of a month was withdrawn; with its last alert the plan is, too.
    pub fn withdraw(&mut self, month: Month, on: Date) {
        for entry in self.entries.iter_mut().filter(|entry| entry.month == month) {
            entry.withdrawn_on.get_or_insert(on);
        }
        if self.standing().next().is_none() {
            self.state = self.state.after(PlanStep::Withdraw).unwrap_or(self.state);
        }
    }

    /// The months whose task is overdue and not escalated yet; marks them, so that each escalates once.
    pub fn escalate(&mut self, today: Date) -> Vec<Month> {
        if !self.state.is_open() {
            return Vec::new();
        }
        let standing = self.entries.iter_mut().filter(|entry| entry.withdrawn_on.is_none());
        let overdue =
            standing.filter(|entry| entry.task.is_overdue(today) && entry.task.escalated_on.is_none());
        let mark = |entry: &mut Entry| {
            entry.task.escalated_on = Some(today);
            entry.month
        };
        overdue.map(mark).collect()
    }
}
