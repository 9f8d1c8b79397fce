//! Plans: made, submitted, put in force once a year, archived; and who carries nothing.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not there")]

use std::sync::Barrier;

use dacheng_app::allocation::{BreakDown, Declaration, Method, Owner, Split, apply, grid};
use dacheng_app::people::access::{Access, Holder};
use dacheng_app::planning::{
    ByMonth, NewPlan, PlanView, PutInForce, SetTotal, Total, archive, by_code, coverage, create, list,
    overview, put_in_force, send_back, set_total, submit,
};
use dacheng_app::testing::{load, on_both, operator};
use dacheng_app::{App, Context, Error};
use dacheng_domain::Ratio;
use dacheng_domain::access::{AccountId, Role};
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::{Gap, RecognisedAt, RevenueBasis, State, Tax};
use dacheng_store::audit;
use dacheng_store::posts::{Post, PostId};
use jiff::civil::date;

const BASIS: RevenueBasis = RevenueBasis { recognised_at: RecognisedAt::Signing, tax: Tax::Included };

fn company(app: &App) {
    load(app, Kind::Units, "unit,name,parent,leader\nall,公司,,\nN,华北,all,\nS,华南,all,\n");
    load(
        app,
        Kind::Members,
        "member,name,unit,position,hired,left\nm1,喆,N,specialist,2020-01-01,\nm2,堃,N,specialist,2020-01-01,2027-06-30\n\
         m3,赟,S,specialist,2026-12-20,\n",
    );
}

fn plan(app: &App, code: &str) -> PlanView {
    let new = NewPlan { year: 2027, code: Some(code.into()), name: String::new(), basis: BASIS };
    create(app, &operator(app), &new).unwrap()
}

fn total(app: &App, code: &str, target: i64) {
    let total = Total::Year { target, floor: None, stretch: None, by: ByMonth::Even, rounding: 1 };
    let request = SetTotal { plan: code.into(), metric: Metric::Revenue, total, seen: 0 };
    set_total(app, &operator(app), &request).unwrap();
}

fn broken_down(app: &App, code: &str, unit: &str) {
    let request = BreakDown {
        plan: code.into(),
        metric: Metric::Revenue,
        unit: unit.into(),
        split: Split::By { method: Method::Even, rounding: 1, bounds: vec![] },
        leaders: vec![],
        declared: Declaration::default(),
    };
    apply(app, &operator(app), &request, 0).unwrap();
}

fn reviewed(app: &App, code: &str) -> PlanView {
    plan(app, code);
    total(app, code, 1_200_000);
    submit(app, &operator(app), code, 1).unwrap()
}

fn sentences(error: Error) -> Vec<String> {
    match error {
        Error::Refused(sentences) => sentences,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_plan_is_made_as_a_draft_with_the_year_as_its_code() {
    on_both(|app| {
        let context = operator(app);
        let new = NewPlan { year: 2027, code: None, name: " ".into(), basis: BASIS };
        let made = create(app, &context, &new).unwrap();
        assert_eq!(
            (made.code.as_str(), made.name.as_str(), made.state),
            ("2027", "Targets of 2027", State::Draft)
        );
        assert!(sentences(create(app, &context, &new).unwrap_err())[0].contains("2027"));
        assert_eq!(list(app, &context).unwrap(), std::slice::from_ref(&made));
        assert_eq!(by_code(app, &context, "2027").unwrap(), made);
        assert!(matches!(by_code(app, &context, "2028"), Err(Error::Missing { .. })));
        for code in ["a/b", "a\u{7}", &"x".repeat(65)] {
            let new = NewPlan { code: Some(code.into()), ..new.clone() };
            assert!(matches!(create(app, &context, &new), Err(Error::Refused(_))), "{code}");
        }
        let mut leaves = 0;
        audit::each(&mut app.store.read().unwrap(), |_| leaves += 1).unwrap();
        assert_eq!(leaves, 1, "one entry for the one change");
    });
}

#[test]
fn a_plan_moves_only_from_the_version_that_was_seen() {
    on_both(|app| {
        company(app);
        let context = operator(app);
        let reviewed = reviewed(app, "a");
        assert_eq!((reviewed.state, reviewed.version), (State::Review, 2));
        assert!(matches!(submit(app, &context, "a", 1), Err(Error::Stale { seen: 1, found: 2 })));
        let reason = "数字有误".parse().unwrap();
        assert_eq!(send_back(app, &context, "a", 2, &reason).unwrap().state, State::Draft);
        assert!(matches!(send_back(app, &context, "a", 3, &reason), Err(Error::Refused(_))));
        assert_eq!(archive(app, &context, "a", 3, &reason).unwrap().state, State::Archived);
    });
}

#[test]
fn members_without_a_target_are_named_until_a_reason_is_recorded() {
    on_both(|app| {
        company(app);
        let context = operator(app);
        plan(app, "a");
        total(app, "a", 1_200_000);
        broken_down(app, "a", "all");
        broken_down(app, "a", "N");
        let gaps = coverage(app, &context, "a").unwrap().gaps;
        assert!(gaps.iter().all(|gap| gap.member == Owner::member("m3") && gap.gap == Gap::NoTarget));
        assert_eq!(gaps.len(), 12, "somebody who left in June is not asked after it");
        submit(app, &context, "a", 1).unwrap();
        let request = PutInForce { plan: "a".into(), seen: 2, reason: None, told: None };
        let named = sentences(put_in_force(app, &context, &request).unwrap_err());
        assert!(named[0].starts_with("12 gaps") && named[1].contains("赟"), "{named:?}");
        assert_eq!(by_code(app, &context, "a").unwrap().state, State::Review);
        let request = PutInForce { reason: Some("待入职".parse().unwrap()), ..request };
        let in_force = put_in_force(app, &context, &request).unwrap();
        assert_eq!((in_force.state, in_force.reason.unwrap().as_str()), (State::InForce, "待入职"));
    });
}

#[test]
fn of_two_plans_of_a_year_one_comes_into_force() {
    on_both(|app| {
        company(app);
        reviewed(app, "a");
        reviewed(app, "b");
        let start = Barrier::new(2);
        let won: Vec<bool> = std::thread::scope(|scope| {
            let race = |code: &'static str| {
                let start = &start;
                scope.spawn(move || {
                    let reason = Some("试点".parse().unwrap());
                    start.wait();
                    put_in_force(
                        app,
                        &operator(app),
                        &PutInForce { plan: code.into(), seen: 2, reason, told: None },
                    )
                    .is_ok()
                })
            };
            [race("a"), race("b")].map(|thread| thread.join().unwrap()).to_vec()
        });
        assert_eq!(won.iter().filter(|won| **won).count(), 1, "{won:?}");
    });
}

#[test]
fn a_total_is_divided_into_months_exactly_and_only_in_a_draft() {
    on_both(|app| {
        company(app);
        let context = operator(app);
        plan(app, "a");
        let ask = |target, by, rounding, seen| SetTotal {
            plan: "a".into(),
            metric: Metric::Revenue,
            total: Total::Year { target, floor: Some(target / 2), stretch: Some(target * 2), by, rounding },
            seen,
        };
        let set = set_total(app, &context, &ask(100_000_000, ByMonth::WorkingDays, 1_000_000, 0)).unwrap();
        let sum: i64 = set.months.iter().map(|marks| marks.target).sum();
        assert_eq!((sum, set.version), (100_000_000, 1));
        assert!(set.months.iter().all(|marks| marks.target % 1_000_000 == 0));
        let floors: i64 = set.months.iter().map(|marks| marks.floor.unwrap()).sum();
        assert_eq!(floors, 50_000_000);
        let stale = set_total(app, &context, &ask(1, ByMonth::Even, 1, 0));
        assert!(matches!(stale, Err(Error::Stale { seen: 0, found: 1 })));
        let season = set_total(app, &context, &ask(1, ByMonth::Season, 1, 1));
        assert!(matches!(season, Err(Error::Refused(_))), "there is no history");
        let seen = overview(app, &context, "a", Metric::Revenue).unwrap();
        assert_eq!(seen.total.unwrap().1.sums.year, 100_000_000);
        assert_eq!((seen.version, seen.broken_down), (1, Ratio::new(0, 1)));
        submit(app, &context, "a", 1).unwrap();
        assert!(matches!(set_total(app, &context, &ask(1, ByMonth::Even, 1, 1)), Err(Error::Refused(_))));
    });
}

#[test]
fn the_season_of_last_year_is_followed() {
    on_both(|app| {
        company(app);
        load(app, Kind::Customers, "customer,name,region,type,owner,first_order\nc1,客,北,KA,,\n");
        load(
            app,
            Kind::Orders,
            "order,customer,member,date,amount,status\no1,c1,m1,2026-01-05,300.00,\no2,c1,m1,2026-07-05,100.00,\n",
        );
        plan(app, "a");
        let total =
            Total::Year { target: 80_000, floor: None, stretch: None, by: ByMonth::Season, rounding: 1 };
        let request = SetTotal { plan: "a".into(), metric: Metric::Revenue, total, seen: 0 };
        let months = set_total(app, &operator(app), &request).unwrap().months;
        assert_eq!((months[0].target, months[6].target, months[1].target), (60_000, 20_000, 0));
    });
}

fn somebody(app: &App, role: Role, unit: Option<&str>, member: Option<&str>) -> Context {
    let account = AccountId(7);
    let (starts, on) = (date(2026, 1, 1), date(2026, 11, 23));
    let post = Post { id: PostId(1), account, role, unit: unit.map(Into::into), starts, ends: None };
    let holder = Holder { account, member: member.map(Into::into), posts: vec![post], on };
    Context { access: Access::Session(holder), ..operator(app) }
}

#[test]
fn everybody_reads_and_changes_only_what_the_table_gives() {
    on_both(|app| {
        company(app);
        plan(app, "a");
        total(app, "a", 1_200_000);
        broken_down(app, "a", "all");
        broken_down(app, "a", "N");
        let specialist = somebody(app, Role::Specialist, Some("N"), Some("m1"));
        let finance = somebody(app, Role::Finance, None, None);
        let leader = somebody(app, Role::TeamLeader, Some("N"), None);
        let operations = somebody(app, Role::SalesOperations, None, None);
        let executive = somebody(app, Role::Executive, None, None);

        assert_eq!(list(app, &specialist).unwrap(), [], "a draft is not announced");
        assert!(matches!(by_code(app, &specialist, "a"), Err(Error::Missing { .. })));
        assert!(grid(app, &specialist, "a", Metric::Revenue, "N").is_err());
        let seen = grid(app, &finance, "a", Metric::Revenue, "N").unwrap();
        assert_eq!((seen.children.len(), seen.parent.is_some()), (0, true), "aggregates, no rows of persons");
        assert!(coverage(app, &finance, "a").is_err() && coverage(app, &operations, "a").is_ok());
        assert_eq!(grid(app, &leader, "a", Metric::Revenue, "N").unwrap().children.len(), 2);
        assert!(grid(app, &leader, "a", Metric::Revenue, "S").is_err());

        assert!(submit(app, &leader, "a", 1).is_err() && submit(app, &finance, "a", 1).is_err());
        submit(app, &operations, "a", 1).unwrap();
        let request =
            PutInForce { plan: "a".into(), seen: 2, reason: Some("待入职".parse().unwrap()), told: None };
        assert!(matches!(put_in_force(app, &operations, &request), Err(Error::Forbidden(_))));
        put_in_force(app, &executive, &request).unwrap();
        assert_eq!(list(app, &specialist).unwrap().len(), 1, "in force it is announced");
    });
}
