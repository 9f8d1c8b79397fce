//! `GET /forecast/coverage`: how a period is covered, within what the viewer may see.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::figures::pipeline::{self, Pipeline, Rows, pipeline};
use dacheng_app::figures::{Look, read_owner};
use dacheng_app::{Actor, Error, Result};
use dacheng_domain::access::{Action, Right};
use dacheng_domain::metrics::Metric;
use dacheng_rollup::Owner;
use dacheng_text::date;
use serde::Deserialize;

use super::{CoveragePage, view};
use crate::components::{Column, Empty, Link, PickerEntry, Sentence};
use crate::http::{Desk, Reply, Visitor, Web, encoded};
use crate::pages::choices::{self, Visible};
use crate::pages::forecast::Stepper;
use crate::pages::standing::basis;
use crate::respond;
use crate::shell::Room;

/// What coverage is of.
pub(super) const METRIC: Metric = pipeline::METRIC;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// The period; the running month where absent.
    p: Option<String>,
    /// The unit's code; everything the viewer may see where absent.
    org: Option<String>,
    /// A member's code.
    person: Option<String>,
    /// `members`: everybody who sells, instead of those directly below.
    by: Option<String>,
    /// `1`: only the short ones.
    red: Option<String>,
}

impl Asked {
    /// Whose rows are asked for.
    pub(super) fn rows(&self) -> Rows {
        if self.by.as_deref() == Some(Rows::Members.code()) { Rows::Members } else { Rows::Below }
    }

    /// Whether only the short ones are asked for.
    pub(super) fn red_only(&self) -> bool {
        self.red.as_deref() == Some("1")
    }

    /// Whose coverage is asked for, as an address repeats it.
    fn whose(&self) -> String {
        let part = |name: &str, code: &Option<String>| {
            code.as_deref().map_or_else(String::new, |code| format!("&{name}={}", encoded(code)))
        };
        part("org", &self.org) + &part("person", &self.person)
    }

    /// How the rows are chosen, as an address repeats it.
    fn how(&self) -> String {
        how(self.rows(), self.red_only())
    }
}

fn how(rows: Rows, red: bool) -> String {
    let by = match rows {
        Rows::Below => "",
        Rows::Members => "&by=members",
    };
    format!("{by}{}", if red { "&red=1" } else { "" })
}

/// `GET /forecast/coverage?p=2026-11&org=hd&by=members&red=1`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, &asked)?))).await
}

/// The units the viewer may choose, and the coverage of whom they chose; their own where they see no unit.
pub(super) fn looked(desk: &Desk<'_>, asked: &Asked) -> Result<(Vec<Visible>, Pipeline)> {
    let period = choices::period(desk, asked.p.as_deref())?;
    let own = match &desk.context.actor {
        Actor::Account { member: Some(member), .. } if choices::own_pages_only(desk)? => Some(member.clone()),
        Actor::Account { .. } | Actor::Operator | Actor::System | Actor::Visitor => None,
    };
    let day = Look::now(METRIC, period).day(desk.context.today).min(desk.context.today);
    let units = if own.is_some() { Vec::new() } else { choices::seen(desk, day)? };
    let person = asked.person.clone().or(own.filter(|_| asked.org.is_none()));
    let owner = match person {
        Some(person) => {
            let missing = |_| Error::missing("member", &person);
            read_owner(&desk.ground, &format!("member:{person}")).map_err(missing)?
        }
        None => choices::owner(desk, &units, asked.org.as_deref())?,
    };
    let found = pipeline(desk.app, &desk.context, &owner, (period, asked.rows()))?;
    Ok((units, found))
}

/// The coverage of somebody.
pub(in crate::pages) fn address_of(period: impl std::fmt::Display, owner: &Owner) -> String {
    match owner {
        Owner::Company => format!("/forecast/coverage?p={period}"),
        Owner::Unit(code) => format!("/forecast/coverage?p={period}&org={}", encoded(code)),
        Owner::Member(code) => format!("/forecast/coverage?p={period}&person={}", encoded(code)),
    }
}

/// The same with rows chosen as now.
pub(super) fn address(look: Look, owner: &Owner, asked: &Asked) -> String {
    address_of(look.period, owner) + &asked.how()
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<CoveragePage> {
    let (lang, say) = (desk.lang(), desk.lang().pipeline());
    let (units, found) = looked(desk, asked)?;
    let look = Look::now(METRIC, found.period);
    let (whose, chosen) = (asked.whose(), asked.how());
    let here = |look: Look| format!("/forecast/coverage?p={}{whose}{chosen}", look.period);
    let (earlier, later) = (look.period.previous(), look.period.next());
    let periods = choices::periods(desk, look, here);
    let by = [Rows::Below, Rows::Members].map(|rows| PickerEntry {
        text: view::rows_name(lang, rows).to_owned(),
        href: format!("/forecast/coverage?p={}{whose}{}", look.period, how(rows, asked.red_only())),
        current: rows == asked.rows(),
        depth: 0,
    });
    let red = PickerEntry {
        text: say.red_only().to_owned(),
        href: format!("/forecast/coverage?p={}{whose}{}", look.period, how(asked.rows(), !asked.red_only())),
        current: asked.red_only(),
        depth: 0,
    };
    let crumbs = vec![Link::new(lang.shell().forecast(), "/forecast")];
    let nothing = found.opportunities.is_empty() && found.stages.is_empty();
    let settings = desk.context.may_at_all(desk.organisation(), Action::MetricsRules, Right::Read).is_ok();
    let page = CoveragePage {
        shell: desk
            .shell(Room::Forecast, crumbs)?
            .exporting("/forecast/coverage", format!("p={}{whose}{chosen}", look.period), found.below.len())
            .defining(desk.definitions([METRIC, Metric::ConversionRate], look.period.last_day())?),
        title: say.title(date::period(lang, look.period)),
        basis: basis(desk, METRIC, &found.footing),
        kinds: periods.kinds,
        stepper: Stepper {
            period: periods.period,
            earlier: Link::new(date::period(lang, earlier), here(look.over(earlier))),
            later: Some(Link::new(date::period(lang, later), here(look.over(later)))),
        },
        scopes: (!units.is_empty()).then(|| {
            choices::scopes(desk, &units, &found.whole.owner, |unit| {
                format!("/forecast/coverage?p={}&org={}{chosen}", look.period, encoded(unit))
            })
        }),
        empty: nothing.then(|| Empty::not_yet(say.nothing(), say.nothing_text())),
        conclusion: Sentence::new(),
        numbers: Vec::new(),
        by: by.to_vec(),
        red_only: vec![red],
        rows: Vec::new(),
        rows_about: String::new(),
        more: None,
        column: Column::Rate,
        opportunities: Vec::new(),
        of_opportunities: Column::Rate,
        file: (!found.opportunities.is_empty())
            .then(|| format!("/forecast/coverage/opportunities.xlsx?p={}{whose}", look.period)),
        stages: Vec::new(),
        stages_about: String::new(),
        settings: settings.then(|| Link::new(say.settings(), "/settings/pipeline")),
    };
    Ok(view::fill(lang, page, asked, &found))
}
