//! The close of a month: who takes which step, in which order, and one winner among two.
#![expect(clippy::unwrap_used, reason = "tests")]

mod tracking_support;

use dacheng_app::testing::{load, on_both, operator};
use dacheng_app::tracking::close::{
    Control, Difference, Recorded, close, close_history, propose, reopen, send_back,
};
use dacheng_app::tracking::closes::months;
use dacheng_app::{App, Context, Error};
use dacheng_domain::access::Role;
use dacheng_domain::calendar::TimeLeft;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::close::{CloseState, MonthStanding};
use dacheng_store::closes;
use dacheng_store::targets::OwnerKind;
use tracking_support::{company, member_targets, month, orders, person};

fn ops(app: &App) -> Context {
    person(app, "ops", None, Role::SalesOperations, None)
}

fn finance(app: &App) -> Context {
    person(app, "fin", None, Role::Finance, None)
}

fn seed(app: &App) {
    company(app);
    member_targets(app, 2026, &["m1"], &["2026-08", "2026-09"], 1_000_000);
    orders(app, &[("o1", "m1", "2026-08-05", "9000"), ("o2", "m1", "2026-09-05", "9000")]);
}

#[test]
fn a_month_is_proposed_sent_back_closed_and_reopened_by_two() {
    on_both(|app| {
        seed(app);
        let (ops, finance) = (ops(app), finance(app));
        let august = month("2026-08");
        assert!(matches!(propose(app, &finance, august, 0, &[]), Err(Error::Forbidden(_))));
        assert!(matches!(close(app, &finance, august, 0), Err(Error::Refused(_))), "nobody proposed it");
        assert_eq!(propose(app, &ops, august, 0, &[]).unwrap(), 1);
        assert!(matches!(propose(app, &ops, august, 0, &[]), Err(Error::Stale { seen: 0, found: 1 })));
        assert_eq!(send_back(app, &finance, august, 1, "缺少回款").unwrap(), 2);
        assert_eq!(propose(app, &ops, august, 2, &[]).unwrap(), 3);
        assert!(matches!(close(app, &ops, august, 3), Err(Error::Forbidden(_))));
        let closed = close(app, &finance, august, 3).unwrap();
        assert_eq!((closed.version, closed.recorded_on), (4, finance.today));

        let rows = months(app, &finance).unwrap();
        assert_eq!(rows.len(), 4, "August to the running November");
        assert_eq!((rows[3].month, rows[3].state), (august, CloseState::Closed));
        assert_eq!(
            (rows[3].proposed_by.as_deref(), rows[3].closed_by.as_deref()),
            (Some("ops"), Some("fin"))
        );
        assert!(matches!(rows[2].time_left, Some(TimeLeft::Overdue(_))));
        assert!(!rows[0].is_over);

        let specialist = person(app, "m1", Some("m1"), Role::Specialist, None);
        assert!(months(app, &specialist).is_err());
        let director = person(app, "dir", Some("d"), Role::Director, None);
        assert_eq!(reopen(app, &director, august, 4, "漏单").unwrap(), (CloseState::Closed, 5));
        assert_eq!(
            reopen(app, &director, august, 5, "漏单").unwrap().0,
            CloseState::Closed,
            "one person signs once"
        );
        assert_eq!(reopen(app, &finance, august, 6, "漏单").unwrap(), (CloseState::Reopened, 7));
        let row = &months(app, &finance).unwrap()[3];
        assert_eq!((row.standing, row.state), (MonthStanding::Reopened, CloseState::Reopened));
        // The next month waits until the reopened one is closed again.
        propose(app, &ops, month("2026-09"), 0, &[]).unwrap();
        assert!(matches!(close(app, &finance, month("2026-09"), 1), Err(Error::Refused(_))));
    });
}

#[test]
fn months_are_closed_in_order_and_when_they_are_over() {
    on_both(|app| {
        seed(app);
        let (ops, finance) = (ops(app), finance(app));
        propose(app, &ops, month("2026-09"), 0, &[]).unwrap();
        assert!(matches!(close(app, &finance, month("2026-09"), 1), Err(Error::Refused(_))));
        assert!(matches!(propose(app, &ops, month("2026-11"), 0, &[]), Err(Error::Refused(_))));
        let history =
            close_history(app, &operator(app), (month("2026-08"), month("2026-08")), Recorded::Today);
        assert_eq!(history.unwrap().len(), 1);
        close(app, &finance, month("2026-09"), 1).unwrap();
        let by_finance = close_history(app, &finance, (month("2026-10"), month("2026-10")), Recorded::Today);
        assert!(matches!(by_finance, Err(Error::Forbidden(_))));
    });
}

#[test]
fn history_is_closed_all_or_nothing() {
    on_both(|app| {
        seed(app);
        let refused =
            close_history(app, &operator(app), (month("2026-08"), month("2026-11")), Recorded::Today);
        assert!(matches!(refused, Err(Error::Refused(_))), "November is not over");
        assert!(months(app, &operator(app)).unwrap().iter().all(|row| row.state == CloseState::Open));
    });
}

#[test]
fn who_entered_facts_of_the_month_does_not_close_it() {
    on_both(|app| {
        seed(app);
        let (ops, finance) = (ops(app), finance(app));
        // The same person with a second account: both are member l.
        let clerk = person(app, "clerk", Some("l"), Role::Finance, None);
        let second = person(app, "clerk2", Some("l"), Role::Finance, None);
        let payments = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(
            payments.path(),
            "payment,order,customer,member,date,amount\ny1,,c1,m1,2026-08-31,5\n",
        )
        .unwrap();
        let workbooks = dacheng_sheets::ChildCommand { program: "false".into(), arguments: Vec::new() };
        let request = dacheng_app::facts::import::Request {
            kind: Kind::Payments,
            path: payments.path(),
            name: "payments.csv",
            mapping: None,
            effect: dacheng_app::facts::import::Effect::Write,
            workbooks: &workbooks,
        };
        let outcome = dacheng_app::facts::import::import(app, &clerk, &request, &mut |_| {}).unwrap();
        assert_eq!(outcome.problems, []);
        propose(app, &ops, month("2026-08"), 0, &[]).unwrap();
        for entered in [&clerk, &second] {
            let Err(Error::Refused(why)) = close(app, entered, month("2026-08"), 1) else { panic!("closed") };
            assert!(why[0].contains("entered facts"), "{why:?}");
        }
        close(app, &finance, month("2026-08"), 1).unwrap();
        propose(app, &ops, month("2026-09"), 0, &[]).unwrap();
        close(app, &clerk, month("2026-09"), 1).unwrap();
    });
}

#[test]
fn a_control_total_that_differs_must_be_signed_off() {
    on_both(|app| {
        seed(app);
        let (ops, finance) = (ops(app), finance(app));
        let control = |expected, difference| [Control { metric: Metric::Revenue, expected, difference }];
        let august = month("2026-08");
        assert!(propose(app, &ops, august, 0, &control(900_001, Difference::Refused)).is_err());
        propose(app, &ops, august, 0, &control(900_000, Difference::Refused)).unwrap();
        // Facts that come after the proposal are seen at the close.
        orders(app, &[("o9", "m1", "2026-08-07", "1")]);
        assert!(close(app, &finance, august, 1).is_err());
        send_back(app, &finance, august, 1, "缺少回款").unwrap();
        propose(app, &ops, august, 2, &control(900_000, Difference::SignedOff("在途退货".into()))).unwrap();
        close(app, &finance, august, 3).unwrap();
    });
}

#[test]
fn two_who_close_at_once_have_one_winner() {
    on_both(|app| {
        seed(app);
        let closers = [finance(app), person(app, "fin2", None, Role::Finance, None)];
        propose(app, &ops(app), month("2026-08"), 0, &[]).unwrap();
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let run = |context| scope.spawn(move || close(app, context, month("2026-08"), 1));
            let threads: Vec<_> = closers.iter().map(run).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        let lost = outcomes.into_iter().find_map(Result::err).unwrap();
        assert!(matches!(lost, Error::Stale { seen: 1, found: 2 }), "{lost}");
    });
}

#[test]
fn the_figures_booked_are_those_of_the_close() {
    on_both(|app| {
        seed(app);
        load(app, Kind::OrderShares, "order,member,share,kind\no1,m1,60%,\no1,m2,40%,\no1,n,50%,overlay\n");
        close_history(app, &operator(app), (month("2026-08"), month("2026-08")), Recorded::Today).unwrap();
        orders(app, &[("o9", "m1", "2026-08-07", "1000")]);
        let figures = closes::figures(&mut app.store.read().unwrap(), "revenue", (202_608, 202_608)).unwrap();
        let figures: Vec<_> =
            figures.iter().map(|own| (own.owner_kind, own.owner.as_str(), own.actual, own.target)).collect();
        let expected = [
            (OwnerKind::Unit, "N", 900_000, None),
            (OwnerKind::Unit, "N1", 900_000, None),
            (OwnerKind::Unit, "all", 900_000, None),
            (OwnerKind::Member, "m1", 540_000, Some(1_000_000)),
            (OwnerKind::Member, "m2", 360_000, None),
            (OwnerKind::Member, "n", 450_000, None),
        ];
        assert_eq!(figures, expected);
    });
}
