//! A note about the market: a growth rate, a competitor, a policy; each with its source and its date. What a form, a
//! program and a file write is read here, by one rule.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::Ratio;
use crate::facts::day::DateFormat;
use crate::facts::problem::Reason;
use crate::facts::value::{Code, line};
use crate::number;

/// The longest text of a note, in characters.
pub const LONGEST_TEXT: usize = 2_000;
const LONGEST_LINE: usize = 200;
/// The lowest and highest growth, in hundredths of a per cent.
const GROWTH: std::ops::RangeInclusive<i64> = -10_000..=100_000;

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// 行业增速: how fast a market grows.
    Growth,
    /// 竞争对手
    Competitor,
    /// 政策法规
    Policy,
    /// 其他
    Other,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarketNote {
    /// The external key.
    pub code: Code,
    /// The day of the source.
    pub date: Date,
    /// What it is about.
    pub kind: NoteKind,
    /// In a few words: 工控行业规模.
    pub subject: String,
    /// The year that the growth is of.
    pub year: Option<i16>,
    /// The customers' region it is about; the whole market where `None`.
    pub region: Option<String>,
    /// The product line it is about; all where `None`.
    pub product_line: Option<String>,
    /// Growth in hundredths of a per cent: 850 is 8.5 %.
    pub growth: Option<i64>,
    /// Who says so.
    pub source: String,
    /// More about it; may have several lines.
    pub text: String,
}

/// A note as it is written, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrittenNote {
    /// `note`
    pub code: String,
    /// `date`
    pub date: String,
    /// `kind`
    pub kind: String,
    /// `subject`
    pub subject: String,
    /// `year`
    pub year: String,
    /// `region`
    pub region: String,
    /// `product_line`
    pub product_line: String,
    /// `growth`: `8.5%`, or `0.085`
    pub growth: String,
    /// `source`
    pub source: String,
    /// `text`
    pub text: String,
}

/// Why a field cannot stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteProblem {
    /// As for any cell.
    Cell(Reason),
    /// The kind is none that is known.
    Kind,
    /// Not a year of four digits.
    Year,
    /// Not a growth rate: `8.5%`, at most two decimals, from −100 % to 1 000 %. A number without the sign must be below 1,
    /// since `8.5` may mean 8.5 % or 850 %.
    Growth,
    /// A growth rate is wanted with its year.
    GrowthWanted,
}

/// A field and why it cannot stay.
pub type NoteFlaw = (&'static str, NoteProblem);

impl NoteKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Growth, Self::Competitor, Self::Policy, Self::Other];

    /// Its name in files, addresses and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Growth => "growth",
            Self::Competitor => "competitor",
            Self::Policy => "policy",
            Self::Other => "other",
        }
    }

    const fn chinese(self) -> &'static str {
        match self {
            Self::Growth => "行业增速",
            Self::Competitor => "竞争对手",
            Self::Policy => "政策法规",
            Self::Other => "其他",
        }
    }
}

/// A text that is no kind of note.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of market note: {0}")]
pub struct NotANoteKind(pub String);

impl FromStr for NoteKind {
    type Err = NotANoteKind;

    /// Reads the code or the Chinese name.
    fn from_str(text: &str) -> Result<Self, NotANoteKind> {
        let means = |kind: &Self| kind.code().eq_ignore_ascii_case(text) || kind.chinese() == text;
        Self::ALL.into_iter().find(means).ok_or_else(|| NotANoteKind(text.to_owned()))
    }
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl MarketNote {
    /// The growth as a ratio: 8.5 % is 0.085.
    pub fn growth_rate(&self) -> Option<Ratio> {
        Ratio::new(self.growth?, 10_000)
    }

    /// Reads what was written, or says of every field what is wrong with it.
    ///
    /// ```
    /// use dacheng_domain::planning::{MarketNote, WrittenNote};
    /// let written = WrittenNote {
    ///     code: "M-1".into(), date: "2026-09-30".into(), kind: "growth".into(), subject: "工控市场".into(),
    ///     year: "2027".into(), growth: "8.5%".into(), source: "行业协会年报".into(), ..WrittenNote::default()
    /// };
    /// assert_eq!(MarketNote::read(&written).unwrap().growth, Some(850));
    /// let wrong = MarketNote::read(&WrittenNote { growth: "8.5".into(), ..written }).unwrap_err();
    /// assert_eq!(wrong[0].0, "growth");
    /// ```
    pub fn read(written: &WrittenNote) -> Result<Self, Vec<NoteFlaw>> {
        let mut flaws = Vec::new();
        let code = kept("note", Code::read(&written.code), &mut flaws);
        let date = DateFormat::Usual.read(&written.date).map_err(Reason::Date);
        let date = kept("date", date.and_then(|date| date.ok_or(Reason::Blank)), &mut flaws);
        let kind = written.kind.trim().parse::<NoteKind>();
        let kind = kind.map_err(|_| flaws.push(("kind", NoteProblem::Kind))).ok();
        let subject = kept("subject", needed(&written.subject), &mut flaws);
        let source = kept("source", needed(&written.source), &mut flaws);
        let region = kept("region", optional(&written.region), &mut flaws);
        let product_line = kept("product_line", optional(&written.product_line), &mut flaws);
        let text = kept("text", paragraphs(&written.text), &mut flaws);
        let year = year(&written.year).map_err(|()| flaws.push(("year", NoteProblem::Year))).ok();
        let growth = growth(&written.growth).map_err(|()| flaws.push(("growth", NoteProblem::Growth))).ok();
        if kind == Some(NoteKind::Growth) && growth == Some(None) {
            flaws.push(("growth", NoteProblem::GrowthWanted));
        }
        if year == Some(None) && growth.flatten().is_some() {
            flaws.push(("year", NoteProblem::GrowthWanted));
        }
        let whole = || {
            Some(Self {
                code: code?,
                date: date?,
                kind: kind?,
                subject: subject?,
                year: year?,
                region: region?,
                product_line: product_line?,
                growth: growth?,
                source: source?,
                text: text?,
            })
        };
        if flaws.is_empty() { whole().ok_or(flaws) } else { Err(flaws) }
    }

    /// As a file or a form writes it: reading it again gives the same note.
    pub fn written(&self) -> WrittenNote {
        let growth = self.growth.map(|growth| format!("{}%", Decimal::new(growth, 2).normalize()));
        WrittenNote {
            code: self.code.to_string(),
            date: self.date.to_string(),
            kind: self.kind.to_string(),
            subject: self.subject.clone(),
            year: self.year.map_or_else(String::new, |year| year.to_string()),
            region: self.region.clone().unwrap_or_default(),
            product_line: self.product_line.clone().unwrap_or_default(),
            growth: growth.unwrap_or_default(),
            source: self.source.clone(),
            text: self.text.clone(),
        }
    }
}

fn kept<T>(field: &'static str, read: Result<T, Reason>, flaws: &mut Vec<NoteFlaw>) -> Option<T> {
    read.map_err(|reason| flaws.push((field, NoteProblem::Cell(reason)))).ok()
}

fn optional(text: &str) -> Result<Option<String>, Reason> {
    Ok(line(text, LONGEST_LINE)?.map(str::to_owned))
}

fn needed(text: &str) -> Result<String, Reason> {
    optional(text)?.ok_or(Reason::Blank)
}

/// Lines of visible text.
fn paragraphs(text: &str) -> Result<String, Reason> {
    if text.chars().count() > LONGEST_TEXT {
        return Err(Reason::TooLong { longest: LONGEST_TEXT });
    }
    let lines = text.trim().lines().map(|own| line(own, LONGEST_TEXT).map(Option::unwrap_or_default));
    Ok(lines.collect::<Result<Vec<_>, Reason>>()?.join("\n"))
}

fn year(text: &str) -> Result<Option<i16>, ()> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let year: i16 = text.parse().map_err(|_| ())?;
    if (1900..=2199).contains(&year) { Ok(Some(year)) } else { Err(()) }
}

/// In hundredths of a per cent.
fn growth(text: &str) -> Result<Option<i64>, ()> {
    let Some(rate) = number::fraction(text).map_err(|_| ())? else { return Ok(None) };
    if !text.contains(['%', '％']) && rate.abs() >= Decimal::ONE {
        return Err(());
    }
    let hundredths = rate.checked_mul(Decimal::from(10_000)).filter(Decimal::is_integer).ok_or(())?;
    let hundredths = i64::try_from(hundredths).map_err(|_| ())?;
    if GROWTH.contains(&hundredths) { Ok(Some(hundredths)) } else { Err(()) }
}
