//! The rooms of the navigation: name, address and icon of each (`ux.md` §12). Only rooms that exist are listed.

use dacheng_text::Lang;

/// A room of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Room {
    /// 看板
    Dashboard,
    /// 待办
    Inbox,
    /// 我的目标
    MyTargets,
    /// 目标总览
    Targets,
    /// 预测
    Forecast,
    /// 目标分解
    Plans,
    /// 责任书
    Letters,
    /// 历史分析
    Analysis,
    /// 预警与改进
    Alerts,
    /// 月结
    Closes,
    /// 数据导入
    Imports,
    /// 设置
    Settings,
    /// 审计日志
    Audit,
    /// The person's own page; reached by the user menu, not by the navigation.
    Me,
    /// 通知; reached by the bell.
    Notifications,
    /// 帮助; reached by the user menu.
    Help,
}

/// A heading of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Without a heading, at the top.
    Start,
    /// 目标
    Targets,
    /// 执行
    Tracking,
    /// 管理
    Management,
}

impl Group {
    /// Its heading.
    pub fn name(self, lang: Lang) -> Option<&'static str> {
        match self {
            Self::Start => None,
            Self::Targets => Some(lang.shell().group_targets()),
            Self::Tracking => Some(lang.shell().group_tracking()),
            Self::Management => Some(lang.shell().group_management()),
        }
    }
}

impl Room {
    /// The navigation from top to bottom.
    pub const GROUPS: [(Group, &'static [Room]); 4] = [
        (Group::Start, &[Self::Dashboard, Self::Inbox]),
        (
            Group::Targets,
            &[Self::MyTargets, Self::Targets, Self::Analysis, Self::Forecast, Self::Plans, Self::Letters],
        ),
        (Group::Tracking, &[Self::Alerts, Self::Closes]),
        (Group::Management, &[Self::Imports, Self::Settings, Self::Audit]),
    ];

    /// What a phone offers first, if it is open; the bar takes the first four.
    pub(super) const TABS: [Room; 5] =
        [Self::Dashboard, Self::Inbox, Self::MyTargets, Self::Targets, Self::Alerts];

    /// Its address.
    pub const fn path(&self) -> &'static str {
        match self {
            Self::Dashboard => "/dashboard",
            Self::Inbox => "/inbox",
            Self::MyTargets => "/me/targets",
            Self::Targets => "/targets",
            Self::Forecast => "/forecast",
            Self::Plans => "/plans",
            Self::Letters => "/letters",
            Self::Analysis => "/analysis",
            Self::Alerts => "/alerts",
            Self::Closes => "/closes",
            Self::Imports => "/imports",
            Self::Settings => "/settings",
            Self::Audit => "/audit",
            Self::Me => "/me",
            Self::Notifications => "/notifications",
            Self::Help => "/help",
        }
    }

    /// Its icon.
    pub const fn icon(&self) -> &'static str {
        match self {
            Self::Dashboard => "layout-dashboard",
            Self::Inbox => "inbox",
            Self::MyTargets => "target",
            Self::Targets => "sitemap",
            Self::Forecast => "trending-up",
            Self::Plans => "table",
            Self::Letters => "signature",
            Self::Analysis => "chart-bar",
            Self::Alerts => "alert-triangle",
            Self::Closes => "calendar-check",
            Self::Imports => "file-import",
            Self::Settings => "settings",
            Self::Audit => "history",
            Self::Me => "user",
            Self::Notifications => "bell",
            Self::Help => "help",
        }
    }

    /// The letter that leads there after a `g` (`ux.md` rule 22).
    pub(super) const fn letter(&self) -> Option<char> {
        match self {
            Self::Dashboard => Some('d'),
            Self::Inbox => Some('i'),
            Self::MyTargets => Some('m'),
            Self::Targets => Some('t'),
            Self::Forecast => Some('f'),
            Self::Plans => Some('p'),
            Self::Letters => Some('l'),
            Self::Analysis => Some('h'),
            Self::Alerts => Some('a'),
            Self::Closes => Some('c'),
            Self::Settings => Some('s'),
            Self::Imports | Self::Audit | Self::Me | Self::Notifications | Self::Help => None,
        }
    }

    /// Its name in the navigation.
    pub fn name(&self, lang: &Lang) -> &'static str {
        let say = lang.shell();
        match self {
            Self::Dashboard => say.dashboard(),
            Self::Inbox => say.inbox(),
            Self::MyTargets => say.my_targets(),
            Self::Targets => say.targets(),
            Self::Forecast => say.forecast(),
            Self::Plans => say.plans(),
            Self::Letters => lang.responsibility().room(),
            Self::Analysis => lang.history().room(),
            Self::Alerts => say.alerts(),
            Self::Closes => say.closes(),
            Self::Imports => say.imports(),
            Self::Settings => say.settings(),
            Self::Audit => say.audit(),
            Self::Me => say.me(),
            Self::Notifications => lang.notifications().title(),
            Self::Help => lang.help().title(),
        }
    }

    /// Its shorter name at the bottom of a phone.
    pub fn tab_name(&self, lang: &Lang) -> &'static str {
        match self {
            Self::Dashboard => lang.shell().tab_home(),
            Self::Targets => lang.shell().tab_targets(),
            Self::Alerts => lang.shell().tab_alerts(),
            Self::Inbox
            | Self::MyTargets
            | Self::Forecast
            | Self::Plans
            | Self::Letters
            | Self::Analysis
            | Self::Closes
            | Self::Imports
            | Self::Settings
            | Self::Audit
            | Self::Me
            | Self::Notifications
            | Self::Help => self.name(lang),
        }
    }
}

/// A room that the person may open, and how much waits for that person in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// The room.
    pub room: Room,
    /// What waits; 0 shows nothing.
    pub waiting: u32,
    /// Whether any of it is overdue or red.
    pub urgent: bool,
}

impl Door {
    /// A room in which nothing waits.
    pub const fn to(room: Room) -> Self {
        Self { room, waiting: 0, urgent: false }
    }
}
