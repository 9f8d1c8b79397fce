//! Accounts and posts for every member at once, from the organisation: each step by whoever may take it for one
//! account, and doing nothing for a member who has been provided for.

use std::collections::BTreeSet;

use dacheng_domain::access::{AccountId, Right, Role};
use dacheng_domain::notification::Event;
use dacheng_domain::people::{Member, Organisation, Position, UnitId};
use dacheng_store::{accounts, posts};
use dacheng_text::Lang;
use jiff::civil::Date;

use super::accounts::{New, add, may_create};
use super::one_time_links::{Link, issue};
use super::passwords;
use crate::outbox::{News, announce};
use crate::{Actor, App, Context, Error, Result};

/// How the new accounts get their passwords.
#[derive(Debug, Clone, Copy)]
pub enum Passwords<'a> {
    /// Each by a one-time link.
    Links,
    /// All the same one: a company that is only for show. By the operator only.
    ForShow(&'a str),
}

/// An account made for a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The account.
    pub id: AccountId,
    /// The code of its member.
    pub member: String,
    /// The log-in name: the code of the member.
    pub login: String,
    /// The link by which the member sets the password.
    pub link: Option<Link>,
}

/// Makes an account for every employed member who has none, all or none of them. By a system administrator.
pub fn create(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    (how, lang): (Passwords<'_>, Lang),
) -> Result<Vec<Made>> {
    may_create(context, organisation)?;
    let shared = match (how, &context.actor) {
        (Passwords::Links, _) => None,
        // One password, one hash: whoever reads the database knows no more than the page that prints it.
        (Passwords::ForShow(password), Actor::Operator) => {
            Some(passwords::hash(&app.random, context, password)?)
        }
        (Passwords::ForShow(_), Actor::System | Actor::Visitor | Actor::Account { .. }) => {
            return Err(Error::Forbidden(context.lang.people().only_by_command_line().into()));
        }
    };
    let mut tx = app.store.write()?;
    let mut made = Vec::new();
    for member in employed(organisation, context.today) {
        let code = member.code.as_str();
        if !accounts::of_member(&mut tx, code)?.is_empty() {
            continue;
        }
        let login: String = code.split_whitespace().collect();
        let new = New { login: &login, name: &member.name, member: Some(code), lang };
        let id = add(app, &mut tx, context, &new)?;
        let link = match &shared {
            None => Some(issue(app, &mut tx, context, Some(id))?),
            Some(hash) => {
                passwords::set(app, &mut tx, context, id, hash)?;
                None
            }
        };
        let login = accounts::by_id(&mut tx, id)?.map_or(login, |account| account.login);
        made.push(Made { id, member: code.to_owned(), login, link });
    }
    let first = made.first().map(|made| made.id.0);
    let news = first.map(|first| News::of(Event::Accounts { first, count: made.len() }));
    announce(app, &mut tx, context, news.as_slice())?;
    tx.commit()?;
    Ok(made)
}

/// Makes an account that holds one post for the company, with a password, in a company that is only for show. By the
/// operator only.
pub fn keeper_for_show(
    app: &App,
    context: &Context,
    (login, name, role): (&str, &str, Role),
    password: &str,
) -> Result<AccountId> {
    match context.actor {
        Actor::Operator => {}
        Actor::System | Actor::Visitor | Actor::Account { .. } => {
            return Err(Error::Forbidden(context.lang.people().only_by_command_line().into()));
        }
    }
    let hash = passwords::hash(&app.random, context, password)?;
    let mut tx = app.store.write()?;
    posts::lock(&mut tx)?;
    let id = add(app, &mut tx, context, &New { login, name, member: None, lang: context.lang })?;
    let post = posts::New { account: id, role, unit: None, starts: context.today, ends: None };
    let granted = super::posts::add(&mut tx, &post)?;
    super::posts::record(app, &mut tx, context, (granted, &post))?;
    passwords::set(app, &mut tx, context, id, &hash)?;
    tx.commit()?;
    Ok(id)
}

/// Grants every employed member who has an account and no post the posts of their position, all or none of them;
/// says how many. By a security administrator, who gets none themselves.
pub fn grant(app: &App, context: &Context, organisation: &Organisation) -> Result<usize> {
    super::posts::may_at_all(context, organisation, Right::Create)?;
    let mut granted = Vec::new();
    let mut tx = app.store.write()?;
    posts::lock(&mut tx)?;
    let held = posts::held_since(&mut tx, context.today)?;
    let provided: BTreeSet<AccountId> = held.iter().map(|post| post.account).collect();
    let own = context.access.person(organisation).and_then(|person| person.member);
    for member in employed(organisation, context.today).filter(|member| own != Some(member.id)) {
        let accounts = accounts::of_member(&mut tx, member.code.as_str())?;
        let Some(account) = accounts.first() else { continue };
        if accounts.iter().any(|account| provided.contains(&account.id)) {
            continue;
        }
        super::posts::may(context, organisation, Right::Create, account)?;
        for (role, unit) in usual_posts(organisation, member, context.today) {
            let unit = unit.and_then(|unit| organisation.unit(unit)).map(|unit| unit.code.as_str());
            let new = posts::New { account: account.id, role, unit, starts: context.today, ends: None };
            granted.push((super::posts::add(&mut tx, &new)?, new));
        }
    }
    for (id, new) in &granted {
        super::posts::record(app, &mut tx, context, (*id, new))?;
    }
    tx.commit()?;
    Ok(granted.len())
}

fn employed(organisation: &Organisation, today: Date) -> impl Iterator<Item = &Member> {
    organisation.rows().members.iter().filter(move |member| member.is_employed(today))
}

/// The posts that follow from a position and the units led. Offices act for the company, and so do directors and
/// above who lead no unit; others who lead none hold the post of a specialist, whatever they are called, and
/// whoever leads one is at least its team leader.
fn usual_posts(organisation: &Organisation, member: &Member, today: Date) -> Vec<(Role, Option<UnitId>)> {
    let usual = Role::of(member.position);
    let led = organisation.units_led(member.id, today);
    // A unit alone at the top is the company.
    let place = |unit: UnitId| (!organisation.top(today).eq([unit])).then_some(unit);
    let leading = |role: Role| led.iter().map(|&unit| (role, place(unit))).collect();
    match member.position {
        Position::SalesOperations | Position::Marketing | Position::Finance | Position::Hr => {
            vec![(usual, None)]
        }
        Position::Executive | Position::Director if led.is_empty() => vec![(usual, None)],
        Position::Manager | Position::TeamLeader | Position::Specialist if led.is_empty() => {
            let home = organisation.home_unit(member.id, today);
            home.map(|unit| (Role::Specialist, Some(unit))).into_iter().collect()
        }
        Position::Specialist => leading(Role::TeamLeader),
        Position::Executive | Position::Director | Position::Manager | Position::TeamLeader => leading(usual),
    }
}
