//! What can be downloaded: an empty workbook of a kind, and the rows of a file that could not be taken.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use dacheng_app::facts::subject::Subject;
use dacheng_app::facts::uploads::look;
use dacheng_app::{Error, Result};
use dacheng_sheets::csv::{self, Mark};
use dacheng_sheets::{Cell, Number, WriteError, xlsx};

use super::acts::number;
use super::columns::example;
use crate::http::{Desk, Reply, Visitor, Web, encoded};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";

/// `GET /imports/templates/{kind}.xlsx`.
pub async fn template(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(file): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let missing = || Error::missing("template", &file);
        let subject = file.strip_suffix(".xlsx").and_then(|name| name.parse::<Subject>().ok());
        let subject = subject.ok_or_else(missing)?;
        subject.allow(&desk.context, desk.organisation())?;
        let bytes = workbook(subject).map_err(|wrong| Error::Internal(wrong.to_string()))?;
        Ok(download(XLSX, &file, bytes))
    })
    .await
}

fn workbook(subject: Subject) -> std::result::Result<Vec<u8>, WriteError> {
    let heading = |name: &'static str| {
        let width = example(subject, name).len().max(name.len()).max(8) + 3;
        xlsx::Heading { name, width: u8::try_from(width).unwrap_or(u8::MAX) }
    };
    let headings: Vec<_> = subject.fields().iter().map(|field| heading(field.name)).collect();
    xlsx::Writer::new(subject.name(), &headings)?.finish()
}

fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename*=UTF-8''{}", encoded(name).replace('/', "%2F"));
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// `GET /imports/{id}/bad.csv`.
pub async fn bad_rows(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let bytes = bad_rows_of(desk, number(&id)?)?;
        Ok(download(CSV, &format!("import-{id}-bad-rows.csv"), bytes))
    })
    .await
}

fn bad_rows_of(desk: &Desk<'_>, import: i64) -> Result<Vec<u8>> {
    let looked = look(desk.app, &desk.context, import)?;
    let say = desk.lang().imports();
    let header = [say.file(), say.sheet(), say.row(), say.column(), say.value(), say.reason()];
    let failed = |wrong: WriteError| Error::Internal(wrong.to_string());
    let mut writer = csv::Writer::new(Vec::new(), Mark::ByteOrderMark, &header).map_err(failed)?;
    let sheet = looked.sums.sheet.as_deref().unwrap_or_default();
    for problem in &looked.problems {
        let row = problem.row.map(|row| row.to_string());
        let row = row.as_deref().and_then(Number::new).map_or(Cell::Blank, Cell::Number);
        let column = problem.column.as_deref().unwrap_or_default();
        let texts = [looked.import.source.as_str(), sheet];
        let [file, sheet] = texts.map(Cell::Text);
        let [column, value, reason] = [column, &problem.value, &problem.reason].map(Cell::Text);
        writer.write(&[file, sheet, row, column, value, reason]).map_err(failed)?;
    }
    writer.finish().map_err(failed)
}
