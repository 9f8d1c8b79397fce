//! Sample pages of closing months.

use dacheng_domain::tracking::alert::Level;
use dacheng_text::Lang;
use dacheng_text::countdown::Countdown;
use jiff::civil::date;

use super::{Sample, amount, sample, say, shell_at, wan};
use crate::components::{
    AlertLine, Input, Link, Moment, MonthState, Note, PickerEntry, Sentence, Stage, Timeline, Tone,
};
use crate::pages::closes::{
    CloseAct, ClosePage, ClosesPage, ControlTotal, MonthRow, OpenMatter, PreviewList, ProposeForm,
    SourceInputs,
};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let empty = ClosesPage { months: Vec::new(), ..list(lang, theme) };
    let due = ClosePage { propose: Some(proposal(lang)), steps: Vec::new(), ..month(lang, theme) };
    vec![
        sample("/closes", list(lang, theme)),
        sample("/closes/empty", empty),
        sample("/closes/2026-10", month(lang, theme)),
        sample("/closes/due", due),
    ]
}

fn list(lang: Lang, theme: Theme) -> ClosesPage {
    let row = |month: i8, state, deadline, revenue, collections, closed: (&str, &str)| MonthRow {
        month: Link::new(dacheng_text::date::month(lang, 2026, month), "/closes/2026-10"),
        state,
        deadline,
        revenue: amount(revenue, "unit:all"),
        collections: amount(collections, "unit:all"),
        closed: say(lang, closed.0, closed.1).to_owned(),
    };
    let year = |year: i16, current| PickerEntry {
        text: dacheng_text::date::year(lang, year),
        href: format!("?y={year}"),
        current,
        depth: 0,
    };
    let overdue = Some(Countdown::Overdue { days: 12, due: date(2026, 11, 4) });
    let go_live = say(lang, "启用月为2026年1月", "Go-live month Jan 2026");
    ClosesPage {
        shell: shell_at(lang, theme, Room::Closes, &[]),
        years: vec![year(2026, true), year(2025, false)],
        note: Some(Note::new(Tone::Info, go_live)),
        months: vec![
            row(11, MonthState::Running, None, 12_684, 10_432, ("", "")),
            row(10, MonthState::Proposed, overdue, 15_422, 13_886, ("", "")),
            row(9, MonthState::Reopened, None, 16_840, 14_120, ("", "")),
            row(8, MonthState::Closed, None, 14_766, 13_010, ("吴敏 09-03", "Wu Min 09-03")),
            row(7, MonthState::Closed, None, 14_020, 12_664, ("吴敏 08-05", "Wu Min 08-05")),
        ],
    }
}

fn totals(lang: Lang) -> Vec<ControlTotal> {
    let total = |zh, en, ours, theirs: Option<i64>, difference: &str, settled: Option<&str>| ControlTotal {
        source: say(lang, zh, en).to_owned(),
        ours: amount(ours, "unit:all"),
        theirs: theirs.map(wan),
        difference: difference.to_owned(),
        settled: settled.map(str::to_owned),
    };
    let difference = say(lang, "−150,000.00 元", "CNY −150,000.00");
    let because = say(lang, "已说明：跨行在途", "Signed off: in transit");
    vec![
        total("订单与退货", "Orders and returns", 15_422, Some(15_422), "", Some(say(lang, "一致", "Equal"))),
        total("回款", "Payments", 13_886, Some(13_901), difference, Some(because)),
    ]
}

fn proposal(lang: Lang) -> ProposeForm {
    let wrong = say(lang, "回款：不是有效金额", "Payments: not an amount");
    let source = |code: &str, zh, en, total| SourceInputs {
        code: code.to_owned(),
        name: say(lang, zh, en).to_owned(),
        total,
        reason: Input::default(),
    };
    ProposeForm {
        sources: vec![
            source("revenue", "订单与退货", "Orders and returns", Input::of("154220000.00")),
            source("collections", "回款", "Payments", Input::wrong("2 12", wrong)),
        ],
        refused: Vec::new(),
        blocked: None,
    }
}

fn month(lang: Lang, theme: Theme) -> ClosePage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let moment = |stage, text: (&str, &str), detail: &str| Moment {
        stage,
        text: Sentence::from(say(lang, text.0, text.1)),
        detail: detail.to_owned(),
    };
    let act = |action: &str, text, effect, blocked, reason, main| CloseAct {
        action: format!("/closes/2026-10/{action}"),
        text,
        effect,
        blocked,
        reason,
        main,
    };
    let frozen = s("冻结 10 月的数字并判定预警。", "Freezes October and judges the alerts.");
    let entered = s("您录入过 10 月的数据。", "You entered facts of October.");
    let back = s("销售运营修正后重新提请。", "Sales operations propose it again.");
    ClosePage {
        shell: shell_at(lang, theme, Room::Closes, &[(say(lang, "月结", "Month close"), "/closes")]),
        path: "/closes/2026-10".to_owned(),
        title: s("2026年10月 月结", "Close of Oct 2026"),
        state: MonthState::Proposed,
        deadline: Some(Countdown::Overdue { days: 12, due: date(2026, 11, 4) }),
        note: Note::new(Tone::Info, s("等待财务结账。", "Waits for finance.")),
        totals: totals(lang),
        propose: None,
        preview: Some(PreviewList {
            said: s(
                "按目前数据，结账将触发红灯 1 个、黄灯 0 个。",
                "On the figures of now: 1 red, 0 yellow.",
            ),
            lines: vec![AlertLine {
                level: Level::Red,
                subject: Link::new(
                    s("东北大区 · 佟海洋 · 销售额", "North-east · Tong Haiyang · revenue"),
                    "/explain",
                ),
                evidence: s(
                    "9月 66.1%、10月 63.8%，连续两月低于 70%",
                    "Sep 66.1%, Oct 63.8%: two months below 70%",
                ),
                waits_for: String::new(),
                deadline: None,
            }],
            more: Some(s("另有 3 个", "and 3 more")),
        }),
        open: vec![OpenMatter {
            subject: Link::new(s("2026年9月尚未结账", "Sep 2026 is not closed"), "/closes/2026-09"),
        }],
        steps: vec![
            act("close", s("结账 2026年10月", "Close Oct 2026"), frozen, Some(entered), None, true),
            act("return", s("退回提请", "Send it back"), back, None, Some(Input::default()), false),
        ],
        history: Timeline {
            moments: vec![
                moment(Stage::Done, ("周海宁提请结账", "Proposed by Zhou Haining"), "11-20 17:12"),
                moment(Stage::Current, ("财务结账", "Finance closes it"), ""),
            ],
        },
        version: "12".to_owned(),
        document: Some("/closes/2026-10/sheet.pdf".to_owned()),
    }
}
