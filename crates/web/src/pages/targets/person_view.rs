//! From the figures of a person to their page; the same page serves 我的目标.

use dacheng_app::Result;
use dacheng_app::figures::member::{MemberFigures, MetricFigures};
use dacheng_app::figures::overview::Headline;
use dacheng_app::figures::{Look, Performance};
use dacheng_domain::Fen;
use dacheng_domain::access::Role;
use dacheng_domain::people::Position;
use dacheng_domain::tracking::pace::Needed;
use dacheng_text::{Lang, date, money, role};

use super::fact::needed;
use super::node_view::{below, crumbs};
use super::versions::{months, versions};
use super::{MetricRow, PersonPage, SpanRow};
use crate::components::{Column, Figure, Link, Sentence};
use crate::http::Desk;
use crate::pages::choices;
use crate::pages::dashboard::view::digest;
use crate::pages::standing::{
    basis, bullet, change, change_label, conclusion, explain, member_page, metric_name, money_of, query,
    ranking_page, shortfall, state,
};
use crate::shell::Room;

/// Whose page it is.
pub enum Whose {
    /// The reader's own, with the ranking that is for them.
    Own(Option<String>),
    /// Somebody's, reached by the page of a unit.
    Of(String),
}

impl Whose {
    fn address(&self, code: &str, look: Look) -> String {
        match self {
            Self::Own(_) => format!("/me/targets?{}", query(look)),
            Self::Of(unit) => member_page(unit, code, look),
        }
    }
}

impl Whose {
    /// The path of their spans as a file, without the ending.
    fn list(&self, code: &str, look: Look) -> String {
        match self {
            Self::Own(_) => "/me/targets".to_owned(),
            Self::Of(unit) => below(&member_page(unit, code, look), "spans"),
        }
    }
}

/// The page of a person.
pub fn page(desk: &Desk<'_>, found: &MemberFigures, whose: &Whose) -> Result<PersonPage> {
    let (lang, look, metric) = (desk.lang(), found.look, found.look.metric);
    let code = &found.named.code;
    let (room, title, above) = match whose {
        Whose::Own(_) => (Room::MyTargets, lang.targets().my_targets().to_owned(), Vec::new()),
        Whose::Of(_) => (Room::Targets, found.named.name.clone(), crumbs(desk, &found.above, look)),
    };
    let alerts = digest(desk, &found.alerts);
    let chosen = found.metrics.iter().find(|own| own.metric == metric);
    let here = |look| whose.address(code, look);
    let none = found.metrics.is_empty();
    let (spans, column) = spans(lang, found, whose);
    Ok(PersonPage {
        shell: desk.shell(room, above)?.exporting(whose.list(code, look), query(look), spans.len()),
        title,
        about: about(lang, found),
        basis: basis(desk, metric, &found.footing),
        periods: choices::periods(desk, look, here),
        conclusion: chosen.map(|own| said(lang, &own.performance)),
        metrics: found.metrics.iter().map(|own| row(lang, found, own)).collect(),
        spans,
        column,
        choices: choices::metrics(desk, look, here),
        ranking: match whose {
            Whose::Own(ranking) => ranking.clone(),
            Whose::Of(unit) => Some(ranking_page(unit, look)),
        },
        months: (!none).then(|| months(lang, &found.named.name, metric, &found.months)),
        alerts: alerts.map(|digest| digest.lines),
        versions: versions(desk, &found.origin),
    })
}

/// Name, position and unit.
fn about(lang: Lang, found: &MemberFigures) -> String {
    let unit = found.unit.as_ref().map(|unit| unit.name.as_str());
    let parts = [Some(found.named.name.as_str()), Some(position(lang, found.position)), unit];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The name of a position: that of the role it usually has.
pub fn position(lang: Lang, position: Position) -> &'static str {
    let usual = match position {
        Position::Executive => Role::Executive,
        Position::Director => Role::Director,
        Position::Manager => Role::RegionManager,
        Position::TeamLeader => Role::TeamLeader,
        Position::Specialist => Role::Specialist,
        Position::SalesOperations => Role::SalesOperations,
        Position::Marketing => Role::Marketing,
        Position::Finance => Role::Finance,
        Position::Hr => Role::Hr,
    };
    role::name(lang, usual)
}

/// Where the person stands, and what is needed on each working day left.
fn said(lang: Lang, performance: &Performance) -> Sentence {
    let sentence = conclusion(lang, performance);
    match &performance.needed {
        Some(Needed::PerDay { amount, days_left }) => {
            let amount = Fen(i64::try_from(amount.scaled(1)).unwrap_or(i64::MAX));
            sentence.plain(lang.targets().needed_said(u64::from(*days_left), money::said(lang, amount)))
        }
        Some(Needed::Nothing | Needed::PeriodOver) | None => sentence,
    }
}

fn row(lang: Lang, found: &MemberFigures, own: &MetricFigures) -> MetricRow {
    let (performance, name) = (&own.performance, metric_name(lang, own.metric));
    let href = explain(found.look.of(own.metric), &found.named.owner);
    MetricRow {
        metric: name.to_owned(),
        target: money_of(performance.figure.target, href.clone()),
        actual: Figure::money(performance.figure.actual.unwrap_or_default(), href.clone()),
        attainment: Figure::rate(performance.figure.attainment, href.clone()),
        bullet: bullet(name, performance),
        shortfall: money_of(shortfall(&performance.figure), href),
        needed: needed(lang, performance),
        change_name: change_label(lang, &performance.year_on_year),
        change: change(&performance.year_on_year),
        state: state(lang, performance),
    }
}

fn spans(lang: Lang, found: &MemberFigures, whose: &Whose) -> (Vec<SpanRow>, Column) {
    let all = || found.metrics.iter().flat_map(|own| &own.spans);
    let amounts = all().map(|span| &span.performance.figure);
    let amounts: Vec<Fen> = amounts.filter_map(|figure| figure.target.or(figure.actual)).collect();
    let span = |span: &Headline| {
        let (performance, figure) = (&span.performance, &span.performance.figure);
        let look = found.look.of(span.metric).over(span.period);
        let href = explain(look, &found.named.owner);
        let page = whose.address(&found.named.code, look);
        SpanRow {
            period: Link::new(date::period(lang, span.period), page),
            metric: metric_name(lang, span.metric).to_owned(),
            target: money_of(figure.target, href.clone()),
            actual: Figure::money(figure.actual.unwrap_or_default(), href.clone()),
            attainment: Figure::rate(figure.attainment, href),
            needed: needed(lang, performance),
            state: state(lang, performance),
        }
    };
    (all().map(span).collect(), Column::Money(money::Column::fitting(amounts)))
}
