//! A named figure of a unit or a person.

use dacheng_app::figures::{Look, Performance};
use dacheng_rollup::Owner;
use dacheng_text::Lang;

use crate::components::{Change, Figure};
use crate::pages::standing::{self, change, change_label, change_of, explain, money_of, shortfall};

/// A named figure.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its name: 缺口.
    pub name: String,
    /// What it is.
    pub said: Said,
}

/// A figure, a change, or why there is none.
#[derive(Debug, Clone)]
pub enum Said {
    /// A figure.
    Figure(Figure),
    /// A change against the year before.
    Change(Change),
    /// Words in its place: 已达成.
    Words(String),
}

/// What is needed on each working day left.
pub fn needed(lang: Lang, performance: &Performance) -> Said {
    standing::needed(lang, performance).map_or_else(|words| Said::Words(words.to_owned()), Said::Figure)
}

/// Target, actual, attainment, gap, what is needed, floor and stretch, year on year.
pub fn facts(lang: Lang, look: Look, owner: &Owner, performance: &Performance) -> Vec<Fact> {
    let href = explain(look, owner);
    let (named, say) = (lang.figures(), lang.targets());
    let found = &performance.figure;
    let fact = |name: &str, figure| Fact { name: name.to_owned(), said: Said::Figure(figure) };
    let money = |name, amount| fact(name, money_of(amount, href.clone()));
    let mut facts = vec![
        money(named.target(), found.target),
        money(named.actual(), found.actual),
        fact(named.attainment(), Figure::rate(found.attainment, href.clone())),
        money(named.shortfall(), shortfall(found)),
        Fact { name: say.needed().to_owned(), said: needed(lang, performance) },
    ];
    let marks = [(say.floor(), performance.floor), (say.stretch(), performance.stretch)];
    facts.extend(marks.into_iter().filter(|(_, mark)| mark.is_some()).map(|(name, mark)| money(name, mark)));
    let year_on_year = &performance.year_on_year;
    facts.push(Fact { name: change_label(lang, year_on_year), said: Said::Change(change(year_on_year)) });
    let spring = year_on_year.spring.as_ref().map(change_of);
    facts.extend(spring.map(|spring| Fact { name: say.spring().to_owned(), said: Said::Change(spring) }));
    facts
}
