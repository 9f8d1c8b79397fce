//! The names and units of metrics, and how each is computed in words. The rules live in `domain`; what is said of a company's own
//! metrics is in [`crate::own_metric`].

use std::borrow::Cow;

use dacheng_domain::metrics::own::Side;
use dacheng_domain::metrics::{self, Direction, Group, Metric, Recipe, RollUp, Unit, Window};

use crate::{Lang, own_metric};

/// The name of a metric: 销售额.
///
/// ```
/// use dacheng_domain::metrics::Metric;
/// use dacheng_text::{Lang, metric};
/// assert_eq!(metric::name(Lang::Zh, Metric::Revenue), "销售额");
/// ```
pub fn name(lang: Lang, metric: Metric) -> &'static str {
    let say = lang.metrics();
    match metric {
        Metric::Revenue => say.revenue(),
        Metric::Collections => say.collections(),
        Metric::NewCustomers => say.new_customers(),
        Metric::RepurchaseRate => say.repurchase_rate(),
        Metric::RevenuePerHead => say.revenue_per_head(),
        Metric::ConversionRate => say.conversion_rate(),
        Metric::SalesCycleDays => say.sales_cycle_days(),
        Metric::Satisfaction => say.satisfaction(),
        Metric::ComplaintRate => say.complaint_rate(),
        Metric::ReferralRate => say.referral_rate(),
        Metric::RetentionRate => say.retention_rate(),
        Metric::TrainingRate => say.training_rate(),
        Metric::Collaboration => say.collaboration(),
        Metric::AverageOrder => say.average_order(),
        Metric::NewProductShare => say.new_product_share(),
        Metric::Visits => say.visits(),
        Metric::ReceivableRate => say.receivable_rate(),
        Metric::Rubric => say.rubric(),
        Metric::Own(own) => own_metric::name(lang, own),
    }
}

/// How a metric is computed, in words (`domain.md` §2).
pub fn formula(lang: Lang, metric: Metric) -> Cow<'static, str> {
    let say = lang.metrics();
    Cow::Borrowed(match metric {
        Metric::Revenue => say.revenue_formula(),
        Metric::Collections => say.collections_formula(),
        Metric::NewCustomers => say.new_customers_formula(),
        Metric::RepurchaseRate => say.repurchase_rate_formula(),
        Metric::RevenuePerHead => say.revenue_per_head_formula(),
        Metric::ConversionRate => say.conversion_rate_formula(),
        Metric::SalesCycleDays => say.sales_cycle_days_formula(),
        Metric::Satisfaction => say.satisfaction_formula(),
        Metric::ComplaintRate => say.complaint_rate_formula(),
        Metric::ReferralRate => say.referral_rate_formula(),
        Metric::RetentionRate => say.retention_rate_formula(),
        Metric::TrainingRate => say.training_rate_formula(),
        Metric::Collaboration => say.collaboration_formula(),
        Metric::AverageOrder => say.average_order_formula(),
        Metric::NewProductShare => say.new_product_share_formula(),
        Metric::Visits => say.visits_formula(),
        Metric::ReceivableRate => say.receivable_rate_formula(),
        Metric::Rubric => say.rubric_formula(),
        Metric::Own(own) => return Cow::Owned(own_metric::formula(lang, own, own.newest())),
    })
}

/// The measure word of a count metric: 家, 次; empty for the others.
pub fn measure_word(lang: Lang, metric: Metric) -> &'static str {
    match metric.definition().unit {
        Unit::Count => unit_word(lang, metric),
        Unit::Money | Unit::Percent | Unit::Score | Unit::Days => "",
    }
}

/// The word for one of what a metric counts in: 家, 次, 分, 天; empty for money and per cent, whose signs say it.
pub fn unit_word(lang: Lang, metric: Metric) -> &'static str {
    let say = lang.metrics();
    match (metric.definition().unit, metric) {
        (Unit::Count | Unit::Score | Unit::Days, Metric::Own(own)) => own_metric::word(lang, own),
        (Unit::Count, Metric::NewCustomers) => say.customers_unit(),
        (Unit::Count, Metric::Visits) => say.visits_unit(),
        (Unit::Score, _) => say.points_unit(),
        (Unit::Days, _) => say.days_unit(),
        (Unit::Count | Unit::Money | Unit::Percent, _) => "",
    }
}

/// What a numerator or a denominator is held in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Fen.
    Money,
    /// Pieces, or whole days.
    Pieces,
    /// Hundredths of a point.
    Points,
    /// Parts of a head over the days of the window.
    Heads,
}

impl From<metrics::Held> for Held {
    fn from(held: metrics::Held) -> Self {
        match held {
            metrics::Held::Money => Self::Money,
            metrics::Held::Pieces => Self::Pieces,
            metrics::Held::Points => Self::Points,
        }
    }
}

/// What numerator and denominator of a metric are held in; those of a sum are what it is itself.
pub fn held(metric: Metric) -> (Held, Held) {
    let of = |measure| Held::from(metrics::Held::of(measure));
    match metric.recipe() {
        Recipe::Sum(measure) => (of(measure), of(measure)),
        Recipe::Ratio { over, under, .. } => (of(over), under.first().map_or(Held::Pieces, |own| of(*own))),
        Recipe::PerHead => (Held::Money, Held::Heads),
        Recipe::Repurchase | Recipe::Retention | Recipe::Rated => (Held::Pieces, Held::Pieces),
        Recipe::Own(own) => {
            let of = |side| Held::from(metrics::Held::of_own(own, side));
            (of(Side::Over), of(Side::Under))
        }
    }
}

/// The names of numerator and denominator: 赢单数, 赢单数 + 输单数. `None` for a sum.
pub fn parts(lang: Lang, metric: Metric) -> Option<(&'static str, &'static str)> {
    let say = lang.metrics();
    Some(match metric {
        Metric::RepurchaseRate => (say.bought_again(), say.bought_before()),
        Metric::RevenuePerHead => (say.revenue(), say.average_heads()),
        Metric::ConversionRate => (say.won(), say.won_and_lost()),
        Metric::SalesCycleDays => (say.won_days(), say.won()),
        Metric::Satisfaction | Metric::Collaboration => (say.scores_sum(), say.answers()),
        Metric::ComplaintRate => (say.complaints(), say.orders()),
        Metric::ReferralRate => (say.promoters(), say.answers()),
        Metric::RetentionRate => (say.still_employed(), say.at_their_mark()),
        Metric::TrainingRate => (say.courses_done(), say.courses_due()),
        Metric::AverageOrder => (say.revenue(), say.orders()),
        Metric::NewProductShare => (say.new_revenue(), say.revenue()),
        Metric::ReceivableRate => (say.collections(), say.receivables_due()),
        Metric::Own(own) => return own_metric::parts(lang, own),
        Metric::Revenue | Metric::Collections | Metric::NewCustomers | Metric::Visits | Metric::Rubric => {
            return None;
        }
    })
}

/// What a metric counts in, in words.
pub fn unit_name(lang: Lang, metric: Metric) -> &'static str {
    let say = lang.metrics();
    match metric.definition().unit {
        Unit::Money => say.in_money(),
        Unit::Count => say.in_pieces(),
        Unit::Percent => say.in_percent(),
        Unit::Score => say.in_points(),
        Unit::Days => say.in_days(),
    }
}

/// Which way is better, in words.
pub fn direction(lang: Lang, metric: Metric) -> &'static str {
    match metric.definition().direction {
        Direction::Higher => lang.metrics().higher(),
        Direction::Lower => lang.metrics().lower(),
    }
}

/// The name of a block of the table of metrics: 业绩.
pub fn group(lang: Lang, group: Group) -> &'static str {
    let say = lang.metrics();
    match group {
        Group::Results => say.group_results(),
        Group::Efficiency => say.group_efficiency(),
        Group::Quality => say.group_quality(),
        Group::Team => say.group_team(),
        Group::Analysis => say.group_analysis(),
        Group::Qualitative => say.group_qualitative(),
        Group::Own => say.group_own(),
    }
}

/// How a metric rolls up, in words.
pub fn roll_up(lang: Lang, metric: Metric) -> &'static str {
    let say = lang.metrics();
    match metric.definition().roll_up {
        RollUp::Sum => say.adds_up(),
        RollUp::RatioOfSums => say.ratio_of_sums(),
        RollUp::EachLevel => say.each_level(),
        RollUp::Owner => say.owner_only(),
    }
}

/// Over which days a metric is judged, in words; `None` for one without a window.
pub fn window(lang: Lang, window: Window) -> String {
    match window {
        Window::Period => lang.metrics().window_period().to_owned(),
        Window::RollingMonths(3) => lang.metrics().window_quarter().to_owned(),
        Window::RollingMonths(months) => lang.metrics().window_months(u64::from(months)),
    }
}
