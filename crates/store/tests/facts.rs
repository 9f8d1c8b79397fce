//! Facts of every kind are kept alike on both engines, and the view alone decides which versions count.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_domain::Fen;
use dacheng_domain::calendar::Month;
use dacheng_domain::facts::credit::CreditKind;
use dacheng_domain::facts::row::{
    ComplaintRow, CustomerRow, EmploymentRow, LeaveRow, MemberRow, OpportunityRow, OrderLineRow, OrderRow,
    OrderShareRow, PaymentRow, ProductRow, ReceivableRow, ReturnRow, ScoreRow, SummaryRow, SurveyRow,
    TrainingRow, UnitRow, VisitRow,
};
use dacheng_domain::facts::state::{LeaveKind, Outcome};
use dacheng_domain::facts::value::{Code, OrderStatus};
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::{Position, Share};
use dacheng_store::facts::{self, Fact, Version, View};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Store, Write, imports};
use jiff::civil::{Date, date};

/// Long before 1970 and long after 2100.
const OLD: Date = date(1899, 12, 31);
const FAR: Date = date(2199, 2, 28);

fn code(text: &str) -> Code {
    Code::read(text).unwrap()
}

fn order(code_of: &str, amount: i64) -> OrderRow {
    OrderRow {
        order: code(code_of),
        customer: code("客户-镕"),
        member: code("001234"),
        date: OLD,
        amount: Some(Fen(amount)),
        status: OrderStatus::Normal,
    }
}

fn begin(tx: &mut Write) -> Result<i64> {
    imports::begin(tx, "orders", "x.csv", None, "ops", 1, 1)
}

fn imported<F: Fact>(store: &Store, sequence: i64, rows: &[F]) -> Result<i64> {
    let mut tx = store.write()?;
    let import = begin(&mut tx)?;
    facts::append(&mut tx, import, rows)?;
    assert!(imports::commit(&mut tx, import, sequence, None, "", 1)?);
    tx.commit()?;
    Ok(import)
}

/// The rows come back as they were written, in the order of their keys.
fn come_back<F: Fact + std::fmt::Debug>(store: &Store, rows: &[F]) -> Result<()> {
    let import = imported(store, 1, rows)?;
    let mut tx = store.read()?;
    let kept: Vec<Version<F>> = rows.iter().map(|fact| Version { fact: fact.clone(), import }).collect();
    assert_eq!(facts::every::<F>(&mut tx, View::at(1))?, kept);
    assert_eq!(facts::every::<F>(&mut tx, View::at(0))?, []);
    let mut versions = Vec::new();
    facts::each_version::<F>(&mut tx, |version| versions.push(version))?;
    versions.sort_by_key(|version| rows.iter().position(|row| *row == version.fact));
    assert_eq!(versions, kept);
    assert!(facts::any::<F>(&mut tx)?);
    Ok(())
}

#[test]
fn people_and_what_they_sell_come_back_as_written() {
    on_both(|store| {
        assert!(!facts::any::<UnitRow>(&mut store.read()?)?);
        let unit = |unit: &str, parent: Option<&str>, from| UnitRow {
            unit: code(unit),
            name: "华南区 喆 堃 赟 镕 😀".into(),
            parent: parent.map(code),
            leader: parent.map(code),
            from,
        };
        come_back(
            &store,
            &[unit("S", None, None), unit("S", Some("东"), Some(OLD)), unit("S1", None, Some(FAR))],
        )?;
        let member = |position: Option<Position>, day: Option<Date>| MemberRow {
            member: code("m"),
            name: "朱镕基".into(),
            unit: position.map(|_| code("S1")),
            position,
            hired: day,
            left: day,
            from: day,
        };
        come_back(
            &store,
            &[member(None, None), member(Some(Position::Hr), Some(OLD)), member(None, Some(FAR))],
        )?;
        let seats: Vec<EmploymentRow> = (1..)
            .zip(Position::ALL)
            .map(|(place, position)| EmploymentRow {
                member: code("m"),
                from: date(1960 + place, 1, 1),
                to: (place > 1).then_some(FAR),
                unit: code("S1"),
                position: (place > 2).then_some(position),
                share: if place > 1 { Share::FULL } else { Share::new(1).unwrap() },
            })
            .collect();
        come_back(&store, &seats)?;
        let product = |line: Option<&str>, from| ProductRow {
            product: code("p"),
            name: "赟".into(),
            line: line.map(str::to_owned),
            new_since: line.map(|_| OLD),
            from,
        };
        come_back(&store, &[product(None, None), product(Some("'line\";--"), Some(FAR))])?;
        let customer = |region: Option<&str>, from: Option<Date>| CustomerRow {
            customer: code("c"),
            name: "堃\t\"x\"".into(),
            region: region.map(str::to_owned),
            customer_type: region.map(str::to_owned),
            owner: region.map(|_| code("m")),
            first_order: from,
            from,
        };
        come_back(
            &store,
            &[customer(None, None), customer(Some(""), Some(OLD)), customer(Some("华东"), Some(FAR))],
        )
    })
    .unwrap();
}

#[test]
fn sales_come_back_as_written_down_to_the_smallest_number() {
    on_both(|store| {
        let cancelled = OrderRow { amount: None, date: FAR, status: OrderStatus::Cancelled, ..order("B", 0) };
        come_back(&store, &[order("A", i64::MIN), cancelled, order("a", i64::MAX), order("喆", 0)])?;
        let line = |line: &str, quantity: Option<&str>, amount| OrderLineRow {
            order: code("A"),
            line: code(line),
            product: code("p"),
            quantity: quantity.map(|text| text.parse().unwrap()),
            amount: Fen(amount),
        };
        let smallest = "0.0000000000000000000000000001";
        come_back(
            &store,
            &[line("1", None, i64::MIN), line("10", Some("-12.5"), i64::MAX), line("2", Some(smallest), -1)],
        )?;
        let share = |kind, parts| OrderShareRow {
            order: code("A"),
            member: code("m"),
            share: Share::new(parts).unwrap(),
            kind,
        };
        come_back(&store, &[share(CreditKind::Credit, 33_333_333), share(CreditKind::Overlay, 100_000_000)])?;
        let back = |of: &str, date, amount| ReturnRow {
            code: code(of),
            order: code("A"),
            date,
            amount: Fen(amount),
        };
        come_back(&store, &[back("r1", OLD, i64::MIN), back("r2", FAR, i64::MAX)])?;
        let receivable = |of: &str, due, amount| ReceivableRow {
            code: code(of),
            order: code("A"),
            due,
            amount: Fen(amount),
        };
        come_back(&store, &[receivable("f1", OLD, 0), receivable("f2", FAR, i64::MAX)])?;
        let payment = |payment: &str, order: Option<&str>, date| PaymentRow {
            payment: code(payment),
            order: order.map(code),
            customer: order.map(code),
            member: order.map(code),
            date,
            amount: Fen(-5),
        };
        come_back(&store, &[payment("p1", None, OLD), payment("p2", Some("A"), FAR)])
    })
    .unwrap();
}

#[test]
fn what_people_do_beside_sales_comes_back_as_written() {
    on_both(|store| {
        let text = |given: bool| given.then(|| "喆 😀 'x'".to_owned());
        let opportunity = |own: &str, given: bool, outcome| OpportunityRow {
            opportunity: code(own),
            customer: given.then(|| code("c")),
            member: code("m"),
            opened: OLD,
            stage: text(given),
            amount: given.then_some(Fen(i64::MAX)),
            expected: given.then_some(FAR),
            closed: given.then_some(FAR),
            outcome,
            active: given.then_some(OLD),
            probability: given.then_some(10_000),
        };
        come_back(
            &store,
            &[
                opportunity("1", false, Outcome::Open),
                opportunity("2", true, Outcome::Won),
                opportunity("3", true, Outcome::Lost),
            ],
        )?;
        let visit = |own: &str, given: bool, date| VisitRow {
            visit: code(own),
            customer: given.then(|| code("c")),
            member: code("m"),
            date,
            kind: text(given),
            outcome: text(given),
        };
        come_back(&store, &[visit("1", false, OLD), visit("2", true, FAR)])?;
        let survey = |own: &str, points: Option<i64>| SurveyRow {
            survey: code(own),
            customer: points.map(|_| code("c")),
            member: code("m"),
            date: FAR,
            satisfaction: points,
            recommend: points,
        };
        come_back(&store, &[survey("1", None), survey("2", Some(0)), survey("3", Some(10_000))])?;
        let complaint = |own: &str, given: bool| ComplaintRow {
            complaint: code(own),
            order: given.then(|| code("A")),
            customer: given.then(|| code("c")),
            member: given.then(|| code("m")),
            date: OLD,
        };
        come_back(&store, &[complaint("1", false), complaint("2", true)])?;
        let leaves: Vec<LeaveRow> = (1..)
            .zip(LeaveKind::ALL)
            .map(|(place, kind)| LeaveRow {
                member: code("m"),
                from: date(1960 + place, 1, 1),
                to: (place > 1).then_some(FAR),
                kind,
            })
            .collect();
        come_back(&store, &leaves)?;
        let training = |member: &str, day: Option<Date>| TrainingRow {
            course: code("t"),
            member: code(member),
            assigned: day,
            due: OLD,
            completed: day,
            score: day.map(|_| 9_999),
        };
        come_back(&store, &[training("m", None), training("n", Some(FAR))])?;
        let score = |date, kind: &str| ScoreRow {
            member: code("m"),
            rater: code("r"),
            date,
            kind: code(kind),
            score: 450,
        };
        come_back(&store, &[score(OLD, "a"), score(OLD, "b"), score(FAR, "a")])?;
        let summary =
            |month, metric, amount| SummaryRow { member: code("m"), month, metric, amount: Fen(amount) };
        let (early, late) = (Month::of(OLD), Month::of(FAR));
        come_back(
            &store,
            &[
                summary(early, Metric::Revenue, i64::MIN),
                summary(late, Metric::NewCustomers, 300),
                summary(late, Metric::Revenue, i64::MAX),
            ],
        )
    })
    .unwrap();
}

fn amounts(found: &[Version<OrderRow>]) -> Vec<(&str, i64)> {
    found.iter().map(|own| (own.fact.order.as_str(), own.fact.amount.unwrap().0)).collect()
}

#[test]
fn the_view_decides_which_version_of_a_fact_counts() {
    on_both(|store| {
        let first = imported(&store, 3, &[order("A", 1), order("B", 1)])?;
        let second = imported(&store, 5, &[order("A", 2)])?;
        let mut tx = store.write()?;
        let open = begin(&mut tx)?;
        facts::append(&mut tx, open, &[order("B", 3), order("C", 3)])?;
        let mut seen = |view| -> Result<Vec<(String, i64)>> {
            let found = facts::every::<OrderRow>(&mut tx, view)?;
            Ok(amounts(&found).into_iter().map(|(code, amount)| (code.to_owned(), amount)).collect())
        };
        let own = |list: &[(&str, i64)]| -> Vec<(String, i64)> {
            list.iter().map(|&(code, amount)| (code.to_owned(), amount)).collect()
        };
        assert_eq!(seen(View::at(2))?, own(&[]));
        assert_eq!(seen(View::at(3))?, own(&[("A", 1), ("B", 1)]));
        assert_eq!(seen(View::at(4))?, own(&[("A", 1), ("B", 1)]));
        assert_eq!(seen(View::at(5))?, own(&[("A", 2), ("B", 1)]));
        assert_eq!(seen(View::at(5).with(open))?, own(&[("A", 2), ("B", 3), ("C", 3)]));
        assert_eq!(seen(View::at(0).with(open))?, own(&[("B", 3), ("C", 3)]));
        assert_eq!(seen(View::at(5).without(second))?, own(&[("A", 1), ("B", 1)]));
        assert_eq!(seen(View::at(5).without(first))?, own(&[("A", 2)]));
        assert!(imports::withdraw(&mut tx, second, 8, "ops", 1)?);
        let mut seen =
            |view| -> Result<i64> { Ok(facts::every::<OrderRow>(&mut tx, view)?[0].fact.amount.unwrap().0) };
        assert_eq!((seen(View::at(7))?, seen(View::at(8))?), (2, 1), "withdrawn from its sequence on");
        Ok(())
    })
    .unwrap();
}

#[test]
fn facts_are_found_by_keys_and_by_a_range_of_bytes() {
    on_both(|store| {
        imported(&store, 1, &[order("A", 1), order("B", 2), order("a", 3), order("喆", 4)])?;
        imported(&store, 2, &[order("B", 5)])?;
        let mut tx = store.read()?;
        let view = View::at(2);
        let keys = ["喆", "B", "nobody", "\"quoted\"\\"];
        let found = facts::of::<OrderRow>(&mut tx, view, "code", keys)?;
        assert_eq!(amounts(&found), [("B", 5), ("喆", 4)]);
        assert_eq!(facts::of::<OrderRow>(&mut tx, view, "code", [])?, []);
        assert_eq!(facts::of::<OrderRow>(&mut tx, view, "customer", ["客户-镕"])?.len(), 4);
        let found = facts::between::<OrderRow>(&mut tx, view, "code", ("B", "a"))?;
        assert_eq!(
            amounts(&found),
            [("B", 5), ("a", 3)],
            "both ends included, capitals before small letters"
        );
        assert_eq!(facts::between::<OrderRow>(&mut tx, view, "code", ("b", "z"))?, []);
        assert_eq!(facts::between::<OrderRow>(&mut tx, view, "code", ("", "\u{10ffff}"))?.len(), 4);
        Ok(())
    })
    .unwrap();
}

#[test]
fn what_an_import_wrote_is_erased_within_its_range_only() {
    on_both(|store| {
        let kept = imported(&store, 1, &[order("A", 1), order("B", 1)])?;
        let mut tx = store.write()?;
        let open = begin(&mut tx)?;
        facts::append::<OrderRow>(&mut tx, open, &[])?;
        let rows: Vec<OrderRow> = (0..120).map(|number| order(&format!("B{number:03}"), number)).collect();
        facts::append(&mut tx, open, &rows)?;
        assert_eq!(facts::erase::<OrderRow>(&mut tx, open, ("B000", "B050"))?, 51);
        assert_eq!(facts::erase::<OrderRow>(&mut tx, open, ("A", "B"))?, 0);
        for another in [kept - 1, open + 1] {
            assert_eq!(facts::erase::<OrderRow>(&mut tx, another, ("", "z"))?, 0);
        }
        assert_eq!(facts::erase::<OrderRow>(&mut tx, open, ("A", "C"))?, 69);
        assert_eq!(facts::every::<OrderRow>(&mut tx, View::at(1))?.len(), 2);
        assert_eq!(facts::every::<OrderRow>(&mut tx, View::at(1))?[0].import, kept);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_fact_read_back_has_the_canonical_bytes_it_was_written_with() {
    on_both(|store| {
        let row = OrderLineRow {
            order: code("A"),
            line: code("喆"),
            product: code("p"),
            quantity: Some("1.500".parse().unwrap()),
            amount: Fen(-1),
        };
        imported(&store, 1, std::slice::from_ref(&row))?;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        facts::canonical(&row, &mut before);
        facts::canonical(&facts::every::<OrderLineRow>(&mut store.read()?, View::at(1))?[0].fact, &mut after);
        assert_eq!(before, after);
        let text = |text: &str| [&[2], &(text.len() as u64).to_be_bytes()[..], text.as_bytes()].concat();
        let decimal = [&[4], &3_u64.to_be_bytes()[..], b"1.5"].concat();
        let amount = [&[1][..], &(-1_i64).to_be_bytes()].concat();
        let expected =
            [b"fact_order_line".to_vec(), text("A"), text("喆"), text("p"), decimal, amount].concat();
        assert_eq!(before, expected, "the digests of committed imports rest on it");
        before.clear();
        facts::canonical(&OrderLineRow { quantity: None, ..row }, &mut before);
        assert_eq!(before.len(), expected.len() - 11, "nothing is one byte");
        Ok(())
    })
    .unwrap();
}
