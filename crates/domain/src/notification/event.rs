//! What can happen that somebody is told, who that is, and by which key it is told once.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::calendar::{Month, Week};
use crate::metrics::Metric;
use crate::tracking::alert::Level;
use crate::tracking::statement::Reach;

/// The kind of [`Event::Confirm`].
pub const CONFIRM: &str = "confirm";

/// Something that happened, with what is said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// An alert was raised or withdrawn.
    Alert {
        /// Which of the two.
        change: AlertChange,
        /// The alert.
        alert: i64,
        /// Whose figures, by name.
        owner: String,
        /// The unit of the owner, by name.
        place: Option<String>,
        /// Of which metric.
        metric: Metric,
        /// In which month.
        month: Month,
        /// Yellow or red.
        level: Level,
    },
    /// An improvement plan moved, or its deadline comes near.
    Improvement {
        /// What happened.
        step: ImprovementStep,
        /// The plan.
        plan: i64,
        /// The alert whose case shows it.
        alert: i64,
        /// Whose figures, by name.
        owner: String,
        /// Of which metric.
        metric: Metric,
        /// Its deadline, where the step is about one.
        due: Option<Date>,
        /// Tells a step from the same step taken again.
        version: i64,
    },
    /// A month close took a step.
    Close {
        /// Which.
        step: CloseNews,
        /// The month.
        month: Month,
        /// Red alerts raised by it.
        red: usize,
        /// Yellow alerts raised by it.
        yellow: usize,
        /// The version of the close.
        version: i64,
    },
    /// The plan of a year took a step.
    Plan {
        /// Which.
        step: PlanNews,
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// Its version.
        version: i64,
    },
    /// A leader said something beside a member's word of what will come, or took it back.
    Judgement {
        /// The member, by code.
        member: String,
        /// Of which metric.
        metric: Metric,
        /// Of the week's month or quarter.
        reach: Reach,
        /// The week it was said in.
        week: Week,
        /// Counts what was said in the week.
        version: i64,
    },
    /// A file that somebody brought in came to an end.
    Import {
        /// Which.
        result: ImportResult,
        /// The import.
        import: i64,
        /// The file's name.
        file: String,
    },
    /// Accounts were made that hold no post yet.
    Accounts {
        /// The first of them.
        first: i64,
        /// How many.
        count: usize,
    },
    /// A channel was proposed, decided on, or fails.
    Channel {
        /// What happened.
        news: ChannelNews,
        /// The channel.
        channel: i64,
        /// Its name.
        name: String,
        /// Tells it from the same news again: a version, or a day.
        at: String,
    },
    /// A verification found the audit trail damaged.
    Damage {
        /// The first entry that is damaged or missing.
        entry: i64,
        /// The day it was found: until it is repaired it is told again every day.
        day: Date,
    },
    /// What waits for somebody in the morning.
    Digest {
        /// The morning.
        day: Date,
        /// Tasks that are overdue.
        overdue: usize,
        /// Tasks of today.
        today: usize,
        /// Tasks of this week and later.
        later: usize,
        /// Messages nobody has read yet.
        unread: usize,
    },
    /// A mail address waits for its owner to confirm it.
    Confirm {
        /// The address that was typed.
        address: String,
        /// When it was asked for, UTC milliseconds.
        at: i64,
    },
    /// A test of a channel.
    Test {
        /// When, so that each is its own.
        at: i64,
    },
}

/// What became of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertChange {
    /// It was raised.
    Raised,
    /// The figures no longer carry it.
    Withdrawn,
}

/// What became of an improvement plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImprovementStep {
    /// It is due within a working day.
    DueSoon,
    /// It is past its deadline, and escalated.
    Overdue,
    /// It was handed in.
    Submitted,
    /// It was returned.
    Returned,
    /// It was accepted.
    Accepted,
}

/// What became of a month close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseNews {
    /// Sales operations proposed it.
    Proposed,
    /// Finance sent it back.
    SentBack,
    /// It was closed.
    Closed,
    /// One of the two who reopen it has signed.
    ReopeningSigned,
    /// It was reopened.
    Reopened,
}

/// What became of the plan of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanNews {
    /// It waits for a decision.
    Submitted,
    /// It is a draft again.
    Returned,
    /// Its targets are in force.
    InForce,
}

/// How a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportResult {
    /// It counts.
    Finished,
    /// It was refused, and nothing was written.
    Refused,
}

/// What became of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelNews {
    /// A new or changed address waits for approval.
    Proposed,
    /// It was approved.
    Approved,
    /// It was rejected.
    Rejected,
    /// A message could not be delivered by it.
    Failing,
}

/// Who hears of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Whom it is about: who writes the improvement plan, whose word it stands beside.
    Writer,
    /// The next superior of that person.
    Leader,
    /// Whoever checks the plan.
    Checker,
    /// Whoever brought the file.
    Author,
    /// Everybody who holds a role.
    Role(Role),
}

/// Whether a group's robot is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RobotNews {
    /// Counts and a link, for everybody in the group.
    Told,
    /// It concerns persons.
    NotTold,
}

const CLOSED: &[Part] = &[
    Part::Role(Role::SalesOperations),
    Part::Role(Role::Finance),
    Part::Role(Role::RegionManager),
    Part::Role(Role::Director),
    Part::Role(Role::Executive),
];
const IN_FORCE: &[Part] = &[
    Part::Role(Role::SalesOperations),
    Part::Role(Role::TeamLeader),
    Part::Role(Role::RegionManager),
    Part::Role(Role::Director),
    Part::Role(Role::Executive),
];

impl Event {
    /// Who hears of it. All of them may read what it is about.
    pub const fn told(&self) -> &'static [Part] {
        match self {
            Self::Alert { .. } => &[Part::Writer, Part::Leader, Part::Checker],
            Self::Improvement { step, .. } => match step {
                ImprovementStep::DueSoon | ImprovementStep::Returned | ImprovementStep::Accepted => {
                    &[Part::Writer]
                }
                ImprovementStep::Overdue => &[Part::Writer, Part::Checker],
                ImprovementStep::Submitted => &[Part::Checker],
            },
            Self::Close { step, .. } => match step {
                CloseNews::Proposed => &[Part::Role(Role::Finance)],
                CloseNews::SentBack => &[Part::Role(Role::SalesOperations)],
                CloseNews::ReopeningSigned => {
                    &[Part::Role(Role::Finance), Part::Role(Role::Director), Part::Role(Role::Executive)]
                }
                CloseNews::Closed | CloseNews::Reopened => CLOSED,
            },
            Self::Plan { step, .. } => match step {
                PlanNews::Submitted => &[Part::Role(Role::Executive)],
                PlanNews::Returned => &[Part::Role(Role::SalesOperations), Part::Role(Role::Director)],
                PlanNews::InForce => IN_FORCE,
            },
            Self::Judgement { .. } => &[Part::Writer],
            Self::Import { .. } => &[Part::Author],
            Self::Accounts { .. } => &[Part::Role(Role::SecurityAdmin)],
            Self::Channel { news, .. } => match news {
                ChannelNews::Proposed => &[Part::Role(Role::SecurityAdmin)],
                ChannelNews::Approved | ChannelNews::Rejected | ChannelNews::Failing => {
                    &[Part::Role(Role::SystemAdmin)]
                }
            },
            Self::Damage { .. } => &[Part::Role(Role::SecurityAdmin), Part::Role(Role::Auditor)],
            Self::Digest { .. } | Self::Confirm { .. } | Self::Test { .. } => &[],
        }
    }

    /// Whether robots of groups are told: only what names nobody and no amount.
    pub const fn robots(&self) -> RobotNews {
        match self {
            Self::Close { step: CloseNews::Closed | CloseNews::Reopened, .. }
            | Self::Plan { step: PlanNews::InForce, .. } => RobotNews::Told,
            Self::Alert { .. }
            | Self::Improvement { .. }
            | Self::Close { .. }
            | Self::Plan { .. }
            | Self::Judgement { .. }
            | Self::Import { .. }
            | Self::Accounts { .. }
            | Self::Channel { .. }
            | Self::Damage { .. }
            | Self::Digest { .. }
            | Self::Confirm { .. }
            | Self::Test { .. } => RobotNews::NotTold,
        }
    }

    /// What happened, in a word: what keys begin with and programs are told.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Alert { change, .. } => match change {
                AlertChange::Raised => "alert.raised",
                AlertChange::Withdrawn => "alert.withdrawn",
            },
            Self::Improvement { step, .. } => match step {
                ImprovementStep::DueSoon => "improvement.due_soon",
                ImprovementStep::Overdue => "improvement.overdue",
                ImprovementStep::Submitted => "improvement.submitted",
                ImprovementStep::Returned => "improvement.returned",
                ImprovementStep::Accepted => "improvement.accepted",
            },
            Self::Close { step, .. } => match step {
                CloseNews::Proposed => "close.proposed",
                CloseNews::SentBack => "close.sent_back",
                CloseNews::Closed => "close.closed",
                CloseNews::ReopeningSigned => "close.reopening_signed",
                CloseNews::Reopened => "close.reopened",
            },
            Self::Plan { step, .. } => match step {
                PlanNews::Submitted => "plan.submitted",
                PlanNews::Returned => "plan.returned",
                PlanNews::InForce => "plan.in_force",
            },
            Self::Judgement { .. } => "forecast.judged",
            Self::Import { result, .. } => match result {
                ImportResult::Finished => "import.finished",
                ImportResult::Refused => "import.refused",
            },
            Self::Accounts { .. } => "accounts",
            Self::Channel { news, .. } => match news {
                ChannelNews::Proposed => "channel.proposed",
                ChannelNews::Approved => "channel.approved",
                ChannelNews::Rejected => "channel.rejected",
                ChannelNews::Failing => "channel.failing",
            },
            Self::Damage { .. } => "audit.damaged",
            Self::Digest { .. } => "digest",
            Self::Confirm { .. } => CONFIRM,
            Self::Test { .. } => "test",
        }
    }

    /// The same event has the same key: whoever was told once is not told again.
    pub fn key(&self) -> String {
        let kind = self.kind();
        match self {
            Self::Alert { alert, .. } => format!("{kind}/{alert}"),
            Self::Improvement { step, plan, version, due, .. } => match step {
                ImprovementStep::DueSoon | ImprovementStep::Overdue => format!("{kind}/{plan}/{}", on(*due)),
                ImprovementStep::Submitted | ImprovementStep::Returned | ImprovementStep::Accepted => {
                    format!("{kind}/{plan}/{version}")
                }
            },
            Self::Close { month, version, .. } => format!("{kind}/{month}/{version}"),
            Self::Plan { code, version, .. } => format!("{kind}/{code}/{version}"),
            Self::Judgement { member, metric, reach, week, version } => {
                format!("{kind}/{member}/{}/{}/{week}/{version}", metric.code(), reach.code())
            }
            Self::Import { import, .. } => format!("{kind}/{import}"),
            Self::Accounts { first, count } => format!("{kind}/{first}/{count}"),
            Self::Channel { channel, at, .. } => format!("{kind}/{channel}/{at}"),
            Self::Damage { entry, day } => format!("{kind}/{day}/{entry}"),
            Self::Digest { day, .. } => format!("{kind}/{day}"),
            Self::Confirm { address, at } => format!("{kind}/{at}/{address}"),
            Self::Test { at } => format!("{kind}/{at}"),
        }
    }
}

fn on(day: Option<Date>) -> String {
    day.map_or_else(|| "-".to_owned(), |day| day.to_string())
}
