//! `POST /forecast/people/{member}/state` and `…/judge`.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::figures::statements::{Person, person};
use dacheng_app::tracking::statements::{self, NewJudgement, NewStatement, Says};
use dacheng_app::{Error, Result};
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::statement::Reach;

use super::SayForm;
use super::person_view::{Sent, address, page};
use crate::components::Tone;
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::pages::choices;
use crate::pages::plans::amount::Amount;
use crate::respond;

/// `POST /forecast/people/{member}/state` with the four amounts, `note`, `m`, `version`.
pub async fn state(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(member): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let metric = choices::metric(desk, Some(form.value("m")));
        let found = person(desk.app, &desk.context, &member, metric)?;
        if found.says != Says::Own {
            return Err(Error::Forbidden(desk.lang().statements().refused_not_selling().to_owned()));
        }
        let Some(new) = said(desk, &form, metric) else {
            return again(desk, &found, &form, (StatusCode::UNPROCESSABLE_ENTITY, None));
        };
        match statements::state(desk.app, &desk.context, &new) {
            Ok(_) => {
                let done = desk.lang().statements().stated();
                Ok(respond::done(&address(&member, metric), Tone::Ok, done))
            }
            Err(error) => refused(desk, &found, &form, error),
        }
    })
    .await
}

/// What was typed; `None` where an amount cannot be read.
fn said(desk: &Desk<'_>, form: &Posted, metric: Metric) -> Option<NewStatement> {
    let typed = Amount { lang: desk.lang(), metric };
    let read = |name: &str| typed.read(form.value(name)).ok().flatten();
    let [month_commit, month_best, quarter_commit, quarter_best] = SayForm::NAMES.map(read);
    Some(NewStatement {
        metric,
        of_month: (month_commit?, month_best?),
        of_quarter: (quarter_commit?, quarter_best?),
        note: form.value("note").to_owned(),
        seen: form.number("version").unwrap_or_default(),
    })
}

/// `POST /forecast/people/{member}/judge` with `of`, `amount`, `reason`, `m`, `version-month`, `version-quarter`.
pub async fn judge(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(member): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let metric = choices::metric(desk, Some(form.value("m")));
        let found = person(desk.app, &desk.context, &member, metric)?;
        if found.says != Says::Beside {
            return Err(Error::Forbidden(desk.lang().statements().refused_not_leading().to_owned()));
        }
        let typed = Amount { lang: desk.lang(), metric };
        let Ok(amount) = typed.read(form.value("amount")) else {
            return again(desk, &found, &form, (StatusCode::UNPROCESSABLE_ENTITY, None));
        };
        let reach = Reach::of(form.value("of")).unwrap_or(Reach::Month);
        let new = NewJudgement {
            member: member.clone(),
            metric,
            reach,
            amount,
            reason: form.value("reason").to_owned(),
            seen: seen(&form, reach),
        };
        match statements::judge(desk.app, &desk.context, &new) {
            Ok(_) => {
                let done = desk.lang().statements().judge_done();
                Ok(respond::done(&address(&member, metric), Tone::Ok, done))
            }
            Err(error) => refused(desk, &found, &form, error),
        }
    })
    .await
}

/// The version that was seen: that of the panel where mine stands beside theirs, else that of the form.
fn seen(form: &Posted, reach: Reach) -> i64 {
    let name = if form.value("version-of") == reach.code() {
        "version".to_owned()
    } else {
        format!("version-{}", reach.code())
    };
    form.number(&name).unwrap_or_default()
}

/// The page with what was typed, and why it was not taken.
fn refused(desk: &Desk<'_>, found: &Person, form: &Posted, error: Error) -> Result<Response> {
    match error {
        Error::Refused(sentences) => {
            again(desk, found, form, (StatusCode::UNPROCESSABLE_ENTITY, Some(sentences.join(" "))))
        }
        Error::Stale { .. } => {
            let now = person(desk.app, &desk.context, &found.code, found.metric)?;
            let told = desk.lang().common().conflict_title(desk.lang().statements().somebody());
            let sent = Sent { form: Some(form), refused: Some(told), is_stale: true };
            Ok(respond::page(StatusCode::CONFLICT, &page(desk, &now, &sent)?))
        }
        other => Err(other),
    }
}

fn again(
    desk: &Desk<'_>,
    found: &Person,
    form: &Posted,
    (status, refused): (StatusCode, Option<String>),
) -> Result<Response> {
    let sent = Sent { form: Some(form), refused, is_stale: false };
    Ok(respond::page(status, &page(desk, found, &sent)?))
}
