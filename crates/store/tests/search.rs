//! The index of the search: terms are added once, found in order and by pages, and made anew.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_domain::search::{Extent, Named, Query, Step, Way, terms};
use dacheng_domain::tracking::alert::{Level, Remedy, Window};
use dacheng_store::accounts::{self, AccountId};
use dacheng_store::alerts::{self, Alert, Evidence, State};
use dacheng_store::improvement::Plan;
use dacheng_store::search::{self, Entry, Finding, Kind};
use dacheng_store::targets::OwnerKind;
use dacheng_store::testing::on_both;
use dacheng_store::{Read, Result};
use jiff::civil::date;

fn entry(kind: Kind, code: &str, name: &str) -> Entry {
    Entry { kind, key: code.to_owned(), terms: terms(&Named { codes: &[code], names: &[name] }) }
}

fn keys(tx: &mut Read, kind: Kind, typed: &str, way: Way, extent: Extent) -> Vec<String> {
    let query = Query::read(typed).unwrap();
    let steps: Vec<Step<'_>> = query.steps();
    let step = steps.iter().find(|step| step.way == way && step.extent == extent).unwrap();
    let found = search::page(tx, kind, step, None, 100).unwrap();
    assert!(found.is_sorted());
    found.into_iter().map(|finding| finding.key).collect()
}

#[test]
fn what_was_added_is_found_by_kind_way_and_beginning() -> Result<()> {
    on_both(|store| {
        let mut tx = store.write()?;
        let entries = [
            entry(Kind::Member, "b", "李喆"),
            entry(Kind::Member, "a", "李喆"),
            entry(Kind::Member, "c", "李喆明"),
            entry(Kind::Unit, "li", "李家庄"),
        ];
        search::add(&mut tx, &entries)?;
        // Terms that are there already are no trouble, neither in the same statement nor later.
        search::add(&mut tx, &[entries[0].clone(), entries[0].clone(), entry(Kind::Member, "d", "Li Wei")])?;
        search::add(&mut tx, &[])?;
        tx.commit()?;
        let mut tx = store.read()?;
        let begins = Extent::Beginning;
        assert_eq!(keys(&mut tx, Kind::Member, "李喆", Way::Name, begins), ["a", "b", "c"]);
        assert_eq!(keys(&mut tx, Kind::Member, "喆", Way::Within, begins), ["a", "b", "c"]);
        assert_eq!(
            keys(&mut tx, Kind::Member, "lizhem", Way::Pinyin, begins),
            ["c", "c"],
            "明 is read ming and meng"
        );
        assert_eq!(keys(&mut tx, Kind::Member, "lz", Way::Initials, begins), ["a", "b", "c"]);
        assert_eq!(keys(&mut tx, Kind::Member, "li", Way::Name, begins), ["d"]);
        assert_eq!(keys(&mut tx, Kind::Unit, "LI", Way::Code, Extent::Whole), ["li"]);
        assert_eq!(keys(&mut tx, Kind::Unit, "l", Way::Code, Extent::Whole), [""; 0]);
        assert_eq!(keys(&mut tx, Kind::Plan, "li", Way::Name, begins), [""; 0]);
        Ok(())
    })
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() -> Result<()> {
    on_both(|store| {
        let mut tx = store.write()?;
        let entries: Vec<Entry> = (0..25).map(|n| entry(Kind::Account, &format!("{n:02}"), "王")).collect();
        search::add(&mut tx, &entries)?;
        let query = Query::read("王").unwrap();
        let step = query.steps().into_iter().find(|step| step.way == Way::Name).unwrap();
        let (mut seen, mut last): (Vec<Finding>, Option<Finding>) = (Vec::new(), None);
        loop {
            let page = search::page(&mut tx, Kind::Account, &step, last.as_ref(), 7)?;
            seen.extend(page.iter().cloned());
            match page.last() {
                Some(finding) if page.len() == 7 => last = Some(finding.clone()),
                Some(_) | None => break,
            }
        }
        let keys: Vec<String> = seen.into_iter().map(|finding| finding.key).collect();
        assert_eq!(keys, (0..25).map(|n| format!("{n:02}")).collect::<Vec<_>>());
        Ok(())
    })
}

#[test]
fn terms_are_made_anew_by_new_rules() -> Result<()> {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(search::rules(&mut tx)?, 0);
        search::add(&mut tx, &[entry(Kind::Plan, "2026", "年度目标")])?;
        search::begin_anew(&mut tx, 3)?;
        assert_eq!(search::rules(&mut tx)?, 3);
        assert_eq!(keys(&mut tx, Kind::Plan, "2026", Way::Code, Extent::Whole), [""; 0]);
        assert_eq!(search::names_of_units(&mut tx)?, []);
        assert_eq!(search::names_of_members(&mut tx)?, []);
        Ok(())
    })
}

#[test]
fn what_is_found_is_read_in_one_question_a_kind() -> Result<()> {
    on_both(|store| {
        let mut tx = store.write()?;
        let new = |login| accounts::New {
            login,
            name: "李喆",
            member: None,
            language: "zh-CN",
            theme: "system",
            created_at: 1,
        };
        let first = accounts::insert(&mut tx, &new("a"))?.unwrap();
        let second = accounts::insert(&mut tx, &new("b"))?.unwrap();
        let found = accounts::of_ids(&mut tx, &[second, AccountId(99), first])?;
        assert_eq!(found.iter().map(|own| own.login.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        Ok(())
    })
}

fn alert(id: i64, owner: &str, month: i64) -> Alert {
    Alert {
        id,
        owner_kind: OwnerKind::Member,
        owner: owner.into(),
        metric: "revenue".into(),
        month,
        level: Level::Red,
        remedy: Remedy::ImprovementPlan,
        state: State::Open,
        judged: Window::Month,
        rule_version: 1,
        evidence: Evidence { actual: 1, target: 2, previous_actual: None, previous_target: None },
        raised_on: date(2026, 9, 1),
        ended_on: None,
        plan: None,
    }
}

#[test]
fn alerts_are_found_by_number_and_by_whose_they_are() -> Result<()> {
    on_both(|store| {
        let mut tx = store.write()?;
        let all = [
            alert(1, "喆", 202_512),
            alert(2, "喆", 202_601),
            alert(3, "b", 202_511),
            alert(4, "c", 202_602),
        ];
        alerts::append(&mut tx, &all)?;
        let ids =
            |found: Vec<(Alert, Option<Plan>)>| found.into_iter().map(|(own, _)| own.id).collect::<Vec<_>>();
        assert_eq!(ids(alerts::of_ids(&mut tx, &[1, 3, 2, 99])?), [2, 1, 3], "the newest first");
        assert_eq!(alerts::of_ids(&mut tx, &[])?, []);
        assert_eq!(ids(alerts::newest_of(&mut tx, OwnerKind::Member, &["喆", "b"], 2)?), [2, 1]);
        assert_eq!(alerts::newest_of(&mut tx, OwnerKind::Unit, &["喆"], 10)?, []);
        assert_eq!(alerts::newest_of(&mut tx, OwnerKind::Member, &[], 10)?, []);
        assert_eq!(alerts::numbers(&mut tx)?, [(1, 202_512), (2, 202_601), (3, 202_511), (4, 202_602)]);
        Ok(())
    })
}
