//! Attaching a file that has arrived, and withdrawing one. One transaction each: an upload that breaks off leaves nothing.

use std::io::Read as _;

use dacheng_domain::files::{FileName, Limits, Media, Refusal, judge};
use dacheng_store::Write;
use dacheng_store::attachments::{self, Attachment};
use dacheng_store::files::{self as contents, Held, PIECE};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::refused::refused;
use super::{Hanging, Subject};
use crate::facts::uploads::Received;
use crate::hash::hex;
use crate::{App, Context, Error, Result, audit};

/// A file that arrived.
#[derive(Debug)]
pub struct New<'n> {
    /// Its name as it was sent.
    pub name: &'n str,
    /// Its content.
    pub file: &'n Received,
    /// How much may hang on a document.
    pub limits: Limits,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attached {
    /// It hangs there now.
    Now(Attachment),
    /// The same content hung there before; nothing was done.
    Before(Attachment),
}

impl Attached {
    /// The file as it hangs there.
    pub const fn file(&self) -> &Attachment {
        match self {
            Self::Now(file) | Self::Before(file) => file,
        }
    }
}

/// Whether the asker may attach files: to be asked before a file is read.
pub fn may_attach(app: &App, context: &Context, subject: Subject) -> Result<()> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let organisation = &ground.organisation;
    subject.document(&mut tx, context, organisation)?.may_attach(context, organisation)
}

/// Attaches a file. The same content on the same subject is told, not doubled.
pub fn attach(app: &App, context: &Context, subject: Subject, new: &New<'_>) -> Result<Attached> {
    let (name, media) = judged(context, new)?;
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    subject.hold(&mut tx)?;
    let document = subject.document(&mut tx, context, &ground.organisation)?;
    document.may_attach(context, &ground.organisation)?;
    let (key, sha256) = (subject.key(), &new.file.sha256);
    if let Some(before) = attachments::by_content(&mut tx, key, sha256)? {
        return Ok(Attached::Before(before));
    }
    if attachments::of(&mut tx, key.0, &[key.1])?.len() >= new.limits.files {
        return Err(refused(context.lang, name.as_str(), Refusal::TooMany(new.limits.files)));
    }
    let now = context.now.as_millisecond();
    put(&mut tx, new.file, now)?;
    let media = word(media)?;
    let row = attachments::New {
        subject: key,
        sha256,
        name: name.as_str(),
        media: &media,
        bytes: i64::try_from(new.file.bytes).unwrap_or(i64::MAX),
        actor: context.actor.name(),
        now,
    };
    let id = attachments::insert(&mut tx, &row)?;
    let made = id.map(|id| attachments::by_id(&mut tx, id)).transpose()?.flatten();
    let made = made.ok_or_else(|| Error::Internal(format!("{sha256} hangs on {key:?} already")))?;
    document.changed(&mut tx)?;
    audit::record(app, &mut tx, context, document.acts().attach, &document.object(), &detail(&made)?)?;
    tx.commit()?;
    Ok(Attached::Now(made))
}

/// Withdraws a file: its name and hash stay in the records, its content is let go of unless it hangs elsewhere. Answers it.
pub fn withdraw(app: &App, context: &Context, id: i64) -> Result<Attachment> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let missing = || Error::missing("file", id);
    let file = attachments::by_id(&mut tx, id)?.ok_or_else(missing)?;
    let subject = Subject::of(&file.subject, file.subject_id).ok_or_else(missing)?;
    subject.hold(&mut tx)?;
    let document = subject.document(&mut tx, context, &ground.organisation).map_err(|error| match error {
        Error::Missing { .. } => missing(),
        other => other,
    })?;
    if file.withdrawn.is_some() {
        return Err(missing());
    }
    document.may_withdraw(context, &ground.organisation, file.attached_at)?;
    let now = context.now.as_millisecond();
    if !attachments::withdraw(&mut tx, id, context.actor.name(), now)? {
        return Err(missing());
    }
    contents::keep(&mut tx, &file.sha256, now)?;
    document.changed(&mut tx)?;
    audit::record(app, &mut tx, context, document.acts().withdraw, &document.object(), &detail(&file)?)?;
    tx.commit()?;
    Ok(file)
}

fn judged(context: &Context, new: &New<'_>) -> Result<(FileName, Media)> {
    let refused = |why| refused(context.lang, new.name, why);
    let name = FileName::of(new.name).map_err(refused)?;
    if new.file.bytes > new.limits.bytes {
        return Err(refused(Refusal::TooLarge(new.limits.bytes)));
    }
    let judged = judge(&name, &mut new.file.open()?).map_err(unreadable)?;
    Ok((name, judged.map_err(refused)?))
}

/// Puts the content where it is not yet, piece by piece, and compares what was put with what arrived.
fn put(tx: &mut Write, file: &Received, now: i64) -> Result<()> {
    let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
    match contents::hold(tx, &file.sha256, bytes, now)? {
        Held::Before => return Ok(()),
        Held::New => {}
    }
    let (mut content, mut piece, mut sha256) = (file.open()?, Vec::with_capacity(PIECE), Sha256::new());
    for number in 0.. {
        piece.clear();
        if content.by_ref().take(PIECE as u64).read_to_end(&mut piece).map_err(unreadable)? == 0 {
            break;
        }
        sha256.update(&piece);
        contents::write(tx, &file.sha256, number, &piece)?;
    }
    if hex(&sha256.finalize()) == file.sha256 {
        return Ok(());
    }
    Err(Error::Internal(format!("{}: the file has changed since it arrived", file.sha256)))
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` hands over")]
fn unreadable(wrong: std::io::Error) -> Error {
    Error::Internal(format!("a file that arrived: {wrong}"))
}

/// The word of a kind, as it is kept.
fn word(media: Media) -> Result<String> {
    match serde_json::to_value(media) {
        Ok(Value::String(word)) => Ok(word),
        other => Err(Error::Internal(format!("{other:?}"))),
    }
}

fn detail(file: &Attachment) -> Result<Value> {
    Ok(Hanging::of(file.clone())?.detail())
}
