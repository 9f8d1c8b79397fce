//! Sample pages of the own account and the audit trail.

use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::components::{Badge, Choice, DiffRow, Empty, Export, Input, Link, Note, Progress, Tone};
use crate::pages::audit::{AuditFilter, AuditPage, AuditRow, ExportPage, ExportRow, ExportStage};
use crate::pages::me::{
    ConfirmMailPage, DelegationForm, DelegationPage, DelegationRow, HistoryRow, MePage, RightRow, SessionRow,
    TokenForm, TokenRow, WishesForm,
};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let secret = MePage { secret: Some("dacheng_3vQ…".to_owned()), ..me(lang, theme) };
    vec![
        sample("/me", me(lang, theme)),
        sample("/me/token", secret),
        sample("/me/delegation", delegation(lang, theme)),
        sample("/me/mail/secret", confirm_mail(lang, theme)),
        sample("/audit", audit(lang, theme)),
        sample("/audit/exports/12", export(lang, theme, Stage::Ready)),
        sample("/audit/exports/13", export(lang, theme, Stage::Running)),
        sample("/audit/exports/14", export(lang, theme, Stage::Over)),
    ]
}

fn confirm_mail(lang: Lang, theme: Theme) -> ConfirmMailPage {
    ConfirmMailPage {
        shell: shell_at(lang, theme, Room::Me, &[]),
        address: "shen@corp.example".to_owned(),
        secret: "secret".to_owned(),
    }
}

fn delegation(lang: Lang, theme: Theme) -> DelegationPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let row = |who: (&str, &str)| DelegationRow {
        id: 1,
        who: s(who.0, who.1),
        days: s("2026年11月30日 至 2026年12月4日", "30 Nov 2026 to 4 Dec 2026"),
    };
    let wrong = s("请填写日期", "Choose a day");
    DelegationPage {
        shell: shell_at(lang, theme, Room::Me, &[(say(lang, "我的账号", "My account"), "/me")]),
        form: Some(DelegationForm {
            to: Input::of(s("陆文博", "Lu Wenbo")),
            first: Input::of("2026-12-07"),
            last: Input::wrong("", wrong),
        }),
        given: vec![row(("陆文博", "Lu Wenbo"))],
        received: Vec::new(),
        refused: None,
    }
}

/// Which sample of an export.
#[derive(Clone, Copy)]
enum Stage {
    Ready,
    Running,
    Over,
}

fn export(lang: Lang, theme: Theme, stage: Stage) -> ExportPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let badge = |tone, zh: &str, en: &str| Badge::new(tone, s(zh, en));
    let (state, stage) = match stage {
        Stage::Ready => {
            let said = s(
                "文件已生成：61,204 行，18.2 MB。明天 14:58 前可下载。",
                "The file is ready: 61,204 rows, 18.2 MB. It can be fetched until tomorrow 14:58.",
            );
            (badge(Tone::Ok, "完成", "Done"), ExportStage::Ready(Note::new(Tone::Ok, said)))
        }
        Stage::Running => {
            let progress = Progress {
                label: s("正在生成文件", "The file is being written"),
                done: 24_000,
                all: 61_204,
                said: s("已处理 24,000 / 61,204 条", "24,000 of 61,204 entries"),
                again: "/audit/exports/13".to_owned(),
            };
            (badge(Tone::Info, "运行中", "Running"), ExportStage::Running(progress))
        }
        Stage::Over => {
            let said = s("您的权限已变化，请重新导出", "What you may read has changed; export again");
            (badge(Tone::Bad, "失败", "Failed"), ExportStage::Over(Note::new(Tone::Bad, said)))
        }
    };
    let shell = shell_at(lang, theme, Room::Audit, &[(say(lang, "审计", "Audit"), "/audit")]);
    ExportPage { shell, path: "/audit/exports/12".to_owned(), state, stage }
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
        wishes: WishesForm {
            mode: Input::of("single"),
            modes: vec![
                Choice::new("off", s("不发邮件", "None")),
                Choice::new("single", s("每条通知一封", "One a notification")),
            ],
            mail: Input::of("shen@corp.example"),
            standing: Some(Badge::new(Tone::Warn, lang.confirmation().is_unconfirmed())),
            unconfirmed: Some(Note::new(
                Tone::Warn,
                lang.confirmation().unconfirmed_hint("shen@corp.example"),
            )),
            quiet_from: Input::of("21:00"),
            quiet_until: Input::wrong("8", s("请填写 24 小时制时间，例如 21:00", "Give a time as 21:00")),
            version: 1,
        },
        devices_file: Export::of("/me/devices"),
        tokens_file: Some(Export::of("/me/tokens")),
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
        exports: vec![ExportRow {
            begun: Link::new("11-23 14:58", "/audit/exports/12"),
            state: Badge::new(Tone::Ok, s("完成", "Done")),
            rows: s("61,204 行", "61,204 rows"),
        }],
    }
}
