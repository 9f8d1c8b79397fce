//! Who there is: units, people, where they sat and when. Seats outlive people: customers belong to a seat.

use std::io::Result;
use std::path::Path;

use dacheng_domain::facts::kind::Kind;
use jiff::ToSpan;
use jiff::civil::Date;

use super::names::{self, REGIONS};
use super::table::Table;
use super::{Size, Written};

/// Members for each team.
const TEAM: usize = 8;
/// Teams of a region above which there are branches between them.
const BRANCHED: usize = 12;
/// Of so many specialists one left and was followed.
const LEAVERS: usize = 12;
/// Of so many specialists one moved to another team.
const MOVERS: usize = 15;
/// Of so many specialists one came to sit in two teams.
const DIVIDED: usize = 40;

/// The people of a company.
pub struct Company {
    units: Vec<Unit>,
    members: Vec<Member>,
    employments: Vec<Employment>,
    /// Where something is sold.
    pub seats: Vec<Seat>,
}

struct Unit {
    code: String,
    name: String,
    parent: Option<usize>,
    region: usize,
    leader: usize,
}

struct Member {
    name: String,
    unit: usize,
    position: &'static str,
    hired: Date,
    left: Option<Date>,
}

struct Employment {
    member: usize,
    from: Date,
    to: Option<Date>,
    unit: usize,
    share: &'static str,
}

/// A place in a team: who held it until when, and who leads the team meanwhile.
pub struct Seat {
    /// Its 大区, as a place in [`REGIONS`].
    pub region: usize,
    holders: Vec<(usize, Date, Option<Date>)>,
    leader: usize,
}

impl Seat {
    /// Who sells for the seat on a day: its holder, or the team's leader while it is vacant.
    pub fn holder(&self, day: Date) -> usize {
        let held =
            |(_, from, to): &&(usize, Date, Option<Date>)| *from <= day && to.is_none_or(|to| day <= to);
        self.holders.iter().find(held).map_or(self.leader, |(member, ..)| *member)
    }

    /// Who looks after its customers now.
    pub fn keeper(&self) -> usize {
        self.holders.last().map_or(self.leader, |(member, ..)| *member)
    }
}

/// A member's code.
pub fn code(member: usize) -> String {
    format!("E{:06}", member + 1)
}

impl Company {
    /// Makes as many members as asked: leaders for every unit first, then the specialists of the teams.
    pub fn made(random: &mut fastrand::Rng, size: Size) -> Self {
        let wanted = size.members as usize;
        let mut company =
            Self { units: Vec::new(), members: Vec::new(), employments: Vec::new(), seats: Vec::new() };
        let teams = company.add_units(wanted);
        for unit in 0..company.units.len() {
            let position = match (unit, company.units[unit].code.as_bytes()[0]) {
                (0, _) => "director",
                (_, b'T') => "team_leader",
                _ => "manager",
            };
            let hired = years_before(random, size.first);
            company.units[unit].leader = company.add_member(random, unit, position, hired, None);
        }
        let mut number = 0;
        while company.members.len() < wanted {
            let room = wanted - company.members.len();
            let team = teams[number % teams.len()];
            let other = teams[(number + 1) % teams.len()];
            company.add_seat(random, size, number, (team, other), room);
            number += 1;
        }
        if company.seats.is_empty() {
            company.seats = company.units.iter().map(|unit| seat(unit, Vec::new())).collect();
        }
        company
    }

    /// Adds the tree of units, and answers where specialists sit.
    fn add_units(&mut self, wanted: usize) -> Vec<usize> {
        let teams = (wanted - 1) / TEAM;
        let regions = if teams < 3 { 0 } else { teams.div_ceil(6).min(REGIONS.len()) };
        let branches = if teams > regions * BRANCHED { teams.div_ceil(10) } else { 0 };
        let root = self.add_unit("HQ".to_owned(), "总公司".to_owned(), None, 0);
        let add = |company: &mut Self, letter: char, count: usize, above: &[usize]| -> Vec<usize> {
            let unit = |at: usize| {
                let parent = above[at % above.len()];
                let region = if letter == 'R' { at } else { company.units[parent].region };
                let (name, cities) = REGIONS[region];
                let round = at / above.len();
                let name = match letter {
                    'R' => format!("{name}大区"),
                    'B' => format!("{}分公司{}", cities[round % cities.len()], round + 1),
                    _ => format!("{}{}组", cities[round % cities.len()], at + 1),
                };
                company.add_unit(format!("{letter}{:04}", at + 1), name, Some(parent), region)
            };
            (0..count).map(unit).collect()
        };
        let regions = add(self, 'R', regions, &[root]);
        let above = if regions.is_empty() { vec![root] } else { regions };
        let branches = add(self, 'B', branches, &above);
        let above = if branches.is_empty() { above } else { branches };
        let teams = add(self, 'T', teams, &above);
        if teams.is_empty() { vec![root] } else { teams }
    }

    fn add_unit(&mut self, code: String, name: String, parent: Option<usize>, region: usize) -> usize {
        self.units.push(Unit { code, name, parent, region, leader: 0 });
        self.units.len() - 1
    }

    fn add_member(
        &mut self,
        random: &mut fastrand::Rng,
        unit: usize,
        position: &'static str,
        hired: Date,
        left: Option<Date>,
    ) -> usize {
        let name = names::person(random);
        self.members.push(Member { name, unit, position, hired, left });
        let member = self.members.len() - 1;
        self.employ(member, hired, left, unit, "100%");
        member
    }

    fn employ(&mut self, member: usize, from: Date, to: Option<Date>, unit: usize, share: &'static str) {
        self.employments.push(Employment { member, from, to, unit, share });
    }

    /// Adds a specialist's seat: with a successor, a move or a second team now and then.
    fn add_seat(
        &mut self,
        random: &mut fastrand::Rng,
        size: Size,
        number: usize,
        (team, other): (usize, usize),
        room: usize,
    ) {
        let hired = years_before(random, size.first);
        let turn = within(random, size);
        let eve = turn.saturating_sub(1.day());
        let leaves = number % LEAVERS == 5 && room > 1;
        let member = self.add_member(random, team, "specialist", hired, leaves.then_some(turn));
        let mut holders = vec![(member, hired, leaves.then_some(turn))];
        if leaves {
            let from = turn.saturating_add(random.i32(1..=30).days());
            let successor = self.add_member(random, team, "specialist", from, None);
            holders.push((successor, from, None));
        } else if team != other && number % MOVERS == 7 {
            self.move_on(turn, eve, other, &[("100%", other)]);
        } else if team != other && number % DIVIDED == 11 {
            self.move_on(turn, eve, team, &[("60%", team), ("40%", other)]);
        }
        self.seats.push(seat(&self.units[team], holders));
    }

    /// Ends the newest member's employment and begins others in its place.
    fn move_on(&mut self, turn: Date, eve: Date, unit: usize, shares: &[(&'static str, usize)]) {
        let Some(before) = self.employments.last_mut() else { return };
        before.to = Some(eve);
        let member = before.member;
        self.members[member].unit = unit;
        for (share, unit) in shares {
            self.employ(member, turn, None, *unit, share);
        }
    }

    /// Writes units, members and employments.
    pub fn write(&self, out: &Path) -> Result<Written> {
        let mut units = Table::begin(out, Kind::Units, "unit,name,parent,leader")?;
        for unit in &self.units {
            let parent = unit.parent.map_or("", |parent| &self.units[parent].code);
            units.row(format_args!("{},{},{parent},{}", unit.code, unit.name, code(unit.leader)))?;
        }
        let mut members = Table::begin(out, Kind::Members, "member,name,unit,position,hired,left")?;
        for (at, member) in self.members.iter().enumerate() {
            let Member { name, unit, position, hired, left } = member;
            let unit = &self.units[*unit].code;
            members.row(format_args!("{},{name},{unit},{position},{hired},{}", code(at), written(*left)))?;
        }
        let header = "member,from,to,unit,position,share";
        let mut employments = Table::begin(out, Kind::Employments, header)?;
        for Employment { member, from, to, unit, share } in &self.employments {
            let position = self.members[*member].position;
            let (member, unit, to) = (code(*member), &self.units[*unit].code, written(*to));
            employments.row(format_args!("{member},{from},{to},{unit},{position},{share}"))?;
        }
        Ok(vec![units.end()?, members.end()?, employments.end()?])
    }
}

fn seat(unit: &Unit, holders: Vec<(usize, Date, Option<Date>)>) -> Seat {
    Seat { region: unit.region, holders, leader: unit.leader }
}

fn written(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

/// A day one to nine years before the first.
fn years_before(random: &mut fastrand::Rng, first: Date) -> Date {
    first.saturating_sub(random.i32(365..3_300).days())
}

/// A day of the time in which something is sold.
fn within(random: &mut fastrand::Rng, size: Size) -> Date {
    let days = size.first.until(size.last).map_or(0, |span| span.get_days());
    size.first.saturating_add(random.i32(0..=days).days())
}
