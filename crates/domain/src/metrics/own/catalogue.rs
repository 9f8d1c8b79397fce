//! All metrics of a company: the built-in ones and its own; and the rules by which its own are defined and changed.

use serde::{Deserialize, Serialize};

use super::interned::Own;
use super::spec::{CarriedBy, MadeOf, OwnKind, OwnSpec, OwnVersion, Reporter};
use super::term::{counts, sums};
use crate::calendar::Month;
use crate::metrics::{Metric, RollUp, Unit, UnknownMetric, Window};

/// The longest code, in characters.
pub const LONGEST_CODE: usize = 32;
/// The longest name, in characters.
pub const LONGEST_NAME: usize = 30;
/// The last working day of the next month on which values may be due.
const LAST_DUE: u8 = 20;

/// Every metric of a company.
#[derive(Debug, Clone)]
pub struct Catalogue(Vec<Own>);

impl Catalogue {
    /// The built-in metrics and those that are kept.
    pub fn of(specs: &OwnSpecs) -> Self {
        // A ratio is made of what is no ratio.
        let is_ratio = |spec: &&OwnSpec| spec.kind == OwnKind::Ratio;
        let parts = specs.0.iter().filter(|spec| !is_ratio(spec));
        let parts: Vec<Own> = parts.map(|spec| Own::of(spec, Vec::new())).collect();
        let known = |code: &str| read(&parts, code).ok();
        let ratio = |version: &OwnVersion| match &version.made_of {
            MadeOf::Ratio { over, under } => known(over).zip(known(under)),
            MadeOf::Facts(_) | MadeOf::Entered(_) => None,
        };
        let mut plain = parts.iter().copied();
        let own = specs.0.iter().filter_map(|spec| match spec.kind {
            OwnKind::Ratio => Some(Own::of(spec, spec.versions.iter().filter_map(ratio).collect())),
            OwnKind::Sum | OwnKind::Count | OwnKind::EnteredSum | OwnKind::EnteredMean => plain.next(),
        });
        Self(own.collect())
    }

    /// The built-in metrics alone.
    pub const fn built_in() -> Self {
        Self(Vec::new())
    }

    /// The metric of a code.
    ///
    /// # Errors
    /// Where no metric has it.
    pub fn read(&self, code: &str) -> Result<Metric, UnknownMetric> {
        read(&self.0, code)
    }

    /// The company's own, in the order in which they were defined.
    pub fn own(&self) -> impl Iterator<Item = Own> + '_ {
        self.0.iter().copied()
    }

    /// Every metric: the built-in ones in the order of their table, then the company's own.
    pub fn all(&self) -> impl Iterator<Item = Metric> + '_ {
        Metric::ALL.into_iter().chain(self.own().map(Metric::Own))
    }

    /// Those that may be given targets or be part of something new in a month: what is retired is not offered.
    pub fn offered(&self, month: Month) -> impl Iterator<Item = Metric> + '_ {
        self.all().filter(move |metric| match metric.own() {
            Some(own) => !own.is_retired(month),
            None => true,
        })
    }
}

fn read(own: &[Own], code: &str) -> Result<Metric, UnknownMetric> {
    let found = own.iter().find(|own| own.code() == code).copied().map(Metric::Own);
    found.map_or_else(|| code.parse(), Ok)
}

/// The own metrics as they are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OwnSpecs(Vec<OwnSpec>);

/// Why an own metric cannot be defined or changed so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CannotDefine {
    /// A code is 2 to 32 small letters, digits and `_`, beginning with a letter.
    Code,
    /// Another metric has the code.
    Taken,
    /// There is no own metric of that code.
    Unknown,
    /// A name is missing, too long, or not plain text.
    Name,
    /// Its kind cannot count in this unit.
    Unit,
    /// It is made of something else than its kind.
    Kind,
    /// The measure cannot be added up so, or knows nothing of what is filtered by.
    Filter,
    /// One of the two metrics of a ratio is not there, is retired, or does not add up.
    Part,
    /// A ratio in per cent needs two sides of one unit.
    Sides,
    /// Ratios have a window of up to twelve months, the others none.
    Window,
    /// Values are due by the first to the twentieth working day.
    Due,
    /// Nobody of that code reports.
    Reporter,
    /// The month was closed already.
    ClosedMonth(Month),
    /// A version begins later or in the same month.
    BeforeAnother(Month),
    /// A ratio that is still in use is made of it.
    InUse(String),
}

impl OwnSpecs {
    /// All of them.
    pub fn all(&self) -> &[OwnSpec] {
        &self.0
    }

    /// One of them.
    pub fn of_code(&self, code: &str) -> Option<&OwnSpec> {
        self.0.iter().find(|own| own.code == code)
    }

    /// Defines a metric, whose one version gets the number 1.
    ///
    /// # Errors
    /// Where it does not keep the rules.
    pub fn define(&mut self, mut spec: OwnSpec) -> Result<(), CannotDefine> {
        if !is_code(&spec.code) {
            return Err(CannotDefine::Code);
        }
        if self.of_code(&spec.code).is_some() || spec.code.parse::<Metric>().is_ok() {
            return Err(CannotDefine::Taken);
        }
        if !spec.kind.fits(spec.unit) {
            return Err(CannotDefine::Unit);
        }
        let [version] = spec.versions.as_mut_slice() else { return Err(CannotDefine::Kind) };
        version.version = 1;
        self.check(&spec, &spec.versions[0])?;
        self.0.push(spec);
        Ok(())
    }

    /// Changes a metric from a month on; answers the number of the version. No version reaches `closed`, the last month that was
    /// ever closed, or one before.
    ///
    /// # Errors
    /// Where it does not keep the rules.
    pub fn change(
        &mut self,
        code: &str,
        version: OwnVersion,
        closed: Option<Month>,
    ) -> Result<u32, CannotDefine> {
        let place = self.0.iter().position(|own| own.code == code).ok_or(CannotDefine::Unknown)?;
        if let Some(closed) = closed.filter(|closed| version.valid_from <= *closed) {
            return Err(CannotDefine::ClosedMonth(closed));
        }
        let last = self.0[place].versions.last().map(|own| (own.version, own.valid_from));
        if let Some((_, from)) = last.filter(|(_, from)| version.valid_from <= *from) {
            return Err(CannotDefine::BeforeAnother(from));
        }
        if !version.retired {
            self.check(&self.0[place], &version)?;
        } else if let Some(user) = self.user_of(code, version.valid_from) {
            return Err(CannotDefine::InUse(user));
        }
        let number = last.map_or(0, |(number, _)| number) + 1;
        self.0[place].versions.push(OwnVersion { version: number, ..version });
        Ok(number)
    }

    /// A ratio in use from a month on that is made of a metric.
    fn user_of(&self, code: &str, month: Month) -> Option<String> {
        let uses = |own: &&OwnSpec| {
            own.versions.last().is_some_and(|version| match &version.made_of {
                MadeOf::Ratio { over, under } => {
                    let is_over = version.retired && version.valid_from <= month;
                    !is_over && (over == code || under == code)
                }
                MadeOf::Facts(_) | MadeOf::Entered(_) => false,
            })
        };
        self.0.iter().find(uses).map(|own| own.code.clone())
    }

    fn check(&self, spec: &OwnSpec, version: &OwnVersion) -> Result<(), CannotDefine> {
        let is_name = |name: &str, least: usize| {
            let length = name.chars().count();
            (least..=LONGEST_NAME).contains(&length) && !name.contains(char::is_control)
        };
        let names = [&version.zh, &version.en].into_iter().all(|name| is_name(name.trim(), 1));
        if !names || !version.word.iter().all(|word| is_name(word, 0)) {
            return Err(CannotDefine::Name);
        }
        let needs_window = matches!(spec.kind.roll_up(), RollUp::RatioOfSums | RollUp::EachLevel);
        let fits = match version.window {
            Some(Window::RollingMonths(months)) => (1..=12).contains(&months),
            Some(Window::Period) | None => true,
        };
        if version.window.is_some() != needs_window || !fits {
            return Err(CannotDefine::Window);
        }
        self.check_made_of(spec, version)
    }

    fn check_made_of(&self, spec: &OwnSpec, version: &OwnVersion) -> Result<(), CannotDefine> {
        match (&version.made_of, spec.kind) {
            (MadeOf::Facts(facts), OwnKind::Sum | OwnKind::Count) => {
                let offered: &[_] = if spec.kind == OwnKind::Sum { &sums() } else { &counts() };
                let fits = offered.contains(&facts.measure) && facts.filter.fits(facts.measure);
                if fits { Ok(()) } else { Err(CannotDefine::Filter) }
            }
            (MadeOf::Ratio { over, under }, OwnKind::Ratio) => {
                let catalogue = Catalogue::of(self);
                let part = |code: &String| {
                    let offered = catalogue.offered(version.valid_from);
                    let mut additive = offered.filter(|own| own.definition().roll_up == RollUp::Sum);
                    additive.find(|own| own.code() == code).ok_or(CannotDefine::Part)
                };
                let (over, under) = (part(over)?.definition().unit, part(under)?.definition().unit);
                let fits = match spec.unit {
                    Unit::Percent => over == under,
                    Unit::Money => over == Unit::Money,
                    Unit::Count | Unit::Score | Unit::Days => true,
                };
                if fits { Ok(()) } else { Err(CannotDefine::Sides) }
            }
            (MadeOf::Entered(entering), OwnKind::EnteredSum | OwnKind::EnteredMean) => {
                let (CarriedBy::Members | CarriedBy::Teams) = entering.carried_by;
                if !(1..=LAST_DUE).contains(&entering.due_day) {
                    return Err(CannotDefine::Due);
                }
                match &entering.reporter {
                    Reporter::Member(code) if code.is_empty() => Err(CannotDefine::Reporter),
                    Reporter::Member(_) | Reporter::Post(_) => Ok(()),
                }
            }
            (MadeOf::Facts(_) | MadeOf::Ratio { .. } | MadeOf::Entered(_), _) => Err(CannotDefine::Kind),
        }
    }
}

fn is_code(code: &str) -> bool {
    let mut letters = code.chars();
    (2..=LONGEST_CODE).contains(&code.len())
        && letters.next().is_some_and(|first| first.is_ascii_lowercase())
        && letters.all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}
