//! Jobs on improvement plans: escalating what is overdue, and dating deadlines that waited for a calendar.

use dacheng_domain::calendar::Month;
use dacheng_domain::notification::ImprovementStep;
use dacheng_store::improvement as kept;
use serde_json::json;

use super::{news, owner_of};
use crate::outbox::announce;
use crate::tracking::OwnerKey;
use crate::{App, Context, Result, audit, company};

/// A task that became overdue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// The plan.
    pub plan: i64,
    /// Whose.
    pub owner: OwnerKey,
    /// The months whose task is overdue.
    pub months: Vec<Month>,
    /// To whom it escalates, by code: the checker.
    pub to: Option<String>,
}

/// A job: marks every task that is overdue and was not escalated yet, and says whom to tell. Twice on a day is once.
pub fn escalate(app: &App, context: &Context) -> Result<Vec<Overdue>> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let organisation = &ground.organisation;
    let (mut escalated, mut told) = (Vec::new(), Vec::new());
    for mut plan in kept::overdue(&mut tx, &context.today.to_string())? {
        let months = plan.course.escalate(context.today);
        if months.is_empty() || !kept::save(&mut tx, &plan)? {
            continue;
        }
        let owner = owner_of(&plan);
        let checker = owner.checker(organisation, plan.course.level(), context.today);
        let to = checker.and_then(|member| organisation.member(member)).map(|member| member.code.to_string());
        let detail = json!({ "months": months, "to": to });
        audit::record(app, &mut tx, context, "improvement_plan.escalate", &plan.id.to_string(), &detail)?;
        told.extend(news(&mut tx, organisation, &plan, (ImprovementStep::Overdue, context.today))?);
        escalated.push(Overdue { plan: plan.id, owner, months, to });
    }
    announce(app, &mut tx, context, &told)?;
    tx.commit()?;
    Ok(escalated)
}

/// To be called when a calendar year was loaded: deadlines that waited for it get their date. Answers how many
/// plans got one.
pub fn date_pending(app: &App, context: &Context) -> Result<usize> {
    let mut tx = app.store.write()?;
    let calendar = company::current(&mut tx)?.0.calendar();
    let mut dated = 0;
    for mut plan in kept::pending(&mut tx)? {
        let before = plan.course.clone();
        plan.course.date(&calendar);
        if plan.course != before && kept::save(&mut tx, &plan)? {
            dated += 1;
        }
    }
    if dated > 0 {
        audit::record(
            app,
            &mut tx,
            context,
            "improvement_plan.date",
            "calendar",
            &json!({ "plans": dated }),
        )?;
    }
    tx.commit()?;
    Ok(dated)
}
