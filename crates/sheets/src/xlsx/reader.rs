//! The parent's side: starts the child that parses a workbook and takes rows from it.

use std::fs::File;
use std::io::BufReader;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ChildStdout, Command, Stdio};

use super::wire::{self, Message, Opening};
use crate::options::ReadOptions;
use crate::record::Record;
use crate::refusal::{Fault, Reason};

/// The rows of a worksheet; blank ones are left out. The child ends with this value at the latest.
pub(crate) struct Reader {
    child: Child,
    messages: BufReader<ChildStdout>,
    buffer: Vec<u8>,
    done: u64,
    rows: u64,
    is_finished: bool,
}

impl Reader {
    /// Starts the child with the file, which must be at its beginning.
    pub fn open(file: File, options: &ReadOptions) -> Result<(Self, Opening), Fault> {
        let no_reader = |detail: String| Fault::from(Reason::NoReader { detail });
        let mut command = Command::new(&options.reader.program);
        command.args(&options.reader.arguments);
        if let Some(sheet) = &options.sheet {
            command.args(["--", sheet]);
        }
        let mut child = command
            .env_clear()
            .stdin(file)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| no_reader(error.to_string()))?;
        let output = child.stdout.take().ok_or_else(|| no_reader("no pipe".to_owned()))?;
        let messages = BufReader::with_capacity(64 * 1024, output);
        let mut reader = Self { child, messages, buffer: Vec::new(), done: 0, rows: 0, is_finished: false };
        match reader.receive(&mut Record::new())? {
            Message::Opening(opening) => {
                reader.rows = opening.rows;
                Ok((reader, opening))
            }
            Message::Fault(fault) => Err(fault),
            Message::Row | Message::End => Err(no_reader("it does not begin as agreed".to_owned())),
        }
    }

    /// Rows read and rows in all, by the worksheet's own statement.
    pub fn progress(&self) -> (u64, u64) {
        (self.done, self.rows.max(self.done))
    }

    /// Reads a row; `false` at the end.
    pub fn read(&mut self, record: &mut Record) -> Result<bool, Fault> {
        if self.is_finished {
            return Ok(false);
        }
        match self.receive(record)? {
            Message::Row => {
                self.done = record.row;
                Ok(true)
            }
            Message::End => {
                self.is_finished = true;
                self.done = self.done.max(self.rows);
                Ok(false)
            }
            Message::Fault(fault) => Err(fault),
            Message::Opening(_) => Err(Fault::damaged("the reader began twice")),
        }
    }

    fn receive(&mut self, record: &mut Record) -> Result<Message, Fault> {
        wire::receive(&mut self.messages, &mut self.buffer, record).map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => self.cause_of_end(),
            _ => Reason::NoReader { detail: error.to_string() }.into(),
        })
    }

    /// Why the child ended without saying so: a limit ends it by a signal, a panic with 101.
    fn cause_of_end(&mut self) -> Fault {
        match self.child.wait() {
            Ok(status) if status.signal().is_some() => Reason::TooCostly.into(),
            Ok(status) if status.code() == Some(101) => Fault::damaged("the parser gave up"),
            Ok(status) => Reason::NoReader { detail: status.to_string() }.into(),
            Err(error) => Reason::NoReader { detail: error.to_string() }.into(),
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It may have ended already, and nobody is left to tell.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
