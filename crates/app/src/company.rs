//! The company's settings: name, fiscal year, calendar, go-live month. Versioned; nothing closed changes with them.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::access::RankingAudience;
use dacheng_domain::calendar::{Calendar, DayRow, FiscalStart, Month, YearBasis, official_days, years_given};
use dacheng_domain::planning::smart::Band;
use dacheng_store::{Read, Write, settings};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{App, Context, Error, Result, audit};

/// The setting's name in `store`.
const NAME: &str = "company";

/// What the company has settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Company {
    /// Its name.
    pub name: String,
    /// The month the fiscal year starts in.
    pub fiscal_start: FiscalStart,
    /// 启用日: months before it open no plan, message or escalation.
    pub go_live: Option<Month>,
    /// Years that follow Monday to Friday by choice.
    pub weekends_only: BTreeSet<i16>,
    /// Official days of years that do not ship.
    pub official_days: Vec<DayRow>,
    /// The company's own days off and working days.
    pub company_days: Vec<DayRow>,
    /// To whom rankings are shown.
    pub ranking: RankingAudience,
    /// Which probabilities of a target are healthy.
    pub healthy: Band,
}

impl Default for Company {
    fn default() -> Self {
        Self {
            name: "达成".to_owned(),
            fiscal_start: FiscalStart::JANUARY,
            go_live: None,
            weekends_only: BTreeSet::new(),
            official_days: Vec::new(),
            company_days: Vec::new(),
            ranking: RankingAudience::default(),
            healthy: Band::default(),
        }
    }
}

impl Company {
    /// The official days: years that ship, and years that were imported in their place.
    pub fn official(&self) -> Vec<DayRow> {
        let mut official = official_days();
        let imported = years_given(&self.official_days);
        official.retain(|day| !imported.contains(&day.date.year()));
        official.extend(self.official_days.iter().cloned());
        official
    }

    /// The calendar: the official days, years chosen, then the company's own days.
    pub fn calendar(&self) -> Calendar {
        let official = self.official();
        let mut years: BTreeMap<i16, YearBasis> =
            self.weekends_only.iter().map(|year| (*year, YearBasis::WeekendsOnly)).collect();
        years.extend(years_given(&official).into_iter().map(|year| (year, YearBasis::Official)));
        Calendar::new(years, &official, &self.company_days)
    }
}

/// The settings in force, with their version (0 where nothing was settled yet).
pub fn current(tx: &mut Read) -> Result<(Company, i64)> {
    match settings::current(tx, NAME)? {
        None => Ok((Company::default(), 0)),
        Some(setting) => {
            let company = serde_json::from_str(&setting.value)
                .map_err(|wrong| Error::Internal(format!("company settings: {wrong}")))?;
            Ok((company, setting.version))
        }
    }
}

/// Settles the company's settings anew, by somebody who saw version `seen`: the command line and the first set-up.
/// What people change in the pages goes through [`crate::settings`].
pub fn settle(app: &App, context: &Context, company: &Company, seen: i64) -> Result<()> {
    let mut tx = app.store.write()?;
    save(app, &mut tx, context, company, seen)?;
    Ok(tx.commit()?)
}

/// Saves the settings over the version `seen`, and the audit entry.
pub(crate) fn save(app: &App, tx: &mut Write, context: &Context, company: &Company, seen: i64) -> Result<()> {
    let value = serde_json::to_string(company).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let (before, found) = current(tx)?;
    let now = context.now.as_millisecond();
    if seen != found || !settings::append(tx, NAME, seen, &value, now, context.actor.name())? {
        return Err(Error::Stale { seen, found });
    }
    let detail = json!({ "before": before, "after": company });
    audit::record(app, tx, context, "company.settle", NAME, &detail)
}
