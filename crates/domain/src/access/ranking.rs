//! To whom rankings are shown (`trust.md`). How places are worked out lives with the figures.

use serde::{Deserialize, Serialize};

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
}
