//! Messages, channels and wishes are kept alike on both engines; of many senders each message has one.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::collections::BTreeSet;
use std::sync::{Barrier, Mutex};
use std::thread;

use dacheng_domain::access::AccountId;
use dacheng_domain::notification::{ChannelKind, MailMode, QuietHours};
use dacheng_store::channels::{self, Channel, Configured};
use dacheng_store::confirmations::{self, Confirmation};
use dacheng_store::outbox::{self, End, New, Old, State, To};
use dacheng_store::preferences::{self, Preference};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Store, Write, accounts};
use jiff::civil::date;

fn account(tx: &mut Write, login: &str) -> Result<AccountId> {
    let (language, theme) = ("zh-CN", "system");
    let new = accounts::New { login, name: login, member: Some("m1"), language, theme, created_at: 1 };
    Ok(accounts::insert(tx, &new)?.unwrap())
}

fn robot(tx: &mut Write) -> Result<i64> {
    let configured = Configured { config: "{}".into(), secret: "sealed".into() };
    let new = Channel {
        id: 0,
        kind: ChannelKind::Wecom,
        name: "销售群".into(),
        state: channels::State::On,
        effective: None,
        proposed: Some(configured),
        proposed_by: Some("sys".into()),
        approved_by: None,
        version: 0,
    };
    channels::insert(tx, &new)
}

const fn new(key: &str, to: To) -> New<'_> {
    New { key, event: "{}", to, made_at: 10, due_at: 10 }
}

fn in_one<T>(store: &Store, work: impl FnOnce(&mut Write) -> Result<T>) -> Result<T> {
    let mut tx = store.write()?;
    let done = work(&mut tx)?;
    tx.commit()?;
    Ok(done)
}

#[test]
fn whoever_was_told_once_is_not_told_again() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (yang, lin) = (account(&mut tx, "yang")?, account(&mut tx, "lin")?);
        let channel = robot(&mut tx)?;
        let all = [To::Person(yang), To::Person(lin), To::Mail(yang, channel), To::Robot(channel)];
        let told: Vec<_> = all.iter().map(|to| new("alert.raised/1", *to)).collect();
        assert_eq!(outbox::add(&mut tx, &told)?, 4);
        assert_eq!(outbox::add(&mut tx, &told)?, 0);
        // More than fit into one statement, half of them known.
        let keys: Vec<String> = (0..120).map(|number| format!("alert.raised/{number}")).collect();
        let many: Vec<_> = keys.iter().map(|key| new(key, To::Person(yang))).collect();
        assert_eq!(outbox::add(&mut tx, &many)?, 119);
        assert_eq!((outbox::unread(&mut tx, yang)?, outbox::unread(&mut tx, lin)?), (120, 1));
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_message_is_told_only_if_its_change_is_committed() {
    on_both(|store| {
        let yang = in_one(&store, |tx| account(tx, "yang"))?;
        let mut undone = store.write()?;
        outbox::add(&mut undone, &[new("a/1", To::Person(yang))])?;
        drop(undone);
        assert_eq!(outbox::unread(&mut store.read()?, yang)?, 0);
        in_one(&store, |tx| outbox::add(tx, &[new("a/1", To::Person(yang))]))?;
        assert_eq!(outbox::unread(&mut store.read()?, yang)?, 1);
        Ok(())
    })
    .unwrap();
}

#[test]
fn somebody_reads_their_own_messages_newest_first() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (yang, lin) = (account(&mut tx, "yang")?, account(&mut tx, "lin")?);
        let own = ["a/1", "a/2", "a/3"].map(|key| new(key, To::Person(yang)));
        outbox::add(&mut tx, &own)?;
        outbox::add(&mut tx, &[new("a/4", To::Person(lin))])?;
        let first = outbox::of_account(&mut tx, yang, i64::MAX, 2)?;
        assert_eq!(first.iter().map(|own| own.id).collect::<Vec<_>>(), [3, 2]);
        let next = outbox::of_account(&mut tx, yang, first[1].id, 2)?;
        assert_eq!(next.iter().map(|own| own.id).collect::<Vec<_>>(), [1]);
        assert!(outbox::read(&mut tx, yang, 2)?);
        let unread = outbox::unread_of_account(&mut tx, yang, i64::MAX, 5)?;
        assert_eq!(unread.iter().map(|own| own.id).collect::<Vec<_>>(), [3, 1]);
        assert_eq!(outbox::unread_of_account(&mut tx, yang, 3, 5)?.len(), 1);
        assert!(!outbox::read(&mut tx, yang, 2)?, "it is read already");
        assert!(!outbox::read(&mut tx, yang, 4)?, "it is somebody else's");
        assert_eq!(outbox::by_id(&mut tx, 2)?.unwrap().state, State::Read);
        assert_eq!(outbox::read_all(&mut tx, yang, 1)?, 1);
        assert_eq!(outbox::unread(&mut tx, yang)?, 1);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn of_many_senders_each_message_has_one() {
    on_both(|store| {
        let channel = in_one(&store, |tx| {
            let channel = robot(tx)?;
            let keys: Vec<String> = (0..60).map(|number| format!("close/{number}")).collect();
            for key in &keys {
                let yang = account(tx, key)?;
                outbox::add(tx, &[new(key, To::Mail(yang, channel))])?;
            }
            Ok(channel)
        })?;
        let (together, sent) = (Barrier::new(6), Mutex::new(Vec::new()));
        let sender = || {
            together.wait();
            loop {
                let claimed = in_one(&store, |tx| outbox::claim(tx, channel, 20, 1_000, 7)).unwrap();
                if claimed.is_empty() {
                    break;
                }
                sent.lock().unwrap().extend(claimed.iter().map(|own| own.id));
                for own in claimed {
                    let place = (own.id, own.attempts);
                    assert!(in_one(&store, |tx| outbox::end(tx, place, 21, &End::Sent)).unwrap());
                }
            }
        };
        thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(sender);
            }
        });
        let sent = sent.into_inner().unwrap();
        assert_eq!((sent.len(), sent.iter().collect::<BTreeSet<_>>().len()), (60, 60));
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_lease_that_ran_out_leaves_the_message_to_the_next_sender() {
    on_both(|store| {
        let mut tx = store.write()?;
        let channel = robot(&mut tx)?;
        outbox::add(&mut tx, &[new("close/1", To::Robot(channel))])?;
        assert!(outbox::claim(&mut tx, channel, 9, 100, 5)?.is_empty(), "it is not due");
        let first = outbox::claim(&mut tx, channel, 10, 100, 5)?.remove(0);
        assert_eq!((first.attempts, first.state), (1, State::Sending));
        assert!(outbox::claim(&mut tx, channel, 99, 200, 5)?.is_empty(), "somebody has it");
        let second = outbox::claim(&mut tx, channel, 100, 200, 5)?.remove(0);
        assert_eq!((second.id, second.attempts), (first.id, 2));
        assert!(
            !outbox::end(&mut tx, (first.id, first.attempts), 101, &End::Sent)?,
            "it is no longer theirs"
        );
        let later = End::Later(500, "timed out".into());
        assert!(outbox::end(&mut tx, (second.id, second.attempts), 102, &later)?);
        assert_eq!(outbox::attempted_since(&mut tx, channel, 102)?, [102]);
        assert!(outbox::attempted_since(&mut tx, channel, 103)?.is_empty());
        assert!(outbox::claim(&mut tx, channel, 499, 900, 5)?.is_empty());
        let third = outbox::claim(&mut tx, channel, 500, 900, 5)?.remove(0);
        assert_eq!(third.reason.as_deref(), Some("timed out"));
        assert!(outbox::end(&mut tx, (third.id, third.attempts), 501, &End::Dead("no such key".into()))?);
        let dead = outbox::dead(&mut tx, i64::MAX, 5)?;
        assert_eq!(dead[0].reason.as_deref(), Some("no such key"));
        assert!(outbox::again(&mut tx, third.id, 600)?);
        assert!(!outbox::again(&mut tx, third.id, 600)?, "it waits already");
        assert_eq!(outbox::give_up(&mut tx, channel, "switched off")?, 1);
        assert_eq!(outbox::dead(&mut tx, i64::MAX, 5)?.len(), 1);
        assert!(outbox::dead(&mut tx, third.id, 5)?.is_empty(), "none below it");
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_channel_is_changed_only_by_who_saw_its_newest_version() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = robot(&mut tx)?;
        let mut channel = channels::by_id(&mut tx, id)?.unwrap();
        assert_eq!((channel.version, channel.effective.as_ref()), (1, None));
        channel.effective = channel.proposed.take();
        channel.approved_by = Some("sec".into());
        assert!(channels::save(&mut tx, &channel)?);
        assert!(!channels::save(&mut tx, &channel)?);
        assert_eq!(channels::all(&mut tx)?, [Channel { version: 2, ..channel }]);
        assert!(channels::by_id(&mut tx, 99)?.is_none());
        tx.commit()
    })
    .unwrap();
}

#[test]
fn wishes_are_kept_and_a_morning_is_digested_once() {
    on_both(|store| {
        let mut tx = store.write()?;
        let yang = account(&mut tx, "yang")?;
        assert_eq!(preferences::of_account(&mut tx, yang)?, Preference::default());
        let chosen = Preference {
            mode: MailMode::Digest,
            address: Some("yang@corp.example".into()),
            quiet: QuietHours::NONE,
            ..Preference::default()
        };
        assert!(preferences::save(&mut tx, yang, &chosen)?);
        assert!(!preferences::save(&mut tx, yang, &chosen)?, "it was chosen meanwhile");
        let kept = Preference { version: 1, ..chosen };
        assert_eq!(preferences::of_account(&mut tx, yang)?, kept);
        assert!(preferences::save(&mut tx, yang, &kept)?);
        assert!(!preferences::save(&mut tx, yang, &kept)?);
        let recipients = preferences::recipients(&mut tx)?;
        assert_eq!((recipients[0].login.as_str(), recipients[0].preference.version), ("yang", 2));
        let monday = date(2026, 11, 23);
        assert!(preferences::undigested(&mut tx, monday)?.is_empty(), "nobody confirmed the address");
        assert!(preferences::confirm(&mut tx, yang, "yang@corp.example", 5)?);
        assert_eq!(preferences::undigested(&mut tx, monday)?, [yang]);
        assert!(preferences::digest(&mut tx, yang, monday)?);
        assert!(!preferences::digest(&mut tx, yang, monday)?);
        assert!(preferences::undigested(&mut tx, monday)?.is_empty());
        assert_eq!(preferences::undigested(&mut tx, date(2026, 11, 24))?, [yang]);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn an_address_is_confirmed_once_and_another_one_is_not() {
    on_both(|store| {
        let mut tx = store.write()?;
        let yang = account(&mut tx, "yang")?;
        let wanted = |address: &str, version| Preference {
            mode: MailMode::Single,
            address: Some(address.to_owned()),
            version,
            ..Preference::default()
        };
        assert!(preferences::save(&mut tx, yang, &wanted("a@corp.example", 0))?);
        assert!(!preferences::confirm(&mut tx, yang, "b@corp.example", 7)?, "it is another address");
        assert!(preferences::confirm(&mut tx, yang, "a@corp.example", 7)?);
        assert!(!preferences::confirm(&mut tx, yang, "a@corp.example", 8)?, "it is confirmed");
        let kept = preferences::of_account(&mut tx, yang)?;
        assert_eq!((kept.confirmed_at, kept.version), (Some(7), 2));
        // The same address stays confirmed; another, or none and back, is not.
        assert!(preferences::save(&mut tx, yang, &wanted("a@corp.example", 2))?);
        assert_eq!(preferences::of_account(&mut tx, yang)?.confirmed_at, Some(7));
        assert_eq!(preferences::recipients(&mut tx)?[0].preference.confirmed_at, Some(7));
        assert!(preferences::save(&mut tx, yang, &wanted("b@corp.example", 3))?);
        assert_eq!(preferences::of_account(&mut tx, yang)?.confirmed_at, None);
        assert!(preferences::confirm(&mut tx, yang, "b@corp.example", 9)?);
        let none = Preference { address: None, ..wanted("", 5) };
        assert!(preferences::save(&mut tx, yang, &none)?);
        assert!(preferences::save(&mut tx, yang, &wanted("b@corp.example", 6))?);
        assert_eq!(preferences::of_account(&mut tx, yang)?.confirmed_at, None);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_confirmation_works_until_it_expires_or_is_withdrawn() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (yang, lin) = (account(&mut tx, "yang")?, account(&mut tx, "lin")?);
        let link = |hash: &str, account, expires_at| Confirmation {
            hash: hash.to_owned(),
            account,
            address: "a@corp.example".to_owned(),
            expires_at,
        };
        let all = [link("h1", yang, 100), link("h2", yang, 200), link("h3", lin, 200)];
        for own in &all {
            confirmations::insert(&mut tx, own)?;
        }
        assert_eq!(confirmations::by_hash(&mut tx, "h1", 99)?.as_ref(), Some(&all[0]));
        assert_eq!(confirmations::by_hash(&mut tx, "h1", 100)?, None, "it has expired");
        confirmations::forget(&mut tx, 100)?;
        assert_eq!(confirmations::by_hash(&mut tx, "h1", 1)?, None);
        confirmations::withdraw(&mut tx, yang)?;
        assert_eq!(confirmations::by_hash(&mut tx, "h2", 1)?, None);
        assert_eq!(confirmations::by_hash(&mut tx, "h3", 1)?.as_ref(), Some(&all[2]));
        tx.commit()
    })
    .unwrap();
}

#[test]
fn what_is_old_is_forgotten_a_few_at_a_time_and_what_is_open_stays() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (yang, channel) = (account(&mut tx, "yang")?, robot(&mut tx)?);
        let at = |key, to, made_at| New { made_at, ..new(key, to) };
        let (person, mail) = (To::Person(yang), To::Mail(yang, channel));
        let keys = ["confirm/1", "confirm/2", "c/3"];
        outbox::add(&mut tx, &keys.map(|key| at(key, person, 10)))?;
        outbox::add(&mut tx, &keys.map(|key| at(key, mail, 10)))?;
        outbox::add(&mut tx, &[at("d/4", person, 50), at("d/4", mail, 50)])?;
        assert_eq!(outbox::mailed_since(&mut tx, yang, "confirm", 10)?, 2);
        assert_eq!(outbox::mailed_since(&mut tx, yang, "confirm", 11)?, 0);
        let all = |tx: &mut Write, old, before| outbox::forget(tx, old, before, 100);
        for old in [Old::Read, Old::Delivered, Old::Dead] {
            assert_eq!(all(&mut tx, old, 1_000)?, 0, "what is unread or waits stays: {old:?}");
        }
        let first = outbox::claim(&mut tx, channel, 60, 100, 9)?;
        assert_eq!(first.len(), 4);
        for own in &first[..2] {
            outbox::end(&mut tx, (own.id, own.attempts), 61, &End::Sent)?;
        }
        for own in &first[2..] {
            outbox::end(&mut tx, (own.id, own.attempts), 61, &End::Dead("no".into()))?;
        }
        outbox::read_all(&mut tx, yang, i64::MAX)?;
        assert_eq!(outbox::forget(&mut tx, Old::Read, 50, 2)?, 2, "a few at a time");
        assert_eq!(outbox::forget(&mut tx, Old::Read, 50, 2)?, 1);
        assert_eq!(outbox::forget(&mut tx, Old::Read, 50, 2)?, 0, "the one of 50 is not old");
        assert_eq!(all(&mut tx, Old::Delivered, 50)?, 2);
        assert_eq!(all(&mut tx, Old::Dead, 50)?, 1);
        assert_eq!(outbox::dead(&mut tx, i64::MAX, 9)?.len(), 1);
        assert_eq!(outbox::of_account(&mut tx, yang, i64::MAX, 9)?.len(), 1);
        tx.commit()
    })
    .unwrap();
}
