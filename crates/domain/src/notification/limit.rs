//! How fast a channel takes messages: the vendors' limits of their robots, and a polite one for mail and webhooks.

use serde::{Deserialize, Serialize};

/// By which way messages leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// Mail.
    Smtp,
    /// 企业微信
    Wecom,
    /// 钉钉
    Dingtalk,
    /// 飞书
    Feishu,
    /// Another program.
    Webhook,
}

/// Whom a channel reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaches {
    /// Each by a message of their own.
    People,
    /// Whoever is in a group.
    Group,
    /// Another program.
    Program,
}

/// At most so many messages within a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How many.
    pub most: usize,
    /// Within how many milliseconds.
    pub within: i64,
}

const MAIL: &[Limit] = &[Limit { most: 60, within: 60_000 }];
// A close raises many alerts at once, and its own news comes last.
const PROGRAM: &[Limit] = &[Limit { most: 300, within: 60_000 }];
const TWENTY_A_MINUTE: &[Limit] = &[Limit { most: 20, within: 60_000 }];
const FEISHU: &[Limit] = &[Limit { most: 100, within: 60_000 }, Limit { most: 5, within: 1_000 }];

impl ChannelKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Smtp, Self::Wecom, Self::Dingtalk, Self::Feishu, Self::Webhook];

    /// Its word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Wecom => "wecom",
            Self::Dingtalk => "dingtalk",
            Self::Feishu => "feishu",
            Self::Webhook => "webhook",
        }
    }

    /// Whom it reaches.
    pub const fn reaches(self) -> Reaches {
        match self {
            Self::Smtp => Reaches::People,
            Self::Wecom | Self::Dingtalk | Self::Feishu => Reaches::Group,
            Self::Webhook => Reaches::Program,
        }
    }

    /// The vendor's limits.
    pub const fn limits(self) -> &'static [Limit] {
        match self {
            Self::Smtp => MAIL,
            Self::Webhook => PROGRAM,
            Self::Wecom | Self::Dingtalk => TWENTY_A_MINUTE,
            Self::Feishu => FEISHU,
        }
    }
}

/// How many messages may leave at `now` after those that left at `sent` (UTC milliseconds): in no stretch of a
/// limit's length more than its number.
///
/// ```
/// use dacheng_domain::notification::{ChannelKind, free};
/// let limits = ChannelKind::Feishu.limits();
/// assert_eq!(free(limits, &[], 0), 5);
/// assert_eq!(free(limits, &[0, 0, 0], 999), 2);
/// assert_eq!(free(limits, &[0, 0, 0], 1_001), 5);
/// ```
pub fn free(limits: &[Limit], sent: &[i64], now: i64) -> usize {
    let left = |limit: &Limit| {
        let within = sent.iter().filter(|at| now.saturating_sub(**at) <= limit.within).count();
        limit.most.saturating_sub(within)
    };
    limits.iter().map(left).min().unwrap_or(0)
}
