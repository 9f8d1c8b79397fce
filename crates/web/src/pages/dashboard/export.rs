//! `GET /dashboard.xlsx`: the table of the units below as a workbook, with the choices of the page.

use axum::Extension;
use axum::extract::{Query, State};
use dacheng_app::figures::overview::Overview;
use dacheng_app::figures::{Branch, Performance};
use dacheng_text::{Lang, date};

use super::handler::{Asked, looked};
use crate::components::Badged as _;
use crate::http::{Desk, Reply, Visitor, Web};
use crate::pages::choices;
use crate::pages::standing::{change_label, gap_to_pace, metric_name, shortfall, standing};
use crate::pages::unit_rows::Order;
use crate::respond;
use crate::workbook::{Entry, Export};

/// `GET /dashboard.xlsx?p=2026-11&org=hd&m=revenue&sort=-attainment`.
pub async fn workbook(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        if let Some(own) = choices::without_units(desk)? {
            return Ok(own);
        }
        let (_, overview) = looked(desk, &asked)?;
        respond::workbook(&export(desk, &overview, asked.order()))
    })
    .await
}

fn export(desk: &Desk<'_>, overview: &Overview, order: Order) -> Export {
    let (lang, say, look) = (desk.lang(), desk.lang().dashboard(), overview.look);
    let period = date::period(lang, look.period);
    let metric = metric_name(lang, look.metric);
    let scope = desk.owner_name(&overview.owner);
    let at = match look.as_of {
        Some(day) => day.to_string(),
        None => date::stamp(desk.app.zone.to_datetime(desk.context.now)),
    };
    let total = row(lang, (lang.overview().total(), ""), &overview.performance);
    let branch = |branch: &Branch| {
        let leader = branch.named.leader.as_deref().unwrap_or_default();
        row(lang, (&branch.named.name, leader), &branch.performance)
    };
    Export {
        name: say.file(&scope, &period, metric),
        sheet: say.sheet().to_owned(),
        columns: columns(lang, &overview.performance),
        rows: order.sorted(&overview.branches).into_iter().map(branch).chain([total]).collect(),
        notes: vec![
            say.note_choice(&scope, &period, metric),
            lang.alerts().note_as_of(at),
            say.note_unit().to_owned(),
        ],
    }
}

fn columns(lang: Lang, whole: &Performance) -> Vec<(String, u8)> {
    let (say, figures) = (lang.dashboard(), lang.figures());
    let columns = [
        (lang.overview().level().to_owned(), 24),
        (say.leader().to_owned(), 12),
        (figures.target().to_owned(), 16),
        (figures.actual().to_owned(), 16),
        (figures.attainment().to_owned(), 10),
        (figures.shortfall().to_owned(), 16),
        (lang.overview().pace_gap().to_owned(), 18),
        (change_label(lang, &whole.year_on_year), 22),
        (say.standing().to_owned(), 12),
    ];
    columns.to_vec()
}

fn row(lang: Lang, (name, leader): (&str, &str), performance: &Performance) -> Vec<Entry> {
    let figure = &performance.figure;
    let money = |amount: Option<dacheng_domain::Fen>| amount.map_or(Entry::Blank, Entry::money);
    vec![
        Entry::text(name),
        Entry::text(leader),
        money(figure.target),
        money(figure.actual),
        Entry::percent(figure.attainment),
        money(shortfall(figure)),
        Entry::percent(gap_to_pace(performance)),
        Entry::percent(performance.year_on_year.change.as_ref().and_then(|change| change.rate)),
        Entry::text(standing(performance).badge(&lang).text),
    ]
}
