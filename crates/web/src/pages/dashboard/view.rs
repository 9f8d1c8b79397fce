//! From the figures of an overview to the page that shows them. No figure is computed here.

use dacheng_app::figures::attainment::Figure as Found;
use dacheng_app::figures::overview::{Branch, Headline, Overview};
use dacheng_app::tracking::alerts::AlertRow;
use dacheng_domain::calendar::{Calendar, Month, Period};
use dacheng_domain::metrics::{Metric, change};
use dacheng_domain::tracking::alert::Level;
use dacheng_domain::tracking::pace::{PaceSettings, pace_gap, progress_state};
use dacheng_domain::tracking::progress::{Basis as Progressed, TimeProgress as Progress};
use dacheng_domain::{Fen, Ratio};
use dacheng_rollup::Owner;
use dacheng_text::countdown::Countdown;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, date, money, rate};
use jiff::civil::Date;

use super::{Figures, Reading};
use crate::charts::{Amounts, Bullet, BurnUp, BurnUpPoint, HeatCell, HeatRow, HeatTable};
use crate::components::{
    AlertDigest, AlertLine, Badge, Change, Column, Figure, KpiCard, KpiNote, Link, Sentence, SortHead,
    SortOrder, Standing, TimeProgress, Tone, UnitRow, UnitSorts, UnitTable,
};
use crate::pages::alerts::said;

/// The name of a metric that facts are added up for.
pub fn metric_name(lang: Lang, metric: Metric) -> &'static str {
    if metric == Metric::Collections { lang.overview().collections() } else { lang.overview().revenue() }
}

/// The address of the page that explains a figure.
pub fn explain(metric: Metric, period: Period, owner: &Owner) -> String {
    let owner = match owner {
        Owner::Company => String::new(),
        Owner::Unit(code) => format!("&owner=unit:{code}"),
        Owner::Member(code) => format!("&owner=member:{code}"),
    };
    format!("/explain?m={}&p={period}{owner}", metric.code())
}

/// The page of a unit or member.
pub fn page_of(owner: &Owner, period: Period) -> String {
    match owner {
        Owner::Company => format!("/targets?p={period}"),
        Owner::Unit(code) => format!("/dashboard?p={period}&org={code}"),
        Owner::Member(code) => format!("/explain?m=revenue&p={period}&owner=member:{code}"),
    }
}

/// How time progress is said.
pub fn time_progress(progress: &Progress) -> TimeProgress {
    match progress.basis {
        Progressed::Days(days) if days.passed == 0 => TimeProgress::NotBegun,
        Progressed::Days(days) if days.passed >= days.total => TimeProgress::Ended,
        Progressed::Days(days) => {
            let (passed, all, share) = (days.passed, days.total, progress.share);
            match progress.provisional {
                None => TimeProgress::WorkingDays { passed, all, share },
                Some(_) => TimeProgress::Provisional { passed, all, share },
            }
        }
        Progressed::PlannedShare { .. } if progress.share >= Ratio::whole(1) => TimeProgress::Ended,
        Progressed::PlannedShare { .. } => TimeProgress::PlannedShare(progress.share),
    }
}

fn is_over(time: &Progress) -> bool {
    time.share >= Ratio::whole(1)
}

fn standing(found: &Found, time: &Progress) -> Standing {
    let Some(attainment) = found.attainment else { return Standing::NoTarget };
    if is_over(time) {
        return if attainment >= Ratio::whole(1) { Standing::Reached } else { Standing::Missed };
    }
    Standing::running(progress_state(attainment, time.share, &PaceSettings::default()))
}

fn bullet(subject: &str, found: &Found, time: &Progress) -> Bullet {
    Bullet {
        subject: subject.to_owned(),
        attainment: found.attainment,
        pace: (!is_over(time)).then_some(time.share),
        forecast: None,
        tone: standing(found, time).tone(),
    }
}

fn gap(found: &Found, time: &Progress) -> Option<Ratio> {
    if is_over(time) { None } else { pace_gap(found.attainment?, time.share) }
}

fn money_of(amount: Option<Fen>, href: String) -> Figure {
    amount.map_or_else(
        || Figure::plain(crate::components::Value::Blank(Blank::NoTarget)),
        |amount| Figure::money(amount, href),
    )
}

fn year_on_year(found: &Found, before: Option<i64>) -> Change {
    let now = found.actual.unwrap_or_default().0;
    match change(now, before).rate {
        Some(rate) => Change::By(rate),
        None => Change::Blank(Blank::NoBase),
    }
}

/// Alerts shown on a dashboard.
const SHOWN: usize = 5;

/// The most urgent open alerts: red first, then those due first.
pub fn digest(lang: Lang, open: &[AlertRow], calendar: &Calendar, today: Date) -> AlertDigest {
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
            subject: Link::new(&row.owner_name, said::address(row)),
            evidence: evidence(lang, row),
            waits_for: row.plan.as_ref().map_or_else(String::new, |plan| {
                crate::components::states::improvement_name(lang, plan.state).to_owned()
            }),
            deadline: deadline.map(|deadline| Countdown::of(deadline, calendar, today)),
        }
    };
    let red = open.iter().filter(|row| row.level == Level::Red).count();
    AlertDigest { red, yellow: open.len() - red, lines: rows.iter().take(SHOWN).map(line).collect() }
}

/// `销售额 9月 66.1%、10月 63.8%`
fn evidence(lang: Lang, row: &AlertRow) -> String {
    format!("{} {}", metric_name(lang, row.metric), said::months(lang, row))
}

/// The figures as the page shows them.
pub fn figures(lang: Lang, overview: &Overview, alerts: AlertDigest) -> Figures {
    Figures {
        conclusion: conclusion(lang, overview),
        cards: overview.headlines.iter().map(|headline| card(lang, overview, headline)).collect(),
        burn_up: burn_up(lang, overview),
        alerts,
        units: units(lang, overview),
        heat: heat(lang, overview),
        readings: readings(lang, overview),
    }
}

/// The headline of the page's own period and metric.
fn own(overview: &Overview) -> Option<&Headline> {
    let same =
        |headline: &&Headline| headline.metric == overview.metric && headline.period == overview.period;
    overview.headlines.iter().find(same).or(overview.headlines.first())
}

fn conclusion(lang: Lang, overview: &Overview) -> Sentence {
    let Some(headline) = own(overview) else { return Sentence::new() };
    let say = lang.overview();
    let actual = money::said(lang, headline.figure.actual.unwrap_or_default());
    let (Some(target), Some(attainment)) = (headline.figure.target, headline.figure.attainment) else {
        return Sentence::emphasised(&say.no_target(&actual), &[&actual]);
    };
    let short = Fen((target - headline.figure.actual.unwrap_or_default()).0.max(0));
    let (gap, target, percent) =
        (money::said(lang, short), money::said(lang, target), rate::percent(attainment));
    let behind = pace_gap(attainment, headline.time.share).filter(|gap| *gap < Ratio::whole(0));
    let said = if attainment >= Ratio::whole(1) {
        say.reached(&actual, &percent, &target)
    } else if is_over(&headline.time) {
        say.missed(&actual, &percent, &target, &gap)
    } else if let Some(points) = behind {
        let points = rate::points(lang, points);
        say.behind(&actual, &percent, points.trim_start_matches('\u{2212}'), &gap)
    } else {
        say.ahead(&actual, &percent, &gap)
    };
    let mut sentence = Sentence::emphasised(&said, &[&actual, &gap]);
    if let Some(names) = largest_gaps(lang, overview) {
        sentence = sentence.plain(say.gaps(names));
    }
    sentence.link(say.explain(), explain(overview.metric, overview.period, &overview.owner))
}

/// The three branches that miss most of their target.
fn largest_gaps(lang: Lang, overview: &Overview) -> Option<String> {
    let mut gaps: Vec<(&Branch, i64)> = overview
        .branches
        .iter()
        .filter_map(|branch| Some((branch, (branch.figure.target? - branch.figure.actual?).0)))
        .filter(|(_, gap)| *gap > 0)
        .collect();
    gaps.sort_by_key(|(_, gap)| std::cmp::Reverse(*gap));
    let say = lang.overview();
    let names: Vec<String> = gaps
        .iter()
        .take(3)
        .map(|(branch, gap)| say.gap_of(&branch.name, money::said(lang, Fen(*gap))))
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
    let found = &headline.figure;
    let state = standing(found, &headline.time);
    let named = lang.figures();
    let mut notes = Vec::new();
    if let Some(target) = found.target {
        let short = Fen((target - found.actual.unwrap_or_default()).0.max(0));
        notes.push(KpiNote { label: named.target().to_owned(), value: money::said(lang, target) });
        notes.push(KpiNote { label: named.shortfall().to_owned(), value: money::said(lang, short) });
    }
    if let Change::By(by) = year_on_year(found, headline.year_before) {
        notes.push(KpiNote { label: named.year_on_year().to_owned(), value: rate::change(by) });
    }
    KpiCard {
        bullet: bullet(&label, found, &headline.time),
        label,
        actual: Figure::money(
            found.actual.unwrap_or_default(),
            explain(headline.metric, headline.period, &overview.owner),
        ),
        attainment: found.attainment,
        state: match gap(found, &headline.time) {
            Some(gap) => state.badge_with_gap(&lang, gap),
            None => crate::components::Badged::badge(&state, &lang),
        },
        notes,
        current: headline.period == overview.period,
    }
}

fn burn_up(lang: Lang, overview: &Overview) -> BurnUp {
    let say = lang.overview();
    let all = overview.running.len();
    let points = overview.running.iter().enumerate().map(|(at, running)| {
        let label = match overview.period {
            Period::Year(_) => date::month_name(lang, running.day.month()),
            Period::Quarter(_) | Period::Month(_) | Period::Week(_) | Period::Day(_) => {
                date::short(running.day)
            }
        };
        let title = match overview.period {
            Period::Year(_) => label.clone(),
            Period::Quarter(_) | Period::Month(_) | Period::Week(_) | Period::Day(_) => {
                say.working_day(&label, at + 1, all)
            }
        };
        BurnUpPoint { label, title, actual: running.actual, pace: running.planned, outlook: None }
    });
    let target = own(overview).and_then(|headline| headline.figure.target).map(|fen| fen.0);
    let amounts = overview.running.iter().filter_map(|day| day.actual).chain(target);
    BurnUp {
        id: "burn-up",
        subject: say.running(date::period(lang, overview.period), metric_name(lang, overview.metric)),
        axis: say.day().to_owned(),
        amounts: Amounts::fitting(amounts.collect::<Vec<_>>()),
        points: points.collect(),
        target,
    }
}

fn units(lang: Lang, overview: &Overview) -> UnitTable {
    let say = lang.overview();
    let mut branches: Vec<&Branch> = overview.branches.iter().collect();
    branches.sort_by(|a, b| b.figure.attainment.cmp(&a.figure.attainment).then(a.code.cmp(&b.code)));
    let rows: Vec<UnitRow> = branches.iter().map(|branch| unit_row(overview, branch)).collect();
    let whole = own(overview);
    let amounts = branches.iter().filter_map(|branch| branch.figure.target.or(branch.figure.actual));
    UnitTable {
        title: say.units().to_owned(),
        level: say.level().to_owned(),
        order: say.sorted().to_owned(),
        pace: whole.filter(|whole| !is_over(&whole.time)).map(|whole| whole.time.share),
        column: Column::Money(money::Column::fitting(amounts.collect::<Vec<_>>())),
        sorts: sorts(lang, overview),
        rows,
        total: total(lang, overview),
    }
}

fn unit_row(overview: &Overview, branch: &Branch) -> UnitRow {
    let href = explain(overview.metric, overview.period, &branch.owner);
    UnitRow {
        unit: Link::new(&branch.name, page_of(&branch.owner, overview.period)),
        leader: branch.leader.clone().unwrap_or_default(),
        target: money_of(branch.figure.target, href.clone()),
        actual: money_of(branch.figure.actual, href.clone()),
        attainment: Figure::rate(branch.figure.attainment, href),
        bullet: bullet(&branch.name, &branch.figure, &branch.time),
        pace_gap: gap(&branch.figure, &branch.time),
        change: year_on_year(&branch.figure, branch.year_before),
        standing: standing(&branch.figure, &branch.time),
    }
}

fn total(lang: Lang, overview: &Overview) -> UnitRow {
    let say = lang.overview();
    let whole = own(overview);
    let href = explain(overview.metric, overview.period, &overview.owner);
    let figure = whole.map_or(Found { actual: None, target: None, attainment: None }, |whole| whole.figure);
    UnitRow {
        unit: Link::new(say.total(), page_of(&overview.owner, overview.period)),
        leader: String::new(),
        target: money_of(figure.target, href.clone()),
        actual: money_of(figure.actual, href.clone()),
        attainment: Figure::rate(figure.attainment, href),
        bullet: Bullet {
            subject: say.total().to_owned(),
            attainment: figure.attainment,
            pace: whole.filter(|whole| !is_over(&whole.time)).map(|whole| whole.time.share),
            forecast: None,
            tone: Tone::Info,
        },
        pace_gap: whole.and_then(|whole| gap(&whole.figure, &whole.time)),
        change: whole
            .map_or(Change::Blank(Blank::NoBase), |whole| year_on_year(&whole.figure, whole.year_before)),
        standing: whole.map_or(Standing::NoTarget, |whole| standing(&whole.figure, &whole.time)),
    }
}

fn sorts(lang: Lang, overview: &Overview) -> UnitSorts {
    let named = lang.figures();
    let here = format!("/dashboard?p={}", overview.period);
    let head =
        |text: &str, class, order| SortHead { text: text.to_owned(), href: here.clone(), order, class };
    UnitSorts {
        target: head(named.target(), "n", None),
        actual: head(named.actual(), "n", None),
        attainment: head(named.attainment(), "n", Some(SortOrder::Descending)),
        pace_gap: head(lang.overview().pace_gap(), "n wide-only", None),
        change: head(named.year_on_year(), "n wide-only", None),
    }
}

fn heat(lang: Lang, overview: &Overview) -> HeatTable {
    let last_complete = overview.through.map(Month::of);
    let months: Vec<Month> = overview
        .teams
        .first()
        .map(|team| team.months.iter().map(|(month, _)| *month).collect())
        .unwrap_or_default();
    let cell = |owner: &Owner, month: Month, found: &Found| {
        let Some(attainment) = found.attainment else { return HeatCell::Blank };
        let explain = explain(overview.metric, Period::Month(month), owner);
        let running = last_complete.is_some_and(|last| last == month)
            && overview.through.is_some_and(|through| through < month.last_day());
        if running {
            HeatCell::Running { attainment, explain }
        } else {
            HeatCell::Closed { attainment, explain }
        }
    };
    let rows = overview.teams.iter().map(|team| {
        let owner = Owner::Unit(team.code.clone());
        HeatRow {
            unit: Link::new(&team.name, page_of(&owner, overview.period)),
            cells: team.months.iter().map(|(month, found)| cell(&owner, *month, found)).collect(),
        }
    });
    let year = months.first().map_or(0, |month| month.year());
    HeatTable {
        caption: lang.overview().heat(date::year(lang, year)),
        months: months.iter().map(|month| date::month_name(lang, month.number())).collect(),
        rows: rows.collect(),
    }
}

/// Which teams were below 80 % and which reached 100 % in the last month that is complete.
fn readings(lang: Lang, overview: &Overview) -> Vec<Reading> {
    let say = lang.overview();
    let complete = |month: &Month| overview.through.is_some_and(|through| month.last_day() <= through);
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
