//! The improvement plans of the demo company, as its people wrote and checked them. Until October each was in time and
//! under way before the next close; those of October stand where they stand: late, returned, to be checked, running.

use dacheng_app::tracking::OwnerKey;
use dacheng_app::tracking::improvement::{
    Written, accept, plan, plans, record_progress, send_back, start, submit, update,
};
use dacheng_app::{App, Result};
use dacheng_domain::calendar::{Calendar, Month};
use dacheng_domain::people::MemberId;
use dacheng_domain::tracking::alert::Level;
use dacheng_domain::tracking::improvement::PlanState;
use jiff::ToSpan;
use jiff::civil::Date;

use super::agenda::Hour;
use super::cast::{operator, signed_in};
use super::writing::{NOTE, RETURNED_BECAUSE, UPDATE, written};

/// The last closed month.
const LAST: i8 = 10;
/// Hours of the day.
const MORNING: Hour = (9, 40);
const AFTERNOON: Hour = (15, 20);

/// How far a plan has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Unwritten,
    Submitted,
    Returned,
    /// Returned, and handed in again.
    Again,
    Accepted,
    Running,
}

/// The stages of the last month's plans in turns.
const STAGES: [Stage; 6] =
    [Stage::Running, Stage::Unwritten, Stage::Submitted, Stage::Running, Stage::Returned, Stage::Accepted];
/// Whose are told apart: in the team that a customer is shown, one is to be written anew and one to be checked.
const SHOWN: [(&str, Stage); 2] = [("E000013", Stage::Returned), ("E000022", Stage::Again)];

/// What happens to the plans of a month that was closed on a day, and when.
pub fn answers(app: &App, month: Month, closed: Date) -> Result<Vec<(Date, Hour, Act)>> {
    let days = Days::after(closed);
    let mut acts = Vec::new();
    for (turn, (line, owner, _)) in plans(app, &operator(app))?.into_iter().enumerate() {
        let parties = Parties::of(app, &owner, line.level, days.written)?;
        let Some(way) = Way::of(line.id, &parties) else { continue };
        match line.state {
            PlanState::Open if month.number() == LAST => {
                acts.extend(way.until(parties.stage(turn), turn, days));
            }
            PlanState::Open => acts.extend(way.until(Stage::Running, turn, days)),
            PlanState::Running if line.update_due => {
                acts.push((days.written, MORNING, way.of_writer(What::Update)));
            }
            PlanState::Submitted
            | PlanState::Returned
            | PlanState::Accepted
            | PlanState::Running
            | PlanState::Recovered
            | PlanState::NotRecovered
            | PlanState::Withdrawn => {}
        }
    }
    Ok(acts)
}

/// What somebody does about a plan.
pub struct Act {
    plan: i64,
    /// Their code.
    who: String,
    what: What,
}

enum What {
    Submit(Written),
    SendBack,
    Accept,
    Start,
    Progress,
    Update,
}

impl Act {
    /// Does it, now.
    pub fn done(&self, app: &App) -> Result<()> {
        let context = &signed_in(app, &self.who)?;
        let (id, seen) = (self.plan, plan(app, context, self.plan)?.version);
        match &self.what {
            What::Submit(written) => submit(app, context, id, seen, written),
            What::SendBack => send_back(app, context, id, seen, RETURNED_BECAUSE),
            What::Accept => accept(app, context, id, seen),
            What::Start => start(app, context, id, seen),
            What::Progress => record_progress(app, context, id, seen, NOTE, &[100, 60, 50]),
            What::Update => update(app, context, id, seen, UPDATE),
        }
        .map(drop)
    }
}

/// When the plans of a month are written, checked and followed.
#[derive(Debug, Clone, Copy)]
struct Days {
    written: Date,
    checked: Date,
    followed: Date,
    returned: Date,
}

impl Days {
    /// Written on the second working day after the close, checked on the third, followed up a fortnight later.
    fn after(closed: Date) -> Self {
        let calendar = Calendar::shipped();
        let mut working = closed.series(1.day()).skip(1).filter(|day| calendar.is_working_day(*day));
        let mut next = |count: usize| working.nth(count - 1).unwrap_or(closed);
        Self { written: next(2), checked: next(1), followed: next(8), returned: next(2) }
    }
}

/// Who writes a plan and who checks it.
struct Parties {
    writer: Option<Party>,
    checker: Option<Party>,
}

struct Party {
    code: String,
    name: String,
}

impl Parties {
    fn of(app: &App, owner: &OwnerKey, level: Level, on: Date) -> Result<Self> {
        let ground = app.memory.ground(&mut app.store.read()?)?;
        let organisation = &ground.organisation;
        let party = |member: MemberId| {
            let member = organisation.member(member)?;
            Some(Party { code: member.code.to_string(), name: member.name.clone() })
        };
        Ok(Self {
            writer: owner.responsible(organisation, on).and_then(party),
            checker: owner.checker(organisation, level, on).and_then(party),
        })
    }

    /// How far the plan comes that is the so-manieth.
    fn stage(&self, turn: usize) -> Stage {
        let writes =
            |(code, _): &&(&str, Stage)| self.writer.as_ref().is_some_and(|party| party.code == *code);
        SHOWN.iter().find(writes).map_or(STAGES[turn % STAGES.len()], |(_, stage)| *stage)
    }
}

/// The way of a plan between those who act on it.
struct Way<'a> {
    plan: i64,
    writer: &'a Party,
    checker: &'a Party,
}

impl<'a> Way<'a> {
    fn of(plan: i64, parties: &'a Parties) -> Option<Self> {
        Some(Self { plan, writer: parties.writer.as_ref()?, checker: parties.checker.as_ref()? })
    }

    /// The acts that bring a plan as far as a stage.
    fn until(&self, stage: Stage, turn: usize, days: Days) -> Vec<(Date, Hour, Act)> {
        let checks = |day, hour, what| (day, hour, self.of_checker(what));
        let mut acts = Vec::new();
        if stage >= Stage::Submitted {
            acts.push(self.submit(turn, days.written));
        }
        match stage {
            Stage::Unwritten | Stage::Submitted => {}
            Stage::Returned => acts.push(checks(days.returned, AFTERNOON, What::SendBack)),
            Stage::Again => {
                acts.push(checks(days.checked, AFTERNOON, What::SendBack));
                acts.push(self.submit(turn, days.returned));
            }
            Stage::Accepted => acts.push(checks(days.checked, MORNING, What::Accept)),
            Stage::Running => {
                acts.push(checks(days.checked, MORNING, What::Accept));
                acts.push((days.checked, AFTERNOON, self.of_writer(What::Start)));
                acts.push((days.followed, AFTERNOON, self.of_writer(What::Progress)));
            }
        }
        acts
    }

    fn submit(&self, turn: usize, on: Date) -> (Date, Hour, Act) {
        let names = (self.writer.name.as_str(), self.checker.name.as_str());
        let written = written(turn, names, (on, Month::of(on).next()));
        (on, MORNING, self.of_writer(What::Submit(written)))
    }

    fn of_writer(&self, what: What) -> Act {
        Act { plan: self.plan, who: self.writer.code.clone(), what }
    }

    fn of_checker(&self, what: What) -> Act {
        Act { plan: self.plan, who: self.checker.code.clone(), what }
    }
}
