//! What people did beside selling: chances to sell, visits, what customers answered, courses, scores, leaves. It has random
//! numbers of its own, so that the orders of a seed are the same with and without it.

use std::io::Result;
use std::path::Path;

use dacheng_domain::facts::kind::Kind;
use jiff::ToSpan;
use jiff::civil::Date;

use super::catalogue::{Catalogue, customer_code};
use super::company::{Company, code};
use super::table::Table;
use super::{Size, Written, happens, season, skewed};

/// For so many orders there is a visit, a chance to sell, an answer.
const ORDERS_A_VISIT: u32 = 2;
const ORDERS_A_CHANCE: u32 = 4;
const ORDERS_AN_ANSWER: u32 = 20;
/// Of a hundred chances, so many are won, and so many are lost; the others are not decided.
const WON: u32 = 33;
const LOST: u32 = 60;
/// Of a hundred courses, so many are completed in time.
const COMPLETED: u32 = 88;
/// Days between two courses, and between two scores, of somebody.
const COURSES: i32 = 91;
const SCORES: i32 = 91;
/// Days between two leaves of somebody.
const LEAVES: i32 = 182;

const VISITS: [&str; 3] = ["上门", "电话", "线上"];
const LEAVE_KINDS: [&str; 5] = ["annual", "annual", "annual", "sick", "personal"];

/// Who meets whom.
struct Field<'f> {
    random: fastrand::Rng,
    company: &'f Company,
    catalogue: &'f Catalogue,
    size: Size,
}

/// Writes a file of each kind.
pub fn write(out: &Path, size: Size, company: &Company, catalogue: &Catalogue) -> Result<Written> {
    let random = fastrand::Rng::with_seed(size.seed ^ 0x0AC7_1717);
    let mut field = Field { random, company, catalogue, size };
    Ok(vec![
        field.opportunities(out)?,
        field.visits(out)?,
        field.surveys(out)?,
        field.trainings(out)?,
        field.scores(out)?,
        field.leaves(out)?,
    ])
}

impl Field<'_> {
    /// How often something happens that does so for one of `orders`; at least once where anything is sold.
    fn count(&self, orders: u32) -> u32 {
        self.size.orders.div_ceil(orders)
    }

    /// Who sells to whom on a day: codes of a member and a customer.
    fn meeting(&mut self, day: Date) -> (String, String) {
        let seats = self.company.seats.len();
        let seat = skewed(&mut self.random, seats);
        let customers = (self.catalogue.customers - seat).div_ceil(seats);
        let customer = seat + seats * skewed(&mut self.random, customers);
        (code(self.company.seats[seat].holder(day)), customer_code(customer))
    }

    /// Each day with what happens on it, numbered.
    fn days(&self, orders: u32) -> impl Iterator<Item = (u32, Date)> + use<> {
        let days = season::days(self.size.first, self.size.last, self.count(orders));
        (1..).zip(days.flat_map(|(day, times)| std::iter::repeat_n(day, times as usize)))
    }

    fn opportunities(&mut self, out: &Path) -> Result<(&'static str, u64)> {
        let header = "opportunity,customer,member,opened,stage,amount,expected,closed,outcome,active";
        let mut table = Table::begin(out, Kind::Opportunities, header)?;
        for (number, opened) in self.days(ORDERS_A_CHANCE) {
            let (member, customer) = self.meeting(opened);
            let (chance, days) = (self.random.u32(..100), self.random.i32(10..=70));
            let decided = opened.saturating_add(days.days());
            let expected = opened.saturating_add(45.days());
            let yuan = self.random.u32(5..=800) * 500;
            let (stage, outcome) = match chance {
                _ if decided > self.size.last => ("方案", "open"),
                chance if chance < WON => ("成交", "won"),
                chance if chance < WON + LOST => ("报价", "lost"),
                _ => ("方案", "open"),
            };
            let closed = if outcome == "open" { String::new() } else { decided.to_string() };
            let active = decided.min(self.size.last);
            table.row(format_args!(
                "OP{number:08},{customer},{member},{opened},{stage},{yuan}.00,{expected},{closed},{outcome},{active}"
            ))?;
        }
        table.end()
    }

    fn visits(&mut self, out: &Path) -> Result<(&'static str, u64)> {
        let mut table = Table::begin(out, Kind::Visits, "visit,customer,member,date,kind,outcome")?;
        for (number, day) in self.days(ORDERS_A_VISIT) {
            let (member, customer) = self.meeting(day);
            let kind = VISITS[self.random.usize(..VISITS.len())];
            table.row(format_args!("VS{number:08},{customer},{member},{day},{kind},"))?;
        }
        table.end()
    }

    fn surveys(&mut self, out: &Path) -> Result<(&'static str, u64)> {
        let header = "survey,customer,member,date,satisfaction,recommend";
        let mut table = Table::begin(out, Kind::Surveys, header)?;
        for (number, day) in self.days(ORDERS_AN_ANSWER) {
            let (member, customer) = self.meeting(day);
            let satisfied = self.random.u32(60..=100);
            let recommend = satisfied / 10 - self.random.u32(0..=1);
            table.row(format_args!("SV{number:08},{customer},{member},{day},{satisfied},{recommend}"))?;
        }
        table.end()
    }

    /// Every so many days from the first on, who sits where then: nothing where nothing is sold.
    fn rounds(&self, days: i32) -> Vec<(u32, Date, Vec<usize>)> {
        let all = self.size.first.series(days.days()).take_while(|day| *day <= self.size.last);
        let all = all.take(if self.size.orders == 0 { 0 } else { usize::MAX });
        let holders = |day| {
            let mut holders: Vec<usize> = self.company.seats.iter().map(|seat| seat.holder(day)).collect();
            holders.sort_unstable();
            holders.dedup();
            holders
        };
        (1..).zip(all).map(|(round, day)| (round, day, holders(day))).collect()
    }

    fn trainings(&mut self, out: &Path) -> Result<(&'static str, u64)> {
        let mut table = Table::begin(out, Kind::Trainings, "course,member,assigned,due,completed,score")?;
        for (round, day, members) in self.rounds(COURSES) {
            let due = day.saturating_add(60.days());
            for member in members {
                let done = happens(&mut self.random, COMPLETED);
                let completed = day.saturating_add(self.random.i32(5..=60).days());
                let score = self.random.u32(60..=100);
                let (member, last) = (code(member), self.size.last);
                if done && completed <= last {
                    table.row(format_args!("TR{round:04},{member},{day},{due},{completed},{score}"))?;
                } else {
                    table.row(format_args!("TR{round:04},{member},{day},{due},,"))?;
                }
            }
        }
        table.end()
    }

    fn scores(&mut self, out: &Path) -> Result<(&'static str, u64)> {
        let mut table = Table::begin(out, Kind::Scores, "member,rater,date,kind,score")?;
        for (_, day, members) in self.rounds(SCORES) {
            for &member in &members {
                let rater = code(members[self.random.usize(..members.len())]);
                let halves = self.random.u32(5..=10);
                let (member, score) = (code(member), format!("{}.{}", halves / 2, halves % 2 * 5));
                table.row(format_args!("{member},{rater},{day},collaboration,{score}"))?;
            }
        }
        table.end()
    }

    fn leaves(&mut self, out: &Path) -> Result<(&'static str, u64)> {
        let mut table = Table::begin(out, Kind::Leaves, "member,from,to,kind")?;
        for (_, day, members) in self.rounds(LEAVES) {
            for member in members {
                let from = day.saturating_add(self.random.i32(0..90).days()).min(self.size.last);
                let to = from.saturating_add(self.random.i32(0..7).days());
                let kind = LEAVE_KINDS[self.random.usize(..LEAVE_KINDS.len())];
                table.row(format_args!("{},{from},{to},{kind}", code(member)))?;
            }
        }
        table.end()
    }
}
