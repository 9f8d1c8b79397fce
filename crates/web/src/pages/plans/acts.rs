//! What a viewer may do with a plan as a whole, and its way so far.

use dacheng_app::Result;
use dacheng_app::planning::{self, Power, StepAct};
use dacheng_domain::planning::State;
use dacheng_text::date;

use super::Act;
use super::attempt::{Attempt, Form, input};
use super::seen::Seen;
use crate::components::{Link, Moment, Sentence, Stage, Timeline};
use crate::pages::smart::on_submit;

/// The acts open to the viewer in the plan's state.
pub(super) fn acts(seen: &Seen<'_>, attempt: Option<&Attempt<'_>>) -> Result<Vec<Act>> {
    let (say, powers) = (seen.desk.lang().plans(), &seen.powers);
    let view = View { seen, attempt };
    let mut found = Vec::new();
    let archive = || view.act("archive", say.archive(), Some(say.archive_reason()));
    match seen.plan.state {
        State::Draft => {
            if powers.may(Power::Set) {
                let is_empty = seen.overview.as_ref().is_none_or(|overview| overview.metrics.is_empty());
                let blocked = is_empty.then(|| say.submit_blocked().to_owned());
                let hint = if is_empty { None } else { Some(verdicts(seen)?) };
                found.push(Act { main: true, blocked, hint, ..view.act("submit", say.submit(), None) });
                found.push(archive());
            }
        }
        State::Review => {
            if powers.may(Power::Approve) {
                let gaps = planning::coverage(seen.desk.app, &seen.desk.context, &seen.plan.code)?.gaps;
                let reason = (!gaps.is_empty()).then(|| say.in_force_reason());
                let Others { hint, archives } = others(seen);
                found.push(Act {
                    main: true,
                    hint,
                    archives,
                    ..view.act("force", say.put_in_force(), reason)
                });
            }
            if powers.may(Power::Set) || powers.may(Power::Approve) {
                found.push(view.act("return", say.send_back(), Some(say.send_back_reason())));
            }
            if powers.may(Power::Set) {
                found.push(archive());
            }
        }
        State::InForce => {
            if powers.may(Power::Approve) {
                found.push(archive());
            }
        }
        State::Archived => {
            if powers.may(Power::Set) && seen.around.restorable {
                found.push(view.act("restore", seen.desk.lang().scenarios().restore(), None));
            }
        }
    }
    Ok(found)
}

/// What coming into force archives.
#[derive(Default)]
struct Others {
    /// In a sentence, with the comparison.
    hint: Option<(String, Link)>,
    /// Their codes.
    archives: Option<String>,
}

fn others(seen: &Seen<'_>) -> Others {
    let (lang, others) = (seen.desk.lang(), &seen.around.others);
    if others.is_empty() {
        return Others::default();
    }
    let names: Vec<&str> = others.iter().map(|own| own.name.as_str()).collect();
    let codes: Vec<&str> = others.iter().map(|own| own.code.as_str()).collect();
    let said = lang.scenarios().archives(names.join(lang.overview().comma()));
    let look = Link::new(lang.scenarios().compare(), seen.comparison());
    Others { hint: Some((said, look)), archives: Some(codes.join("/")) }
}

/// What the SMART verdicts on the plan's targets come to.
fn verdicts(seen: &Seen<'_>) -> Result<(String, Link)> {
    let said = on_submit(seen.desk, &seen.plan.code)?;
    Ok((said, Link::new(seen.desk.lang().smart().look(), format!("{}/smart", seen.path()))))
}

struct View<'v> {
    seen: &'v Seen<'v>,
    attempt: Option<&'v Attempt<'v>>,
}

impl View<'_> {
    fn act(&self, word: &'static str, text: &str, reason: Option<&str>) -> Act {
        let form = Form::Act(word);
        let own = self.attempt.filter(|attempt| attempt.form == form);
        let stored = || self.seen.plan.version.to_string();
        Act {
            action: format!("{}/{word}", self.seen.path()),
            version: own.map_or_else(stored, |own| own.posted.value("version").to_owned()),
            text: text.to_owned(),
            main: false,
            blocked: None,
            reason: reason.map(|label| (label.to_owned(), input(self.attempt, form, "reason", String::new))),
            conflict: own.and_then(|own| own.conflict.clone()),
            hint: None,
            archives: None,
        }
    }
}

/// The plan's way: what was done, and what is still to come.
pub(super) fn history(seen: &Seen<'_>) -> Result<Timeline> {
    let (lang, say) = (seen.desk.lang(), seen.desk.lang().plans());
    let zone = &seen.desk.app.zone;
    let now = zone.to_datetime(seen.desk.context.now);
    let steps = planning::way(seen.desk.app, &seen.desk.context, &seen.plan.code)?;
    let mut moments: Vec<Moment> = steps
        .iter()
        .map(|step| {
            let who = seen.desk.recorded(&step.actor);
            let at = date::moment(lang, zone.to_datetime(step.at), now);
            let text = match step.act {
                StepAct::Made => say.step_made(who),
                StepAct::Changed => say.step_changed(who),
                StepAct::Submitted => say.step_submitted(who),
                StepAct::Returned => say.step_returned(who),
                StepAct::InForce => say.step_in_force(who),
                StepAct::Archived => say.step_archived(who),
                StepAct::Restored => lang.scenarios().step_restored(who),
            };
            let stage = if step.act == StepAct::Returned { Stage::Refused } else { Stage::Done };
            let detail = match &step.reason {
                Some(reason) => say.step_reason(at, reason),
                None => at,
            };
            Moment { stage, text: Sentence::from(text), detail }
        })
        .collect();
    let ahead = |stage, text: &str, detail: &str| Moment {
        stage,
        text: Sentence::from(text),
        detail: detail.to_owned(),
    };
    let in_force = |stage| ahead(stage, say.step_to_force(), say.step_to_force_detail());
    match seen.plan.state {
        State::Draft => {
            moments.push(ahead(Stage::Waiting, say.step_review(), ""));
            moments.push(in_force(Stage::Waiting));
        }
        State::Review => moments.push(in_force(Stage::Current)),
        State::InForce | State::Archived => {}
    }
    Ok(Timeline { moments })
}
