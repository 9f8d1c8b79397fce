//! The writing of the index: the terms of what is new or renamed, before or with the change itself; all of them where
//! the program makes other terms than the one that was here before.

use std::collections::BTreeSet;

use dacheng_domain::search::{Named, RULES, Term, terms};
use dacheng_store::search::{self, Entry, Kind};
use dacheng_store::{Write, accounts, alerts, plans};
use dacheng_text::Lang;

use crate::{App, Result};

/// Things whose terms are written in one transaction: each has about ten.
const TOGETHER: usize = 2_000;

/// The terms of what has a code and a name.
pub(super) fn terms_of(code: &str, name: &str) -> BTreeSet<Term> {
    terms(&Named { codes: &[code], names: &[name] })
}

/// The terms of an alert: its number as it is shown, and without what stands before.
pub(super) fn alert_terms(id: i64, year: i16) -> BTreeSet<Term> {
    let number = format!("{id:04}");
    let shown = Lang::ALL.map(|lang| lang.alerts().number(year, &number));
    let mut codes: Vec<&str> = shown.iter().map(String::as_str).collect();
    let short = id.to_string();
    codes.extend([number.as_str(), short.as_str()]);
    terms(&Named { codes: &codes, names: &[] })
}

/// Makes a thing findable by its code and name, within the change that names it.
pub(crate) fn note(tx: &mut Write, kind: Kind, key: &str, (code, name): (&str, &str)) -> Result<()> {
    let entry = Entry { kind, key: key.to_owned(), terms: terms_of(code, name) };
    Ok(search::add(tx, &[entry])?)
}

/// Makes alerts findable, within the close that raises them; each by its number and the year × 100 + month it is about.
pub(crate) fn note_alerts(tx: &mut Write, alerts: impl Iterator<Item = (i64, i64)>) -> Result<()> {
    let year = |month: i64| i16::try_from(month / 100).unwrap_or_default();
    let entry = |(id, month): (i64, i64)| Entry {
        kind: Kind::Alert,
        key: id.to_string(),
        terms: alert_terms(id, year(month)),
    };
    let entries: Vec<Entry> = alerts.map(entry).collect();
    Ok(entries.chunks(TOGETHER).try_for_each(|part| search::add(tx, part))?)
}

/// A unit or a member by code and name, as an import brings it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Called {
    /// Which of the two.
    pub kind: Kind,
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
}

impl Called {
    fn entry(&self) -> Entry {
        Entry { kind: self.kind, key: self.code.clone(), terms: terms_of(&self.code, &self.name) }
    }
}

/// Makes what an import brings findable, before it counts: some thousands a transaction, so that nobody waits. Where the
/// import comes to nothing, its terms find nothing.
pub(crate) fn note_ahead(app: &App, called: &[Called]) -> Result<()> {
    for part in called.chunks(TOGETHER) {
        let entries: Vec<Entry> = part.iter().map(Called::entry).collect();
        let mut tx = app.store.write()?;
        search::add(&mut tx, &entries)?;
        tx.commit()?;
    }
    Ok(())
}

/// After a start: makes all terms anew where the kept ones were made by other rules, or before there was a search.
pub fn complete(app: &App) -> Result<()> {
    if search::rules(&mut app.store.read()?)? >= RULES {
        return Ok(());
    }
    let mut tx = app.store.write()?;
    if search::rules(&mut tx)? >= RULES {
        return Ok(());
    }
    search::begin_anew(&mut tx, RULES)?;
    let units = search::names_of_units(&mut tx)?.into_iter().map(|named| (Kind::Unit, named));
    let members = search::names_of_members(&mut tx)?.into_iter().map(|named| (Kind::Member, named));
    let called: Vec<Called> =
        units.chain(members).map(|(kind, (code, name))| Called { kind, code, name }).collect();
    for part in called.chunks(TOGETHER) {
        let entries: Vec<Entry> = part.iter().map(Called::entry).collect();
        search::add(&mut tx, &entries)?;
    }
    for account in accounts::all(&mut tx)?.into_iter().map(|known| known.account) {
        note(&mut tx, Kind::Account, &account.id.to_string(), (&account.login, &account.name))?;
    }
    for plan in plans::all(&mut tx)? {
        note(&mut tx, Kind::Plan, &plan.code, (&plan.code, &plan.name))?;
    }
    let numbers = alerts::numbers(&mut tx)?;
    note_alerts(&mut tx, numbers.into_iter())?;
    Ok(tx.commit()?)
}
