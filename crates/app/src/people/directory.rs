//! Everybody who has an account or should have one: the list of members and accounts, searched and a page at a time.
//! What is done with one account is [`super::accounts`].

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::access::{Action, Object, Owner, Right, When};
use dacheng_domain::people::{MemberId, Organisation};
use dacheng_store::accounts::{self, Account, AccountId, Known, State};
use dacheng_store::posts::{self, Post};
use dacheng_store::{audit as trail, sessions};
use serde_json::json;

use crate::exports::Format;
use crate::{App, Context, Error, Result, audit};

/// Whether somebody can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// They have an account and a password.
    Active,
    /// Their account waits for its password.
    Invited,
    /// They have no account.
    Without,
    /// Their account is suspended.
    Suspended,
}

impl Standing {
    /// All four, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Active, Self::Invited, Self::Without, Self::Suspended];

    fn of(known: &Known) -> Self {
        match (known.account.state, known.has_password) {
            (State::Suspended, _) => Self::Suspended,
            (State::Active, true) => Self::Active,
            (State::Active, false) => Self::Invited,
        }
    }
}

/// Somebody of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The member, where they are one that is listed.
    pub member: Option<MemberId>,
    /// The account, where they have one.
    pub account: Option<Account>,
    /// Whether they can sign in.
    pub standing: Standing,
    /// The posts of the account, held today or later.
    pub posts: Vec<Post>,
    /// When the account was last used in a session that has not ended, UTC milliseconds.
    pub last_seen: Option<i64>,
}

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// A part of the name, the staff number or the log-in name.
    pub text: String,
    /// Only those of this standing.
    pub standing: Option<Standing>,
}

impl Search {
    /// As the audit trail has it.
    fn detail(&self) -> serde_json::Value {
        let standing = self.standing.map(|standing| match standing {
            Standing::Active => "active",
            Standing::Invited => "invited",
            Standing::Without => "without",
            Standing::Suspended => "suspended",
        });
        json!({ "text": self.text.trim(), "standing": standing })
    }
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct Page {
    /// The people of the page.
    pub people: Vec<Person>,
    /// How many were found.
    pub found: usize,
    /// How many there are in each standing, whatever was searched for.
    pub counts: BTreeMap<Standing, usize>,
}

/// Whether somebody may see accounts.
pub fn may_see(context: &Context, organisation: &Organisation) -> Result<()> {
    let object = Object::on(Owner::Company, context.today).holding(&[When::Accounts]);
    context.may(organisation, Action::AccountsOrg, Right::Read, &object).map(|_| ())
}

/// Members in the order of their codes, then accounts of nobody listed, from place `from`, at most `limit`.
/// Somebody who has left is listed while they have an account.
pub fn list(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    search: &Search,
    (from, limit): (usize, usize),
) -> Result<Page> {
    may_see(context, organisation)?;
    let mut tx = app.store.read()?;
    let all = everybody(context, organisation, accounts::all(&mut tx)?);
    let mut counts: BTreeMap<Standing, usize> = BTreeMap::new();
    for person in &all {
        *counts.entry(person.standing).or_default() += 1;
    }
    let text = search.text.trim().to_lowercase();
    let is_meant = |person: &Person| {
        search.standing.is_none_or(|standing| standing == person.standing)
            && (text.is_empty() || names(organisation, person).iter().any(|name| name.contains(&text)))
    };
    let found: Vec<Person> = all.into_iter().filter(is_meant).collect();
    let mut people: Vec<Person> = found.iter().skip(from).take(limit).cloned().collect();
    let mut held: BTreeMap<AccountId, Vec<Post>> = BTreeMap::new();
    for post in posts::held_since(&mut tx, context.today)? {
        held.entry(post.account).or_default().push(post);
    }
    let seen: BTreeMap<AccountId, i64> = sessions::last_seen(&mut tx)?.into_iter().collect();
    for person in &mut people {
        let Some(account) = &person.account else { continue };
        person.posts = held.get(&account.id).cloned().unwrap_or_default();
        person.last_seen = seen.get(&account.id).copied();
    }
    Ok(Page { people, found: found.len(), counts })
}

/// Everybody who is found, to be taken away as a file: who took the list, and how it was filtered, is recorded.
pub fn export(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    search: &Search,
    format: Format,
) -> Result<Vec<Person>> {
    let found = list(app, context, organisation, search, (0, usize::MAX))?.people;
    let detail = json!({ "filter": search.detail(), "format": format.ending(), "rows": found.len() });
    let mut tx = app.store.write()?;
    audit::record(app, &mut tx, context, "account.export", "accounts", &detail)?;
    tx.commit()?;
    Ok(found)
}

fn everybody(context: &Context, organisation: &Organisation, known: Vec<Known>) -> Vec<Person> {
    let mut of_members: BTreeMap<String, Vec<Known>> = BTreeMap::new();
    let mut others = Vec::new();
    for known in known {
        match known.account.member.as_deref().filter(|code| organisation.member_of_code(code).is_some()) {
            Some(code) => of_members.entry(code.to_owned()).or_default().push(known),
            None => others.push(person(None, known)),
        }
    }
    let mut people = Vec::new();
    for member in &organisation.rows().members {
        let known = of_members.remove(member.code.as_str()).unwrap_or_default();
        if known.is_empty() && member.is_employed(context.today) {
            let (account, standing) = (None, Standing::Without);
            let posts = Vec::new();
            people.push(Person { member: Some(member.id), account, standing, posts, last_seen: None });
        }
        people.extend(known.into_iter().map(|known| person(Some(member.id), known)));
    }
    people.extend(others);
    people
}

fn person(member: Option<MemberId>, known: Known) -> Person {
    let standing = Standing::of(&known);
    Person { member, account: Some(known.account), standing, posts: Vec::new(), last_seen: None }
}

/// Everything somebody is found by, in lower case.
fn names(organisation: &Organisation, person: &Person) -> Vec<String> {
    let member = person.member.and_then(|member| organisation.member(member));
    let of_member = member.map(|member| [member.name.to_lowercase(), member.code.as_str().to_lowercase()]);
    let of_account = person.account.as_ref().map(|own| [own.name.to_lowercase(), own.login.clone()]);
    [of_member, of_account].into_iter().flatten().flatten().collect()
}

/// One account with everything that is known about it.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The person; `posts` are those of today and later.
    pub person: Person,
    /// The account.
    pub account: Account,
    /// Every post it ever held or will hold, in the order of their first days.
    pub posts: Vec<Post>,
    /// Whether it is the last security administrator, who cannot be removed.
    pub is_last_security_admin: bool,
    /// When it last signed in, UTC milliseconds; looked for among its newest entries of the trail.
    pub signed_in_at: Option<i64>,
}

/// Entries of the trail among which the last log-in is looked for.
const LOOKED_THROUGH: i64 = 50;

/// One account, by those who may see accounts.
pub fn detail(app: &App, context: &Context, organisation: &Organisation, id: AccountId) -> Result<Detail> {
    may_see(context, organisation)?;
    let mut tx = app.store.read()?;
    let account = accounts::by_id(&mut tx, id)?.ok_or_else(|| Error::missing("account", id))?;
    let has_password = accounts::password(&mut tx, id)?.is_some();
    let member = account.member.as_deref().and_then(|code| organisation.member_of_code(code));
    let posts = posts::of_account(&mut tx, id)?;
    let held = posts::held_since(&mut tx, context.today)?;
    let admins: BTreeSet<AccountId> = held
        .iter()
        .filter(|post| {
            post.role == dacheng_domain::access::Role::SecurityAdmin && post.is_held(context.today)
        })
        .map(|post| post.account)
        .collect();
    let trail = trail::of_object(&mut tx, &super::accounts::object(id), None, LOOKED_THROUGH)?;
    let signed_in_at = trail.iter().find(|entry| entry.act == "account.sign_in").map(|entry| entry.at);
    let mut person = person(member.map(|member| member.id), Known { account: account.clone(), has_password });
    person.posts =
        posts.iter().filter(|post| post.ends.is_none_or(|ends| ends > context.today)).cloned().collect();
    let is_last_security_admin = admins == BTreeSet::from([id]);
    Ok(Detail { person, account, posts, is_last_security_admin, signed_in_at })
}
