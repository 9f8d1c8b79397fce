//! A deadline as a page shows it: what is left first, in one of three looks (`ux.md` §3.11).

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;
use dacheng_text::countdown::{Countdown, Urgency};

/// A deadline on one line.
pub fn countdown(lang: &Lang, deadline: &Countdown) -> ShownCountdown {
    ShownCountdown { class: class(*deadline), text: deadline.said(*lang) }
}

/// A deadline in a table cell: what is left, and below it when.
pub fn countdown_cell(lang: &Lang, deadline: &Countdown) -> CountdownCell {
    CountdownCell { class: class(*deadline), left: deadline.left(*lang), due: deadline.due(*lang) }
}

/// The class of the style sheet for the look of a deadline.
pub fn class(deadline: Countdown) -> &'static str {
    match deadline.urgency() {
        Urgency::Fine => "fine",
        Urgency::Soon => "soon",
        Urgency::Late => "late",
    }
}

/// A deadline ready to stand in a page.
#[derive(Debug, Template)]
#[template(ext = "html", source = r#"<span class="countdown {{ class }}">{{ text }}</span>"#)]
pub struct ShownCountdown {
    class: &'static str,
    text: String,
}

impl HtmlSafe for ShownCountdown {}

/// A deadline ready to stand in a table.
#[derive(Debug, Template)]
#[template(
    ext = "html",
    source = r#"<span class="countdown {{ class }}">{{ left }}<small>{{ due }}</small></span>"#
)]
pub struct CountdownCell {
    class: &'static str,
    left: String,
    due: String,
}

impl HtmlSafe for CountdownCell {}
