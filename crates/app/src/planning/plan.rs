//! Making and listing plans.

use dacheng_domain::calendar::{Month, Year};
use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::{Metric, Recipe, RollUp};
use dacheng_domain::planning::{Reason, RevenueBasis, State};
use dacheng_store::search::Kind;
use dacheng_store::{Read, blocks, breakdowns, plans};
use serde_json::json;

use super::{allow, basis_text, open, opened, state_of};
use crate::search::index;
use crate::{App, Context, Error, Result, audit, company};

/// The longest code of a plan, in characters.
const LONGEST: usize = 64;
/// What stands in addresses beside the codes of plans.
const RESERVED: [&str; 6] = ["compare", "compare.xlsx", "compare.csv", "merge", ".", ".."];

/// A plan to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    /// The fiscal year, named by the calendar year it ends in.
    pub year: i16,
    /// Its code; the year where `None`.
    pub code: Option<String>,
    /// Its name; that of the year where blank.
    pub name: String,
    /// What counts as revenue.
    pub basis: RevenueBasis,
}

/// A plan as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its fiscal year.
    pub year: i16,
    /// Where it stands.
    pub state: State,
    /// What counts as revenue.
    pub basis: RevenueBasis,
    /// Why it came into force with uncovered members.
    pub reason: Option<Reason>,
    /// What a change has to name.
    pub version: i64,
}

impl PlanView {
    pub(crate) fn of(plan: &plans::Plan) -> Result<Self> {
        let wrong = |wrong: serde_json::Error| Error::Internal(format!("plan {}: {wrong}", plan.code));
        Ok(Self {
            code: plan.code.clone(),
            name: plan.name.clone(),
            year: i16::try_from(plan.year).map_err(|_| Error::Internal(format!("year {}", plan.year)))?,
            state: state_of(plan)?,
            basis: serde_json::from_str(&plan.basis).map_err(wrong)?,
            reason: plan.reason.as_deref().and_then(|reason| reason.parse().ok()),
            version: plan.version,
        })
    }
}

/// Makes a plan, a draft without targets. Several plans of a year are scenarios side by side.
pub fn create(app: &App, context: &Context, new: &NewPlan) -> Result<PlanView> {
    let say = context.lang.plans_refused();
    let mut tx = app.store.write()?;
    let (company, _) = company::current(&mut tx)?;
    let year = Year::new(new.year, company.fiscal_start).ok_or_else(|| Error::refused(say.year(new.year)))?;
    let ground = app.memory.ground(&mut tx)?;
    allow::create(context, &ground.organisation)?;
    let code = read_code(new.code.as_deref(), year).ok_or_else(|| Error::refused(say.code()))?;
    let name = match new.name.trim() {
        "" => context.lang.plans_import().first_name(year),
        name => name.to_owned(),
    };
    let mut plan = plans::Plan {
        id: 0,
        code,
        name,
        year: year.name().into(),
        state: "draft".to_owned(),
        basis: basis_text(new.basis)?,
        reason: None,
        created_at: context.now.as_millisecond(),
        actor: context.actor_name(),
        version: 1,
    };
    let id = plans::insert(&mut tx, &plan)?;
    plan.id = id.ok_or_else(|| Error::refused(say.code_taken(&plan.code)))?;
    index::note(&mut tx, Kind::Plan, &plan.code, (&plan.code, &plan.name))?;
    let detail = json!({ "name": plan.name, "year": plan.year, "basis": new.basis });
    audit::record(app, &mut tx, context, "plan.create", &format!("plan/{}", plan.code), &detail)?;
    tx.commit()?;
    PlanView::of(&plan)
}

/// A code for a plan: printable, as it stands in addresses and files.
pub(crate) fn read_code(code: Option<&str>, year: Year) -> Option<String> {
    let code = code.map(str::trim).filter(|code| !code.is_empty());
    let code = code.map_or_else(|| year.to_string(), str::to_owned);
    let is_printable = !code.chars().any(|letter| letter.is_control() || letter == '/');
    let is_free = !RESERVED.contains(&code.to_lowercase().as_str());
    (is_printable && is_free && code.chars().count() <= LONGEST).then_some(code)
}

/// Every plan the asker may see, newest year first.
pub fn list(app: &App, context: &Context) -> Result<Vec<PlanView>> {
    let mut tx = app.store.read()?;
    let mut found = Vec::new();
    for plan in plans::all(&mut tx)? {
        found.extend(listed(app, &mut tx, context, plan)?);
    }
    Ok(found)
}

/// A plan as the asker's list shows it; `None` where it does not.
pub(crate) fn listed(
    app: &App,
    tx: &mut Read,
    context: &Context,
    plan: plans::Plan,
) -> Result<Option<PlanView>> {
    let opened = opened(app, tx, plan)?;
    let is_seen = allow::read_plan(context, &opened).is_ok();
    is_seen.then(|| PlanView::of(&opened.plan)).transpose()
}

/// The metrics a plan can be about: those with actuals, and those it has targets for already.
pub fn metrics(app: &App, context: &Context, code: &str) -> Result<Vec<Metric>> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, code)?;
    allow::read_plan(context, &opened)?;
    let planned = breakdowns::metrics(&mut tx, opened.plan.id)?;
    let measures = blocks::measures(&mut tx)?;
    let is_offered = |metric: &Metric| {
        let has_actuals = match metric.recipe() {
            Recipe::Sum(measure) => {
                matches!(measure, Measure::Revenue | Measure::Collections)
                    || measures.contains(&measure.number())
            }
            Recipe::Ratio { under, .. } => under.iter().any(|measure| measures.contains(&measure.number())),
            Recipe::Own(_) | Recipe::Retention | Recipe::PerHead | Recipe::Repurchase => true,
            Recipe::Rated => false,
        };
        has_actuals || planned.iter().any(|code| code == metric.code())
    };
    let month = Month::of(context.today);
    let is_planned = |metric: &Metric| planned.iter().any(|code| code == metric.code());
    let is_there =
        |metric: &Metric| is_planned(metric) || metric.own().is_none_or(|own| !own.is_retired(month));
    let all = opened.catalogue.all().filter(|metric| metric.definition().roll_up == RollUp::Sum);
    Ok(all.filter(is_there).filter(is_offered).collect())
}

/// One plan.
pub fn by_code(app: &App, context: &Context, code: &str) -> Result<PlanView> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, code)?;
    allow::read_plan(context, &opened)?;
    PlanView::of(&opened.plan)
}
