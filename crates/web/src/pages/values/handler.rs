//! `GET /values`, `GET` and `POST /values/{code}`.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use dacheng_app::facts::problems::unreadable;
use dacheng_app::metrics::{self, Entry, Sheet};
use dacheng_app::planning::read_amount;
use dacheng_app::{Error, Result};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use serde::Deserialize;

use super::view;
use crate::components::Tone;
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::pages::measures;
use crate::respond;

/// The month of a sheet.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// The last finished month where absent.
    pub month: Option<String>,
}

impl Asked {
    /// The month asked for.
    pub(super) fn of(&self, desk: &Desk<'_>) -> Result<Month> {
        match self.month.as_deref().filter(|text| !text.is_empty()) {
            Some(text) => text.parse().map_err(|_| Error::missing("month", text)),
            None => Ok(Month::of(desk.context.today).previous()),
        }
    }
}

/// `GET /values`.
pub async fn list(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &view::list(desk)?))).await
}

/// `GET /values/{code}?month=`.
pub async fn sheet(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let sheet = metrics::sheet(desk.app, &desk.context, &code, asked.of(desk)?)?;
        Ok(respond::page(StatusCode::OK, &view::sheet(desk, &sheet, None)?))
    })
    .await
}

/// `POST /values/{code}?month=` with `value.OWNER`, `note.OWNER`, `seen.OWNER` of each, `csrf`.
pub async fn enter(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let month = asked.of(desk)?;
        let sheet = metrics::sheet(desk.app, &desk.context, &code, month)?;
        let refuse = |status, sentences: Vec<String>| {
            let sheet = metrics::sheet(desk.app, &desk.context, &code, month)?;
            Ok(respond::page(status, &view::sheet(desk, &sheet, Some((&form, sentences)))?))
        };
        let Some(entries) = entries(&sheet, &form) else {
            return refuse(StatusCode::UNPROCESSABLE_ENTITY, Vec::new());
        };
        match metrics::enter(desk.app, &desk.context, &code, month, &entries) {
            Ok(entered) => {
                let say = desk.lang().own_metrics();
                let told = if entered.changed == 0 {
                    (Tone::Info, say.same_values().to_owned())
                } else {
                    (Tone::Ok, say.entered(entered.changed))
                };
                Ok(respond::done(&view::address(&code, month), told.0, &told.1))
            }
            Err(Error::Refused(sentences)) => refuse(StatusCode::UNPROCESSABLE_ENTITY, sentences),
            Err(Error::Stale { .. }) => {
                let somebody = desk.lang().own_metrics().somebody();
                refuse(StatusCode::CONFLICT, vec![desk.lang().common().conflict_title(somebody)])
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// What was typed, of everybody whose field was sent; `None` where something cannot be read.
fn entries(sheet: &Sheet, form: &Posted) -> Option<Vec<Entry>> {
    let of = Metric::Own(sheet.metric);
    let rows = sheet.rows.iter().filter(|row| !form.value(&view::seen_id(&row.owner)).is_empty());
    rows.map(|row| {
        let amount = read_amount(of, &measures::typed(of, form.value(&view::value_id(&row.owner)))).ok()?;
        Some(Entry {
            owner: row.owner.clone(),
            amount,
            note: Some(form.value(&view::note_id(&row.owner)).to_owned()),
            seen: form.number(&view::seen_id(&row.owner)),
        })
    })
    .collect()
}

/// What is wrong with what was typed as a value.
pub(super) fn wrong(desk: &Desk<'_>, of: Metric, text: &str) -> Option<String> {
    read_amount(of, &measures::typed(of, text)).err().map(|wrong| unreadable(wrong, desk.lang()))
}
