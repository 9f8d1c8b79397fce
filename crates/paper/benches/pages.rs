//! What a page costs: the first one of a program, one of a kind that was printed before, and a long table.
#![allow(clippy::unwrap_used, reason = "a bench stops where it fails")]

use dacheng_paper::{Block, Column, Form, Moment, Printed, Row, Sheet, Signature, Table, print};
use dacheng_text::Lang;
use divan::{Bencher, black_box};
use jiff::tz::Offset;

fn main() {
    divan::main();
}

fn printed() -> Printed {
    Printed {
        at: "2026-11-23T08:02:00Z".parse().unwrap(),
        offset: Offset::constant(8),
        by: "陆文博".to_owned(),
    }
}

fn sheet(form: Form, blocks: Vec<Block>) -> Sheet {
    Sheet {
        lang: Lang::Zh,
        form,
        company: "苏州华辰智控科技有限公司".to_owned(),
        number: "GJ-2026-0118".to_owned(),
        version: 3,
        title: "改进计划".to_owned(),
        about: String::new(),
        blocks,
        seal: None,
    }
}

/// One page as people write them; `seed` makes its text another one.
fn one_page(seed: usize) -> Sheet {
    let paragraph = format!("第 {seed} 次：新客户拓展慢，重点客户推迟签约，渠道拓展延迟。").repeat(6);
    let signature =
        |name: &str| Signature { role: "责任人".to_owned(), name: name.to_owned(), details: Vec::new() };
    sheet(
        Form::Upright,
        vec![
            Block::Pairs(vec![
                ("责任人".to_owned(), "佟海洋".to_owned()),
                ("核查人".to_owned(), "陆文博".to_owned()),
            ]),
            Block::Heading("原因分析".to_owned()),
            Block::Paragraph(paragraph),
            Block::History(vec![Moment {
                when: "2026-11-05 09:10".to_owned(),
                what: "佟海洋 提交计划".to_owned(),
            }]),
            Block::Signatures(vec![signature("佟海洋"), signature("陆文博")]),
        ],
    )
}

/// A wide table of so many rows.
fn long(rows: usize, seed: usize) -> Sheet {
    let columns = [Column::text("对象", 1)]
        .into_iter()
        .chain((1..=19).map(|place| Column::figures(format!("{place}月"))));
    let row = |row: usize| {
        let cells = (1..=19).map(|place| format!("{}.{}", (row * 7 + place + seed) % 1_000, place % 10));
        Row::of([format!("华东大区第 {row} 组")].into_iter().chain(cells))
    };
    let table = Table {
        caption: "单位：万元".to_owned(),
        columns: columns.collect(),
        rows: (0..rows).map(row).collect(),
    };
    sheet(Form::Across, vec![Block::Table(table)])
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn another_page(bencher: Bencher) {
    let mut seed = 0;
    bencher
        .with_inputs(|| {
            seed += 1;
            one_page(seed)
        })
        .bench_local_values(|sheet| print(black_box(&sheet), &printed()).unwrap());
}

#[divan::bench(sample_count = 50, sample_size = 1)]
fn the_same_page(bencher: Bencher) {
    let sheet = one_page(0);
    bencher.bench_local(|| print(black_box(&sheet), &printed()).unwrap());
}

#[divan::bench(sample_count = 5, sample_size = 1, args = [100, 500, 1_000])]
fn a_long_table(bencher: Bencher, rows: usize) {
    let mut seed = 0;
    bencher
        .with_inputs(|| {
            seed += 1;
            long(rows, seed)
        })
        .bench_local_values(|sheet| print(black_box(&sheet), &printed()).unwrap());
}
