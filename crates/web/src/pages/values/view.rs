//! Values as pages show them.

use dacheng_app::Result;
use dacheng_app::allocation::Owner;
use dacheng_app::metrics::{self, Reporting, Sheet, SheetRow, cannot_enter};
use dacheng_app::planning::written;
use dacheng_domain::calendar::{Deadline, Month};
use dacheng_domain::metrics::Metric;
use dacheng_domain::metrics::own::Own;
use dacheng_text::{Lang, date, own_metric};

use super::handler::wrong;
use super::{MetricRow, SheetPage, ValueRow, ValuesPage};
use crate::components::{Badge, ErrorSummary, Export, Input, Link, Note, Paper, Tone};
use crate::http::{Desk, Posted};
use crate::pages::measures;
use crate::shell::Room;

/// Months shown before the running one.
const BACK: i32 = 3;

/// The address of the sheet of a metric and month.
pub(super) fn address(code: &str, month: Month) -> String {
    format!("/values/{code}?month={month}")
}

pub(super) fn value_id(owner: &Owner) -> String {
    format!("value.{owner}")
}

pub(super) fn note_id(owner: &Owner) -> String {
    format!("note.{owner}")
}

pub(super) fn seen_id(owner: &Owner) -> String {
    format!("seen.{owner}")
}

fn month_name(lang: Lang, month: Month) -> String {
    date::month(lang, month.year(), month.number())
}

/// The metrics that the viewer enters.
pub(super) fn list(desk: &Desk<'_>) -> Result<ValuesPage> {
    let (lang, say) = (desk.lang(), desk.lang().own_metrics());
    let calendar = desk.company.calendar();
    let missing = metrics::missing(desk.app, &mut desk.read()?, &desk.context, (&desk.ground, &calendar))?;
    let running = Month::of(desk.context.today);
    let row = |(own, how): (Own, Reporting)| {
        let open = missing.iter().filter(|found| found.metric == own);
        let open: Vec<Link> = open
            .map(|found| {
                let text = say.month_missing(month_name(lang, found.month), found.number);
                Link::new(text, address(own.code(), found.month))
            })
            .collect();
        MetricRow {
            metric: Link::new(own_metric::name(lang, own), address(own.code(), running.previous())),
            about: own_metric::formula(lang, own, own.at(running)),
            state: match (how, open.is_empty()) {
                (Reporting::Operations, _) => Badge::new(Tone::None, say.for_reporter()),
                (Reporting::Reporter, true) => Badge::new(Tone::Ok, say.all_entered()),
                (Reporting::Reporter, false) => Badge::new(Tone::Warn, say.incomplete()),
            },
            missing: open,
        }
    };
    let reported = metrics::reported(desk.app, &desk.context)?;
    Ok(ValuesPage {
        shell: desk.shell(Room::Plans, Vec::new())?,
        metrics: reported.into_iter().map(row).collect(),
    })
}

/// The sheet of a metric and month; as it was sent with what is wrong, where it was.
pub(super) fn sheet(
    desk: &Desk<'_>,
    sheet: &Sheet,
    sent: Option<(&Posted, Vec<String>)>,
) -> Result<SheetPage> {
    let (lang, say) = (desk.lang(), desk.lang().own_metrics());
    let (own, of) = (sheet.metric, Metric::Own(sheet.metric));
    let running = Month::of(desk.context.today);
    let months = (-BACK..=0)
        .map(|step| running.plus(step))
        .chain((sheet.month < running.plus(-BACK)).then_some(sheet.month));
    let month =
        |month: Month| (Link::new(month_name(lang, month), address(own.code(), month)), month == sheet.month);
    let note = match (sheet.refused.or(sheet.kept), sheet.due.and_then(Deadline::date)) {
        (Some(closed), _) => Note::new(Tone::Info, cannot_enter(&desk.context, own, closed)),
        (None, Some(due)) => Note::new(Tone::Info, say.due_by(due)),
        (None, None) => Note::new(Tone::Info, say.due_pending()),
    };
    let posted = sent.as_ref().map(|(form, _)| *form);
    let rows = sheet.rows.iter().map(|row| value_row(desk, of, row, posted));
    let path = format!("/values/{}", own.code());
    Ok(SheetPage {
        shell: desk.shell(Room::Plans, vec![Link::new(say.values_title(), "/values")])?,
        name: own_metric::name(lang, own).to_owned(),
        about: format!(
            "{} · {}",
            month_name(lang, sheet.month),
            own_metric::formula(lang, own, own.at(sheet.month))
        ),
        months: months.map(month).collect(),
        note,
        action: address(own.code(), sheet.month),
        export: Export::Links {
            path: format!("{path}/sheet"),
            query: format!("month={}", sheet.month),
            paper: Paper::None,
        },
        unit: measures::typed_unit(lang, of),
        rows: rows.collect(),
        is_open: sheet.rows.iter().any(|row| row.is_open),
        wrong: ErrorSummary {
            errors: sent
                .map_or_else(Vec::new, |(_, wrong)| wrong.into_iter().map(|wrong| (None, wrong)).collect()),
        },
    })
}

fn value_row(desk: &Desk<'_>, of: Metric, row: &SheetRow, posted: Option<&Posted>) -> ValueRow {
    let say = desk.lang().own_metrics();
    let kept =
        row.amount.map_or_else(String::new, |amount| written(of, amount).trim_end_matches('%').to_owned());
    let value = |id: &str, kept: String| posted.map_or(kept, |form| form.value(id).to_owned());
    let typed = value(&value_id(&row.owner), kept);
    let error = posted.and_then(|_| wrong(desk, of, &typed));
    ValueRow {
        id: value_id(&row.owner),
        note_id: note_id(&row.owner),
        seen_id: seen_id(&row.owner),
        seen: row.version.to_string(),
        owner: row.name.clone(),
        note: Input::of(value(&note_id(&row.owner), row.note.clone())),
        by: match &row.by {
            Some((actor, at)) => say.entered_by(desk.recorded(actor), desk.moment(*at), row.version),
            None if row.is_own => say.own_value().to_owned(),
            None => say.missing_value().to_owned(),
        },
        value: Input { value: typed, error },
        is_open: row.is_open,
    }
}
