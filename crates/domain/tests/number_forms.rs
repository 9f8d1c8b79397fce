//! Numbers as people write them, against shared vectors and against numbers that the tests write themselves.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic, too")]

use dacheng_domain::Fen;
use dacheng_domain::number::{CellUnit, Unreadable, any, count, decimal, fraction, money};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde::Deserialize;

/// One line of the file that the browser's implementation is tested with, too.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    input: String,
    unit: CellUnit,
    fen: Option<String>,
    error: Option<Unreadable>,
    #[serde(default)]
    blank: bool,
}

#[test]
fn every_shared_vector_reads_as_it_says() {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("number_vectors.json")).unwrap();
    for vector in vectors {
        let wanted = match (&vector.fen, vector.error, vector.blank) {
            (Some(fen), None, false) => Ok(Some(Fen(fen.parse().unwrap()))),
            (None, Some(error), false) => Err(error),
            (None, None, true) => Ok(None),
            _ => panic!("{:?} says not exactly one of fen, error, blank", vector.input),
        };
        assert_eq!(money(&vector.input, vector.unit), wanted, "{:?} in {:?}", vector.input, vector.unit);
    }
}

#[test]
fn a_percentage_is_read_only_where_one_is_allowed() {
    assert_eq!(fraction("60%"), Ok(Some(Decimal::new(6, 1))));
    assert_eq!(fraction("0.6"), fraction("６０ ％"));
    assert_eq!(fraction("33.33%"), Ok(Some(Decimal::new(3333, 4))));
    assert_eq!(any("-15%"), Ok(Some(Decimal::new(-15, 2))));
    assert_eq!(decimal("60%"), Err(Unreadable::Percent));
    assert_eq!(fraction("60元"), Err(Unreadable::Currency));
    assert_eq!(fraction("—"), Ok(None));
}

#[test]
fn a_quantity_is_a_plain_number() {
    assert_eq!(decimal("1,200.125"), Ok(Some(Decimal::new(1_200_125, 3))));
    assert_eq!(decimal("2千"), Ok(Some(Decimal::new(2000, 0))));
    assert_eq!(decimal("¥5"), Err(Unreadable::Currency));
    assert_eq!(any("¥1.5万"), Ok(Some(Decimal::new(15_000, 0))));
    assert_eq!(decimal(" "), Ok(None));
    assert_eq!(decimal("0.00000000000000000000000000001"), Err(Unreadable::TooLong));
    assert_eq!(decimal("9999999999999999999999999999亿"), Err(Unreadable::TooLong));
}

#[test]
fn a_count_is_whole() {
    assert_eq!(count("１，２００"), Ok(Some(1200)));
    assert_eq!(count("8.0"), Ok(Some(8)));
    assert_eq!(count("1.5万"), Ok(Some(15_000)));
    assert_eq!(count("8.5"), Err(Unreadable::NotWhole));
    assert_eq!(count("99999999999999999999"), Err(Unreadable::TooLong));
    assert_eq!(count("-"), Ok(None));
}

/// Writes an amount with separators and full-width forms, as a person might.
fn dressed(fen: Fen, separator: &str, wide: bool) -> String {
    let plain = fen.to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", &*plain), |digits| ("\u{2212}", digits));
    let (yuan, cents) = digits.split_once('.').unwrap();
    let groups: Vec<&str> =
        yuan.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    let written = format!("{sign}{}.{cents}", groups.join(separator));
    if !wide {
        return written;
    }
    let widen = |c: char| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xfee0).unwrap() } else { c };
    written.chars().map(widen).collect()
}

proptest! {
    #[test]
    fn an_amount_reads_the_same_however_it_is_dressed(fen: i64, separator in prop::sample::select(vec!["", ",", "，", " "]), wide: bool) {
        prop_assume!(fen != i64::MIN);
        let text = dressed(Fen(fen), separator, wide);
        prop_assert_eq!(money(&text, CellUnit::Yuan), Ok(Some(Fen(fen))), "{}", text);
    }

    #[test]
    fn a_number_reads_as_an_independent_parser_reads_it(text in "-?[0-9]{1,20}(\\.[0-9]{1,8})?") {
        let wanted: Decimal = text.parse().unwrap();
        prop_assert_eq!(decimal(&text), Ok(Some(wanted)));
        let fen = wanted * Decimal::ONE_HUNDRED;
        let wanted = if fen.is_integer() { i64::try_from(fen).map(|fen| Some(Fen(fen))).map_err(|_| Unreadable::TooLong) } else { Err(Unreadable::Decimals) };
        prop_assert_eq!(money(&text, CellUnit::Yuan), wanted);
    }

    #[test]
    fn a_misplaced_separator_is_never_read(whole in "[1-9][0-9]{0,8}", place in 0_usize..9) {
        let place = place % (whole.len() + 1);
        let text = format!("{},{}", &whole[..place], &whole[place..]);
        let well_placed = (1..=3).contains(&place) && whole.len() - place == 3;
        prop_assert_eq!(money(&text, CellUnit::Yuan).is_ok(), well_placed, "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused_without_harm(text in "\\PC{0,40}", marks in "[0-9０-９,，. ()（）¥￥元千万百亿%−-]{0,40}") {
        for text in [text, marks] {
            let amount = money(&text, CellUnit::TenThousandYuan);
            let value = any(&text);
            prop_assert_eq!(amount == Ok(None), value == Ok(None));
            prop_assert!(value.is_err() || !matches!(amount, Err(Unreadable::NotANumber | Unreadable::Grouping)));
            let _ = (decimal(&text), fraction(&text), count(&text));
        }
    }
}
