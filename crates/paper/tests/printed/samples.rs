//! Sheets to print: a usual one, and a wide table of any length.

use dacheng_paper::{Block, Column, Form, Moment, Printed, Row, Sheet, Signature, Table, print};
use dacheng_text::Lang;
use jiff::tz::Offset;

/// Names with letters that are not in GB 2312.
pub const NAMES: [&str; 4] = ["陶喆", "陈堃", "王赟", "朱镕"];

pub fn printed() -> Printed {
    Printed {
        at: "2026-11-23T08:02:03Z".parse().unwrap(),
        offset: Offset::constant(8),
        by: "陆文博".to_owned(),
    }
}

pub fn pdf(sheet: &Sheet) -> Vec<u8> {
    print(sheet, &printed()).unwrap()
}

pub fn sheet(lang: Lang, form: Form, blocks: Vec<Block>) -> Sheet {
    let (company, title) = match lang {
        Lang::Zh => ("苏州华辰智控科技有限公司", "改进计划"),
        Lang::En => ("Huachen Intelligent Control Ltd.", "Improvement plan"),
    };
    Sheet {
        lang,
        form,
        company: company.to_owned(),
        number: "GJ-2026-0118".to_owned(),
        version: 3,
        title: title.to_owned(),
        about: "华东大区 · 佟海洋".to_owned(),
        blocks,
        seal: None,
    }
}

/// Every kind of block, with a text in each place.
pub fn everywhere(text: &str) -> Vec<Block> {
    let text = || text.to_owned();
    let columns = vec![Column::text(text(), 2), Column::figures("目标"), Column::text("判定", 1)];
    let signature = || Signature { role: "责任人".to_owned(), name: text(), details: vec![text()] };
    vec![
        Block::Pairs(vec![("责任人".to_owned(), text()), (text(), "值".to_owned())]),
        Block::Heading(text()),
        Block::Paragraph(text()),
        Block::Table(Table {
            caption: text(),
            columns,
            rows: vec![
                Row::of([text(), "1,234.5".to_owned(), text()]),
                Row::sum(["合计".to_owned(), "9,876.5".to_owned(), text()]),
            ],
        }),
        Block::Note(text()),
        Block::History(vec![Moment { when: "2026-11-05 09:10".to_owned(), what: text() }]),
        Block::Signatures(vec![signature(), signature()]),
    ]
}

/// The figure of a cell: each one another.
pub fn figure(row: usize, column: usize) -> String {
    format!("{},{:03}.{}", row + 1, column * 37 % 1_000, column % 10)
}

/// A wide table with 19 figures a row.
pub fn long(rows: usize) -> Block {
    let figures = (1..=19).map(|column| Column::figures(format!("列{column}")));
    let row = |row: usize| {
        let name = format!("第{}组{}", row + 1, NAMES[row % NAMES.len()]);
        Row::of([name].into_iter().chain((1..=19).map(|column| figure(row, column))))
    };
    Block::Table(Table {
        caption: "单位：万元".to_owned(),
        columns: [Column::text("对象", 1)].into_iter().chain(figures).collect(),
        rows: (0..rows).map(row).collect(),
    })
}
