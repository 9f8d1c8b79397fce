//! The files of an improvement plan: what is listed, and what came of adding and removing.

use dacheng_app::files::{self, Attached, Hanging, Subject, kinds};
use dacheng_app::tracking::improvement::PlanCase;
use dacheng_app::{Error, Result};
use dacheng_domain::files::Media;
use dacheng_text::Count;

use crate::components::{Choice, FileForm, FileList, FileRow, Input};
use crate::http::{Attaching, Desk, said_bytes};
use crate::pages::files::attach as attach_sent;

/// What is asked of the files of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The files that were sent are to be added.
    Attach,
    /// One is to be removed.
    Withdraw(i64),
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// In sentences.
    pub said: Vec<String>,
    /// What was refused, in sentences.
    pub refused: Vec<String>,
}

impl Asked {
    /// What an act of a form is about, where it is about files.
    pub fn of(act: &str) -> Option<Self> {
        if act == "attach" {
            return Some(Self::Attach);
        }
        act.strip_prefix("withdraw-")?.parse().ok().map(Self::Withdraw)
    }
}

/// The list with its form.
pub fn list(desk: &Desk<'_>, plan: &PlanCase) -> FileList {
    let rows = plan.files.iter().map(|file| row(desk, plan, file)).collect();
    let form = plan.may_attach.then(|| form(desk, plan));
    FileList { lang: desk.lang(), rows, form }
}

fn row(desk: &Desk<'_>, plan: &PlanCase, file: &Hanging) -> FileRow {
    let say = desk.lang().files();
    let (icon, kind) = match file.media {
        Media::Pdf | Media::Docx | Media::Pptx => ("file-text", say.kind_document()),
        Media::Png | Media::Jpeg | Media::Webp => ("photo", say.kind_picture()),
        Media::Xlsx | Media::Csv => ("file-spreadsheet", say.kind_workbook()),
        Media::Txt => ("file-text", say.kind_text()),
    };
    let on = match file.subject {
        Subject::ImprovementPlan(_) => None,
        Subject::ImprovementNote(number) => {
            let note = plan.progress.iter().find(|note| note.number == number);
            note.map(|note| say.on_note_of(desk.moment(note.at)))
        }
    };
    FileRow {
        id: file.id,
        name: file.name.clone(),
        icon,
        kind,
        size: said_bytes(file.bytes),
        who: desk.recorded(&file.who),
        at: desk.moment(file.at),
        on,
        removable: file.may_withdraw,
    }
}

fn form(desk: &Desk<'_>, plan: &PlanCase) -> FileForm {
    let (say, limits) = (desk.lang().files(), desk.web.site.files);
    let endings = Media::ALL.into_iter().flat_map(Media::endings);
    let accept: Vec<String> = endings.map(|ending| format!(".{ending}")).collect();
    let whole = Choice::new("", say.on_plan());
    let notes = plan.progress.iter().rev().map(|note| {
        let shown: String = note.note.chars().take(24).collect();
        Choice::new(
            note.number.to_string(),
            say.on_note(desk.moment(note.at), desk.recorded(&note.actor), shown),
        )
    });
    FileForm {
        file: Input::default(),
        limits: say.hint(kinds(desk.lang()), said_bytes(limits.bytes), limits.files),
        accept: accept.join(","),
        on: Input::default(),
        parts: std::iter::once(whole).chain(notes).collect(),
    }
}

/// Does what is asked; a file that is refused leaves the others.
pub fn act(desk: &Desk<'_>, plan: &PlanCase, asked: Asked, form: &Attaching) -> Result<Done> {
    match asked {
        Asked::Attach if form.files.is_empty() => {
            Ok(Done { refused: vec![desk.lang().files().missing().to_owned()], ..Done::default() })
        }
        Asked::Attach => attach(desk, plan, form),
        Asked::Withdraw(id) => withdraw(desk, plan, id),
    }
}

/// Adds what was sent.
fn attach(desk: &Desk<'_>, plan: &PlanCase, form: &Attaching) -> Result<Done> {
    let subject = match form.posted.value("on").parse() {
        Ok(note) if plan.progress.iter().any(|own| own.number == note) => Subject::ImprovementNote(note),
        Ok(_) | Err(_) => Subject::ImprovementPlan(plan.line.id),
    };
    let (mut done, mut added) = (Done::default(), 0);
    for (name, sent) in &form.files {
        match attach_sent(desk, subject, name, sent.as_ref()) {
            Ok(Attached::Now(_)) => added += 1,
            Ok(Attached::Before(file)) => done.said.push(desk.lang().files().there_already(file.name)),
            Err(Error::Refused(sentences)) => done.refused.extend(sentences),
            Err(other) => return Err(other),
        }
    }
    if added > 0 {
        done.said.insert(0, desk.lang().files().added(Count::from(added)));
    }
    Ok(done)
}

/// Removes a file of the plan.
fn withdraw(desk: &Desk<'_>, plan: &PlanCase, id: i64) -> Result<Done> {
    if !plan.files.iter().any(|file| file.id == id) {
        return Err(Error::missing("file", id));
    }
    match files::withdraw(desk.app, &desk.context, id) {
        Ok(file) => Ok(Done { said: vec![desk.lang().files().removed(file.name)], ..Done::default() }),
        Err(Error::Refused(refused)) => Ok(Done { refused, ..Done::default() }),
        Err(other) => Err(other),
    }
}
