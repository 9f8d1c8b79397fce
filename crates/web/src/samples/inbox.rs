//! Sample pages of what waits.

use dacheng_text::Lang;
use dacheng_text::countdown::Countdown;
use jiff::civil::date;

use super::{Sample, TODAY, sample, say, shell_at};
use crate::components::Link;
use crate::pages::inbox::{InboxPage, Task, TaskGroup, TaskKind, TaskUrgency};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let empty = InboxPage { groups: Vec::new(), ..inbox(lang, theme) };
    vec![sample("/inbox", inbox(lang, theme)), sample("/inbox/empty", empty)]
}

fn inbox(lang: Lang, theme: Theme) -> InboxPage {
    let task = |kind, subject: (&str, &str), from: (&str, &str), deadline, act: (&str, &str)| Task {
        kind,
        subject: Link::new(say(lang, subject.0, subject.1), "/alerts/2026-10-0007"),
        from: say(lang, from.0, from.1).to_owned(),
        deadline,
        act: say(lang, act.0, act.1).to_owned(),
    };
    let overdue = Countdown::Overdue { days: 2, due: date(2026, 11, 19) };
    let today = Countdown::Today { due: TODAY };
    let left = |days, day| Some(Countdown::Left { days, due: date(2026, 11, day) });
    let red = ("红灯改进计划未提交：东北大区", "Red alert without a plan: North-east");
    let plan = ("批准分解：华东大区 2027 年度销售额", "Approve the breakdown: East, revenue 2027");
    let check = ("核查改进计划：华北大区天津组", "Check the improvement plan: Tianjin");
    let facts = ("确认手工录入的订单 6 笔", "Confirm 6 orders entered by hand");
    let close = ("11 月月结：对账与提请", "Close November: control totals and proposal");
    let calendar = ("导入 2027 年日历，3 个期限待定", "Import the calendar of 2027; 3 deadlines are pending");
    let group = |urgency, tasks| TaskGroup { urgency, tasks };
    InboxPage {
        shell: shell_at(lang, theme, Room::Inbox, &[]),
        groups: vec![
            group(
                TaskUrgency::Overdue,
                vec![task(
                    TaskKind::Alert,
                    red,
                    ("佟海洋 · 9月 66.1%、10月 63.8%", "Tong Haiyang · Sep 66.1%, Oct 63.8%"),
                    Some(overdue),
                    ("催办", "Remind"),
                )],
            ),
            group(
                TaskUrgency::Today,
                vec![
                    task(
                        TaskKind::Target,
                        plan,
                        ("陆文博提交于 11-20，合计 6,600 万元", "submitted by Lu Wenbo on 11-20, CNY 66.00M"),
                        Some(today),
                        ("审阅", "Review"),
                    ),
                    task(
                        TaskKind::Facts,
                        facts,
                        ("韩冬、彭岳录入，合计 42.6 万元", "entered by Han Dong and Peng Yue, CNY 426.0k"),
                        Some(today),
                        ("确认", "Confirm"),
                    ),
                ],
            ),
            group(
                TaskUrgency::ThisWeek,
                vec![
                    task(
                        TaskKind::Alert,
                        check,
                        ("韩冬提交于 11-22，10月完成率 74.5%", "submitted by Han Dong on 11-22, Oct 74.5%"),
                        left(2, 25),
                        ("核查", "Check"),
                    ),
                    task(
                        TaskKind::Settings,
                        calendar,
                        ("系统提示", "from the system"),
                        None,
                        ("去导入", "Import"),
                    ),
                ],
            ),
            group(
                TaskUrgency::Later,
                vec![task(
                    TaskKind::Close,
                    close,
                    ("月末后第 3 个工作日前完成", "by the 3rd working day of December"),
                    Some(Countdown::Left { days: 8, due: date(2026, 12, 3) }),
                    ("查看", "Open"),
                )],
            ),
        ],
    }
}
