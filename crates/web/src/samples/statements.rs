//! Sample pages of people's forecast: the roll-up, somebody's own page, that page as their leader sees it.

use dacheng_domain::metrics::Metric;
use dacheng_text::{Lang, metric, money};

use super::dashboard::basis;
use super::{Sample, amount, sample, say, scopes, shell_at};
use crate::components::{
    Badge, Choice, Column, Conflict, ConflictRow, Empty, Input, Link, PickerEntry, Sentence, Tone,
};
use crate::pages::forecast::Stepper;
use crate::pages::statements::{
    JudgeForm, JudgedRow, PastRow, PersonPage, Row, SayForm, Side, StatementsPage, WeekRow,
};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let texts = lang.statements();
    let nobody = StatementsPage {
        empty: Some(Empty::not_yet(texts.nobody(), texts.nobody_text())),
        rows: Vec::new(),
        own: None,
        ..list(lang, theme)
    };
    let own = person(lang, theme);
    let faster = PersonPage {
        say: own.say.clone().map(|form| SayForm { conflict: Some(conflict(lang)), ..form }),
        ..own.clone()
    };
    let leader = PersonPage { say: None, judge: Some(judge(lang)), ..own.clone() };
    vec![
        sample("/forecast/people", list(lang, theme)),
        sample("/forecast/people/empty", nobody),
        sample("/forecast/people/own", own),
        sample("/forecast/people/conflict", faster),
        sample("/forecast/people/leader", leader),
    ]
}

fn list(lang: Lang, theme: Theme) -> StatementsPage {
    let texts = lang.statements();
    let row = |zh, en, numbers: [i64; 6], state: Badge| Row {
        unit: Link::new(say(lang, zh, en), "/forecast/people?org=R1"),
        target: amount(numbers[0], ""),
        booked: amount(numbers[1], ""),
        commit: amount(numbers[2], ""),
        judged: amount(numbers[3], ""),
        reason: (numbers[2] != numbers[3])
            .then(|| texts.reason_of(say(lang, "王敏刚", "Wang"), say(lang, "两家推迟", "two are late"))),
        best: amount(numbers[4], ""),
        middle: amount(numbers[5], ""),
        state,
        carried: (numbers[0] == 400).then(|| texts.carried(47)),
        accuracy: texts.accuracy_said("12.4%", texts.bias_above("6.1%"), 6),
    };
    StatementsPage {
        shell: shell_at(lang, theme, Room::Forecast, &[(lang.shell().forecast(), "/forecast")]).exporting(
            "/forecast/people",
            "of=month",
            2,
        ),
        title: texts.title("2026-11", metric::name(lang, Metric::Revenue)),
        basis: basis(lang),
        kinds: [texts.month(), texts.quarter()]
            .map(|text| PickerEntry {
                text: text.to_owned(),
                href: "/forecast/people?of=month".to_owned(),
                current: text == texts.month(),
                depth: 0,
            })
            .to_vec(),
        stepper: Stepper {
            period: texts.week(48, "11-23", "11-29"),
            earlier: Link::new("47", "/forecast/people?w=2026-W47"),
            later: None,
        },
        metrics: super::targets::metrics(lang),
        scopes: Some(scopes(lang)),
        own: Some(Link::new(texts.form(), "/forecast/people/s1")),
        empty: None,
        conclusion: Sentence::from(texts.conclusion("1,874.4", "2,168.5")).plain(texts.conclusion_missing(3)),
        numbers: vec![
            (texts.commit().to_owned(), amount(18_744, "")),
            (texts.judged().to_owned(), amount(18_455, "")),
            (texts.best().to_owned(), amount(21_685, "")),
        ],
        rows: vec![
            row(
                "苏州组",
                "Suzhou",
                [2_513, 1_907, 2_405, 2_405, 2_762, 2_706],
                Badge::new(Tone::Info, "5/6"),
            ),
            row("李喆", "Li Zhe", [400, 283, 377, 340, 407, 419], Badge::new(Tone::Bad, texts.overdue())),
        ],
        column: Column::Money(money::Column::Wan),
        accuracy_how: texts.accuracy_how(2, 4, 12),
    }
}

fn person(lang: Lang, theme: Theme) -> PersonPage {
    let texts = lang.statements();
    let name = say(lang, "李喆", "Li Zhe");
    let side = |period: &str| Side {
        period: period.to_owned(),
        numbers: vec![
            (lang.figures().target().to_owned(), amount(402, "")),
            (lang.forecast().booked().to_owned(), amount(283, "")),
            (texts.gap().to_owned(), amount(119, "")),
            (texts.model().to_owned(), amount(419, "")),
        ],
        accuracy: texts.accuracy_none(3),
    };
    PersonPage {
        shell: shell_at(lang, theme, Room::Forecast, &[(lang.shell().forecast(), "/forecast")]).exporting(
            "/forecast/people/s1/weeks",
            "m=revenue",
            1,
        ),
        title: texts.of_person(name, metric::name(lang, Metric::Revenue)),
        about: texts.due("11-23"),
        state: Badge::new(Tone::Info, texts.waiting()),
        metrics: super::targets::metrics(lang),
        sides: vec![side("2026-11"), side("2026-Q4")],
        say: Some(SayForm {
            metric: "revenue",
            version: "0".to_owned(),
            unit: say(lang, "万元", "CNY").to_owned(),
            amounts: [
                Input::of("37.7"),
                Input::wrong("36", texts.refused_best()),
                Input::of("112"),
                Input::of("130"),
            ],
            beside: [texts.beside("28.4", "11.9"), texts.beside_no_target("52.5")],
            note: Input::of(""),
            refused: None,
            conflict: None,
        }),
        judge: None,
        path: "/forecast/people/s1".to_owned(),
        weeks: vec![WeekRow {
            week: texts.week(47, "11-16", "11-22"),
            version: 2,
            at: "11-16 09:12".to_owned(),
            amounts: [amount(377, ""), amount(407, ""), amount(1_120, ""), amount(1_300, "")],
            note: say(lang, "两家在走合同", "Two contracts are being signed").to_owned(),
        }],
        column: Column::Money(money::Column::Wan),
        judgements: [Ok(amount(340, "")), Err(texts.taken_back().to_owned())]
            .map(|amount| JudgedRow {
                period: "2026-11".to_owned(),
                amount,
                reason: say(lang, "两家推迟", "two are late").to_owned(),
                who: say(lang, "王敏刚", "Wang").to_owned(),
                at: "11-17 10:40".to_owned(),
            })
            .to_vec(),
        past: vec![PastRow {
            period: "2026-10".to_owned(),
            said: amount(390, ""),
            came: amount(365, ""),
            difference: "+2.5".to_owned(),
        }],
        accuracy_how: texts.accuracy_how(2, 4, 12),
        opportunities: super::coverage::opportunities(lang),
        of_opportunities: Column::Money(money::Column::Wan),
        coverage: Some(Link::new(lang.pipeline().name(), "/forecast/coverage?person=s1")),
    }
}

fn conflict(lang: Lang) -> Conflict {
    let texts = lang.statements();
    Conflict {
        saved_by: texts.somebody().to_owned(),
        rows: vec![ConflictRow {
            field: texts.commit_month().to_owned(),
            mine: "37.7".to_owned(),
            theirs: "36".to_owned(),
        }],
        version: "2".to_owned(),
        discard: "/forecast/people/s1".to_owned(),
    }
}

fn judge(lang: Lang) -> JudgeForm {
    JudgeForm {
        metric: "revenue",
        versions: ["version-month", "version-quarter"].map(|name| (name.to_owned(), "0".to_owned())).to_vec(),
        unit: say(lang, "万元", "CNY").to_owned(),
        of: Input::of("month"),
        reaches: vec![Choice::new("month", "2026-11"), Choice::new("quarter", "2026-Q4")],
        amount: Input::of("34"),
        reason: Input::wrong("", lang.statements().refused_reason()),
        refused: None,
        conflict: None,
    }
}
