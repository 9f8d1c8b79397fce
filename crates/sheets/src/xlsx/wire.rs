//! The messages from the child to its parent: a tag, the length of the payload and the payload. The
//! parent believes none of it.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::limits::{CHARACTERS, COLUMNS};
use crate::record::Record;
use crate::refusal::Fault;
use crate::sheet::OtherSheet;

/// No honest payload is longer: a row full of long texts.
const LONGEST: usize = COLUMNS * (CHARACTERS * 4 + 4) + 8;

const OPENING: u8 = b'O';
const ROW: u8 = b'R';
const FAULT: u8 = b'F';
const END: u8 = b'E';

/// The first message: what is going to be read.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Opening {
    pub sheet: String,
    pub others: Vec<OtherSheet>,
    /// Rows by the worksheet's own statement.
    pub rows: u64,
}

/// A message; the row itself is put into a [`Record`].
pub(crate) enum Message {
    Opening(Opening),
    Row,
    Fault(Fault),
    End,
}

pub(crate) fn send_opening(out: &mut impl Write, opening: &Opening) -> io::Result<()> {
    send(out, OPENING, &[&serde_json::to_vec(opening)?])
}

pub(crate) fn send_fault(out: &mut impl Write, fault: &Fault) -> io::Result<()> {
    send(out, FAULT, &[&serde_json::to_vec(fault)?])
}

pub(crate) fn send_end(out: &mut impl Write) -> io::Result<()> {
    send(out, END, &[])
}

/// Row number, number of fields, the end of each field, the texts.
pub(crate) fn send_row(out: &mut impl Write, record: &Record) -> io::Result<()> {
    let (text, ends) = record.parts();
    let row = u32::try_from(record.row()).unwrap_or(u32::MAX);
    let numbers = [row, u32_of(ends.len())].into_iter().chain(ends.iter().map(|end| u32_of(*end)));
    let numbers: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
    send(out, ROW, &[&numbers, text.as_bytes()])
}

fn send(out: &mut impl Write, tag: u8, payload: &[&[u8]]) -> io::Result<()> {
    let length = payload.iter().map(|part| part.len()).sum();
    out.write_all(&[tag])?;
    out.write_all(&u32_of(length).to_le_bytes())?;
    payload.iter().try_for_each(|part| out.write_all(part))
}

/// All our numbers are far below; a larger one is refused by the parent.
fn u32_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Receives one message. An error means that the child ended too early or that it is no such child.
pub(crate) fn receive(
    from: &mut impl Read,
    buffer: &mut Vec<u8>,
    record: &mut Record,
) -> io::Result<Message> {
    let mut head = [0; 5];
    from.read_exact(&mut head)?;
    let [tag, length @ ..] = head;
    let length = u32::from_le_bytes(length) as usize;
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    buffer.resize(length, 0);
    from.read_exact(buffer)?;
    match tag {
        OPENING => Ok(Message::Opening(parse(buffer)?)),
        ROW => {
            unpack(buffer, record).ok_or(io::ErrorKind::InvalidData)?;
            Ok(Message::Row)
        }
        FAULT => Ok(Message::Fault(parse(buffer)?)),
        END => Ok(Message::End),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}

fn parse<T: DeserializeOwned>(payload: &[u8]) -> io::Result<T> {
    Ok(serde_json::from_slice(payload)?)
}

fn unpack(payload: &[u8], record: &mut Record) -> Option<()> {
    let (row, payload) = payload.split_first_chunk()?;
    let (fields, payload) = payload.split_first_chunk()?;
    let fields = u32::from_le_bytes(*fields) as usize;
    let (ends, text) = payload.split_at_checked(fields.checked_mul(4)?)?;
    let row = u64::from(u32::from_le_bytes(*row));
    record.begin(row, row);
    record.fill(
        std::str::from_utf8(text).ok()?,
        ends.as_chunks().0.iter().map(|end| u32::from_le_bytes(*end) as usize),
    )
}
