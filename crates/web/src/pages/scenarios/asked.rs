//! What the address of a comparison asks for: plans as often as they are named, a metric, the open units.

use std::collections::BTreeSet;

use dacheng_app::Result;
use dacheng_app::planning::scenarios::{Compare, OpenBranches};
use dacheng_app::planning::{self, PlanView};
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::planning::State;

use crate::http::{Desk, encoded};

/// How many plans stand side by side where none are named.
const USUAL: usize = 3;
/// The most that are compared.
const MOST: usize = 4;

/// The names and values of an address, in their order.
pub(super) type Pairs = Vec<(String, String)>;

/// What is compared.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub plans: Vec<String>,
    pub metric: Metric,
    pub open: OpenBranches,
}

impl Asked {
    /// Reads an address; plans that are worked on, newest year first, where none is named.
    pub fn read(desk: &Desk<'_>, pairs: &Pairs) -> Result<(Self, Vec<PlanView>)> {
        let known = planning::list(desk.app, &desk.context)?;
        let value = |name: &str| pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        let named: Vec<String> = pairs
            .iter()
            .filter(|(name, _)| name == "plan")
            .map(|(_, code)| code.clone())
            .take(MOST)
            .collect();
        let year = value("year").and_then(|year| year.parse().ok());
        let plans = if named.is_empty() { usual(&known, year) } else { named };
        let metric = value("metric").and_then(|code| code.parse().ok()).unwrap_or(Metric::Revenue);
        let metric = if metric.definition().roll_up == RollUp::Sum { metric } else { Metric::Revenue };
        let open = value("open").map_or(OpenBranches::First, |codes| {
            OpenBranches::These(codes.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect())
        });
        Ok((Self { plans, metric, open }, known))
    }

    /// The question of the use case.
    pub fn compare(&self) -> Compare {
        Compare { plans: self.plans.clone(), metric: self.metric, open: self.open.clone() }
    }

    /// The query of the same plans with a metric and open units.
    pub fn query(&self, metric: Metric, open: Option<&BTreeSet<String>>) -> String {
        let plans: Vec<String> = self.plans.iter().map(|code| format!("plan={}", encoded(code))).collect();
        let open = open.map_or_else(String::new, |open| {
            let codes: Vec<String> = open.iter().map(|code| encoded(code)).collect();
            format!("&open={}", codes.join(","))
        });
        format!("{}&metric={}{open}", plans.join("&"), metric.code())
    }
}

/// The plans of the newest year, or of one, that has two that are not archived.
fn usual(known: &[PlanView], year: Option<i16>) -> Vec<String> {
    let alive = |plan: &&PlanView| match plan.state {
        State::Draft | State::Review | State::InForce => true,
        State::Archived => false,
    };
    let years: BTreeSet<i16> = known.iter().map(|plan| plan.year).collect();
    let wanted = years.into_iter().rev().filter(|own| year.is_none_or(|year| year == *own));
    let of = |year: i16| -> Vec<String> {
        let own = known.iter().filter(alive).filter(|plan| plan.year == year);
        // The oldest first: what the others were copied from.
        let mut codes: Vec<String> = own.map(|plan| plan.code.clone()).collect();
        codes.reverse();
        codes.truncate(USUAL);
        codes
    };
    wanted.map(of).find(|codes| codes.len() > 1).unwrap_or_default()
}
