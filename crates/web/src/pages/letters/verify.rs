//! `GET /verify`: whether a printed letter says what was issued.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::Error;
use dacheng_app::allocation::letters::{state_name, verify};
use serde::Deserialize;

use super::VerifyPage;
use crate::components::{Badge, Input, Link, Tone};
use crate::http::{Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// What stands on the paper.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// The letter's number.
    #[serde(default)]
    pub no: String,
    /// The check code.
    #[serde(default)]
    pub code: String,
}

/// `GET /verify?no=&code=`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let say = desk.lang().responsibility();
        let found = if asked.no.trim().is_empty() {
            None
        } else {
            Some(match verify(desk.app, &asked.no, &asked.code) {
                Ok(own) => {
                    let state = state_name(desk.lang(), own.state);
                    let (number, version) = (&own.number, say.version_n(own.version));
                    let said = say.verify_yes(
                        number,
                        version,
                        state,
                        own.signed.to_string(),
                        own.needed.to_string(),
                    );
                    (Badge::new(Tone::Ok, say.verify_title()), said)
                }
                Err(Error::Missing { .. }) => {
                    (Badge::new(Tone::Bad, say.verify_title()), say.verify_no().to_owned())
                }
                Err(other) => return Err(other),
            })
        };
        let page = VerifyPage {
            shell: desk.shell(Room::Letters, vec![Link::new(say.room(), "/letters")])?,
            number: Input::of(asked.no.clone()),
            code: Input::of(asked.code.clone()),
            found,
        };
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}
