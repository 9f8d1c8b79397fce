//! Dates as files write them.

use dacheng_domain::facts::day::{DateFormat, NotADate};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const DAY: Date = date(2026, 8, 5);

#[test]
fn the_usual_forms_of_a_day_are_read() {
    for text in [
        "2026-08-05",
        "2026-8-5",
        "2026/8/5",
        "2026/08/05",
        "2026.08.05",
        "20260805",
        "2026年8月5日",
        "2026年08月05日",
        "２０２６－０８－０５",
        " 2026-08-05 ",
        "2026-08-05 00:00:00",
        "2026-08-05T00:00:00",
        "2026-08-05 23:59:59.997",
        "2026/8/5 0:00",
        "2026-08-05  13:45",
    ] {
        assert_eq!(DateFormat::Usual.read(text), Ok(Some(DAY)), "{text}");
    }
    for text in ["", " ", "-", "—", "　"] {
        assert_eq!(DateFormat::Usual.read(text), Ok(None), "{text:?}");
    }
}

#[test]
fn a_day_that_does_not_exist_is_refused() {
    for text in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026年2月30日", "20260229"] {
        assert_eq!(DateFormat::Usual.read(text), Err(NotADate::NoSuchDay), "{text}");
    }
    assert_eq!(DateFormat::Usual.read("2024-02-29"), Ok(Some(date(2024, 2, 29))));
    assert_eq!(DateFormat::Usual.read("1899-12-30"), Err(NotADate::Year));
    assert_eq!(DateFormat::Usual.read("0001-01-01"), Err(NotADate::Year));
    assert_eq!(DateFormat::Usual.read("9999-12-31"), Ok(Some(date(9999, 12, 31))));
}

#[test]
fn a_form_that_could_mean_another_day_is_refused() {
    for text in [
        "5/8/2026",
        "08-05-2026",
        "26-08-05",
        "2026-08",
        "2026",
        "45509",
        "2026-08/05",
        "2026-08-05-01",
        "2026-08-05Z",
        "2026-08-05T00:00:00Z",
        "2026-08-05T23:00:00+08:00",
        "2026-08-05 25:00",
        "2026-08-05 8",
        "2026-08-05 10:00 PM",
        "2026-08-",
        "2026--5",
        "+2026-08-05",
        "2026年8月",
        "2026年8月5",
        "Aug 5 2026",
        "2026-08-05 00:00:",
        "2026-08-05 00:00:00:00",
        "test",
        "八月五日",
    ] {
        assert_eq!(DateFormat::Usual.read(text), Err(NotADate::Form), "{text}");
    }
}

#[test]
fn a_named_format_is_the_only_one_that_counts() {
    for format in ["%d/%m/%Y", "dd/MM/yyyy", "d/m/yyyy", "DD/MM/YYYY"] {
        let dates = DateFormat::named(format).unwrap();
        assert_eq!(dates.read("05/08/2026"), Ok(Some(DAY)), "{format}");
        assert_eq!(dates.read("5/8/2026"), Ok(Some(DAY)), "{format}");
        assert_eq!(dates.read("31/02/2026"), Err(NotADate::NoSuchDay), "{format}");
        assert_eq!(dates.read("2026-08-05"), Err(NotADate::Form), "{format}");
        assert_eq!(dates.read(" "), Ok(None), "{format}");
    }
    for (format, text) in [
        ("%m/%d/%y", "8/5/26"),
        ("yyyy年MM月dd日", "2026年8月5日"),
        ("yyyy-MM-dd HH:mm:ss", "2026-08-05 23:15:00"),
        ("%Y%m%d", "20260805"),
        ("dd.MM.yy", "05.08.26"),
        ("%d %b %Y", "5 Aug 2026"),
    ] {
        assert_eq!(DateFormat::named(format).unwrap().read(text), Ok(Some(DAY)), "{format}");
    }
}

#[test]
fn a_format_without_a_year_month_or_day_is_refused() {
    for format in ["", "%Y-%m", "%H:%M", "yyyy-MM", "dd/MM", "qq", "%Y-%m-%d %Q%", "ddd MMMM", "date"] {
        assert!(DateFormat::named(format).is_err(), "{format}");
    }
}

proptest! {
    #[test]
    fn every_day_reads_back(year in 1900_i16..=9999, month in 1_i8..=12, day in 1_i8..=31) {
        let Ok(wanted) = Date::new(year, month, day) else { return Ok(()) };
        for text in [wanted.to_string(), format!("{year}/{month}/{day}"), format!("{year}年{month}月{day}日"), format!("{year}{month:02}{day:02}")] {
            prop_assert_eq!(DateFormat::Usual.read(&text), Ok(Some(wanted)), "{}", text);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_without_harm(text in "\\PC{0,30}", marks in "[0-9０-９年月日/.:T -]{0,30}", format in "[%YymdHMSbeQjT/. -]{0,12}") {
        for dates in [DateFormat::Usual, DateFormat::named(&format).unwrap_or_default()] {
            let _ = (dates.read(&text), dates.read(&marks));
        }
    }
}
