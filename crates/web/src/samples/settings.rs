//! Sample pages of the settings, the own account and the audit trail.

use dacheng_domain::calendar::{Calendar, official_days};
use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::components::{AccountState, Choice, DiffRow, Empty, Input, Link, Note, Pager, PickerEntry, Tone};
use crate::pages::audit::{AuditPage, AuditRow};
use crate::pages::me::{MePage, SessionRow};
use crate::pages::settings::{
    AccountPage, CalendarPage, IndexPage, InvitePage, PeoplePage, PersonRow, PostForm, PostRow, RolesPage,
    Tile,
};
use crate::shell::{Room, Shell, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let nobody = PeoplePage { rows: Vec::new(), pager: None, query: "喆".to_owned(), ..people(lang, theme) };
    let made = InvitePage {
        link: Some((
            "https://dacheng.example/invitations/7QmD…xP2".to_owned(),
            say(lang, "11-30 24:00 前有效", "works until 11-30 24:00").to_owned(),
        )),
        member: Input::of("HC0417"),
        ..invite(lang, theme)
    };
    vec![
        sample("/settings", index(lang, theme)),
        sample("/settings/people", people(lang, theme)),
        sample("/settings/people/none", nobody),
        sample("/settings/people/invite", invite(lang, theme)),
        sample("/settings/people/invited", made),
        sample("/settings/people/17", account(lang, theme)),
        sample("/settings/roles", roles(lang, theme)),
        sample("/settings/calendar", calendar(lang, theme)),
        sample("/me", me(lang, theme)),
        sample("/audit", audit(lang, theme)),
    ]
}

fn shell(lang: Lang, theme: Theme) -> Shell {
    shell_at(lang, theme, Room::Settings, &[(say(lang, "设置", "Settings"), "/settings")])
}

fn index(lang: Lang, theme: Theme) -> IndexPage {
    let tile = |icon, link: (&str, &str, &str), about: (&str, &str)| Tile {
        icon,
        link: Link::new(say(lang, link.0, link.1), link.2),
        about: say(lang, about.0, about.1).to_owned(),
    };
    IndexPage {
        shell: shell_at(lang, theme, Room::Settings, &[]),
        tiles: vec![
            tile(
                "users",
                ("人员与账号", "People and accounts", "/settings/people"),
                ("60 名销售人员，58 个账号", "60 people, 58 accounts"),
            ),
            tile(
                "shield",
                ("角色与权限", "Roles and permissions", "/settings/roles"),
                ("标准模式，12 种角色", "standard profile, 12 roles"),
            ),
            tile(
                "calendar",
                ("日历", "Calendar", "/settings/calendar"),
                ("2027 年尚未导入，3 个期限待定", "2027 is not imported; 3 deadlines are pending"),
            ),
        ],
    }
}

fn people(lang: Lang, theme: Theme) -> PeoplePage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let filter = |zh, en, current| PickerEntry {
        text: s(zh, en),
        href: "?state=active".to_owned(),
        current,
        depth: 0,
    };
    let row =
        |zh, en, code: &str, seat: (&str, &str), roles: (&str, &str), state, seen: (&str, &str)| PersonRow {
            person: Link::new(s(zh, en), "/settings/people/17"),
            code: code.to_owned(),
            seat: s(seat.0, seat.1),
            roles: s(roles.0, roles.1),
            state,
            last_seen: s(seen.0, seen.1),
        };
    PeoplePage {
        shell: shell(lang, theme),
        summary: s("72 人，其中 66 人有账号", "72 people, 66 of them with an account"),
        query: String::new(),
        filters: vec![
            filter("全部 72", "All 72", true),
            filter("正常 62", "Active 62", false),
            filter("已邀请 4", "Invited 4", false),
            filter("无账号 6", "No account 6", false),
            filter("已停用 2", "Disabled 2", false),
        ],
        rows: vec![
            row(
                "沈立行",
                "Shen Lixing",
                "HC0001",
                ("公司 · 总监", "Company · director"),
                ("总监", "director"),
                AccountState::Active,
                ("刚刚", "just now"),
            ),
            row(
                "陆文博",
                "Lu Wenbo",
                "HC0032",
                ("华东大区 · 经理", "East · manager"),
                ("大区经理", "region manager"),
                AccountState::Active,
                ("12 分钟前", "12 minutes ago"),
            ),
            row(
                "孙悦",
                "Sun Yue",
                "HC0417",
                ("华东大区苏州组 · 专员", "East, Suzhou · specialist"),
                ("专员", "specialist"),
                AccountState::Invited,
                ("从未", "never"),
            ),
            row(
                "何嘉明",
                "He Jiaming",
                "HC0455",
                ("华东大区苏州组 · 专员", "East, Suzhou · specialist"),
                ("—", "—"),
                AccountState::None,
                ("—", "—"),
            ),
            row(
                "周海宁",
                "Zhou Haining",
                "HC0009",
                ("公司 · 销售运营", "Company · sales operations"),
                ("销售运营、系统管理员", "sales operations, system administrator"),
                AccountState::Active,
                ("11-23 09:02", "11-23 09:02"),
            ),
            row(
                "李承泽",
                "Li Chengze",
                "HC0388",
                ("已离职 2026-08-31", "left on 2026-08-31"),
                ("—", "—"),
                AccountState::Disabled,
                ("2026-08-30 18:11", "2026-08-30 18:11"),
            ),
        ],
        empty: Empty::filtered(
            s("没有找到", "Nobody found"),
            s("查找“喆”，状态：全部", "Searched for “喆” in all states"),
            Link::new(s("清除筛选", "Clear the filter"), "/settings/people"),
        ),
        pager: Some(Pager {
            first: 1,
            last: 6,
            all: 72,
            earlier: Some("?page=1".to_owned()),
            later: Some("?page=3".to_owned()),
        }),
        may_invite: true,
    }
}

fn role_choices(lang: Lang) -> Vec<Choice> {
    let choice = |value: &str, zh, en| Choice::new(value, say(lang, zh, en));
    vec![
        choice("", "请选择", "Choose"),
        choice("specialist", "专员", "specialist"),
        choice("team_leader", "组长", "team leader"),
        choice("finance", "财务", "finance"),
    ]
}

fn unit_choices(lang: Lang) -> Vec<Choice> {
    let choice = |value: &str, zh, en| Choice::new(value, say(lang, zh, en));
    vec![
        choice("all", "全公司", "Whole company"),
        choice("hd", "华东大区", "East"),
        choice("sz", "　苏州组", "  Suzhou"),
    ]
}

fn invite(lang: Lang, theme: Theme) -> InvitePage {
    let crumbs = [
        (say(lang, "设置", "Settings"), "/settings"),
        (say(lang, "人员与账号", "People"), "/settings/people"),
    ];
    InvitePage {
        shell: shell_at(lang, theme, Room::Settings, &crumbs),
        member: Input::wrong(
            "HC9999",
            say(lang, "没有工号为 HC9999 的人员", "There is no member with the code HC9999"),
        ),
        name: Input::default(),
        roles: role_choices(lang),
        role: Input::of("specialist"),
        units: unit_choices(lang),
        unit: Input::of("sz"),
        link: None,
    }
}

fn account(lang: Lang, theme: Theme) -> AccountPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let post = |id: &str, role: (&str, &str), unit: (&str, &str), dates: (&str, &str), may_end| PostRow {
        id: id.to_owned(),
        role: s(role.0, role.1),
        unit: s(unit.0, unit.1),
        dates: s(dates.0, dates.1),
        may_end,
    };
    let crumbs = [
        (say(lang, "设置", "Settings"), "/settings"),
        (say(lang, "人员与账号", "People"), "/settings/people"),
    ];
    AccountPage {
        shell: shell_at(lang, theme, Room::Settings, &crumbs),
        path: "/settings/people/17".to_owned(),
        name: s("陆文博", "Lu Wenbo"),
        about: s(
            "HC0032 · 账号 luwenbo · 12 分钟前登录",
            "HC0032 · account luwenbo · signed in 12 minutes ago",
        ),
        state: AccountState::Active,
        notes: vec![Note::new(
            Tone::Warn,
            s(
                "变更岗位会立即结束该账号在各设备上的登录。",
                "A change of posts signs the account out everywhere at once.",
            ),
        )],
        posts: vec![
            post(
                "5",
                ("大区经理", "region manager"),
                ("华东大区", "East"),
                ("2025-01-01 起", "from 2025-01-01"),
                true,
            ),
            post(
                "2",
                ("组长", "team leader"),
                ("上海组", "Shanghai"),
                ("2023-03-01 至 2024-12-31", "2023-03-01 to 2024-12-31"),
                false,
            ),
        ],
        grant: Some(PostForm {
            roles: role_choices(lang),
            units: unit_choices(lang),
            role: Input::wrong("", s("请选择角色", "Choose a role")),
            unit: Input::of("hd"),
            from: Input::of("2026-11-23"),
            to: Input::default(),
        }),
        acts: vec![
            ("/settings/people/17/sessions/end".to_owned(), s("结束全部登录", "Sign out everywhere")),
            ("/settings/people/17/suspend".to_owned(), s("停用账号", "Suspend the account")),
        ],
    }
}

fn roles(lang: Lang, theme: Theme) -> RolesPage {
    RolesPage {
        shell: shell(lang, theme),
        profile: say(lang, "标准模式：销售、运营、财务、薪酬、系统和审计由不同的人担任", "Standard profile: selling, operations, finance, pay, administration and audit are different people").to_owned(),
    }
}

fn calendar(lang: Lang, theme: Theme) -> CalendarPage {
    let rows = official_days();
    let named = |day| rows.iter().find(|row| row.date == day).map(|row| row.name.clone());
    CalendarPage {
        shell: shell(lang, theme),
        year: 2026,
        earlier: Some(Link::new("2025", "?year=2025")),
        later: Some(Link::new("2027", "?year=2027")),
        note: Some(Note::new(
            Tone::Warn,
            say(
                lang,
                "2027 年日历尚未导入，3 个期限待定。",
                "The calendar of 2027 is not imported; 3 deadlines are pending.",
            ),
        )),
        months: CalendarPage::sheets(&Calendar::shipped(), 2026, named),
        holidays: CalendarPage::holidays(&rows, 2026),
        import: Some(Link::new(say(lang, "导入一年", "Import a year"), "/imports/new?kind=calendar")),
        source: say(
            lang,
            "国务院办公厅放假安排，随系统提供；公司层 0 天",
            "Official days off, shipped with the product; company layer: 0 days",
        )
        .to_owned(),
    }
}

fn me(lang: Lang, theme: Theme) -> MePage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let fact = |zh, en, value: (&str, &str)| (s(zh, en), s(value.0, value.1));
    let row = |id: &str, device: (&str, &str), from: &str, last: (&str, &str), here| SessionRow {
        id: id.to_owned(),
        device: s(device.0, device.1),
        from: from.to_owned(),
        last_used: s(last.0, last.1),
        here,
    };
    let mut shell = shell_at(lang, theme, Room::Me, &[]);
    shell.flash = Some(Note::result(Tone::Ok, s("已保存", "Saved")));
    MePage {
        shell,
        facts: vec![
            fact("账号", "Account", ("shenlixing", "shenlixing")),
            fact("工号", "Staff number", ("HC0001", "HC0001")),
            fact("部门", "Unit", ("公司", "Company")),
            fact("角色", "Roles", ("总监", "director")),
        ],
        current: Input::wrong("", s("当前密码不正确", "The current password is wrong")),
        password: Input::default(),
        repeat: Input::default(),
        password_rule: s("至少 12 个字符，不能是常见密码", "At least 12 characters, not a common password"),
        sessions: vec![
            row("1", ("Chrome，Windows", "Chrome, Windows"), "10.1.8.22", ("刚刚", "just now"), true),
            row(
                "2",
                ("企业微信，Android", "WeCom, Android"),
                "10.1.9.140",
                ("11-22 20:14", "11-22 20:14"),
                false,
            ),
        ],
    }
}

fn audit(lang: Lang, theme: Theme) -> AuditPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let row = |number,
               at: &str,
               who: (&str, &str),
               through: (&str, &str),
               act: (&str, &str),
               object: (&str, &str),
               changes,
               reason: (&str, &str)| AuditRow {
        number,
        at: at.to_owned(),
        who: s(who.0, who.1),
        through: s(through.0, through.1),
        act: s(act.0, act.1),
        object: Link::new(s(object.0, object.1), "/plans/2027"),
        changes,
        reason: s(reason.0, reason.1),
    };
    let change = |zh, en, old: Option<&str>, new: Option<&str>| DiffRow {
        field: s(zh, en),
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
    };
    let page = ("页面", "page");
    AuditPage {
        shell: shell_at(lang, theme, Room::Audit, &[]),
        chain: Note::new(
            Tone::Ok,
            s(
                "日志链完整：48,211 条，11-23 06:00 校验通过",
                "The chain holds: 48,211 entries, checked on 11-23 06:00",
            ),
        ),
        who: Input::default(),
        what: Input::of(say(lang, "目标", "target")),
        from: Input::of("2026-11-01"),
        to: Input::of("2026-11-23"),
        rows: vec![
            row(
                48_211,
                "11-23 14:32:08",
                ("陆文博", "Lu Wenbo"),
                page,
                ("修改目标", "Changed targets of"),
                ("2027年度 · 苏州组", "Plan 2027 · Suzhou"),
                vec![
                    change("4月 目标", "Apr target", Some("172.0 万元"), Some("182.0 万元")),
                    change("5月 备注", "May note", None, Some("新品上市")),
                    change("6月 锁定", "Jun lock", Some("沈立行"), None),
                ],
                ("", ""),
            ),
            row(
                48_190,
                "11-23 09:40:51",
                ("周海宁", "Zhou Haining"),
                ("接口", "API"),
                ("导入", "Imported"),
                ("ERP订单_20261122.xlsx", "ERP订单_20261122.xlsx"),
                vec![change("新增", "New", None, Some("64"))],
                ("", ""),
            ),
            row(
                48_102,
                "11-20 17:12:30",
                ("周海宁", "Zhou Haining"),
                page,
                ("提请月结", "Proposed the close of"),
                ("2026年10月", "Oct 2026"),
                Vec::new(),
                ("回款差异已说明", "difference of payments signed off"),
            ),
            row(
                47_998,
                "11-18 08:00:00",
                ("系统", "system"),
                ("定时任务", "schedule"),
                ("升级预警", "Escalated the alert"),
                ("YJ-2026-0118", "YJ-2026-0118"),
                Vec::new(),
                ("逾期 1 个工作日", "1 working day overdue"),
            ),
        ],
        empty: Empty::filtered(
            s("没有符合条件的记录", "No entries match"),
            s("当前筛选：目标，11-01 至 11-23", "Filter: target, 11-01 to 11-23"),
            Link::new(s("清除筛选", "Clear the filter"), "/audit"),
        ),
        pager: Some(Pager {
            first: 1,
            last: 50,
            all: 48_211,
            earlier: None,
            later: Some("?page=2".to_owned()),
        }),
        export: Some("/audit.xlsx".to_owned()),
    }
}
