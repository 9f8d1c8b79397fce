//! The time that a sentence names: Q3, 三季度, 2024 年 Q4, 9 月底前, 上半年, 年底前, by 30 September.

use jiff::civil::Date;

use super::read::Frame;
use super::scan::Scan;
use super::time_words::{
    english_half, english_month, english_quarter, iso_day, month_mark, month_number, small_number,
};
use crate::calendar::{Month, Quarter, Year};

/// When a stated target is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// In these months, both included.
    Span {
        /// The first.
        first: Month,
        /// The last.
        last: Month,
    },
    /// By the end of a day.
    By(Date),
}

impl When {
    /// The day on which it ends.
    pub fn ends(self) -> Date {
        match self {
            Self::Span { last, .. } => last.last_day(),
            Self::By(day) => day,
        }
    }

    /// The whole months it covers: a day by which something is due counts from the first day of its fiscal year. `None`
    /// where that day is not the last of a month.
    pub fn months(self, fiscal: impl Fn(Date) -> Year) -> Option<(Month, Month)> {
        match self {
            Self::Span { first, last } => Some((first, last)),
            Self::By(day) => {
                let month = Month::of(day);
                (month.last_day() == day).then(|| (fiscal(day).first_month(), month))
            }
        }
    }

    /// How many months that are; of a day by which something is due, those begun since its fiscal year began.
    pub fn length(self, fiscal: impl Fn(Date) -> Year) -> u32 {
        let (first, last) = match self {
            Self::Span { first, last } => (first, last),
            Self::By(day) => (fiscal(day).first_month(), Month::of(day)),
        };
        u32::try_from(last.months_since(first) + 1).unwrap_or(0)
    }
}

/// What stands in front of a time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    None,
    In,
    By,
}

/// Whether the sentence names the year of a time, or the frame gives it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Said,
    Framed,
}

/// Reads a time here.
pub(super) fn when(scan: &mut Scan<'_>, frame: &Frame) -> Option<When> {
    let mut place = *scan;
    let mut lead = lead(&mut place);
    let reader = Reader { frame };
    let found = reader.core(&mut place, lead)?;
    lead = if tail(&mut place) { Lead::By } else { lead };
    *scan = place;
    Some(match (found, lead) {
        (When::Span { last, .. }, Lead::By) => When::By(last.last_day()),
        (found, Lead::None | Lead::In | Lead::By) => found,
    })
}

fn lead(scan: &mut Scan<'_>) -> Lead {
    const BY: [&str; 9] = [
        "by the end of",
        "before the end of",
        "until the end of",
        "by end of",
        "end of",
        "by",
        "before",
        "until",
        "截至",
    ];
    const IN: [&str; 10] =
        ["in the", "for the", "during the", "in", "for", "during", "throughout", "of", "within", "the"];
    if scan.take_any(&BY) {
        scan.take("the");
        Lead::By
    } else if scan.take_any(&IN) {
        Lead::In
    } else {
        Lead::None
    }
}

/// What stands behind a time; whether it makes a deadline of it.
fn tail(scan: &mut Scan<'_>) -> bool {
    let end = scan.take_any(&["季度末", "季末", "末", "底"]);
    if scan.take_any(&["之前", "以前", "前"]) {
        return true;
    }
    scan.take_any(&["以内", "之内"]);
    end
}

struct Reader<'f> {
    frame: &'f Frame,
}

impl Reader<'_> {
    fn core(&self, scan: &mut Scan<'_>, lead: Lead) -> Option<When> {
        if let Some(day) = iso_day(scan) {
            return Some(When::By(day));
        }
        if let Some(year) = self.year(scan, lead) {
            return Some(Self::within(scan, year, Origin::Said).unwrap_or_else(|| of_year(year)));
        }
        if let Some(found) = self.around_today(scan, lead) {
            return Some(found);
        }
        self.english(scan, lead).or_else(|| Self::within(scan, self.frame.year, Origin::Framed))
    }

    /// A year that stands first: 2026 年, 2026Q3, 今年, FY2026, in 2026.
    fn year(&self, scan: &mut Scan<'_>, lead: Lead) -> Option<Year> {
        let own = self.frame.year_of(self.frame.today);
        let relative: [(Year, &[&str]); 3] = [
            (own, &["今年", "本年度", "本年", "当年", "this year"]),
            (own.next(), &["明年", "下一年", "next year"]),
            (own.previous(), &["去年", "上年", "last year"]),
        ];
        if let Some((year, _)) = relative.into_iter().find(|(_, words)| scan.take_any(words)) {
            return Some(year);
        }
        let mut place = *scan;
        let fiscal = place.take_any(&["fy", "财年"]);
        let number = place.digits(4)?;
        let is_year = match number {
            20..=49 => place.take("年") || fiscal,
            2000..=2099 => {
                let marked = place.take_any(&["年度", "年", "财年"]);
                let mut ahead = place;
                let dashed = ahead.take_any(&["-", "/", "."]);
                let goes_on =
                    ahead.next_visible().is_some_and(|own| own == 'q' || own == 'h' || own.is_ascii_digit());
                if dashed && goes_on {
                    place = ahead;
                }
                let is_named = lead != Lead::None && !place.next_visible().is_some_and(is_counted);
                let has_part = matches!(place.next_visible(), Some('q' | 'h')) && is_part(place);
                marked || fiscal || (dashed && goes_on) || is_named || has_part
            }
            _ => false,
        };
        let name = i16::try_from(if number < 100 { number + 2000 } else { number }).ok()?;
        let year = Year::new(name, self.frame.start()).filter(|_| is_year)?;
        scan.at = place.at;
        scan.take_any(&["度", "的"]);
        Some(year)
    }

    /// A part of a year: quarter, half, months, month and day, its end.
    fn within(scan: &mut Scan<'_>, year: Year, origin: Origin) -> Option<When> {
        let ends: &[&str] = match origin {
            Origin::Said => &["年底", "年末", "底", "末"],
            Origin::Framed => &["年底", "年末", "年终", "year end", "year-end"],
        };
        if scan.take_any(ends) {
            return Some(When::By(year.last_day()));
        }
        if scan.take_any(&["上半年", "h1"]) {
            return Some(half(year, 0));
        }
        if scan.take_any(&["下半年", "h2"]) {
            return Some(half(year, 6));
        }
        if scan.take_any(&["全年度", "全年", "年度", "年内", "整年", "full year", "whole year"]) {
            return Some(of_year(year));
        }
        quarter(scan, year).or_else(|| months(scan, year, origin))
    }

    /// 本季度, 下月, 月底前: around today.
    fn around_today(&self, scan: &mut Scan<'_>, lead: Lead) -> Option<When> {
        let today = self.frame.today;
        let (month, quarter) = (Month::of(today), Quarter::of(today, self.frame.start()));
        if lead == Lead::By {
            let ends = [
                ("year", self.frame.year.last_day()),
                ("quarter", quarter.last_day()),
                ("month", month.last_day()),
            ];
            if let Some((_, day)) = ends.into_iter().find(|(word, _)| scan.take(word)) {
                return Some(When::By(day));
            }
        }
        if scan.take_any(&["本季度", "这个季度", "当季", "本季", "this quarter"]) {
            return Some(of_quarter(quarter));
        }
        if scan.take_any(&["下个季度", "下季度", "next quarter"]) {
            return Some(of_quarter(quarter.next()));
        }
        if scan.take_any(&["季度末", "季末", "季度底", "quarter end"]) {
            return Some(When::By(quarter.last_day()));
        }
        if scan.take_any(&["月底", "月末", "month end"]) {
            return Some(When::By(month.last_day()));
        }
        let month = if scan.take_any(&["本月", "当月", "这个月", "this month"]) {
            month
        } else if scan.take_any(&["下个月", "下月", "next month"]) {
            month.next()
        } else {
            return None;
        };
        Some(When::Span { first: month, last: month })
    }

    /// Q3 2026, the third quarter, September 2026, 30 September, September 30, 2026.
    fn english(&self, scan: &mut Scan<'_>, lead: Lead) -> Option<When> {
        let mut place = *scan;
        if let Some(number) = english_quarter(&mut place) {
            let year = self.year_behind(&mut place).unwrap_or(self.frame.year);
            scan.at = place.at;
            return Quarter::new(year, number).map(of_quarter);
        }
        if let Some(from) = english_half(&mut place) {
            let year = self.year_behind(&mut place).unwrap_or(self.frame.year);
            scan.at = place.at;
            return Some(half(year, from));
        }
        let day = place.digits(2);
        if day.is_some() {
            place.take_any(&["st", "nd", "rd", "th"]);
            place.take("of");
        }
        let (name, number) = english_month(&mut place)?;
        let mut range = place;
        if day.is_none()
            && range.take_any(&["to", "-", "until", "through"])
            && let Some((_, last)) = english_month(&mut range)
        {
            let year = self.year_behind(&mut range).unwrap_or(self.frame.year);
            let (first, last) = (in_year(year, number)?, in_year(year, last)?);
            scan.at = range.at;
            return (first <= last).then_some(When::Span { first, last });
        }
        let day = day.or_else(|| {
            let mut ahead = place;
            let day = ahead.digits(2)?;
            ahead.take_any(&["st", "nd", "rd", "th"]);
            place = ahead;
            Some(day)
        });
        let mut behind = place;
        behind.take(",");
        let year = self.year_behind(&mut behind);
        if year.is_some() {
            place = behind;
        }
        // "may" and "march" are months only where something says so.
        let is_word = matches!(name, "may" | "march" | "mar");
        if is_word && lead == Lead::None && day.is_none() && year.is_none() {
            return None;
        }
        let month = match year {
            Some(year) => Month::new(year.name(), number)?,
            None => in_year(self.frame.year, number)?,
        };
        scan.at = place.at;
        match day {
            Some(day) => date(month, day).map(When::By),
            None => Some(When::Span { first: month, last: month }),
        }
    }

    fn year_behind(&self, scan: &mut Scan<'_>) -> Option<Year> {
        let mut place = *scan;
        place.take_any(&["of", "in", "fy"]);
        let number = place.digits(4).filter(|number| (2000..=2099).contains(number))?;
        let counts = place.next_visible().is_some_and(is_counted);
        let year = Year::new(i16::try_from(number).ok()?, self.frame.start()).filter(|_| !counts)?;
        scan.at = place.at;
        Some(year)
    }
}

/// Whether what follows four digits makes an amount of them.
fn is_counted(letter: char) -> bool {
    letter.is_ascii_digit()
        || matches!(letter, '家' | '万' | '元' | '个' | '亿' | '次' | '%' | '天' | '分' | '户')
}

/// Q or H with a digit: a part of a year.
fn is_part(mut scan: Scan<'_>) -> bool {
    scan.spaces();
    scan.text.get(scan.at + 1).is_some_and(char::is_ascii_digit)
}

fn of_year(year: Year) -> When {
    When::Span { first: year.first_month(), last: year.last_month() }
}

fn of_quarter(quarter: Quarter) -> When {
    When::Span { first: quarter.first_month(), last: quarter.last_month() }
}

fn half(year: Year, from: i32) -> When {
    let first = year.first_month().plus(from);
    When::Span { first, last: first.plus(5) }
}

/// The month of that number in a fiscal year.
fn in_year(year: Year, number: i8) -> Option<Month> {
    year.months().find(|month| month.number() == number)
}

fn date(month: Month, day: u32) -> Option<Date> {
    Date::new(month.year(), month.number(), i8::try_from(day).ok()?).ok()
}

/// 9 月, 7–9 月, 9 月 30 日; 2026-09. Without a year of its own a month is that of the fiscal year.
fn months(scan: &mut Scan<'_>, year: Year, origin: Origin) -> Option<When> {
    let mut place = *scan;
    let first = month_number(&mut place)?;
    let marked = month_mark(&mut place);
    let mut range = place;
    if range.take_any(&["-", "至", "到"])
        && let Some(last) = month_number(&mut range)
        && month_mark(&mut range)
    {
        scan.at = range.at;
        let (first, last) = (in_year(year, first)?, in_year(year, last)?);
        return (first <= last).then_some(When::Span { first, last });
    }
    let before = scan.at.checked_sub(1).and_then(|before| scan.text.get(before));
    let is_dashed = before.is_some_and(|own| matches!(own, '-' | '/' | '.'));
    let is_said = marked || (is_dashed && origin == Origin::Said);
    if !is_said {
        return None;
    }
    let month = in_year(year, first)?;
    let mut day = place;
    if marked
        && let Some(number) = day.digits(2)
        && day.take_any(&["日", "号"])
    {
        scan.at = day.at;
        return date(month, number).map(When::By);
    }
    scan.at = place.at;
    Some(When::Span { first: month, last: month })
}

/// Q3, Q3 季度, 三季度, 第三季度.
fn quarter(scan: &mut Scan<'_>, year: Year) -> Option<When> {
    let mut place = *scan;
    let number = if place.take("q") {
        let number = place.digits(1)?;
        place.take_any(&["季度", "季"]);
        number
    } else {
        place.take("第");
        let number = small_number(&mut place)?;
        if !place.take_any(&["季度", "季"]) {
            return None;
        }
        number
    };
    let found = Quarter::new(year, i8::try_from(number).ok()?).map(of_quarter)?;
    scan.at = place.at;
    Some(found)
}
