//! Settings: the tiles, people and accounts, the organisation, roles, the calendar, the company, alert rules, and what
//! runs beside the requests.

mod calendar;
mod company;
mod handler;
mod index;
mod jobs;
mod metrics;
mod notifications;
mod org;
mod own_metric;
mod people;
mod person;
mod pipeline;
mod roles;
mod rules;

use dacheng_domain::access::{Action, Right};

pub use calendar::{CalendarPage, Day, DayForm, DayLook, Holiday, MonthSheet, OwnDay};
pub use company::{CompanyForm, CompanyPage};
pub use handler::routes;
pub(crate) use handler::{job_number, place_of, text_of};
pub use index::{IndexPage, Tile};
pub(crate) use jobs::job_state;
pub use jobs::{JobRow, JobsPage};
pub use metrics::{MetricCard, MetricForm, MetricGroup, MetricsPage};
pub use notifications::{ChannelRow, ChannelsPage, DeadRow, HookForm, MailForm, RobotForm};
pub use org::{OrgPage, OrgRow, SeatDetail, SeatRow, UnitPanel};
pub use own_metric::{FixedFields, MadeOfFields, OwnMetricForm, OwnMetricPage, RetireForm};
pub use people::{InvitePage, Made, OneTimeLink, PeoplePage, PersonRow, ProvidedPage};
pub use person::{AccountPage, EditForm, PostForm, PostRow};
pub use pipeline::{PipelineForm, PipelinePage};
pub use roles::{RolesPage, RulesForm};
pub use rules::{MetricRules, RuleForm, RuleVersion, RulesPage};

/// The rights behind the pages of this room: whoever has one of them finds its tiles.
pub const OPEN_BY: &[(Action, Right)] =
    &[(Action::AccountsOrg, Right::Read), (Action::MetricsRules, Right::Read), (Action::Jobs, Right::Read)];
