//! What hangs on documents, for lists and downloads.

use dacheng_domain::files::Media;
use dacheng_store::attachments::{self, Attachment};
use dacheng_store::{Read, accounts, files as contents};
use serde_json::{Value, json};

use super::Subject;
use crate::{App, Context, Error, Result, audit};

/// A file on a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hanging {
    /// Its number.
    pub id: i64,
    /// What it hangs on.
    pub subject: Subject,
    /// Its name.
    pub name: String,
    /// What it is.
    pub media: Media,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its content, hex.
    pub sha256: String,
    /// The log-in name of whoever attached it.
    pub actor: String,
    /// Their name, else the log-in name.
    pub who: String,
    /// UTC milliseconds.
    pub at: i64,
    /// Whether the asker may withdraw it.
    pub may_withdraw: bool,
}

impl Hanging {
    pub(super) fn of(file: Attachment) -> Result<Self> {
        let unknown = || Error::Internal(format!("file {} on {} of {}", file.id, file.subject, file.media));
        let subject = Subject::of(&file.subject, file.subject_id).ok_or_else(unknown)?;
        let media = serde_json::from_value(file.media.as_str().into()).map_err(|_| unknown())?;
        Ok(Self {
            id: file.id,
            subject,
            name: file.name,
            media,
            bytes: u64::try_from(file.bytes).unwrap_or_default(),
            sha256: file.sha256,
            who: file.actor.clone(),
            actor: file.actor,
            at: file.attached_at,
            may_withdraw: false,
        })
    }

    /// What the audit trail says of it.
    pub(super) fn detail(&self) -> Value {
        let mut detail = json!({ "file": self.name, "bytes": self.bytes, "sha256": self.sha256 });
        if let Subject::ImprovementNote(note) = self.subject {
            detail["on_note"] = note.into();
        }
        detail
    }

    /// What hangs on some subjects, in the order it came: a query a kind of subject, and one for the names.
    pub(crate) fn on(
        tx: &mut Read,
        subjects: &[Subject],
        may_withdraw: impl Fn(i64) -> bool,
    ) -> Result<Vec<Self>> {
        let mut keys: Vec<(&str, i64)> = subjects.iter().map(|subject| subject.key()).collect();
        keys.sort_unstable();
        let mut found = Vec::new();
        for of_kind in keys.chunk_by(|one, other| one.0 == other.0) {
            let ids: Vec<i64> = of_kind.iter().map(|(_, id)| *id).collect();
            let word = of_kind.first().map_or("", |(word, _)| word);
            found.extend(attachments::of(tx, word, &ids)?);
        }
        found.sort_by_key(|file| file.id);
        let logins: Vec<&str> = found.iter().map(|file| file.actor.as_str()).collect();
        let names = if logins.is_empty() { Vec::new() } else { accounts::names(tx, &logins)? };
        let mut hanging = found.into_iter().map(Self::of).collect::<Result<Vec<_>>>()?;
        for file in &mut hanging {
            file.may_withdraw = may_withdraw(file.at);
            if let Some((_, name)) = names.iter().find(|(login, _)| *login == file.actor) {
                file.who.clone_from(name);
            }
        }
        Ok(hanging)
    }
}

/// A file, for whoever may see what it hangs on. For anybody else, and once it is withdrawn, there is none.
pub fn open(app: &App, context: &Context, id: i64) -> Result<Hanging> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let missing = || Error::missing("file", id);
    let file =
        attachments::by_id(&mut tx, id)?.filter(|file| file.withdrawn.is_none()).ok_or_else(missing)?;
    let file = Hanging::of(file)?;
    match file.subject.document(&mut tx, context, &ground.organisation) {
        Ok(_) => Ok(file),
        Err(Error::Missing { .. }) => Err(missing()),
        Err(other) => Err(other),
    }
}

/// A content that is on its way to somebody, who is in the audit trail for it.
#[derive(Debug, Clone)]
pub struct GivenOut {
    sha256: String,
}

/// Gives out the content of a file to whoever opened it: a read that is recorded, in a transaction of its own, before the
/// first byte leaves.
pub fn give_out(app: &App, context: &Context, file: &Hanging) -> Result<GivenOut> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let document = file.subject.document(&mut tx, context, &ground.organisation)?;
    audit::record(app, &mut tx, context, document.acts().give_out, &document.object(), &file.detail())?;
    tx.commit()?;
    Ok(GivenOut { sha256: file.sha256.clone() })
}

/// A piece of a content, each in a look of its own: somebody who reads slowly holds no connection. `None` at its end.
pub fn piece(app: &App, content: &GivenOut, number: i64) -> Result<Option<Vec<u8>>> {
    Ok(contents::piece(&mut app.store.read()?, &content.sha256, number)?)
}
