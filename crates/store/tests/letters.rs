//! Responsibility letters: kept with all their versions, each step by who saw the one before, signed once by each.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_domain::allocation::letter::{Party, Promise, Promiser, State};
use dacheng_domain::calendar::{Calendar, Deadline};
use dacheng_store::letters::{self, Delivery, Head, Letter, Promised, Signature};
use dacheng_store::plans::{self, Plan};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Write};
use jiff::civil::date;

fn plan(tx: &mut Write) -> Result<i64> {
    let plan = Plan {
        id: 0,
        code: "2026".to_owned(),
        name: "2026".to_owned(),
        year: 2026,
        state: "in_force".to_owned(),
        basis: "{}".to_owned(),
        reason: None,
        created_at: 1,
        actor: "o1".to_owned(),
        version: 1,
    };
    Ok(plans::insert(tx, &plan)?.unwrap())
}

fn letter(id: i64, plan_id: i64, member: &str) -> Letter {
    let number = format!("ZR-2026-{id:04}");
    Letter { id, number, plan_id, member: member.to_owned(), newest: 1, in_force: None }
}

fn head(letter: i64, version: i64, state: State) -> Head {
    Head {
        letter,
        version,
        state,
        digest: "00".to_owned(),
        superior: None,
        due: None,
        reason: None,
        created_at: i64::MIN,
        created_by: "o1".to_owned(),
        issued_at: None,
        revision: 1,
    }
}

/// A plan with the letters of members `b` and `a`, both with a first draft.
fn two(tx: &mut Write) -> Result<(i64, i64, i64)> {
    let plan = plan(tx)?;
    let first = letters::reserve(tx, 2)?;
    letters::insert(tx, &[letter(first, plan, "b"), letter(first + 1, plan, "a")])?;
    let text = |text: &str| text.to_owned();
    let drafts = [
        (head(first, 1, State::Draft), text("{\"甲\":1}")),
        (head(first + 1, 1, State::Draft), text("😀 'x'")),
    ];
    letters::append(tx, &drafts)?;
    Ok((plan, first, first + 1))
}

#[test]
fn letters_are_numbered_and_found_by_number_plan_and_member() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (plan, b, a) = two(&mut tx)?;
        assert_eq!(letters::reserve(&mut tx, 1)?, a + 1);
        assert_eq!(letters::by_number(&mut tx, "ZR-2026-0001")?, Some(letter(b, plan, "b")));
        assert_eq!(letters::by_number(&mut tx, "ZR-2026-9999")?, None);
        assert_eq!(letters::by_id(&mut tx, a)?, Some(letter(a, plan, "a")));
        assert_eq!(letters::of_plan(&mut tx, plan)?, [letter(a, plan, "a"), letter(b, plan, "b")]);
        assert_eq!(letters::of_plan(&mut tx, plan + 1)?, []);
        let moved = Letter { newest: 2, in_force: Some(1), ..letter(b, plan, "b") };
        letters::hold(&mut tx, b)?;
        letters::point(&mut tx, &moved)?;
        assert_eq!(letters::of_member(&mut tx, "b")?, [moved]);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_member_has_one_letter_a_plan() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (plan, ..) = two(&mut tx)?;
        let id = letters::reserve(&mut tx, 1)?;
        assert!(letters::insert(&mut tx, &[letter(id, plan, "a")]).is_err());
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_draft_is_changed_by_who_saw_it_and_an_issued_text_never() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (_, b, _) = two(&mut tx)?;
        let draft = letters::head(&mut tx, b, 1)?.unwrap();
        assert_eq!(draft, head(b, 1, State::Draft));
        assert_eq!(letters::text(&mut tx, b, 1)?.as_deref(), Some("{\"甲\":1}"));
        let changed = Head { digest: "01".to_owned(), ..draft };
        assert!(letters::change(&mut tx, &changed, "新")?);
        assert!(!letters::change(&mut tx, &changed, "旧")?, "somebody else was first");
        assert_eq!(letters::text(&mut tx, b, 1)?.as_deref(), Some("新"));

        let due = Calendar::shipped().due(date(2026, 11, 23), 5);
        let issued = Head {
            state: State::Issued,
            superior: Some("s".to_owned()),
            due: Some(due),
            issued_at: Some(7),
            revision: 2,
            ..changed
        };
        assert!(letters::save(&mut tx, &issued)?);
        assert!(!letters::save(&mut tx, &issued)?, "somebody else was first");
        let issued = Head { revision: 3, ..issued };
        assert_eq!(letters::versions(&mut tx, b)?, std::slice::from_ref(&issued));
        assert!(!letters::change(&mut tx, &issued, "晚了")?, "it is no draft any more");
        assert_eq!(letters::text(&mut tx, b, 1)?.as_deref(), Some("新"));
        assert_eq!(letters::text(&mut tx, b, 2)?, None);
        assert_eq!(letters::head(&mut tx, b, 2)?, None);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn what_waits_for_somebody_is_found_by_them_by_day_and_by_missing_year() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (plan, b, a) = two(&mut tx)?;
        let calendar = Calendar::shipped();
        let step = |letter, state, due| {
            let superior = Some("s".to_owned());
            Head { state, superior, due: Some(due), ..head(letter, 1, State::Draft) }
        };
        assert!(letters::save(&mut tx, &step(b, State::Issued, calendar.due(date(2026, 11, 23), 5)))?);
        assert!(letters::save(&mut tx, &step(a, State::Signed, calendar.due(date(2026, 12, 29), 5)))?);
        let numbers = |found: Vec<letters::Waiting>| -> Vec<String> {
            found.into_iter().map(|own| own.number).collect()
        };
        let (of_b, of_a) = ("ZR-2026-0001".to_owned(), "ZR-2026-0002".to_owned());
        assert_eq!(numbers(letters::waiting(&mut tx, "b")?), std::slice::from_ref(&of_b));
        assert_eq!(letters::waiting(&mut tx, "a")?, [], "a has signed");
        let of_superior = letters::waiting(&mut tx, "s")?;
        assert_eq!(of_superior[0].member, "a");
        assert_eq!(of_superior[0].head.state, State::Signed);
        assert_eq!(numbers(of_superior), std::slice::from_ref(&of_a), "b has not signed yet");
        assert_eq!(numbers(letters::newest(&mut tx, plan)?), [of_a.clone(), of_b.clone()]);
        assert_eq!(numbers(letters::newest(&mut tx, 0)?).len(), 2);
        assert_eq!(numbers(letters::newest(&mut tx, plan + 1)?).len(), 0);
        assert_eq!(numbers(letters::overdue(&mut tx, "2026-11-30")?).len(), 0, "that is its day");
        assert_eq!(numbers(letters::overdue(&mut tx, "2026-12-01")?), [of_b]);
        let pending = letters::pending(&mut tx, 2027)?;
        assert!(matches!(pending[0].head.due, Some(Deadline::Pending(own)) if own.year == 2027));
        assert_eq!(numbers(pending), std::slice::from_ref(&of_a));
        assert_eq!(letters::unclaimed(&mut tx)?, [], "both have a superior");
        let open = Head {
            revision: 2,
            superior: None,
            ..step(a, State::Signed, calendar.due(date(2026, 11, 23), 5))
        };
        assert!(letters::save(&mut tx, &open)?);
        assert_eq!(numbers(letters::unclaimed(&mut tx)?), std::slice::from_ref(&of_a));
        assert_eq!(letters::given_back(&mut tx, "o1")?, []);
        assert!(letters::save(&mut tx, &Head { revision: 3, state: State::Returned, due: None, ..open })?);
        assert_eq!(numbers(letters::given_back(&mut tx, "o1")?), [of_a]);
        assert_eq!(letters::given_back(&mut tx, "o2")?, []);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn each_party_signs_a_version_once() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (_, b, _) = two(&mut tx)?;
        let by = |party, at| Signature {
            letter: b,
            version: 1,
            party,
            account: "b1".to_owned(),
            name: "喆".to_owned(),
            at,
            method: "password".to_owned(),
            address: String::new(),
            digest: "00".to_owned(),
        };
        assert!(letters::sign(&mut tx, &by(Party::Superior, 9))?);
        assert!(letters::sign(&mut tx, &by(Party::Member, 8))?);
        assert!(!letters::sign(&mut tx, &by(Party::Member, 10))?);
        assert_eq!(letters::signatures(&mut tx, b, 1)?, [by(Party::Member, 8), by(Party::Superior, 9)]);
        assert_eq!(letters::signatures(&mut tx, b, 2)?, []);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn what_was_promised_is_kept_through_versions_with_what_came_of_it() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (_, b, _) = two(&mut tx)?;
        let marketing = Promiser::Department("marketing".to_owned());
        let promise = |number, what: &str, by: &Promiser| Promise {
            number,
            what: what.to_owned(),
            times: 3,
            unit: "场".to_owned(),
            by: by.clone(),
            due: date(2026, 9, 30),
        };
        let colleague = Promiser::Member("E 7".to_owned());
        letters::put_promises(
            &mut tx,
            b,
            &[promise(1, "推广", &marketing), promise(2, "培训", &colleague), promise(3, "样机", &colleague)],
        )?;
        let first = letters::promise(&mut tx, b, 1)?.unwrap();
        assert_eq!(
            first,
            Promised { letter: b, promise: promise(1, "推广", &marketing), delivered: 0, revision: 1 }
        );
        let delivery = |number, times| Delivery {
            number,
            times,
            day: date(2026, 8, 1),
            note: "苏州".to_owned(),
            recorded_at: 5,
            actor: "m1".to_owned(),
        };
        let number = letters::deliver(&mut tx, &first, &delivery(0, 2))?.unwrap();
        assert_eq!(letters::deliver(&mut tx, &first, &delivery(0, 1))?, None, "somebody else was first");
        assert_eq!(letters::deliveries(&mut tx, b)?, [(1, delivery(number, 2))]);
        let owed = letters::promised_by(&mut tx, &marketing)?;
        assert_eq!(
            (owed.len(), owed[0].0.as_str(), owed[0].1.as_str()),
            (1, "ZR-2026-0001", "b"),
            "two of three"
        );

        letters::put_promises(&mut tx, b, &[promise(2, "两次培训", &colleague)])?;
        let kept: Vec<(u32, String, i64)> = letters::promised(&mut tx, b)?
            .into_iter()
            .map(|own| (own.promise.number, own.promise.what, own.delivered))
            .collect();
        assert_eq!(kept, [(1, "推广".to_owned(), 2), (2, "两次培训".to_owned(), 0)], "of 3 nothing came");
        let first = letters::promise(&mut tx, b, 1)?.unwrap();
        assert!(letters::deliver(&mut tx, &first, &delivery(0, 1))?.is_some());
        assert_eq!(letters::promised_by(&mut tx, &marketing)?, []);
        assert_eq!(letters::promised_by(&mut tx, &colleague)?.len(), 1);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_draft_is_issued_with_its_last_text_and_older_versions_give_way() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (plan, b, _) = two(&mut tx)?;
        let draft = head(b, 1, State::Draft);
        let issued = Head { state: State::Issued, digest: "02".to_owned(), issued_at: Some(3), ..draft };
        assert!(letters::issue(&mut tx, &issued, "最终")?);
        assert!(
            !letters::issue(&mut tx, &Head { revision: 2, ..issued.clone() }, "再次")?,
            "no draft any more"
        );
        let newest = letters::newest_texts(&mut tx, plan)?;
        assert_eq!(newest[1].1, "最终");
        assert_eq!(newest[1].0.head, Head { revision: 2, ..issued });

        letters::append(
            &mut tx,
            &[(head(b, 2, State::InForce), String::new()), (head(b, 3, State::Draft), String::new())],
        )?;
        letters::supersede(&mut tx, b, 3, State::Issued)?;
        let states = |tx: &mut Write| -> Result<Vec<State>> {
            Ok(letters::versions(tx, b)?.into_iter().map(|own| own.state).collect())
        };
        assert_eq!(states(&mut tx)?, [State::Superseded, State::InForce, State::Draft]);
        letters::supersede(&mut tx, b, 3, State::InForce)?;
        assert_eq!(states(&mut tx)?, [State::Superseded, State::Superseded, State::Draft]);
        tx.commit()
    })
    .unwrap();
}
