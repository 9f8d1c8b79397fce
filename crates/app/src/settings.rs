//! Changing what the company has settled, by those whom the permission table lets: sales operations.

use dacheng_domain::access::{Action, Object, Owner, RankingAudience, Right};
use dacheng_domain::calendar::{DayRow, FiscalStart, Layer, Month, day_problems};
use dacheng_domain::people::Organisation;
use dacheng_domain::planning::smart::Band;
use dacheng_domain::tracking::close::MonthStanding;
use dacheng_store::{Read, Write, closes, plans};
use jiff::civil::Date;

use crate::company::{self, Company};
use crate::{App, Context, Error, Result};

/// Characters of the company's name at most.
const LONGEST: usize = 64;

/// What a company settles once and seldom changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basics {
    /// Its name.
    pub name: String,
    /// The month the fiscal year starts in.
    pub fiscal_start: FiscalStart,
    /// 启用日
    pub go_live: Option<Month>,
    /// To whom rankings are shown.
    pub ranking: RankingAudience,
    /// Which probabilities of a target are healthy; as before where absent.
    pub healthy: Option<Band>,
}

/// Whether somebody may change the company's settings.
pub fn may_change(context: &Context, organisation: &Organisation) -> Result<()> {
    let company = Object::on(Owner::Company, context.today);
    context.may(organisation, Action::MetricsRules, Right::Update, &company).map(|_| ())
}

/// Whether nothing depends on the fiscal year yet: no plan, no closed month.
pub fn fiscal_start_is_free(tx: &mut Read) -> Result<bool> {
    Ok(plans::all(tx)?.is_empty() && closed_months(tx)?.is_empty())
}

/// Changes the basics, by somebody who saw version `seen`.
pub fn change_basics(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    basics: &Basics,
    seen: i64,
) -> Result<()> {
    let say = context.lang.settings_refused();
    let name = basics.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST || name.contains(char::is_control) {
        return Err(Error::refused(say.company_name(LONGEST)));
    }
    change(app, context, organisation, seen, |tx, before| {
        if basics.fiscal_start != before.fiscal_start && !fiscal_start_is_free(tx)? {
            return Err(Error::refused(say.fiscal_start()));
        }
        let Basics { fiscal_start, go_live, ranking, healthy, .. } = *basics;
        let healthy = healthy.unwrap_or(before.healthy);
        Ok(Company { name: name.to_owned(), fiscal_start, go_live, ranking, healthy, ..before })
    })
}

/// Adds one of the company's own days off or working days; another one of that day is replaced.
pub fn add_day(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    day: &DayRow,
    seen: i64,
) -> Result<()> {
    if day.name.chars().count() > LONGEST || day.name.contains(char::is_control) {
        return Err(Error::refused(context.lang.settings_refused().day_name(LONGEST)));
    }
    change(app, context, organisation, seen, |tx, mut company| {
        keep_closed(tx, context, day.date)?;
        company.company_days.retain(|own| own.date != day.date);
        company.company_days.push(day.clone());
        company.company_days.sort_by_key(|own| own.date);
        match day_problems(&company.company_days, Layer::Company).first() {
            None => Ok(company),
            Some((_, problem)) => Err(Error::refused(problem.to_string())),
        }
    })
}

/// Removes one of the company's own days; the day is again what the official calendar says.
pub fn remove_day(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    date: Date,
    seen: i64,
) -> Result<()> {
    change(app, context, organisation, seen, |tx, mut company| {
        if !company.company_days.iter().any(|own| own.date == date) {
            return Err(Error::missing("day", date));
        }
        keep_closed(tx, context, date)?;
        company.company_days.retain(|own| own.date != date);
        Ok(company)
    })
}

/// Lets a year that is not loaded follow Monday to Friday, by choice.
pub fn follow_weekends(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    year: i16,
    seen: i64,
) -> Result<()> {
    change(app, context, organisation, seen, |_, mut company| {
        company.weekends_only.insert(year);
        Ok(company)
    })
}

fn change(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    seen: i64,
    decide: impl FnOnce(&mut Write, Company) -> Result<Company>,
) -> Result<()> {
    may_change(context, organisation)?;
    let mut tx = app.store.write()?;
    let (before, found) = company::current(&mut tx)?;
    if seen != found {
        return Err(Error::Stale { seen, found });
    }
    let after = decide(&mut tx, before)?;
    company::save(app, &mut tx, context, &after, seen)?;
    Ok(tx.commit()?)
}

/// The calendar of a month that is closed stays as it was: its figures and deadlines rest on it.
fn keep_closed(tx: &mut Read, context: &Context, date: Date) -> Result<()> {
    let month = Month::of(date);
    let number = i64::from(month.year()) * 100 + i64::from(month.number());
    if closed_months(tx)?.contains(&number) {
        return Err(Error::refused(context.lang.settings_refused().closed_month(month)));
    }
    Ok(())
}

fn closed_months(tx: &mut Read) -> Result<Vec<i64>> {
    let closes = closes::all(tx)?.into_iter().filter(|close| close.standing != MonthStanding::Open);
    Ok(closes.map(|close| close.month).collect())
}
