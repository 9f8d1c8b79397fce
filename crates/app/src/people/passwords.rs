//! Password hashes: argon2id, a few at a time. Which passwords are good enough is said in [`super::password_rules`].

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Params, Version};
use dacheng_store::accounts::{self, AccountId};
use dacheng_store::{Write, invitations, sessions};
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use super::accounts::object;
use super::hash_queue::{Turn, turn};
use super::rules;
use crate::{App, Context, Error, Random, Result, audit};

/// Memory of one hash in KiB, passes over it, lanes (`trust.md`: 19 MiB, t = 2).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// The hash of a password somebody chooses. Refused with every reason why it is not good enough.
pub(super) fn choose(app: &App, context: &Context, login: &str, password: &str) -> Result<String> {
    let (rules, _) = rules::current(&mut app.store.read()?)?;
    let problems = rules.passwords.rules().problems(password, login, context.lang);
    if !problems.is_empty() {
        return Err(Error::Refused(problems));
    }
    hash(&app.random, context, password)
}

/// Sets a password: what was opened with an old one, or could be by an older link, is closed.
pub(super) fn set(app: &App, tx: &mut Write, context: &Context, id: AccountId, hash: &str) -> Result<()> {
    accounts::set_password(tx, id, hash)?;
    sessions::delete_all(tx, id)?;
    sessions::forget_devices(tx, id)?;
    invitations::withdraw(tx, Some(id))?;
    audit::record(app, tx, context, "account.set_password", &object(id), &json!({}))
}

/// Hashes a password, with its salt and cost written beside.
pub(super) fn hash(random: &Random, context: &Context, password: &str) -> Result<String> {
    let salt = random.secret()?;
    let _turn = wait(context)?;
    let hash = hasher()?.hash_password_with_salt(plain(password).as_bytes(), &salt[..16]);
    Ok(hash.map_err(internal)?.to_string())
}

/// Whether the password is the one of the hash. Without a hash the answer is no, after the same work.
pub(super) fn verify(context: &Context, password: &str, hash: Option<&str>) -> Result<bool> {
    let password = plain(password);
    let _turn = wait(context)?;
    let hasher = hasher()?;
    let Some(hash) = hash else {
        hasher.hash_password_with_salt(password.as_bytes(), &[0; 16]).map_err(internal)?;
        return Ok(false);
    };
    let hash = PasswordHash::new(hash).map_err(internal)?;
    match hasher.verify_password(password.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(reason) => Err(internal(reason)),
    }
}

/// Whether a hash was made at the cost of today; another one is made anew when its password is next typed.
pub(super) fn is_current(hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        let cost = Params::try_from(&hash).map(|made| (made.m_cost(), made.t_cost(), made.p_cost()));
        hash.algorithm == ARGON2ID_IDENT && cost.is_ok_and(|cost| cost == COST)
    })
}

fn hasher() -> Result<Argon2<'static>> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// One password, however a keyboard or an input method writes its letters.
fn plain(password: &str) -> String {
    password.nfkc().collect()
}

/// Waits for a turn to hash; refused where too many wait.
fn wait(context: &Context) -> Result<Turn> {
    turn().ok_or_else(|| Error::refused(context.lang.people().busy()))
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of map_err")]
fn internal(reason: impl ToString) -> Error {
    Error::Internal(reason.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_of_another_cost_is_not_current() {
        let made =
            |cost: &str| format!("$argon2id$v=19${cost}$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA");
        assert!(is_current(&made("m=19456,t=2,p=1")));
        assert!(!is_current(&made("m=19456,t=1,p=1")));
        assert!(!is_current(&made("m=9216,t=2,p=1")));
        assert!(!is_current("plain text"));
    }
}
