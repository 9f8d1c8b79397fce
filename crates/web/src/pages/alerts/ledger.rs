//! `GET /alerts`: the ledger within what the viewer may see, and the same as a file.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use std::collections::BTreeSet;

use dacheng_app::Result;
use dacheng_app::tracking::alerts::{self as use_case, AlertRow as Found, Ledger, Page};
use dacheng_domain::calendar::Calendar;
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::improvement::PlanState;
use dacheng_text::countdown::Countdown;
use dacheng_text::{date, metric};
use serde::Deserialize;

use super::{AlertRow, AlertsPage, Order, export, said};
use crate::components::{Empty, Link, Pager, PickerEntry};
use crate::exports::Wanted;
use crate::http::{Desk, Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// Alerts on one page.
const PAGE: usize = 50;

/// What the address asks for.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    /// `open`, `red`, `yellow`, `mine` or a fiscal year; everything open where absent.
    show: Option<String>,
    /// By which column: `-due`, `fired`; red first where absent.
    sort: Option<String>,
    /// From 1.
    page: Option<usize>,
}

impl Asked {
    fn shown(&self) -> Page {
        match self.show.as_deref() {
            Some("red") => Page::Red,
            Some("yellow") => Page::Yellow,
            Some("mine") => Page::Mine,
            Some(year) => year.parse().map_or(Page::Open, Page::Year),
            None => Page::Open,
        }
    }

    fn order(&self) -> Order {
        Order::of(self.sort.as_deref())
    }
}

/// `GET /alerts?show=red&sort=-due&page=2`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, &asked)?))).await
}

/// `GET /alerts.xlsx?show=red&sort=-due`: what the page shows, all of its rows.
pub async fn file(file: Wanted<Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        let shown = asked.shown();
        let mut ledger = use_case::ledger(desk.app, &desk.context, shown)?;
        asked.order().sort(&mut ledger.rows);
        let filter = name(desk, &ledger, shown);
        export::ledger(desk, format, &ledger.rows, filter, asked.order())
    })
    .await
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<AlertsPage> {
    let (say, shown, order) = (desk.lang().alerts(), asked.shown(), asked.order());
    let mut ledger = use_case::ledger(desk.app, &desk.context, shown)?;
    order.sort(&mut ledger.rows);
    let counts = ledger.counts;
    let all = ledger.rows.len();
    let number = asked.page.unwrap_or(1).clamp(1, all.div_ceil(PAGE).max(1));
    let first = (number - 1) * PAGE;
    let rows = ledger.rows.iter().skip(first).take(PAGE);
    let calendar = desk.company.calendar();
    let metrics: BTreeSet<Metric> = ledger.rows.iter().map(|own| own.metric).collect();
    Ok(AlertsPage {
        shell: desk
            .shell(Room::Alerts, Vec::new())?
            .exporting("/alerts", format!("show={}{}", code(shown), order.query()), all)
            .defining(desk.definitions(metrics, desk.context.today)?),
        summary: say.summary(counts.open(), counts.red, counts.yellow),
        filters: filters(desk, &ledger, (shown, order)),
        sorts: order.heads(desk.lang(), &address(shown)),
        rows: rows.map(|found| row(desk, &calendar, found)).collect(),
        empty: empty(desk, &ledger, shown),
        pager: (all > PAGE).then(|| pager(shown, order, number, all)),
    })
}

fn code(shown: Page) -> String {
    match shown {
        Page::Open => "open".to_owned(),
        Page::Red => "red".to_owned(),
        Page::Yellow => "yellow".to_owned(),
        Page::Mine => "mine".to_owned(),
        Page::Year(year) => year.to_string(),
    }
}

/// The address of a part of the ledger.
fn address(shown: Page) -> String {
    format!("/alerts?show={}", code(shown))
}

fn filters(desk: &Desk<'_>, ledger: &Ledger, (shown, order): (Page, Order)) -> Vec<PickerEntry> {
    let years = ledger.years.iter().map(|year| Page::Year(*year));
    let pages = [Page::Open, Page::Red, Page::Yellow, Page::Mine].into_iter().chain(years);
    let entry = |page: Page| PickerEntry {
        text: name(desk, ledger, page),
        href: format!("{}{}", address(page), order.query()),
        current: page == shown,
        depth: 0,
    };
    pages.map(entry).collect()
}

/// The name of a part of the ledger, with its count where that is bounded.
fn name(desk: &Desk<'_>, ledger: &Ledger, page: Page) -> String {
    let (say, counts) = (desk.lang().alerts(), ledger.counts);
    match page {
        Page::Open => say.filter_open(counts.open()),
        Page::Red => say.filter_red(counts.red),
        Page::Yellow => say.filter_yellow(counts.yellow),
        Page::Mine => say.filter_mine(counts.mine),
        Page::Year(year) => say.filter_year(date::year(desk.lang(), year)),
    }
}

fn row(desk: &Desk<'_>, calendar: &Calendar, found: &Found) -> AlertRow {
    let lang = desk.lang();
    let plan = found.plan.as_ref();
    let subject =
        format!("{} · {}", metric::name(lang, found.metric), date::period(lang, found.figure.period));
    AlertRow {
        number: Link::new(said::number(lang, found), said::address(found)),
        level: found.level,
        owner: said::owner(found),
        subject,
        evidence: said::evidence(lang, found),
        fired: date::short(found.raised_on),
        state: plan.map_or(PlanState::Withdrawn, |plan| plan.state),
        deadline: plan
            .and_then(|plan| plan.deadline)
            .map(|deadline| Countdown::of(deadline, calendar, desk.context.today)),
        responsible: plan.and_then(|plan| plan.acts()).unwrap_or_default().to_owned(),
    }
}

fn empty(desk: &Desk<'_>, ledger: &Ledger, shown: Page) -> Empty {
    let say = desk.lang().alerts();
    match shown {
        Page::Open => Empty::done(say.none_open()),
        Page::Red | Page::Yellow | Page::Mine | Page::Year(_) => {
            let filter = say.filtered_by(name(desk, ledger, shown));
            Empty::filtered(say.none_here(), filter, Link::new(say.clear(), "/alerts"))
        }
    }
}

fn pager(shown: Page, order: Order, number: usize, all: usize) -> Pager {
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let href = |number: usize| format!("{}{}&page={number}", address(shown), order.query());
    Pager {
        first: count((number - 1) * PAGE + 1),
        last: count((number * PAGE).min(all)),
        all: count(all),
        earlier: (number > 1).then(|| href(number - 1)),
        later: (number * PAGE < all).then(|| href(number + 1)),
    }
}
