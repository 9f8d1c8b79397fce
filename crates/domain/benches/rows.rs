//! How fast rows are read. Goal: 1.5 million orders a second on one core.

use dacheng_domain::facts::kind::Kind;
use dacheng_domain::facts::mapping::Mapping;
use dacheng_domain::facts::reader::RowReader;
use divan::Bencher;
use divan::counter::ItemsCount;

const ROWS: u32 = 10_000;

fn main() {
    divan::main();
}

fn orders() -> Vec<[String; 6]> {
    let order = |at: u32| {
        [
            format!("SO-2026-{at:08}"),
            format!("C{:06}", at * 7 % 9_000),
            format!("{:05}", at % 600),
            format!("2026-{:02}-{:02}", at % 12 + 1, at % 28 + 1),
            format!("{}.{:02}", at * 31 % 90_000, at % 100),
            "normal".to_owned(),
        ]
    };
    (0..ROWS).map(order).collect()
}

/// Parsed, fingerprinted and typed: all that an import of new orders asks of this crate.
#[divan::bench]
fn orders_by_header(bencher: Bencher) {
    let header = ["order", "customer", "member", "date", "amount", "status"];
    let Ok(reader) = RowReader::new(Kind::Orders, &header, &Mapping::default()) else { return };
    let rows = orders();
    bencher.counter(ItemsCount::new(ROWS)).bench(|| {
        for row in &rows {
            if let Ok(Some(entry)) = reader.read(|column| row[column].as_str()) {
                divan::black_box((entry.fingerprint(), entry.complete().ok()));
            }
        }
    });
}

/// Lines of an export whose amount is calculated by a mapping.
#[divan::bench]
fn order_lines_by_expression(bencher: Bencher) {
    let header = ["order_id", "product_id", "unit_price", "quantity", "discount"];
    let fields = [
        ("order", "order_id"),
        ("product", "product_id"),
        ("amount", "unit_price * quantity * (1 - discount)"),
    ];
    let fields = fields.map(|(field, from)| (field.to_owned(), from.to_owned())).into();
    let Ok(reader) = RowReader::new(Kind::OrderLines, &header, &Mapping { fields, ..Mapping::default() })
    else {
        return;
    };
    let row = ["10580", "65", "21.05", "30", "0.05"];
    bencher.counter(ItemsCount::new(ROWS)).bench(|| {
        for _ in 0..ROWS {
            if let Ok(Some(entry)) = reader.read(|column| divan::black_box(row[column])) {
                divan::black_box((entry.fingerprint(), entry.complete().ok()));
            }
        }
    });
}
