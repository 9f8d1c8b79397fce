//! The rows an organisation is made of, as the database keeps them, and edits of them.

use jiff::civil::Date;
use serde::Serialize;

use super::{MemberCode, MemberId, Position, Share, Span, UnitCode, UnitId};

/// A unit. Where it stands in the tree is a [`Placement`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Its number in the database.
    pub id: UnitId,
    /// Its code, unique.
    pub code: UnitCode,
    /// Its name as shown.
    pub name: String,
}

/// Where a unit stands in the tree, and when. A unit exists on the days on which it is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Placement {
    /// The unit placed.
    pub unit: UnitId,
    /// The unit above, or `None` at the top.
    pub parent: Option<UnitId>,
    /// On which days.
    pub span: Span,
}

/// Who leads a unit, and when. Days without a row are a vacancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Leadership {
    /// The unit led.
    pub unit: UnitId,
    /// Its leader.
    pub member: MemberId,
    /// On which days.
    pub span: Span,
}

/// A person of the company. Where they work is a [`Seat`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Their number in the database.
    pub id: MemberId,
    /// 工号, unique.
    pub code: MemberCode,
    /// Their name as shown.
    pub name: String,
    /// What they are employed as.
    pub position: Position,
    /// From the day hired to the day after the last day employed.
    pub employed: Span,
}

impl Member {
    /// Whether employed on that day.
    pub fn is_employed(&self, on: Date) -> bool {
        self.employed.contains(on)
    }
}

/// A member's place in a unit, and when. Several seats on one day share the member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Seat {
    /// Who sits.
    pub member: MemberId,
    /// Where.
    pub unit: UnitId,
    /// How much of a full post. Seats of less than 100 % in all are a part-time post.
    pub share: Share,
    /// On which days.
    pub span: Span,
}

/// All rows. Units and members are listed and walked in the order given here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    /// The units.
    pub units: Vec<Unit>,
    /// Where the units stand.
    pub placements: Vec<Placement>,
    /// Who leads them.
    pub leaderships: Vec<Leadership>,
    /// The people.
    pub members: Vec<Member>,
    /// Where the people sit.
    pub seats: Vec<Seat>,
}

/// A row before and after a change: the store saves the second, the audit trail keeps both. `before` is `None`
/// for a new row, `after` for one that no longer has a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit<T> {
    /// The row as it was.
    pub before: Option<T>,
    /// The row as it becomes.
    pub after: Option<T>,
}

/// One row to be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowChange {
    /// A unit's place.
    Placement(Edit<Placement>),
    /// A unit's leader.
    Leadership(Edit<Leadership>),
    /// A person.
    Member(Edit<Member>),
    /// A person's seat.
    Seat(Edit<Seat>),
}

impl Rows {
    /// The rows after an edit, or `None` where a row to be edited is not there as it was seen.
    pub(super) fn edited(mut self, changes: &[RowChange]) -> Option<Self> {
        for change in changes {
            match change {
                RowChange::Placement(edit) => edit.apply(&mut self.placements)?,
                RowChange::Leadership(edit) => edit.apply(&mut self.leaderships)?,
                RowChange::Member(edit) => edit.apply(&mut self.members)?,
                RowChange::Seat(edit) => edit.apply(&mut self.seats)?,
            }
        }
        Some(self)
    }
}

impl<T: Clone + PartialEq> Edit<T> {
    fn apply(&self, rows: &mut Vec<T>) -> Option<()> {
        let at = match &self.before {
            None => rows.len(),
            Some(before) => rows.iter().position(|row| row == before)?,
        };
        let end = at + usize::from(self.before.is_some());
        rows.splice(at..end, self.after.clone());
        Some(())
    }
}
