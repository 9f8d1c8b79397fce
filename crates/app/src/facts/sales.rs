//! Importing orders and what hangs on them, a sorted chunk at a time: look up, compare, credit, write.

use std::collections::{BTreeMap, HashMap};

use dacheng_domain::facts::credit::{CreditKind, WHOLE};
use dacheng_domain::facts::entry::Entry;
use dacheng_domain::facts::row::{OrderLineRow, OrderRow, OrderShareRow, PaymentRow, ReturnRow, Row};
use dacheng_domain::facts::value::Code;
use dacheng_store::Read;
use dacheng_store::bulk::CHUNK;
use dacheng_store::facts::{Fact, Version, append, between, of};
use dacheng_store::imports;

use super::bundles::{Detail, Raw, Which, add, of_orders};
use super::ground::Ground;
use super::import::count;
use super::problems::Wrong;
use super::source::Line;
use super::work::{Plain, Work};
use crate::{Error, Result};

/// A kind of fact that belongs to an order.
pub trait Sale: Fact + Into<Row> {
    /// The fact of a row of this kind.
    fn of(row: Row) -> Option<Self>;
    /// The order it belongs to; a payment may belong to none.
    fn order(&self) -> Option<&Code>;
    /// Puts it among the facts of its order, in the place of its earlier version.
    fn put(&self, raw: &mut Raw);
    /// Takes it out of the facts of its order.
    fn take_out(&self, raw: &mut Raw);
    /// A code it refers to that nobody knows.
    fn unknown(&self, ground: &Ground) -> Option<Wrong>;
}

/// A fact to be written: its row in the file, and its earlier version.
struct Fresh<F> {
    row: u64,
    new: F,
    old: Option<F>,
}

/// Takes one run of lines through, sorted by key and cut into chunks.
pub fn run<F: Sale>(work: &mut Work<'_>, lines: Vec<Line>) -> Result<()> {
    let mut keyed: Vec<(String, Line)> =
        lines.into_iter().map(|line| (line.entry.key().into_owned(), line)).collect();
    keyed.sort_unstable_by(|(one, a), (other, b)| one.cmp(other).then(a.row.cmp(&b.row)));
    let mut keyed = keyed.into_iter().peekable();
    while keyed.peek().is_some() {
        chunk::<F>(work, keyed.by_ref().take(CHUNK).collect())?;
    }
    Ok(())
}

fn chunk<F: Sale>(work: &mut Work<'_>, keyed: Vec<(String, Line)>) -> Result<()> {
    let mut tx = work.app.store.read()?;
    let known = known::<F>(work, &mut tx, &keyed)?;
    let fresh = compare(work, keyed, known);
    credit(work, &mut tx, &fresh)?;
    drop(tx);
    write(work, fresh)
}

/// The first part of a composed key: an order's code, where the key is not the fact's own.
fn first_part(key: &str) -> &str {
    key.split('\u{1f}').next().unwrap_or(key)
}

/// What is there already, by key: looked up one by one where the chunk is small beside it, else by one walk.
fn known<F: Sale>(
    work: &Work<'_>,
    tx: &mut Read,
    keyed: &[(String, Line)],
) -> Result<HashMap<String, Version<F>>> {
    let (Some((first, _)), Some((last, _))) = (keyed.first(), keyed.last()) else {
        return Ok(HashMap::new());
    };
    let few = count(keyed.len()).saturating_mul(10) < work.known + work.counts.added;
    let versions = if few {
        let mut parts: Vec<&str> = keyed.iter().map(|(key, _)| first_part(key)).collect();
        parts.dedup();
        of::<F>(tx, work.view(), F::KEY[0], parts)?
    } else {
        between::<F>(tx, work.view(), F::KEY[0], (first_part(first), first_part(last)))?
    };
    Ok(versions.into_iter().map(|version| (key_of(&version.fact), version)).collect())
}

fn key_of<F: Sale>(fact: &F) -> String {
    Entry::from(fact.clone().into()).key().into_owned()
}

/// What is new or changed; everything else is only counted. What is wrong is noted.
fn compare<F: Sale>(
    work: &mut Work<'_>,
    keyed: Vec<(String, Line)>,
    mut known: HashMap<String, Version<F>>,
) -> Vec<Fresh<F>> {
    let mut fresh = Vec::with_capacity(keyed.len());
    let mut before: Option<(String, u64)> = None;
    for (key, Line { row, entry }) in keyed {
        if let Some((_, other)) = before.as_ref().filter(|(last, _)| *last == key) {
            let wrong = Wrong::Twice { other: Some(*other) };
            work.wrong(Some(row), wrong);
            continue;
        }
        let old = known.remove(&key);
        before = Some((key, row));
        if old.as_ref().is_some_and(|old| Some(old.import) == work.import) {
            work.wrong(Some(row), Wrong::Twice { other: None });
            continue;
        }
        let old = old.map(|version| version.fact);
        let entry = match &old {
            None => entry,
            Some(old) => entry.over(old.clone().into()),
        };
        match entry.complete() {
            Err(missing) => {
                for field in missing {
                    work.wrong(Some(row), Wrong::Missing(field));
                }
            }
            Ok(complete) => fresh.extend(sorted_in(work, row, F::of(complete), old)),
        }
    }
    fresh
}

/// Counts a fact as added, changed or unchanged, and keeps it where it is to be written.
fn sorted_in<F: Sale>(work: &mut Work<'_>, row: u64, new: Option<F>, old: Option<F>) -> Option<Fresh<F>> {
    let new = new?;
    if let Some(wrong) = new.unknown(&work.ground) {
        work.wrong(Some(row), wrong);
        return None;
    }
    match &old {
        None => work.counts.added += 1,
        Some(old) if *old == new => {
            work.counts.unchanged += 1;
            return None;
        }
        Some(_) => work.counts.changed += 1,
    }
    Some(Fresh { row, new, old })
}

/// A fresh fact beside the code of an order that it changes.
type Touched<'f, F> = (&'f str, &'f Fresh<F>);

/// Adds what the fresh facts change to the delta, order by order.
fn credit<F: Sale>(work: &mut Work<'_>, tx: &mut Read, fresh: &[Fresh<F>]) -> Result<()> {
    let mut touched: Vec<Touched<'_, F>> = Vec::with_capacity(fresh.len());
    for fact in fresh {
        let codes =
            [Some(&fact.new), fact.old.as_ref()].map(|fact| fact.and_then(Sale::order).map(Code::as_str));
        match codes {
            [None, None] => alone(work, fact),
            [Some(new), Some(old)] if new == old => touched.push((new, fact)),
            [new, old] => touched.extend(new.into_iter().chain(old).map(|code| (code, fact))),
        }
    }
    // In order already where the key begins with the order: then this only looks.
    touched.sort_by_key(|(code, _)| *code);
    let mut bundles = match work.plain {
        Plain::Yes => plain(&touched),
        Plain::No => {
            let mut codes: Vec<&str> = touched.iter().map(|(code, _)| *code).collect();
            codes.dedup();
            of_orders(tx, work.view(), which(work, &codes))?
        }
    };
    for facts in touched.chunk_by(|(code, _), (next, _)| code == next) {
        let (code, first) = facts[0];
        let before = bundles.remove(code).unwrap_or_default();
        let after = changed(&before, code, facts);
        add(&before, &work.ground, Detail::Block, -1, &mut work.delta);
        add(&after, &work.ground, Detail::Block, 1, &mut work.delta);
        check(work, code, &after, first.row);
    }
    Ok(())
}

/// The orders as they were where nothing can hang on them.
fn plain<F: Sale>(touched: &[Touched<'_, F>]) -> BTreeMap<String, Raw> {
    let mut bundles = BTreeMap::new();
    for (code, fact) in touched {
        if let Some(old) = &fact.old {
            old.put(bundles.entry((*code).to_owned()).or_default());
        }
    }
    bundles
}

fn which<'c>(work: &Work<'_>, codes: &'c [&'c str]) -> Which<'c> {
    match codes {
        [first, .., last] if count(codes.len()).saturating_mul(10) >= work.known => {
            Which::Range((first, last))
        }
        _few => Which::Listed(codes),
    }
}

/// The facts of an order after the fresh ones.
fn changed<F: Sale>(before: &Raw, code: &str, facts: &[Touched<'_, F>]) -> Raw {
    let mut after = before.clone();
    for (_, fact) in facts {
        if let Some(old) = &fact.old {
            old.take_out(&mut after);
        }
        if fact.new.order().is_some_and(|order| order.as_str() == code) {
            fact.new.put(&mut after);
        }
    }
    after
}

/// A payment on no order, before and after.
fn alone<F: Sale>(work: &mut Work<'_>, fact: &Fresh<F>) {
    for (fact, sign) in fact.old.iter().map(|old| (old, -1)).chain([(&fact.new, 1)]) {
        let mut raw = Raw::default();
        fact.put(&mut raw);
        add(&raw, &work.ground, Detail::Block, sign, &mut work.delta);
    }
}

/// Notes what is wrong with an order as far as it is read, or that nothing is any more.
fn check(work: &mut Work<'_>, code: &str, raw: &Raw, row: u64) {
    let Some(order) = &raw.order else {
        work.wrong(Some(row), Wrong::Unknown { field: "order", code: code.to_owned() });
        return;
    };
    let credit = raw.shares.iter().filter(|share| share.kind == CreditKind::Credit);
    let parts: i64 = credit.clone().map(|share| share.share.parts()).sum();
    let lines = raw.lines.iter().map(|line| line.amount).sum();
    let order_code = || code.to_owned();
    let wrong = if credit.count() > 0 && parts != WHOLE {
        Some(Wrong::Shares { order: order_code(), parts })
    } else {
        let given = order.amount.filter(|amount| !raw.lines.is_empty() && *amount != lines);
        given.map(|amount| Wrong::Lines { order: order_code(), amount, lines })
    };
    match wrong {
        Some(wrong) => drop(work.open.insert(order_code(), (row, wrong))),
        None => drop(work.open.remove(code)),
    }
}

fn write<F: Sale>(work: &mut Work<'_>, fresh: Vec<Fresh<F>>) -> Result<()> {
    let Some(import) = work.writes() else { return Ok(()) };
    let facts: Vec<F> = fresh.into_iter().map(|fact| fact.new).collect();
    work.seal(&facts);
    let mut tx = work.app.store.write()?;
    if let (Some(first), Some(last)) = (facts.first(), facts.last()) {
        let part = |fact: &F| first_part(&key_of(fact)).to_owned();
        work.written.push((part(first), part(last)));
        append(&mut tx, import, &facts)?;
    }
    if !imports::progress(&mut tx, import, &work.counts)? {
        return Err(Error::refused(work.context.lang.problems().cancelled()));
    }
    Ok(tx.commit()?)
}

fn unknown(field: &'static str, code: &Code) -> Wrong {
    Wrong::Unknown { field, code: code.to_string() }
}

fn unknown_member(member: &Code, ground: &Ground) -> Option<Wrong> {
    ground.member(member.as_str()).is_none().then(|| unknown("member", member))
}

fn unknown_customer(customer: &Code, ground: &Ground) -> Option<Wrong> {
    ground.customers.place(customer.as_str()).is_none().then(|| unknown("customer", customer))
}

impl Sale for OrderRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::Order(row) = row { Some(row) } else { None }
    }

    fn order(&self) -> Option<&Code> {
        Some(&self.order)
    }

    fn put(&self, raw: &mut Raw) {
        raw.order = Some(self.clone());
    }

    fn take_out(&self, raw: &mut Raw) {
        raw.order = None;
    }

    fn unknown(&self, ground: &Ground) -> Option<Wrong> {
        unknown_customer(&self.customer, ground).or_else(|| unknown_member(&self.member, ground))
    }
}

/// Puts a fact into a list in the order of keys.
fn put<F: Fact, K: Ord>(list: &mut Vec<F>, fact: &F, key: impl Fn(&F) -> K) {
    let at = list.partition_point(|other| key(other) < key(fact));
    list.insert(at, fact.clone());
}

impl Sale for OrderLineRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::OrderLine(row) = row { Some(row) } else { None }
    }

    fn order(&self) -> Option<&Code> {
        Some(&self.order)
    }

    fn put(&self, raw: &mut Raw) {
        put(&mut raw.lines, self, |line| line.line.clone());
    }

    fn take_out(&self, raw: &mut Raw) {
        raw.lines.retain(|line| !line.same_key(self));
    }

    fn unknown(&self, ground: &Ground) -> Option<Wrong> {
        ground.products.place(self.product.as_str()).is_none().then(|| unknown("product", &self.product))
    }
}

impl Sale for OrderShareRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::OrderShare(row) = row { Some(row) } else { None }
    }

    fn order(&self) -> Option<&Code> {
        Some(&self.order)
    }

    fn put(&self, raw: &mut Raw) {
        put(&mut raw.shares, self, |share| (share.member.clone(), share.kind));
    }

    fn take_out(&self, raw: &mut Raw) {
        raw.shares.retain(|share| !share.same_key(self));
    }

    fn unknown(&self, ground: &Ground) -> Option<Wrong> {
        unknown_member(&self.member, ground)
    }
}

impl Sale for ReturnRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::Return(row) = row { Some(row) } else { None }
    }

    fn order(&self) -> Option<&Code> {
        Some(&self.order)
    }

    fn put(&self, raw: &mut Raw) {
        put(&mut raw.returns, self, |row| row.code.clone());
    }

    fn take_out(&self, raw: &mut Raw) {
        raw.returns.retain(|row| !row.same_key(self));
    }

    fn unknown(&self, _: &Ground) -> Option<Wrong> {
        None
    }
}

impl Sale for PaymentRow {
    fn of(row: Row) -> Option<Self> {
        if let Row::Payment(row) = row { Some(row) } else { None }
    }

    fn order(&self) -> Option<&Code> {
        self.order.as_ref()
    }

    fn put(&self, raw: &mut Raw) {
        put(&mut raw.payments, self, |payment| payment.payment.clone());
    }

    fn take_out(&self, raw: &mut Raw) {
        raw.payments.retain(|payment| !payment.same_key(self));
    }

    fn unknown(&self, ground: &Ground) -> Option<Wrong> {
        if self.order.is_none() && self.member.is_none() {
            return Some(Wrong::Missing("member"));
        }
        let customer = self.customer.as_ref().and_then(|customer| unknown_customer(customer, ground));
        customer.or_else(|| self.member.as_ref().and_then(|member| unknown_member(member, ground)))
    }
}
