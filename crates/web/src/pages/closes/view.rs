//! From the case of a month to the page that shows it.

use dacheng_app::Result;
use dacheng_app::tracking::month_case::{Hindrance, Matter, MonthCase, Total};
use dacheng_app::tracking::preview::{Preview, preview};
use dacheng_domain::Fen;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::close::{CloseState, CloseStep};
use dacheng_text::countdown::Countdown;
use dacheng_text::{Lang, date, money};

use super::list::{address, state};
use super::{
    CloseAct, ClosePage, ControlTotal, OpenMatter, PreviewList, ProposeForm, SourceInputs, document, history,
    standing,
};
use crate::components::{AlertLine, Figure, Input, Link};
use crate::http::Desk;
use crate::pages::alerts::said;
use crate::shell::Room;

/// Alerts shown of a preview.
const SHOWN: usize = 12;

/// The page of a month, with its forms empty.
pub fn page(desk: &Desk<'_>, case: &MonthCase) -> Result<ClosePage> {
    let (lang, row) = (desk.lang(), &case.row);
    let crumb = Link::new(lang.shell().closes(), Room::Closes.path());
    let may_propose = case.steps.iter().any(|(step, _)| *step == CloseStep::Propose);
    let is_open = row.is_over && row.state != CloseState::Closed;
    let preview = if is_open { preview(desk.app, &desk.context, row.month)? } else { None };
    Ok(ClosePage {
        shell: desk.shell(Room::Closes, vec![crumb])?,
        path: address(row.month),
        title: lang.closes().title(named(lang, row.month)),
        state: state(row),
        deadline: is_open.then(|| Countdown::of(row.deadline, &desk.company.calendar(), desk.context.today)),
        note: standing::note(desk, case),
        totals: case.totals.iter().map(|total| control(desk, case, total)).collect(),
        propose: may_propose.then(|| propose_form(desk, case)),
        preview: preview.map(|preview| preview_list(lang, &preview)),
        open: case.open.iter().map(|matter| open_matter(lang, row.month, *matter)).collect(),
        steps: case.steps.iter().filter_map(|(step, why)| close_act(desk, case, *step, *why)).collect(),
        history: history::timeline(desk, case),
        version: row.version.to_string(),
        document: document::is_there(case).then(|| document::address_of(row.month)),
    })
}

pub(super) fn named(lang: Lang, month: Month) -> String {
    date::month(lang, month.year(), month.number())
}

/// What a metric is booked from.
fn source(lang: Lang, metric: Metric) -> &'static str {
    let say = lang.closes();
    if metric == Metric::Collections { say.source_collections() } else { say.source_revenue() }
}

/// The control total of a source as the page says it.
pub(super) fn control(desk: &Desk<'_>, case: &MonthCase, total: &Total) -> ControlTotal {
    let (lang, month) = (desk.lang(), case.row.month);
    let is_history = case.row.state == CloseState::Closed;
    let say = lang.closes();
    let difference = total.expected.map(|expected| Fen(total.booked) - Fen(expected));
    let differs = difference.filter(|difference| *difference != Fen::ZERO);
    let settled = match (difference, differs, &total.reason) {
        (None, ..) if is_history => Some(say.history_total().to_owned()),
        (Some(_), None, _) => Some(say.equal().to_owned()),
        (Some(_), Some(_), Some(reason)) => Some(say.signed_off(reason)),
        (None, ..) | (Some(_), Some(_), None) => None,
    };
    ControlTotal {
        source: source(lang, total.metric).to_owned(),
        ours: Figure::money(Fen(total.booked), format!("/explain?m={}&p={month}", total.metric.code())),
        theirs: total.expected.map(Fen),
        difference: differs.map_or_else(String::new, |difference| money::exact(lang, difference)),
        settled,
    }
}

/// The form to propose a month, empty.
pub fn propose_form(desk: &Desk<'_>, case: &MonthCase) -> ProposeForm {
    let lang = desk.lang();
    let inputs = |total: &Total| SourceInputs {
        code: total.metric.code().to_owned(),
        name: source(lang, total.metric).to_owned(),
        total: Input::of(total.expected.map_or_else(String::new, |expected| Fen(expected).to_string())),
        reason: Input::of(total.reason.clone().unwrap_or_default()),
    };
    let why = case.steps.iter().find(|(step, _)| *step == CloseStep::Propose).and_then(|(_, why)| *why);
    ProposeForm {
        sources: case.totals.iter().map(inputs).collect(),
        refused: Vec::new(),
        blocked: why.map(|why| hindered(lang, case.row.month, why)),
    }
}

fn hindered(lang: Lang, month: Month, why: Hindrance) -> String {
    let say = lang.closes();
    match why {
        Hindrance::NotOver => say.blocked_running(named(lang, month)),
        Hindrance::Earlier(earlier) => say.blocked_earlier(named(lang, earlier)),
        Hindrance::EnteredFacts => say.blocked_entered(named(lang, month)),
        Hindrance::SamePerson => say.blocked_same().to_owned(),
    }
}

fn preview_list(lang: Lang, preview: &Preview) -> PreviewList {
    let (say, outcome) = (lang.closes(), preview.outcome);
    let line = |row: &dacheng_app::tracking::alerts::AlertRow| AlertLine {
        level: row.level,
        subject: Link::new(said::title(lang, row), said::explain(row, &row.figure)),
        evidence: said::evidence(lang, row),
        waits_for: String::new(),
        deadline: None,
    };
    let more = preview.raised.len().saturating_sub(SHOWN);
    PreviewList {
        said: say.preview_said(
            say.red_alerts(outcome.red),
            say.yellow_alerts(outcome.yellow),
            say.preview_recovered(outcome.recovered),
            say.preview_withdrawn(outcome.withdrawn),
        ),
        lines: preview.raised.iter().take(SHOWN).map(line).collect(),
        more: (more > 0).then(|| say.preview_more(more)),
    }
}

fn open_matter(lang: Lang, month: Month, matter: Matter) -> OpenMatter {
    let say = lang.closes();
    let subject = match matter {
        Matter::Earlier(earlier) => Link::new(say.open_earlier(named(lang, earlier)), address(earlier)),
        Matter::DataEnd(metric, end) => {
            let said = match end {
                Some(end) => say.open_data(source(lang, metric), end),
                None => say.open_no_data(source(lang, metric)),
            };
            Link::new(said, format!("/explain?m={}&p={month}", metric.code()))
        }
    };
    OpenMatter { subject }
}

/// The step as its form offers it; proposing has a form of its own.
fn close_act(desk: &Desk<'_>, case: &MonthCase, step: CloseStep, why: Option<Hindrance>) -> Option<CloseAct> {
    let (lang, month) = (desk.lang(), case.row.month);
    let (say, path, name) = (lang.closes(), address(month), named(lang, month));
    let blocked = why.map(|why| hindered(lang, month, why));
    let with = |action: &str, text: String, effect: String| CloseAct {
        action: format!("{path}/{action}"),
        text,
        effect,
        blocked,
        reason: Some(Input::default()),
        main: false,
    };
    match step {
        CloseStep::Propose => None,
        CloseStep::Close => {
            let act = with("close", say.close(&name), say.close_effect(&name));
            Some(CloseAct { reason: None, main: true, ..act })
        }
        CloseStep::SendBack => {
            Some(with("return", say.send_back().to_owned(), say.send_back_effect().to_owned()))
        }
        CloseStep::Reopen => {
            let signed = case.row.reopening.as_ref().and(case.events.last()).filter(|_| why.is_none());
            let effect = match signed {
                Some(signed) => say.reopen_effect_second(&signed.who, &name),
                None => say.reopen_effect().to_owned(),
            };
            Some(with("reopen", say.reopen().to_owned(), effect))
        }
    }
}
