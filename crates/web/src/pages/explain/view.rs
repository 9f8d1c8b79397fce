//! From an explanation to the page that shows it. No figure is computed here.

use dacheng_app::figures::Look;
use dacheng_app::figures::explain::{Counted, Cursor, Explanation, NoAttainment, NotCounted, Why, Zero};
use dacheng_app::figures::sight::Sight;
use dacheng_domain::Fen;
use dacheng_domain::calendar::Period;
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::Organisation;
use dacheng_rollup::Owner;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, date, money};
use jiff::tz::TimeZone;

use super::{ExplainPage, FactRow, Facts, TargetLine};
use crate::components::{Basis, Column, Figure, Link, Value};
use crate::pages::standing::{explain, metric_name};
use crate::shell::Shell;

/// An explanation on its way to a page.
pub struct View<'v> {
    /// The language of the page.
    pub lang: Lang,
    /// For the names of members.
    pub organisation: &'v Organisation,
    /// The company's zone.
    pub zone: &'v TimeZone,
    /// The owner's name.
    pub owner: String,
    /// What the query says of as of, which may be an instant; empty for now.
    pub as_of: String,
    /// The explanation.
    pub found: &'v Explanation,
    /// Where this part of the facts begins.
    pub cursor: Cursor,
}

impl View<'_> {
    /// The page.
    pub fn page(&self, shell: Shell, basis: Basis) -> ExplainPage {
        let (lang, found) = (self.lang, self.found);
        let say = lang.explanations();
        let actual = found.figure.actual.unwrap_or_default();
        let formula = if found.ask.metric == Metric::Collections {
            say.formula_collections()
        } else {
            say.formula_revenue()
        };
        let period = date::period(lang, found.ask.period);
        ExplainPage {
            shell,
            title: say.title(&self.owner, &period, metric_name(lang, found.ask.metric)),
            basis,
            figure: Figure::plain(Value::Money(actual)),
            exact: money::exact(lang, actual),
            formula: formula.to_owned(),
            scope: self.scope(&period),
            reasons: self.reasons(),
            column: Column::Money(money::Column::Fen),
            counted: (found.sight == Sight::Persons).then(|| self.counted(actual)),
            left_out: (found.sight == Sight::Persons).then(|| self.left_out()),
            target: self.target(),
            parts: self.parts(actual),
            months: self.months(),
        }
    }

    fn scope(&self, period: &str) -> Vec<(String, String)> {
        let say = self.lang.explanations();
        let mut scope =
            vec![(say.owner().to_owned(), self.owner.clone()), (say.period().to_owned(), period.to_owned())];
        if let Some(instant) = self.found.ask.as_of {
            let when = date::stamp(self.zone.to_datetime(instant));
            scope.push((say.as_of().to_owned(), say.as_of_said(when)));
        }
        scope
    }

    /// Why it is 0, why there is no attainment, why no facts are shown.
    fn reasons(&self) -> Vec<String> {
        let say = self.lang.explanations();
        let zero = self.found.zero.map(|zero| match zero {
            Zero::NotBegun => say.zero_not_begun(),
            Zero::NoFact => say.zero_no_fact(),
            Zero::NoneCounts => say.zero_none_counts(),
            Zero::SumsToZero => say.zero_sums(),
        });
        let none = self.found.no_attainment.map(|none| match none {
            NoAttainment::NoPlan => say.no_plan(),
            NoAttainment::NoTarget => say.no_target(),
            NoAttainment::ZeroTarget => say.zero_target(),
        });
        let hidden = (self.found.sight == Sight::Aggregates).then(|| say.aggregates());
        [zero, none, hidden].into_iter().flatten().map(str::to_owned).collect()
    }

    fn counted(&self, actual: Fen) -> Facts {
        let say = self.lang.explanations();
        let summary = match self.found.counted_in_all {
            Some(all) => say.counted(all, money::said(self.lang, actual)),
            None => say.some(self.found.counted.len(), say.many()),
        };
        let page = |cursor: Cursor| format!("{}&cursor={cursor}", self.here());
        Facts {
            summary,
            rows: self.found.counted.iter().map(|fact| self.row(fact)).collect(),
            first: (self.cursor != Cursor::START).then(|| self.here()),
            next: self.found.next.map(page),
        }
    }

    /// This page from its first fact.
    pub fn here(&self) -> String {
        self.of(self.found.ask.period, &self.found.ask.owner)
    }

    /// The explanation of the same metric, as of the same moment.
    fn of(&self, period: Period, owner: &Owner) -> String {
        explain(Look::now(self.found.ask.metric, period), owner) + &self.as_of
    }

    fn row(&self, fact: &Counted) -> FactRow {
        let name = self.organisation.member_of_code(&fact.member).map(|member| member.name.clone());
        FactRow {
            key: self.key(fact.kind, &fact.code),
            date: fact.date.to_string(),
            customer: fact.customer.clone().unwrap_or_default(),
            member: name.unwrap_or_else(|| fact.member.clone()),
            counted: Figure::plain(Value::Money(fact.amount)),
            why: if fact.overlay { self.lang.explanations().overlay().to_owned() } else { String::new() },
        }
    }

    fn key(&self, kind: &str, code: &str) -> String {
        format!("{} {code}", self::kind(self.lang, kind))
    }

    fn left_out(&self) -> Facts {
        let say = self.lang.explanations();
        let summary = match self.found.not_counted_in_all {
            Some(all) => say.left_out(all),
            None => say.many().to_owned(),
        };
        let rows = self.found.not_counted.iter().map(|fact| self.left_out_row(fact));
        Facts { summary, rows: rows.collect(), first: None, next: None }
    }

    fn left_out_row(&self, fact: &NotCounted) -> FactRow {
        let say = self.lang.explanations();
        let why = match fact.reason {
            Why::Cancelled => say.cancelled(),
            Why::OrderCancelled => say.order_cancelled(),
            Why::NoAmount => say.no_amount(),
            Why::MemberWithdrawn => say.member_withdrawn(),
        };
        let worth = fact.amount.map(|amount| money::exact(self.lang, amount));
        FactRow {
            key: self.key(fact.kind, &fact.code),
            date: fact.date.to_string(),
            customer: String::new(),
            member: String::new(),
            counted: Figure::plain(Value::Blank(Blank::NoBase)),
            why: worth.map_or_else(|| why.to_owned(), |worth| say.worth(why, worth)),
        }
    }

    fn target(&self) -> Option<TargetLine> {
        let say = self.lang.explanations();
        let target = self.found.figure.target?;
        let attainment = self.found.figure.attainment;
        Some(TargetLine {
            target: Figure::plain(Value::Money(target)),
            attainment: Figure {
                value: attainment.map_or(Value::Blank(Blank::NoTarget), Value::Rate),
                explain: None,
            },
            version: say.version().to_owned(),
            source: self.found.plan.as_ref().map_or_else(String::new, |code| say.plan(code)),
        })
    }

    /// Those below with what each adds, and what remains of the sum: moves within the period.
    fn parts(&self, actual: Fen) -> Vec<(Link, Figure)> {
        let below = &self.found.below;
        let part = |(named, sum): &(dacheng_app::figures::Named, Fen)| {
            let href = self.of(self.found.ask.period, &named.owner);
            (Link::new(&named.name, href), Figure::plain(Value::Money(*sum)))
        };
        let rest = Fen(actual.0 - below.iter().map(|(_, sum)| sum.0).sum::<i64>());
        let rest = (!below.is_empty() && rest != Fen::ZERO)
            .then(|| (Link::new(self.lang.explanations().rest(), ""), Figure::plain(Value::Money(rest))));
        below.iter().map(part).chain(rest).collect()
    }

    fn months(&self) -> Vec<(Link, Figure)> {
        let month = |(month, sum): &(dacheng_domain::calendar::Month, Fen)| {
            let period = Period::Month(*month);
            let href = self.of(period, &self.found.ask.owner);
            (Link::new(date::period(self.lang, period), href), Figure::plain(Value::Money(*sum)))
        };
        self.found.months.iter().map(month).collect()
    }
}

/// What a fact is, in a word.
pub fn kind(lang: Lang, kind: &str) -> &'static str {
    let say = lang.explanations();
    match kind {
        "return" => say.returned(),
        "payment" => say.payment(),
        _order => say.order(),
    }
}
