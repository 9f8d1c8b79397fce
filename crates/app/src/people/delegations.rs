//! Standing in for somebody who is away (请假代理): giving, ending and listing it. What it lends is decided in
//! `domain::access::delegation`; both names are recorded with everything that is done by it.

use dacheng_domain::access::delegation::{LONGEST, Refusal, Wish, can_lend};
use dacheng_domain::access::{self as table, AccountId, Person};
use dacheng_domain::people::{Organisation, Span};
use dacheng_store::Read;
use dacheng_store::accounts::{self, Account};
use dacheng_store::delegations::{self as kept};
use dacheng_store::posts::{self, Post};
use jiff::civil::Date;
use serde_json::json;

use super::access::placed;
use super::accounts::object;
use super::callers::may_enter;
use crate::{App, Context, Error, Result, audit};

pub use dacheng_store::delegations::{Delegation, Party};

/// Namesakes that are told apart.
const NAMESAKES: i64 = 10;

/// What somebody lends to whoever asks, on that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lent {
    /// Who lends.
    pub giver: Party,
    /// Their posts of that day which can be lent.
    pub posts: Vec<Post>,
    /// The days.
    pub span: Span,
}

impl Lent {
    /// The giver as a person.
    pub(crate) fn person(&self, organisation: &Organisation) -> Person {
        let member = self.giver.member.as_deref().and_then(|code| organisation.member_of_code(code));
        Person::new(self.giver.account, member.map(|member| member.id))
    }

    /// The posts with what is lent of them.
    pub(super) fn placed(
        &self,
        taker: AccountId,
        organisation: &Organisation,
    ) -> Vec<(table::Post, table::Delegation)> {
        let (giver, span) = (self.person(organisation), self.span);
        let posts = self.posts.iter().filter_map(|post| placed(post, organisation));
        posts
            .map(|post| (post, table::Delegation { giver, taker, role: post.role, place: post.place, span }))
            .collect()
    }
}

/// What an account is lent on a day: one query, and one more for each giver.
pub(super) fn lent_to(tx: &mut Read, taker: AccountId, on: Date) -> Result<Vec<Lent>> {
    let mut lent = Vec::new();
    for delegation in kept::lent_to(tx, taker, on)? {
        let Some(span) = delegation.span() else { continue };
        let mut posts = posts::of_account(tx, delegation.giver.account)?;
        posts.retain(|post| post.is_held(on) && can_lend(post.role));
        lent.push(Lent { giver: delegation.giver, posts, span });
    }
    Ok(lent)
}

/// A delegation to be given.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// To whom: a log-in name, or a name that one person has.
    pub to: &'a str,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// Whether somebody has a post that can be lent.
pub fn may_give(context: &Context) -> bool {
    context.access.roles().any(can_lend)
}

/// Lends one's posts; answers the name of who stands in. In person only: no token, nobody for somebody else.
pub fn give(app: &App, context: &Context, organisation: &Organisation, new: &New<'_>) -> Result<String> {
    let giver = context.in_person()?;
    let say = context.lang.delegation();
    let mut tx = app.store.write()?;
    kept::lock(&mut tx)?;
    let own = accounts::by_id(&mut tx, giver)?.ok_or(Error::NotSignedIn)?;
    let taker = taker(&mut tx, context, organisation, new.to)?;
    let roles: Vec<_> = context.access.roles().collect();
    let before = kept::of_account(&mut tx, giver, context.today)?;
    let before = before.iter().filter(|before| before.giver.account == giver);
    let lent: Vec<Span> = before.filter_map(Delegation::span).collect();
    let person = |account: &Account| {
        let member = account.member.as_deref().and_then(|code| organisation.member_of_code(code));
        Person::new(account.id, member.map(|member| member.id))
    };
    let wish = Wish { giver: person(&own), taker: person(&taker), first: new.first, last: new.last };
    let span = wish.granted(&roles, &lent, context.today).map_err(|why| {
        Error::refused(match why {
            Refusal::Oneself => say.oneself().to_owned(),
            Refusal::NothingToLend => say.nothing_to_lend().to_owned(),
            Refusal::Past => say.past().to_owned(),
            Refusal::Length => say.length(i64::from(LONGEST)),
            Refusal::Lent => say.lent().to_owned(),
        })
    })?;
    let ends = span.to().unwrap_or(new.last);
    let now = context.now.as_millisecond();
    kept::insert(&mut tx, (giver, taker.id), (new.first, ends), now)?;
    let detail = json!({ "to": taker.login, "starts": new.first, "ends": new.last });
    audit::record(app, &mut tx, context, "account.delegate", &object(giver), &detail)?;
    tx.commit()?;
    Ok(taker.name)
}

/// Who is meant: somebody who may sign in.
fn taker(tx: &mut Read, context: &Context, organisation: &Organisation, to: &str) -> Result<Account> {
    let (say, text) = (context.lang.delegation(), to.trim());
    let nobody = || Error::refused(say.nobody());
    let may_stand_in = |account: &Account| may_enter(account, organisation, context.today);
    if text.is_empty() {
        return Err(nobody());
    }
    // Log-in names are kept without case, names of people are not.
    if let Some(account) = accounts::by_login(tx, &text.to_lowercase())? {
        return Some(account).filter(may_stand_in).ok_or_else(nobody);
    }
    let logins = accounts::logins_of(tx, text, NAMESAKES)?;
    let [login] = logins.as_slice() else {
        let texts = context.lang.people();
        let many = || Error::refused(texts.namesakes(text, logins.join(texts.comma())));
        return Err(if logins.is_empty() { nobody() } else { many() });
    };
    let found = accounts::by_login(tx, login)?;
    found.filter(may_stand_in).ok_or_else(nobody)
}

/// Ends a delegation of one's own today; what was done by it stays.
pub fn end(app: &App, context: &Context, id: i64) -> Result<()> {
    let giver = context.in_person()?;
    let mut tx = app.store.write()?;
    if !kept::end(&mut tx, id, giver, context.today)? {
        return Err(Error::missing("delegation", id));
    }
    audit::record(app, &mut tx, context, "account.end_delegation", &object(giver), &json!({}))?;
    Ok(tx.commit()?)
}

/// One's own delegations that are not over, given and taken, in the order of their first days.
pub fn list(app: &App, context: &Context) -> Result<(Vec<Delegation>, Vec<Delegation>)> {
    let own = context.in_person()?;
    let all = kept::of_account(&mut app.store.read()?, own, context.today)?;
    Ok(all.into_iter().partition(|delegation| delegation.giver.account == own))
}
