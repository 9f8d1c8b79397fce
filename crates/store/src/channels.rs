//! Channels that lead outside: what is in force, what is proposed, and the sealed secrets of both. What a channel may
//! reach and who approves it is decided in `app`.

use dacheng_domain::notification::ChannelKind;
use serde::{Deserialize, Serialize};

use crate::words::{of_word, word};
use crate::{Read, Result, Row, Write, counter};

/// Whether a channel sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It sends what is in force.
    On,
    /// It does not send, until somebody says otherwise.
    Off,
}

/// What a channel is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configured {
    /// Everything but the secrets, as JSON.
    pub config: String,
    /// The secrets, sealed.
    pub secret: String,
}

/// A channel as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its number.
    pub id: i64,
    /// Mail or whose robot.
    pub kind: ChannelKind,
    /// What people call it.
    pub name: String,
    /// Whether it sends.
    pub state: State,
    /// What is in force.
    pub effective: Option<Configured>,
    /// What waits for approval.
    pub proposed: Option<Configured>,
    /// The log-in name of whoever proposed it.
    pub proposed_by: Option<String>,
    /// The log-in name of whoever approved what is in force.
    pub approved_by: Option<String>,
    /// Counts its changes, from 1.
    pub version: i64,
}

const COLUMNS: &str = "id, kind, name, state, effective, effective_secret, proposed, proposed_secret, proposed_by, \
     approved_by, version";

fn channel(row: &Row<'_>) -> Result<Channel> {
    let configured = |config: usize| {
        let pair = row.maybe_text(config)?.zip(row.maybe_text(config + 1)?);
        Result::Ok(pair.map(|(config, secret)| Configured { config, secret }))
    };
    Ok(Channel {
        id: row.int(0)?,
        kind: of_word(row.str(1)?)?,
        name: row.text(2)?,
        state: of_word(row.str(3)?)?,
        effective: configured(4)?,
        proposed: configured(6)?,
        proposed_by: row.maybe_text(8)?,
        approved_by: row.maybe_text(9)?,
        version: row.int(10)?,
    })
}

/// Adds a channel with the next number, whatever number and version it carries; answers its number.
pub fn insert(tx: &mut Write, new: &Channel) -> Result<i64> {
    let id = counter::next(tx, "channel")?;
    let (effective, proposed) = (new.effective.as_ref(), new.proposed.as_ref());
    tx.change(
        &format!("insert into channel ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)"),
        &[
            id.into(),
            (&word(&new.kind)?).into(),
            (&new.name).into(),
            (&word(&new.state)?).into(),
            effective.map(|own| &own.config).into(),
            effective.map(|own| &own.secret).into(),
            proposed.map(|own| &own.config).into(),
            proposed.map(|own| &own.secret).into(),
            new.proposed_by.as_ref().into(),
            new.approved_by.as_ref().into(),
        ],
    )?;
    Ok(id)
}

/// Saves a channel over the version it carries. Answers `false` where somebody else saved meanwhile.
pub fn save(tx: &mut Write, changed: &Channel) -> Result<bool> {
    let (effective, proposed) = (changed.effective.as_ref(), changed.proposed.as_ref());
    let touched = tx.change(
        "update channel set name = $3, state = $4, effective = $5, effective_secret = $6, proposed = $7,
           proposed_secret = $8, proposed_by = $9, approved_by = $10, version = version + 1
         where id = $1 and version = $2",
        &[
            changed.id.into(),
            changed.version.into(),
            (&changed.name).into(),
            (&word(&changed.state)?).into(),
            effective.map(|own| &own.config).into(),
            effective.map(|own| &own.secret).into(),
            proposed.map(|own| &own.config).into(),
            proposed.map(|own| &own.secret).into(),
            changed.proposed_by.as_ref().into(),
            changed.approved_by.as_ref().into(),
        ],
    )?;
    Ok(touched == 1)
}

/// Every channel, by number. They are few: people make them one by one.
pub fn all(tx: &mut Read) -> Result<Vec<Channel>> {
    tx.all(&format!("select {COLUMNS} from channel order by id"), &[], |row| channel(&row))
}

/// One channel.
pub fn by_id(tx: &mut Read, id: i64) -> Result<Option<Channel>> {
    tx.first(&format!("select {COLUMNS} from channel where id = $1"), &[id.into()], |row| channel(&row))
}
