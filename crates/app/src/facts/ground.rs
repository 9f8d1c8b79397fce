//! The ground under the figures: the dated organisation, customers and products, as versions of facts make them.
//! Small enough to be held whole; a cache keyed by the change sequence of the last such change.

use std::collections::BTreeSet;

use std::collections::{HashMap, HashSet};

use dacheng_domain::facts::row::{CustomerRow, EmploymentRow, MemberRow, ProductRow, UnitRow};
use dacheng_domain::facts::silence::Silence;
use dacheng_domain::facts::value::Code;
use dacheng_domain::people::{
    Leadership, Member, MemberId, Organisation, Paths, Placement, Position, Problem, Rows, Seat, Share, Span,
    Unit, UnitId,
};
use dacheng_rollup::PATH_SEPARATOR;
use dacheng_store::Read;
use dacheng_store::facts::{Fact, View, every};
use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::dated::{Dated, Texts};
use crate::figures::settled;
use crate::{Error, Result};

/// Everything facts refer to.
#[derive(Debug)]
pub struct Ground {
    /// Units and members. Numbers are places in the order of their codes, from 1.
    pub organisation: Organisation,
    /// For each path of the organisation, its unit codes from the leaf to the root, as cells name it.
    pub paths: Vec<String>,
    /// Customers with the histories of their region and type.
    pub customers: Dated<CustomerPlace>,
    /// Products with the history of their line.
    pub products: Dated<ProductPlace>,
    /// How long an open opportunity may be silent.
    pub silence: Silence,
    texts: Texts,
    /// 首单日 of those who carry one, as their newest version says.
    first_orders: FxHashMap<SmolStr, Date>,
    members: FxHashMap<SmolStr, u32>,
    member_codes: Vec<SmolStr>,
}

/// Where a customer belongs, by the numbers of [`Ground::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomerPlace {
    /// 区域, empty where none is given.
    pub region: u32,
    /// 客户类型, empty where none is given.
    pub kind: u32,
}

/// Where a product belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductPlace {
    /// 产品线, empty where none is given.
    pub line: SmolStr,
    /// From when it counts as new, as its newest version says: a day that is set late holds for what was sold before.
    pub new_since: Option<Date>,
}

/// The names that facts can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// 产品线
    pub lines: BTreeSet<String>,
    /// 区域
    pub regions: BTreeSet<String>,
    /// 客户类型
    pub customer_types: BTreeSet<String>,
}

/// A code that nothing else in the ground knows, or rows that make no organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// A unit's parent, a member's unit, an employment's member or unit is not known.
    Unknown {
        /// Of what: `unit`, `member`.
        kind: &'static str,
        /// The code.
        code: String,
        /// Who names it.
        named_by: String,
    },
    /// The organisation contradicts itself.
    Contradiction(Problem),
}

impl Ground {
    /// The ground in a view, or every flaw that forbids it.
    pub fn load(tx: &mut Read, view: View) -> Result<std::result::Result<Self, Vec<Flaw>>> {
        let units = history::<UnitRow>(tx, view, |row| (row.unit.as_str(), row.from))?;
        let members = history::<MemberRow>(tx, view, |row| (row.member.as_str(), row.from))?;
        let employments = history::<EmploymentRow>(tx, view, |row| (row.member.as_str(), Some(row.from)))?;
        let customers = history::<CustomerRow>(tx, view, |row| (row.customer.as_str(), row.from))?;
        let products = history::<ProductRow>(tx, view, |row| (row.product.as_str(), row.from))?;
        let organisation = match organisation(&units, &members, &employments) {
            Ok(organisation) => organisation,
            Err(flaws) => return Ok(Err(flaws)),
        };
        let newest = customers.chunk_by(|one, next| one.customer == next.customer).filter_map(<[_]>::last);
        let first_orders =
            newest.filter_map(|row| Some((row.customer.as_str().into(), row.first_order?))).collect();
        let mut texts = Texts::default();
        let customers = Dated::of(customers.into_iter().map(|row| {
            let mut text = |text: Option<String>| texts.number(text.as_deref().unwrap_or_default());
            let place = CustomerPlace { region: text(row.region), kind: text(row.customer_type) };
            (row.customer.into(), row.from, place)
        }));
        let new_since: FxHashMap<Code, Option<Date>> =
            products.iter().map(|row| (row.product.clone(), row.new_since)).collect();
        let products = products.into_iter().map(|row| {
            let new_since = new_since.get(&row.product).copied().flatten();
            let place = ProductPlace { line: row.line.unwrap_or_default().into(), new_since };
            (row.product.into(), row.from, place)
        });
        let codes = organisation.rows().members.iter().map(|member| (member.id, member.code.as_str().into()));
        let numbered = codes.clone().filter_map(|(id, code)| Some((code, u32::try_from(id.0).ok()?)));
        let mut member_codes = vec![SmolStr::default(); members.len() + 1];
        for (id, code) in codes {
            if let Some(held) = usize::try_from(id.0).ok().and_then(|number| member_codes.get_mut(number)) {
                *held = code;
            }
        }
        Ok(Ok(Self {
            paths: path_texts(&organisation),
            members: numbered.collect(),
            member_codes,
            first_orders,
            customers,
            products: Dated::of(products),
            silence: settled::current(tx)?.0.silence(),
            texts,
            organisation,
        }))
    }

    /// The ground in a view that is known to be whole: a committed one.
    pub fn committed(tx: &mut Read, view: View) -> Result<Self> {
        Self::load(tx, view)?
            .map_err(|flaws| Error::Internal(format!("the organisation is broken: {flaws:?}")))
    }

    /// The number of a member, from their code.
    pub fn member(&self, code: &str) -> Option<u32> {
        self.members.get(code).copied()
    }

    /// Whether it knows everybody whom another knows.
    pub fn knows_the_members_of(&self, other: &Self) -> bool {
        other.members.keys().all(|code| self.members.contains_key(code))
    }

    /// The 首单日 that a customer carries.
    pub fn first_order(&self, customer: &str) -> Option<Date> {
        self.first_orders.get(customer).copied()
    }

    /// The customers who carry one.
    pub fn first_orders(&self) -> impl Iterator<Item = &str> {
        self.first_orders.keys().map(SmolStr::as_str)
    }

    /// The code of a member, from their number.
    pub fn member_code(&self, member: u32) -> &str {
        self.member_codes.get(member as usize).map_or("", SmolStr::as_str)
    }

    /// The product lines, regions and customer types that anything ever had: what facts can be filtered by.
    pub fn names(&self) -> Names {
        let lines = self.products.values().map(|place| place.line.to_string());
        let (mut regions, mut types) = (BTreeSet::new(), BTreeSet::new());
        for place in self.customers.values() {
            regions.insert(place.region);
            types.insert(place.kind);
        }
        let texts = |numbers: BTreeSet<u32>| {
            let texts = numbers.into_iter().map(|number| self.text(number).to_owned());
            texts.filter(|text| !text.is_empty()).collect()
        };
        Names {
            lines: lines.filter(|line| !line.is_empty()).collect(),
            regions: texts(regions),
            customer_types: texts(types),
        }
    }

    /// A region or a type of customers.
    pub fn text(&self, number: u32) -> &str {
        self.texts.text(number)
    }
}

/// What counts of a kind, by code and then by the day from which it holds.
fn history<F: Fact>(tx: &mut Read, view: View, key: fn(&F) -> (&str, Option<Date>)) -> Result<Vec<F>> {
    let mut rows: Vec<F> = every(tx, view)?.into_iter().map(|version| version.fact).collect();
    rows.sort_by(|one, other| key(one).cmp(&key(other)));
    Ok(rows)
}

/// From when to when each version of a run holds: until the next begins.
fn spans<T>(run: &[T], from: impl Fn(&T) -> Option<Date>) -> Vec<Option<Span>> {
    let ends = run.iter().skip(1).map(&from).chain([None]);
    run.iter().map(&from).zip(ends).map(|(from, to)| Span::new(from, to)).collect()
}

/// The day after the last one that is given.
fn day_after(last: Option<Date>) -> Option<Date> {
    last.map(|last| last.saturating_add(1.day()))
}

fn organisation(
    units: &[UnitRow],
    members: &[MemberRow],
    employments: &[EmploymentRow],
) -> std::result::Result<Organisation, Vec<Flaw>> {
    let unit_runs = || units.chunk_by(|one, next| one.unit == next.unit);
    let member_runs = || members.chunk_by(|one, next| one.member == next.member);
    let mut build = Build {
        unit_ids: unit_runs().zip(1..).map(|(run, id)| (run[0].unit.as_str(), UnitId(id))).collect(),
        member_ids: member_runs().zip(1..).map(|(run, id)| (run[0].member.as_str(), MemberId(id))).collect(),
        rows: Rows::default(),
        flaws: Vec::new(),
    };
    for run in unit_runs() {
        build.add_unit(run);
    }
    let seated: HashSet<&str> = employments.iter().map(|row| row.member.as_str()).collect();
    for run in member_runs() {
        build.add_member(run);
        if !seated.contains(run[0].member.as_str()) {
            build.add_seats(run);
        }
    }
    for row in employments {
        build.add_employment(row);
    }
    if !build.flaws.is_empty() {
        return Err(build.flaws);
    }
    Organisation::new(build.rows, Paths::default())
        .map_err(|problems| problems.into_iter().map(Flaw::Contradiction).collect())
}

/// The rows of an organisation in the making.
struct Build<'r> {
    unit_ids: HashMap<&'r str, UnitId>,
    member_ids: HashMap<&'r str, MemberId>,
    rows: Rows,
    flaws: Vec<Flaw>,
}

impl Build<'_> {
    fn unit(&mut self, code: &str, named_by: &str) -> Option<UnitId> {
        let found = self.unit_ids.get(code).copied();
        self.note("unit", found, code, named_by)
    }

    fn member(&mut self, code: &str, named_by: &str) -> Option<MemberId> {
        let found = self.member_ids.get(code).copied();
        self.note("member", found, code, named_by)
    }

    fn note<T>(&mut self, kind: &'static str, found: Option<T>, code: &str, named_by: &str) -> Option<T> {
        if found.is_none() {
            self.flaws.push(Flaw::Unknown { kind, code: code.to_owned(), named_by: named_by.to_owned() });
        }
        found
    }

    fn add_unit(&mut self, run: &[UnitRow]) {
        let newest = &run[run.len() - 1];
        let (Some(&unit), Ok(code)) = (self.unit_ids.get(newest.unit.as_str()), newest.unit.as_str().parse())
        else {
            return;
        };
        self.rows.units.push(Unit { id: unit, code, name: newest.name.clone() });
        for (row, span) in run.iter().zip(spans(run, |row| row.from)) {
            let Some(span) = span else { continue };
            let parent = row.parent.as_ref().and_then(|parent| self.unit(parent.as_str(), row.unit.as_str()));
            self.rows.placements.push(Placement { unit, parent, span });
            // Units come before members: a leader who is not known yet is a vacancy until they are.
            let leader = row.leader.as_ref().and_then(|leader| self.member_ids.get(leader.as_str()));
            if let Some(&member) = leader {
                self.rows.leaderships.push(Leadership { unit, member, span });
            }
        }
    }

    fn add_member(&mut self, run: &[MemberRow]) {
        let newest = &run[run.len() - 1];
        let (Some(&id), Ok(code)) =
            (self.member_ids.get(newest.member.as_str()), newest.member.as_str().parse())
        else {
            return;
        };
        self.rows.members.push(Member {
            id,
            code,
            name: newest.name.clone(),
            position: newest.position.unwrap_or(Position::Specialist),
            employed: Span::new(newest.hired, day_after(newest.left)).unwrap_or(Span::ALWAYS),
        });
    }

    fn add_seats(&mut self, run: &[MemberRow]) {
        for (row, span) in run.iter().zip(spans(run, |row| row.from)) {
            let Some(&member) = self.member_ids.get(row.member.as_str()) else { continue };
            let unit = row.unit.as_ref().and_then(|unit| self.unit(unit.as_str(), row.member.as_str()));
            if let (Some(unit), Some(span)) = (unit, span) {
                self.rows.seats.push(Seat { member, unit, share: Share::FULL, span });
            }
        }
    }

    fn add_employment(&mut self, row: &EmploymentRow) {
        let member = self.member(row.member.as_str(), row.member.as_str());
        let unit = self.unit(row.unit.as_str(), row.member.as_str());
        let span = Span::new(Some(row.from), day_after(row.to));
        if let (Some(member), Some(unit), Some(span)) = (member, unit, span) {
            self.rows.seats.push(Seat { member, unit, share: row.share, span });
        }
    }
}

fn path_texts(organisation: &Organisation) -> Vec<String> {
    let code = |unit: &UnitId| organisation.unit(*unit).map_or("", |unit| unit.code.as_str());
    let text =
        |units: &[UnitId]| units.iter().map(code).collect::<Vec<_>>().join(&PATH_SEPARATOR.to_string());
    organisation.paths().iter().map(|(_, units)| text(units)).collect()
}
