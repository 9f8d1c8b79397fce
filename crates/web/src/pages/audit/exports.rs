//! The trail as a file, written beside the request: begun, left, found again, fetched within a day, or stopped.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::exports::{self, Export, Format};
use dacheng_app::jobs::State as Standing;
use dacheng_app::{Error, Result};
use dacheng_text::Count;

use super::handler::Asked;
use super::{ExportPage, ExportRow, ExportStage};
use crate::components::{Badge, Link, Note, Progress, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web, said_bytes};
use crate::respond;
use crate::shell::Room;

/// `POST /audit/exports` with the filter of the page and `format`.
pub async fn begin(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        let filter = Asked::of(&form).filter(desk)?;
        let format = Format::of_ending(form.value("format")).unwrap_or_default();
        let id = exports::begin(desk.app, &desk.context, desk.organisation(), filter, format)?;
        Ok(respond::to(&address(id)))
    })
    .await
}

/// `GET /audit/exports/{id}`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, number(&id)?)?))).await
}

/// `POST /audit/exports/{id}/cancel`.
pub async fn cancel(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    _: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let id = number(&id)?;
        match exports::cancel(desk.app, &desk.context, desk.organisation(), id) {
            Ok(()) => Ok(respond::done("/audit", Tone::Ok, desk.lang().jobs().export_stopped())),
            Err(Error::Refused(sentences)) => refused(desk, id, &sentences),
            Err(other) => Err(other),
        }
    })
    .await
}

/// `GET /audit/exports/{id}/file`.
pub async fn fetch(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let id = number(&id)?;
        match exports::fetch(desk.app, &desk.context, desk.organisation(), &desk.web.site.places, id) {
            Ok(file) => Ok(respond::file(file.format.media(), &file.name, file.file, file.bytes)),
            Err(Error::Refused(sentences)) => refused(desk, id, &sentences),
            Err(other) => Err(other),
        }
    })
    .await
}

fn number(id: &str) -> Result<i64> {
    id.parse().map_err(|_| Error::missing("export", id))
}

fn address(id: i64) -> String {
    format!("/audit/exports/{id}")
}

/// The page of the export with why something could not be done.
fn refused(desk: &Desk<'_>, id: i64, sentences: &[String]) -> Result<Response> {
    let mut page = page(desk, id)?;
    page.shell.flash = Some(Note::result(Tone::Bad, sentences.join(" ")));
    Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

fn page(desk: &Desk<'_>, id: i64) -> Result<ExportPage> {
    let export = exports::look(desk.app, &desk.context, desk.organisation(), id)?;
    let crumbs = vec![Link::new(desk.lang().shell().audit(), "/audit")];
    Ok(ExportPage {
        shell: desk.shell(Room::Audit, crumbs)?,
        path: address(id),
        state: badge(desk, &export),
        stage: stage(desk, &export),
    })
}

fn stage(desk: &Desk<'_>, export: &Export) -> ExportStage {
    let say = desk.lang().jobs();
    match (export.state, export.made) {
        (Standing::Waiting | Standing::Running, _) => ExportStage::Running(progress(desk, export)),
        (Standing::Done, _) if export.is_over => ExportStage::Over(Note::new(Tone::None, say.day_is_over())),
        (Standing::Done, made) => {
            let (rows, bytes) = made.unwrap_or_default();
            let until = desk.moment(export.until.unwrap_or_default());
            let said = say.export_ready(Count::from(rows), said_bytes(bytes), until);
            ExportStage::Ready(Note::result(Tone::Ok, said))
        }
        (Standing::Failed, _) => {
            let why = export.error.as_deref().unwrap_or_default();
            ExportStage::Over(Note::new(Tone::Bad, say.export_failed(why)))
        }
        (Standing::Cancelled, _) => ExportStage::Over(Note::new(Tone::None, say.export_stopped())),
    }
}

fn progress(desk: &Desk<'_>, export: &Export) -> Progress {
    let say = desk.lang().jobs();
    let (done, total) = export.progress;
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let said = match export.state {
        Standing::Running => say.export_said(Count::from(done), Count::from(total)),
        Standing::Waiting | Standing::Done | Standing::Failed | Standing::Cancelled => {
            say.export_waiting().to_owned()
        }
    };
    Progress {
        label: say.export_running().to_owned(),
        done: count(done),
        all: count(total).max(1),
        said,
        again: address(export.id),
    }
}

/// One's own exports of the last day, to be found again.
pub(super) fn own(desk: &Desk<'_>) -> Result<Vec<ExportRow>> {
    let rows = exports::own(desk.app, &desk.context)?.into_iter().map(|export| ExportRow {
        begun: Link::new(desk.moment(export.created_at), address(export.id)),
        state: badge(desk, &export),
        rows: export.made.map_or_else(String::new, |(rows, _)| {
            let rows = desk.lang().jobs().outcome_export(Count::from(rows));
            format!("{rows} · {}", export.format.ending().to_uppercase())
        }),
    });
    Ok(rows.collect())
}

fn badge(desk: &Desk<'_>, export: &Export) -> Badge {
    crate::pages::settings::job_state(desk.lang(), export.state)
}
