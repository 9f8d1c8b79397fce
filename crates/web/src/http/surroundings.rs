//! What surrounds a page for a visitor: the rooms that are open to them, their name, the company.

use dacheng_app::Result;
use dacheng_app::facts::uploads::can_look;
use dacheng_domain::access::{Action, Right};
use dacheng_text::role;

use super::{Desk, FixedDate, Visitor, Web};
use crate::components::{Link, Note};
use crate::shell::{Alone, Door, Room, Shell};

/// Each room with what it needs.
const ROOMS: [(Room, Action, Right); 8] = [
    (Room::Dashboard, Action::CompanyTargets, Right::Read),
    (Room::Targets, Action::BreakDown, Right::Read),
    (Room::Plans, Action::CompanyTargets, Right::Read),
    (Room::Alerts, Action::Alerts, Right::Read),
    (Room::Closes, Action::MonthClose, Right::Read),
    (Room::Imports, Action::Facts, Right::Read),
    (Room::Settings, Action::AccountsOrg, Right::Read),
    (Room::Audit, Action::AuditTrail, Right::Read),
];

impl Desk<'_> {
    /// The shell of a page in a room; `crumbs` lead from the room down to the page.
    pub fn shell(&self, room: Room, crumbs: Vec<Link>) -> Result<Shell> {
        let (context, visitor) = (&self.context, self.visitor);
        let open = ROOMS.iter().filter(|(room, action, right)| {
            crate::pages::BUILT.contains(room)
                && context.may_at_all(self.organisation(), *action, *right).is_ok()
                && (*room != Room::Imports || can_look(context, &self.ground).is_ok())
        });
        let roles: Vec<&str> = context.access.roles().map(|held| role::name(visitor.lang, held)).collect();
        let flash = visitor.flash.as_ref().map(|(tone, said)| Note::result(*tone, said.clone()));
        Ok(Shell {
            lang: visitor.lang,
            theme: visitor.theme,
            company: self.company.name.clone(),
            fixed_date: (self.web.site.fixed_date == FixedDate::Shown).then_some(context.today),
            person: visitor.account.as_ref().map_or_else(String::new, |account| account.name.clone()),
            post: roles.first().map_or_else(String::new, |name| (*name).to_owned()),
            doors: open.map(|(room, ..)| Door::to(*room)).collect(),
            room,
            crumbs,
            csrf: visitor.csrf.clone(),
            flash,
            here: visitor.here.clone(),
        })
    }
}

impl Web {
    /// The little around a page for somebody who is not signed in.
    pub fn alone(&self, visitor: &Visitor, company: String, path: &str) -> Alone {
        Alone {
            lang: visitor.lang,
            theme: visitor.theme,
            company,
            csrf: visitor.csrf.clone(),
            path: path.to_owned(),
        }
    }
}
