//! The audit trail's leaves are what their format says, and whatever is changed in one is found. Each case is written
//! into a database in memory and rolled back.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use dacheng_app::audit::first_damaged;
use dacheng_store::audit::{Entry, append};
use dacheng_store::{Store, counter, migrate};

/// Three leaves whose hashes were worked out by another program (Python's hashlib), as the format in
/// `store/src/audit.rs` says. A change of the format must not change them.
fn vectors() -> [Entry; 3] {
    let entry = |leaf, at, [actor, act, object, detail, salt, commitment, leaf_hash]: [&str; 7]| Entry {
        leaf,
        at,
        actor: actor.into(),
        act: act.into(),
        object: object.into(),
        detail: Some(detail.into()),
        salt: salt.into(),
        commitment: commitment.into(),
        leaf_hash: leaf_hash.into(),
    };
    [
        entry(
            1,
            1_700_000_000_001,
            [
                "杨喆",
                "plan.create",
                "plan/2026",
                "{\"name\":\"镕\"}",
                "000102030405060708090a0b0c0d0e0f",
                "786978a66d0c973005a422c0d38b240bb289e118c9347ab8e1f10cd845beed19",
                "11f0e5ca8701649a3116388bc34f22a627a92e4cf640c31b7dc69eda464b0f83",
            ],
        ),
        entry(
            2,
            -1,
            [
                "operator",
                "import.commit",
                "import/7",
                "{}",
                "ffffffffffffffffffffffffffffffff",
                "1990adf00aca2b5690044131e5ba4ca1be00c6976152785c3f6680be1472072b",
                "c435bf2e62db7622ec9e7dde45b2a40c9abee85c7f89d1fd9f15907a897725c5",
            ],
        ),
        entry(
            3,
            253_402_300_800_000,
            [
                "堃 赟",
                "account.set_password",
                "account/3",
                "{\"a\":[1,\"\\n\"]}",
                "00000000000000000000000000000000",
                "10f1e573a5b033c3c5b1baff59c491af5d49a5f76416d06faa780af17dc1e06c",
                "d8598e1acde496fa32b0b6de1cd0e20e2ea98b7ea2a7d6bc9934d2877fb6e983",
            ],
        ),
    ]
}

/// What is found where these are the entries.
fn found(store: &Store, entries: &[Entry]) -> Option<i64> {
    let mut tx = store.write().unwrap();
    for entry in entries {
        append(&mut tx, entry).unwrap();
    }
    first_damaged(&mut tx).unwrap()
}

fn store() -> Store {
    let store = Store::open("sqlite::memory:").unwrap();
    migrate::run(&store).unwrap();
    store
}

#[test]
fn a_leaf_is_hashed_as_its_format_says() {
    assert_eq!(found(&store(), &vectors()), None);
}

#[test]
fn newest_entries_that_are_missing_are_found_by_their_number() {
    let store = store();
    let mut tx = store.write().unwrap();
    counter::reserve(&mut tx, "audit", 4).unwrap();
    tx.commit().unwrap();
    assert_eq!(found(&store, &vectors()), Some(4), "four were numbered, three are there");
}

/// Every way to change a text a little: another letter, one less, one more, nothing, another's.
fn changed(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut changes: Vec<String> = (0..letters.len())
        .flat_map(|at| {
            let mut other = letters.clone();
            other[at] = if other[at] == '0' { '1' } else { '0' };
            let mut less = letters.clone();
            less.remove(at);
            [other, less]
        })
        .map(|letters| letters.into_iter().collect())
        .collect();
    changes.extend([
        String::new(),
        format!("{text} "),
        format!(" {text}"),
        text.to_uppercase(),
        format!("{text}\u{301}"),
    ]);
    changes.retain(|change| change != text);
    changes
}

#[test]
fn any_change_of_any_field_of_any_entry_is_found_where_it_is() {
    type Field = (&'static str, fn(&mut Entry) -> &mut String);
    let texts: [Field; 7] = [
        ("actor", |entry| &mut entry.actor),
        ("act", |entry| &mut entry.act),
        ("object", |entry| &mut entry.object),
        ("detail", |entry| entry.detail.get_or_insert_default()),
        ("salt", |entry| &mut entry.salt),
        ("commitment", |entry| &mut entry.commitment),
        ("leaf_hash", |entry| &mut entry.leaf_hash),
    ];
    let store = store();
    for place in 0..3 {
        let at_fault = Some(i64::try_from(place).unwrap() + 1);
        for (name, field) in texts {
            let was = field(&mut vectors()[place]).clone();
            for change in changed(&was) {
                let mut entries = vectors();
                change.clone_into(field(&mut entries[place]));
                assert_eq!(found(&store, &entries), at_fault, "{name} {was:?} became {change:?}");
            }
        }
        for at in [0, 1, i64::MIN, i64::MAX, 1_700_000_000_000] {
            let mut entries = vectors();
            entries[place].at = at;
            assert_eq!(found(&store, &entries), at_fault, "at {at}");
        }
        for leaf in [i64::MIN, -1, 0, 4, 5, i64::MAX - 1] {
            let mut entries = vectors();
            entries[place].leaf = leaf;
            assert!(found(&store, &entries).is_some(), "leaf {leaf} at {place}");
        }
    }
}

#[test]
fn what_moves_from_one_field_to_the_next_is_found() {
    let store = store();
    let mut entries = vectors();
    entries[1].actor = "operatorimport".into();
    entries[1].act = ".commit".into();
    assert_eq!(found(&store, &entries), Some(2));
    let mut entries = vectors();
    entries[1].salt = "fffffffffffffffffffffffffffffff".into();
    entries[1].detail = Some("f{}".into());
    assert_eq!(found(&store, &entries), Some(2));
}

#[test]
fn what_is_taken_out_or_exchanged_is_found_but_not_at_the_end() {
    let store = store();
    let [first, second, third] = vectors();
    assert_eq!(found(&store, &[second.clone(), third.clone()]), Some(1));
    assert_eq!(found(&store, &[first.clone(), third.clone()]), Some(2));
    let exchanged = [Entry { leaf: 2, ..first.clone() }, Entry { leaf: 1, ..second.clone() }];
    assert_eq!(found(&store, &exchanged), Some(1));
    let twice = [first.clone(), second.clone(), Entry { leaf: 3, ..second.clone() }];
    assert_eq!(found(&store, &twice), Some(3));
    assert_eq!(found(&store, &[first, second]), None, "the end needs a signed head (`store/src/audit.rs`)");
    assert_eq!(found(&store, &[]), None);
}

#[test]
fn a_detail_is_erased_and_its_leaf_still_holds() {
    let store = store();
    for place in 0..3 {
        let mut entries = vectors();
        entries[place].detail = None;
        entries[place].salt = String::new();
        assert_eq!(found(&store, &entries), None);
    }
}
