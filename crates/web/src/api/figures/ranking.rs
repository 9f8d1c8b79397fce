//! Who stands where, as far as the caller sees it: names and attainment, no amounts.

use axum::Extension;
use axum::extract::{Query, State};
use dacheng_app::figures::ranking::{Level, Place, ranking as ranked};
use dacheng_app::figures::{Look, read_period, root};
use dacheng_app::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::explanation::owner;
use super::metric;
use crate::api::listing::{Listing, Paging};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::respond;

/// A ranking asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Any code of `/api/v1/metrics`.
    #[param(example = "revenue")]
    metric: String,
    /// `2026`, `2026-Q3` or `2026-08`.
    #[param(example = "2026-08")]
    period: String,
    /// The code of the unit within which it is; the company where absent.
    unit: Option<String>,
    /// `people`, `teams` or `regions`; people where absent.
    level: Option<String>,
}

/// One place.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ranked {
    /// From 1; equal figures share one, without a figure there is none.
    place: Option<u32>,
    /// `unit:CODE` or `member:CODE`.
    owner: String,
    name: String,
    attainment: Option<String>,
}

impl Asked {
    fn look(&self, desk: &Desk<'_>) -> Result<Look> {
        Ok(Look::now(metric(desk, &self.metric)?, read_period(&self.period, desk.company.fiscal_start)?))
    }

    fn unit(&self, desk: &Desk<'_>, look: Look) -> Result<String> {
        let top = || root(&desk.ground, look.day(desk.context.today));
        self.unit.clone().or_else(top).ok_or_else(|| Error::missing("unit", ""))
    }

    fn level(&self) -> Result<Level> {
        let Some(asked) = self.level.as_deref() else { return Ok(Level::People) };
        let found = Level::ALL.into_iter().find(|level| level.code() == asked);
        found.ok_or_else(|| Error::Usage(format!("level: {asked}")))
    }
}

/// Places, best first: `GET /api/v1/ranking?metric=revenue&period=2026-11&unit=hd&level=people`.
#[utoipa::path(get, path = "/api/v1/ranking", tag = "figures", params(Asked, Paging), responses((status = 200, body = Listing<Ranked>), (status = 404)))]
pub async fn ranking(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let look = asked.look(desk)?;
        let found = ranked(desk.app, &desk.context, &asked.unit(desk, look)?, look, asked.level()?)?;
        let place = |place: Place| Ranked {
            place: place.place,
            owner: owner(&place.named),
            name: place.named.name,
            attainment: place.attainment.map(|rate| rate.to_string()),
        };
        let all = found.places.into_iter().map(place).collect();
        Ok(respond::json(&paging.part(all, |place: &Ranked| place.owner.clone())?))
    })
    .await
}
