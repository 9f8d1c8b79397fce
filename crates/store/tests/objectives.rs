//! Strategic objectives, the targets that serve them, and targets that a person scores.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_domain::planning::rubric::{Score, State};
use dacheng_store::objectives::{self, Carried, Objective};
use dacheng_store::plans::{self, Plan};
use dacheng_store::rubrics::{self, Rubric};
use dacheng_store::targets::{self, Cell, OwnerKind};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Write};

fn objective(code: &str, year: i64) -> Objective {
    Objective {
        id: 0,
        code: code.to_owned(),
        name: "拓展华东市场".to_owned(),
        description: "三年内份额第一".to_owned(),
        year,
        owner: "d1".to_owned(),
        created_at: 7,
        actor: "o1".to_owned(),
        version: 1,
    }
}

fn plan(tx: &mut Write, code: &str, state: &str) -> Result<i64> {
    let plan = Plan {
        id: 0,
        code: code.to_owned(),
        name: code.to_owned(),
        year: 2026,
        state: state.to_owned(),
        basis: "{}".to_owned(),
        reason: None,
        created_at: 1,
        actor: "o1".to_owned(),
        version: 1,
    };
    Ok(plans::insert(tx, &plan)?.unwrap())
}

#[test]
fn an_objective_is_kept_changed_by_who_saw_it_and_listed_by_year() {
    on_both(|store| {
        let mut tx = store.write()?;
        let new = objective("S1", 2026);
        let id = objectives::insert(&mut tx, &new)?.unwrap();
        assert_eq!(objectives::insert(&mut tx, &new)?, None, "the code is taken");
        assert!(objectives::insert(&mut tx, &objective("S0", 2027))?.is_some());
        let kept = objectives::by_code(&mut tx, "S1")?.unwrap();
        assert_eq!(kept, Objective { id, ..new });
        let changed = Objective { name: "深耕".to_owned(), owner: "r1".to_owned(), ..kept };
        assert!(!objectives::update(&mut tx, &changed, 2)?, "nobody saw version 2");
        assert!(objectives::update(&mut tx, &changed, 1)?);
        assert_eq!(objectives::by_code(&mut tx, "S1")?, Some(Objective { version: 2, ..changed }));
        assert_eq!(objectives::by_code(&mut tx, "S2")?, None);
        let codes: Vec<String> = objectives::all(&mut tx)?.into_iter().map(|own| own.code).collect();
        assert_eq!(codes, ["S0", "S1"]);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn targets_serve_objectives_and_what_units_carry_is_summed() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = objectives::insert(&mut tx, &objective("S1", 2026))?.unwrap();
        let (draft, past) = (plan(&mut tx, "2026", "draft")?, plan(&mut tx, "2025", "archived")?);
        let own = (draft, "revenue", "EAST");
        assert!(objectives::link(&mut tx, id, own, 9, "o1")?);
        assert!(!objectives::link(&mut tx, id, own, 9, "o1")?, "said already");
        assert!(objectives::link(&mut tx, id, (past, "revenue", ""), 9, "o1")?);
        let named = |links: Vec<objectives::Link>| -> Vec<(String, String)> {
            links.into_iter().map(|own| (own.plan, own.unit)).collect()
        };
        let pair = |plan: &str, unit: &str| (plan.to_owned(), unit.to_owned());
        assert_eq!(named(objectives::links(&mut tx, None)?), [pair("2026", "EAST")]);
        assert_eq!(named(objectives::links(&mut tx, Some(past))?), [pair("2025", "")]);
        let next = plan(&mut tx, "2026-B", "draft")?;
        assert_eq!(objectives::copy_links(&mut tx, (past, next), 2027, 9, "o1")?, 0, "it is of another year");
        assert_eq!(objectives::copy_links(&mut tx, (draft, next), 2026, 9, "o1")?, 1);
        assert_eq!(objectives::copy_links(&mut tx, (draft, next), 2026, 9, "o1")?, 0, "said already");
        assert_eq!(named(objectives::links(&mut tx, Some(next))?), [pair("2026-B", "EAST")]);
        assert!(objectives::unlink(&mut tx, id, own)?);
        assert!(!objectives::unlink(&mut tx, id, own)?);
        assert_eq!(objectives::links(&mut tx, Some(draft))?, []);

        let cell = |kind, owner: &str, month, amount| Cell {
            owner_kind: kind,
            owner: owner.to_owned(),
            product_line: String::new(),
            customer_type: String::new(),
            month,
            floor: None,
            amount,
            stretch: None,
        };
        let cells = [
            cell(OwnerKind::Unit, "EAST", 202_601, 5),
            cell(OwnerKind::Unit, "EAST", 202_602, 6),
            cell(OwnerKind::Member, "s1", 202_601, 5),
        ];
        targets::replace(&mut tx, draft, "revenue", &cells)?;
        targets::replace(&mut tx, past, "revenue", &cells)?;
        let east = Carried {
            plan_id: draft,
            metric: "revenue".to_owned(),
            unit: "EAST".to_owned(),
            amount: 11,
            each: None,
        };
        assert_eq!(objectives::carried(&mut tx)?, [east]);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_qualitative_target_waits_for_its_rater_and_is_scored_once() {
    on_both(|store| {
        let mut tx = store.write()?;
        let new = Rubric {
            id: 0,
            name: "渠道伙伴关系".to_owned(),
            owner_kind: OwnerKind::Member,
            owner: "s1".to_owned(),
            rater: "d1".to_owned(),
            months: (202_610, 202_612),
            target: Score::ALL[3],
            levels: ["一", "二", "三", "四", "五"].map(str::to_owned),
            state: State::Set,
            score: None,
            note: None,
            rated_at: None,
            created_at: 7,
            actor: "t1".to_owned(),
            version: 1,
        };
        let (one, other) = (rubrics::insert(&mut tx, &new)?, rubrics::insert(&mut tx, &new)?);
        assert_eq!(rubrics::by_id(&mut tx, one)?, Some(Rubric { id: one, ..new.clone() }));
        assert_eq!(rubrics::by_id(&mut tx, other + 1)?, None);
        let ids = |found: Vec<Rubric>| found.into_iter().map(|own| own.id).collect::<Vec<_>>();
        assert_eq!(ids(rubrics::part(&mut tx, i64::MAX, 10)?), [other, one]);
        assert_eq!(ids(rubrics::part(&mut tx, other, 10)?), [one]);
        assert_eq!(ids(rubrics::part(&mut tx, i64::MAX, 1)?), [other]);
        assert_eq!(ids(rubrics::waiting(&mut tx, "d1", 202_610)?), [one, other]);
        assert_eq!(rubrics::waiting(&mut tx, "d1", 202_609)?, [], "it has not begun");
        assert_eq!(rubrics::waiting(&mut tx, "s1", 202_610)?, []);
        assert_eq!(ids(rubrics::within(&mut tx, (202_612, 202_701))?), [one, other]);
        assert_eq!(ids(rubrics::within(&mut tx, (202_607, 202_609))?), [0; 0], "it had not begun");
        assert!(rubrics::any(&mut tx)?);
        assert!(!rubrics::rate(&mut tx, (one, 2), Score::ALL[4], None, 9)?, "nobody saw version 2");
        assert!(rubrics::rate(&mut tx, (one, 1), Score::ALL[4], Some("超出预期"), 9)?);
        let rated = rubrics::by_id(&mut tx, one)?.unwrap();
        assert_eq!((rated.state, rated.score, rated.version), (State::Rated, Some(Score::ALL[4]), 2));
        assert_eq!((rated.note.as_deref(), rated.rated_at), (Some("超出预期"), Some(9)));
        assert_eq!(ids(rubrics::waiting(&mut tx, "d1", 202_612)?), [other]);
        tx.commit()
    })
    .unwrap();
}
