//! The writing of an import: chunks go to a thread of their own, in their order and a transaction each, so that the
//! next one is compared and credited meanwhile. What a chunk holds is its sender's business.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use dacheng_store::Write;

use crate::{App, Error, Result};

/// Chunks handed over and not yet written; more would only take memory.
const AHEAD: usize = 2;

/// What writes a chunk within a transaction.
type Chunk = Box<dyn FnOnce(&mut Write) -> Result<()> + Send>;

/// Writes the chunks that are handed over.
pub struct Writer {
    chunks: Sender<Chunk>,
    written: Receiver<()>,
    waiting: usize,
    thread: Option<JoinHandle<Result<()>>>,
}

impl Writer {
    /// Starts the thread. It ends with [`Writer::end`], or by its first failure.
    pub fn start(app: &App) -> Result<Self> {
        let (chunks, given) = channel::<Chunk>();
        let (done, written) = channel();
        let app = app.clone();
        let write = move || {
            for chunk in given {
                let mut tx = app.store.write()?;
                chunk(&mut tx)?;
                tx.commit()?;
                // Nobody hears it where the import has failed: then it ends, too.
                let _ = done.send(());
            }
            Ok(())
        };
        let thread = std::thread::Builder::new().name("facts".to_owned()).spawn(write);
        let thread = thread.map_err(|wrong| Error::Internal(wrong.to_string()))?;
        Ok(Self { chunks, written, waiting: 0, thread: Some(thread) })
    }

    /// Hands a chunk over. Waits where too many are on the way; fails where one before it did.
    pub fn hand_over(&mut self, chunk: impl FnOnce(&mut Write) -> Result<()> + Send + 'static) -> Result<()> {
        while self.waiting >= AHEAD {
            self.hear()?;
        }
        self.waiting += 1;
        self.chunks.send(Box::new(chunk)).map_err(|_| self.failure())
    }

    /// Waits until everything handed over is written, where somebody could read it.
    pub fn settle(&mut self) -> Result<()> {
        while self.waiting > 0 {
            self.hear()?;
        }
        Ok(())
    }

    fn hear(&mut self) -> Result<()> {
        self.written.recv().map_err(|_| self.failure())?;
        self.waiting -= 1;
        Ok(())
    }

    /// Why the thread has ended.
    fn failure(&mut self) -> Error {
        let ended = self.thread.take().map(JoinHandle::join);
        match ended {
            Some(Ok(Err(error))) => error,
            Some(Ok(Ok(())) | Err(_)) | None => Error::Internal("the writing of facts stopped".to_owned()),
        }
    }

    /// Waits until everything handed over is written and the thread has ended: nothing is written after this.
    pub fn end(mut self) -> Result<()> {
        let settled = self.settle();
        drop(self.chunks);
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(ended)) => settled.and(ended),
            Some(Err(_)) => settled.and(Err(Error::Internal("the writing of facts stopped".to_owned()))),
            None => settled,
        }
    }
}

/// How far the keys reach that were handed over and may not be written yet.
#[derive(Default)]
pub struct Reach(String);

impl Reach {
    /// Before keys are looked up from the first to the last: waits where one of them may be on the way, and takes them as
    /// handed over from now on.
    pub fn settle(&mut self, writer: &mut Option<Writer>, first: &str, last: &str) -> Result<()> {
        let Some(writer) = writer else { return Ok(()) };
        if first <= self.0.as_str() {
            writer.settle()?;
            self.0.clear();
        }
        if last > self.0.as_str() {
            last.clone_into(&mut self.0);
        }
        Ok(())
    }
}
