//! What a viewer reaches with a right: the one answer that lists, totals, exports, pages and searches share.

use jiff::civil::Date;

use super::grant::{Grant, Reach};
use super::viewer::Held;
use super::{AccountId, Action, Person, Place, Right, Role, View, Viewer, When};
use crate::people::{MemberId, Organisation, PathId, Span, UnitId};

/// Whom an object belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A member: their target, report, letter, fact, pay.
    Member(MemberId),
    /// A unit: its target, review, alert.
    Unit(UnitId),
    /// The company as a whole: a month, a rule, a setting.
    Company,
    /// An account: its profile, log-ins, posts.
    Account(AccountId),
}

/// Something somebody wants to see or do something with.
#[derive(Debug, Clone, Copy)]
pub struct Object<'a> {
    /// Whose it is.
    pub owner: Owner,
    /// The days it is about: the date of a fact, the days of a month's target. They decide through which units
    /// the owner is reached: after a move the old leader keeps what lies before it, the new one gets the rest.
    pub days: Span,
    /// The conditions that hold for it.
    pub holds: &'a [When],
}

impl<'a> Object<'a> {
    /// Something of one day, without any condition.
    pub fn on(owner: Owner, day: Date) -> Self {
        Self { owner, days: Span::day(day), holds: &[] }
    }

    /// The same with the conditions that hold for it.
    #[must_use]
    pub fn holding(self, holds: &'a [When]) -> Self {
        Self { holds, ..self }
    }
}

/// The answer to "may they?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Allowed {
        /// Seeing how much.
        view: View,
        /// For whom, where only a delegation allows it: both names are recorded.
        giver: Option<Person>,
    },
    /// They may see it but not do that (403). The roles that can, to be asked.
    Forbidden(Vec<Role>),
    /// They may not know that it exists (404).
    Hidden,
}

/// What a viewer reaches with one right on one line of the table.
#[derive(Debug, Clone)]
pub struct Scope<'o> {
    organisation: &'o Organisation,
    parts: Vec<Part>,
}

/// What one grant of one post reaches.
#[derive(Debug, Clone)]
struct Part {
    area: Area,
    /// People whose own rows are left out.
    without: Vec<Person>,
    when: When,
    view: View,
    giver: Option<Person>,
}

#[derive(Debug, Clone, Copy)]
enum Area {
    Everything,
    Branch(UnitId),
    /// As the branch, without the unit itself.
    Below(UnitId),
    /// Everything below the top of the tree.
    BelowTop,
    /// The units a member sits in, and the colleagues there.
    SeatsOf(MemberId),
    Own(Person),
}

impl Viewer {
    /// What this viewer reaches with a right on a line of the table.
    pub fn scope<'o>(&self, organisation: &'o Organisation, action: Action, right: Right) -> Scope<'o> {
        let mut parts = Vec::new();
        if self.lets_through(action, right) {
            for held in self.held.iter().filter(|held| self.is_in_office(organisation, held)) {
                let also = if held.role.leads() { action.cells().specialist } else { &[] };
                let grants =
                    action.cells().of(held.role).iter().chain(also).filter(|grant| grant.gives(right));
                parts.extend(grants.filter_map(|grant| self.part(organisation, held, grant, right)));
            }
        }
        Scope { organisation, parts }
    }

    /// Whether this viewer may use a right on an object.
    pub fn may(
        &self,
        organisation: &Organisation,
        action: Action,
        right: Right,
        object: &Object<'_>,
    ) -> Decision {
        let scope = self.scope(organisation, action, right);
        if let Some(view) = scope.view(object) {
            let giver = scope.reaching(object).map(|part| part.giver).min_by_key(Option::is_some).flatten();
            return Decision::Allowed { view, giver };
        }
        match self.scope(organisation, action, Right::Read).view(object) {
            Some(_) => Decision::Forbidden(who_can(action, right)),
            None => Decision::Hidden,
        }
    }

    /// Nobody acts, or is acted for, outside the days they are employed, whatever their posts still say.
    pub(super) fn is_in_office(&self, organisation: &Organisation, held: &Held) -> bool {
        let members =
            [Some(self.person), held.giver].into_iter().flatten().filter_map(|person| person.member);
        let mut rows = members.filter_map(|member| organisation.member(member));
        rows.all(|member| member.is_employed(self.on))
    }

    fn part(&self, organisation: &Organisation, held: &Held, grant: &Grant, right: Right) -> Option<Part> {
        let branch = match held.place {
            Place::Company => Area::Everything,
            // The only unit at the top is the company.
            Place::Unit(unit) if organisation.top(self.on).eq([unit]) => Area::Everything,
            Place::Unit(unit) => Area::Branch(unit),
        };
        let area = match (grant.reach, held.place) {
            // A delegate never stands in for what is the giver's own.
            (Reach::Own | Reach::Unit, _) if held.giver.is_some() => return None,
            (Reach::Own, _) => Area::Own(self.person),
            (Reach::Unit, _) => Area::SeatsOf(self.person.member?),
            (Reach::Branch, _) => branch,
            (Reach::Below, Place::Company) => Area::BelowTop,
            (Reach::Below, Place::Unit(unit)) => Area::Below(unit),
            (Reach::Company | Reach::Others, _) => Area::Everything,
        };
        let about_others = match grant.reach {
            Reach::Own => false,
            Reach::Below | Reach::Others => true,
            Reach::Unit | Reach::Branch | Reach::Company => right.decides(),
        };
        let people = [Some(self.person), held.giver];
        let without = people.into_iter().flatten().filter(|_| about_others).collect();
        Some(Part { area, without, when: grant.when, view: grant.view, giver: held.giver })
    }
}

/// The roles that can do it to somebody else's, in the order of the table.
fn who_can(action: Action, right: Right) -> Vec<Role> {
    let gives = |grant: &Grant| grant.reach != Reach::Own && grant.gives(right);
    Role::ALL.into_iter().filter(|&role| action.cells().of(role).iter().any(gives)).collect()
}

impl<'o> Scope<'o> {
    /// All of the company: the command line and the jobs of the server.
    pub fn whole(organisation: &'o Organisation) -> Self {
        let (when, view) = (When::Always, View::Full);
        let all = Part { area: Area::Everything, without: Vec::new(), when, view, giver: None };
        Self { organisation, parts: vec![all] }
    }

    /// Whether nothing is reached, whatever holds.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// How much of the object is seen; `None` where it is not reached.
    pub fn view(&self, object: &Object<'_>) -> Option<View> {
        self.reaching(object).map(|part| part.view).max()
    }

    /// Whether a member's rows of that day are reached, without any condition.
    pub fn covers_member(&self, member: MemberId, on: Date) -> bool {
        self.view(&Object::on(Owner::Member(member), on)).is_some()
    }

    /// Whether a unit's figures of that day are reached, without any condition; perhaps as totals only, which
    /// [`Scope::view`] says.
    pub fn covers_unit(&self, unit: UnitId, on: Date) -> bool {
        self.view(&Object::on(Owner::Unit(unit), on)).is_some()
    }

    /// Whether a roll-up cell, what a member's results bring to a path, is part of the viewer's sums. Somebody
    /// with seats in two branches is part of each with what rolls up through it.
    pub fn covers_path(&self, member: MemberId, path: PathId) -> bool {
        let units = self.organisation.paths().units(path);
        let owner = Person::member(member);
        let in_force =
            self.parts.iter().filter(|part| part.when == When::Always && part.view.shows_persons());
        let mut others = in_force.filter(|part| !part.without.iter().any(|person| owner.is(*person)));
        others.any(|part| match part.area {
            Area::Everything | Area::BelowTop => true,
            Area::Branch(unit) | Area::Below(unit) => units.contains(&unit),
            Area::SeatsOf(_) => false,
            Area::Own(person) => owner.is(person),
        })
    }

    /// The members employed on that day whose rows are reached, in the order of the list of members.
    pub fn members(&self, on: Date) -> impl Iterator<Item = MemberId> {
        let members = self.organisation.rows().members.iter().filter(move |member| member.is_employed(on));
        members.map(|member| member.id).filter(move |&member| self.covers_member(member, on))
    }

    /// The units of that day that are reached, each before the units below it.
    pub fn units(&self, on: Date) -> impl Iterator<Item = UnitId> {
        let units = self.organisation.depth_first(on).into_iter().map(|at| at.unit);
        units.filter(move |&unit| self.covers_unit(unit, on))
    }

    fn reaching(&self, object: &Object<'_>) -> impl Iterator<Item = &Part> {
        let holds = |when| when == When::Always || object.holds.contains(&when);
        self.parts.iter().filter(move |part| holds(part.when) && self.reaches(part, object))
    }

    fn reaches(&self, part: &Part, object: &Object<'_>) -> bool {
        let Object { owner, days, .. } = *object;
        let owner_person = match owner {
            Owner::Member(member) => Some(Person::member(member)),
            Owner::Account(account) => Some(Person { account: Some(account), member: None }),
            Owner::Unit(_) | Owner::Company => None,
        };
        let is = |person: &Person| owner_person.is_some_and(|owner| owner.is(*person));
        if part.without.iter().any(is) || (owner_person.is_some() && !part.view.shows_persons()) {
            return false;
        }
        let organisation = self.organisation;
        match (part.area, owner) {
            (Area::Everything, _) | (Area::BelowTop, Owner::Member(_)) => true,
            (Area::Own(person), _) => is(&person),
            (Area::Branch(unit) | Area::Below(unit), Owner::Member(member)) => {
                organisation.is_member_below(member, unit, days)
            }
            (Area::Branch(unit), Owner::Unit(owner)) => organisation.is_unit_below(owner, unit, days),
            (Area::Below(unit), Owner::Unit(owner)) => {
                owner != unit && organisation.is_unit_below(owner, unit, days)
            }
            (Area::BelowTop, Owner::Unit(owner)) => !organisation.is_unit_at_top(owner, days),
            (Area::SeatsOf(member), Owner::Member(owner)) => organisation.are_colleagues(member, owner, days),
            (Area::SeatsOf(member), Owner::Unit(owner)) => organisation.sits_in(member, owner, days),
            (
                Area::Branch(_) | Area::Below(_) | Area::BelowTop | Area::SeatsOf(_),
                Owner::Company | Owner::Account(_),
            ) => false,
        }
    }
}
