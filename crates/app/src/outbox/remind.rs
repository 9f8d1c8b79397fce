//! Announcing deadlines before they pass. To be called now and then; whoever was reminded is not reminded again.

use dacheng_domain::notification::ImprovementStep;
use dacheng_store::improvement;
use dacheng_text::Lang;

use super::announce;
use crate::tracking::improvement::news;
use crate::{Actor, App, Result, company};

/// Reminds everybody whose improvement plan is due today or on the next working day. Answers of how many plans.
pub fn remind(app: &App) -> Result<usize> {
    let context = app.context(Actor::System, Lang::Zh);
    let mut tx = app.store.write()?;
    let (company, _) = company::current(&mut tx)?;
    let ground = app.memory.ground(&mut tx)?;
    let Ok(tomorrow) = context.today.tomorrow() else { return Ok(0) };
    let last = company.calendar().next_working_day(tomorrow).unwrap_or(tomorrow);
    let before = last.tomorrow().unwrap_or(last);
    let mut told = Vec::new();
    for plan in improvement::overdue(&mut tx, &before.to_string())? {
        let due = plan.course.next_task().and_then(|entry| entry.task.deadline.date());
        if due.is_some_and(|due| due >= context.today) {
            told.extend(news(
                &mut tx,
                &ground.organisation,
                &plan,
                (ImprovementStep::DueSoon, context.today),
            )?);
        }
    }
    announce(app, &mut tx, &context, &told)?;
    tx.commit()?;
    Ok(told.len())
}
