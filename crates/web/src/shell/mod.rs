//! What surrounds every page: navigation, breadcrumb, company date, user menu. What a person may open is decided
//! by the caller; the shell draws the rooms it is given.

mod room;
pub mod theme;

use dacheng_text::{Lang, date};
use jiff::civil::{Date, DateTime};

use crate::components::{Definition, Export, Link, Note, Paper};

pub use dacheng_app::people::accounts::Theme;
pub use room::{Door, Room};

/// Everything around the page of somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The language of the page.
    pub lang: Lang,
    /// The colours of the page.
    pub theme: Theme,
    /// The company's name.
    pub company: String,
    /// The company date where it is fixed, as in the demo company; none where it is simply today.
    pub fixed_date: Option<Date>,
    /// When the page was made, on the company's clock; printed with it.
    pub made_at: DateTime,
    /// Who is signed in.
    pub person: String,
    /// The post that person acts in: 销售总监.
    pub post: String,
    /// The rooms that person may open, with what waits there.
    pub doors: Vec<Door>,
    /// How many notifications that person has not read.
    pub unread: i64,
    /// The room of this page.
    pub room: Room,
    /// From the room down to this page, without the page itself.
    pub crumbs: Vec<Link>,
    /// The token of every form.
    pub csrf: String,
    /// The result of the act that led here, shown once.
    pub flash: Option<Note>,
    /// How the list of this page is exported; none where it has none.
    pub export: Option<Export>,
    /// What the metrics of this page are, where it does not say so itself.
    pub definitions: Vec<Definition>,
    /// The path and query of this page, to come back to after a change of language or theme.
    pub here: String,
}

impl Shell {
    /// The shell of a page whose list is exported at `path` with an ending; not offered where it has no rows.
    #[must_use]
    pub fn exporting(mut self, path: impl Into<String>, query: impl Into<String>, rows: usize) -> Self {
        self.export =
            (rows > 0).then(|| Export::Links { path: path.into(), query: query.into(), paper: Paper::None });
        self
    }

    /// The shell of a page that shows metrics, with what they are.
    #[must_use]
    pub fn defining(mut self, definitions: Vec<Definition>) -> Self {
        self.definitions = definitions;
        self
    }

    /// The same where the page is a document, too, at the same address with the ending `pdf`.
    #[must_use]
    pub fn printing(mut self) -> Self {
        if let Some(Export::Links { paper, .. }) = &mut self.export {
            *paper = Paper::Pdf;
        }
        self
    }

    /// The navigation in its groups; groups without an open room do not appear.
    pub fn groups(&self) -> Vec<(Option<&'static str>, Vec<&Door>)> {
        let groups = Room::GROUPS.into_iter().map(|(group, rooms)| {
            let doors = self.doors.iter().filter(|door| rooms.contains(&door.room));
            (group.name(self.lang), doors.collect::<Vec<_>>())
        });
        groups.filter(|(_, doors)| !doors.is_empty()).collect()
    }

    /// At most four rooms for the bar at the bottom of a phone.
    pub fn tabs(&self) -> Vec<&Door> {
        let doors = Room::TABS.iter().filter_map(|room| self.doors.iter().find(|door| door.room == *room));
        let mut tabs: Vec<&Door> = doors.take(4).collect();
        tabs.sort_by_key(|door| door.room == Room::Inbox);
        tabs
    }

    /// The number on the bell, which has room for two digits.
    pub(crate) fn bell(&self) -> String {
        if self.unread > 99 { "99+".to_owned() } else { self.unread.to_string() }
    }

    /// The letters that lead to rooms after a `g`, with their doors.
    pub(crate) fn jumps(&self) -> Vec<(char, &Door)> {
        self.doors.iter().filter_map(|door| Some((door.room.letter()?, door))).collect()
    }

    /// The first letter of a Latin name, or the first character of a Chinese one.
    pub(crate) fn initial(&self) -> String {
        self.person.chars().next().into_iter().flat_map(char::to_uppercase).collect()
    }

    pub(crate) fn date_chip(&self) -> Option<String> {
        self.fixed_date.map(|day| date::full(self.lang, day))
    }

    pub(crate) fn made_at(&self) -> String {
        date::stamp(self.made_at)
    }

    pub(crate) fn short_date(&self) -> Option<String> {
        self.fixed_date.map(date::short)
    }
}

/// The little around a page for somebody who is not signed in.
#[derive(Debug, Clone)]
pub struct Alone {
    /// The language of the page.
    pub lang: Lang,
    /// The colours of the page.
    pub theme: Theme,
    /// The company's name; empty before the first set-up.
    pub company: String,
    /// The token of the form.
    pub csrf: String,
    /// The path of this page, for the change of language.
    pub path: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn the_navigation_shows_only_open_rooms() {
        let mut shell = samples::shell(Lang::Zh, Room::MyTargets);
        shell.doors = [Room::Inbox, Room::MyTargets, Room::Targets].into_iter().map(Door::to).collect();
        let names: Vec<_> = shell.groups().into_iter().map(|(name, doors)| (name, doors.len())).collect();
        assert_eq!(names, [(None, 1), (Some("目标"), 2)]);
    }

    #[test]
    fn a_phone_has_at_most_four_tabs_and_the_inbox_is_last() {
        let shell = samples::shell(Lang::Zh, Room::Dashboard);
        let tabs: Vec<Room> = shell.tabs().into_iter().map(|door| door.room).collect();
        assert_eq!(tabs, [Room::Dashboard, Room::Targets, Room::Alerts, Room::Inbox]);
    }
}
