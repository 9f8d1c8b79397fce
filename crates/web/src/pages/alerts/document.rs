//! `GET /alerts/{id}/plan.pdf`: the improvement plan of an alert on paper (`forms.md`, 8), for a person and for a program the same.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::{Path, State as From};
use dacheng_app::tracking::alerts::{AlertRow, State, case};
use dacheng_app::tracking::improvement::{Act, Moment as Happened, PlanCase, Written};
use dacheng_app::{Error, Result};
use dacheng_domain::tracking::alert::Remedy;
use dacheng_paper::{Block, Column, Form, Moment, Row, Signature, Table};
use dacheng_text::{Lang, date, metric};

use super::history::{act_said, end_said, fired_said};
use super::{EvidenceRow, said, view};
use crate::components::states::{improvement_name, level_name};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::printing::Document;

/// `GET /alerts/{id}/plan.pdf`.
pub async fn plan(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let plan = case(desk.app, &desk.context, id)?.plan;
        let plan = plan.ok_or_else(|| Error::missing("improvement plan", id))?;
        desk.print(document(desk, &plan)?)
    })
    .await
}

/// A plan that was handed in; before that there is no document.
pub fn document(desk: &Desk<'_>, plan: &PlanCase) -> Result<Document> {
    let missing = || Error::missing("improvement plan", plan.line.id);
    let (lang, written) = (desk.lang(), plan.written.as_ref().ok_or_else(missing)?);
    let newest = newest(plan).ok_or_else(missing)?;
    let say = lang.alerts();
    let mut blocks = vec![head(desk, plan, newest, written)];
    blocks.extend(gap(desk, plan, newest));
    blocks.extend([Block::Heading(say.cause().to_owned()), Block::Paragraph(written.cause.clone())]);
    blocks.extend([Block::Heading(say.goal().to_owned()), Block::Paragraph(written.goal.clone())]);
    blocks.extend([Block::Heading(say.steps().to_owned()), steps(lang, written)]);
    if !written.support.is_empty() {
        blocks.extend([Block::Heading(say.support().to_owned()), Block::Paragraph(written.support.clone())]);
    }
    blocks.extend(files(desk, plan));
    blocks.extend([Block::Heading(say.history().to_owned()), history(desk, plan, newest)]);
    blocks.push(signatures(desk, plan));
    let year = plan.alerts.first().map_or(newest.figure.month.year(), |first| first.figure.month.year());
    Ok(Document {
        form: Form::Upright,
        number: say.plan_number(year, format!("{:04}", plan.line.id)),
        version: plan.version,
        title: match plan.remedy {
            Remedy::ImprovementPlan => say.plan().to_owned(),
            Remedy::Coaching => say.coaching_plan().to_owned(),
        },
        about: format!("{} · {}", said::title(lang, newest), date::period(lang, newest.figure.period)),
        blocks,
        seal: None,
    })
}

/// The alert that speaks for the plan: the newest that is open, else the newest.
fn newest(plan: &PlanCase) -> Option<&AlertRow> {
    plan.alerts.iter().max_by_key(|alert| (alert.state == State::Open, alert.figure.month, alert.id))
}

fn head(desk: &Desk<'_>, plan: &PlanCase, newest: &AlertRow, written: &Written) -> Block {
    let lang = desk.lang();
    let say = lang.alerts();
    let nobody = || say.nobody().to_owned();
    let numbers: Vec<String> = plan.alerts.iter().map(|alert| said::number(lang, alert)).collect();
    let month = date::month(lang, written.last_month.year(), written.last_month.number());
    let pairs = [
        (say.owner(), said::owner(newest)),
        (lang.targets().metric(), metric::name(lang, newest.metric).to_owned()),
        (say.responsible(), plan.line.responsible.clone().unwrap_or_else(nobody)),
        (say.checker(), plan.line.checker.clone().unwrap_or_else(nobody)),
        (say.level(), level_name(lang, plan.line.level).to_owned()),
        (say.column_state(), improvement_name(lang, plan.line.state).to_owned()),
        (say.deadline_month(), month),
        (say.of_alerts(), numbers.join(lang.dates().comma())),
    ];
    Block::Pairs(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// What is wrong, and the months it was judged by, each once: as judged by its own alert, where there is one.
fn gap(desk: &Desk<'_>, plan: &PlanCase, newest: &AlertRow) -> [Block; 4] {
    let lang = desk.lang();
    let (say, figures) = (lang.alerts(), lang.figures());
    let mut months = BTreeMap::new();
    for alert in &plan.alerts {
        let mut rows = view::evidence(desk, alert);
        months.extend(rows.pop().map(|own| (alert.figure.month, own)));
        for (before, row) in alert.before.iter().zip(rows) {
            months.entry(before.month).or_insert(row);
        }
    }
    let table = Table {
        caption: String::new(),
        columns: vec![
            Column::text(say.month(), 2),
            Column::figures(figures.target()),
            Column::figures(figures.actual()),
            Column::figures(figures.attainment()),
            Column::figures(say.threshold()),
            Column::text(say.verdict(), 2),
        ],
        rows: months.into_values().map(|row| evidence(lang, row)).collect(),
    };
    [
        Block::Heading(say.gap().to_owned()),
        Block::Paragraph(view::conclusion_said(lang, newest).0),
        Block::Table(table),
        Block::Note(say.rule_and_version(said::rule(lang, newest), newest.rule_version)),
    ]
}

fn evidence(lang: Lang, row: EvidenceRow) -> Row {
    let said = [&row.target, &row.actual, &row.attainment].map(|figure| figure.value.said(&lang));
    Row::of([row.month].into_iter().chain(said).chain([row.threshold, row.verdict.text]))
}

fn steps(lang: Lang, written: &Written) -> Block {
    let say = lang.alerts();
    let row = |step: &dacheng_app::tracking::improvement::Step| {
        Row::of([step.what.clone(), step.who.clone(), view::dates(lang, step), format!("{}%", step.progress)])
    };
    Block::Table(Table {
        caption: String::new(),
        columns: vec![
            Column::text(say.step(), 4),
            Column::text(say.who(), 1),
            Column::figures(say.dates()),
            Column::figures(say.progress()),
        ],
        rows: written.actions.iter().map(row).collect(),
    })
}

fn files(desk: &Desk<'_>, plan: &PlanCase) -> Vec<Block> {
    if plan.files.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = plan.files.iter().map(|file| file.name.as_str()).collect();
    vec![Block::Heading(desk.lang().files().title().to_owned()), Block::Paragraph(names.join("\n"))]
}

fn history(desk: &Desk<'_>, plan: &PlanCase, newest: &AlertRow) -> Block {
    let lang = desk.lang();
    let fired = plan
        .alerts
        .iter()
        .map(|alert| Moment { when: alert.raised_on.to_string(), what: fired_said(lang, alert) });
    let acts = plan.history.iter().map(|own| Moment { when: stamp(desk, own), what: act_said(desk, own).1 });
    let end = end_said(lang, newest, Some(plan)).map(|(_, what)| Moment {
        when: newest.ended_on.map_or_else(String::new, |day| day.to_string()),
        what: what.to_owned(),
    });
    Block::History(fired.chain(acts).chain(end).collect())
}

fn stamp(desk: &Desk<'_>, happened: &Happened) -> String {
    desk.clock(happened.at).map(date::stamp).unwrap_or_default()
}

/// Whoever wrote it and whoever checked it, with when they handed it in and accepted it.
fn signatures(desk: &Desk<'_>, plan: &PlanCase) -> Block {
    let say = desk.lang().alerts();
    let signature = |role: &str, name: Option<&String>, act: &Act| {
        let last = plan.history.iter().rev().find(|own| own.act == *act);
        let did = last.map(|own| format!("{} {}", stamp(desk, own), act_said(desk, own).1));
        Signature {
            role: role.to_owned(),
            name: name.cloned().unwrap_or_default(),
            details: did.into_iter().collect(),
        }
    };
    let (writes, checks) = (plan.line.responsible.as_ref(), plan.line.checker.as_ref());
    Block::Signatures(vec![
        signature(say.responsible(), writes, &Act::Submitted),
        signature(say.checker(), checks, &Act::Accepted),
    ])
}
