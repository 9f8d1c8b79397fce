//! Choosing the day whose knowledge the figures rest on: a form that reads an address, so that it works without
//! scripts and address and back button hold the choice.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::{Lang, date};
use jiff::civil::Date;

use super::{Icon, Note, Tone};

/// 数据截至: now, or an earlier day.
#[derive(Debug, Clone)]
pub struct AsOfPicker {
    /// The day that is looked at, where it is not today.
    pub day: Option<Date>,
    /// The company's date: no later day is offered.
    pub today: Date,
    /// The page as it stands now.
    pub now: String,
}

impl AsOfPicker {
    /// The picker in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownAsOf<'a> {
        ShownAsOf { picker: self, lang }
    }

    /// What stands below the page's head where it is not about now.
    pub fn note(&self, lang: &Lang) -> Option<Note> {
        self.day.map(|day| Note::new(Tone::Warn, lang.basis().as_of_note(date::full(*lang, day)).as_str()))
    }
}

/// The picker ready to stand in a page head.
#[derive(Template)]
#[template(path = "components/as_of.html")]
pub struct ShownAsOf<'a> {
    picker: &'a AsOfPicker,
    lang: &'a Lang,
}

impl ShownAsOf<'_> {
    /// The path of the page.
    fn path(&self) -> &str {
        self.picker.now.split('?').next().unwrap_or_default()
    }

    /// What else its address asks for, as hidden fields.
    fn fields(&self) -> Vec<(&str, String)> {
        let query = self.picker.now.split_once('?').map_or("", |(_, query)| query);
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, value)| (name, crate::http::decoded(value))).collect()
    }

    /// What the closed picker says.
    fn label(&self) -> String {
        match self.picker.day {
            Some(day) => self.lang.basis().as_of_day(day),
            None => self.lang.basis().as_of_now().to_owned(),
        }
    }
}

impl HtmlSafe for ShownAsOf<'_> {}
