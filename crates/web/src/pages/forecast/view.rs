//! From an outlook to the page that shows it. No figure is computed here.

use dacheng_app::figures::Look;
use dacheng_app::figures::forecast::{MonthAhead, Outlook, Outlooks, Told};
use dacheng_domain::Fen;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, money};

use super::handler::{Asked, address};
use super::rows::sorted;
use super::said::{chance, conclusion, notes, proof, risk};
use super::{ChanceForm, Figures, Row};
use crate::charts::{Amounts, Fan, FanPoint, Outlook as Drawn};
use crate::components::{Column, Figure, Input, Link, Note, Sentence, Tone, Value};
use crate::http::Desk;
use crate::pages::plans::amount::Amount;
use crate::pages::standing::metric_name;

/// The figures as the page shows them.
pub(super) fn figures(desk: &Desk<'_>, asked: &Asked, found: &Outlooks) -> Figures {
    let lang = desk.lang();
    let look = Look::now(found.metric, found.period);
    let rows: Vec<Row> =
        sorted(found).into_iter().map(|(named, outlook)| row(lang, look, named, outlook)).collect();
    let amounts = found
        .below
        .iter()
        .flat_map(|(_, outlook)| outlook.band().map(|band| band.p90).into_iter().chain(outlook.target));
    Figures {
        conclusion: told(lang, found),
        numbers: numbers(lang, &found.whole),
        fan: fan(lang, found),
        chance: chance_form(lang, asked, found),
        proof: proof(lang, found),
        pipeline: None,
        notes: inside(lang, found).into_iter().chain(notes(lang, found)).collect(),
        column: Column::Money(money::Column::fitting(amounts.map(Fen))),
        rows,
    }
}

/// The conclusion, and who below is at risk.
fn told(lang: Lang, found: &Outlooks) -> Sentence {
    let say = lang.forecast();
    let at_risk: Vec<&str> = sorted(found)
        .into_iter()
        .filter(|(_, outlook)| outlook.chance().is_some_and(|chance| chance.ten_thousandths() < 3_000))
        .take(3)
        .map(|(named, _)| named.name.as_str())
        .collect();
    let first = conclusion(lang, &found.whole);
    if at_risk.is_empty() {
        return first;
    }
    let names = at_risk.join(lang.overview().comma());
    first.plain(lang.overview().next_sentence()).plain(say.at_risk(names))
}

/// Whether the running month is part of it.
fn inside(lang: Lang, found: &Outlooks) -> Option<Note> {
    let Told::Ahead(forecast) = &found.whole.told else { return None };
    let is_inside = forecast.question.skipped == 0 && found.whole.booked > forecast.question.known;
    is_inside.then(|| Note::new(Tone::Info, lang.forecast().inside()))
}

fn numbers(lang: Lang, outlook: &Outlook) -> Vec<(String, Figure)> {
    let (say, amount) = (lang.forecast(), |minor: i64| Figure::plain(Value::Money(Fen(minor))));
    let band = outlook.band().map(|band| {
        [(say.p10(), band.p10), (say.p50(), band.p50), (say.p90(), band.p90)]
            .map(|(name, minor)| (name.to_owned(), amount(minor)))
    });
    let target = outlook.target.map_or_else(|| Figure::plain(Value::Blank(Blank::NoTarget)), amount);
    let chances = outlook.chance().map(|chance| {
        (say.chance_of_target().to_owned(), Figure::plain(Value::Rate(super::said::ratio(chance))))
    });
    let booked = (say.booked().to_owned(), amount(outlook.booked));
    let all = band.into_iter().flatten().chain([(lang.figures().target().to_owned(), target)]);
    all.chain(chances).chain([booked]).collect()
}

fn fan(lang: Lang, found: &Outlooks) -> Fan {
    let point = |month: &MonthAhead| FanPoint {
        label: month.month.to_string(),
        actual: month.actual,
        outlook: month.band.map(|band| Drawn { low: band.p10, middle: band.p50, high: band.p90 }),
        target: month.target,
    };
    let points: Vec<FanPoint> = found.months.iter().map(point).collect();
    let amounts =
        points.iter().flat_map(|point| [point.actual, point.outlook.map(|own| own.high), point.target]);
    Fan {
        id: "forecast",
        subject: lang.forecast().monthly(metric_name(lang, found.metric)),
        amounts: Amounts::fitting(amounts.flatten()),
        points,
    }
}

fn chance_form(lang: Lang, asked: &Asked, found: &Outlooks) -> ChanceForm {
    let (say, amount) = (lang.forecast(), Amount { lang, metric: found.metric });
    let hidden = asked.hidden(Look::now(found.metric, found.period));
    let unit = amount.heading().to_owned();
    let typed = match asked.amount() {
        None => Ok(found.whole.target),
        Some(typed) => amount.read(typed),
    };
    match typed {
        Err(wrong) => {
            let amount = Input::wrong(asked.amount().unwrap_or_default(), wrong);
            ChanceForm { hidden, amount, unit, answer: None }
        }
        Ok(minor) => {
            let answer = minor.map(|minor| match found.whole.reaches(minor) {
                None => Sentence::from(say.answer_none()),
                Some(found) => {
                    let (asked, chance) = (amount.said(minor), chance(lang, found));
                    let said = say.answer(&asked, &chance);
                    match said.rsplit_once(&chance) {
                        Some((before, after)) => Sentence::new().plain(before).strong(chance).plain(after),
                        None => said.into(),
                    }
                }
            });
            let amount = Input::of(asked.amount().map_or_else(|| amount.maybe(minor), str::to_owned));
            ChanceForm { hidden, amount, unit, answer }
        }
    }
}

fn row(lang: Lang, look: Look, named: &dacheng_app::figures::Named, outlook: &Outlook) -> Row {
    let blank = |why: Blank| Figure::plain(Value::Blank(why));
    let amount = |minor: i64| Figure::plain(Value::Money(Fen(minor)));
    let band = outlook.band().map(|band| [band.p10, band.p50, band.p90].map(amount));
    Row {
        unit: Link::new(&named.name, address(look, &named.owner)),
        band: band.unwrap_or_else(|| [(); 3].map(|()| blank(Blank::NoHistory))),
        target: outlook.target.map_or_else(|| blank(Blank::NoTarget), amount),
        chance: outlook.chance().map_or_else(|| "—".to_owned(), |own| chance(lang, own)),
        risk: risk(lang, outlook.chance()),
    }
}
