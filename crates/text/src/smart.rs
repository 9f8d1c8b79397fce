//! What a sentence is read as, and the verdicts on it, in words (`domain.md` §3). Reading and judging is `domain`'s.

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{FiscalStart, Month, Period, Quarter, Year};
use dacheng_domain::metrics::{Metric, TargetForm, Unit};
use dacheng_domain::planning::smart::{
    Band, Base, Bound, Capacity, Change, Criterion, FRESH_DAYS, Figure, Finding, Mark, NoFigure, Stated, When,
};
use jiff::civil::Date;

use crate::number::{grouped, quotient};
use crate::{Lang, date, metric, rate};

/// The name of a question.
pub fn criterion(lang: Lang, criterion: Criterion) -> &'static str {
    let say = lang.smart();
    match criterion {
        Criterion::Specific => say.specific(),
        Criterion::Measurable => say.measurable(),
        Criterion::Achievable => say.achievable(),
        Criterion::Relevant => say.relevant(),
        Criterion::TimeBound => say.time_bound(),
    }
}

/// The name of a mark.
pub fn mark(lang: Lang, mark: Mark) -> &'static str {
    let say = lang.smart();
    match mark {
        Mark::Pass => say.pass(),
        Mark::Warn => say.warn(),
        Mark::Fail => say.fail(),
    }
}

/// A target as it was read, in a sentence that is read back as it; without whose it is.
///
/// ```
/// use dacheng_domain::calendar::{FiscalStart, Year};
/// use dacheng_domain::planning::smart::{Frame, read};
/// use dacheng_text::{Lang, smart};
/// let fiscal = FiscalStart::JANUARY;
/// let year = Year::new(2026, fiscal).unwrap();
/// let frame = Frame { year, today: year.first_day(), fiscal };
/// let read = read("Q3 月均新增客户20家", &frame, &[]).targets;
/// assert_eq!(smart::target(Lang::Zh, &read[0], fiscal), "2026年Q3月均新客户数达到 20 家");
/// ```
pub fn target(lang: Lang, stated: &Stated, start: FiscalStart) -> String {
    let say = lang.smart();
    let name = stated.metric.map_or(say.any_metric(), |own| metric::name(lang, own));
    let monthly = match stated.figure {
        Ok(Figure::Amount(TargetForm::MonthlyAverage(_))) => say.monthly(),
        _ => "",
    };
    let bound = match (stated.figure, stated.bound) {
        (Ok(Figure::Amount(_)), None) => say.reach(),
        (Ok(Figure::Amount(_)), Some(Bound::AtLeast)) => say.at_least(),
        (Ok(Figure::Amount(_)), Some(Bound::AtMost)) => say.at_most(),
        (Ok(Figure::Change(..)) | Err(_), _) => "",
    };
    let figure = match stated.figure {
        Ok(own) => figure(lang, stated.metric, own),
        Err(_) => say.no_number().to_owned(),
    };
    let when = stated.when.map(|when| self::when(lang, when, start)).unwrap_or_default();
    let said = say.target(when, monthly, name, bound, figure);
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn figure(lang: Lang, of: Option<Metric>, figure: Figure) -> String {
    let say = lang.smart();
    match figure {
        Figure::Amount(TargetForm::Total(minor) | TargetForm::MonthlyAverage(minor)) => {
            amount(lang, of, minor)
        }
        Figure::Change(change, base) => {
            let (by, sign) = match change {
                Change::Percent(by) => (hundredths(by) + "%", by),
                Change::Points(by) => (say.points(hundredths(by)), by),
                Change::Amount(by) => (amount(lang, of, by.saturating_abs()), by),
            };
            let said = if sign < 0 { say.less(by) } else { say.more(by) };
            match base {
                None => said,
                Some(Base::LastYear) => say.over_last_year(said),
                Some(Base::PreviousPeriod) => say.over_last_period(said),
            }
        }
    }
}

/// An amount of a metric exactly, in the largest unit that needs at most two decimals.
///
/// ```
/// use dacheng_domain::metrics::Metric;
/// use dacheng_text::{Lang, smart};
/// let revenue = Some(Metric::Revenue);
/// assert_eq!(smart::amount(Lang::Zh, revenue, 512_550_000), "512.55 万元");
/// assert_eq!(smart::amount(Lang::Zh, revenue, 512_550_001), "5,125,500.01 元");
/// assert_eq!(smart::amount(Lang::En, revenue, 500_000_000), "CNY 5 million");
/// ```
pub fn amount(lang: Lang, of: Option<Metric>, minor: i64) -> String {
    let say = lang.smart();
    let unit = of.map_or(Unit::Count, |own| own.definition().unit);
    match (unit, lang) {
        (Unit::Money, Lang::Zh) if minor >= 1_000_000 && minor % 10_000 == 0 => {
            format!("{} 万元", hundredths(minor / 10_000))
        }
        (Unit::Money, Lang::En) if minor >= 100_000_000 && minor % 1_000_000 == 0 => {
            format!("CNY {} million", hundredths(minor / 1_000_000))
        }
        (Unit::Money, Lang::Zh) => format!("{} 元", hundredths(minor)),
        (Unit::Money, Lang::En) => format!("CNY {}", hundredths(minor)),
        (Unit::Count, _) => {
            let word = of.map_or("", |own| metric::measure_word(lang, own));
            format!("{} {word}", grouped(minor.into(), 0)).trim_end().to_owned()
        }
        (Unit::Percent, _) => hundredths(minor) + "%",
        (Unit::Score, _) => say.score(hundredths(minor)),
        (Unit::Days, _) => say.days(hundredths(minor)),
    }
}

/// Hundredths without decimals that say nothing, and without a sign.
fn hundredths(minor: i64) -> String {
    let size = i128::from(minor.unsigned_abs());
    let text = grouped(size, 2);
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}

/// A time, as the sentence of [`target`] says it.
fn when(lang: Lang, when: When, start: FiscalStart) -> String {
    let say = lang.smart();
    match when {
        When::By(day) => say.by_day(full_day(lang, day)),
        When::Span { first, last } => say.in_period(span(lang, (first, last), start)),
    }
}

/// Months by the shortest name they have.
pub fn span(lang: Lang, (first, last): (Month, Month), start: FiscalStart) -> String {
    let say = lang.smart();
    let year = Year::of(first.first_day(), start);
    let quarter = Quarter::of(first.first_day(), start);
    let length = last.months_since(first) + 1;
    let place = first.months_since(year.first_month());
    match (length, place) {
        (12, 0) => date::period(lang, Period::Year(year)),
        (6, 0) => say.first_half(date::year(lang, year.name())),
        (6, 6) => say.second_half(date::year(lang, year.name())),
        (3, _) if quarter.first_month() == first => date::period(lang, Period::Quarter(quarter)),
        (1, _) => date::month(lang, first.year(), first.number()),
        _ => match lang {
            Lang::Zh => {
                format!("{}{}月至{}月", date::year(lang, first.year()), first.number(), last.number())
            }
            Lang::En => {
                let months = [first, last].map(|own| date::month_name(lang, own.number()));
                format!("{} {}", months.join(" to "), first.year())
            }
        },
    }
}

fn full_day(lang: Lang, day: Date) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => format!("{} {} {}", day.day(), date::month_name(lang, day.month()), day.year()),
    }
}

/// What was found, in a sentence.
pub fn finding(lang: Lang, finding: &Finding, of: Option<Metric>, band: Band) -> String {
    let say = lang.smart();
    let day = |day: &Date| day.to_string();
    let band = |p: &Ratio, say: &dyn Fn(String, String, String) -> String| {
        say(rate::said(*p), rate::said(band.low()), rate::said(band.high()))
    };
    match finding {
        Finding::Specific => say.found_specific().to_owned(),
        Finding::NoMetric => say.found_no_metric().to_owned(),
        Finding::NoFigure(none) => no_figure(lang, *none).0.to_owned(),
        Finding::NoBase => say.found_no_base().to_owned(),
        Finding::BaseUnknown(Base::LastYear) => say.found_base_unknown_year().to_owned(),
        Finding::BaseUnknown(Base::PreviousPeriod) => say.found_base_unknown_period().to_owned(),
        Finding::SeveralOwners => say.found_several_owners().to_owned(),
        Finding::WrongWay => say.found_wrong_way().to_owned(),
        Finding::Measured(last) => say.found_measured(day(last)),
        Finding::Rated => say.found_rated().to_owned(),
        Finding::NoFormula => say.found_no_formula().to_owned(),
        Finding::NoFacts => say.found_no_facts().to_owned(),
        Finding::OldFacts(last) => say.found_old_facts(FRESH_DAYS, day(last)),
        Finding::Healthy(p) => band(p, &|p, low, high| say.found_healthy(p, low, high)),
        Finding::TooHigh(p) => band(p, &|p, low, high| say.found_too_high(p, low, high)),
        Finding::TooLow(p) => band(p, &|p, low, high| say.found_too_low(p, low, high)),
        Finding::ByCapacity { part, capacity } => by_capacity(lang, of, *part, *capacity),
        Finding::NoGround => say.found_no_ground().to_owned(),
        Finding::NoForecast => say.found_no_forecast().to_owned(),
        Finding::NothingToJudge => say.found_nothing_to_judge().to_owned(),
        Finding::Linked(names) => say.found_linked(names.join(lang.people().comma())),
        Finding::NotLinked => say.found_not_linked().to_owned(),
        Finding::Ends(last) => say.found_ends(day(last)),
        Finding::NoTime => say.found_no_time().to_owned(),
        Finding::OutsidePlan(last) => say.found_outside_plan(day(last)),
        Finding::Over(last) => say.found_over(day(last)),
    }
}

fn by_capacity(lang: Lang, of: Option<Metric>, part: Ratio, capacity: Capacity) -> String {
    let heads = quotient(capacity.head_months.into(), 100, 1);
    let amount = |minor: i64| match of {
        Some(own) if own.definition().unit == Unit::Money => {
            crate::money::said(lang, dacheng_domain::Fen(minor))
        }
        own => self::amount(lang, own, minor),
    };
    lang.smart().found_capacity(heads, amount(capacity.each), amount(capacity.total), rate::said(part))
}

fn no_figure(lang: Lang, none: NoFigure) -> (&'static str, &'static str) {
    let say = lang.smart();
    match none {
        NoFigure::Absent => (say.found_absent(), say.mend_absent()),
        NoFigure::NoUnit => (say.found_no_unit(), say.mend_no_unit()),
        NoFigure::WrongUnit => (say.found_wrong_unit(), say.mend_wrong_unit()),
        NoFigure::TooFine => (say.found_too_fine(), say.mend_too_fine()),
        NoFigure::OutOfRange => (say.found_out_of_range(), say.mend_out_of_range()),
        NoFigure::Several => (say.found_several(), say.mend_several()),
        NoFigure::Zero => (say.found_zero(), say.mend_zero()),
    }
}

/// What would mend it; `None` where nothing is wrong.
pub fn mend(lang: Lang, finding: &Finding) -> Option<&'static str> {
    let say = lang.smart();
    Some(match finding {
        Finding::Specific
        | Finding::Measured(_)
        | Finding::Rated
        | Finding::Healthy(_)
        | Finding::Linked(_)
        | Finding::Ends(_) => return None,
        Finding::NoMetric => say.mend_no_metric(),
        Finding::NoFigure(none) => no_figure(lang, *none).1,
        Finding::NoBase => say.mend_no_base(),
        Finding::BaseUnknown(_) => say.mend_base_unknown(),
        Finding::SeveralOwners => say.mend_several_owners(),
        Finding::WrongWay => say.mend_wrong_way(),
        Finding::NoFormula => say.mend_no_formula(),
        Finding::NoFacts => say.mend_no_facts(),
        Finding::OldFacts(_) => say.mend_old_facts(),
        Finding::TooHigh(_) => say.mend_too_high(),
        Finding::TooLow(_) => say.mend_too_low(),
        Finding::ByCapacity { .. } => say.mend_capacity(),
        Finding::NoGround => say.mend_no_ground(),
        Finding::NoForecast => say.mend_no_forecast(),
        Finding::NothingToJudge => say.mend_nothing_to_judge(),
        Finding::NotLinked => say.mend_not_linked(),
        Finding::NoTime => say.mend_no_time(),
        Finding::OutsidePlan(_) => say.mend_outside_plan(),
        Finding::Over(_) => say.mend_over(),
    })
}
