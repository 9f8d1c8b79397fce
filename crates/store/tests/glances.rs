//! Sums of plans for a list answer alike on both engines.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_store::breakdowns::{self, Glance};
use dacheng_store::plans::{self, Plan};
use dacheng_store::targets::{self, Cell, OwnerKind};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Write};

fn plan(tx: &mut Write, code: &str) -> Result<i64> {
    let plan = Plan {
        id: 0,
        code: code.into(),
        name: "赟".into(),
        year: 2027,
        state: "draft".into(),
        basis: "signed".into(),
        reason: None,
        created_at: 5,
        actor: "ops".into(),
        version: 1,
    };
    Ok(plans::insert(tx, &plan)?.unwrap())
}

fn cell(owner_kind: OwnerKind, owner: &str, line: &str, month: i64, amount: i64) -> Cell {
    Cell {
        owner_kind,
        owner: owner.into(),
        product_line: line.into(),
        customer_type: String::new(),
        month,
        floor: None,
        amount,
        stretch: None,
    }
}

#[test]
fn a_glance_sums_the_whole_cells_that_hold_now() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (first, second, third) = (plan(&mut tx, "a")?, plan(&mut tx, "b")?, plan(&mut tx, "c")?);
        assert_eq!(breakdowns::glances(&mut tx, "revenue", "S")?, []);
        let (unit, member) = (OwnerKind::Unit, OwnerKind::Member);
        let cells = [
            cell(unit, "S", "", 202_701, 100),
            cell(unit, "S", "", 202_702, -30),
            cell(unit, "N", "", 202_701, 5_000),
            cell(unit, "S", "line", 202_701, 60),
            cell(member, "喆", "", 202_701, 40),
            cell(member, "喆", "", 202_702, 2),
            cell(member, "S", "", 202_701, 20),
            cell(member, "S", "line", 202_701, 7),
        ];
        targets::replace(&mut tx, first, "revenue", &cells)?;
        targets::replace(&mut tx, first, "revenue", &[cell(member, "喆", "", 202_701, 41)])?;
        targets::replace(&mut tx, second, "revenue", &[cell(unit, "N", "", 202_701, 9)])?;
        targets::replace(&mut tx, third, "visits", &[cell(unit, "S", "", 202_701, 9)])?;
        let glance = |plan, total, carried, members| Glance { plan, total, carried, members };
        let expected = [glance(first, 70, 63, 2), glance(second, 0, 0, 0)];
        assert_eq!(breakdowns::glances(&mut tx, "revenue", "S")?, expected);
        assert!(breakdowns::is_carried(&mut tx, (first, "revenue"))?);
        assert!(!breakdowns::is_carried(&mut tx, (second, "revenue"))?);
        assert!(!breakdowns::is_carried(&mut tx, (first, "visits"))?);
        let members = [cell(member, "喆", "", 202_701, 0), cell(member, "喆", "", 202_702, 0)];
        targets::end(&mut tx, first, "revenue", &members)?;
        targets::end(&mut tx, first, "revenue", &[cell(member, "S", "", 202_701, 0)])?;
        assert!(!breakdowns::is_carried(&mut tx, (first, "revenue"))?, "a part alone is not carried");
        assert_eq!(breakdowns::glances(&mut tx, "revenue", "S")?[0], glance(first, 70, 0, 0));
        Ok(())
    })
    .unwrap();
}
