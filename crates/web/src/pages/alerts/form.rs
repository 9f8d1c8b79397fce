//! What the owner typed into a plan: kept as typed, and read into a plan where nothing is wrong with it.

use dacheng_app::tracking::improvement::{PlanCase, Step, Written};
use dacheng_domain::calendar::Month;
use dacheng_text::{Lang, date, metric, rate};
use jiff::civil::Date;

use super::{FollowForm, PlanForm, StepForm};
use crate::components::{Choice, Input};
use crate::http::Posted;

/// Steps a plan may have.
const MOST: usize = 20;
/// Months after the alert among which the owner chooses.
const MONTHS: i32 = 6;

/// The form of a plan that nobody has written yet, or of one that was returned.
pub fn fresh(lang: Lang, plan: &PlanCase) -> PlanForm {
    let after = newest(plan).next();
    let mut form = PlanForm {
        version: plan.version.to_string(),
        last_month: Input::of(after.plus(1).to_string()),
        months: months(lang, plan),
        returned: plan.note.clone(),
        steps: vec![StepForm::default(); 2],
        ..PlanForm::default()
    };
    match &plan.written {
        Some(written) => fill(&mut form, written, after),
        None => form.goal = Input::of(first_goal(lang, plan, after)),
    }
    form
}

fn fill(form: &mut PlanForm, written: &Written, after: Month) {
    form.cause = Input::of(&written.cause);
    form.goal = Input::of(&written.goal);
    form.support = Input::of(&written.support);
    if written.last_month >= after {
        form.last_month = Input::of(written.last_month.to_string());
    }
    let step = |step: &Step| StepForm {
        text: Input::of(&step.what),
        who: Input::of(&step.who),
        from: Input::of(step.from.map_or_else(String::new, |from| from.to_string())),
        to: Input::of(step.by.to_string()),
    };
    form.steps = written.actions.iter().map(step).collect();
}

/// 11月销售额完成率恢复到 80% 以上
fn first_goal(lang: Lang, plan: &PlanCase, after: Month) -> String {
    let threshold = plan.alerts.last().map(|alert| rate::said(alert.thresholds.yellow_below()));
    let month = date::month(lang, after.year(), after.number());
    lang.alerts().goal_start(month, metric::name(lang, plan.metric), threshold.unwrap_or_default())
}

/// The newest month with an alert of the plan.
fn newest(plan: &PlanCase) -> Month {
    plan.alerts.iter().map(|alert| alert.figure.month).max().unwrap_or_else(|| Month::of(Date::MIN))
}

fn months(lang: Lang, plan: &PlanCase) -> Vec<Choice> {
    let first = newest(plan);
    let month = (1..=MONTHS).map(|later| first.plus(later));
    month.map(|own| Choice::new(own.to_string(), date::month(lang, own.year(), own.number()))).collect()
}

/// The form as it was posted.
pub fn posted(lang: Lang, plan: &PlanCase, form: &Posted) -> PlanForm {
    let input = |name: &str| Input::of(form.value(name));
    let step = |place: usize| StepForm {
        text: input(&StepForm::id(&place, "text")),
        who: input(&StepForm::id(&place, "who")),
        from: input(&StepForm::id(&place, "from")),
        to: input(&StepForm::id(&place, "to")),
    };
    let mut steps: Vec<StepForm> = (0..MOST).map(step).collect();
    while steps.last().is_some_and(|step| *step == StepForm::default()) {
        steps.pop();
    }
    steps.resize(steps.len().max(2), StepForm::default());
    PlanForm {
        version: form.value("version").to_owned(),
        cause: input("cause"),
        goal: input("goal"),
        support: input("support"),
        last_month: input("last-month"),
        months: months(lang, plan),
        returned: plan.note.clone(),
        steps,
        ..PlanForm::default()
    }
}

/// Reads a form into a plan; what is wrong is noted at its field, and then there is none.
pub fn read(lang: Lang, form: &mut PlanForm) -> Option<Written> {
    let say = lang.alerts();
    need(&mut form.cause, say.need_cause());
    need(&mut form.goal, say.need_goal());
    let last_month = form.last_month.value.parse::<Month>().ok();
    if last_month.is_none() {
        form.last_month.error = Some(say.need_month().to_owned());
    }
    let is_blank = |step: &StepForm| *step == StepForm::default();
    if form.steps.iter().all(is_blank) {
        form.steps_error = Some(say.need_step().to_owned());
    }
    let steps = form.steps.iter_mut().enumerate().filter(|(_, step)| !is_blank(step));
    let actions: Vec<Step> = steps.filter_map(|(place, step)| read_step(lang, place + 1, step)).collect();
    if !form.errors().is_empty() {
        return None;
    }
    Some(Written {
        cause: form.cause.value.clone(),
        goal: form.goal.value.clone(),
        actions,
        support: form.support.value.clone(),
        last_month: last_month?,
    })
}

fn read_step(lang: Lang, number: usize, step: &mut StepForm) -> Option<Step> {
    let say = lang.alerts();
    need(&mut step.text, &say.need_text(number));
    need(&mut step.who, &say.need_who(number));
    let day = |input: &mut Input, wrong: String| -> Option<Date> {
        let day = input.value.parse().ok();
        if day.is_none() {
            input.error = Some(wrong);
        }
        day
    };
    let (from, by) = (day(&mut step.from, say.need_from(number)), day(&mut step.to, say.need_to(number)));
    if from.zip(by).is_some_and(|(from, by)| by < from) {
        step.to.error = Some(say.wrong_order(number));
    }
    let (what, who) = (step.text.value.clone(), step.who.value.clone());
    Some(Step { what, who, from: Some(from?), by: by?, progress: 0 })
}

fn need(input: &mut Input, wrong: &str) {
    if input.value.is_empty() {
        input.error = Some(wrong.to_owned());
    }
}

/// What was posted about the progress, kept in its form; the note and per cents where nothing is wrong.
pub fn followed(lang: Lang, posted: &Posted, form: &mut FollowForm) -> Option<(String, Vec<u8>)> {
    form.note = Input::of(posted.value("note"));
    posted.value("version").clone_into(&mut form.version);
    need(&mut form.note, lang.alerts().need_note());
    let mut done = Vec::new();
    for (place, (_, input)) in form.steps.iter_mut().enumerate() {
        *input = Input::of(posted.value(&FollowForm::id(&place)));
        match input.value.trim_end_matches(['%', '％']).trim().parse::<u8>() {
            Ok(percent) if percent <= 100 => done.push(percent),
            Ok(_) | Err(_) => input.error = Some(lang.alerts().percent_wrong(place + 1)),
        }
    }
    form.errors().is_empty().then(|| (form.note.value.clone(), done))
}
