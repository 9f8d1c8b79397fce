//! What people did beside selling: chances to sell, visits, what customers answered, courses, scores, leaves. All of it follows
//! from who there is; each fact comes in with the month in which it became known.

use std::io::Result;

use dacheng_domain::calendar::Calendar;
use dacheng_domain::facts::kind::Kind;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::files::Files;
use super::market::{CUSTOMERS, customer_code};
use super::people::{Seat, UNITS};
use super::{FIRST, LAST, YEAR};

/// Of a hundred chances to sell, so many are won, so many lost; of the others nothing is heard any more.
const WON: u32 = 34;
const LOST: u32 = 62;
/// The same where customers decide slowly: 济南组 in the second half of the year.
const SLOW: (&str, i8, u32) = ("T0009", 7, 17);
/// From this month on what is worked on for the end of the year is written down.
const AT_WORK_SINCE: Date = date(2026, 10, 1);
/// The stages of what is still open.
const OPEN: [&str; 3] = ["方案", "报价", "线索"];
/// The course of a newcomer, and days in which it is to be taken.
const NEWCOMERS: (&str, i64) = ("TR-NEW", 60);
/// Who scores collaboration beside the leader: marketing.
const MARKETING: &str = "X000003";
const SKILLS: [&str; 4] = ["谈判", "客户开发", "产品知识", "目标拆解"];
/// From then on visits are written down.
const VISITS_SINCE: Date = date(2025, 1, 1);
const VISITS: [(&str, &str); 4] =
    [("上门", "约定演示"), ("上门", "方案确认"), ("电话", "继续跟进"), ("线上", "答疑")];

/// Somebody's month.
struct Turn<'t> {
    seat: &'t Seat,
    /// The working days on which the seat is held, that have passed.
    days: Vec<Date>,
}

/// Writes all of it into the files of the stages.
pub fn write(files: &mut Files, seats: &[Seat]) -> Result<()> {
    let calendar = Calendar::shipped();
    let mut random = fastrand::Rng::with_seed(9_731);
    let mut number = 0;
    let mut month = FIRST;
    while month <= LAST {
        for turn in seats.iter().filter_map(|seat| turn(seat, month, &calendar)) {
            number += 1;
            if month >= VISITS_SINCE {
                visits(&mut random, files, &turn, number)?;
            }
            opportunities(&mut random, files, &turn, number)?;
            if month >= AT_WORK_SINCE {
                at_work(files, &turn, number)?;
            }
            if month.month() % 3 == 0 {
                answers(&mut random, files, &turn, number)?;
                scores(&mut random, files, &turn)?;
                course(&mut random, files, &turn, month)?;
            }
            leave(files, &turn, month)?;
        }
        month = month.saturating_add(1.month());
    }
    newcomers(files, seats)
}

/// The month of a specialist; leaders and seats that are not held have none.
fn turn<'s>(seat: &'s Seat, month: Date, calendar: &Calendar) -> Option<Turn<'s>> {
    seat.specialist.filter(|_| seat.left.is_none_or(|left| month <= left))?;
    let first = month.max(seat.hired);
    let last = month.last_of_month().min(seat.left.unwrap_or(Date::MAX)).min(LAST);
    let days = first.series(1.day()).take_while(|day| *day <= last);
    let days: Vec<Date> = days.filter(|day| calendar.is_working_day(*day)).collect();
    (!days.is_empty()).then_some(Turn { seat, days })
}

impl Turn<'_> {
    fn day(&self, random: &mut fastrand::Rng) -> Date {
        self.days[random.usize(..self.days.len())]
    }

    fn customer(&self, random: &mut fastrand::Rng) -> String {
        customer_code(self.seat, random.usize(..CUSTOMERS))
    }
}

fn visits(random: &mut fastrand::Rng, files: &mut Files, turn: &Turn<'_>, number: u32) -> Result<()> {
    for visit in 0..random.u32(4..=6).min(u32::try_from(turn.days.len()).unwrap_or(0)) {
        let (day, customer) = (turn.day(random), turn.customer(random));
        let (kind, outcome) = VISITS[random.usize(..VISITS.len())];
        let member = &turn.seat.code;
        files.with_month_of(day).row(
            Kind::Visits,
            format_args!("VS{number:05}{visit},{customer},{member},{day},{kind},{outcome}"),
        )?;
    }
    Ok(())
}

fn opportunities(random: &mut fastrand::Rng, files: &mut Files, turn: &Turn<'_>, number: u32) -> Result<()> {
    for chance in 0..random.u32(1..=2) {
        let (opened, customer) = (turn.day(random), turn.customer(random));
        let (unit, from, few) = SLOW;
        let slow = turn.seat.unit == unit && opened.year() == YEAR && opened.month() >= from;
        let (luck, days) = (random.u32(..100), random.i32(15..=65));
        let decided = opened.saturating_add((days + if slow { 15 } else { 0 }).days());
        let won = if slow { few } else { WON };
        let worth = turn.seat.quarter / 100 * random.i64(4..=18);
        let sure = if decided > LAST && luck % 8 == 3 { "70" } else { "" };
        let written = |stage: &str, closed: Option<Date>, outcome: &str, active: Date| {
            let (member, expected) = (&turn.seat.code, opened.saturating_add(45.days()));
            let closed = closed.map_or_else(String::new, |day| day.to_string());
            let sure = if outcome == "open" { sure } else { "" };
            format!(
                "OP{number:05}{chance},{customer},{member},{opened},{stage},{worth}.00,{expected},{closed},{outcome},{active},{sure}"
            )
        };
        let news = match luck {
            _ if decided > LAST => {
                let stage = OPEN[luck as usize % OPEN.len()];
                Some((LAST.saturating_sub(i64::from(luck % 20).days()).max(opened), stage, "open"))
            }
            luck if luck < won => Some((decided, "成交", "won")),
            luck if luck < won + LOST => Some((decided, "报价", "lost")),
            _ => None,
        };
        // It passes through the stages while it is open; of what comes in together only the last is known.
        let passed = |part: i32| opened.saturating_add((days * part / 3).days());
        let mut events = vec![(opened, "线索", "open")];
        if let Some((on, stage, outcome)) = news {
            let between = [(passed(1), "方案", "open"), (passed(2), "报价", "open")];
            events.extend(between.into_iter().filter(|(day, ..)| outcome != "open" && *day < on));
            events.push((on, stage, outcome));
        }
        for (place, (day, stage, outcome)) in events.iter().enumerate() {
            let next = events.get(place + 1);
            if next.is_none_or(|(next, ..)| !files.months_are_together(*day, *next)) {
                let row = written(stage, (*outcome != "open").then_some(*day), outcome, *day);
                files.with_month_of(*day).row(Kind::Opportunities, format_args!("{row}"))?;
            }
        }
    }
    Ok(())
}

/// What is being worked on for the end of the year: many for some, few for others, none of it decided.
fn at_work(files: &mut Files, turn: &Turn<'_>, number: u32) -> Result<()> {
    let own = turn.seat.turn();
    let many = [7, 2, 4, 1, 5][usize::try_from(own % 5).unwrap_or(0)];
    for chance in 0..many {
        let place = own * 3 + chance + i64::from(number % 11) * 2;
        let opened = turn.days[usize::try_from(place).unwrap_or(0) % turn.days.len()];
        let active = LAST.saturating_sub((place % 15).days()).max(opened);
        let expected = LAST.saturating_add((place * 5 % 34 - 2).days());
        let worth = turn.seat.quarter / 100 * (9 + place * 7 % 28);
        let (stage, member) = (OPEN[usize::try_from(place).unwrap_or(0) % OPEN.len()], &turn.seat.code);
        let customer = customer_code(turn.seat, usize::try_from(place).unwrap_or(0) % CUSTOMERS);
        let sure = if place % 8 == 3 { "70" } else { "" };
        files.on(active).row(
            Kind::Opportunities,
            format_args!(
                "OW{number:05}{chance},{customer},{member},{opened},{stage},{worth}.00,{expected},,open,{active},{sure}"
            ),
        )?;
    }
    Ok(())
}

/// What two customers answer at the end of a quarter. Those of a region in which decisions are slow are less content.
fn answers(random: &mut fastrand::Rng, files: &mut Files, turn: &Turn<'_>, number: u32) -> Result<()> {
    for answer in 0..2 {
        let (day, customer) = (turn.day(random), turn.customer(random));
        let content = if turn.seat.unit == SLOW.0 { 70 } else { 76 };
        let satisfied = random.u32(content..=98);
        let recommend = (satisfied + random.u32(..12)) / 10;
        let (member, recommend) = (&turn.seat.code, recommend.min(10));
        files.with_month_of(day).row(
            Kind::Surveys,
            format_args!("SV{number:05}{answer},{customer},{member},{day},{satisfied},{recommend}"),
        )?;
    }
    Ok(())
}

/// What the leader and marketing think of the collaboration in a quarter, and once a year of the skills.
fn scores(random: &mut fastrand::Rng, files: &mut Files, turn: &Turn<'_>) -> Result<()> {
    let Some(&day) = turn.days.last() else { return Ok(()) };
    let leader =
        UNITS.iter().find(|unit| unit.code == turn.seat.unit).map_or(MARKETING, |unit| unit.leader.0);
    let member = &turn.seat.code;
    for rater in [leader, MARKETING] {
        let halves = random.u32(6..=10);
        let (whole, half) = (halves / 2, halves % 2 * 5);
        files
            .with_month_of(day)
            .row(Kind::Scores, format_args!("{member},{rater},{day},collaboration,{whole}.{half}"))?;
    }
    if day.month() == 6 {
        for skill in SKILLS {
            let score = random.u32(58..=96);
            files
                .with_month_of(day)
                .row(Kind::Scores, format_args!("{member},{leader},{day},{skill},{score}"))?;
        }
    }
    Ok(())
}

/// The course of a quarter, due on the twentieth of its last month. Most complete it before, a few late, some not at all.
fn course(random: &mut fastrand::Rng, files: &mut Files, turn: &Turn<'_>, month: Date) -> Result<()> {
    let due = month.saturating_add(19.days());
    let assigned = month.saturating_sub(2.months());
    let (year, quarter) = (month.year(), month.month() / 3);
    let (luck, score) = (random.u32(..100), random.u32(68..=99));
    let completed = match luck {
        luck if luck < 88 => Some(due.saturating_sub(i64::from(luck % 30).days())),
        luck if luck < 94 => Some(due.saturating_add(i64::from(luck % 5 + 1).days())),
        _ => None,
    };
    let completed = completed.filter(|day| *day <= LAST);
    let day = completed.unwrap_or(due).min(LAST);
    let (completed, score) =
        completed.map_or_else(Default::default, |day| (day.to_string(), score.to_string()));
    let member = &turn.seat.code;
    files.with_month_of(day).row(
        Kind::Trainings,
        format_args!("TR-{year}Q{quarter},{member},{assigned},{due},{completed},{score}"),
    )
}

/// Days off: three working days once a year, each in their own month, and now and then two when somebody is ill.
fn leave(files: &mut Files, turn: &Turn<'_>, month: Date) -> Result<()> {
    let (member, number) = (&turn.seat.code, turn.seat.turn());
    let own = i64::from(month.month()) == number % 12 + 1;
    let ill = (number * 7 + i64::from(month.month()) + i64::from(month.year())) % 41 == 0;
    for (_, from, days, kind) in
        [(own, 9, 3, "annual"), (ill, 3, 2, "sick")].iter().filter(|(takes, ..)| *takes)
    {
        if let Some([first, .., last]) = turn.days.get(*from..from + days) {
            files.with_month_of(*first).row(Kind::Leaves, format_args!("{member},{first},{last},{kind}"))?;
        }
    }
    Ok(())
}

/// 新人目标管理技巧培训, for those who were hired this year.
fn newcomers(files: &mut Files, seats: &[Seat]) -> Result<()> {
    for seat in seats.iter().filter(|seat| seat.hired.year() == YEAR) {
        let (course, days) = NEWCOMERS;
        let (member, hired, due) = (&seat.code, seat.hired, seat.hired.saturating_add(days.days()));
        let completed = hired.saturating_add((days - 11).days());
        files
            .with_month_of(completed.min(LAST))
            .row(Kind::Trainings, format_args!("{course},{member},{hired},{due},{completed},90"))?;
    }
    Ok(())
}
