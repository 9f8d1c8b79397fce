//! Sample pages of scenarios: side by side, copied, merged.

use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::State;
use dacheng_text::{Lang, metric, money};

use super::{Sample, sample, say, shell_at, wan};
use crate::components::{
    Badged as _, Branch, Choice, Column, Conflict, ConflictRow, Empty, ErrorSummary, Figure, Input, Link,
    PickerEntry, Value,
};
use crate::pages::plans::Origin;
use crate::pages::scenarios::{
    Choosing, CompareContent, ComparePage, CopyOutcome, CopyPage, Head, MergeOutcome, MergePage, MergeRow,
    PayForm, SideBySide, SideCell, SideRow,
};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let texts = lang.scenarios();
    let of = |content| ComparePage { content, ..compare(lang, theme) };
    let empty = of(CompareContent::Empty(Empty::not_yet(texts.nothing(), texts.nothing_hint())));
    let said = lang.scenarios_refused().how_many().to_owned();
    let errors = vec![(Some("choosing".to_owned()), said)];
    let refused = of(CompareContent::Refused(ErrorSummary { errors }));
    let mut wrong = copy(lang, theme);
    let said = lang.proposal().not_a_rate().to_owned();
    wrong.preview = None;
    wrong.growth[0].2 = Input::wrong("viel", said.clone());
    wrong.wrong = ErrorSummary { errors: vec![(Some("growth-revenue".to_owned()), said)] };
    let mut stale = merge(lang, theme);
    if let Some(preview) = &mut stale.preview {
        preview.conflict = Some(conflict(lang));
    }
    let mut refused_merge = merge(lang, theme);
    refused_merge.preview = None;
    let said = lang.scenarios_refused().elsewhere(say(lang, "华东大区", "East"));
    refused_merge.wrong = ErrorSummary { errors: vec![(None, said)] };
    vec![
        sample("/plans/compare", compare(lang, theme)),
        sample("/plans/compare/empty", empty),
        sample("/plans/compare/refused", refused),
        sample("/plans/2026/copy", copy(lang, theme)),
        sample("/plans/2026/copy/wrong", wrong),
        sample("/plans/merge", merge(lang, theme)),
        sample("/plans/merge/stale", stale),
        sample("/plans/merge/refused", refused_merge),
    ]
}

/// Which plan the sample plan was copied from, and who did not come along.
pub(super) fn origin(lang: Lang) -> Origin {
    Origin {
        from: Link::new(lang.scenarios().origin(say(lang, "2026年度", "Plan 2026"), "2026"), "/plans/2026"),
        not_taken: vec![left(lang)],
    }
}

fn left(lang: Lang) -> String {
    let texts = lang.scenarios();
    texts.not_taken(
        say(lang, "王敏刚", "Wang Mingang"),
        texts.why_left(),
        metric::name(lang, Metric::Revenue),
        12,
        say(lang, "182.0 万元", "CNY 1.82m"),
        texts.became_reserve(say(lang, "苏州组", "Suzhou")),
    )
}

fn amount(tenths: i64) -> Figure {
    Figure::plain(Value::Money(wan(tenths)))
}

fn compare(lang: Lang, theme: Theme) -> ComparePage {
    let texts = lang.scenarios();
    let revenue = metric::name(lang, Metric::Revenue);
    let plan = |code: &str, zh, en, chosen| {
        (code.to_owned(), texts.plan_said(say(lang, zh, en), code, State::Draft.badge(&lang).text), chosen)
    };
    ComparePage {
        shell: shell_at(lang, theme, Room::Plans, &[(say(lang, "目标分解", "Planning"), "/plans")]),
        title: texts.title(say(lang, "2027年度", "2027"), revenue),
        metrics: vec![PickerEntry {
            text: revenue.to_owned(),
            href: "/plans/compare".to_owned(),
            current: true,
            depth: 0,
        }],
        choosing: Choosing {
            metric: "revenue".to_owned(),
            plans: vec![
                plan("2027-A", "基准方案", "Base", true),
                plan("2027-B", "保守方案", "Cautious", true),
                plan("2027-C", "挑战方案", "Ambitious", false),
            ],
        },
        content: CompareContent::Side(Box::new(side(lang))),
    }
}

fn side(lang: Lang) -> SideBySide {
    let texts = lang.scenarios();
    let head = |place: usize, zh, en, code: &str| Head {
        plan: Link::new(say(lang, zh, en), format!("/plans/{code}")),
        state: State::Draft.badge(&lang),
        facts: vec![
            (lang.figures().target().to_owned(), say(lang, "2.35 亿元", "CNY 235m").to_owned()),
            (lang.forecast().chance().to_owned(), "54%".to_owned()),
            (texts.load().to_owned(), "104.2%".to_owned()),
            (texts.pay_at_target().to_owned(), say(lang, "258.5 万元", "CNY 2.585m").to_owned()),
            (texts.pay_expected().to_owned(), "—".to_owned()),
        ],
        choose: Some(format!("/plans/{code}#way")),
        pay: Some(PayForm {
            action: format!("/plans/{code}/pay"),
            rate_id: format!("rate-{place}"),
            beyond_id: format!("beyond-{place}"),
            version: "1".to_owned(),
            back: "/plans/compare?plan=2027-A&plan=2027-B".to_owned(),
            rate: Input::of("1.1"),
            beyond: Input::of("2.5"),
        }),
    };
    let cell = |tenths, apart: Option<&str>| SideCell {
        amount: amount(tenths),
        apart: apart.map(str::to_owned),
        said: vec![texts.chance_said("54%"), texts.load_said("104.2%")],
    };
    let row = |depth, name: &str, branch, tenths| SideRow {
        depth,
        name: name.to_owned(),
        branch,
        capacity: amount(tenths - 900),
        cells: vec![
            cell(tenths, None),
            cell(tenths - 1_000, Some(say(lang, "-100 万元（-7.0%）", "-1m (-7.0%)"))),
        ],
        merge: Some("/plans/merge?from=2027-B&into=2027-A&owner=unit:hd".to_owned()),
    };
    let here = || "/plans/compare".to_owned();
    SideBySide {
        heads: vec![head(0, "基准方案", "Base", "2027-A"), head(1, "保守方案", "Cautious", "2027-B")],
        column: Column::Money(money::Column::Wan),
        rows: vec![
            row(0, say(lang, "公司", "Company"), Branch::Open { fold: here() }, 235_000),
            row(1, say(lang, "华东大区", "East"), Branch::Folded { open: here() }, 66_000),
            row(1, say(lang, "周子衡", "Zhou Ziheng"), Branch::Leaf, 1_800),
        ],
        notes: vec![
            texts.how_apart(say(lang, "基准方案", "Base")),
            texts.how_load(say(lang, "32.1 万元", "CNY 321k")),
            texts.how_load_none().to_owned(),
            texts.how_pay().to_owned(),
        ],
        proof: vec![(lang.forecast().history().to_owned(), lang.forecast().history_said(34))],
    }
}

fn copy(lang: Lang, theme: Theme) -> CopyPage {
    let texts = lang.scenarios();
    let crumbs =
        [(say(lang, "目标分解", "Planning"), "/plans"), (say(lang, "2026年度", "Plan 2026"), "/plans/2026")];
    let revenue = metric::name(lang, Metric::Revenue);
    CopyPage {
        shell: shell_at(lang, theme, Room::Plans, &crumbs),
        title: texts.copy_title(say(lang, "2026年度", "Plan 2026")),
        path: "/plans/2026/copy".to_owned(),
        years: vec![
            Choice::new("2026", texts.same_year(say(lang, "2026年度", "2026"))),
            Choice::new("2027", texts.forward(say(lang, "2027年度", "2027"))),
        ],
        year: Input::of("2027"),
        code: Input::default(),
        name: Input::default(),
        growth: vec![("growth-revenue".to_owned(), texts.growth_of(revenue), Input::of("8"))],
        leavers: (
            Input::of("reserve"),
            vec![
                Choice::new("reserve", texts.leavers_reserve()),
                Choice::new("siblings", texts.leavers_siblings()),
            ],
        ),
        locks: (
            Input::of("left"),
            vec![Choice::new("kept", texts.locks_kept()), Choice::new("left", texts.locks_left())],
        ),
        preview: Some(CopyOutcome {
            about: texts.new_code("2027", say(lang, "2027年度", "2027")),
            metrics: vec![[
                revenue.to_owned(),
                say(lang, "186,000,000.00 元", "CNY 186,000,000.00").to_owned(),
                say(lang, "201,000,000.00 元", "CNY 201,000,000.00").to_owned(),
                "77".to_owned(),
            ]],
            not_taken: vec![left(lang)],
        }),
        wrong: ErrorSummary::default(),
    }
}

fn merge(lang: Lang, theme: Theme) -> MergePage {
    let texts = lang.scenarios();
    let east = say(lang, "华东大区", "East");
    let plan = |code: &str, zh, en| Choice::new(code, say(lang, zh, en));
    let row = |name: &str, part| MergeRow {
        name: name.to_owned(),
        part,
        old: amount(66_000),
        new: amount(69_000),
        change: "+3,000.0".to_owned(),
    };
    MergePage {
        shell: shell_at(lang, theme, Room::Plans, &[(say(lang, "目标分解", "Planning"), "/plans")]),
        title: texts.merge_title(east),
        owner: "unit:hd".to_owned(),
        metric: "revenue".to_owned(),
        from: (Input::of("2027-B"), vec![plan("2027-B", "保守方案", "Cautious")]),
        into: (Input::of("2027-A"), vec![plan("2027-A", "基准方案", "Base")]),
        settle: (
            Input::of("parents"),
            vec![
                Choice::new("parents", texts.settle_parents()),
                Choice::new("siblings", texts.settle_siblings()),
                Choice::new("declared", texts.settle_declared()),
            ],
        ),
        preview: Some(MergeOutcome {
            said: vec![
                texts.merge_node(east, "6,600.0", "6,900.0"),
                texts.above_more(say(lang, "公司", "Company"), "300.0"),
                texts.will_parents().to_owned(),
            ],
            column: Column::Money(money::Column::Wan),
            rows: vec![row(say(lang, "公司", "Company"), texts.part_above()), row(east, texts.part_branch())],
            more: Some(texts.more_rows(12)),
            hidden: vec![("from", "2027-B".to_owned()), ("token", "abc".to_owned())],
            conflict: None,
            nothing: None,
        }),
        wrong: ErrorSummary::default(),
        back: "/plans/compare?plan=2027-A&plan=2027-B".to_owned(),
    }
}

fn conflict(lang: Lang) -> Conflict {
    Conflict {
        saved_by: say(lang, "有人", "Somebody").to_owned(),
        rows: vec![ConflictRow {
            field: lang.scenarios().in_plan(say(lang, "华东大区", "East"), say(lang, "基准方案", "Base")),
            mine: "6,600.0".to_owned(),
            theirs: "6,650.0".to_owned(),
        }],
        version: "abc".to_owned(),
        discard: "/plans/merge".to_owned(),
    }
}
