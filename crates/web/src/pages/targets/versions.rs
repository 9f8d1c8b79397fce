//! How a target came about, in words; and the months of its year as a chart.

use dacheng_app::figures::unit::MonthFigure;
use dacheng_app::figures::{Made, Origin, TargetVersion as Version};
use dacheng_domain::metrics::Metric;
use dacheng_domain::{Fen, Ratio};
use dacheng_text::{Lang, date};
use jiff::Timestamp;

use super::TargetVersion;
use crate::charts::{MonthColumn, MonthColumns};
use crate::http::Desk;
use crate::pages::measures::{amounts, value};
use crate::pages::standing::metric_name;

/// The versions of a target, the newest first, below the plan's coming into force.
pub fn versions(desk: &Desk<'_>, metric: Metric, origin: &Origin) -> Vec<TargetVersion> {
    let (lang, say) = (desk.lang(), desk.lang().targets());
    let plan = origin.plan.as_ref().map(|code| say.plan(code)).unwrap_or_default();
    let in_force = origin.in_force.as_ref().map(|by| TargetVersion {
        version: say.in_force_version().to_owned(),
        text: plan,
        by: made_by(desk, by, say.in_force()),
    });
    let version = |version: &Version| {
        let act = act(lang, version.made);
        TargetVersion {
            version: say.version(version.number),
            text: changed(lang, metric, version),
            by: version.by.as_ref().map_or_else(|| act.to_owned(), |by| made_by(desk, by, act)),
        }
    };
    in_force.into_iter().chain(origin.versions.iter().map(version)).collect()
}

fn act(lang: Lang, made: Made) -> &'static str {
    let say = lang.targets();
    match made {
        Made::Total => say.made_total(),
        Made::BrokenDown => say.made_broken_down(),
        Made::Edited => say.made_edited(),
        Made::Imported => say.made_imported(),
        Made::Otherwise => say.made_otherwise(),
    }
}

fn made_by(desk: &Desk<'_>, (who, at): &(String, Timestamp), act: &str) -> String {
    let say = desk.lang().targets();
    let when = date::in_year(desk.lang(), desk.app.zone.to_datetime(*at).date());
    say.made_by(desk.recorded(who), when, act)
}

fn changed(lang: Lang, metric: Metric, version: &Version) -> String {
    let say = lang.targets();
    let said = |minor: Fen| value(lang, metric, Ratio::whole(minor.0)).said(&lang);
    match (version.month, version.year) {
        (Some((month, before, after)), _) => {
            let month = date::month(lang, month.year(), month.number());
            say.month_changed(month, said(before), said(after))
        }
        (None, (Some(before), after)) => say.year_changed(said(before), said(after)),
        (None, (None, after)) => say.year_first(said(after)),
    }
}

/// The months of a fiscal year.
pub fn months(lang: Lang, owner: &str, metric: Metric, figures: &[MonthFigure]) -> MonthColumns {
    let column = |figure: &MonthFigure| MonthColumn {
        label: date::month_name(lang, figure.month.number()),
        actual: figure.actual,
        target: figure.target,
        running: figure.running,
    };
    let year = figures.last().map_or_else(String::new, |last| date::year(lang, last.month.year()));
    MonthColumns {
        subject: lang.targets().months(year, owner, metric_name(lang, metric)),
        months: figures.iter().map(column).collect(),
        amounts: amounts(
            metric,
            lang,
            figures.iter().flat_map(|figure| [figure.actual, figure.target]).flatten(),
        ),
    }
}
