//! How imports are shown: their list, and one of them at its stage.

use dacheng_app::Result;
use dacheng_app::facts::subject::Subject;
use dacheng_app::facts::undo::never_undone;
use dacheng_app::facts::uploads::{self, Counts as Counted, Kept, Looked, State, Undoable};
use dacheng_domain::Fen;
use dacheng_domain::calendar::Period;
use dacheng_text::{Count, Lang, date, money};

use super::{BadRow, Counts, ImportPage, ImportRow, ImportStage, ImportsPage, Undo, subject_name};
use crate::components::{ImportState, Link, Note, Pager, Progress, Tone};
use crate::http::{Desk, said_bytes};
use crate::shell::Room;

/// Rows of a page.
const PAGE: usize = 50;
/// The whole of a progress.
const WHOLE: i64 = 1_000;

/// Where an import stands, as pages call it.
pub(crate) const fn state_of(state: State) -> ImportState {
    match state {
        State::Checking => ImportState::Checking,
        State::Checked => ImportState::Checked,
        State::Writing => ImportState::Writing,
        State::Committed => ImportState::Done,
        State::Withdrawn => ImportState::Undone,
        State::Refused => ImportState::Refused,
        State::Cancelled => ImportState::Cancelled,
        State::Discarded => ImportState::Discarded,
    }
}

fn wide(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// The page of the list.
pub fn list(desk: &Desk<'_>, from: usize) -> Result<ImportsPage> {
    let take = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let listed = uploads::list(desk.app, &desk.context, take(from), take(PAGE))?;
    let row = |import: &Kept| ImportRow {
        file: Link::new(source(desk.lang(), &import.source), format!("/imports/{}", import.id)),
        kind: kind_name(desk.lang(), import),
        state: state_of(import.state),
        counts: counted(desk.lang(), import),
        by: desk.recorded(&import.actor),
        when: desk.moment(import.started_at),
    };
    let (rows, all) = (listed.imports.iter().map(row).collect::<Vec<_>>(), wide(listed.all));
    let last = from + rows.len();
    let href = |from: usize| format!("/imports?from={from}");
    let more = (last as u64) < all;
    let pager = (from > 0 || more).then(|| Pager {
        first: from as u64 + 1,
        last: last as u64,
        all,
        earlier: (from > 0).then(|| href(from.saturating_sub(PAGE))),
        later: more.then(|| href(last)),
    });
    let may_import = !Subject::allowed(&desk.context, desk.organisation()).is_empty();
    let shell = desk.shell(Room::Imports, Vec::new())?.exporting("/imports", "", rows.len());
    Ok(ImportsPage { shell, may_import, rows, pager })
}

/// What an import is about, in a word.
pub(super) fn kind_name(lang: Lang, import: &Kept) -> String {
    let subject = import.kind.parse::<Subject>();
    subject.map_or_else(|_| import.kind.clone(), |own| subject_name(lang, own).to_owned())
}

/// Rows that a program sent have no file.
pub(super) fn source(lang: Lang, source: &str) -> String {
    if source == "api" { lang.imports().rows_of_a_program().to_owned() } else { source.to_owned() }
}

/// `1,284 行：新增 64，变更 3`.
fn counted(lang: Lang, import: &Kept) -> String {
    let (say, counts) = (lang.imports(), import.counts);
    let parts = [
        (counts.added, say.counted_new(Count::from(counts.added))),
        (counts.changed, say.counted_changed(Count::from(counts.changed))),
        (import.bad, say.counted_bad(Count::from(import.bad))),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
    let rows = say.count(Count::from(counts.read));
    if parts.is_empty() { rows } else { say.counted(rows, parts.join(lang.people().comma())) }
}

/// The page of one import; `from` leafs through its bad rows.
pub fn one(desk: &Desk<'_>, looked: &Looked, from: usize) -> Result<ImportPage> {
    let lang = desk.lang();
    let ignored = &looked.sums.ignored;
    let import = &looked.import;
    let bad = if import.state == State::Refused { looked.problems.len() } else { 0 };
    Ok(ImportPage {
        shell: desk.shell(Room::Imports, vec![Link::new(lang.shell().imports(), "/imports")])?.exporting(
            format!("/imports/{}/bad", import.id),
            "",
            bad,
        ),
        path: format!("/imports/{}", import.id),
        file: source(lang, &import.source),
        about: about(desk, looked),
        state: state_of(import.state),
        ignored: (!ignored.is_empty()).then(|| lang.imports().ignored(ignored.join(lang.people().comma()))),
        may_stop: looked.may_import,
        stage: stage(desk, looked, from),
    })
}

fn about(desk: &Desk<'_>, looked: &Looked) -> String {
    let (lang, import) = (desk.lang(), &looked.import);
    let by = lang.imports().brought(desk.recorded(&import.actor), desk.moment(import.started_at));
    let mut parts =
        vec![subject_name(lang, looked.subject).to_owned(), said_bytes(wide(import.file_bytes)), by];
    parts
        .extend(import.sha256.as_ref().map(|sha256| format!("SHA-256 {}…", &sha256[..sha256.len().min(12)])));
    parts.extend(import.mapping.as_ref().map(|_| lang.imports().with_mapping().to_owned()));
    parts.join(" · ")
}

fn stage(desk: &Desk<'_>, looked: &Looked, from: usize) -> ImportStage {
    let (lang, say, import) = (desk.lang(), desk.lang().imports(), &looked.import);
    match import.state {
        State::Checking => ImportStage::Running(progress(lang, import, say.checking())),
        State::Writing => ImportStage::Running(progress(lang, import, say.writing())),
        State::Refused => refused(lang, looked, from),
        State::Checked => ImportStage::Checked {
            counts: counts(import),
            sums: sums(lang, looked),
            act: act(lang, looked),
            reason: (!looked.is_own || !looked.may_import)
                .then(|| lang.uploads().only_who_brought_it().to_owned()),
        },
        State::Committed => ImportStage::Done {
            note: Note::new(Tone::Ok, done(lang, &import.counts)),
            counts: counts(import),
            sums: sums(lang, looked),
            undo: undo(desk, looked),
        },
        State::Withdrawn => {
            let at = desk.moment(import.withdrawn_at.unwrap_or_default());
            ImportStage::Done {
                note: Note::new(Tone::Info, say.was_undone(at)),
                counts: counts(import),
                sums: sums(lang, looked),
                undo: Undo::Over,
            }
        }
        State::Cancelled => ImportStage::Ended(Note::new(Tone::Info, say.was_cancelled())),
        State::Discarded => ImportStage::Ended(Note::new(Tone::Warn, say.was_discarded())),
    }
}

fn done(lang: Lang, counts: &Counted) -> &'static str {
    if counts.added + counts.changed > 0 { lang.imports().done() } else { lang.imports().nothing_new() }
}

fn counts(import: &Kept) -> Counts {
    let Counted { read, added, changed, unchanged, skipped, .. } = import.counts;
    Counts {
        read: wide(read),
        new: wide(added),
        changed: wide(changed),
        unchanged: wide(unchanged),
        skipped: wide(skipped),
        bad: wide(import.bad),
    }
}

/// A third of the way is reading the file, the rest is comparing and writing what was read.
fn progress(lang: Lang, import: &Kept, label: &str) -> Progress {
    let Counted { bytes_done, bytes_total, read, added, changed, unchanged, skipped } = import.counts;
    let worked = added + changed + unchanged + skipped;
    let part = |done: i64, all: i64| if all > 0 { (done.min(all) * WHOLE) / all } else { 0 };
    let share = part(bytes_done, bytes_total);
    let done = (share + 2 * share * part(worked, read) / WHOLE) / 3;
    let say = lang.imports();
    let said = if read == 0 {
        say.waits().to_owned()
    } else {
        say.so_far(Count::from(read), Count::from(worked), (done / 10).to_string())
    };
    let again = format!("/imports/{}", import.id);
    Progress { label: label.to_owned(), done: wide(done), all: wide(WHOLE), said, again }
}

fn refused(lang: Lang, looked: &Looked, from: usize) -> ImportStage {
    let say = lang.imports();
    let import = &looked.import;
    let all = looked.problems.len();
    let last = (from + PAGE).min(all);
    let href = |from: usize| format!("/imports/{}?from={from}", import.id);
    let bad = looked.problems.iter().skip(from).take(PAGE).map(|problem| BadRow {
        file: import.source.clone(),
        sheet: looked.sums.sheet.clone().unwrap_or_default(),
        row: problem.row.map_or_else(|| say.whole_file().to_owned(), |row| row.to_string()),
        column: problem.column.clone().unwrap_or_default(),
        value: problem.value.clone(),
        reason: problem.reason.clone(),
    });
    let said = if looked.problems.iter().all(|problem| problem.row.is_none()) {
        say.refused_whole().to_owned()
    } else {
        say.refused(Count::from(import.bad))
    };
    ImportStage::Refused {
        note: Note::new(Tone::Bad, said),
        counts: counts(import),
        bad: bad.collect(),
        pager: (all > PAGE).then(|| Pager {
            first: from as u64 + 1,
            last: last as u64,
            all: all as u64,
            earlier: (from > 0).then(|| href(from.saturating_sub(PAGE))),
            later: (last < all).then(|| href(last)),
        }),
    }
}

/// What to compare with the source: the sum, the days, and each month where there are several.
fn sums(lang: Lang, looked: &Looked) -> Vec<(String, String)> {
    let (say, sums) = (lang.imports(), &looked.sums);
    let mut said = Vec::new();
    said.extend(sums.fen.map(|fen| (say.sum().to_owned(), money::exact(lang, Fen(fen)))));
    if let (Some(first), Some(last)) = (sums.first, sums.last) {
        said.push((say.days().to_owned(), format!("{first} – {last}")));
    }
    if sums.months.len() > 1 {
        let months = sums.each_month().zip(sums.months.values());
        said.extend(months.filter(|_| sums.fen.is_some()).map(|(month, sum)| {
            let rows = say.count(Count::from(sum.rows));
            let amount = money::exact(lang, Fen(sum.fen));
            (date::period(lang, Period::Month(month)), say.amount_and_rows(amount, rows))
        }));
    }
    said
}

fn act(lang: Lang, looked: &Looked) -> String {
    let kind = subject_name(lang, looked.subject);
    lang.imports().act(Count::from(looked.import.counts.read), kind)
}

fn undo(desk: &Desk<'_>, looked: &Looked) -> Undo {
    let (lang, say) = (desk.lang(), desk.lang().imports());
    match &looked.undo {
        Undoable::Until(until, closed) => {
            let until = desk.moment(until.as_millisecond());
            let months: Vec<String> =
                closed.iter().map(|month| date::period(lang, Period::Month(*month))).collect();
            let closed = (!months.is_empty()).then(|| say.undo_closed(months.join(lang.people().comma())));
            Undo::Possible { until: say.undo_until(until), closed }
        }
        Undoable::TooLate => Undo::Impossible(lang.uploads().too_late_to_undo().to_owned()),
        Undoable::Replaced => {
            Undo::Impossible(never_undone(lang, looked.subject).unwrap_or_default().to_owned())
        }
        Undoable::NotAllowed => Undo::Impossible(say.undo_not_allowed().to_owned()),
        Undoable::DoesNotCount => Undo::Over,
    }
}
