//! To whom rankings are shown (`trust.md`). How places are worked out lives with the figures.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Role;
use crate::people::{MemberId, Organisation, Span, UnitId};

/// Who sees a person's place in a ranking; attainment only, never amounts. Leaders see those below them in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RankingAudience {
    /// 全员
    Everyone,
    /// 本组
    #[default]
    Team,
    /// 仅自己
    Own,
}

impl RankingAudience {
    /// All three, widest first.
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Team, Self::Own];

    /// Whether rankings are for holders of a role beyond what they see of figures anyway: for those who sell and
    /// their leaders. Others keep to their line of the table.
    pub const fn is_for(role: Role) -> bool {
        matches!(role, Role::Specialist) || role.leads()
    }

    /// Whether one of those who sell sees the place of another on a day; everybody sees their own.
    ///
    /// ```
    /// use dacheng_domain::access::RankingAudience;
    /// use dacheng_domain::people::{MemberId, Organisation, Paths, Rows};
    /// let nobody = Organisation::new(Rows::default(), Paths::default()).unwrap();
    /// let day = jiff::civil::date(2026, 11, 23);
    /// assert!(RankingAudience::Own.shows_member(&nobody, MemberId(1), MemberId(1), day));
    /// assert!(!RankingAudience::Own.shows_member(&nobody, MemberId(1), MemberId(2), day));
    /// assert!(RankingAudience::Everyone.shows_member(&nobody, MemberId(1), MemberId(2), day));
    /// ```
    pub fn shows_member(
        self,
        organisation: &Organisation,
        viewer: MemberId,
        other: MemberId,
        on: Date,
    ) -> bool {
        match self {
            Self::Everyone => true,
            Self::Team => viewer == other || organisation.are_colleagues(viewer, other, Span::day(on)),
            Self::Own => viewer == other,
        }
    }

    /// Whether one of those who sell sees the place of a unit on a day: that of their own unit where teams are shown
    /// to themselves.
    pub fn shows_unit(self, organisation: &Organisation, viewer: MemberId, unit: UnitId, on: Date) -> bool {
        match self {
            Self::Everyone => true,
            Self::Team => organisation.sits_in(viewer, unit, Span::day(on)),
            Self::Own => false,
        }
    }

    /// Whether one of those who sell may open the ranking of a unit on a day: that of their own unit in any case.
    pub fn opens(self, organisation: &Organisation, viewer: MemberId, unit: UnitId, on: Date) -> bool {
        match self {
            Self::Everyone => true,
            Self::Team | Self::Own => organisation.sits_in(viewer, unit, Span::day(on)),
        }
    }
}
