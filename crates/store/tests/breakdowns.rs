//! Breakdowns and locks are kept alike on both engines.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not there")]

use dacheng_store::breakdowns::{self, Child, Difference};
use dacheng_store::locks::{self, Lock, YEAR};
use dacheng_store::plans::{self, Plan};
use dacheng_store::targets::{self, Cell, OwnerKind};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Write};

fn plan(tx: &mut Write) -> Result<i64> {
    let plan = Plan {
        id: 0,
        code: "2027".into(),
        name: "2027年度".into(),
        year: 2027,
        state: "draft".into(),
        basis: "{}".into(),
        reason: None,
        created_at: 5,
        actor: "ops".into(),
        version: 1,
    };
    Ok(plans::insert(tx, &plan)?.unwrap())
}

fn child(unit: &str, owner_kind: OwnerKind, owner: &str, place: i64) -> Child {
    Child { unit: unit.into(), owner_kind, owner: owner.into(), place, months: 4095 }
}

fn cell(owner_kind: OwnerKind, owner: &str, line: &str, month: i64, amount: i64) -> Cell {
    Cell {
        owner_kind,
        owner: owner.into(),
        product_line: line.into(),
        customer_type: String::new(),
        month,
        floor: Some(amount / 2),
        amount,
        stretch: None,
    }
}

#[test]
fn a_breakdown_counts_its_changes_and_can_be_forgotten() {
    on_both(|store| {
        let mut tx = store.write()?;
        let of = (plan(&mut tx)?, "revenue");
        breakdowns::save(&mut tx, of, "S", "even", 6, "ops")?;
        breakdowns::save(&mut tx, of, "S", "own", 7, "ops")?;
        breakdowns::save(&mut tx, of, "N", "even", 7, "ops")?;
        breakdowns::touch(&mut tx, of, &["S", "W"], 8, "ops")?;
        assert_eq!(breakdowns::units(&mut tx, of)?, ["N", "S"]);
        assert!(breakdowns::units(&mut tx, (of.0, "visits"))?.is_empty());
        let found = breakdowns::of_units(&mut tx, of, &["S", "N", "W"])?;
        let found: Vec<_> =
            found.iter().map(|row| (row.unit.as_str(), row.method.as_str(), row.version)).collect();
        assert_eq!(found, [("N", "even", 1), ("S", "own", 3)]);

        let children = [child("S", OwnerKind::Member, "m2", 0), child("S", OwnerKind::Unit, "S1", 1)];
        breakdowns::replace_children(&mut tx, of, &["S"], &children)?;
        assert_eq!(breakdowns::children(&mut tx, of, &["S", "N"])?, children);
        assert_eq!(breakdowns::parents(&mut tx, of, OwnerKind::Member, &["m2", "S1"])?, children[..1]);
        breakdowns::replace_children(&mut tx, of, &["S"], &children[..1])?;
        assert_eq!(breakdowns::children(&mut tx, of, &["S"])?, children[..1]);

        let difference = Difference { unit: "S".into(), month: 202_707, reserve: 10, buffer: 0 };
        breakdowns::replace_differences(&mut tx, of, &["S"], std::slice::from_ref(&difference))?;
        assert_eq!(breakdowns::differences(&mut tx, of, &["S"])?, [difference]);
        assert_eq!(breakdowns::differences(&mut tx, (of.0, "visits"), &["S"])?, []);

        breakdowns::forget(&mut tx, of, &["S"])?;
        assert_eq!(breakdowns::children(&mut tx, of, &["S"])?, []);
        assert_eq!(breakdowns::differences(&mut tx, of, &["S"])?, []);
        assert_eq!(breakdowns::of_units(&mut tx, of, &["S", "N"])?.len(), 1);
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_cells_below_a_unit_are_those_of_its_children_without_a_product_line() {
    on_both(|store| {
        let mut tx = store.write()?;
        let of = (plan(&mut tx)?, "revenue");
        breakdowns::replace_children(&mut tx, of, &["S"], &[child("S", OwnerKind::Member, "m1", 0)])?;
        let (unit, m1, m2) = (
            cell(OwnerKind::Unit, "S", "", 202_701, 30),
            cell(OwnerKind::Member, "m1", "", 202_701, 30),
            cell(OwnerKind::Member, "m2", "", 202_702, 5),
        );
        let by_line = cell(OwnerKind::Member, "m1", "A", 202_701, 7);
        targets::replace(&mut tx, of.0, of.1, &[unit.clone(), m1.clone(), m2.clone(), by_line.clone()])?;
        assert_eq!(breakdowns::parts_of(&mut tx, of, OwnerKind::Member, &["m1", "m2"])?, [by_line]);
        assert_eq!(breakdowns::cells_below(&mut tx, of, &["S", "N"])?, std::slice::from_ref(&m1));
        assert_eq!(breakdowns::cells_of(&mut tx, of, OwnerKind::Unit, &["S", "m1"])?, [unit]);
        assert_eq!(breakdowns::cells_of(&mut tx, of, OwnerKind::Member, &["m1", "m2"])?, [m1.clone(), m2]);
        assert_eq!(breakdowns::carried(&mut tx, of)?, [(202_701, 30), (202_702, 5)]);
        assert_eq!(breakdowns::metrics(&mut tx, of.0)?, ["revenue"]);
        let changed = cell(OwnerKind::Member, "m1", "", 202_701, 31);
        targets::replace(&mut tx, of.0, of.1, std::slice::from_ref(&changed))?;
        assert_eq!(breakdowns::cells_below(&mut tx, of, &["S"])?, [changed]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_lock_is_kept_with_who_and_why_until_it_is_removed() {
    on_both(|store| {
        let mut tx = store.write()?;
        let of = (plan(&mut tx)?, "revenue");
        let lock = |owner: &str, month, reason: &str| Lock {
            owner_kind: OwnerKind::Member,
            owner: owner.into(),
            month,
            actor: "ops".into(),
            reason: reason.into(),
            at: 9,
        };
        locks::set(&mut tx, of, &[lock("m1", 202_701, "已签"), lock("m1", YEAR, "已签")])?;
        locks::set(&mut tx, of, &[lock("m1", 202_701, "大客户")])?;
        assert_eq!(locks::all(&mut tx, of)?, [lock("m1", YEAR, "已签"), lock("m1", 202_701, "大客户")]);
        assert_eq!(
            locks::remove(&mut tx, of, &[(OwnerKind::Member, "m1", YEAR), (OwnerKind::Unit, "m1", 1)])?,
            1
        );
        assert_eq!(locks::all(&mut tx, of)?, [lock("m1", 202_701, "大客户")]);
        Ok(())
    })
    .unwrap();
}
