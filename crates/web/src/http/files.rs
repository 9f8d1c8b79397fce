//! Forms with files, read piece by piece in little memory: values by name, the file on disk. A file is taken only after
//! the form's token.

use std::collections::HashMap;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use dacheng_app::facts::uploads::{Incoming, Received};
use dacheng_app::{Error, Result};
use dacheng_domain::files::shown;
use tokio::sync::mpsc;

use super::forms::same;
use super::{Visitor, Web};

/// Bytes of a request with a file at most. More than a file may have, so that one that is somewhat too large is read to
/// its end and can be answered with a sentence.
pub const MOST_SENT: usize = 256 << 20;
/// Bytes of a mapping.
pub const MOST_MAPPING: usize = 256 << 10;
/// Bytes of all values together, as of a form without files.
const MOST_VALUES: usize = super::MOST_BYTES;
/// Files of one form.
const MOST_FILES: usize = 20;
/// Characters of a file's name.
const LONGEST_NAME: usize = 200;
/// Pieces between the network and the disk.
const AHEAD: usize = 8;

/// A form with files.
#[derive(Debug, Default)]
pub struct Parts {
    pub(super) values: HashMap<String, String>,
    /// The files as they were named, and what became of them; nothing where no byte came.
    pub files: Vec<(String, Option<Sent>)>,
    /// What was sent as a mapping, where anything was.
    pub mapping: Option<Sent<Vec<u8>>>,
}

/// What became of something that was sent.
#[derive(Debug)]
pub enum Sent<T = Received> {
    /// It is there.
    Whole(T),
    /// It has more bytes than it may.
    TooLarge,
}

/// Whether the form must carry the session's token: those of pages do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// It must, before the file.
    Needed,
    /// A program sends it.
    NotNeeded,
}

impl Parts {
    /// A value, empty where it was not sent.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", |value| value.trim())
    }

    /// The last file with its name, where one was sent.
    pub fn take_file(&mut self) -> Option<(String, Sent)> {
        let (name, sent) = self.files.pop()?;
        Some((base_name(&name), sent?))
    }

    /// Reads a form to its end; a file may have so many bytes.
    pub async fn read(
        web: &Web,
        visitor: &Visitor,
        token: Token,
        most: u64,
        mut form: Multipart,
    ) -> Result<Self> {
        let broken = |wrong: MultipartError| broken(&wrong, visitor, most);
        let (mut parts, mut room) = (Self::default(), MOST_VALUES);
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            let Some(file) = field.file_name().map(str::to_owned) else {
                let (value, more) = collect(field, room).await.map_err(broken)?;
                room -= value.len();
                if more || parts.values.len() >= MOST_VALUES / 1024 {
                    return Err(Error::Usage(visitor.lang.failures().too_large().to_owned()));
                }
                parts.values.insert(name, String::from_utf8_lossy(&value).into_owned());
                continue;
            };
            parts.check(visitor, token)?;
            match name.as_str() {
                "file" if parts.files.len() >= MOST_FILES => {
                    return Err(Error::refused(visitor.lang.files().much_at_once()));
                }
                "file" => {
                    let sent = to_disk(web, visitor, most, field).await?;
                    parts.files.push((file, sent));
                }
                "mapping" => parts.mapping = mapping(field).await.map_err(broken)?,
                _other => drop(collect(field, 0).await.map_err(broken)?),
            }
        }
        parts.check(visitor, token)?;
        // A browser sends a field that was left empty as a file without name and bytes.
        parts.files.retain(|(name, sent)| !name.is_empty() || sent.is_some());
        Ok(parts)
    }

    fn check(&self, visitor: &Visitor, token: Token) -> Result<()> {
        if token == Token::Needed && !same(self.value("csrf"), &visitor.csrf) {
            return Err(Error::Usage(visitor.lang.failures().forged().to_owned()));
        }
        Ok(())
    }
}

fn broken(wrong: &MultipartError, visitor: &Visitor, most: u64) -> Error {
    if wrong.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Error::TooLarge(visitor.lang.uploads().file_too_large(super::said_bytes(most)));
    }
    Error::Usage(visitor.lang.uploads().form_broken().to_owned())
}

/// A name as it is shown; it is never opened.
pub fn base_name(name: &str) -> String {
    shown(name, LONGEST_NAME)
}

/// The bytes of a field, no more than `most`, and whether there were more.
async fn collect(mut field: Field<'_>, most: usize) -> std::result::Result<(Vec<u8>, bool), MultipartError> {
    let (mut bytes, mut more) = (Vec::new(), false);
    while let Some(piece) = field.chunk().await? {
        let room = most - bytes.len();
        more |= piece.len() > room;
        bytes.extend_from_slice(&piece[..piece.len().min(room)]);
    }
    Ok((bytes, more))
}

async fn mapping(field: Field<'_>) -> std::result::Result<Option<Sent<Vec<u8>>>, MultipartError> {
    let (bytes, more) = collect(field, MOST_MAPPING).await?;
    Ok(match (bytes.is_empty(), more) {
        (_, true) => Some(Sent::TooLarge),
        (true, false) => None,
        (false, false) => Some(Sent::Whole(bytes)),
    })
}

async fn to_disk(web: &Web, visitor: &Visitor, most: u64, mut field: Field<'_>) -> Result<Option<Sent>> {
    let (sender, written) = writer(web, most)?;
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => {
                if sender.send(piece).await.is_err() {
                    break;
                }
            }
            Ok(None) => break,
            Err(wrong) => return Err(broken(&wrong, visitor, most)),
        }
    }
    drop(sender);
    received(written).await
}

/// A body that is the file itself.
pub async fn body_to_disk(web: &Web, visitor: &Visitor, most: u64, body: Body) -> Result<Option<Sent>> {
    let (sender, written) = writer(web, most)?;
    let mut body = std::pin::pin!(body);
    while let Some(frame) = std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Ok(frame) = frame else {
            let most = super::said_bytes(most);
            return Err(Error::TooLarge(visitor.lang.uploads().file_too_large(most)));
        };
        if let Ok(piece) = frame.into_data()
            && sender.send(piece).await.is_err()
        {
            break;
        }
    }
    drop(sender);
    received(written).await
}

type Written = tokio::task::JoinHandle<Result<Incoming>>;

/// Writes to the disk beside the async loop.
fn writer(web: &Web, most: u64) -> Result<(mpsc::Sender<Bytes>, Written)> {
    let mut incoming = web.site.uploads.incoming(&web.app, most)?;
    let (sender, mut pieces) = mpsc::channel::<Bytes>(AHEAD);
    let written = tokio::task::spawn_blocking(move || {
        while let Some(piece) = pieces.blocking_recv() {
            incoming.write(&piece)?;
        }
        Ok(incoming)
    });
    Ok((sender, written))
}

/// The file; nothing where no byte came.
async fn received(written: Written) -> Result<Option<Sent>> {
    let incoming = written.await.map_err(|wrong| Error::Internal(wrong.to_string()))??;
    if incoming.is_too_large() {
        return Ok(Some(Sent::TooLarge));
    }
    let received = incoming.finish();
    Ok((received.bytes > 0).then_some(Sent::Whole(received)))
}
