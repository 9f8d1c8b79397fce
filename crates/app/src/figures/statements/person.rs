//! One person's word: what they say now, what leaders say beside it, what was said week by week, how good it was.

use dacheng_domain::calendar::{Period, Week};
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::MemberId;
use dacheng_domain::tracking::statement::{Accuracy, Reach, Standing, accuracy};
use dacheng_rollup::Owner;
use dacheng_store::statements::{self, Judgement, Statement};
use jiff::civil::Date;

use super::super::forecast::{Outlook, outlooks};
use super::super::pipeline::{self, Listed, Rows};
use super::super::sight::Sight;
use super::super::standpoint::Standpoint;
use super::team::Team;
use super::{Asked, METRICS, PastWord, Word, first_month, names, past, week_number};
use crate::tracking::statements::{Says, who_says};
use crate::{App, Context, Error, Result};

/// A person's word of the month or the quarter.
#[derive(Debug, Clone)]
pub struct Own {
    /// Of which.
    pub reach: Reach,
    /// The period.
    pub period: Period,
    /// Target, booked and band.
    pub outlook: Outlook,
    /// As it counts.
    pub word: Word,
    /// Every version of what leaders said of the period, with the name of each, the newest first.
    pub judgements: Vec<(Judgement, String)>,
    /// Complete periods: what was said and what came, the newest first.
    pub past: Vec<PastWord>,
    /// Their accuracy.
    pub accuracy: Option<Accuracy>,
}

/// One person's page.
#[derive(Debug, Clone)]
pub struct Person {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// Of which metric.
    pub metric: Metric,
    /// The running week.
    pub week: Week,
    /// How it stands.
    pub standing: Standing,
    /// By when it is due.
    pub due: Option<Date>,
    /// What the asker may say here.
    pub says: Says,
    /// The month and the quarter.
    pub own: [Own; 2],
    /// The newest version of this week, else of the week before: what a form begins with.
    pub newest: Option<Statement>,
    /// Every version of the quarter's weeks, the newest first.
    pub versions: Vec<Statement>,
    /// Open opportunities; of revenue only.
    pub opportunities: Vec<Listed>,
}

impl Person {
    /// The version of this week that a form was made from; 0 where there is none.
    pub fn seen(&self) -> i64 {
        let week = week_number(self.week);
        self.newest.as_ref().filter(|own| own.week == week).map_or(0, |own| own.version)
    }
}

/// What one person says, for whoever sees their figures.
pub fn person(app: &App, context: &Context, code: &str, metric: Metric) -> Result<Person> {
    if !METRICS.contains(&metric) {
        return Err(Error::Usage(context.lang.statements().refused_metric().to_owned()));
    }
    let owner = Owner::Member(code.to_owned());
    let week = Week::of(context.today);
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, None)?;
    let organisation = point.organisation();
    let missing = || Error::missing("member", code);
    let member = organisation.member_of_code(code).ok_or_else(missing)?;
    drop(tx);
    let mut own = Vec::with_capacity(2);
    for reach in Reach::ALL {
        own.push(of_reach(app, context, &point, (member.id, &owner), Asked { metric, reach, week })?);
    }
    let [month, quarter]: [(Own, Standing, Option<Date>); 2] =
        own.try_into().map_err(|_| Error::Internal("two reaches".to_owned()))?;
    let first = week_number(Week::of(quarter.0.period.first_day())).min(week_number(week.previous()));
    let mut tx = app.store.read()?;
    let mut versions = statements::versions(&mut tx, metric.code(), (first, week_number(week)), code)?;
    drop(tx);
    versions.reverse();
    let opportunities = if metric == pipeline::METRIC {
        pipeline::pipeline(app, context, &owner, (quarter.0.period, Rows::Below))?.opportunities
    } else {
        Vec::new()
    };
    Ok(Person {
        code: code.to_owned(),
        name: member.name.clone(),
        metric,
        week,
        standing: month.1,
        due: month.2,
        says: who_says(context, organisation, member.id)?,
        newest: versions.first().filter(|own| own.week >= week_number(week.previous())).cloned(),
        versions,
        own: [month.0, quarter.0],
        opportunities,
    })
}

fn of_reach(
    app: &App,
    context: &Context,
    point: &Standpoint,
    (member, owner): (MemberId, &Owner),
    asked: Asked,
) -> Result<(Own, Standing, Option<Date>)> {
    let code = match owner {
        Owner::Member(code) => code.as_str(),
        Owner::Company | Owner::Unit(_) => "",
    };
    let period = asked.reach.period(asked.week, point.start);
    let found = outlooks(app, context, owner, (asked.metric, period))?;
    if found.sight != Sight::Persons {
        return Err(Error::missing("member", code));
    }
    let mut tx = app.store.read()?;
    let team = Team::read(app, &mut tx, point, asked)?;
    let held = past::held(app, &mut tx, context, (asked.metric, asked.reach), point.start, &[code])?;
    let past = held.get(code).cloned().unwrap_or_default();
    let pairs: Vec<(i64, i64)> = past.iter().map(|own| (own.said, own.came)).collect();
    let accuracy = accuracy(&pairs);
    let of = (asked.reach, first_month(period));
    let judged = statements::judgements(&mut tx, asked.metric.code(), of, week_number(asked.week))?;
    let names = names(&mut tx, &judged)?;
    let name = |own: &Judgement| names.get(&own.actor).cloned().unwrap_or_else(|| own.actor.clone());
    let own = judged.into_iter().filter(|own| own.member == code).rev();
    let judgements = own.map(|own| (own.clone(), name(&own))).collect();
    let word = team.word(member, code, accuracy);
    let own = Own { reach: asked.reach, period, outlook: found.whole, word, judgements, past, accuracy };
    Ok((own, team.standing(member, code), team.due(member)))
}
