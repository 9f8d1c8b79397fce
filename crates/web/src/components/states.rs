//! How the states of targets, alerts, plans, closes and imports are called and coloured.

use dacheng_domain::tracking::alert::Level;
use dacheng_domain::tracking::close::CloseState;
use dacheng_domain::tracking::improvement::PlanState;
use dacheng_domain::tracking::pace::ProgressState;
use dacheng_domain::{Ratio, planning};
use dacheng_text::{Lang, rate};

use super::{Badge, Tone};

/// A state that a page shows as a badge.
pub trait Badged {
    /// The badge in a language.
    fn badge(&self, lang: &Lang) -> Badge;
}

/// How a target stands: while its period runs, by pace; afterwards, by whether it was reached. Never called a light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// 正常
    OnTrack,
    /// 慢于进度
    Behind,
    /// 严重滞后
    FarBehind,
    /// 已达成, the period is over
    Reached,
    /// 未达成, the period is over
    Missed,
    /// 目前达标: a figure without a pace meets its target so far
    MetSoFar,
    /// 目前未达标: it does not
    ShortSoFar,
    /// 未开始: no day of the period is complete yet
    NotBegun,
    /// 无目标
    NoTarget,
}

impl Standing {
    /// Its tone.
    pub const fn tone(&self) -> Tone {
        match self {
            Self::OnTrack | Self::Reached | Self::MetSoFar => Tone::Ok,
            Self::Behind | Self::Missed | Self::ShortSoFar => Tone::Warn,
            Self::FarBehind => Tone::Bad,
            Self::NotBegun | Self::NoTarget => Tone::None,
        }
    }

    /// How a target stands while its period runs; `None` before any time has passed.
    pub const fn running(state: Option<ProgressState>) -> Self {
        match state {
            Some(ProgressState::OnPace) => Self::OnTrack,
            Some(ProgressState::Slow) => Self::Behind,
            Some(ProgressState::FarBehind) => Self::FarBehind,
            None => Self::NotBegun,
        }
    }

    /// Its badge, with how far it is behind: 慢于进度 2.5 个百分点.
    pub fn badge_with_gap(&self, lang: &Lang, gap: Ratio) -> Badge {
        match self {
            Self::Behind | Self::FarBehind => {
                let points = rate::points(*lang, gap);
                Badge::new(
                    self.tone(),
                    format!("{} {}", self.name(lang), points.trim_start_matches('\u{2212}')),
                )
            }
            Self::OnTrack
            | Self::Reached
            | Self::Missed
            | Self::MetSoFar
            | Self::ShortSoFar
            | Self::NotBegun
            | Self::NoTarget => self.badge(lang),
        }
    }

    fn name(self, lang: &Lang) -> &'static str {
        let say = lang.states();
        match self {
            Self::OnTrack => say.on_track(),
            Self::Behind => say.behind(),
            Self::FarBehind => say.far_behind(),
            Self::Reached => say.reached(),
            Self::Missed => say.missed(),
            Self::MetSoFar => say.met_so_far(),
            Self::ShortSoFar => say.short_so_far(),
            Self::NotBegun => say.not_begun(),
            Self::NoTarget => say.no_target(),
        }
    }
}

impl Badged for Level {
    fn badge(&self, lang: &Lang) -> Badge {
        Badge::new(level_tone(*self), level_name(*lang, *self))
    }
}

/// The light of an alert with a count: 红灯 2.
pub fn level_count(lang: &Lang, level: Level, count: &usize) -> Badge {
    Badge::new(level_tone(level), format!("{} {count}", level_name(*lang, level)))
}

/// The tone of an alert's light.
pub const fn level_tone(level: Level) -> Tone {
    match level {
        Level::Yellow => Tone::Warn,
        Level::Red => Tone::Bad,
    }
}

/// The name of an alert's light.
pub fn level_name(lang: Lang, level: Level) -> &'static str {
    match level {
        Level::Yellow => lang.states().yellow(),
        Level::Red => lang.states().red(),
    }
}

impl Badged for planning::State {
    fn badge(&self, lang: &Lang) -> Badge {
        let say = lang.states();
        match self {
            Self::Draft => Badge::new(Tone::None, say.draft()),
            Self::Review => Badge::new(Tone::Warn, say.in_review()),
            Self::InForce => Badge::new(Tone::Ok, say.in_force()),
            Self::Archived => Badge::new(Tone::None, say.archived()),
        }
    }
}

impl Badged for PlanState {
    fn badge(&self, lang: &Lang) -> Badge {
        let tone = match self {
            Self::Open | Self::Submitted => Tone::Warn,
            Self::Returned | Self::NotRecovered => Tone::Bad,
            Self::Accepted | Self::Running => Tone::Info,
            Self::Recovered => Tone::Ok,
            Self::Withdrawn => Tone::None,
        };
        Badge::new(tone, improvement_name(*lang, *self))
    }
}

/// The name of a state of an improvement plan.
pub fn improvement_name(lang: Lang, state: PlanState) -> &'static str {
    let say = lang.states();
    match state {
        PlanState::Open => say.plan_open(),
        PlanState::Submitted => say.plan_submitted(),
        PlanState::Returned => say.plan_returned(),
        PlanState::Accepted => say.plan_accepted(),
        PlanState::Running => say.plan_running(),
        PlanState::Recovered => say.plan_recovered(),
        PlanState::NotRecovered => say.plan_not_recovered(),
        PlanState::Withdrawn => say.withdrawn(),
    }
}

impl Badged for Standing {
    fn badge(&self, lang: &Lang) -> Badge {
        Badge::new(self.tone(), self.name(lang))
    }
}

/// The life of a month as a page calls it: an open month is still running, or over and due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MonthState {
    /// 进行中
    Running,
    /// 待结账, the month is over
    Due,
    /// 已提请, waits for finance
    Proposed,
    /// 已结账
    Closed,
    /// 重新打开
    Reopened,
}

impl MonthState {
    /// A month whose close stands so.
    pub const fn of(state: CloseState, end: MonthEnd) -> Self {
        match (state, end) {
            (CloseState::Open, MonthEnd::Ahead) => Self::Running,
            (CloseState::Open, MonthEnd::Behind) => Self::Due,
            (CloseState::Proposed, _) => Self::Proposed,
            (CloseState::Closed, _) => Self::Closed,
            (CloseState::Reopened, _) => Self::Reopened,
        }
    }
}

/// Whether a month has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthEnd {
    /// It is still running.
    Ahead,
    /// It is over.
    Behind,
}

impl Badged for MonthState {
    fn badge(&self, lang: &Lang) -> Badge {
        let say = lang.states();
        match self {
            Self::Running => Badge::new(Tone::Info, say.month_running()),
            Self::Due => Badge::new(Tone::Warn, say.month_due()),
            Self::Proposed => Badge::new(Tone::Warn, say.month_proposed()),
            Self::Closed => Badge::new(Tone::Ok, say.month_closed()),
            Self::Reopened => Badge::new(Tone::Bad, say.month_reopened()),
        }
    }
}

/// The life of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImportState {
    /// 检查中
    Checking,
    /// 有错误, nothing was written
    Refused,
    /// 待确认
    Checked,
    /// 写入中
    Writing,
    /// 已导入
    Done,
    /// 已撤销
    Undone,
    /// 已取消, nothing was written
    Cancelled,
    /// 已过期, nothing was written
    Discarded,
}

impl Badged for ImportState {
    fn badge(&self, lang: &Lang) -> Badge {
        let say = lang.states();
        match self {
            Self::Checking => Badge::new(Tone::Info, say.import_checking()),
            Self::Refused => Badge::new(Tone::Bad, say.import_refused()),
            Self::Checked => Badge::new(Tone::Warn, say.import_checked()),
            Self::Writing => Badge::new(Tone::Info, say.import_writing()),
            Self::Done => Badge::new(Tone::Ok, say.import_done()),
            Self::Undone => Badge::new(Tone::None, say.import_undone()),
            Self::Cancelled => Badge::new(Tone::None, say.import_cancelled()),
            Self::Discarded => Badge::new(Tone::None, say.import_discarded()),
        }
    }
}

/// Whether an account can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountState {
    /// 无账号
    None,
    /// 已邀请, not yet accepted
    Invited,
    /// 正常
    Active,
    /// 已停用
    Disabled,
}

impl Badged for AccountState {
    fn badge(&self, lang: &Lang) -> Badge {
        let say = lang.states();
        match self {
            Self::None => Badge::new(Tone::None, say.account_none()),
            Self::Invited => Badge::new(Tone::Warn, say.account_invited()),
            Self::Active => Badge::new(Tone::Ok, say.account_active()),
            Self::Disabled => Badge::new(Tone::None, say.account_disabled()),
        }
    }
}
