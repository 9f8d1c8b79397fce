//! What an expression may say, what it is refused for, and where.

use std::collections::BTreeMap;

use dacheng_domain::Fen;
use dacheng_domain::expression::{
    Compiled, Condition, Expression, Failure, Fault, Formula, Reason, Tables, Unresolved, rounded_fen,
};
use dacheng_domain::number::Unreadable;
use proptest::prelude::*;
use rust_decimal::Decimal;

const HEADER: [&str; 6] = ["unit_price", "quantity", "discount", "status", "订单 金额", "and"];

fn find(name: &str) -> Result<usize, Unresolved> {
    HEADER.iter().position(|column| *column == name).ok_or(Unresolved::Missing)
}

fn compiled(text: &str) -> Result<Compiled, Fault> {
    Expression::parse(text)?.compile_with(find, &tables())
}

fn tables() -> Tables {
    let table = |rows: &[(&str, &str)]| -> BTreeMap<String, String> {
        rows.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    };
    let state = table(&[("Shipped", "normal"), ("Void", "cancelled")]);
    let rate = table(&[("Shipped", "7.1234"), ("Void", "0.5")]);
    [("state".to_owned(), state), ("rate".to_owned(), rate)].into()
}

fn wording(text: &str, row: [&str; 6]) -> Result<String, Failure> {
    match compiled(text) {
        Ok(Compiled::Wording(wording)) => Ok(wording.evaluate(&|column| row[column])?.into_owned()),
        other => panic!("{text}: {other:?}"),
    }
}

fn formula(text: &str) -> Formula {
    match compiled(text) {
        Ok(Compiled::Formula(formula)) => formula,
        other => panic!("{text}: {other:?}"),
    }
}

fn condition(text: &str) -> Condition {
    match compiled(text) {
        Ok(Compiled::Condition(condition)) => condition,
        other => panic!("{text}: {other:?}"),
    }
}

fn value(text: &str, row: [&str; 6]) -> Result<Decimal, Failure> {
    formula(text).evaluate(&|column| row[column])
}

fn constant(text: &str) -> Result<Decimal, Failure> {
    value(text, [""; 6])
}

fn holds(text: &str, row: [&str; 6]) -> Result<bool, Failure> {
    condition(text).holds(&|column| row[column])
}

const ROW: [&str; 6] = ["9.8", "10", "0.15", "Shipped", "1,200.50", "7"];

fn number(text: &str) -> Result<Decimal, Failure> {
    text.parse().map_err(|wrong| panic!("{text}: {wrong}"))
}

#[test]
fn arithmetic_follows_the_usual_order() {
    assert_eq!(constant("1 + 2 * 3 - 4 / 2"), number("5"));
    assert_eq!(constant("(1 + 2) * 3"), number("9"));
    assert_eq!(constant("10 - 3 - 2"), number("5"));
    assert_eq!(constant("100 / 10 / 5"), number("2"));
    assert_eq!(constant("-2 * -3 - -1"), number("7"));
    assert_eq!(constant("--.5"), number("0.5"));
    assert_eq!(value("unit_price * quantity * (1 - discount)", ROW), number("83.3"));
    assert_eq!(value("[订单 金额] + [and]", ROW), number("1207.5"));
}

#[test]
fn a_quotient_is_rounded_half_away_from_zero_at_twelve_decimals() {
    assert_eq!(constant("2 / 3"), number("0.666666666667"));
    assert_eq!(constant("-2 / 3"), number("-0.666666666667"));
    assert_eq!(constant("1 / 3 * 3"), number("0.999999999999"));
    assert_eq!(constant("0.000000000001 / 2"), number("0.000000000001"));
    assert_eq!(constant("-0.000000000001 / 2"), number("-0.000000000001"));
    assert_eq!(constant("0.0000000000000001 / 300"), number("0"));
    assert_eq!(constant("0.00000000000150000001 / 3"), number("0.000000000001"));
    assert_eq!(constant("100000000000000000000 / 2"), number("50000000000000000000"));
}

#[test]
fn what_does_not_fit_is_an_error_and_never_a_wrong_number() {
    assert_eq!(constant("1 / 0"), Err(Failure::DivisionByZero));
    assert_eq!(constant("1 / (0.5 - 1 / 2)"), Err(Failure::DivisionByZero));
    assert_eq!(constant("9999999999999999999999999999 * 10"), Err(Failure::TooLarge));
    assert_eq!(constant("9999999999999999999999999999 * 1.01"), Err(Failure::TooLarge));
    assert_eq!(constant("9999999999999999999999999999 + 0.1"), Err(Failure::TooLarge));
    assert_eq!(constant("100000000000000000000 / 3"), Err(Failure::TooLarge));
    assert_eq!(constant("9999999999999999999999999999 * 0.10"), number("999999999999999999999999999.9"));
    assert_eq!(constant("7000000000000000000000000000.0 + 9"), number("7000000000000000000000000009"));
}

#[test]
fn products_of_quotients_keep_at_least_twelve_decimals() {
    // 884955.752212389381 × 0.666666666667 has thirty digits.
    let product = constant("1000000 / 1.13 * (1 - 1 / 3)").unwrap();
    let exact: Decimal = "589970.501475221239250737463127".parse().unwrap();
    assert!((product - exact).abs() < Decimal::new(1, 12), "{product}");
}

#[test]
fn text_is_compared_as_text_and_numbers_as_numbers() {
    assert_eq!(holds("status != 'Cancelled'", ROW), Ok(true));
    assert_eq!(holds("status = \"Shipped\"", ROW), Ok(true));
    assert_eq!(holds("status = 'shipped'", ROW), Ok(false));
    assert_eq!(holds("quantity = '10.0'", ROW), Ok(false));
    assert_eq!(holds("quantity = 10.0", ROW), Ok(true));
    assert_eq!(holds("quantity > 9", ROW), Ok(true));
    assert_eq!(holds("quantity > '9'", ROW), Ok(false));
    assert_eq!(holds("unit_price < quantity", ROW), Ok(true));
    assert_eq!(holds("status = ''", ["", "", "", "  ", "", ""]), Ok(true));
    assert_eq!(holds("quantity = discount", ["", "001", "1", "", "", ""]), Ok(false));
    assert_eq!(holds("quantity + 0 = discount", ["", "001", "1", "", "", ""]), Ok(true));
}

#[test]
fn conditions_bind_not_before_and_before_or() {
    assert_eq!(holds("1 = 2 and 1 = 1 or 1 = 1", ROW), Ok(true));
    assert_eq!(holds("1 = 1 or 1 = 1 and 1 = 2", ROW), Ok(true));
    assert_eq!(holds("(1 = 1 or 1 = 1) and 1 = 2", ROW), Ok(false));
    assert_eq!(holds("not 1 = 2 and 1 = 1", ROW), Ok(true));
    assert_eq!(holds("NOT (1 = 1 And 1 <> 2)", ROW), Ok(false));
    for (operator, wanted) in
        [("=", false), ("==", false), ("!=", true), ("<", true), ("<=", true), (">", false), (">=", false)]
    {
        assert_eq!(holds(&format!("1 {operator} 2"), ROW), Ok(wanted), "{operator}");
    }
}

#[test]
fn a_blank_cell_is_not_zero_but_can_be_asked_about_first() {
    let blank = ["9.8", "10", " ", "", "", ""];
    assert_eq!(value("1 - discount", blank), Err(Failure::Blank { column: 2 }));
    assert_eq!(holds("discount > 0", blank), Err(Failure::Blank { column: 2 }));
    assert_eq!(holds("discount != '' and discount > 0", blank), Ok(false));
    assert_eq!(holds("discount = '' or discount > 0", blank), Ok(true));
}

#[test]
fn a_cell_is_read_as_people_write_numbers() {
    assert_eq!(value("unit_price * 1", ["￥1，200.50", "", "", "", "", ""]), number("1200.5"));
    assert_eq!(value("1 - discount", ["", "", "15%", "", "", ""]), number("0.85"));
    let why = Unreadable::Grouping;
    assert_eq!(value("quantity * 2", ["", "1,12", "", "", "", ""]), Err(Failure::Cell { column: 1, why }));
}

#[test]
fn signs_of_a_chinese_keyboard_are_understood() {
    assert_eq!(value("（unit_price ＋ １）× quantity ÷ 2", ROW), number("54"));
    assert_eq!(value("【订单 金额】\u{2212} ［and］", ROW), number("1193.5"));
    assert_eq!(holds("status ≠ ‘Cancelled’ and status ＝ “Shipped”", ROW), Ok(true));
    assert_eq!(holds("quantity ≥ 10 and quantity ≤ 10 and quantity ＞＝ 10", ROW), Ok(true));
}

#[test]
fn a_lone_column_or_text_is_recognised() {
    assert!(matches!(compiled("discount"), Ok(Compiled::Column(2))));
    assert!(matches!(compiled("([ 订单 金额 ])"), Ok(Compiled::Column(4))));
    assert!(matches!(compiled("'it''s'"), Ok(Compiled::Text(text)) if text == "it's"));
}

#[test]
fn an_expression_is_written_with_the_parentheses_it_needs() {
    for (text, written) in [
        ("((a))+(b*(c))", "a + b * c"),
        ("(a+b)*c-(d-(e))", "(a + b) * c - (d - e)"),
        ("a/(b/c)/d", "a / (b / c) / d"),
        ("-(a+b)*-c", "-(a + b) * -c"),
        ("not(a=1 or b<>2)And not c<='x'", "not (a = 1 or b != 2) and not c <= 'x'"),
        ("a = 1 or (b = 2 or c = 3)", "a = 1 or (b = 2 or c = 3)"),
        ("[订单 金额]>\"it's\"", "[订单 金额] > 'it''s'"),
        ("[a]]b]!=[and]", "[a]]b] != [and]"),
        ("[金额] == .50", "金额 = 0.5"),
    ] {
        let printed = Expression::parse(text).unwrap().to_string();
        assert_eq!(printed, written);
        assert_eq!(Expression::parse(&printed).unwrap().to_string(), written);
    }
}

#[test]
fn a_wrong_expression_is_refused_with_the_place() {
    let column = |name: &str| Reason::Column { name: name.to_owned(), why: Unresolved::Missing };
    let cases = [
        ("", 1, Reason::ValueMissing),
        ("   ", 4, Reason::ValueMissing),
        ("quantity *", 11, Reason::ValueMissing),
        ("quantity * * 2", 12, Reason::ValueMissing),
        ("(quantity", 10, Reason::Unclosed(')')),
        ("quantity)", 9, Reason::Character(')')),
        ("quantity 2", 10, Reason::OperatorMissing),
        ("quantity ; 2", 10, Reason::Character(';')),
        ("1 ! 2", 3, Reason::Character('!')),
        ("1 = 'a", 5, Reason::Unclosed('\'')),
        ("[a", 1, Reason::Unclosed(']')),
        ("1 + [ ]", 5, Reason::NameMissing),
        ("1.2.3", 1, Reason::Number),
        ("1 + 2024年", 5, Reason::Number),
        ("1,000", 2, Reason::Character(',')),
        ("50%", 3, Reason::Character('%')),
        ("1 < 2 < 3", 7, Reason::Chained),
        ("1 + status + 'x'", 14, Reason::NumberWanted),
        ("(1 = 2) + 1", 4, Reason::NumberWanted),
        ("-'x'", 2, Reason::NumberWanted),
        ("'x' = (1 = 2)", 10, Reason::TextWanted),
        ("'1' = 1", 7, Reason::TextWanted),
        ("quantity and 1 = 1", 1, Reason::ConditionWanted),
        ("not 'x'", 5, Reason::ConditionWanted),
        ("1 - 价格", 5, column("价格")),
        ("12345678901234567890123456789", 1, Reason::Number),
    ];
    for (text, position, reason) in cases {
        assert_eq!(compiled(text).unwrap_err(), Fault { position, reason }, "{text}");
    }
}

#[test]
fn no_text_is_long_or_deep_enough_to_exhaust_the_reader() {
    let refused = |text: &str| Expression::parse(text).unwrap_err().reason == Reason::TooLarge;
    for opening in ["(", "-", "not ", "1+("] {
        assert!(refused(&opening.repeat(100_000)), "{opening}");
        assert!(refused(&opening.repeat(60)), "{opening}");
    }
    assert!(refused(&vec!["1"; 100_000].join("+")));
    assert!(refused(&" ".repeat(5_000)));
    assert!(refused(&format!("'{}'", "x".repeat(5_000))));
    assert_eq!(constant(&vec!["1"; 200].join("+")), number("200"));
    assert_eq!(constant(&format!("{}1{}", "(".repeat(40), ")".repeat(40))), number("1"));
}

#[test]
fn yuan_become_fen_half_away_from_zero() {
    for (yuan, fen) in [("0.005", 1), ("-0.005", -1), ("0.0049999", 0), ("168.255", 16826), ("1", 100)] {
        assert_eq!(rounded_fen(yuan.parse().unwrap()), Some(Fen(fen)), "{yuan}");
    }
    assert_eq!(rounded_fen("92233720368547758.07".parse().unwrap()), Some(Fen(i64::MAX)));
    assert_eq!(rounded_fen("92233720368547758.08".parse().unwrap()), None);
    assert_eq!(rounded_fen(Decimal::MAX), None);
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_refused_without_harm(text in "\\PC{0,60}", marks in "[a价 0-9.+*/()<>=!'\"\\[\\]andort-]{0,60}") {
        for text in [text, marks] {
            if let Ok(expression) = Expression::parse(&text) {
                let _ = expression.compile(|_| Ok(0));
            }
        }
    }
}

#[test]
fn texts_are_joined_and_cells_lose_the_spaces_around_them() {
    let row = ["9.8", "10", "0.15", "  Shipped ", "", "7"];
    assert_eq!(wording("status & ' ' & [and]", row), Ok("Shipped 7".to_owned()));
    assert_eq!(wording("[订单 金额] ＆ 'x'", row), Ok("x".to_owned()));
    assert!(holds("status & quantity = 'Shipped10' and 1 = 1", row).unwrap());
    assert!(holds("'a' & 'b' = 'ab'", row).unwrap());
}

#[test]
fn if_takes_one_side_and_looks_only_at_it() {
    assert_eq!(value("if(status = 'Shipped', unit_price, -unit_price) * 2", ROW), number("19.6"));
    assert_eq!(value("IF（status = 'Void'， 1 / 0， 3）", ROW), number("3"));
    assert_eq!(wording("if(quantity > 5, status, discount)", ROW), Ok("Shipped".to_owned()));
    assert_eq!(wording("if(quantity > 50, status, 'few')", ROW), Ok("few".to_owned()));
    assert!(holds("if(quantity > 5, 1, 0) = 1", ROW).unwrap());
    assert_eq!(formula("if(status = 'x', unit_price, quantity)+0").columns(), [0, 1]);
}

#[test]
fn lookup_gives_what_the_table_has_or_says_that_it_has_nothing() {
    let row = |status| ["2", "10", "", status, "", ""];
    assert_eq!(wording("lookup('state', status)", row(" Void ")), Ok("cancelled".to_owned()));
    assert_eq!(wording("lookup('state', status)", row("Lost")), Err(Failure::Unlisted { column: 3 }));
    assert_eq!(wording("lookup('state', status)", row("")), Ok(String::new()));
    assert_eq!(wording("lookup('state', status, 'new')", row("Lost")), Ok("new".to_owned()));
    assert_eq!(wording("lookup('state', status, 'new')", row("")), Ok("new".to_owned()));
    assert_eq!(wording("lookup('state', status, status & '?')", row("Lost")), Ok("Lost?".to_owned()));
    assert_eq!(value("unit_price * lookup('rate', status)", row("Shipped")), number("14.2468"));
    assert_eq!(value("unit_price * lookup('rate', status, 1)", row("Lost")), number("2"));
    assert_eq!(value("unit_price * lookup('rate', status)", row("")), Err(Failure::Blank { column: 3 }));
    assert_eq!(
        value("unit_price * lookup('rate', status)", row("Lost")),
        Err(Failure::Unlisted { column: 3 })
    );
}

#[test]
fn a_wrong_call_is_refused_where_it_is_wrong() {
    let wrong = |text: &str| compiled(text).map(|_| ()).unwrap_err();
    let fault = |position, reason| Fault { position, reason };
    assert_eq!(wrong("lookup('none', status)"), fault(1, Reason::NoSuchTable("none".to_owned())));
    assert_eq!(wrong("lookup(state, status)"), fault(8, Reason::TableWanted));
    assert_eq!(wrong("lookup('state', 'x')"), fault(17, Reason::ColumnWanted));
    assert_eq!(wrong("1 + lookup('state', status)"), fault(5, Reason::NumberWanted));
    assert_eq!(wrong("if(status, 1, 2)"), fault(4, Reason::ConditionWanted));
    assert_eq!(wrong("if(1 = 1, 1)"), fault(12, Reason::Unclosed(',')));
    assert_eq!(wrong("if(1 = 1, 1, 2"), fault(15, Reason::Unclosed(')')));
    assert_eq!(wrong("1, 2"), fault(2, Reason::Character(',')));
    assert_eq!(wrong("sum(quantity)"), fault(4, Reason::OperatorMissing));
    assert_eq!(wrong("unit_price & 'x' + 1"), fault(18, Reason::TextWanted));
}

#[test]
fn calls_read_back_as_they_are_written() {
    for text in [
        "first & ' ' & last",
        "if(a = 'x', b & 'y', lookup('it''s', c, ''))",
        "lookup('rate', [订单 金额]) * 2",
        "a & (b & c) = d",
    ] {
        let expression = Expression::parse(text).unwrap();
        assert_eq!(expression.to_string(), text);
    }
    assert!(matches!(Expression::parse("if + lookup").unwrap().compile(|_| Ok(0)), Ok(Compiled::Formula(_))));
}
