//! The company's calendar of a year: days off, moved working days, and the company's own.

use askama::Template;
use dacheng_domain::calendar::{Calendar, DayKind, DayRow, Month};
use dacheng_text::date::{days, month_name, weekday};
use dacheng_text::{Lang, number};
use jiff::civil::{Date, Weekday};

use crate::components::{Choice, ErrorSummary, Field, Icon, Input, Link, Note};
use crate::shell::Shell;

/// `GET /settings/calendar?year=2026`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/calendar.html")]
pub struct CalendarPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The calendar year.
    pub year: i16,
    /// The year before, where it is loaded.
    pub earlier: Option<Link>,
    /// The year after.
    pub later: Option<Link>,
    /// The year is not loaded: weekends only, and which deadlines wait.
    pub note: Option<Note>,
    /// The twelve months.
    pub months: Vec<MonthSheet>,
    /// The holidays of the year in order.
    pub holidays: Vec<Holiday>,
    /// Where a year is imported, for those who may.
    pub import: Option<Link>,
    /// The version of the calendar: 国务院办公厅通知 2025-11-04 + 公司层 3 天.
    pub source: String,
    /// Today, marked in the view.
    pub today: Date,
    /// The company's own days of the year.
    pub own: Vec<OwnDay>,
    /// Add one, where the viewer may.
    pub form: Option<DayForm>,
    /// Let the year follow Monday to Friday, where it is not loaded and the viewer may: the text of the button.
    pub weekends: Option<String>,
    /// The version of the settings.
    pub version: i64,
    /// What was refused as a whole.
    pub refused: Option<String>,
}

/// One of the company's own days. Removed by `POST /settings/calendar/days/{date}/remove` with `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct OwnDay {
    /// The day.
    pub date: Date,
    /// The day in words.
    pub day: String,
    /// Day off or working day.
    pub kind: String,
    /// Why.
    pub name: String,
}

/// `POST /settings/calendar/days` with `date`, `kind`, `name`, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct DayForm {
    /// The day.
    pub date: Input,
    /// 休假, 上班.
    pub kinds: Vec<Choice>,
    /// The chosen one.
    pub kind: Input,
    /// Why.
    pub name: Input,
}

/// One month, by weeks from Monday to Sunday; days of other months are left out.
#[derive(Debug, Clone)]
pub struct MonthSheet {
    /// Its number, 1 to 12.
    pub month: i8,
    /// How many working days it has.
    pub working_days: u32,
    /// Its weeks.
    pub weeks: Vec<[Option<Day>; 7]>,
}

/// One day.
#[derive(Debug, Clone)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// What it is.
    pub look: DayLook,
    /// Why: 国庆节; empty for ordinary days.
    pub name: String,
}

/// A holiday: its days off, and the working days moved for it.
#[derive(Debug, Clone)]
pub struct Holiday {
    /// 国庆节
    pub name: String,
    /// The days off in order.
    pub off: Vec<Date>,
    /// The working days moved to a weekend.
    pub moved: Vec<Date>,
}

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayLook {
    /// A working day.
    Working,
    /// A weekend.
    Rest,
    /// A day off on a weekday, or a holiday on a weekend.
    Holiday,
    /// A working day on a weekend, 调休上班.
    Moved,
}

impl DayLook {
    const fn class(self) -> &'static str {
        match self {
            Self::Working => "",
            Self::Rest => "rest",
            Self::Holiday => "holiday",
            Self::Moved => "moved",
        }
    }

    /// What such a day is called.
    pub fn word(self, lang: Lang) -> &'static str {
        let say = lang.settings();
        match self {
            Self::Working => say.working(),
            Self::Rest => say.rest(),
            Self::Holiday => say.holiday(),
            Self::Moved => say.moved(),
        }
    }
}

impl CalendarPage {
    /// The sheets of a year: `named` says why a day is not what its weekday says, and is asked for every day.
    pub fn sheets(calendar: &Calendar, year: i16, named: impl Fn(Date) -> Option<String>) -> Vec<MonthSheet> {
        let months = (1..=12).filter_map(|number| Month::new(year, number));
        months.map(|month| sheet(calendar, month, &named)).collect()
    }

    /// The holidays of a year from the rows of its list, by name in the order of their first day off.
    pub fn holidays(rows: &[DayRow], year: i16) -> Vec<Holiday> {
        let mut holidays: Vec<Holiday> = Vec::new();
        for row in rows.iter().filter(|row| row.date.year() == year) {
            let place = holidays.iter().position(|holiday| holiday.name == row.name).unwrap_or_else(|| {
                holidays.push(Holiday { name: row.name.clone(), off: Vec::new(), moved: Vec::new() });
                holidays.len() - 1
            });
            match row.kind {
                DayKind::Holiday => holidays[place].off.push(row.date),
                DayKind::MakeupWorkday => holidays[place].moved.push(row.date),
            }
        }
        holidays.sort_by_key(|holiday| holiday.off.first().copied());
        holidays
    }

    fn title(&self) -> String {
        self.shell.lang.settings().calendar_of(self.year)
    }

    fn weekdays(&self) -> Vec<&'static str> {
        Weekday::Monday.cycle_forward().take(7).map(|day| weekday(self.shell.lang, day)).collect()
    }

    fn is_today(&self, day: &Day) -> bool {
        self.today == day.date
    }

    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let inputs = self
            .form
            .iter()
            .flat_map(|form| [("date", &form.date), ("kind", &form.kind), ("name", &form.name)]);
        ErrorSummary::of(inputs).and(self.refused.as_ref())
    }
}

fn sheet(calendar: &Calendar, month: Month, named: &impl Fn(Date) -> Option<String>) -> MonthSheet {
    let day = |date: Date| {
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let name = named(date);
        let look = match (calendar.is_working_day(date), weekend) {
            (true, true) => DayLook::Moved,
            (true, false) => DayLook::Working,
            (false, true) if name.is_none() => DayLook::Rest,
            (false, _) => DayLook::Holiday,
        };
        Day { date, look, name: name.unwrap_or_default() }
    };
    let mut weeks: Vec<[Option<Day>; 7]> = Vec::new();
    for date in month.days() {
        let place = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        if place == 0 || weeks.is_empty() {
            weeks.push(Default::default());
        }
        if let Some(week) = weeks.last_mut() {
            week[place] = Some(day(date));
        }
    }
    let working_days = calendar.working_days(month.first_day(), month.last_day());
    MonthSheet { month: month.number(), working_days, weeks }
}

impl MonthSheet {
    fn name(&self, lang: &Lang) -> String {
        month_name(*lang, self.month)
    }

    fn count(&self, lang: &Lang) -> String {
        lang.settings().working_days(number::grouped(self.working_days.into(), 0))
    }
}

impl Day {
    /// What hovering says: the day and its name.
    fn title(&self, lang: &Lang) -> String {
        let day = dacheng_text::date::full(*lang, self.date);
        [day.as_str(), self.look.word(*lang), self.name.as_str()].join(" ").trim_end().to_owned()
    }

    fn number(&self) -> i8 {
        self.date.day()
    }
}

impl Holiday {
    fn off(&self, lang: &Lang) -> String {
        days(*lang, &self.off)
    }

    fn moved(&self, lang: &Lang) -> String {
        days(*lang, &self.moved)
    }

    fn length(&self, lang: &Lang) -> String {
        lang.settings().days_off(self.off.len())
    }
}
