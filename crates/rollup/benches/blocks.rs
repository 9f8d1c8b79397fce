//! What blocks cost for 500 members, a million orders and 36 months (`docs/decisions/0003`).

use std::sync::LazyLock;

use dacheng_domain::facts::Measure;
use dacheng_domain::facts::credit::CreditKind;
use dacheng_rollup::{AXES, Axis, Block, By, Delta, Key, Owner, Question};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

const ORDERS: i64 = 1_000_000;
const MONTHS: i64 = 36;
const DAYS: i64 = 30 * MONTHS;
const CUSTOMERS: i64 = 9_000;
const MEMBERS: i64 = 500;

fn main() {
    for (grain, blocks) in [("month", &*BY_MONTH), ("day", &*BY_DAY)] {
        let cells: usize = blocks.iter().map(Block::len).sum();
        let bytes: usize = blocks.iter().map(|block| block.encode().len()).sum();
        println!("{} blocks by {grain}: {cells} cells, {bytes} bytes", blocks.len());
    }
    divan::main();
}

static BY_MONTH: LazyLock<Vec<Block>> = LazyLock::new(|| blocks(|day| day - day.rem_euclid(30)));
static BY_DAY: LazyLock<Vec<Block>> = LazyLock::new(|| blocks(|day| day));

fn blocks(grained: fn(i32) -> i32) -> Vec<Block> {
    let mut delta = Delta::default();
    (0..ORDERS).for_each(|order| add(&mut delta, order));
    let touched = delta.touched();
    touched.into_iter().map(|at| delta.applied(at, &Block::default(), grained)).collect()
}

/// An order of a customer with an owner, a region and a type: 50 teams in five regions, six product lines.
fn add(delta: &mut Delta, order: i64) {
    let scattered = (order + 1) * 2_654_435_761 % 4_294_967_291;
    let customer = scattered % CUSTOMERS;
    let member = customer % MEMBERS;
    let (team, day) = (member / 10, order * DAYS / ORDERS);
    let mut names = [delta.name(""); AXES];
    names[Axis::Member as usize] = delta.name(&format!("{member:05}"));
    names[Axis::Path as usize] = delta.name(&format!("T{team:02}\u{1f}R{}\u{1f}ALL", team / 10));
    names[Axis::ProductLine as usize] = delta.name(&format!("L{}", scattered / CUSTOMERS % 6));
    names[Axis::Region as usize] = delta.name(&format!("area {}", (team + customer / MEMBERS % 2) % 8));
    names[Axis::CustomerType as usize] = delta.name(&format!("type {}", customer / 1_000 % 4));
    let key = Key { day: i32::try_from(day).unwrap_or(0), names, kind: CreditKind::Credit };
    delta.add(Measure::Revenue, month(day), key, order * 7_919 % 9_000_000 + 100);
}

fn month(day: i64) -> i32 {
    i32::try_from(day / 30).unwrap_or(0)
}

fn newest(blocks: &[Block]) -> Block {
    blocks.last().cloned().unwrap_or_default()
}

#[divan::bench]
fn encode_a_month_by_day(bencher: Bencher) {
    let block = newest(&BY_DAY);
    bencher.counter(ItemsCount::new(block.len())).bench(|| block.encode());
}

#[divan::bench]
fn decode_a_month_by_day(bencher: Bencher) {
    let bytes = newest(&BY_DAY).encode();
    bencher.counter(BytesCount::new(bytes.len())).bench(|| Block::decode(&bytes));
}

/// What a commit does to each block that an order touches: read, add, write.
#[divan::bench(args = ["month", "day"])]
fn one_more_order(bencher: Bencher, grain: &str) {
    let bytes = newest(if grain == "day" { &BY_DAY } else { &BY_MONTH }).encode();
    bencher.bench(|| {
        let mut delta = Delta::default();
        add(&mut delta, ORDERS - 1);
        let at = (Measure::Revenue, month(DAYS - 1));
        let day = |day: i32| if grain == "day" { day } else { day - day.rem_euclid(30) };
        Block::decode(&bytes).map(|block| delta.applied(at, &block, day).encode())
    });
}

#[divan::bench]
fn a_year_by_unit_and_month(bencher: Bencher) {
    let year = &BY_MONTH[24..];
    let time = |day: i32| (day / 30).to_string();
    bencher.bench(|| {
        let by = vec![By::Unit, By::Time(&time)];
        Question { owner: Owner::Company, days: None, members: None, by }.ask(year)
    });
}

#[divan::bench]
fn a_team_by_member_and_month(bencher: Bencher) {
    let year = &BY_MONTH[24..];
    let time = |day: i32| (day / 30).to_string();
    bencher.bench(|| {
        let by = vec![By::Axis(Axis::Member), By::Time(&time)];
        Question { owner: Owner::Unit("T07".to_owned()), days: None, members: None, by }.ask(year)
    });
}

#[divan::bench]
fn a_week_by_member(bencher: Bencher) {
    let month = &BY_DAY[35..];
    bencher.bench(|| {
        let by = vec![By::Axis(Axis::Member)];
        Question { owner: Owner::Company, days: Some((1_057, 1_063)), members: None, by }.ask(month)
    });
}
