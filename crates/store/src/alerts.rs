//! Alerts: one row each, with the figures it was judged by. At most one stands an owner, metric and month; which
//! one is decided in `domain::tracking`.

use dacheng_domain::tracking::alert::{Level, Remedy, Window};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::improvement::{self, Plan};
use crate::targets::OwnerKind;
use crate::words::{day, of_word, word};
use crate::{Error, Read, Result, Row, Value, Write, bulk};

/// The counter that numbers alerts.
pub const ALERT: &str = "alert";

/// Where an alert stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its plan is not at its end.
    Open,
    /// Its plan came to its end; the alert stands all the same.
    Closed,
    /// Another level took its place.
    Replaced,
    /// The figures no longer carry it.
    Withdrawn,
}

/// The figures an alert was judged by, in the metric's smallest unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// Of the month, or of the quarter that ends with it.
    pub actual: i64,
    /// Its target.
    pub target: i64,
    /// Of the closed month or quarter before.
    pub previous_actual: Option<i64>,
    /// Its target.
    pub previous_target: Option<i64>,
}

/// An alert as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub owner_kind: OwnerKind,
    /// The owner's code.
    pub owner: String,
    /// The metric's code.
    pub metric: String,
    /// Year × 100 + month.
    pub month: i64,
    /// Yellow or red.
    pub level: Level,
    /// What it asks for.
    pub remedy: Remedy,
    /// Where it stands.
    pub state: State,
    /// Whether the month or its quarter was judged.
    pub judged: Window,
    /// By which version of the metric's rule.
    pub rule_version: i64,
    /// By which figures.
    pub evidence: Evidence,
    /// The day the close was recorded.
    pub raised_on: Date,
    /// The day it ceased to be open.
    pub ended_on: Option<Date>,
    /// The plan it belongs to.
    pub plan: Option<i64>,
}

/// Which alerts to list; nothing given means all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only in this state.
    pub state: Option<State>,
    /// Only of this level.
    pub level: Option<Level>,
    /// Only of this metric.
    pub metric: Option<String>,
    /// First and last month, year × 100 + month.
    pub months: Option<(i64, i64)>,
    /// Only of this owner.
    pub owner: Option<(OwnerKind, String)>,
}

const COLUMNS: &str = "id, owner_kind, owner, metric, month, level, remedy, state, judged, rule_version, actual, \
    target, previous_actual, previous_target, raised_on, ended_on, plan_id";
/// How many columns an alert has; a plan that is joined to it follows.
const WIDTH: usize = 17;

fn alert(row: &Row<'_>) -> Result<Alert> {
    Ok(Alert {
        id: row.int(0)?,
        owner_kind: OwnerKind::of(row.int(1)?)?,
        owner: row.text(2)?,
        metric: row.text(3)?,
        month: row.int(4)?,
        level: of_word(row.str(5)?)?,
        remedy: of_word(row.str(6)?)?,
        state: of_word(row.str(7)?)?,
        judged: of_word(row.str(8)?)?,
        rule_version: row.int(9)?,
        evidence: Evidence {
            actual: row.int(10)?,
            target: row.int(11)?,
            previous_actual: row.maybe_int(12)?,
            previous_target: row.maybe_int(13)?,
        },
        raised_on: day(row.str(14)?)?,
        ended_on: row.maybe_str(15)?.map(day).transpose()?,
        plan: row.maybe_int(16)?,
    })
}

/// The words of an alert's enums and days.
struct Words {
    level: String,
    remedy: String,
    state: String,
    judged: String,
    raised_on: String,
    open_key: String,
}

/// Appends open alerts; each has its number already. A second one standing for an owner, metric and month fails.
pub fn append(tx: &mut Write, alerts: &[Alert]) -> Result<()> {
    let rows: Vec<(&Alert, Words)> = alerts
        .iter()
        .map(|alert| {
            let Alert { owner_kind, owner, metric, month, .. } = alert;
            let words = Words {
                level: word(&alert.level)?,
                remedy: word(&alert.remedy)?,
                state: word(&alert.state)?,
                judged: word(&alert.judged)?,
                raised_on: alert.raised_on.to_string(),
                open_key: format!("{} {metric} {month} {owner}", owner_kind.number()),
            };
            Ok((alert, words))
        })
        .collect::<Result<_>>()?;
    let columns = [
        "id",
        "owner_kind",
        "owner",
        "metric",
        "month",
        "level",
        "remedy",
        "state",
        "open_key",
        "judged",
        "rule_version",
        "actual",
        "target",
        "previous_actual",
        "previous_target",
        "raised_on",
        "plan_id",
    ];
    bulk::append(tx, "alert", &columns, &rows, |(alert, words), values| {
        values.extend_from_slice(&[
            alert.id.into(),
            alert.owner_kind.number().into(),
            (&alert.owner).into(),
            (&alert.metric).into(),
            alert.month.into(),
            (&words.level).into(),
            (&words.remedy).into(),
            (&words.state).into(),
            (&words.open_key).into(),
            (&words.judged).into(),
            alert.rule_version.into(),
            alert.evidence.actual.into(),
            alert.evidence.target.into(),
            alert.evidence.previous_actual.into(),
            alert.evidence.previous_target.into(),
            (&words.raised_on).into(),
            alert.plan.into(),
        ]);
    })
}

/// Ends alerts of a metric in one statement. Closed ones still stand; replaced and withdrawn ones make room.
pub fn end(tx: &mut Write, metric: &str, ids: &[i64], state: State, on: Date) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let ids = bulk::list(ids.iter().map(String::as_str));
    let statement = format!(
        "update alert set state = $1, ended_on = $2, open_key = case when $1 = 'closed' then open_key end
         where metric = $3 and id in (select cast(k.value as bigint) from {} k)",
        bulk::keys(tx)
    );
    let (state, on) = (word(&state)?, on.to_string());
    tx.change(&statement, &[(&state).into(), (&on).into(), metric.into(), (&ids).into()])?;
    Ok(())
}

/// Keeps the figures an alert is judged by now.
pub fn refresh(tx: &mut Write, id: i64, evidence: &Evidence) -> Result<()> {
    tx.change(
        "update alert set actual = $2, target = $3, previous_actual = $4, previous_target = $5 where id = $1",
        &[
            id.into(),
            evidence.actual.into(),
            evidence.target.into(),
            evidence.previous_actual.into(),
            evidence.previous_target.into(),
        ],
    )?;
    Ok(())
}

/// The alerts of a metric that stand in some months, both included, by owner and month.
pub fn standing(tx: &mut Read, metric: &str, months: (i64, i64)) -> Result<Vec<Alert>> {
    tx.all(
        &format!(
            "select {COLUMNS} from alert where metric = $1 and month between $2 and $3
               and state in ('open', 'closed') order by owner_kind, owner, month"
        ),
        &[metric.into(), months.0.into(), months.1.into()],
        |row| alert(&row),
    )
}

/// The open alerts of some plans.
pub fn open_of_plans(tx: &mut Read, metric: &str) -> Result<Vec<Alert>> {
    tx.all(
        &format!(
            "select {COLUMNS} from alert where metric = $1 and state = 'open' and plan_id is not null order by id"
        ),
        &[metric.into()],
        |row| alert(&row),
    )
}

/// Alerts with their plans, red first, then the newest month, then by owner.
pub fn list(tx: &mut Read, filter: &Filter) -> Result<Vec<(Alert, Option<Plan>)>> {
    let statement = format!(
        "select {}, {} from alert a left join improvement_plan p on p.id = a.plan_id
         where (cast($1 as text) is null or a.state = $1) and (cast($2 as text) is null or a.level = $2)
           and (cast($3 as text) is null or a.metric = $3) and a.month between $4 and $5
           and (cast($6 as bigint) is null or a.owner_kind = cast($6 as bigint))
           and (cast($7 as text) is null or a.owner = $7)
         order by a.level, a.month desc, a.owner_kind, a.owner, a.metric, a.id",
        prefixed(),
        improvement::columns("p")
    );
    let state = filter.state.as_ref().map(word).transpose()?;
    let level = filter.level.as_ref().map(word).transpose()?;
    let (first, last) = filter.months.unwrap_or((0, i64::from(i32::MAX)));
    let values = [
        state.as_deref().into(),
        level.as_deref().into(),
        filter.metric.as_deref().into(),
        Value::Int(first),
        Value::Int(last),
        filter.owner.as_ref().map(|(kind, _)| kind.number()).into(),
        filter.owner.as_ref().map(|(_, owner)| owner.as_str()).into(),
    ];
    tx.all(&statement, &values, |row| with_plan(&row))
}

/// The first month with an alert, year × 100 + month.
pub fn first_month(tx: &mut Read) -> Result<Option<i64>> {
    Ok(tx.first("select min(month) from alert", &[], |row| row.maybe_int(0))?.flatten())
}

/// One alert with its plan.
pub fn by_id(tx: &mut Read, id: i64) -> Result<Option<(Alert, Option<Plan>)>> {
    let statement = format!(
        "select {}, {} from alert a left join improvement_plan p on p.id = a.plan_id where a.id = $1",
        prefixed(),
        improvement::columns("p")
    );
    tx.first(&statement, &[id.into()], |row| with_plan(&row))
}

/// Alerts of some numbers with their plans, the newest first.
pub fn of_ids(tx: &mut Read, ids: &[i64]) -> Result<Vec<(Alert, Option<Plan>)>> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let ids = bulk::list(ids.iter().map(String::as_str));
    let statement = format!(
        "select {}, {} from alert a left join improvement_plan p on p.id = a.plan_id
         where a.id in (select cast(k.value as bigint) from {} k) order by a.month desc, a.id desc",
        prefixed(),
        improvement::columns("p"),
        bulk::first_keys(tx)
    );
    tx.all(&statement, &[(&ids).into()], |row| with_plan(&row))
}

/// The newest alerts of some owners of a kind with their plans, at most `limit`.
pub fn newest_of(
    tx: &mut Read,
    kind: OwnerKind,
    owners: &[&str],
    limit: i64,
) -> Result<Vec<(Alert, Option<Plan>)>> {
    let owners = bulk::list(owners.iter().copied());
    let statement = format!(
        "select {}, {} from alert a left join improvement_plan p on p.id = a.plan_id
         where a.owner_kind = $2 and a.owner in (select k.value from {} k)
         order by a.month desc, a.id desc limit $3",
        prefixed(),
        improvement::columns("p"),
        bulk::first_keys(tx)
    );
    tx.all(&statement, &[(&owners).into(), kind.number().into(), limit.into()], |row| with_plan(&row))
}

/// The number and the month of every alert, by number.
pub fn numbers(tx: &mut Read) -> Result<Vec<(i64, i64)>> {
    tx.all("select id, month from alert order by id", &[], |row| Ok((row.int(0)?, row.int(1)?)))
}

/// The alerts of a plan, by month.
pub fn of_plan(tx: &mut Read, plan: i64) -> Result<Vec<Alert>> {
    let statement = format!("select {COLUMNS} from alert where plan_id = $1 order by month, id");
    tx.all(&statement, &[plan.into()], |row| alert(&row))
}

fn with_plan(row: &Row<'_>) -> Result<(Alert, Option<Plan>)> {
    let alert = alert(row)?;
    let plan = alert.plan.map(|_| improvement::plan(row, WIDTH)).transpose()?;
    Ok((alert, plan))
}

fn prefixed() -> String {
    COLUMNS.split(", ").map(|column| format!("a.{column}")).collect::<Vec<_>>().join(", ")
}

impl State {
    /// The word that is stored and shown in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Replaced => "replaced",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl std::str::FromStr for State {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        of_word(text)
    }
}
