//! Who checks an improvement plan. The chain of superiors comes from the organisation of the day.

use crate::people::{MemberId, Position};
use crate::tracking::alert::Level;

/// Somebody above the owner of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Superior {
    /// The person.
    pub member: MemberId,
    /// Their position.
    pub position: Position,
}

/// The checker of a plan (`domain.md` §5): yellow the next superior who is not the owner; red the
/// director, or the next above. `superiors` are the owner's, nearest first; a vacant post is not
/// among them, so that the next above checks. Where nobody is as high as a director, the highest
/// superior checks red. `None` where the owner has no superior.
///
/// ```
/// use dacheng_domain::people::{MemberId, Position};
/// use dacheng_domain::tracking::alert::Level;
/// use dacheng_domain::tracking::improvement::{Superior, checker};
/// let leader = Superior { member: MemberId(2), position: Position::TeamLeader };
/// let director = Superior { member: MemberId(3), position: Position::Director };
/// let of_red = checker(Level::Red, MemberId(1), &[leader, director]);
/// assert_eq!(of_red, Some(director.member));
/// ```
pub fn checker(level: Level, owner: MemberId, superiors: &[Superior]) -> Option<MemberId> {
    let mut others = superiors.iter().filter(|superior| superior.member != owner);
    let chosen = match level {
        Level::Yellow => others.next(),
        Level::Red => {
            others.clone().find(|superior| is_director_or_above(superior.position)).or(others.next_back())
        }
    };
    chosen.map(|superior| superior.member)
}

fn is_director_or_above(position: Position) -> bool {
    match position {
        Position::Executive | Position::Director => true,
        Position::Manager
        | Position::TeamLeader
        | Position::Specialist
        | Position::SalesOperations
        | Position::Marketing
        | Position::Finance
        | Position::Hr => false,
    }
}

/// Whether one plan of a unit may cover its members: where more than half of them are alerted.
pub const fn unit_plan_may_cover(alerted: usize, members: usize) -> bool {
    alerted > members / 2
}
