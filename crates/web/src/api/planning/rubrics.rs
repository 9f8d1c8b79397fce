//! Qualitative targets for programs: listed, set, and scored by their named rater in person.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use dacheng_app::planning::rubrics::{self, NewRubric as New, RubricView};
use dacheng_app::{Error, Result};
use dacheng_domain::planning::rubric::{LEVELS, Score, State as Standing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::versioned;
use crate::api::listing::{Cursor, Listing, Paging};
use crate::http::{Body, Desk, Reply, Seen, Visitor, Web};
use crate::respond;

/// A qualitative target.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rubric {
    /// Its number.
    pub id: i64,
    /// What is asked for.
    pub name: String,
    /// `unit:CODE` or `member:CODE`.
    pub owner: String,
    /// The code of the member who scores it.
    pub rater: String,
    /// The first month.
    #[schema(example = "2026-10")]
    pub first: String,
    /// The last month.
    #[schema(example = "2026-12")]
    pub last: String,
    /// The score to be reached, 1 to 5.
    pub target: i64,
    /// What each level means, the lowest first.
    pub levels: Vec<String>,
    /// `set` or `rated`.
    #[schema(value_type = String, example = "set")]
    pub state: Standing,
    /// The score, once there is one.
    pub score: Option<i64>,
    /// What the rater says to it.
    pub note: Option<String>,
    /// Score ÷ target score: an exact decimal of four places.
    #[schema(value_type = Option<String>, example = "1.2500")]
    pub attainment: Option<String>,
    /// What scoring it has to name.
    pub version: i64,
}

/// A qualitative target to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRubric {
    /// What is asked for.
    #[schema(example = "渠道伙伴关系")]
    pub name: String,
    /// `unit:CODE` or `member:CODE`.
    #[schema(example = "member:E000013")]
    pub owner: String,
    /// The code of the member who scores it.
    pub rater: String,
    /// The first month.
    #[schema(example = "2026-10")]
    pub first: String,
    /// The last month.
    #[schema(example = "2026-12")]
    pub last: String,
    /// The score to be reached, 1 to 5.
    #[schema(example = 4)]
    pub target: i64,
    /// What each of the five levels means, the lowest first.
    pub levels: Vec<String>,
}

/// A score.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewScore {
    /// 1 to 5.
    pub score: i64,
    /// What the rater says to it.
    #[serde(default)]
    pub note: String,
    /// The version the caller saw, where no `If-Match` says it.
    pub version: Option<i64>,
}

impl Rubric {
    fn of(own: RubricView) -> Self {
        let kept = own.kept;
        let owner = dacheng_app::allocation::Owner { kind: kept.owner_kind, code: kept.owner };
        Self {
            id: kept.id,
            name: kept.name,
            owner: owner.to_string(),
            rater: kept.rater,
            first: own.months.0.to_string(),
            last: own.months.1.to_string(),
            target: kept.target.number(),
            levels: kept.levels.to_vec(),
            state: kept.state,
            score: kept.score.map(Score::number),
            note: kept.note,
            attainment: own.attainment.map(|rate| rate.to_string()),
            version: kept.version,
        }
    }
}

/// The qualitative targets that the caller sees, the newest first.
#[utoipa::path(get, path = "/api/v1/rubrics", tag = "planning", params(Paging), responses((status = 200, body = Listing<Rubric>)))]
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let part = rubrics::list(desk.app, &desk.context, paging.number()?, paging.limit())?;
        let next = part.older.map(|below| Cursor(below.to_string()));
        let items: Vec<Rubric> = part.rubrics.into_iter().map(Rubric::of).collect();
        Ok(respond::json(&Listing { items, next }))
    })
    .await
}

/// One qualitative target; its version is also the `ETag`.
#[utoipa::path(get, path = "/api/v1/rubrics/{id}", tag = "planning", params(("id" = i64, Path, description = "Its number")), responses((status = 200, body = Rubric), (status = 404)))]
pub async fn one(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let own = Rubric::of(rubrics::one(desk.app, &desk.context, id)?);
        Ok(versioned(&own, own.version))
    })
    .await
}

/// Sets a qualitative target.
#[utoipa::path(post, path = "/api/v1/rubrics", tag = "planning", request_body = NewRubric, responses((status = 201, body = Rubric), (status = 403), (status = 422)))]
pub async fn set(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Body(new): Body<NewRubric>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let id = rubrics::set(desk.app, &desk.context, &new.read(desk)?)?;
        let own = Rubric::of(rubrics::one(desk.app, &desk.context, id)?);
        let mut response = versioned(&own, own.version);
        *response.status_mut() = StatusCode::CREATED;
        Ok(response)
    })
    .await
}

/// Scores it: its named rater only, in person; a token never does it.
#[utoipa::path(post, path = "/api/v1/rubrics/{id}/rate", tag = "planning", params(("id" = i64, Path, description = "Its number"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = NewScore, responses((status = 200, body = Rubric), (status = 403, description = "Not by a token"), (status = 404), (status = 409), (status = 412), (status = 422)))]
pub async fn rate(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    seen: Seen,
    Body(new): Body<NewScore>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let score = score(desk, new.score)?;
        let seen = seen.or(new.version)?;
        let own = Rubric::of(rubrics::rate(desk.app, &desk.context, id, score, &new.note, seen)?);
        Ok(versioned(&own, own.version))
    })
    .await
}

fn score(desk: &Desk<'_>, number: i64) -> Result<Score> {
    Score::try_from(number).map_err(|_| Error::refused(desk.lang().rubrics().wrong_score()))
}

impl NewRubric {
    fn read(&self, desk: &Desk<'_>) -> Result<New> {
        let say = desk.lang().rubrics();
        let month = |text: &str| text.parse().map_err(|_| Error::refused(say.wrong_month()));
        let mut levels = self.levels.clone();
        levels.resize(LEVELS, String::new());
        Ok(New {
            name: self.name.clone(),
            owner: self.owner.parse()?,
            rater: self.rater.clone(),
            months: (month(&self.first)?, month(&self.last)?),
            target: score(desk, self.target)?,
            levels: std::array::from_fn(|place| std::mem::take(&mut levels[place])),
        })
    }
}
