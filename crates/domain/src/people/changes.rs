//! Changes of the organisation, each from a day on: the rows to be stored, or every reason why not. A change
//! never touches a day before its own, so that what was credited stays credited.

use jiff::civil::Date;

use super::{
    Edit, Leadership, Member, MemberId, Organisation, Placement, Problem, RowChange, Seat, Share, Span,
    UnitId,
};

/// A change that is possible.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The rows to store, in one transaction.
    pub rows: Vec<RowChange>,
    /// The organisation with them.
    pub organisation: Organisation,
}

impl Organisation {
    /// The organisation after edits of its rows; refused where they no longer make one, or where a row is not
    /// there as the edit saw it.
    pub fn with(&self, changes: &[RowChange]) -> Result<Self, Vec<Problem>> {
        let rows = self.rows().clone().edited(changes).ok_or_else(|| vec![Problem::Stale])?;
        Self::new(rows, self.paths().clone())
    }

    /// Moves a member to another unit, or gives a newcomer the first seat. What several seats held together
    /// becomes one seat; a newcomer's is full.
    pub fn move_member(&self, member: MemberId, unit: UnitId, on: Date) -> Result<Changed, Vec<Problem>> {
        let parts = self.seats_on(member, on).map(|seat| seat.share.parts()).sum();
        self.seat_member(member, &[(unit, Share::new(parts).unwrap_or(Share::FULL))], on)
    }

    /// Gives a member these seats from that day on, in place of those in force.
    pub fn seat_member(
        &self,
        member: MemberId,
        seats: &[(UnitId, Share)],
        on: Date,
    ) -> Result<Changed, Vec<Problem>> {
        let span = self.employed_since(member, on)?;
        let old = self.index.members.get(&member).map_or(&[][..], |entry| &entry.seats);
        refuse_later(old.iter().map(|seat| seat.span), on)?;
        // A seat that stays as it is keeps its row and so its first day.
        let stays =
            |seat: &Seat| seats.contains(&(seat.unit, seat.share)) && seat.span.intersect(span) == Some(span);
        let in_force = old.iter().filter(|seat| seat.span.contains(on));
        let (kept, ending): (Vec<Seat>, Vec<Seat>) = in_force.partition(|seat| stays(seat));
        let is_new = |(unit, share)| !kept.iter().any(|seat| (seat.unit, seat.share) == (unit, share));
        let beginning = seats.iter().filter(|seat| is_new(**seat));
        let ended = ending.into_iter().map(|seat| end(seat, |seat| &mut seat.span, on));
        let begun = beginning
            .map(|&(unit, share)| Edit { before: None, after: Some(Seat { member, unit, share, span }) });
        self.changed(ended.chain(begun).map(RowChange::Seat).collect())
    }

    /// Moves a unit, with all below it, under another one or to the top; founds it where it does not exist on
    /// that day. A closing already recorded stays.
    pub fn move_unit(&self, unit: UnitId, parent: Option<UnitId>, on: Date) -> Result<Changed, Vec<Problem>> {
        let placements = self.placements(unit)?;
        refuse_later(placements.iter().map(|placement| placement.span), on)?;
        let Some(&old) = self.placement(unit, on) else {
            let placement = Placement { unit, parent, span: Span::since(on) };
            return self.changed(vec![RowChange::Placement(Edit { before: None, after: Some(placement) })]);
        };
        if old.parent == parent {
            return Err(vec![Problem::NothingChanges]);
        }
        let ended = end(old, |placement| &mut placement.span, on);
        let after = Span::new(Some(on), old.span.to()).map(|span| Placement { unit, parent, span });
        let begun = Edit { before: None, after };
        self.changed(vec![RowChange::Placement(ended), RowChange::Placement(begun)])
    }

    /// Closes a unit; `on` is the first day without it. Refused while somebody sits in it or a unit stands
    /// below it on that day or later.
    pub fn close_unit(&self, unit: UnitId, on: Date) -> Result<Changed, Vec<Problem>> {
        let placements = self.placements(unit)?;
        refuse_later(placements.iter().map(|placement| placement.span), on)?;
        let placement = self.placement(unit, on).ok_or_else(|| vec![Problem::NotPlaced { unit, on }])?;
        let ended = RowChange::Placement(end(*placement, |placement| &mut placement.span, on));
        let leaders = self.index.units.get(&unit).map_or(&[][..], |entry| &entry.leaders);
        self.changed([ended].into_iter().chain(end_leaderships(leaders, on)).collect())
    }

    /// A member leaves; `on` is the first day no longer employed. Their seats and posts as leader end with it.
    pub fn leave(&self, member: MemberId, on: Date) -> Result<Changed, Vec<Problem>> {
        self.employed_since(member, on)?;
        let row = self.member(member).ok_or_else(|| vec![Problem::UnknownMember(member)])?;
        let employed = row.employed.intersect(Span::before(on));
        let employed = employed.ok_or_else(|| vec![Problem::BeforeHire { member, hired: on }])?;
        let gone = Edit { before: Some(row.clone()), after: Some(Member { employed, ..row.clone() }) };
        let entry = self.index.members.get(&member);
        let seats =
            entry.into_iter().flat_map(|entry| &entry.seats).filter(|seat| lasts_beyond(seat.span, on));
        let seats = seats.map(|seat| RowChange::Seat(end(*seat, |seat| &mut seat.span, on)));
        let leads = entry.map_or(&[][..], |entry| &entry.leads);
        let changes = [RowChange::Member(gone)].into_iter().chain(seats).chain(end_leaderships(leads, on));
        self.changed(changes.collect())
    }

    /// Makes a member the leader of a unit, or leaves the post vacant.
    pub fn set_leader(
        &self,
        unit: UnitId,
        leader: Option<MemberId>,
        on: Date,
    ) -> Result<Changed, Vec<Problem>> {
        let placements = self.placements(unit)?;
        self.placement(unit, on).ok_or_else(|| vec![Problem::NotPlaced { unit, on }])?;
        let closed = Span::since(on).first_day_outside(placements.iter().map(|placement| placement.span));
        let open = Span::new(Some(on), closed);
        let employed = leader.map(|member| self.employed_since(member, on)).transpose()?;
        let span = employed.and_then(|days| days.intersect(open?));
        let leaders = self.index.units.get(&unit).map_or(&[][..], |entry| &entry.leaders);
        refuse_later(leaders.iter().map(|leadership| leadership.span), on)?;
        let in_force = leaders.iter().find(|leadership| leadership.span.contains(on));
        if in_force.map(|leadership| leadership.member) == leader {
            return Err(vec![Problem::NothingChanges]);
        }
        let begun = leader.zip(span).map(|(member, span)| Leadership { unit, member, span });
        let begun = begun.map(|after| RowChange::Leadership(Edit { before: None, after: Some(after) }));
        self.changed(end_leaderships(leaders, on).chain(begun).collect())
    }

    fn changed(&self, rows: Vec<RowChange>) -> Result<Changed, Vec<Problem>> {
        if rows.is_empty() {
            return Err(vec![Problem::NothingChanges]);
        }
        let organisation = self.with(&rows)?;
        Ok(Changed { rows, organisation })
    }

    /// The days a member is employed from that one on.
    fn employed_since(&self, member: MemberId, on: Date) -> Result<Span, Vec<Problem>> {
        let employed = self.member(member).ok_or_else(|| vec![Problem::UnknownMember(member)])?.employed;
        match (employed.from(), employed.to()) {
            (Some(hired), _) if on < hired => Err(vec![Problem::BeforeHire { member, hired }]),
            (_, Some(left)) if left <= on => Err(vec![Problem::HasLeft { member, left }]),
            (_, left) => Ok(Span::new(Some(on), left).unwrap_or(Span::since(on))),
        }
    }

    fn placements(&self, unit: UnitId) -> Result<&[Placement], Vec<Problem>> {
        let entry = self.index.units.get(&unit).ok_or_else(|| vec![Problem::UnknownUnit(unit)])?;
        Ok(&entry.placements)
    }
}

/// A row that begins after the day of a change would silently undo it.
fn refuse_later(spans: impl Iterator<Item = Span>, on: Date) -> Result<(), Vec<Problem>> {
    let later = spans.filter_map(Span::from).filter(|from| on < *from).min();
    later.map_or(Ok(()), |from| Err(vec![Problem::LaterChange(from)]))
}

fn lasts_beyond(span: Span, on: Date) -> bool {
    span.overlaps(Span::since(on))
}

/// The row without that day and those after it; none where no day is left.
fn end<T: Clone>(row: T, span: impl Fn(&mut T) -> &mut Span, on: Date) -> Edit<T> {
    let mut ended = row.clone();
    let rest = span(&mut ended).intersect(Span::before(on));
    let after = rest.map(|rest| {
        *span(&mut ended) = rest;
        ended
    });
    Edit { before: Some(row), after }
}

fn end_leaderships(leaders: &[Leadership], on: Date) -> impl Iterator<Item = RowChange> {
    let lasting = leaders.iter().filter(move |leadership| lasts_beyond(leadership.span, on));
    lasting.map(move |leadership| RowChange::Leadership(end(*leadership, |row| &mut row.span, on)))
}
