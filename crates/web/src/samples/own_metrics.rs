//! Sample pages of own metrics: what is to be entered, a sheet, a metric defined and changed, targets by owner with weights.

use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::components::{
    Badge, Choice, ErrorSummary, Export, Input, Link, MetricPicker, Note, Paper, PickerEntry, Tone,
};
use crate::pages::plans::{OwnerRowView, OwnersForm, OwnersPage, WeightRow};
use crate::pages::settings::{FixedFields, MadeOfFields, OwnMetricForm, OwnMetricPage, RetireForm};
use crate::pages::values::{MetricRow, SheetPage, ValueRow, ValuesPage};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let refused = SheetPage { rows: rows(lang, Some(lang.problems().negative())), ..sheet(lang, theme) };
    let closed = SheetPage { is_open: false, ..sheet(lang, theme) };
    let new =
        OwnMetricPage { versions: Vec::new(), retire: None, form: defined(lang), ..metric(lang, theme) };
    let locked = OwnersPage { form: None, sets_weights: false, ..owners(lang, theme) };
    vec![
        sample("/values", values(lang, theme)),
        sample("/values/channel_events", sheet(lang, theme)),
        sample("/values/channel_events/refused", refused),
        sample("/values/channel_events/closed", closed),
        sample("/settings/metrics/new", new),
        sample("/settings/metrics/channel_events", metric(lang, theme)),
        sample("/plans/2027/owners", owners(lang, theme)),
        sample("/plans/2026/owners", locked),
    ]
}

fn events(lang: Lang) -> &'static str {
    say(lang, "渠道活动", "Channel events")
}

fn made(lang: Lang) -> String {
    say(lang, "由市场按月为每个团队填报，逐级相加", "Entered by marketing for each team, added up").to_owned()
}

fn plans(lang: Lang) -> (&'static str, &'static str) {
    (lang.shell().plans(), "/plans")
}

fn values(lang: Lang, theme: Theme) -> ValuesPage {
    let sheet = "/values/channel_events?month=2026-10";
    ValuesPage {
        shell: shell_at(lang, theme, Room::Plans, &[plans(lang)]),
        metrics: vec![MetricRow {
            metric: Link::new(events(lang), sheet),
            about: made(lang),
            missing: vec![Link::new("2026-10", sheet)],
            state: Badge::new(Tone::Warn, lang.own_metrics().missing(12)),
        }],
    }
}

fn sheet(lang: Lang, theme: Theme) -> SheetPage {
    let month = |name: &str| Link::new(name, format!("/values/channel_events?month={name}"));
    SheetPage {
        shell: shell_at(lang, theme, Room::Plans, &[plans(lang)]),
        name: events(lang).to_owned(),
        about: made(lang),
        months: vec![(month("2026-09"), false), (month("2026-10"), true)],
        note: Note::new(Tone::Info, say(lang, "请在 2026-11-04 前填报。", "Due on 2026-11-04.")),
        action: "/values/channel_events".to_owned(),
        export: Export::Links {
            path: "/values/channel_events/sheet".to_owned(),
            query: "month=2026-10".to_owned(),
            paper: Paper::None,
        },
        unit: say(lang, "场", "events").to_owned(),
        rows: rows(lang, None),
        is_open: true,
        wrong: ErrorSummary::default(),
    }
}

fn rows(lang: Lang, wrong: Option<&str>) -> Vec<ValueRow> {
    let row = |code: &str, owner: &str, value: Input, is_open| ValueRow {
        id: format!("value.{code}"),
        note_id: format!("note.{code}"),
        seen_id: format!("seen.{code}"),
        seen: "1".to_owned(),
        owner: owner.to_owned(),
        value,
        note: Input::default(),
        by: say(lang, "杨帆 11-02 09:30，第 1 版", "Yang 11-02 09:30, version 1").to_owned(),
        is_open,
    };
    let second = match wrong {
        None => Input::of("2"),
        Some(why) => Input::wrong("-2", why),
    };
    vec![
        row("T0001", say(lang, "苏州组", "Suzhou"), Input::of("3"), true),
        row("T0002", say(lang, "杭州组", "Hangzhou"), second, true),
        row("T0003", say(lang, "上海组", "Shanghai"), Input::of("4"), false),
    ]
}

fn metric(lang: Lang, theme: Theme) -> OwnMetricPage {
    let path = "/settings/metrics/channel_events";
    OwnMetricPage {
        shell: shell_at(lang, theme, Room::Settings, &[(lang.shell().settings(), "/settings")]),
        title: events(lang).to_owned(),
        sub: "channel_events".to_owned(),
        kinds: Vec::new(),
        versions: vec![made(lang)],
        form: OwnMetricForm { action: path.to_owned(), ..form(lang) },
        retire: Some(RetireForm { action: format!("{path}/retire"), from: Input::of("2026-12"), version: 3 }),
        wrong: ErrorSummary::default(),
    }
}

fn form(lang: Lang) -> OwnMetricForm {
    OwnMetricForm {
        kind: "entered_sum".to_owned(),
        zh: Input::of("渠道活动"),
        en: Input::of("Channel events"),
        word_zh: Input::of("场"),
        word_en: Input::of("events"),
        from: Input::of("2026-12"),
        made_of: MadeOfFields::Entered {
            member: Input::default(),
            post: Input::of("marketing"),
            posts: vec![Choice::new("marketing", say(lang, "市场", "marketing"))],
            carried: Input::of("teams"),
            carriers: vec![Choice::new("teams", say(lang, "每个团队", "each team"))],
            due: Input::of("3"),
        },
        version: 3,
        ..OwnMetricForm::default()
    }
}

/// A new one, whose code is refused.
fn defined(lang: Lang) -> OwnMetricForm {
    let fixed = FixedFields {
        code: Input::wrong("Events!", lang.own_metrics().wrong_code(32)),
        unit: Input::of("count"),
        units: vec![Choice::new("count", say(lang, "数量", "a count"))],
        direction: Input::of("higher"),
        directions: vec![Choice::new("higher", say(lang, "越高越好", "higher is better"))],
    };
    OwnMetricForm { action: "/settings/metrics/new".to_owned(), fixed: Some(fixed), ..form(lang) }
}

fn owners(lang: Lang, theme: Theme) -> OwnersPage {
    let texts = lang.owner_targets();
    let company = say(lang, "全公司", "Company");
    let rate = say(lang, "客户转化率", "Conversion rate");
    let row = |name: &str, is_unit, rate: &str, weight: &str| OwnerRowView {
        name: name.to_owned(),
        is_unit,
        quarters: vec![rate.to_owned(); 4],
        weight: weight.to_owned(),
    };
    let weight = |code: &str, name: &str, weight: &str| WeightRow {
        id: format!("weight.{code}"),
        seen_id: format!("seen.{code}"),
        seen: "1".to_owned(),
        name: name.to_owned(),
        weight: Input::of(weight),
    };
    let (east, west) = (say(lang, "华东大区", "East"), say(lang, "华西大区", "West"));
    let entry =
        PickerEntry { text: rate.to_owned(), href: "/plans/2027/owners".to_owned(), current: true, depth: 0 };
    OwnersPage {
        shell: shell_at(lang, theme, Room::Plans, &[plans(lang)]),
        path: "/plans/2027".to_owned(),
        title: texts.title_of(rate, company),
        about: texts.judged_monthly().to_owned(),
        metrics: MetricPicker { current: rate.to_owned(), entries: vec![entry] },
        scopes: None,
        at: "HQ".to_owned(),
        metric: "conversion_rate".to_owned(),
        quarters: ["Q1", "Q2", "Q3", "Q4"].map(str::to_owned).to_vec(),
        rows: vec![
            row(company, true, "60.0%", ""),
            row(east, false, "62.0%", "268"),
            row(west, false, "55.0%", "221"),
        ],
        weighed: texts.by_denominators().to_owned(),
        checks: vec![Note::new(Tone::Warn, texts.mean_short("Q1–Q4", "58.8%", "60.0%"))],
        form: Some(OwnersForm {
            version: "1".to_owned(),
            period: Input::of("2027"),
            periods: vec![Choice::new("2027", "2027")],
            values: vec![("value.unit:R0001".to_owned(), east.to_owned(), Input::of("62"))],
            unit: "%".to_owned(),
            difference: None,
        }),
        weights: vec![
            weight("conversion_rate", rate, "10"),
            weight("revenue", say(lang, "销售额", "Revenue"), "50"),
        ],
        sets_weights: true,
        wrong: ErrorSummary::default(),
    }
}
