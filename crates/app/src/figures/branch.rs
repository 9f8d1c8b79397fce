//! Whoever stands directly below a unit, with figures: the same columns on every level, the asker's scope alone.

use std::collections::BTreeSet;

use dacheng_domain::people::{MemberId, Organisation, UnitId};
use dacheng_rollup::Owner;
use dacheng_store::targets::OwnerKind;
use jiff::civil::Date;

use super::performance::{Board, Performance};
use super::sight::Sights;

/// A unit or a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Whose figures.
    pub owner: Owner,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The name of who leads it; none for a member.
    pub leader: Option<String>,
}

/// A unit or member with its figures.
#[derive(Debug, Clone)]
pub struct Branch {
    /// Who.
    pub named: Named,
    /// How it stands.
    pub performance: Performance,
}

impl Named {
    /// A unit on a day.
    pub fn unit(organisation: &Organisation, unit: UnitId, on: Date) -> Option<Self> {
        let row = organisation.unit(unit)?;
        let leader = organisation.leader(unit, on).and_then(|leader| organisation.member(leader));
        let code = row.code.to_string();
        Some(Self {
            owner: Owner::Unit(code.clone()),
            code,
            name: row.name.clone(),
            leader: leader.map(|leader| leader.name.clone()),
        })
    }

    /// A member.
    pub fn member(organisation: &Organisation, member: MemberId) -> Option<Self> {
        let row = organisation.member(member)?;
        let code = row.code.to_string();
        Some(Self { owner: Owner::Member(code.clone()), code, name: row.name.clone(), leader: None })
    }

    pub(super) fn key(&self) -> (OwnerKind, String) {
        let kind = match self.owner {
            Owner::Company | Owner::Unit(_) => OwnerKind::Unit,
            Owner::Member(_) => OwnerKind::Member,
        };
        (kind, self.code.clone())
    }
}

/// Those directly below a unit whom the asker sees: units first, then members.
pub(super) fn below(organisation: &Organisation, sights: &Sights<'_>, unit: UnitId, on: Date) -> Vec<Named> {
    let children = organisation.children(unit, on);
    let units = children.units.into_iter().filter(|unit| sights.unit(*unit));
    let units = units.filter_map(|unit| Named::unit(organisation, unit, on));
    let members = children.members.into_iter().filter(|member| sights.member(*member));
    units.chain(members.filter_map(|member| Named::member(organisation, member))).collect()
}

/// The codes of the members among them.
pub(super) fn members_of<'n>(named: impl IntoIterator<Item = &'n Named>) -> BTreeSet<String> {
    let members = named.into_iter().filter(|named| matches!(named.owner, Owner::Member(_)));
    members.map(|named| named.code.clone()).collect()
}

/// Each with its figures; a member with neither target nor sale, as in a supporting post, is left out.
pub(super) fn branches(board: &Board<'_>, named: Vec<Named>) -> Vec<Branch> {
    let branches = named.into_iter().map(|named| {
        let performance = board.performance(&named.owner);
        Branch { named, performance }
    });
    branches.filter(Branch::carries).collect()
}

impl Branch {
    fn carries(&self) -> bool {
        !self.performance.figure.is_blank() || !matches!(self.named.owner, Owner::Member(_))
    }
}
