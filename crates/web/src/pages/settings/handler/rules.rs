//! `GET /settings/rules`: the alert rules in sentences, and a new version of one.

use std::collections::BTreeSet;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use dacheng_app::tracking::rules::{add as add_rule, current};
use dacheng_app::{Error, Result, settings};
use dacheng_domain::Ratio;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::alert::{AlertRule, Measure, OwnerKind, Thresholds};
use dacheng_text::{Lang, date, metric, rate};

use super::super::{MetricRules, RuleForm, RuleVersion, RulesPage};
use super::shell;
use crate::components::{Badge, Choice, Input, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// Whose months a rule can judge, and the name of the field.
const OWNERS: [(OwnerKind, &str); 4] = [
    (OwnerKind::Person, "person"),
    (OwnerKind::Team, "team"),
    (OwnerKind::Region, "region"),
    (OwnerKind::Company, "whole"),
];

/// `GET /settings/rules`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk)?))).await
}

pub(super) fn page(desk: &Desk<'_>) -> Result<RulesPage> {
    let (rules, version) = current(&mut desk.read()?)?;
    let metrics: BTreeSet<Metric> = rules.iter().map(|rule| rule.metric).collect();
    let may = settings::may_change(&desk.context, desk.organisation()).is_ok();
    Ok(RulesPage {
        shell: shell(desk)?.exporting("/settings/rules", "", rules.len()),
        metrics: metrics.iter().map(|metric| of_metric(desk, &rules, *metric)).collect(),
        form: may.then(|| form(desk, &rules, &metrics, version)),
        refused: None,
    })
}

fn of_metric(desk: &Desk<'_>, rules: &[AlertRule], metric: Metric) -> MetricRules {
    let lang = desk.lang();
    let now = Month::of(desk.context.today);
    let mut versions: Vec<&AlertRule> = rules.iter().filter(|rule| rule.metric == metric).collect();
    versions.sort_by_key(|rule| std::cmp::Reverse(rule.version));
    let in_force = versions.iter().find(|rule| rule.valid_from <= now).map(|rule| rule.version);
    let version = |rule: &&AlertRule| RuleVersion {
        version: lang.settings().rule_version(rule.version),
        since: since(lang, rule.valid_from),
        state: state(lang, rule, in_force),
        sentences: sentences(lang, rule),
    };
    MetricRules {
        metric: metric::name(lang, metric).to_owned(),
        versions: versions.iter().map(version).collect(),
    }
}

fn state(lang: Lang, rule: &AlertRule, in_force: Option<u32>) -> Badge {
    let say = lang.settings();
    match in_force {
        Some(version) if version == rule.version => Badge::new(Tone::Ok, say.rule_in_force()),
        Some(version) if version > rule.version => Badge::new(Tone::None, say.rule_replaced()),
        Some(_) | None => Badge::new(Tone::Info, say.rule_to_come()),
    }
}

/// From which month on; the rules a company starts with have judged from the beginning.
fn since(lang: Lang, from: Month) -> String {
    let say = lang.settings();
    if from.year() <= 1 {
        say.rule_always().to_owned()
    } else {
        say.rule_since(date::month(lang, from.year(), from.number()))
    }
}

/// A rule as people say it.
fn sentences(lang: Lang, rule: &AlertRule) -> Vec<String> {
    let say = lang.settings();
    let owners: Vec<&str> = OWNERS
        .iter()
        .filter(|(kind, _)| rule.owners.contains(kind))
        .map(|(kind, _)| owner(lang, *kind))
        .collect();
    if owners.is_empty() {
        return vec![say.rule_off().to_owned()];
    }
    let (yellow, red) = (rule.thresholds.yellow_below(), rule.thresholds.red_below());
    let judged = match rule.measure {
        Measure::Attainment => {
            say.rule_attainment(owners.join(lang.people().comma()), rate::said(yellow), rate::said(red))
        }
        Measure::Points => {
            say.rule_points(owners.join(lang.people().comma()), rate::said(yellow), rate::said(red))
        }
    };
    let allowances = rule.allowances;
    vec![
        judged,
        say.rule_newcomers(allowances.newcomer_months),
        say.rule_leave(allowances.leave_from_days),
        say.rule_presence(rate::said(allowances.least_presence)),
    ]
}

fn owner(lang: Lang, kind: OwnerKind) -> &'static str {
    let say = lang.settings();
    match kind {
        OwnerKind::Person => say.owner_person(),
        OwnerKind::Team => say.owner_team(),
        OwnerKind::Region => say.owner_region(),
        OwnerKind::Company => say.owner_company(),
    }
}

fn form(desk: &Desk<'_>, rules: &[AlertRule], metrics: &BTreeSet<Metric>, version: i64) -> RuleForm {
    let lang = desk.lang();
    let last = rules.last();
    let chosen = |kind| last.is_none_or(|rule| rule.owners.contains(&kind));
    let tenths = |bound: Ratio| bound.scaled(100).to_string();
    let thresholds = last.map(|rule| rule.thresholds).unwrap_or_default();
    RuleForm {
        metrics: metrics.iter().map(|of| Choice::new(of.code(), metric::name(lang, *of))).collect(),
        metric: Input::of(metrics.first().map_or("", |metric| metric.code())),
        from: Input::of(Month::of(desk.context.today).next().to_string()),
        yellow: Input::of(tenths(thresholds.yellow_below())),
        red: Input::of(tenths(thresholds.red_below())),
        owners: OWNERS.map(|(kind, name)| (name, owner(lang, kind).to_owned(), chosen(kind))).to_vec(),
        version,
    }
}

/// What was typed, where every field can be read.
struct Typed {
    metric: Metric,
    from: Month,
    thresholds: Thresholds,
}

/// `POST /settings/rules`.
pub async fn add(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        settings::may_change(&desk.context, desk.organisation())?;
        let page = match added(desk, &form) {
            Ok(Some(())) => {
                return Ok(respond::done("/settings/rules", Tone::Ok, desk.lang().settings().rule_added()));
            }
            Ok(None) => kept(desk, &form)?,
            Err(Error::Refused(sentences)) => {
                RulesPage { refused: Some(sentences.join(" ")), ..kept(desk, &form)? }
            }
            Err(other) => return Err(other),
        };
        Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
    })
    .await
}

/// Adds the rule; `None` where a field cannot be read.
fn added(desk: &Desk<'_>, posted: &Posted) -> Result<Option<()>> {
    let Some(Typed { metric, from, thresholds }) = read(posted) else { return Ok(None) };
    let (rules, _) = current(&mut desk.read()?)?;
    let Some(before) = rules.iter().filter(|rule| rule.metric == metric).max_by_key(|rule| rule.version)
    else {
        return Ok(None);
    };
    let chosen = OWNERS.iter().filter(|(_, name)| !posted.value(name).is_empty());
    let owners = chosen.map(|(kind, _)| *kind).collect();
    let rule = AlertRule { valid_from: from, thresholds, owners, ..before.clone() };
    add_rule(desk.app, &desk.context, rule, posted.number("version").unwrap_or_default())?;
    Ok(Some(()))
}

fn read(posted: &Posted) -> Option<Typed> {
    let thresholds = Thresholds::new(percent(posted.value("yellow"))?, percent(posted.value("red"))?).ok()?;
    Some(Typed {
        metric: posted.value("metric").parse().ok()?,
        from: posted.value("from").parse().ok()?,
        thresholds,
    })
}

/// A share of 0 to 200 per cent, as it was typed.
fn percent(text: &str) -> Option<Ratio> {
    let number: i64 = text.trim_end_matches(['%', '％']).trim().parse().ok()?;
    (0..=200).contains(&number).then(|| Ratio::percent(number))
}

/// The page with what was typed and what cannot be read of it.
fn kept(desk: &Desk<'_>, posted: &Posted) -> Result<RulesPage> {
    let say = desk.lang().settings();
    let mut page = page(desk)?;
    if let Some(form) = &mut page.form {
        form.metric = Input::of(posted.value("metric"));
        form.from = Input::of(posted.value("from"));
        form.yellow = Input::of(posted.value("yellow"));
        form.red = Input::of(posted.value("red"));
        form.version = posted.number("version").unwrap_or_default();
        for (name, _, chosen) in &mut form.owners {
            *chosen = !posted.value(name).is_empty();
        }
        form.from.error = posted.value("from").parse::<Month>().is_err().then(|| say.month_hint().to_owned());
        let (yellow, red) = (percent(posted.value("yellow")), percent(posted.value("red")));
        form.yellow.error = yellow.is_none().then(|| say.percent_hint().to_owned());
        form.red.error = match (yellow, red) {
            (_, None) => Some(say.percent_hint().to_owned()),
            (Some(yellow), Some(red)) if red > yellow => Some(say.red_above_yellow().to_owned()),
            (_, Some(_)) => None,
        };
    }
    Ok(page)
}
