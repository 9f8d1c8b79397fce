//! API tokens: a named part of one's own rights for a program, for a limited time. A token never signs or approves.

use dacheng_domain::access::{Action, Right};
use dacheng_domain::people::Organisation;
use dacheng_store::tokens::{self, Token, TokenId};
use jiff::civil::Date;
use serde_json::json;

use super::accounts::object;
use super::login::shown_name;
use super::secrets::hash_of;
use crate::{App, Context, Error, Result, audit};

/// What every token begins with, so that one left in a file is recognised.
const PREFIX: &str = "dacheng_";
/// Days a token works at most.
const LONGEST: i32 = 366;

/// A token to be made.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// What its owner calls it.
    pub name: &'a str,
    /// The part of the owner's rights it holds.
    pub rights: &'a [(Action, Right)],
    /// The last day it works.
    pub until: Date,
}

/// Makes a token of one's own; answers its secret, which nobody can read again. Refused for rights one does not
/// have oneself and for rights that decide.
pub fn create(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    new: &New<'_>,
) -> Result<(TokenId, String)> {
    let account = context.in_person()?;
    let texts = context.lang.people();
    let name = shown_name(new.name, context.lang)?;
    let mut fit = !new.rights.is_empty();
    for &(action, right) in new.rights {
        fit &= !right.decides() && !context.scope(organisation, action, right)?.is_empty();
    }
    if !fit {
        return Err(Error::refused(texts.token_rights()));
    }
    let days = context.today.until(new.until).map_or(0, |span| span.get_days());
    if !(0..=LONGEST).contains(&days) {
        return Err(Error::refused(texts.token_until(i64::from(LONGEST))));
    }
    let ends = new.until.tomorrow().and_then(|day| app.zone.to_timestamp(day.at(0, 0, 0, 0)));
    let ends = ends.map_err(|reason| Error::Internal(reason.to_string()))?;
    let secret = format!("{PREFIX}{}", app.random.text()?);
    let mut tx = app.store.write()?;
    let id = tokens::insert(
        &mut tx,
        &tokens::New {
            hash: &hash_of(&secret),
            account,
            name: &name,
            scopes: &json!(new.rights).to_string(),
            created_at: context.now.as_millisecond(),
            expires_at: ends.as_millisecond(),
        },
    )?;
    let detail = json!({ "token": id.0, "name": name, "rights": new.rights, "until": new.until });
    audit::record(app, &mut tx, context, "token.create", &object(account), &detail)?;
    tx.commit()?;
    Ok((id, secret))
}

/// One's own tokens, the newest first.
pub fn list(app: &App, context: &Context) -> Result<Vec<Token>> {
    let account = context.in_person()?;
    Ok(tokens::of_account(&mut app.store.read()?, account)?)
}

/// The rights a token was made with, from [`Token::scopes`].
pub fn rights(scopes: &str) -> Result<Vec<(Action, Right)>> {
    serde_json::from_str(scopes).map_err(|reason| Error::Internal(reason.to_string()))
}

/// Revokes a token of one's own; it works no more at once.
pub fn revoke(app: &App, context: &Context, id: TokenId) -> Result<()> {
    let account = context.in_person()?;
    let mut tx = app.store.write()?;
    if !tokens::delete(&mut tx, account, id)? {
        return Err(Error::missing("token", id.0));
    }
    audit::record(app, &mut tx, context, "token.revoke", &object(account), &json!({ "token": id.0 }))?;
    Ok(tx.commit()?)
}
