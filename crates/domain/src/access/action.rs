//! The lines and columns of the permission table. What stands in its cells is in [`super::table`].

use serde::{Deserialize, Serialize};

use super::Role;
use super::grant::Grant;
use super::table::TABLE;

/// A line of the table: what somebody works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Targets of the company and its regions, plans and objectives.
    CompanyTargets,
    /// Breaking targets down to teams and persons.
    BreakDown,
    /// 责任书
    Letters,
    /// Daily reports and weekly progress.
    Reports,
    /// Facts: enter, import, confirm.
    Facts,
    /// Closing and reopening a month.
    MonthClose,
    /// Alerts and improvement plans.
    Alerts,
    /// 调整申请
    Adjustments,
    /// Metrics, alert rules, calendar, revenue basis.
    MetricsRules,
    /// What people earn.
    PayFigures,
    /// How pay is computed.
    PayRules,
    /// Accounts, the tree of units, members, roles.
    AccountsOrg,
    /// Webhooks, mail, identity providers.
    Integrations,
    /// The audit trail.
    AuditTrail,
    /// Monthly retrospectives and quarterly reviews (`ux.md` §12).
    Reviews,
    /// 评优 and promotion lists (`domain.md` §7).
    Awards,
    /// The library of good practice (`ux.md` §12).
    Sops,
    /// Training plans (`ux.md` §12).
    Trainings,
    /// Work beside the requests: what ran, waits and failed. No business rows.
    Jobs,
    /// One's own account: name, language, password, devices, tokens.
    OwnProfile,
}

/// The cells of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are the roles")]
pub struct Cells {
    pub specialist: &'static [Grant],
    pub team_leader: &'static [Grant],
    pub region_manager: &'static [Grant],
    pub director: &'static [Grant],
    pub executive: &'static [Grant],
    pub sales_operations: &'static [Grant],
    pub marketing: &'static [Grant],
    pub finance: &'static [Grant],
    pub hr: &'static [Grant],
    pub system_admin: &'static [Grant],
    pub security_admin: &'static [Grant],
    pub auditor: &'static [Grant],
}

/// A line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is about.
    pub action: Action,
    /// Who may what.
    pub cells: Cells,
}

impl Cells {
    /// The cell of a role.
    pub const fn of(&self, role: Role) -> &'static [Grant] {
        match role {
            Role::Specialist => self.specialist,
            Role::TeamLeader => self.team_leader,
            Role::RegionManager => self.region_manager,
            Role::Director => self.director,
            Role::Executive => self.executive,
            Role::SalesOperations => self.sales_operations,
            Role::Marketing => self.marketing,
            Role::Finance => self.finance,
            Role::Hr => self.hr,
            Role::SystemAdmin => self.system_admin,
            Role::SecurityAdmin => self.security_admin,
            Role::Auditor => self.auditor,
        }
    }
}

impl Action {
    /// The cells of this action.
    pub fn cells(self) -> &'static Cells {
        // The lines stand in the order of the actions; a test holds it.
        &TABLE[self as usize].cells
    }
}
