//! Sample pages of the history: a company with a running year, one that has just begun, and notes about the market.

use std::collections::BTreeMap;

use dacheng_app::figures::Footing;
use dacheng_app::figures::history::{
    Compared, CustomerYear, Customers, Efficiency, EfficiencyYear, Finding, History, LargeCustomer, Part,
    PartBy, Parts, Seasons, Skill, SpanCell, SpanKind, SpanRow, Team, TeamYear, Yardstick,
};
use dacheng_app::figures::sight::Sight;
use dacheng_app::planning::market::Note;
use dacheng_domain::Ratio;
use dacheng_domain::calendar::{Calendar, FiscalStart, Month, Period, Year};
use dacheng_domain::metrics::{Metric, change, moved};
use dacheng_domain::planning::history::{ServiceBand, concentration, contribution, seasonality};
use dacheng_domain::tracking::progress::{AsOf, DayCount, time_progress};
use dacheng_rollup::Owner;
use dacheng_text::{Lang, metric};
use jiff::civil::date;

use super::dashboard::basis;
use super::{Sample, TODAY, sample, say, scopes, shell_at};
use crate::components::{Badge, Choice, Empty, Input, Link, PickerEntry, Tone};
use crate::pages::analysis::{
    AnalysisPage, Content, Market, NoteForm, NotePage, NoteVersion, NotesPage, notes_table, sections,
};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    vec![
        sample("/analysis", page(lang, theme, Content::Figures(sections(lang, &history(lang))))),
        sample("/analysis/short", page(lang, theme, Content::Figures(sections(lang, &short(lang))))),
        sample("/analysis/empty", page(lang, theme, Content::Empty(empty(lang)))),
        sample("/analysis/notes", notes(lang, theme)),
        sample("/analysis/notes/M-1", note(lang, theme)),
    ]
}

fn empty(lang: Lang) -> Empty {
    Empty::first_use(lang.history().empty(), lang.history().empty_text(), None)
}

fn page(lang: Lang, theme: Theme, content: Content) -> AnalysisPage {
    let entry = |text: &str, current| PickerEntry {
        text: text.to_owned(),
        href: "/analysis".to_owned(),
        current,
        depth: 0,
    };
    AnalysisPage {
        shell: shell_at(lang, theme, Room::Analysis, &[]),
        title: lang.history().title(lang.overview().company(), metric::name(lang, Metric::Revenue)),
        basis: basis(lang),
        years: vec![entry("2024", false), entry("2025", false), entry("2026", true)],
        metrics: super::targets::metrics(lang),
        scopes: scopes(lang),
        content,
        market: Market {
            table: Some(notes_table(lang, &market(lang))),
            all: Link::new(lang.market().all(), "/analysis/notes"),
            add: Some(Link::new(lang.market().new(), "/analysis/notes#new")),
        },
    }
}

fn years() -> [Year; 3] {
    let year = |name| Year::new(name, FiscalStart::JANUARY).unwrap_or(Year::of(TODAY, FiscalStart::JANUARY));
    [year(2024), year(2025), year(2026)]
}

/// Fen of a month: a trend with a season.
fn amount(year: i16, month: i8) -> i64 {
    let season = [110, 60, 95, 100, 98, 112, 90, 92, 104, 96, 108, 135];
    let place = usize::try_from(month - 1).unwrap_or(0);
    season[place] * (1_000 + 120 * i64::from(year - 2024)) * 10_000
}

fn cell(period: Period, amount: Option<i64>, before: Option<i64>, running: bool) -> SpanCell {
    let compared = |base: Option<i64>| match (amount, base) {
        (Some(amount), Some(base)) => Compared::With(change(amount, Some(base))),
        (None, _) => Compared::NotYet,
        (Some(_), None) => Compared::NoHistory,
    };
    let days = (period.first_day(), period.last_day());
    let on_previous = if running { Compared::NotYet } else { compared(amount.map(|amount| amount * 9 / 10)) };
    SpanCell { period: Some(period), days, amount, running, year_on_year: compared(before), on_previous }
}

fn rows() -> Vec<SpanRow> {
    let months = (1..=12).map(|number| SpanRow {
        kind: SpanKind::Month(number),
        cells: years().map(|year| {
            let month = Month::new(year.name(), number).unwrap_or(Month::of(TODAY));
            let known = (year.name(), number) <= (2026, 11);
            let before = (year.name() > 2024).then(|| amount(year.name() - 1, number));
            let running = (year.name(), number) == (2026, 11);
            cell(Period::Month(month), known.then(|| amount(year.name(), number)), before, running)
        }),
    });
    let whole = SpanRow {
        kind: SpanKind::Year,
        cells: years().map(|year| {
            let sum: i64 = (1..=11).map(|month| amount(year.name(), month)).sum();
            let before = (year.name() > 2024).then_some(sum * 8 / 9);
            cell(Period::Year(year), Some(sum), before, year.name() == 2026)
        }),
    };
    std::iter::once(whole).chain(months).collect()
}

fn part(name: &str, now: i64, before: i64, whole: (i64, i64)) -> Part {
    let (now, before, whole) =
        (now * 1_000_000, before * 1_000_000, (whole.0 * 1_000_000, whole.1 * 1_000_000));
    Part {
        name: (!name.is_empty()).then(|| name.to_owned()),
        owner: None,
        now,
        before: Some(before),
        share: Ratio::new(now, whole.0),
        change: Some(change(now, Some(before))),
        contribution: contribution(now, before, whole.1),
    }
}

fn parts(lang: Lang) -> Vec<Parts> {
    let whole = (12_000, 10_500);
    let of = |by, rows: [(&str, i64, i64); 3]| Parts {
        by,
        rows: rows.map(|(name, now, before)| part(name, now, before, whole)).to_vec(),
        whole: part("", whole.0, whole.1, whole),
    };
    vec![
        of(
            PartBy::Region,
            [
                (say(lang, "江苏", "Jiangsu"), 6_000, 4_500),
                (say(lang, "广东", "Guangdong"), 5_500, 6_000),
                ("", 500, 0),
            ],
        ),
        of(
            PartBy::ProductLine,
            [
                (say(lang, "硬件", "Hardware"), 8_000, 8_500),
                (say(lang, "软件", "Software"), 3_900, 2_000),
                ("", 100, 0),
            ],
        ),
        of(PartBy::CustomerType, [("KA", 7_000, 6_000), ("SMB", 4_800, 4_500), ("", 200, 0)]),
        of(
            PartBy::Below,
            [
                (say(lang, "华东大区", "East"), 7_000, 6_200),
                (say(lang, "华南大区", "South"), 4_900, 4_300),
                ("", 100, 0),
            ],
        ),
    ]
}

fn history(lang: Lang) -> History {
    let parts = parts(lang);
    let spread = concentration([700, 300, 200, 100, 90, 80, 60, 50, 40, 30]);
    let customer = |name: &str, now: i64, share: i64| LargeCustomer {
        code: "C00317".to_owned(),
        name: name.to_owned(),
        now: now * 1_000_000,
        before: Some(now * 900_000),
        share: Ratio::new(share, 100),
    };
    let whole = |year: i16| -> [i64; 12] {
        let mut months = 1..=12;
        std::array::from_fn(|_| amount(year, months.next().unwrap_or(1)))
    };
    let calendar = Calendar::shipped();
    let as_of = AsOf {
        calendar: &calendar,
        day_count: DayCount::WorkingDays,
        today: TODAY,
        watermark: Some(date(2026, 11, 22)),
    };
    let [first, second, last] = years();
    let find = |place: usize| (PartBy::Region, parts[0].rows[place].clone());
    let findings = vec![
        Finding::YearSoFar {
            year: last,
            change: change(12_000_000_000, Some(10_500_000_000)),
            running: true,
        },
        Finding::Strongest(find(0).0, find(0).1),
        Finding::Weakest(find(1).0, find(1).1),
        Finding::Season { high: (12, 13_500), low: (2, 6_000), years: 2 },
    ];
    let findings = findings.into_iter().chain(spread.map(|spread| Finding::Customers(last, spread)));
    History {
        offered: vec![Metric::Revenue, Metric::Collections],
        metric: Metric::Revenue,
        owner: Owner::Company,
        years: years(),
        sight: Sight::Persons,
        footing: Footing {
            through: Some(date(2026, 11, 22)),
            time: time_progress(Period::Year(last), &[], &as_of),
            updated_at: None,
        },
        begins: Month::new(2023, 1),
        spans: rows(),
        seasons: Seasons { years: vec![first, second], months: seasonality(&[whole(2024), whole(2025)]) },
        findings: findings.collect(),
        parts,
        customers: Customers {
            years: years().map(|year| CustomerYear { year, spread }),
            largest: Some(vec![
                customer(say(lang, "云帆贸易有限公司", "Yunfan Trading"), 700, 42),
                customer(say(lang, "鹏程科技股份有限公司", "Pengcheng Technology"), 300, 18),
            ]),
        },
        team: Team {
            on: TODAY,
            headcount: 60,
            years: years().map(|year| TeamYear {
                year,
                average: Ratio::new(585, 10),
                per_head: Ratio::new(200_000_000, 1),
            }),
            service: ServiceBand::ALL.map(|band| (band, 15)),
            without_hire: 0,
            mean_service: Ratio::new(287, 10),
            joined: 9,
            left: 4,
        },
        efficiency: vec![efficiency()],
        visits: None,
        skills: vec![skill(lang)],
    }
}

fn efficiency() -> Efficiency {
    let (now, before) = (Ratio::whole(3_700), Ratio::whole(3_310));
    let moved = Some(moved(Metric::ConversionRate, now, Some(before)));
    let years = years().map(|year| EfficiencyYear { year, actual: Some(now), nps: None, moved });
    Efficiency { metric: Metric::ConversionRate, years }
}

fn skill(lang: Lang) -> Skill {
    let best = say(lang, "华东大区", "East").to_owned();
    Skill {
        name: say(lang, "客户开发", "Prospecting").to_owned(),
        members: 59,
        mean: Ratio::whole(7_580),
        before: Some(Ratio::whole(7_550)),
        yardstick: Some(Yardstick { unit: Some(best), mean: Ratio::whole(7_920) }),
    }
}

/// A company whose history begins in its second year, seen by who sees no customers.
fn short(lang: Lang) -> History {
    let whole = history(lang);
    let years = whole.customers.years;
    History {
        begins: Month::new(2025, 3),
        sight: Sight::Aggregates,
        seasons: Seasons { years: Vec::new(), months: None },
        findings: Vec::new(),
        customers: Customers { years: years.map(|own| CustomerYear { spread: None, ..own }), largest: None },
        team: Team {
            without_hire: 60,
            mean_service: None,
            service: ServiceBand::ALL.map(|band| (band, 0)),
            ..whole.team
        },
        ..whole
    }
}

fn market(lang: Lang) -> Vec<Note> {
    let note = |code: &str, kind: &str, subject: &str, growth: Option<i64>, source: &str| Note {
        code: code.to_owned(),
        version: 1,
        day: date(2026, 9, 30),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        year: growth.map(|_| 2027),
        region: None,
        product_line: None,
        growth,
        source: source.to_owned(),
        body: String::new(),
        withdrawn: false,
        recorded_at: 1_790_000_000_000,
        actor: "X000003".to_owned(),
    };
    vec![
        note(
            "M-1",
            "growth",
            say(lang, "工控行业规模", "Industrial control market"),
            Some(850),
            say(lang, "行业协会年度报告", "Annual report of the association"),
        ),
        note(
            "M-2",
            "competitor",
            say(lang, "竞品 A 下调入门型号价格", "Competitor A cuts entry prices"),
            None,
            say(lang, "渠道走访", "Channel visits"),
        ),
    ]
}

fn kinds(lang: Lang) -> Vec<Choice> {
    vec![
        Choice::new("growth", lang.market().kind_growth()),
        Choice::new("policy", lang.market().kind_policy()),
    ]
}

fn form(lang: Lang, wrong: bool) -> NoteForm {
    let growth = if wrong { Input::wrong("fast", lang.market().no_growth()) } else { Input::of("8.5") };
    NoteForm {
        action: "/analysis/notes".to_owned(),
        withdraw: (!wrong).then(|| "/analysis/notes/M-1/withdraw".to_owned()),
        version: i64::from(!wrong),
        kinds: kinds(lang),
        inputs: BTreeMap::from([("growth", growth), ("date", Input::of("2026-09-30"))]),
        refused: None,
    }
}

fn notes(lang: Lang, theme: Theme) -> NotesPage {
    let crumbs = [(lang.history().room(), "/analysis")];
    NotesPage {
        shell: shell_at(lang, theme, Room::Analysis, &crumbs),
        table: Some(notes_table(lang, &market(lang))),
        empty: Empty::not_yet(lang.market().empty(), lang.market().empty_text()),
        form: Some(form(lang, true)),
    }
}

fn note(lang: Lang, theme: Theme) -> NotePage {
    let crumbs = [(lang.history().room(), "/analysis"), (lang.market().title(), "/analysis/notes")];
    let notes = market(lang);
    NotePage {
        shell: shell_at(lang, theme, Room::Analysis, &crumbs),
        code: "M-1".to_owned(),
        title: notes[0].subject.clone(),
        state: Badge::new(Tone::Ok, lang.market().in_force()),
        facts: vec![(lang.market().source().to_owned(), notes[0].source.clone())],
        text: vec![
            say(lang, "增长主要来自新能源设备。", "Growth comes from equipment for renewables.").to_owned(),
        ],
        versions: vec![NoteVersion {
            version: lang.market().version(dacheng_text::Count::from(1_i64)),
            said: notes[0].subject.clone(),
            by: say(lang, "杨市场", "Yang").to_owned(),
            at: "2026-09-30 10:00".to_owned(),
        }],
        form: Some(form(lang, false)),
    }
}
