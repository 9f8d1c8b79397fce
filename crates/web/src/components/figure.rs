//! A number with its unit: every displayed number carries the exact value and leads to its explanation
//! (`ux.md` §3.20 and §4).

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_domain::{Fen, Ratio};
use dacheng_text::number::{decimal, grouped, signed};
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, money, rate};

/// What a metric's figure is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Money.
    Money(Fen),
    /// A count with its measure word: 家, 单, 次; empty where the heading says it.
    Count(i64, String),
    /// A rate shown in per cent.
    Rate(Ratio),
    /// A plain number with one decimal and its unit: 天, 分.
    Decimal(Ratio, String),
    /// A difference of two rates in percentage points, without a sign.
    Points(Ratio),
    /// A dash, and why.
    Blank(Blank),
}

/// A value and the page that explains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The value.
    pub value: Value,
    /// The address of its explanation.
    pub explain: Option<String>,
}

/// The one unit of a column or chart; values of another kind in it are said with their own unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// Money in one unit.
    Money(money::Column),
    /// Counts with their measure word.
    Count(String),
    /// Rates in per cent.
    Rate,
    /// Plain numbers with one decimal and their unit.
    Decimal(String),
}

impl Column {
    /// What the heading says: `万元`, `家`, `%`.
    pub fn heading(&self, lang: &Lang) -> String {
        match self {
            Self::Money(column) => column.heading(*lang).to_owned(),
            Self::Count(unit) | Self::Decimal(unit) => unit.clone(),
            Self::Rate => "%".to_owned(),
        }
    }

    /// A change in the column's unit, with its sign: `+8.0`, `−6.0`.
    pub fn signed(&self, lang: Lang, change: i64) -> String {
        match self {
            Self::Money(unit) => unit.signed(lang, Fen(change)),
            Self::Count(_) | Self::Rate | Self::Decimal(_) => signed(change.into(), 0),
        }
    }
}

impl Value {
    /// The value with its unit, as a sentence says it.
    pub fn said(&self, lang: &Lang) -> String {
        match self {
            Self::Money(amount) => money::said(*lang, *amount),
            Self::Count(number, unit) => with_unit(grouped((*number).into(), 0), unit),
            Self::Rate(value) => rate::percent(*value),
            Self::Decimal(value, unit) => with_unit(decimal(*value), unit),
            Self::Points(value) => rate::points(*lang, *value).trim_start_matches('+').to_owned(),
            Self::Blank(blank) => blank.mark(*lang).to_owned(),
        }
    }

    /// What hovering says: the exact amount, or why there is none.
    fn title(&self, lang: &Lang) -> Option<String> {
        match self {
            Self::Money(amount) => Some(money::title(*lang, *amount)),
            Self::Blank(blank) => Some(blank.reason(*lang).to_owned()),
            Self::Rate(value) => exact_rate(*value),
            Self::Count(..) | Self::Decimal(..) | Self::Points(_) => None,
        }
    }

    /// The machine-readable value of `<data>`: fen, a whole number or an exact decimal.
    fn data(&self) -> Option<String> {
        match self {
            Self::Money(amount) => Some(amount.0.to_string()),
            Self::Count(number, _) => Some(number.to_string()),
            Self::Rate(value) | Self::Decimal(value, _) | Self::Points(value) => Some(value.to_string()),
            Self::Blank(_) => None,
        }
    }

    fn number_in(&self, lang: &Lang, column: &Column) -> String {
        match (self, column) {
            (Self::Money(amount), Column::Money(unit)) => unit.number(*lang, *amount),
            (Self::Count(number, _), Column::Count(_)) => grouped((*number).into(), 0),
            (Self::Decimal(value, _), Column::Decimal(_)) => decimal(*value),
            (Self::Rate(value), _) => rate::percent(*value),
            (Self::Points(value), Column::Rate) => {
                rate::points_number(*value).trim_start_matches('+').to_owned()
            }
            (Self::Money(_) | Self::Count(..) | Self::Decimal(..) | Self::Points(_) | Self::Blank(_), _) => {
                self.said(lang)
            }
        }
    }
}

/// Two more places where rounding hides on which side of a threshold a rate lies.
fn exact_rate(value: Ratio) -> Option<String> {
    let shown = value.tenths_of_percent() * 10;
    let finer = value.scaled(10_000);
    (shown != finer).then(|| grouped(finer, 2) + "%")
}

fn with_unit(number: String, unit: &str) -> String {
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}

impl Figure {
    /// A figure without an explanation of its own.
    pub fn plain(value: Value) -> Self {
        Self { value, explain: None }
    }

    /// A figure that leads to its explanation.
    pub fn explained(value: Value, href: impl Into<String>) -> Self {
        Self { value, explain: Some(href.into()) }
    }

    /// The same without an explanation of its own.
    #[must_use]
    pub fn without_link(self) -> Self {
        Self { explain: None, ..self }
    }

    /// An amount of money.
    pub fn money(amount: Fen, href: impl Into<String>) -> Self {
        Self::explained(Value::Money(amount), href)
    }

    /// A rate, or a dash for want of a target.
    pub fn rate(value: Option<Ratio>, href: impl Into<String>) -> Self {
        Self::explained(value.map_or(Value::Blank(Blank::NoTarget), Value::Rate), href)
    }

    /// The number of a table cell, without its unit.
    pub fn cell(&self, lang: &Lang, column: &Column) -> Cell<'_> {
        self.shown(self.value.number_in(lang, column), None, lang)
    }

    /// The number with its unit, as a sentence says it.
    pub fn said(&self, lang: &Lang) -> Cell<'_> {
        self.shown(self.value.said(lang), None, lang)
    }

    /// The number to the fen, where amounts are compared with another system.
    pub fn exact(&self, lang: &Lang) -> Cell<'_> {
        match &self.value {
            Value::Money(amount) => self.shown(money::exact(*lang, *amount), None, lang),
            Value::Count(..) | Value::Rate(_) | Value::Decimal(..) | Value::Points(_) | Value::Blank(_) => {
                self.said(lang)
            }
        }
    }

    /// The number of a headline, with its unit set smaller.
    pub fn headline(&self, lang: &Lang) -> Cell<'_> {
        match &self.value {
            Value::Money(amount) => {
                let money::Headline { number, unit } = money::headline(*lang, *amount);
                self.shown(number, Some(unit.to_owned()), lang)
            }
            Value::Count(number, unit) => self.shown(grouped((*number).into(), 0), Some(unit.clone()), lang),
            Value::Decimal(value, unit) => self.shown(decimal(*value), Some(unit.clone()), lang),
            Value::Rate(_) | Value::Points(_) | Value::Blank(_) => self.said(lang),
        }
    }

    fn shown(&self, text: String, unit: Option<String>, lang: &Lang) -> Cell<'_> {
        Cell {
            text,
            unit: unit.filter(|unit| !unit.is_empty()),
            data: self.value.data(),
            title: self.value.title(lang),
            explain: self.explain.as_deref(),
        }
    }
}

/// A number ready to stand in a page.
#[derive(Debug, Template)]
#[template(
    ext = "html",
    source = r#"{% if let Some(href) = explain %}<a class="why" href="{{ href }}">{% endif %}
{%- if let Some(data) = data %}<data value="{{ data }}"{% if let Some(title) = title %} title="{{ title }}"{% endif %}>{{ text }}</data>
{%- else %}<span{% if let Some(title) = title %} title="{{ title }}"{% endif %}>{{ text }}</span>{% endif %}
{%- if let Some(unit) = unit %}<small>{{ unit }}</small>{% endif %}
{%- if explain.is_some() %}</a>{% endif %}"#
)]
pub struct Cell<'a> {
    text: String,
    unit: Option<String>,
    data: Option<String>,
    title: Option<String>,
    explain: Option<&'a str>,
}

impl HtmlSafe for Cell<'_> {}

/// A change against last year or last month: grey with an arrow, never a status colour (`ux.md` §3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// By so much of the base.
    By(Ratio),
    /// A ratio metric's change in percentage points.
    Points(Ratio),
    /// No rate, because the base is not above 0: both amounts stand for it.
    Amounts {
        /// Then.
        before: Value,
        /// Now.
        now: Value,
    },
    /// Not to be said, and why.
    Blank(Blank),
}

impl Change {
    /// The change in words for a page.
    pub fn shown(&self, lang: &Lang) -> ShownChange {
        match self {
            Self::By(change) => ShownChange { text: rate::change(*change), title: None },
            Self::Points(points) => ShownChange { text: rate::points(*lang, *points), title: None },
            Self::Amounts { before, now } => {
                let both = (before.said(lang), now.said(lang));
                let title = lang.figures().both_amounts(&both.0, &both.1);
                ShownChange { text: format!("{} → {}", both.0, both.1), title: Some(title) }
            }
            Self::Blank(blank) => {
                let title = blank.reason(*lang).to_owned();
                ShownChange { text: blank.mark(*lang).to_owned(), title: Some(title) }
            }
        }
    }
}

/// A change ready to stand in a page.
#[derive(Debug)]
pub struct ShownChange {
    text: String,
    title: Option<String>,
}

impl fmt::Display for ShownChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.title {
            Some(title) => write!(f, "<span title=\"{title}\">{}</span>", self.text),
            None => f.write_str(&self.text),
        }
    }
}

impl HtmlSafe for ShownChange {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_carries_its_exact_value_and_leads_to_its_explanation() {
        let figure = Figure::money(Fen(1_268_400_000), "/explain?x=1&y=2");
        assert_eq!(
            figure.cell(&Lang::Zh, &Column::Money(money::Column::Wan)).to_string(),
            "<a class=\"why\" href=\"/explain?x=1&#38;y=2\"><data value=\"1268400000\" \
             title=\"1,268.4 万元（12,684,000.00 元）\">1,268.4</data></a>"
        );
        assert!(figure.headline(&Lang::Zh).to_string().contains("1,268.4</data><small>万元</small>"));
    }

    #[test]
    fn a_dash_says_why() {
        let figure = Figure::plain(Value::Blank(Blank::NoTarget));
        assert_eq!(figure.said(&Lang::Zh).to_string(), "<span title=\"无目标\">—</span>");
    }

    #[test]
    fn a_rounded_rate_shows_its_side_of_the_threshold_on_hover() {
        let figure = Figure::plain(Value::Rate(Ratio::new(7996, 10_000).unwrap()));
        let shown = figure.cell(&Lang::Zh, &Column::Rate).to_string();
        assert_eq!(shown, "<data value=\"0.7996\" title=\"79.96%\">80.0%</data>");
    }
}
