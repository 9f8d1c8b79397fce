//! `GET /plans/compare`: plans of a year side by side.

use axum::Extension;
use axum::extract::{Query, State as From};
use axum::http::StatusCode;
use dacheng_app::planning::PlanView;
use dacheng_app::planning::scenarios::{Comparison, compare};
use dacheng_app::{Error, Result};
use dacheng_domain::metrics::Metric;
use dacheng_text::{date, metric};

use super::asked::{Asked, Pairs};
use super::{Choosing, CompareContent, ComparePage, compare_view};
use crate::components::{Badged as _, Empty, ErrorSummary, Link, PickerEntry};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// The metrics that are compared.
const METRICS: [Metric; 2] = [Metric::Revenue, Metric::Collections];

/// `GET /plans/compare?plan=A&plan=B&metric=revenue&open=all,S`.
pub async fn show(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(pairs): Query<Pairs>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let (asked, known) = Asked::read(desk, &pairs)?;
        if asked.plans.is_empty() {
            let say = desk.lang().scenarios();
            let empty = Empty::not_yet(say.nothing(), say.nothing_hint());
            let page = page(desk, &asked, &known, None, CompareContent::Empty(empty))?;
            return Ok(respond::page(StatusCode::OK, &page));
        }
        match compare(desk.app, &desk.context, &asked.compare()) {
            Ok(found) => {
                let side = compare_view::side(desk, &asked, &found)?;
                let content = CompareContent::Side(Box::new(side));
                Ok(respond::page(StatusCode::OK, &page(desk, &asked, &known, Some(&found), content)?))
            }
            Err(Error::Refused(sentences)) => {
                let errors = sentences.into_iter().map(|said| (Some("choosing".to_owned()), said)).collect();
                let content = CompareContent::Refused(ErrorSummary { errors });
                let page = page(desk, &asked, &known, None, content)?;
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn page(
    desk: &Desk<'_>,
    asked: &Asked,
    known: &[PlanView],
    found: Option<&Comparison>,
    content: CompareContent,
) -> Result<ComparePage> {
    let (lang, say) = (desk.lang(), desk.lang().scenarios());
    let entry = |own: Metric| PickerEntry {
        text: metric::name(lang, own).to_owned(),
        href: format!("/plans/compare?{}", asked.query(own, found.map(|found| &found.open))),
        current: own == asked.metric,
        depth: 0,
    };
    let title = match found {
        Some(found) => say.title(date::year(lang, found.year.name()), metric::name(lang, asked.metric)),
        None => say.compare().to_owned(),
    };
    let years: Vec<i16> =
        known.iter().filter(|plan| asked.plans.contains(&plan.code)).map(|plan| plan.year).collect();
    let mut offered: Vec<&PlanView> =
        known.iter().filter(|plan| years.is_empty() || years.contains(&plan.year)).collect();
    // Those that are compared first, in their order: whoever sends the form again compares with the same one.
    let place = |plan: &PlanView| asked.plans.iter().position(|code| *code == plan.code);
    offered.sort_by_key(|plan| place(plan).unwrap_or(usize::MAX));
    let crumbs = vec![Link::new(lang.shell().plans(), "/plans")];
    Ok(ComparePage {
        shell: desk
            .shell(Room::Plans, crumbs)?
            .exporting(
                "/plans/compare",
                asked.query(asked.metric, found.map(|found| &found.open)),
                found.map_or(0, |found| found.rows.len()),
            )
            .defining(desk.definitions([asked.metric], desk.context.today)?),
        title,
        metrics: METRICS.into_iter().map(entry).collect(),
        choosing: Choosing {
            metric: asked.metric.code().to_owned(),
            plans: offered
                .into_iter()
                .map(|plan| {
                    let name = say.plan_said(&plan.name, &plan.code, plan.state.badge(&lang).text);
                    (plan.code.clone(), name, asked.plans.contains(&plan.code))
                })
                .collect(),
        },
        content,
    })
}
