//! Sample pages of the dashboard.

use dacheng_domain::tracking::alert::Level;
use dacheng_text::countdown::Countdown;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, money};
use jiff::civil::date;

use super::{Sample, TODAY, amount, bullet, now, periods, rate, regions, sample, say, scopes, shell_at, wan};
use crate::charts::{Amounts, BurnUp, BurnUpPoint, HeatCell, HeatRow, HeatTable};
use crate::components::{
    AlertDigest, AlertLine, Badge, Basis, Change, Column, Empty, Figure, KpiCard, KpiNote, Link, Sentence,
    SortHead, SortOrder, Standing, TimeProgress, Tone, UnitRow, UnitSorts, UnitTable,
};
use crate::pages::dashboard::{Content, Course, DashboardPage, Figures, Reading};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    vec![sample("/dashboard", dashboard(lang, theme)), sample("/dashboard/empty", first_use(lang, theme))]
}

fn dashboard(lang: Lang, theme: Theme) -> DashboardPage {
    DashboardPage {
        shell: shell_at(lang, theme, Room::Dashboard, &[]),
        title: say(lang, "2026年11月 销售目标达成", "Sales targets, Nov 2026").to_owned(),
        basis: basis(lang),
        periods: periods(lang),
        metrics: super::targets::metrics(lang),
        definition: super::targets::definition(lang, dacheng_domain::metrics::Metric::Revenue),
        scopes: scopes(lang),
        content: Content::Figures(figures(lang)),
    }
}

fn first_use(lang: Lang, theme: Theme) -> DashboardPage {
    let act = Link::new(say(lang, "新建年度目标", "Set the year's target"), "/plans");
    let (title, text) = match lang {
        Lang::Zh => {
            ("还没有生效的目标", "先在“目标分解”中设定年度目标并分解到人，生效后这里显示达成、进度和预警。")
        }
        Lang::En => (
            "No targets in force yet",
            "Set the year's target in Planning and break it down; then this page shows attainment, pace and alerts.",
        ),
    };
    DashboardPage {
        content: Content::Empty(Empty::first_use(title, text, Some(act))),
        ..dashboard(lang, theme)
    }
}

pub(super) fn basis(lang: Lang) -> Basis {
    Basis {
        through: Some(date(2026, 11, 22)),
        time: TimeProgress::WorkingDays { passed: 16, all: 21, share: rate(762) },
        sources: vec![(say(lang, " ERP 订单", "ERP orders").to_owned(), TODAY.at(14, 45, 0, 0))],
        now: now(),
    }
}

fn figures(lang: Lang) -> Figures {
    Figures {
        conclusion: conclusion(lang),
        cards: cards(lang),
        course: Course::Running(burn_up(lang)),
        alerts: Some(alerts(lang)),
        units: units(lang),
        heat: heat(lang),
        readings: readings(lang),
    }
}

fn conclusion(lang: Lang) -> Sentence {
    match lang {
        Lang::Zh => Sentence::new()
            .plain("本月已完成 ")
            .strong("1,268.4 万元")
            .plain("，完成率 73.7%，慢于时间进度 2.5 个百分点，距目标差 ")
            .strong("451.6 万元")
            .plain("，剩余 5 个工作日日均需 90.3 万元。缺口主要在华北（−100.5）、华东（−91.4）、西南（−58.3）。")
            .link("查看差距", "/targets?p=2026-11"),
        Lang::En => Sentence::new()
            .strong("CNY 12.68M")
            .plain(" so far this month, 73.7% of target and 2.5 pp behind pace; ")
            .strong("CNY 4.52M")
            .plain(" to go, CNY 903.2k on each of the 5 working days left. Most of the gap is in North, East and South-west. ")
            .link("See the gap", "/targets?p=2026-11"),
    }
}

fn card(
    lang: Lang,
    label: &str,
    current: bool,
    actual: i64,
    target: i64,
    share: i64,
    pace: i64,
    change: i64,
) -> KpiCard {
    let standing = match share * 100 / pace {
        ..85 => Standing::FarBehind,
        85..97 => Standing::Behind,
        _ => Standing::OnTrack,
    };
    let mut bar = bullet(label, share, standing);
    bar.pace = Some(rate(pace));
    let figures = lang.figures();
    KpiCard {
        label: label.to_owned(),
        actual: amount(actual, "unit:all"),
        attainment: Some(rate(share)),
        bullet: bar,
        state: standing.badge_with_gap(&lang, rate(share - pace)),
        notes: vec![
            KpiNote { label: figures.target().to_owned(), value: money::said(lang, wan(target)) },
            KpiNote { label: figures.shortfall().to_owned(), value: money::said(lang, wan(target - actual)) },
            KpiNote {
                label: figures.year_on_year().to_owned(),
                value: dacheng_text::rate::change(rate(change)),
            },
        ],
        current,
    }
}

pub(super) fn cards(lang: Lang) -> Vec<KpiCard> {
    vec![
        card(lang, say(lang, "本月销售额", "Revenue, month"), true, 12_684, 17_200, 737, 762, 86),
        card(lang, say(lang, "本季销售额", "Revenue, quarter"), false, 28_106, 48_600, 578, 591, 64),
        card(lang, say(lang, "全年销售额", "Revenue, year"), false, 160_140, 186_000, 861, 874, 112),
        card(lang, say(lang, "本月回款额", "Collections, month"), true, 10_432, 13_800, 756, 762, 42),
        card(lang, say(lang, "本季回款额", "Collections, quarter"), false, 24_318, 41_200, 590, 591, 51),
        card(lang, say(lang, "全年回款额", "Collections, year"), false, 139_870, 167_000, 838, 874, -13),
    ]
}

const DAYS: [u32; 21] = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30];
const TOTALS: [i64; 16] = [
    620, 1_180, 2_050, 2_680, 3_310, 4_020, 4_980, 6_010, 6_550, 7_420, 8_150, 8_780, 9_690, 10_640, 11_860,
    12_684,
];

pub(super) fn burn_up(lang: Lang) -> BurnUp {
    let points = DAYS.iter().enumerate().map(|(place, day)| {
        let label = format!("11-{day:02}");
        let title = match lang {
            Lang::Zh => format!("{label} · 第 {} / 21 个工作日", place + 1),
            Lang::En => format!("{label} · working day {} of 21", place + 1),
        };
        let step = i64::try_from(place).unwrap_or_default() + 1;
        BurnUpPoint {
            title,
            label,
            actual: TOTALS.get(place).map(|tenths| wan(*tenths).0),
            pace: Some(wan(17_200).0 * step / 21),
            outlook: None,
        }
    });
    BurnUp {
        id: "burn-up",
        subject: say(lang, "11月累计销售额", "Revenue to date, Nov").to_owned(),
        axis: say(lang, "日期", "Day").to_owned(),
        points: points.collect(),
        target: Some(wan(17_200).0),
        amounts: Amounts::Money(money::Column::Wan),
    }
}

pub(super) fn alerts(lang: Lang) -> AlertDigest {
    let line = |level, subject: &str, evidence: &str, waits_for: &str, deadline| AlertLine {
        level,
        subject: Link::new(subject, "/alerts/2026-10-0007"),
        evidence: evidence.to_owned(),
        waits_for: waits_for.to_owned(),
        deadline,
    };
    let overdue = Countdown::Overdue { days: 2, due: date(2026, 11, 19) };
    let left = |days, day| Countdown::Left { days, due: date(2026, 11, day) };
    let lines = match lang {
        Lang::Zh => vec![
            line(
                Level::Red,
                "东北大区 · 佟海洋",
                "9月 66.1%、10月 63.8%，连续两月低于 70%",
                "改进计划未提交",
                Some(overdue),
            ),
            line(
                Level::Red,
                "西南大区 · 成都组",
                "9月 68.4%、10月 69.2%，连续两月低于 70%",
                "待提交改进计划",
                Some(left(1, 24)),
            ),
            line(
                Level::Yellow,
                "华北大区 · 天津组",
                "10月完成率 74.5%，低于 80%",
                "改进计划待批准",
                Some(left(2, 25)),
            ),
            line(
                Level::Yellow,
                "华中大区 · 长沙组",
                "10月完成率 77.9%，低于 80%",
                "改进计划执行中",
                Some(left(4, 27)),
            ),
        ],
        Lang::En => vec![
            line(
                Level::Red,
                "North-east · Tong Haiyang",
                "Sep 66.1%, Oct 63.8%: two months below 70%",
                "plan not submitted",
                Some(overdue),
            ),
            line(
                Level::Red,
                "South-west · Chengdu",
                "Sep 68.4%, Oct 69.2%: two months below 70%",
                "plan to be submitted",
                Some(left(1, 24)),
            ),
            line(
                Level::Yellow,
                "North · Tianjin",
                "Oct 74.5%, below 80%",
                "plan to be accepted",
                Some(left(2, 25)),
            ),
            line(
                Level::Yellow,
                "Central · Changsha",
                "Oct 77.9%, below 80%",
                "plan running",
                Some(left(4, 27)),
            ),
        ],
    };
    AlertDigest { red: 2, yellow: 5, lines }
}

struct Row {
    leader: (&'static str, &'static str),
    target: i64,
    actual: i64,
    share: i64,
    gap: i64,
    change: Option<i64>,
    standing: Standing,
}

const fn row(
    leader: (&'static str, &'static str),
    target: i64,
    actual: i64,
    share: i64,
    change: Option<i64>,
    standing: Standing,
) -> Row {
    Row { leader, target, actual, share, gap: share - 762, change, standing }
}

const ROWS: [Row; 6] = [
    row(("陆文博", "Lu Wenbo"), 5_200, 4_286, 824, Some(112), Standing::OnTrack),
    row(("黄志鸿", "Huang Zhihong"), 3_800, 3_013, 793, Some(64), Standing::OnTrack),
    row(("韩冬", "Han Dong"), 3_200, 2_195, 686, Some(-21), Standing::Behind),
    row(("彭岳", "Peng Yue"), 2_100, 1_478, 704, Some(38), Standing::Behind),
    row(("罗婧", "Luo Jing"), 1_800, 1_217, 676, Some(-46), Standing::Behind),
    row(("佟海洋", "Tong Haiyang"), 1_100, 495, 450, None, Standing::FarBehind),
];

pub(super) fn unit_row(lang: Lang, name: &str, href: &str, row_at: usize) -> UnitRow {
    let row = &ROWS[row_at];
    UnitRow {
        beside: None,
        unit: Link::new(name, href),
        leader: say(lang, row.leader.0, row.leader.1).to_owned(),
        target: amount(row.target, "unit"),
        actual: amount(row.actual, "unit"),
        attainment: Figure::rate(Some(rate(row.share)), "/explain"),
        bullet: bullet(name, row.share, row.standing),
        pace_gap: Some(rate(row.gap)),
        change: row.change.map_or(Change::Blank(Blank::NoBase), |change| Change::By(rate(change))),
        standing: row.standing,
    }
}

fn units(lang: Lang) -> UnitTable {
    let names = regions(lang);
    let rows = names
        .iter()
        .enumerate()
        .map(|(place, (name, code))| unit_row(lang, name, &format!("/targets/{code}"), place));
    let mut total = unit_row(lang, say(lang, "合计", "Total"), "", 0);
    total.leader = String::new();
    total.target = amount(17_200, "unit:all");
    total.actual = amount(12_684, "unit:all");
    total.attainment = Figure::rate(Some(rate(737)), "/explain");
    total.bullet = bullet(say(lang, "合计", "Total"), 737, Standing::Behind);
    total.bullet.tone = Tone::Info;
    total.pace_gap = Some(rate(-25));
    total.change = Change::By(rate(86));
    total.standing = Standing::Behind;
    UnitTable {
        beside: None,
        title: say(lang, "各大区达成", "Regions").to_owned(),
        level: say(lang, "大区", "Region").to_owned(),
        order: say(lang, "按完成率排序", "sorted by attainment").to_owned(),
        pace: Some(rate(762)),
        column: Column::Money(money::Column::Wan),
        sorts: sorts(lang),
        rows: rows.collect(),
        total,
    }
}

pub(super) fn sorts(lang: Lang) -> UnitSorts {
    let head = |zh, en, class, order| SortHead {
        text: say(lang, zh, en).to_owned(),
        href: "?sort=target".to_owned(),
        order,
        class,
    };
    UnitSorts {
        target: head("目标", "Target", "n", None),
        actual: head("实际", "Actual", "n", None),
        attainment: head("完成率", "Attainment", "n", Some(SortOrder::Descending)),
        pace_gap: head("进度差（百分点）", "Gap to pace (pp)", "n wide-only", None),
        change: head("同比", "Year on year", "n wide-only", None),
    }
}

const HEAT: [(&str, &str, [i64; 11]); 9] = [
    ("上海组", "Shanghai", [96, 101, 108, 112, 104, 99, 118, 107, 110, 103, 84]),
    ("苏州组", "Suzhou", [88, 92, 97, 104, 101, 95, 99, 121, 116, 108, 85]),
    ("杭州组", "Hangzhou", [91, 86, 94, 99, 106, 98, 102, 104, 97, 92, 77]),
    ("深圳组", "Shenzhen", [103, 97, 110, 95, 92, 88, 101, 109, 114, 99, 83]),
    ("北京组", "Beijing", [84, 90, 88, 93, 86, 91, 87, 94, 82, 85, 70]),
    ("天津组", "Tianjin", [79, 83, 85, 78, 81, 76, 84, 80, 77, 75, 64]),
    ("武汉组", "Wuhan", [92, 88, 84, 90, 96, 85, 83, 88, 91, 86, 73]),
    ("成都组", "Chengdu", [86, 81, 77, 83, 79, 74, 76, 72, 68, 69, 66]),
    ("沈阳组", "Shenyang", [74, 78, 71, 69, 76, 58, 70, 68, 66, 64, 45]),
];

pub(super) fn heat(lang: Lang) -> HeatTable {
    let rows = HEAT.iter().map(|(zh, en, shares)| {
        let last = shares.len() - 1;
        let cells = shares.iter().enumerate().map(|(place, share)| {
            let (attainment, explain) = (rate(share * 10), "/explain".to_owned());
            if place == last {
                HeatCell::Running { attainment, explain }
            } else {
                HeatCell::Closed { attainment, explain }
            }
        });
        HeatRow { unit: Link::new(say(lang, zh, en), "/targets/sh"), cells: cells.collect() }
    });
    HeatTable {
        caption: say(lang, "2026年团队月度完成率", "Attainment by team and month, 2026").to_owned(),
        months: (1..=11).map(|month| dacheng_text::date::month_name(lang, month)).collect(),
        rows: rows.collect(),
    }
}

fn readings(lang: Lang) -> Vec<Reading> {
    let reading =
        |tone, badge: &str, text: &str| Reading { badge: Badge::new(tone, badge), text: text.into() };
    match lang {
        Lang::Zh => vec![
            reading(Tone::Bad, "连续两月 <70%", "成都组、沈阳组，已触发红灯，改进计划见预警"),
            reading(Tone::Warn, "10月 <80%", "天津组 75%，改进计划待批准"),
            reading(Tone::Ok, "连续三月 ≥100%", "上海组、苏州组"),
        ],
        Lang::En => vec![
            reading(Tone::Bad, "two months <70%", "Chengdu, Shenyang: red alerts with improvement plans"),
            reading(Tone::Warn, "Oct <80%", "Tianjin 75%, plan to be accepted"),
            reading(Tone::Ok, "three months ≥100%", "Shanghai, Suzhou"),
        ],
    }
}
