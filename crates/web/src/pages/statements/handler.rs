//! `GET /forecast/people`, `GET /forecast/people/{member}`.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use dacheng_app::figures::statements::{self, Asked as Question, METRICS, Statements};
use dacheng_app::{Actor, Error, Result};
use dacheng_domain::calendar::Week;
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::Sells;
use dacheng_domain::tracking::statement::Reach;
use dacheng_text::date;
use serde::Deserialize;

use super::said::{self, accuracy_how};
use super::{StatementsPage, person_view, view};
use crate::components::{Column, Empty, Link, MetricPicker, PickerEntry, Sentence};
use crate::http::{Desk, Reply, Visitor, Web, encoded};
use crate::pages::choices::{self, Visible};
use crate::pages::forecast::Stepper;
use crate::pages::standing::{basis, metric_name};
use crate::respond;
use crate::shell::Room;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// `month` or `quarter`.
    of: Option<String>,
    /// The metric; revenue where absent.
    m: Option<String>,
    /// The week; the running one where absent.
    w: Option<String>,
    /// The unit's code; everything the viewer may see where absent.
    org: Option<String>,
}

impl Asked {
    pub(super) fn metric(&self, desk: &Desk<'_>) -> Metric {
        choices::metric(desk, self.m.as_deref())
    }

    fn question(&self, desk: &Desk<'_>) -> Result<Question> {
        let week = match self.w.as_deref().filter(|text| !text.is_empty()) {
            None => Week::of(desk.context.today),
            Some(text) => {
                let wrong = |_| Error::Usage(desk.lang().statements().refused_week(text));
                text.parse().map_err(wrong)?
            }
        };
        let reach = self.of.as_deref().and_then(Reach::of).unwrap_or(Reach::Month);
        Ok(Question { metric: self.metric(desk), reach, week })
    }

    fn unit(&self) -> String {
        self.org.as_deref().map_or_else(String::new, |code| format!("&org={}", encoded(code)))
    }
}

/// What the address of a question says, without the unit.
fn query(of: Question) -> String {
    format!("of={}&m={}&w={}", of.reach.code(), of.metric.code(), of.week)
}

/// The page of a unit with the same question.
pub(super) fn unit_address(found: &Statements, code: &str) -> String {
    format!("/forecast/people?{}&org={}", query(found.asked), encoded(code))
}

/// `GET /forecast/people?of=month&m=revenue&w=2026-W48&org=hd`; whoever sees no unit is led to their own page.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        if let Some(own) = led(desk, &asked)? {
            return Ok(own);
        }
        Ok(respond::page(StatusCode::OK, &page(desk, &asked)?))
    })
    .await
}

/// The way to their own page of whoever sees no unit, for the page and its files.
pub(super) fn led(desk: &Desk<'_>, asked: &Asked) -> Result<Option<Response>> {
    if asked.org.is_some() || !choices::own_pages_only(desk)? {
        return Ok(None);
    }
    Ok(own_page(desk, asked.metric(desk)).map(|own| Redirect::to(&own.href).into_response()))
}

/// The units the viewer may choose, and what was said there.
pub(super) fn looked(desk: &Desk<'_>, asked: &Asked) -> Result<(Vec<Visible>, Statements)> {
    let units = choices::seen(desk, desk.context.today)?;
    let owner = choices::owner(desk, &units, asked.org.as_deref())?;
    let found = statements::statements(desk.app, &desk.context, &owner, asked.question(desk)?)?;
    Ok((units, found))
}

/// The viewer's own page, where they sell.
fn own_page(desk: &Desk<'_>, metric: Metric) -> Option<Link> {
    let Actor::Account { member: Some(code), .. } = &desk.context.actor else { return None };
    let own = desk.organisation().member_of_code(code)?;
    let sells = own.position.sells() == Sells::Always;
    let href = format!("/forecast/people/{}?m={}", encoded(code), metric.code());
    sells.then(|| Link::new(desk.lang().statements().form(), href))
}

/// The metrics that people speak of; `href` is the page of each.
pub(super) fn metrics(desk: &Desk<'_>, current: Metric, href: impl Fn(Metric) -> String) -> MetricPicker {
    let entry = |metric: Metric| PickerEntry {
        text: metric_name(desk.lang(), metric).to_owned(),
        href: href(metric),
        current: metric == current,
        depth: 0,
    };
    MetricPicker {
        current: metric_name(desk.lang(), current).to_owned(),
        entries: METRICS.into_iter().map(entry).collect(),
    }
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<StatementsPage> {
    let (lang, say) = (desk.lang(), desk.lang().statements());
    let (units, found) = looked(desk, asked)?;
    let (of, unit) = (found.asked, asked.unit());
    let here = |of: Question| format!("/forecast/people?{}{unit}", query(of));
    let kinds = Reach::ALL.map(|reach| PickerEntry {
        text: said::reach(lang, reach).to_owned(),
        href: here(Question { reach, ..of }),
        current: reach == of.reach,
        depth: 0,
    });
    let (earlier, later) = (of.week.previous(), of.week.next());
    let link = |week: Week| Link::new(said::week(lang, week), here(Question { week, ..of }));
    let crumbs = vec![Link::new(lang.shell().forecast(), "/forecast")];
    let page = StatementsPage {
        shell: desk
            .shell(Room::Forecast, crumbs)?
            .exporting("/forecast/people", format!("{}{unit}", query(of)), found.below.len())
            .defining(desk.definitions([of.metric], found.period.last_day())?),
        title: say.title(date::period(lang, found.period), metric_name(lang, of.metric)),
        basis: basis(desk, of.metric, &found.footing),
        kinds: kinds.to_vec(),
        stepper: Stepper {
            period: said::week(lang, of.week),
            earlier: link(earlier),
            later: (later <= Week::of(desk.context.today)).then(|| link(later)),
        },
        metrics: metrics(desk, of.metric, |metric| here(Question { metric, ..of })),
        scopes: (!units.is_empty()).then(|| {
            choices::scopes(desk, &units, &found.whole.outlook.owner, |code| {
                format!("/forecast/people?{}&org={}", query(of), encoded(code))
            })
        }),
        own: own_page(desk, of.metric),
        empty: (found.whole.sums.counted == 0).then(|| Empty::not_yet(say.nobody(), say.nobody_text())),
        conclusion: Sentence::new(),
        numbers: Vec::new(),
        rows: Vec::new(),
        column: Column::Rate,
        accuracy_how: accuracy_how(lang),
    };
    Ok(view::fill(lang, page, &found))
}

/// What the address of a person's page asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct OfPerson {
    /// The metric; revenue where absent.
    pub m: Option<String>,
}

/// `GET /forecast/people/{member}?m=revenue`.
pub async fn person(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(member): Path<String>,
    Query(asked): Query<OfPerson>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let metric = choices::metric(desk, asked.m.as_deref());
        let found = statements::person(desk.app, &desk.context, &member, metric)?;
        let page = person_view::page(desk, &found, &person_view::Sent::default())?;
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}
