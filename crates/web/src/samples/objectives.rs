//! Sample pages of strategic objectives: the list with what is not covered, one with its targets, none yet.

use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::components::{Badge, Choice, ErrorSummary, Input, Link, Tone};
use crate::pages::objectives::{ObjectivePage, ObjectiveRow, ObjectivesPage, SaidForm, TargetRow};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let shell = || {
        let crumbs = [(lang.shell().plans(), "/plans")];
        shell_at(lang, theme, Room::Plans, &crumbs).exporting("/objectives", "", 2)
    };
    let empty = ObjectivesPage {
        shell: shell_at(lang, theme, Room::Plans, &[]),
        coverage: lang.objectives().coverage(0, 0),
        objectives: Vec::new(),
        uncovered: Vec::new(),
        new: Some(form(lang)),
    };
    let list = ObjectivesPage {
        shell: shell(),
        coverage: lang.objectives().coverage(1, 2),
        objectives: objectives(lang),
        uncovered: vec![target(lang, "回款额 · 全公司", "Collections · The company", "6,120 万元")],
        new: Some(form(lang)),
    };
    let one = ObjectivePage {
        shell: shell(),
        path: "/objectives/S1".to_owned(),
        name: say(lang, "拓展华东市场", "Grow in East China").to_owned(),
        about: say(lang, "S1 · 2026年 · 责任人：林远 · 第 2 版", "S1 · 2026 · Owner: Lin Yuan · Version 2")
            .to_owned(),
        description: say(
            lang,
            "三年内在华东进入前三。",
            "Among the first three in the east within three years.",
        )
        .to_owned(),
        targets: vec![target(lang, "销售额 · 华东大区", "Revenue · East China", "2,400 万元")],
        edit: Some(form(lang)),
        links: Some(vec![Choice::new(
            "revenue||2026",
            say(lang, "销售额 · 全公司", "Revenue · The company"),
        )]),
        version: "2".to_owned(),
        conflict: None,
        wrong: ErrorSummary::default(),
    };
    vec![sample("/objectives", list), sample("/objectives/empty", empty), sample("/objectives/S1", one)]
}

fn objectives(lang: Lang) -> Vec<ObjectiveRow> {
    let texts = lang.objectives();
    let row = |zh, en, code: &str, count: usize| ObjectiveRow {
        objective: Link::new(say(lang, zh, en), format!("/objectives/{code}")),
        code: code.to_owned(),
        year: say(lang, "2026年", "2026").to_owned(),
        owner: say(lang, "林远", "Lin Yuan").to_owned(),
        state: if count == 0 {
            Badge::new(Tone::Warn, texts.bare())
        } else {
            Badge::new(Tone::Ok, texts.serving())
        },
        targets: texts.targets_count(count),
    };
    vec![
        row("拓展华东市场", "Grow in East China", "S1", 2),
        row("提升新产品占比", "More of new products", "S2", 0),
    ]
}

fn target(lang: Lang, zh: &'static str, en: &'static str, amount: &str) -> TargetRow {
    TargetRow {
        what: say(lang, zh, en).to_owned(),
        plan: Link::new("2026", "/plans/2026"),
        amount: amount.to_owned(),
        key: "revenue|EAST|2026".to_owned(),
    }
}

fn form(lang: Lang) -> SaidForm {
    SaidForm {
        year: Input::of("2026"),
        years: vec![Choice::new("2026", say(lang, "2026年", "2026"))],
        ..SaidForm::default()
    }
}
