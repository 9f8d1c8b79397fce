//! The permission table of `trust.md`, one line per action, one cell per role. What the words of a cell mean is
//! in [`super::grant`], what the lines are about in [`super::action`]; nothing is decided here.

use super::action::{Action, Cells, Line};
use super::grant::Reach::{Below, Branch, Company, Others, Own, Unit};
use super::grant::Right::{
    Approve, Check, Close, Comment, Commit, Confirm, Countersign, Create, Endorse, Enter, Export, Issue,
    Opine, Propose, Read, Reopen, Review, Sign, Update, Verify,
};
use super::grant::View::{Aggregates, Announcement, Masked, Names, Totals, VariablePay};
use super::grant::When::{
    Accounts, Announced, Asked, EnteredNothing, ForClose, InBatch, InForce, Jointly, Leads, Manual,
    OfDirector, OfDirectorOrCompany, OrgTree, PayShared, PayTouched, PayUntouched, Payments, Red, Roles,
    UntilLocked, Yellow,
};
use super::grant::{Grant, Reach, Right};

const fn may(rights: &'static [Right], reach: Reach) -> Grant {
    Grant::new(rights, reach)
}

/// As [`may`], but all of it asks for the password again.
const fn step_up(rights: &'static [Right], reach: Reach) -> Grant {
    Grant::new(rights, reach).step_up(rights)
}

const R: &[Right] = &[Read];
const RU: &[Right] = &[Read, Update];
const CU: &[Right] = &[Create, Update];
const CRU: &[Right] = &[Create, Read, Update];
const CRUA: &[Right] = &[Create, Read, Update, Approve];
const NONE: &[Grant] = &[];

/// A department that reads aggregates, and rows of what it is asked about.
const ADVISER: &[Grant] = &[may(R, Branch).when(Asked), may(R, Branch).view(Aggregates)];
/// What is created here acts in one's name without one: a token, a delegation.
const OWN_PROFILE: &[Grant] = &[may(RU, Own), step_up(&[Create], Own)];

/// The table. Leaders hold the column of the specialist as well ([`super::Role::leads`]).
pub static TABLE: [Line; 20] = [
    Line {
        action: Action::CompanyTargets,
        cells: Cells {
            specialist: &[may(R, Company).when(Announced)],
            team_leader: &[may(R, Branch)],
            region_manager: &[may(CRU, Branch)],
            director: &[may(CRU, Branch)],
            executive: &[may(&[Read, Approve], Branch).step_up(&[Approve])],
            sales_operations: &[may(CRU, Branch)],
            marketing: ADVISER,
            finance: ADVISER,
            hr: &[may(R, Branch)],
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Branch)],
        },
    },
    Line {
        action: Action::BreakDown,
        cells: Cells {
            specialist: &[may(&[Read, Commit], Own)],
            team_leader: &[may(CRU, Branch)],
            region_manager: &[may(CRU, Branch), step_up(&[Approve], Below)],
            director: &[may(CRU, Branch), step_up(&[Approve], Below)],
            executive: &[may(&[Read, Approve], Branch).step_up(&[Approve])],
            sales_operations: &[may(CRU, Branch)],
            marketing: ADVISER,
            finance: ADVISER,
            hr: NONE,
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Branch)],
        },
    },
    Line {
        action: Action::Letters,
        cells: Cells {
            specialist: &[may(&[Read, Sign], Own).step_up(&[Sign])],
            team_leader: &[may(R, Branch), may(&[Issue, Countersign], Below).step_up(&[Countersign])],
            region_manager: &[may(R, Branch), may(&[Issue, Countersign], Below).step_up(&[Countersign])],
            director: &[may(R, Branch), may(&[Issue, Countersign], Below).step_up(&[Countersign])],
            executive: &[may(R, Branch), step_up(&[Countersign], Branch).when(OfDirector)],
            sales_operations: &[may(&[Read, Issue], Branch)],
            marketing: NONE,
            finance: NONE,
            hr: &[may(R, Branch)],
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Branch)],
        },
    },
    Line {
        action: Action::Reports,
        cells: Cells {
            specialist: &[may(R, Own), may(CRU, Own).when(UntilLocked)],
            team_leader: &[may(&[Read, Comment], Branch)],
            region_manager: &[may(R, Branch)],
            director: &[may(R, Branch)],
            executive: &[may(R, Branch)],
            sales_operations: &[may(R, Branch)],
            marketing: NONE,
            finance: NONE,
            hr: NONE,
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Branch)],
        },
    },
    Line {
        action: Action::Facts,
        cells: Cells {
            specialist: &[may(R, Own), may(&[Enter], Own).when(Manual)],
            team_leader: &[may(&[Read, Enter], Branch)],
            region_manager: &[may(&[Read, Enter], Branch)],
            director: &[may(R, Branch)],
            executive: &[may(R, Branch)],
            sales_operations: &[may(&[Create, Read, Update, Confirm], Branch)],
            marketing: &[may(CRU, Branch).when(Leads), may(R, Branch).view(Aggregates)],
            finance: &[
                may(CRU, Branch).when(Payments),
                may(&[Confirm], Branch),
                may(R, Branch).when(ForClose),
                may(R, Branch).view(Aggregates),
            ],
            hr: NONE,
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Branch)],
        },
    },
    Line {
        action: Action::MonthClose,
        cells: Cells {
            specialist: NONE,
            team_leader: NONE,
            region_manager: &[may(R, Company)],
            director: &[may(R, Company), step_up(&[Reopen], Company).when(Jointly)],
            executive: &[may(R, Company), step_up(&[Reopen], Company).when(Jointly)],
            sales_operations: &[may(&[Read, Propose], Company)],
            marketing: NONE,
            finance: &[
                may(R, Company),
                step_up(&[Close], Company).when(EnteredNothing),
                step_up(&[Reopen], Company).when(Jointly),
            ],
            hr: NONE,
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Company)],
        },
    },
    Line {
        action: Action::Alerts,
        cells: Cells {
            specialist: &[may(CRU, Own)],
            team_leader: &[may(R, Branch), may(&[Check], Below).when(Yellow)],
            region_manager: &[may(R, Branch), may(&[Check], Below).when(Yellow)],
            // The director is also the next superior of a region manager, and stands in for a vacant post.
            director: &[may(R, Branch), step_up(&[Check], Below).when(Red), may(&[Check], Below).when(Asked)],
            executive: &[
                may(R, Branch),
                step_up(&[Check], Branch).when(OfDirector),
                may(&[Check], Branch).when(Asked),
            ],
            sales_operations: &[may(R, Branch)],
            marketing: NONE,
            finance: NONE,
            hr: NONE,
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Branch)],
        },
    },
    Line {
        action: Action::Adjustments,
        cells: Cells {
            specialist: &[may(&[Create, Read], Own), may(R, Unit).when(Announced).view(Announcement)],
            team_leader: &[may(&[Create, Read], Branch), may(&[Endorse], Below)],
            region_manager: &[may(R, Branch), may(&[Endorse], Below)],
            director: &[may(R, Branch), step_up(&[Approve], Below)],
            executive: &[may(R, Branch), step_up(&[Approve], Branch).when(OfDirectorOrCompany)],
            sales_operations: &[may(&[Read, Review], Branch)],
            marketing: &[may(&[Read, Opine], Branch).when(Asked)],
            finance: &[may(&[Read, Opine], Branch).when(Asked)],
            hr: NONE,
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Branch)],
        },
    },
    Line {
        action: Action::MetricsRules,
        cells: Cells {
            specialist: &[may(R, Company)],
            team_leader: &[may(R, Company)],
            region_manager: &[may(R, Company)],
            director: &[may(&[Read, Propose], Company), step_up(&[Approve], Company).when(PayUntouched)],
            executive: &[may(R, Company), step_up(&[Approve], Company).when(PayTouched)],
            sales_operations: &[may(CRU, Company)],
            marketing: &[may(&[Read, Opine], Company)],
            finance: &[may(&[Read, Opine], Company)],
            hr: &[may(R, Company)],
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Company)],
        },
    },
    Line {
        action: Action::PayFigures,
        cells: Cells {
            // Confirming is the first and the last step of the chain (`domain.md` §7): the superior confirms the
            // figures that pay is computed from, the person the statement.
            specialist: &[may(&[Read, Confirm], Own).step_up(&[Confirm])],
            team_leader: &[
                may(R, Branch).view(Totals),
                may(R, Below).when(PayShared).view(VariablePay),
                step_up(&[Confirm], Below).view(Masked),
            ],
            region_manager: &[
                may(R, Branch).view(Totals),
                may(R, Below).when(PayShared).view(VariablePay),
                step_up(&[Confirm], Below).view(Masked),
            ],
            director: &[
                may(R, Branch).view(Totals),
                may(R, Below).when(PayShared).view(VariablePay),
                step_up(&[Confirm], Below).view(Masked),
            ],
            executive: &[may(&[Read, Approve], Branch).step_up(&[Approve])],
            sales_operations: NONE,
            marketing: NONE,
            finance: &[may(&[Read, Check], Branch).step_up(&[Check]).when(InBatch)],
            hr: &[may(CRU, Branch)],
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Branch).view(Masked)],
        },
    },
    Line {
        action: Action::PayRules,
        cells: Cells {
            specialist: &[may(R, Company).when(InForce)],
            team_leader: &[may(R, Company)],
            region_manager: &[may(R, Company)],
            director: &[may(&[Read, Propose], Company)],
            executive: &[may(&[Read, Approve], Company).step_up(&[Approve])],
            sales_operations: NONE,
            marketing: NONE,
            finance: &[may(&[Read, Approve], Company).step_up(&[Approve])],
            hr: &[may(CRU, Company)],
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Company)],
        },
    },
    Line {
        action: Action::AccountsOrg,
        cells: Cells {
            specialist: &[may(R, Company).when(OrgTree).view(Names)],
            team_leader: &[may(R, Company).when(OrgTree)],
            region_manager: &[may(R, Company).when(OrgTree)],
            director: &[may(R, Company).when(OrgTree)],
            executive: &[may(R, Company).when(OrgTree)],
            sales_operations: &[may(CRU, Company).when(OrgTree)],
            marketing: NONE,
            finance: NONE,
            hr: &[may(CRU, Company).when(OrgTree)],
            system_admin: &[
                may(CRU, Company).when(Accounts).step_up(CU),
                may(R, Company).when(OrgTree).view(Names),
            ],
            security_admin: &[
                may(CRU, Others).when(Roles).step_up(CU),
                may(R, Company).when(Accounts),
                may(R, Company).when(OrgTree).view(Names),
            ],
            auditor: &[may(R, Company)],
        },
    },
    Line {
        action: Action::Integrations,
        cells: Cells {
            specialist: NONE,
            team_leader: NONE,
            region_manager: NONE,
            director: NONE,
            executive: NONE,
            sales_operations: NONE,
            marketing: NONE,
            finance: NONE,
            hr: NONE,
            system_admin: &[may(CRU, Company)],
            security_admin: &[may(&[Read, Approve], Company).step_up(&[Approve])],
            auditor: &[may(R, Company)],
        },
    },
    Line {
        action: Action::AuditTrail,
        cells: Cells {
            specialist: &[may(R, Own)],
            team_leader: NONE,
            region_manager: NONE,
            director: NONE,
            executive: NONE,
            sales_operations: NONE,
            marketing: NONE,
            finance: NONE,
            hr: NONE,
            system_admin: NONE,
            security_admin: &[may(R, Company).step_up(&[Export])],
            auditor: &[may(&[Read, Verify], Company).step_up(&[Export])],
        },
    },
    Line {
        action: Action::Reviews,
        cells: Cells {
            specialist: NONE,
            team_leader: &[may(CRU, Branch)],
            region_manager: &[may(CRU, Branch)],
            director: &[may(CRU, Branch)],
            executive: &[may(R, Branch)],
            sales_operations: &[may(CRU, Branch)],
            marketing: ADVISER,
            finance: ADVISER,
            hr: NONE,
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Branch)],
        },
    },
    Line {
        action: Action::Awards,
        cells: Cells {
            specialist: &[may(R, Company).when(Announced).view(Announcement)],
            team_leader: &[may(R, Branch), may(&[Propose], Below)],
            region_manager: &[may(R, Branch), may(&[Propose], Below)],
            director: &[may(R, Branch), step_up(&[Approve], Below)],
            executive: &[may(&[Read, Approve], Branch).step_up(&[Approve])],
            sales_operations: &[may(R, Branch)],
            marketing: NONE,
            finance: NONE,
            hr: &[may(CRU, Branch)],
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Branch)],
        },
    },
    Line {
        action: Action::Sops,
        cells: Cells {
            specialist: &[may(R, Company)],
            team_leader: &[may(CRU, Company)],
            region_manager: &[may(CRU, Company)],
            director: &[may(&[Read, Approve], Company)],
            executive: &[may(R, Company)],
            sales_operations: &[may(CRUA, Company)],
            marketing: &[may(R, Company)],
            finance: &[may(R, Company)],
            hr: &[may(R, Company)],
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Company)],
        },
    },
    Line {
        action: Action::Trainings,
        cells: Cells {
            specialist: &[may(R, Own)],
            team_leader: &[may(CRU, Branch)],
            region_manager: &[may(CRU, Branch)],
            director: &[may(R, Branch)],
            executive: &[may(R, Branch)],
            sales_operations: &[may(R, Branch)],
            marketing: NONE,
            finance: NONE,
            hr: &[may(CRU, Branch)],
            system_admin: NONE,
            security_admin: NONE,
            auditor: &[may(R, Branch)],
        },
    },
    Line {
        action: Action::Jobs,
        cells: Cells {
            specialist: NONE,
            team_leader: NONE,
            region_manager: NONE,
            director: NONE,
            executive: NONE,
            sales_operations: NONE,
            marketing: NONE,
            finance: NONE,
            hr: NONE,
            system_admin: &[may(RU, Company)],
            security_admin: NONE,
            auditor: &[may(R, Company)],
        },
    },
    Line {
        action: Action::OwnProfile,
        cells: Cells {
            specialist: OWN_PROFILE,
            team_leader: OWN_PROFILE,
            region_manager: OWN_PROFILE,
            director: OWN_PROFILE,
            executive: OWN_PROFILE,
            sales_operations: OWN_PROFILE,
            marketing: OWN_PROFILE,
            finance: OWN_PROFILE,
            hr: OWN_PROFILE,
            system_admin: OWN_PROFILE,
            security_admin: OWN_PROFILE,
            auditor: OWN_PROFILE,
        },
    },
];
