//! Sums of plans for a list answer alike on both engines.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_store::breakdowns::{self, Glance};
use dacheng_store::plans::{self, Plan};
use dacheng_store::targets::{self, Cell, OwnerKind, Part};
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

#[test]
fn parts_of_a_long_list_follow_one_another_without_a_gap() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = plan(&mut tx, "a")?;
        let (unit, member) = (OwnerKind::Unit, OwnerKind::Member);
        let cells = [
            cell(unit, "S", "", 202_701, i64::MIN),
            cell(unit, "S", "", 202_702, 2),
            cell(unit, "a", "", 202_701, 3),
            cell(member, "S", "", 202_701, 4),
            cell(member, "喆", "", 202_701, 5),
            cell(member, "喆", "", 202_712, i64::MAX),
        ];
        let others = [cell(unit, "S", "line", 202_701, 9), cell(member, "喆", "", 202_801, 9)];
        targets::replace(&mut tx, id, "revenue", &[&cells[..], &others].concat())?;
        let year = Part { months: (202_701, 202_712), owner: None, after: (0, "", 0), limit: 99 };
        assert_eq!(targets::part(&mut tx, id, "revenue", year)?, cells);
        for limit in 1..=7 {
            let (mut seen, mut after) = (Vec::new(), (0, String::new(), 0));
            loop {
                let part = Part { after: (after.0, &after.1, after.2), limit, ..year };
                let found = targets::part(&mut tx, id, "revenue", part)?;
                let Some(last) = found.last() else { break };
                after = (last.owner_kind.number(), last.owner.clone(), last.month);
                seen.extend(found);
            }
            assert_eq!(seen, cells, "by {limit}");
        }
        let own = |owner| Part { owner: Some(owner), ..year };
        assert_eq!(targets::part(&mut tx, id, "revenue", own((member, "喆")))?, cells[4..]);
        assert_eq!(targets::part(&mut tx, id, "revenue", own((unit, "喆")))?, []);
        assert_eq!(targets::part(&mut tx, id, "revenue", Part { limit: 0, ..year })?, []);
        Ok(())
    })
    .unwrap();
}
