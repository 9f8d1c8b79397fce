//! Forms with files, read piece by piece in little memory: values by name, the file on disk. A file is taken only after
//! the form's token.

use std::collections::HashMap;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use dacheng_app::facts::uploads::{Incoming, MOST_BYTES, Received};
use dacheng_app::{Error, Result};
use tokio::sync::mpsc;

use super::forms::same;
use super::{Visitor, Web};

/// Bytes of a request with a file at most. More than a file may have, so that one that is somewhat too large is read to
/// its end and can be answered with a sentence.
pub const MOST_SENT: usize = 256 << 20;
/// Bytes of a mapping.
pub const MOST_MAPPING: usize = 256 << 10;
/// Bytes of a value.
const MOST_VALUE: usize = 8 << 10;
/// Characters of a file's name.
const LONGEST_NAME: usize = 200;
/// Pieces between the network and the disk.
const AHEAD: usize = 8;

/// A form with files.
#[derive(Debug, Default)]
pub struct Parts {
    values: HashMap<String, String>,
    /// The file and its name.
    pub file: Option<(String, Sent)>,
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

    /// Reads a form to its end.
    pub async fn read(web: &Web, visitor: &Visitor, token: Token, mut form: Multipart) -> Result<Self> {
        let broken = |wrong: MultipartError| broken(&wrong, visitor);
        let mut parts = Self::default();
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            let Some(file) = field.file_name().map(base_name) else {
                let (value, _) = collect(field, MOST_VALUE).await.map_err(broken)?;
                parts.values.insert(name, String::from_utf8_lossy(&value).into_owned());
                continue;
            };
            if token == Token::Needed && !same(parts.value("csrf"), &visitor.csrf) {
                return Err(Error::Usage(visitor.lang.failures().forged().to_owned()));
            }
            match name.as_str() {
                "file" => parts.file = to_disk(web, visitor, field).await?.map(|sent| (file, sent)),
                "mapping" => parts.mapping = mapping(field).await.map_err(broken)?,
                _other => drop(collect(field, 0).await.map_err(broken)?),
            }
        }
        if token == Token::Needed && !same(parts.value("csrf"), &visitor.csrf) {
            return Err(Error::Usage(visitor.lang.failures().forged().to_owned()));
        }
        Ok(parts)
    }
}

fn broken(wrong: &MultipartError, visitor: &Visitor) -> Error {
    if wrong.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Error::refused(visitor.lang.uploads().file_too_large(super::said_bytes(MOST_BYTES)));
    }
    Error::Usage(visitor.lang.uploads().form_broken().to_owned())
}

/// The last part of a path as any system writes it, of characters that can be seen; it is shown, never opened.
pub fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen = last.chars().filter(|character| !character.is_control() && !is_invisible(*character));
    let name: String = seen.take(LONGEST_NAME).collect();
    name.trim().to_owned()
}

/// Marks that turn the direction of what follows, or take no room: `exe.csv` must not look like something else.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
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

async fn to_disk(web: &Web, visitor: &Visitor, mut field: Field<'_>) -> Result<Option<Sent>> {
    let (sender, written) = writer(web)?;
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => {
                if sender.send(piece).await.is_err() {
                    break;
                }
            }
            Ok(None) => break,
            Err(wrong) => return Err(broken(&wrong, visitor)),
        }
    }
    drop(sender);
    received(written).await
}

/// A body that is the file itself.
pub async fn body_to_disk(web: &Web, visitor: &Visitor, body: Body) -> Result<Option<Sent>> {
    let (sender, written) = writer(web)?;
    let mut body = std::pin::pin!(body);
    while let Some(frame) = std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Ok(frame) = frame else {
            let most = super::said_bytes(MOST_BYTES);
            return Err(Error::refused(visitor.lang.uploads().file_too_large(most)));
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
fn writer(web: &Web) -> Result<(mpsc::Sender<Bytes>, Written)> {
    let mut incoming = web.site.uploads.incoming(&web.app)?;
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

#[cfg(test)]
mod tests {
    use super::base_name;

    #[test]
    fn a_file_has_no_folder_and_nothing_hidden_in_its_name() {
        for (sent, shown) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\fakepath\\订单 11月.csv", "订单 11月.csv"),
            ("a\u{0}b\r\nSet-Cookie: x.csv", "abSet-Cookie: x.csv"),
            ("orders\u{202e}vsc.exe", "ordersvsc.exe"),
            ("..", ".."),
            ("/", ""),
        ] {
            assert_eq!(base_name(sent), shown);
        }
        assert_eq!(base_name(&"长".repeat(500)).chars().count(), 200);
    }
}
