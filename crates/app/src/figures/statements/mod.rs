//! What people say a running month or quarter will come to, rolled up: commitments, what leaders say beside them, best
//! cases, next to the target, what is booked and the band of the forecast. Saying it is `tracking::statements`.

mod json;
mod past;
mod person;
mod team;

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::calendar::{Month, Period, Week};
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::MemberId;
use dacheng_domain::tracking::statement::{Accuracy, Reach, Standing};
use dacheng_rollup::Owner;
use dacheng_store::accounts;
use jiff::civil::Date;

use super::branch::Named;
use super::forecast::{Outlook, outlooks};
use super::sight::Sight;
use super::standpoint::{Footing, Standpoint};
use crate::facts::days::number;
use crate::tracking::number as month_number;
use crate::{App, Context, Error, Result};

pub use dacheng_store::statements::{Judgement, Statement};
pub use past::Held as PastWord;
pub use person::{Own, Person, person};
use team::Team;
pub(crate) use team::is_asked;

/// The metrics of which people say what will come: money that adds up.
pub const METRICS: [Metric; 2] = [Metric::Revenue, Metric::Collections];

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Of which metric.
    pub metric: Metric,
    /// Of the month or the quarter.
    pub reach: Reach,
    /// In which week it was said, or before it.
    pub week: Week,
}

/// Sums over people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// 承诺.
    pub commit: i64,
    /// The same with what leaders say instead, where they say something.
    pub judged: i64,
    /// 争取.
    pub best: i64,
    /// Whose word of the period counts, of this week or an earlier one.
    pub counted: usize,
    /// Beside how many words a leader's stands.
    pub judgements: usize,
    /// Of whom a word is asked this week.
    pub asked: usize,
    /// Said this week, on time.
    pub on_time: usize,
    /// Said this week, late.
    pub late: usize,
    /// Not said, and the day is over.
    pub missing: usize,
    /// Not said, and the day is not over.
    pub waiting: usize,
}

/// A person's word as it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The newest of the period; it may be of an earlier week.
    pub statement: Option<Statement>,
    /// The newest that a leader said beside it, with that leader's name; one taken back is none.
    pub judgement: Option<(Judgement, String)>,
    /// How this week's stands.
    pub standing: Standing,
    /// How good it was in the past.
    pub accuracy: Option<Accuracy>,
}

/// A unit or a member with what was said.
#[derive(Debug, Clone)]
pub struct Line {
    /// Target, booked and band.
    pub outlook: Outlook,
    /// What was said.
    pub sums: Sums,
    /// A member's own; none for a unit.
    pub word: Option<Word>,
}

/// An owner's page.
#[derive(Debug, Clone)]
pub struct Statements {
    /// Of what.
    pub asked: Asked,
    /// The period that the week speaks of.
    pub period: Period,
    /// How much of the owner the asker sees.
    pub sight: Sight,
    /// The owner's own.
    pub whole: Line,
    /// Those directly below whom the asker sees.
    pub below: Vec<(Named, Line)>,
    /// What the figures rest on.
    pub footing: Footing,
}

/// What people said of a period: two queries for words and judgements of the period, one for this week's first words, one
/// walk over leaves of the week; accuracy of the listed members takes one query more and the series of the forecast.
pub fn statements(app: &App, context: &Context, owner: &Owner, asked: Asked) -> Result<Statements> {
    check(context, asked)?;
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, None)?;
    let period = asked.reach.period(asked.week, point.start);
    let team = Team::read(app, &mut tx, &point, asked)?;
    drop(tx);
    let found = outlooks(app, context, owner, (asked.metric, period))?;
    let on = day_of(asked.week, context.today);
    let listed: Vec<&str> = found
        .below
        .iter()
        .map(|(named, _)| &named.owner)
        .chain([owner])
        .filter_map(|owner| match owner {
            Owner::Member(code) => Some(code.as_str()),
            Owner::Company | Owner::Unit(_) => None,
        })
        .collect();
    let mut tx = app.store.read()?;
    let past = past::accuracies(app, &mut tx, context, asked, point.start, &listed)?;
    let line = |owner: &Owner, outlook: Outlook| {
        let members = members(&point, owner, on);
        let word = match owner {
            Owner::Member(code) => {
                let own = point.organisation().member_of_code(code);
                own.map(|member| team.word(member.id, code, past.get(code).copied()))
            }
            Owner::Company | Owner::Unit(_) => None,
        };
        Line { outlook, sums: team.sums(&point, &members), word }
    };
    Ok(Statements {
        asked,
        period,
        sight: found.sight,
        whole: line(owner, found.whole),
        below: found
            .below
            .into_iter()
            .map(|(named, outlook)| {
                let line = line(&named.owner, outlook);
                (named, line)
            })
            .filter(carries)
            .collect(),
        footing: found.footing,
    })
}

/// A member from whom nothing is asked and who said nothing, as in a supporting post, is left out.
fn carries((named, line): &(Named, Line)) -> bool {
    let is_member = matches!(named.owner, Owner::Member(_));
    !is_member || line.sums.counted > 0 || line.sums.asked > 0
}

/// Refuses what nothing is said of, and weeks that are yet to come.
fn check(context: &Context, asked: Asked) -> Result<()> {
    let say = context.lang.statements();
    if !METRICS.contains(&asked.metric) {
        return Err(Error::Usage(say.refused_metric().to_owned()));
    }
    if asked.week > Week::of(context.today) {
        return Err(Error::Usage(say.refused_future(asked.week)));
    }
    Ok(())
}

/// The day on which the people of a week are looked at: its last, or today while it runs.
fn day_of(week: Week, today: Date) -> Date {
    week.last_day().min(today).max(week.first_day())
}

/// The members in post of an owner on a day.
fn members(point: &Standpoint, owner: &Owner, on: Date) -> BTreeSet<MemberId> {
    let organisation = point.organisation();
    match owner {
        Owner::Member(code) => {
            organisation.member_of_code(code).map(|member| member.id).into_iter().collect()
        }
        Owner::Company | Owner::Unit(_) => {
            let unit = point.unit(owner, on);
            unit.map(|unit| organisation.members_on(unit, on)).into_iter().flatten().collect()
        }
    }
}

/// The Monday of a week as the database keeps it.
pub fn week_number(week: Week) -> i64 {
    i64::from(number(week.first_day()))
}

/// The week the database keeps as this number.
pub fn week_of(number: i64) -> Week {
    Week::of(crate::facts::days::date_of(i32::try_from(number).unwrap_or(0)))
}

/// The first month of a period as the database keeps it.
pub fn first_month(period: Period) -> i64 {
    month_number(Month::of(period.first_day()))
}

/// The names of those who wrote judgements.
fn names(tx: &mut dacheng_store::Read, judgements: &[Judgement]) -> Result<BTreeMap<String, String>> {
    let logins: BTreeSet<&str> = judgements.iter().map(|own| own.actor.as_str()).collect();
    Ok(accounts::names(tx, &logins.into_iter().collect::<Vec<_>>())?.into_iter().collect())
}
