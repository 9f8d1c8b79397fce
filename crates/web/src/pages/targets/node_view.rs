//! From the figures of a unit to its page.

use dacheng_app::Result;
use dacheng_app::figures::unit::UnitFigures;
use dacheng_app::figures::{Look, Named};

use super::NodePage;
use super::fact::facts;
use super::versions::{months, versions};
use crate::components::Link;
use crate::http::Desk;
use crate::pages::dashboard::view::digest;
use crate::pages::standing::{basis, bullet, conclusion, query, ranking_page, state, unit_page};
use crate::pages::unit_rows::{Order, Rows};
use crate::pages::{choices, rubrics};
use crate::shell::Room;

/// The page of a unit.
pub fn page(desk: &Desk<'_>, found: &UnitFigures, order: Order) -> Result<NodePage> {
    let (lang, look) = (desk.lang(), found.look);
    let (named, code) = (&found.named, &found.named.code);
    let sort = order.query();
    let here = |look| unit_page(code, look) + &sort;
    let rows = Rows {
        look,
        owner: &named.owner,
        unit: code,
        whole: &found.performance,
        branches: &found.branches,
        order,
        here: unit_page(code, look),
    };
    Ok(NodePage {
        shell: desk.shell(Room::Targets, crumbs(desk, &found.above, look))?.exporting(
            below(&unit_page(code, look), "units"),
            format!("{}{sort}", query(look)),
            found.branches.len(),
        ),
        name: named.name.clone(),
        leader: leader(desk, named),
        state: state(lang, &found.performance),
        basis: basis(desk, look.metric, &found.footing),
        periods: choices::periods(desk, look, here),
        metrics: choices::metrics(desk, look, &found.metrics, here),
        definition: desk.definition(look.metric, look.period, found.metrics.contains(&look.metric))?,
        ranking: ranking_page(code, look),
        conclusion: conclusion(lang, &found.performance),
        bullet: bullet(&named.name, &found.performance),
        facts: facts(lang, look, &named.owner, &found.performance),
        rubrics: rubrics::view::rows(desk, &found.rubrics),
        months: months(lang, &named.name, look.metric, &found.months),
        units: (!found.branches.is_empty()).then(|| rows.table(lang)),
        alerts: digest(desk, &found.alerts),
        versions: versions(desk, look.metric, &found.origin),
    })
}

/// The path of a list on a page: the page's own without its query, and the list's name.
pub fn below(page: &str, list: &str) -> String {
    format!("{}/{list}", page.split('?').next().unwrap_or_default())
}

/// Who leads a unit, in words.
pub fn leader(desk: &Desk<'_>, named: &Named) -> String {
    let say = desk.lang().targets();
    named.leader.as_ref().map_or_else(|| say.no_leader().to_owned(), |leader| say.led_by(leader))
}

/// From the tree down to a page; `above` are the units over it.
pub fn crumbs(desk: &Desk<'_>, above: &[Named], look: Look) -> Vec<Link> {
    let tree = format!("{}?{}", Room::Targets.path(), query(look));
    let tree = Link::new(Room::Targets.name(&desk.lang()), tree);
    let above = above.iter().map(|named| Link::new(&named.name, unit_page(&named.code, look)));
    std::iter::once(tree).chain(above).collect()
}
