//! Which role an account holds where, and when. What a role may do lives in `domain::access`.

use dacheng_domain::access::Role;
use dacheng_domain::people::Span;
use jiff::civil::Date;

use crate::accounts::AccountId;
use crate::{Error, Read, Result, Row, Write, counter};

/// A post, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostId(pub i64);

/// A role held by an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its number.
    pub id: PostId,
    /// Who holds it.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// The code of the unit it is for; `None` is the company.
    pub unit: Option<String>,
    /// The first day.
    pub starts: Date,
    /// The day after the last; `None` is until further notice.
    pub ends: Option<Date>,
}

/// A post to be added.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// Who will hold it.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// The code of the unit it is for; `None` is the company.
    pub unit: Option<&'a str>,
    /// The first day.
    pub starts: Date,
    /// The day after the last; `None` is until further notice.
    pub ends: Option<Date>,
}

impl Post {
    /// Its days; `None` where it ended before it began.
    pub fn span(&self) -> Option<Span> {
        Span::new(Some(self.starts), self.ends)
    }

    /// Whether it is held on that day.
    pub fn is_held(&self, on: Date) -> bool {
        self.span().is_some_and(|span| span.contains(on))
    }
}

const COLUMNS: &str = "id, account_id, role, unit, starts, ends";

fn post(row: &Row<'_>) -> Result<Post> {
    let role = row.text(2)?;
    Ok(Post {
        id: PostId(row.int(0)?),
        account: AccountId(row.int(1)?),
        role: serde_json::from_value(role.into()).map_err(|reason| Error::Stored(reason.to_string()))?,
        unit: row.maybe_text(3)?,
        starts: day(row.str(4)?)?,
        ends: row.maybe_str(5)?.map(day).transpose()?,
    })
}

fn day(text: &str) -> Result<Date> {
    text.parse().map_err(|reason| Error::Stored(format!("date {text}: {reason}")))
}

/// Changes of posts go one after another from here to the commit, so that two cannot take away the last of a role.
pub fn lock(tx: &mut Write) -> Result<()> {
    counter::next(tx, "post_change")?;
    Ok(())
}

/// Adds a post.
pub fn insert(tx: &mut Write, new: &New<'_>) -> Result<PostId> {
    let id = counter::next(tx, "post")?;
    let role = serde_json::to_value(new.role).map_err(|reason| Error::Stored(reason.to_string()))?;
    tx.change(
        &format!("insert into post ({COLUMNS}) values ($1, $2, $3, $4, $5, $6)"),
        &[
            id.into(),
            new.account.into(),
            role.as_str().into(),
            new.unit.into(),
            (&new.starts.to_string()).into(),
            new.ends.map(|ends| ends.to_string()).as_deref().into(),
        ],
    )?;
    Ok(PostId(id))
}

/// Ends a post, the day after its last. Answers `false` where there is none that lasts until then.
pub fn end(tx: &mut Write, id: PostId, ends: Date) -> Result<bool> {
    let touched = tx.change(
        "update post set ends = $2 where id = $1 and (ends is null or ends > $2)",
        &[id.0.into(), (&ends.to_string()).into()],
    )?;
    Ok(touched == 1)
}

/// The post of that number.
pub fn by_id(tx: &mut Read, id: PostId) -> Result<Option<Post>> {
    tx.first(&format!("select {COLUMNS} from post where id = $1"), &[id.0.into()], |row| post(&row))
}

/// Every post an account ever held or will hold, in the order of their first days.
pub fn of_account(tx: &mut Read, account: AccountId) -> Result<Vec<Post>> {
    let statement = format!("select {COLUMNS} from post where account_id = $1 order by starts, id");
    tx.all(&statement, &[account.into()], |row| post(&row))
}

/// The posts of every account held on that day or later.
pub fn held_since(tx: &mut Read, day: Date) -> Result<Vec<Post>> {
    let statement =
        format!("select {COLUMNS} from post where ends is null or ends > $1 order by account_id, id");
    tx.all(&statement, &[(&day.to_string()).into()], |row| post(&row))
}
