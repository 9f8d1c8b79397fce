//! What can be downloaded to be filled in: an empty workbook of a kind.

use std::fs::File;

use axum::Extension;
use axum::extract::{Path, State};
use dacheng_app::Error;
use dacheng_app::exports::Format;
use dacheng_app::facts::subject::Subject;
use dacheng_sheets::WriteError;
use dacheng_sheets::xlsx::{Digits, Heading, Patterns, Writer};

use super::columns::example;
use crate::http::{Reply, Visitor, Web};
use crate::respond;

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
        let workbook = workbook(subject).map_err(|wrong| Error::Internal(wrong.to_string()))?;
        let bytes = workbook.metadata().map_err(|wrong| Error::Internal(wrong.to_string()))?.len();
        Ok(respond::file(Format::Xlsx.media(), &file, workbook, bytes))
    })
    .await
}

fn workbook(subject: Subject) -> std::result::Result<File, WriteError> {
    let heading = |name: &'static str| {
        let width = example(subject, name).len().max(name.len()).max(8) + 3;
        Heading { name, width: u8::try_from(width).unwrap_or(u8::MAX), digits: Digits::Plain }
    };
    let headings: Vec<_> = subject.fields().iter().map(|field| heading(field.name)).collect();
    Writer::new(subject.name(), &headings, Patterns::ISO)?.finish()
}
