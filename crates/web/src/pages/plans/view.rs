//! `GET /plans/{code}`: one plan at one node of the tree; and the same page where a form comes back.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::{Path, Query, State as From};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::Result;
use dacheng_app::planning::{self, CoverageGap, Power};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_text::{date, metric};

use super::acts::{acts, history};
use super::attempt::{Attempt, Form, input};
use super::balance::balance;
use super::grid_view::{Editing, cells_form, edit_all, grid};
use super::rounds::said_basis;
use super::seen::{Asked, Seen, seen};
use super::spread_form::{name, spread_form};
use super::total_form::total_form;
use super::{BelowForm, Coverage, LockRow, LocksForm, Origin, PlanPage, Sight};
use crate::components::{Choice, ErrorSummary, Input, Link, PickerEntry, ScopePicker};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::pages::scenarios::not_taken as not_taken_said;
use crate::respond;
use crate::shell::Room;

/// People listed by name in the coverage.
const LISTED: usize = 12;
/// Gaps of a metric said month by month; more are counted.
const MONTHS_SAID: usize = 6;

/// `GET /plans/{code}?at=hd&metric=revenue`.
pub async fn show(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let seen = seen(desk, &code, &asked)?;
        Ok(respond::page(StatusCode::OK, &page(&seen, asked.edit.as_deref(), None)?))
    })
    .await
}

/// The page again, with a form as it was sent.
pub(super) fn again(
    desk: &Desk<'_>,
    code: &str,
    asked: &Asked,
    status: StatusCode,
    attempt: &Attempt<'_>,
) -> Result<Response> {
    let seen = seen(desk, code, asked)?;
    Ok(respond::page(status, &page(&seen, asked.edit.as_deref(), Some(attempt))?))
}

fn page(seen: &Seen<'_>, edit: Option<&str>, attempt: Option<&Attempt<'_>>) -> Result<PlanPage> {
    let (lang, plan) = (seen.desk.lang(), &seen.plan);
    let say = lang.plans();
    let editing = Editing::of(seen, edit);
    let basis = said_basis(lang, plan.basis);
    let is_importer = seen.is_draft() && seen.powers.may(Power::Set);
    Ok(PlanPage {
        shell: seen
            .desk
            .shell(Room::Plans, vec![Link::new(lang.shell().plans(), "/plans")])?
            .exporting(
                format!("{}/sheet", seen.path()),
                seen.here().split_once('?').map_or("", |(_, query)| query),
                usize::from(seen.powers.may(Power::ReadUnit)),
            )
            .printing()
            .defining(seen.desk.definitions([seen.amount.metric], seen.desk.context.today)?),
        path: seen.path(),
        title: say.title(&plan.name, metric::name(lang, seen.amount.metric), seen.unit_name()),
        about: say.about(&plan.code, basis, plan.version),
        state: plan.state,
        at: seen.at.clone(),
        metric: seen.amount.metric.code().to_owned(),
        metrics: metrics(seen),
        scopes: scopes(seen),
        balance: balance(seen),
        grid: grid(seen, &editing, attempt),
        sight: if seen.grid.is_some() { Sight::Breakdown } else { Sight::Total },
        edit: edit_all(seen),
        cells: cells_form(seen, &editing, attempt),
        total: total_form(seen, attempt),
        spread: spread_form(seen, attempt)?,
        below: below(seen, attempt),
        locks: locks(seen, attempt),
        acts: acts(seen, attempt)?,
        coverage: coverage(seen)?,
        history: history(seen)?,
        copy: planning::may_create(seen.desk.app, &seen.desk.context)?
            .then(|| format!("{}/copy", seen.path())),
        compare: (!seen.around.others.is_empty()).then(|| seen.comparison()),
        origin: origin(seen),
        proposal: (seen.is_top
            && seen.overview.is_some()
            && super::proposal::is_proposed(seen.amount.metric))
        .then(|| format!("{}/proposal?metric={}", seen.path(), seen.amount.metric.code())),
        owners: format!("{}/owners?at={}", seen.path(), crate::http::encoded(&seen.at)),
        import: is_importer.then(|| format!("{}/import", seen.path())),
        wrong: wrong(attempt),
    })
}

/// Which plan it was copied from, and who did not come along.
fn origin(seen: &Seen<'_>) -> Option<Origin> {
    let (lang, (code, name)) = (seen.desk.lang(), seen.around.source.as_ref()?);
    let copied = seen.around.copied.as_ref();
    let not_taken = copied.map_or(&[][..], |own| &own.not_taken).iter();
    Some(Origin {
        from: Link::new(lang.scenarios().origin(name, code), super::rounds::address(code)),
        not_taken: not_taken.map(|own| not_taken_said(lang, own)).collect(),
    })
}

/// What is wrong with a form as a whole, leading to it.
fn wrong(attempt: Option<&Attempt<'_>>) -> ErrorSummary {
    let Some(attempt) = attempt else { return ErrorSummary::default() };
    let link = attempt.form.anchor();
    let whole = attempt.problems.iter().map(|problem| (Some(link.to_owned()), problem.clone()));
    let cells = attempt.fields.iter().filter(|_| attempt.form == Form::Cells);
    let cells = cells.map(|(name, error)| (Some(name.clone()), error.clone()));
    ErrorSummary { errors: whole.chain(cells).collect() }
}

fn metrics(seen: &Seen<'_>) -> Vec<PickerEntry> {
    let entry = |own: Metric| PickerEntry {
        text: metric::name(seen.desk.lang(), own).to_owned(),
        href: format!("{}?at={}&metric={}", seen.path(), crate::http::encoded(&seen.at), own.code()),
        current: own == seen.amount.metric,
        depth: 0,
    };
    seen.metrics.iter().copied().map(entry).collect()
}

fn scopes(seen: &Seen<'_>) -> Option<ScopePicker> {
    let organisation = seen.desk.organisation();
    let entries = seen.units.iter().filter_map(|visible| {
        let unit = organisation.unit(visible.unit)?;
        let code = unit.code.as_str();
        let (text, href) = (unit.name.clone(), seen.href(code));
        Some(PickerEntry { text, href, current: code == seen.at, depth: visible.depth })
    });
    let units: Vec<PickerEntry> = entries.collect();
    (units.len() > 1).then(|| ScopePicker { current: seen.unit_name(), units })
}

fn below(seen: &Seen<'_>, attempt: Option<&Attempt<'_>>) -> Option<BelowForm> {
    let grid = seen.grid.as_ref().filter(|grid| seen.is_open() && grid.parent.is_some())?;
    let below_unit = seen.desk.organisation().unit_of_code(&seen.at)?;
    let children = seen.desk.organisation().children(below_unit.id, seen.year.last_day());
    if children.units.is_empty() {
        return None;
    }
    let offered = super::spread_form::methods(seen);
    let simple = ["last_year", "last_twelve_months", "capacity", "even"];
    let offered: Vec<&str> = offered.filter(|method| simple.contains(method)).collect();
    let usual = offered.first().copied().unwrap_or("even");
    let own = attempt.filter(|attempt| attempt.form == Form::Below);
    Some(BelowForm {
        version: own.map_or_else(|| grid.version.to_string(), |own| own.posted.value("version").to_owned()),
        methods: offered.iter().map(|method| Choice::new(*method, name(seen.desk.lang(), method))).collect(),
        method: input(attempt, Form::Below, "below-method", || usual.to_owned()),
        rounding: input(attempt, Form::Below, "below-unit", || seen.amount.input(seen.amount.fine())),
        unit: seen.amount.heading().to_owned(),
        conflict: own.and_then(|attempt| attempt.conflict.clone()),
    })
}

fn locks(seen: &Seen<'_>, attempt: Option<&Attempt<'_>>) -> Option<LocksForm> {
    let grid = seen.grid.as_ref().filter(|grid| seen.is_open() && !grid.children.is_empty())?;
    let (lang, say) = (seen.desk.lang(), seen.desk.lang().plans());
    let month = |month: &Month| date::month_name(lang, month.number());
    let own = attempt.filter(|attempt| attempt.form == Form::Locks);
    let typed = |name: &str| own.map_or_else(Input::default, |attempt| attempt.input(name));
    let months = grid.months.iter().map(|own| Choice::new(own.to_string(), month(own)));
    let rows = grid.children.iter().flat_map(|row| {
        row.locks.iter().map(move |lock| LockRow {
            owner: row.owner.to_string(),
            month: lock.month.map_or_else(String::new, |month| month.to_string()),
            what: say
                .cell_of(&row.name, lock.month.as_ref().map_or_else(|| say.lock_year().to_owned(), month)),
            why: say.locked_by(seen.desk.recorded(&lock.actor), &lock.reason),
        })
    });
    Some(LocksForm {
        owners: grid.children.iter().map(|row| Choice::new(row.owner.to_string(), &row.name)).collect(),
        owner: typed("owner"),
        months: [Choice::new("", say.lock_year())].into_iter().chain(months).collect(),
        month: typed("month"),
        reason: typed("reason"),
        locks: rows.collect(),
    })
}

/// Who carries nothing, of those whom the viewer sees; none where no person is seen.
fn coverage(seen: &Seen<'_>) -> Result<Option<Coverage>> {
    if !seen.powers.may(Power::ReadUnit) {
        return Ok(None);
    }
    let found = match planning::coverage(seen.desk.app, &seen.desk.context, &seen.plan.code) {
        Ok(found) => found,
        Err(dacheng_app::Error::Missing { .. }) => return Ok(None),
        Err(other) => return Err(other),
    };
    let say = seen.desk.lang().plans();
    if found.selling == 0 {
        return Ok(None);
    }
    let mut people: BTreeMap<(String, String), BTreeMap<Metric, Vec<Month>>> = BTreeMap::new();
    for CoverageGap { member, name, metric, month, .. } in found.gaps {
        people.entry((member.code, name)).or_default().entry(metric).or_default().push(month);
    }
    let more = people.len().saturating_sub(LISTED);
    let listed = people.into_iter().take(LISTED).map(|((_, name), gaps)| {
        let gaps: Vec<String> = gaps.iter().map(|(metric, months)| gap(seen, *metric, months)).collect();
        (name, gaps.join(say.gap_between()))
    });
    Ok(Some(Coverage {
        said: say.covered_said(found.covered, found.selling),
        uncovered: listed.collect(),
        more: (more > 0).then(|| say.more_people(more)),
    }))
}

fn gap(seen: &Seen<'_>, of: Metric, months: &[Month]) -> String {
    let (lang, say) = (seen.desk.lang(), seen.desk.lang().plans());
    let name = metric::name(lang, of);
    match months.len() {
        12 => say.gap_all_year(name),
        some if some > MONTHS_SAID => say.gap_months(name, say.gap_months_count(some)),
        _ => {
            let said: Vec<String> =
                months.iter().map(|month| date::month_name(lang, month.number())).collect();
            say.gap_months(name, said.join(lang.overview().comma()))
        }
    }
}
