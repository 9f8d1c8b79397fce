//! The contract of what a company keeps about its own metrics, their values, weights and averages, on both engines.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::collections::BTreeMap;

use dacheng_store::metric_values::{self, MetricValue};
use dacheng_store::plan_weights;
use dacheng_store::target_forms::{self, Average};
use dacheng_store::targets::OwnerKind;
use dacheng_store::testing::on_both;
use dacheng_store::{Write, plans, settings};

fn value(owner: &str, month: i64, version: i64, amount: Option<i64>, at: i64) -> MetricValue {
    MetricValue {
        metric: "events".to_owned(),
        owner_kind: OwnerKind::Member,
        owner: owner.to_owned(),
        month,
        version,
        amount,
        note: "三场".to_owned(),
        recorded_at: at,
        actor: "t1".to_owned(),
    }
}

#[test]
fn a_value_keeps_its_versions_and_stands_as_it_was_known_at_an_instant() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(metric_values::last_entered(&mut tx, "events")?, None);
        let first = value("s1", 202_610, 1, Some(3), 10);
        let second = value("s1", 202_610, 2, Some(4), 20);
        let taken_back = value("s2", 202_611, 1, None, 30);
        assert!(metric_values::append(&mut tx, &first)?);
        assert!(!metric_values::append(&mut tx, &first)?, "there is a first version");
        assert!(
            !metric_values::append(&mut tx, &value("s1", 202_610, 3, Some(9), 15))?,
            "there is no second"
        );
        assert!(metric_values::append(&mut tx, &second)?);
        assert!(metric_values::append(&mut tx, &taken_back)?);
        let mut standing = |months, until| metric_values::standing(&mut tx, "events", months, until);
        assert_eq!(standing((202_610, 202_611), i64::MAX)?, [second.clone(), taken_back.clone()]);
        assert_eq!(standing((202_610, 202_611), 19)?, std::slice::from_ref(&first));
        assert_eq!(standing((202_610, 202_611), 9)?, []);
        assert_eq!(standing((202_611, 202_612), i64::MAX)?, [taken_back]);
        let of = (OwnerKind::Member, "s1");
        assert_eq!(metric_values::versions(&mut tx, "events", of, 202_610)?, [second, first]);
        assert_eq!(metric_values::versions(&mut tx, "events", (OwnerKind::Unit, "s1"), 202_610)?, []);
        assert_eq!(metric_values::last_entered(&mut tx, "events")?, Some(30));
        tx.commit()
    })
    .unwrap();
}

#[test]
fn the_version_of_a_setting_is_read_without_it() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(settings::version(&mut tx, "own_metrics")?, 0);
        assert!(settings::append(&mut tx, "own_metrics", 0, "[]", 1, "t1")?);
        assert!(settings::append(&mut tx, "own_metrics", 1, "[]", 2, "t1")?);
        assert_eq!(settings::version(&mut tx, "own_metrics")?, 2);
        assert_eq!(settings::version(&mut tx, "metrics")?, 0);
        tx.commit()
    })
    .unwrap();
}

fn plan(tx: &mut Write) -> dacheng_store::Result<i64> {
    let plan = plans::Plan {
        id: 0,
        code: "2026".to_owned(),
        name: "2026".to_owned(),
        year: 2026,
        state: "draft".to_owned(),
        basis: "{}".to_owned(),
        reason: None,
        created_at: 1,
        actor: "t1".to_owned(),
        version: 1,
    };
    Ok(plans::insert(tx, &plan)?.unwrap())
}

#[test]
fn weights_are_added_only_by_who_saw_the_newest() {
    on_both(|store| {
        let mut tx = store.write()?;
        let plan = plan(&mut tx)?;
        let by = (5, "t1");
        assert_eq!(plan_weights::current(&mut tx, plan)?, BTreeMap::new());
        assert!(plan_weights::append(&mut tx, (plan, "revenue"), 0, 50, by)?);
        assert!(!plan_weights::append(&mut tx, (plan, "revenue"), 0, 40, by)?);
        assert!(plan_weights::append(&mut tx, (plan, "revenue"), 1, 40, by)?);
        assert!(plan_weights::append(&mut tx, (plan, "visits"), 0, 60, by)?);
        let expected = [("revenue".to_owned(), (40, 2)), ("visits".to_owned(), (60, 1))];
        assert_eq!(plan_weights::current(&mut tx, plan)?, expected.into());
        assert_eq!(plan_weights::current(&mut tx, plan + 1)?, BTreeMap::new());
        tx.commit()
    })
    .unwrap();
}

#[test]
fn an_average_gives_way_to_what_is_set_over_its_months() {
    on_both(|store| {
        let mut tx = store.write()?;
        let plan = plan(&mut tx)?;
        let average = |months, amount| Average {
            metric: "visits".to_owned(),
            owner_kind: OwnerKind::Member,
            owner: "s1".to_owned(),
            months,
            amount,
        };
        let (third, fourth) = (average((202_607, 202_609), 8), average((202_610, 202_612), 9));
        target_forms::note(&mut tx, plan, &third, (5, "t1"))?;
        target_forms::note(&mut tx, plan, &fourth, (5, "t1"))?;
        assert_eq!(target_forms::of_metric(&mut tx, (plan, "visits"))?, [third.clone(), fourth.clone()]);
        let again = average((202_609, 202_609), 7);
        target_forms::note(&mut tx, plan, &again, (6, "t1"))?;
        assert_eq!(target_forms::of_metric(&mut tx, (plan, "visits"))?, [again, fourth]);
        target_forms::forget(&mut tx, plan, &average((202_601, 202_612), 0))?;
        assert_eq!(target_forms::of_metric(&mut tx, (plan, "visits"))?, []);
        tx.commit()
    })
    .unwrap();
}
