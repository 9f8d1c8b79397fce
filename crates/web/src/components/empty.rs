//! What stands where a list would be, never a blank table (`ux.md` §3.13).

use askama::Template;
use askama::filters::HtmlSafe;

use super::{Icon, Link};

/// An empty list; one of three kinds.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r#"<div class="empty">{{ Icon::of(icon_name) }}<h2>{{ title }}</h2>{% if let Some(text) = text %}<p>{{ text }}</p>{% endif %}
{%- if let Some(act) = act %}<div class="acts"><a class="button{% if main %} primary{% endif %}" href="{{ act.href }}">{{ act.text }}</a></div>{% endif %}</div>"#
)]
pub struct Empty {
    title: String,
    text: Option<String>,
    act: Option<Link>,
    icon_name: &'static str,
    main: bool,
}

impl Empty {
    /// Nothing has been made yet: what this is, and the one act that begins it where the viewer may take it.
    pub fn first_use(title: impl Into<String>, text: impl Into<String>, act: Option<Link>) -> Self {
        Self { title: title.into(), text: Some(text.into()), act, icon_name: "inbox", main: true }
    }

    /// A filter hides everything: which filter, and the way to clear it.
    pub fn filtered(title: impl Into<String>, filters: impl Into<String>, clear: Link) -> Self {
        let text = Some(filters.into());
        Self { title: title.into(), text, act: Some(clear), icon_name: "eye", main: false }
    }

    /// It is not due yet: when it will be there.
    pub fn not_yet(title: impl Into<String>, when: impl Into<String>) -> Self {
        Self { title: title.into(), text: Some(when.into()), act: None, icon_name: "clock", main: false }
    }

    /// Everything is done.
    pub fn done(title: impl Into<String>) -> Self {
        Self { title: title.into(), text: None, act: None, icon_name: "circle-check", main: false }
    }
}

impl HtmlSafe for Empty {}
