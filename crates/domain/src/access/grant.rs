//! The words a cell of the permission table is written in.

use serde::{Deserialize, Serialize};

/// What somebody does. The first five are the letters of `trust.md`; the others are acts the table names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// Make something new.
    #[serde(rename = "C")]
    Create,
    /// See it.
    #[serde(rename = "R")]
    Read,
    /// Change it.
    #[serde(rename = "U")]
    Update,
    /// Let it come into force.
    #[serde(rename = "A")]
    Approve,
    /// Take it away as a file. Held with [`Right::Read`]: an export shows what the page shows.
    #[serde(rename = "X")]
    Export,
    /// Enter a fact that stays 待确认 until somebody else confirms it.
    Enter,
    /// Let an entered fact or a figure count.
    Confirm,
    /// Write beside a report.
    Comment,
    /// Answer a target with one's own commitment.
    Commit,
    /// Hand out a letter.
    Issue,
    /// Sign one's own letter.
    Sign,
    /// Sign the letter of somebody below.
    Countersign,
    /// Put forward for somebody else to decide.
    Propose,
    /// Support an application on its way up.
    Endorse,
    /// Check an application against the data.
    Review,
    /// Give the opinion of one's department.
    Opine,
    /// Check a plan or a batch and accept or return it.
    Check,
    /// Close a month.
    Close,
    /// Open a closed month again.
    Reopen,
    /// Recompute the audit trail.
    Verify,
}

impl Right {
    /// Whether using it is a decision of a person: a token never does it, and nobody does it about themselves
    /// except where the table says *own*.
    pub const fn decides(self) -> bool {
        match self {
            Self::Approve
            | Self::Confirm
            | Self::Commit
            | Self::Sign
            | Self::Countersign
            | Self::Endorse
            | Self::Review
            | Self::Opine
            | Self::Check
            | Self::Close
            | Self::Reopen => true,
            Self::Create
            | Self::Read
            | Self::Update
            | Self::Export
            | Self::Enter
            | Self::Comment
            | Self::Issue
            | Self::Propose
            | Self::Verify => false,
        }
    }
}

/// Whose rows a grant reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// One's own rows.
    Own,
    /// The units one sits in and the colleagues there.
    Unit,
    /// All below the unit of the post, the unit itself and oneself included; with a post for the company, all.
    Branch,
    /// As [`Reach::Branch`], but neither the unit of the post itself nor one's own rows.
    Below,
    /// The whole company, whatever the post is for.
    Company,
    /// The whole company without oneself.
    Others,
}

/// What must be so for a grant to count. The caller states what holds for the object; what is not stated does
/// not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Nothing.
    Always,
    /// It is part of a request under review on which the viewer's office is asked, until that is decided.
    Asked,
    /// It has been announced.
    Announced,
    /// It is in force.
    InForce,
    /// It is not locked yet.
    UntilLocked,
    /// Its kind of fact is entered by hand.
    Manual,
    /// It is a payment.
    Payments,
    /// It is a lead, an opportunity or a note about the market: what marketing enters.
    Leads,
    /// It is needed for the close of a month under way.
    ForClose,
    /// The viewer entered no fact of the month.
    EnteredNothing,
    /// A second person decides with them: a director or above, and finance.
    Jointly,
    /// The alert is yellow.
    Yellow,
    /// The alert is red.
    Red,
    /// It is a director's own.
    OfDirector,
    /// It is a director's own total or a total of the company.
    OfDirectorOrCompany,
    /// It changes what somebody is paid.
    PayTouched,
    /// It changes nobody's pay.
    PayUntouched,
    /// It is part of a pay batch under check.
    InBatch,
    /// The company shows variable pay to leaders, and the viewer is the direct leader or a director.
    PayShared,
    /// It is about units, members and seats.
    OrgTree,
    /// It is about accounts.
    Accounts,
    /// It is about roles, posts and policy.
    Roles,
}

/// How much of an object a grant shows, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Sums over people, under the rule of [`super::may_show_totals`].
    Totals,
    /// Figures of units and the company, no rows of persons.
    Aggregates,
    /// Names only.
    Names,
    /// What is announced: name, metric, old and new, class of reason, month. Never pay or evidence.
    Announcement,
    /// Coefficient, commission and bonus; never base pay or the sum paid out.
    VariablePay,
    /// All rows, amounts hidden.
    Masked,
    /// All of it.
    Full,
}

impl View {
    /// Whether rows of single persons are shown.
    pub const fn shows_persons(self) -> bool {
        match self {
            Self::Totals | Self::Aggregates => false,
            Self::Names | Self::Announcement | Self::VariablePay | Self::Masked | Self::Full => true,
        }
    }
}

/// One permission: which rights, over what, when, seeing how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Grant {
    /// What may be done.
    pub rights: &'static [Right],
    /// Over whose rows.
    pub reach: Reach,
    /// Under which condition.
    #[serde(skip_serializing_if = "is_always")]
    pub when: When,
    /// Seeing how much.
    #[serde(skip_serializing_if = "is_full")]
    pub view: View,
    /// The rights given, [`Right::Export`] included, that ask for the password again: see [`super::step_up`].
    #[serde(skip_serializing_if = "<[Right]>::is_empty")]
    pub step_up: &'static [Right],
}

impl Grant {
    pub(super) const fn new(rights: &'static [Right], reach: Reach) -> Self {
        Self { rights, reach, when: When::Always, view: View::Full, step_up: &[] }
    }

    pub(super) const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }

    pub(super) const fn view(self, view: View) -> Self {
        Self { view, ..self }
    }

    pub(super) const fn step_up(self, step_up: &'static [Right]) -> Self {
        Self { step_up, ..self }
    }

    /// Whether the grant gives the right.
    pub fn gives(&self, right: Right) -> bool {
        let held = if right == Right::Export { Right::Read } else { right };
        self.rights.contains(&held)
    }

    /// Whether using the right through this grant asks for the password again.
    pub fn asks(&self, right: Right) -> bool {
        self.step_up.contains(&right)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_always(when: &When) -> bool {
    *when == When::Always
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_full(view: &View) -> bool {
    *view == View::Full
}
