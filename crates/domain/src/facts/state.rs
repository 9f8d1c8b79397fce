//! Words of a few cells, in both languages: how an opportunity stands, why somebody is away, what a summary sums up.

use serde::Serialize;

use crate::metrics::Metric;

/// How an opportunity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Not decided.
    #[default]
    Open,
    /// Became a sale.
    Won,
    /// Did not.
    Lost,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Open, Self::Won, Self::Lost];

    /// As a file writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }
}

/// Words for [`Outcome`], compared without case. A word that is not here is refused.
pub(super) const OUTCOME_WORDS: [(Outcome, &[&str]); 3] = [
    (
        Outcome::Open,
        &["open", "active", "new", "running", "in progress", "pending", "进行中", "跟进中", "未结束", "打开"],
    ),
    (Outcome::Won, &["won", "win", "closed won", "success", "赢单", "成交", "已成交", "已赢单", "成功"]),
    (
        Outcome::Lost,
        &[
            "lost",
            "lose",
            "closed lost",
            "failed",
            "cancelled",
            "canceled",
            "输单",
            "丢单",
            "已输单",
            "失败",
            "放弃",
        ],
    ),
];

/// Why somebody is away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveKind {
    /// 年假
    Annual,
    /// 事假
    Personal,
    /// 病假
    Sick,
    /// 产假, and that of the other parent.
    Maternity,
    /// 工伤
    Injury,
    /// 长假: months without work, whatever for.
    Long,
    /// Any other reason.
    Other,
}

impl LeaveKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Annual, Self::Personal, Self::Sick, Self::Maternity, Self::Injury, Self::Long, Self::Other];

    /// As a file writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Annual => "annual",
            Self::Personal => "personal",
            Self::Sick => "sick",
            Self::Maternity => "maternity",
            Self::Injury => "injury",
            Self::Long => "long",
            Self::Other => "other",
        }
    }
}

/// Words for [`LeaveKind`], compared without case. A word that is not here is refused.
pub(super) const LEAVE_WORDS: [(LeaveKind, &[&str]); 7] = [
    (LeaveKind::Annual, &["annual", "vacation", "holiday", "年假", "年休假"]),
    (LeaveKind::Personal, &["personal", "事假"]),
    (LeaveKind::Sick, &["sick", "病假"]),
    (LeaveKind::Maternity, &["maternity", "paternity", "parental", "产假", "陪产假", "育儿假"]),
    (LeaveKind::Injury, &["injury", "work injury", "工伤", "工伤假"]),
    (LeaveKind::Long, &["long", "sabbatical", "unpaid", "长假", "长期休假", "停薪留职"]),
    (LeaveKind::Other, &["other", "marriage", "bereavement", "其他", "婚假", "丧假", "公假"]),
];

/// The metrics that a summary may sum up: those that a measure simply is.
pub(super) const SUMMARY_WORDS: [(Metric, &[&str]); 4] = [
    (Metric::Revenue, &["revenue", "销售额"]),
    (Metric::Collections, &["collections", "回款额"]),
    (Metric::NewCustomers, &["new_customers", "新客户数"]),
    (Metric::Visits, &["visits", "拜访量"]),
];

/// Words for the kind of score that counts as collaboration across departments.
const COLLABORATION_WORDS: [&str; 4] = ["collaboration", "协作", "跨部门协作", "跨部门协作评分"];

/// Whether a kind of score is 跨部门协作评分; every other is the score of a skill.
///
/// ```
/// use dacheng_domain::facts::state::is_collaboration;
/// assert!(is_collaboration("Collaboration") && is_collaboration("跨部门协作") && !is_collaboration("谈判"));
/// ```
pub fn is_collaboration(kind: &str) -> bool {
    COLLABORATION_WORDS.iter().any(|word| word.eq_ignore_ascii_case(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Recipe;

    #[test]
    fn a_summary_sums_up_every_metric_that_is_a_measure_and_no_other() {
        let summed = Metric::ALL.into_iter().filter(|metric| matches!(metric.recipe(), Recipe::Sum(_)));
        assert_eq!(summed.collect::<Vec<_>>(), SUMMARY_WORDS.map(|(metric, _)| metric));
        assert!(SUMMARY_WORDS.iter().all(|(metric, words)| words[0] == metric.code()));
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert!(
            Outcome::ALL
                .iter()
                .zip(OUTCOME_WORDS)
                .all(|(own, (of, words))| *own == of && words[0] == own.code())
        );
        assert!(
            LeaveKind::ALL
                .iter()
                .zip(LEAVE_WORDS)
                .all(|(own, (of, words))| *own == of && words[0] == own.code())
        );
    }
}
