//! From the targets of owners to their page.

use dacheng_app::Result;
use dacheng_app::allocation::Owner;
use dacheng_app::planning::weights::{self, Weight};
use dacheng_app::planning::{self, MeanCheck, OwnerRow, OwnerTargets, Weighed};
use dacheng_domain::Ratio;
use dacheng_domain::access::Action;
use dacheng_domain::calendar::{Month, Period, Year};
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::State;
use dacheng_text::{Lang, date, metric, number};

use super::owners::{
    OwnerRowView, OwnersForm, OwnersPage, SentBack, WeightRow, address, adds_up, looked, sets_weights,
};
use super::seen::Asked;
use crate::components::{
    Choice, ErrorSummary, Input, Link, MetricPicker, Note, PickerEntry, ScopePicker, Tone,
};
use crate::http::Desk;
use crate::pages::{choices, measures};
use crate::shell::Room;

pub(super) fn value_id(owner: &Owner) -> String {
    format!("value.{owner}")
}

pub(super) fn weight_id(metric: Metric) -> String {
    format!("weight.{}", metric.code())
}

/// The page; as it was sent with what is wrong, where it was.
pub(super) fn owners_page(
    desk: &Desk<'_>,
    code: &str,
    asked: &Asked,
    sent: Option<&SentBack<'_>>,
) -> Result<OwnersPage> {
    let (lang, say) = (desk.lang(), desk.lang().owner_targets());
    let (of, at) = looked(desk, code, asked)?;
    let plan = planning::by_code(desk.app, &desk.context, code)?;
    let found = planning::owner_targets(desk.app, &desk.context, code, of, &at)?;
    let unit = desk.organisation().unit_of_code(&at);
    let unit = unit.map_or_else(|| at.clone(), |unit| unit.name.clone());
    let path = super::rounds::address(code);
    let crumbs = vec![Link::new(lang.shell().plans(), "/plans"), Link::new(&plan.name, &path)];
    let all = weights::weights(desk.app, &desk.context, code)?;
    let weighed_too: Vec<Metric> = all.iter().map(|own| own.metric).filter(|own| *own != of).collect();
    Ok(OwnersPage {
        shell: desk
            .shell(Room::Plans, crumbs)?
            .defining(desk.definitions(std::iter::once(of).chain(weighed_too), desk.context.today)?),
        title: say.title_of(metric::name(lang, of), unit),
        about: about(lang, &found),
        metrics: metrics(desk, code, &at, of),
        scopes: scopes(desk, code, &at, of, plan.year)?,
        metric: of.code().to_owned(),
        quarters: found.quarters.iter().map(|own| date::period(lang, Period::Quarter(*own))).collect(),
        rows: found.rows.iter().enumerate().map(|(place, row)| row_view(lang, &found, place, row)).collect(),
        weighed: weighed(lang, found.weighed).to_owned(),
        checks: checks(lang, &found),
        form: form(desk, &found, plan.year, sent),
        sets_weights: plan.state == State::Draft && sets_weights(desk, code, &at)?,
        weights: all.iter().map(|own| weight_row(lang, own, sent)).collect(),
        wrong: ErrorSummary {
            errors: sent.map_or_else(Vec::new, |sent| {
                sent.sentences.iter().map(|sentence| (None, sentence.clone())).collect()
            }),
        },
        at,
        path,
    })
}

fn about(lang: Lang, found: &OwnerTargets) -> String {
    let say = lang.owner_targets();
    match found.window {
        Some(window) => say.judged_over(metric::window(lang, window)),
        None => say.judged_monthly().to_owned(),
    }
}

fn metrics(desk: &Desk<'_>, code: &str, at: &str, of: Metric) -> MetricPicker {
    let lang = desk.lang();
    let offered = desk.catalogue.offered(Month::of(desk.context.today));
    let entry = |own: Metric| PickerEntry {
        text: metric::name(lang, own).to_owned(),
        href: address(code, at, own),
        current: own == of,
        depth: 0,
    };
    MetricPicker {
        current: metric::name(lang, of).to_owned(),
        entries: offered.filter(|own| *own != Metric::Rubric).map(entry).collect(),
    }
}

fn scopes(desk: &Desk<'_>, code: &str, at: &str, of: Metric, year: i16) -> Result<Option<ScopePicker>> {
    let Some(year) = Year::new(year, desk.company.fiscal_start) else { return Ok(None) };
    let units = choices::units(desk, Action::BreakDown, year.last_day())?;
    let organisation = desk.organisation();
    let entry = |visible: &choices::Visible| {
        let unit = organisation.unit(visible.unit)?;
        let own = unit.code.as_str();
        let href = address(code, own, of);
        Some(PickerEntry { text: unit.name.clone(), href, current: own == at, depth: visible.depth })
    };
    let units: Vec<PickerEntry> = units.iter().filter_map(entry).collect();
    let current = units.iter().find(|entry| entry.current).map(|entry| entry.text.clone());
    Ok((units.len() > 1).then(|| ScopePicker { current: current.unwrap_or_default(), units }))
}

fn said(lang: Lang, of: Metric, amount: i64) -> String {
    measures::value(lang, of, Ratio::whole(amount)).said(&lang)
}

fn row_view(lang: Lang, found: &OwnerTargets, place: usize, row: &OwnerRow) -> OwnerRowView {
    let say = lang.owner_targets();
    let quarter = |place: usize| match (row.quarters[place], row.averages[place]) {
        (None, _) => "—".to_owned(),
        (Some(total), None) => said(lang, found.metric, total),
        (Some(total), Some(each)) => {
            say.as_average(said(lang, found.metric, total), said(lang, found.metric, each))
        }
    };
    OwnerRowView {
        name: row.name.clone(),
        is_unit: place == 0,
        quarters: (0..4).map(quarter).collect(),
        weight: match found.weighed {
            Weighed::Denominators if place > 0 => number::grouped(row.weight.into(), 0),
            Weighed::Denominators | Weighed::Alike | Weighed::AddsUp => String::new(),
        },
    }
}

fn weighed(lang: Lang, weighed: Weighed) -> &'static str {
    let say = lang.owner_targets();
    match weighed {
        Weighed::Denominators => say.by_denominators(),
        Weighed::Alike => say.alike(),
        Weighed::AddsUp => say.adds_up(),
    }
}

/// One note for the quarters of which the same is to be said.
fn checks(lang: Lang, found: &OwnerTargets) -> Vec<Note> {
    let mut alike: Vec<(&MeanCheck, Vec<String>)> = Vec::new();
    for check in &found.checks {
        let quarter = date::period(lang, Period::Quarter(check.quarter));
        match alike.iter_mut().find(|(first, _)| (first.own, first.mean) == (check.own, check.mean)) {
            Some((_, quarters)) => quarters.push(quarter),
            None => alike.push((check, vec![quarter])),
        }
    }
    let comma = lang.overview().comma();
    alike
        .iter()
        .map(|(check, quarters)| check_note(lang, found.metric, check, &quarters.join(comma)))
        .collect()
}

fn check_note(lang: Lang, of: Metric, check: &MeanCheck, quarters: &str) -> Note {
    let say = lang.owner_targets();
    let mean = measures::value(lang, of, check.mean).said(&lang);
    let own = said(lang, of, check.own);
    if check.reaches {
        Note::new(Tone::Ok, say.mean_reaches(quarters, mean, own))
    } else {
        Note::new(Tone::Warn, say.mean_short(quarters, mean, own))
    }
}

fn form(desk: &Desk<'_>, found: &OwnerTargets, year: i16, sent: Option<&SentBack<'_>>) -> Option<OwnersForm> {
    if !found.sets_own && !found.sets_below {
        return None;
    }
    let (lang, say) = (desk.lang(), desk.lang().owner_targets());
    let year = Year::new(year, desk.company.fiscal_start)?;
    let periods = [Period::Year(year)].into_iter().chain(found.quarters.map(Period::Quarter));
    let periods = periods.chain(year.months().map(Period::Month));
    let value = |name: &str| sent.map_or("", |sent| sent.form.value(name)).to_owned();
    let typed = |(place, row): (usize, &OwnerRow)| {
        let id = value_id(&row.owner);
        let may = if place == 0 { found.sets_own } else { found.sets_below };
        let error = sent.and_then(|sent| sent.fields.get(&id).cloned());
        may.then(|| (id.clone(), row.name.clone(), Input { value: value(&id), error }))
    };
    let difference = adds_up(found.metric).then(|| {
        let choices = vec![
            Choice::new("refuse", say.refuse_difference()),
            Choice::new("declare", say.declare_difference()),
        ];
        let chosen = value("difference");
        (Input::of(if chosen.is_empty() { "refuse".to_owned() } else { chosen }), choices)
    });
    Some(OwnersForm {
        version: sent.map_or_else(|| found.version.to_string(), |sent| sent.form.value("version").to_owned()),
        period: Input::of(if value("period").is_empty() { year.to_string() } else { value("period") }),
        periods: periods.map(|own| Choice::new(own.to_string(), date::period(lang, own))).collect(),
        values: found.rows.iter().enumerate().filter_map(typed).collect(),
        unit: measures::typed_unit(lang, found.metric),
        difference,
    })
}

fn weight_row(lang: Lang, own: &Weight, sent: Option<&SentBack<'_>>) -> WeightRow {
    let id = weight_id(own.metric);
    let typed = sent.map_or("", |sent| sent.form.value(&id));
    WeightRow {
        seen_id: format!("seen.{}", own.metric.code()),
        seen: own.version.to_string(),
        name: metric::name(lang, own.metric).to_owned(),
        weight: Input::of(if typed.is_empty() { own.weight.to_string() } else { typed.to_owned() }),
        id,
    }
}
