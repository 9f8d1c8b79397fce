//! What waits for a person: overdue first, then today, this week, later (`ux.md` §11).

mod export;
pub mod handler;

use askama::Template;
use dacheng_text::Lang;
use dacheng_text::countdown::Countdown;

use crate::components::{Empty, Icon, Link};
use crate::http::{Need, Routes};
use crate::shell::Shell;

/// `GET /inbox`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/inbox/page.html")]
pub struct InboxPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The groups in order of urgency; empty ones are left out.
    pub groups: Vec<TaskGroup>,
}

/// Tasks of one urgency.
#[derive(Debug, Clone)]
pub struct TaskGroup {
    /// When they are due.
    pub urgency: TaskUrgency,
    /// The tasks, the most urgent first.
    pub tasks: Vec<Task>,
}

/// When tasks are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskUrgency {
    /// 已逾期
    Overdue,
    /// 今天
    Today,
    /// 本周
    ThisWeek,
    /// 以后
    Later,
}

/// What kind of task it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskKind {
    /// A target is to be broken down, answered or approved.
    Target,
    /// An improvement plan is to be written or checked.
    Alert,
    /// Facts are to be confirmed or an import finished.
    Facts,
    /// A month is to be proposed or closed.
    Close,
    /// An account or the calendar needs an administrator.
    Settings,
}

/// One task.
#[derive(Debug, Clone)]
pub struct Task {
    /// What kind it is.
    pub kind: TaskKind,
    /// What is to be done, and where.
    pub subject: Link,
    /// From whom, about what.
    pub from: String,
    /// Until when.
    pub deadline: Option<Countdown>,
    /// The word of its one button: 填写计划.
    pub act: String,
}

impl TaskUrgency {
    fn name(self, lang: &Lang) -> &'static str {
        let say = lang.inbox();
        match self {
            Self::Overdue => say.overdue(),
            Self::Today => say.today(),
            Self::ThisWeek => say.this_week(),
            Self::Later => say.later(),
        }
    }
}

impl Task {
    const fn icon(&self) -> &'static str {
        match self.kind {
            TaskKind::Target => "target",
            TaskKind::Alert => "alert-triangle",
            TaskKind::Facts => "database",
            TaskKind::Close => "calendar-check",
            TaskKind::Settings => "settings",
        }
    }
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/inbox", Need::SignedIn, handler::show).files(
        ["/inbox.xlsx", "/inbox.csv"],
        Need::SignedIn,
        export::file,
    )
}
