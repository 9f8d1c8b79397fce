//! From what people said to the page that rolls it up. No figure is computed here.

use dacheng_app::figures::Named;
use dacheng_app::figures::statements::{Line, Statements};
use dacheng_domain::Fen;
use dacheng_rollup::Owner;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, money};

use super::handler::unit_address;
use super::said::{accuracy, carried, conclusion, share, standing};
use super::{Row, StatementsPage};
use crate::components::{Column, Figure, Link, Value};
use crate::http::encoded;

/// What the page shows of the figures.
pub(super) fn fill(lang: Lang, page: StatementsPage, found: &Statements) -> StatementsPage {
    let amounts = found.below.iter().flat_map(|(_, line)| {
        line.outlook.target.into_iter().chain([line.sums.best, line.outlook.booked, line.sums.judged])
    });
    StatementsPage {
        conclusion: conclusion(lang, found),
        numbers: numbers(lang, &found.whole),
        rows: found.below.iter().map(|(named, line)| row(lang, found, named, line)).collect(),
        column: Column::Money(money::Column::fitting(amounts.map(Fen))),
        ..page
    }
}

fn amount(minor: i64) -> Figure {
    Figure::plain(Value::Money(Fen(minor)))
}

fn blank(why: Blank) -> Figure {
    Figure::plain(Value::Blank(why))
}

fn numbers(lang: Lang, line: &Line) -> Vec<(String, Figure)> {
    let (say, forecast) = (lang.statements(), lang.forecast());
    let mut all = vec![
        (say.commit().to_owned(), amount(line.sums.commit)),
        (say.judged().to_owned(), amount(line.sums.judged)),
        (say.best().to_owned(), amount(line.sums.best)),
    ];
    if let Some(band) = line.outlook.band() {
        all.extend([
            (forecast.p10().to_owned(), amount(band.p10)),
            (forecast.p50().to_owned(), amount(band.p50)),
            (forecast.p90().to_owned(), amount(band.p90)),
        ]);
    }
    let target = line.outlook.target.map_or_else(|| blank(Blank::NoTarget), amount);
    all.push((lang.figures().target().to_owned(), target));
    all.push((forecast.booked().to_owned(), amount(line.outlook.booked)));
    all
}

fn row(lang: Lang, found: &Statements, named: &Named, line: &Line) -> Row {
    let href = match &named.owner {
        Owner::Member(code) => {
            format!("/forecast/people/{}?m={}", encoded(code), found.asked.metric.code())
        }
        Owner::Company | Owner::Unit(_) => unit_address(found, &named.code),
    };
    let said = |minor: i64| {
        if line.sums.counted == 0 { blank(Blank::NoHistory) } else { amount(minor) }
    };
    let judgement = line.word.as_ref().and_then(|own| own.judgement.as_ref());
    let judged = if judgement.is_some() { amount(line.sums.judged) } else { said(line.sums.judged) };
    Row {
        unit: Link::new(&named.name, href),
        target: line.outlook.target.map_or_else(|| blank(Blank::NoTarget), amount),
        booked: amount(line.outlook.booked),
        commit: said(line.sums.commit),
        judged,
        reason: judgement.map(|(own, name)| lang.statements().reason_of(name, &own.reason)),
        best: said(line.sums.best),
        middle: line.outlook.band().map_or_else(|| blank(Blank::NoHistory), |band| amount(band.p50)),
        state: match &line.word {
            Some(word) => standing(lang, word.standing),
            None => share(lang, &line.sums),
        },
        carried: carried(lang, line.word.as_ref(), found.asked.week),
        accuracy: match &line.word {
            Some(word) => accuracy(lang, word.accuracy),
            None => String::new(),
        },
    }
}
