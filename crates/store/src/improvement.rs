//! Improvement plans: their course as the domain's value, and columns of it for queries; their progress notes.

use dacheng_domain::calendar::Deadline;
use dacheng_domain::tracking::alert::Remedy;
use dacheng_domain::tracking::improvement::Plan as Course;

use crate::targets::OwnerKind;
use crate::words::{json, of_json, of_word, word};
use crate::{Read, Result, Row, Value, Write, bulk, counter};

/// The counter that numbers plans.
pub const PLAN: &str = "improvement_plan";

/// A plan as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub owner_kind: OwnerKind,
    /// The owner's code.
    pub owner: String,
    /// The metric's code.
    pub metric: String,
    /// What it is: an improvement plan or a coaching plan.
    pub remedy: Remedy,
    /// Its state, months and deadlines.
    pub course: Course,
    /// What the owner wrote, as JSON.
    pub written: Option<String>,
    /// Why it was returned.
    pub note: Option<String>,
    /// The log-in name of whoever handed it in.
    pub submitted_by: Option<String>,
    /// The log-in name of whoever accepted or returned it.
    pub checked_by: Option<String>,
    /// Counts its changes, from 1.
    pub version: i64,
}

/// What was noted of the progress of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Its number; given when it is noted.
    pub number: i64,
    /// UTC milliseconds.
    pub at: i64,
    /// The log-in name of whoever noted it.
    pub actor: String,
    /// The note.
    pub note: String,
}

const COLUMNS: &str =
    "id, owner_kind, owner, metric, remedy, course, written, note, submitted_by, checked_by, version";

/// How many columns a plan has.
const WIDTH: usize = 11;

/// The columns of a plan in a join, which [`plan`] reads.
pub(crate) fn columns(prefix: &str) -> String {
    COLUMNS.split(", ").map(|column| format!("{prefix}.{column}")).collect::<Vec<_>>().join(", ")
}

/// Reads a plan from the columns from `first` on.
pub(crate) fn plan(row: &Row<'_>, first: usize) -> Result<Plan> {
    Ok(Plan {
        id: row.int(first)?,
        owner_kind: OwnerKind::of(row.int(first + 1)?)?,
        owner: row.text(first + 2)?,
        metric: row.text(first + 3)?,
        remedy: of_word(row.str(first + 4)?)?,
        course: of_json(row.str(first + 5)?)?,
        written: row.maybe_text(first + 6)?,
        note: row.maybe_text(first + 7)?,
        submitted_by: row.maybe_text(first + 8)?,
        checked_by: row.maybe_text(first + 9)?,
        version: row.int(first + 10)?,
    })
}

/// The columns that follow from the course.
struct Derived {
    level: String,
    state: String,
    open_key: Option<String>,
    due: Option<String>,
    due_year: Option<i64>,
    course: String,
    remedy: String,
}

impl Derived {
    fn of(plan: &Plan) -> Result<Self> {
        let Plan { owner_kind, owner, metric, course, .. } = plan;
        let open_key = format!("{} {metric} {owner}", owner_kind.number());
        let pending = course.entries().iter().find_map(|entry| match entry.task.deadline {
            Deadline::Pending(pending) => Some(i64::from(pending.year)),
            Deadline::Due(_) => None,
        });
        Ok(Self {
            level: word(&course.level())?,
            state: word(&course.state())?,
            open_key: course.state().is_open().then_some(open_key),
            due: course.next_task().and_then(|entry| entry.task.deadline.date()).map(|due| due.to_string()),
            due_year: pending.filter(|_| course.state().is_open()),
            course: json(course)?,
            remedy: word(&plan.remedy)?,
        })
    }
}

/// Appends plans; each has its number already.
pub fn append(tx: &mut Write, plans: &[Plan]) -> Result<()> {
    let derived: Vec<(&Plan, Derived)> =
        plans.iter().map(|plan| Ok((plan, Derived::of(plan)?))).collect::<Result<_>>()?;
    let columns = [
        "id",
        "owner_kind",
        "owner",
        "metric",
        "remedy",
        "level",
        "state",
        "open_key",
        "due",
        "due_year",
        "course",
        "written",
        "note",
        "submitted_by",
        "checked_by",
        "version",
    ];
    bulk::append(tx, "improvement_plan", &columns, &derived, |(plan, derived), values| {
        values.extend_from_slice(&[
            plan.id.into(),
            plan.owner_kind.number().into(),
            (&plan.owner).into(),
            (&plan.metric).into(),
            (&derived.remedy).into(),
            (&derived.level).into(),
            (&derived.state).into(),
            derived.open_key.as_deref().into(),
            derived.due.as_deref().into(),
            derived.due_year.into(),
            (&derived.course).into(),
            plan.written.as_deref().into(),
            plan.note.as_deref().into(),
            plan.submitted_by.as_deref().into(),
            plan.checked_by.as_deref().into(),
            plan.version.into(),
        ]);
    })
}

/// Saves a plan with the version after the one it carries. Answers `false` where somebody else saved meanwhile.
pub fn save(tx: &mut Write, plan: &Plan) -> Result<bool> {
    let derived = Derived::of(plan)?;
    let touched = tx.change(
        "update improvement_plan set level = $3, state = $4, open_key = $5, due = $6, due_year = $7, course = $8,
           written = $9, note = $10, submitted_by = $11, checked_by = $12, version = version + 1
         where id = $1 and version = $2",
        &[
            plan.id.into(),
            plan.version.into(),
            (&derived.level).into(),
            (&derived.state).into(),
            derived.open_key.as_deref().into(),
            derived.due.as_deref().into(),
            derived.due_year.into(),
            (&derived.course).into(),
            plan.written.as_deref().into(),
            plan.note.as_deref().into(),
            plan.submitted_by.as_deref().into(),
            plan.checked_by.as_deref().into(),
        ],
    )?;
    Ok(touched == 1)
}

/// Holds a plan until the end of the transaction, so that nobody takes a step on it meanwhile.
pub fn hold(tx: &mut Write, id: i64) -> Result<()> {
    tx.change("update improvement_plan set version = version where id = $1", &[id.into()])?;
    Ok(())
}

/// One plan.
pub fn by_id(tx: &mut Read, id: i64) -> Result<Option<Plan>> {
    tx.first(&format!("select {COLUMNS} from improvement_plan where id = $1"), &[id.into()], |row| {
        plan(&row, 0)
    })
}

/// The plans of a metric that can still move, by owner.
pub fn open(tx: &mut Read, metric: &str) -> Result<Vec<Plan>> {
    let statement = format!(
        "select {COLUMNS} from improvement_plan
         where metric = $1 and open_key is not null order by owner_kind, owner"
    );
    tx.all(&statement, &[metric.into()], |row| plan(&row, 0))
}

/// Every plan that can still move with the first of its open alerts, red before yellow and then the newest month,
/// as the ledger has them; those due first at the top.
pub fn all_open(tx: &mut Read) -> Result<Vec<(Plan, Option<i64>)>> {
    let statement = format!(
        "select {}, (select a.id from alert a where a.plan_id = p.id and a.state = 'open'
           order by case when a.level = 'red' then 0 else 1 end, a.month desc, a.id limit 1)
         from improvement_plan p where p.open_key is not null
         order by case when p.due is null then 1 else 0 end, p.due, p.id",
        columns("p")
    );
    tx.all(&statement, &[], |row| Ok((plan(&row, 0)?, row.maybe_int(WIDTH)?)))
}

/// The open plans whose next task was due before a day, by number.
pub fn overdue(tx: &mut Read, day: &str) -> Result<Vec<Plan>> {
    let statement =
        format!("select {COLUMNS} from improvement_plan where open_key is not null and due < $1 order by id");
    tx.all(&statement, &[day.into()], |row| plan(&row, 0))
}

/// The open plans with a deadline that waits for a calendar year, by number.
pub fn pending(tx: &mut Read) -> Result<Vec<Plan>> {
    let statement = format!("select {COLUMNS} from improvement_plan where due_year is not null order by id");
    tx.all(&statement, &[], |row| plan(&row, 0))
}

/// Notes the progress of a plan; answers the number of the note.
pub fn note(tx: &mut Write, plan: i64, progress: &Progress) -> Result<i64> {
    let number = counter::next(tx, "improvement_progress")?;
    tx.change(
        "insert into improvement_progress (plan_id, number, at, actor, note) values ($1, $2, $3, $4, $5)",
        &[
            plan.into(),
            Value::Int(number),
            progress.at.into(),
            (&progress.actor).into(),
            (&progress.note).into(),
        ],
    )?;
    Ok(number)
}

/// The progress notes of a plan, oldest first.
pub fn notes(tx: &mut Read, plan: i64) -> Result<Vec<Progress>> {
    tx.all(
        "select number, at, actor, note from improvement_progress where plan_id = $1 order by number",
        &[plan.into()],
        |row| Ok(Progress { number: row.int(0)?, at: row.int(1)?, actor: row.text(2)?, note: row.text(3)? }),
    )
}

/// The plan that a note is about; notes are numbered over all plans.
pub fn plan_of_note(tx: &mut Read, note: i64) -> Result<Option<i64>> {
    tx.first(
        "select plan_id from improvement_progress where number = $1 order by plan_id",
        &[note.into()],
        |row| row.int(0),
    )
}
