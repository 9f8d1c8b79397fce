//! Strategic objectives: kept by who sets the company's targets, read by whoever reads announced ones. Which targets serve
//! them, which objectives nothing serves, and which targets serve none.

use std::sync::Arc;

use dacheng_domain::access::{Action, Object, Owner as Whose, Right, View, When};
use dacheng_domain::calendar::Year;
use dacheng_domain::metrics::own::Catalogue;
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::people::{Organisation, Span};
use dacheng_domain::planning::{CannotKeep, Objective};
use dacheng_store::objectives::{self, Carried, Link, Objective as Kept};
use dacheng_store::{Read, Write, plans};
use serde_json::json;

use crate::facts::ground::Ground;
use crate::{App, Context, Error, Result, audit, company};

/// An objective with the targets that serve it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The objective.
    pub objective: Kept,
    /// The name of who answers for it.
    pub owner: String,
    /// The targets.
    pub targets: Vec<Serving>,
}

/// A target that serves an objective, or could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serving {
    /// The plan's code.
    pub plan: String,
    /// Of which metric.
    pub metric: Metric,
    /// The unit's code; empty for the company.
    pub unit: String,
    /// The unit's name; empty for the company.
    pub name: String,
    /// The year, in the metric's smallest unit; of a metric that does not add up, what every month has. `None` where
    /// months differ, where there is no such target any more, or where only the company's are shown.
    pub amount: Option<i64>,
}

/// Objectives and targets, and what is missing between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Every objective, newest year first.
    pub objectives: Vec<Served>,
    /// Targets of the company and of the units right below it that serve none.
    pub uncovered: Vec<Serving>,
}

/// What is said of an objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// The fiscal year.
    pub year: i16,
    /// The code of the member who answers for it.
    pub owner: String,
}

/// A target to be linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The plan's code.
    pub plan: String,
    /// Of which metric.
    pub metric: Metric,
    /// The unit's code; empty for the company.
    pub unit: String,
}

/// Every objective with its targets, and the targets without one.
pub fn coverage(app: &App, context: &Context) -> Result<Coverage> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let view = may(context, &ground.organisation, Right::Read)?;
    let about = About::read(app, &mut tx, context, &ground, view)?;
    let objectives = objectives::all(&mut tx)?.into_iter().map(|own| about.served(own)).collect();
    Ok(Coverage { objectives, uncovered: about.uncovered() })
}

/// One objective with its targets.
pub fn one(app: &App, context: &Context, code: &str) -> Result<Served> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let view = may(context, &ground.organisation, Right::Read)?;
    let kept = objectives::by_code(&mut tx, code)?.ok_or_else(|| Error::missing("objective", code))?;
    Ok(About::read(app, &mut tx, context, &ground, view)?.served(kept))
}

/// The targets of units that could serve an objective, of the plans that are not archived.
pub fn targets(app: &App, context: &Context) -> Result<Vec<Serving>> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let view = may(context, &ground.organisation, Right::Update)?;
    let about = About::read(app, &mut tx, context, &ground, view)?;
    Ok(about.carried.iter().filter_map(|own| about.serving_of(own)).collect())
}

/// Whether somebody may keep objectives.
pub fn may_keep(app: &App, context: &Context) -> Result<bool> {
    let ground = app.memory.ground(&mut app.store.read()?)?;
    Ok(may(context, &ground.organisation, Right::Update).is_ok())
}

/// Adds an objective.
pub fn create(app: &App, context: &Context, said: &Said) -> Result<Kept> {
    let say = context.lang.objectives();
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    may(context, &ground.organisation, Right::Create)?;
    let mut kept = checked(&mut tx, context, &ground, said)?;
    kept.created_at = context.now.as_millisecond();
    kept.actor = context.actor_name();
    let id = objectives::insert(&mut tx, &kept)?;
    kept.id = id.ok_or_else(|| Error::refused(say.taken(&kept.code)))?;
    let detail = json!({ "name": kept.name, "year": kept.year, "owner": kept.owner });
    audit::record(app, &mut tx, context, "objective.create", &format!("objective/{}", kept.code), &detail)?;
    tx.commit()?;
    Ok(kept)
}

/// Changes what is said of an objective; its code stays.
pub fn change(app: &App, context: &Context, said: &Said, seen: i64) -> Result<Kept> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    may(context, &ground.organisation, Right::Update)?;
    let before = found(&mut tx, &said.code, seen)?;
    let checked = checked(&mut tx, context, &ground, said)?;
    let after = Kept {
        id: before.id,
        created_at: before.created_at,
        actor: before.actor.clone(),
        version: before.version,
        ..checked
    };
    save(&mut tx, &after, seen)?;
    let fields = |own: &Kept| json!({ "name": own.name, "description": own.description, "year": own.year, "owner": own.owner });
    let detail = json!({ "before": fields(&before), "after": fields(&after) });
    audit::record(app, &mut tx, context, "objective.change", &format!("objective/{}", after.code), &detail)?;
    tx.commit()?;
    Ok(Kept { version: seen + 1, ..after })
}

/// Says that a target serves an objective; those below it serve it too.
pub fn link(app: &App, context: &Context, code: &str, target: &Target, seen: i64) -> Result<i64> {
    let say = context.lang.objectives();
    relate(app, context, (code, seen), target, "objective.link", |tx, objective, own| {
        let at = context.now.as_millisecond();
        let is_new = objectives::link(tx, objective, own, at, &context.actor_name())?;
        if is_new { Ok(()) } else { Err(Error::refused(say.linked_already())) }
    })
}

/// Takes that back.
pub fn unlink(app: &App, context: &Context, code: &str, target: &Target, seen: i64) -> Result<i64> {
    let say = context.lang.objectives();
    relate(app, context, (code, seen), target, "objective.unlink", |tx, objective, own| {
        let is_gone = objectives::unlink(tx, objective, own)?;
        if is_gone { Ok(()) } else { Err(Error::refused(say.not_linked())) }
    })
}

fn relate(
    app: &App,
    context: &Context,
    (code, seen): (&str, i64),
    target: &Target,
    act: &str,
    change: impl FnOnce(&mut Write, i64, (i64, &str, &str)) -> Result<()>,
) -> Result<i64> {
    let say = context.lang.objectives();
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    may(context, &ground.organisation, Right::Update)?;
    let kept = found(&mut tx, code, seen)?;
    let plan = plans::by_code(&mut tx, &target.plan)?.ok_or_else(|| Error::missing("plan", &target.plan))?;
    if act == "objective.link" && plan.state == "archived" {
        return Err(Error::refused(say.archived_plan()));
    }
    let top = top(&ground, context);
    let unit = if top.as_ref() == Some(&target.unit) { String::new() } else { target.unit.clone() };
    let has_target = objectives::carried(&mut tx)?.iter().any(|own| {
        let is_top = top.as_ref() == Some(&own.unit);
        own.plan_id == plan.id
            && own.metric == target.metric.code()
            && (own.unit == unit || (is_top && unit.is_empty()))
    });
    if act == "objective.link" && !has_target {
        return Err(Error::refused(say.no_such_target(&target.plan)));
    }
    change(&mut tx, kept.id, (plan.id, target.metric.code(), &unit))?;
    save(&mut tx, &kept, seen)?;
    let detail = json!({ "plan": target.plan, "metric": target.metric.code(), "unit": unit });
    audit::record(app, &mut tx, context, act, &format!("objective/{code}"), &detail)?;
    tx.commit()?;
    Ok(seen + 1)
}

fn found(tx: &mut Write, code: &str, seen: i64) -> Result<Kept> {
    let kept = objectives::by_code(tx, code)?.ok_or_else(|| Error::missing("objective", code))?;
    if kept.version == seen { Ok(kept) } else { Err(Error::Stale { seen, found: kept.version }) }
}

fn save(tx: &mut Write, changed: &Kept, seen: i64) -> Result<()> {
    if objectives::update(tx, changed, seen)? { Ok(()) } else { Err(Error::Stale { seen, found: seen + 1 }) }
}

/// What may be kept of what is said.
fn checked(tx: &mut Read, context: &Context, ground: &Ground, said: &Said) -> Result<Kept> {
    use dacheng_domain::planning::{LONGEST_CODE, LONGEST_DESCRIPTION, LONGEST_NAME};
    let say = context.lang.objectives();
    let checked = Objective::new(&said.code, &said.name, &said.description).map_err(|wrong| {
        Error::refused(match wrong {
            CannotKeep::Code => say.wrong_code(LONGEST_CODE),
            CannotKeep::Name => say.wrong_name(LONGEST_NAME),
            CannotKeep::Description => say.wrong_description(LONGEST_DESCRIPTION),
        })
    })?;
    let start = company::current(tx)?.0.fiscal_start;
    let year = Year::new(said.year, start).filter(|year| (2000..=2100).contains(&year.name()));
    let year = year.ok_or_else(|| Error::refused(say.wrong_year()))?;
    let owner = said.owner.trim();
    if ground.organisation.member_of_code(owner).is_none() {
        return Err(Error::refused(say.wrong_owner(owner)));
    }
    Ok(Kept {
        id: 0,
        code: checked.code().to_owned(),
        name: checked.name().to_owned(),
        description: checked.description().to_owned(),
        year: year.name().into(),
        owner: owner.to_owned(),
        created_at: 0,
        actor: String::new(),
        version: 1,
    })
}

/// Objectives are of the company, and announced.
fn may(context: &Context, organisation: &Organisation, right: Right) -> Result<View> {
    let object = Object { owner: Whose::Company, days: Span::day(context.today), holds: &[When::Announced] };
    context.may(organisation, Action::CompanyTargets, right, &object).map(|allowed| allowed.view)
}

fn top(ground: &Ground, context: &Context) -> Option<String> {
    let organisation = &ground.organisation;
    let mut tops = organisation.top(context.today);
    let top = tops.next().filter(|_| tops.next().is_none())?;
    organisation.unit(top).map(|unit| unit.code.to_string())
}

/// A year's target: months are added up only where the metric adds up.
fn year(metric: Metric, own: &Carried) -> Option<i64> {
    if metric.definition().roll_up == RollUp::Sum { Some(own.amount) } else { own.each }
}

/// Links and targets, as one transaction sees them.
struct About<'a> {
    context: &'a Context,
    ground: &'a Ground,
    catalogue: Arc<Catalogue>,
    links: Vec<Link>,
    carried: Vec<Carried>,
    /// Plans that are in force, and for who reads ahead those that are not yet: number and code.
    plans: Vec<(i64, String)>,
    top: Option<String>,
}

impl<'a> About<'a> {
    fn read(app: &App, tx: &mut Read, context: &'a Context, ground: &'a Ground, view: View) -> Result<Self> {
        let catalogue = app.memory.catalogue(tx)?;
        let top = top(ground, context);
        let mut carried = objectives::carried(tx)?;
        let scope = context.scope(&ground.organisation, Action::BreakDown, Right::Read)?;
        let company = view.shows_persons() || view == View::Aggregates;
        carried.retain(|own| {
            let unit = ground.organisation.unit_of_code(&own.unit);
            (company && Some(&own.unit) == top.as_ref())
                || unit.is_some_and(|unit| {
                    scope.view(&Object::on(Whose::Unit(unit.id), context.today)).is_some()
                })
        });
        let ahead = Object { owner: Whose::Company, days: Span::day(context.today), holds: &[] };
        let ahead = context.may(&ground.organisation, Action::CompanyTargets, Right::Read, &ahead).is_ok();
        let is_shown = |state: &str| state == "in_force" || (ahead && state != "archived");
        let plans = plans::all(tx)?.into_iter().filter(|plan| is_shown(&plan.state));
        let plans: Vec<(i64, String)> = plans.map(|plan| (plan.id, plan.code)).collect();
        let is_open = |id: i64| plans.iter().any(|(plan, _)| *plan == id);
        carried.retain(|own| is_open(own.plan_id));
        let mut links = objectives::links(tx, None)?;
        links.retain(|link| is_open(link.plan_id));
        Ok(Self { context, ground, catalogue, links, carried, plans, top })
    }

    fn served(&self, objective: Kept) -> Served {
        let own = self.links.iter().filter(|link| link.objective == objective.code);
        let targets = own.filter_map(|link| {
            Some(Serving {
                plan: link.plan.clone(),
                metric: self.catalogue.read(&link.metric).ok()?,
                unit: link.unit.clone(),
                name: self.name(&link.unit),
                amount: self.amount(link),
            })
        });
        let member = self.ground.organisation.member_of_code(&objective.owner);
        let owner = member.map_or_else(|| objective.owner.clone(), |member| member.name.clone());
        Served { owner, targets: targets.collect(), objective }
    }

    fn name(&self, unit: &str) -> String {
        let found = self.ground.organisation.unit_of_code(unit);
        found.map_or_else(|| unit.to_owned(), |unit| unit.name.clone())
    }

    fn amount(&self, link: &Link) -> Option<i64> {
        let unit = if link.unit.is_empty() { self.top.as_ref()? } else { &link.unit };
        let mut carried = self.carried.iter();
        let found =
            carried.find(|own| own.plan_id == link.plan_id && own.metric == link.metric && own.unit == *unit);
        found.and_then(|own| year(self.catalogue.read(&own.metric).ok()?, own))
    }

    fn serving_of(&self, own: &Carried) -> Option<Serving> {
        let plan = self.plans.iter().find(|(id, _)| *id == own.plan_id)?;
        let is_top = Some(&own.unit) == self.top.as_ref();
        let metric = self.catalogue.read(&own.metric).ok()?;
        Some(Serving {
            plan: plan.1.clone(),
            metric,
            unit: if is_top { String::new() } else { own.unit.clone() },
            name: if is_top { String::new() } else { self.name(&own.unit) },
            amount: year(metric, own),
        })
    }

    /// Targets of the company and of the units right below it to which nothing is linked, nor to one above them.
    fn uncovered(&self) -> Vec<Serving> {
        let organisation = &self.ground.organisation;
        let depth = |unit: &str| {
            let unit = organisation.unit_of_code(unit)?;
            organisation.unit_path(unit.id, self.context.today).map(<[_]>::len)
        };
        let is_near = |own: &&Carried| depth(&own.unit).is_some_and(|depth| depth <= 2);
        let is_linked = |own: &Carried| {
            self.links.iter().any(|link| {
                link.plan_id == own.plan_id
                    && link.metric == own.metric
                    && (link.unit.is_empty() || link.unit == own.unit)
            })
        };
        let bare = self.carried.iter().filter(is_near).filter(|own| !is_linked(own));
        bare.filter_map(|own| self.serving_of(own)).collect()
    }
}
