//! Sample pages of the settings, the own account and the audit trail.

use dacheng_domain::calendar::{Calendar, official_days};
use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::components::{
    AccountState, Badge, Choice, Conflict, ConflictRow, DiffRow, Empty, Input, Link, Note, Pager,
    PickerEntry, Tone,
};
use crate::pages::audit::{AuditFilter, AuditPage, AuditRow};
use crate::pages::me::{HistoryRow, MePage, RightRow, SessionRow, TokenForm, TokenRow};
use crate::pages::settings::{
    AccountPage, CalendarPage, CompanyForm, CompanyPage, DayForm, EditForm, IndexPage, InvitePage, Made,
    MetricRules, OneTimeLink, OrgPage, OrgRow, OwnDay, PeoplePage, PersonRow, PostForm, PostRow,
    ProvidedPage, RolesPage, RuleForm, RuleVersion, RulesForm, RulesPage, SeatDetail, SeatRow, Tile,
    UnitPanel,
};
use crate::shell::{Room, Shell, Theme};

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
    let secret = MePage { secret: Some("dacheng_3vQ…".to_owned()), ..me(lang, theme) };
    vec![
        sample("/settings", index(lang, theme)),
        sample("/settings/people", people(lang, theme)),
        sample("/settings/people/none", nobody),
        sample("/settings/people/invite", invite(lang, theme)),
        sample("/settings/people/invited", made),
        sample("/settings/people/17", account(lang, theme)),
        sample("/settings/people/provided", provided(lang, theme)),
        sample("/settings/org", org(lang, theme)),
        sample("/settings/company", company(lang, theme)),
        sample("/settings/rules", rules(lang, theme)),
        sample("/settings/roles", roles(lang, theme)),
        sample("/settings/calendar", calendar(lang, theme)),
        sample("/me", me(lang, theme)),
        sample("/me/token", secret),
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

fn org(lang: Lang, theme: Theme) -> OrgPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let row = |depth, name: &str, code: &str, leader: &str, members, chosen| OrgRow {
        depth,
        unit: Link::new(name, format!("?unit={code}")),
        code: code.to_owned(),
        leader: leader.to_owned(),
        members,
        chosen,
    };
    let seat = |name: &str, code: &str, position: &str, share: &str| SeatRow {
        name: name.to_owned(),
        code: code.to_owned(),
        position: position.to_owned(),
        share: share.to_owned(),
        dates: s("2025-01-01 起", "from 2025-01-01"),
    };
    OrgPage {
        shell: shell(lang, theme),
        summary: s("3 个部门，12 人", "3 units, 12 people"),
        on: Input::of("2026-11-23"),
        unit: "sz".to_owned(),
        rows: vec![
            row(0, say(lang, "公司", "Company"), "gs", say(lang, "沈立行", "Shen Lixing"), 12, false),
            row(1, say(lang, "华东大区", "East"), "hd", say(lang, "陆文博", "Lu Wenbo"), 11, false),
            row(2, say(lang, "苏州组", "Suzhou"), "sz", "", 10, true),
        ],
        panel: Some(UnitPanel {
            name: s("苏州组", "Suzhou"),
            facts: vec![(s("编码", "Code"), "sz".to_owned()), (s("负责人", "Leader"), s("空缺", "vacant"))],
            seats: vec![
                seat(say(lang, "孙悦", "Sun Yue"), "HC0417", say(lang, "专员", "specialist"), "100%"),
                seat(say(lang, "何嘉明", "He Jiaming"), "HC0455", say(lang, "专员", "specialist"), "50%"),
            ],
            detail: SeatDetail::Whole,
        }),
        imports: vec![Link::new(s("导入部门", "Import units"), "/imports/new?kind=units")],
    }
}

fn company(lang: Lang, theme: Theme) -> CompanyPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let conflict = Conflict {
        saved_by: s("周海宁 15:31", "Zhou Haining 15:31"),
        rows: vec![ConflictRow {
            field: s("公司名称", "Company name"),
            mine: s("华辰智控", "Huachen"),
            theirs: s("华辰智控股份", "Huachen Controls"),
        }],
        version: "4".to_owned(),
        discard: "/settings/company".to_owned(),
    };
    CompanyPage {
        shell: shell(lang, theme),
        facts: Vec::new(),
        form: Some(CompanyForm {
            name: Input::of(say(lang, "华辰智控", "Huachen")),
            fiscal_start: Input::of("1"),
            months: vec![Choice::new("1", say(lang, "1月", "Jan"))],
            fixed: Some(Note::new(Tone::None, s("已有年度计划", "There is a plan"))),
            go_live: Input::wrong("2026", s("请填写月份，如 2026-09", "A month, as 2026-09")),
            ranking: Input::of("team"),
            audiences: vec![Choice::new("team", say(lang, "本组", "the own team"))],
            version: 3,
            conflict: Some(conflict),
        }),
        refused: None,
    }
}

fn rules(lang: Lang, theme: Theme) -> RulesPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    RulesPage {
        shell: shell(lang, theme),
        metrics: vec![MetricRules {
            metric: s("销售额", "Revenue"),
            versions: vec![RuleVersion {
                version: s("第 1 版", "Version 1"),
                since: s("自始生效", "from the beginning"),
                state: Badge::new(Tone::Ok, s("生效中", "In force")),
                sentences: vec![s(
                    "个人的月完成率低于 80% 亮黄灯。",
                    "A month of a person is yellow below 80%.",
                )],
            }],
        }],
        form: Some(RuleForm {
            metrics: vec![Choice::new("revenue", say(lang, "销售额", "Revenue"))],
            metric: Input::of("revenue"),
            from: Input::of("2026-12"),
            yellow: Input::of("80"),
            red: Input::wrong("90", s("红灯线不能高于黄灯线", "Red cannot lie above yellow")),
            owners: vec![("person", s("个人", "person"), true), ("team", s("小组", "team"), false)],
            version: 0,
        }),
        refused: None,
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

fn roles(lang: Lang, theme: Theme) -> RolesPage {
    RolesPage {
        shell: shell(lang, theme),
        profile: say(lang, "标准模式：销售、运营、财务、薪酬、系统和审计由不同的人担任", "Standard profile: selling, operations, finance, pay, administration and audit are different people").to_owned(),
        form: Some(RulesForm {
            profiles: vec![
                Choice::new("standard", say(lang, "标准模式", "Standard")),
                Choice::new("small_team", say(lang, "小团队模式", "Small team")),
            ],
            profile: Input::of("standard"),
            idle: Input::of("720"),
            hours: Input::of("168"),
            version: 0,
            conflict: None,
        }),
        refused: None,
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
        today: super::TODAY,
        own: vec![OwnDay {
            date: super::TODAY,
            day: dacheng_text::date::full(lang, super::TODAY),
            kind: say(lang, "公司休假", "Company day off").to_owned(),
            name: say(lang, "司庆", "Anniversary").to_owned(),
        }],
        form: Some(DayForm {
            date: Input::default(),
            kinds: vec![Choice::new("holiday", say(lang, "公司休假", "Company day off"))],
            kind: Input::of("holiday"),
            name: Input::default(),
        }),
        weekends: None,
        version: 3,
        refused: None,
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
        history: vec![HistoryRow {
            at: s("11-23 14:58", "11-23 14:58"),
            act: s("登录", "Signed in"),
            detail: s("Chrome，Windows · 10.1.8.22", "Chrome, Windows · 10.1.8.22"),
        }],
        older: Some("/me?before=40".to_owned()),
        tokens: vec![TokenRow {
            id: "1".to_owned(),
            name: s("ERP 每日同步", "nightly ERP sync"),
            rights: s("公司与大区目标：查看", "Company and region targets: read"),
            made: "2026-11-01".to_owned(),
            until: "2027-01-30".to_owned(),
        }],
        token: TokenForm {
            rights: vec![RightRow {
                action: say(lang, "业务数据：录入与导入", "Facts: enter and import"),
                rights: vec![("facts.R".to_owned(), say(lang, "查看", "read"), true)],
            }],
            ..TokenForm::default()
        },
        secret: None,
        refused: None,
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
        hint: s("每一次变更", "Every change"),
        chain: vec![Note::new(
            Tone::Ok,
            s(
                "日志链完整：48,211 条，11-23 06:00 校验通过",
                "The chain holds: 48,211 entries, checked on 11-23 06:00",
            ),
        )],
        may_verify: true,
        filter: Some(AuditFilter {
            who: Input::default(),
            kinds: vec![Choice::new("", say(lang, "全部", "All"))],
            kind: Input::default(),
            object: Input::default(),
            from: Input::of("2026-11-01"),
            to: Input::of("2026-11-23"),
        }),
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
        shown: s("本页 50 条", "50 entries on this page"),
        newest: Some("/audit".to_owned()),
        older: Some("/audit?before=47998".to_owned()),
        export: Some("/audit.csv".to_owned()),
    }
}
