//! Who acts in the story of the demo company, and when: somebody signed in, at an hour of a day.

use dacheng_app::people::access::{Access, Caller, Holder};
use dacheng_app::{Actor, App, Clock, Context, Error, Result};
use dacheng_store::{accounts, posts};
use dacheng_text::Lang;
use jiff::civil::Date;

use super::agenda::Hour;

/// Sales operations, who bring the facts in and propose months.
pub const OPERATIONS: &str = "X000002";
/// Marketing, who note what is said of the market.
pub const MARKETING: &str = "X000003";
/// Finance, who close months.
pub const FINANCE: &str = "X000004";
/// The executive, who puts plans in force.
pub const EXECUTIVE: &str = "X000001";

/// The same program at an hour and minute of a day.
pub fn at(app: &App, day: Date, (hour, minute): Hour) -> App {
    let moment = app.zone.to_timestamp(day.at(hour, minute, 0, 0));
    App { clock: moment.map_or(Clock::System, Clock::Fixed), ..app.clone() }
}

/// Whoever sets the program up.
pub fn operator(app: &App) -> Context {
    app.context(Actor::Operator, Lang::Zh)
}

/// A member of the company, by code, as the program knows them when they have signed in.
pub fn signed_in(app: &App, code: &str) -> Result<Context> {
    let mut tx = app.store.read()?;
    let account = accounts::of_member(&mut tx, code)?.into_iter().next();
    let account = account.ok_or_else(|| Error::Internal(format!("{code} has no account")))?;
    let on = app.clock.today(&app.zone);
    let mut posts = posts::of_account(&mut tx, account.id)?;
    posts.retain(|post| post.is_held(on));
    let holder = Holder { account: account.id, member: account.member.clone(), posts, on };
    Ok(Caller { account, access: Access::Session(holder) }.context(app))
}
