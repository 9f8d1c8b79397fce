//! Parts of tables: links, sortable heads, and the plain table beside every chart.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;

/// Words and where they lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub text: String,
    /// The address.
    pub href: String,
}

impl Link {
    /// A link.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// The order of the column by which a table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortOrder {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A column head that sorts the table; the link keeps period, scope and filters.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<th scope="col" class="{{ class }}"{% if let Some(order) = order %} aria-sort="{{ order.word() }}"{% endif %}><a class="sort" href="{{ href }}">{{ text }}{% if let Some(order) = order %} <span aria-hidden="true">{{ order.arrow() }}</span>{% endif %}</a></th>"#
)]
pub struct SortHead {
    /// The name of the column.
    pub text: String,
    /// The page sorted by it, or in the other order.
    pub href: String,
    /// Its order, where the table is sorted by it.
    pub order: Option<SortOrder>,
    /// `n` for numbers, `wide-only` for what a phone leaves out.
    pub class: &'static str,
}

impl SortOrder {
    const fn word(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }

    const fn arrow(self) -> &'static str {
        match self {
            Self::Ascending => "↑",
            Self::Descending => "↓",
        }
    }
}

impl HtmlSafe for SortHead {}

/// The figures of a chart as a table, folded away below it.
#[derive(Debug, Clone)]
pub struct DataTable {
    /// What the table is about; not shown.
    pub caption: String,
    /// The heads.
    pub heads: Vec<String>,
    /// The rows, as many cells as heads; the first names the row.
    pub rows: Vec<Vec<String>>,
}

impl DataTable {
    /// The table in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownData<'a> {
        ShownData { table: self, lang }
    }
}

/// A chart's figures ready to stand below it.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<details class="data"><summary>{{ lang.charts().show_data() }}</summary><div class="scroll" role="region" tabindex="0" aria-label="{{ table.caption }}"><table><caption class="unseen">{{ table.caption }}</caption>
<thead><tr>{% for head in table.heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in table.rows %}<tr>{% for cell in row %}{% if loop.first %}<th scope="row">{{ cell }}</th>{% else %}<td>{{ cell }}</td>{% endif %}{% endfor %}</tr>{% endfor %}</tbody></table></div></details>"#
)]
pub struct ShownData<'a> {
    table: &'a DataTable,
    lang: &'a Lang,
}

impl HtmlSafe for ShownData<'_> {}
