//! Sample pages of the SMART check: a sentence with two targets, a vague one, nothing written yet.

use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::components::{Badge, ErrorSummary, Input, Tone};
use crate::pages::smart::{Found, Judged, SmartPage, Take, VerdictRow};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let page = |sentence: &str, found| SmartPage {
        shell: shell_at(lang, theme, Room::Plans, &[(lang.shell().plans(), "/plans")]),
        plan: "/plans/2027".to_owned(),
        name: say(lang, "2027年度目标", "Targets of 2027").to_owned(),
        sentence: Input::of(sentence),
        found,
        own: Some(vec![judged(lang, "销售额 8,000 万元", "Revenue CNY 80 million", None)]),
        wrong: ErrorSummary::default(),
    };
    let texts = lang.smart();
    let written = say(lang, "Q3 销售额达 500 万元", "Revenue of 5 million yuan in Q3");
    let open = judged(
        lang,
        "2027年Q3销售额达到500 万元",
        "Revenue to CNY 5 million in Q3 2027",
        Some(Take::Open(0, 4)),
    );
    let closed = vague(lang);
    vec![
        sample("/plans/2027/smart", page("", found(lang, texts.nothing_yet(), Vec::new()))),
        sample(
            "/plans/2027/smart/read",
            page(written, found(lang, &texts.read_as(2_usize), vec![open, closed])),
        ),
    ]
}

fn found(lang: Lang, said: &str, targets: Vec<Judged>) -> Found {
    Found {
        lang,
        csrf: "0".to_owned(),
        plan: "/plans/2027".to_owned(),
        sentence: String::new(),
        said: said.to_owned(),
        targets,
    }
}

fn row(name: &'static str, tone: Tone, word: &str, text: &str, mend: Option<&'static str>) -> VerdictRow {
    VerdictRow { name, mark: Badge::new(tone, word), found: vec![(text.to_owned(), mend)] }
}

fn judged(lang: Lang, zh: &str, en: &str, take: Option<Take>) -> Judged {
    let texts = lang.smart();
    let (pass, warn) = (texts.pass(), texts.warn());
    Judged {
        title: if lang == Lang::Zh { zh } else { en }.to_owned(),
        about: texts.whole_company().to_owned(),
        verdicts: vec![
            row(texts.specific(), Tone::Ok, pass, texts.found_specific(), None),
            row(texts.measurable(), Tone::Ok, pass, &texts.found_measured("2026-11-20"), None),
            row(
                texts.achievable(),
                Tone::Warn,
                warn,
                &texts.found_capacity(
                    "186.0",
                    say(lang, "26.4 万元", "CNY 264k"),
                    say(lang, "4,910.4 万元", "CNY 49.1M"),
                    "101.8%",
                ),
                Some(texts.mend_capacity()),
            ),
            row(
                texts.relevant(),
                Tone::Ok,
                pass,
                &texts.found_linked(say(lang, "拓展华东市场", "Grow in East China")),
                None,
            ),
            row(texts.time_bound(), Tone::Ok, pass, &texts.found_ends("2027-09-30"), None),
        ],
        take,
    }
}

fn vague(lang: Lang) -> Judged {
    let texts = lang.smart();
    let fail = texts.fail();
    Judged {
        title: say(lang, "新客户数（无数字）", "New customers (no number)").to_owned(),
        about: texts.whole_company().to_owned(),
        verdicts: vec![
            row(texts.specific(), Tone::Bad, fail, texts.found_absent(), Some(texts.mend_absent())),
            row(texts.measurable(), Tone::Bad, fail, texts.found_no_formula(), Some(texts.mend_no_formula())),
            row(
                texts.achievable(),
                Tone::Bad,
                fail,
                texts.found_nothing_to_judge(),
                Some(texts.mend_nothing_to_judge()),
            ),
            row(
                texts.relevant(),
                Tone::Warn,
                texts.warn(),
                texts.found_not_linked(),
                Some(texts.mend_not_linked()),
            ),
            row(texts.time_bound(), Tone::Bad, fail, texts.found_no_time(), Some(texts.mend_no_time())),
        ],
        take: Some(Take::Closed(texts.take_no_number().to_owned())),
    }
}
