//! The versions of a letter. The text of one that was issued is never written again.

use dacheng_domain::allocation::letter::State;
use dacheng_domain::calendar::Deadline;

use crate::words::{json, of_json, of_word, word};
use crate::{Read, Result, Row, Write, bulk};

/// A version without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The letter's number in the database.
    pub letter: i64,
    /// From 1.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// SHA-256 of its text, lower-case hex.
    pub digest: String,
    /// The code of the member who countersigns, from the issue on; `None` where there is none above.
    pub superior: Option<String>,
    /// By when the next signature is due.
    pub due: Option<Deadline>,
    /// Why it was returned or refused.
    pub reason: Option<String>,
    /// UTC milliseconds.
    pub created_at: i64,
    /// Log-in name.
    pub created_by: String,
    /// UTC milliseconds.
    pub issued_at: Option<i64>,
    /// Counts its changes, from 1.
    pub revision: i64,
}

/// A version that waits for a signature, with what a list of such shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The letter's number on paper.
    pub number: String,
    /// The member's code.
    pub member: String,
    /// The version.
    pub head: Head,
}

const COLUMNS: &str = "letter_id, version, state, digest, superior, deadline, reason, created_at, created_by, issued_at, revision";

fn columns(prefix: &str) -> String {
    COLUMNS.split(", ").map(|column| format!("{prefix}.{column}")).collect::<Vec<_>>().join(", ")
}

fn read(row: &Row<'_>, first: usize) -> Result<Head> {
    Ok(Head {
        letter: row.int(first)?,
        version: row.int(first + 1)?,
        state: of_word(row.str(first + 2)?)?,
        digest: row.text(first + 3)?,
        superior: row.maybe_text(first + 4)?,
        due: row.maybe_str(first + 5)?.map(of_json).transpose()?,
        reason: row.maybe_text(first + 6)?,
        created_at: row.int(first + 7)?,
        created_by: row.text(first + 8)?,
        issued_at: row.maybe_int(first + 9)?,
        revision: row.int(first + 10)?,
    })
}

/// A version as its columns have it.
struct Columns<'h> {
    head: &'h Head,
    text: &'h str,
    state: String,
    deadline: Option<String>,
    due: Option<String>,
    due_year: Option<i64>,
}

impl<'h> Columns<'h> {
    fn of(head: &'h Head, text: &'h str) -> Result<Self> {
        let due_year = match head.due {
            Some(Deadline::Pending(pending)) => Some(i64::from(pending.year)),
            Some(Deadline::Due(_)) | None => None,
        };
        let due = head.due.and_then(Deadline::date).map(|date| date.to_string());
        let deadline = head.due.as_ref().map(json).transpose()?;
        Ok(Self { head, text, state: word(&head.state)?, deadline, due, due_year })
    }
}

/// Appends versions with their texts.
pub fn append(tx: &mut Write, versions: &[(Head, String)]) -> Result<()> {
    let rows: Vec<Columns<'_>> =
        versions.iter().map(|(head, text)| Columns::of(head, text)).collect::<Result<_>>()?;
    let columns = [
        "letter_id",
        "version",
        "state",
        "content",
        "digest",
        "superior",
        "deadline",
        "due",
        "due_year",
        "reason",
        "created_at",
        "created_by",
        "issued_at",
        "revision",
    ];
    bulk::append(tx, "letter_version", &columns, &rows, |row, values| {
        values.extend_from_slice(&[
            row.head.letter.into(),
            row.head.version.into(),
            (&row.state).into(),
            row.text.into(),
            (&row.head.digest).into(),
            row.head.superior.as_deref().into(),
            row.deadline.as_deref().into(),
            row.due.as_deref().into(),
            row.due_year.into(),
            row.head.reason.as_deref().into(),
            row.head.created_at.into(),
            (&row.head.created_by).into(),
            row.head.issued_at.into(),
            row.head.revision.into(),
        ]);
    })
}

/// Writes the text of a draft anew, with the revision after the one that `head` carries. Answers `false` where somebody else
/// changed it meanwhile, or where it is no draft any more.
pub fn change(tx: &mut Write, head: &Head, text: &str) -> Result<bool> {
    let touched = tx.change(
        "update letter_version set content = $4, digest = $5, revision = revision + 1
         where letter_id = $1 and version = $2 and revision = $3 and state = 'draft'",
        &[head.letter.into(), head.version.into(), head.revision.into(), text.into(), (&head.digest).into()],
    )?;
    Ok(touched == 1)
}

/// Hands a draft out: its text, where it stands and by when it is to be signed, with the revision after the one it carries.
/// Answers `false` where somebody else changed it meanwhile, or where it is no draft any more.
pub fn issue(tx: &mut Write, head: &Head, text: &str) -> Result<bool> {
    let row = Columns::of(head, text)?;
    let touched = tx.change(
        "update letter_version set content = $4, digest = $5, state = $6, superior = $7, deadline = $8, due = $9,
           due_year = $10, issued_at = $11, revision = revision + 1
         where letter_id = $1 and version = $2 and revision = $3 and state = 'draft'",
        &[
            head.letter.into(),
            head.version.into(),
            head.revision.into(),
            text.into(),
            (&head.digest).into(),
            (&row.state).into(),
            head.superior.as_deref().into(),
            row.deadline.as_deref().into(),
            row.due.as_deref().into(),
            row.due_year.into(),
            head.issued_at.into(),
        ],
    )?;
    Ok(touched == 1)
}

/// Lets older versions of a letter give way to one: those that nobody has signed to the end; once it is in force, also the one
/// that was.
pub fn supersede(tx: &mut Write, letter: i64, by: i64, state: State) -> Result<()> {
    let in_force = match state {
        State::InForce => 1,
        State::Draft
        | State::Issued
        | State::Returned
        | State::Refused
        | State::Signed
        | State::Countersigned
        | State::Superseded => 0,
    };
    tx.change(
        "update letter_version set state = 'superseded', deadline = null, due = null, due_year = null,
           revision = revision + 1
         where letter_id = $1 and version < $2 and state <> 'superseded' and ($3 = 1 or state <> 'in_force')",
        &[letter.into(), by.into(), crate::Value::Int(in_force)],
    )?;
    Ok(())
}

/// Saves where a version stands, with the revision after the one it carries; its text stays. Answers `false` where somebody
/// else changed it meanwhile.
pub fn save(tx: &mut Write, head: &Head) -> Result<bool> {
    let row = Columns::of(head, "")?;
    let touched = tx.change(
        "update letter_version set state = $4, superior = $5, deadline = $6, due = $7, due_year = $8, reason = $9,
           issued_at = $10, revision = revision + 1
         where letter_id = $1 and version = $2 and revision = $3",
        &[
            head.letter.into(),
            head.version.into(),
            head.revision.into(),
            (&row.state).into(),
            head.superior.as_deref().into(),
            row.deadline.as_deref().into(),
            row.due.as_deref().into(),
            row.due_year.into(),
            head.reason.as_deref().into(),
            head.issued_at.into(),
        ],
    )?;
    Ok(touched == 1)
}

/// One version.
pub fn head(tx: &mut Read, letter: i64, version: i64) -> Result<Option<Head>> {
    tx.first(
        &format!("select {COLUMNS} from letter_version where letter_id = $1 and version = $2"),
        &[letter.into(), version.into()],
        |row| read(&row, 0),
    )
}

/// The text of a version, exactly as it was written.
pub fn text(tx: &mut Read, letter: i64, version: i64) -> Result<Option<String>> {
    tx.first(
        "select content from letter_version where letter_id = $1 and version = $2",
        &[letter.into(), version.into()],
        |row| row.text(0),
    )
}

/// The newest versions of a plan's letters with their texts, by member.
pub fn newest_texts(tx: &mut Read, plan: i64) -> Result<Vec<(Waiting, String)>> {
    let statement = format!(
        "select l.number, l.member, {}, v.content from letter l join letter_version v on v.letter_id = l.id
         where v.version = l.newest and l.plan_id = $1 order by l.member, l.id",
        columns("v")
    );
    tx.all(&statement, &[plan.into()], |row| {
        let waiting = Waiting { number: row.text(0)?, member: row.text(1)?, head: read(&row, 2)? };
        Ok((waiting, row.text(13)?))
    })
}

/// Every version of a letter, oldest first.
pub fn versions(tx: &mut Read, letter: i64) -> Result<Vec<Head>> {
    tx.all(
        &format!("select {COLUMNS} from letter_version where letter_id = $1 order by version"),
        &[letter.into()],
        |row| read(&row, 0),
    )
}

/// The newest versions of a plan's letters (0: of all plans), by member.
pub fn newest(tx: &mut Read, plan: i64) -> Result<Vec<Waiting>> {
    listed(tx, "v.version = l.newest and (l.plan_id = $1 or $1 = 0)", plan.into())
}

/// What waits for the signature of a member as whose it is, then what waits for them as superior: two questions, each of
/// which an index answers, because every page counts them.
pub fn waiting(tx: &mut Read, member: &str) -> Result<Vec<Waiting>> {
    // Wrapped, so that no engine begins with everything that is issued.
    let mut found = listed(tx, "coalesce(v.state, '') = 'issued' and l.member = $1", member.into())?;
    found.extend(listed(tx, "v.state = 'signed' and v.superior = $1", member.into())?);
    Ok(found)
}

/// Versions whose next signature was due before a day, by member.
pub fn overdue(tx: &mut Read, day: &str) -> Result<Vec<Waiting>> {
    listed(tx, "v.state in ('issued', 'signed', 'countersigned') and v.due < $1", day.into())
}

/// Versions whose deadline waits for a calendar year, by member.
pub fn pending(tx: &mut Read, year: i64) -> Result<Vec<Waiting>> {
    listed(tx, "v.state in ('issued', 'signed', 'countersigned') and v.due_year = $1", year.into())
}

/// Versions that wait for a signature of nobody by name: where there is no superior, and those of the company's
/// representative.
pub fn unclaimed(tx: &mut Read) -> Result<Vec<Waiting>> {
    let what = "((v.state = 'signed' and v.superior is null) or v.state = 'countersigned') and $1 = ''";
    listed(tx, what, "".into())
}

/// Newest versions that were returned or refused, of letters whose draft somebody made, by log-in name.
pub fn given_back(tx: &mut Read, maker: &str) -> Result<Vec<Waiting>> {
    let what = "v.version = l.newest and v.state in ('returned', 'refused') and v.created_by = $1";
    listed(tx, what, maker.into())
}

fn listed(tx: &mut Read, what: &str, parameter: crate::Value<'_>) -> Result<Vec<Waiting>> {
    let statement = format!(
        "select l.number, l.member, {} from letter l join letter_version v on v.letter_id = l.id
         where {what} order by l.member, l.id, v.version",
        columns("v")
    );
    tx.all(&statement, &[parameter], |row| {
        Ok(Waiting { number: row.text(0)?, member: row.text(1)?, head: read(&row, 2)? })
    })
}
