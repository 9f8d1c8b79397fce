//! Sample pages of a plan's proposal.

use dacheng_domain::metrics::Metric;
use dacheng_text::{Lang, metric, money};

use super::{Sample, sample, say, shell_at, wan};
use crate::components::{Choice, Column, ErrorSummary, Figure, Input, Note, Tone, Value};
use crate::pages::plans::{FactorsForm, ProposalPage, StepRow, ThreeTotal};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let mut wrong = page(lang, theme);
    let said = lang.proposal().source_missing().to_owned();
    wrong.wrong = ErrorSummary { errors: vec![(Some("market_source".to_owned()), said.clone())] };
    if let Some(form) = &mut wrong.form {
        form.market_source = Input::wrong("", said);
    }
    let mut read = page(lang, theme);
    (read.form, read.take) = (None, None);
    read.note = Some(Note::new(Tone::Info, lang.proposal().not_draft()));
    vec![
        sample("/plans/2027/proposal", page(lang, theme)),
        sample("/plans/2027/proposal/wrong", wrong),
        sample("/plans/2026/proposal", read),
    ]
}

fn amount(tenths: i64) -> Figure {
    Figure::plain(Value::Money(wan(tenths)))
}

fn page(lang: Lang, theme: Theme) -> ProposalPage {
    let texts = lang.proposal();
    let crumbs =
        [(say(lang, "目标分解", "Planning"), "/plans"), (say(lang, "2027年度", "Plan 2027"), "/plans/2027")];
    let row = |name: &str, why: String, change: &str, total| StepRow {
        name: name.to_owned(),
        why,
        change: change.to_owned(),
        total: amount(total),
    };
    let total = |name: &str, tenths, chance: &str| ThreeTotal {
        name: name.to_owned(),
        figure: amount(tenths),
        chance: texts.chance(chance),
    };
    ProposalPage {
        shell: shell_at(lang, theme, Room::Plans, &crumbs),
        title: texts.title(say(lang, "2027年度", "2027"), metric::name(lang, Metric::Revenue)),
        about: texts.about().to_owned(),
        path: "/plans/2027/proposal".to_owned(),
        metric: "revenue".to_owned(),
        metrics: Vec::new(),
        note: None,
        totals: vec![
            total(lang.plans().floor(), 192_000, "88%"),
            total(lang.plans().target_value(), 208_000, "54%"),
            total(lang.plans().stretch(), 226_000, "17%"),
        ],
        said: vec![texts.spread_band("7.7%", "8.7%"), texts.band_said("20,900.0", "19,300.0", "22,700.0")],
        rows: vec![
            row(texts.achieved(), texts.why_achieved("2026-01", "2026-10", 10), "+14,480.0", 144_800),
            row(texts.season(), texts.why_season_years(2, "77.9%"), "+4,110.0", 185_900),
            row(
                texts.market(),
                texts.why_market("8.0%", say(lang, "行业协会 2026-10 报告", "trade association, 2026-10")),
                "+1,487.0",
                200_770,
            ),
            row(texts.ramp(), texts.why_ramp(60, 4, "702.5", "720.0"), "+500.0", 205_770),
            row(texts.attrition(), texts.why_attrition(6, 60), "−1,028.0", 195_490),
            row(texts.hires(), texts.why_hires(6, 3), "+1,255.0", 208_040),
            row(texts.own(), texts.why_own_none().to_owned(), "0.0", 208_040),
            row(texts.rounding(), texts.why_rounding(say(lang, "1 万元", "CNY 10k")), "−4.0", 208_000),
        ],
        column: Column::Money(money::Column::Wan),
        take: Some(2),
        form: Some(FactorsForm {
            version: "2".to_owned(),
            unit: say(lang, "万元", "CNY").to_owned(),
            achieved: Input::default(),
            market: Input::of("8"),
            market_source: Input::of(say(lang, "行业协会 2026-10 报告", "trade association, 2026-10")),
            leaving: Input::default(),
            hires: Input::of("6"),
            hired_in: Input::of("3"),
            months: (1..=12).map(|month| Choice::new(month.to_string(), month.to_string())).collect(),
            own: Input::default(),
            own_reason: Input::default(),
            below: Input::default(),
            above: Input::default(),
        }),
        wrong: ErrorSummary::default(),
    }
}
