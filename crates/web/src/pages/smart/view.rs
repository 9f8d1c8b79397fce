//! Verdicts in words and badges.

use dacheng_app::planning::smart::{Checked, CheckedTarget, OwnVerdicts};
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::smart::{Band, Figure, Mark, Verdict};
use dacheng_text::{Lang, metric, smart};

use super::{Judged, Take, VerdictRow};
use crate::components::{Badge, Tone};
use crate::http::Desk;

/// The targets of a sentence.
pub(super) fn targets(lang: Lang, checked: &Checked) -> Vec<Judged> {
    let judged = |(place, own): (usize, &CheckedTarget)| Judged {
        title: smart::target(lang, &own.stated, checked.fiscal),
        about: about(lang, own),
        verdicts: rows(lang, &own.verdicts, own.stated.metric, checked.band),
        take: own.take.as_ref().map(|take| match take {
            Ok(version) => Take::Open(place, *version),
            Err(why) => Take::Closed(why.clone()),
        }),
    };
    checked.targets.iter().enumerate().map(judged).collect()
}

/// Whose it is, and what it comes to where the sentence does not say that itself.
fn about(lang: Lang, own: &CheckedTarget) -> String {
    let say = lang.smart();
    let whose = if own.names.is_empty() { say.whole_company().to_owned() } else { own.names.join(" · ") };
    let is_whole =
        matches!(own.stated.figure, Ok(Figure::Amount(dacheng_domain::metrics::TargetForm::Total(_))));
    match own.total.filter(|_| !is_whole) {
        Some(total) => format!("{whose} · {}", say.comes_to(smart::amount(lang, own.stated.metric, total))),
        None => whose,
    }
}

/// The plan's own targets.
pub(super) fn own(lang: Lang, found: &[OwnVerdicts]) -> Vec<Judged> {
    let judged = |own: &OwnVerdicts| Judged {
        title: format!(
            "{} {}",
            metric::name(lang, own.metric),
            smart::amount(lang, Some(own.metric), own.total)
        ),
        about: String::new(),
        verdicts: rows(lang, &own.verdicts, Some(own.metric), own.band),
        take: None,
    };
    found.iter().map(judged).collect()
}

fn rows(lang: Lang, verdicts: &[Verdict], of: Option<Metric>, band: Band) -> Vec<VerdictRow> {
    let row = |own: &Verdict| VerdictRow {
        name: smart::criterion(lang, own.criterion),
        mark: badge(lang, own.mark),
        found: own
            .findings
            .iter()
            .map(|found| (smart::finding(lang, found, of, band), smart::mend(lang, found)))
            .collect(),
    };
    verdicts.iter().map(row).collect()
}

fn badge(lang: Lang, mark: Mark) -> Badge {
    let tone = match mark {
        Mark::Pass => Tone::Ok,
        Mark::Warn => Tone::Warn,
        Mark::Fail => Tone::Bad,
    };
    Badge::new(tone, smart::mark(lang, mark))
}

/// How many of the verdicts on a plan's targets pass, in a sentence: beside the button that submits it.
pub(crate) fn on_submit(desk: &Desk<'_>, plan: &str) -> dacheng_app::Result<String> {
    let own = dacheng_app::planning::smart::own(desk.app, &desk.context, plan)?;
    let marks: Vec<Mark> = own.iter().flat_map(|own| own.verdicts.iter().map(|own| own.mark)).collect();
    let count = |mark| marks.iter().filter(|own| **own == mark).count();
    Ok(desk.lang().smart().on_submit(count(Mark::Pass), count(Mark::Warn), count(Mark::Fail)))
}
