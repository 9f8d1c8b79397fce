//! From the figures of an overview to the page that shows them. No figure is computed here.

use dacheng_app::figures::Branch;
use dacheng_app::figures::attainment::Figure as Found;
use dacheng_app::figures::overview::{Headline, Overview};
use dacheng_app::tracking::alerts::AlertRow;
use dacheng_domain::Ratio;
use dacheng_domain::access::{Action, Right};
use dacheng_domain::calendar::{Month, Period};
use dacheng_domain::tracking::alert::Level;
use dacheng_rollup::Owner;
use dacheng_text::countdown::Countdown;
use dacheng_text::{Lang, date, rate};

use super::{Course, Figures, Reading};
use crate::charts::{BurnUp, BurnUpPoint, HeatCell, HeatRow, HeatTable, MonthColumns};
use crate::components::{
    AlertDigest, AlertLine, Badge, Change, KpiCard, KpiNote, Link, Sentence, Tone, UnitTable,
};
use crate::http::Desk;
use crate::pages::alerts::said as alert;
use crate::pages::measures;
use crate::pages::standing::{bullet, change, change_label, conclusion, has_not_begun, state, unit_page};
pub use crate::pages::standing::{explain, metric_name, time_progress};
use crate::pages::targets::months;
use crate::pages::unit_rows::{Order, Rows};

/// Alerts shown on a dashboard.
const SHOWN: usize = 5;

/// The most urgent open alerts: red first, then those due first; nothing for those to whom alerts are not open.
pub fn digest(desk: &Desk<'_>, open: &[AlertRow]) -> Option<AlertDigest> {
    desk.context.may_at_all(desk.organisation(), Action::Alerts, Right::Read).ok()?;
    let (lang, calendar, today) = (desk.lang(), desk.company.calendar(), desk.context.today);
    let mut rows: Vec<&AlertRow> = open.iter().collect();
    let due = |row: &AlertRow| {
        row.plan.as_ref().and_then(|plan| plan.deadline).and_then(dacheng_domain::calendar::Deadline::date)
    };
    rows.sort_by_key(|row| {
        (row.level == Level::Yellow, std::cmp::Reverse(row.figure.month), due(row), row.id)
    });
    let line = |row: &&AlertRow| {
        let deadline = row.plan.as_ref().and_then(|plan| plan.deadline);
        AlertLine {
            level: row.level,
            subject: Link::new(&row.owner_name, alert::address(row)),
            evidence: evidence(lang, row),
            waits_for: row.plan.as_ref().map_or_else(String::new, |plan| {
                crate::components::states::improvement_name(lang, plan.state).to_owned()
            }),
            deadline: deadline.map(|deadline| Countdown::of(deadline, &calendar, today)),
        }
    };
    let red = open.iter().filter(|row| row.level == Level::Red).count();
    Some(AlertDigest { red, yellow: open.len() - red, lines: rows.iter().take(SHOWN).map(line).collect() })
}

/// `销售额 9月 66.1%、10月 63.8%`
fn evidence(lang: Lang, row: &AlertRow) -> String {
    format!("{} {}", metric_name(lang, row.metric), alert::months(lang, row))
}

/// The figures as the page shows them; `unit` is the unit they are of, `here` the page without its order.
pub fn figures(
    lang: Lang,
    overview: &Overview,
    alerts: Option<AlertDigest>,
    unit: &str,
    (order, here): (Order, String),
) -> Figures {
    Figures {
        conclusion: said(lang, overview),
        cards: overview.headlines.iter().map(|headline| card(lang, overview, headline)).collect(),
        course: course(lang, overview),
        alerts,
        units: units(lang, overview, unit, (order, here)),
        heat: heat(lang, overview),
        readings: readings(lang, overview),
    }
}

fn said(lang: Lang, overview: &Overview) -> Sentence {
    let say = lang.overview();
    let mut sentence = conclusion(lang, &overview.performance);
    let begun = !has_not_begun(&overview.performance.time);
    if let Some(names) = largest_gaps(lang, overview).filter(|_| begun) {
        sentence = sentence.plain(say.next_sentence()).plain(say.gaps(names));
    }
    sentence.plain(say.next_sentence()).link(say.explain(), explain(overview.look, &overview.owner))
}

/// The three branches that miss most of their target.
fn largest_gaps(lang: Lang, overview: &Overview) -> Option<String> {
    let mut gaps: Vec<(&Branch, Ratio)> = overview
        .branches
        .iter()
        .filter_map(|branch| Some((branch, branch.performance.figure.shortfall()?)))
        .filter(|(_, gap)| *gap > Ratio::whole(0))
        .collect();
    gaps.sort_by_key(|(_, gap)| std::cmp::Reverse(*gap));
    let say = lang.overview();
    let names: Vec<String> = gaps
        .iter()
        .take(3)
        .map(|(branch, gap)| {
            let gap = measures::gap_value(lang, overview.look.metric, *gap).said(&lang);
            say.gap_of(&branch.named.name, gap)
        })
        .collect();
    (!names.is_empty()).then(|| names.join(say.comma()))
}

fn card(lang: Lang, overview: &Overview, headline: &Headline) -> KpiCard {
    let say = lang.overview();
    let when = match headline.period {
        Period::Quarter(_) => say.quarter(),
        Period::Year(_) => say.year(),
        Period::Month(_) | Period::Week(_) | Period::Day(_) => say.month(),
    };
    let label = say.label(when, metric_name(lang, headline.metric));
    let found = &headline.performance.figure;
    let named = lang.figures();
    let mut notes = Vec::new();
    let metric = headline.metric;
    if let Some(target) = found.target {
        let target = measures::value(lang, metric, Ratio::whole(target)).said(&lang);
        notes.push(KpiNote { label: named.target().to_owned(), value: target });
    }
    if let Some(short) = found.shortfall() {
        let short = measures::gap_value(lang, metric, short).said(&lang);
        notes.push(KpiNote { label: named.shortfall().to_owned(), value: short });
    }
    if let Some(nps) = measures::nps_of(found, String::new()) {
        let label = lang.measures().nps().to_owned();
        notes.push(KpiNote { label, value: nps.value.said(&lang) });
    }
    if let Some(window) = headline.performance.window {
        let label = lang.measures().in_window(measures::days(lang, window.days));
        let value = measures::actual_of(lang, &window.figure, String::new()).value.said(&lang);
        notes.push(KpiNote { label, value });
    }
    let value = match change(lang, &headline.performance) {
        Change::By(by) => Some(rate::change(by)),
        Change::Points(by) => Some(rate::points(lang, by)),
        Change::Amounts { .. } | Change::Blank(_) => None,
    };
    let named = change_label(lang, &headline.performance.year_on_year);
    notes.extend(value.map(|value| KpiNote { label: named, value }));
    KpiCard {
        bullet: bullet(&label, &headline.performance),
        label,
        actual: measures::actual_of(
            lang,
            found,
            explain(overview.look.of(metric).over(headline.period), &overview.owner),
        ),
        attainment: found.attainment,
        state: state(lang, &headline.performance),
        notes,
        current: headline.period == overview.look.period,
    }
}

fn course(lang: Lang, overview: &Overview) -> Course {
    let metric = overview.look.metric;
    if overview.months.is_empty() {
        return Course::Running(burn_up(lang, overview));
    }
    let year = overview.months.last().map_or_else(String::new, |last| date::year(lang, last.month.year()));
    let subject = lang.measures().by_month(year, metric_name(lang, metric));
    Course::Months(MonthColumns { subject, ..months(lang, "", metric, &overview.months) })
}

fn burn_up(lang: Lang, overview: &Overview) -> BurnUp {
    let say = lang.overview();
    let all = overview.running.len();
    let points = overview.running.iter().enumerate().map(|(at, running)| {
        let label = match overview.look.period {
            Period::Year(_) => date::month_name(lang, running.day.month()),
            Period::Quarter(_) | Period::Month(_) | Period::Week(_) | Period::Day(_) => {
                date::short(running.day)
            }
        };
        let title = match overview.look.period {
            Period::Year(_) => label.clone(),
            Period::Quarter(_) | Period::Month(_) | Period::Week(_) | Period::Day(_) => {
                say.working_day(&label, at + 1, all)
            }
        };
        BurnUpPoint { label, title, actual: running.actual, pace: running.planned, outlook: None }
    });
    let target = overview.performance.figure.target;
    let amounts = overview.running.iter().filter_map(|day| day.actual).chain(target);
    BurnUp {
        id: "burn-up",
        subject: say
            .running(date::period(lang, overview.look.period), metric_name(lang, overview.look.metric)),
        axis: say.day().to_owned(),
        amounts: measures::amounts(overview.look.metric, lang, amounts.collect::<Vec<_>>()),
        points: points.collect(),
        target,
    }
}

fn units(lang: Lang, overview: &Overview, unit: &str, (order, here): (Order, String)) -> UnitTable {
    let rows = Rows {
        look: overview.look,
        owner: &overview.owner,
        unit,
        whole: &overview.performance,
        branches: &overview.branches,
        order,
        here,
    };
    rows.table(lang)
}

fn heat(lang: Lang, overview: &Overview) -> HeatTable {
    let months: Vec<Month> = overview
        .teams
        .first()
        .map(|team| team.months.iter().map(|(month, _)| *month).collect())
        .unwrap_or_default();
    let cell = |owner: &Owner, month: Month, found: &Found| {
        let Some(attainment) = found.attainment else { return HeatCell::Blank };
        let explain = explain(overview.look.over(Period::Month(month)), owner);
        match overview.footing.through {
            Some(through) if month.last_day() <= through => HeatCell::Closed { attainment, explain },
            Some(through) if month.first_day() <= through => HeatCell::Running { attainment, explain },
            Some(_) | None => HeatCell::Blank,
        }
    };
    let rows = overview.teams.iter().map(|team| {
        let owner = Owner::Unit(team.code.clone());
        HeatRow {
            unit: Link::new(&team.name, unit_page(&team.code, overview.look)),
            cells: team.months.iter().map(|(month, found)| cell(&owner, *month, found)).collect(),
        }
    });
    let year = months.first().map_or(0, |month| month.year());
    // A table of dashes says nothing: a metric without targets has none.
    let rows: Vec<HeatRow> = rows.collect();
    let is_blank = rows.iter().flat_map(|row| &row.cells).all(|cell| matches!(cell, HeatCell::Blank));
    HeatTable {
        caption: lang.overview().heat(date::year(lang, year)),
        months: months.iter().map(|month| date::month_name(lang, month.number())).collect(),
        rows: if is_blank { Vec::new() } else { rows },
    }
}

/// Which teams were below 80 % and which reached 100 % in the last month that is complete.
fn readings(lang: Lang, overview: &Overview) -> Vec<Reading> {
    let say = lang.overview();
    let complete =
        |month: &Month| overview.footing.through.is_some_and(|through| month.last_day() <= through);
    let Some(last) =
        overview.teams.iter().flat_map(|team| &team.months).map(|(month, _)| *month).filter(complete).max()
    else {
        return Vec::new();
    };
    let name = date::month_name(lang, last.number());
    let named = |keep: &dyn Fn(Ratio) -> bool| {
        let of_last = |team: &&dacheng_app::figures::overview::TeamMonths| {
            team.months.iter().any(|(month, found)| *month == last && found.attainment.is_some_and(keep))
        };
        let names: Vec<&str> = overview.teams.iter().filter(of_last).map(|team| team.name.as_str()).collect();
        names.join(say.comma())
    };
    let mut readings = Vec::new();
    let low = named(&|attainment| attainment < Ratio::percent(80));
    if !low.is_empty() {
        readings.push(Reading { badge: Badge::new(Tone::Warn, say.below(&name)), text: low.as_str().into() });
    }
    let good = named(&|attainment| attainment >= Ratio::whole(1));
    if !good.is_empty() {
        readings.push(Reading { badge: Badge::new(Tone::Ok, say.good(&name)), text: good.as_str().into() });
    }
    readings
}
