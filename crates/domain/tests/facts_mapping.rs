//! Mappings over real exports: which column or expression fills which field, and what does not fit.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic, too")]

use dacheng_domain::Fen;
use dacheng_domain::expression::{Fault, Reason as Wrong, Unresolved};
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::facts::mapping::Mapping;
use dacheng_domain::facts::problem::{Problem, Reason, Unfit};
use dacheng_domain::facts::reader::RowReader;
use dacheng_domain::facts::row::{OrderLineRow, OrderRow, Row};
use dacheng_domain::facts::value::OrderStatus;
use dacheng_domain::number::Unreadable;
use jiff::civil::date;

fn mapping(text: &str) -> Mapping {
    toml::from_str(text).unwrap()
}

fn unfit(kind: Kind, header: &[&str], text: &str) -> Vec<Unfit> {
    RowReader::new(kind, header, &mapping(text)).unwrap_err()
}

fn row(reader: &RowReader, cells: &[&str]) -> Row {
    reader.read(|column| cells[column]).unwrap().unwrap().complete().unwrap()
}

fn problems(reader: &RowReader, cells: &[&str]) -> Vec<(String, Reason)> {
    let problems = reader.read(|column| cells[column]).unwrap_err();
    problems.into_iter().map(|Problem { column, reason, .. }| (column, reason)).collect()
}

/// The mapping printed in `interface.md`.
const LINES: &str = r#"
    delimiter = ";"
    [fields]
    order = "order_id"
    product = "product_id"
    amount = "unit_price * quantity * (1 - discount)"
    [where]
    keep = "status != 'Cancelled'"
"#;

const LINES_HEADER: [&str; 6] = ["order_id", "product_id", "unit_price", "quantity", "discount", "status"];

#[test]
fn the_mapping_of_the_interface_fills_an_order_line() {
    let mapping = mapping(LINES);
    assert_eq!(mapping.delimiter, Some(';'));
    let reader = RowReader::new(Kind::OrderLines, &LINES_HEADER, &mapping).unwrap();
    // 21.05 × 30 × 0.95 = 599.925: binary floats make 599.92 of it.
    let Row::OrderLine(line) = row(&reader, &["10580", "65", "21.05", "30", "0.05", "Shipped"]) else {
        panic!()
    };
    let OrderLineRow { order, line, product, quantity, amount } = line;
    assert_eq!([order.as_str(), line.as_str(), product.as_str()], ["10580", "65", "65"]);
    assert_eq!((quantity, amount), (None, Fen(59_993)));

    let cancelled = ["10580", "65", "21.05", "30", "0.05", "Cancelled"];
    assert_eq!(reader.read(|column| cancelled[column]), Ok(None));
}

#[test]
fn an_export_of_orders_is_read_without_editing_it() {
    let header = ["order_id", "customer_id", "employee_id", "order_date", "freight"];
    let mapping = mapping(
        r#"
        date_format = "dd.MM.yyyy"
        [fields]
        order = "ORDER_ID"
        customer = "customer_id"
        member = "employee_id"
        date = "order_date"
        status = "'cancelled'"
        amount = "freight * 1.13"
        "#,
    );
    let reader = RowReader::new(Kind::Orders, &header, &mapping).unwrap();
    let Row::Order(order) = row(&reader, &["0010248", "VINET", "5", "4.7.1996", "32.38"]) else { panic!() };
    let OrderRow { order, customer, member, date: on, amount, status } = order;
    assert_eq!([order.as_str(), customer.as_str(), member.as_str()], ["0010248", "VINET", "5"]);
    assert_eq!((on, amount, status), (date(1996, 7, 4), Some(Fen(3659)), OrderStatus::Cancelled));
}

#[test]
fn a_column_name_counts_as_it_is_whatever_it_looks_like() {
    let header = ["订单 编号", "2026年客户", "and", "Date-Time", "金额 (元)"];
    let mapping = mapping(
        r#"
        [fields]
        order = "订单  编号"
        customer = "2026年客户"
        member = "and"
        date = "date-time"
        amount = "[金额 （元）] * 2"
        "#,
    );
    let reader = RowReader::new(Kind::Orders, &header, &mapping).unwrap();
    let Row::Order(order) = row(&reader, &["1", "A", "7", "2026年8月5日", "1,000"]) else { panic!() };
    assert_eq!((order.member.as_str(), order.amount), ("7", Some(Fen(200_000))));
}

#[test]
fn without_fields_the_header_names_them_and_other_columns_are_ignored() {
    let header = ["STATUS", " Order ", "customer", "ｍｅｍｂｅｒ", "date", "", "note"];
    let reader = RowReader::new(Kind::Orders, &header, &Mapping::default()).unwrap();
    assert_eq!(reader.ignored(), ["note"]);
    let Row::Order(order) = row(&reader, &["已取消", "1", "A", "7", "2026-08-05", "x", "y"]) else {
        panic!()
    };
    assert_eq!((order.status, order.amount), (OrderStatus::Cancelled, None));
}

#[test]
fn a_header_that_lacks_or_repeats_a_column_is_refused() {
    let header = ["order", "customer", "date", "Date", "note", "note"];
    assert_eq!(
        unfit(Kind::Orders, &header, ""),
        [Unfit::ColumnMissing { column: "member" }, Unfit::ColumnRepeated { column: "date".to_owned() }]
    );
    assert_eq!(
        unfit(Kind::Payments, &[], ""),
        ["payment", "date", "amount"].map(|column| Unfit::ColumnMissing { column })
    );
}

#[test]
fn everything_that_does_not_fit_in_a_mapping_is_said_at_once() {
    let found = unfit(
        Kind::Orders,
        &["id", "customer", "day", "day", "amount"],
        r#"
        date_format = "%H"
        [fields]
        order = "'1' + 2"
        customer = "customer * 2"
        member = "amount > 5"
        date = "day"
        amount = "'1,12'"
        status = "Shipped"
        colour = "id"
        [where]
        keep = "amount"
        "#,
    );
    let text: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        text,
        [
            "not a date format such as %d/%m/%Y or dd/MM/yyyy: \"%H\"",
            "there is no field `colour`",
            "order: character 1: a number is wanted",
            "`customer` cannot be filled by this expression",
            "`member` cannot be filled by this expression",
            "the column `day` occurs more than once",
            "amount: separators must part groups of three digits, as in 1,120.00",
            "status: character 1: column `Shipped` is missing",
            "`keep` cannot be filled by this expression",
        ]
    );
    let missing = unfit(Kind::Returns, &["return", "order", "date", "amount"], "fields.return = 'return'");
    assert_eq!(missing, ["order", "date", "amount"].map(|field| Unfit::FieldMissing { field }));
    let why = Unresolved::Ambiguous;
    let fault = Fault { position: 5, reason: Wrong::Column { name: "b".to_owned(), why } };
    assert!(
        unfit(Kind::Orders, &["a", "b", "b"], "fields.amount = 'a + b'")
            .contains(&Unfit::Expression { place: "amount".to_owned(), fault })
    );
}

#[test]
fn a_mapping_with_an_unknown_setting_is_refused() {
    for text in ["seperator = ';'", "[field]\norder = 'id'", "[where]\nskip = 'a = 1'", "fields.share = 1"] {
        assert!(toml::from_str::<Mapping>(text).is_err(), "{text}");
    }
}

#[test]
fn a_calculation_over_blank_cells_is_blank_and_over_some_a_problem() {
    let reader = RowReader::new(Kind::OrderLines, &LINES_HEADER, &mapping(LINES)).unwrap();
    let entry = reader.read(|column| ["1", "2", "", " ", "-", ""][column]).unwrap().unwrap();
    assert_eq!(entry.complete(), Err(vec!["amount"]));
    assert_eq!(problems(&reader, &["1", "2", "9.8", "10", "", ""]), [("discount".to_owned(), Reason::Blank)]);
    assert_eq!(
        problems(&reader, &["", "2", "9.8", "1,12", "0", ""]),
        [
            ("order_id".to_owned(), Reason::Blank),
            ("quantity".to_owned(), Reason::Number(Unreadable::Grouping))
        ]
    );
    let huge = "9999999999999999999";
    assert_eq!(problems(&reader, &["1", "2", huge, "1", "0", ""]), [("amount".to_owned(), Reason::TooLarge)]);
}

#[test]
fn a_filter_that_cannot_be_decided_is_a_problem_of_its_row() {
    let keep = mapping("[where]\nkeep = 'amount / rate > 0'");
    let header = ["payment", "date", "amount", "rate"];
    let reader = RowReader::new(Kind::Payments, &header, &keep).unwrap();
    assert_eq!(
        problems(&reader, &["1", "2026-08-05", "5", "0"]),
        [("keep".to_owned(), Reason::DivisionByZero)]
    );
    assert_eq!(reader.read(|column| ["1", "bad", "-5", "1"][column]), Ok(None));
}

#[test]
fn amounts_that_end_in_half_a_fen_are_right() {
    // The four lines of Northwind that binary floats get wrong; amounts in fen by exact fractions.
    let cases = [
        ("21.05", "30", "0.05", 59_993),
        ("9.65", "30", "0.05", 27_503),
        ("49.3", "21", "0.25", 77_648),
        ("17.45", "14", "0.05", 23_209),
    ];
    let reader = RowReader::new(Kind::OrderLines, &LINES_HEADER, &mapping(LINES)).unwrap();
    for (price, quantity, discount, fen) in cases {
        let Row::OrderLine(line) = row(&reader, &["1", "2", price, quantity, discount, ""]) else { panic!() };
        assert_eq!(line.amount, Fen(fen), "{price} × {quantity} × (1 − {discount})");
    }
}

#[test]
fn texts_may_be_joined_chosen_and_looked_up() {
    let header = ["id", "first", "last", "boss", "kind"];
    let mapping = mapping(
        r#"
        [lookup.kind]
        S = "specialist"
        M = "manager"
        [fields]
        member = "id"
        name = "last & first"
        unit = "if(boss = '', id, boss)"
        position = "lookup('kind', kind)"
        "#,
    );
    let reader = RowReader::new(Kind::Members, &header, &mapping).unwrap();
    let Row::Member(member) = row(&reader, &["7", " 四 ", "李", "", "M"]) else { panic!() };
    assert_eq!((member.name.as_str(), member.unit.unwrap().as_str()), ("李四", "7"));
    assert_eq!(member.position, Some(dacheng_domain::people::Position::Manager));
    let Row::Member(member) = row(&reader, &["8", "四", "李", "7", ""]) else { panic!() };
    assert_eq!((member.unit.unwrap().as_str(), member.position), ("7", None));
    assert_eq!(problems(&reader, &["8", "四", "李", "7", "X"]), [("kind".to_owned(), Reason::Unlisted)]);
}

#[test]
fn a_table_in_a_file_must_be_read_before() {
    let text = r#"
        [lookup_files.kind]
        file = "kinds.csv"
        key = "id"
        value = "name"
        [fields]
        product = "id"
        name = "id"
        line = "lookup('kind', id, '')"
    "#;
    assert!(unfit(Kind::Products, &["id"], text).contains(&Unfit::LookupFile { table: "kind".to_owned() }));
    let with_table = format!("{text}\n[lookup.kind]\n1 = \"A\"\n");
    assert!(RowReader::new(Kind::Products, &["id"], &mapping(&with_table)).is_ok());
}
