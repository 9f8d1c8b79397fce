//! What a letter agrees: items with weights, support, rights, limits, rewards; and what about them is wrong. Whoever writes a
//! draft may leave faults in it; it is issued without any.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Limit, Promise, Weight};
use crate::Fen;

/// Items, promises, rights, limits or rewards of a letter at most, each.
const MOST: usize = 20;
/// The longest text of a letter, in characters.
const LONGEST: usize = 400;

/// What is agreed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// 责任区域; empty where it is not limited.
    pub area: String,
    /// 产品范围; empty for all products.
    pub products: String,
    /// 目标项
    pub items: Vec<Item>,
    /// 支持资源
    pub promises: Vec<Promise>,
    /// 权责: what the member may decide.
    pub rights: Vec<String>,
    /// 边界
    pub limits: Vec<Limit>,
    /// 奖惩条款
    pub rewards: Vec<String>,
}

/// One thing somebody answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// 目标项
    pub name: String,
    /// 具体内容
    pub detail: String,
    /// 保底值/目标值
    pub mark: Mark,
    /// 权重
    pub weight: Weight,
    /// 评价标准
    pub criterion: String,
    /// 完成时限: the end of its period, or the day to which it is judged.
    pub deadline: Date,
    /// 考核部门/数据来源
    pub assessed_by: String,
}

/// By what an item is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A target of the plan.
    Target(Measured),
    /// Words only.
    Words(String),
}

/// A target as a letter states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// The metric's code.
    pub metric: String,
    /// The code of the unit whose target it is, for somebody who leads it; empty for the member's own.
    pub unit: String,
    /// The product line's code; empty for all.
    pub product_line: String,
    /// 保底, in the metric's smallest unit.
    pub floor: Option<i64>,
    /// 目标, in the metric's smallest unit.
    pub target: i64,
    /// 挑战, in the metric's smallest unit.
    pub stretch: Option<i64>,
    /// The target of each quarter, where the metric adds up.
    pub quarters: Option<[i64; 4]>,
    /// The target of a month, where it is one of 月均 n.
    pub monthly: Option<i64>,
}

/// A part of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 责任区域 and 产品范围
    Scope,
    /// 目标项
    Items,
    /// 支持资源
    Promises,
    /// 权责
    Rights,
    /// 边界
    Limits,
    /// 奖惩条款
    Rewards,
}

/// What is wrong, and where: the place in its part, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is no item.
    NoItem,
    /// A part has more than this many lines.
    TooMany(Part, usize),
    /// The weights sum to this many hundredths of a per cent instead of 10 000.
    Weights(u32),
    /// A line is wrong.
    Line(Part, usize, Wrong),
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// A text that has to be there is not.
    Blank,
    /// A text is longer than this many characters.
    TooLong(usize),
    /// Its day lies outside the days of the plan.
    Day,
    /// A number below 1 (or, of a target, below 0).
    Number,
    /// Its quarters do not sum to its target.
    Quarters,
    /// Its number is that of a line above.
    Twice,
}

impl Terms {
    /// What keeps it from being issued, for a plan with these days.
    pub fn faults(&self, days: &RangeInclusive<Date>) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.items.is_empty() {
            faults.push(Fault::NoItem);
        }
        if let Some(wrong) = short(&self.area).or_else(|| short(&self.products)) {
            faults.push(Fault::Line(Part::Scope, 0, wrong));
        }
        for (part, count) in self.counts() {
            if count > MOST {
                faults.push(Fault::TooMany(part, MOST));
            }
        }
        let weights: u32 = self.items.iter().map(|item| item.weight.hundredths()).sum();
        if !self.items.is_empty() && weights != Weight::WHOLE.hundredths() {
            faults.push(Fault::Weights(weights));
        }
        let line = |part: Part| {
            move |(at, wrong): (usize, Option<Wrong>)| wrong.map(|wrong| Fault::Line(part, at, wrong))
        };
        faults
            .extend(self.items.iter().map(|item| item.wrong(days)).enumerate().filter_map(line(Part::Items)));
        let promises =
            self.promises.iter().enumerate().map(|(at, own)| (at, self.wrong_promise(own, at, days)));
        faults.extend(promises.filter_map(line(Part::Promises)));
        faults.extend(self.rights.iter().map(|own| needed(own)).enumerate().filter_map(line(Part::Rights)));
        faults.extend(self.limits.iter().map(wrong_limit).enumerate().filter_map(line(Part::Limits)));
        faults.extend(self.rewards.iter().map(|own| needed(own)).enumerate().filter_map(line(Part::Rewards)));
        faults
    }

    fn counts(&self) -> [(Part, usize); 5] {
        [
            (Part::Items, self.items.len()),
            (Part::Promises, self.promises.len()),
            (Part::Rights, self.rights.len()),
            (Part::Limits, self.limits.len()),
            (Part::Rewards, self.rewards.len()),
        ]
    }

    /// A promise may end after the plan's first day only, and each has a number of its own.
    fn wrong_promise(&self, own: &Promise, at: usize, days: &RangeInclusive<Date>) -> Option<Wrong> {
        if own.times == 0 {
            return Some(Wrong::Number);
        }
        if !days.contains(&own.due) {
            return Some(Wrong::Day);
        }
        if self.promises[..at].iter().any(|other| other.number == own.number) {
            return Some(Wrong::Twice);
        }
        needed(&own.what).or_else(|| short(&own.unit))
    }
}

impl Item {
    fn wrong(&self, days: &RangeInclusive<Date>) -> Option<Wrong> {
        let texts = needed(&self.name).or_else(|| {
            [&self.detail, &self.criterion, &self.assessed_by].into_iter().find_map(|text| short(text))
        });
        let day = || (!days.contains(&self.deadline)).then_some(Wrong::Day);
        texts.or_else(day).or_else(|| self.mark.wrong())
    }
}

impl Mark {
    fn wrong(&self) -> Option<Wrong> {
        match self {
            Self::Words(words) => needed(words),
            Self::Target(own) => own.wrong(),
        }
    }
}

impl Measured {
    fn wrong(&self) -> Option<Wrong> {
        if [self.floor, Some(self.target), self.stretch].into_iter().flatten().any(|mark| mark < 0) {
            return Some(Wrong::Number);
        }
        let sum = self.quarters.map(|quarters| quarters.iter().map(|own| i128::from(*own)).sum::<i128>());
        sum.is_some_and(|sum| sum != i128::from(self.target)).then_some(Wrong::Quarters)
    }
}

fn wrong_limit(limit: &Limit) -> Option<Wrong> {
    match limit {
        Limit::OrderAbove(amount) => (*amount <= Fen::ZERO).then_some(Wrong::Number),
        Limit::Words(words) => needed(words),
    }
}

fn needed(text: &str) -> Option<Wrong> {
    if text.trim().is_empty() { Some(Wrong::Blank) } else { short(text) }
}

fn short(text: &str) -> Option<Wrong> {
    (text.chars().count() > LONGEST).then_some(Wrong::TooLong(LONGEST))
}
