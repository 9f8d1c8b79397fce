//! What `sheet.typ` is given: the content of a sheet with the layout's own words, and sizes that depend on how much there is.

use dacheng_text::{Lang, date};
use qrcode::{Color, EcLevel, QrCode};
use serde_json::{Value, json};

use crate::plain::{plain, widest_run, width};
use crate::{Block, Code, Column, Form, Holds, Printed, Sheet, Signature, Table};

/// Points of a text.
const TEXT: f64 = 10.5;
/// Points of a title.
const TITLE: f64 = 18.0;
/// Points of the small letters.
const SMALL: f64 = 8.0;
/// The smallest letters of a table, in points, and the step down to them.
const SMALLEST: f64 = 5.0;
const STEP: f64 = 0.25;
/// Bytes of a signature that fill a good part of a page.
const LONG: usize = 900;
/// Of the width of a table, what its text keeps.
const TEXT_KEEPS: f64 = 0.14;

/// The data of a sheet.
pub fn data(sheet: &Sheet, printed: &Printed, code: Code) -> Value {
    let (say, room) = (sheet.lang.paper(), room(sheet.form));
    let fit = |text: &str, size: f64| plain(text, room / size);
    // Two or three stand in one line of small letters.
    let aside = |text: &str| plain(text, room / SMALL / 3.0);
    let at = date::stamp(printed.clock());
    let (lang, region) = match sheet.lang {
        Lang::Zh => ("zh", "cn"),
        Lang::En => ("en", "us"),
    };
    json!({
        "lang": lang,
        "region": region,
        "across": sheet.form == Form::Across,
        "company": aside(&sheet.company),
        "number": aside(&sheet.number),
        "version": say.version(sheet.version),
        "title": fit(&sheet.title, TITLE),
        "head": aside(&sheet.title),
        "about": fit(&sheet.about, TEXT),
        "code": code.groups(),
        "blocks": sheet.blocks.iter().map(|own| block(own, room)).collect::<Vec<_>>(),
        "square": sheet.seal.as_ref().and_then(|seal| square(&seal.link)),
        "say": {
            "page": say.page("{page}", "{pages}"),
            "number": say.number(),
            "code": say.code(),
            "colon": say.colon(),
            "covers": sheet.seal.as_ref().map_or(say.covers(), |seal| seal.covers.as_str()),
            "printed": fit(&say.printed(&printed.by, at), SMALL),
        },
    })
}

/// A text as the square that a telephone reads: how many modules wide, and the dark runs of each row as row, first, count.
fn square(text: &str) -> Option<Value> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut runs = Vec::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut at = 0;
        for run in modules.chunk_by(PartialEq::eq) {
            if run.first() == Some(&Color::Dark) {
                runs.push([row, at, run.len()]);
            }
            at += run.len();
        }
    }
    Some(json!({ "width": width, "runs": runs }))
}

/// The width between the margins, in points.
fn room(form: Form) -> f64 {
    let millimetres = match form {
        Form::Upright => 174.0,
        Form::Across => 261.0,
    };
    millimetres / 25.4 * 72.0
}

fn block(block: &Block, room: f64) -> Value {
    let fit = |text: &str, parts: f64| plain(text, room / parts / TEXT - 2.0);
    match block {
        Block::Heading(text) => json!({ "kind": "heading", "text": fit(text, 1.0) }),
        Block::Paragraph(text) => json!({ "kind": "paragraph", "text": fit(text, 1.0) }),
        Block::Note(text) => json!({ "kind": "note", "text": plain(text, room / SMALL) }),
        Block::Pairs(pairs) => {
            let pairs: Vec<_> = pairs.iter().map(|(name, value)| [fit(name, 2.3), fit(value, 2.3)]).collect();
            json!({ "kind": "pairs", "pairs": pairs })
        }
        Block::Table(own) => table(own, room),
        Block::History(moments) => {
            let moments: Vec<_> =
                moments.iter().map(|own| [fit(&own.when, 4.0), fit(&own.what, 1.5)]).collect();
            json!({ "kind": "history", "moments": moments })
        }
        Block::Signatures(people) => signatures(people, fit),
    }
}

/// Signatures stay on one page, unless somebody has written a novel into one.
fn signatures(people: &[Signature], fit: impl Fn(&str, f64) -> String) -> Value {
    let parts = f64::from(u32::try_from(people.len().max(1)).unwrap_or(u32::MAX)) * 1.2;
    let texts = |own: &Signature| [own.role.clone(), own.name.clone()].into_iter().chain(own.details.clone());
    let long =
        people.iter().map(|own| texts(own).map(|text| text.len()).sum::<usize>()).any(|length| length > LONG);
    let person = |own: &Signature| {
        let details: Vec<_> = own.details.iter().map(|detail| fit(detail, parts)).collect();
        json!({ "role": fit(&own.role, parts), "name": fit(&own.name, parts), "details": details })
    };
    json!({ "kind": "signatures", "long": long, "people": people.iter().map(person).collect::<Vec<_>>() })
}

fn table(table: &Table, room: f64) -> Value {
    let sizes = Sizes::of(table, room);
    let cells = |cells: &[String]| -> Vec<String> {
        sizes.columns.iter().zip(cells).map(|(own, text)| plain(text, sizes.letters(*own))).collect()
    };
    let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let rows: Vec<_> =
        table.rows.iter().map(|row| json!({ "cells": cells(&row.cells), "sum": row.is_sum })).collect();
    json!({
        "kind": "table",
        "caption": plain(&table.caption, room / SMALL),
        "size": sizes.letter,
        "inset": sizes.inset,
        "columns": sizes.columns,
        "figures": table.columns.iter().map(|column| column.holds == Holds::Figures).collect::<Vec<_>>(),
        "head": cells(&names),
        "rows": rows,
    })
}

/// The sizes of a table, in points.
struct Sizes {
    letter: f64,
    inset: f64,
    columns: Vec<f64>,
}

impl Sizes {
    /// The largest letters with which the figures fit; the text gets what is left. Figures that do not even fit with the smallest
    /// ones share the width, and are broken.
    fn of(table: &Table, room: f64) -> Self {
        let needs: Vec<Option<f64>> = (0..table.columns.len()).map(|place| figures(table, place)).collect();
        let many = table.columns.len() > 8;
        let (mut letter, kept) = (if many { 8.0 } else { 9.0 }, room * Self::kept(&table.columns));
        loop {
            let inset = if many { letter * 0.3 } else { letter * 0.6 };
            let figures: f64 = needs.iter().flatten().map(|need| need * letter + 2.0 * inset).sum();
            if figures + kept <= room {
                let column = |(own, need): (&Column, &Option<f64>)| match (own.holds, need) {
                    (Holds::Text(share), _) => (room - figures) * Self::part(&table.columns, share),
                    (Holds::Figures, need) => need.unwrap_or_default() * letter + 2.0 * inset,
                };
                let columns = table.columns.iter().zip(&needs).map(column).collect();
                return Self { letter, inset, columns };
            }
            if letter <= SMALLEST {
                let widen = (room - kept) / figures;
                let column = |(own, need): (&Column, &Option<f64>)| match (own.holds, need) {
                    (Holds::Text(share), _) => kept * Self::part(&table.columns, share),
                    (Holds::Figures, need) => (need.unwrap_or_default() * letter + 2.0 * inset) * widen,
                };
                let columns = table.columns.iter().zip(&needs).map(column).collect();
                return Self { letter, inset, columns };
            }
            letter -= STEP;
        }
    }

    /// Of the width, what columns of text keep.
    fn kept(columns: &[Column]) -> f64 {
        let texts = columns.iter().filter(|column| matches!(column.holds, Holds::Text(_))).count();
        f64::from(u32::try_from(texts).unwrap_or(u32::MAX)).min(4.0) * TEXT_KEEPS
    }

    /// Of the columns of text, what one with a share gets.
    fn part(columns: &[Column], share: u8) -> f64 {
        let share_of = |column: &Column| match column.holds {
            Holds::Text(share) => u32::from(share),
            Holds::Figures => 0,
        };
        f64::from(share) / f64::from(columns.iter().map(share_of).sum::<u32>().max(1))
    }

    /// How wide a text may be in a column, in the size of its letters.
    fn letters(&self, column: f64) -> f64 {
        (column - 2.0 * self.inset) / self.letter + 0.01
    }
}

/// The width of a column of figures, in the size of its letters: its widest cell, and the widest word of its head.
fn figures(table: &Table, place: usize) -> Option<f64> {
    let column = table.columns.get(place).filter(|column| column.holds == Holds::Figures)?;
    let cells = table.rows.iter().filter_map(|row| row.cells.get(place)).map(|cell| width(cell));
    Some(cells.fold(widest_head(&column.name), f64::max))
}

/// A short head stays in one line.
fn widest_head(name: &str) -> f64 {
    widest_run(name).max(width(name).min(3.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Row;

    fn months(cell: &str) -> Table {
        let columns = [Column::text("对象", 1)]
            .into_iter()
            .chain((1..=19).map(|month| Column::figures(format!("{month}月"))));
        let cells = ["东北大区".to_owned()].into_iter().chain((1..=19).map(|_| cell.to_owned()));
        Table { columns: columns.collect(), rows: vec![Row::of(cells)], ..Table::default() }
    }

    #[test]
    fn letters_shrink_until_the_figures_fit_and_the_table_is_never_wider_than_the_paper() {
        let across = room(Form::Across);
        let mut before = f64::MAX;
        for cell in ["1", "123.4", "1,234.5", "12,345,678.9", "999,999,999,999.99"] {
            let sizes = Sizes::of(&months(cell), across);
            assert!(sizes.letter <= before && sizes.letter >= SMALLEST, "{cell}: {}", sizes.letter);
            assert!(sizes.columns.iter().sum::<f64>() <= across + 0.001, "{cell}");
            assert!(sizes.columns[0] >= across * TEXT_KEEPS * 0.99, "{cell}");
            before = sizes.letter;
        }
    }

    #[test]
    fn words_of_a_head_stay_whole() {
        let mut months = months("1.0");
        months.columns[19].name = "Not given out".to_owned();
        assert_eq!(table(&months, room(Form::Across))["head"][19], "Not given out");
    }

    #[test]
    fn a_figure_is_broken_only_where_the_smallest_letters_do_not_help() {
        let printed =
            |cell: &str| table(&months(cell), room(Form::Across))["rows"][0]["cells"][1].to_string();
        assert_eq!(printed("1,234.5"), "\"1,234.5\"");
        assert!(printed("999,999,999,999.99").contains('\u{200b}'));
    }
}
