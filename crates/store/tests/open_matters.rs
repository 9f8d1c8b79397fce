//! What may wait for somebody is found in one statement, on both engines.

use dacheng_domain::access::Role;
use dacheng_domain::tracking::close::{CloseState, MonthStanding};
use dacheng_store::blocks::{self, Place};
use dacheng_store::closes::{self, Close};
use dacheng_store::inbox::{Open, open_matters};
use dacheng_store::plans::{self, Plan};
use dacheng_store::testing::on_both;

fn close(month: i64, state: CloseState, reopening: Option<(String, Role)>) -> Close {
    Close {
        month,
        state,
        standing: MonthStanding::Open,
        proposed_by: None,
        closed_by: None,
        recorded_on: None,
        sequence: None,
        reopening,
        controls: Vec::new(),
        version: 0,
    }
}

fn plan(code: &str, year: i64, state: &str) -> Plan {
    Plan {
        id: 0,
        code: code.into(),
        name: format!("{code} 镕"),
        year,
        state: state.into(),
        basis: "signed".into(),
        reason: None,
        created_at: 1,
        actor: "ops".into(),
        version: 1,
    }
}

#[test]
fn closes_the_first_month_and_plans_are_found_from_where_they_are_asked() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(open_matters(&mut tx, 0, 0)?, [], "a new company has nothing to do");
        for month in [202_603, 202_601, 202_602] {
            blocks::replace(&mut tx, Place { measure: 1, month, grain: 1 }, 0, 1, b"x")?;
        }
        let reopening = Some(("fin".to_owned(), Role::Finance));
        assert!(closes::save(&mut tx, &close(202_601, CloseState::Open, None))?);
        assert!(closes::save(&mut tx, &close(202_602, CloseState::Closed, reopening))?);
        for (code, year, state) in [
            ("2026", 2026, "in_force"),
            ("2027", 2027, "draft"),
            ("2025", 2025, "review"),
            ("b", 2027, "archived"),
        ] {
            plans::insert(&mut tx, &plan(code, year, state))?.unwrap();
        }
        let waits = |code: &str, year, state: &str| Open::Plan {
            year,
            state: state.into(),
            code: code.into(),
            name: format!("{code} 镕"),
        };
        let february =
            Open::Close { month: 202_602, state: CloseState::Closed, reopening: Some(Role::Finance) };
        assert_eq!(
            open_matters(&mut tx, 202_602, 2026)?,
            [
                february.clone(),
                Open::FirstMonth(202_601),
                waits("2026", 2026, "in_force"),
                waits("2027", 2027, "draft")
            ]
        );
        assert_eq!(open_matters(&mut tx, 202_602, 2028)?, [february, Open::FirstMonth(202_601)]);
        Ok(())
    })
    .unwrap();
}
