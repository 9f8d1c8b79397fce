//! `/settings/metrics/new`, `/settings/metrics/{code}`: an own metric defined, changed and retired.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::{Error, Result, metrics, settings};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::own::{Own, OwnKind, OwnSpec};
use dacheng_domain::metrics::{Direction, Unit};
use serde::Deserialize;

use super::own_metric_form::{read_version, view};
use crate::components::Tone;
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// Which kind of metric is to be defined.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    kind: Option<String>,
}

/// The kind of a word; a sum where there is none.
pub(super) fn kind_of(word: &str) -> OwnKind {
    OwnKind::ALL.into_iter().find(|kind| kind.code() == word).unwrap_or(OwnKind::Sum)
}

/// `GET /settings/metrics/new?kind=`.
pub async fn blank(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        settings::may_change(&desk.context, desk.organisation())?;
        let kind = kind_of(asked.kind.as_deref().unwrap_or_default());
        Ok(respond::page(StatusCode::OK, &view(desk, kind, None, None)?))
    })
    .await
}

/// `POST /settings/metrics/new`.
pub async fn define(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        settings::may_change(&desk.context, desk.organisation())?;
        let kind = kind_of(form.value("kind"));
        let defined = spec(desk, kind, &form).and_then(|spec| {
            metrics::define(desk.app, &desk.context, &spec, form.number("version").unwrap_or_default())
        });
        told(desk, (kind, None), &form, defined, desk.lang().own_metrics().defined())
    })
    .await
}

fn spec(desk: &Desk<'_>, kind: OwnKind, form: &Posted) -> Result<OwnSpec> {
    Ok(OwnSpec {
        code: form.value("code").to_owned(),
        kind,
        unit: unit_of(form.value("unit")),
        direction: if form.value("direction") == "lower" { Direction::Lower } else { Direction::Higher },
        versions: vec![read_version(desk, kind, form)?],
    })
}

/// The unit of a word.
pub(super) fn unit_of(word: &str) -> Unit {
    match word {
        "money" => Unit::Money,
        "percent" => Unit::Percent,
        "score" => Unit::Score,
        "days" => Unit::Days,
        _count => Unit::Count,
    }
}

/// `GET /settings/metrics/{code}`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        settings::may_change(&desk.context, desk.organisation())?;
        let kind = known(desk, &code)?;
        Ok(respond::page(StatusCode::OK, &view(desk, kind, Some(&code), None)?))
    })
    .await
}

/// The kind of an own metric.
fn known(desk: &Desk<'_>, code: &str) -> Result<OwnKind> {
    let own = desk.catalogue.own().find(|own| own.code() == code);
    own.map(Own::kind).ok_or_else(|| Error::missing("metric", code))
}

/// `POST /settings/metrics/{code}`.
pub async fn change(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        settings::may_change(&desk.context, desk.organisation())?;
        let kind = known(desk, &code)?;
        let seen = form.number("version").unwrap_or_default();
        let changed = read_version(desk, kind, &form)
            .and_then(|version| metrics::change(desk.app, &desk.context, &code, &version, seen));
        told(desk, (kind, Some(&code)), &form, changed, desk.lang().own_metrics().changed())
    })
    .await
}

/// `POST /settings/metrics/{code}/retire`.
pub async fn retire(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        settings::may_change(&desk.context, desk.organisation())?;
        let kind = known(desk, &code)?;
        let seen = form.number("version").unwrap_or_default();
        let month: Result<Month> = form
            .value("retire-from")
            .parse()
            .map_err(|_| Error::refused(desk.lang().settings().month_hint()));
        let retired = month.and_then(|month| metrics::retire(desk.app, &desk.context, &code, month, seen));
        told(desk, (kind, Some(&code)), &form, retired, desk.lang().own_metrics().retired())
    })
    .await
}

/// Back to all metrics with a sentence, or the form again with what is wrong.
fn told(
    desk: &Desk<'_>,
    (kind, code): (OwnKind, Option<&str>),
    form: &Posted,
    outcome: Result<i64>,
    done: &str,
) -> Result<Response> {
    let again = |status, sentences: Vec<String>| {
        Ok(respond::page(status, &view(desk, kind, code, Some((form, sentences)))?))
    };
    match outcome {
        Ok(_) => Ok(respond::done("/settings/metrics", Tone::Ok, done)),
        Err(Error::Refused(sentences)) => again(StatusCode::UNPROCESSABLE_ENTITY, sentences),
        Err(Error::Stale { .. }) => {
            let somebody = desk.lang().own_metrics().somebody();
            again(StatusCode::CONFLICT, vec![desk.lang().common().conflict_title(somebody)])
        }
        Err(other) => Err(other),
    }
}
