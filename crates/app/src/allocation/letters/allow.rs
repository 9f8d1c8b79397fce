//! Who may do what with a letter: the line of the permission table, asked for its member on the plan's days.

use dacheng_domain::access::Action;
use dacheng_domain::access::{Object, Owner, Right, View, When};
use dacheng_domain::people::{MemberId, Organisation, Position};
use jiff::civil::Date;

use crate::planning::Opened;
use crate::{Context, Error, Result};

/// The day a letter of a plan is asked about: today, or the nearest day of the plan.
pub(super) fn day(context: &Context, opened: &Opened) -> Date {
    context.today.clamp(opened.year.first_day(), opened.year.last_day())
}

/// Whether a right reaches the letter of a member.
pub(super) fn may(
    context: &Context,
    organisation: &Organisation,
    right: Right,
    member: MemberId,
    on: Date,
) -> Result<View> {
    let holds: &[When] = if is_director(organisation, member) { &[When::OfDirector] } else { &[] };
    let object = Object::on(Owner::Member(member), on).holding(holds);
    context.may(organisation, Action::Letters, right, &object).map(|allowed| allowed.view)
}

fn is_director(organisation: &Organisation, member: MemberId) -> bool {
    organisation.member(member).is_some_and(|member| member.position == Position::Director)
}

/// Whether the asker may sign under the letter of a member as superior or for the company, today.
pub(crate) fn may_countersign(context: &Context, organisation: &Organisation, member: MemberId) -> bool {
    may(context, organisation, Right::Countersign, member, context.today).is_ok()
}

/// The member of a code.
pub(super) fn member_of(organisation: &Organisation, code: &str) -> Result<MemberId> {
    let found = organisation.member_of_code(code);
    found.map(|member| member.id).ok_or_else(|| Error::missing("member", code))
}

/// Whether the asker is the member.
pub(super) fn is_own(context: &Context, organisation: &Organisation, member: MemberId) -> bool {
    context.access.person(organisation).and_then(|person| person.member) == Some(member)
}
