//! From the case of an alert to the page that shows it.

use dacheng_app::Result;
use dacheng_app::tracking::alerts::{AlertCase, AlertRow, Evidence, State};
use dacheng_app::tracking::improvement::{PlanCase, PlanTask, Written};
use dacheng_domain::Ratio;
use dacheng_domain::tracking::alert::{Level, Remedy};
use dacheng_domain::tracking::improvement::PlanState;
use dacheng_text::countdown::Countdown;
use dacheng_text::{Lang, date, metric, rate};

use super::{
    CasePage, Check, EvidenceRow, FollowForm, ImprovementPlan, PlanForm, PlanView, Step, files, form,
    history, said,
};
use crate::components::{Badge, Figure, FileList, Input, Link, Note, Sentence, Tone};
use crate::http::Desk;
use crate::pages::measures;
use crate::shell::Room;

/// The page of a case, with its forms empty; `typed` is a plan that was refused.
pub fn page(desk: &Desk<'_>, case: &AlertCase, typed: Option<PlanForm>) -> Result<CasePage> {
    let (lang, row) = (desk.lang(), &case.alert);
    let (say, plan) = (lang.alerts(), case.plan.as_ref());
    let crumb = Link::new(lang.shell().alerts(), Room::Alerts.path());
    let task = plan.and_then(|plan| plan.line.task());
    let name = metric::name(lang, row.metric);
    Ok(CasePage {
        shell: desk
            .shell(Room::Alerts, vec![crumb])?
            .defining(desk.definitions([row.metric], row.figure.month.last_day())?),
        path: said::address(row),
        title: said::title(lang, row),
        about: say.about(said::number(lang, row), date::full(lang, row.raised_on), name, row.rule_version),
        conclusion: conclusion(desk, row),
        level: row.level,
        rule: said::rule(lang, row),
        notes: notes(desk, case),
        evidence: evidence(desk, row),
        plan: improvement(desk, row, plan, task, typed),
        check: plan
            .filter(|_| task == Some(PlanTask::Check))
            .map(|plan| Check { version: plan.version.to_string(), note: Input::default() }),
        start: plan.filter(|_| task == Some(PlanTask::Start)).map(|plan| plan.version.to_string()),
        follow: plan.and_then(|plan| follow(desk, row, plan, task)),
        files: plan
            .map_or_else(|| FileList { lang, rows: Vec::new(), form: None }, |plan| files::list(desk, plan)),
        history: history::timeline(desk, case),
    })
}

/// What is wrong, in one sentence.
fn conclusion(desk: &Desk<'_>, row: &AlertRow) -> Sentence {
    let (said, strong) = conclusion_said(desk.lang(), row);
    Sentence::emphasised(&said, &strong.each_ref().map(String::as_str))
}

/// What is wrong, in one sentence, and what stands out in it.
pub fn conclusion_said(lang: Lang, row: &AlertRow) -> (String, [String; 3]) {
    let found = &row.figure;
    let amount = |amount: i64| measures::value(lang, row.metric, Ratio::whole(amount)).said(&lang);
    let (actual, gap) = (amount(found.actual), amount((found.target - found.actual).max(0)));
    let share = found.attainment.map_or_else(String::new, rate::percent);
    let (period, name) = (date::period(lang, found.period), metric::name(lang, row.metric));
    let said = lang.alerts().conclusion(period, name, &actual, &share, amount(found.target), &gap);
    (said, [actual, share, gap])
}

fn notes(desk: &Desk<'_>, case: &AlertCase) -> Vec<Note> {
    let say = desk.lang().alerts();
    let mut notes = Vec::new();
    match case.alert.state {
        State::Open => {}
        State::Closed => notes.push(Note::new(Tone::Info, say.ended_closed())),
        State::Replaced => notes.push(Note::new(Tone::Info, say.ended_replaced())),
        State::Withdrawn => notes.push(Note::new(Tone::Info, say.ended_withdrawn())),
    }
    let Some(plan) = case.plan.as_ref().filter(|_| case.alert.state == State::Open) else { return notes };
    if plan.remedy == Remedy::Coaching {
        notes.push(Note::new(Tone::Info, say.coaching()));
    }
    if plan.line.is_overdue() {
        let checker = plan.line.checker.as_deref().unwrap_or(say.nobody());
        notes.push(Note::new(Tone::Bad, say.overdue_note(checker)));
    }
    notes
}

/// The months the rule looked at, the oldest first.
pub fn evidence(desk: &Desk<'_>, row: &AlertRow) -> Vec<EvidenceRow> {
    let before =
        row.before.iter().map(|before| evidence_row(desk, row, before, before_verdict(desk, row, before)));
    let own = evidence_row(desk, row, &row.figure, own_verdict(desk, row));
    before.chain([own]).collect()
}

fn evidence_row(desk: &Desk<'_>, row: &AlertRow, found: &Evidence, verdict: Badge) -> EvidenceRow {
    let lang = desk.lang();
    EvidenceRow {
        month: date::period(lang, found.period),
        target: said::figure(lang, row, found, found.target),
        actual: said::figure(lang, row, found, found.actual),
        attainment: Figure::rate(found.attainment, said::explain(row, found)),
        threshold: rate::said(row.threshold()),
        verdict,
    }
}

fn own_verdict(desk: &Desk<'_>, row: &AlertRow) -> Badge {
    let say = desk.lang().alerts();
    match row.level {
        Level::Yellow => Badge::new(Tone::Warn, say.verdict_yellow()),
        Level::Red => Badge::new(Tone::Bad, say.verdict_red()),
    }
}

fn before_verdict(desk: &Desk<'_>, row: &AlertRow, before: &Evidence) -> Badge {
    let say = desk.lang().alerts();
    match before.attainment {
        Some(rate) if rate < row.thresholds.red_below() => Badge::new(Tone::Bad, say.verdict_below_red()),
        Some(rate) if rate < row.thresholds.yellow_below() => Badge::new(Tone::Warn, say.verdict_yellow()),
        Some(_) | None => Badge::new(Tone::None, say.verdict_fine()),
    }
}

fn improvement(
    desk: &Desk<'_>,
    row: &AlertRow,
    plan: Option<&PlanCase>,
    task: Option<PlanTask>,
    typed: Option<PlanForm>,
) -> ImprovementPlan {
    let Some(plan) = plan else {
        return ImprovementPlan {
            state: PlanState::Withdrawn,
            deadline: None,
            view: PlanView::Missing,
            document: None,
        };
    };
    let writes = matches!(task, Some(PlanTask::Write | PlanTask::Revise)) && row.state == State::Open;
    let view = match (typed, &plan.written) {
        (Some(typed), _) => PlanView::Form(typed),
        (None, _) if writes => PlanView::Form(form::fresh(desk.lang(), plan)),
        (None, Some(written)) => written_view(desk, written),
        (None, None) => PlanView::Missing,
    };
    let deadline = plan.line.deadline;
    let deadline =
        deadline.map(|deadline| Countdown::of(deadline, &desk.company.calendar(), desk.context.today));
    let document = plan.written.as_ref().map(|_| format!("{}/plan.pdf", said::address(row)));
    ImprovementPlan { state: plan.line.state, deadline, view, document }
}

fn written_view(desk: &Desk<'_>, written: &Written) -> PlanView {
    let lang = desk.lang();
    let step = |step: &dacheng_app::tracking::improvement::Step| Step {
        text: step.what.clone(),
        who: step.who.clone(),
        dates: dates(lang, step),
        progress: step.progress,
    };
    PlanView::Written {
        cause: written.cause.clone(),
        goal: written.goal.clone(),
        steps: written.actions.iter().map(step).collect(),
        support: written.support.clone(),
        recovered_by: date::month(lang, written.last_month.year(), written.last_month.number()),
    }
}

/// The days of a step: 11-05 至 11-20.
pub fn dates(lang: Lang, step: &dacheng_app::tracking::improvement::Step) -> String {
    match step.from {
        Some(from) => lang.dates().range(date::short(from), date::short(step.by)),
        None => date::short(step.by),
    }
}

/// The form to follow a plan: the update of a month that joined, else progress or the checker's remarks.
pub fn follow(
    desk: &Desk<'_>,
    row: &AlertRow,
    plan: &PlanCase,
    task: Option<PlanTask>,
) -> Option<FollowForm> {
    use dacheng_app::tracking::improvement::Part;
    let (say, path) = (desk.lang().alerts(), said::address(row));
    let form = |action: &str, title: String, hint: &str, label: &str, act: &str| FollowForm {
        action: format!("{path}/{action}"),
        title,
        hint: hint.to_owned(),
        label: label.to_owned(),
        note: Input::default(),
        steps: Vec::new(),
        act: act.to_owned(),
        version: plan.version.to_string(),
    };
    let progress =
        |label| form("progress", say.follow().to_owned(), say.follow_hint(), label, say.follow_save());
    match (plan.line.part, plan.line.state) {
        (Part::Writes, _) if task == Some(PlanTask::Update) => {
            let month = joined(desk, plan);
            Some(form(
                "update",
                say.update_title(month),
                say.update_hint(),
                say.update_note(),
                say.update_save(),
            ))
        }
        (Part::Writes, PlanState::Running) => {
            Some(FollowForm { steps: done(desk, plan), ..progress(say.follow_note()) })
        }
        (Part::Checks, PlanState::Accepted | PlanState::Running) => Some(progress(say.follow_remark())),
        (
            Part::Writes | Part::Checks | Part::Reads,
            PlanState::Open
            | PlanState::Submitted
            | PlanState::Returned
            | PlanState::Accepted
            | PlanState::Running
            | PlanState::Recovered
            | PlanState::NotRecovered
            | PlanState::Withdrawn,
        ) => None,
    }
}

/// The newest month that joined the plan.
fn joined(desk: &Desk<'_>, plan: &PlanCase) -> String {
    let newest = plan.alerts.iter().map(|alert| alert.figure.month).max();
    newest.map_or_else(String::new, |month| date::month(desk.lang(), month.year(), month.number()))
}

fn done(desk: &Desk<'_>, plan: &PlanCase) -> Vec<(String, Input)> {
    let steps = plan.written.iter().flat_map(|written| &written.actions).enumerate();
    let label = |(place, step): (usize, &dacheng_app::tracking::improvement::Step)| {
        let label = desk.lang().alerts().step_done(place + 1, &step.what);
        (label, Input::of(step.progress.to_string()))
    };
    steps.map(label).collect()
}
