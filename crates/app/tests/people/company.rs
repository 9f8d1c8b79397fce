//! A small company, and what its people do: each function is named after that.

use std::net::IpAddr;
use std::sync::OnceLock;

use dacheng_app::people::access::{self, Access, Caller, Holder, SignedIn};
use dacheng_app::people::sign_in::{Begun, Browser};
use dacheng_app::people::{accounts, one_time_links, posts, sign_in};
use dacheng_app::testing::operator;
use dacheng_app::{Actor, App, Context, Error, Result};
use dacheng_domain::access::{AccountId, Role};
use dacheng_domain::people::{
    Leadership, Member, MemberId, Organisation, Paths, Placement, Position, Rows, Seat, Share, Span, Unit,
    UnitId,
};
use dacheng_store::accounts::Account;
use dacheng_store::posts::PostId;
use dacheng_text::Lang;
use jiff::SignedDuration;
use jiff::civil::date;

pub const PASSWORD: &str = "长安一片月，万户捣衣声";

/// The company: D1 leads all of it, M1 the region HN, T1 its team HN-1 with S1 and S2; F1 does finance; L1 left
/// three days ago.
pub fn organisation() -> Organisation {
    let mut rows = Rows::default();
    for (id, code, parent) in [(1, "company", None), (2, "HN", Some(1)), (3, "HN-1", Some(2))] {
        rows.units.push(Unit { id: UnitId(id), code: code.parse().unwrap(), name: code.into() });
        let parent = parent.map(UnitId);
        rows.placements.push(Placement { unit: UnitId(id), parent, span: Span::ALWAYS });
    }
    let members = [
        ("D1", Position::Director, 1, true),
        ("F1", Position::Finance, 1, false),
        ("L1", Position::Specialist, 3, false),
        ("M1", Position::Manager, 2, true),
        ("S1", Position::Specialist, 3, false),
        ("S2", Position::Specialist, 3, false),
        ("T1", Position::TeamLeader, 3, true),
    ];
    for ((code, position, unit, leads), id) in members.into_iter().zip(1..) {
        let (member, unit) = (MemberId(id), UnitId(unit));
        let employed = if code == "L1" { Span::before(date(2026, 11, 20)) } else { Span::ALWAYS };
        let (name, code) = (code.to_owned(), code.parse().unwrap());
        rows.members.push(Member { id: member, code, name, position, employed });
        rows.seats.push(Seat { member, unit, share: Share::FULL, span: employed });
        if leads {
            rows.leaderships.push(Leadership { unit, member, span: Span::ALWAYS });
        }
    }
    Organisation::new(rows, Paths::default()).unwrap()
}

/// The program some time later.
pub fn later(app: &App, by: SignedDuration) -> App {
    App { clock: app.clock.advanced(by), ..app.clone() }
}

pub fn visitor(app: &App) -> Context {
    app.context(Actor::Visitor, Lang::En)
}

/// A browser at an address of its own.
pub fn browser(address: &str) -> Browser<'_> {
    Browser { address: address.parse::<IpAddr>().unwrap(), name: "Firefox", device: None, session: None }
}

/// The hash of [`PASSWORD`], made once.
static HASH: OnceLock<String> = OnceLock::new();

/// Makes an account as the operator, with its password.
pub fn register(app: &App, login: &str, member: Option<&str>) -> AccountId {
    let context = operator(app);
    let new = accounts::New { login, name: login, member, lang: Lang::Zh };
    let id = accounts::create(app, &context, &organisation(), &new).unwrap();
    if let Some(hash) = HASH.get() {
        let mut tx = app.store.write().unwrap();
        dacheng_store::accounts::set_password(&mut tx, id, hash).unwrap();
        tx.commit().unwrap();
    } else {
        let link = one_time_links::invite(app, &context, &organisation(), id).unwrap();
        one_time_links::set_password(app, &visitor(app), &link.secret, PASSWORD).unwrap();
        let hash = dacheng_store::accounts::password(&mut app.store.read().unwrap(), id).unwrap();
        HASH.get_or_init(|| hash.unwrap());
    }
    id
}

/// Grants a post as the operator.
pub fn appoint(app: &App, account: AccountId, role: Role, unit: Option<&str>) -> PostId {
    let context = operator(app);
    let new = posts::New { account, role, unit, starts: context.today, ends: None };
    posts::grant(app, &context, &organisation(), &new).unwrap()
}

pub fn try_to_sign_in(app: &App, login: &str, password: &str, browser: &Browser<'_>) -> Result<Begun> {
    sign_in::sign_in(app, &visitor(app), &organisation(), (login, password), browser)
}

/// Signs in with the right password from a new browser.
pub fn sign_in(app: &App, login: &str) -> Begun {
    try_to_sign_in(app, login, PASSWORD, &browser("192.0.2.1")).unwrap()
}

/// Who a session cookie belongs to, if it still works.
pub fn signed_in(app: &App, session: &str) -> Option<SignedIn> {
    access::of_session(app, session, &organisation()).unwrap()
}

/// A request of a new account with a post, as after its log-in.
pub fn acting(app: &App, login: &str, role: Role) -> Context {
    let new = accounts::New { login, name: login, member: None, lang: Lang::Zh };
    let id = accounts::create(app, &operator(app), &organisation(), &new).unwrap();
    appoint(app, id, role, None);
    request_of(app, id)
}

/// A request of an account, as after its log-in.
pub fn request_of(app: &App, id: AccountId) -> Context {
    let (account, on) = (account(app, id), operator(app).today);
    let posts = dacheng_store::posts::of_account(&mut app.store.read().unwrap(), id).unwrap();
    let holder = Holder { account: id, member: account.member.clone(), posts, on };
    Caller { account, access: Access::Session(holder) }.context(app)
}

pub fn account(app: &App, id: AccountId) -> Account {
    dacheng_store::accounts::by_id(&mut app.store.read().unwrap(), id).unwrap().unwrap()
}

/// Every audit entry: who did what to what, with its detail.
pub fn trail(app: &App) -> Vec<(String, String, String, String)> {
    let mut entries = Vec::new();
    let mut tx = app.store.read().unwrap();
    dacheng_store::audit::each(&mut tx, |entry| {
        entries.push((entry.actor, entry.act, entry.object, entry.detail.unwrap_or_default()));
    })
    .unwrap();
    assert_eq!(dacheng_app::audit::first_damaged(&mut tx).unwrap(), None);
    entries
}

/// How often an act is in the audit trail.
pub fn recorded(app: &App, act: &str) -> usize {
    trail(app).iter().filter(|entry| entry.1 == act).count()
}

#[track_caller]
pub fn assert_refused<T: std::fmt::Debug>(answer: Result<T>, words: &str) {
    match answer {
        Err(Error::Refused(problems)) if problems.iter().any(|problem| problem.contains(words)) => {}
        other => panic!("expected a refusal with {words:?}, not {other:?}"),
    }
}

#[track_caller]
pub fn assert_forbidden<T: std::fmt::Debug>(answer: Result<T>, words: &str) {
    match answer {
        Err(Error::Forbidden(sentence)) if sentence.contains(words) => {}
        other => panic!("expected to be forbidden with {words:?}, not {other:?}"),
    }
}
