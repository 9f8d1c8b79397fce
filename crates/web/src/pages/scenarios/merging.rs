//! `GET` and `POST /plans/merge`: a branch of one scenario taken into another.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::allocation::Owner;
use dacheng_app::planning::scenarios::{Merge, MergePreview, Merged, merge as merge_it, merge_preview};
use dacheng_app::{Error, Result};
use dacheng_domain::metrics::Metric;
use serde::Deserialize;

use super::merging_view::{conflict, page};
use crate::components::Tone;
use crate::http::{Desk, Posted, Reply, Visitor, Web, encoded};
use crate::pages::plans::rounds::address;
use crate::respond;

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub(super) from: String,
    pub(super) into: String,
    pub(super) owner: String,
    pub(super) metric: String,
    pub(super) settle: String,
}

impl Asked {
    fn of(form: &Posted) -> Self {
        let value = |name: &str| form.value(name).to_owned();
        Self {
            from: value("from"),
            into: value("into"),
            owner: value("owner"),
            metric: value("metric"),
            settle: value("settle"),
        }
    }

    /// The merge that is meant. Words that are none are answered like things that are not there.
    pub(super) fn merge(&self) -> Result<Merge> {
        let owner: Owner = self.owner.parse().map_err(|_| Error::missing("owner", &self.owner))?;
        let metric: Metric = match self.metric.as_str() {
            "" => Metric::Revenue,
            code => code.parse().map_err(|_| Error::missing("metric", code))?,
        };
        Ok(Merge {
            from: self.from.clone(),
            into: self.into.clone(),
            metric,
            owner,
            settle: self.settle.parse().unwrap_or_default(),
        })
    }
}

/// `GET /plans/merge?from=B&into=A&owner=unit:S&metric=revenue&settle=parents`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| answer(desk, &asked.merge()?, StatusCode::OK)).await
}

/// `POST /plans/merge` with the same, and `token`, `old`, `new` as they were seen.
pub async fn merge(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        let asked = Asked::of(&form).merge()?;
        match merge_it(desk.app, &desk.context, &asked, form.value("token")) {
            Ok(Merged::Done(done)) => {
                let said = desk.lang().scenarios().merged(&done.name, &done.from.name, &done.into.name);
                let at = done.above.as_ref().map_or_else(|| &asked.owner.code, |(unit, _)| &unit.code);
                let to =
                    format!("{}?at={}&metric={}", address(&asked.into), encoded(at), asked.metric.code());
                Ok(respond::done(&to, Tone::Ok, &said))
            }
            Ok(Merged::Changed(now)) => {
                let conflict = conflict(desk, &asked, &form, &now);
                let page = page(desk, &asked, Ok(now), Some(conflict))?;
                Ok(respond::page(StatusCode::CONFLICT, &page))
            }
            Err(Error::Refused(sentences)) => {
                let page = page(desk, &asked, Err(sentences), None)?;
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn answer(desk: &Desk<'_>, asked: &Merge, status: StatusCode) -> Result<Response> {
    let found: std::result::Result<MergePreview, Vec<String>> =
        match merge_preview(desk.app, &desk.context, asked) {
            Ok(found) => Ok(found),
            Err(Error::Refused(sentences)) => Err(sentences),
            Err(other) => return Err(other),
        };
    let status = if found.is_err() { StatusCode::UNPROCESSABLE_ENTITY } else { status };
    Ok(respond::page(status, &page(desk, asked, found, None)?))
}
