//! Everybody of the small company with their posts, and the questions that tests ask of them.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses its own part, and a panic is a failed test"
)]

use dacheng_domain::access::{AccountId, Decision, Object, Owner, Place, Post, Role, View, Viewer};
use dacheng_domain::people::{MemberId, Span, UnitId};
use jiff::civil::Date;

use crate::people_sample::*;

pub const TODAY: Date = Date::constant(2026, 11, 23);

/// The account of a member; people outside of sales have accounts from 101 on.
pub fn account(member: MemberId) -> AccountId {
    AccountId(member.0)
}

pub fn post(account: AccountId, role: Role, place: Place) -> Post {
    Post { account, role, place, span: Span::ALWAYS }
}

/// Everybody's posts: leaders for their units, the others for the company.
pub fn posts() -> Vec<Post> {
    let mut posts: Vec<Post> = [
        (DIRECTOR, Role::Director, COMPANY),
        (SOUTH_MANAGER, Role::RegionManager, SOUTH),
        (EAST_MANAGER, Role::RegionManager, EAST),
        (LEADER1, Role::TeamLeader, TEAM1),
        (LEADER2, Role::TeamLeader, TEAM2),
        (LEADER3, Role::TeamLeader, TEAM3),
        (ANN, Role::Specialist, TEAM1),
        (BO, Role::Specialist, TEAM2),
        (CAI, Role::Specialist, TEAM3),
    ]
    .map(|(member, role, unit)| post(account(member), role, Place::Unit(unit)))
    .into();
    let offices = [
        Role::Executive,
        Role::SalesOperations,
        Role::Marketing,
        Role::Finance,
        Role::Hr,
        Role::SystemAdmin,
        Role::SecurityAdmin,
        Role::Auditor,
    ];
    posts.extend((101..).zip(offices).map(|(id, role)| post(AccountId(id), role, Place::Company)));
    posts
}

pub fn member_viewer(member: MemberId) -> Viewer {
    Viewer::new(account(member), Some(member), &posts(), &[], TODAY)
}

pub fn office(role: Role) -> Viewer {
    let posts = posts();
    let post = posts.iter().find(|post| post.role == role).unwrap();
    Viewer::new(post.account, None, &posts, &[], TODAY)
}

pub fn of(member: MemberId) -> Object<'static> {
    Object::on(Owner::Member(member), TODAY)
}

pub fn unit_object(unit: UnitId) -> Object<'static> {
    Object::on(Owner::Unit(unit), TODAY)
}

pub fn company() -> Object<'static> {
    Object::on(Owner::Company, TODAY)
}

pub const FULL: Decision = Decision::Allowed { view: View::Full, giver: None };

pub fn seeing(view: View) -> Decision {
    Decision::Allowed { view, giver: None }
}

pub fn ask(roles: &[Role]) -> Decision {
    Decision::Forbidden(roles.to_vec())
}
