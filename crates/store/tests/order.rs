//! Text is put in order and compared by its bytes on both engines; pages meet without a gap or a repetition.

use dacheng_store::accounts;
use dacheng_store::audit::{self, Entry};
use dacheng_store::breakdowns::{self, Child};
use dacheng_store::closes::{self, Figure};
use dacheng_store::plans::{self, Plan};
use dacheng_store::targets::{self, Cell, OwnerKind};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Write};

/// In the order of their bytes. A dictionary would say otherwise.
const SORTED: [&str; 13] = ["A", "A-1", "A1", "AA", "B", "Z", "a", "a b", "z", "é", "喆", "镕", "😀"];

/// The same, all mixed up.
fn mixed() -> impl Iterator<Item = &'static str> {
    (0..SORTED.len()).map(|place| SORTED[place * 5 % SORTED.len()])
}

fn add(tx: &mut Write, login: &str) -> Result<()> {
    let (language, theme) = ("zh-CN", "system");
    let new = accounts::New { login, name: login, member: None, language, theme, created_at: 1 };
    assert!(accounts::insert(tx, &new)?.is_some());
    Ok(())
}

#[test]
fn pages_of_any_size_list_every_account_once_in_the_order_of_bytes() {
    on_both(|store| {
        let mut tx = store.write()?;
        for login in mixed() {
            add(&mut tx, login)?;
        }
        for size in 1..=SORTED.len() + 1 {
            let (mut seen, mut after) = (Vec::new(), String::new());
            loop {
                let page = accounts::page(&mut tx, &after, i64::try_from(size).unwrap())?;
                assert!(page.len() <= size);
                let Some(last) = page.last() else { break };
                after.clone_from(&last.login);
                seen.extend(page.into_iter().map(|account| account.login));
            }
            assert_eq!(seen, SORTED, "by {size}");
        }
        assert_eq!(accounts::page(&mut tx, "", 0)?, []);
        assert_eq!(accounts::page(&mut tx, "A-", 1)?[0].login, "A-1", "between two");
        Ok(())
    })
    .unwrap();
}

fn plan(code: &str, year: i64) -> Plan {
    Plan {
        id: 0,
        code: code.into(),
        name: "赟".into(),
        year,
        state: "draft".into(),
        basis: "signed".into(),
        reason: None,
        created_at: 5,
        actor: "ops".into(),
        version: 1,
    }
}

fn cell(owner: &str) -> Cell {
    Cell {
        owner_kind: OwnerKind::Member,
        owner: owner.into(),
        product_line: String::new(),
        customer_type: String::new(),
        month: 202_701,
        floor: None,
        amount: 1,
        stretch: None,
    }
}

#[test]
fn owners_come_in_the_order_of_bytes_wherever_they_are_listed() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = plans::insert(&mut tx, &plan("2027", 2027))?.unwrap();
        let of = (id, "revenue");
        let cells: Vec<Cell> = mixed().map(cell).collect();
        targets::replace(&mut tx, id, "revenue", &cells)?;
        let sorted = SORTED.map(cell);
        assert_eq!(targets::current(&mut tx, id, "revenue", (202_701, 202_701))?, sorted);
        assert_eq!(breakdowns::cells_of(&mut tx, of, OwnerKind::Member, &SORTED)?, sorted);

        let child = |owner: &str| Child {
            unit: "S".into(),
            owner_kind: OwnerKind::Member,
            owner: owner.into(),
            place: 0,
            months: 1,
        };
        let children: Vec<Child> = mixed().map(child).collect();
        breakdowns::replace_children(&mut tx, of, &["S"], &children)?;
        assert_eq!(breakdowns::children(&mut tx, of, &["S"])?, SORTED.map(child));
        assert_eq!(breakdowns::parents(&mut tx, of, OwnerKind::Member, &SORTED)?, SORTED.map(child));
        assert_eq!(breakdowns::cells_below(&mut tx, of, &["S"])?, sorted);

        let figure = |owner: &str| Figure {
            owner_kind: OwnerKind::Member,
            owner: owner.into(),
            month: 202_701,
            actual: 1,
            target: None,
        };
        let figures: Vec<Figure> = mixed().map(figure).collect();
        closes::book(&mut tx, "revenue", 202_701, &figures)?;
        assert_eq!(closes::figures(&mut tx, "revenue", (202_701, 202_701))?, SORTED.map(figure));
        Ok(())
    })
    .unwrap();
}

#[test]
fn codes_differ_by_a_single_byte() {
    on_both(|store| {
        let mut tx = store.write()?;
        for code in SORTED.into_iter().chain(["e\u{301}", "Ａ", " A", "A "]) {
            assert!(plans::insert(&mut tx, &plan(code, 2027))?.is_some(), "{code:?} is a code of its own");
            assert_eq!(plans::by_code(&mut tx, code)?.unwrap().code, code);
        }
        assert_eq!(plans::by_code(&mut tx, "É")?, None);
        assert_eq!(plans::by_code(&mut tx, "")?, None);
        assert_eq!(plans::by_code(&mut tx, "%")?, None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn plans_come_newest_year_first_then_newest() {
    on_both(|store| {
        let mut tx = store.write()?;
        for (code, year) in [("a", 2026), ("b", 2027), ("c", i64::MIN), ("d", 2027), ("e", i64::MAX)] {
            plans::insert(&mut tx, &plan(code, year))?.unwrap();
        }
        let codes: Vec<String> = plans::all(&mut tx)?.into_iter().map(|plan| plan.code).collect();
        assert_eq!(codes, ["e", "d", "b", "a", "c"]);
        assert_eq!(plans::of_year(&mut tx, 2027, "draft")?.unwrap().code, "d", "the newest of two");
        Ok(())
    })
    .unwrap();
}

#[test]
fn pages_of_the_audit_trail_meet_at_their_borders() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(audit::of_object(&mut tx, "plan/镕", None, 9)?, []);
        for leaf in 1..=7 {
            let entry = Entry {
                leaf,
                at: if leaf == 7 { i64::MAX } else { i64::MIN },
                actor: "杨喆".into(),
                act: "plan.create".into(),
                object: if leaf < 7 { "plan/镕".into() } else { "plan/2026".into() },
                detail: None,
                salt: String::new(),
                commitment: "11".into(),
                leaf_hash: "22".into(),
            };
            audit::append(&mut tx, &entry)?;
        }
        let mut page = |object: &str, before, limit| -> Result<Vec<i64>> {
            let entries = audit::of_object(&mut tx, object, before, limit)?;
            Ok(entries.into_iter().map(|entry| entry.leaf).collect())
        };
        assert_eq!(page("plan/镕", None, 3)?, [6, 5, 4]);
        assert_eq!(page("plan/镕", Some(4), 2)?, [3, 2]);
        assert_eq!(page("plan/镕", Some(2), 2)?, [1]);
        assert_eq!(page("plan/镕", Some(1), 2)?, [0; 0]);
        assert_eq!(page("plan/镕", None, 0)?, [0; 0]);
        assert_eq!(page("plan/", None, 9)?, [0; 0]);
        assert_eq!(page("plan/2026", None, 9)?, [7]);
        Ok(())
    })
    .unwrap();
}
