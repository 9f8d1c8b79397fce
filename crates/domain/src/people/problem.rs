//! Why rows do not make an organisation, or why a change of it is refused. The sentences people read live in
//! the text crate.

use jiff::civil::Date;

use super::{MemberId, UnitId};

/// One reason, naming who and when.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A row names a unit that is not listed.
    #[error("unit {0} is unknown")]
    UnknownUnit(UnitId),
    /// A row names a member who is not listed.
    #[error("member {0} is unknown")]
    UnknownMember(MemberId),
    /// Two units have one number or one code.
    #[error("unit {0} is listed twice")]
    UnitTwice(UnitId),
    /// Two members have one number or one code.
    #[error("member {0} is listed twice")]
    MemberTwice(MemberId),
    /// Two placements of a unit hold on one day.
    #[error("unit {unit} stands in two places on {on}")]
    TwoPlaces {
        /// The unit.
        unit: UnitId,
        /// The first such day.
        on: Date,
    },
    /// The unit would be above itself.
    #[error("unit {unit} would stand below itself on {on}")]
    Cycle {
        /// The unit.
        unit: UnitId,
        /// The first such day.
        on: Date,
    },
    /// The unit above does not exist on a day on which the unit does.
    #[error("unit {unit} stands below {parent}, which does not exist on {on}")]
    NoParent {
        /// The unit.
        unit: UnitId,
        /// The unit above.
        parent: UnitId,
        /// The first such day.
        on: Date,
    },
    /// Two members lead a unit on one day.
    #[error("unit {unit} has two leaders on {on}")]
    TwoLeaders {
        /// The unit.
        unit: UnitId,
        /// The first such day.
        on: Date,
    },
    /// A member has two seats in one unit on one day.
    #[error("member {member} sits twice in unit {unit} on {on}")]
    TwoSeats {
        /// The member.
        member: MemberId,
        /// The unit.
        unit: UnitId,
        /// The first such day.
        on: Date,
    },
    /// The seats of a member sum to more than 100 %.
    #[error("the seats of member {member} sum to more than 100 % on {on}")]
    OverFull {
        /// The member.
        member: MemberId,
        /// The first such day.
        on: Date,
    },
    /// A member is employed and seated in a unit that does not exist.
    #[error("member {member} sits in unit {unit}, which does not exist on {on}")]
    NoUnit {
        /// The member.
        member: MemberId,
        /// The unit.
        unit: UnitId,
        /// The first such day.
        on: Date,
    },
    /// The unit does not exist on the day of the change.
    #[error("unit {unit} does not exist on {on}")]
    NotPlaced {
        /// The unit.
        unit: UnitId,
        /// The day of the change.
        on: Date,
    },
    /// The member is not hired yet on the day of the change.
    #[error("member {member} is hired only on {hired}")]
    BeforeHire {
        /// The member.
        member: MemberId,
        /// The day hired.
        hired: Date,
    },
    /// The member has left by the day of the change.
    #[error("member {member} is not employed from {left} on")]
    HasLeft {
        /// The member.
        member: MemberId,
        /// The first day no longer employed.
        left: Date,
    },
    /// A later change is recorded already; it must be taken back first.
    #[error("a change on {0} is already recorded")]
    LaterChange(Date),
    /// Things are already as the change would make them.
    #[error("nothing changes")]
    NothingChanges,
    /// A row is no longer as it was when the change was prepared.
    #[error("the organisation was changed in the meantime")]
    Stale,
}
