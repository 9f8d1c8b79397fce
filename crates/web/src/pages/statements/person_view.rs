//! From one person's words to their page. No figure is computed here.

use dacheng_app::Result;
use dacheng_app::figures::statements::{Judgement, Own, PastWord, Person, Statement, week_number, week_of};
use dacheng_app::tracking::statements::Says;
use dacheng_domain::Fen;
use dacheng_domain::metrics::{Direction, Metric, gap};
use dacheng_domain::tracking::statement::Reach;
use dacheng_rollup::Owner;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, date, money};

use super::handler::metrics;
use super::said::{self, accuracy, accuracy_how, standing};
use super::{JudgeForm, JudgedRow, PastRow, PersonPage, SayForm, Side, WeekRow};
use crate::components::{Choice, Column, Conflict, ConflictRow, Figure, Input, Link, Value};
use crate::http::{Desk, Posted, encoded};
use crate::pages::coverage;
use crate::pages::plans::amount::Amount;
use crate::pages::standing::metric_name;
use crate::shell::Room;

/// A form that was sent and not taken: what was typed, what was refused, whether somebody was faster.
#[derive(Default)]
pub(super) struct Sent<'f> {
    /// What was typed.
    pub form: Option<&'f Posted>,
    /// What was refused as a whole.
    pub refused: Option<String>,
    /// Somebody was faster.
    pub is_stale: bool,
}

impl Sent<'_> {
    fn value(&self, name: &str) -> Option<String> {
        self.form.map(|form| form.value(name).to_owned())
    }
}

/// The address of a person's page.
pub(super) fn address(code: &str, metric: Metric) -> String {
    format!("/forecast/people/{}?m={}", encoded(code), metric.code())
}

pub(super) fn page(desk: &Desk<'_>, found: &Person, sent: &Sent<'_>) -> Result<PersonPage> {
    let (lang, say) = (desk.lang(), desk.lang().statements());
    let crumbs = vec![
        Link::new(lang.shell().forecast(), "/forecast"),
        Link::new(say.name(), format!("/forecast/people?m={}", found.metric.code())),
    ];
    let due = found.due.map(|day| say.due(date::in_year(lang, day)));
    let about = [Some(said::week(lang, found.week)), due].into_iter().flatten().collect::<Vec<_>>();
    let amounts = found
        .versions
        .iter()
        .flat_map(|own| [own.of_month.commit, own.of_month.best, own.of_quarter.commit, own.of_quarter.best]);
    let worth = found.opportunities.iter().filter_map(|own| own.row.amount);
    let quarter = found.own[1].period;
    let path = format!("/forecast/people/{}", encoded(&found.code));
    Ok(PersonPage {
        shell: desk
            .shell(Room::Forecast, crumbs)?
            .exporting(format!("{path}/weeks"), format!("m={}", found.metric.code()), found.versions.len())
            .defining(desk.definitions([found.metric], quarter.last_day())?),
        title: say.of_person(&found.name, metric_name(lang, found.metric)),
        about: about.join(" · "),
        state: standing(lang, found.standing),
        metrics: metrics(desk, found.metric, |metric| address(&found.code, metric)),
        sides: found.own.iter().map(|own| side(lang, own)).collect(),
        say: (found.says == Says::Own).then(|| say_form(desk, found, sent)),
        judge: (found.says == Says::Beside).then(|| judge_form(desk, found, sent)),
        path,
        weeks: found.versions.iter().map(|own| week(desk, own)).collect(),
        column: Column::Money(money::Column::fitting(amounts.map(Fen))),
        judgements: found.own.iter().flat_map(|own| judged(desk, own)).collect(),
        past: found.own.iter().flat_map(|own| past(lang, own)).collect(),
        accuracy_how: accuracy_how(lang),
        opportunities: found.opportunities.iter().map(|own| coverage::line(lang, own)).collect(),
        of_opportunities: Column::Money(money::Column::fitting(worth)),
        coverage: (!found.opportunities.is_empty()).then(|| {
            let owner = Owner::Member(found.code.clone());
            Link::new(lang.pipeline().name(), coverage::address_of(quarter, &owner))
        }),
    })
}

fn amount(minor: i64) -> Figure {
    Figure::plain(Value::Money(Fen(minor)))
}

fn side(lang: Lang, own: &Own) -> Side {
    let (say, outlook) = (lang.statements(), &own.outlook);
    let blank = |why| Figure::plain(Value::Blank(why));
    let lacking = outlook.target.map(|target| gap(outlook.booked, target, Direction::Higher));
    let words = own.word.statement.as_ref().map(|kept| kept.said(own.reach));
    let mut numbers = vec![
        (lang.figures().target().to_owned(), outlook.target.map_or_else(|| blank(Blank::NoTarget), amount)),
        (lang.forecast().booked().to_owned(), amount(outlook.booked)),
        (say.gap().to_owned(), lacking.map_or_else(|| blank(Blank::NoTarget), amount)),
        (
            say.model().to_owned(),
            outlook.band().map_or_else(|| blank(Blank::NoHistory), |band| amount(band.p50)),
        ),
    ];
    if let Some(words) = words {
        numbers.push((say.commit().to_owned(), amount(words.commit)));
        numbers.push((say.best().to_owned(), amount(words.best)));
    }
    if let Some(minor) = own.word.judgement.as_ref().and_then(|(own, _)| own.amount) {
        numbers.push((say.judgement().to_owned(), amount(minor)));
    }
    Side { period: date::period(lang, own.period), numbers, accuracy: accuracy(lang, own.accuracy) }
}

fn say_form(desk: &Desk<'_>, found: &Person, sent: &Sent<'_>) -> SayForm {
    let lang = desk.lang();
    let typed = Amount { lang, metric: found.metric };
    let newest = found.newest.as_ref();
    // A new month or quarter begins with nothing of the last one.
    let (month, quarter) = (found.own[0].word.statement.is_some(), found.own[1].word.statement.is_some());
    let usual: [Option<i64>; 4] = [
        newest.filter(|_| month).map(|own| own.of_month.commit),
        newest.filter(|_| month).map(|own| own.of_month.best),
        newest.filter(|_| quarter).map(|own| own.of_quarter.commit),
        newest.filter(|_| quarter).map(|own| own.of_quarter.best),
    ];
    let input = |place: usize| {
        let name = SayForm::NAMES[place];
        match sent.value(name) {
            None => Input::of(typed.maybe(usual[place])),
            Some(text) => match typed.read(&text) {
                Ok(Some(_)) => Input::of(text),
                Ok(None) => Input::wrong(text, lang.statements().needed()),
                Err(wrong) => Input::wrong(text, wrong),
            },
        }
    };
    SayForm {
        metric: found.metric.code(),
        version: sent.value("version").unwrap_or_else(|| found.seen().to_string()),
        unit: typed.heading().to_owned(),
        amounts: std::array::from_fn(input),
        beside: [0, 1].map(|place| beside(lang, &found.own[place])),
        note: Input::of(sent.value("note").unwrap_or_default()),
        refused: sent.refused.clone().filter(|_| !sent.is_stale),
        conflict: sent.is_stale.then(|| conflict(desk, found, sent, typed)),
    }
}

/// What is booked and what is lacking.
fn beside(lang: Lang, own: &Own) -> String {
    let (say, booked) = (lang.statements(), money::said(lang, Fen(own.outlook.booked)));
    match own.outlook.target {
        None => say.beside_no_target(booked),
        Some(target) => {
            say.beside(booked, money::said(lang, Fen(gap(own.outlook.booked, target, Direction::Higher))))
        }
    }
}

fn conflict(desk: &Desk<'_>, found: &Person, sent: &Sent<'_>, typed: Amount) -> Conflict {
    let say = desk.lang().statements();
    let kept = found.newest.as_ref();
    let names = [say.commit_month(), say.best_month(), say.commit_quarter(), say.best_quarter()];
    let theirs: [Option<i64>; 4] = [
        kept.map(|own| own.of_month.commit),
        kept.map(|own| own.of_month.best),
        kept.map(|own| own.of_quarter.commit),
        kept.map(|own| own.of_quarter.best),
    ];
    let row = |place: usize| ConflictRow {
        field: names[place].to_owned(),
        mine: sent.value(SayForm::NAMES[place]).unwrap_or_default(),
        theirs: typed.maybe(theirs[place]),
    };
    Conflict {
        saved_by: kept.map_or_else(
            || say.somebody().to_owned(),
            |own| format!("{} {}", say.somebody(), desk.moment(own.recorded_at)),
        ),
        rows: (0..4).map(row).filter(|row| row.mine != row.theirs).collect(),
        version: found.seen().to_string(),
        discard: address(&found.code, found.metric),
    }
}

fn judge_form(desk: &Desk<'_>, found: &Person, sent: &Sent<'_>) -> JudgeForm {
    let lang = desk.lang();
    let typed = Amount { lang, metric: found.metric };
    let of = sent.value("of").unwrap_or_else(|| Reach::Month.code().to_owned());
    let stale = found.own.iter().find(|own| sent.is_stale && own.reach.code() == of);
    let version = |own: &Own| {
        let name = format!("version-{}", own.reach.code());
        let version = sent.value(&name).unwrap_or_else(|| version(found, own).to_string());
        (name, version)
    };
    let unchanged = found.own.iter().filter(|own| stale.is_none_or(|stale| stale.reach != own.reach));
    JudgeForm {
        metric: found.metric.code(),
        versions: unchanged.map(version).collect(),
        unit: typed.heading().to_owned(),
        reaches: found
            .own
            .iter()
            .map(|own| Choice::new(own.reach.code(), date::period(lang, own.period)))
            .collect(),
        amount: match sent.value("amount") {
            None => Input::default(),
            Some(text) => match typed.read(&text) {
                Ok(_) => Input::of(text),
                Err(wrong) => Input::wrong(text, wrong),
            },
        },
        reason: Input::of(sent.value("reason").unwrap_or_default()),
        refused: sent.refused.clone().filter(|_| !sent.is_stale),
        conflict: stale.map(|own| (own.reach.code(), judge_conflict(desk, found, own, sent))),
        of: Input::of(of),
    }
}

/// The version of this week's judgement, 0 for none.
fn version(found: &Person, own: &Own) -> i64 {
    let week = week_number(found.week);
    own.judgements.iter().find(|(judged, _)| judged.week == week).map_or(0, |(judged, _)| judged.version)
}

/// What somebody else said beside the same word meanwhile.
fn judge_conflict(desk: &Desk<'_>, found: &Person, own: &Own, sent: &Sent<'_>) -> Conflict {
    let (lang, say) = (desk.lang(), desk.lang().statements());
    let kept = own.judgements.first();
    let amount = kept.and_then(|(judged, _)| judged.amount);
    let taken_back = || say.taken_back().to_owned();
    let row = |field: &str, name: &str, theirs: String| ConflictRow {
        field: format!("{} {field}", date::period(lang, own.period)),
        mine: sent.value(name).unwrap_or_default(),
        theirs,
    };
    let typed = Amount { lang, metric: found.metric };
    let rows = [
        row(say.amount(), "amount", amount.map_or_else(taken_back, |minor| typed.maybe(Some(minor)))),
        row(say.reason(), "reason", kept.map_or_else(String::new, |(judged, _)| judged.reason.clone())),
    ];
    Conflict {
        saved_by: kept.map_or_else(
            || say.somebody().to_owned(),
            |(judged, name)| format!("{name} {}", desk.moment(judged.recorded_at)),
        ),
        rows: rows.into_iter().filter(|row| row.mine != row.theirs).collect(),
        version: version(found, own).to_string(),
        discard: address(&found.code, found.metric),
    }
}

fn week(desk: &Desk<'_>, own: &Statement) -> WeekRow {
    WeekRow {
        week: said::week(desk.lang(), week_of(own.week)),
        version: own.version,
        at: desk.moment(own.recorded_at),
        amounts: [own.of_month.commit, own.of_month.best, own.of_quarter.commit, own.of_quarter.best]
            .map(amount),
        note: own.note.clone(),
    }
}

fn judged(desk: &Desk<'_>, own: &Own) -> Vec<JudgedRow> {
    let lang = desk.lang();
    let row = |(judged, name): &(Judgement, String)| JudgedRow {
        period: date::period(lang, own.period),
        amount: judged.amount.map(amount).ok_or_else(|| lang.statements().taken_back().to_owned()),
        reason: judged.reason.clone(),
        who: name.clone(),
        at: desk.moment(judged.recorded_at),
    };
    own.judgements.iter().map(row).collect()
}

fn past(lang: Lang, own: &Own) -> Vec<PastRow> {
    let row = |held: &PastWord| PastRow {
        period: date::period(lang, held.period),
        said: amount(held.said),
        came: amount(held.came),
        difference: money::Column::Wan.signed(lang, Fen(held.said.saturating_sub(held.came))),
    };
    own.past.iter().map(row).collect()
}
