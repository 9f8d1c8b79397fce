//! What an order and everything hanging on it credits, to whom, on which date. How it adds up lives in `rollup`.
//!
//! The rules are those of `domain.md` §1: shares by largest remainder in fen; returns and payments are
//! dated facts that follow the order's lines and shares; a full return leaves exactly nothing behind.

use jiff::civil::Date;

use super::Measure;
use crate::Fen;

/// Shares and seats are held in hundred-millionths: `WHOLE` is 100 %.
pub const WHOLE: i64 = 100_000_000;

/// An order with all that refers to it. Members and products are places in the caller's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Who owned the order on its date.
    pub member: u32,
    /// The order's date.
    pub date: Date,
    /// The amount given with the order; the lines take precedence.
    pub amount: Option<Fen>,
    /// A cancelled order counts 0 and stays visible.
    pub cancelled: bool,
    /// Product and amount of each line, in the order of their keys.
    pub lines: Vec<(u32, Fen)>,
    /// Who shares the credit; empty where the owner has all of it.
    pub shares: Vec<Share>,
    /// Date and amount of each return, by date, then key.
    pub returns: Vec<(Date, Fen)>,
    /// The payments on this order, by date, then key.
    pub payments: Vec<Payment>,
    /// Due date and amount of what is due for it, by date, then key.
    pub receivables: Vec<(Date, Fen)>,
    /// The complaints about it, by date, then key.
    pub complaints: Vec<Complaint>,
}

/// A member's share of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Whose.
    pub member: u32,
    /// In hundred-millionths of the order.
    pub parts: i64,
    /// Whether it rolls up.
    pub kind: CreditKind,
}

/// A payment on an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment {
    /// When the money came.
    pub date: Date,
    /// How much; negative for a refund.
    pub amount: Fen,
    /// Who is credited, where the payment says so; else the order's owner and shares.
    pub member: Option<u32>,
}

/// A complaint about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complaint {
    /// When it came.
    pub date: Date,
    /// About whom, where it says so; else the order's owner.
    pub member: Option<u32>,
}

/// Whether a credit is counted by the levels above its member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CreditKind {
    /// Rolls up; every level above counts the whole once.
    Credit,
    /// 双计: counts for its member only and is left out of every roll-up.
    Overlay,
}

/// The fact a credit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The order itself.
    Order,
    /// The return at this place of [`Bundle::returns`].
    Return(usize),
    /// The payment at this place of [`Bundle::payments`].
    Payment(usize),
    /// What is due at this place of [`Bundle::receivables`].
    Receivable(usize),
    /// The complaint at this place of [`Bundle::complaints`].
    Complaint(usize),
}

/// One amount credited to one member for one product on one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// Which fact says so.
    pub source: Source,
    /// What it counts towards.
    pub measure: Measure,
    /// Whether it rolls up.
    pub kind: CreditKind,
    /// To whom.
    pub member: u32,
    /// For which product; `None` where the order has no lines.
    pub product: Option<u32>,
    /// The date that decides the period and the member's unit.
    pub date: Date,
    /// In fen, negative for a return; of a measure that counts, how many.
    pub amount: Fen,
}

/// Splits `total` by weights, summing exactly: largest remainder, ties to the earlier (`domain.md` §4).
/// A negative total is split as its amount is. Weights are not negative and not all 0.
///
/// ```
/// use dacheng_domain::facts::credit::split;
/// assert_eq!(split(100_000_000, &[1, 1, 1]), [33_333_334, 33_333_333, 33_333_333]);
/// assert_eq!(split(-100, &[1, 1, 1]), [-34, -33, -33]);
/// ```
pub fn split(total: i64, weights: &[i64]) -> Vec<i64> {
    let whole: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    let amount = i128::from(total.unsigned_abs());
    let exact = |weight: i64| amount * i128::from(weight);
    let mut parts: Vec<i128> = weights.iter().map(|&weight| exact(weight) / whole).collect();
    let missing = amount - parts.iter().sum::<i128>();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|&at| (std::cmp::Reverse(exact(weights[at]) % whole), at));
    for &at in by_remainder.iter().take(usize::try_from(missing).unwrap_or(0)) {
        parts[at] += 1;
    }
    // A part is at most `total`, which fitted.
    let sign = total.signum();
    parts.into_iter().map(|part| sign * i64::try_from(part).unwrap_or(i64::MAX)).collect()
}

/// Everything the bundle credits, in a fixed order. Amounts of 0 are left out.
pub fn credits(bundle: &Bundle) -> Vec<Credit> {
    if bundle.is_plain() {
        let amount = bundle.amount.filter(|_| !bundle.cancelled);
        let plain = Plain { member: bundle.member, date: bundle.date, amount };
        return plain.credit().into_iter().collect();
    }
    let splitter = Splitter::of(bundle);
    let mut credits = Vec::new();
    if !bundle.cancelled {
        splitter.push_sale(&mut credits, bundle.date);
        let mut returned = Fen::ZERO;
        for (at, &(date, amount)) in bundle.returns.iter().enumerate() {
            let step = Step { source: Source::Return(at), measure: Measure::Revenue, date };
            splitter.push(&mut credits, step, -returned, -(returned + amount));
            returned += amount;
        }
    }
    let mut paid = Fen::ZERO;
    for (at, payment) in bundle.payments.iter().enumerate() {
        let step = Step { source: Source::Payment(at), measure: Measure::Collections, date: payment.date };
        let before = paid;
        paid += payment.amount;
        match payment.member {
            None => splitter.push(&mut credits, step, before, paid),
            Some(member) => splitter.alone(member).push(&mut credits, step, before, paid),
        }
    }
    push_due(bundle, &splitter, &mut credits);
    credits.extend(complaints(bundle));
    credits
}

/// What is due goes to whom the sale goes to; nothing is due for a cancelled order.
fn push_due(bundle: &Bundle, splitter: &Splitter, credits: &mut Vec<Credit>) {
    let mut due = Fen::ZERO;
    for (at, &(date, amount)) in bundle.receivables.iter().enumerate().filter(|_| !bundle.cancelled) {
        let step = Step { source: Source::Receivable(at), measure: Measure::Receivables, date };
        splitter.push(credits, step, due, due + amount);
        due += amount;
    }
}

/// A complaint counts for one member, also where the order was cancelled.
fn complaints(bundle: &Bundle) -> impl Iterator<Item = Credit> {
    bundle.complaints.iter().enumerate().map(|(at, complaint)| Credit {
        source: Source::Complaint(at),
        measure: Measure::Complaints,
        kind: CreditKind::Credit,
        member: complaint.member.unwrap_or(bundle.member),
        product: None,
        date: complaint.date,
        amount: Fen(1),
    })
}

impl Bundle {
    /// The most common order by far: an amount, one owner, nothing else.
    fn is_plain(&self) -> bool {
        self.lines.is_empty()
            && self.shares.is_empty()
            && self.returns.is_empty()
            && self.payments.is_empty()
            && self.receivables.is_empty()
            && self.complaints.is_empty()
    }
}

/// An order on which nothing hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plain {
    /// Who owned it on its date.
    pub member: u32,
    /// Its date.
    pub date: Date,
    /// Its amount; none where it is cancelled.
    pub amount: Option<Fen>,
}

impl Plain {
    /// What it credits: what [`credits`] gives for a bundle that is nothing else.
    pub fn credit(self) -> Option<Credit> {
        let amount = self.amount.filter(|amount| *amount != Fen::ZERO)?;
        Some(Credit {
            source: Source::Order,
            measure: Measure::Revenue,
            kind: CreditKind::Credit,
            member: self.member,
            product: None,
            date: self.date,
            amount,
        })
    }
}

/// Splits a *running* amount over lines and members. What one fact credits is the difference of two running
/// splits, so that facts which sum to the order's amount credit exactly what the order did.
struct Splitter {
    products: Vec<Option<u32>>,
    amounts: Vec<Fen>,
    members: Vec<u32>,
    parts: Vec<i64>,
    overlays: Vec<(u32, i64)>,
}

impl Splitter {
    fn of(bundle: &Bundle) -> Self {
        let (products, amounts) = match bundle.lines.as_slice() {
            [] => (vec![None], vec![bundle.amount.unwrap_or_default()]),
            lines => lines.iter().map(|&(product, amount)| (Some(product), amount)).unzip(),
        };
        let of_kind = |kind| bundle.shares.iter().filter(move |share| share.kind == kind);
        let (mut members, mut parts): (Vec<u32>, Vec<i64>) =
            of_kind(CreditKind::Credit).map(|share| (share.member, share.parts)).unzip();
        if parts.iter().all(|&part| part == 0) {
            (members, parts) = (vec![bundle.member], vec![WHOLE]);
        }
        let overlays = of_kind(CreditKind::Overlay).map(|share| (share.member, share.parts)).collect();
        Self { products, amounts, members, parts, overlays }
    }

    fn alone(&self, member: u32) -> Self {
        Self {
            products: self.products.clone(),
            amounts: self.amounts.clone(),
            members: vec![member],
            parts: vec![WHOLE],
            overlays: Vec::new(),
        }
    }

    /// A running amount by line, in proportion to what the lines sold.
    fn by_line(&self, running: Fen) -> Vec<i64> {
        let weights: Vec<i64> = self.amounts.iter().map(|amount| amount.0.max(0)).collect();
        if weights.iter().all(|&weight| weight == 0) {
            return split(running.0, &vec![1; weights.len()]);
        }
        split(running.0, &weights)
    }

    /// Member × line: both the lines' and the members' amounts sum exactly, whatever the signs.
    fn table(&self, lines: Vec<i64>) -> Vec<Part> {
        let mut table = Vec::with_capacity(lines.len() * (self.members.len() + self.overlays.len()));
        let mut total = 0;
        let mut before = vec![0; self.members.len()];
        let mut overlaid = vec![0; self.overlays.len()];
        for (&product, line) in self.products.iter().zip(lines) {
            total += line;
            let after = split(total, &self.parts);
            for (at, &member) in self.members.iter().enumerate() {
                table.push((member, product, CreditKind::Credit, after[at] - before[at]));
            }
            before = after;
            for (at, &(member, parts)) in self.overlays.iter().enumerate() {
                let after = split(total, &[parts, WHOLE - parts])[0];
                table.push((member, product, CreditKind::Overlay, after - overlaid[at]));
                overlaid[at] = after;
            }
        }
        table
    }

    fn push_sale(&self, credits: &mut Vec<Credit>, date: Date) {
        let step = Step { source: Source::Order, measure: Measure::Revenue, date };
        let sold = self.table(self.amounts.iter().map(|amount| amount.0).collect());
        credits.extend(sold.into_iter().filter_map(|part| step.credit(part)));
    }

    fn push(&self, credits: &mut Vec<Credit>, step: Step, before: Fen, after: Fen) {
        let (old, new) = (self.table(self.by_line(before)), self.table(self.by_line(after)));
        let difference = |((member, product, kind, amount), (.., was)): (Part, Part)| {
            step.credit((member, product, kind, amount - was))
        };
        credits.extend(new.into_iter().zip(old).filter_map(difference));
    }
}

/// What all credits of one fact have in common.
#[derive(Clone, Copy)]
struct Step {
    source: Source,
    measure: Measure,
    date: Date,
}

impl Step {
    fn credit(self, (member, product, kind, amount): Part) -> Option<Credit> {
        let Self { source, measure, date } = self;
        (amount != 0).then_some(Credit { source, measure, kind, member, product, date, amount: Fen(amount) })
    }
}

/// Member, product, kind and amount.
type Part = (u32, Option<u32>, CreditKind, i64);

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn order(amounts: &[i64], shares: &[(u32, i64)]) -> Bundle {
        let share = |&(member, parts): &(u32, i64)| Share { member, parts, kind: CreditKind::Credit };
        Bundle {
            member: 7,
            date: date(2026, 3, 2),
            amount: None,
            cancelled: false,
            lines: (0..).zip(amounts.iter().map(|&amount| Fen(amount))).collect(),
            shares: shares.iter().map(share).collect(),
            returns: Vec::new(),
            payments: Vec::new(),
            receivables: Vec::new(),
            complaints: Vec::new(),
        }
    }

    fn sum(credits: &[Credit], keep: impl Fn(&Credit) -> bool) -> i64 {
        credits.iter().filter(|credit| keep(credit)).map(|credit| credit.amount.0).sum()
    }

    #[test]
    fn an_overlay_share_counts_for_its_member_beside_the_whole() {
        let mut bundle = order(&[10_000], &[]);
        bundle.shares.push(Share { member: 9, parts: WHOLE / 2, kind: CreditKind::Overlay });
        let credits = credits(&bundle);
        assert_eq!(sum(&credits, |credit| credit.kind == CreditKind::Credit), 10_000);
        assert_eq!(sum(&credits, |credit| credit.member == 9), 5_000);
    }

    #[test]
    fn a_cancelled_order_counts_nothing_but_its_payments() {
        let mut bundle = order(&[10_000], &[]);
        bundle.cancelled = true;
        bundle.returns.push((date(2026, 3, 9), Fen(500)));
        let payment = Payment { date: date(2026, 3, 5), amount: Fen(2_000), member: None };
        bundle.payments.push(payment);
        let credits = credits(&bundle);
        assert_eq!(credits.iter().map(|credit| credit.measure).collect::<Vec<_>>(), [Measure::Collections]);
    }

    #[test]
    fn what_is_due_goes_where_the_sale_goes_and_a_complaint_to_one() {
        let mut bundle = order(&[6_000, 4_001], &[(1, WHOLE / 2), (2, WHOLE / 2)]);
        bundle.receivables = vec![(date(2026, 4, 1), Fen(3_333)), (date(2026, 5, 1), Fen(6_668))];
        bundle.complaints = vec![
            Complaint { date: date(2026, 4, 2), member: None },
            Complaint { date: date(2026, 4, 3), member: Some(2) },
        ];
        let due = |credits: &[Credit], member| {
            sum(credits, |credit| credit.measure == Measure::Receivables && credit.member == member)
        };
        let credited = credits(&bundle);
        assert_eq!((due(&credited, 1), due(&credited, 2)), (5_001, 5_000));
        let of = |member| sum(&credited, |c| c.measure == Measure::Complaints && c.member == member);
        assert_eq!((of(7), of(1), of(2)), (1, 0, 1), "the owner's, unless it names somebody");
        bundle.cancelled = true;
        let credited = credits(&bundle);
        assert_eq!(credited.iter().map(|c| c.measure).collect::<Vec<_>>(), [Measure::Complaints; 2]);
    }

    #[test]
    fn a_payment_that_names_a_member_is_credited_to_that_member() {
        let mut bundle = order(&[6_000, 4_000], &[(1, WHOLE / 2), (2, WHOLE / 2)]);
        let day = date(2026, 4, 1);
        bundle.payments.push(Payment { date: day, amount: Fen(999), member: Some(5) });
        bundle.payments.push(Payment { date: day, amount: Fen(9_001), member: None });
        let credits = credits(&bundle);
        let paid = |member| {
            sum(&credits, |credit| credit.measure == Measure::Collections && credit.member == member)
        };
        assert_eq!(paid(5), 999);
        assert_eq!(paid(1) + paid(2), 9_001);
    }

    proptest! {
        #[test]
        fn a_full_return_in_any_steps_leaves_nothing_for_any_member_or_line(
            amounts in prop::collection::vec(1_i64..1_000_000, 1..6),
            parts in prop::collection::vec(1_i64..100, 1..5),
            cuts in prop::collection::vec(0_i64..1_000_000, 0..4),
        ) {
            let shares: Vec<(u32, i64)> = (1..).zip(parts).collect();
            let mut bundle = order(&amounts, &shares);
            let total: i64 = amounts.iter().sum();
            let mut cuts: Vec<i64> = cuts.into_iter().map(|cut| cut % (total + 1)).collect();
            cuts.sort_unstable();
            cuts.push(total);
            let mut before = 0;
            for cut in cuts {
                bundle.returns.push((date(2026, 5, 1), Fen(cut - before)));
                before = cut;
            }
            let credits = credits(&bundle);
            for &(member, _) in &shares {
                for product in 0..amounts.len() {
                    let product = u32::try_from(product).ok();
                    prop_assert_eq!(sum(&credits, |c| c.member == member && c.product == product), 0);
                }
            }
        }

        #[test]
        fn members_and_lines_both_sum_to_the_order(
            amounts in prop::collection::vec(-5_000_i64..1_000_000, 1..6),
            parts in prop::collection::vec(1_i64..100, 1..5),
        ) {
            let shares: Vec<(u32, i64)> = (1..).zip(parts.iter().copied()).collect();
            let credits = credits(&order(&amounts, &shares));
            let total: i64 = amounts.iter().sum();
            for (at, expected) in split(total, &parts).into_iter().enumerate() {
                prop_assert_eq!(sum(&credits, |c| c.member as usize == at + 1), expected);
            }
            for (at, &expected) in amounts.iter().enumerate() {
                prop_assert_eq!(sum(&credits, |c| c.product == u32::try_from(at).ok()), expected);
            }
        }
    }
}
