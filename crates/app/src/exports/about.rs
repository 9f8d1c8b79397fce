//! What a file says of itself: what it holds, of whom, made when, how it was filtered; and its name.

use dacheng_text::{Count, Lang, date};
use jiff::civil::DateTime;

use super::{Column, Holds, Table};

/// Characters of a file's name before the day.
const LONGEST_NAME: usize = 60;
/// Characters of the name of a sheet.
const LONGEST_SHEET: usize = 31;

/// What a list is, so that a printed sheet explains itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What it is: `预警台账`.
    pub title: String,
    /// The company.
    pub company: String,
    /// Who made the file.
    pub by: String,
    /// When, on the company's clock.
    pub at: DateTime,
    /// How it was filtered, in words, the most telling first; everything where empty.
    pub filter: Vec<String>,
    /// How it is sorted, in words.
    pub order: Option<String>,
    /// As of when its figures are, where it holds figures.
    pub as_of: Option<String>,
}

impl About {
    /// The name of the file without its ending: what, filtered by what, made on which day.
    pub fn file_name(&self) -> String {
        let parts = std::iter::once(&self.title).chain(&self.filter).map(|part| plain(part));
        let named: String = parts.collect::<Vec<_>>().join("-").chars().take(LONGEST_NAME).collect();
        format!("{}-{}", named.trim_end_matches('-'), self.at.date())
    }

    /// The name of the sheet with the rows.
    pub(super) fn sheet_name(&self) -> String {
        plain(&self.title).chars().take(LONGEST_SHEET).collect()
    }

    /// The lines of the sheet that explains the rows of a table.
    pub(super) fn lines(&self, lang: Lang, table: &Table, rows: u64) -> Vec<(String, String)> {
        let say = lang.exports();
        let filter = if self.filter.is_empty() {
            say.everything().to_owned()
        } else {
            self.filter.join(lang.people().comma())
        };
        let count = Count::from(rows);
        let count = if table.total.is_some() { say.rows_and_total(count) } else { count.to_string() };
        let units = units(lang, &table.columns);
        let lines = [
            Some((say.title(), self.title.clone())),
            Some((say.company(), self.company.clone())),
            Some((say.made_by(), self.by.clone())),
            Some((say.made_at(), date::stamp(self.at))),
            Some((say.filter(), filter)),
            self.order.clone().map(|order| (say.order(), order)),
            self.as_of.clone().map(|as_of| (say.as_of(), as_of)),
            (!units.is_empty()).then(|| (say.units(), units)),
            Some((say.rows(), count)),
        ];
        lines.into_iter().flatten().map(|(name, said)| (name.to_owned(), said)).collect()
    }
}

/// The units of the columns, each once.
fn units(lang: Lang, columns: &[Column]) -> String {
    let say = lang.exports();
    let has = |wanted: &[Holds]| columns.iter().any(|column| wanted.contains(&column.holds));
    let units = [
        has(&[Holds::Money, Holds::Amount]).then(|| say.unit_money()),
        has(&[Holds::Percent]).then(|| say.unit_percent()),
        has(&[Holds::Points]).then(|| say.unit_points()),
        has(&[Holds::Moment]).then(|| say.unit_moment()),
    ];
    units.into_iter().flatten().collect::<Vec<_>>().join(lang.people().comma())
}

/// A text without what a file or a sheet cannot be called.
fn plain(text: &str) -> String {
    let fits = |character: char| !character.is_control() && !r#"[]:*?/\<>|"'"#.contains(character);
    let text: String = text.chars().map(|character| if fits(character) { character } else { ' ' }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    fn about(title: &str, filter: &[&str]) -> About {
        About {
            title: title.to_owned(),
            company: "华辰智控".to_owned(),
            by: "王芳".to_owned(),
            at: datetime(2026, 11, 23, 9, 0, 0, 0),
            filter: filter.iter().map(|part| (*part).to_owned()).collect(),
            order: None,
            as_of: None,
        }
    }

    #[test]
    fn a_file_is_named_by_what_it_holds_and_the_day() {
        assert_eq!(about("预警台账", &["红灯（3）"]).file_name(), "预警台账-红灯（3）-2026-11-23");
        assert_eq!(about("a/b: c", &[]).file_name(), "a b c-2026-11-23");
        assert!(about(&"长".repeat(300), &[]).file_name().chars().count() <= 71);
        assert_eq!(about(&"长".repeat(300), &[]).sheet_name().chars().count(), 31);
    }

    #[test]
    fn a_sheet_says_what_it_is_and_how_many_rows_it_has() {
        let columns = vec![Column::of(Holds::Money, "目标"), Column::of(Holds::Percent, "达成率")];
        let table = Table { about: about("各大区达成", &[]), columns, total: Some(Vec::new()) };
        let lines = table.about.lines(Lang::Zh, &table, 1_234);
        let said = |name: &str| lines.iter().find(|(own, _)| own == name).map(|(_, said)| said.clone());
        assert_eq!(said("行数").as_deref(), Some("1,234，另有合计一行"));
        assert_eq!(said("单位").as_deref(), Some("金额：元，两位小数、比率：%"));
        assert_eq!(said("导出时间").as_deref(), Some("2026-11-23 09:00"));
        assert!(said("筛选").is_some_and(|said| said.contains("全部")));
        assert_eq!(said("数据截至"), None);
    }
}
