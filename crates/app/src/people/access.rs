//! What a request may do: the rights of whoever asks, so that pages and use cases share one answer. The table
//! itself is in `domain::access`; who asks is found by [`of_session`] and [`of_token`].

use dacheng_domain::access::{
    self as table, AccountId, Action, Decision, Object, Owner, Person, Place, Right, Role, Scope, Through,
    View, Viewer,
};
use dacheng_domain::people::Organisation;
use dacheng_store::posts::Post;
use dacheng_text::{Lang, role};
use jiff::civil::Date;

use super::delegations::Lent;

pub(crate) use super::callers::of_account;
pub use super::callers::{Caller, SignedIn, of_session, of_token};
use crate::{Actor, Context, Error, Result};

/// The rights of a request: plain data, read once.
#[derive(Debug, Clone)]
pub enum Access {
    /// None: nobody has signed in.
    Nobody,
    /// All: the command line and the program itself.
    Whole,
    /// Those of the posts of somebody who signed in.
    Session(Holder),
    /// The part of them that a token holds; it never decides.
    Token {
        /// The owner.
        holder: Holder,
        /// The token's part of the owner's rights.
        rights: Vec<(Action, Right)>,
        /// What the owner calls it.
        name: String,
    },
}

/// An account with the posts it holds on a day. Units and members are kept by code: their numbers are those of one
/// organisation value, and an import between two steps of a request may make another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The account.
    pub account: AccountId,
    /// The code of the member it belongs to.
    pub member: Option<String>,
    /// The posts held on the day.
    pub posts: Vec<Post>,
    /// The day.
    pub on: Date,
}

/// That a right may be used on an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// How much of the object is seen.
    pub view: View,
    /// For whom, where only a delegation allows it: both names are recorded.
    pub giver: Option<Person>,
}

/// A post with its place in the tree; one for a unit that is not listed gives nothing.
pub(super) fn placed(post: &Post, organisation: &Organisation) -> Option<table::Post> {
    let place = match &post.unit {
        None => Place::Company,
        Some(code) => Place::Unit(organisation.unit_of_code(code)?.id),
    };
    Some(table::Post { account: post.account, role: post.role, place, span: post.span()? })
}

impl Access {
    pub(crate) fn of(actor: &Actor) -> Self {
        match actor {
            Actor::Operator | Actor::System => Self::Whole,
            Actor::Visitor | Actor::Account { .. } => Self::Nobody,
        }
    }

    fn holder(&self) -> Option<&Holder> {
        match self {
            Self::Nobody | Self::Whole => None,
            Self::Session(holder) | Self::Token { holder, .. } => Some(holder),
        }
    }

    /// The roles held today, for menus and start pages.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        self.holder().into_iter().flat_map(|holder| &holder.posts).map(|post| post.role)
    }

    /// The account that asks, in person or by a token.
    pub fn account(&self) -> Option<AccountId> {
        self.holder().map(|holder| holder.account)
    }

    /// Who asks; `None` for nobody and for the operator, who is no person of the company.
    pub fn person(&self, organisation: &Organisation) -> Option<Person> {
        let holder = self.holder()?;
        let member = holder.member.as_deref().and_then(|code| organisation.member_of_code(code));
        Some(Person::new(holder.account, member.map(|member| member.id)))
    }

    /// Whoever is about to decide, for the separation of duties ([`table::Matter::refuse`]); `None` as for
    /// [`Access::person`].
    pub fn deciding(&self, organisation: &Organisation) -> Option<table::Actor> {
        let through = match self {
            Self::Nobody | Self::Whole | Self::Session(_) => Through::Session,
            Self::Token { .. } => Through::Token,
        };
        Some(table::Actor { person: self.person(organisation)?, giver: None, through })
    }

    /// Whoever asks, placed in an organisation; `None` for nobody and for the operator.
    fn viewer(&self, organisation: &Organisation, action: Action, lent: &[Lent]) -> Option<Viewer> {
        let Person { account: Some(account), member } = self.person(organisation)? else { return None };
        let holder = self.holder()?;
        let mut posts: Vec<_> = holder.posts.iter().filter_map(|post| placed(post, organisation)).collect();
        let lent: Vec<_> = lent.iter().flat_map(|lent| lent.placed(account, organisation)).collect();
        posts.extend(lent.iter().map(|(post, _)| *post));
        let lent: Vec<_> = lent.into_iter().map(|(_, lent)| lent).collect();
        let lent = table::delegation::lent_for(&lent, action);
        let viewer = Viewer::new(account, member, &posts, lent, holder.on);
        match self {
            Self::Nobody | Self::Whole | Self::Session(_) => Some(viewer),
            Self::Token { rights, .. } => Some(viewer.through_token(rights.clone())),
        }
    }
}

impl Context {
    /// What is reached with a right: the one filter of every list, total, export and search. Refused for nobody.
    pub fn scope<'o>(
        &self,
        organisation: &'o Organisation,
        action: Action,
        right: Right,
    ) -> Result<Scope<'o>> {
        match (&self.access, self.access.viewer(organisation, action, &self.lent)) {
            (Access::Whole, _) => Ok(Scope::whole(organisation)),
            (_, Some(viewer)) => Ok(viewer.scope(organisation, action, right)),
            (_, None) => Err(Error::NotSignedIn),
        }
    }

    /// Whether a right may be used on an object. Refused with [`Error::Forbidden`], naming the roles to be asked,
    /// where the object may be seen, else with [`Error::Missing`]: what somebody may not know is not there.
    pub fn may(
        &self,
        organisation: &Organisation,
        action: Action,
        right: Right,
        object: &Object<'_>,
    ) -> Result<Allowed> {
        let decision = match (&self.access, self.access.viewer(organisation, action, &self.lent)) {
            (Access::Whole, _) => Decision::Allowed { view: View::Full, giver: None },
            (_, Some(viewer)) => viewer.may(organisation, action, right, object),
            (_, None) => return Err(Error::NotSignedIn),
        };
        match decision {
            Decision::Allowed { view, giver } => Ok(Allowed { view, giver }),
            Decision::Forbidden(roles) => Err(Error::Forbidden(whom_to_ask(self.lang, &roles))),
            Decision::Hidden => Err(missing(object.owner)),
        }
    }

    /// Whether a right reaches anything at all: for a page, a menu, or something new. Refused naming the roles to
    /// be asked.
    pub fn may_at_all(&self, organisation: &Organisation, action: Action, right: Right) -> Result<()> {
        if !self.scope(organisation, action, right)?.is_empty() {
            return Ok(());
        }
        let gives = |role: &Role| action.cells().of(*role).iter().any(|grant| grant.gives(right));
        let roles: Vec<Role> = Role::ALL.into_iter().filter(gives).collect();
        Err(Error::Forbidden(whom_to_ask(self.lang, &roles)))
    }

    /// Whether one of some rights reaches anything. Refused as the first of them is.
    pub fn may_any(&self, organisation: &Organisation, rights: &[(Action, Right)]) -> Result<()> {
        let mut refused = Ok(());
        for (action, right) in rights {
            match self.may_at_all(organisation, *action, *right) {
                Ok(()) => return Ok(()),
                Err(refusal) => refused = refused.and(Err(refusal)),
            }
        }
        refused
    }

    /// The first of some rights that asks whoever acts for their password again. The operator is asked for nothing.
    pub fn step_up_for(
        &self,
        organisation: &Organisation,
        rights: &[(Action, Right)],
    ) -> Option<(Action, Right)> {
        let asks = |(action, right): &&(Action, Right)| {
            let viewer = self.access.viewer(organisation, *action, &self.lent);
            viewer.is_some_and(|viewer| viewer.steps_up(organisation, *action, *right))
        };
        rights.iter().find(asks).copied()
    }

    /// The same request with nothing but what one giver lent: a delegate's own rights neither help nor are needed.
    pub(crate) fn standing_in(&self, lent: &Lent) -> Self {
        let access = match &self.access {
            Access::Session(holder) => Access::Session(Holder { posts: Vec::new(), ..holder.clone() }),
            Access::Nobody | Access::Whole | Access::Token { .. } => Access::Nobody,
        };
        Self { access, lent: vec![lent.clone()], ..self.clone() }
    }

    /// Refuses whoever has not signed in.
    pub(crate) fn signed_in(&self) -> Result<()> {
        match &self.access {
            Access::Nobody => Err(Error::NotSignedIn),
            Access::Whole | Access::Session(_) | Access::Token { .. } => Ok(()),
        }
    }

    /// The account of somebody who signed in themselves. A token never changes what guards its owner.
    pub fn in_person(&self) -> Result<AccountId> {
        match (&self.access, &self.actor) {
            (Access::Session(_), Actor::Account { id, .. }) => Ok(*id),
            (Access::Token { .. }, _) => Err(self.not_by_token()),
            (Access::Nobody | Access::Whole | Access::Session(_), _) => Err(Error::NotSignedIn),
        }
    }

    /// Refuses a token, for what only people and the operator do.
    pub(super) fn refuse_token(&self) -> Result<()> {
        match &self.access {
            Access::Token { .. } => Err(self.not_by_token()),
            Access::Nobody | Access::Whole | Access::Session(_) => Ok(()),
        }
    }

    fn not_by_token(&self) -> Error {
        Error::Forbidden(self.lang.people().not_by_token().into())
    }

    /// The name written into the audit trail: the log-in name, and the token where one was used.
    pub(crate) fn actor_name(&self) -> String {
        match &self.access {
            Access::Token { name, .. } => format!("{} ({name})", self.actor.name()),
            Access::Nobody | Access::Whole | Access::Session(_) => self.actor.name().to_owned(),
        }
    }
}

fn whom_to_ask(lang: Lang, roles: &[Role]) -> String {
    if roles.is_empty() {
        return lang.people().forbidden_to_all().to_owned();
    }
    let names: Vec<&str> = roles.iter().map(|&role| role::name(lang, role)).collect();
    lang.people().forbidden(names.join(lang.people().comma()))
}

fn missing(owner: Owner) -> Error {
    match owner {
        Owner::Member(member) => Error::missing("member", member),
        Owner::Unit(unit) => Error::missing("unit", unit),
        Owner::Account(account) => Error::missing("account", account),
        Owner::Company => Error::missing("page", ""),
    }
}
