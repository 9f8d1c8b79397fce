//! What surrounds a page for a visitor: the rooms that are open to them, their name, the company.

use dacheng_app::facts::uploads::can_look;
use dacheng_app::figures::settled;
use dacheng_app::inbox::{Task, Urgency, inbox};
use dacheng_app::outbox::notices;
use dacheng_app::{Actor, Result};
use dacheng_domain::access::{Action, RankingAudience, Right};
use dacheng_domain::calendar::{Month, Period};
use dacheng_domain::metrics::Metric;
use dacheng_text::role;
use jiff::civil::Date;

use super::{Desk, FixedDate, Visitor, Web};
use crate::components::{Definition, Link, Note};
use crate::pages::inbox::handler::room as room_of;
use crate::pages::{choices, settings};
use crate::shell::{Alone, Door, Room, Shell};

/// Each room with the rights of which it needs one.
const ROOMS: [(Room, &[(Action, Right)]); 11] = [
    (Room::Dashboard, &[(Action::CompanyTargets, Right::Read)]),
    (Room::Targets, &[(Action::BreakDown, Right::Read)]),
    (Room::Forecast, &[(Action::CompanyTargets, Right::Read)]),
    (Room::Plans, &[(Action::CompanyTargets, Right::Read)]),
    (Room::Letters, &[(Action::Letters, Right::Read)]),
    (Room::Analysis, &[(Action::CompanyTargets, Right::Read)]),
    (Room::Alerts, &[(Action::Alerts, Right::Read)]),
    (Room::Closes, &[(Action::MonthClose, Right::Read)]),
    (Room::Imports, &[(Action::Facts, Right::Read)]),
    (Room::Settings, settings::OPEN_BY),
    (Room::Audit, &[(Action::AuditTrail, Right::Read)]),
];

impl Desk<'_> {
    /// What waits for the visitor.
    pub fn inbox(&self) -> Result<Vec<Task>> {
        inbox(self.app, &self.context, &self.company, &self.ground)
    }

    /// What metrics are, as settled for the month of a day.
    pub fn definitions(&self, of: impl IntoIterator<Item = Metric>, day: Date) -> Result<Vec<Definition>> {
        let (settings, _) = settled::current(&mut self.read()?)?;
        Ok(of
            .into_iter()
            .map(|of| Definition::at(self.lang(), of, &settings, Month::of(day), true))
            .collect())
    }

    /// What a metric is, as settled for the last month of a period; `has_facts` says whether anything was imported for it.
    pub fn definition(&self, of: Metric, period: Period, has_facts: bool) -> Result<Definition> {
        let (settings, _) = settled::current(&mut self.read()?)?;
        Ok(Definition::at(self.lang(), of, &settings, Month::of(period.last_day()), has_facts))
    }

    /// The shell of a page in a room; `crumbs` lead from the room down to the page.
    pub fn shell(&self, room: Room, crumbs: Vec<Link>) -> Result<Shell> {
        let (context, visitor) = (&self.context, self.visitor);
        let built = |room: &Room| crate::pages::BUILT.contains(room);
        let own_pages_only = choices::own_pages_only(self)?;
        let open = ROOMS.iter().filter(|(room, rights)| {
            built(room)
                && !(own_pages_only && matches!(room, Room::Dashboard | Room::Targets | Room::Analysis))
                && context.may_any(self.organisation(), rights).is_ok()
                && (*room != Room::Imports || can_look(context, &self.ground).is_ok())
        });
        let tasks = self.inbox()?;
        let open = [Room::Inbox].into_iter().filter(built).chain(open.map(|(room, _)| *room));
        let roles: Vec<&str> = context.access.roles().map(|held| role::name(visitor.lang, held)).collect();
        let flash = visitor.flash.as_ref().map(|(tone, said)| Note::result(*tone, said.clone()));
        Ok(Shell {
            lang: visitor.lang,
            theme: visitor.theme,
            company: self.company.name.clone(),
            fixed_date: (self.web.site.fixed_date == FixedDate::Shown).then_some(context.today),
            made_at: self.app.zone.to_datetime(context.now),
            person: visitor.account.as_ref().map_or_else(String::new, |account| account.name.clone()),
            post: roles.first().map_or_else(String::new, |name| (*name).to_owned()),
            doors: open.map(|room| door(room, &tasks)).chain(self.own_targets()).collect(),
            definitions: Vec::new(),
            unread: notices::unread(self.app, context)?,
            room,
            crumbs,
            csrf: visitor.csrf.clone(),
            flash,
            export: None,
            here: visitor.here.clone(),
        })
    }
}

impl Desk<'_> {
    /// 我的目标, for those who may carry a target of their own: whoever sells, and leaders.
    fn own_targets(&self) -> Option<Door> {
        let is_member = matches!(&self.context.actor, Actor::Account { member: Some(_), .. });
        let sells = self.context.access.roles().any(RankingAudience::is_for);
        (is_member && sells).then_some(Door::to(Room::MyTargets))
    }
}

/// A door with what waits behind it; everything that waits is behind the inbox.
fn door(room: Room, tasks: &[Task]) -> Door {
    let own = tasks.iter().filter(|task| room == Room::Inbox || room_of(&task.matter) == room);
    let waiting = u32::try_from(own.clone().count()).unwrap_or(u32::MAX);
    Door { room, waiting, urgent: own.into_iter().any(|task| task.urgency == Urgency::Overdue) }
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
