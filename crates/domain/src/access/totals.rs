//! Which totals of pay may stand on one page without giving away what a person earns.

use std::collections::BTreeSet;

use crate::people::MemberId;

/// A total over fewer people than this says too much about each of them (`trust.md`).
pub const FEWEST: usize = 5;

/// For each total whether it may be shown, given the people it is over. Two totals never differ by one to four
/// people, and a total never leaves one to four people beside all shown parts of it; the viewer, who knows what
/// they earn themselves, is not counted. Earlier totals win, so put the larger ones first.
///
/// ```
/// use dacheng_domain::{access::may_show_totals, people::MemberId};
/// let people = |ids: std::ops::Range<i64>| ids.map(MemberId).collect::<Vec<_>>();
/// let (all, small, rest) = (people(0..12), people(0..4), people(0..8));
/// assert_eq!(may_show_totals(None, &[all, small, rest]), [true, false, false]);
/// ```
pub fn may_show_totals(viewer: Option<MemberId>, totals: &[Vec<MemberId>]) -> Vec<bool> {
    let mut shown: Vec<BTreeSet<MemberId>> = Vec::new();
    let mut verdicts = Vec::with_capacity(totals.len());
    for total in totals {
        let people = total.iter().copied().filter(|&member| Some(member) != viewer).collect();
        shown.push(people);
        let safe = is_safe(&shown);
        if !safe {
            shown.pop();
        }
        verdicts.push(safe);
    }
    verdicts
}

/// Whether the last of the totals says nothing together with the others.
fn is_safe(totals: &[BTreeSet<MemberId>]) -> bool {
    let tells = |people: usize| 0 < people && people < FEWEST;
    let Some((last, others)) = totals.split_last() else { return true };
    let large = last.len() >= FEWEST;
    let apart = others.iter().all(|other| !tells(last.symmetric_difference(other).count()));
    let whole = totals.iter().all(|total| {
        let parts = totals.iter().filter(|part| part.len() < total.len() && part.is_subset(total));
        let covered: BTreeSet<&MemberId> = parts.flatten().collect();
        !tells(total.len() - covered.len())
    });
    large && apart && whole
}
