//! The form that breaks a unit down by a method: as it is offered, and as somebody filled it in.

use dacheng_app::Result;
use dacheng_app::allocation::{
    Bounds, BreakDown, Declaration, Heir, Method, Owner, Split, heirs, read_portion,
};
use dacheng_domain::allocation::{Declared, Exact};
use dacheng_domain::number;
use dacheng_domain::people::Sells;
use dacheng_text::Lang;

use super::attempt::{Attempt, Form, input};
use super::balance::own_line;
use super::seen::Seen;
use super::{HeirRow, SpreadForm};
use crate::components::{Choice, Input};
use crate::http::Posted;

/// The methods as the form calls them; those by history only where there is one.
const METHODS: [&str; 7] = ["last_year", "last_twelve_months", "growth", "capacity", "even", "own", "blend"];
/// Last year's part in a blend where nothing is said (`domain.md` §4).
const USUAL_BLEND: &str = "60%";

pub(super) fn name(lang: Lang, method: &str) -> &'static str {
    let say = lang.plans();
    match method {
        "last_year" => say.method_last_year(),
        "last_twelve_months" => say.method_last_twelve_months(),
        "growth" => say.method_growth(),
        "capacity" => say.method_capacity(),
        "own" => say.method_own(),
        "blend" => say.method_blend(),
        _ => say.method_even(),
    }
}

/// The methods that can be offered: those by history only where facts are added up for the metric.
pub(super) fn methods(seen: &Seen<'_>) -> impl Iterator<Item = &'static str> {
    let has_history = seen.grid.as_ref().is_some_and(|grid| grid.last_year.is_some());
    let by_history = ["last_year", "last_twelve_months", "growth", "blend"];
    METHODS.into_iter().filter(move |method| has_history || !by_history.contains(method))
}

/// The form, where the viewer may break the unit down and it has a target.
pub(super) fn spread_form(seen: &Seen<'_>, attempt: Option<&Attempt<'_>>) -> Result<Option<SpreadForm>> {
    if !seen.is_open() || own_line(seen).is_none() {
        return Ok(None);
    }
    let Some(grid) = &seen.grid else { return Ok(None) };
    let (amount, lang) = (seen.amount, seen.desk.lang());
    let found = heirs(seen.desk.app, &seen.desk.context, &seen.plan.code, amount.metric, &seen.at)?;
    let own = attempt.filter(|attempt| attempt.form == Form::Spread);
    let typed = |name: &str, stored: String| input(attempt, Form::Spread, name, || stored);
    let sum = |months: &[i64; 12]| Some(months.iter().sum::<i64>()).filter(|sum| *sum > 0);
    let usual = methods(seen).next().unwrap_or("even");
    let known = grid.method.as_deref().filter(|known| methods(seen).any(|method| method == *known));
    let method = typed("method", known.unwrap_or(usual).to_owned());
    let heirs: Vec<HeirRow> =
        found.iter().enumerate().map(|(place, heir)| row(heir, place, attempt)).collect();
    let is_typed = heirs
        .iter()
        .any(|row| [&row.number, &row.minimum, &row.maximum].iter().any(|input| !input.value.is_empty()));
    let open = is_typed || ["growth", "capacity", "own", "blend"].contains(&method.value.as_str());
    Ok(Some(SpreadForm {
        version: match own {
            Some(attempt) => attempt.posted.value("version").to_owned(),
            None => grid.version.to_string(),
        },
        methods: methods(seen).map(|method| Choice::new(method, name(lang, method))).collect(),
        method,
        blend: typed("blend", USUAL_BLEND.to_owned()),
        unit: typed("unit", amount.input(amount.rounding())),
        reserve: typed("reserve", amount.maybe(sum(&grid.reserve))),
        buffer: typed("buffer", amount.maybe(sum(&grid.buffer))),
        heirs,
        heading: amount.heading().to_owned(),
        outcome: own.and_then(|attempt| attempt.outcome.clone()),
        open,
    }))
}

fn row(heir: &Heir, place: usize, attempt: Option<&Attempt<'_>>) -> HeirRow {
    let own = attempt.filter(|attempt| attempt.form == Form::Spread);
    let field = |name: &str| {
        let id = SpreadForm::id(name, &place);
        own.map_or_else(Input::default, |attempt| attempt.input(&id))
    };
    let takes = match heir.sells {
        Sells::Always => None,
        Sells::WithOwnTarget | Sells::Never => Some(match own {
            Some(attempt) => !attempt.posted.value(&SpreadForm::id("takes", &place)).is_empty(),
            None => heir.carries,
        }),
    };
    HeirRow {
        owner: heir.owner.to_string(),
        name: heir.name.clone(),
        takes,
        number: field("number"),
        minimum: field("min"),
        maximum: field("max"),
    }
}

/// Every field of the form as it was sent, to be sent again as it is.
pub(super) fn again(form: &Posted, children: usize) -> Vec<(String, String)> {
    let mut names: Vec<String> =
        ["method", "blend", "unit", "reserve", "buffer"].into_iter().map(str::to_owned).collect();
    for place in 0..children {
        names.extend(["heir", "takes", "number", "min", "max"].map(|field| SpreadForm::id(field, &place)));
    }
    let sent = names.into_iter().map(|name| (form.value(&name).to_owned(), name));
    sent.filter(|(value, _)| !value.is_empty()).map(|(value, name)| (name, value)).collect()
}

/// One child as it was filled in.
struct Filled {
    owner: Owner,
    number: Option<String>,
    minimum: Option<i64>,
    maximum: Option<i64>,
    takes: bool,
}

/// Reads the form; what is wrong with its fields goes into the attempt.
pub(super) fn read(seen: &Seen<'_>, form: &Posted, attempt: &mut Attempt<'_>) -> Option<BreakDown> {
    let mut reader = Reader { seen, form, attempt };
    let children = reader.children();
    let method = reader.method(&children);
    let rounding = reader.rounding();
    let declared = reader.declared();
    if !reader.attempt.fields.is_empty() {
        return None;
    }
    let bounded = children.iter().filter(|child| child.minimum.is_some() || child.maximum.is_some());
    let bounds = bounded.map(|child| Bounds {
        owner: child.owner.clone(),
        minimum: child.minimum,
        maximum: child.maximum,
        lock: None,
    });
    let leaders = children
        .iter()
        .filter(|child| child.takes && child.owner == Owner::member(child.owner.code.as_str()));
    Some(BreakDown {
        plan: seen.plan.code.clone(),
        metric: seen.amount.metric,
        unit: seen.at.clone(),
        split: Split::By { method: method?, rounding, bounds: bounds.collect() },
        leaders: leaders.map(|child| child.owner.code.clone()).collect(),
        declared: Declaration::Year(declared),
    })
}

struct Reader<'r, 'f> {
    seen: &'r Seen<'r>,
    form: &'r Posted,
    attempt: &'r mut Attempt<'f>,
}

impl Reader<'_, '_> {
    fn wrong(&mut self, name: &str, error: impl Into<String>) {
        self.attempt.fields.push((name.to_owned(), error.into()));
    }

    fn amount(&mut self, name: &str) -> Option<i64> {
        match self.seen.amount.read(self.form.value(name)) {
            Ok(found) => found,
            Err(error) => {
                self.wrong(name, error);
                None
            }
        }
    }

    fn children(&mut self) -> Vec<Filled> {
        let mut found = Vec::new();
        for place in 0.. {
            let Ok(owner) = self.form.value(&SpreadForm::id("heir", &place)).parse::<Owner>() else { break };
            let number = self.form.value(&SpreadForm::id("number", &place)).to_owned();
            found.push(Filled {
                owner,
                number: Some(number).filter(|number| !number.is_empty()),
                minimum: self.amount(&SpreadForm::id("min", &place)),
                maximum: self.amount(&SpreadForm::id("max", &place)),
                takes: !self.form.value(&SpreadForm::id("takes", &place)).is_empty(),
            });
        }
        found
    }

    fn method(&mut self, children: &[Filled]) -> Option<Method> {
        Some(match self.form.value("method") {
            "last_year" => Method::LastYear,
            "last_twelve_months" => Method::LastTwelveMonths,
            "growth" => Method::Growth(self.numbers(children)),
            "capacity" => Method::Capacity(self.capacities(children)),
            "own" => Method::Own(self.numbers(children)),
            "blend" => {
                let own = self.numbers(children);
                let (part, rest) = self.parts()?;
                Method::Blend(vec![(part, Method::LastYear), (rest, Method::Own(own))])
            }
            _ => Method::Even,
        })
    }

    /// The factors or weights that were given.
    fn numbers(&mut self, children: &[Filled]) -> Vec<(Owner, Exact)> {
        let mut found = Vec::new();
        for (place, child) in children.iter().enumerate() {
            let Some(text) = &child.number else { continue };
            let exact =
                number::decimal(text).map(|number| number.map(|number| number.to_string().parse::<Exact>()));
            match exact {
                Ok(Some(Ok(exact))) => found.push((child.owner.clone(), exact)),
                Ok(Some(Err(_))) => {
                    let negative = self.seen.desk.lang().problems().negative();
                    self.wrong(&SpreadForm::id("number", &place), negative);
                }
                Ok(None) => {}
                Err(wrong) => {
                    let wrong = self.seen.amount.wrong(wrong);
                    self.wrong(&SpreadForm::id("number", &place), wrong);
                }
            }
        }
        found
    }

    fn capacities(&mut self, children: &[Filled]) -> Vec<(Owner, i64)> {
        let amounts = children.iter().enumerate().filter(|(_, child)| child.number.is_some());
        amounts
            .filter_map(|(place, child)| {
                Some((child.owner.clone(), self.amount(&SpreadForm::id("number", &place))?))
            })
            .collect()
    }

    /// Last year's part of a blend, and the rest.
    fn parts(&mut self) -> Option<(Exact, Exact)> {
        let text = self.form.value("blend").trim_end_matches(['%', '％']).trim();
        let whole = text.parse::<u64>().ok().filter(|percent| *percent <= 100);
        if whole.is_none() {
            self.wrong("blend", self.seen.desk.lang().plans().blend_wrong());
        }
        whole.map(|percent| (Exact::from(percent), Exact::from(100 - percent)))
    }

    fn rounding(&mut self) -> i64 {
        match self.amount("unit") {
            None => 1,
            Some(unit) if unit > 0 => unit,
            Some(_) => {
                self.wrong("unit", self.seen.desk.lang().plans().positive());
                1
            }
        }
    }

    fn declared(&mut self) -> Declared {
        let whole = own_line(self.seen).map_or(0, |line| line.sums.year);
        let mut read = |name: &str| {
            let Some(found) = read_portion(self.form.value(name), whole) else {
                return self.amount(name).map_or(0, i64::unsigned_abs);
            };
            found.map_or_else(
                |wrong| {
                    self.wrong(name, self.seen.amount.wrong(wrong));
                    0
                },
                i64::unsigned_abs,
            )
        };
        Declared { reserve: read("reserve"), buffer: read("buffer") }
    }
}
