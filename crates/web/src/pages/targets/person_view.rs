//! From the figures of a person to their page; the same page serves 我的目标.

use dacheng_app::Result;
use dacheng_app::figures::attainment::Figure as Found;
use dacheng_app::figures::member::{MemberFigures, MetricFigures};
use dacheng_app::figures::overview::Headline;
use dacheng_app::figures::{Composite, CompositeItem, Look, Performance};
use dacheng_domain::Ratio;
use dacheng_domain::metrics::{Metric, Unit};
use dacheng_domain::tracking::pace::Needed;
use dacheng_text::{Lang, date, rate, role};

use super::fact::needed;
use super::node_view::{below, crumbs};
use super::versions::{months, versions};
use super::{CompositeView, MetricRow, PersonPage, SpanRow};
use crate::components::{Column, Figure, Link, Sentence};
use crate::http::Desk;
use crate::pages::dashboard::view::digest;
use crate::pages::measures;
use crate::pages::standing::{
    basis, bullet, change, change_label, conclusion, explain, member_page, metric_name, query, ranking_page,
    state,
};
use crate::pages::{choices, rubrics};
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
    let others = found.metrics.iter().map(|own| own.metric).filter(|own| *own != metric);
    let (spans, column) = spans(lang, found, whose);
    Ok(PersonPage {
        shell: desk
            .shell(room, above)?
            .exporting(whose.list(code, look), query(look), spans.len())
            .defining(desk.definitions(others, look.period.last_day())?),
        title,
        about: about(lang, found),
        basis: basis(desk, metric, &found.footing),
        periods: choices::periods(desk, look, here),
        conclusion: chosen.map(|own| said(lang, &own.performance)),
        metrics: found.metrics.iter().map(|own| row(lang, found, own)).collect(),
        composite: found.composite.as_ref().map(|own| composite(lang, own)),
        spans,
        column,
        choices: choices::metrics(desk, look, &found.offered, here),
        definition: desk.definition(metric, look.period, found.offered.contains(&metric))?,
        ranking: match whose {
            Whose::Own(ranking) => ranking.clone(),
            Whose::Of(unit) => Some(ranking_page(unit, look)),
        },
        rubrics: rubrics::view::rows(desk, &found.rubrics),
        months: (!none).then(|| months(lang, &found.named.name, metric, &found.months)),
        alerts: alerts.map(|digest| digest.lines),
        versions: versions(desk, look.metric, &found.origin),
    })
}

/// Name, position and unit.
fn about(lang: Lang, found: &MemberFigures) -> String {
    let unit = found.unit.as_ref().map(|unit| unit.name.as_str());
    let parts = [Some(found.named.name.as_str()), Some(role::position(lang, found.position)), unit];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Where the person stands, and what is needed on each working day left.
fn said(lang: Lang, performance: &Performance) -> Sentence {
    let sentence = conclusion(lang, performance);
    match &performance.needed {
        Some(Needed::PerDay { amount, days_left }) => {
            let amount = measures::value(lang, performance.figure.metric, *amount).said(&lang);
            sentence.plain(lang.targets().needed_said(u64::from(*days_left), amount))
        }
        Some(Needed::Nothing | Needed::PeriodOver) | None => sentence,
    }
}

fn row(lang: Lang, found: &MemberFigures, own: &MetricFigures) -> MetricRow {
    let (performance, name) = (&own.performance, metric_name(lang, own.metric));
    let href = explain(found.look.of(own.metric), &found.named.owner);
    MetricRow {
        metric: name.to_owned(),
        target: measures::amount_of(lang, own.metric, performance.figure.target, href.clone()),
        average: performance.average.map(|each| {
            let each = measures::value(lang, own.metric, Ratio::whole(each)).said(&lang);
            lang.owner_targets().average_of(each)
        }),
        actual: measures::actual_of(lang, &performance.figure, href.clone()),
        attainment: Figure::rate(performance.figure.attainment, href.clone()),
        nps: measures::nps_of(&performance.figure, href.clone()),
        bullet: bullet(name, performance),
        shortfall: measures::shortfall_of(lang, &performance.figure, href),
        needed: own.metric.definition().has_pace().then(|| needed(lang, performance)),
        change_name: change_label(lang, &performance.year_on_year),
        change: change(lang, performance),
        state: state(lang, performance),
    }
}

/// The name of a metric, with the NPS beside the referral rate.
fn with_nps(lang: Lang, found: &Found) -> String {
    let name = metric_name(lang, found.metric).to_owned();
    match measures::nps_of(found, String::new()) {
        Some(nps) => format!("{name} · {} {}", lang.measures().nps(), nps.value.said(&lang)),
        None => name,
    }
}

/// 综合达成率 with the weights it is made of.
fn composite(lang: Lang, found: &Composite) -> CompositeView {
    let say = lang.owner_targets();
    let rate = |rate: Option<Ratio>| rate.map_or_else(|| "—".to_owned(), rate::percent);
    let item = |own: &CompositeItem| {
        let name = metric_name(lang, own.metric).to_owned();
        (name, say.weight_is(own.weight), rate(own.attainment))
    };
    CompositeView {
        rate: rate(found.rate),
        said: say.composite_said().to_owned(),
        items: found.items.iter().map(item).collect(),
    }
}

fn spans(lang: Lang, found: &MemberFigures, whose: &Whose) -> (Vec<SpanRow>, Column) {
    let all = || found.metrics.iter().flat_map(|own| &own.spans);
    let money = all().map(|span| &span.performance.figure);
    let money = money.filter(|found| found.metric.definition().unit == Unit::Money);
    let column = measures::column(Metric::Revenue, lang, money);
    let span = |span: &Headline| {
        let (performance, figure) = (&span.performance, &span.performance.figure);
        let look = found.look.of(span.metric).over(span.period);
        let href = explain(look, &found.named.owner);
        let page = whose.address(&found.named.code, look);
        SpanRow {
            period: Link::new(date::period(lang, span.period), page),
            metric: with_nps(lang, figure),
            target: measures::amount_of(lang, span.metric, figure.target, href.clone()),
            actual: measures::actual_of(lang, figure, href.clone()),
            attainment: Figure::rate(figure.attainment, href),
            needed: needed(lang, performance),
            state: state(lang, performance),
        }
    };
    (all().map(span).collect(), column)
}
