//! Sample pages of what somebody was told.

use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::pages::notifications::{NoticeRow, NotificationsPage};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let page = notifications(lang, theme);
    let mut shell = page.shell.clone();
    shell.unread = 0;
    let empty = NotificationsPage { shell, notices: Vec::new(), newest: None, older: None };
    vec![sample("/notifications", page), sample("/notifications/empty", empty)]
}

fn notifications(lang: Lang, theme: Theme) -> NotificationsPage {
    let row = |id, icon, said: (&str, &str), at: (&str, &str), unread| NoticeRow {
        id,
        icon,
        said: say(lang, said.0, said.1).to_owned(),
        href: "/alerts/7".to_owned(),
        at: say(lang, at.0, at.1).to_owned(),
        unread,
    };
    let red =
        ("红灯预警：华北大区 · 天津组，2026年10月销售额", "Red alert: North · Tianjin, revenue, Oct 2026");
    let check = ("改进计划待核查：天津组，销售额", "Improvement plan to be checked: Tianjin, revenue");
    let closed =
        ("2026年10月已结账：红灯 3 个，黄灯 18 个", "Oct 2026 was closed: 3 red and 18 yellow alerts");
    NotificationsPage {
        shell: shell_at(lang, theme, Room::Notifications, &[]),
        notices: vec![
            row(31, "alert-triangle", check, ("15 分钟前", "15 minutes ago"), true),
            row(24, "alert-triangle", red, ("11-03 09:12", "11-03 09:12"), true),
            row(23, "calendar-check", closed, ("11-03 09:12", "11-03 09:12"), false),
        ],
        newest: Some(31),
        older: Some("/notifications?before=23".to_owned()),
    }
}
