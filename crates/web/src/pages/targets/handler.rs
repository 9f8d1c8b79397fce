//! `GET /targets` and the pages below it: what the address asks for, and the use case that answers.

use std::collections::BTreeSet;

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::Result;
use dacheng_app::figures::ranking::{Level, own_ranking, ranking as ranked};
use dacheng_app::figures::tree::Tree;
use dacheng_app::figures::{member, tree as forest, unit};
use serde::Deserialize;

use super::{files, node_view, person_view, ranking_view, tree_view};
use crate::exports::Wanted;
use crate::http::{Desk, Reply, Visitor, Web};
use crate::pages::choices;
use crate::pages::standing::ranking_page;
use crate::pages::unit_rows::Order;
use crate::respond;

/// What an address of this room asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// Period, metric, as of.
    #[serde(flatten)]
    of: choices::Asked,
    /// How a table is sorted.
    sort: Option<String>,
    /// The units whose branches are open, by commas; the highest where absent.
    open: Option<String>,
    /// The unit looked at closer.
    at: Option<String>,
    /// Who is ranked.
    level: Option<String>,
}

/// `GET /targets?p=2026-11&m=revenue&open=hd,hn&at=hd&sort=-attainment`. Whoever sees no unit has a page of their
/// own.
pub async fn tree(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| tree_page(desk, &asked)).await
}

fn tree_page(desk: &Desk<'_>, asked: &Asked) -> Result<Response> {
    if let Some(own) = choices::without_units(desk)? {
        return Ok(own);
    }
    let found = opened(desk, asked)?;
    Ok(respond::page(StatusCode::OK, &tree_view::page(desk, &found, asked.order())?))
}

/// The tree with the branches open that are asked for.
fn opened(desk: &Desk<'_>, asked: &Asked) -> Result<Tree> {
    let look = asked.of.look(desk)?;
    let open = asked.open.as_deref();
    let open: Option<BTreeSet<String>> =
        open.map(|codes| codes.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect());
    forest::tree(desk.app, &desk.context, look, open, asked.at.as_deref())
}

impl Asked {
    /// How the tree is sorted; in the order of the organisation where nothing is asked for.
    fn order(&self) -> Option<Order> {
        self.sort.as_deref().map(|sort| Order::of(Some(sort)))
    }
}

/// `GET /targets.xlsx?p=2026-11&m=revenue&open=hd,hn&sort=-attainment`: the rows of the page.
pub async fn tree_file(file: Wanted<Asked>) -> Reply {
    file.answer(|desk, asked, format| match choices::without_units(desk)? {
        Some(own) => Ok(own),
        None => files::tree(desk, format, &opened(desk, &asked)?, asked.order()),
    })
    .await
}

/// `GET /targets/{unit}?p=2026-11&m=revenue&sort=gap`.
pub async fn node(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let found = unit::unit(desk.app, &desk.context, &code, asked.of.look(desk)?)?;
        let page = node_view::page(desk, &found, Order::of(asked.sort.as_deref()))?;
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}

/// `GET /targets/{unit}/units.xlsx?p=2026-11&m=revenue&sort=gap`: those below the unit.
pub async fn node_file(Path(code): Path<String>, file: Wanted<Asked>) -> Reply {
    file.answer(move |desk, asked, format| {
        let found = unit::unit(desk.app, &desk.context, &code, asked.of.look(desk)?)?;
        files::unit(desk, format, &found, Order::of(asked.sort.as_deref()))
    })
    .await
}

/// `GET /targets/{unit}/people/{person}?p=2026-11&m=revenue`.
pub async fn person(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path((code, person)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let found = member::member(desk.app, &desk.context, (&code, &person), asked.of.look(desk)?)?;
        Ok(respond::page(StatusCode::OK, &person_view::page(desk, &found, &person_view::Whose::Of(code))?))
    })
    .await
}

/// `GET /targets/{unit}/people/{person}/spans.xlsx?p=2026-11`.
pub async fn person_file(Path((code, person)): Path<(String, String)>, file: Wanted<Asked>) -> Reply {
    file.answer(move |desk, asked, format| {
        let found = member::member(desk.app, &desk.context, (&code, &person), asked.of.look(desk)?)?;
        files::person(desk, format, &found)
    })
    .await
}

/// `GET /me/targets.xlsx?p=2026-11`.
pub async fn own_file(file: Wanted<Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        files::person(desk, format, &member::own(desk.app, &desk.context, asked.of.look(desk)?)?)
    })
    .await
}

/// `GET /me/targets?p=2026-11&m=revenue`.
pub async fn own(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let look = asked.of.look(desk)?;
        let found = member::own(desk.app, &desk.context, look)?;
        let unit = own_ranking(&desk.context, desk.organisation(), desk.company.ranking);
        let ranking = unit.map(|unit| ranking_page(&unit, look));
        Ok(respond::page(
            StatusCode::OK,
            &person_view::page(desk, &found, &person_view::Whose::Own(ranking))?,
        ))
    })
    .await
}

/// `GET /targets/{unit}/ranking?p=2026-11&m=revenue&level=people`.
pub async fn ranking(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let level = Level::of(asked.level.as_deref());
        let found = ranked(desk.app, &desk.context, &code, asked.of.look(desk)?, level)?;
        Ok(respond::page(StatusCode::OK, &ranking_view::page(desk, &found)?))
    })
    .await
}

/// `GET /targets/{unit}/ranking.xlsx?p=2026-11&m=revenue&level=people`.
pub async fn ranking_file(Path(code): Path<String>, file: Wanted<Asked>) -> Reply {
    file.answer(move |desk, asked, format| {
        let level = Level::of(asked.level.as_deref());
        let found = ranked(desk.app, &desk.context, &code, asked.of.look(desk)?, level)?;
        files::ranking(desk, format, &found)
    })
    .await
}
