//! What people say of a period, and leaders beside it, on both engines: every version stays, the newest of a week counts.

use dacheng_domain::tracking::statement::{Reach, Said};
use dacheng_store::statements::{self, Judgement, Statement};
use dacheng_store::testing::on_both;

fn said(week: i64, member: &str, version: i64, commit: i64) -> Statement {
    Statement {
        metric: "revenue".into(),
        week,
        member: member.into(),
        version,
        month: 202_611,
        quarter: 202_610,
        of_month: Said { commit, best: commit + 1 },
        of_quarter: Said { commit: commit * 3, best: i64::MAX },
        note: "镕'\"\n".into(),
        recorded_at: 1_000 * version,
        actor: member.into(),
    }
}

fn judged(week: i64, member: &str, version: i64, amount: Option<i64>) -> Judgement {
    Judgement {
        metric: "revenue".into(),
        week,
        member: member.into(),
        reach: Reach::Month,
        version,
        first_month: 202_611,
        amount,
        reason: "客户推迟".into(),
        recorded_at: 9,
        actor: "t1".into(),
    }
}

#[test]
fn every_version_stays_and_the_newest_of_a_week_counts() {
    on_both(|store| {
        let mut tx = store.write()?;
        let all = [
            said(20, "a", 1, 5),
            said(20, "a", 2, 7),
            said(20, "b", 1, 3),
            said(27, "a", 1, 9),
            said(34, "b", 1, 1),
        ];
        let other = Statement { metric: "collections".into(), ..said(20, "a", 1, 8) };
        statements::append_all(&mut tx, &all)?;
        assert!(statements::append(&mut tx, &other)?);
        let month = (Reach::Month, 202_611);
        let newest = statements::of_period(&mut tx, "revenue", month, 27)?;
        assert_eq!(newest, [all[1].clone(), all[3].clone(), all[2].clone()]);
        assert_eq!(statements::of_period(&mut tx, "revenue", (Reach::Quarter, 202_610), 27)?, newest);
        assert!(statements::of_period(&mut tx, "revenue", (Reach::Month, 202_610), 27)?.is_empty());
        assert_eq!(statements::of_period(&mut tx, "collections", month, 27)?, [other]);
        let found = statements::of_members(&mut tx, "revenue", (20, 34), &["b", "x"])?;
        assert_eq!(found, [all[2].clone(), all[4].clone()]);
        assert_eq!(found[0].said(Reach::Month).commit, 3);
        assert_eq!(found[0].said(Reach::Quarter).commit, 9);
        let own = statements::versions(&mut tx, "revenue", (20, 26), "a")?;
        assert_eq!(own, [all[0].clone(), all[1].clone()]);
        let first = statements::first_said(&mut tx, "revenue", 20)?;
        assert_eq!(first, [("a".to_owned(), 1_000), ("b".to_owned(), 1_000)]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_version_that_is_there_is_not_written_again() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert!(statements::append(&mut tx, &said(20, "a", 1, 5))?);
        assert!(!statements::append(&mut tx, &said(20, "a", 1, 6))?);
        assert_eq!(statements::versions(&mut tx, "revenue", (20, 20), "a")?, [said(20, "a", 1, 5)]);
        assert!(statements::judge(&mut tx, &judged(20, "a", 1, Some(5)))?);
        assert!(!statements::judge(&mut tx, &judged(20, "a", 1, None))?);
        Ok(())
    })
    .unwrap();
}

#[test]
fn what_leaders_say_is_kept_beside_by_period() {
    on_both(|store| {
        let mut tx = store.write()?;
        let quarter =
            Judgement { reach: Reach::Quarter, first_month: 202_610, ..judged(20, "a", 1, Some(4)) };
        let all = [judged(20, "a", 1, Some(5)), judged(20, "a", 2, None), judged(27, "a", 1, Some(6))];
        statements::judge_all(&mut tx, &all)?;
        assert!(statements::judge(&mut tx, &quarter)?);
        let month = (Reach::Month, 202_611);
        assert_eq!(statements::judgements(&mut tx, "revenue", month, 26)?, all[..2]);
        assert_eq!(statements::judgements(&mut tx, "revenue", month, 27)?, all);
        let found = statements::judgements(&mut tx, "revenue", (Reach::Quarter, 202_610), 90)?;
        assert_eq!(found, [quarter]);
        Ok(())
    })
    .unwrap();
}
