//! `GET /plans`, `POST /plans`: the list of plans, and making one.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::planning::{self, PlanView, Round};
use dacheng_app::{Error, Result};
use dacheng_domain::Fen;
use dacheng_domain::calendar::Year;
use dacheng_domain::planning::{RecognisedAt, RevenueBasis, Tax};
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, date};

use super::{NewPlan, PlanRow, PlansPage};
use crate::components::{Choice, Figure, Input, Link, Tone, Value};
use crate::http::{Desk, Posted, Reply, Visitor, Web, encoded};
use crate::respond;
use crate::shell::Room;

/// How many fiscal years ahead of the running one a plan may be made for.
const YEARS_AHEAD: i16 = 2;

/// `GET /plans`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, |desk| {
        let new = planning::may_create(desk.app, &desk.context)?.then(|| blank(desk));
        Ok(respond::page(StatusCode::OK, &page(desk, new)?))
    })
    .await
}

/// `POST /plans`.
pub async fn create(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| make(desk, &form)).await
}

fn make(desk: &Desk<'_>, form: &Posted) -> Result<Response> {
    let mut typed = NewPlan {
        year: Input::of(form.value("year")),
        name: Input::of(form.value("name")),
        code: Input::of(form.value("code")),
        recognised_at: Input::of(form.value("recognised_at")),
        tax: Input::of(form.value("tax")),
        open: true,
        ..blank(desk)
    };
    let year = form.value("year").parse().unwrap_or(0);
    let new = planning::NewPlan {
        year,
        code: Some(form.value("code").to_owned()).filter(|code| !code.is_empty()),
        name: form.value("name").to_owned(),
        basis: read_basis(form),
    };
    match planning::create(desk.app, &desk.context, &new) {
        Ok(made) => {
            let said = desk.lang().plans().made(&made.name);
            Ok(respond::done(&address(&made.code), Tone::Ok, &said))
        }
        Err(Error::Refused(sentences)) => {
            let is_code = Year::new(year, desk.company.fiscal_start).is_some();
            let wrong = if is_code { &mut typed.code } else { &mut typed.year };
            wrong.error = Some(sentences.join(" "));
            Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page(desk, Some(typed))?))
        }
        Err(other) => Err(other),
    }
}

fn read_basis(form: &Posted) -> RevenueBasis {
    RevenueBasis {
        recognised_at: match form.value("recognised_at") {
            "shipment" => RecognisedAt::Shipment,
            "invoice" => RecognisedAt::Invoice,
            _ => RecognisedAt::Signing,
        },
        tax: if form.value("tax") == "excluded" { Tax::Excluded } else { Tax::Included },
    }
}

/// The page of a plan.
pub(in crate::pages) fn address(code: &str) -> String {
    format!("/plans/{}", encoded(code))
}

/// What counts as revenue, in words.
pub(super) fn said_basis(lang: Lang, basis: RevenueBasis) -> String {
    let say = lang.plans();
    say.basis_of(recognised(lang, basis.recognised_at), taxed(lang, basis.tax))
}

fn recognised(lang: Lang, at: RecognisedAt) -> &'static str {
    let say = lang.plans();
    match at {
        RecognisedAt::Signing => say.at_signing(),
        RecognisedAt::Shipment => say.at_shipment(),
        RecognisedAt::Invoice => say.at_invoice(),
    }
}

fn taxed(lang: Lang, tax: Tax) -> &'static str {
    match tax {
        Tax::Included => lang.plans().tax_included(),
        Tax::Excluded => lang.plans().tax_excluded(),
    }
}

fn page(desk: &Desk<'_>, new: Option<NewPlan>) -> Result<PlansPage> {
    let rounds = planning::rounds(desk.app, &desk.context)?;
    Ok(PlansPage {
        shell: desk.shell(Room::Plans, Vec::new())?.exporting("/plans", "", rounds.len()),
        plans: rounds.iter().map(|round| row(desk.lang(), round)).collect(),
        new,
    })
}

fn row(lang: Lang, round: &Round) -> PlanRow {
    let PlanView { code, name, state, basis, .. } = &round.plan;
    let money = |amount: Option<i64>, blank| {
        Figure::plain(amount.map_or(Value::Blank(blank), |amount| Value::Money(Fen(amount))))
    };
    let blank = if round.figures.is_some() { Blank::NoTarget } else { Blank::Hidden };
    let total = round.figures.and_then(|figures| figures.total);
    PlanRow {
        plan: Link::new(name, address(code)),
        code: code.clone(),
        basis: said_basis(lang, *basis),
        state: *state,
        total: money(total, blank),
        open: money(round.figures.map(|figures| figures.open).filter(|_| total.is_some()), blank),
        covered: round.figures.map_or_else(String::new, |figures| figures.covered.to_string()),
    }
}

/// The form as it is offered: next year first, as plans are made before their year.
fn blank(desk: &Desk<'_>) -> NewPlan {
    let lang = desk.lang();
    let running = Year::of(desk.context.today, desk.company.fiscal_start).name();
    let years =
        (running..=running + YEARS_AHEAD).map(|year| Choice::new(year.to_string(), date::year(lang, year)));
    let recognitions = [
        ("signing", RecognisedAt::Signing),
        ("shipment", RecognisedAt::Shipment),
        ("invoice", RecognisedAt::Invoice),
    ];
    let taxes = [("included", Tax::Included), ("excluded", Tax::Excluded)];
    NewPlan {
        years: years.collect(),
        year: Input::of((running + 1).to_string()),
        name: Input::default(),
        code: Input::default(),
        recognised_at: Input::of("signing"),
        tax: Input::of("included"),
        recognitions: recognitions.map(|(code, at)| Choice::new(code, recognised(lang, at))).to_vec(),
        taxes: taxes.map(|(code, tax)| Choice::new(code, taxed(lang, tax))).to_vec(),
        open: false,
    }
}
