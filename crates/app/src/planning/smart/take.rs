//! Taking a target that a sentence states into the plan: the company's total of a metric that adds up, in whole months
//! of the plan's year.

use dacheng_domain::access::Right;
use dacheng_domain::allocation::method;
use dacheng_domain::calendar::{Month, Year};
use dacheng_domain::metrics::{Metric, RollUp, TargetForm, Unit};
use dacheng_domain::planning::smart::{Figure, Frame, Scope, ScopeKind, Stated, read};
use dacheng_domain::planning::{Marks, State};
use dacheng_store::targets::OwnerKind;
use dacheng_store::{Read, breakdowns};
use dacheng_text::{metric, smart};

use super::super::months::divide;
use super::super::total::top;
use super::super::{
    ByMonth, Opened, Overview, SetTotal, Total, allow, open, overview, set_total, state_word,
};
use super::names;
use crate::allocation::TOP;
use crate::{App, Context, Error, Result};

/// Months are whole multiples of it, in fen: 100 元.
const ROUNDING: i64 = 10_000;

/// Which target of which sentence is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeAsked {
    /// The plan's code.
    pub plan: String,
    /// The sentence.
    pub sentence: String,
    /// Which of its targets, from 0.
    pub place: usize,
    /// The version of the metric's total that the asker saw.
    pub seen: i64,
}

/// What was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The target in words.
    pub said: String,
    /// Of which metric.
    pub metric: Metric,
    /// The next version of the total.
    pub version: i64,
}

/// A target that the plan can hold.
struct Fits {
    metric: Metric,
    form: TargetForm,
    months: (Month, Month),
}

/// The version of the total that would be set, or why the plan does not take the target.
pub(super) fn version(
    tx: &mut Read,
    context: &Context,
    opened: &Opened,
    stated: &Stated,
) -> Result<std::result::Result<i64, String>> {
    let fits = match fits(context, opened, stated) {
        Ok(fits) => fits,
        Err(why) => return Ok(Err(why)),
    };
    let of = (opened.plan.id, fits.metric.code());
    if !is_year(opened, &fits) && !has_year(tx, opened, of)? {
        return Ok(Err(context.lang.smart().take_year_first().to_owned()));
    }
    let found = breakdowns::of_units(tx, of, &[TOP])?;
    Ok(Ok(found.first().map_or(0, |own| own.version)))
}

/// Whether every month of the company has a target already.
fn has_year(tx: &mut Read, opened: &Opened, of: (i64, &str)) -> Result<bool> {
    let Some(top) = top(opened) else { return Ok(false) };
    let cells = breakdowns::cells_of(tx, of, OwnerKind::Unit, &[top.code.as_str()])?;
    Ok(cells.len() == 12)
}

fn is_year(opened: &Opened, fits: &Fits) -> bool {
    fits.months == (opened.year.first_month(), opened.year.last_month())
}

fn fits(context: &Context, opened: &Opened, stated: &Stated) -> std::result::Result<Fits, String> {
    let (lang, say) = (context.lang, context.lang.smart());
    let refuse = |why: &str| Err(why.to_owned());
    if allow::company(context, opened, Right::Update).is_err() {
        return refuse(say.take_forbidden());
    }
    if opened.state != State::Draft {
        return Err(say.take_state(state_word(lang, opened.state)));
    }
    let (metric, form) = match (stated.metric, stated.figure) {
        (Some(metric), Ok(Figure::Amount(form))) => (metric, form),
        (_, Ok(Figure::Change(..))) => return refuse(say.take_change()),
        (None, _) | (_, Err(_)) => return refuse(say.take_no_number()),
    };
    if metric.definition().roll_up != RollUp::Sum {
        return Err(say.take_not_additive(metric::name(lang, metric)));
    }
    let top = top(opened);
    let is_company = |scope: &Scope| {
        scope.kind == ScopeKind::Unit && top.as_ref().is_some_and(|top| top.code == scope.code)
    };
    if !stated.scopes.iter().all(is_company) {
        return refuse(say.take_scope());
    }
    let Some(when) = stated.when else { return refuse(say.take_no_time()) };
    let start = opened.company.fiscal_start;
    let fiscal = |day| Year::of(day, start);
    let Some(months) = when.months(fiscal) else { return refuse(say.take_part_of_month()) };
    if months.0 < opened.year.first_month() || months.1 > opened.year.last_month() {
        return refuse(say.take_outside());
    }
    Ok(Fits { metric, form, months })
}

/// Takes a target into a draft. A whole year is divided by the seasons of the year before, or by working days; a part
/// of it by working days, the other months stay. 月均 n gives each month n. Floors and stretches stay, and refuse what
/// contradicts them.
pub fn take(app: &App, context: &Context, asked: &TakeAsked) -> Result<Taken> {
    let say = context.lang.smart();
    let (stated, fits, opened) = {
        let mut tx = app.store.read()?;
        let opened = open(app, &mut tx, &asked.plan)?;
        allow::read_plan(context, &opened)?;
        let fiscal = opened.company.fiscal_start;
        let frame = Frame { year: opened.year, today: context.today, fiscal };
        let names = names::names(context, &opened.ground, opened.year.last_day())?;
        let mut targets = read(&asked.sentence, &frame, &names).targets;
        if asked.place >= targets.len() {
            return Err(Error::refused(say.take_gone()));
        }
        let stated = targets.swap_remove(asked.place);
        let fits = fits(context, &opened, &stated).map_err(Error::refused)?;
        (stated, fits, opened)
    };
    let seen = overview(app, context, &asked.plan, fits.metric)?;
    let total = if is_year(&opened, &fits) {
        whole_year(&seen, &fits).ok_or_else(|| Error::refused(context.lang.plans_refused().too_large()))?
    } else {
        part_of_year(context, &opened, &seen, &fits)?
    };
    let request = SetTotal { plan: asked.plan.clone(), metric: fits.metric, total, seen: asked.seen };
    let set = set_total(app, context, &request)?;
    let said = smart::target(context.lang, &stated, opened.company.fiscal_start);
    Ok(Taken { said, metric: fits.metric, version: set.version })
}

fn whole_year(seen: &Overview, fits: &Fits) -> Option<Total> {
    let target = fits.form.total(12)?;
    let mark = |pick: fn(&Marks) -> Option<i64>| {
        let months = seen.total.as_ref()?.1.months.iter();
        months.map(|own| own.as_ref().and_then(pick)).try_fold(0_i64, |sum, own| sum.checked_add(own?))
    };
    let (floor, stretch) = (mark(|marks| marks.floor), mark(|marks| marks.stretch));
    let has_history = seen.last_year.is_some_and(|months| months.iter().any(|own| *own > 0));
    let by = match fits.form {
        TargetForm::MonthlyAverage(_) => ByMonth::Even,
        TargetForm::Total(_) if has_history => ByMonth::Season,
        TargetForm::Total(_) => ByMonth::WorkingDays,
    };
    let is_money = fits.metric.definition().unit == Unit::Money;
    let rounding = if is_money && target % ROUNDING == 0 { ROUNDING } else { 1 };
    Some(Total::Year { target, floor, stretch, by, rounding })
}

fn part_of_year(context: &Context, opened: &Opened, seen: &Overview, fits: &Fits) -> Result<Total> {
    let say = context.lang.smart();
    let known = seen.total.as_ref().and_then(|(_, line)| {
        let months: Vec<Marks> = line.months.iter().copied().collect::<Option<_>>()?;
        <[Marks; 12]>::try_from(months).ok()
    });
    let mut marks = known.ok_or_else(|| Error::refused(say.take_year_first()))?;
    let places: Vec<usize> =
        (0..12).filter(|place| (fits.months.0..=fits.months.1).contains(&seen.months[*place])).collect();
    let amounts = match fits.form {
        TargetForm::MonthlyAverage(each) => vec![each; places.len()],
        TargetForm::Total(total) => {
            let months: Vec<Month> = places.iter().map(|place| seen.months[*place]).collect();
            let weights = method::by_working_days(&opened.company.calendar(), &months);
            let is_money = fits.metric.definition().unit == Unit::Money;
            let rounding = if is_money && total % ROUNDING == 0 { ROUNDING } else { 1 };
            divide(context.lang, total, rounding, weights, |_| (0, None))?
        }
    };
    for (place, amount) in places.into_iter().zip(amounts) {
        marks[place].target = amount;
    }
    Ok(Total::Months(Box::new(marks)))
}
