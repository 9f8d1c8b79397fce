//! Slow guessing: failures make whoever fails wait, longer each time. A device that an account has signed in from
//! counts for itself, so that strangers who guess at an account do not lock its owner out (`trust.md`).

use std::net::{IpAddr, Ipv6Addr};

use dacheng_domain::access::AccountId;
use dacheng_store::{Write, guesses};

use crate::hash::{hex, sha256};
use crate::{App, Context, Error, Result};

/// What failures are counted by. Kept as a hash: what is typed as a log-in name may be a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject<'a> {
    /// A log-in name, from devices that are not known for it.
    Login(&'a str),
    /// A network address, likewise.
    Address(IpAddr),
    /// A device known for the account, by its hash.
    Device(&'a str, AccountId),
    /// Somebody signed in who types the password again.
    SignedIn(AccountId),
}

/// Failures are forgotten after a day without one, in milliseconds.
const FORGOTTEN: i64 = 24 * 60 * 60 * 1000;
/// Nobody waits longer, in milliseconds: an hour of guessing is then four guesses.
const LONGEST_WAIT: i64 = 15 * 60 * 1000;

impl Subject<'_> {
    fn key(&self) -> String {
        let key = match self {
            Self::Login(login) => format!("login\0{login}"),
            Self::Address(address) => format!("address\0{}", network(*address)),
            Self::Device(device, account) => format!("device\0{device}\0{account}"),
            Self::SignedIn(account) => format!("account\0{account}"),
        };
        hex(&sha256(key.as_bytes()))
    }

    /// Failures that cost nothing. Many people share an address.
    const fn free(&self) -> i64 {
        match self {
            Self::Login(_) | Self::SignedIn(_) => 5,
            Self::Device(..) => 10,
            Self::Address(_) => 30,
        }
    }

    /// How long after so many failures the next attempt is looked at: 1 s, 2 s, 4 s … in milliseconds.
    fn wait(&self, failures: i64) -> i64 {
        match failures - self.free() {
            ..0 => 0,
            over @ 0..10 => 1000 << over,
            10.. => LONGEST_WAIT,
        }
    }
}

/// The network one subscriber has: an address, or 64 bits of a longer one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

/// The keys in one order for everybody, so that two attempts never wait for each other.
fn keys(subjects: &[Subject<'_>]) -> Vec<(String, usize)> {
    let mut keys: Vec<_> = subjects.iter().map(Subject::key).zip(0..).collect();
    keys.sort();
    keys
}

/// Counts an attempt as failed before it is looked at, so that a thousand attempts at once count as a thousand.
/// Refused with the time left where one of the subjects has to wait; that attempt is not counted.
pub(super) fn count(app: &App, context: &Context, subjects: &[Subject<'_>]) -> Result<()> {
    let now = context.now.as_millisecond();
    let mut longest = 0;
    let mut tx = app.store.write()?;
    for (key, at) in keys(subjects) {
        let mut found = guesses::lock(&mut tx, &key)?;
        let since = now - found.last_at;
        // A clock that was set back by more than the longest wait would make people wait for it to catch up.
        if since > FORGOTTEN || -since > LONGEST_WAIT {
            found.count = 0;
        }
        longest = longest.max(subjects[at].wait(found.count) - since.max(0));
        guesses::set(&mut tx, &key, guesses::Failures { count: found.count + 1, last_at: now })?;
    }
    if longest > 0 {
        return Err(Error::refused(sentence(context, longest)));
    }
    Ok(tx.commit()?)
}

/// The attempt succeeded: what it was counted by starts again, but an address keeps the failures of others.
pub(super) fn clear(tx: &mut Write, subjects: &[Subject<'_>]) -> Result<()> {
    for (key, at) in keys(subjects) {
        match subjects[at] {
            Subject::Address(_) => guesses::take_back(tx, &key)?,
            Subject::Login(_) | Subject::Device(..) | Subject::SignedIn(_) => guesses::clear(tx, &key)?,
        }
    }
    Ok(())
}

/// Forgets what no longer counts.
pub(super) fn forget(tx: &mut Write, now: i64) -> Result<()> {
    Ok(guesses::forget(tx, now - FORGOTTEN)?)
}

fn sentence(context: &Context, milliseconds: i64) -> String {
    let texts = context.lang.people();
    let seconds = (milliseconds + 999) / 1000;
    if seconds <= 60 { texts.wait_seconds(seconds) } else { texts.wait_minutes((seconds + 59) / 60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_from_a_second_to_a_quarter_of_an_hour() {
        let login = Subject::Login("yang");
        let waits: Vec<i64> = (3..9).map(|failures| login.wait(failures) / 1000).collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 8]);
        assert_eq!((login.wait(14), login.wait(15), login.wait(i64::MAX)), (512_000, 900_000, 900_000));
    }

    #[test]
    fn a_network_of_the_longer_addresses_counts_once() {
        let address = |text: &str| Subject::Address(text.parse().unwrap()).key();
        assert_eq!(address("2001:db8::1"), address("2001:db8::2:3"));
        assert_ne!(address("2001:db8::1"), address("2001:db8:0:1::1"));
        assert_eq!(address("::ffff:192.0.2.1"), address("192.0.2.1"));
        assert_ne!(address("192.0.2.1"), address("192.0.2.2"));
    }
}
