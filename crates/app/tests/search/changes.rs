//! What is found follows every change at once: imports, renames, undos, leavers, refusals, plans, accounts, alerts.

use dacheng_app::facts::undo::undo;
use dacheng_app::people::accounts::{self, Change};
use dacheng_app::planning::{NewPlan, create};
use dacheng_app::search::{Kind, complete, search};
use dacheng_app::testing::{company, import_text, load, on_both, operator};
use dacheng_app::{Actor, Error};
use dacheng_domain::facts::kind::Kind as Fact;
use dacheng_domain::planning::{RecognisedAt, RevenueBasis, Tax};
use dacheng_text::Lang;

use crate::{code, found, of_kind, organisation};

#[test]
fn everything_of_the_company_is_found_by_what_people_type() {
    on_both(|app| {
        company::make(app);
        let all = operator(app);
        for typed in ["李", "喆", "李喆", "lizhe", "li zhe", "lz", "S1", "ｌｚ", "Zhe Li"] {
            assert!(found(app, &all, Kind::Person, typed).contains(&"s1".to_owned()), "{typed}");
        }
        for typed in ["华东", "东大", "huadong", "hddq", "east", "EA"] {
            assert_eq!(found(app, &all, Kind::Unit, typed), ["EAST"], "{typed}");
        }
        assert_eq!(
            found(app, &all, Kind::Person, "s1"),
            ["s1"],
            "the exact number alone, then what begins so"
        );
        assert_eq!(
            found(app, &all, Kind::Person, "s"),
            ["s6", "f2", "t3", "h1", "k1", "s1", "s2", "s3", "s4", "s5"]
        );
        assert_eq!(found(app, &all, Kind::Plan, "2026"), ["2026"]);
        assert_eq!(found(app, &all, Kind::Account, "审计"), ["aud"]);
        // 冯镕 was yellow in September and red in October, of both metrics; 吴堃 yellow in October.
        let of_feng = found(app, &all, Kind::Alert, "fengrong");
        assert!(of_feng.len() >= 2, "{of_feng:?}");
        let number = format!("yj-2026-{:0>4}", of_feng[0]);
        assert_eq!(found(app, &all, Kind::Alert, &number), [of_feng[0].clone()]);
        assert!(found(app, &all, Kind::Alert, "YJ-2026").len() >= 3);
        assert!(!found(app, &all, Kind::ImprovementPlan, "冯镕").is_empty());
        assert_eq!(search(app, &all, " - ", 20).unwrap(), []);
        let nobody = app.context(Actor::Visitor, Lang::Zh);
        assert!(matches!(search(app, &nobody, "李", 20), Err(Error::NotSignedIn)));
    });
}

#[test]
fn a_new_name_finds_at_once_and_the_old_one_no_more_until_it_is_undone() {
    on_both(|app| {
        company::make(app);
        let all = operator(app);
        let renamed = load(app, Fact::Members, "member,name\ns1,欧阳黎\n").import.unwrap();
        assert_eq!(found(app, &all, Kind::Person, "ouyang"), ["s1"]);
        assert_eq!(found(app, &all, Kind::Person, "李喆"), [""; 0]);
        assert_eq!(found(app, &all, Kind::Person, "lizhe"), [""; 0]);
        undo(app, &all, renamed).unwrap();
        assert_eq!(found(app, &all, Kind::Person, "ouyang"), [""; 0]);
        assert_eq!(found(app, &all, Kind::Person, "李喆"), ["s1"]);
        load(app, Fact::Members, "member,name\ns1,欧阳黎\n");
        assert_eq!(found(app, &all, Kind::Person, "oyl"), ["s1"], "the same terms once more");
        load(app, Fact::Units, "unit,name\nEAST,大华东区\n");
        assert_eq!(found(app, &all, Kind::Unit, "dhdq"), ["EAST"]);
        assert_eq!(found(app, &all, Kind::Unit, "hddq"), [""; 0]);
    });
}

#[test]
fn who_has_left_is_no_longer_found_and_who_is_new_is() {
    on_both(|app| {
        company::make(app);
        let all = operator(app);
        load(
            app,
            Fact::Members,
            "member,name,unit,position,hired,left\ns1,李喆,E1,specialist,2022-01-01,2026-11-20\n",
        );
        assert_eq!(found(app, &all, Kind::Person, "李喆"), [""; 0]);
        load(app, Fact::Members, "member,name,unit,position,hired\nn1,查良镛,E1,specialist,2026-11-01\n");
        assert_eq!(found(app, &all, Kind::Person, "zhal"), ["n1"]);
    });
}

#[test]
fn what_a_refused_file_would_have_named_is_not_found() {
    on_both(|app| {
        company::make(app);
        let all = operator(app);
        let text = "member,name,unit,position,hired\nn1,司马光,E1,specialist,2026-11-01\nn2,司马迁,nowhere,specialist,2026-11-01\n";
        let refused = import_text(app, Fact::Members, text).unwrap();
        assert!(!refused.problems.is_empty());
        assert_eq!(found(app, &all, Kind::Person, "司马"), [""; 0]);
    });
}

#[test]
fn plans_and_accounts_are_found_with_the_change_that_names_them() {
    on_both(|app| {
        company::make(app);
        let all = operator(app);
        let basis = RevenueBasis { recognised_at: RecognisedAt::Signing, tax: Tax::Included };
        let new = NewPlan { year: 2027, code: Some("2027-B".into()), name: "稳健方案".into(), basis };
        create(app, &all, &new).unwrap();
        assert_eq!(found(app, &all, Kind::Plan, "wjfa"), ["2027-B"]);
        assert_eq!(found(app, &all, Kind::Plan, "2027b"), ["2027-B"]);
        let account =
            dacheng_store::accounts::by_login(&mut app.store.read().unwrap(), "aud").unwrap().unwrap();
        let change = Change { name: "包拯", member: None };
        accounts::change(app, &all, &organisation(app), (account.id, account.version), &change).unwrap();
        assert_eq!(found(app, &all, Kind::Account, "baozheng"), ["aud"]);
        assert_eq!(found(app, &all, Kind::Account, "审计"), [""; 0]);
    });
}

#[test]
fn terms_made_anew_find_the_same_also_what_an_undo_brings_back() {
    on_both(|app| {
        company::make(app);
        let all = operator(app);
        let renamed = load(app, Fact::Members, "member,name\ns1,欧阳黎\n").import.unwrap();
        let typed = ["李", "华东", "hddq", "2026", "s", "YJ-2026", "审计", "fengrong", "ouyang"];
        let everything = || {
            typed.map(|typed| {
                let parts = search(app, &all, typed, 50).unwrap();
                Kind::ALL.map(|kind| of_kind(&parts, kind))
            })
        };
        let before = everything();
        let mut tx = app.store.write().unwrap();
        dacheng_store::search::begin_anew(&mut tx, 0).unwrap();
        tx.commit().unwrap();
        assert!(everything().iter().flatten().all(Vec::is_empty));
        complete(app).unwrap();
        assert_eq!(everything(), before);
        complete(app).unwrap();
        assert_eq!(everything(), before);
        undo(app, &all, renamed).unwrap();
        assert_eq!(found(app, &all, Kind::Person, "李喆"), ["s1"]);
        let parts = search(app, &all, "s", 3).unwrap();
        assert_eq!(parts[0].hits.iter().map(code).collect::<Vec<_>>(), ["s6", "f2", "t3"], "the best first");
        assert_eq!(parts[0].more, dacheng_app::search::More::Yes);
    });
}
