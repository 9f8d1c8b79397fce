//! What the salespeople of the demo company say week by week, and their leaders beside it: half a year of weeks, kept at
//! once. Everybody has a habit of their own: some promise too much, some too little, some are late, a few forget.

use std::collections::BTreeMap;

use dacheng_app::demo::TODAY;
use dacheng_app::figures::attainment::table;
use dacheng_app::figures::statements::{Judgement, Statement, first_month, week_number};
use dacheng_app::figures::{Ask, Dimension};
use dacheng_app::tracking::statements::keep_for_show;
use dacheng_app::{App, Context, Result};
use dacheng_domain::calendar::{Calendar, FiscalStart, Month, Period, Week, Year};
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::{MemberId, Organisation, Sells};
use dacheng_domain::tracking::statement::{Reach, Said, due};
use dacheng_rollup::Owner;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

use super::agenda::Hour;
use super::cast::{at, operator};

/// So many weeks are kept, the running one among them.
const WEEKS: i64 = 30;
/// When they are kept.
const KEPT: Hour = (11, 50);
/// Whole amounts are given in thousands of yuan, in fen.
const STEP: i64 = 100_000;
/// Who has not said anything yet this week: 李喆, whose to-do it is.
const NOT_YET: &str = "E000013";
/// What leaders say.
const REASONS: [&str; 4] = [
    "两家客户付款审批要到下月，先按下限算",
    "协访过，合同已在走章，可以多算一笔",
    "报价刚发出，按过去的赢率打折",
    "大客户年底预算收紧，最大的一单不算在内",
];

/// What each member carries and sold, by month, in fen.
type Months = BTreeMap<(String, Month), (i64, i64)>;

/// Keeps all of it.
pub fn keep(app: &App) -> Result<()> {
    let now = &at(app, TODAY, KEPT);
    let context = operator(now);
    let ground = now.memory.ground(&mut now.store.read()?)?;
    let months = months(now, &context)?;
    let mut kept =
        Kept { said: Vec::new(), judged: Vec::new(), app: now, random: fastrand::Rng::with_seed(48) };
    let organisation = &ground.organisation;
    for member in organisation.rows().members.iter().filter(|own| own.position.sells() == Sells::Always) {
        let habit = Habit::of(&mut kept.random);
        for ago in (0..WEEKS).rev() {
            let week = Week::of(TODAY.saturating_sub((7 * ago).days()));
            if member.is_employed(week.first_day()) {
                kept.week(organisation, (member.id, member.code.as_str()), week, habit, &months);
            }
        }
    }
    keep_for_show(now, &context, &kept.said, &kept.judged)
}

/// What months come to by member.
fn months(app: &App, context: &Context) -> Result<Months> {
    let year = Year::of(TODAY, FiscalStart::JANUARY);
    let ask = Ask {
        metric: Metric::Revenue,
        period: Period::Year(year),
        by: vec![Dimension::Member, Dimension::Month],
        owner: Owner::Company,
        as_of: None,
    };
    let found = table(app, context, ask)?;
    let row = |(names, figure): (Vec<String>, dacheng_app::figures::attainment::Figure)| {
        let [member, month]: [String; 2] = names.try_into().ok()?;
        let actual = figure.actual.and_then(|actual| i64::try_from(actual.scaled(1)).ok()).unwrap_or(0);
        Some(((member, month.parse().ok()?), (figure.target.unwrap_or(0), actual)))
    };
    Ok(found.rows.into_iter().filter_map(row).collect())
}

/// How somebody forecasts, in hundredths.
#[derive(Clone, Copy)]
struct Habit {
    /// What is promised too much.
    bias: i64,
    /// How far off at random.
    noise: i64,
}

impl Habit {
    fn of(random: &mut fastrand::Rng) -> Self {
        Self { bias: random.i64(-14..=30), noise: random.i64(4..=16) }
    }
}

struct Kept<'a> {
    said: Vec<Statement>,
    judged: Vec<Judgement>,
    app: &'a App,
    random: fastrand::Rng,
}

impl Kept<'_> {
    fn week(
        &mut self,
        organisation: &Organisation,
        (member, code): (MemberId, &str),
        week: Week,
        habit: Habit,
        months: &Months,
    ) {
        let luck = self.random.u32(..100);
        let is_running = Week::of(TODAY) == week;
        // Some have not come to it by Monday noon; in earlier weeks a few never did.
        let skips = if is_running { luck < 35 || code == NOT_YET } else { luck < 6 };
        let Some(due) = due(week, &Calendar::shipped(), |_| false).filter(|_| !skips) else { return };
        let late = if luck > 91 && !is_running { 1 + i64::from(luck % 2) } else { 0 };
        let day = due.saturating_add(late.days());
        let start = FiscalStart::JANUARY;
        let of = |reach: Reach| reach.period(week, start);
        let month = self.guess(code, of(Reach::Month), week, habit, months);
        let quarter = self.guess(code, of(Reach::Quarter), week, habit, months);
        let quarter = Said { commit: quarter.commit.max(month.commit), best: quarter.best.max(month.best) };
        let statement = Statement {
            metric: Metric::Revenue.code().to_owned(),
            week: week_number(week),
            member: code.to_owned(),
            version: 1,
            month: first_month(of(Reach::Month)),
            quarter: first_month(of(Reach::Quarter)),
            of_month: month,
            of_quarter: quarter,
            note: String::new(),
            recorded_at: self.moment(day, (9, i8::try_from(luck % 60).unwrap_or(0))),
            actor: code.to_owned(),
        };
        let judges = luck % 9 == 4 && week >= Week::of(TODAY).previous();
        if let Some(leader) = organisation.superiors(member, day).first().filter(|_| judges) {
            let leader = organisation.member(*leader).map_or("", |leader| leader.code.as_str());
            self.judge(&statement, leader, day, luck);
        }
        self.said.push(statement);
    }

    /// What somebody says of a period: what it comes to, or what its target lets expect, by their habit; the nearer the
    /// end, the closer.
    fn guess(&mut self, code: &str, period: Period, week: Week, habit: Habit, months: &Months) -> Said {
        let running = Month::of(TODAY);
        let share = 82 + self.random.i64(0..22);
        let comes: i64 = period
            .months()
            .filter_map(|month| {
                let (target, actual) = months.get(&(code.to_owned(), month)).copied()?;
                Some(if month < running { actual } else { actual.max(target * share / 100) })
            })
            .sum();
        let left =
            week.first_day().until(period.last_day()).map_or(0, |span| i64::from(span.get_days())).max(0);
        let apart = habit.noise * (10 + left.min(60)) / 40;
        let off = habit.bias * (30 + left.min(60)) / 80 + self.random.i64(-apart..=apart);
        let commit = (comes.max(0) * (100 + off) / 100 / STEP * STEP).max(0);
        let best = commit + commit * self.random.i64(6..=24) / 100 / STEP * STEP;
        Said { commit, best }
    }

    fn judge(&mut self, of: &Statement, leader: &str, day: Date, luck: u32) {
        let place = luck as usize % REASONS.len();
        let off = if place == 1 { 108 } else { 84 + i64::from(luck % 8) };
        self.judged.push(Judgement {
            metric: of.metric.clone(),
            week: of.week,
            member: of.member.clone(),
            reach: Reach::Month,
            version: 1,
            first_month: of.month,
            amount: Some(of.of_month.commit * off / 100 / STEP * STEP),
            reason: REASONS[place].to_owned(),
            recorded_at: self.moment(day, (10, 40)),
            actor: leader.to_owned(),
        });
    }

    fn moment(&self, day: Date, (hour, minute): Hour) -> i64 {
        let at = self.app.zone.to_timestamp(day.at(hour, minute, 0, 0));
        at.map_or(0, Timestamp::as_millisecond)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_of_the_story_lie_in_its_year() {
        assert_eq!(Week::of(TODAY.saturating_sub((7 * (WEEKS - 1)).days())).year(), dacheng_app::demo::YEAR);
    }
}
