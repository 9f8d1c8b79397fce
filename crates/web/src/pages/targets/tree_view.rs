//! From the tree of units and people to its page.

use std::collections::BTreeSet;

use dacheng_app::Result;
use dacheng_app::figures::tree::{Chosen, Tree, TreeNode, Twig};
use dacheng_app::figures::{Branch as Below, Look};
use dacheng_rollup::Owner;
use dacheng_text::{Lang, date};

use super::fact::facts;
use super::node_view::leader;
use super::{NodePanel, TreePage, TreeSorts};
use crate::charts::{Ranked, Ranking};
use crate::components::{Badged as _, Branch, Figure, Link, SortHead, TreeRow};
use crate::http::{Desk, encoded};
use crate::pages::choices;
use crate::pages::dashboard::view::digest;
use crate::pages::measures;
use crate::pages::standing::{
    basis, bullet, explain, page_below, query, ranking_page, standing, state, unit_page,
};
use crate::pages::unit_rows::{By, Order};
use crate::shell::Room;

/// Steps that a row is drawn further in, at most.
const DEEPEST: usize = 5;

/// The page of the tree; in the order of the organisation where none is asked for.
pub fn page(desk: &Desk<'_>, found: &Tree, order: Option<Order>) -> Result<TreePage> {
    let (lang, look) = (desk.lang(), found.look);
    let view = View { lang, found, order };
    let code = &found.chosen.branch.named.code;
    let figures = found.rows.iter().map(|row| &row.performance.figure);
    Ok(TreePage {
        shell: desk.shell(Room::Targets, Vec::new())?.exporting(
            "/targets",
            view.here(look).split_once('?').map_or("", |(_, query)| query),
            in_order(found, order).len(),
        ),
        title: lang.targets().title(date::period(lang, look.period)),
        basis: basis(desk, look.metric, &found.footing),
        periods: choices::periods(desk, look, |look| view.here(look)),
        metrics: choices::metrics(desk, look, &found.metrics, |look| view.here(look)),
        definition: desk.definition(look.metric, look.period, found.metrics.contains(&look.metric))?,
        column: measures::column(look.metric, lang, figures),
        sorts: view.sorts(),
        rows: view.rows(),
        panel: Some(view.panel(desk, &found.chosen)),
        ranking: ranking_page(code, look),
    })
}

struct View<'v> {
    lang: Lang,
    found: &'v Tree,
    order: Option<Order>,
}

impl View<'_> {
    /// This page over a look.
    fn here(&self, look: Look) -> String {
        let code = &self.found.chosen.branch.named.code;
        format!("{}{}", address(look, &self.found.open, code), self.sort())
    }

    fn sort(&self) -> String {
        self.order.map_or_else(String::new, |order| format!("&sort={}", order.code()))
    }

    /// This page with other branches open, and a unit looked at closer.
    fn opened(&self, open: &BTreeSet<String>, at: &str) -> String {
        format!("{}{}", address(self.found.look, open, at), self.sort())
    }

    fn sorts(&self) -> TreeSorts {
        let named = self.lang.figures();
        let code = &self.found.chosen.branch.named.code;
        let here = address(self.found.look, &self.found.open, code);
        let head = |by: By, text: &str, class: &'static str| match self.order {
            Some(order) => order.head(&here, by, text.to_owned(), class),
            None => SortHead {
                text: text.to_owned(),
                href: format!("{here}&sort={}", Order::by(by).code()),
                order: None,
                class,
            },
        };
        TreeSorts {
            target: head(By::Target, named.target(), "n wide-only"),
            actual: head(By::Actual, named.actual(), "n"),
            attainment: head(By::Attainment, named.attainment(), "n"),
            shortfall: head(By::Shortfall, named.shortfall(), "n wide-only"),
        }
    }

    fn rows(&self) -> Vec<TreeRow> {
        let nodes = in_order(self.found, self.order);
        let mut units: Vec<&str> = Vec::new();
        let rows = nodes.into_iter().map(|node| {
            units.truncate(node.depth);
            let row = self.row(node, units.last().copied().unwrap_or_default());
            units.push(&node.named.code);
            row
        });
        rows.collect()
    }

    /// A row; `unit` is the one it stands below.
    fn row(&self, node: &TreeNode, unit: &str) -> TreeRow {
        let (lang, found) = (self.lang, self.found);
        let (named, performance) = (&node.named, &node.performance);
        let href = explain(found.look, &named.owner);
        TreeRow {
            depth: node.depth.min(DEEPEST),
            name: named.name.clone(),
            href: page_below(unit, &named.owner, found.look),
            leader: named.leader.clone().unwrap_or_default(),
            branch: self.branch(node),
            target: measures::amount_of(lang, found.look.metric, performance.figure.target, href.clone()),
            actual: measures::actual_of(lang, &performance.figure, href.clone()),
            attainment: Figure::rate(performance.figure.attainment, href.clone()),
            shortfall: measures::shortfall_of(lang, &performance.figure, href),
            bullet: bullet(&named.name, performance),
            // The bar beside it shows how far from the pace; the words of that need the panel's room.
            state: standing(performance).badge(&lang),
            chosen: named.owner == found.chosen.branch.named.owner,
        }
    }

    fn branch(&self, node: &TreeNode) -> Branch {
        let code = &node.named.code;
        let mut open = self.found.open.clone();
        match node.twig {
            Twig::Leaf => Branch::Leaf,
            Twig::Open => {
                open.remove(code);
                Branch::Open { fold: self.opened(&open, code) }
            }
            Twig::Folded => {
                open.insert(code.clone());
                Branch::Folded { open: self.opened(&open, code) }
            }
        }
    }

    fn panel(&self, desk: &Desk<'_>, chosen: &Chosen) -> NodePanel {
        let (lang, found) = (self.lang, self.found);
        let Below { named, performance } = &chosen.branch;
        let alerts = digest(desk, &chosen.alerts);
        NodePanel {
            node: Link::new(&named.name, unit_page(&named.code, found.look)),
            leader: leader(desk, named),
            state: state(lang, performance),
            bullet: bullet(&named.name, performance),
            facts: facts(lang, found.look, &named.owner, performance),
            below: (!chosen.below.is_empty()).then(|| self.below(chosen)),
            alerts: alerts.map_or_else(Vec::new, |digest| digest.lines),
        }
    }

    /// Those below the chosen unit, best first.
    fn below(&self, chosen: &Chosen) -> Ranking {
        let unit = &chosen.branch.named.code;
        let row = |below: &Below| Ranked {
            place: None,
            name: Link::new(&below.named.name, page_below(unit, &below.named.owner, self.found.look)),
            attainment: below.performance.figure.attainment,
            tone: standing(&below.performance).tone(),
        };
        let mut rows: Vec<&Below> = chosen.below.iter().collect();
        rows.sort_by(|a, b| Order::by(By::Attainment).compare(&a.performance, &b.performance));
        Ranking {
            subject: self.lang.targets().attainment_below().to_owned(),
            rows: rows.into_iter().map(row).collect(),
        }
    }
}

fn address(look: Look, open: &BTreeSet<String>, at: &str) -> String {
    let open: Vec<String> = open.iter().map(|code| encoded(code)).collect();
    format!("/targets?{}&open={}&at={}", query(look), open.join(","), encoded(at))
}

/// The rows as the page shows them; in the order of the organisation where no other is asked for, and none where nobody
/// has a target or sold anything.
pub fn in_order(found: &Tree, order: Option<Order>) -> Vec<&TreeNode> {
    let is_blank = |row: &TreeNode| row.performance.figure.is_blank();
    if found.rows.iter().all(is_blank) {
        return Vec::new();
    }
    let nodes: Vec<&TreeNode> = found.rows.iter().collect();
    match order {
        Some(order) => sorted(&nodes, order),
        None => nodes,
    }
}

/// The rows with each branch sorted, everybody still below their unit.
fn sorted<'n>(nodes: &[&'n TreeNode], order: Order) -> Vec<&'n TreeNode> {
    let Some(first) = nodes.first() else { return Vec::new() };
    let mut branches: Vec<&[&TreeNode]> = nodes.chunk_by(|_, next| next.depth > first.depth).collect();
    let is_unit = |branch: &&[&TreeNode]| !matches!(branch[0].named.owner, Owner::Member(_));
    branches.sort_by(|a, b| {
        is_unit(b).cmp(&is_unit(a)).then_with(|| order.compare(&a[0].performance, &b[0].performance))
    });
    let with_below = branches.into_iter().flat_map(|branch| {
        let (head, below) = branch.split_at(1);
        head.iter().copied().chain(sorted(below, order)).collect::<Vec<_>>()
    });
    with_below.collect()
}
