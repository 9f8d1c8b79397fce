//! The tables of this room as files: the tree as it is opened, those below a unit, the spans of a person, the ranking.

use axum::response::Response;
use dacheng_app::Result;
use dacheng_app::exports::{Column, Format, Holds, Value};
use dacheng_app::figures::member::{MemberFigures, MetricFigures};
use dacheng_app::figures::ranking::Ranking;
use dacheng_app::figures::tree::{Tree, TreeNode};
use dacheng_app::figures::unit::UnitFigures;
use dacheng_domain::metrics::Metric;
use dacheng_text::{date, role};

use super::{ranking_view, tree_view};
use crate::components::Badged as _;
use crate::exports::List;
use crate::http::Desk;
use crate::pages::figure_cells::{branch, branches_below, cells, choice, columns, named_columns, nps_column};
use crate::pages::standing::{metric_name, standing_of};
use crate::pages::unit_rows::Order;

/// The rows of the tree that are open.
pub fn tree(desk: &Desk<'_>, format: Format, found: &Tree, order: Option<Order>) -> Result<Response> {
    let (lang, whole) = (desk.lang(), &found.chosen.branch.performance);
    let mut columns = named_columns(lang, whole);
    columns.insert(0, Column::of(Holds::Serial, lang.targets().level()));
    let mut filter = choice(lang, &desk.company.name, found.look);
    filter.remove(0);
    let list = List {
        title: lang.shell().targets().to_owned(),
        filter,
        order: order.map(|order| order.said_of(lang, whole)),
        as_of: Some(desk.known(found.look.as_of)),
        columns,
        total: None,
    };
    let row = |node: &TreeNode| {
        let mut row = vec![
            Value::number(node.depth + 1),
            Value::text(&node.named.name),
            Value::text(&node.named.code),
            Value::text(node.named.leader.as_deref().unwrap_or_default()),
        ];
        row.extend(cells(lang, &node.performance));
        row
    };
    let rows = tree_view::in_order(found, order);
    desk.export(format, list, rows.into_iter().map(|node| Ok(row(node))))
}

/// Those below a unit.
pub fn unit(desk: &Desk<'_>, format: Format, found: &UnitFigures, order: Order) -> Result<Response> {
    let list = branches_below(desk, &found.named.name, &found.performance, found.look, order);
    let rows = order.sorted(&found.branches).into_iter();
    desk.export(format, list, rows.map(|below| Ok(branch(desk.lang(), below))))
}

/// Each metric of a person over the month, the quarter and the year.
pub fn person(desk: &Desk<'_>, format: Format, found: &MemberFigures) -> Result<Response> {
    let (lang, say) = (desk.lang(), desk.lang().targets());
    let mut of_spans = vec![Column::text(say.span(), 14), Column::text(say.metric(), 12)];
    of_spans.extend(columns(lang, of_one(found), lang.figures().year_on_year().to_owned()));
    let beside_others = of_one(found).is_none() && found.metrics.iter().any(|own| own.metric.has_net());
    of_spans.extend(beside_others.then(|| nps_column(lang)));
    let width = of_spans.len();
    let list = List {
        title: say.spans().to_owned(),
        filter: vec![about(desk, found), date::period(lang, found.look.period)],
        order: None,
        as_of: Some(desk.known(found.look.as_of)),
        columns: of_spans,
        total: None,
    };
    let spans = found.metrics.iter().flat_map(|own| &own.spans);
    let rows = spans.map(|span| {
        let mut row =
            vec![Value::text(date::period(lang, span.period)), Value::text(metric_name(lang, span.metric))];
        row.extend(cells(lang, &span.performance));
        row.resize(width, Value::Blank);
        Ok(row)
    });
    desk.export(format, list, rows)
}

/// The metric of all spans in money or of the only metric; none where they are of several units.
fn of_one(found: &MemberFigures) -> Option<Metric> {
    let first = found.metrics.first()?.metric;
    let alike = |own: &MetricFigures| own.metric.definition() == first.definition();
    found.metrics.iter().all(alike).then_some(first)
}

/// Name and position.
fn about(desk: &Desk<'_>, found: &MemberFigures) -> String {
    format!("{} {}", found.named.name, role::position(desk.lang(), found.position))
}

/// The places of a ranking: attainment only, as on its page.
pub fn ranking(desk: &Desk<'_>, format: Format, found: &Ranking) -> Result<Response> {
    let (lang, say) = (desk.lang(), desk.lang().targets());
    let mut filter = choice(lang, &found.unit.name, found.look);
    filter.push(ranking_view::name(lang, found.level).to_owned());
    let list = List {
        title: say.ranking().to_owned(),
        filter,
        order: Some(say.sorted_down(lang.figures().attainment())),
        as_of: Some(desk.known(found.look.as_of)),
        columns: vec![
            Column::of(Holds::Serial, say.place()),
            Column::text(say.name(), 24),
            Column::of(Holds::Percent, lang.figures().attainment()),
            Column::text(lang.dashboard().standing(), 12),
        ],
        total: None,
    };
    let rows = found.places.iter().map(|place| {
        Ok(vec![
            place.place.map_or(Value::Blank, Value::number),
            Value::text(&place.named.name),
            Value::percent(place.attainment),
            Value::text(standing_of(found.look.metric, place.attainment, &place.time).badge(&lang).text),
        ])
    });
    desk.export(format, list, rows)
}
