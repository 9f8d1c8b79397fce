//! Sample pages of what somebody was told, and of the channels that lead outside.

use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::components::{Badge, Input, Note, Tone};
use crate::pages::notifications::{NoticeRow, NotificationsPage};
use crate::pages::settings::{ChannelRow, ChannelsPage, DeadRow, HookForm, MailForm, RobotForm};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let page = notifications(lang, theme);
    let mut shell = page.shell.clone();
    shell.unread = 0;
    let empty = NotificationsPage { shell, notices: Vec::new(), newest: None, older: None };
    vec![
        sample("/notifications", page),
        sample("/notifications/empty", empty),
        sample("/settings/notifications", channels(lang, theme)),
    ]
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
        ("2026年10月已结账：红灯 3 个，黄灯 18 个", "Oct 2026 was closed: 3 red alerts and 18 yellow alerts");
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

fn channels(lang: Lang, theme: Theme) -> ChannelsPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let words = lang.channels();
    let settings = say(lang, "设置", "Settings");
    let row = |id, name: String, kind, host: &str, state, waits, acts| ChannelRow {
        id,
        name,
        kind,
        host: host.to_owned(),
        state,
        waits,
        acts,
        version: 2,
    };
    let in_use = vec![("test", words.try_out(), false), ("off", words.switch_off(), false)];
    let new = vec![("approve", words.approve(), true), ("reject", words.reject(), false)];
    let group = s("销售群", "Sales group");
    ChannelsPage {
        shell: shell_at(lang, theme, Room::Settings, &[(settings, "/settings")]),
        notes: vec![Note::new(Tone::Warn, words.no_key())],
        channels: vec![
            row(
                1,
                words.smtp().to_owned(),
                words.smtp(),
                "smtp.corp.example",
                Badge::new(Tone::Ok, words.sending()),
                Some(words.change_waits("mail.corp.example", "sysadmin")),
                in_use,
            ),
            row(
                2,
                group.clone(),
                words.wecom(),
                "qyapi.weixin.qq.com",
                Badge::new(Tone::Warn, words.waiting()),
                Some(words.new_waits("sysadmin")),
                new,
            ),
        ],
        mail: Some(MailForm { port: Input::of("465"), ..MailForm::default() }),
        robot: Some(RobotForm::default()),
        hook: Some(HookForm { name: Input::of("ERP"), ..HookForm::default() }),
        dead: vec![DeadRow {
            id: 9,
            at: s("11-22 09:12", "11-22 09:12"),
            channel: group,
            what: s(
                "2026年10月已结账：红灯 3 个，黄灯 18 个",
                "Oct 2026 was closed: 3 red alerts and 18 yellow alerts",
            ),
            reason: s("无法连接：timeout", "Not reachable: timeout"),
            again: true,
        }],
        refused: None,
    }
}
