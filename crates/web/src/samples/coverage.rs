//! Sample pages of pipeline coverage, and of what is settled about it.

use dacheng_domain::Fen;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, money};

use super::dashboard::basis;
use super::{Sample, amount, periods, sample, say, scopes, shell_at};
use crate::components::{
    Badge, Column, Empty, Figure, Input, Link, Note, PickerEntry, Sentence, Tone, Value,
};
use crate::pages::coverage::{CoveragePage, OpportunityLine, Row, Said};
use crate::pages::forecast::Stepper;
use crate::pages::settings::{PipelineForm, PipelinePage};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let texts = lang.pipeline();
    let nothing = CoveragePage {
        empty: Some(Empty::not_yet(texts.nothing(), texts.nothing_text())),
        rows: Vec::new(),
        opportunities: Vec::new(),
        stages: Vec::new(),
        ..page(lang, theme)
    };
    let settings = PipelinePage {
        shell: shell_at(lang, theme, Room::Settings, &[(lang.shell().settings(), "/settings")]),
        stages: stages(lang),
        stages_about: texts.stages_hint(20),
        versions: vec![texts.version(1, "2026-11", texts.times("3.00"), texts.all_by_history())],
        form: Some(PipelineForm {
            from: Input::of("2026-11"),
            red: Input::wrong("0", texts.refused_limit()),
            stages: Input::of(say(lang, "报价 = 45", "Quoted = 45")),
            version: 1,
        }),
        refused: Some(texts.refused_past("2026-11")),
    };
    vec![
        sample("/forecast/coverage", page(lang, theme)),
        sample("/forecast/coverage/empty", nothing),
        sample("/settings/pipeline", settings),
    ]
}

fn stages(lang: Lang) -> Vec<(String, String, String)> {
    let texts = lang.pipeline();
    let row = |zh, en, weight: &str, from: String| (say(lang, zh, en).to_owned(), weight.to_owned(), from);
    vec![
        row("报价", "Quoted", "45.0%", texts.settled().to_owned()),
        row("方案", "Proposed", "38.4%", texts.of_stage(500)),
        row("线索", "Lead", "—", texts.no_weight_known().to_owned()),
    ]
}

/// Opportunities of somebody: one that counts, one that is overdue, one that does not.
pub(super) fn opportunities(lang: Lang) -> Vec<OpportunityLine> {
    let texts = lang.pipeline();
    let row = |code: &str, adds: Result<i64, &str>, overdue| OpportunityLine {
        code: code.to_owned(),
        member: say(lang, "李喆", "Li Zhe").to_owned(),
        stage: say(lang, "报价", "Quoted").to_owned(),
        amount: amount(1_200, ""),
        expected: "2026-11-28".to_owned(),
        active: "11-16".to_owned(),
        weight: if adds.is_ok() { "45.0%" } else { "—" }.to_owned(),
        origin: texts.of_all(97),
        adds: adds.map(|tenths| amount(tenths, "")).map_err(str::to_owned),
        overdue,
    };
    vec![row("OP1", Ok(540), false), row("OP2", Ok(540), true), row("OP3", Err(texts.silent()), false)]
}

fn page(lang: Lang, theme: Theme) -> CoveragePage {
    let texts = lang.pipeline();
    let picker = periods(lang);
    let entry = |text: &str, current| PickerEntry {
        text: text.to_owned(),
        href: "/forecast/coverage".to_owned(),
        current,
        depth: 0,
    };
    let row = |zh, en, gap: Option<i64>, coverage: String, state: Badge| Row {
        unit: Link::new(say(lang, zh, en), "/forecast/coverage?org=R1"),
        target: amount(6_900, ""),
        booked: amount(5_158, ""),
        gap: gap.map_or_else(
            || Figure::plain(Value::Blank(Blank::NoTarget)),
            |gap| Figure::plain(Value::Money(Fen(gap * 100_000))),
        ),
        weighted: amount(4_207, ""),
        count: 50,
        coverage,
        state,
    };
    CoveragePage {
        shell: shell_at(lang, theme, Room::Forecast, &[(lang.shell().forecast(), "/forecast")]).exporting(
            "/forecast/coverage",
            "p=2026-11",
            3,
        ),
        title: texts.title("2026-11"),
        basis: basis(lang),
        kinds: picker.kinds,
        stepper: Stepper {
            period: picker.period,
            earlier: Link::new("2026-10", "/forecast/coverage?p=2026-10"),
            later: Some(Link::new("2026-12", "/forecast/coverage?p=2026-12")),
        },
        scopes: Some(scopes(lang)),
        empty: None,
        conclusion: Sentence::from(texts.conclusion(196, "1,198.1", "617.6", texts.times("1.94"))),
        numbers: vec![
            (texts.coverage().to_owned(), Said::Words(texts.times("1.94"))),
            (texts.weighted().to_owned(), Said::Figure(amount(11_981, ""))),
        ],
        by: vec![entry(texts.by_below(), true), entry(texts.by_members(), false)],
        red_only: vec![entry(texts.red_only(), false)],
        rows: vec![
            row("华北大区", "North", Some(1_950), texts.times("1.91"), Badge::new(Tone::Bad, texts.red())),
            row("华东大区", "East", Some(1_745), texts.times("3.02"), Badge::new(Tone::Ok, texts.enough())),
            row("渠道", "Partners", None, texts.no_target().to_owned(), Badge::new(Tone::None, "—")),
        ],
        rows_about: texts.rows_by(texts.times("3.00")),
        more: Some(Note::new(Tone::Info, texts.more_rows(200, 420))),
        column: Column::Money(money::Column::Wan),
        opportunities: opportunities(lang),
        of_opportunities: Column::Money(money::Column::Wan),
        file: Some("/forecast/coverage/opportunities.xlsx".to_owned()),
        stages: stages(lang),
        stages_about: texts.stages_hint(20),
        settings: Some(Link::new(texts.settings(), "/settings/pipeline")),
    }
}
