//! Owners of figures, alerts and plans: their kind for the rules, their name, who answers for them and who checks.

use std::fmt;

use dacheng_domain::access::Owner;
use dacheng_domain::calendar::Month;
use dacheng_domain::people::{MemberId, Organisation};
use dacheng_domain::tracking::alert::{Level, OwnerKind};
use dacheng_domain::tracking::improvement::{Superior, checker};
use dacheng_store::targets;
use jiff::civil::Date;

/// A unit or a member, by code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnerKey {
    /// Which of the two.
    pub kind: targets::OwnerKind,
    /// The code as imported.
    pub code: String,
}

impl fmt::Display for OwnerKey {
    /// As `interface.md` has it: `unit:CODE` or `member:CODE`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            targets::OwnerKind::Unit => "unit",
            targets::OwnerKind::Member => "member",
        };
        write!(f, "{kind}:{}", self.code)
    }
}

impl OwnerKey {
    /// What kind of owner the alert rules know it as on a day. The one unit at the top is the company, those
    /// directly below it are regions, all others teams.
    pub(super) fn rule_kind(&self, organisation: &Organisation, on: Date) -> Option<OwnerKind> {
        let unit = match self.kind {
            targets::OwnerKind::Member => return Some(OwnerKind::Person),
            targets::OwnerKind::Unit => organisation.unit_of_code(&self.code)?,
        };
        let above = organisation.nearest_unit_path(unit.id, on)?.len() - 1;
        let company_levels = usize::from(organisation.top(on).count() == 1);
        Some(match above.checked_sub(company_levels) {
            None => OwnerKind::Company,
            Some(0) => OwnerKind::Region,
            Some(_) => OwnerKind::Team,
        })
    }

    /// Whether it is a member who had left when a month ended.
    pub(super) fn has_left(&self, organisation: &Organisation, month: Month) -> bool {
        let left = match self.kind {
            targets::OwnerKind::Unit => None,
            targets::OwnerKind::Member => {
                organisation.member_of_code(&self.code).and_then(|member| member.employed.to())
            }
        };
        left.is_some_and(|left| left <= month.last_day())
    }

    /// The owner as the permission table knows it.
    pub(crate) fn of_access(&self, organisation: &Organisation) -> Option<Owner> {
        match self.kind {
            targets::OwnerKind::Member => {
                organisation.member_of_code(&self.code).map(|own| Owner::Member(own.id))
            }
            targets::OwnerKind::Unit => organisation.unit_of_code(&self.code).map(|own| Owner::Unit(own.id)),
        }
    }

    /// Its name as shown; the code where it is not known any more.
    pub(crate) fn name(&self, organisation: &Organisation) -> String {
        let found = match self.kind {
            targets::OwnerKind::Member => organisation.member_of_code(&self.code).map(|own| &own.name),
            targets::OwnerKind::Unit => organisation.unit_of_code(&self.code).map(|own| &own.name),
        };
        found.unwrap_or(&self.code).clone()
    }

    /// The name of the unit it belongs to on a day: a member's own, a unit's next above.
    pub(crate) fn place(&self, organisation: &Organisation, on: Date) -> Option<String> {
        let unit = match self.kind {
            targets::OwnerKind::Member => {
                organisation.home_unit(organisation.member_of_code(&self.code)?.id, on)?
            }
            targets::OwnerKind::Unit => {
                let unit = organisation.unit_of_code(&self.code)?;
                *organisation.nearest_unit_path(unit.id, on)?.get(1)?
            }
        };
        organisation.unit(unit).map(|unit| unit.name.clone())
    }

    /// Who writes its plan: the member, or the leader of the unit; while that post is vacant the next above.
    pub fn responsible(&self, organisation: &Organisation, on: Date) -> Option<MemberId> {
        match self.kind {
            targets::OwnerKind::Member => organisation.member_of_code(&self.code).map(|own| own.id),
            targets::OwnerKind::Unit => {
                let unit = organisation.unit_of_code(&self.code)?;
                let path = organisation.nearest_unit_path(unit.id, on)?;
                path.iter().find_map(|unit| organisation.leader(*unit, on))
            }
        }
    }

    /// Who checks its plan on a day (`domain.md` §5).
    pub fn checker(&self, organisation: &Organisation, level: Level, on: Date) -> Option<MemberId> {
        let owner = self.responsible(organisation, on)?;
        let superior = |member| Some(Superior { member, position: organisation.member(member)?.position });
        let chain: Vec<Superior> =
            organisation.superiors(owner, on).into_iter().filter_map(superior).collect();
        checker(level, owner, &chain)
    }
}
