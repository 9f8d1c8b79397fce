//! Sample pages of the forecast.

use dacheng_domain::metrics::Metric;
use dacheng_text::{Lang, metric};

use super::dashboard::basis;
use super::{Sample, amount, periods, sample, say, scopes, shell_at};
use crate::charts::{Amounts, Fan, FanPoint, Outlook};
use crate::components::{Badge, Column, Empty, Input, Link, Note, Sentence, Tone};
use crate::pages::forecast::{ChanceForm, Content, Figures, ForecastPage, Row, Stepper};
use crate::shell::{Room, Theme};
use dacheng_text::money;

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let empty = Empty::not_yet(lang.forecast().nothing(), lang.forecast().nothing_text());
    let nothing = ForecastPage { content: Content::Empty(empty), ..page(lang, theme) };
    vec![sample("/forecast", page(lang, theme)), sample("/forecast/empty", nothing)]
}

fn page(lang: Lang, theme: Theme) -> ForecastPage {
    let picker = periods(lang);
    ForecastPage {
        shell: shell_at(lang, theme, Room::Forecast, &[]),
        title: say(lang, "2026年11月销售额预测", "Forecast of Revenue, Nov 2026").to_owned(),
        basis: basis(lang),
        kinds: picker.kinds,
        stepper: Stepper {
            period: picker.period,
            earlier: Link::new("2026-10", "/forecast?p=2026-10"),
            later: Some(Link::new("2026-12", "/forecast?p=2026-12")),
        },
        metrics: super::targets::metrics(lang),
        scopes: Some(scopes(lang)),
        beside: vec![Link::new(lang.statements().name(), "/forecast/people")],
        content: Content::Figures(Box::new(figures(lang))),
    }
}

fn figures(lang: Lang) -> Figures {
    let texts = lang.forecast();
    let wan = 1_000_000;
    let season = [132, 93, 162, 141, 150, 183, 135, 138, 171, 144, 186, 207];
    let was = (0..22).map(|at| FanPoint {
        label: format!("{}-{:02}", 2025 + at / 12, at % 12 + 1),
        actual: Some((season[at % 12] * 10 + i64::try_from(at).unwrap_or(0) * 7) * wan),
        outlook: None,
        target: (at >= 12).then(|| season[at % 12] * 11 * wan),
    });
    let comes = [(11, 1_930, 160), (12, 2_140, 240)].map(|(month, middle, aside)| FanPoint {
        label: format!("2026-{month}"),
        actual: None,
        outlook: Some(Outlook {
            low: (middle - aside) * wan,
            middle: middle * wan,
            high: (middle + aside) * wan,
        }),
        target: Some(2_000 * wan),
    });
    let row = |zh, en, numbers: [i64; 4], chance: &str, risk: Badge| Row {
        unit: Link::new(say(lang, zh, en), "/forecast?p=2026-11&org=R1"),
        band: [numbers[0], numbers[1], numbers[2]].map(|tenths| amount(tenths, "R1")),
        target: amount(numbers[3], "R1"),
        chance: chance.to_owned(),
        risk,
    };
    Figures {
        conclusion: Sentence::new()
            .plain(say(lang, "预计完成 ", "Expected: "))
            .strong(say(lang, "1,930.0 万元", "CNY 19.30M"))
            .plain(say(lang, "，达成目标的概率为 31%。", "; the chance of the target is 31%.")),
        numbers: vec![
            (texts.p10().to_owned(), amount(17_700, "")),
            (texts.p50().to_owned(), amount(19_300, "")),
            (texts.p90().to_owned(), amount(20_900, "")),
            (lang.figures().target().to_owned(), amount(20_000, "")),
            (texts.booked().to_owned(), amount(12_684, "")),
        ],
        fan: Fan {
            id: "forecast",
            subject: texts.monthly(metric::name(lang, Metric::Revenue)),
            points: was.chain(comes).collect(),
            amounts: Amounts::Money(money::Column::Wan),
        },
        chance: ChanceForm {
            hidden: vec![("p", "2026-11".to_owned())],
            amount: Input::of("2000"),
            unit: say(lang, "万元", "CNY").to_owned(),
            answer: Some(texts.answer(say(lang, "2,000.0 万元", "CNY 20.00M"), "31%").into()),
        },
        proof: vec![
            (texts.held().to_owned(), texts.held_said(12, 10, "83%")),
            (texts.error().to_owned(), texts.mase_both(texts.model(), "0.71", texts.naive(), "1.02")),
            (texts.method().to_owned(), texts.why_better(texts.model(), texts.naive())),
        ],
        pipeline: Some((
            lang.pipeline().door(say(lang, "1,020.0 万元", "CNY 10.20M"), "2.10").into(),
            lang.pipeline().beside(),
        )),
        notes: vec![
            Note::new(Tone::Warn, texts.gap("2025-04")),
            Note::new(Tone::Info, texts.provisional(2027)),
        ],
        rows: vec![
            row(
                "华北大区",
                "North",
                [4_100, 4_800, 5_200, 6_000],
                "12%",
                Badge::new(Tone::Bad, texts.unlikely()),
            ),
            row(
                "华东大区",
                "East",
                [7_100, 7_900, 8_600, 8_000],
                "46%",
                Badge::new(Tone::Warn, texts.open()),
            ),
            row(
                "华南大区",
                "South",
                [5_900, 6_400, 7_100, 6_000],
                "87%",
                Badge::new(Tone::Ok, texts.likely()),
            ),
        ],
        column: Column::Money(money::Column::Wan),
    }
}
