//! The first steps of a new company: what is to be done in which order, and whether it is done. Who has the rights to
//! a step sees the way to it.

use dacheng_domain::access::{Action, Object, Owner, Profile, Right, When};
use dacheng_domain::facts::kind::Kind;
use dacheng_store::first_steps::{Done, found};

use crate::company::Company;
use crate::facts::ground::Ground;
use crate::facts::subject::Subject;
use crate::people::rules;
use crate::{App, Context, Result};

/// A step, in the order in which they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// An account and the post of sales operations for somebody.
    Appoint,
    /// System and security administrator become two persons.
    Separate,
    /// Fiscal year and go-live month.
    Company,
    /// Days off and working days of the year.
    Calendar,
    /// Units and members.
    Organisation,
    /// Accounts and posts of the members.
    Accounts,
    /// Customers.
    Customers,
    /// Orders.
    Orders,
    /// Targets in force.
    Plan,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub step: Step,
    /// Whether it is done.
    pub state: State,
    /// Whether the asker can take it.
    pub part: Part,
}

/// Whether a step is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is.
    Done,
    /// Not yet.
    Open,
}

/// The asker's part in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// They can take it.
    Own,
    /// Somebody else does.
    Others,
}

impl Step {
    /// All of them in their order.
    pub const ALL: [Self; 9] = [
        Self::Appoint,
        Self::Separate,
        Self::Company,
        Self::Calendar,
        Self::Organisation,
        Self::Accounts,
        Self::Customers,
        Self::Orders,
        Self::Plan,
    ];

    fn is_done(self, done: &[Done], profile: Profile, company: &Company, ground: &Ground, year: i16) -> bool {
        let is = |one: Done| done.contains(&one);
        let rows = ground.organisation.rows();
        match self {
            Self::Appoint => is(Done::SalesOperations),
            Self::Separate => profile == Profile::SmallTeam || !is(Done::BothAdministrators),
            Self::Company => company.go_live.is_some(),
            // Of later years the inbox takes care.
            Self::Calendar => is(Done::Plan) || company.calendar().year_basis(year).is_some(),
            Self::Organisation => !rows.units.is_empty() && !rows.members.is_empty(),
            Self::Accounts => is(Done::MemberAccount),
            Self::Customers => !ground.customers.is_empty(),
            Self::Orders => is(Done::Orders),
            Self::Plan => is(Done::Plan),
        }
    }

    fn is_own(self, context: &Context, ground: &Ground) -> bool {
        let organisation = &ground.organisation;
        let may = |action, right, holds: &[When]| {
            let object = Object::on(Owner::Company, context.today).holding(holds);
            context.may(organisation, action, right, &object).is_ok()
        };
        let imports = |kind| Subject::Facts(kind).allow(context, organisation).is_ok();
        match self {
            Self::Appoint | Self::Separate | Self::Accounts => {
                may(Action::AccountsOrg, Right::Create, &[When::Accounts])
                    || may(Action::AccountsOrg, Right::Create, &[When::Roles])
            }
            Self::Company | Self::Calendar => may(Action::MetricsRules, Right::Update, &[]),
            Self::Organisation => imports(Kind::Units) && imports(Kind::Members),
            Self::Customers => imports(Kind::Customers),
            Self::Orders => imports(Kind::Orders),
            Self::Plan => may(Action::CompanyTargets, Right::Create, &[]),
        }
    }
}

/// The steps for whoever can take one of them; `None` for others, and once everything is done. One query beside the
/// rules of accounts.
pub fn first_steps(
    app: &App,
    context: &Context,
    company: &Company,
    ground: &Ground,
) -> Result<Option<Vec<Standing>>> {
    let part = |step: Step| if step.is_own(context, ground) { Part::Own } else { Part::Others };
    let parts = Step::ALL.map(|step| (step, part(step)));
    if parts.iter().all(|(_, part)| *part == Part::Others) {
        return Ok(None);
    }
    let mut tx = app.store.read()?;
    let done = found(&mut tx, context.today)?;
    let (rules, _) = rules::current(&mut tx)?;
    let year = context.today.year();
    let is_done = |step: Step| step.is_done(&done, rules.profile, company, ground, year);
    let state = |step| if is_done(step) { State::Done } else { State::Open };
    let steps: Vec<Standing> =
        parts.into_iter().map(|(step, part)| Standing { step, state: state(step), part }).collect();
    Ok(steps.iter().any(|own| own.state == State::Open).then_some(steps))
}
