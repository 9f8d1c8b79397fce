//! The twelve roles, and which of them one person may hold together.

use serde::{Deserialize, Serialize};

use crate::people::Position;

/// What a post makes of its holder (`trust.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 专员
    Specialist,
    /// 组长
    TeamLeader,
    /// 大区经理
    RegionManager,
    /// 总监
    Director,
    /// 总监以上
    Executive,
    /// 销售运营
    SalesOperations,
    /// 市场
    Marketing,
    /// 财务
    Finance,
    /// 薪酬
    Hr,
    /// 系统管理员
    SystemAdmin,
    /// 安全管理员
    SecurityAdmin,
    /// 审计员
    Auditor,
}

/// How strictly roles are kept apart; choosing it is recorded. Neither ever lets anybody decide about
/// themselves or take two steps of one approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// Selling, operations, finance, pay, administration and audit are different people.
    Standard,
    /// 小团队, about 20 people: one person may hold any posts.
    SmallTeam,
}

/// What a role is about. Roles of one desk may be held together in every profile.
#[derive(PartialEq, Eq)]
enum Desk {
    Selling,
    Operations,
    Marketing,
    Finance,
    Pay,
    System,
    Security,
    Audit,
}

impl Role {
    /// Every role, in the order of the columns of the table.
    pub const ALL: [Self; 12] = [
        Self::Specialist,
        Self::TeamLeader,
        Self::RegionManager,
        Self::Director,
        Self::Executive,
        Self::SalesOperations,
        Self::Marketing,
        Self::Finance,
        Self::Hr,
        Self::SystemAdmin,
        Self::SecurityAdmin,
        Self::Auditor,
    ];

    /// The role a position usually has.
    pub const fn of(position: Position) -> Self {
        match position {
            Position::Executive => Self::Executive,
            Position::Director => Self::Director,
            Position::Manager => Self::RegionManager,
            Position::TeamLeader => Self::TeamLeader,
            Position::Specialist => Self::Specialist,
            Position::SalesOperations => Self::SalesOperations,
            Position::Marketing => Self::Marketing,
            Position::Finance => Self::Finance,
            Position::Hr => Self::Hr,
        }
    }

    /// A leader also holds the column of the specialist: they have rows of their own, and what is shown to
    /// everybody in sales is shown to them.
    pub const fn leads(self) -> bool {
        match self {
            Self::TeamLeader | Self::RegionManager | Self::Director | Self::Executive => true,
            Self::Specialist
            | Self::SalesOperations
            | Self::Marketing
            | Self::Finance
            | Self::Hr
            | Self::SystemAdmin
            | Self::SecurityAdmin
            | Self::Auditor => false,
        }
    }

    const fn desk(self) -> Desk {
        match self {
            Self::Specialist | Self::TeamLeader | Self::RegionManager | Self::Director | Self::Executive => {
                Desk::Selling
            }
            Self::SalesOperations => Desk::Operations,
            Self::Marketing => Desk::Marketing,
            Self::Finance => Desk::Finance,
            Self::Hr => Desk::Pay,
            Self::SystemAdmin => Desk::System,
            Self::SecurityAdmin => Desk::Security,
            Self::Auditor => Desk::Audit,
        }
    }
}

impl Profile {
    /// Two of the roles that one person may not hold together, if there are any.
    ///
    /// ```
    /// use dacheng_domain::access::{Profile, Role};
    /// let roles = [Role::TeamLeader, Role::Specialist, Role::Finance];
    /// assert_eq!(Profile::Standard.conflict(&roles), Some((Role::TeamLeader, Role::Finance)));
    /// assert_eq!(Profile::SmallTeam.conflict(&roles), None);
    /// ```
    pub fn conflict(self, roles: &[Role]) -> Option<(Role, Role)> {
        match self {
            Self::SmallTeam => None,
            Self::Standard => {
                let first = *roles.first()?;
                let other = roles.iter().find(|role| role.desk() != first.desk())?;
                Some((first, *other))
            }
        }
    }
}
