//! From the figures of a unit to its page.

use dacheng_app::Result;
use dacheng_app::figures::Named;
use dacheng_app::figures::unit::UnitFigures;
use dacheng_domain::calendar::Period;
use dacheng_domain::metrics::Metric;

use super::NodePage;
use super::fact::facts;
use super::versions::{months, versions};
use crate::components::Link;
use crate::http::Desk;
use crate::pages::choices;
use crate::pages::dashboard::view::digest;
use crate::pages::standing::{basis, bullet, conclusion, ranking_page, state, unit_page};
use crate::pages::unit_rows::{Order, Rows};
use crate::shell::Room;

/// The page of a unit.
pub fn page(desk: &Desk<'_>, found: &UnitFigures, order: Order) -> Result<NodePage> {
    let (lang, metric, period) = (desk.lang(), found.metric, found.period);
    let (named, code) = (&found.named, &found.named.code);
    let sort = order.query();
    let here = |period: Period, metric: Metric| unit_page(code, period, metric) + &sort;
    let rows = Rows {
        metric,
        period,
        owner: &named.owner,
        unit: code,
        whole: &found.performance,
        branches: &found.branches,
        order,
        here: unit_page(code, period, metric),
    };
    Ok(NodePage {
        shell: desk.shell(Room::Targets, crumbs(desk, &found.above, period, metric))?,
        name: named.name.clone(),
        leader: leader(desk, named),
        state: state(lang, &found.performance),
        basis: basis(desk, metric, &found.footing),
        periods: choices::periods(desk, period, |period| here(period, metric)),
        metrics: choices::metrics(desk, metric, |metric| here(period, metric)),
        ranking: ranking_page(code, period, metric),
        conclusion: conclusion(lang, &found.performance),
        bullet: bullet(&named.name, &found.performance),
        facts: facts(lang, (metric, period), &named.owner, &found.performance),
        months: months(lang, &named.name, metric, &found.months),
        units: (!found.branches.is_empty()).then(|| rows.table(lang)),
        alerts: digest(desk, &found.alerts),
        versions: versions(desk, &found.origin),
    })
}

/// Who leads a unit, in words.
pub fn leader(desk: &Desk<'_>, named: &Named) -> String {
    let say = desk.lang().targets();
    named.leader.as_ref().map_or_else(|| say.no_leader().to_owned(), |leader| say.led_by(leader))
}

/// From the tree down to a page; `above` are the units over it.
pub fn crumbs(desk: &Desk<'_>, above: &[Named], period: Period, metric: Metric) -> Vec<Link> {
    let tree = format!("{}?p={period}&m={}", Room::Targets.path(), metric.code());
    let tree = Link::new(Room::Targets.name(&desk.lang()), tree);
    let above = above.iter().map(|named| Link::new(&named.name, unit_page(&named.code, period, metric)));
    std::iter::once(tree).chain(above).collect()
}
