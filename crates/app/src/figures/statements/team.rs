//! Everybody's word of a period as it counts in a week, and the sums over some of them.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::calendar::Week;
use dacheng_domain::facts::row::LeaveRow;
use dacheng_domain::people::{MemberId, Organisation, Sells, Span};
use dacheng_domain::tracking::statement::{Accuracy, Reach, Said, Standing, due, standing};
use dacheng_store::facts::View;
use dacheng_store::statements::{self, Judgement, Statement};
use dacheng_store::{Read, counter};
use jiff::Timestamp;
use jiff::civil::Date;

use super::super::standpoint::Standpoint;
use super::{Asked, Sums, Word, day_of, first_month, names, week_number};
use crate::facts::alone::each_of;
use crate::facts::days::number;
use crate::facts::delta::Touched;
use crate::{App, Result};

/// Days before a week in which a leave that lasts in it may have begun.
const BACK: i32 = 366;

/// What is known of all.
pub(super) struct Team {
    reach: Reach,
    week: Week,
    today: Date,
    words: BTreeMap<String, Statement>,
    judgements: BTreeMap<String, (Judgement, String)>,
    first: BTreeMap<String, Date>,
    away: BTreeMap<MemberId, Vec<Span>>,
    calendar: dacheng_domain::calendar::Calendar,
}

impl Team {
    pub(super) fn read(app: &App, tx: &mut Read, point: &Standpoint, asked: Asked) -> Result<Self> {
        let period = asked.reach.period(asked.week, point.start);
        let (metric, of, week) =
            (asked.metric.code(), (asked.reach, first_month(period)), week_number(asked.week));
        let words = statements::of_period(tx, metric, of, week)?;
        let judged = statements::judgements(tx, metric, of, week)?;
        let names = names(tx, &judged)?;
        let first = statements::first_said(tx, metric, week)?;
        let day = |millisecond: i64| {
            Timestamp::from_millisecond(millisecond).ok().map(|at| app.zone.to_datetime(at).date())
        };
        let name = |own: &Judgement| names.get(&own.actor).cloned().unwrap_or_else(|| own.actor.clone());
        Ok(Self {
            reach: asked.reach,
            week: asked.week,
            today: point.today,
            // The last of each member stays.
            words: words.into_iter().map(|own| (own.member.clone(), own)).collect(),
            judgements: judged
                .into_iter()
                .map(|own| (own.member.clone(), (own.clone(), name(&own))))
                .collect(),
            first: first.into_iter().filter_map(|(member, at)| Some((member, day(at)?))).collect(),
            away: away_in(tx, point.organisation(), asked.week)?,
            calendar: point.calendar.clone(),
        })
    }

    /// How this week's word of somebody stands.
    pub(super) fn standing(&self, member: MemberId, code: &str) -> Standing {
        let leaves = self.away.get(&member);
        let is_away = |day: Date| leaves.is_some_and(|all| all.iter().any(|span| span.contains(day)));
        let due = due(self.week, &self.calendar, is_away);
        standing(self.week, due, self.first.get(code).copied(), self.today)
    }

    /// The day by which this week's word of somebody is due.
    pub(super) fn due(&self, member: MemberId) -> Option<Date> {
        let leaves = self.away.get(&member);
        due(self.week, &self.calendar, |day| {
            leaves.is_some_and(|all| all.iter().any(|span| span.contains(day)))
        })
    }

    /// Somebody's word as it counts.
    pub(super) fn word(&self, member: MemberId, code: &str, accuracy: Option<Accuracy>) -> Word {
        let judgement = self.judgements.get(code).filter(|(own, _)| own.amount.is_some()).cloned();
        Word {
            statement: self.words.get(code).cloned(),
            judgement,
            standing: self.standing(member, code),
            accuracy,
        }
    }

    /// The sums over some members: whoever is asked, and whoever said something all the same.
    pub(super) fn sums(&self, point: &Standpoint, members: &BTreeSet<MemberId>) -> Sums {
        let organisation = point.organisation();
        let on = day_of(self.week, self.today);
        let mut sums = Sums::default();
        for member in members.iter().filter_map(|id| organisation.member(*id)) {
            let code = member.code.as_str();
            let asked = is_asked(organisation, member.id, on);
            let words = self.words.get(code);
            if asked {
                self.count(&mut sums, member.id, code);
            }
            let judged = self.judgements.get(code).and_then(|(own, _)| own.amount);
            if let Some(said) = words.map(|own| self.said(own)) {
                sums.counted += 1;
                sums.commit += said.commit;
                sums.best += said.best;
            }
            sums.judgements += usize::from(judged.is_some());
            sums.judged += judged.or(words.map(|own| self.said(own).commit)).unwrap_or(0);
        }
        sums
    }

    fn said(&self, own: &Statement) -> Said {
        own.said(self.reach)
    }

    fn count(&self, sums: &mut Sums, member: MemberId, code: &str) {
        let place = match self.standing(member, code) {
            Standing::OnTime => &mut sums.on_time,
            Standing::Late => &mut sums.late,
            Standing::Waiting => &mut sums.waiting,
            Standing::Overdue | Standing::Missing => &mut sums.missing,
            Standing::Excused => return,
        };
        *place += 1;
        sums.asked += 1;
    }
}

/// Whether somebody's word is asked for: whoever sells and is in post. Leaders with a target of their own may give it.
pub(crate) fn is_asked(organisation: &Organisation, member: MemberId, on: Date) -> bool {
    let own = organisation.member(member);
    own.is_some_and(|own| own.position.sells() == Sells::Always && own.is_employed(on))
}

/// The leaves that touch a week, by member.
pub(super) fn away_in(
    tx: &mut Read,
    organisation: &Organisation,
    week: Week,
) -> Result<BTreeMap<MemberId, Vec<Span>>> {
    let view = View::at(counter::last(tx, counter::CHANGE)?);
    let days = Touched::Days(number(week.first_day()) - BACK, number(week.last_day()));
    let mut away: BTreeMap<MemberId, Vec<Span>> = BTreeMap::new();
    each_of::<LeaveRow>(tx, days, view, &mut |leave| {
        let member = organisation.member_of_code(leave.member.as_str());
        let end = leave.to.and_then(|to| to.tomorrow().ok());
        let touches = leave.to.is_none_or(|to| to >= week.first_day());
        let span = Span::new(Some(leave.from), end).filter(|_| touches);
        if let Some((member, span)) = member.zip(span) {
            away.entry(member.id).or_default().push(span);
        }
    })?;
    Ok(away)
}
