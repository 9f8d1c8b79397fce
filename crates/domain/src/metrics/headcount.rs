//! Average headcount (人均产能) and newcomer retention (新人留存率), read off the organisation alone (`domain.md` §2).

use jiff::civil::Date;

use crate::calendar::day_count;
use crate::facts::credit::WHOLE;
use crate::facts::row::LeaveRow;
use crate::facts::state::LeaveKind;
use crate::people::{Member, MemberId, Organisation, PathId, Sells, Share, Span};

/// Days on which a member counts as headcount, with one share, below one path of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heads {
    /// Who.
    pub member: MemberId,
    /// Through which units they count.
    pub path: PathId,
    /// How much of a full post.
    pub share: Share,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl Heads {
    /// Share × calendar days, in hundred-millionths of a day: what headcounts add up from.
    ///
    /// Divided by [`head_scale`] of the window it is the average headcount.
    pub fn parts(&self) -> i64 {
        self.share.parts().saturating_mul(i64::from(day_count(self.first, self.last)))
    }
}

/// What one average head over a window of calendar days is in the parts of [`Heads`].
pub fn head_scale(first: Date, last: Date) -> i64 {
    if last < first { 0 } else { WHOLE.saturating_mul(i64::from(day_count(first, last))) }
}

/// Calendar days from which on any leave is a long one.
const LONG: u32 = 30;

/// Whether somebody on this leave is no headcount (`domain.md` §2, without long leave): maternity, injury and long leave; any
/// other from thirty calendar days on, or while nobody knows its end.
pub fn is_long_leave(leave: &LeaveRow) -> bool {
    match leave.kind {
        LeaveKind::Maternity | LeaveKind::Injury | LeaveKind::Long => true,
        LeaveKind::Annual | LeaveKind::Personal | LeaveKind::Sick | LeaveKind::Other => {
            leave.to.is_none_or(|to| day_count(leave.from, to) >= LONG)
        }
    }
}

/// Days of long leave of a member, which do not count.
pub trait Leaves {
    /// The spans of a member, disjoint and in order.
    fn of(&self, member: MemberId) -> &[Span];
}

/// Nobody is on leave.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLeaves;

impl Leaves for NoLeaves {
    fn of(&self, _member: MemberId) -> &[Span] {
        &[]
    }
}

/// Who is in post and sells from one day through another, by seat and calendar day; a leader only in the spans in
/// which `carries` says they have a target of their own; nobody while on long leave.
pub fn heads(
    organisation: &Organisation,
    (first, last): (Date, Date),
    leaves: &impl Leaves,
    carries: impl Fn(MemberId) -> Vec<Span>,
) -> Vec<Heads> {
    let Some(asked) = Span::new(Some(first), last.tomorrow().ok()) else { return Vec::new() };
    let mut found = Vec::new();
    for seat in &organisation.rows().seats {
        let Some(member) = organisation.member(seat.member) else { continue };
        let spans = match member.position.sells() {
            Sells::Never => continue,
            Sells::Always => vec![Span::ALWAYS],
            Sells::WithOwnTarget => carries(member.id),
        };
        let present = seat.span.intersect(member.employed).and_then(|days| days.intersect(asked));
        let Some(present) = present else { continue };
        for days in spans.into_iter().filter_map(|span| span.intersect(present)) {
            for days in without(days, leaves.of(member.id)) {
                let below = organisation.paths_during(seat.unit, days).into_iter();
                found.extend(below.filter_map(|(days, path)| {
                    let (first, last) = (days.from()?, days.to()?.yesterday().ok()?);
                    Some(Heads { member: member.id, path, share: seat.share, first, last })
                }));
            }
        }
    }
    found
}

/// The days of a span outside of others, which are disjoint and in order.
fn without(days: Span, others: &[Span]) -> Vec<Span> {
    let mut left = Vec::new();
    let mut rest = Some(days);
    for other in others {
        let Some(now) = rest else { break };
        if !now.overlaps(*other) {
            continue;
        }
        left.extend(Span::new(now.from(), other.from()).filter(|_| other.from().is_some()));
        rest = other.to().and_then(|to| Span::new(Some(to), now.to()));
    }
    left.extend(rest);
    left
}

/// A newcomer at their six-month mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Who.
    pub member: MemberId,
    /// Through which units they were hired.
    pub path: PathId,
    /// The mark: six calendar months after the day hired.
    pub on: Date,
    /// Whether they are employed on that day.
    pub retained: bool,
}

/// The months after which a newcomer is looked at.
const MARK_MONTHS: i32 = 6;

/// The day on which a member has been there for six calendar months; the last day of a shorter month. `None` for
/// whoever has been there ever since.
///
/// ```
/// use dacheng_domain::metrics::six_month_mark;
/// use jiff::civil::date;
/// assert_eq!(six_month_mark(date(2025, 8, 31)), Some(date(2026, 2, 28)));
/// ```
pub fn six_month_mark(hired: Date) -> Option<Date> {
    hired.checked_add(jiff::Span::new().months(MARK_MONTHS)).ok()
}

/// The members whose six-month mark falls from one day through another, at the unit they were hired into: of several
/// seats the largest, the earlier of equal ones.
pub fn marks(organisation: &Organisation, (first, last): (Date, Date)) -> Vec<Mark> {
    let mark = |member: &Member| {
        let hired = member.employed.from()?;
        let on = six_month_mark(hired).filter(|on| (first..=last).contains(on))?;
        let segments = organisation.segments(member.id, hired).iter().rev();
        let path = segments.max_by_key(|segment| segment.share)?.path;
        Some(Mark { member: member.id, path, on, retained: member.is_employed(on) })
    };
    organisation.rows().members.iter().filter_map(mark).collect()
}
