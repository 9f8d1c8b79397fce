//! The one control by which a list is exported, the same on each page: both kinds of file, of what the page shows.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_app::exports::Format;
use dacheng_text::Lang;

use super::Icon;

/// How a page's list is exported.
#[derive(Debug, Clone)]
pub enum Export {
    /// By a link to the file of each format.
    Links {
        /// The address without the ending: `/alerts`.
        path: String,
        /// What is filtered and how it is sorted: `show=red`.
        query: String,
        /// Whether the page is a document, too.
        paper: Paper,
    },
    /// By a form that begins to write a long list, which is fetched later. It sends `format`.
    Form {
        /// `POST` here.
        action: &'static str,
        /// The token of every form.
        csrf: String,
        /// What is filtered.
        fields: Vec<(&'static str, String)>,
    },
}

/// Whether what a page shows can be printed as a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// At the same address, with the ending `pdf`.
    Pdf,
    /// It is a list and no document.
    None,
}

impl Export {
    /// Of a list that is always whole, at an address without the ending.
    pub fn of(path: &str) -> Self {
        Self::Links { path: path.to_owned(), query: String::new(), paper: Paper::None }
    }

    /// The file with an ending.
    fn href(path: &str, query: &str, ending: &str) -> String {
        let question = if query.is_empty() { "" } else { "?" };
        format!("{path}.{ending}{question}{query}")
    }

    /// The control in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownExport<'a> {
        ShownExport { export: self, lang }
    }
}

/// A control ready to stand in a page.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<details class="menu picker export">
  <summary>{{ Icon::of("download").small() }}{{ lang.exports().export() }}{{ Icon::of("chevron-down").small() }}</summary>
  {% match export %}
  {%- when Export::Links { path, query, paper } -%}<nav class="pane" aria-label="{{ lang.exports().export() }}">{% for format in Format::ALL %}<a class="item" href="{{ Export::href(path, query, format.ending()) }}" hx-boost="false" download>{{ Icon::of(Self::icon(*format)).small() }}{{ self.name(*format) }}</a>{% endfor %}{% if *paper == Paper::Pdf %}<a class="item" href="{{ Export::href(path, query, "pdf") }}" hx-boost="false" download>{{ Icon::of("file-text").small() }}{{ lang.exports().pdf() }}</a>{% endif %}</nav>
  {%- when Export::Form { action, csrf, fields } -%}<form class="pane" method="post" action="{{ action }}"><input type="hidden" name="csrf" value="{{ csrf }}">{% for (name, value) in fields %}<input type="hidden" name="{{ name }}" value="{{ value }}">{% endfor %}{% for format in Format::ALL %}<button class="item" name="format" value="{{ format.ending() }}">{{ Icon::of(Self::icon(*format)).small() }}{{ self.name(*format) }}</button>{% endfor %}</form>
  {%- endmatch %}
</details>"#
)]
pub struct ShownExport<'e> {
    export: &'e Export,
    lang: &'e Lang,
}

impl HtmlSafe for ShownExport<'_> {}

impl ShownExport<'_> {
    fn name(&self, format: Format) -> &'static str {
        let say = self.lang.exports();
        match format {
            Format::Xlsx => say.workbook(),
            Format::Csv => say.csv(),
        }
    }

    const fn icon(format: Format) -> &'static str {
        match format {
            Format::Xlsx => "file-spreadsheet",
            Format::Csv => "table",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_has_the_address_of_the_page_with_its_ending() {
        assert_eq!(Export::href("/alerts", "show=red", Format::Xlsx.ending()), "/alerts.xlsx?show=red");
        assert_eq!(Export::href("/plans", "", Format::Csv.ending()), "/plans.csv");
    }
}
