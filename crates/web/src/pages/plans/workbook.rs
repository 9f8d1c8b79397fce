//! Bringing a plan's sheet back: `/plans/{code}/import`.

use askama::Template;
use axum::Extension;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use dacheng_app::facts::import::Effect;
use dacheng_app::facts::problems::RowProblem;
use dacheng_app::planning::{self, FormColumn, Imported, PlanView, Power, TargetsFile};
use dacheng_app::{Error, Result};
use dacheng_domain::planning::State as PlanState;

use super::rounds::address;
use super::seen::{Asked, seen};
use crate::components::{ErrorSummary, Icon, Link, Note, Tone};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::respond;
use crate::shell::{Room, Shell};

/// Problems listed on the page; a file with more is broken as a whole.
const LISTED: usize = 100;

/// `GET /plans/{code}/import`, and the same page where the file was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/plans/import.html")]
pub struct ImportPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `POST` here.
    pub action: String,
    /// The plan's page.
    pub back: String,
    /// What is wrong with the file as a whole.
    pub wrong: ErrorSummary,
    /// How much is wrong with its cells.
    pub note: Option<Note>,
    /// The cells that are wrong.
    pub bad: Vec<BadCell>,
    /// The columns of the sheet, and whether each is needed.
    pub columns: Vec<(String, bool)>,
}

/// A cell that keeps a file from being imported.
#[derive(Debug, Clone)]
pub struct BadCell {
    /// Its row; blank for the file as a whole.
    pub row: String,
    /// Its column.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// Why it cannot stay.
    pub reason: String,
}

/// `GET /plans/{code}/import`.
pub async fn form(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let plan = open(desk, &code)?;
        Ok(respond::page(StatusCode::OK, &page(desk, &plan, Refusal::default())?))
    })
    .await
}

/// `POST /plans/{code}/import` as `multipart/form-data` with `csrf` and `file`.
pub async fn import(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    request: Request,
) -> Response {
    let sent = match read(request, &web).await {
        Some(sent) if !sent.csrf.is_empty() && sent.csrf == visitor.csrf => sent,
        Some(_) | None => {
            let forged = Error::Usage(visitor.lang.failures().forged().to_owned());
            return web.refuse(&visitor, forged).await;
        }
    };
    web.answer(&visitor, move |desk| take(desk, &code, &sent)).await.into_response()
}

/// What was sent.
#[derive(Default)]
struct Sent {
    csrf: String,
    name: String,
    file: Vec<u8>,
}

async fn read(request: Request, web: &Web) -> Option<Sent> {
    let mut parts = Multipart::from_request(request, web).await.ok()?;
    let mut sent = Sent::default();
    while let Ok(Some(part)) = parts.next_field().await {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "csrf" => sent.csrf = text(part).await?,
            "file" => {
                sent.name = part.file_name().unwrap_or_default().to_owned();
                sent.file = part.bytes().await.ok()?.to_vec();
            }
            _ => {}
        }
    }
    Some(sent)
}

async fn text(part: Field<'_>) -> Option<String> {
    part.text().await.ok()
}

/// The plan, where targets may be brought in: a draft, by who sets the company's total.
fn open(desk: &Desk<'_>, code: &str) -> Result<PlanView> {
    let plan = planning::by_code(desk.app, &desk.context, code)?;
    let powers = seen(desk, code, &Asked::default())?.powers;
    if powers.may(Power::Set) { Ok(plan) } else { Err(Error::missing("plan", code)) }
}

#[derive(Default)]
struct Refusal {
    sentences: Vec<String>,
    problems: Vec<RowProblem>,
}

fn take(desk: &Desk<'_>, code: &str, sent: &Sent) -> Result<Response> {
    let (plan, say) = (open(desk, code)?, desk.lang().plans());
    let refuse = |refusal: Refusal| -> Result<Response> {
        Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page(desk, &plan, refusal)?))
    };
    let whole = |sentences: Vec<String>| Refusal { sentences, ..Refusal::default() };
    if plan.state != PlanState::Draft {
        return refuse(whole(vec![desk.lang().plans_import().in_force(code)]));
    }
    if sent.file.is_empty() {
        return refuse(whole(vec![say.import_missing().to_owned()]));
    }
    match bring(desk, sent) {
        Ok(imported) if imported.problems.is_empty() => {
            let (tone, said) = match imported.cells {
                0 => (Tone::Info, say.import_same().to_owned()),
                cells => (Tone::Ok, say.import_done(cells)),
            };
            Ok(respond::done(&address(code), tone, &said))
        }
        Ok(imported) => refuse(Refusal { problems: imported.problems, ..Refusal::default() }),
        Err(Error::Refused(sentences)) => refuse(whole(sentences)),
        Err(other) => Err(other),
    }
}

/// Imports what was sent, from a file of its own that is gone afterwards.
fn bring(desk: &Desk<'_>, sent: &Sent) -> Result<Imported> {
    let wrong = |wrong: std::io::Error| Error::Internal(format!("upload: {wrong}"));
    let file = tempfile::NamedTempFile::new().map_err(wrong)?;
    std::fs::write(file.path(), &sent.file).map_err(wrong)?;
    let request = TargetsFile {
        path: file.path(),
        name: &sent.name,
        mapping: None,
        effect: Effect::Write,
        workbooks: &desk.web.site.workbooks,
    };
    planning::import_targets_file(desk.app, &desk.context, &request)
}

fn page(desk: &Desk<'_>, plan: &PlanView, refusal: Refusal) -> Result<ImportPage> {
    let (lang, say) = (desk.lang(), desk.lang().plans());
    let count = refusal.problems.len();
    let bad = refusal.problems.into_iter().take(LISTED).map(|problem| BadCell {
        row: problem.row.map_or_else(String::new, |row| row.to_string()),
        column: problem.column.unwrap_or_default(),
        value: problem.value,
        reason: problem.reason,
    });
    let first =
        dacheng_domain::calendar::Year::of(desk.context.today, desk.company.fiscal_start).first_month();
    let columns = FormColumn::all(first.number()).into_iter();
    let crumbs = vec![Link::new(lang.shell().plans(), "/plans"), Link::new(&plan.name, address(&plan.code))];
    Ok(ImportPage {
        shell: desk.shell(Room::Plans, crumbs)?,
        action: format!("{}/import", address(&plan.code)),
        back: address(&plan.code),
        wrong: ErrorSummary {
            errors: refusal
                .sentences
                .into_iter()
                .map(|sentence| (Some("file".to_owned()), sentence))
                .collect(),
        },
        note: (count > 0).then(|| Note::new(Tone::Bad, say.import_refused(count))),
        bad: bad.collect(),
        columns: columns.map(|column| (column.name(lang), column.is_needed())).collect(),
    })
}
