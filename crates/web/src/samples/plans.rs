//! Sample pages of planning.

use dacheng_domain::planning::State;
use dacheng_text::{Lang, money};

use super::{Sample, amount, rate, sample, say, scopes, shell_at, wan};
use crate::charts::Amounts;
use crate::components::{
    Change, Choice, Conflict, ConflictRow, Figure, Input, Link, Moment, Note, PickerEntry, Sentence, Stage,
    Timeline, Tone, Value,
};
use crate::pages::plans::{
    Act, Balance, BelowForm, Coverage, Grid, GridCell, GridLine, GridRow, HeirRow, LockRow, LocksForm,
    NewPlan, PlanPage, PlanRow, PlansPage, RowKind, Sight, SpreadForm, SpreadOutcome, SpreadRow, TotalForm,
};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let empty = PlansPage { plans: Vec::new(), ..list(lang, theme) };
    let mut preview = draft(lang, theme);
    if let Some(spread) = &mut preview.spread {
        spread.outcome = Some(outcome(lang));
    }
    vec![
        sample("/plans", list(lang, theme)),
        sample("/plans/empty", empty),
        sample("/plans/2027", draft(lang, theme)),
        sample("/plans/2027/preview", preview),
        sample("/plans/2027/wrong", wrong(lang, theme)),
        sample("/plans/2027/stale", stale(lang, theme)),
        sample("/plans/2027/start", start(lang, theme)),
        sample("/plans/2026", in_force(lang, theme)),
    ]
}

fn list(lang: Lang, theme: Theme) -> PlansPage {
    let row = |code: &str, name: (&str, &str), state, total, open, covered: &str| PlanRow {
        plan: Link::new(say(lang, name.0, name.1), format!("/plans/{code}")),
        code: code.to_owned(),
        basis: say(lang, "签约日确认，含税", "at signing, with tax").to_owned(),
        state,
        total: Figure::plain(Value::Money(wan(total))),
        open: Figure::plain(Value::Money(wan(open))),
        covered: covered.to_owned(),
    };
    PlansPage {
        shell: shell_at(lang, theme, Room::Plans, &[]),
        plans: vec![
            row("2027", ("2027 年度目标", "Targets of 2027"), State::Draft, 214_000, 1_860, "58"),
            row("2027-B", ("进取方案", "Ambitious"), State::Review, 236_000, 0, "60"),
            row("2026", ("2026 年度目标", "Targets of 2026"), State::InForce, 186_000, 0, "60"),
            row("2025", ("2025 年度目标", "Targets of 2025"), State::Archived, 162_000, 0, "54"),
        ],
        new: Some(new_plan(lang)),
    }
}

fn new_plan(lang: Lang) -> NewPlan {
    let choice = |value: &str, zh, en| Choice::new(value, say(lang, zh, en));
    NewPlan {
        years: vec![choice("2027", "2027年", "2027"), choice("2028", "2028年", "2028")],
        year: Input::of("2027"),
        name: Input::default(),
        code: Input::default(),
        recognised_at: Input::of("signing"),
        tax: Input::of("included"),
        recognitions: vec![
            choice("signing", "签约日", "signing"),
            choice("shipment", "发货日", "shipment"),
            choice("invoice", "开票日", "invoice"),
        ],
        taxes: vec![choice("included", "含税", "with tax"), choice("excluded", "不含税", "without tax")],
        open: false,
    }
}

const PARENT: [i64; 12] = [420, 380, 560, 520, 560, 640, 500, 520, 620, 560, 640, 680];

type Person = (&'static str, &'static str, &'static str, &'static str, Option<i64>, [i64; 12]);

const TEAM: [Person; 4] = [
    (
        "上海组",
        "Shanghai",
        "刘洋",
        "Liu Yang",
        Some(1_883),
        [168, 152, 217, 208, 223, 257, 200, 208, 248, 223, 253, 272],
    ),
    (
        "苏州组",
        "Suzhou",
        "王敏刚",
        "Wang Mingang",
        Some(1_816),
        [139, 125, 185, 172, 185, 211, 173, 172, 205, 185, 211, 224],
    ),
    (
        "杭州组",
        "Hangzhou",
        "郭晓彤",
        "Guo Xiaotong",
        Some(1_483),
        [113, 103, 152, 140, 152, 172, 135, 140, 167, 152, 172, 184],
    ),
    ("南京组（新设）", "Nanjing (new)", "林可欣", "Lin Kexin", None, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
];

fn wan_whole(value: i64) -> i64 {
    wan(value * 10).0
}

fn quarters(months: &[i64; 12]) -> [Option<i64>; 4] {
    std::array::from_fn(|quarter| Some(months[quarter * 3..quarter * 3 + 3].iter().sum()))
}

fn line(months: [i64; 12], last_year: Option<i64>) -> GridLine {
    GridLine {
        last_year,
        months: months.map(Some),
        quarters: quarters(&months),
        total: Some(months.iter().sum()),
    }
}

fn grid(lang: Lang) -> Grid {
    let parent = PARENT.map(wan_whole);
    let sums: [i64; 12] =
        std::array::from_fn(|month| TEAM.iter().map(|person| wan_whole(person.5[month])).sum());
    let difference: [i64; 12] = std::array::from_fn(|month| sums[month] - parent[month]);
    let rows = TEAM.iter().enumerate().map(|(place, (zh, en, leader, leader_en, last, months))| {
        let scaled = months.map(wan_whole);
        let newcomer = last.is_none();
        let cell = |month: usize| GridCell {
            value: (!newcomer || month > 5).then_some(scaled[month]),
            lock: (place == 1 && month < 3).then(|| {
                say(lang, "沈立行锁定：一季度已与客户签约", "Locked by Shen Lixing: signed with customers")
                    .to_owned()
            }),
            changed: place == 0 && month == 1,
            entry: None,
        };
        let total: i64 = scaled.iter().sum();
        GridRow {
            kind: RowKind::Child,
            name: Link::new(say(lang, zh, en), "?at=sz"),
            note: say(lang, leader, leader_en).to_owned(),
            last_year: last.map(wan_whole),
            months: std::array::from_fn(cell),
            quarters: quarters(&scaled),
            total: Some(total),
            change: match last {
                Some(last) => Change::By(rate((total - wan_whole(*last)) * 1000 / wan_whole(*last))),
                None => Change::Blank(dacheng_text::rate::Blank::Newcomer),
            },
        }
    });
    let group = GridRow {
        kind: RowKind::Group,
        name: Link::new(say(lang, "华东大区", "East"), ""),
        note: say(lang, "合计", "sum").to_owned(),
        last_year: Some(wan_whole(5_182)),
        months: std::array::from_fn(|month| GridCell { value: Some(sums[month]), ..GridCell::default() }),
        quarters: quarters(&sums),
        total: Some(sums.iter().sum()),
        change: Change::By(rate(273)),
    };
    Grid {
        caption: say(lang, "华东大区 2027年销售额目标分解", "East, revenue targets of 2027").to_owned(),
        amounts: Amounts::Money(money::Column::WholeWan),
        first_month: 1,
        parent: line(parent, Some(wan_whole(5_182))),
        difference: line(difference, None),
        rows: [group].into_iter().chain(rows).collect(),
        scale: None,
    }
}

fn draft(lang: Lang, theme: Theme) -> PlanPage {
    let s = |zh, en| say(lang, zh, en);
    let unbalanced = s(
        "3 个月未平衡：3月 −6，7月 +8，11月 −4。平衡后可提交。",
        "3 months do not balance: Mar −6, Jul +8, Nov −4. Submit when they do.",
    );
    let metric = |zh, en, code: &str, current| PickerEntry {
        text: s(zh, en).to_owned(),
        href: format!("?m={code}"),
        current,
        depth: 0,
    };
    PlanPage {
        shell: shell_at(lang, theme, Room::Plans, &[(s("目标分解", "Planning"), "/plans"), (s("2027年度", "Plan 2027"), "/plans/2027")]),
        path: "/plans/2027".to_owned(),
        title: s("2027年度 销售额目标分解 · 华东大区", "Plan 2027, revenue · East").to_owned(),
        about: s("第 7 版草稿 · 签约口径，含税 · 上级目标由沈立行于 11-18 下达 · 11-30 24:00 截止", "Draft, version 7 · at signing, with tax · target handed down by Shen Lixing on 11-18 · due 11-30 24:00").to_owned(),
        state: State::Draft,
        at: "hd".to_owned(),
        metric: "revenue".to_owned(),
        metrics: vec![metric("销售额", "Revenue", "revenue", true), metric("回款额", "Collections", "collections", false)],
        scopes: Some(scopes(lang)),
        balance: Balance {
            target: amount(66_000, "unit:hd"),
            allocated: Some(amount(65_980, "unit:hd")),
            difference: Some(Figure::plain(Value::Money(wan(-20)))),
            declared: Some(s("逐级累计分配 105.0%", "105.0% given out over the levels").to_owned()),
            marks: vec![(s("保底值", "Floor").to_owned(), Figure::plain(Value::Money(wan(59_400))))],
            change: Change::By(rate(273)),
            note: Some(Note::new(Tone::Warn, unbalanced).with_id("unbalanced")),
        },
        grid: Some(grid(lang)),
        total: Some(total_form(lang)),
        spread: Some(spread_form(lang)),
        sight: Sight::Breakdown,
        edit: Some("/plans/2027?at=hd&edit=all".to_owned()),
        cells: None,
        below: Some(BelowForm {
            version: "7".to_owned(),
            methods: vec![Choice::new("last_year", s("按去年实际占比", "Share of last year"))],
            method: Input::of("last_year"),
            rounding: Input::of("0.01"),
            unit: s("万元", "CNY").to_owned(),
            conflict: None,
        }),
        locks: Some(locks_form(lang)),
        copy: Some("/plans/2027/copy".to_owned()),
        compare: Some("/plans/compare?plan=2027&plan=2027-B".to_owned()),
        origin: Some(super::scenarios::origin(lang)),
        wrong: crate::components::ErrorSummary::default(),
        acts: vec![Act {
            version: "7".to_owned(),
            conflict: None,
            action: "/plans/2027/submit".to_owned(),
            text: s("提交评审", "Submit for review").to_owned(),
            main: true,
            blocked: Some(unbalanced.to_owned()),
            reason: None,
            hint: Some((
                lang.smart().on_submit(8, 2, 0),
                crate::components::Link::new(lang.smart().look(), "/plans/2027/smart"),
            )),
            archives: None,
        }],
        coverage: Some(coverage(lang)),
        history: history(lang),
        owners: "/plans/2027/owners?at=hd".to_owned(),
        import: Some("/imports/new?kind=targets".to_owned()),
        proposal: Some("/plans/2027/proposal?metric=revenue".to_owned()),
    }
}

fn coverage(lang: Lang) -> Coverage {
    let gap =
        |zh, en, what: (&str, &str)| (say(lang, zh, en).to_owned(), say(lang, what.0, what.1).to_owned());
    Coverage {
        said: say(lang, "58 / 60 人目标齐全", "58 of 60 people carry a whole target").to_owned(),
        uncovered: vec![
            gap("林可欣", "Lin Kexin", ("销售额 1–6月", "Revenue, Jan–Jun")),
            gap("何嘉明", "He Jiaming", ("回款额 全年", "Collections, all year")),
        ],
        more: None,
    }
}

pub(super) fn history(lang: Lang) -> Timeline {
    let moment = |stage, text: (&str, &str), detail: (&str, &str)| Moment {
        stage,
        text: Sentence::from(say(lang, text.0, text.1)),
        detail: say(lang, detail.0, detail.1).to_owned(),
    };
    Timeline {
        moments: vec![
            moment(
                Stage::Done,
                ("沈立行新建计划", "Shen Lixing opened the plan"),
                ("11-16 10:02", "11-16 10:02"),
            ),
            moment(
                Stage::Done,
                ("下达大区目标", "Region targets handed down"),
                ("11-18 17:40", "11-18 17:40"),
            ),
            moment(
                Stage::Current,
                ("陆文博分解到小组与个人", "Lu Wenbo breaks it down"),
                ("剩 5 个工作日 · 11-30 24:00 截止", "5 working days left · due 11-30 24:00"),
            ),
            moment(Stage::Waiting, ("评审", "Review"), ("总监以上批准", "by an executive")),
            moment(
                Stage::Waiting,
                ("生效（锁定）", "In force (locked)"),
                ("之后只能走目标调整", "afterwards only by adjustment"),
            ),
        ],
    }
}

fn total_form(lang: Lang) -> TotalForm {
    let months = (1..=12)
        .zip(PARENT)
        .map(|(month, value)| (dacheng_text::date::month_name(lang, month), Input::of(value.to_string())));
    TotalForm {
        version: "7".to_owned(),
        amount: Input::of("6,600"),
        floor: Input::of("5,940"),
        stretch: Input::of("7,260"),
        by: Input::of("season"),
        ways: vec![
            Choice::new("season", say(lang, "按去年的季节分布", "By last year's season")),
            Choice::new("own", say(lang, "逐月填写", "As filled in below")),
        ],
        rounding: Input::of("1"),
        months: months.collect(),
        unit: say(lang, "万元", "CNY").to_owned(),
        conflict: None,
    }
}

fn locks_form(lang: Lang) -> LocksForm {
    LocksForm {
        owners: vec![Choice::new("unit:sz", say(lang, "苏州组", "Suzhou"))],
        owner: Input::default(),
        months: vec![
            Choice::new("", say(lang, "全年", "The whole year")),
            Choice::new("2027-01", say(lang, "1月", "Jan")),
        ],
        month: Input::default(),
        reason: Input::default(),
        locks: vec![LockRow {
            owner: "unit:sz".to_owned(),
            month: "2027-01".to_owned(),
            what: say(lang, "苏州组 1月", "Suzhou, Jan").to_owned(),
            why: say(lang, "沈立行：一季度已与客户签约", "Shen Lixing: signed with customers").to_owned(),
        }],
    }
}

fn spread_form(lang: Lang) -> SpreadForm {
    let choice = |value: &str, zh, en| Choice::new(value, say(lang, zh, en));
    let heir = |code: &str, zh, en, maximum: &str| HeirRow {
        owner: format!("unit:{code}"),
        name: say(lang, zh, en).to_owned(),
        takes: None,
        number: Input::default(),
        minimum: Input::default(),
        maximum: Input::of(maximum),
    };
    SpreadForm {
        version: "7".to_owned(),
        methods: vec![
            choice("last_year", "按去年实际占比", "Share of last year"),
            choice("growth", "去年实际 × 增长系数", "Last year × growth"),
            choice("capacity", "人均产能 × 人数（新人按爬坡）", "Capacity × headcount with ramp"),
            choice("even", "平均（按在岗月数）", "Evenly, by months there"),
            choice("own", "自定义权重（市场潜力等）", "Own weights, such as potential"),
        ],
        method: Input::of("last_year"),
        blend: Input::of("60%"),
        unit: Input::of("1"),
        reserve: Input::default(),
        buffer: Input::of("5%"),
        heirs: vec![heir("sh", "上海组", "Shanghai", "2,400"), heir("sz", "苏州组", "Suzhou", "")],
        heading: say(lang, "万元", "CNY").to_owned(),
        outcome: None,
        open: true,
    }
}

fn outcome(lang: Lang) -> SpreadOutcome {
    let row = |zh, en, weight: (&str, &str), before: Option<i64>, after, bound: (&str, &str)| SpreadRow {
        name: say(lang, zh, en).to_owned(),
        weight: say(lang, weight.0, weight.1).to_owned(),
        before: before.map(wan_whole),
        after: wan_whole(after),
        bound: say(lang, bound.0, bound.1).to_owned(),
    };
    SpreadOutcome::Preview {
        rows: vec![
            row("上海组", "Shanghai", ("近 3 年 36.3%", "36.3% of 3 years"), Some(2_629), 2_398, ("", "")),
            row(
                "苏州组",
                "Suzhou",
                ("近 3 年 35.0%", "35.0% of 3 years"),
                Some(2_187),
                2_313,
                ("一季度锁定 449", "Q1 locked at 449"),
            ),
            row("杭州组", "Hangzhou", ("近 3 年 28.6%", "28.6% of 3 years"), Some(1_782), 1_889, ("", "")),
            row(
                "南京组（新设）",
                "Nanjing (new)",
                ("无历史", "no history"),
                None,
                0,
                ("下限 0", "minimum 0"),
            ),
        ],
        amounts: Amounts::Money(money::Column::WholeWan),
        remainder: Some(
            say(
                lang,
                "不足 1 万元的余数 3,400.00 元由上海组承担。",
                "Shanghai carries the odd remainder of CNY 3,400.00.",
            )
            .to_owned(),
        ),
        again: vec![("method".to_owned(), "last_year".to_owned())],
        conflict: None,
    }
}

/// Somebody else saved the total first.
fn stale(lang: Lang, theme: Theme) -> PlanPage {
    let mut page = draft(lang, theme);
    let conflict = Some(Conflict {
        saved_by: say(lang, "王敏刚 15:31", "Wang Mingang 15:31").to_owned(),
        rows: vec![ConflictRow {
            field: say(lang, "苏州组 4月", "Suzhou, Apr").to_owned(),
            mine: "182".to_owned(),
            theirs: "172".to_owned(),
        }],
        version: "8".to_owned(),
        discard: "/plans/2027?at=hd".to_owned(),
    });
    if let Some(total) = &mut page.total {
        total.conflict = conflict;
    }
    page
}

fn wrong(lang: Lang, theme: Theme) -> PlanPage {
    let mut page = draft(lang, theme);
    if let Some(total) = &mut page.total {
        total.amount =
            Input::wrong("6,600.123", say(lang, "目标值最多两位小数", "The target has at most two decimals"));
        total.months[2].1 = Input::wrong("五百六", say(lang, "3月：不是数字", "Mar: not a number"));
    }
    if let Some(spread) = &mut page.spread {
        let text = say(
            lang,
            "无法分配：锁定后剩 12.4 万元，3 人上限合计 9.0 万元，差 3.4 万元。没有任何改动。",
            "Cannot be broken down: 124k left after locks, the maxima of 3 people sum to 90k, 34k short. Nothing changed.",
        );
        spread.outcome = Some(SpreadOutcome::Infeasible(Note::new(Tone::Bad, text)));
    }
    page
}

fn start(lang: Lang, theme: Theme) -> PlanPage {
    let mut page = draft(lang, theme);
    page.grid = None;
    page.spread = None;
    page.below = None;
    page.locks = None;
    page.edit = None;
    if let Some(total) = &mut page.total {
        (total.amount, total.floor, total.stretch) = (Input::default(), Input::default(), Input::default());
        total.months.iter_mut().for_each(|(_, month)| *month = Input::default());
    }
    page.balance.note = Some(Note::new(Tone::None, say(lang, "先设定目标。", "Set the target first.")));
    page
}

fn in_force(lang: Lang, theme: Theme) -> PlanPage {
    let s = |zh, en| say(lang, zh, en);
    let mut page = draft(lang, theme);
    page.title = s("2026年度 销售额目标分解 · 华东大区", "Plan 2026, revenue · East").to_owned();
    page.state = State::InForce;
    page.total = None;
    page.spread = None;
    page.below = None;
    page.locks = None;
    page.edit = None;
    page.import = None;
    page.balance.note = Some(Note::new(
        Tone::Ok,
        s(
            "各月均与上级目标一致。目标已锁定，调整请走目标调整流程。",
            "Every month sums to the target. Targets are locked; changes go through an adjustment.",
        ),
    ));
    page.acts = vec![Act {
        action: "/plans/2026/archive".to_owned(),
        version: "3".to_owned(),
        conflict: None,
        text: s("归档 2026年度计划", "Archive the plan of 2026").to_owned(),
        main: false,
        blocked: Some(
            s("2026年度尚未结束，2027-01-01 起可归档。", "The year is not over; possible from 2027-01-01.")
                .to_owned(),
        ),
        reason: Some((s("归档原因", "Why it is archived").to_owned(), Input::default())),
        hint: None,
        archives: None,
    }];
    page.coverage = page.coverage.map(|coverage| Coverage { uncovered: Vec::new(), ..coverage });
    page
}
