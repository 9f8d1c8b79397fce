//! What surrounds a plan as a scenario, on both engines.

use dacheng_domain::planning::State;
use dacheng_domain::planning::scenario::PayAssumption;
use dacheng_store::plans::{self, Plan};
use dacheng_store::scenarios::{self, Scenario};
use dacheng_store::testing::on_both;

fn plan(code: &str) -> Plan {
    Plan {
        id: 0,
        code: code.into(),
        name: code.into(),
        year: 2027,
        state: "draft".into(),
        basis: "{}".into(),
        reason: None,
        created_at: 5,
        actor: "ops".into(),
        version: 1,
    }
}

#[test]
fn what_surrounds_a_plan_is_kept_by_who_saw_its_newest_version() {
    on_both(|store| {
        let mut tx = store.write()?;
        let one = plans::insert(&mut tx, &plan("A"))?.unwrap();
        let two = plans::insert(&mut tx, &plan("B"))?.unwrap();
        assert_eq!(scenarios::of_plan(&mut tx, two)?, None);
        let copied = Scenario {
            plan: two,
            source: Some(one),
            copied: Some("{\"growth\":{}}".into()),
            pay: None,
            archived_from: None,
            changed_at: 7,
            actor: "ops".into(),
            version: 1,
        };
        assert!(scenarios::save(&mut tx, &copied, 0)?);
        assert_eq!(scenarios::of_plan(&mut tx, two)?, Some(copied.clone()));
        let pay = PayAssumption::new(100, 250);
        let changed = Scenario { pay, archived_from: Some(State::Review), changed_at: 8, ..copied };
        assert!(!scenarios::save(&mut tx, &changed, 0)?, "somebody was first");
        assert!(!scenarios::save(&mut tx, &changed, 2)?, "nobody saw version 2");
        assert!(scenarios::save(&mut tx, &changed, 1)?);
        let alone =
            Scenario { plan: one, source: None, copied: None, pay, archived_from: None, ..changed.clone() };
        assert!(scenarios::save(&mut tx, &alone, 0)?);
        let found = scenarios::all(&mut tx)?;
        assert_eq!(found, [alone, Scenario { version: 2, ..changed }]);
        Ok(())
    })
    .unwrap();
}
