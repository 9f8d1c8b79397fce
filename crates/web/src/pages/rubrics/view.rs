//! Qualitative targets as pages and files show them.

use dacheng_app::Result;
use dacheng_app::planning::rubrics::{self, RubricView};
use dacheng_domain::calendar::Month;
use dacheng_domain::planning::rubric::{LEVELS, Score, State};
use dacheng_text::{Lang, date, rate};

use super::{LevelRow, RateForm, RubricPage, RubricRow, RubricsPage, SetForm};
use crate::components::{Badge, Choice, ErrorSummary, Input, Link, Tone};
use crate::http::{Desk, Posted};
use crate::shell::Room;

/// Qualitative targets on one page.
const PAGE: usize = 50;

pub(super) fn list(desk: &Desk<'_>, before: Option<i64>, sent: Option<SetForm>) -> Result<RubricsPage> {
    let part = rubrics::list(desk.app, &desk.context, before, PAGE)?;
    let may = rubrics::may_set(desk.app, &desk.context)?;
    Ok(RubricsPage {
        shell: desk.shell(Room::Plans, Vec::new())?.exporting("/rubrics", "", part.rubrics.len()),
        rubrics: rows(desk, &part.rubrics),
        older: part.older.map(|below| format!("/rubrics?before={below}")),
        new: sent.or_else(|| may.then(|| form(desk, None))),
    })
}

/// Qualitative targets as rows.
pub fn rows(desk: &Desk<'_>, of: &[RubricView]) -> Vec<RubricRow> {
    of.iter().map(|own| row(desk, own)).collect()
}

fn row(desk: &Desk<'_>, own: &RubricView) -> RubricRow {
    let lang = desk.lang();
    let moment = own.kept.rated_at.map(|at| desk.moment(at));
    RubricRow {
        rated: moment.into_iter().chain(own.kept.note.clone()).collect::<Vec<_>>().join(" "),
        rubric: Link::new(&own.kept.name, address(own.kept.id)),
        owner: own.owner.clone(),
        rater: own.rater.clone(),
        months: months(lang, own),
        state: state(lang, own),
        score: scores(own),
        attainment: own.attainment.map_or_else(|| "—".to_owned(), rate::percent),
    }
}

/// The page of one.
pub(super) fn address(id: i64) -> String {
    format!("/rubrics/{id}")
}

/// From when to when.
pub(super) fn months(lang: Lang, own: &RubricView) -> String {
    let said = |month: Month| date::month(lang, month.year(), month.number());
    let (first, last) = own.months;
    if first == last { said(first) } else { lang.rubrics().months(said(first), said(last)) }
}

/// Where it stands.
pub(super) fn state(lang: Lang, own: &RubricView) -> Badge {
    match own.kept.state {
        State::Set => Badge::new(Tone::Info, lang.rubrics().set()),
        State::Rated => Badge::new(Tone::Ok, lang.rubrics().rated()),
    }
}

/// Score and target score: 5 / 4.
pub(super) fn scores(own: &RubricView) -> String {
    let score = own.kept.score.map_or_else(|| "—".to_owned(), |score| score.number().to_string());
    format!("{score} / {}", own.kept.target.number())
}

/// The form that sets one: blank, or as it was sent with what was refused.
pub(super) fn form(desk: &Desk<'_>, sent: Option<(&Posted, String)>) -> SetForm {
    let say = desk.lang().rubrics();
    let value = |name: &str| Input::of(sent.as_ref().map_or("", |(form, _)| form.value(name)));
    let levels = (1..=LEVELS).map(|level| (say.level(level), value(&format!("level-{level}"))));
    let running = Month::of(desk.context.today);
    let or = |input: Input, usual: String| if sent.is_some() { input } else { Input::of(usual) };
    SetForm {
        name: value("name"),
        owner: value("owner"),
        rater: value("rater"),
        from: or(value("from"), running.to_string()),
        to: or(value("to"), running.plus(2).to_string()),
        target: or(value("target"), "4".to_owned()),
        targets: Score::ALL
            .map(|score| Choice::new(score.number().to_string(), say.points(score.number())))
            .to_vec(),
        levels: levels.collect(),
        open: sent.is_some(),
        refused: sent.map(|(_, refused)| refused).filter(|refused| !refused.is_empty()),
    }
}

/// The page of one, with what was refused.
pub(super) fn one(desk: &Desk<'_>, own: &RubricView, sent: Option<(&Posted, String)>) -> Result<RubricPage> {
    let (lang, say) = (desk.lang(), desk.lang().rubrics());
    let label = |name: &str, value: &str| format!("{name} {value}");
    let about =
        [label(say.owner(), &own.owner), label(say.rater(), &own.rater), months(lang, own)].join(" · ");
    let levels = Score::ALL.into_iter().zip(&own.kept.levels).map(|(score, text)| LevelRow {
        score: score.number(),
        text: text.clone(),
        mark: if own.kept.score == Some(score) {
            Some(Badge::new(Tone::Ok, say.score()))
        } else {
            (own.kept.target == score).then(|| Badge::new(Tone::Info, say.target()))
        },
    });
    let rated = own
        .kept
        .rated_at
        .map(|at| (say.rated_on(&own.rater, desk.moment(at)), own.kept.note.clone().unwrap_or_default()));
    let value = |name: &str| Input::of(sent.as_ref().map_or("", |(form, _)| form.value(name)));
    let scores = Score::ALL.into_iter().zip(&own.kept.levels);
    let form = own.to_rate.then(|| RateForm {
        version: own.kept.version.to_string(),
        score: value("score"),
        scores: scores
            .map(|(score, text)| {
                Choice::new(score.number().to_string(), format!("{} · {text}", say.points(score.number())))
            })
            .collect(),
        note: value("note"),
    });
    let refused = sent.map(|(_, refused)| refused).filter(|refused| !refused.is_empty());
    Ok(RubricPage {
        shell: desk.shell(Room::Plans, vec![Link::new(say.title(), "/rubrics")])?,
        path: address(own.kept.id),
        name: own.kept.name.clone(),
        about,
        state: state(lang, own),
        levels: levels.collect(),
        attainment: own.attainment.map(rate::percent),
        rated,
        form,
        wrong: ErrorSummary { errors: refused.into_iter().map(|refused| (None, refused)).collect() },
    })
}
