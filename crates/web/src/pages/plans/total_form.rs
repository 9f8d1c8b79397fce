//! The form of the company's total: as it is stored, and as somebody typed it.

use dacheng_app::planning::{ByMonth, Power, SetTotal, Total};
use dacheng_domain::allocation::Exact;
use dacheng_text::date;

use super::TotalForm;
use super::attempt::{Attempt, Form, input};
use super::balance::own_line;
use super::seen::Seen;
use crate::components::Choice;
use crate::http::Posted;

const WAYS: [&str; 4] = ["season", "working_days", "even", "own"];

/// The form, where the viewer may set the total.
pub(super) fn total_form(seen: &Seen<'_>, attempt: Option<&Attempt<'_>>) -> Option<TotalForm> {
    let overview =
        seen.overview.as_ref().filter(|_| seen.is_top && seen.is_draft() && seen.powers.may(Power::Set))?;
    let (amount, lang) = (seen.amount, seen.desk.lang());
    let say = lang.plans();
    let line = own_line(seen);
    let year = |pick: fn(&dacheng_domain::planning::Marks) -> Option<i64>| -> Option<i64> {
        line?.months.iter().flatten().map(pick).try_fold(0_i64, |sum, own| Some(sum + own?))
    };
    let field = |name: &str, stored: Option<i64>| input(attempt, Form::Total, name, || amount.maybe(stored));
    let has_history = overview.last_year.is_some_and(|months| months.iter().any(|month| *month != 0));
    let usual = match overview.method.as_deref() {
        Some(known) if WAYS.contains(&known) => known,
        Some(_) => "own",
        None if has_history => "season",
        None => "working_days",
    };
    let way = |way: &'static str| {
        let text = match way {
            "season" => say.by_season(),
            "working_days" => say.by_working_days(),
            "even" => say.by_even(),
            _ => say.by_own(),
        };
        Choice::new(way, text)
    };
    let ways = WAYS.into_iter().filter(|way| *way != "season" || has_history);
    let months = (0..12).map(|place| {
        let stored = line.and_then(|line| line.months[place]).map(|marks| marks.target);
        let month = overview.months[place];
        let name = date::month_name(lang, month.number());
        (name, field(&TotalForm::month_id(&place), stored))
    });
    Some(TotalForm {
        version: seen_version(attempt, overview.version),
        amount: field("amount", line.map(|line| line.sums.year)),
        floor: field("floor", year(|marks| marks.floor)),
        stretch: field("stretch", year(|marks| marks.stretch)),
        by: input(attempt, Form::Total, "by", || usual.to_owned()),
        ways: ways.map(way).collect(),
        rounding: field("rounding", Some(amount.rounding())),
        months: months.collect(),
        unit: amount.heading().to_owned(),
        conflict: attempt
            .filter(|attempt| attempt.form == Form::Total)
            .and_then(|attempt| attempt.conflict.clone()),
    })
}

/// A form that was refused for its values keeps the version its writer saw; a conflict names the new one itself.
fn seen_version(attempt: Option<&Attempt<'_>>, stored: i64) -> String {
    match attempt.filter(|attempt| attempt.form == Form::Total) {
        Some(attempt) => attempt.posted.value("version").to_owned(),
        None => stored.to_string(),
    }
}

/// Reads the form; what is wrong with its fields goes into the attempt.
pub(super) fn read(seen: &Seen<'_>, form: &Posted, attempt: &mut Attempt<'_>) -> Option<SetTotal> {
    let mut reader = Reader { seen, form, attempt };
    let (floor, stretch) = (reader.amount("floor"), reader.amount("stretch"));
    let target = reader.amount("amount");
    let (by, target, rounding) = match form.value("by") {
        "own" => {
            let months = reader.months()?;
            let sum: i64 = months.iter().sum();
            if let Some(target) = target.filter(|target| *target != sum) {
                let said = (seen.amount.exact(sum), seen.amount.exact(target));
                let wrong = seen.desk.lang().plans().months_sum(said.0, said.1);
                reader.wrong("amount", wrong);
            }
            let weights = months.map(|month| Exact::from(month.unsigned_abs()));
            (ByMonth::Own(Box::new(weights)), Some(sum), 1)
        }
        way => {
            let by = match way {
                "season" => ByMonth::Season,
                "even" => ByMonth::Even,
                _ => ByMonth::WorkingDays,
            };
            if target.is_none() {
                reader.missing("amount");
            }
            (by, target, reader.rounding())
        }
    };
    let is_right = reader.attempt.fields.is_empty();
    let total = Total::Year { target: target?, floor, stretch, by, rounding };
    let seen_version = form.number("version").unwrap_or(0);
    let plan = seen.plan.code.clone();
    is_right.then_some(SetTotal { plan, metric: seen.amount.metric, total, seen: seen_version })
}

struct Reader<'r, 'f> {
    seen: &'r Seen<'r>,
    form: &'r Posted,
    attempt: &'r mut Attempt<'f>,
}

impl Reader<'_, '_> {
    fn wrong(&mut self, name: &str, error: String) {
        self.attempt.fields.push((name.to_owned(), error));
    }

    fn missing(&mut self, name: &str) {
        if self.attempt.fields.iter().all(|(field, _)| field != name) {
            self.wrong(name, self.seen.desk.lang().plans().amount_missing().to_owned());
        }
    }

    fn amount(&mut self, name: &str) -> Option<i64> {
        match self.seen.amount.read(self.form.value(name)) {
            Ok(found) => found,
            Err(error) => {
                self.wrong(name, error);
                None
            }
        }
    }

    fn rounding(&mut self) -> i64 {
        match self.amount("rounding") {
            None => 1,
            Some(unit) if unit > 0 => unit,
            Some(_) => {
                self.wrong("rounding", self.seen.desk.lang().plans().positive().to_owned());
                1
            }
        }
    }

    /// Every month; none where one of them is missing.
    fn months(&mut self) -> Option<[i64; 12]> {
        let lang = self.seen.desk.lang();
        let mut months = [0; 12];
        let mut is_whole = true;
        for (place, month) in months.iter_mut().enumerate() {
            let name = TotalForm::month_id(&place);
            let before = self.attempt.fields.len();
            if let Some(found) = self.amount(&name) {
                *month = found;
                continue;
            }
            is_whole = false;
            if self.attempt.fields.len() == before {
                let number = self.seen.year.first_month().plus(i32::try_from(place).unwrap_or(0)).number();
                self.wrong(&name, lang.plans().month_missing(date::month_name(lang, number)));
            }
        }
        is_whole.then_some(months)
    }
}
