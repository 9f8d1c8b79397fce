//! Search: people, units, plans, alerts, improvement plans and accounts, as far as the asker's lists show them.
//!
//! A kind is a variant of [`Kind`] and of [`Hit`], and a file that finds it; `docs/how-to/search.md` says how to add one.
//! [`index`] keeps the terms by which things are found, [`walk`] goes through them.

mod accounts;
mod alerts;
pub(crate) mod index;
mod people;
mod plans;
mod units;
mod walk;

use dacheng_domain::search::Query;
use dacheng_store::Read;

pub use index::complete;
pub use walk::More;

use crate::facts::ground::Ground;
use crate::planning::PlanView;
use crate::tracking::alerts::AlertRow;
use crate::{App, Context, Result};

/// What can be found, in the order in which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 人员
    Person,
    /// 组织单位
    Unit,
    /// 目标计划
    Plan,
    /// 预警
    Alert,
    /// 改进计划
    ImprovementPlan,
    /// 账号
    Account,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Unit, Self::Plan, Self::Alert, Self::ImprovementPlan, Self::Account];

    /// Its word for programs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Unit => "unit",
            Self::Plan => "plan",
            Self::Alert => "alert",
            Self::ImprovementPlan => "improvement_plan",
            Self::Account => "account",
        }
    }
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hit {
    /// A member, with the unit they belong to.
    Person {
        /// The staff number.
        code: String,
        /// The name.
        name: String,
        /// The unit's code.
        unit: String,
        /// The unit's name.
        unit_name: String,
    },
    /// A unit.
    Unit {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// Who leads it, by name.
        leader: Option<String>,
    },
    /// A plan.
    Plan(PlanView),
    /// An alert.
    Alert(AlertRow),
    /// The improvement plan of an alert.
    ImprovementPlan(AlertRow),
    /// An account.
    Account {
        /// Its number.
        id: i64,
        /// The log-in name.
        login: String,
        /// The name shown.
        name: String,
    },
}

/// What was found of a kind, the best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which kind.
    pub kind: Kind,
    /// What was found.
    pub hits: Vec<Hit>,
    /// Whether there is more of the kind.
    pub more: More,
}

/// What a search goes by.
struct Search<'s> {
    app: &'s App,
    context: &'s Context,
    ground: &'s Ground,
    query: &'s Query,
    limit: usize,
}

/// What is found of a text, at most `limit` of each kind; kinds of which there is nothing are left out. Nothing is found
/// that the asker's lists would not show.
pub fn search(app: &App, context: &Context, text: &str, limit: usize) -> Result<Vec<Part>> {
    context.signed_in()?;
    let Some(query) = Query::read(text) else { return Ok(Vec::new()) };
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let search = Search { app, context, ground: &ground, query: &query, limit };
    let mut parts = search.parts(&mut tx)?;
    parts.retain(|part| !part.hits.is_empty());
    Ok(parts)
}

impl Search<'_> {
    /// The one place that knows who finds what.
    fn parts(&self, tx: &mut Read) -> Result<Vec<Part>> {
        let alerts = alerts::find(self, tx)?;
        let mut parts = Vec::new();
        for kind in Kind::ALL {
            let found = match kind {
                Kind::Person => people::find(self, tx)?,
                Kind::Unit => units::find(self, tx)?,
                Kind::Plan => plans::find(self, tx)?,
                Kind::Alert => alerts.alerts(self.limit),
                Kind::ImprovementPlan => alerts.plans(self.limit),
                Kind::Account => accounts::find(self, tx)?,
            };
            parts.push(Part { kind, hits: found.things, more: found.more });
        }
        Ok(parts)
    }
}
