//! What people do beside sales, as rows, and the walks over each kind: opportunities, visits, surveys, leaves, trainings,
//! scores, summaries. Complaints hang on orders: their walks are in [`super::pages`].

use dacheng_domain::Fen;
use dacheng_domain::calendar::Month;
use dacheng_domain::facts::row::{
    ComplaintRow, LeaveRow, OpportunityRow, ScoreRow, SummaryRow, SurveyRow, TrainingRow, VisitRow,
};
use dacheng_domain::facts::silence::MOST_DAYS;
use dacheng_domain::facts::state::{LeaveKind, Outcome};

use super::cells::{
    code, fen, maybe_code, maybe_number, number, read_code, read_day, read_maybe_code, read_maybe_day,
    unreadable,
};
use super::{AGE, Fact, VISIBLE, View};
use crate::{Read, Result, Row, Value};

/// First and last day since 1970-01-01, both included.
type Days = (i32, i32);

/// A kind of fact that stands alone, as walks over many find it.
pub trait Walked: Fact {
    /// The condition that a version is listed, or may credit something, on a day from `$1` to `$2`.
    fn within() -> String;
}

/// The next first parts of keys after one of which any version is dated in `days`.
pub fn keys_within<F: Walked>(tx: &mut Read, days: Days, after: &str, limit: i64) -> Result<Vec<String>> {
    let (table, key, within) = (F::TABLE, F::KEY[0], F::within());
    tx.all(
        &format!(
            "select distinct {key} from {table} where ({within}) and {key} > $3 order by {key} limit $4"
        ),
        &[i64::from(days.0).into(), i64::from(days.1).into(), after.into(), limit.into()],
        |row| row.text(0),
    )
}

/// The next first parts of keys after one of which an import brought a version. Walks the table.
pub fn keys_of<F: Walked>(tx: &mut Read, import: i64, after: &str, limit: i64) -> Result<Vec<String>> {
    let (table, key) = (F::TABLE, F::KEY[0]);
    tx.all(
        &format!(
            "select distinct {key} from {table} where import_id = $1 and {key} > $2 order by {key} limit $3"
        ),
        &[import.into(), after.into(), limit.into()],
        |row| row.text(0),
    )
}

/// 0 is open, 1 won, 2 lost.
fn outcome<'v>(outcome: Outcome) -> Value<'v> {
    match outcome {
        Outcome::Open => 0.into(),
        Outcome::Won => 1.into(),
        Outcome::Lost => 2.into(),
    }
}

fn read_outcome(row: &Row<'_>, column: usize) -> Result<Outcome> {
    let number = row.int(column)?;
    let found = usize::try_from(number).ok().and_then(|place| Outcome::ALL.get(place).copied());
    found.ok_or_else(|| unreadable("outcome", number))
}

fn read_leave(row: &Row<'_>, column: usize) -> Result<LeaveKind> {
    let text = row.str(column)?;
    let found = LeaveKind::ALL.into_iter().find(|kind| kind.code() == text);
    found.ok_or_else(|| unreadable("leave", text))
}

impl Fact for OpportunityRow {
    const TABLE: &'static str = "fact_opportunity";
    const KEY: &'static [&'static str] = &["code"];
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "customer",
        "member",
        "opened",
        "stage",
        "amount",
        "expected",
        "closed",
        "outcome",
        "active",
        "probability",
    ];
    const LATER: usize = 1;

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.opportunity),
            maybe_code(self.customer.as_ref()),
            code(&self.member),
            number(self.opened),
            self.stage.as_deref().into(),
            self.amount.map(|amount| amount.0).into(),
            maybe_number(self.expected),
            maybe_number(self.closed),
            outcome(self.outcome),
            maybe_number(self.active),
            self.probability.into(),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            opportunity: read_code(row, 0)?,
            customer: read_maybe_code(row, 1)?,
            member: read_code(row, 2)?,
            opened: read_day(row, 3)?,
            stage: row.maybe_text(4)?,
            amount: row.maybe_int(5)?.map(Fen),
            expected: read_maybe_day(row, 6)?,
            closed: read_maybe_day(row, 7)?,
            outcome: read_outcome(row, 8)?,
            active: read_maybe_day(row, 9)?,
            probability: row.maybe_int(10)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.opportunity == other.opportunity
    }
}

impl Walked for OpportunityRow {
    /// It is listed when it was opened, decided on a day, or lost by silence some days after what was last heard; which of those it
    /// is depends on what the company settled, so that all that may be are found.
    fn within() -> String {
        let most = i32::from(MOST_DAYS) + 1;
        format!(
            "opened between cast($1 as bigint) - {most} and $2 or closed between $1 and $2
             or active between cast($1 as bigint) - {most} and $2"
        )
    }
}

/// Every version that counts of the opportunities that were opened, heard of or decided on a day of `days`: the versions of
/// a key one after the other, the oldest first. Three walks over indexes, however long the history is.
pub fn opportunities_of(tx: &mut Read, view: View, days: Days) -> Result<Vec<OpportunityRow>> {
    let columns: Vec<String> = OpportunityRow::COLUMNS.iter().map(|column| format!("f.{column}")).collect();
    let statement = format!(
        "select {} from fact_opportunity f join import i on i.id = f.import_id
         where f.code in (
             select code from fact_opportunity where opened between $4 and $5
             union select code from fact_opportunity where active between $4 and $5
             union select code from fact_opportunity where closed between $4 and $5)
           and {VISIBLE}
         order by f.code, {AGE}",
        columns.join(", ")
    );
    let own = [i64::from(days.0).into(), i64::from(days.1).into()];
    tx.all(&statement, &[&view.values()[..], &own].concat(), |row| OpportunityRow::read(&row))
}

impl Fact for VisitRow {
    const TABLE: &'static str = "fact_visit";
    const KEY: &'static [&'static str] = &["code"];
    const COLUMNS: &'static [&'static str] = &["code", "customer", "member", "day", "kind", "outcome"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.visit),
            maybe_code(self.customer.as_ref()),
            code(&self.member),
            number(self.date),
            self.kind.as_deref().into(),
            self.outcome.as_deref().into(),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            visit: read_code(row, 0)?,
            customer: read_maybe_code(row, 1)?,
            member: read_code(row, 2)?,
            date: read_day(row, 3)?,
            kind: row.maybe_text(4)?,
            outcome: row.maybe_text(5)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.visit == other.visit
    }
}

/// The condition of a kind that is dated by one column.
fn by(column: &str) -> String {
    format!("{column} between $1 and $2")
}

impl Walked for VisitRow {
    fn within() -> String {
        by("day")
    }
}

impl Fact for SurveyRow {
    const TABLE: &'static str = "fact_survey";
    const KEY: &'static [&'static str] = &["code"];
    const COLUMNS: &'static [&'static str] =
        &["code", "customer", "member", "day", "satisfaction", "recommend"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.survey),
            maybe_code(self.customer.as_ref()),
            code(&self.member),
            number(self.date),
            self.satisfaction.into(),
            self.recommend.into(),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            survey: read_code(row, 0)?,
            customer: read_maybe_code(row, 1)?,
            member: read_code(row, 2)?,
            date: read_day(row, 3)?,
            satisfaction: row.maybe_int(4)?,
            recommend: row.maybe_int(5)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.survey == other.survey
    }
}

impl Walked for SurveyRow {
    fn within() -> String {
        by("day")
    }
}

impl Fact for ComplaintRow {
    const TABLE: &'static str = "fact_complaint";
    const KEY: &'static [&'static str] = &["code"];
    const COLUMNS: &'static [&'static str] = &["code", "order_code", "customer", "member", "day"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.complaint),
            maybe_code(self.order.as_ref()),
            maybe_code(self.customer.as_ref()),
            maybe_code(self.member.as_ref()),
            number(self.date),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            complaint: read_code(row, 0)?,
            order: read_maybe_code(row, 1)?,
            customer: read_maybe_code(row, 2)?,
            member: read_maybe_code(row, 3)?,
            date: read_day(row, 4)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.complaint == other.complaint
    }
}

impl Fact for LeaveRow {
    const TABLE: &'static str = "fact_leave";
    const KEY: &'static [&'static str] = &["member", "starts"];
    const COLUMNS: &'static [&'static str] = &["member", "starts", "ends", "kind"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.member),
            number(self.from),
            maybe_number(self.to),
            self.kind.code().into(),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            member: read_code(row, 0)?,
            from: read_day(row, 1)?,
            to: read_maybe_day(row, 2)?,
            kind: read_leave(row, 3)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.member == other.member && self.from == other.from
    }
}

impl Walked for LeaveRow {
    fn within() -> String {
        by("starts")
    }
}

impl Fact for TrainingRow {
    const TABLE: &'static str = "fact_training";
    const KEY: &'static [&'static str] = &["course", "member"];
    const COLUMNS: &'static [&'static str] = &["course", "member", "assigned", "due", "completed", "score"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.course),
            code(&self.member),
            maybe_number(self.assigned),
            number(self.due),
            maybe_number(self.completed),
            self.score.into(),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            course: read_code(row, 0)?,
            member: read_code(row, 1)?,
            assigned: read_maybe_day(row, 2)?,
            due: read_day(row, 3)?,
            completed: read_maybe_day(row, 4)?,
            score: row.maybe_int(5)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.course == other.course && self.member == other.member
    }
}

impl Walked for TrainingRow {
    fn within() -> String {
        by("due")
    }
}

impl Fact for ScoreRow {
    const TABLE: &'static str = "fact_score";
    const KEY: &'static [&'static str] = &["member", "rater", "day", "kind"];
    const COLUMNS: &'static [&'static str] = &["member", "rater", "day", "kind", "score"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.member),
            code(&self.rater),
            number(self.date),
            code(&self.kind),
            self.score.into(),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            member: read_code(row, 0)?,
            rater: read_code(row, 1)?,
            date: read_day(row, 2)?,
            kind: read_code(row, 3)?,
            score: row.int(4)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        (&self.member, &self.rater, self.date, &self.kind)
            == (&other.member, &other.rater, other.date, &other.kind)
    }
}

impl Walked for ScoreRow {
    fn within() -> String {
        by("day")
    }
}

impl Fact for SummaryRow {
    const TABLE: &'static str = "fact_summary";
    const KEY: &'static [&'static str] = &["member", "day", "metric"];
    const COLUMNS: &'static [&'static str] = &["member", "day", "metric", "amount"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.member),
            number(self.month.first_day()),
            self.metric.code().into(),
            fen(self.amount),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        let metric = row.str(2)?;
        Ok(Self {
            member: read_code(row, 0)?,
            month: Month::of(read_day(row, 1)?),
            metric: metric.parse().map_err(|_| unreadable("metric", metric))?,
            amount: Fen(row.int(3)?),
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        (&self.member, self.month, self.metric) == (&other.member, other.month, other.metric)
    }
}

impl Walked for SummaryRow {
    fn within() -> String {
        by("day")
    }
}
