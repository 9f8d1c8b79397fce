//! How dates, weeks and times look (`ux.md` §3.10). Which day it is, is `domain`'s calendar.

use dacheng_domain::calendar::Period;
use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::Lang;

/// `2026年11月23日（周一）`, `Mon, 23 Nov 2026`.
///
/// ```
/// use dacheng_text::{Lang, date};
/// use jiff::civil::date;
/// assert_eq!(date::full(Lang::Zh, date(2026, 11, 23)), "2026年11月23日（周一）");
/// assert_eq!(date::full(Lang::En, date(2026, 11, 23)), "Mon, 23 Nov 2026");
/// ```
pub fn full(lang: Lang, day: Date) -> String {
    let (year, number, weekday) = (day.year(), day.day(), weekday(lang, day.weekday()));
    match lang {
        Lang::Zh => format!("{year}年{}月{number}日（{weekday}）", day.month()),
        Lang::En => format!("{weekday}, {number} {} {year}", month_name(lang, day.month())),
    }
}

/// `11月23日（周一）`, `Mon, 23 Nov`, where the year is clear.
pub fn in_year(lang: Lang, day: Date) -> String {
    let (number, weekday) = (day.day(), weekday(lang, day.weekday()));
    match lang {
        Lang::Zh => format!("{}月{number}日（{weekday}）", day.month()),
        Lang::En => format!("{weekday}, {number} {}", month_name(lang, day.month())),
    }
}

/// `11-23`, for tables and axes; the same in both languages.
pub fn short(day: Date) -> String {
    format!("{:02}-{:02}", day.month(), day.day())
}

/// A period as titles name it: `2026年11月`, `2026年Q4`, `2026年`, a week or a day.
///
/// ```
/// use dacheng_domain::calendar::{FiscalStart, Period};
/// use dacheng_text::{Lang, date};
/// let quarter = Period::parse("2026-Q4", FiscalStart::JANUARY).unwrap();
/// assert_eq!(date::period(Lang::Zh, quarter), "2026年Q4");
/// ```
pub fn period(lang: Lang, period: Period) -> String {
    match period {
        Period::Year(of) => year(lang, of.name()),
        Period::Quarter(of) => quarter(lang, of.year().name(), of.number()),
        Period::Month(of) => month(lang, of.year(), of.number()),
        Period::Week(of) => week(lang, of.first_day()),
        Period::Day(day) => full(lang, day),
    }
}

/// `2026年`, `2026`.
pub fn year(lang: Lang, year: i16) -> String {
    match lang {
        Lang::Zh => format!("{year}年"),
        Lang::En => year.to_string(),
    }
}

/// `2026年Q4`, `Q4 2026`.
pub fn quarter(lang: Lang, year: i16, quarter: i8) -> String {
    match lang {
        Lang::Zh => format!("{year}年Q{quarter}"),
        Lang::En => format!("Q{quarter} {year}"),
    }
}

/// `2026年11月`, `Nov 2026`.
pub fn month(lang: Lang, year: i16, month: i8) -> String {
    match lang {
        Lang::Zh => format!("{year}年{month}月"),
        Lang::En => format!("{} {year}", month_name(lang, month)),
    }
}

/// `11月`, `Nov`.
pub fn month_name(lang: Lang, month: i8) -> String {
    const ENGLISH: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    match lang {
        Lang::Zh => format!("{month}月"),
        Lang::En => {
            let place = usize::try_from(month - 1).unwrap_or_default();
            ENGLISH.get(place).copied().unwrap_or_default().to_owned()
        }
    }
}

/// `周一`, `Mon`; weeks begin on Monday.
pub const fn weekday(lang: Lang, day: Weekday) -> &'static str {
    match (lang, day) {
        (Lang::Zh, Weekday::Monday) => "周一",
        (Lang::Zh, Weekday::Tuesday) => "周二",
        (Lang::Zh, Weekday::Wednesday) => "周三",
        (Lang::Zh, Weekday::Thursday) => "周四",
        (Lang::Zh, Weekday::Friday) => "周五",
        (Lang::Zh, Weekday::Saturday) => "周六",
        (Lang::Zh, Weekday::Sunday) => "周日",
        (Lang::En, Weekday::Monday) => "Mon",
        (Lang::En, Weekday::Tuesday) => "Tue",
        (Lang::En, Weekday::Wednesday) => "Wed",
        (Lang::En, Weekday::Thursday) => "Thu",
        (Lang::En, Weekday::Friday) => "Fri",
        (Lang::En, Weekday::Saturday) => "Sat",
        (Lang::En, Weekday::Sunday) => "Sun",
    }
}

/// The ISO week that begins on `monday`: `第48周（11-23 至 11-29）`, `Week 48 (11-23 to 11-29)`.
///
/// ```
/// use dacheng_text::{Lang, date};
/// use jiff::civil::date;
/// assert_eq!(date::week(Lang::Zh, date(2026, 11, 23)), "第48周（11-23 至 11-29）");
/// ```
pub fn week(lang: Lang, monday: Date) -> String {
    let sunday = monday.saturating_add(jiff::Span::new().days(6));
    let (number, from, to) = (monday.iso_week_date().week(), short(monday), short(sunday));
    match lang {
        Lang::Zh => format!("第{number}周（{from} 至 {to}）"),
        Lang::En => format!("Week {number} ({from} to {to})"),
    }
}

/// Days as a list of stretches: `02-15 至 02-23`, `09-25 至 09-27、10-01`. The days come in order.
///
/// ```
/// use dacheng_text::{Lang, date};
/// use jiff::civil::date;
/// let off = [date(2026, 9, 25), date(2026, 9, 26), date(2026, 10, 1)];
/// assert_eq!(date::days(Lang::Zh, &off), "09-25 至 09-26、10-01");
/// ```
pub fn days(lang: Lang, days: &[Date]) -> String {
    let mut stretches: Vec<(Date, Date)> = Vec::new();
    for &day in days {
        match stretches.last_mut() {
            Some((_, last)) if last.tomorrow().is_ok_and(|next| next == day) => *last = day,
            Some(_) | None => stretches.push((day, day)),
        }
    }
    let said = |(first, last): (Date, Date)| {
        if first == last { short(first) } else { lang.dates().range(short(first), short(last)) }
    };
    stretches.into_iter().map(said).collect::<Vec<_>>().join(lang.dates().comma())
}

/// `15:30`, 24 hours.
pub fn time(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// When something happened, seen from `now` (both in the company's zone): `15 分钟前` within the last hour, then
/// `11-23 15:00` within the year, else with the year.
///
/// ```
/// use dacheng_text::{Lang, date};
/// use jiff::civil::date;
/// let now = date(2026, 11, 23).at(15, 30, 0, 0);
/// assert_eq!(date::moment(Lang::Zh, date(2026, 11, 23).at(15, 15, 0, 0), now), "15 分钟前");
/// assert_eq!(date::moment(Lang::Zh, date(2026, 11, 20).at(9, 5, 0, 0), now), "11-20 09:05");
/// assert_eq!(date::moment(Lang::En, date(2025, 11, 20).at(9, 5, 0, 0), now), "2025-11-20 09:05");
/// ```
pub fn moment(lang: Lang, at: DateTime, now: DateTime) -> String {
    let ago = at.duration_until(now).as_secs();
    if (0..60).contains(&ago) {
        lang.dates().just_now().to_owned()
    } else if (60..3600).contains(&ago) {
        lang.dates().minutes_ago(ago / 60)
    } else if at.year() == now.year() {
        format!("{} {}", short(at.date()), time(at.time()))
    } else {
        stamp(at)
    }
}

/// `2026-11-23 15:00`, for hover texts and the audit trail.
pub fn stamp(at: DateTime) -> String {
    format!("{} {}", at.date(), time(at.time()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn periods_read_as_the_guide_says() {
        assert_eq!(month(Lang::Zh, 2026, 11), "2026年11月");
        assert_eq!(month(Lang::En, 2026, 11), "Nov 2026");
        assert_eq!(quarter(Lang::Zh, 2026, 4), "2026年Q4");
        assert_eq!(quarter(Lang::En, 2026, 4), "Q4 2026");
        assert_eq!(year(Lang::Zh, 2026), "2026年");
        assert_eq!(week(Lang::En, date(2026, 11, 23)), "Week 48 (11-23 to 11-29)");
    }

    #[test]
    fn a_week_may_cross_the_year() {
        assert_eq!(week(Lang::Zh, date(2026, 12, 28)), "第53周（12-28 至 01-03）");
    }

    #[test]
    fn an_hour_ago_is_a_time_of_day() {
        let now = date(2026, 1, 1).at(0, 30, 0, 0);
        assert_eq!(moment(Lang::Zh, date(2025, 12, 31).at(23, 31, 0, 0), now), "59 分钟前");
        assert_eq!(moment(Lang::Zh, date(2025, 12, 31).at(23, 30, 0, 0), now), "2025-12-31 23:30");
        assert_eq!(moment(Lang::En, now, now), "just now");
        assert_eq!(moment(Lang::En, date(2026, 1, 1).at(0, 29, 0, 0), now), "1 minute ago");
    }
}
