//! Amounts of a metric as a page shows them and reads them back: money in 万元, or in yuan in English; counts as
//! they are. Nothing passes through a float.

use dacheng_app::facts::problems::unreadable;
use dacheng_domain::Fen;
use dacheng_domain::metrics::{Metric, Unit};
use dacheng_domain::number::{self, CellUnit, Unreadable};
use dacheng_text::{Lang, metric, money};

use crate::charts::Amounts;
use crate::components::{Figure, Value};

/// The scale of a metric's amounts on a page.
#[derive(Debug, Clone, Copy)]
pub(in crate::pages) struct Amount {
    pub lang: Lang,
    pub metric: Metric,
}

impl Amount {
    fn is_money(self) -> bool {
        self.metric.definition().unit == Unit::Money
    }

    /// The unit of what is typed.
    pub fn unit(self) -> CellUnit {
        match self.lang {
            Lang::Zh => CellUnit::TenThousandYuan,
            Lang::En => CellUnit::Yuan,
        }
    }

    /// The unit's name beside a field.
    pub fn heading(self) -> &'static str {
        match (self.is_money(), self.lang) {
            (true, Lang::Zh) => money::Column::Wan.heading(Lang::Zh),
            (true, Lang::En) => money::Column::Yuan.heading(Lang::En),
            (false, lang) => metric::measure_word(lang, self.metric),
        }
    }

    /// The decimals of the typed unit that make the smallest one, and those of a yuan.
    pub fn decimals(self) -> (u32, Option<u32>) {
        match (self.is_money(), self.unit()) {
            (false, _) => (0, None),
            (true, CellUnit::TenThousandYuan) => (6, Some(2)),
            (true, CellUnit::Yuan) => (2, Some(2)),
        }
    }

    /// An amount as it stands in a field: every digit, no more.
    pub fn input(self, minor: i64) -> String {
        let (decimals, _) = self.decimals();
        if decimals == 0 {
            return minor.to_string();
        }
        let scale = 10_i64.pow(decimals);
        let (whole, part) = (minor / scale, (minor % scale).abs());
        let text = format!("{whole}.{part:0width$}", width = decimals as usize);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// An amount as it stands in a field, blank where there is none.
    pub fn maybe(self, minor: Option<i64>) -> String {
        minor.map_or_else(String::new, |minor| self.input(minor))
    }

    /// Reads what was typed; blank is nothing, which is not 0. A target is never below zero.
    pub fn read(self, text: &str) -> Result<Option<i64>, String> {
        let found = if self.is_money() {
            number::money(text, self.unit()).map(|fen| fen.map(|fen| fen.0))
        } else {
            number::count(text)
        };
        match found {
            Ok(Some(minor)) if minor < 0 => Err(self.lang.problems().negative().to_owned()),
            Ok(found) => Ok(found),
            Err(wrong) => Err(self.wrong(wrong)),
        }
    }

    /// Why something typed cannot be read.
    pub fn wrong(self, wrong: Unreadable) -> String {
        unreadable(wrong, self.lang)
    }

    /// An amount in a sentence.
    pub fn said(self, minor: i64) -> String {
        Value::said(&self.value(minor), &self.lang)
    }

    /// An amount in a sentence, to its last digit.
    pub fn exact(self, minor: i64) -> String {
        if self.is_money() { money::exact(self.lang, Fen(minor)) } else { self.said(minor) }
    }

    /// An amount as a figure.
    pub fn figure(self, minor: i64) -> Figure {
        Figure::plain(self.value(minor))
    }

    fn value(self, minor: i64) -> Value {
        if self.is_money() {
            Value::Money(Fen(minor))
        } else {
            Value::Count(minor, metric::measure_word(self.lang, self.metric).to_owned())
        }
    }

    /// The one unit of a table with these amounts.
    pub fn column(self, minors: impl IntoIterator<Item = i64> + Clone) -> Amounts {
        if self.is_money() {
            let amounts: Vec<Fen> = minors.into_iter().map(Fen).collect();
            Amounts::Money(money::Column::of_grid(amounts.iter().copied()))
        } else {
            Amounts::Count(metric::measure_word(self.lang, self.metric).to_owned())
        }
    }

    /// The unit of what is typed, for a table with fields in it.
    pub fn typed_column(self, minors: &[i64]) -> Amounts {
        let whole = |minor: &i64| minor % 1_000_000 == 0;
        match (self.is_money(), self.unit()) {
            (true, CellUnit::TenThousandYuan) if minors.iter().all(whole) => {
                Amounts::Money(money::Column::WholeWan)
            }
            (true, CellUnit::TenThousandYuan) => Amounts::Money(money::Column::Wan),
            (true, CellUnit::Yuan) => Amounts::Money(money::Column::Yuan),
            (false, _) => self.column(minors.iter().copied()),
        }
    }

    /// The rounding unit down to persons: 100 yuan, or one piece.
    pub fn fine(self) -> i64 {
        if self.is_money() { 10_000 } else { 1 }
    }

    /// The usual rounding unit: 1 万元, or one piece.
    pub fn rounding(self) -> i64 {
        if self.is_money() { 1_000_000 } else { 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_field_shows_is_read_back_as_it_was() {
        for lang in Lang::ALL {
            let amount = Amount { lang, metric: Metric::Revenue };
            for minor in [0, 1, 99, 1_000_000, 33_333_333, 5_000_000_000, 12_345_600] {
                assert_eq!(amount.read(&amount.input(minor)), Ok(Some(minor)), "{minor}");
            }
            assert_eq!(amount.read(" "), Ok(None));
            assert!(amount.read("-1").is_err() && amount.read("五百").is_err());
        }
        let zh = Amount { lang: Lang::Zh, metric: Metric::Revenue };
        assert_eq!((zh.input(12_500_000), zh.read("300万")), ("12.5".to_owned(), Ok(Some(300_000_000))));
        let count = Amount { lang: Lang::Zh, metric: Metric::Visits };
        assert_eq!((count.input(20), count.read("20")), ("20".to_owned(), Ok(Some(20))));
    }
}
