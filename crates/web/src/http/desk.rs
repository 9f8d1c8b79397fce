//! A request at work: what every handler starts from, and how its answer or its failure is told.

use std::sync::Arc;

use axum::response::Response;
use dacheng_app::company::{self, Company};
use dacheng_app::facts::ground::Ground;
use dacheng_app::{App, Context, Error, Read, Result};
use dacheng_domain::access::Owner as Whose;
use dacheng_domain::metrics::own::Catalogue;
use dacheng_domain::people::Organisation;
use dacheng_rollup::Owner;
use dacheng_text::{Lang, date};
use jiff::Timestamp;
use serde::Deserialize;

use super::failure::Failure;
use super::{Reply, Visitor, Web};

/// Everything a handler asks for before its own question: who asks, the company, its people.
pub struct Desk<'a> {
    /// The use cases.
    pub app: &'a App,
    /// The site.
    pub web: &'a Web,
    /// Who came in.
    pub visitor: &'a Visitor,
    /// Who asks, when, with which rights.
    pub context: Context,
    /// The company's settings.
    pub company: Company,
    /// The version of the company's settings.
    pub company_version: i64,
    /// Units, members, products and customers as they are now.
    pub ground: Arc<Ground>,
    /// Every metric of the company.
    pub catalogue: Arc<Catalogue>,
}

/// Which part of a list that goes back in time is asked for: what is below a number.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Older {
    /// The number; the newest where absent.
    pub before: Option<i64>,
}

impl<'a> Desk<'a> {
    fn open(web: &'a Web, app: &'a App, visitor: &'a Visitor) -> Result<Self> {
        let mut tx = app.store.read()?;
        let (company, company_version) = company::current(&mut tx)?;
        let (ground, catalogue) = (app.memory.ground(&mut tx)?, app.memory.catalogue(&mut tx)?);
        let context = visitor.context(app);
        Ok(Self { app, web, visitor, context, company, company_version, ground, catalogue })
    }

    /// The language of the answer.
    pub fn lang(&self) -> Lang {
        self.visitor.lang
    }

    /// Units and members.
    pub fn organisation(&self) -> &Organisation {
        &self.ground.organisation
    }

    /// Whoever is recorded as the actor, by name: a member, whose log-in name is kept without case, or the command line.
    pub fn recorded(&self, actor: &str) -> String {
        let members = &self.organisation().rows().members;
        let member = members.iter().find(|member| member.code.as_str().eq_ignore_ascii_case(actor));
        match member {
            Some(member) => member.name.clone(),
            None if actor == "operator" => self.lang().common().operator().to_owned(),
            None => actor.to_owned(),
        }
    }

    /// An instant in UTC milliseconds, as pages say it.
    pub fn moment(&self, at: i64) -> String {
        let zone = &self.app.zone;
        let at = Timestamp::from_millisecond(at).unwrap_or(self.context.now);
        date::moment(self.lang(), zone.to_datetime(at), zone.to_datetime(self.context.now))
    }

    /// A look at the database as it is now.
    pub fn read(&self) -> Result<Read> {
        Ok(self.app.store.read()?)
    }

    /// Whose figures a question is about, in the words of the permission table.
    pub fn whose(&self, owner: &Owner) -> Result<Whose> {
        let organisation = self.organisation();
        Ok(match owner {
            Owner::Company => Whose::Company,
            Owner::Unit(code) => {
                Whose::Unit(organisation.unit_of_code(code).ok_or_else(|| Error::missing("unit", code))?.id)
            }
            Owner::Member(code) => Whose::Member(
                organisation.member_of_code(code).ok_or_else(|| Error::missing("member", code))?.id,
            ),
        })
    }

    /// The name of a unit or a member; the code where it is not known.
    pub fn owner_name(&self, owner: &Owner) -> String {
        let organisation = self.organisation();
        match owner {
            Owner::Company => self.lang().overview().company().to_owned(),
            Owner::Unit(code) => {
                organisation.unit_of_code(code).map_or_else(|| code.clone(), |unit| unit.name.clone())
            }
            Owner::Member(code) => {
                organisation.member_of_code(code).map_or_else(|| code.clone(), |member| member.name.clone())
            }
        }
    }
}

impl Web {
    /// Answers a request beside the async loop. A failure is told as the visitor reads it: a page within the
    /// shell, or problem+json.
    pub async fn answer(
        &self,
        visitor: &Visitor,
        work: impl FnOnce(&Desk<'_>) -> Result<Response> + Send + 'static,
    ) -> Reply {
        let (web, who) = (self.clone(), visitor.clone());
        self.work(visitor, move |app| {
            let desk = Desk::open(&web, app, &who)?;
            Ok(work(&desk).unwrap_or_else(|error| Failure::of(error, &who).within(&desk)))
        })
        .await
    }

    /// A failure that came up before any handler, told within the shell where there is one.
    pub async fn refuse(&self, visitor: &Visitor, error: Error) -> Response {
        use axum::response::IntoResponse;
        self.answer(visitor, move |_| Err(error)).await.into_response()
    }
}
