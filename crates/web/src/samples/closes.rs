//! Sample pages of closing months.

use dacheng_text::Lang;
use dacheng_text::countdown::Countdown;
use jiff::civil::date;

use super::{Sample, amount, sample, say, shell_at, wan};
use crate::components::{Input, Link, Moment, MonthState, Note, Sentence, Stage, Timeline, Tone};
use crate::pages::closes::{
    CloseAct, ClosePage, ClosesPage, ControlTotal, MonthRow, OpenMatter, TotalInputs,
};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let empty = ClosesPage { months: Vec::new(), ..list(lang, theme) };
    vec![
        sample("/closes", list(lang, theme)),
        sample("/closes/empty", empty),
        sample("/closes/2026-10", month(lang, theme)),
    ]
}

fn list(lang: Lang, theme: Theme) -> ClosesPage {
    let row = |month: i8, state, deadline, revenue, collections, open, closed: (&str, &str)| MonthRow {
        month: Link::new(dacheng_text::date::month(lang, 2026, month), "/closes/2026-10"),
        state,
        deadline,
        revenue: amount(revenue, "unit:all"),
        collections: amount(collections, "unit:all"),
        open,
        closed: say(lang, closed.0, closed.1).to_owned(),
    };
    ClosesPage {
        shell: shell_at(lang, theme, Room::Closes, &[]),
        months: vec![
            row(
                11,
                MonthState::Running,
                Some(Countdown::Left { days: 8, due: date(2026, 12, 3) }),
                12_684,
                10_432,
                9,
                ("", ""),
            ),
            row(
                10,
                MonthState::Proposed,
                Some(Countdown::Overdue { days: 12, due: date(2026, 11, 4) }),
                15_422,
                13_886,
                3,
                ("", ""),
            ),
            row(
                9,
                MonthState::Reopened,
                None,
                16_840,
                14_120,
                1,
                ("沈立行、吴敏 11-20 重新打开", "reopened by Shen Lixing and Wu Min on 11-20"),
            ),
            row(8, MonthState::Closed, None, 14_766, 13_010, 0, ("吴敏 09-03 15:20", "Wu Min 09-03 15:20")),
            row(7, MonthState::Closed, None, 14_020, 12_664, 0, ("吴敏 08-05 11:08", "Wu Min 08-05 11:08")),
        ],
    }
}

fn month(lang: Lang, theme: Theme) -> ClosePage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let total =
        |code: &str, zh, en, ours, theirs: Option<i64>, difference: &str, settled: Option<String>, form| {
            ControlTotal {
                code: code.to_owned(),
                source: s(zh, en),
                ours: amount(ours, "unit:all"),
                theirs: theirs.map(wan),
                difference: difference.to_owned(),
                settled,
                form,
            }
        };
    let matter = |zh, en, tenths| OpenMatter {
        subject: Link::new(s(zh, en), "/imports"),
        amount: amount(tenths, "unit:all"),
    };
    let moment = |stage, text: (&str, &str), detail: &str| Moment {
        stage,
        text: Sentence::from(say(lang, text.0, text.1)),
        detail: detail.to_owned(),
    };
    ClosePage {
        shell: shell_at(lang, theme, Room::Closes, &[(say(lang, "月结", "Month close"), "/closes")]),
        path: "/closes/2026-10".to_owned(),
        title: s("2026年10月 月结", "Close of Oct 2026"),
        state: MonthState::Proposed,
        deadline: Some(Countdown::Overdue { days: 12, due: date(2026, 11, 4) }),
        note: Some(Note::new(
            Tone::Info,
            s(
                "结账后数字冻结，按已结账数字判定预警；迟到的数据计入 11 月。",
                "Closing freezes the figures and judges the alerts; late facts count in November.",
            ),
        )),
        totals: vec![
            total(
                "orders",
                "订单（ERP）",
                "Orders (ERP)",
                15_422,
                Some(15_422),
                "",
                Some(s("一致", "equal")),
                None,
            ),
            total(
                "payments",
                "回款（财务系统）",
                "Payments (finance)",
                13_886,
                Some(13_901),
                say(lang, "−150,000.00 元", "CNY −150,000.00"),
                Some(s("已说明：跨行在途，吴敏", "signed off: in transit, Wu Min")),
                None,
            ),
            total(
                "returns",
                "退货（ERP）",
                "Returns (ERP)",
                212,
                None,
                "",
                None,
                Some(TotalInputs {
                    theirs: Input::wrong("2 12", s("退货：不是数字", "Returns: not a number")),
                    reason: Input::default(),
                }),
            ),
        ],
        open: vec![
            matter("6 笔订单待确认", "6 orders to be confirmed", 426),
            matter("1 个业绩异议未裁定", "1 claim is open", 38),
        ],
        steps: vec![
            CloseAct {
                action: "/closes/2026-10/close".to_owned(),
                text: s("结账 2026年10月", "Close Oct 2026"),
                effect: s(
                    "将冻结 10 月数字，并判定 60 人、12 个小组、6 个大区的预警。",
                    "Freezes October and judges the alerts of 60 people, 12 teams and 6 regions.",
                ),
                blocked: Some(s("退货还没有对账。", "Returns are not settled.")),
                reason: None,
                main: true,
            },
            CloseAct {
                action: "/closes/2026-10/send-back".to_owned(),
                text: s("退回提请", "Send it back"),
                effect: s("销售运营需要重新提请。", "Sales operations have to propose it again."),
                blocked: None,
                reason: Some(Input::default()),
                main: false,
            },
        ],
        history: Timeline {
            moments: vec![
                moment(Stage::Done, ("首个工作日生成预判", "Provisional judgement"), "11-02 06:00"),
                moment(Stage::Done, ("周海宁（销售运营）提请", "Proposed by Zhou Haining"), "11-20 17:12"),
                moment(Stage::Current, ("财务结账", "Finance closes it"), ""),
            ],
        },
        version: "12".to_owned(),
    }
}
