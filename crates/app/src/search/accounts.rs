//! Accounts, by those who may see them.

use std::collections::BTreeMap;

use dacheng_store::search::Kind;
use dacheng_store::{Read, accounts};

use super::index::terms_of;
use super::walk::{Found, walk};
use super::{Hit, Search};
use crate::people::directory::may_see;
use crate::{AccountId, Result};

pub(super) fn find(search: &Search<'_>, tx: &mut Read) -> Result<Found<Hit>> {
    if may_see(search.context, &search.ground.organisation).is_err() {
        return Ok(Found::nothing());
    }
    walk(tx, search.query, Kind::Account, search.limit, |tx, findings| {
        let ids: Vec<AccountId> =
            findings.iter().filter_map(|finding| finding.key.parse().ok().map(AccountId)).collect();
        let found = accounts::of_ids(tx, &ids)?.into_iter().map(|account| (account.id.to_string(), account));
        let found: BTreeMap<_, _> = found.collect();
        let known = findings.iter().map(|finding| {
            let account = found.get(&finding.key)?;
            let (id, login, name) = (account.id.0, account.login.clone(), account.name.clone());
            Some((Hit::Account { id, login, name }, terms_of(&account.login, &account.name)))
        });
        Ok(known.collect())
    })
}
