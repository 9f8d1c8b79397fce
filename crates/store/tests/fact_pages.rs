//! Walks over the codes of orders and payments page alike on both engines.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_domain::Fen;
use dacheng_domain::facts::credit::CreditKind;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::facts::row::{
    ComplaintRow, OpportunityRow, OrderLineRow, OrderRow, OrderShareRow, PaymentRow, ReceivableRow,
    ReturnRow, TrainingRow, VisitRow,
};
use dacheng_domain::facts::state::Outcome;
use dacheng_domain::facts::value::{Code, OrderStatus};
use dacheng_domain::people::Share;
use dacheng_store::facts::View;
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Write, facts, imports};
use jiff::civil::{Date, date};

const NONE: [&str; 0] = [];

fn code(text: &str) -> Code {
    Code::read(text).unwrap()
}

fn day(number: i32) -> Date {
    date(1970, 1, 1).checked_add(jiff::SignedDuration::from_hours(i64::from(number) * 24)).unwrap()
}

fn order(of: &str, on: i32) -> OrderRow {
    OrderRow {
        order: code(of),
        customer: code("c"),
        member: code("m"),
        date: day(on),
        amount: None,
        status: OrderStatus::Normal,
    }
}

fn back(own: &str, of: &str, on: i32) -> ReturnRow {
    ReturnRow { code: code(own), order: code(of), date: day(on), amount: Fen(1) }
}

fn payment(own: &str, of: Option<&str>, on: i32) -> PaymentRow {
    let (order, date) = (of.map(code), day(on));
    PaymentRow { payment: code(own), order, customer: None, member: None, date, amount: Fen(1) }
}

fn line(of: &str) -> OrderLineRow {
    OrderLineRow { order: code(of), line: code("1"), product: code("p"), quantity: None, amount: Fen(1) }
}

fn share(of: &str) -> OrderShareRow {
    OrderShareRow { order: code(of), member: code("m"), share: Share::FULL, kind: CreditKind::Credit }
}

/// Orders, returns and payments over the turn of 1970, brought by two imports.
fn fill(tx: &mut Write) -> Result<()> {
    facts::append(tx, 1, &[order("A", -1), order("B", 0), order("a", 10), order("王", 11)])?;
    facts::append(tx, 2, &[order("A", 50)])?;
    facts::append(tx, 1, &[back("r1", "C", 5), back("r2", "A", 5)])?;
    facts::append(tx, 2, &[back("r1", "D", 60)])?;
    let payments = [payment("p1", Some("E"), 5), payment("p2", None, 5), payment("喆", None, 10)];
    facts::append(tx, 1, &payments)?;
    facts::append(tx, 2, &[payment("p1", Some("F"), 70), payment("p2", None, 80)])?;
    facts::append(tx, 3, &[line("L")])?;
    facts::append(tx, 3, &[share("S")])
}

#[test]
fn orders_of_some_days_come_in_pages_of_their_codes() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(facts::order_codes(&mut tx, (-9, 99), "", 9)?, NONE);
        fill(&mut tx)?;
        let mut page = |days, after, limit| facts::order_codes(&mut tx, days, after, limit);
        assert_eq!(page((-1, 0), "", 9)?, ["A", "B"], "both days included, also before 1970");
        assert_eq!(page((5, 5), "", 9)?, ["A", "C", "E"], "a return and a payment date their order");
        assert_eq!(page((-1, 80), "", 3)?, ["A", "B", "C"]);
        assert_eq!(page((-1, 80), "C", 3)?, ["D", "E", "F"]);
        assert_eq!(page((-1, 80), "F", 3)?, ["a", "王"], "by bytes");
        assert_eq!(page((-1, 80), "王", 3)?, NONE);
        assert_eq!(page((-1, 80), "", 0)?, NONE);
        assert_eq!(page((12, 49), "", 9)?, NONE);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_crowd_is_every_version_in_a_range_up_to_as_many_as_matter() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(facts::crowd::<OrderRow>(&mut tx, ("", "王"), 9)?, 0);
        fill(&mut tx)?;
        let mut crowd = |range, most| facts::crowd::<OrderRow>(&mut tx, range, most);
        assert_eq!(crowd(("A", "王"), 9)?, 5, "both ends included, and the second version of A");
        assert_eq!(crowd(("A", "王"), 4)?, 4);
        assert_eq!(crowd(("B", "a"), 9)?, 2);
        assert_eq!(crowd(("C", "Z"), 9)?, 0);
        assert_eq!(facts::crowd::<OrderLineRow>(&mut tx, ("L", "L"), 9)?, 1);
        Ok(())
    })
    .unwrap();
}

#[test]
fn payments_on_no_order_come_in_pages_of_their_codes() {
    on_both(|store| {
        let mut tx = store.write()?;
        fill(&mut tx)?;
        let mut page = |days, after, limit| facts::payment_codes(&mut tx, days, after, limit);
        assert_eq!(page((5, 80), "", 9)?, ["p2", "喆"], "each once, however many versions");
        assert_eq!(page((5, 80), "p2", 9)?, ["喆"]);
        assert_eq!(page((5, 80), "", 1)?, ["p2"]);
        assert_eq!(page((6, 9), "", 9)?, NONE);
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_import_touches_what_it_names_and_what_it_named_before() {
    on_both(|store| {
        let mut tx = store.write()?;
        fill(&mut tx)?;
        let mut begin = |kind: &str| imports::begin(&mut tx, kind, "file.csv", None, "ops", 1, 1);
        // `fill` wrote as the first three.
        let ids =
            ["orders", "orders", "orders", "orders", "returns", "payments", "order_lines", "order_shares"];
        let [_, _, _, of_orders, of_returns, of_payments, of_lines, of_shares] =
            ids.map(|kind| begin(kind).unwrap());
        facts::append(&mut tx, of_orders, &[order("A", 51), order("B", 51), order("王", 51)])?;
        facts::append(&mut tx, of_returns, &[back("r1", "D", 61)])?;
        facts::append(&mut tx, of_payments, &[payment("p1", Some("F"), 71), payment("p2", None, 81)])?;
        facts::append(&mut tx, of_lines, &[line("L"), line("M")])?;
        facts::append(&mut tx, of_shares, &[share("S")])?;
        let mut orders = |import, after, limit| facts::order_codes_of(&mut tx, import, after, limit);
        assert_eq!(orders(of_orders, "", 9)?, ["A", "B", "王"]);
        assert_eq!(orders(of_orders, "A", 1)?, ["B"]);
        assert_eq!(orders(of_returns, "", 9)?, ["C", "D"], "the return r1 was on C before");
        assert_eq!(orders(of_returns, "C", 9)?, ["D"]);
        assert_eq!(orders(of_payments, "", 9)?, ["E", "F"], "the payment p1 was on E before");
        assert_eq!(orders(of_lines, "", 9)?, ["L", "M"]);
        assert_eq!(orders(of_shares, "", 9)?, ["S"]);
        assert_eq!(orders(of_shares + 9, "", 9)?, NONE);
        let mut payments = |import, after, limit| facts::payment_codes_of(&mut tx, import, after, limit);
        assert_eq!(payments(of_payments, "", 9)?, ["p1", "p2"]);
        assert_eq!(payments(of_payments, "p1", 1)?, ["p2"]);
        assert_eq!(payments(of_payments, "p2", 9)?, NONE);
        Ok(())
    })
    .unwrap();
}

#[test]
fn orders_of_some_customers_come_in_pages_of_their_codes() {
    on_both(|store| {
        let mut tx = store.write()?;
        let of = |own: &str, customer: &str| OrderRow { customer: code(customer), ..order(own, 1) };
        facts::append(
            &mut tx,
            1,
            &[of("A", "x"), of("B", "y"), of("C", "z"), of("D", "\"x\""), of("王", "y")],
        )?;
        facts::append(&mut tx, 2, &[of("C", "x")])?;
        let mut page = |customers: &[&str], after, limit| {
            facts::codes_of_customers(&mut tx, customers, after, limit).unwrap()
        };
        assert_eq!(page(&["x", "y"], "", 9), ["A", "B", "C", "王"], "C was another's before");
        assert_eq!(page(&["x", "y"], "A", 2), ["B", "C"]);
        assert_eq!(page(&["\"x\""], "", 9), ["D"]);
        assert_eq!(page(&[], "", 9), NONE);
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_last_day_is_that_of_orders_or_of_payments() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!((facts::last_day(&mut tx, false)?, facts::last_day(&mut tx, true)?), (None, None));
        facts::append(&mut tx, 9, &[order("A", -40_000)])?;
        assert_eq!(
            (facts::last_day(&mut tx, false)?, facts::last_day(&mut tx, true)?),
            (Some(-40_000), None)
        );
        fill(&mut tx)?;
        assert_eq!((facts::last_day(&mut tx, false)?, facts::last_day(&mut tx, true)?), (Some(50), Some(80)));
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_last_day_of_a_view_is_that_of_what_counted_then() {
    on_both(|store| {
        let mut tx = store.write()?;
        let brought = |tx: &mut Write, sequence, facts: &[OrderRow]| {
            let id = imports::begin(tx, "orders", "file", None, "ops", 5, 9)?;
            facts::append(tx, id, facts)?;
            assert!(imports::commit(tx, id, sequence, None, "", 7)?);
            Result::Ok(id)
        };
        brought(&mut tx, 1, &[order("A", 10), order("B", 20)])?;
        let later = brought(&mut tx, 2, &[order("C", 30)])?;
        assert!(imports::withdraw(&mut tx, later, 3, "ops", 9)?);
        let days = [0, 1, 2, 3].map(|at| facts::last_day_in(&mut tx, false, View::at(at)).unwrap());
        assert_eq!(days, [None, Some(20), Some(30), Some(20)]);
        assert_eq!(facts::last_day_in(&mut tx, true, View::at(3))?, None);
        let early = brought(&mut tx, 4, &[order("D", 5)])?;
        assert!(imports::withdraw(&mut tx, early, 5, "ops", 9)?);
        let days = [0, 3, 4, 5].map(|at| facts::first_day(&mut tx, View::at(at)).unwrap());
        assert_eq!(days, [None, Some(10), Some(5), Some(10)]);
        Ok(())
    })
    .unwrap();
}

fn due(own: &str, of: &str, on: i32) -> ReceivableRow {
    ReceivableRow { code: code(own), order: code(of), due: day(on), amount: Fen(1) }
}

fn complaint(own: &str, of: Option<&str>, on: i32) -> ComplaintRow {
    ComplaintRow { complaint: code(own), order: of.map(code), customer: None, member: None, date: day(on) }
}

fn opportunity(own: &str, opened: i32, closed: Option<i32>, active: Option<i32>) -> OpportunityRow {
    OpportunityRow {
        opportunity: code(own),
        customer: None,
        member: code("m"),
        opened: day(opened),
        stage: None,
        amount: None,
        expected: None,
        closed: closed.map(day),
        outcome: Outcome::Open,
        active: active.map(day),
        probability: None,
    }
}

fn visit(own: &str, on: i32) -> VisitRow {
    VisitRow { visit: code(own), customer: None, member: code("m"), date: day(on), kind: None, outcome: None }
}

fn training(course: &str, member: &str, due: i32, completed: Option<i32>) -> TrainingRow {
    TrainingRow {
        course: code(course),
        member: code(member),
        assigned: None,
        due: day(due),
        completed: completed.map(day),
        score: None,
    }
}

#[test]
fn what_is_due_and_complained_of_dates_its_order_and_is_found_by_every_version() {
    on_both(|store| {
        let mut tx = store.write()?;
        let mut begin = |kind| imports::begin(&mut tx, kind, "file", None, "ops", 5, 9);
        let [of_due, of_complaints, again] =
            ["receivables", "complaints", "complaints"].map(|kind| begin(kind).unwrap());
        facts::append(&mut tx, of_due, &[due("f1", "A", 5), due("f2", "B", 6)])?;
        facts::append(&mut tx, of_complaints, &[complaint("k1", Some("C"), 5), complaint("k2", None, 5)])?;
        facts::append(&mut tx, again, &[complaint("k1", Some("D"), 9), complaint("喆", None, 9)])?;
        assert_eq!(facts::order_codes(&mut tx, (5, 5), "", 9)?, ["A", "C"]);
        assert_eq!(facts::order_codes_of(&mut tx, of_due, "A", 9)?, ["B"]);
        assert_eq!(facts::order_codes_of(&mut tx, again, "", 9)?, ["C", "D"], "k1 was about C before");
        assert_eq!(facts::complaint_codes(&mut tx, (0, 9), "", 9)?, ["k2", "喆"]);
        assert_eq!(facts::complaint_codes(&mut tx, (0, 9), "k2", 9)?, ["喆"]);
        assert_eq!(facts::complaint_codes(&mut tx, (5, 8), "", 9)?, ["k2"]);
        assert_eq!(facts::complaint_codes_of(&mut tx, again, "", 9)?, ["k1", "喆"]);
        assert_eq!(facts::complaint_codes_of(&mut tx, again, "k1", 9)?, ["喆"]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn facts_that_stand_alone_are_found_by_their_days_and_by_their_import() {
    on_both(|store| {
        let mut tx = store.write()?;
        let known = [
            opportunity("1", 10, None, None),
            opportunity("2", 10, Some(40), None),
            opportunity("3", 10, None, Some(20)),
        ];
        facts::append(&mut tx, 1, &known)?;
        facts::append(&mut tx, 2, &[opportunity("1", 11, None, None), opportunity("王", 11, None, None)])?;
        let mut within =
            |days, after, limit| facts::keys_within::<OpportunityRow>(&mut tx, days, after, limit);
        assert_eq!(within((10, 11), "", 9)?, ["1", "2", "3", "王"]);
        assert_eq!(within((10, 11), "1", 2)?, ["2", "3"]);
        let may_be_lost = "whoever was heard of within the longest silence that can be settled";
        assert_eq!(within((101, 101), "", 9)?, ["1", "2", "3", "王"], "{may_be_lost}");
        assert_eq!(within((377, 377), "", 9)?, ["1", "3", "王"], "{may_be_lost}");
        assert_eq!(within((386, 386), "", 9)?, ["3"], "{may_be_lost}");
        assert_eq!(within((387, 387), "", 9)?, NONE, "{may_be_lost}");
        assert_eq!(within((i32::MIN, i32::MAX), "3", 9)?, ["王"]);
        assert_eq!(facts::keys_of::<OpportunityRow>(&mut tx, 2, "", 9)?, ["1", "王"]);
        assert_eq!(facts::keys_of::<OpportunityRow>(&mut tx, 2, "1", 9)?, ["王"]);
        facts::append(&mut tx, 1, &[training("t", "a", 5, None), training("t", "b", 6, Some(4))])?;
        assert_eq!(facts::keys_within::<TrainingRow>(&mut tx, (5, 6), "", 9)?, ["t"], "a course once");
        assert_eq!(facts::keys_of::<TrainingRow>(&mut tx, 1, "t", 9)?, NONE);
        Ok(())
    })
    .unwrap();
}

#[test]
fn opportunities_of_some_days_come_with_every_version_that_counts() {
    on_both(|store| {
        let mut tx = store.write()?;
        let mut bring = |sequence: i64, known: &[OpportunityRow]| -> Result<i64> {
            let id = imports::begin(&mut tx, "opportunities", "file", None, "ops", 5, 9)?;
            facts::append(&mut tx, id, known)?;
            assert!(imports::commit(&mut tx, id, sequence, None, "", sequence)?);
            Ok(id)
        };
        let first = [opportunity("1", 10, None, None), opportunity("2", 50, None, None)];
        bring(1, &first)?;
        let second = [opportunity("1", 10, None, Some(40)), opportunity("3", 9, Some(41), None)];
        bring(2, &second)?;
        let mut of = |sequence, days| facts::opportunities_of(&mut tx, View::at(sequence), days).unwrap();
        assert_eq!(of(2, (40, 41)), [first[0].clone(), second[0].clone(), second[1].clone()]);
        assert_eq!(of(1, (40, 41)), [first[0].clone()], "what is not visible is not there");
        assert_eq!(of(2, (50, 90)), [first[1].clone()]);
        assert!(of(2, (51, 90)).is_empty());
        Ok(())
    })
    .unwrap();
}

#[test]
fn each_kind_has_its_own_last_day() {
    on_both(|store| {
        let mut tx = store.write()?;
        for kind in Kind::ALL {
            assert_eq!(facts::last_day_of(&mut tx, kind)?, None, "{kind}");
            assert_eq!(facts::last_day_of_in(&mut tx, kind, View::at(9))?, None, "{kind}");
        }
        let mut bring = |sequence, kind| -> Result<i64> {
            let id = imports::begin(&mut tx, kind, "file", None, "ops", 5, 9)?;
            facts::append(&mut tx, id, &[visit(kind, i32::try_from(sequence).unwrap() * 10)])?;
            assert!(imports::commit(&mut tx, id, sequence, None, "", sequence)?);
            Ok(id)
        };
        let first = bring(1, "visits")?;
        bring(2, "surveys")?;
        facts::append(
            &mut tx,
            first,
            &[opportunity("1", 10, None, Some(30)), opportunity("2", 12, Some(20), None)],
        )?;
        facts::append(&mut tx, first, &[training("t", "m", 90, Some(7))])?;
        let mut last = |kind| facts::last_day_of(&mut tx, kind).unwrap();
        assert_eq!(last(Kind::Visits), Some(20));
        assert_eq!(last(Kind::Opportunities), Some(30), "opened, closed or active");
        assert_eq!(last(Kind::Trainings), Some(7), "what is due is yet to happen");
        assert_eq!((last(Kind::Orders), last(Kind::Members)), (None, None));
        let mut at = |kind, sequence| facts::last_day_of_in(&mut tx, kind, View::at(sequence)).unwrap();
        assert_eq!(
            [at(Kind::Visits, 0), at(Kind::Visits, 1), at(Kind::Visits, 2)],
            [None, Some(10), Some(20)]
        );
        assert_eq!(at(Kind::Opportunities, 1), Some(30));
        Ok(())
    })
    .unwrap();
}
