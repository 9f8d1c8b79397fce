//! Units and members for programs, as of a day; who is asking, and their password given again.

use axum::Extension;
use axum::extract::{Query, State};
use dacheng_app::Result;
use dacheng_app::people::step_up as password;
use dacheng_domain::access::{Action, Object, Owner, Right, View, When};
use dacheng_domain::people::{Member, MemberId, UnitId};
use dacheng_text::number;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::listing::{Listing, Paging};
use crate::http::{Body, Desk, FOR_PROGRAMS, Need, Reply, Routes, Visitor, Web};
use crate::respond;

/// What this file adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(me, step_up, units, members))]
pub struct Doc;

/// The addresses of this file and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let see = Need::Right(Action::AccountsOrg, Right::Read);
    routes
        .get("/api/v1/me", Need::SignedIn, me)
        .post(FOR_PROGRAMS, Need::SignedIn, step_up)
        .get("/api/v1/units", see, units)
        .get("/api/v1/members", see, members)
}

/// Who is asking.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// The log-in name.
    account: String,
    /// The name shown.
    name: String,
    /// The code of the member this person is.
    member: Option<String>,
    /// The roles held today, by their codes.
    roles: Vec<String>,
    /// The company's date.
    #[schema(value_type = String, format = Date)]
    today: Date,
}

/// Who is asking, with their roles of today.
#[utoipa::path(get, path = "/api/v1/me", tag = "people", responses((status = 200, body = Me)))]
pub async fn me(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| {
        let code = |role| serde_json::to_value(role).ok().and_then(|code| code.as_str().map(str::to_owned));
        let account = desk.visitor.account.clone();
        let (login, name, member) = match account {
            Some(account) => (account.login, account.name, account.member),
            None => (String::new(), String::new(), None),
        };
        Ok(respond::json(&Me {
            account: login,
            name,
            member,
            roles: desk.context.access.roles().filter_map(code).collect(),
            today: desk.context.today,
        }))
    })
    .await
}

/// A password.
#[derive(Deserialize, ToSchema)]
pub struct PasswordBody {
    /// As typed.
    password: String,
}

/// That a password was given again.
#[derive(Debug, Serialize, ToSchema)]
pub struct SteppedUp {
    /// Until when acts that ask for it are done in this session.
    #[schema(value_type = String, format = DateTime)]
    until: Timestamp,
}

/// Gives the password of the session again, for acts that answered 403 with the type
/// `urn:dacheng:problem:step-up-required`. By a session only: a token is refused, and nothing is kept under an
/// `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/me/step-up", tag = "people", request_body = PasswordBody, responses((status = 200, body = SteppedUp), (status = 403, description = "A token"), (status = 422, description = "A wrong password, or too many attempts")))]
pub async fn step_up(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Body(body): Body<PasswordBody>,
) -> Reply {
    let lasting = web.site.step_up;
    web.answer(&visitor, move |desk| {
        let session = desk.visitor.session.as_deref().unwrap_or_default();
        let given = (session, body.password.as_str());
        let until = password::step_up(desk.app, &desk.context, given, FOR_PROGRAMS, lasting)?;
        Ok(respond::json(&SteppedUp { until }))
    })
    .await
}

/// The day that is asked about.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OnDay {
    /// The day; today where absent.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-23")]
    on: Option<Date>,
}

/// A unit on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct Unit {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// The code of the unit above; `null` at the top.
    parent: Option<String>,
    /// The code of the member who leads it; `null` while the post is vacant.
    leader: Option<String>,
}

/// The units of a day, each before those below it.
#[utoipa::path(get, path = "/api/v1/units", tag = "people", params(OnDay, Paging), responses((status = 200, body = Listing<Unit>)))]
pub async fn units(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<OnDay>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let on = asked.on.unwrap_or(desk.context.today);
        view(desk, Owner::Company)?;
        let walk = desk.organisation().depth_first(on).into_iter();
        let units: Vec<Unit> = walk.filter_map(|at| unit(desk, at.unit, on)).collect();
        Ok(respond::json(&paging.part(units, |unit| unit.code.clone())?))
    })
    .await
}

/// How much of the tree the caller sees; it is not there for those who see none of it.
fn view(desk: &Desk<'_>, owner: Owner) -> Result<View> {
    let object = Object::on(owner, desk.context.today).holding(&[When::OrgTree]);
    Ok(desk.context.may(desk.organisation(), Action::AccountsOrg, Right::Read, &object)?.view)
}

fn unit(desk: &Desk<'_>, id: UnitId, on: Date) -> Option<Unit> {
    let organisation = desk.organisation();
    let unit = organisation.unit(id)?;
    let parent = organisation.placement(id, on).and_then(|placement| placement.parent);
    let leader = organisation.leader(id, on).and_then(|leader| organisation.member(leader));
    Some(Unit {
        code: unit.code.to_string(),
        name: unit.name.clone(),
        parent: parent.and_then(|parent| organisation.unit(parent)).map(|parent| parent.code.to_string()),
        leader: leader.map(|leader| leader.code.to_string()),
    })
}

/// A member employed on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberOnDay {
    /// 工号
    code: String,
    /// The name.
    name: String,
    /// The code of the unit they belong to; `null` for somebody who has no seat.
    unit: Option<String>,
    /// What they are employed as; `null` where only names are shown to the caller.
    position: Option<String>,
    /// The first day employed; `null` where only names are shown, or since ever.
    #[schema(value_type = Option<String>, format = Date)]
    hired: Option<Date>,
    /// The last day employed; `null` until further notice.
    #[schema(value_type = Option<String>, format = Date)]
    left: Option<Date>,
    /// Where they sit; empty where only names are shown.
    seats: Vec<Seat>,
}

/// A seat of a member.
#[derive(Debug, Serialize, ToSchema)]
pub struct Seat {
    /// The code of the unit.
    unit: String,
    /// How much of a full post, an exact decimal.
    #[schema(example = "0.5")]
    share: String,
}

/// The members employed on a day, in the order of their codes.
#[utoipa::path(get, path = "/api/v1/members", tag = "people", params(OnDay, Paging), responses((status = 200, body = Listing<MemberOnDay>)))]
pub async fn members(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<OnDay>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let on = asked.on.unwrap_or(desk.context.today);
        let view = view(desk, Owner::Company)?;
        let employed = desk.organisation().rows().members.iter().filter(|member| member.is_employed(on));
        let part = paging.part(employed.collect(), |member: &&Member| member.code.to_string())?;
        let items = part.items.into_iter().map(|row| member(desk, row, on, view)).collect();
        Ok(respond::json(&Listing::<MemberOnDay> { items, next: part.next }))
    })
    .await
}

fn member(desk: &Desk<'_>, row: &Member, on: Date, view: View) -> MemberOnDay {
    let organisation = desk.organisation();
    let home = organisation.home_unit(row.id, on).and_then(|unit| organisation.unit(unit));
    let names = MemberOnDay {
        code: row.code.to_string(),
        name: row.name.clone(),
        unit: home.map(|unit| unit.code.to_string()),
        position: None,
        hired: None,
        left: None,
        seats: Vec::new(),
    };
    match view {
        View::Full => MemberOnDay {
            position: Some(row.position.code().to_owned()),
            hired: row.employed.from(),
            left: row.employed.to().and_then(|to| to.yesterday().ok()),
            seats: seats(desk, row.id, on),
            ..names
        },
        View::Totals
        | View::Aggregates
        | View::Names
        | View::Announcement
        | View::VariablePay
        | View::Masked => names,
    }
}

fn seats(desk: &Desk<'_>, member: MemberId, on: Date) -> Vec<Seat> {
    let organisation = desk.organisation();
    let seat = |seat: &dacheng_domain::people::Seat| {
        let unit = organisation.unit(seat.unit)?.code.to_string();
        Some(Seat { unit, share: number::decimal(seat.share.ratio()) })
    };
    organisation.seats_on(member, on).filter_map(seat).collect()
}
