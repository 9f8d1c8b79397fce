//! Sample pages of alerts.

use dacheng_domain::tracking::alert::Level;
use dacheng_domain::tracking::improvement::PlanState;
use dacheng_text::Lang;
use dacheng_text::countdown::Countdown;
use jiff::civil::date;

use super::{Sample, amount, rate, sample, say, shell_at};
use crate::components::{
    Badge, Choice, Empty, Figure, FileForm, FileList, FileRow, Input, Link, Moment, Note, Pager, PickerEntry,
    Sentence, Stage, Timeline, Tone,
};
use crate::pages::alerts::{
    AlertRow, AlertsPage, CasePage, Check, EvidenceRow, ImprovementPlan, Order, PlanForm, PlanView, Step,
    StepForm,
};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let none = AlertsPage { rows: Vec::new(), pager: None, ..list(lang, theme) };
    let mut wrong = case(lang, theme);
    wrong.plan.view = PlanView::Form(wrong_form(lang));
    vec![
        sample("/alerts", list(lang, theme)),
        sample("/alerts/none", none),
        sample("/alerts/write", case(lang, theme)),
        sample("/alerts/wrong", wrong),
        sample("/alerts/check", check(lang, theme)),
    ]
}

fn list(lang: Lang, theme: Theme) -> AlertsPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let filter =
        |zh, en, current| PickerEntry { text: s(zh, en), href: "?state=open".to_owned(), current, depth: 0 };
    let row = |number: &str,
               level,
               owner: (&str, &str),
               evidence: (&str, &str),
               state,
               deadline,
               who: (&str, &str)| AlertRow {
        number: Link::new(number, "/alerts/write"),
        level,
        owner: say(lang, owner.0, owner.1).to_owned(),
        subject: say(lang, "销售额 · 2026年10月", "Revenue · Oct 2026").to_owned(),
        evidence: say(lang, evidence.0, evidence.1).to_owned(),
        fired: "11-04".to_owned(),
        state,
        deadline,
        responsible: say(lang, who.0, who.1).to_owned(),
    };
    let left = |days, day| Some(Countdown::Left { days, due: date(2026, 11, day) });
    AlertsPage {
        shell: shell_at(lang, theme, Room::Alerts, &[]),
        summary: s(
            "未关闭 7 个：红灯 2，黄灯 5。判定依据已结账月份。",
            "7 open: 2 red, 5 yellow, judged on closed months.",
        ),
        filters: vec![
            filter("未关闭 7", "Open 7", true),
            filter("红灯 2", "Red 2", false),
            filter("黄灯 5", "Yellow 5", false),
            filter("待我处理 2", "For me 2", false),
            filter("全部 31", "All 31", false),
        ],
        sorts: Order::of(None).heads(lang, "?show=open"),
        rows: vec![
            row(
                "YJ-2026-0118",
                Level::Red,
                ("东北大区 · 佟海洋", "North-east · Tong Haiyang"),
                ("9月 66.1%、10月 63.8%，连续两月低于 70%", "Sep 66.1%, Oct 63.8%: two months below 70%"),
                PlanState::Open,
                Some(Countdown::Overdue { days: 2, due: date(2026, 11, 19) }),
                ("佟海洋", "Tong Haiyang"),
            ),
            row(
                "YJ-2026-0117",
                Level::Red,
                ("西南大区 · 成都组", "South-west · Chengdu"),
                ("9月 68.4%、10月 69.2%，连续两月低于 70%", "Sep 68.4%, Oct 69.2%: two months below 70%"),
                PlanState::Returned,
                left(1, 24),
                ("罗婧", "Luo Jing"),
            ),
            row(
                "YJ-2026-0121",
                Level::Yellow,
                ("华北大区 · 天津组", "North · Tianjin"),
                ("10月 74.5%，低于 80%", "Oct 74.5%, below 80%"),
                PlanState::Submitted,
                left(2, 25),
                ("韩冬", "Han Dong"),
            ),
            row(
                "YJ-2026-0122",
                Level::Yellow,
                ("华中大区 · 长沙组", "Central · Changsha"),
                ("10月 77.9%，低于 80%", "Oct 77.9%, below 80%"),
                PlanState::Running,
                left(4, 27),
                ("彭岳", "Peng Yue"),
            ),
            row(
                "YJ-2026-0109",
                Level::Yellow,
                ("华南大区 · 何子安", "South · He Zi'an"),
                ("10月 79.96%，低于 80%", "Oct 79.96%, below 80%"),
                PlanState::Accepted,
                None,
                ("黄志鸿", "Huang Zhihong"),
            ),
            row(
                "YJ-2026-0087",
                Level::Yellow,
                ("华东大区 · 杭州组", "East · Hangzhou"),
                ("8月 78.2%，低于 80%", "Aug 78.2%, below 80%"),
                PlanState::Recovered,
                None,
                ("郭晓彤", "Guo Xiaotong"),
            ),
        ],
        empty: Empty::filtered(
            s("没有符合条件的预警", "No alerts match"),
            s("当前筛选：红灯、2026年10月", "Filter: red, Oct 2026"),
            Link::new(s("清除筛选", "Clear the filter"), "/alerts"),
        ),
        pager: Some(Pager { first: 1, last: 6, all: 31, earlier: None, later: Some("?page=2".to_owned()) }),
    }
}

fn evidence(lang: Lang) -> Vec<EvidenceRow> {
    let row = |zh, en, target, actual, share, threshold: &str, tone, verdict: (&str, &str)| EvidenceRow {
        month: say(lang, zh, en).to_owned(),
        target: amount(target, "unit:db"),
        actual: amount(actual, "unit:db"),
        attainment: Figure::rate(Some(rate(share)), "/explain"),
        threshold: threshold.to_owned(),
        verdict: Badge::new(tone, say(lang, verdict.0, verdict.1)),
    };
    vec![
        row("2026年8月", "Aug 2026", 1_020, 694, 680, "80%", Tone::Warn, ("黄灯", "Yellow")),
        row("2026年9月", "Sep 2026", 1_080, 714, 661, "70%", Tone::Bad, ("低于红灯线", "Below the red line")),
        row(
            "2026年10月",
            "Oct 2026",
            1_060,
            676,
            638,
            "70%",
            Tone::Bad,
            ("红灯：连续两月", "Red: two months running"),
        ),
    ]
}

fn history(lang: Lang) -> Timeline {
    let moment = |stage, text: (&str, &str), detail: &str| Moment {
        stage,
        text: Sentence::from(say(lang, text.0, text.1)),
        detail: detail.to_owned(),
    };
    Timeline {
        moments: vec![
            moment(
                Stage::Done,
                ("10月结账，规则第 3 版触发红灯", "October closed; rule version 3 fired red"),
                "11-04 16:20",
            ),
            moment(
                Stage::Done,
                ("通知佟海洋、沈立行", "Tong Haiyang and Shen Lixing were told"),
                "11-04 16:21",
            ),
            moment(
                Stage::Refused,
                ("沈立行退回计划：缺少每步的责任人", "Shen Lixing returned the plan: steps without owners"),
                "11-12 10:05",
            ),
            moment(
                Stage::Current,
                ("佟海洋重新提交", "Tong Haiyang hands it in again"),
                say(lang, "已逾期 2 个工作日，已上报总监", "2 working days overdue, escalated"),
            ),
            moment(Stage::Waiting, ("总监核查", "Check by the director"), ""),
            moment(Stage::Waiting, ("11月结账后判断是否恢复", "Recovery judged when November closes"), ""),
        ],
    }
}

fn case(lang: Lang, theme: Theme) -> CasePage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    CasePage {
        shell: shell_at(lang, theme, Room::Alerts, &[(say(lang, "预警与改进", "Alerts"), "/alerts")]),
        path: "/alerts/118".to_owned(),
        title: s("东北大区 · 佟海洋 · 销售额", "North-east · Tong Haiyang · revenue"),
        about: s(
            "YJ-2026-0118 · 2026年11月4日（周三）触发 · 默认规则第 3 版",
            "YJ-2026-0118 · fired on Wed, 4 Nov 2026 · default rule, version 3",
        ),
        conclusion: s(
            "2026年10月销售额 676 万元，完成率 63.8%，距目标 1,060 万元差 384 万元。",
            "Revenue of Oct 2026: CNY 6.76M, 63.8% of CNY 10.60M; CNY 3.84M short.",
        )
        .into(),
        level: Level::Red,
        rule: s("连续两个已结账月份低于 70%", "two closed months running below 70%"),
        notes: vec![Note::new(
            Tone::Info,
            s(
                "责任书承诺的支持未完全到位：线下推广 3 场，已完成 2 场。",
                "Promised support is not complete: 2 of 3 promotion events done.",
            ),
        )],
        evidence: evidence(lang),
        plan: ImprovementPlan {
            state: PlanState::Returned,
            deadline: Some(Countdown::Overdue { days: 2, due: date(2026, 11, 19) }),
            view: PlanView::Form(form(lang)),
            document: Some("/alerts/118/plan.pdf".to_owned()),
        },
        check: None,
        start: None,
        follow: None,
        files: files(
            lang,
            Some(FileForm {
                limits: s(
                    "PDF、PNG、JPEG；每份不超过 20 MB，最多 10 份",
                    "PDF, PNG, JPEG; up to 20 MB each, at most 10",
                ),
                ..FileForm::default()
            }),
        ),
        history: history(lang),
    }
}

fn files(lang: Lang, form: Option<FileForm>) -> FileList {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let row = |id, name: String, icon, kind, size: &str, on| FileRow {
        id,
        name,
        icon,
        kind,
        size: size.to_owned(),
        who: s("佟海洋", "Tong Haiyang"),
        at: "11-16 09:30".to_owned(),
        on,
        removable: form.is_some(),
    };
    let (document, picture) = (lang.files().kind_document(), lang.files().kind_picture());
    let on = Some(s("附在 11-20 09:12 的进度记录", "on the progress note of 11-20 09:12"));
    let rows = vec![
        row(1, s("代理商签约排期.pdf", "agents.pdf"), "file-text", document, "482 KB", None),
        row(2, s("长春客户现场.jpg", "changchun.jpg"), "photo", picture, "2.4 MB", on),
    ];
    FileList { lang, rows, form }
}

fn form(lang: Lang) -> PlanForm {
    let s = |zh, en| say(lang, zh, en);
    PlanForm {
        version: "4".to_owned(),
        cause: Input::of(s(
            "渠道拓展延迟：长春、哈尔滨两家代理商未按计划签约，影响 180 万元。",
            "Channel expansion is late: two agents were not signed as planned, 1.8M short.",
        )),
        goal: Input::of(s("11月销售额完成率恢复到 80% 以上", "Revenue of November back above 80%")),
        steps: vec![
            StepForm {
                text: Input::of(s("完成长春代理商签约", "Sign the agent in Changchun")),
                who: Input::of(s("佟海洋", "Tong Haiyang")),
                from: Input::of("2026-11-16"),
                to: Input::of("2026-11-25"),
            },
            StepForm {
                text: Input::of(s("存量客户 12 家逐一复访", "Revisit 12 existing customers")),
                who: Input::of(s("刘一鸣", "Liu Yiming")),
                from: Input::of("2026-11-16"),
                to: Input::of("2026-11-30"),
            },
            StepForm::default(),
        ],
        support: Input::of(s("市场部补办 1 场线下推广（沈阳）", "One more promotion event in Shenyang")),
        steps_error: None,
        last_month: Input::of("2026-11"),
        months: vec![Choice::new("2026-11", s("2026年11月", "Nov 2026"))],
        refused: Vec::new(),
        returned: Some(s("第 2 步缺少责任人和日期", "step 2 lacks owner and dates").to_owned()),
        conflict: None,
    }
}

fn wrong_form(lang: Lang) -> PlanForm {
    let mut form = form(lang);
    form.cause = Input::wrong("", say(lang, "请填写原因分析", "Write the root cause"));
    form.steps[1].who = Input::wrong("", say(lang, "第 2 步缺少责任人", "Step 2 lacks its owner"));
    form.steps[1].to =
        Input::wrong("2026-11-10", say(lang, "第 2 步的完成日早于开始日", "Step 2 ends before it begins"));
    form
}

fn check(lang: Lang, theme: Theme) -> CasePage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let step = |zh, en, who: (&str, &str), dates: (&str, &str), progress| Step {
        text: s(zh, en),
        who: s(who.0, who.1),
        dates: s(dates.0, dates.1),
        progress,
    };
    let mut page = case(lang, theme);
    page.title = s("华北大区 · 天津组 · 销售额", "North · Tianjin · revenue");
    page.level = Level::Yellow;
    page.notes = Vec::new();
    page.plan = ImprovementPlan {
        state: PlanState::Submitted,
        deadline: Some(Countdown::Left { days: 2, due: date(2026, 11, 25) }),
        view: PlanView::Written {
            cause: s(
                "两个大客户项目延期到 12 月，合计 96 万元；转化率由 31% 降到 24%。",
                "Two large projects moved to December, 960k; conversion fell from 31% to 24%.",
            ),
            goal: s("11月完成率恢复到 85% 以上", "November back above 85%"),
            steps: vec![
                step(
                    "推动天津港项目验收",
                    "Get the harbour project accepted",
                    ("韩冬", "Han Dong"),
                    ("11-16 至 11-27", "11-16 to 11-27"),
                    60,
                ),
                step(
                    "每周复盘商机 2 次",
                    "Review opportunities twice a week",
                    ("赵立", "Zhao Li"),
                    ("11-16 至 11-30", "11-16 to 11-30"),
                    40,
                ),
            ],
            support: s("售前支持 4 人日", "4 days of presales"),
            recovered_by: s("2026年11月", "Nov 2026"),
        },
        document: Some("/alerts/118/plan.pdf".to_owned()),
    };
    page.files = files(lang, None);
    page.check = Some(Check { version: "2".to_owned(), note: Input::default() });
    page
}
