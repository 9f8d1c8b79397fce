//! `GET /rubrics`, setting one, `GET /rubrics/{id}`, scoring one.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use dacheng_app::planning::rubrics::{self, NewRubric};
use dacheng_app::{Error, Result};
use dacheng_domain::calendar::Month;
use dacheng_domain::planning::rubric::Score;

use super::view;
use crate::components::Tone;
use crate::http::{Desk, Older, Posted, Reply, Visitor, Web};
use crate::respond;

/// `GET /rubrics?before=`.
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(older): Query<Older>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        Ok(respond::page(StatusCode::OK, &view::list(desk, older.before, None)?))
    })
    .await
}

/// `POST /rubrics`.
pub async fn set(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        let set = read(desk, &form).and_then(|new| rubrics::set(desk.app, &desk.context, &new));
        match set {
            Ok(id) => Ok(respond::done(&view::address(id), Tone::Ok, desk.lang().rubrics().saved())),
            Err(Error::Refused(sentences)) => {
                let form = view::form(desk, Some((&form, sentences.join(" "))));
                let page = view::list(desk, None, Some(form))?;
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// Reads the form.
fn read(desk: &Desk<'_>, form: &Posted) -> Result<NewRubric> {
    let say = desk.lang().rubrics();
    let month = |name: &str| form.value(name).parse::<Month>().map_err(|_| Error::refused(say.wrong_month()));
    let owner = form.value("owner");
    Ok(NewRubric {
        name: form.value("name").to_owned(),
        owner: owner.parse().map_err(|_| Error::refused(say.wrong_owner(owner)))?,
        rater: form.value("rater").to_owned(),
        months: (month("from")?, month("to")?),
        target: score(desk, form.value("target"))?,
        levels: std::array::from_fn(|place| form.value(&format!("level-{}", place + 1)).to_owned()),
    })
}

fn score(desk: &Desk<'_>, text: &str) -> Result<Score> {
    let number: i64 = text.parse().unwrap_or(0);
    Score::try_from(number).map_err(|_| Error::refused(desk.lang().rubrics().wrong_score()))
}

/// `GET /rubrics/{id}`.
pub async fn one(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let own = rubrics::one(desk.app, &desk.context, id)?;
        Ok(respond::page(StatusCode::OK, &view::one(desk, &own, None)?))
    })
    .await
}

/// `POST /rubrics/{id}/rate` with `score`, `note`, `version`.
pub async fn rate(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let own = rubrics::one(desk.app, &desk.context, id)?;
        let seen = form.number("version").unwrap_or(0);
        let rated = score(desk, form.value("score"))
            .and_then(|score| rubrics::rate(desk.app, &desk.context, id, score, form.value("note"), seen));
        match rated {
            Ok(rated) => {
                let number = rated.kept.score.map_or(0, Score::number);
                let told = desk.lang().rubrics().rated_now(number);
                Ok(respond::done(&view::address(id), Tone::Ok, &told))
            }
            Err(Error::Refused(sentences)) => {
                let page = view::one(desk, &own, Some((&form, sentences.join(" "))))?;
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(Error::Stale { .. }) => {
                let own = rubrics::one(desk.app, &desk.context, id)?;
                let somebody = desk.lang().rubrics().somebody();
                let told = desk.lang().common().conflict_title(somebody);
                let page = view::one(desk, &own, Some((&form, told)))?;
                Ok(respond::page(StatusCode::CONFLICT, &page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}
