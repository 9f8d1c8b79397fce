//! Sample pages of where everybody stands.

use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::{Metric, MetricSettings};
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, money};

use super::dashboard::{alerts, basis, sorts, unit_row};
use super::{Sample, amount, bullet, periods, rate, regions, sample, say, shell_at, wan};
use crate::charts::{Amounts, Bullet, MonthColumn, MonthColumns, Ranked, Ranking};
use crate::components::{
    Badged as _, Branch, Change, Column, Definition, Figure, Link, MetricPicker, PickerEntry, Sentence,
    SortHead, Standing, Tone, TreeRow, UnitTable, Value,
};
use crate::pages::targets::{
    CompositeView, Fact, MetricRow, NodePage, NodePanel, PersonPage, RankingPage, Said, SpanRow,
    TargetVersion, TreePage, TreeSorts,
};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let empty = TreePage { rows: Vec::new(), panel: None, ..tree(lang, theme) };
    let nobody = PersonPage {
        metrics: Vec::new(),
        spans: Vec::new(),
        ranking: None,
        months: None,
        conclusion: None,
        alerts: Some(Vec::new()),
        versions: Vec::new(),
        ..person(lang, theme)
    };
    vec![
        sample("/targets", tree(lang, theme)),
        sample("/targets/empty", empty),
        sample("/targets/hd", node(lang, theme)),
        sample("/targets/hd/people/1032", person(lang, theme)),
        sample("/me/targets/none", nobody),
        sample("/targets/all/ranking", ranking(lang, theme)),
    ]
}

pub(super) fn metrics(lang: Lang) -> MetricPicker {
    let entry = |zh, en, code: &str, current| PickerEntry {
        text: say(lang, zh, en).to_owned(),
        href: format!("?m={code}"),
        current,
        depth: 0,
    };
    MetricPicker {
        current: say(lang, "销售额", "Revenue").to_owned(),
        entries: vec![
            entry("销售额", "Revenue", "revenue", true),
            entry("回款额", "Collections", "collections", false),
            entry("新客户数", "New customers", "new_customers", false),
        ],
    }
}

/// The definition of a metric; one that a file is missing for where it is not revenue.
pub(super) fn definition(lang: Lang, of: Metric) -> Definition {
    Definition::at(lang, of, &MetricSettings::default(), Month::of(super::TODAY), of == Metric::Revenue)
}

fn tree_row(
    lang: Lang,
    depth: usize,
    name: &str,
    leader: &str,
    branch: Branch,
    figures: (i64, i64, i64, Standing),
) -> TreeRow {
    let (target, actual, share, standing) = figures;
    TreeRow {
        depth,
        name: name.to_owned(),
        href: "/targets/hd".to_owned(),
        leader: leader.to_owned(),
        branch,
        target: amount(target, "unit"),
        actual: amount(actual, "unit"),
        attainment: Figure::rate(Some(rate(share)), "/explain"),
        shortfall: amount((target - actual).max(0), "unit"),
        bullet: bullet(name, share, standing),
        state: standing.badge(&lang),
        chosen: false,
    }
}

/// The visible rows of the tree.
pub(super) fn rows(lang: Lang) -> Vec<TreeRow> {
    use Standing::{Behind, FarBehind, OnTrack};
    let open = || Branch::Open { fold: "?open=".to_owned() };
    let folded = || Branch::Folded { open: "?open=hd".to_owned() };
    let regions = regions(lang);
    let s = |zh, en| say(lang, zh, en);
    let mut rows = vec![
        tree_row(
            lang,
            0,
            s("华辰智控", "Huachen Controls"),
            s("沈立行", "Shen Lixing"),
            open(),
            (17_200, 12_684, 737, Behind),
        ),
        tree_row(lang, 1, regions[0].0, s("陆文博", "Lu Wenbo"), open(), (5_200, 4_286, 824, OnTrack)),
        tree_row(
            lang,
            2,
            s("上海组", "Shanghai"),
            s("刘洋", "Liu Yang"),
            folded(),
            (2_080, 1_747, 840, OnTrack),
        ),
        tree_row(
            lang,
            2,
            s("苏州组", "Suzhou"),
            s("王敏刚", "Wang Mingang"),
            open(),
            (1_760, 1_496, 850, OnTrack),
        ),
        tree_row(
            lang,
            3,
            s("王敏刚（组长）", "Wang Mingang (leader)"),
            "",
            Branch::Leaf,
            (780, 702, 900, OnTrack),
        ),
        tree_row(lang, 3, s("孙悦", "Sun Yue"), "", Branch::Leaf, (560, 486, 868, OnTrack)),
        tree_row(lang, 3, s("何嘉明", "He Jiaming"), "", Branch::Leaf, (420, 308, 733, Behind)),
        tree_row(
            lang,
            2,
            s("杭州组", "Hangzhou"),
            s("郭晓彤", "Guo Xiaotong"),
            folded(),
            (1_360, 1_043, 767, OnTrack),
        ),
        tree_row(lang, 1, regions[1].0, s("黄志鸿", "Huang Zhihong"), folded(), (3_800, 3_013, 793, OnTrack)),
        tree_row(lang, 1, regions[2].0, s("韩冬", "Han Dong"), folded(), (3_200, 2_195, 686, Behind)),
        tree_row(lang, 1, regions[3].0, s("彭岳", "Peng Yue"), folded(), (2_100, 1_478, 704, Behind)),
        tree_row(lang, 1, regions[4].0, s("罗婧", "Luo Jing"), folded(), (1_800, 1_217, 676, Behind)),
        tree_row(lang, 1, regions[5].0, s("佟海洋", "Tong Haiyang"), folded(), (1_100, 495, 450, FarBehind)),
    ];
    rows[1].chosen = true;
    rows
}

fn tree(lang: Lang, theme: Theme) -> TreePage {
    TreePage {
        shell: shell_at(lang, theme, Room::Targets, &[]),
        title: say(lang, "2026年11月 目标总览", "Targets, Nov 2026").to_owned(),
        basis: basis(lang),
        periods: periods(lang),
        metrics: metrics(lang),
        definition: definition(lang, Metric::Revenue),
        column: Column::Money(money::Column::Wan),
        sorts: tree_sorts(lang),
        rows: rows(lang),
        panel: Some(panel(lang)),
        ranking: "/targets/all/ranking?p=2026-11".to_owned(),
    }
}

fn tree_sorts(lang: Lang) -> TreeSorts {
    let head = |text: &str, class| SortHead {
        text: text.to_owned(),
        href: "?sort=target".to_owned(),
        order: None,
        class,
    };
    let named = lang.figures();
    TreeSorts {
        target: head(named.target(), "n wide-only"),
        actual: head(named.actual(), "n"),
        attainment: head(named.attainment(), "n"),
        shortfall: head(named.shortfall(), "n wide-only"),
    }
}

fn panel(lang: Lang) -> NodePanel {
    NodePanel {
        node: Link::new(regions(lang)[0].0, "/targets/hd"),
        leader: say(lang, "陆文博", "Lu Wenbo").to_owned(),
        state: Standing::OnTrack.badge(&lang),
        bullet: bullet(regions(lang)[0].0, 824, Standing::OnTrack),
        facts: facts(lang),
        below: Some(teams(lang)),
        alerts: Vec::new(),
    }
}

fn teams(lang: Lang) -> Ranking {
    let row = |place, zh, en, share, tone| Ranked {
        place: Some(place),
        name: Link::new(say(lang, zh, en), "/targets/sz"),
        attainment: Some(rate(share)),
        tone,
    };
    Ranking {
        subject: say(lang, "下级完成率", "Attainment below").to_owned(),
        rows: vec![
            row(1, "苏州组", "Suzhou", 850, Tone::Ok),
            row(2, "上海组", "Shanghai", 840, Tone::Ok),
            row(3, "杭州组", "Hangzhou", 767, Tone::Ok),
        ],
    }
}

fn facts(lang: Lang) -> Vec<Fact> {
    let fact = |zh, en, figure| Fact { name: say(lang, zh, en).to_owned(), said: Said::Figure(figure) };
    vec![
        fact("目标", "Target", amount(5_200, "unit:hd")),
        fact("实际", "Actual", amount(4_286, "unit:hd")),
        fact("完成率", "Attainment", Figure::rate(Some(rate(824)), "/explain")),
        fact("缺口", "Gap", amount(914, "unit:hd")),
        fact("日均需", "Needed per day", amount(183, "unit:hd")),
        fact("挑战值", "Stretch", amount(5_720, "unit:hd")),
    ]
}

pub(super) fn months(lang: Lang, subject: &str, scale: i64) -> MonthColumns {
    let figures = [
        (420, 404),
        (380, 384),
        (560, 605),
        (520, 548),
        (560, 571),
        (640, 626),
        (500, 590),
        (520, 561),
        (620, 688),
        (560, 577),
        (520, 429),
    ];
    let mut months: Vec<MonthColumn> = figures
        .iter()
        .zip(1_i8..)
        .map(|((target, actual), month)| MonthColumn {
            label: dacheng_text::date::month_name(lang, month),
            actual: Some(wan(actual * scale).0),
            target: Some(wan(target * scale).0),
            running: month == 11,
        })
        .collect();
    months.push(MonthColumn {
        label: dacheng_text::date::month_name(lang, 12),
        actual: None,
        target: Some(wan(680 * scale).0),
        running: false,
    });
    MonthColumns { subject: subject.to_owned(), months, amounts: Amounts::Money(money::Column::Wan) }
}

fn versions(lang: Lang) -> Vec<TargetVersion> {
    let version = |zh, en, text: (&str, &str), by: (&str, &str)| TargetVersion {
        version: say(lang, zh, en).to_owned(),
        text: say(lang, text.0, text.1).to_owned(),
        by: say(lang, by.0, by.1).to_owned(),
    };
    vec![
        version(
            "第 2 版",
            "Version 2",
            ("11月 500.0 → 520.0 万元", "Nov CNY 5.00M → 5.20M"),
            ("沈立行批准于 09-24，自 10月起生效", "accepted by Shen Lixing on 09-24, in force from Oct"),
        ),
        version(
            "第 1 版",
            "Version 1",
            ("全年 6,180.0 万元", "year CNY 61.80M"),
            ("2025-12-22 生效", "in force since 2025-12-22"),
        ),
    ]
}

fn node(lang: Lang, theme: Theme) -> NodePage {
    let names =
        [say(lang, "上海组", "Shanghai"), say(lang, "苏州组", "Suzhou"), say(lang, "杭州组", "Hangzhou")];
    let mut total = unit_row(lang, say(lang, "合计", "Total"), "", 0);
    total.leader = String::new();
    let company = say(lang, "华辰智控", "Huachen Controls");
    NodePage {
        rubrics: Vec::new(),
        shell: shell_at(
            lang,
            theme,
            Room::Targets,
            &[(say(lang, "目标总览", "Targets"), "/targets"), (company, "/targets/all")],
        ),
        name: regions(lang)[0].0.to_owned(),
        leader: say(lang, "陆文博 大区经理", "Lu Wenbo, region manager").to_owned(),
        state: Standing::OnTrack.badge(&lang),
        basis: basis(lang),
        periods: periods(lang),
        metrics: metrics(lang),
        definition: definition(lang, Metric::Revenue),
        ranking: "/targets/hd/ranking".to_owned(),
        conclusion: match lang {
            Lang::Zh => Sentence::new()
                .plain("本月已完成 ")
                .strong("428.6 万元")
                .plain("，完成率 82.4%，快于时间进度 6.2 个百分点，距目标差 ")
                .strong("91.4 万元")
                .plain("，剩余 5 个工作日日均需 18.3 万元。"),
            Lang::En => Sentence::new()
                .strong("CNY 4.29M")
                .plain(" so far this month, 82.4% of target and 6.2 pp ahead of pace; ")
                .strong("CNY 914.0k")
                .plain(" to go."),
        },
        bullet: bullet(regions(lang)[0].0, 824, Standing::OnTrack),
        facts: facts(lang),
        months: months(lang, say(lang, "2026年月度销售额", "Revenue by month, 2026"), 10),
        units: Some(UnitTable {
            beside: None,
            title: say(lang, "各小组达成", "Teams").to_owned(),
            level: say(lang, "小组", "Team").to_owned(),
            order: say(lang, "按完成率排序", "sorted by attainment").to_owned(),
            pace: Some(rate(762)),
            column: Column::Money(money::Column::Wan),
            sorts: sorts(lang),
            rows: names
                .iter()
                .enumerate()
                .map(|(place, name)| unit_row(lang, name, "/targets/sz", place))
                .collect(),
            total,
        }),
        alerts: Some(alerts(lang)),
        versions: versions(lang),
    }
}

fn person(lang: Lang, theme: Theme) -> PersonPage {
    let mut shell = shell_at(lang, theme, Room::MyTargets, &[]);
    shell.person = say(lang, "孙悦", "Sun Yue").to_owned();
    shell.post = say(lang, "销售专员", "Sales specialist").to_owned();
    let doors = [Room::Inbox, Room::MyTargets, Room::Targets, Room::Alerts];
    shell.doors.retain(|door| doors.contains(&door.room));
    shell.doors.push(crate::shell::Door::to(Room::MyTargets));
    PersonPage {
        rubrics: Vec::new(),
        shell,
        title: say(lang, "我的目标", "My targets").to_owned(),
        about: say(lang, "孙悦 · 销售专员 · 华东大区苏州组", "Sun Yue · sales specialist · East, Suzhou")
            .to_owned(),
        basis: basis(lang),
        composite: Some(CompositeView {
            rate: "98.0%".to_owned(),
            said: lang.owner_targets().composite_said().to_owned(),
            items: vec![(
                say(lang, "销售额", "Revenue").to_owned(),
                lang.owner_targets().weight_is(50),
                "110.0%".to_owned(),
            )],
        }),
        periods: periods(lang),
        conclusion: Some(match lang {
            Lang::Zh => Sentence::new()
                .plain("销售额还差 ")
                .strong("14.1 万元")
                .plain("，剩 5 个工作日，日均需 ")
                .strong("2.8 万元")
                .plain("。新客户已达成。"),
            Lang::En => Sentence::new()
                .strong("CNY 141.0k")
                .plain(" of revenue to go in 5 working days, ")
                .strong("CNY 28.2k")
                .plain(" a day. New customers are reached."),
        }),
        metrics: metric_rows(lang),
        spans: spans(lang),
        column: Column::Money(money::Column::Wan),
        choices: metrics(lang),
        definition: definition(lang, Metric::ConversionRate),
        ranking: Some("/targets/hd/ranking".to_owned()),
        months: Some(months(lang, say(lang, "2026年月度销售额", "Revenue by month, 2026"), 1)),
        alerts: Some(Vec::new()),
        versions: versions(lang),
    }
}

fn spans(lang: Lang) -> Vec<SpanRow> {
    let row = |zh, en, target, actual, share, needed| SpanRow {
        period: Link::new(say(lang, zh, en), "/me/targets?p=2026-11"),
        metric: say(lang, "销售额", "Revenue").to_owned(),
        target: amount(target, "member:1032"),
        actual: amount(actual, "member:1032"),
        attainment: Figure::rate(Some(rate(share)), "/explain"),
        needed: Said::Figure(amount(needed, "member:1032")),
        state: Standing::Behind.badge(&lang),
    };
    vec![
        row("2026年11月", "Nov 2026", 500, 359, 718, 28),
        row("2026年Q4", "Q4 2026", 1_500, 859, 573, 24),
        row("2026年", "2026", 6_180, 5_400, 874, 29),
    ]
}

fn metric_rows(lang: Lang) -> Vec<MetricRow> {
    let money = |tenths| amount(tenths, "member:1032");
    let count = |number: i64| {
        Figure::explained(Value::Count(number, say(lang, "家", "customers").to_owned()), "/explain")
    };
    let share = |tenths| Figure::rate(Some(rate(tenths)), "/explain");
    let over = Bullet { pace: Some(rate(762)), ..bullet("", 1_375, Standing::OnTrack) };
    let revenue = MetricRow {
        metric: say(lang, "销售额", "Revenue").to_owned(),
        target: money(500),
        average: None,
        actual: money(359),
        attainment: share(718),
        nps: None,
        bullet: bullet(say(lang, "销售额", "Revenue"), 718, Standing::Behind),
        shortfall: money(141),
        needed: Some(Said::Figure(money(28))),
        change_name: lang.figures().year_on_year().to_owned(),
        change: Change::By(rate(86)),
        state: Standing::Behind.badge(&lang),
    };
    vec![
        MetricRow {
            metric: say(lang, "回款额", "Collections").to_owned(),
            actual: money(402),
            attainment: share(804),
            bullet: bullet(say(lang, "回款额", "Collections"), 804, Standing::OnTrack),
            change: Change::Blank(Blank::Newcomer),
            state: Standing::OnTrack.badge(&lang),
            ..revenue.clone()
        },
        MetricRow {
            metric: say(lang, "新客户数", "New customers").to_owned(),
            target: count(8),
            average: Some(say(lang, "月均 8 家", "8 a month").to_owned()),
            actual: count(11),
            attainment: share(1_375),
            nps: None,
            bullet: over,
            shortfall: count(0),
            needed: Some(Said::Words(lang.states().reached().to_owned())),
            change_name: lang.figures().year_on_year().to_owned(),
            change: Change::By(rate(-83)),
            state: Standing::OnTrack.badge(&lang),
        },
        revenue,
    ]
}

/// People from the best down.
pub(super) fn people(lang: Lang) -> Ranking {
    let names = [
        ("陈思远", "Chen Siyuan", Some(1_284), Tone::Ok),
        ("王敏刚", "Wang Mingang", Some(900), Tone::Ok),
        ("孙悦", "Sun Yue", Some(868), Tone::Ok),
        ("赵敏", "Zhao Min", Some(868), Tone::Ok),
        ("周子航", "Zhou Zihang", Some(702), Tone::Warn),
        (
            "一位名字特别长的外籍销售专员 Alexandrescu",
            "Konstantin Alexandrescu-Vasilopoulos",
            Some(433),
            Tone::Bad,
        ),
        ("林可欣", "Lin Kexin", None, Tone::None),
    ];
    let places = [1, 2, 3, 3, 5, 6, 7];
    let rows = names.into_iter().zip(places).map(|((zh, en, share, tone), place)| Ranked {
        place: share.map(|_| place),
        name: Link::new(say(lang, zh, en), "/targets/hd/people/1032"),
        attainment: share.map(rate),
        tone,
    });
    Ranking { subject: say(lang, "个人完成率", "Attainment by person").to_owned(), rows: rows.collect() }
}

fn ranking(lang: Lang, theme: Theme) -> RankingPage {
    let level = |zh, en, code: &str, current| PickerEntry {
        text: say(lang, zh, en).to_owned(),
        href: format!("?level={code}"),
        current,
        depth: 0,
    };
    RankingPage {
        shell: shell_at(lang, theme, Room::Targets, &[(say(lang, "目标总览", "Targets"), "/targets")]),
        title: say(lang, "2026年11月 销售额排名", "Revenue ranking, Nov 2026").to_owned(),
        basis: basis(lang),
        periods: periods(lang),
        metrics: metrics(lang),
        definition: definition(lang, Metric::Revenue),
        levels: vec![
            level("个人", "People", "people", true),
            level("小组", "Teams", "teams", false),
            level("大区", "Regions", "regions", false),
        ],
        shown_to: say(lang, "全员可见", "shown to everybody").to_owned(),
        ranking: people(lang),
    }
}
