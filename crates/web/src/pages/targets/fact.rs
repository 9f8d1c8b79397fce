//! A named figure of a unit or a person.

use dacheng_app::figures::{Look, Performance};
use dacheng_rollup::Owner;
use dacheng_text::Lang;

use crate::components::{Change, Figure};
use crate::pages::measures::{self, amount_of, shortfall_of};
use crate::pages::standing::{self, change, change_label, change_of, explain};

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
    let amount = |name, amount| fact(name, amount_of(lang, look.metric, amount, href.clone()));
    let mut facts = vec![
        amount(named.target(), found.target),
        fact(named.actual(), measures::actual_of(lang, found, href.clone())),
        fact(named.attainment(), Figure::rate(found.attainment, href.clone())),
        fact(named.shortfall(), shortfall_of(lang, found, href.clone())),
    ];
    let nps = measures::nps_of(found, href.clone());
    facts.extend(nps.map(|nps| fact(lang.measures().nps(), nps)));
    if look.metric.definition().has_pace() {
        facts.push(Fact { name: say.needed().to_owned(), said: needed(lang, performance) });
    }
    facts.extend(window(lang, performance));
    let marks = [(say.floor(), performance.floor), (say.stretch(), performance.stretch)];
    facts.extend(marks.into_iter().filter(|(_, mark)| mark.is_some()).map(|(name, mark)| amount(name, mark)));
    let year_on_year = &performance.year_on_year;
    facts
        .push(Fact { name: change_label(lang, year_on_year), said: Said::Change(change(lang, performance)) });
    let spring = year_on_year.spring.as_ref().map(|moved| change_of(lang, look.metric, moved));
    facts.extend(spring.map(|spring| Fact { name: say.spring().to_owned(), said: Said::Change(spring) }));
    facts
}

/// A ratio over its evaluation window, which is printed beside its target.
fn window(lang: Lang, performance: &Performance) -> Vec<Fact> {
    let Some(window) = performance.window else { return Vec::new() };
    let say = lang.measures();
    let mut facts = vec![Fact {
        name: say.in_window(measures::days(lang, window.days)),
        said: Said::Figure(measures::actual_of(lang, &window.figure, String::new()).without_link()),
    }];
    if let Some(nps) = measures::nps_of(&window.figure, String::new()) {
        facts.push(Fact { name: say.nps_in_window().to_owned(), said: Said::Figure(nps.without_link()) });
    }
    if window.figure.target.is_some() {
        let figure = Figure::rate(window.figure.attainment, "").without_link();
        facts.push(Fact { name: say.attainment_in_window().to_owned(), said: Said::Figure(figure) });
    }
    facts
}
