//! Plans and target cells on both engines: every version is kept, stale changes are refused.

use dacheng_store::plans::{self, Plan};
use dacheng_store::targets::{self, Cell, OwnerKind};
use dacheng_store::testing::on_both;

fn plan(code: &str) -> Plan {
    Plan {
        id: 1,
        code: code.into(),
        name: "2027年度".into(),
        year: 2027,
        state: "draft".into(),
        basis: "signed".into(),
        reason: None,
        created_at: 5,
        actor: "ops".into(),
        version: 1,
    }
}

fn cell(owner: &str, month: i64, amount: i64) -> Cell {
    Cell {
        owner_kind: OwnerKind::Member,
        owner: owner.into(),
        product_line: String::new(),
        customer_type: String::new(),
        month,
        floor: None,
        amount,
        stretch: Some(amount * 2),
    }
}

#[test]
fn a_plan_is_changed_only_by_who_saw_its_newest_version() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = plans::insert(&mut tx, &plan("2027"))?.unwrap();
        assert_eq!(plans::insert(&mut tx, &plan("2027"))?, None);
        let changed = Plan { id, state: "in_force".into(), ..plan("2027") };
        assert!(plans::update(&mut tx, &changed, 1)?);
        assert!(!plans::update(&mut tx, &changed, 1)?);
        assert_eq!(plans::lock(&mut tx, id)?.unwrap().version, 2);
        assert_eq!(plans::of_year(&mut tx, 2027, "in_force")?.unwrap().id, id);
        assert_eq!(plans::of_year(&mut tx, 2027, "draft")?, None);
        assert_eq!(plans::by_code(&mut tx, "2027")?.unwrap().id, id);
        assert_eq!(plans::all(&mut tx)?.len(), 1);
        Ok(())
    })
    .unwrap();
}

#[test]
fn every_version_of_a_cell_can_be_read() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = plans::insert(&mut tx, &plan("2027"))?.unwrap();
        let year = (202_701, 202_712);
        let first =
            targets::replace(&mut tx, id, "revenue", &[cell("m1", 202_701, 100), cell("m2", 202_701, 50)])?;
        let second =
            targets::replace(&mut tx, id, "revenue", &[cell("m1", 202_701, 120), cell("m2", 202_701, 50)])?;
        let third = targets::end(&mut tx, id, "revenue", &[cell("m2", 202_701, 0)])?;
        let at = |tx: &mut dacheng_store::Write, sequence| targets::at(tx, id, "revenue", year, sequence);
        assert_eq!(at(&mut tx, first)?, [cell("m1", 202_701, 100), cell("m2", 202_701, 50)]);
        assert_eq!(at(&mut tx, second)?, [cell("m1", 202_701, 120), cell("m2", 202_701, 50)]);
        assert_eq!(at(&mut tx, third)?, [cell("m1", 202_701, 120)]);
        assert_eq!(targets::current(&mut tx, id, "revenue", year)?, [cell("m1", 202_701, 120)]);
        assert_eq!(targets::current(&mut tx, id, "collections", year)?, []);
        Ok(())
    })
    .unwrap();
}
