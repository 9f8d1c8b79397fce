//! The files of sales: a folder for each stage, and what a month comes to, as the source of the files would say.

use std::collections::BTreeMap;
use std::fmt::Arguments;
use std::io::Result;
use std::path::Path;

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::Metric;
use jiff::civil::Date;

use super::stages::Stage;
use crate::generate::table::Table;

/// What each month comes to, in fen: the control totals of the source.
pub type Totals = BTreeMap<(Month, Metric), i64>;

/// The kinds of a stage with their columns, in the order in which they come in.
const KINDS: [(Kind, &str); 13] = [
    (Kind::Orders, "order,customer,member,date,amount,status"),
    (Kind::OrderLines, "order,line,product,quantity,amount"),
    (Kind::OrderShares, "order,member,share,kind"),
    (Kind::Returns, "return,order,date,amount"),
    (Kind::Receivables, "receivable,order,due,amount"),
    (Kind::Payments, "payment,order,customer,member,date,amount"),
    (Kind::Complaints, "complaint,order,customer,member,date"),
    (
        Kind::Opportunities,
        "opportunity,customer,member,opened,stage,amount,expected,closed,outcome,active,probability",
    ),
    (Kind::Visits, "visit,customer,member,date,kind,outcome"),
    (Kind::Surveys, "survey,customer,member,date,satisfaction,recommend"),
    (Kind::Trainings, "course,member,assigned,due,completed,score"),
    (Kind::Scores, "member,rater,date,kind,score"),
    (Kind::Leaves, "member,from,to,kind"),
];

/// The kinds of file that come in stage by stage, in their order.
pub fn kinds_of_stages() -> impl Iterator<Item = Kind> {
    KINDS.iter().map(|(kind, _)| *kind)
}

/// The files of a stage.
pub struct OfStage(BTreeMap<Kind, Table>);

impl OfStage {
    fn begin(out: &Path) -> Result<Self> {
        std::fs::create_dir_all(out)?;
        let begin = |(kind, header): &(Kind, &str)| Ok((*kind, Table::begin(out, *kind, header)?));
        KINDS.iter().map(begin).collect::<Result<_>>().map(Self)
    }

    /// Writes a row of a kind.
    pub fn row(&mut self, kind: Kind, cells: Arguments<'_>) -> Result<()> {
        let none = || std::io::Error::other(format!("no stage has {kind}"));
        self.0.get_mut(&kind).ok_or_else(none)?.row(cells)
    }

    fn end(self) -> Result<()> {
        self.0.into_values().try_for_each(|table| table.end().map(drop))
    }
}

/// The files of all stages, the first of which is there in any case.
pub struct Files {
    first: OfStage,
    later: BTreeMap<Date, OfStage>,
    totals: Totals,
}

impl Files {
    /// Begins them.
    pub fn begin(out: &Path, stages: &[Stage]) -> Result<Self> {
        let begin = |stage: &Stage| OfStage::begin(&out.join(stage.folder()));
        let Some((first, later)) = stages.split_first() else {
            return Err(std::io::Error::other("no stages"));
        };
        let later = later.iter().map(|stage| Ok((stage.from, begin(stage)?))).collect::<Result<_>>()?;
        Ok(Self { first: begin(first)?, later, totals: Totals::new() })
    }

    /// The files of the stage that a day belongs to.
    pub fn on(&mut self, day: Date) -> &mut OfStage {
        self.later.range_mut(..=day).next_back().map_or(&mut self.first, |(_, files)| files)
    }

    /// The files of the stage that completes the month of a day: what people did beside selling comes in month by month.
    pub fn with_month_of(&mut self, day: Date) -> &mut OfStage {
        self.on(day.last_of_month())
    }

    /// Whether the months of two days come in together.
    pub fn months_are_together(&self, one: Date, other: Date) -> bool {
        let stage = |day: Date| self.later.range(..=day.last_of_month()).next_back().map(|(from, _)| *from);
        stage(one) == stage(other)
    }

    /// Adds an amount to what the month of a day comes to.
    pub fn add(&mut self, metric: Metric, day: Date, fen: i64) {
        *self.totals.entry((Month::of(day), metric)).or_default() += fen;
    }

    /// Ends them, and answers what they come to.
    pub fn end(self) -> Result<Totals> {
        self.later.into_values().chain([self.first]).try_for_each(OfStage::end)?;
        Ok(self.totals)
    }
}
