//! `POST /api/v1/facts/{kind}:import`: a file, as the body or within a form.

use axum::body::Body;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::{Extension, RequestExt};
use dacheng_app::facts::source::read_mapping;
use dacheng_app::facts::subject::Subject;
use dacheng_app::facts::uploads::{Confirmation, MOST_BYTES, New, receive, try_out, write_now};
use dacheng_app::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{self, CountsItem, ImportDetail, RefusedRows, SumsItem};
use super::rows;
use crate::http::files::{MOST_MAPPING, Parts, Sent, Token, base_name, body_to_disk};
use crate::http::{Desk, Reply, Visitor, Web, said_bytes};
use crate::respond;

/// A file up to this size is written before it is answered; a larger one beside the request.
const SMALL: u64 = 1 << 20;

/// How a file is brought in.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct How {
    /// Only say what would happen; nothing is kept.
    #[serde(default)]
    dry_run: bool,
    /// The file's name, where the body is the file.
    #[param(example = "orders.csv")]
    name: Option<String>,
}

/// What a file would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tried {
    /// What it would count.
    counts: CountsItem,
    /// What to compare with the source.
    sums: SumsItem,
}

/// `POST /api/v1/facts/{kind}` and `POST /api/v1/facts/{kind}:import`, which stand in one part of the address.
pub async fn bring(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(kind_and_act): Path<String>,
    Query(how): Query<How>,
    request: Request,
) -> Reply {
    let (name, act) = match kind_and_act.split_once(':') {
        None => (kind_and_act.as_str(), None),
        Some((name, act)) => (name, Some(act)),
    };
    let Ok(subject) = name.parse::<Subject>() else {
        return Ok(web.refuse(&visitor, Error::missing("kind", name)).await);
    };
    match act {
        None => rows::bring_rows(&web, &visitor, subject, request).await,
        Some("import") => bring_file(&web, &visitor, subject, how, request).await,
        Some(other) => Ok(web.refuse(&visitor, Error::missing("act", other)).await),
    }
}

/// What tells a repeated request: `Idempotency-Key`.
pub fn idempotency_key(headers: &HeaderMap) -> Option<String> {
    let key = headers.get("idempotency-key")?.to_str().ok()?.trim();
    (!key.is_empty()).then(|| key.chars().take(200).collect())
}

/// Brings in a file of one kind, all of it or nothing: CSV or XLSX as the body, or a form with `file` and, optionally,
/// `mapping` (TOML). A file of at most 1 MB is written before it is answered. The same `Idempotency-Key` has one
/// effect.
#[utoipa::path(
    post, path = "/api/v1/facts/{kind}:import", tag = "facts",
    params(
        ("kind" = String, Path, description = "orders, payments, customers … as for `dacheng import`; calendar"),
        How,
        ("Idempotency-Key" = Option<String>, Header, description = "repeated requests have one effect"),
    ),
    request_body(content(
        (Vec<u8> = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (Vec<u8> = "multipart/form-data"),
    )),
    responses(
        (status = 200, body = ImportDetail, description = "written; with `dry_run` what would be: `counts`, `sums`"),
        (status = 202, body = ImportDetail, description = "under way; `Location` is the import"),
        (status = 422, body = RefusedRows, content_type = "application/problem+json"),
    )
)]
async fn bring_file(web: &Web, visitor: &Visitor, subject: Subject, how: How, request: Request) -> Reply {
    let key = idempotency_key(request.headers());
    // Who may not bring it in is told before anything is read.
    let allowed = web.answer(visitor, move |desk| {
        subject.allow(&desk.context, desk.organisation())?;
        Ok(Response::new(Body::empty()))
    });
    let allowed = allowed.await?;
    if allowed.status() != StatusCode::OK {
        return Ok(allowed);
    }
    let sent = read(web, visitor, subject, &how, request).await;
    web.answer(visitor, move |desk| {
        let (name, file, mapping) = sent?;
        let say = desk.lang().uploads();
        let file = match file {
            Some(Sent::Whole(file)) => file,
            Some(Sent::TooLarge) => {
                return Err(Error::TooLarge(say.file_too_large(said_bytes(MOST_BYTES))));
            }
            None => return Err(Error::refused(say.file_empty())),
        };
        let confirmation = if file.bytes <= SMALL { Confirmation::NoneAndAtOnce } else { Confirmation::None };
        let (name, mapping, request) = (name.as_str(), mapping.as_deref(), key.as_deref());
        let new = New { subject, name, file, mapping, confirmation, request };
        if how.dry_run { tried(desk, &new) } else { written(desk, new) }
    })
    .await
}

type FileSent = (String, Option<Sent>, Option<String>);

async fn read(
    web: &Web,
    visitor: &Visitor,
    subject: Subject,
    how: &How,
    request: Request,
) -> Result<FileSent> {
    let usual = || format!("{}.csv", subject.name());
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        let name = how.name.as_deref().map(base_name).filter(|name| !name.is_empty()).unwrap_or_else(usual);
        let file = body_to_disk(web, visitor, MOST_BYTES, request.into_limited_body()).await?;
        return Ok((name, file, None));
    }
    let form = Multipart::from_request(request, web).await;
    let form = form.map_err(|_| Error::Usage(visitor.lang.uploads().form_broken().to_owned()))?;
    let mut parts = Parts::read(web, visitor, Token::NotNeeded, MOST_BYTES, form).await?;
    let say = visitor.lang.uploads();
    let mapping = match parts.mapping.take() {
        None => None,
        Some(Sent::TooLarge) => {
            return Err(Error::TooLarge(say.mapping_too_large(said_bytes(MOST_MAPPING as u64))));
        }
        Some(Sent::Whole(bytes)) => {
            let text = String::from_utf8(bytes).map_err(|_| Error::refused(say.mapping_no_text()))?;
            read_mapping(Some(&text), visitor.lang)?;
            Some(text)
        }
    };
    let (name, file) = parts.take_file().map_or_else(|| (usual(), None), |(name, file)| (name, Some(file)));
    Ok((if name.is_empty() { usual() } else { name }, file, mapping))
}

fn tried(desk: &Desk<'_>, new: &New<'_>) -> Result<Response> {
    let outcome = try_out(desk.app, &desk.context, &desk.web.site.uploads, new)?;
    if outcome.problems.is_empty() {
        let (counts, sums) = (CountsItem::of(&outcome.counts), SumsItem::of(&outcome.sums));
        return Ok(respond::json(&Tried { counts, sums }));
    }
    Ok(answer::refused_for(desk, answer::errors(new.name, &outcome.problems)))
}

/// Takes a file or rows in, writes them where they are few, and says what became of them.
pub fn written(desk: &Desk<'_>, new: New<'_>) -> Result<Response> {
    let (app, context, uploads) = (desk.app, &desk.context, &desk.web.site.uploads);
    let at_once = new.confirmation == Confirmation::NoneAndAtOnce;
    let begun = receive(app, context, uploads, new)?;
    if at_once && matches!(begun, dacheng_app::facts::uploads::Begun::Now(_)) {
        write_now(app, context, uploads, begun.import());
    }
    answer::outcome(desk, begun.import())
}
