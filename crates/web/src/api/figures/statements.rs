//! What people say a running period will come to, for programs: rolled up, of one person, and saying it.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::figures::statements::{self, Asked as Question};
use dacheng_app::tracking::statements::{self as acts, NewJudgement, NewStatement};
use dacheng_app::{Error, Result};
use dacheng_domain::calendar::Week;
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::statement::Reach;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{metric, owner};
use crate::api::planning::amount;
use crate::http::{Body, Desk, Reply, Seen, Visitor, Web};
use crate::respond;

/// What was said asked for; the names are those of the command line.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `revenue` or `collections`.
    #[param(example = "revenue")]
    metric: String,
    /// `month` or `quarter`; the month where absent.
    of: Option<String>,
    /// `2026-W48`; the running week where absent.
    week: Option<String>,
    /// `unit:CODE` or `member:CODE`; the company where absent.
    owner: Option<String>,
}

/// Of which metric.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfPerson {
    /// `revenue` or `collections`; revenue where absent.
    metric: Option<String>,
}

/// Two amounts in yuan.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Amounts {
    /// 承诺: what will come in.
    #[schema(example = "100000.00")]
    pub commit: String,
    /// 争取: what may, if all goes well.
    #[schema(example = "120000.00")]
    pub best: String,
}

/// What the running month and quarter will come to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWord {
    /// `revenue` or `collections`.
    #[schema(example = "revenue")]
    pub metric: String,
    /// Of the month.
    pub month: Amounts,
    /// Of the quarter.
    pub quarter: Amounts,
    /// A remark.
    #[serde(default)]
    pub note: String,
    /// The version of this week that the caller saw, 0 for none; where no `If-Match` says it.
    pub version: Option<i64>,
}

/// What a leader says beside a member's word.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOpinion {
    /// `revenue` or `collections`.
    #[schema(example = "revenue")]
    pub metric: String,
    /// `month` or `quarter`.
    #[schema(example = "month")]
    pub of: String,
    /// What it comes to, in yuan; absent or `null` takes an earlier one back.
    #[schema(example = "95000.00")]
    pub amount: Option<String>,
    /// Why.
    pub reason: String,
    /// The version of this week that the caller saw, 0 for none; where no `If-Match` says it.
    pub version: Option<i64>,
}

impl Asked {
    fn answer(&self, desk: &Desk<'_>) -> Result<serde_json::Value> {
        let wrong = |text: &str| Error::Usage(desk.lang().statements().refused_week(text));
        let week = self.week.as_deref().map(|text| text.parse().map_err(|_| wrong(text))).transpose()?;
        let asked = Question {
            metric: metric(desk, &self.metric)?,
            reach: self.of.as_deref().map_or(Ok(Reach::Month), reach)?,
            week: week.unwrap_or_else(|| Week::of(desk.context.today)),
        };
        let owner = owner(desk, self.owner.as_deref())?;
        Ok(statements::statements(desk.app, &desk.context, &owner, asked)?.json())
    }
}

fn reach(text: &str) -> Result<Reach> {
    Reach::of(text).ok_or_else(|| Error::Usage(format!("of: month or quarter, not {text}")))
}

/// What people said, rolled up beside target and band:
/// `GET /api/v1/forecast/people?metric=revenue&of=month&owner=unit:hd`.
#[utoipa::path(get, path = "/api/v1/forecast/people", tag = "figures", params(Asked), responses((status = 200, body = serde_json::Value), (status = 403), (status = 404)))]
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::json(&asked.answer(desk)?))).await
}

/// One person's word with every version, leaders' words beside it, and what came of earlier ones.
#[utoipa::path(get, path = "/api/v1/forecast/people/{member}", tag = "figures", params(("member" = String, Path, description = "Its code"), OfPerson), responses((status = 200, body = serde_json::Value), (status = 403), (status = 404)))]
pub async fn person(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(member): Path<String>,
    Query(asked): Query<OfPerson>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let metric = asked.metric.as_deref().map_or(Ok(Metric::Revenue), |code| metric(desk, code))?;
        told(desk, &member, metric, StatusCode::OK)
    })
    .await
}

/// Says what will come: a member for themselves, while the week runs. Every version stays.
#[utoipa::path(post, path = "/api/v1/forecast/people/{member}/statements", tag = "figures", params(("member" = String, Path, description = "The caller's own code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = NewWord, responses((status = 201, body = serde_json::Value), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn state(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(member): Path<String>,
    seen: Seen,
    Body(new): Body<NewWord>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let metric = metric(desk, &new.metric)?;
        own(desk, &member, metric)?;
        let read = |text: &str, name: &str| amount(metric, text, name, desk.lang());
        let statement = NewStatement {
            metric,
            of_month: (read(&new.month.commit, "month.commit")?, read(&new.month.best, "month.best")?),
            of_quarter: (
                read(&new.quarter.commit, "quarter.commit")?,
                read(&new.quarter.best, "quarter.best")?,
            ),
            note: new.note.clone(),
            seen: seen.or(new.version.or(Some(0)))?,
        };
        acts::state(desk.app, &desk.context, &statement)?;
        told(desk, &member, metric, StatusCode::CREATED)
    })
    .await
}

/// Says something beside a member's word, or takes it back: whoever leads them. The member's own figure stays.
#[utoipa::path(post, path = "/api/v1/forecast/people/{member}/judgements", tag = "figures", params(("member" = String, Path, description = "Its code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = NewOpinion, responses((status = 201, body = serde_json::Value), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn judge(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(member): Path<String>,
    seen: Seen,
    Body(new): Body<NewOpinion>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let metric = metric(desk, &new.metric)?;
        let read = |text: &str| amount(metric, text, "amount", desk.lang());
        let judgement = NewJudgement {
            member: member.clone(),
            metric,
            reach: reach(&new.of)?,
            amount: new.amount.as_deref().map(read).transpose()?,
            reason: new.reason.clone(),
            seen: seen.or(new.version.or(Some(0)))?,
        };
        acts::judge(desk.app, &desk.context, &judgement)?;
        told(desk, &member, metric, StatusCode::CREATED)
    })
    .await
}

/// Refuses whoever speaks for somebody else; whom they do not see is not there.
fn own(desk: &Desk<'_>, member: &str, metric: Metric) -> Result<()> {
    let found = statements::person(desk.app, &desk.context, member, metric)?;
    match found.says {
        acts::Says::Own => Ok(()),
        acts::Says::Beside | acts::Says::Nothing => {
            Err(Error::Forbidden(desk.lang().statements().refused_not_selling().to_owned()))
        }
    }
}

fn told(desk: &Desk<'_>, member: &str, metric: Metric, status: StatusCode) -> Result<Response> {
    let found = statements::person(desk.app, &desk.context, member, metric)?;
    let mut response = respond::json(&found.json());
    *response.status_mut() = status;
    Ok(response)
}
