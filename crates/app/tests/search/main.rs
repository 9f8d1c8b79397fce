//! Search: the index follows every change, nobody finds what their lists do not show, and a plain scan over all names
//! agrees with it.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod changes;
mod plain_scan;
mod scope;

use dacheng_app::people::access::{Access, Holder};
use dacheng_app::search::{Hit, Kind, Part, search};
use dacheng_app::{Actor, App, Context};
use dacheng_domain::people::Organisation;
use dacheng_store::{accounts, posts};
use dacheng_text::Lang;

fn organisation(app: &App) -> Organisation {
    app.memory.ground(&mut app.store.read().unwrap()).unwrap().organisation.clone()
}

/// Somebody of the small company as they are signed in.
fn person(app: &App, login: &str) -> Context {
    let mut tx = app.store.read().unwrap();
    let account = accounts::by_login(&mut tx, login).unwrap().unwrap();
    let (id, member, on) = (account.id, account.member, app.clock.today(&app.zone));
    let mut posts = posts::of_account(&mut tx, id).unwrap();
    posts.retain(|post| post.is_held(on));
    let actor = Actor::Account { id, login: login.to_owned(), member: member.clone() };
    let access = Access::Session(Holder { account: id, member, posts, on });
    Context { access, ..app.context(actor, Lang::Zh) }
}

/// A hit as a test compares it.
fn code(hit: &Hit) -> String {
    match hit {
        Hit::Person { code, .. } | Hit::Unit { code, .. } => code.clone(),
        Hit::Plan(plan) => plan.code.clone(),
        Hit::Alert(row) => row.id.to_string(),
        Hit::ImprovementPlan(row) => row.plan.as_ref().unwrap().id.to_string(),
        Hit::Account { login, .. } => login.clone(),
    }
}

fn of_kind(parts: &[Part], kind: Kind) -> Vec<String> {
    let own = parts.iter().filter(|part| part.kind == kind);
    own.flat_map(|part| &part.hits).map(code).collect()
}

/// The codes of what is found of a kind.
fn found(app: &App, context: &Context, kind: Kind, typed: &str) -> Vec<String> {
    of_kind(&search(app, context, typed, 100).unwrap(), kind)
}
