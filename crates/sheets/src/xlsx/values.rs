//! What a value in a cell reads as: the text that a person typed or sees, as far as a workbook keeps it.

use std::borrow::Cow;

use calamine::{DataRef, ExcelDateTime};

use crate::refusal::Reason;

/// The text of a value under a number format; empty for a blank cell.
///
/// - Texts as they are. Truth values as `TRUE` and `FALSE`.
/// - Numbers as a spreadsheet program shows them in full: at most 15 digits, no exponent, no `.0`, no
///   grouping, no percent sign. A format of zeros only (`000000`) adds leading zeros.
/// - Dates as `2026-08-01`, with a time as `2026-08-01T09:30:00`, times as `09:30:00`, durations as
///   `36:30:00`.
/// - Formulas as their stored result; errors are refused.
pub(crate) fn text<'a>(value: &'a DataRef<'_>, format: &str) -> Result<Cow<'a, str>, Reason> {
    match value {
        DataRef::Empty => Ok("".into()),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Ok(text.as_str().into())
        }
        DataRef::SharedString(text) => Ok((*text).into()),
        DataRef::Bool(true) => Ok("TRUE".into()),
        DataRef::Bool(false) => Ok("FALSE".into()),
        // Only binary workbooks have these.
        DataRef::Int(number) => Ok(number.to_string().into()),
        DataRef::Float(number) => number_text(*number, format).map(Cow::Owned),
        DataRef::DateTime(moment) => moment_text(*moment, format).map(Cow::Owned),
        DataRef::Error(error) => Err(Reason::CellError { code: error.to_string() }),
    }
}

/// Beyond, a spreadsheet program has put zeros for the digits that a person typed.
const TOO_LONG: f64 = 1e15;

fn number_text(number: f64, format: &str) -> Result<String, Reason> {
    if !number.is_finite() || number.abs() >= TOO_LONG {
        return Err(Reason::LongNumber);
    }
    // Makes 0 of -0.
    let text = (number + 0.0).to_string();
    if number.fract() == 0.0 {
        let zeros = if format.bytes().all(|byte| byte == b'0') { format.len() } else { 0 };
        return Ok(if number < 0.0 { text } else { format!("{text:0>zeros$}") });
    }
    if text.len() <= 16 {
        return Ok(text);
    }
    // 0.1 + 0.2 is stored as 0.30000000000000004 and shown as 0.3.
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    Ok(shown.to_string())
}

/// The last day that spreadsheet programs know, 9999-12-31.
const LAST_DAY: f64 = 2_958_465.0;
/// The 29th of February 1900, which those programs know and the calendar does not.
const NO_DAY: f64 = 60.0;

fn moment_text(moment: ExcelDateTime, format: &str) -> Result<String, Reason> {
    let serial = moment.as_f64();
    let no_date = || Reason::NoDate { serial: serial.to_string().chars().take(40).collect() };
    if moment.is_duration() {
        return duration_text(serial).ok_or_else(no_date);
    }
    let is_time = serial < 1.0 && !format.to_ascii_lowercase().contains(['y', 'd']);
    let is_no_day =
        serial < 1.0 && !is_time || serial.floor() == NO_DAY && moment.to_ymd_hms_milli().0 == 1900;
    if !(0.0..LAST_DAY + 1.0).contains(&serial) || is_no_day {
        return Err(no_date());
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let fraction = if milli > 0 { format!(".{milli:03}") } else { String::new() };
    let time = format!("{hour:02}:{minute:02}:{second:02}{fraction}");
    Ok(match (is_time, time.as_str()) {
        (true, _) => time,
        (false, "00:00:00") => format!("{year:04}-{month:02}-{day:02}"),
        (false, _) => format!("{year:04}-{month:02}-{day:02}T{time}"),
    })
}

/// Hours may exceed 24. Parts of a second are rounded away, as the format shows none.
fn duration_text(days: f64) -> Option<String> {
    if !(0.0..=LAST_DAY).contains(&days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    let seconds = (days * 86_400.0).round() as u64;
    Some(format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}
