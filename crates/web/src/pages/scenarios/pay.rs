//! `POST /plans/{code}/pay`: the assumption about a plan's pay.

use axum::Extension;
use axum::extract::{Path, State};
use dacheng_app::Error;
use dacheng_app::planning::scenarios;

use dacheng_domain::planning::scenario::PayAssumption;

use crate::components::Tone;
use crate::http::{Posted, Reply, Visitor, Web};
use crate::pages::plans::proposal_form::percentage;
use crate::respond;

/// `POST /plans/{code}/pay` with `rate`, `beyond`, `version`, `back`; both rates blank for no assumption.
pub async fn assume(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let say = desk.lang().scenarios();
        let back = back(&form);
        let Ok(pay) = read(&form) else {
            return Ok(respond::done(&back, Tone::Bad, say.pay_wrong()));
        };
        let seen = form.number("version").unwrap_or(0);
        match scenarios::assume(desk.app, &desk.context, &code, pay, seen) {
            Ok(_) => Ok(respond::done(&back, Tone::Ok, say.pay_kept())),
            Err(Error::Stale { .. }) => Ok(respond::done(&back, Tone::Warn, say.pay_stale())),
            Err(other) => Err(other),
        }
    })
    .await
}

/// The comparison that the form stood on; nowhere else, whatever was sent.
fn back(form: &Posted) -> String {
    let back = form.value("back");
    if back.starts_with("/plans/compare?") { back.to_owned() } else { "/plans/compare".to_owned() }
}

fn read(form: &Posted) -> std::result::Result<Option<PayAssumption>, ()> {
    let (rate, beyond) = (percentage(form.value("rate"))?, percentage(form.value("beyond"))?);
    let Some(rate) = rate else { return if beyond.is_none() { Ok(None) } else { Err(()) } };
    PayAssumption::new(rate, beyond.unwrap_or(rate)).map(Some).ok_or(())
}
