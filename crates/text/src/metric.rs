//! The names and units of the built-in metrics. Their formulas live in `domain`.

use dacheng_domain::metrics::Metric;

use crate::Lang;

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
    }
}

/// How a metric is computed, in words (`domain.md` §2).
pub fn formula(lang: Lang, metric: Metric) -> &'static str {
    let say = lang.metrics();
    match metric {
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
    }
}

/// The measure word of a count metric: 家, 次; empty for the others.
pub fn measure_word(lang: Lang, metric: Metric) -> &'static str {
    match metric {
        Metric::NewCustomers => lang.metrics().customers_unit(),
        Metric::Visits => lang.metrics().visits_unit(),
        Metric::Revenue
        | Metric::Collections
        | Metric::RepurchaseRate
        | Metric::RevenuePerHead
        | Metric::ConversionRate
        | Metric::SalesCycleDays
        | Metric::Satisfaction
        | Metric::ComplaintRate
        | Metric::ReferralRate
        | Metric::RetentionRate
        | Metric::TrainingRate
        | Metric::Collaboration
        | Metric::AverageOrder
        | Metric::NewProductShare
        | Metric::ReceivableRate
        | Metric::Rubric => "",
    }
}
