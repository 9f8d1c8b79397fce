//! Sample pages of the settings.

use dacheng_domain::calendar::{Calendar, official_days};
use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::components::{Badge, Choice, Conflict, ConflictRow, Empty, Input, Link, Note, PickerEntry, Tone};
use crate::pages::settings::{
    CalendarPage, CompanyForm, CompanyPage, DayForm, IndexPage, JobRow, JobsPage, MetricRules, OrgPage,
    OrgRow, OwnDay, RolesPage, RuleForm, RuleVersion, RulesForm, RulesPage, SeatDetail, SeatRow, Tile,
    UnitPanel,
};
use crate::shell::{Room, Shell, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    vec![
        sample("/settings", index(lang, theme)),
        sample("/settings/org", org(lang, theme)),
        sample("/settings/company", company(lang, theme)),
        sample("/settings/rules", rules(lang, theme)),
        sample("/settings/roles", roles(lang, theme)),
        sample("/settings/calendar", calendar(lang, theme)),
        sample("/settings/jobs", jobs(lang, theme)),
    ]
}

fn jobs(lang: Lang, theme: Theme) -> JobsPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let row =
        |what: (&str, &str), occasion: &str, state: Badge, said: (&str, &str), act: Option<&str>| JobRow {
            what: s(what.0, what.1),
            occasion: occasion.to_owned(),
            state,
            said: s(said.0, said.1),
            by: s("系统", "system"),
            created: "11-23 08:00".to_owned(),
            took: s("0.2 秒", "0.2 s"),
            act: act.map(|act| (format!("/settings/jobs/1/{act}"), s("重试", "Run again"))),
        };
    let chip = |zh: &str, en: &str, current| PickerEntry {
        text: s(zh, en),
        href: "/settings/jobs".to_owned(),
        current,
        depth: 0,
    };
    JobsPage {
        shell: shell(lang, theme),
        note: Note::new(
            Tone::Bad,
            s("1 项作业失败，不会自动重试。", "1 job has failed and is not repeated by itself."),
        ),
        filters: vec![
            chip("全部", "All", true),
            chip("失败", "Failed", false),
            chip("等待", "Waiting", false),
        ],
        rows: vec![
            row(
                ("逾期改进计划升级", "Escalation of overdue plans"),
                "2026-11-23",
                Badge::new(Tone::Ok, s("完成", "Done")),
                ("升级 2 份计划", "2 plans escalated"),
                None,
            ),
            row(
                ("导出", "Export"),
                "",
                Badge::new(Tone::Bad, s("失败", "Failed")),
                ("5 次未成功：磁盘已满", "failed 5 times: the disk is full"),
                Some("retry"),
            ),
            row(
                ("导入：订单", "Import: orders"),
                "",
                Badge::new(Tone::Info, s("运行中", "Running")),
                ("12,000 / 40,000", "12,000 / 40,000"),
                None,
            ),
        ],
        empty: Empty::done(s("没有作业", "No jobs")),
        shown: s("本页 3 项", "3 on this page"),
        newest: None,
        older: Some("/settings/jobs?older=1.job.1".to_owned()),
    }
}

pub(super) fn shell(lang: Lang, theme: Theme) -> Shell {
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
            healthy_low: Input::of("30"),
            healthy_high: Input::of("80"),
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
