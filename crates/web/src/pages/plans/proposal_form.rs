//! The form of a proposal's factors: as they are kept, and as somebody typed them.

use dacheng_app::planning::{Proposed, Typed};
use dacheng_domain::number::{self, CellUnit};

use super::amount::Amount;
use crate::components::{Choice, Input};
use crate::http::Posted;

/// The factors of a proposal.
#[derive(Debug, Clone)]
pub struct FactorsForm {
    /// The version its writer saw.
    pub version: String,
    /// The unit of amounts.
    pub unit: String,
    /// 已实现
    pub achieved: Input,
    /// 市场增长
    pub market: Input,
    /// Its source.
    pub market_source: Input,
    /// 年流失率
    pub leaving: Input,
    /// 计划招聘人数
    pub hires: Input,
    /// 入职月份
    pub hired_in: Input,
    /// The months of the year.
    pub months: Vec<Choice>,
    /// 人工修正
    pub own: Input,
    /// Its reason.
    pub own_reason: Input,
    /// 保底低于目标
    pub below: Input,
    /// 挑战高于目标
    pub above: Input,
}

/// What is wrong with a form, by the field.
type Wrong = Vec<(Option<String>, String)>;

/// The form as it is kept, or as it came back.
pub(super) fn form(
    amount: Amount,
    found: &Proposed,
    posted: Option<&Posted>,
    wrong: &[(Option<String>, String)],
) -> FactorsForm {
    let typed = &found.typed;
    let field = |name: &str, kept: String| match posted {
        Some(posted) => {
            let error = wrong.iter().find(|(field, _)| field.as_deref() == Some(name));
            Input { value: posted.value(name).to_owned(), error: error.map(|(_, said)| said.clone()) }
        }
        None => Input::of(kept),
    };
    let rate = |hundredths: i64| if hundredths == 0 { String::new() } else { written(hundredths) };
    let maybe = |hundredths: Option<i64>| hundredths.map_or_else(String::new, written);
    FactorsForm {
        version: found.version.to_string(),
        unit: amount.heading().to_owned(),
        achieved: field("achieved", amount.maybe(typed.achieved)),
        market: field("market", rate(typed.market)),
        market_source: field("market_source", typed.market_source.clone()),
        leaving: field("leaving", maybe(typed.leaving)),
        hires: field("hires", if typed.hires == 0 { String::new() } else { typed.hires.to_string() }),
        hired_in: field("hired_in", typed.hired_in.max(1).to_string()),
        months: (1..=12).map(|month| Choice::new(month.to_string(), month.to_string())).collect(),
        own: field("own", rate(typed.own)),
        own_reason: field("own_reason", typed.own_reason.clone()),
        below: field("below", maybe(typed.below)),
        above: field("above", maybe(typed.above)),
    }
}

/// Hundredths of a per cent as they stand in a field: `8.5`.
pub(in crate::pages) fn written(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.unsigned_abs();
    let text = format!("{sign}{}.{:02}", size / 100, size % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads the form; what is wrong with its fields in the order of the form.
pub(super) fn read(amount: Amount, posted: &Posted) -> Result<Typed, Wrong> {
    let say = amount.lang.proposal();
    let mut wrong: Wrong = Vec::new();
    let mut refuse = |name: &str, said: String| wrong.push((Some(name.to_owned()), said));
    let achieved = amount.read(posted.value("achieved")).unwrap_or_else(|said| {
        refuse("achieved", said);
        None
    });
    let mut rate = |name: &str| {
        percentage(posted.value(name)).unwrap_or_else(|()| {
            refuse(name, say.not_a_rate().to_owned());
            None
        })
    };
    let (market, leaving, own) = (rate("market"), rate("leaving"), rate("own"));
    let (below, above) = (rate("below"), rate("above"));
    let hires = match number::count(posted.value("hires")) {
        Ok(many) => many.and_then(|many| u32::try_from(many).ok()).unwrap_or(0),
        Err(unreadable) => {
            refuse("hires", amount.wrong(unreadable));
            0
        }
    };
    let typed = Typed {
        achieved,
        market: market.unwrap_or(0),
        market_source: posted.value("market_source").to_owned(),
        leaving: leaving.filter(|rate| *rate >= 0),
        hires,
        hired_in: posted.number("hired_in").and_then(|month| u8::try_from(month).ok()).unwrap_or(0),
        own: own.unwrap_or(0),
        own_reason: posted.value("own_reason").to_owned(),
        below,
        above,
    };
    if !(1..=12).contains(&typed.hired_in) {
        refuse("hired_in", say.wrong_month().to_owned());
    }
    if typed.market != 0 && typed.market_source.is_empty() {
        refuse("market_source", say.source_missing().to_owned());
    }
    if typed.own != 0 && typed.own_reason.is_empty() {
        refuse("own_reason", say.reason_missing().to_owned());
    }
    if wrong.is_empty() { Ok(typed) } else { Err(wrong) }
}

/// A percentage in hundredths: `8`, `8.5`, `8.5%`, `-3`. Blank is nothing.
pub(in crate::pages) fn percentage(text: &str) -> Result<Option<i64>, ()> {
    let bare = text.trim().trim_end_matches(['%', '％']).trim();
    // A yuan of fen is a per cent of hundredths: the same digits, the same two decimals, never a float.
    let found = number::money(bare, CellUnit::Yuan).map_err(|_| ())?.map(|fen| fen.0);
    if found.is_some_and(|found| found.abs() > 1_000_000) { Err(()) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_as_people_write_them() {
        assert_eq!(percentage("8.5%"), Ok(Some(850)));
        assert_eq!(percentage("-3"), Ok(Some(-300)));
        assert_eq!(percentage(" "), Ok(None));
        assert!(percentage("8.555").is_err() && percentage("viel").is_err() && percentage("1e9").is_err());
        assert_eq!([850, -300, 5, 1_000].map(written), ["8.5", "-3", "0.05", "10"]);
    }
}
