//! The table of those below: sorted by risk, the same on the page and in its files.

use dacheng_app::exports::{Column, Holds, Value};
use dacheng_app::figures::Named;
use dacheng_app::figures::forecast::{Outlook, Outlooks};
use dacheng_domain::Fen;
use dacheng_text::Lang;

use super::said::{ratio, risk};

/// The least likely first; those without a target last.
pub fn sorted(found: &Outlooks) -> Vec<&(Named, Outlook)> {
    let mut rows: Vec<&(Named, Outlook)> = found.below.iter().collect();
    rows.sort_by_key(|(named, outlook)| (outlook.chance().is_none(), outlook.chance(), named.code.clone()));
    rows
}

/// The columns of the list.
pub fn columns(lang: Lang) -> Vec<Column> {
    let say = lang.forecast();
    vec![
        Column::text(lang.overview().level(), 24),
        Column::text(lang.settings().code(), 12),
        Column::of(Holds::Money, say.booked()),
        Column::of(Holds::Money, say.p10()),
        Column::of(Holds::Money, say.p50()),
        Column::of(Holds::Money, say.p90()),
        Column::of(Holds::Money, lang.figures().target()),
        Column::of(Holds::Percent, say.chance()),
        Column::text(lang.dashboard().standing(), 12),
    ]
}

/// The cells of somebody below.
pub fn cells(lang: Lang, (named, outlook): &(Named, Outlook)) -> Vec<Value> {
    let band = outlook.band().map(|band| [band.p10, band.p50, band.p90]);
    let at = |place: usize| Value::money_of(band.map(|band| Fen(band[place])));
    vec![
        Value::text(&named.name),
        Value::text(&named.code),
        Value::money(Fen(outlook.booked)),
        at(0),
        at(1),
        at(2),
        Value::money_of(outlook.target.map(Fen)),
        Value::percent(outlook.chance().map(ratio)),
        Value::text(risk(lang, outlook.chance()).text),
    ]
}
