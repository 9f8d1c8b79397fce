//! Positions in the company. What an account may do depends on its posts, not on this: see [`crate::access`].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// What a member is employed as (`domain.md` §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// 总监以上
    Executive,
    /// 总监
    Director,
    /// 经理
    Manager,
    /// 组长
    TeamLeader,
    /// 专员
    Specialist,
    /// 销售运营
    SalesOperations,
    /// 市场
    Marketing,
    /// 财务
    Finance,
    /// 人事薪酬
    Hr,
}

/// Whether a position sells: decides who counts as headcount and who must carry a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sells {
    /// A salesperson.
    Always,
    /// A leader: sells where carrying a target of their own.
    WithOwnTarget,
    /// A supporting position.
    Never,
}

/// A text that names no position.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a position: {0:?}")]
pub struct NotAPosition(pub String);

/// Every position: its code, then other names that people write. Compared without case, spaces and marks.
const NAMES: [(Position, &str); 9] = [
    (
        Position::Executive,
        "executive|总监以上|高管|总裁|副总裁|总经理|副总经理|副总|总经办|董事长|CEO|president|vice president|\
         vice president sales|VP sales|general manager",
    ),
    (Position::Director, "director|总监|销售总监|营销总监|sales director"),
    (
        Position::Manager,
        "manager|经理|销售经理|大区经理|区域经理|大区总经理|部门经理|sales manager|region manager|\
         regional manager|area manager",
    ),
    (Position::TeamLeader, "team_leader|组长|销售组长|小组长|团队长|主管|销售主管|team lead|supervisor"),
    (
        Position::Specialist,
        "specialist|专员|销售专员|高级专员|高级销售专员|销售代表|销售|销售员|业务员|客户经理|sales specialist|\
         sales representative|sales rep|salesperson|account manager|account executive|inside sales|\
         inside sales coordinator",
    ),
    (Position::SalesOperations, "sales_operations|销售运营|运营|运营专员|sales ops|operations"),
    (Position::Marketing, "marketing|市场|市场部|市场专员|市场经理"),
    (Position::Finance, "finance|财务|财务部|财务专员|会计|accountant"),
    (Position::Hr, "hr|人事|人力|人力资源|薪酬|HR薪酬|人事专员|human resources"),
];

fn key(text: &str) -> String {
    text.nfkc().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl FromStr for Position {
    type Err = NotAPosition;

    /// Reads the code, the Chinese name or a usual title.
    ///
    /// ```
    /// use dacheng_domain::people::Position;
    /// assert_eq!("组长".parse(), Ok(Position::TeamLeader));
    /// assert_eq!("Vice President, Sales".parse(), Ok(Position::Executive));
    /// assert!("Wizard".parse::<Position>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, NotAPosition> {
        let wanted = key(text);
        let named = NAMES.iter().find(|(_, names)| names.split('|').any(|name| key(name) == wanted));
        named.map(|&(position, _)| position).ok_or_else(|| NotAPosition(text.to_owned()))
    }
}

impl Position {
    /// Every position, highest first.
    pub const ALL: [Self; 9] = [
        Self::Executive,
        Self::Director,
        Self::Manager,
        Self::TeamLeader,
        Self::Specialist,
        Self::SalesOperations,
        Self::Marketing,
        Self::Finance,
        Self::Hr,
    ];

    /// The code used in files and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Executive => "executive",
            Self::Director => "director",
            Self::Manager => "manager",
            Self::TeamLeader => "team_leader",
            Self::Specialist => "specialist",
            Self::SalesOperations => "sales_operations",
            Self::Marketing => "marketing",
            Self::Finance => "finance",
            Self::Hr => "hr",
        }
    }

    /// Whether somebody in this position sells (`domain.md` §2, 人均产能).
    pub const fn sells(self) -> Sells {
        match self {
            Self::Executive | Self::Director | Self::Manager | Self::TeamLeader => Sells::WithOwnTarget,
            Self::Specialist => Sells::Always,
            Self::SalesOperations | Self::Marketing | Self::Finance | Self::Hr => Sells::Never,
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
