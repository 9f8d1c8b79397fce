//! Sample pages of people and their accounts.

use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::components::{AccountState, Choice, Empty, Input, Link, Note, Pager, PickerEntry, Tone};
use crate::pages::settings::{
    AccountPage, EditForm, InvitePage, Made, OneTimeLink, PeoplePage, PersonRow, PostForm, PostRow,
    ProvidedPage,
};
use crate::samples::settings::shell;
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let nobody = PeoplePage { rows: Vec::new(), pager: None, query: "喆".to_owned(), ..people(lang, theme) };
    let made = InvitePage {
        made: Some(Made {
            account: Link::new(say(lang, "孙悦", "Sun Yue"), "/settings/people/17"),
            link: one_time(lang),
        }),
        member: Input::default(),
        ..invite(lang, theme)
    };
    vec![
        sample("/settings/people", people(lang, theme)),
        sample("/settings/people/none", nobody),
        sample("/settings/people/invite", invite(lang, theme)),
        sample("/settings/people/invited", made),
        sample("/settings/people/17", account(lang, theme)),
        sample("/settings/people/provided", provided(lang, theme)),
    ]
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
        notes: Vec::new(),
        acts: vec![(
            "/settings/people/provide".to_owned(),
            s("为无账号人员批量新建", "Make all missing accounts"),
        )],
        may_invite: true,
    }
}

fn one_time(lang: Lang) -> OneTimeLink {
    OneTimeLink {
        address: "https://dacheng.example/setup/7QmD…xP2".to_owned(),
        until: say(lang, "2026-11-24 15:00 前有效，只能用一次", "Works once, until 2026-11-24 15:00")
            .to_owned(),
    }
}

fn provided(lang: Lang, theme: Theme) -> ProvidedPage {
    let row = |name: &str, login: &str| (name.to_owned(), login.to_owned(), one_time(lang).address);
    ProvidedPage {
        shell: shell(lang, theme),
        summary: say(lang, "2 个账号", "2 accounts").to_owned(),
        rows: vec![
            row(say(lang, "孙悦", "Sun Yue"), "hc0417"),
            row(say(lang, "何嘉明", "He Jiaming"), "hc0455"),
        ],
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
        account: Input::default(),
        refused: None,
        made: None,
    }
}

fn account(lang: Lang, theme: Theme) -> AccountPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let post =
        |id: &str, role: (&str, &str), unit: (&str, &str), dates: (&str, &str), may_end: bool| PostRow {
            id: id.to_owned(),
            role: s(role.0, role.1),
            unit: s(unit.0, unit.1),
            dates: s(dates.0, dates.1),
            end: may_end.then(|| Input::of("2026-11-23")),
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
        link: Some(one_time(lang)),
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
        edit: Some(EditForm { name: Input::of(say(lang, "陆文博", "Lu Wenbo")), ..EditForm::default() }),
        acts: vec![("/settings/people/17/suspend".to_owned(), s("停用账号", "Suspend the account"))],
        trail: Some(Link::new(s("相关审计日志", "Audit trail"), "/audit")),
        version: 3,
        refused: None,
    }
}
