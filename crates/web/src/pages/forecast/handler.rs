//! `GET /forecast`: the outlook of a unit or a member over a period, within what the viewer may see.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::figures::forecast::{Outlooks, outlooks};
use dacheng_app::figures::pipeline::{METRIC, Rows};
use dacheng_app::figures::statements::METRICS;
use dacheng_app::figures::{Look, read_owner};
use dacheng_app::{Actor, Error, Result};
use dacheng_domain::Fen;
use dacheng_domain::calendar::Month;
use dacheng_domain::tracking::pipeline::Coverage;
use dacheng_forecast::HORIZON;
use dacheng_rollup::Owner;
use dacheng_text::{date, money};
use serde::Deserialize;

use super::{Content, Figures, ForecastPage, Stepper, view};
use crate::components::{Empty, Link, Sentence};
use crate::http::{Desk, Reply, Visitor, Web, encoded};
use crate::pages::choices::{self, Visible};
use crate::pages::coverage;
use crate::pages::standing::{basis, metric_name, query};
use crate::respond;
use crate::shell::Room;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// Period and metric.
    #[serde(flatten)]
    of: choices::Asked,
    /// The unit's code; everything the viewer may see where absent.
    org: Option<String>,
    /// A member's code.
    person: Option<String>,
    /// The amount whose chance is asked for; the target where absent.
    n: Option<String>,
}

/// `GET /forecast?p=2026-11&m=revenue&org=hd&n=500万`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, &asked)?))).await
}

impl Asked {
    /// Whose figures are asked for, as an address repeats it.
    fn whose(&self) -> String {
        let part = |name: &str, code: &Option<String>| {
            code.as_deref().map_or_else(String::new, |code| format!("&{name}={}", encoded(code)))
        };
        part("org", &self.org) + &part("person", &self.person)
    }

    /// What the form of the chance repeats.
    pub(super) fn hidden(&self, look: Look) -> Vec<(&'static str, String)> {
        let own = [("org", &self.org), ("person", &self.person)];
        let own = own.into_iter().filter_map(|(name, code)| Some((name, code.clone()?)));
        [("p", look.period.to_string()), ("m", look.metric.code().to_owned())]
            .into_iter()
            .chain(own)
            .collect()
    }

    /// The amount as typed.
    pub(super) fn amount(&self) -> Option<&str> {
        self.n.as_deref()
    }
}

/// The units the viewer may choose, and the outlook of whom they chose; their own where they see no unit.
pub(super) fn looked(desk: &Desk<'_>, asked: &Asked) -> Result<(Vec<Visible>, Outlooks)> {
    let look = Look { as_of: None, ..asked.of.look(desk)? };
    let own = match &desk.context.actor {
        Actor::Account { member: Some(member), .. } if choices::own_pages_only(desk)? => Some(member.clone()),
        Actor::Account { .. } | Actor::Operator | Actor::System | Actor::Visitor => None,
    };
    let day = look.day(desk.context.today).min(desk.context.today);
    let units = if own.is_some() { Vec::new() } else { choices::seen(desk, day)? };
    let person = asked.person.clone().or(own.filter(|_| asked.org.is_none()));
    let owner = match person {
        Some(person) => {
            let missing = |_| Error::missing("member", &person);
            read_owner(&desk.ground, &format!("member:{person}")).map_err(missing)?
        }
        None => choices::owner(desk, &units, asked.org.as_deref())?,
    };
    let found = outlooks(desk.app, &desk.context, &owner, (look.metric, look.period))?;
    Ok((units, found))
}

/// The forecast of somebody.
pub(super) fn address(look: Look, owner: &Owner) -> String {
    match owner {
        Owner::Company => format!("/forecast?{}", query(look)),
        Owner::Unit(code) => format!("/forecast?{}&org={}", query(look), encoded(code)),
        Owner::Member(code) => format!("/forecast?{}&person={}", query(look), encoded(code)),
    }
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<ForecastPage> {
    let (lang, say) = (desk.lang(), desk.lang().forecast());
    let (units, found) = looked(desk, asked)?;
    let look = Look::now(found.metric, found.period);
    let whose = asked.whose();
    let here = |look: Look| format!("/forecast?{}{whose}", query(look));
    let (earlier, later) = (look.period.previous(), look.period.next());
    let reaches = Month::of(desk.context.today).plus(i32::try_from(HORIZON).unwrap_or(0));
    let periods = choices::periods(desk, look, here);
    let name = |period| metric_title(desk, look, period);
    Ok(ForecastPage {
        shell: desk
            .shell(Room::Forecast, Vec::new())?
            .exporting("/forecast", format!("{}{whose}", query(look)), found.below.len())
            .defining(desk.definitions([look.metric], look.period.last_day())?),
        title: name(look.period),
        basis: basis(desk, look.metric, &found.footing),
        kinds: periods.kinds,
        stepper: Stepper {
            period: periods.period,
            earlier: Link::new(date::period(lang, earlier), here(look.over(earlier))),
            later: (Month::of(later.last_day()) < reaches)
                .then(|| Link::new(date::period(lang, later), here(look.over(later)))),
        },
        metrics: choices::metrics(desk, look, &found.offered, here),
        scopes: (!units.is_empty()).then(|| {
            choices::scopes(desk, &units, &found.whole.owner, |unit| {
                format!("/forecast?{}&org={}", query(look), encoded(unit))
            })
        }),
        beside: beside(desk, &found),
        content: if found.footing.through.is_none() {
            Content::Empty(Empty::not_yet(say.nothing(), say.nothing_text()))
        } else {
            let pipeline = pipeline(desk, &found)?;
            Content::Figures(Box::new(Figures { pipeline, ..view::figures(desk, asked, &found) }))
        },
    })
}

/// The pages beside this one: what people say, and how far open opportunities cover what is lacking.
fn beside(desk: &Desk<'_>, found: &Outlooks) -> Vec<Link> {
    let lang = desk.lang();
    let people = match &found.whole.owner {
        Owner::Member(code) => format!("/forecast/people/{}?m={}", encoded(code), found.metric.code()),
        Owner::Unit(code) => format!("/forecast/people?m={}&org={}", found.metric.code(), encoded(code)),
        Owner::Company => format!("/forecast/people?m={}", found.metric.code()),
    };
    let coverage = coverage::address_of(found.period, &found.whole.owner);
    let mut links = Vec::new();
    if METRICS.contains(&found.metric) {
        links.push(Link::new(lang.statements().name(), people));
    }
    if found.metric == METRIC {
        links.push(Link::new(lang.pipeline().name(), coverage));
    }
    links
}

/// What open opportunities are worth to the period, where it is one of revenue that is not over.
fn pipeline(desk: &Desk<'_>, found: &Outlooks) -> Result<Option<(Sentence, &'static str)>> {
    if found.metric != METRIC {
        return Ok(None);
    }
    let (lang, say) = (desk.lang(), desk.lang().pipeline());
    let owner = &found.whole.owner;
    let own = dacheng_app::figures::pipeline::pipeline(
        desk.app,
        &desk.context,
        owner,
        (found.period, Rows::Below),
    )?;
    let weighted = money::said(lang, Fen(own.whole.weighted));
    let said = match own.whole.coverage {
        Coverage::Over | Coverage::NoTarget => return Ok(None),
        Coverage::NoGap => say.door_no_gap(&weighted),
        Coverage::Times { .. } => say.door(&weighted, coverage::covered(lang, own.whole.coverage)),
    };
    let said = Sentence::emphasised(&said, &[&weighted]).plain(lang.overview().next_sentence());
    Ok(Some((said, say.beside())))
}

fn metric_title(desk: &Desk<'_>, look: Look, period: dacheng_domain::calendar::Period) -> String {
    let lang = desk.lang();
    lang.forecast().title(date::period(lang, period), metric_name(lang, look.metric))
}
