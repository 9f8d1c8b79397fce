//! The sentences of this room: amounts, months and owners as a refusal names them. The texts live in `text`.

use dacheng_domain::Fen;
use dacheng_domain::allocation::{Refusal, SpreadRefusal, Unbalanced};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::{Metric, Unit};
use dacheng_text::{Lang, date, number};

use super::owner::Owner;
use super::{preview, sentence};
use crate::facts::ground::Ground;

/// Problems a refusal names one by one.
pub(crate) const LISTED: usize = 20;

/// What sentences about one metric need.
#[derive(Clone, Copy)]
pub(crate) struct Words<'g> {
    pub lang: Lang,
    pub metric: Metric,
    pub ground: &'g Ground,
}

impl Words<'_> {
    /// An amount of the metric, exactly: 10 万, 12.50 元, 34.
    pub fn amount(&self, minor: i128) -> String {
        amount(self.lang, self.metric, minor)
    }

    /// A month: 2026年7月.
    pub fn month(&self, month: Month) -> String {
        month_name(self.lang, month)
    }

    /// An owner's name.
    pub fn owner(&self, owner: &Owner) -> String {
        owner.name(self.ground).to_owned()
    }

    /// A unit's name.
    pub fn unit(&self, code: &str) -> String {
        self.owner(&Owner::unit(code))
    }

    /// A difference that nobody declared.
    pub fn unbalanced(&self, unit: &str, month: Month, by: Unbalanced) -> String {
        let say = self.lang.plans_refused();
        let (unit, month) = (self.unit(unit), self.month(month));
        match by {
            Unbalanced::Unassigned(rest) => say.under(unit, month, self.amount(rest)),
            Unbalanced::Exceeded(rest) => say.over(unit, month, self.amount(rest)),
        }
    }

    /// Why the solver refused.
    pub fn refusal(&self, refusal: Refusal, owners: &[&Owner]) -> String {
        let say = self.lang.plans_refused();
        match (self.metric.definition().unit, refusal) {
            (Unit::Money, refusal) => {
                let names: Vec<String> = owners.iter().map(|owner| self.owner(owner)).collect();
                preview::refused(refusal, &names).sentence(self.lang)
            }
            (_, Refusal::Infeasible(detail)) => say.constraints(self.amount(detail.short.0.into())),
            (_, Refusal::TooLarge) => say.too_large().to_owned(),
            (_, Refusal::NegativeTotal(Fen(total))) => say.constraints(self.amount(i128::from(total).abs())),
            (_, Refusal::Negative(conflict)) => {
                say.constraints(self.amount(i128::from(conflict.value.0).abs()))
            }
        }
    }

    /// Why no months fit.
    pub fn spread(&self, refusal: &SpreadRefusal, owners: &[&Owner], months: &[Month; 12]) -> String {
        let say = self.lang.plans_refused();
        let names = |rows: &[usize]| {
            let named = rows.iter().take(LISTED).map(|&row| self.owner(owners[row]));
            named.collect::<Vec<_>>().join(separator(self.lang))
        };
        match refusal {
            SpreadRefusal::RowExceeded { row, over } => {
                say.months_blocked(names(&[*row]), self.amount(i128::try_from(*over).unwrap_or(i128::MAX)))
            }
            SpreadRefusal::ColumnExceeded { column, over } => {
                let over = i128::try_from(*over).unwrap_or(i128::MAX);
                say.month_exceeded(self.month(months[*column]), self.amount(over))
            }
            SpreadRefusal::Blocked { rows, short, .. } => {
                say.months_blocked(names(rows), self.amount(i128::from(*short)))
            }
            SpreadRefusal::MarginsDiffer { rows, columns } => {
                let by = i128::try_from(rows.abs_diff(*columns)).unwrap_or(i128::MAX);
                say.constraints(self.amount(by))
            }
            SpreadRefusal::TooLarge | SpreadRefusal::LocksDoNotFit => say.too_large().to_owned(),
        }
    }
}

/// What parts the items of a list.
pub(crate) fn separator(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}

/// A month: 2026年7月.
pub(crate) fn month_name(lang: Lang, month: Month) -> String {
    date::month(lang, month.year(), month.number())
}

/// An amount of a metric, exactly.
pub(crate) fn amount(lang: Lang, metric: Metric, minor: i128) -> String {
    match metric.definition().unit {
        Unit::Money => match i64::try_from(minor) {
            Ok(fen) => sentence::said(lang, Fen(fen)),
            Err(_) => number::grouped(minor, 2),
        },
        Unit::Count => number::grouped(minor, 0),
        Unit::Percent => number::grouped(minor, 2) + "%",
        Unit::Score | Unit::Days => number::grouped(minor, 2),
    }
}

/// The first problems, and how many more there are.
pub(crate) fn listed(lang: Lang, mut problems: Vec<String>) -> Vec<String> {
    if problems.len() > LISTED {
        let more = problems.len() - LISTED;
        problems.truncate(LISTED);
        problems.push(lang.plans_refused().more(more));
    }
    problems
}
