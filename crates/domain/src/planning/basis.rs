//! What counts as revenue in a plan, and on which date.

use serde::{Deserialize, Serialize};

/// The basis a plan states for its revenue (`domain.md` §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RevenueBasis {
    /// The event that counts, on its date.
    pub recognised_at: RecognisedAt,
    /// Whether the amounts contain tax.
    pub tax: Tax,
}

/// The event whose date counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecognisedAt {
    /// 签约
    Signing,
    /// 发货
    Shipment,
    /// 开票
    Invoice,
}

/// Whether amounts contain tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tax {
    /// 含税
    Included,
    /// 不含税
    Excluded,
}
