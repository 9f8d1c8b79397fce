//! What a selling member says a running period will come to (承诺, 争取): what may be said, of which periods a week
//! speaks, by when, and how good somebody's word was. A step of tracking, because it is given every week while the
//! period runs; targets are not touched by it. What a leader says stands beside it and is kept elsewhere.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Ratio;
use crate::calendar::{Calendar, FiscalStart, Month, Period, Quarter, Week};

/// The longest note or reason, in characters.
pub const LONGEST: usize = 500;

/// Which of the two running periods is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// The month.
    Month,
    /// The quarter.
    Quarter,
}

impl Reach {
    /// Both, the shorter first.
    pub const ALL: [Self; 2] = [Self::Month, Self::Quarter];

    /// Its word in addresses and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// The reach of a word.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.code() == code)
    }

    /// The period that a week speaks of: the one in which most of its days lie, which is that of its Thursday.
    ///
    /// ```
    /// use dacheng_domain::calendar::{FiscalStart, Week};
    /// use dacheng_domain::tracking::statement::Reach;
    /// let week: Week = "2026-W49".parse().unwrap(); // 30 November to 6 December
    /// assert_eq!(Reach::Month.period(week, FiscalStart::JANUARY).to_string(), "2026-12");
    /// ```
    pub fn period(self, week: Week, start: FiscalStart) -> Period {
        let day = middle(week);
        match self {
            Self::Month => Period::Month(Month::of(day)),
            Self::Quarter => Period::Quarter(Quarter::of(day, start)),
        }
    }

    /// Weeks before the end of a period at which somebody's word is held against what came of it: late enough to know
    /// the business, early enough to be a forecast.
    pub const fn lead(self) -> i32 {
        match self {
            Self::Month => 2,
            Self::Quarter => 4,
        }
    }

    /// The last week whose word counts for the accuracy of a period.
    pub fn judged_in(self, period: Period) -> Week {
        Week::of(period.last_day().saturating_sub((7 * self.lead()).days()))
    }
}

/// The day that says which month a week belongs to.
fn middle(week: Week) -> Date {
    week.first_day().saturating_add(3.days())
}

/// What a period comes to, in whole minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// 承诺: what will come in.
    pub commit: i64,
    /// 争取: what may, if all goes well.
    pub best: i64,
}

/// Why it cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotSay {
    /// Less than nothing.
    Negative,
    /// What may come is less than what will.
    BestBelowCommit,
}

impl Said {
    /// Two amounts that can be said of a period.
    ///
    /// # Errors
    /// Where one is negative, or the best case lies below the commitment.
    pub const fn new(commit: i64, best: i64) -> Result<Self, CannotSay> {
        if commit < 0 || best < 0 {
            return Err(CannotSay::Negative);
        }
        if best < commit {
            return Err(CannotSay::BestBelowCommit);
        }
        Ok(Self { commit, best })
    }
}

/// By when a week's word is due: 24:00 of the first working day of the week on which the member is there. `None` where
/// there is none: a week of holidays, or of leave, asks for nothing.
///
/// ```
/// use dacheng_domain::calendar::{Calendar, Week};
/// use dacheng_domain::tracking::statement::due;
/// use jiff::civil::date;
/// let week = Week::of(date(2026, 11, 25));
/// assert_eq!(due(week, &Calendar::shipped(), |_| false), Some(date(2026, 11, 23)));
/// assert_eq!(due(week, &Calendar::shipped(), |day| day < date(2026, 11, 26)), Some(date(2026, 11, 26)));
/// assert_eq!(due(week, &Calendar::shipped(), |_| true), None);
/// ```
pub fn due(week: Week, calendar: &Calendar, is_away: impl Fn(Date) -> bool) -> Option<Date> {
    week.days().find(|day| calendar.is_working_day(*day) && !is_away(*day))
}

/// How a week's word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Said by its day.
    OnTime,
    /// Said after its day.
    Late,
    /// Not said, and its day is not over.
    Waiting,
    /// Not said, its day is over, the week is not.
    Overdue,
    /// Not said, and the week is over: it stays so.
    Missing,
    /// Nothing is asked for.
    Excused,
}

/// How it stands on a day: `first` is the day on which it was first said.
pub fn standing(week: Week, due: Option<Date>, first: Option<Date>, today: Date) -> Standing {
    match (first, due) {
        (Some(first), Some(due)) if first > due => Standing::Late,
        (Some(_), _) => Standing::OnTime,
        (None, None) => Standing::Excused,
        (None, Some(due)) if today <= due => Standing::Waiting,
        (None, Some(_)) if is_open(week, today) => Standing::Overdue,
        (None, Some(_)) => Standing::Missing,
    }
}

/// Whether a week's word can be given or changed: while it runs, through its Sunday.
pub fn is_open(week: Week, today: Date) -> bool {
    (week.first_day()..=week.last_day()).contains(&today)
}

/// How good somebody's word was over some periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accuracy {
    /// How many.
    pub periods: usize,
    /// Σ |said − came| ÷ Σ came: weighted, so that a month in which hardly anything came does not stand for all.
    pub error: Ratio,
    /// Σ (said − came) ÷ Σ came: above 0 where too much is promised.
    pub bias: Ratio,
}

/// Periods looked back over at most.
pub const LOOKED_BACK: usize = 12;
/// Periods that a judgement of somebody's word takes at least.
pub const FEWEST: usize = 3;

/// The accuracy of pairs of what was said and what came, in minor units. `None` with fewer than [`FEWEST`] of them, and
/// where nothing came.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::tracking::statement::accuracy;
/// let own = accuracy(&[(110, 100), (90, 100), (120, 100)]).unwrap();
/// assert_eq!((own.periods, own.error, own.bias), (3, Ratio::new(40, 300).unwrap(), Ratio::new(20, 300).unwrap()));
/// ```
pub fn accuracy(pairs: &[(i64, i64)]) -> Option<Accuracy> {
    if pairs.len() < FEWEST {
        return None;
    }
    let sum = |part: &dyn Fn(i128, i128) -> i128| -> i128 {
        pairs.iter().map(|(said, came)| part(i128::from(*said), i128::from(*came))).sum()
    };
    let came = sum(&|_, came| came);
    if came <= 0 {
        return None;
    }
    Some(Accuracy {
        periods: pairs.len(),
        error: Ratio::new(sum(&|said, came| (said - came).abs()), came)?,
        bias: Ratio::new(sum(&|said, came| said - came), came)?,
    })
}
