//! From a sheet to the bytes of a PDF. The same sheet, printed at the same moment by the same person, is the same bytes.

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use crate::fonts::FONTS;
use crate::world::Room;
use crate::{Code, Printed, Sheet, layout};

/// Cells of the tables of a sheet that is tagged for screen readers: of thousands, the tags are twenty times the rest of the file.
const MOST_TAGGED: usize = 1_000;
/// How many prints a piece of layout is remembered for, unused.
const REMEMBERED: usize = 10;

/// A sheet that could not be printed: a fault of this program, not of what it was given.
#[derive(Debug, thiserror::Error)]
#[error("a sheet could not be printed: {0}")]
pub struct Unprintable(String);

/// Prints a sheet. Takes a processor for tens of milliseconds a page: call it beside an async loop, a few at once.
pub fn print(sheet: &Sheet, printed: &Printed) -> Result<Vec<u8>, Unprintable> {
    if !FONTS.are_complete() {
        return Err(Unprintable("the fonts are missing".to_owned()));
    }
    let code = Code::of(sheet).map_err(|wrong| Unprintable(wrong.to_string()))?;
    let room = Room::of(layout::data(sheet, printed, code));
    let laid_out = typst::compile::<PagedDocument>(&room)
        .output
        .and_then(|document| typst_pdf::pdf(&document, &options(sheet, printed, code)));
    comemo::evict(REMEMBERED);
    laid_out.map_err(|wrong| Unprintable(said(&wrong)))
}

fn options(sheet: &Sheet, printed: &Printed, code: Code) -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom(format!("{} {code}", sheet.number)),
        creator: Smart::Custom(Some("Dacheng".to_owned())),
        timestamp: timestamp(printed),
        tagged: sheet.cells() <= MOST_TAGGED,
        ..PdfOptions::default()
    }
}

fn timestamp(printed: &Printed) -> Option<Timestamp> {
    let part = |value: i8| u8::try_from(value).ok();
    let (day, time) = (printed.clock().date(), printed.clock().time());
    let moment = Datetime::from_ymd_hms(
        day.year().into(),
        part(day.month())?,
        part(day.day())?,
        part(time.hour())?,
        part(time.minute())?,
        part(time.second())?,
    )?;
    Timestamp::new_local(moment, printed.offset.seconds() / 60)
}

fn said(wrong: &[SourceDiagnostic]) -> String {
    wrong.iter().map(|one| one.message.as_str()).collect::<Vec<_>>().join("; ")
}
