//! How figures stand on a page: what dashboard, tree, unit, person and ranking say alike. No figure is computed here.

use dacheng_app::figures::attainment::Figure as Found;
use dacheng_app::figures::{Footing, Look, Performance, YearOnYear};
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::pace::{Needed, PaceSettings, pace_gap, progress_state};
use dacheng_domain::tracking::progress::{Basis as Progressed, TimeProgress as Progress};
use dacheng_domain::{Fen, Ratio};
use dacheng_rollup::Owner;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, date, money, rate};

use crate::charts::Bullet;
use crate::components::{Badge, Badged as _, Basis, Change, Figure, Sentence, Standing, TimeProgress, Value};
use crate::http::{Desk, encoded};

/// The name of a metric that facts are added up for.
pub fn metric_name(lang: Lang, metric: Metric) -> &'static str {
    if metric == Metric::Collections { lang.overview().collections() } else { lang.overview().revenue() }
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
    let (say, zone) = (desk.lang().overview(), &desk.app.zone);
    let source = if metric == Metric::Collections { say.payments() } else { say.orders() };
    let updated = footing.updated_at.map(|at| (source.to_owned(), zone.to_datetime(at)));
    Basis {
        through: footing.through,
        time: time_progress(&footing.time),
        sources: updated.into_iter().collect(),
        now: zone.to_datetime(desk.context.now),
    }
}

/// Whether the period is over, as far as data and calendar say.
pub fn is_over(time: &Progress) -> bool {
    time.share >= Ratio::whole(1)
}

/// How an attainment stands at a time progress.
pub fn standing_of(attainment: Option<Ratio>, time: &Progress) -> Standing {
    let Some(attainment) = attainment else { return Standing::NoTarget };
    if is_over(time) {
        return if attainment >= Ratio::whole(1) { Standing::Reached } else { Standing::Missed };
    }
    Standing::running(progress_state(attainment, time.share, &PaceSettings::default()))
}

/// How somebody stands.
pub fn standing(performance: &Performance) -> Standing {
    standing_of(performance.figure.attainment, &performance.time)
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
        pace: (!is_over(&performance.time)).then_some(performance.time.share),
        forecast: None,
        tone: standing(performance).tone(),
    }
}

/// Attainment − time progress while the period runs.
pub fn gap_to_pace(performance: &Performance) -> Option<Ratio> {
    if is_over(&performance.time) {
        return None;
    }
    pace_gap(performance.figure.attainment?, performance.time.share)
}

/// An amount that leads to its explanation, or a dash for want of a target.
pub fn money_of(amount: Option<Fen>, href: String) -> Figure {
    amount.map_or_else(|| Figure::plain(Value::Blank(Blank::NoTarget)), |amount| Figure::money(amount, href))
}

/// 缺口: what is missing to the target; `None` without one.
pub fn shortfall(found: &Found) -> Option<Fen> {
    let missing = found.target?.0.saturating_sub(found.actual.unwrap_or_default().0);
    Some(Fen(missing.max(0)))
}

/// Year on year; where the base is not above 0, both amounts stand for the rate.
pub fn change(year_on_year: &YearOnYear) -> Change {
    year_on_year.change.as_ref().map_or(Change::Blank(Blank::NoHistory), change_of)
}

/// A comparison of two years.
pub fn change_of(compared: &dacheng_domain::metrics::Change) -> Change {
    match (compared.rate, compared.base) {
        (Some(rate), _) => Change::By(rate),
        (None, Some(base)) => Change::Amounts { before: Fen(base), now: Fen(compared.current) },
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
    match &performance.needed {
        None => Ok(Figure::plain(Value::Blank(Blank::NoTarget))),
        Some(Needed::Nothing) => Err(lang.states().reached()),
        Some(Needed::PeriodOver) => Err(lang.basis().ended()),
        Some(Needed::PerDay { amount, .. }) => {
            let fen = i64::try_from(amount.scaled(1)).unwrap_or(i64::MAX);
            Ok(Figure::plain(Value::Money(Fen(fen))))
        }
    }
}

/// Where somebody stands, in one sentence.
pub fn conclusion(lang: Lang, performance: &Performance) -> Sentence {
    let say = lang.overview();
    let found = &performance.figure;
    let actual = money::said(lang, found.actual.unwrap_or_default());
    let (Some(target), Some(attainment)) = (found.target, found.attainment) else {
        return Sentence::emphasised(&say.no_target(&actual), &[&actual]);
    };
    let short = shortfall(found).unwrap_or_default();
    let (gap, target, percent) =
        (money::said(lang, short), money::said(lang, target), rate::percent(attainment));
    let behind = gap_to_pace(performance).filter(|gap| *gap < Ratio::whole(0));
    let said = if attainment >= Ratio::whole(1) {
        say.reached(&actual, &percent, &target)
    } else if is_over(&performance.time) {
        say.missed(&actual, &percent, &target, &gap)
    } else if let Some(points) = behind {
        let points = rate::points(lang, points);
        say.behind(&actual, &percent, points.trim_start_matches('\u{2212}'), &gap)
    } else {
        say.ahead(&actual, &percent, &gap)
    };
    Sentence::emphasised(&said, &[&actual, &gap])
}
