//! Settings: the tiles, people and accounts, roles, the calendar.

mod calendar;
mod index;
mod people;
mod person;
mod roles;

pub use calendar::{CalendarPage, Day, DayLook, Holiday, MonthSheet};
pub use index::{IndexPage, Tile};
pub use people::{InvitePage, PeoplePage, PersonRow};
pub use person::{AccountPage, PostForm, PostRow};
pub use roles::RolesPage;

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: crate::http::Routes) -> crate::http::Routes {
    routes
}
