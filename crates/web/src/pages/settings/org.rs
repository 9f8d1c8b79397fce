//! The tree of units as of a day, and who sits in one of them. It is changed by imports.

use askama::Template;

use crate::components::{Icon, Input, Link};
use crate::shell::Shell;

/// `GET /settings/org?on=2026-11-23&unit=E1`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/org.html")]
pub struct OrgPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// How many units and members there are on the day.
    pub summary: String,
    /// The day.
    pub on: Input,
    /// The code of the chosen unit, kept when the day changes.
    pub unit: String,
    /// The units, each before those below it.
    pub rows: Vec<OrgRow>,
    /// The chosen unit.
    pub panel: Option<UnitPanel>,
    /// Where units, members and seats are imported, for those who may.
    pub imports: Vec<Link>,
}

/// A unit of the tree.
#[derive(Debug, Clone)]
pub struct OrgRow {
    /// How far down it stands, from 0.
    pub depth: usize,
    /// Its name, and the page with it chosen.
    pub unit: Link,
    /// Its code.
    pub code: String,
    /// Who leads it.
    pub leader: String,
    /// How many sit in it and below.
    pub members: usize,
    /// Whether it is the chosen one.
    pub chosen: bool,
}

/// What is known about a unit.
#[derive(Debug, Clone)]
pub struct UnitPanel {
    /// Its name.
    pub name: String,
    /// Code, leader, since when it stands where it stands: name and value.
    pub facts: Vec<(String, String)>,
    /// Who sits in the unit itself.
    pub seats: Vec<SeatRow>,
    /// Whether positions, shares and dates are shown, or names only.
    pub detail: SeatDetail,
}

/// How much of a seat is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeatDetail {
    /// Names only.
    Names,
    /// Position, share and dates.
    Whole,
}

/// Somebody in a unit.
#[derive(Debug, Clone)]
pub struct SeatRow {
    /// The name.
    pub name: String,
    /// 工号
    pub code: String,
    /// What they are employed as.
    pub position: String,
    /// How much of a post it is.
    pub share: String,
    /// From when to when.
    pub dates: String,
}

impl OrgPage {
    fn shows_all(&self) -> bool {
        self.panel.as_ref().is_some_and(|panel| panel.detail == SeatDetail::Whole)
    }
}
