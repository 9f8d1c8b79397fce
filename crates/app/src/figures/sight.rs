//! How much of somebody's figures the asker sees (`trust.md`): pages, API and explanations ask here.

use dacheng_domain::access::{Action, Object, Owner as Whose, Right, Scope, View};
use dacheng_domain::people::{MemberId, Organisation, UnitId};
use dacheng_rollup::Owner;
use jiff::civil::Date;

use crate::{Context, Error, Result};

/// How much is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// Figures of units and the company; no person, no fact of one.
    Aggregates,
    /// The persons and facts behind them as well.
    Persons,
}

/// What the asker sees of figures on a day: of units by the lines of targets, of persons by that of break-downs.
pub struct Sights<'o> {
    organisation: &'o Organisation,
    persons: Scope<'o>,
    units: Scope<'o>,
    on: Date,
}

impl<'o> Sights<'o> {
    /// What the asker of a request sees.
    pub fn of(context: &Context, organisation: &'o Organisation, on: Date) -> Result<Self> {
        let persons = context.scope(organisation, Action::BreakDown, Right::Read)?;
        let units = context.scope(organisation, Action::CompanyTargets, Right::Read)?;
        Ok(Self { organisation, persons, units, on })
    }

    /// Whether a unit's figures are seen.
    pub fn unit(&self, unit: UnitId) -> bool {
        self.persons.covers_unit(unit, self.on) || self.units.covers_unit(unit, self.on)
    }

    /// Whether a member's figures are seen.
    pub fn member(&self, member: MemberId) -> bool {
        self.persons.covers_member(member, self.on)
    }

    /// Whether figures of a person may be seen: else nobody need be asked about.
    pub fn any_person(&self) -> bool {
        !self.persons.is_empty()
    }

    /// Whether any unit's figures are seen: whoever sees none has pages of their own only.
    pub fn any_unit(&self) -> bool {
        self.units().next().is_some()
    }

    /// The units that are seen, each before those below it.
    pub fn units(&self) -> impl Iterator<Item = UnitId> {
        let units = self.organisation.depth_first(self.on).into_iter().map(|at| at.unit);
        units.filter(|unit| self.unit(*unit))
    }

    /// How much of an owner is seen; missing where nothing is.
    pub fn owner(&self, owner: &Owner) -> Result<Sight> {
        let missing = |kind, code: &str| Error::missing(kind, code);
        let (whose, error) = match owner {
            Owner::Company => (Some(Whose::Company), missing("unit", "")),
            Owner::Unit(code) => {
                let unit = self.organisation.unit_of_code(code);
                (unit.map(|unit| Whose::Unit(unit.id)), missing("unit", code))
            }
            Owner::Member(code) => {
                let member = self.organisation.member_of_code(code);
                (member.map(|member| Whose::Member(member.id)), missing("member", code))
            }
        };
        let Some(whose) = whose else { return Err(error) };
        let object = Object::on(whose, self.on);
        match (self.persons.view(&object), self.units.view(&object)) {
            (Some(view), _) if View::shows_persons(view) => Ok(Sight::Persons),
            (Some(_), _) => Ok(Sight::Aggregates),
            (None, Some(_)) if !matches!(whose, Whose::Member(_)) => Ok(Sight::Aggregates),
            (None, _) => Err(error),
        }
    }
}
