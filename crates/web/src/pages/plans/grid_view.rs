//! The grid of a unit as the page shows it, read or edited.

use dacheng_app::allocation::{Grid as Found, GridRow as FoundRow, Owner};
use dacheng_domain::allocation::Unbalanced;
use dacheng_domain::metrics::change;
use dacheng_domain::people::UnitId;
use dacheng_text::date::month_name;
use dacheng_text::rate::Blank;

use super::attempt::{Attempt, Form};
use super::balance::own_line;
use super::seen::Seen;
use super::{CellsForm, Entry, Grid, GridCell, GridLine, GridRow, RowKind, Scale};
use crate::components::{Change, Choice, Input, Link};
use crate::http::encoded;

/// The most children whose months are edited at once; of more, one child at a time.
const MOST_EDITED: usize = 200;

/// The rows that are being edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Editing {
    /// None.
    Nothing,
    /// Every child.
    Everybody,
    /// One child.
    One(Owner),
}

impl Editing {
    pub fn of(seen: &Seen<'_>, asked: Option<&str>) -> Self {
        let is_possible = seen.is_open() && seen.grid.as_ref().is_some_and(|grid| !grid.children.is_empty());
        match asked.filter(|_| is_possible) {
            None => Self::Nothing,
            Some("all") => Self::Everybody,
            Some(owner) => owner.parse().map_or(Self::Nothing, Self::One),
        }
    }

    fn holds(&self, owner: &Owner) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everybody => true,
            Self::One(own) => own == owner,
        }
    }

    fn word(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Everybody => "all".to_owned(),
            Self::One(owner) => owner.to_string(),
        }
    }
}

/// The name and id of a cell's field.
pub(super) fn cell_id(row: usize, place: usize) -> String {
    format!("cell-{row}-{place}")
}

fn quarters(months: &[i64; 12]) -> [Option<i64>; 4] {
    std::array::from_fn(|quarter| Some(months[quarter * 3..][..3].iter().sum()))
}

/// The grid; none where the unit has no target.
pub(super) fn grid(seen: &Seen<'_>, editing: &Editing, attempt: Option<&Attempt<'_>>) -> Option<Grid> {
    let line = own_line(seen)?;
    let found = seen.grid.as_ref();
    let last = found
        .and_then(|grid| grid.last_year)
        .or_else(|| seen.overview.as_ref().and_then(|own| own.last_year));
    let parent = GridLine {
        last_year: last.map(|months| months.iter().sum()),
        months: line.sums.months.map(Some),
        quarters: line.sums.quarters.map(Some),
        total: Some(line.sums.year),
    };
    let rows = found.map_or(&[][..], |grid| &grid.children);
    let amounts: Vec<i64> =
        rows.iter().flat_map(|row| row.line.sums.months).chain(line.sums.months).collect();
    let view = View { seen, editing, attempt: attempt.filter(|attempt| attempt.form == Form::Cells) };
    Some(Grid {
        caption: seen.desk.lang().plans().title(
            &seen.plan.name,
            dacheng_text::metric::name(seen.desk.lang(), seen.amount.metric),
            seen.unit_name(),
        ),
        amounts: match editing {
            Editing::Nothing => seen.amount.column(amounts.iter().copied()),
            Editing::Everybody | Editing::One(_) => seen.amount.typed_column(&amounts),
        },
        first_month: seen.year.first_month().number(),
        parent,
        difference: difference(found),
        rows: rows.iter().enumerate().map(|(place, row)| view.row(place, row)).collect(),
        scale: found.filter(|_| *editing != Editing::Nothing).map(|grid| scale(seen, grid)),
    })
}

/// How the fields are read, and what the children are to have.
fn scale(seen: &Seen<'_>, grid: &Found) -> Scale {
    let (decimals, yuan) = seen.amount.decimals();
    let parent = grid.parent.as_ref().map_or([0; 12], |line| line.sums.months);
    let given = std::array::from_fn(|place| parent[place] + grid.buffer[place] - grid.reserve[place]);
    Scale { decimals, yuan, given }
}

/// What nobody declared, by month: 0 in every month, or nothing where the unit is not broken down.
fn difference(found: Option<&Found>) -> GridLine {
    let Some(grid) = found.filter(|grid| grid.version > 0) else {
        return GridLine { last_year: None, months: [None; 12], quarters: [None; 4], total: None };
    };
    let months = grid.differences.map(|found| match found {
        None => 0,
        Some(Unbalanced::Unassigned(rest)) => i64::try_from(-rest).unwrap_or(i64::MIN),
        Some(Unbalanced::Exceeded(rest)) => i64::try_from(rest).unwrap_or(i64::MAX),
    });
    GridLine {
        last_year: None,
        months: months.map(Some),
        quarters: quarters(&months),
        total: Some(months.iter().sum()),
    }
}

struct View<'v> {
    seen: &'v Seen<'v>,
    editing: &'v Editing,
    attempt: Option<&'v Attempt<'v>>,
}

impl View<'_> {
    fn row(&self, place: usize, row: &FoundRow) -> GridRow {
        let last = row.last_year.map(|months| months.iter().sum::<i64>());
        let is_unit = self.unit_of(&row.owner).is_some();
        let by = change(row.line.sums.year, last).rate;
        GridRow {
            kind: RowKind::Child,
            name: Link::new(&row.name, self.href(row, is_unit)),
            note: self.note(&row.owner),
            last_year: last,
            months: std::array::from_fn(|month| self.cell(place, row, month)),
            quarters: row.line.sums.quarters.map(Some),
            total: Some(row.line.sums.year),
            change: by.map_or_else(
                || Change::Blank(if is_unit { Blank::NoBase } else { Blank::Newcomer }),
                Change::By,
            ),
        }
    }

    fn unit_of(&self, owner: &Owner) -> Option<UnitId> {
        let organisation = self.seen.desk.organisation();
        let is_unit = *owner == Owner::unit(owner.code.as_str());
        organisation.unit_of_code(&owner.code).filter(|_| is_unit).map(|unit| unit.id)
    }

    /// A unit leads further down; a member leads to the form of their months, where they may be edited.
    fn href(&self, row: &FoundRow, is_unit: bool) -> String {
        match (is_unit, self.editing) {
            (true, _) => self.seen.href(&row.owner.code),
            (false, Editing::Nothing) if self.seen.is_open() => edit_href(self.seen, &row.owner.to_string()),
            (false, _) => String::new(),
        }
    }

    /// The leader of a unit, the code of a member.
    fn note(&self, owner: &Owner) -> String {
        let organisation = self.seen.desk.organisation();
        match self.unit_of(owner) {
            Some(unit) => {
                let leader = organisation.leader(unit, self.seen.year.last_day());
                leader
                    .and_then(|leader| organisation.member(leader))
                    .map_or_else(String::new, |leader| leader.name.clone())
            }
            None => owner.code.clone(),
        }
    }

    fn cell(&self, place: usize, row: &FoundRow, month: usize) -> GridCell {
        let found = row.locks.iter().find(|lock| lock.month.is_none_or(|own| own == self.month(month)));
        let say = self.seen.desk.lang().plans();
        let lock = found.map(|lock| say.locked_by(self.seen.desk.recorded(&lock.actor), &lock.reason));
        let value = row.line.months[month].map(|marks| marks.target);
        let is_edited = self.editing.holds(&row.owner) && lock.is_none() && value.is_some();
        GridCell {
            value,
            entry: is_edited.then(|| self.entry(place, row, month, value)),
            lock,
            changed: false,
        }
    }

    fn month(&self, place: usize) -> dacheng_domain::calendar::Month {
        self.seen.year.first_month().plus(i32::try_from(place).unwrap_or(0))
    }

    fn entry(&self, place: usize, row: &FoundRow, month: usize, value: Option<i64>) -> Entry {
        let (name, lang) = (cell_id(place, month), self.seen.desk.lang());
        let typed = self.attempt.and_then(|attempt| {
            let sent = sent_place(attempt, &row.owner)?;
            Some(attempt.input(&cell_id(sent, month)))
        });
        let Input { value, error } = typed.unwrap_or_else(|| Input::of(self.seen.amount.maybe(value)));
        let label = lang.plans().cell_of(&row.name, month_name(lang, self.month(month).number()));
        Entry { name, value, label, wrong: error.is_some() }
    }
}

/// In which row of the form an owner was sent: the order may have changed since.
fn sent_place(attempt: &Attempt<'_>, owner: &Owner) -> Option<usize> {
    let owner = owner.to_string();
    (0..MOST_EDITED).find(|place| attempt.posted.value(&format!("owner-{place}")) == owner)
}

/// The page with rows edited: `all`, or an owner.
fn edit_href(seen: &Seen<'_>, edit: &str) -> String {
    format!("{}&edit={}#cells", seen.here(), encoded(edit))
}

/// The page on which every month is edited, where that is possible.
pub(super) fn edit_all(seen: &Seen<'_>) -> Option<String> {
    let children = seen.grid.as_ref().map_or(0, |grid| grid.children.len());
    (seen.is_open() && (1..=MOST_EDITED).contains(&children)).then(|| edit_href(seen, "all"))
}

/// The form around the grid, while rows are edited. A cell that somebody else changed is compared with its new value
/// the next time: keeping mine is then a decision.
pub(super) fn cells_form(
    seen: &Seen<'_>,
    editing: &Editing,
    attempt: Option<&Attempt<'_>>,
) -> Option<CellsForm> {
    let grid = seen.grid.as_ref().filter(|_| *editing != Editing::Nothing)?;
    let attempt = attempt.filter(|attempt| attempt.form == Form::Cells);
    let say = seen.desk.lang().plans();
    let edited = grid.children.iter().enumerate().filter(|(_, row)| editing.holds(&row.owner));
    let hidden = edited.flat_map(|(place, row)| {
        let old =
            row.line.months.map(|marks| marks.map_or_else(String::new, |marks| marks.target.to_string()));
        [(format!("owner-{place}"), row.owner.to_string()), (format!("old-{place}"), old.join(","))]
    });
    let difference = attempt.map_or_else(|| Input::of("refuse"), |attempt| attempt.input("difference"));
    Some(CellsForm {
        edit: editing.word(),
        hidden: hidden.collect(),
        difference,
        differences: vec![
            Choice::new("refuse", say.difference_refuse()),
            Choice::new("declare", say.difference_declare()),
        ],
        leave: seen.here(),
        conflict: attempt.and_then(|attempt| attempt.conflict.clone()),
    })
}
