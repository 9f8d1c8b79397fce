//! The progress of something long, drawn by the server and asked for again every second, with the page around it, which shows what came of it.

use askama::Template;
use askama::filters::HtmlSafe;

/// A running task. Without a script the page offers a link to look again.
#[derive(Debug, Clone, Template)]
#[template(
    ext = "html",
    source = r##"<div class="progress" id="progress" hx-get="{{ again }}" hx-trigger="every 1s" hx-target="#main" hx-select="#main" hx-swap="outerMorph">
<label for="progress-bar">{{ label }}</label>
<progress id="progress-bar" max="{{ all }}" value="{{ done }}">{{ done }} / {{ all }}</progress>
<p class="second number" role="status">{{ said }}</p></div>"##
)]
pub struct Progress {
    /// What is running.
    pub label: String,
    /// Done so far, in the units of `all`.
    pub done: u64,
    /// The whole.
    pub all: u64,
    /// The same in words: `已检查 12,000 / 40,000 行`.
    pub said: String,
    /// The page itself.
    pub again: String,
}

impl HtmlSafe for Progress {}
