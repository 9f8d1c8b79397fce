//! How figures stand on a page: what dashboard, tree, unit, person and ranking say alike. No figure is computed here.

use dacheng_app::figures::{Footing, Look, Performance, YearOnYear};
use dacheng_domain::Ratio;
use dacheng_domain::metrics::{Direction, Metric, Moved, Step};
use dacheng_domain::tracking::pace::{Needed, PaceSettings, pace_gap, progress_state};
use dacheng_domain::tracking::progress::{Basis as Progressed, TimeProgress as Progress};
use dacheng_rollup::Owner;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, date, kind, rate};

use crate::charts::Bullet;
use crate::components::{Badge, Badged as _, Basis, Change, Figure, Sentence, Standing, TimeProgress, Value};
use crate::http::{Desk, encoded};
use crate::pages::measures;

/// The name of a metric.
pub fn metric_name(lang: Lang, metric: Metric) -> &'static str {
    dacheng_text::metric::name(lang, metric)
}

/// The address of the page that explains a figure.
pub fn explain(look: Look, owner: &Owner) -> String {
    let owner = match owner {
        Owner::Company => String::new(),
        Owner::Unit(code) => format!("&owner=unit:{}", encoded(code)),
        Owner::Member(code) => format!("&owner=member:{}", encoded(code)),
    };
    format!("/explain?{}{owner}", query(look))
}

/// What an address says of a look.
pub fn query(Look { metric, period, as_of }: Look) -> String {
    let as_of = as_of.map_or_else(String::new, |day| format!("&as_of={day}"));
    format!("p={period}&m={}{as_of}", metric.code())
}

/// A code as one part of a path.
fn segment(code: &str) -> String {
    encoded(code).replace('/', "%2F")
}

/// The page of a unit.
pub fn unit_page(code: &str, look: Look) -> String {
    format!("/targets/{}?{}", segment(code), query(look))
}

/// The page of a member within a unit.
pub fn member_page(unit: &str, code: &str, look: Look) -> String {
    format!("/targets/{}/people/{}?{}", segment(unit), segment(code), query(look))
}

/// The ranking within a unit.
pub fn ranking_page(unit: &str, look: Look) -> String {
    format!("/targets/{}/ranking?{}", segment(unit), query(look))
}

/// The page of whoever stands below a unit; for the company that is the unit at the top.
pub fn page_below(unit: &str, owner: &Owner, look: Look) -> String {
    match owner {
        Owner::Company => format!("/targets?{}", query(look)),
        Owner::Unit(code) => unit_page(code, look),
        Owner::Member(code) => member_page(unit, code, look),
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

/// What a figure rests on, in one line.
pub fn basis(desk: &Desk<'_>, metric: Metric, footing: &Footing) -> Basis {
    let zone = &desk.app.zone;
    let source = source(desk.lang(), metric);
    let updated = footing.updated_at.map(|at| (source, zone.to_datetime(at)));
    Basis {
        through: footing.through,
        time: time_progress(&footing.time),
        sources: updated.into_iter().collect(),
        now: zone.to_datetime(desk.context.now),
    }
}

/// The files a metric is made from, the most telling one.
fn source(lang: Lang, metric: Metric) -> String {
    let say = lang.overview();
    match metric.sources().first() {
        Some(&"orders") => say.orders().to_owned(),
        Some(&"payments") => say.payments().to_owned(),
        Some(code) => {
            code.parse().map_or_else(|_| (*code).to_owned(), |known| kind::name(lang, known).to_owned())
        }
        None => String::new(),
    }
}

/// Whether the period is over, as far as data and calendar say.
pub fn is_over(time: &Progress) -> bool {
    time.share >= Ratio::whole(1)
}

/// Whether no day of the period is complete yet.
pub fn has_not_begun(time: &Progress) -> bool {
    time.share <= Ratio::whole(0)
}

/// How an attainment stands at a time progress; without a pace the period to date stands against the target.
pub fn standing_of(metric: Metric, attainment: Option<Ratio>, time: &Progress) -> Standing {
    let Some(attainment) = attainment else { return Standing::NoTarget };
    let is_met = attainment >= Ratio::whole(1);
    if is_over(time) {
        return if is_met { Standing::Reached } else { Standing::Missed };
    }
    if !metric.definition().has_pace() {
        return if is_met { Standing::MetSoFar } else { Standing::ShortSoFar };
    }
    Standing::running(progress_state(attainment, time.share, &PaceSettings::default()))
}

/// How somebody stands.
pub fn standing(performance: &Performance) -> Standing {
    standing_of(performance.figure.metric, performance.figure.attainment, &performance.time)
}

/// The same as a badge, with how far behind.
pub fn state(lang: Lang, performance: &Performance) -> Badge {
    let state = standing(performance);
    match gap_to_pace(performance) {
        Some(gap) => state.badge_with_gap(&lang, gap),
        None => state.badge(&lang),
    }
}

/// Attainment against time progress.
pub fn bullet(subject: &str, performance: &Performance) -> Bullet {
    Bullet {
        subject: subject.to_owned(),
        attainment: performance.figure.attainment,
        pace: pace(performance),
        forecast: None,
        tone: standing(performance).tone(),
    }
}

/// How much of the period has passed, while it runs and where the metric has a pace.
pub fn pace(performance: &Performance) -> Option<Ratio> {
    let has_pace = performance.figure.metric.definition().has_pace();
    (has_pace && !is_over(&performance.time)).then_some(performance.time.share)
}

/// Attainment − time progress while the period runs.
pub fn gap_to_pace(performance: &Performance) -> Option<Ratio> {
    pace_gap(performance.figure.attainment?, pace(performance)?)
}

/// Year on year; where the base is not above 0, both amounts stand for the rate.
pub fn change(lang: Lang, performance: &Performance) -> Change {
    let compared = performance.year_on_year.change.as_ref();
    compared
        .map_or(Change::Blank(Blank::NoHistory), |moved| change_of(lang, performance.figure.metric, moved))
}

/// A comparison of two years.
pub fn change_of(lang: Lang, metric: Metric, compared: &Moved) -> Change {
    match (compared.step, compared.base) {
        (Some(Step::Rate(rate)), _) => Change::By(rate),
        (Some(Step::Points(points)), _) => Change::Points(points),
        (None, Some(base)) => Change::Amounts {
            before: measures::value(lang, metric, base),
            now: measures::value(lang, metric, compared.current),
        },
        (None, None) => Change::Blank(Blank::NoHistory),
    }
}

/// 同比, and through which day both years are taken while the period runs.
pub fn change_label(lang: Lang, year_on_year: &YearOnYear) -> String {
    match year_on_year.through {
        Some(day) => lang.targets().same_days(date::short(day)),
        None => lang.figures().year_on_year().to_owned(),
    }
}

/// What is needed on each working day left, or why nothing is.
pub fn needed(lang: Lang, performance: &Performance) -> Result<Figure, &'static str> {
    let metric = performance.figure.metric;
    match &performance.needed {
        None if metric.definition().has_pace() => Ok(Figure::plain(Value::Blank(Blank::NoTarget))),
        None => Ok(Figure::plain(Value::Blank(Blank::NoPace))),
        Some(Needed::Nothing) => Err(lang.states().reached()),
        Some(Needed::PeriodOver) => Err(lang.basis().ended()),
        Some(Needed::PerDay { amount, .. }) => Ok(Figure::plain(measures::value(lang, metric, *amount))),
    }
}

/// Where somebody stands, in one sentence.
pub fn conclusion(lang: Lang, performance: &Performance) -> Sentence {
    let say = lang.overview();
    let found = &performance.figure;
    let metric = found.metric;
    let Some(figure) = found.actual else {
        let why = found.missing.map_or_else(String::new, |missing| measures::reason(lang, missing));
        return Sentence::new().plain(why);
    };
    let said = |figure: Ratio| measures::value(lang, metric, figure).said(&lang);
    let actual = said(figure);
    let (Some(target), Some(attainment)) = (found.target, found.attainment) else {
        let none = if metric.definition().has_pace() {
            say.no_target(&actual)
        } else {
            lang.measures().no_target(&actual)
        };
        return Sentence::emphasised(&none, &[&actual]);
    };
    let short = found.shortfall().unwrap_or(Ratio::whole(0));
    let gap = measures::gap_value(lang, metric, short).said(&lang);
    let (target, percent) = (said(Ratio::whole(target)), rate::percent(attainment));
    if !metric.definition().has_pace() {
        let say = lang.measures();
        let said = match metric.definition().direction {
            _ if attainment >= Ratio::whole(1) => say.met(&actual, &target),
            Direction::Higher => say.short(&actual, &target, &gap),
            Direction::Lower => say.above(&actual, &target, &gap),
        };
        return Sentence::emphasised(&said, &[&actual, &gap]);
    }
    let behind = gap_to_pace(performance).filter(|gap| *gap < Ratio::whole(0));
    let said = if attainment >= Ratio::whole(1) {
        say.reached(&actual, &percent, &target)
    } else if is_over(&performance.time) {
        say.missed(&actual, &percent, &target, &gap)
    } else if has_not_begun(&performance.time) {
        return Sentence::emphasised(&say.not_begun(&target), &[&target]);
    } else if let Some(points) = behind {
        let points = rate::points(lang, points);
        say.behind(&actual, &percent, points.trim_start_matches('\u{2212}'), &gap)
    } else {
        say.ahead(&actual, &percent, &gap)
    };
    Sentence::emphasised(&said, &[&actual, &gap])
}
