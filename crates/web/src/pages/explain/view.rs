//! From an explanation to the page that shows it. No figure is computed here.

use dacheng_app::figures::Look;
use dacheng_app::figures::attainment::Figure as Found;
use dacheng_app::figures::explain::{Counted, Cursor, Explanation, NoAttainment, NotCounted, Why, Zero};
use dacheng_app::figures::sight::Sight;
use dacheng_domain::calendar::Period;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::{Measured, Metric, Recipe, Unit};
use dacheng_domain::people::Organisation;
use dacheng_domain::{Fen, Ratio};
use dacheng_rollup::Owner;
use dacheng_text::kind;
use dacheng_text::metric::{self, Held};
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, date, money};
use jiff::tz::TimeZone;

use super::{ExplainPage, FactRow, Facts, TargetLine};
use crate::components::{Basis, Column, Definition, Figure, Link, Value};
use crate::pages::measures;
use crate::pages::rubrics::RubricRow;
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
    /// The qualitative targets it is made of.
    pub rubrics: Vec<RubricRow>,
    /// What the metric is.
    pub definition: Definition,
    /// Where this part of the facts begins.
    pub cursor: Cursor,
}

impl View<'_> {
    /// The page.
    pub fn page(&self, shell: Shell, basis: Basis) -> ExplainPage {
        let (lang, found) = (self.lang, self.found);
        let say = lang.explanations();
        let metric = found.ask.metric;
        let formula = match metric {
            Metric::Revenue => say.formula_revenue().to_owned(),
            Metric::Collections => say.formula_collections().to_owned(),
            other => say.formula_is(metric_name(lang, other), metric::formula(lang, other)),
        };
        let figure = measures::actual_of(lang, &found.figure, String::new()).without_link();
        let exact = match (&figure.value, metric.definition().unit) {
            (Value::Money(amount), Unit::Money) => money::exact(lang, *amount),
            (Value::Rate(rate), _) => dacheng_text::number::grouped(rate.scaled(1_000_000), 4) + "%",
            _shown_whole => String::new(),
        };
        let period = date::period(lang, found.ask.period);
        let with_facts = found.sight == Sight::Persons && metric.recipe() != Recipe::Rated;
        ExplainPage {
            shell,
            title: say.title(&self.owner, &period, metric_name(lang, found.ask.metric)),
            basis,
            made_of: self.made_of(),
            definition: self.definition.clone(),
            window: self.window(),
            exact,
            formula,
            scope: self.scope(&period),
            reasons: self.reasons(),
            column: Column::Money(money::Column::Fen),
            counted: with_facts.then(|| self.counted(&figure)),
            left_out: with_facts.then(|| self.left_out()),
            rubrics: self.rubrics.clone(),
            target: self.target(),
            parts: self.parts(),
            months: self.months(),
            figure,
        }
    }

    /// Numerator and denominator by name.
    fn made_of(&self) -> Vec<(String, String)> {
        let say = self.lang.measures();
        let names = metric::parts(self.lang, self.found.ask.metric);
        let amounts = measures::made_of(self.lang, &self.found.figure);
        let Some(((over, under), (above, below))) = names.zip(amounts) else { return Vec::new() };
        let sides = vec![(say.numerator(over), above), (say.denominator(under), below)];
        sides.into_iter().chain(self.net()).collect()
    }

    /// The NPS beside the referral rate: what is subtracted, and what it comes to.
    fn net(&self) -> Vec<(String, String)> {
        let (lang, say) = (self.lang, self.lang.measures());
        let figure = &self.found.figure;
        let (Some(nps), Measured::Ratio { against, .. }) =
            (measures::nps_of(figure, String::new()), figure.measured)
        else {
            return Vec::new();
        };
        let subtracted = say.subtracted(lang.own_metrics().detractors());
        vec![(subtracted, against.to_string()), (say.nps().to_owned(), nps.value.said(&lang))]
    }

    /// The figure over the evaluation window, and how far it reaches the target.
    fn window(&self) -> Vec<(String, Figure)> {
        let (lang, say) = (self.lang, self.lang.measures());
        let Some(window) = self.found.window else { return Vec::new() };
        let figure = measures::actual_of(lang, &window.figure, String::new()).without_link();
        let mut lines = vec![(say.in_window(measures::days(lang, window.days)), figure)];
        if let Some(nps) = measures::nps_of(&window.figure, String::new()) {
            lines.push((say.nps_in_window().to_owned(), nps.without_link()));
        }
        if window.figure.target.is_some() {
            let attainment = Figure::rate(window.figure.attainment, "").without_link();
            lines.push((say.attainment_in_window().to_owned(), attainment));
        }
        lines
    }

    /// What a fact adds to one side of the figure.
    fn amount(&self, amount: i64, held: Held) -> Figure {
        let whole = |den: i64| Ratio::new(amount, den).unwrap_or(Ratio::whole(amount));
        Figure::plain(match held {
            Held::Money => Value::Money(Fen(amount)),
            Held::Pieces => Value::Count(amount, String::new()),
            Held::Points => Value::Decimal(whole(100), String::new()),
            Held::Heads => match self.found.figure.measured {
                Measured::Ratio { scale, .. } => Value::Decimal(whole(scale.max(1)), String::new()),
                Measured::Sum(_) | Measured::Rated(_) => Value::Count(amount, String::new()),
            },
        })
    }

    /// The heads of what each fact adds.
    fn heads(&self) -> Vec<String> {
        let say = self.lang.measures();
        match (metric::parts(self.lang, self.found.ask.metric), metric::held(self.found.ask.metric)) {
            (Some(_), _) => vec![say.over().to_owned(), say.under().to_owned()],
            (None, (Held::Money, _)) => vec![self.lang.explain().counts().to_owned()],
            (None, _) => vec![self.lang.explain().counts_pieces().to_owned()],
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
            NoAttainment::NoActual => say.no_actual(),
            NoAttainment::ZeroTarget => say.zero_target(),
        });
        let hidden = (self.found.sight == Sight::Aggregates).then(|| say.aggregates());
        let missing = self.found.figure.missing.map(|missing| measures::reason(self.lang, missing));
        let said = [zero, none, hidden].into_iter().flatten().map(str::to_owned);
        missing.into_iter().chain(said).collect()
    }

    fn counted(&self, figure: &Figure) -> Facts {
        let say = self.lang.explanations();
        let is_sum = matches!(self.found.figure.measured, Measured::Sum(_));
        let summary = match self.found.counted_in_all {
            Some(all) if is_sum => say.counted(all, figure.value.said(&self.lang)),
            Some(all) => self.lang.measures().counted_parts(all),
            None => say.some(self.found.counted.len(), say.many()),
        };
        let page = |cursor: Cursor| format!("{}&cursor={cursor}", self.here());
        Facts {
            summary,
            rows: self.found.counted.iter().map(|fact| self.row(fact)).collect(),
            heads: self.heads(),
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
        let member = self.organisation.member_of_code(&fact.member).map(|member| member.name.clone());
        let unit = || self.organisation.unit_of_code(&fact.member).map(|unit| unit.name.clone());
        let name = member.or_else(unit);
        let (over, under) = metric::held(self.found.ask.metric);
        let is_ratio = matches!(self.found.figure.measured, Measured::Ratio { .. });
        FactRow {
            key: self.key(fact.kind, &fact.code),
            date: fact.date.to_string(),
            customer: fact.customer.clone().unwrap_or_default(),
            member: name.unwrap_or_else(|| fact.member.clone()),
            counted: self.amount(fact.over, over),
            under: is_ratio.then(|| self.amount(fact.under, under)),
            why: note(self.lang, &self.found.figure, fact).to_owned(),
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
        Facts { summary, rows: rows.collect(), heads: self.heads(), first: None, next: None }
    }

    fn left_out_row(&self, fact: &NotCounted) -> FactRow {
        let say = self.lang.explanations();
        let why = match fact.reason {
            Why::Cancelled => say.cancelled(),
            Why::OrderCancelled => say.order_cancelled(),
            Why::NoAmount => say.no_amount(),
            Why::MemberWithdrawn => say.member_withdrawn(),
            Why::StillOpen => say.still_open(),
            Why::GivesWay => say.gives_way(),
            Why::OutsideFilter => self.lang.own_metrics().outside_filter(),
        };
        let worth = fact.amount.map(|amount| money::exact(self.lang, amount));
        FactRow {
            key: self.key(fact.kind, &fact.code),
            date: fact.date.to_string(),
            customer: String::new(),
            member: String::new(),
            counted: Figure::plain(Value::Blank(Blank::NoBase)),
            under: matches!(self.found.figure.measured, Measured::Ratio { .. })
                .then(|| Figure::plain(Value::Blank(Blank::NoBase))),
            why: worth.map_or_else(|| why.to_owned(), |worth| say.worth(why, worth)),
        }
    }

    fn target(&self) -> Option<TargetLine> {
        let say = self.lang.explanations();
        let target = self.found.figure.target?;
        let attainment = self.found.figure.attainment;
        let is_rated = self.found.ask.metric.recipe() == Recipe::Rated;
        Some(TargetLine {
            target: measures::amount_of(self.lang, self.found.ask.metric, Some(target), String::new())
                .without_link(),
            attainment: Figure {
                value: attainment.map_or(Value::Blank(Blank::NoTarget), Value::Rate),
                explain: None,
            },
            version: if is_rated { "" } else { say.version() }.to_owned(),
            source: match &self.found.plan {
                _ if is_rated => self.lang.rubrics().title().to_owned(),
                plan => plan.as_ref().map_or_else(String::new, |code| say.plan(code)),
            },
        })
    }

    /// Those below with the figure of each; of a sum also what remains of it: moves within the period.
    fn parts(&self) -> Vec<(Link, Figure)> {
        let below = &self.found.below;
        let part = |(named, found): &(dacheng_app::figures::Named, Found)| {
            let href = self.of(self.found.ask.period, &named.owner);
            (
                Link::new(&named.name, href),
                measures::actual_of(self.lang, found, String::new()).without_link(),
            )
        };
        let sum = |found: &Found| match found.measured {
            Measured::Sum(sum) => Some(sum),
            Measured::Ratio { .. } | Measured::Rated(_) => None,
        };
        let added = below.iter().map(|(_, found)| sum(found)).sum::<Option<i64>>();
        let rest = sum(&self.found.figure).zip(added).map(|(whole, added)| whole.saturating_sub(added));
        let rest = rest.filter(|rest| !below.is_empty() && *rest != 0).map(|rest| {
            let rest = measures::value(self.lang, self.found.ask.metric, Ratio::whole(rest));
            (Link::new(self.lang.explanations().rest(), ""), Figure::plain(rest))
        });
        below.iter().map(part).chain(rest).collect()
    }

    fn months(&self) -> Vec<(Link, Figure)> {
        let month = |(month, found): &(dacheng_domain::calendar::Month, Found)| {
            let period = Period::Month(*month);
            let href = self.of(period, &self.found.ask.owner);
            let figure = measures::actual_of(self.lang, found, String::new()).without_link();
            (Link::new(date::period(self.lang, period), href), figure)
        };
        self.found.months.iter().map(month).collect()
    }
}

/// Why a fact counts as it does.
pub fn note(lang: Lang, figure: &Found, fact: &Counted) -> &'static str {
    let say = lang.measures();
    if let Some(net) = fact.net(figure) {
        return match net {
            1.. => say.promoter(),
            0 => say.passive(),
            ..0 => say.detractor(),
        };
    }
    match (figure.metric.recipe(), fact.over > 0) {
        _ if fact.overlay => lang.explanations().overlay(),
        (Recipe::Repurchase, true) => say.customer_again(),
        (Recipe::Repurchase, false) => say.customer_gone(),
        (Recipe::Retention, true) => say.member_kept(),
        (Recipe::Retention, false) => say.member_left(),
        (Recipe::Sum(_) | Recipe::Ratio { .. } | Recipe::PerHead | Recipe::Rated | Recipe::Own(_), _) => "",
    }
}

/// What a fact is, in a word.
pub fn kind(lang: Lang, of: &str) -> &'static str {
    let say = lang.explanations();
    match of {
        "return" => say.returned(),
        "payment" => say.payment(),
        "receivable" => kind::name(lang, Kind::Receivables),
        "complaint" => kind::name(lang, Kind::Complaints),
        "opportunity" => kind::name(lang, Kind::Opportunities),
        "visit" => kind::name(lang, Kind::Visits),
        "survey" => kind::name(lang, Kind::Surveys),
        "training" => kind::name(lang, Kind::Trainings),
        "score" => kind::name(lang, Kind::Scores),
        "summary" => kind::name(lang, Kind::Summaries),
        "member" => lang.measures().person(),
        "value" => lang.own_metrics().value(),
        "customer" => lang.explain().customer(),
        _order => say.order(),
    }
}
