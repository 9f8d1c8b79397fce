//! Leafing through a long list, 50 rows a page.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::{Count, Lang};

/// Where in the list the page is.
#[derive(Debug, Clone)]
pub struct Pager {
    /// The number of the first row shown, from 1.
    pub first: u64,
    /// The number of the last row shown.
    pub last: u64,
    /// Rows in all.
    pub all: u64,
    /// The page before, where there is one.
    pub earlier: Option<String>,
    /// The page after, where there is one.
    pub later: Option<String>,
}

impl Pager {
    /// The pager in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownPager<'a> {
        ShownPager { pager: self, lang }
    }
}

/// A pager ready to stand below a table.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% let say = lang.common() %}<nav class="pager" aria-label="{{ say.pages() }}"><span class="number">{{ self.shown() }}</span><span class="pages">
{%- if let Some(href) = pager.earlier %}<a class="button compact" rel="prev" href="{{ href }}">{{ say.page_before() }}</a>{% endif %}
{%- if let Some(href) = pager.later %}<a class="button compact" rel="next" href="{{ href }}">{{ say.page_after() }}</a>{% endif %}</span></nav>"#
)]
pub struct ShownPager<'a> {
    pager: &'a Pager,
    lang: &'a Lang,
}

impl HtmlSafe for ShownPager<'_> {}

impl ShownPager<'_> {
    fn shown(&self) -> String {
        let Pager { first, last, all, .. } = self.pager;
        self.lang.common().rows_shown(Count::from(first), Count::from(last), Count::from(all))
    }
}
