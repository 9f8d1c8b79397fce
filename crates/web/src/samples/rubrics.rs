//! Sample pages of qualitative targets: the list, one to score, one that is scored.

use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::components::{Badge, Choice, ErrorSummary, Input, Link, Tone};
use crate::pages::rubrics::{LevelRow, RateForm, RubricPage, RubricRow, RubricsPage, SetForm};
use crate::shell::{Room, Theme};

const LEVELS: [(&str, &str); 5] = [
    ("没有与渠道沟通", "No contact with partners"),
    ("只在出问题时沟通", "Contact only where something goes wrong"),
    ("每月例会", "A meeting every month"),
    ("有共同的季度计划", "A common plan for the quarter"),
    ("渠道主动带来新客户", "Partners bring new customers"),
];

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let texts = lang.rubrics();
    let shell = || shell_at(lang, theme, Room::Plans, &[]);
    let row = |rated: bool| RubricRow {
        rated: String::new(),
        rubric: Link::new(say(lang, "渠道伙伴关系", "Relations with partners"), "/rubrics/1"),
        owner: say(lang, "李喆", "Li Zhe").to_owned(),
        rater: say(lang, "周岚", "Zhou Lan").to_owned(),
        months: say(lang, "2026年10月 至 2026年12月", "Oct 2026 to Dec 2026").to_owned(),
        state: state(lang, rated),
        score: if rated { "5 / 4" } else { "— / 4" }.to_owned(),
        attainment: if rated { "125.0%" } else { "—" }.to_owned(),
    };
    let list = RubricsPage {
        shell: shell().exporting("/rubrics", "", 2),
        rubrics: vec![row(false), row(true)],
        older: Some("/rubrics?before=1".to_owned()),
        new: Some(SetForm {
            target: Input::of("4"),
            targets: vec![Choice::new("4", texts.points(4))],
            levels: (1..=5).map(|level| (texts.level(level), Input::default())).collect(),
            open: true,
            ..SetForm::default()
        }),
    };
    let empty = RubricsPage { shell: shell(), rubrics: Vec::new(), older: None, new: None };
    vec![
        sample("/rubrics", list),
        sample("/rubrics/empty", empty),
        sample("/rubrics/1", one(lang, theme, false)),
        sample("/rubrics/2", one(lang, theme, true)),
    ]
}

fn state(lang: Lang, rated: bool) -> Badge {
    let texts = lang.rubrics();
    if rated { Badge::new(Tone::Ok, texts.rated()) } else { Badge::new(Tone::Info, texts.set()) }
}

fn one(lang: Lang, theme: Theme, rated: bool) -> RubricPage {
    let texts = lang.rubrics();
    let level = |(place, (zh, en)): (i64, &(&'static str, &'static str))| LevelRow {
        score: place,
        text: say(lang, zh, en).to_owned(),
        mark: match place {
            4 => Some(Badge::new(Tone::Info, texts.target())),
            5 if rated => Some(Badge::new(Tone::Ok, texts.score())),
            _ => None,
        },
    };
    let scores = (1..=5).zip(&LEVELS);
    RubricPage {
        shell: shell_at(lang, theme, Room::Plans, &[(texts.title(), "/rubrics")]),
        path: "/rubrics/1".to_owned(),
        name: say(lang, "渠道伙伴关系", "Relations with partners").to_owned(),
        about: say(
            lang,
            "责任对象 李喆 · 评分人 周岚 · 2026年10月 至 2026年12月",
            "Owner Li Zhe · Rater Zhou Lan · Oct 2026 to Dec 2026",
        )
        .to_owned(),
        state: state(lang, rated),
        levels: (1..=5).zip(&LEVELS).map(level).collect(),
        attainment: rated.then(|| "125.0%".to_owned()),
        rated: rated.then(|| {
            let who = texts.rated_on(say(lang, "周岚", "Zhou Lan"), "11-23 10:30");
            (who, say(lang, "渠道带来两家新客户。", "Partners brought two customers.").to_owned())
        }),
        form: (!rated).then(|| RateForm {
            version: "1".to_owned(),
            score: Input::default(),
            scores: scores
                .map(|(number, (zh, en))| {
                    Choice::new(number.to_string(), format!("{number} · {}", say(lang, zh, en)))
                })
                .collect(),
            note: Input::default(),
        }),
        wrong: ErrorSummary::default(),
    }
}
