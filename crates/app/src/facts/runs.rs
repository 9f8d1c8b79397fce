//! A file taken through to its end: parsed on one thread, compared and credited on another, written on a third.

use std::sync::mpsc::sync_channel;
use std::thread::Builder;

use dacheng_domain::facts::kind::Kind;
use dacheng_domain::facts::row::{
    ComplaintRow, CustomerRow, EmploymentRow, LeaveRow, MemberRow, OpportunityRow, OrderLineRow, OrderRow,
    OrderShareRow, PaymentRow, ProductRow, ReceivableRow, ReturnRow, ScoreRow, SummaryRow, SurveyRow,
    TrainingRow, UnitRow, VisitRow,
};
use dacheng_store::bulk::CHUNK;

use super::commit::Alters;
use super::import::{Effect, Request, Told, alters, count, file_sha256};
use super::pieces::each_piece;
use super::source::{Batch, Keys, Line, Source};
use super::sums::Sums;
use super::work::Work;
use super::writer::Writer;
use super::{master, sales};
use crate::{Error, Result};

/// Rows held and sorted together where their keys come in no order, about 50 MB; a file of more is taken in several
/// runs.
const RUN: usize = 250_000;
/// Batches between the parsing and the comparing thread.
const AHEAD: usize = 6;

/// Reads the file to its end, a run at a time. Answers its SHA-256. Nothing is being written any more when it returns.
pub fn read(
    work: &mut Work<'_>,
    source: Source,
    request: &Request<'_>,
    sums: &mut Sums,
    told: Told<'_>,
) -> Result<String> {
    if work.import.is_some() && alters(work.kind) == Alters::Facts {
        work.writer = Some(Writer::start(work.app)?);
    }
    let read = take_through(work, source, request, sums, told);
    let ended = work.writer.take().map_or(Ok(()), Writer::end);
    // Where the writing failed before the end, reading heard the reason.
    read.and_then(|sha256| ended.map(|()| sha256))
}

fn take_through(
    work: &mut Work<'_>,
    source: Source,
    request: &Request<'_>,
    sums: &mut Sums,
    told: Told<'_>,
) -> Result<String> {
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel::<Result<Batch>>(AHEAD);
        let hashed = scope.spawn(|| file_sha256(request.path));
        let rows = Builder::new().name("rows".to_owned());
        rows.spawn_scoped(scope, move || source.read(&sender))
            .map_err(|wrong| Error::Internal(wrong.to_string()))?;
        let mut lines: Vec<Line> = Vec::new();
        for batch in receiver {
            let batch = batch?;
            work.counts.skipped += batch.skipped;
            work.counts.read += count(batch.lines.len() + batch.problems.len()) + batch.skipped;
            work.counts.bytes_done = batch.bytes_done;
            work.counts.bytes_total = batch.bytes_total;
            work.problems.extend(batch.problems);
            work.keys = work.keys.and(batch.keys);
            if lines.is_empty() {
                lines = batch.lines;
            } else {
                lines.extend(batch.lines);
            }
            sums.merge(batch.sums);
            told(&work.counts)?;
            if lines.len() >= most(work, request.effect) {
                run(work, std::mem::take(&mut lines))?;
            }
        }
        match (alters(work.kind), request.effect) {
            (Alters::Facts, Effect::DryRun) => each_piece(lines, |piece| {
                run(work, piece)?;
                told(&work.counts)
            })?,
            (Alters::Ground, _) | (_, Effect::Write) => run(work, lines)?,
        }
        told(&work.counts)?;
        hashed.join().map_err(|_| Error::Internal("the file could not be hashed".to_owned()))?
    })
}

/// How many rows are taken through together.
fn most(work: &Work<'_>, effect: Effect) -> usize {
    match (alters(work.kind), effect, work.keys) {
        (Alters::Facts, Effect::Write, Keys::Ascend) => CHUNK,
        (Alters::Facts, Effect::Write, Keys::Mixed) => RUN,
        // What others refer to is looked at whole, and a dry run has nowhere to keep earlier runs.
        (Alters::Ground, _, _) | (_, Effect::DryRun, _) => usize::MAX,
    }
}

fn run(work: &mut Work<'_>, lines: Vec<Line>) -> Result<()> {
    match work.kind {
        Kind::Units => master::run::<UnitRow>(work, lines),
        Kind::Members => master::run::<MemberRow>(work, lines),
        Kind::Products => master::run::<ProductRow>(work, lines),
        Kind::Customers => master::run::<CustomerRow>(work, lines),
        Kind::Employments => master::run::<EmploymentRow>(work, lines),
        Kind::Orders => sales::run::<OrderRow>(work, lines),
        Kind::OrderLines => sales::run::<OrderLineRow>(work, lines),
        Kind::OrderShares => sales::run::<OrderShareRow>(work, lines),
        Kind::Returns => sales::run::<ReturnRow>(work, lines),
        Kind::Receivables => sales::run::<ReceivableRow>(work, lines),
        Kind::Payments => sales::run::<PaymentRow>(work, lines),
        Kind::Opportunities => sales::run::<OpportunityRow>(work, lines),
        Kind::Visits => sales::run::<VisitRow>(work, lines),
        Kind::Surveys => sales::run::<SurveyRow>(work, lines),
        Kind::Complaints => sales::run::<ComplaintRow>(work, lines),
        Kind::Leaves => sales::run::<LeaveRow>(work, lines),
        Kind::Trainings => sales::run::<TrainingRow>(work, lines),
        Kind::Scores => sales::run::<ScoreRow>(work, lines),
        Kind::Summaries => sales::run::<SummaryRow>(work, lines),
    }
}
