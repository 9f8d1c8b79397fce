//! The names of the kinds of file that can be imported. Their fields live in `domain`.

use dacheng_domain::facts::kind::Kind;

use crate::Lang;

/// The name of a kind: 订单.
///
/// ```
/// use dacheng_domain::facts::kind::Kind;
/// use dacheng_text::{Lang, kind};
/// assert_eq!(kind::name(Lang::Zh, Kind::Orders), "订单");
/// ```
pub fn name(lang: Lang, kind: Kind) -> &'static str {
    let say = lang.kinds();
    match kind {
        Kind::Units => say.units(),
        Kind::Members => say.members(),
        Kind::Products => say.products(),
        Kind::Customers => say.customers(),
        Kind::Orders => say.orders(),
        Kind::OrderLines => say.order_lines(),
        Kind::OrderShares => say.order_shares(),
        Kind::Returns => say.returns(),
        Kind::Receivables => say.receivables(),
        Kind::Payments => say.payments(),
        Kind::Employments => say.employments(),
        Kind::Opportunities => say.opportunities(),
        Kind::Visits => say.visits(),
        Kind::Surveys => say.surveys(),
        Kind::Complaints => say.complaints(),
        Kind::Leaves => say.leaves(),
        Kind::Trainings => say.trainings(),
        Kind::Scores => say.scores(),
        Kind::Summaries => say.summaries(),
    }
}
