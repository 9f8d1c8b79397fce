//! One metric of an import of targets: whole cells as stated, and what lies loose within a quarter or year. How units
//! become sums is in [`super::import_tree`], parts by line and type in [`super::import_parts`].

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use dacheng_domain::allocation::Exact;
use dacheng_domain::metrics::RollUp;
use dacheng_domain::planning::Marks;
use dacheng_store::Write;

use super::Opened;
use super::import::whole_problem;
use super::import_rows::{Filled, Part, Stated, fill};
use super::months::divide;
use super::total::wrong_marks;
use crate::allocation::{Owner, Sheet, TOP, Words};
use crate::facts::problems::RowProblem;
use crate::{Context, Result};

/// One metric of one plan.
pub(super) struct Import<'i> {
    pub sheet: Sheet,
    pub words: Words<'i>,
    pub opened: &'i Opened,
    /// Cells stated as part of a quarter or year.
    pub loose: HashSet<(Owner, usize)>,
    pub blocks: HashMap<Owner, Vec<Vec<usize>>>,
    /// Owners with a row of their own.
    pub stated: HashSet<Owner>,
    pub problems: Vec<RowProblem>,
}

impl<'i> Import<'i> {
    pub fn new(sheet: Sheet, words: Words<'i>, opened: &'i Opened) -> Self {
        Self {
            sheet,
            words,
            opened,
            loose: HashSet::new(),
            blocks: HashMap::new(),
            stated: HashSet::new(),
            problems: Vec::new(),
        }
    }

    pub fn run(&mut self, tx: &mut Write, context: &Context, rows: &[Stated]) -> Result<usize> {
        let organisation = &self.opened.ground.organisation;
        let units: Vec<&str> =
            organisation.rows().units.iter().map(|unit| unit.code.as_str()).chain([TOP]).collect();
        self.sheet.load(tx, units.iter().copied())?;
        let mut owners: BTreeSet<Owner> = rows.iter().map(|row| row.owner.clone()).collect();
        owners.extend(units.iter().map(|unit| Owner::unit(*unit)));
        self.sheet.load_owners(tx, &owners)?;
        let parts = self.state(rows)?;
        if self.words.metric.definition().roll_up == RollUp::Sum {
            self.sum_parts(&parts);
            self.build(tx)?;
        }
        if !self.problems.is_empty() {
            return Ok(0);
        }
        let mut cells = 0;
        if self.sheet.is_changed() {
            cells += self.sheet.save(tx, context)?.cells;
        }
        cells += self.save_parts(tx, &parts)?;
        Ok(cells)
    }

    pub fn note(&mut self, row: Option<u64>, column: &str, value: &str, reason: String) {
        self.problems.push(whole_problem(row, column, value, reason));
    }

    /// Sets the whole cells as stated; answers the parts.
    fn state(&mut self, rows: &[Stated]) -> Result<BTreeMap<(Owner, Part), Filled>> {
        let mut groups: BTreeMap<(Owner, Part), Vec<&Stated>> = BTreeMap::new();
        let mut seen: HashMap<(&Owner, &Part, String), u64> = HashMap::new();
        for row in rows {
            if let Some(other) = seen.insert((&row.owner, &row.part, row.period.to_string()), row.row) {
                let reason = self.words.lang.problems().twice(other.to_string());
                self.problems.push(whole_problem(Some(row.row), "owner", &row.owner.code, reason));
            }
            groups.entry((row.owner.clone(), row.part.clone())).or_default().push(row);
        }
        let calendar = self.opened.company.calendar();
        let mut parts = BTreeMap::new();
        for ((owner, part), rows) in groups {
            let filled = match fill(&rows, &self.sheet.months, &calendar, self.words.lang)? {
                Ok(filled) => filled,
                Err(wrong) => {
                    for (row, period, sum) in wrong {
                        let stated = rows.iter().find(|own| own.row == row).map_or(0, |own| own.marks.target);
                        let (name, stated) = (self.words.owner(&owner), self.words.amount(stated.into()));
                        let reason = self.words.lang.plans_import().stated(
                            name,
                            period,
                            stated,
                            self.words.amount(sum),
                        );
                        self.note(Some(row), "target", &period.to_string(), reason);
                    }
                    continue;
                }
            };
            for (place, marks) in filled.months.iter().enumerate() {
                let Some(marks) = marks else { continue };
                let month = self.sheet.months[place];
                if let Some(wrong) = wrong_marks(self.words, &owner, month, *marks) {
                    self.note(rows.first().map(|row| row.row), "target", &month.to_string(), wrong);
                }
            }
            if part == Part::default() {
                self.set_row(&owner, &filled);
                if let Some(year) = filled.year {
                    self.set_year(&owner, year, rows.first().map(|row| row.row));
                }
            } else {
                parts.insert((owner, part), filled);
            }
        }
        Ok(parts)
    }

    fn set_row(&mut self, owner: &Owner, filled: &Filled) {
        self.stated.insert(owner.clone());
        let blocks = filled.blocks.iter().map(|(places, _, _)| places.clone());
        self.blocks.insert(owner.clone(), blocks.collect());
        for (place, marks) in filled.months.iter().enumerate() {
            let Some(marks) = *marks else { continue };
            if filled.is_loose[place] {
                self.loose.insert((owner.clone(), place));
            }
            let before = self.sheet.marks(owner, place);
            let kept = |mark: Option<i64>, stored: fn(Marks) -> Option<i64>| {
                mark.or_else(|| before.and_then(stored))
            };
            let kept = Marks {
                floor: kept(marks.floor, |marks| marks.floor),
                target: marks.target,
                stretch: kept(marks.stretch, |marks| marks.stretch),
            };
            let fits = wrong_marks(self.words, owner, self.sheet.months[place], kept).is_none();
            self.sheet.set(owner, place, Some(if fits { kept } else { marks }));
        }
    }

    /// Divides floor and stretch of a year in proportion to its months, where they are not what is stored already.
    fn set_year(&mut self, owner: &Owner, year: Marks, row: Option<u64>) {
        let targets: Vec<i64> = (0..12).map(|place| self.sheet.amount(owner, place)).collect();
        for (stated, column) in [(year.floor, "floor"), (year.stretch, "stretch")] {
            let Some(stated) = stated else { continue };
            let of = |marks: Marks| if column == "floor" { marks.floor } else { marks.stretch };
            let stored = (0..12).map(|place| self.sheet.marks(owner, place).and_then(of));
            if stored.map(|own| own.map(i128::from)).sum::<Option<i128>>() == Some(stated.into()) {
                continue;
            }
            let weights = targets.iter().map(|target| Exact::from(target.unsigned_abs())).collect();
            let is_below = stated <= year.target;
            let bounds =
                |place: usize| if is_below { (0, Some(targets[place])) } else { (targets[place], None) };
            let Ok(divided) = divide(self.words.lang, stated, 1, weights, bounds) else {
                let reason = self.words.lang.plans_sheet().marks_need_target().to_owned();
                self.note(row, column, "", reason);
                continue;
            };
            for (place, own) in divided.into_iter().enumerate() {
                let Some(marks) = self.sheet.marks(owner, place) else { continue };
                let marks = if column == "floor" {
                    Marks { floor: Some(own), ..marks }
                } else {
                    Marks { stretch: Some(own), ..marks }
                };
                self.sheet.set(owner, place, Some(marks));
            }
        }
    }

    /// Parts of an owner without a row of its own make its whole; next to a loose whole they say how it lies.
    fn sum_parts(&mut self, parts: &BTreeMap<(Owner, Part), Filled>) {
        let mut sums: BTreeMap<Owner, [Option<i64>; 12]> = BTreeMap::new();
        let lines = parts.iter().filter(|((_, part), _)| part.0.is_empty() != part.1.is_empty());
        for ((owner, _), filled) in lines {
            let sum = sums.entry(owner.clone()).or_default();
            for (place, marks) in filled.months.iter().enumerate() {
                if let Some(marks) = marks {
                    sum[place] = Some(sum[place].unwrap_or(0).saturating_add(marks.target));
                }
            }
        }
        for (owner, sum) in sums {
            if self.stated.contains(&owner) {
                self.lie(&owner, &sum.map(|amount| amount.unwrap_or(0)));
                continue;
            }
            for (place, amount) in sum.into_iter().enumerate() {
                if let Some(amount) = amount.filter(|_| self.sheet.marks(&owner, place).is_none()) {
                    self.sheet.set_amount(&owner, place, amount);
                }
            }
        }
    }

    /// Moves the loose months of an owner to where their sum lies in the same quarter or year.
    pub fn lie(&mut self, owner: &Owner, wanted: &[i64; 12]) {
        for places in self.blocks.get(owner).cloned().unwrap_or_default() {
            let own: i128 = places.iter().map(|place| i128::from(self.sheet.amount(owner, *place))).sum();
            let below: i128 = places.iter().map(|place| i128::from(wanted[*place])).sum();
            let moves = |place: &usize| {
                self.loose.contains(&(owner.clone(), *place))
                    || self.sheet.amount(owner, *place) == wanted[*place]
            };
            if own == below && places.iter().all(moves) {
                for place in places {
                    self.sheet.set_amount(owner, place, wanted[place]);
                }
            }
        }
    }
}
