//! Dates as files write them. A time of day is left out; a time zone is refused, because it could move the day.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::fmt::strtime;
use unicode_normalization::UnicodeNormalization;

/// How a file writes its dates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum DateFormat {
    /// `2026-08-05`, `2026/8/5`, `2026.8.5`, `20260805`, `2026年8月5日`, each also with a time of day.
    #[default]
    Usual,
    /// One form only, which a mapping names.
    Named(NamedFormat),
}

/// A form that has a year, a month and a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFormat(String);

/// A text that describes no form of a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date format such as %d/%m/%Y or dd/MM/yyyy: {0:?}")]
pub struct NotADateFormat(pub String);

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotADate {
    /// None of the accepted forms.
    #[error("not a date in an accepted form")]
    Form,
    /// A day that the calendar does not have.
    #[error("there is no such day")]
    NoSuchDay,
    /// Before 1900 or after 9999.
    #[error("the year is before 1900")]
    Year,
}

impl DateFormat {
    /// Reads a `date_format` of a mapping: the letters of `strptime` with `%`, or those of spreadsheets.
    ///
    /// ```
    /// use dacheng_domain::facts::day::DateFormat;
    /// use jiff::civil::date;
    /// for text in ["%d/%m/%Y", "dd/MM/yyyy"] {
    ///     assert_eq!(DateFormat::named(text)?.read("5/8/2026"), Ok(Some(date(2026, 8, 5))));
    /// }
    /// assert!(DateFormat::named("%H:%M").is_err());
    /// # Ok::<(), dacheng_domain::facts::day::NotADateFormat>(())
    /// ```
    pub fn named(text: &str) -> Result<Self, NotADateFormat> {
        let wrong = || NotADateFormat(text.to_owned());
        let format =
            if text.contains('%') { text.to_owned() } else { from_letters(text).ok_or_else(wrong)? };
        // A form that loses a part of the date does not give it back.
        let survives = |date: Date| {
            let written = strtime::format(&format, date.at(0, 0, 0, 0)).ok()?;
            (strtime::parse(&format, written).ok()?.to_date().ok()? == date).then_some(())
        };
        let all_survive = [jiff::civil::date(2026, 8, 5), jiff::civil::date(1999, 11, 30)]
            .into_iter()
            .all(|date| survives(date).is_some());
        if all_survive { Ok(Self::Named(NamedFormat(format))) } else { Err(wrong()) }
    }

    /// Reads a cell; `None` where nothing is filled in (blank, `-` or `—`).
    pub fn read(&self, text: &str) -> Result<Option<Date>, NotADate> {
        if let (Self::Usual, Some(date)) = (self, plain(text.as_bytes())) {
            return Ok(Some(date));
        }
        let text = text.trim();
        let text: Cow<str> = if text.is_ascii() { text.into() } else { text.nfkc().collect() };
        if matches!(&*text, "" | "-" | "—") {
            return Ok(None);
        }
        let date = match self {
            Self::Usual => usual(&text)?,
            Self::Named(NamedFormat(format)) => {
                let parsed = strtime::parse(format, &*text).map_err(|_| NotADate::Form)?;
                parsed.to_date().map_err(|_| NotADate::NoSuchDay)?
            }
        };
        if date.year() < 1900 { Err(NotADate::Year) } else { Ok(Some(date)) }
    }
}

/// Translates `yyyy-MM-dd`; `mm` behind an hour are minutes.
fn from_letters(text: &str) -> Option<String> {
    let mut format = String::new();
    let mut before = None;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let lower = letter.to_ascii_lowercase();
        let behind = rest.trim_start_matches([lower, letter.to_ascii_uppercase()]);
        let length = rest.len() - behind.len();
        let part = match (lower, length) {
            ('y', 2) => "%y",
            ('y', 4) => "%Y",
            ('m', 1 | 2) if before == Some('h') => "%M",
            ('m', 1 | 2) => "%m",
            ('d', 1 | 2) => "%d",
            ('h', 1 | 2) => "%H",
            ('s', 1 | 2) => "%S",
            _ if letter.is_ascii_alphabetic() => return None,
            _ => &rest[..length],
        };
        format.push_str(part);
        if lower.is_ascii_alphabetic() {
            before = Some(lower);
        }
        rest = behind;
    }
    Some(format)
}

/// The fast path: `2026-08-05` and nothing else, of a day there is.
fn plain(text: &[u8]) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let digits = |digits: &[u8]| {
        let step =
            |number: i16, digit: &u8| digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0'));
        digits.iter().try_fold(0, step)
    };
    let (year, month, day) = (digits(&[y1, y2, y3, y4])?, digits(&[m1, m2])?, digits(&[d1, d2])?);
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (year >= 1900).then_some(date)
}

fn usual(text: &str) -> Result<Date, NotADate> {
    let (day, time) = match text.find(['T', ' ']) {
        Some(end) => (&text[..end], Some(text[end + 1..].trim_start())),
        None => (text, None),
    };
    if !time.is_none_or(is_time_of_day) {
        return Err(NotADate::Form);
    }
    let [year, month, day] = parts(day).ok_or(NotADate::Form)?;
    match (year.len(), month.len(), day.len()) {
        (4, 1 | 2, 1 | 2) => {}
        _ => return Err(NotADate::Form),
    }
    let year = number(year).ok_or(NotADate::Form)?;
    let month = number(month).and_then(|month| i8::try_from(month).ok()).ok_or(NotADate::Form)?;
    let day = number(day).and_then(|day| i8::try_from(day).ok()).ok_or(NotADate::Form)?;
    Date::new(year, month, day).map_err(|_| NotADate::NoSuchDay)
}

/// Year, month and day between their separators.
fn parts(text: &str) -> Option<[&str; 3]> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some([&text[..4], &text[4..6], &text[6..]]);
    }
    if let Some((year, rest)) = text.split_once('年') {
        let (month, day) = rest.split_once('月')?;
        return Some([year, month, day.strip_suffix('日')?]);
    }
    let separator = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = text.splitn(3, separator);
    Some([parts.next()?, parts.next()?, parts.next()?])
}

fn number(digits: &str) -> Option<i16> {
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits { digits.parse().ok() } else { None }
}

/// `0:00`, `00:00:00`, `13:45:10.123`.
fn is_time_of_day(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = clock.split(':').map(|part| number(part).filter(|_| part.len() <= 2));
    let within = |part: Option<Option<i16>>, most| matches!(part, Some(Some(part)) if part <= most);
    let hour_and_minute = within(parts.next(), 23) && within(parts.next(), 59);
    let second = parts.next();
    hour_and_minute
        && (second.is_none() || within(second, 59))
        && parts.next().is_none()
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
}
