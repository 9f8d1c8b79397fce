//! The sheet of a plan (`forms.md`, form 1): its columns, their names in both languages, and how they are found again.

use dacheng_domain::metrics::Metric;
use dacheng_domain::metrics::own::Catalogue;
use dacheng_text::{Lang, date, metric};

use crate::exports::Holds;

/// A column of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// 目标年度
    Year,
    /// 计划: the code.
    Plan,
    /// 指标
    Metric,
    /// 层级: 单位 or 个人.
    Level,
    /// 对象编号: `unit:CODE` or `member:CODE`.
    Code,
    /// 对象: the name.
    Owner,
    /// 分解维度: how it was broken down.
    Method,
    /// 责任人
    Responsible,
    /// 上年实际
    LastYear,
    /// 保底值 of the year.
    Floor,
    /// 目标值 of the year.
    Target,
    /// 挑战值 of the year.
    Stretch,
    /// A month, 1 to 12 of the calendar.
    Month(i8),
    /// A quarter of the fiscal year, 1 to 4.
    Quarter(i8),
    /// 年度合计: the check beside the target.
    Total,
    /// 已分解
    Given,
    /// 未分解
    Open,
    /// 完成时限
    Due,
    /// 版本号
    Version,
    /// 备注
    Note,
}

impl Column {
    /// The columns in the order of the form; `first` is the first month of the fiscal year.
    pub fn all(first: i8) -> Vec<Self> {
        let before =
            [Self::Year, Self::Plan, Self::Metric, Self::Level, Self::Code, Self::Owner, Self::Method];
        let figures = [Self::Responsible, Self::LastYear, Self::Floor, Self::Target, Self::Stretch];
        let months = (0..12).map(|place| Self::Month((first - 1 + place) % 12 + 1));
        let quarters = (1..=4).map(Self::Quarter);
        let after = [Self::Total, Self::Given, Self::Open, Self::Due, Self::Version, Self::Note];
        before.into_iter().chain(figures).chain(months).chain(quarters).chain(after).collect()
    }

    /// Its name in the first row.
    pub fn name(self, lang: Lang) -> String {
        let say = lang.plans_sheet();
        match self {
            Self::Year => say.year(),
            Self::Plan => say.plan(),
            Self::Metric => say.metric(),
            Self::Level => say.level(),
            Self::Code => say.code(),
            Self::Owner => say.owner(),
            Self::Method => say.method(),
            Self::Responsible => say.responsible(),
            Self::LastYear => say.last_year(),
            Self::Floor => say.floor(),
            Self::Target => say.target(),
            Self::Stretch => say.stretch(),
            Self::Month(month) => return date::month_name(lang, month),
            Self::Quarter(quarter) => return format!("Q{quarter}"),
            Self::Total => say.total(),
            Self::Given => say.given(),
            Self::Open => say.open(),
            Self::Due => say.due(),
            Self::Version => say.version(),
            Self::Note => say.note(),
        }
        .to_owned()
    }

    /// Where a header has it, in either language.
    pub(super) fn find(self, header: &[String]) -> Option<usize> {
        let names = Lang::ALL.map(|lang| self.name(lang).to_lowercase());
        header.iter().position(|name| names.contains(&name.trim().to_lowercase()))
    }

    /// Whether a sheet that is brought back must have it.
    pub fn is_needed(self) -> bool {
        matches!(self, Self::Year | Self::Plan | Self::Metric | Self::Code | Self::Month(_))
    }

    /// What its cells hold.
    pub(super) const fn holds(self) -> Holds {
        match self {
            Self::Year
            | Self::Plan
            | Self::Metric
            | Self::Level
            | Self::Code
            | Self::Owner
            | Self::Method
            | Self::Responsible
            | Self::Version
            | Self::Note => Holds::Text,
            Self::LastYear
            | Self::Floor
            | Self::Target
            | Self::Stretch
            | Self::Month(_)
            | Self::Quarter(_)
            | Self::Total
            | Self::Given
            | Self::Open => Holds::Amount,
            Self::Due => Holds::Day,
        }
    }

    /// Its width in characters.
    pub(super) fn width(self) -> u8 {
        match self {
            Self::Code | Self::Owner => 18,
            Self::Year | Self::Level | Self::Version => 10,
            Self::Plan
            | Self::Metric
            | Self::Method
            | Self::Responsible
            | Self::LastYear
            | Self::Floor
            | Self::Target
            | Self::Stretch
            | Self::Month(_)
            | Self::Quarter(_)
            | Self::Total
            | Self::Given
            | Self::Open
            | Self::Due
            | Self::Note => 15,
        }
    }
}

/// A metric by its code, or by its name in either language.
pub(super) fn metric_of(catalogue: &Catalogue, text: &str) -> String {
    let text = text.trim();
    let named =
        |own: &Metric| Lang::ALL.iter().any(|lang| metric::name(*lang, *own).eq_ignore_ascii_case(text));
    match catalogue.all().find(named) {
        Some(own) => own.code().to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_begins_with_the_fiscal_year() {
        let columns = Column::all(4);
        let months: Vec<i8> = columns
            .iter()
            .filter_map(|column| match column {
                Column::Month(month) => Some(*month),
                _ => None,
            })
            .collect();
        assert_eq!(months, [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]);
        for lang in Lang::ALL {
            let header: Vec<String> = columns.iter().map(|column| column.name(lang)).collect();
            for (place, column) in columns.iter().enumerate() {
                assert_eq!(column.find(&header), Some(place), "{header:?}");
            }
        }
    }

    #[test]
    fn a_metric_is_known_by_code_and_by_name() {
        let of = |text| metric_of(&Catalogue::built_in(), text);
        assert_eq!((of("销售额"), of("revenue")), ("revenue".to_owned(), "revenue".to_owned()));
        assert_eq!(of("利润"), "利润");
    }
}
