//! Search and lists show the same, in every role: what a list does not show is not found, and what it shows is.

use std::collections::BTreeSet;

use dacheng_app::figures::{Look, member, tree};
use dacheng_app::people::directory;
use dacheng_app::planning;
use dacheng_app::search::Kind;
use dacheng_app::testing::{company, load, on_both};
use dacheng_app::tracking::alerts::{AlertRow, Filter, alerts};
use dacheng_app::{App, Context};
use dacheng_domain::calendar::{Month, Period};
use dacheng_domain::facts::kind::Kind as Fact;
use dacheng_domain::metrics::Metric;
use dacheng_rollup::Owner;
use jiff::civil::Date;

use crate::{found, organisation, person};

/// Everything that is found of a kind by any name or number of the company.
fn all_found(app: &App, context: &Context, kind: Kind) -> BTreeSet<String> {
    let organisation = organisation(app);
    let rows = organisation.rows();
    let members = rows.members.iter().map(|member| member.name.clone());
    let units = rows.units.iter().map(|unit| unit.name.clone());
    let others = ["年度", "2026", "管理员", "审计", "yj", "1"].map(str::to_owned);
    let typed = members.chain(units).chain(others);
    typed.flat_map(|typed| found(app, context, kind, &typed)).collect()
}

/// Units as the tree of targets lists them, and the members whose page opens; all that the tree lists are among them.
fn listed(app: &App, context: &Context) -> (BTreeSet<String>, BTreeSet<String>) {
    let month = Month::new(2026, 11).unwrap();
    let look = Look::now(Metric::Revenue, Period::Month(month));
    let open = organisation(app).rows().units.iter().map(|unit| unit.code.to_string()).collect();
    let (mut units, mut members, mut opens) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    if let Ok(tree) = tree::tree(app, context, look, Some(open), None) {
        for row in tree.rows {
            match row.named.owner {
                Owner::Unit(code) => units.insert(code),
                Owner::Member(code) => members.insert(code),
                Owner::Company => false,
            };
        }
    }
    let organisation = organisation(app);
    for row in &organisation.rows().members {
        let mut seats = organisation.seats_on(row.id, context.today);
        let opens_at = |unit: &str| member::member(app, context, (unit, row.code.as_str()), look).is_ok();
        if seats.any(|seat| opens_at(organisation.unit(seat.unit).unwrap().code.as_str())) {
            opens.insert(row.code.to_string());
        }
    }
    assert!(members.is_subset(&opens), "{members:?} {opens:?}");
    (units, opens)
}

#[test]
fn whoever_searches_finds_what_their_lists_show_and_nothing_else() {
    on_both(|app| {
        company::make(app);
        let mut with_people = 0;
        for (login, role) in company::PEOPLE {
            let context = person(app, login);
            let (units, members) = listed(app, &context);
            with_people += usize::from(members.len() > 1);
            let found = |kind| all_found(app, &context, kind);
            assert_eq!(found(Kind::Unit), units, "units of {login}, {role:?}");
            assert_eq!(found(Kind::Person), members, "people of {login}, {role:?}");

            let rows = alerts(app, &context, &Filter::default()).unwrap_or_default();
            let numbers: BTreeSet<String> = rows.iter().map(|row| row.id.to_string()).collect();
            assert_eq!(found(Kind::Alert), numbers, "alerts of {login}, {role:?}");
            let plan = |row: &AlertRow| Some(row.plan.as_ref()?.id.to_string());
            let plans: BTreeSet<String> = rows.iter().filter_map(plan).collect();
            assert_eq!(found(Kind::ImprovementPlan), plans, "improvement plans of {login}, {role:?}");

            let plans = planning::list(app, &context).unwrap().into_iter().map(|plan| plan.code).collect();
            assert_eq!(found(Kind::Plan), plans, "plans of {login}, {role:?}");

            let everybody = directory::Search::default();
            let accounts = directory::list(app, &context, &organisation(app), &everybody, (0, 1_000));
            let accounts = accounts.map_or_else(
                |_| BTreeSet::new(),
                |page| page.people.into_iter().filter_map(|person| Some(person.account?.login)).collect(),
            );
            assert_eq!(found(Kind::Account), accounts, "accounts of {login}, {role:?}");
        }
        assert!(with_people > 5, "the lists of {with_people} roles have people");
    });
}

#[test]
fn who_moved_is_found_by_the_new_leader_and_their_old_alerts_by_the_old_one() {
    on_both(|app| {
        company::make(app);
        let moved = Date::constant(2026, 11, 1);
        load(
            app,
            Fact::Members,
            &format!(
                "member,name,unit,position,hired,left,valid_from\ns4,冯镕,E1,specialist,2022-01-01,,{moved}\n"
            ),
        );
        let (old, new) = (person(app, "t2"), person(app, "t1"));
        assert_eq!(found(app, &new, Kind::Person, "fengrong"), ["s4"]);
        assert_eq!(found(app, &old, Kind::Person, "fengrong"), [""; 0]);
        assert_eq!(found(app, &new, Kind::Alert, "fengrong"), [""; 0]);
        assert!(!found(app, &old, Kind::Alert, "fengrong").is_empty());
    });
}
