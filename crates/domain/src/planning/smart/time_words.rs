//! The small pieces of a time: days in digits, numbers and names of months, quarters and halves in words.

use jiff::civil::Date;

use super::scan::Scan;

/// 2024-09-30, 2024/9/30, 2024.9.30, 2024 年 9 月 30 日.
pub(super) fn iso_day(scan: &mut Scan<'_>) -> Option<Date> {
    let mut place = *scan;
    let year = place.digits(4).filter(|year| (2000..=2099).contains(year))?;
    if !place.take_any(&["-", "/", ".", "年"]) {
        return None;
    }
    let month = place.digits(2)?;
    if !place.take_any(&["-", "/", ".", "月"]) {
        return None;
    }
    let day = place.digits(2)?;
    place.take_any(&["日", "号"]);
    let found = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    scan.at = place.at;
    found.ok()
}

pub(super) fn english_quarter(scan: &mut Scan<'_>) -> Option<i8> {
    const NAMES: [(&[&str], i8); 4] = [
        (&["first quarter", "1st quarter"], 1),
        (&["second quarter", "2nd quarter"], 2),
        (&["third quarter", "3rd quarter"], 3),
        (&["fourth quarter", "4th quarter"], 4),
    ];
    let mut place = *scan;
    place.take("the");
    let named = NAMES.iter().find_map(|(words, number)| place.take_any(words).then_some(*number));
    let number = match named {
        Some(number) => number,
        None if place.take("q") => i8::try_from(place.digits(1)?).ok()?,
        None => return None,
    };
    place.take_any(&["季度", "季"]);
    scan.at = place.at;
    Some(number)
}

/// Months after which a half begins.
pub(super) fn english_half(scan: &mut Scan<'_>) -> Option<i32> {
    if scan.take_any(&["first half of the year", "first half", "h1"]) {
        Some(0)
    } else if scan.take_any(&["second half of the year", "second half", "h2"]) {
        Some(6)
    } else {
        None
    }
}

/// The number of a month, in digits or as a Chinese numeral.
pub(super) fn month_number(scan: &mut Scan<'_>) -> Option<i8> {
    let number = small_number(scan).filter(|number| (1..=12).contains(number))?;
    i8::try_from(number).ok()
}

/// 月, 月份; but not the beginning of 月均.
pub(super) fn month_mark(scan: &mut Scan<'_>) -> bool {
    let mut place = *scan;
    let found = place.take("月份") || (place.take("月") && place.next_visible() != Some('均'));
    if found {
        *scan = place;
    }
    found
}

/// 1 to 19 in digits or words.
pub(super) fn small_number(scan: &mut Scan<'_>) -> Option<u32> {
    const WORDS: [(&str, u32); 12] = [
        ("十二", 12),
        ("十一", 11),
        ("十", 10),
        ("九", 9),
        ("八", 8),
        ("七", 7),
        ("六", 6),
        ("五", 5),
        ("四", 4),
        ("三", 3),
        ("二", 2),
        ("一", 1),
    ];
    let words = WORDS.iter().find_map(|(word, number)| scan.take(word).then_some(*number));
    words.or_else(|| scan.digits(2))
}

pub(super) fn english_month(scan: &mut Scan<'_>) -> Option<(&'static str, i8)> {
    const NAMES: [(&str, i8); 24] = [
        ("january", 1),
        ("february", 2),
        ("march", 3),
        ("april", 4),
        ("may", 5),
        ("june", 6),
        ("july", 7),
        ("august", 8),
        ("september", 9),
        ("october", 10),
        ("november", 11),
        ("december", 12),
        ("jan", 1),
        ("feb", 2),
        ("mar", 3),
        ("apr", 4),
        ("jun", 6),
        ("jul", 7),
        ("aug", 8),
        ("sept", 9),
        ("sep", 9),
        ("oct", 10),
        ("nov", 11),
        ("dec", 12),
    ];
    let found = NAMES.iter().find(|(name, _)| scan.take(name)).copied()?;
    scan.take(".");
    Some(found)
}
