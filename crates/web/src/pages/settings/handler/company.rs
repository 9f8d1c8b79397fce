//! `GET /settings/company`: what the company has settled.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use dacheng_app::settings::{self, Basics};
use dacheng_app::{Error, Result, trail};
use dacheng_domain::Ratio;
use dacheng_domain::access::RankingAudience;
use dacheng_domain::calendar::{FiscalStart, Month, NotAPeriod};
use dacheng_domain::planning::smart::{Band, NotABand};
use dacheng_text::{Lang, date, rate};

use super::super::{CompanyForm, CompanyPage};
use super::shell;
use crate::components::{Choice, Conflict, ConflictRow, Input, Note, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// `GET /settings/company`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk)?))).await
}

const fn code(audience: RankingAudience) -> &'static str {
    match audience {
        RankingAudience::Everyone => "everyone",
        RankingAudience::Team => "team",
        RankingAudience::Own => "own",
    }
}

fn said(lang: Lang, audience: RankingAudience) -> &'static str {
    match audience {
        RankingAudience::Everyone => lang.settings().ranking_everyone(),
        RankingAudience::Team => lang.settings().ranking_team(),
        RankingAudience::Own => lang.settings().ranking_own(),
    }
}

fn page(desk: &Desk<'_>) -> Result<CompanyPage> {
    let may = settings::may_change(&desk.context, desk.organisation()).is_ok();
    Ok(CompanyPage {
        shell: shell(desk)?,
        facts: facts(desk),
        form: if may { Some(form(desk)?) } else { None },
        refused: None,
    })
}

fn facts(desk: &Desk<'_>) -> Vec<(String, String)> {
    let (lang, company) = (desk.lang(), &desk.company);
    let say = lang.settings();
    let go_live = company.go_live.map(|month| date::month(lang, month.year(), month.number()));
    vec![
        (say.company_name().to_owned(), company.name.clone()),
        (say.fiscal_start().to_owned(), date::month_name(lang, company.fiscal_start.month())),
        (say.go_live().to_owned(), go_live.unwrap_or_else(|| say.never().to_owned())),
        (say.ranking().to_owned(), said(lang, company.ranking).to_owned()),
        (
            say.healthy().to_owned(),
            format!("{}–{}", rate::said(company.healthy.low()), rate::said(company.healthy.high())),
        ),
    ]
}

fn form(desk: &Desk<'_>) -> Result<CompanyForm> {
    let (lang, company) = (desk.lang(), &desk.company);
    let is_free = settings::fiscal_start_is_free(&mut desk.read()?)?;
    let own = company.fiscal_start.month();
    let months = (1..=12).filter(|month| is_free || *month == own);
    Ok(CompanyForm {
        name: Input::of(&company.name),
        fiscal_start: Input::of(own.to_string()),
        months: months.map(|month| Choice::new(month.to_string(), date::month_name(lang, month))).collect(),
        fixed: (!is_free).then(|| Note::new(Tone::None, lang.settings_refused().fiscal_start())),
        go_live: Input::of(company.go_live.map_or_else(String::new, |month| month.to_string())),
        ranking: Input::of(code(company.ranking)),
        healthy_low: Input::of(rate::whole(company.healthy.low())),
        healthy_high: Input::of(rate::whole(company.healthy.high())),
        audiences: RankingAudience::ALL.into_iter().map(|of| Choice::new(code(of), said(lang, of))).collect(),
        version: desk.company_version,
        conflict: None,
    })
}

/// `POST /settings/company`.
pub async fn change(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        settings::may_change(&desk.context, desk.organisation())?;
        let Some(basics) = read(&form) else {
            return Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &unreadable(desk, &form)?));
        };
        let seen = form.number("version").unwrap_or_default();
        match settings::change_basics(desk.app, &desk.context, desk.organisation(), &basics, seen) {
            Ok(()) => Ok(respond::done("/settings/company", Tone::Ok, desk.lang().settings().saved())),
            Err(Error::Refused(sentences)) => {
                let page = CompanyPage { refused: Some(sentences.join(" ")), ..typed(desk, &form)? };
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(Error::Stale { .. }) => Ok(respond::page(StatusCode::CONFLICT, &stale(desk, &form)?)),
            Err(other) => Err(other),
        }
    })
    .await
}

fn fiscal_start(posted: &Posted) -> Option<FiscalStart> {
    FiscalStart::try_from(posted.value("fiscal_start").parse::<i8>().ok()?).ok()
}

/// The go-live month, where there is one.
fn go_live(posted: &Posted) -> std::result::Result<Option<Month>, NotAPeriod> {
    match posted.value("go_live") {
        "" => Ok(None),
        text => text.parse().map(Some),
    }
}

fn ranking(posted: &Posted) -> Option<RankingAudience> {
    RankingAudience::ALL.into_iter().find(|of| code(*of) == posted.value("ranking"))
}

/// The band of healthy probabilities; as before where neither end is sent.
fn healthy(posted: &Posted) -> std::result::Result<Option<Band>, NotABand> {
    let (low, high) = (posted.value("healthy_low"), posted.value("healthy_high"));
    if low.is_empty() && high.is_empty() {
        return Ok(None);
    }
    let end = |text: &str| text.parse().map(Ratio::percent).map_err(|_| NotABand);
    Band::new(end(low)?, end(high)?).map(Some)
}

/// What was typed, where every field can be read.
fn read(posted: &Posted) -> Option<Basics> {
    Some(Basics {
        name: posted.value("name").to_owned(),
        fiscal_start: fiscal_start(posted)?,
        go_live: go_live(posted).ok()?,
        ranking: ranking(posted)?,
        healthy: healthy(posted).ok()?,
    })
}

/// The page with what was typed and what cannot be read of it.
fn unreadable(desk: &Desk<'_>, posted: &Posted) -> Result<CompanyPage> {
    let say = desk.lang().settings();
    let mut page = typed(desk, posted)?;
    if let Some(form) = &mut page.form {
        form.fiscal_start.error = fiscal_start(posted).is_none().then(|| say.choose().to_owned());
        form.go_live.error = go_live(posted).is_err().then(|| say.month_hint().to_owned());
        form.healthy_low.error = healthy(posted).is_err().then(|| say.healthy_hint().to_owned());
        form.ranking.error = ranking(posted).is_none().then(|| say.choose().to_owned());
    }
    Ok(page)
}

/// The form with what was typed.
fn keep(form: CompanyForm, posted: &Posted) -> CompanyForm {
    CompanyForm {
        name: Input::of(posted.value("name")),
        fiscal_start: Input::of(posted.value("fiscal_start")),
        go_live: Input::of(posted.value("go_live")),
        ranking: Input::of(posted.value("ranking")),
        healthy_low: Input::of(posted.value("healthy_low")),
        healthy_high: Input::of(posted.value("healthy_high")),
        version: posted.number("version").unwrap_or_default(),
        ..form
    }
}

fn typed(desk: &Desk<'_>, posted: &Posted) -> Result<CompanyPage> {
    let page = page(desk)?;
    Ok(CompanyPage { form: page.form.map(|form| keep(form, posted)), ..page })
}

/// Somebody else saved first: mine beside theirs.
fn stale(desk: &Desk<'_>, posted: &Posted) -> Result<CompanyPage> {
    let (say, theirs) = (desk.lang().settings(), form(desk)?);
    let row = |field: &str, name: &str, theirs: &Input| ConflictRow {
        field: field.to_owned(),
        mine: posted.value(name).to_owned(),
        theirs: theirs.value.clone(),
    };
    let rows = [
        row(say.company_name(), "name", &theirs.name),
        row(say.fiscal_start(), "fiscal_start", &theirs.fiscal_start),
        row(say.go_live(), "go_live", &theirs.go_live),
        row(say.ranking(), "ranking", &theirs.ranking),
        row(say.healthy_low(), "healthy_low", &theirs.healthy_low),
        row(say.healthy_high(), "healthy_high", &theirs.healthy_high),
    ];
    let last = trail::last_change(desk.app, "company")?;
    let conflict = Conflict {
        saved_by: last.map_or_else(String::new, |entry| format!("{} {}", entry.actor, desk.moment(entry.at))),
        rows: rows.into_iter().filter(|row| row.mine != row.theirs).collect(),
        version: theirs.version.to_string(),
        discard: "/settings/company".to_owned(),
    };
    let page = typed(desk, posted)?;
    let form = page.form.map(|form| CompanyForm { conflict: Some(conflict), ..form });
    Ok(CompanyPage { form, ..page })
}
