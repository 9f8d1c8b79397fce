//! `GET` and `POST /plans/{code}/owners`: targets set owner by owner, and the weights of the plan's metrics.

use std::collections::BTreeMap;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::allocation::{Difference, Owner};
use dacheng_app::facts::problems::unreadable;
use dacheng_app::planning::weights::{self, Weight};
use dacheng_app::planning::{self, OwnerTargets, Power, SetOwnerTargets, read_amount};
use dacheng_app::{Error, Result};
use dacheng_domain::metrics::{Metric, RollUp};

use super::owners_view::{owners_page, value_id, weight_id};
use super::seen::Asked;
use crate::components::{Choice, ErrorSummary, Field, Icon, Input, MetricPicker, Note, ScopePicker, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web, encoded};
use crate::pages::measures;
use crate::respond;
use crate::shell::Shell;

/// `GET /plans/{code}/owners?at=&metric=`, and the same page where something was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/plans/owners.html")]
pub struct OwnersPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The plan's address.
    pub path: String,
    /// What is set, and of whom.
    pub title: String,
    /// The evaluation window beside a ratio, or how an average is meant.
    pub about: String,
    /// The metrics.
    pub metrics: MetricPicker,
    /// The units.
    pub scopes: Option<ScopePicker>,
    /// The unit.
    pub at: String,
    /// The metric's code.
    pub metric: String,
    /// The quarters' names.
    pub quarters: Vec<String>,
    /// The unit, then those below it.
    pub rows: Vec<OwnerRowView>,
    /// By what the mean is weighed.
    pub weighed: String,
    /// Whether it reaches the unit's own target.
    pub checks: Vec<Note>,
    /// Set them, where the viewer may.
    pub form: Option<OwnersForm>,
    /// The weights of the plan's metrics.
    pub weights: Vec<WeightRow>,
    /// Whether the viewer sets them.
    pub sets_weights: bool,
    /// What was refused.
    pub wrong: ErrorSummary,
}

/// An owner and its quarters.
#[derive(Debug, Clone)]
pub struct OwnerRowView {
    /// The name.
    pub name: String,
    /// Whether it is the unit itself.
    pub is_unit: bool,
    /// The quarters: `24（月均 8）`.
    pub quarters: Vec<String>,
    /// What it weighs in the mean.
    pub weight: String,
}

/// `POST /plans/{code}/owners` with `at`, `metric`, `period`, `value.OWNER` of each, `difference`, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct OwnersForm {
    /// The version of targets that was seen.
    pub version: String,
    /// The months.
    pub period: Input,
    /// The choices of them.
    pub periods: Vec<Choice>,
    /// The id and label of each owner, and what was typed.
    pub values: Vec<(String, String, Input)>,
    /// The unit of the values.
    pub unit: String,
    /// What becomes of a difference, where the targets add up, and the choices.
    pub difference: Option<(Input, Vec<Choice>)>,
}

/// `POST /plans/{code}/weights` with `weight.METRIC` and `seen.METRIC` of each, `at`, `metric`, `csrf`.
#[derive(Debug, Clone)]
pub struct WeightRow {
    /// The id of the field.
    pub id: String,
    /// The id of the version.
    pub seen_id: String,
    /// The version.
    pub seen: String,
    /// The metric.
    pub name: String,
    /// The weight.
    pub weight: Input,
}

impl OwnersPage {
    /// Whether those below are weighed, rather than added up.
    fn is_weighed(&self) -> bool {
        self.rows.iter().any(|row| !row.weight.is_empty())
    }

    /// Everything that is wrong with the forms.
    pub fn errors(&self) -> ErrorSummary {
        let mut errors = self.wrong.clone();
        let values = self.form.iter().flat_map(|form| &form.values);
        errors.errors.extend(ErrorSummary::of(values.map(|(id, _, input)| (id.as_str(), input))).errors);
        errors
    }
}

/// What was sent, and what is wrong with it.
pub(super) struct SentBack<'f> {
    pub form: &'f Posted,
    pub sentences: Vec<String>,
    pub fields: BTreeMap<String, String>,
}

/// The metric and the unit of an address.
pub(super) fn looked(desk: &Desk<'_>, code: &str, asked: &Asked) -> Result<(Metric, String)> {
    let metric = match asked.metric.as_deref() {
        None => Metric::ConversionRate,
        Some(code) => desk.catalogue.read(code).map_err(|_| Error::missing("metric", code))?,
    };
    if metric == Metric::Rubric {
        return Err(Error::missing("metric", metric.code()));
    }
    let plain = Asked { metric: None, ..asked.clone() };
    Ok((metric, super::seen::seen(desk, code, &plain)?.at))
}

/// `GET /plans/{code}/owners`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        Ok(respond::page(StatusCode::OK, &owners_page(desk, &code, &asked, None)?))
    })
    .await
}

/// `POST /plans/{code}/owners`.
pub async fn set(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let asked = Asked::of(&form);
        let (metric, at) = looked(desk, &code, &asked)?;
        let found = planning::owner_targets(desk.app, &desk.context, &code, metric, &at)?;
        let (values, fields) = typed(desk, &found, &form);
        if !fields.is_empty() {
            return again(desk, &code, &asked, StatusCode::UNPROCESSABLE_ENTITY, (&form, Vec::new(), fields));
        }
        let say = desk.lang().owner_targets();
        if values.is_empty() {
            return Ok(respond::done(&address(&code, &at, metric), Tone::Info, say.nothing_typed()));
        }
        let period = dacheng_app::figures::read_period(form.value("period"), desk.company.fiscal_start);
        let request = SetOwnerTargets {
            plan: code.clone(),
            metric,
            unit: at.clone(),
            period: period.map_err(|_| Error::Usage(form.value("period").to_owned()))?,
            values,
            difference: match form.value("difference") {
                "declare" => Difference::Declare,
                _refuse => Difference::Refuse,
            },
            seen: form.number("version").unwrap_or_default(),
        };
        let set = planning::set_owner_targets(desk.app, &desk.context, &request);
        told(desk, &code, &asked, &form, set, (&address(&code, &at, metric), say.saved()))
    })
    .await
}

/// The values that were typed; blank ones are left as they are.
fn typed(
    desk: &Desk<'_>,
    found: &OwnerTargets,
    form: &Posted,
) -> (Vec<(Owner, i64)>, BTreeMap<String, String>) {
    let (mut values, mut wrong) = (Vec::new(), BTreeMap::new());
    for row in &found.rows {
        let id = value_id(&row.owner);
        match read_amount(found.metric, &measures::typed(found.metric, form.value(&id))) {
            Ok(Some(value)) if value < 0 => {
                wrong.insert(id, desk.lang().problems().negative().to_owned());
            }
            Ok(value) => values.extend(value.map(|value| (row.owner.clone(), value))),
            Err(unread) => {
                wrong.insert(id, unreadable(unread, desk.lang()));
            }
        }
    }
    (values, wrong)
}

/// `POST /plans/{code}/weights`.
pub async fn weigh(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let asked = Asked::of(&form);
        let (metric, at) = looked(desk, &code, &asked)?;
        let say = desk.lang().owner_targets();
        let mut new = Vec::new();
        for own in weights::weights(desk.app, &desk.context, &code)? {
            let typed = form.value(&weight_id(own.metric));
            let Ok(weight) = typed.parse() else {
                let sentence = say.wrong_weight(weights::MOST);
                let fields = BTreeMap::new();
                let back = (&form, vec![sentence], fields);
                return again(desk, &code, &asked, StatusCode::UNPROCESSABLE_ENTITY, back);
            };
            let seen = form.number(&format!("seen.{}", own.metric.code())).unwrap_or_default();
            new.push(Weight { weight, version: seen, ..own });
        }
        let set = weights::set_weights(desk.app, &desk.context, &code, &new);
        told(desk, &code, &asked, &form, set, (&address(&code, &at, metric), say.weights_saved()))
    })
    .await
}

fn told(
    desk: &Desk<'_>,
    code: &str,
    asked: &Asked,
    form: &Posted,
    outcome: Result<()>,
    (back, done): (&str, &str),
) -> Result<Response> {
    let refuse = |status, sentences| again(desk, code, asked, status, (form, sentences, BTreeMap::new()));
    match outcome {
        Ok(()) => Ok(respond::done(back, Tone::Ok, done)),
        Err(Error::Refused(sentences)) => refuse(StatusCode::UNPROCESSABLE_ENTITY, sentences),
        Err(Error::Stale { .. }) => {
            let somebody = desk.lang().own_metrics().somebody();
            refuse(StatusCode::CONFLICT, vec![desk.lang().common().conflict_title(somebody)])
        }
        Err(other) => Err(other),
    }
}

fn again(
    desk: &Desk<'_>,
    code: &str,
    asked: &Asked,
    status: StatusCode,
    (form, sentences, fields): (&Posted, Vec<String>, BTreeMap<String, String>),
) -> Result<Response> {
    let back = SentBack { form, sentences, fields };
    Ok(respond::page(status, &owners_page(desk, code, asked, Some(&back))?))
}

/// The page of a metric at a unit.
pub(super) fn address(code: &str, at: &str, metric: Metric) -> String {
    format!("{}/owners?at={}&metric={}", super::rounds::address(code), encoded(at), metric.code())
}

/// Whether the viewer sets the weights.
pub(super) fn sets_weights(desk: &Desk<'_>, code: &str, at: &str) -> Result<bool> {
    Ok(planning::powers(desk.app, &desk.context, code, at)?.may(Power::Set))
}

/// Whether targets of a metric add up.
pub(super) fn adds_up(metric: Metric) -> bool {
    metric.definition().roll_up == RollUp::Sum
}
