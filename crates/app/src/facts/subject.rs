//! What a file may be about: a kind of fact, the calendar, or notes about the market. Who may bring it in, and who may see that it came.

use std::str::FromStr;

use dacheng_domain::access::{Action, Object, Owner, Right, When};
use dacheng_domain::facts::kind::{Content, Field, Kind, Need};
use dacheng_domain::people::Organisation;

use crate::{Context, Error, Result};

/// What a file is about; its name is the word of `dacheng import`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Facts of a kind.
    Facts(Kind),
    /// The official days off and moved working days of years.
    Calendar,
    /// What is said of the market.
    MarketNotes,
}

const CALENDAR: [Field; 3] = [
    Field { name: "date", need: Need::Key, content: Content::Date },
    Field { name: "kind", need: Need::Required, content: Content::Text },
    Field { name: "name", need: Need::Optional, content: Content::Text },
];

const MARKET_NOTES: [Field; 10] = [
    Field { name: "note", need: Need::Key, content: Content::Code },
    Field { name: "date", need: Need::Required, content: Content::Date },
    Field { name: "kind", need: Need::Required, content: Content::Text },
    Field { name: "subject", need: Need::Required, content: Content::Text },
    Field { name: "year", need: Need::Optional, content: Content::Text },
    Field { name: "region", need: Need::Optional, content: Content::Text },
    Field { name: "product_line", need: Need::Optional, content: Content::Text },
    Field { name: "growth", need: Need::Optional, content: Content::Text },
    Field { name: "source", need: Need::Required, content: Content::Text },
    Field { name: "text", need: Need::Optional, content: Content::Text },
];

impl Subject {
    /// Every subject, in the order in which a company brings them in.
    pub fn all() -> impl Iterator<Item = Self> {
        let often = [
            Kind::Orders,
            Kind::OrderLines,
            Kind::OrderShares,
            Kind::Returns,
            Kind::Receivables,
            Kind::Payments,
            Kind::Opportunities,
            Kind::Visits,
            Kind::Surveys,
            Kind::Complaints,
            Kind::Trainings,
            Kind::Scores,
            Kind::Leaves,
            Kind::Summaries,
        ];
        let seldom = [Kind::Customers, Kind::Products, Kind::Units, Kind::Members, Kind::Employments];
        often.into_iter().chain(seldom).map(Self::Facts).chain([Self::Calendar, Self::MarketNotes])
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Facts(kind) => kind.name(),
            Self::Calendar => "calendar",
            Self::MarketNotes => "market_notes",
        }
    }

    /// The columns of its file.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Facts(kind) => kind.fields(),
            Self::Calendar => &CALENDAR,
            Self::MarketNotes => &MARKET_NOTES,
        }
    }

    /// The conditions of the permission table that hold for it.
    pub const fn holds(self) -> &'static [When] {
        match self {
            Self::Facts(Kind::Payments) => &[When::Payments],
            Self::MarketNotes => &[When::Leads],
            Self::Facts(_) | Self::Calendar => &[],
        }
    }

    /// Whether an import of it is taken back as one. What else a file says is replaced by a newer one.
    pub const fn is_undone(self) -> bool {
        matches!(self, Self::Facts(_))
    }

    /// Allows bringing it in, or says whom to ask.
    pub fn allow(self, context: &Context, organisation: &Organisation) -> Result<()> {
        let object = Object::on(Owner::Company, context.today).holding(self.holds());
        let action = match self {
            Self::Facts(_) | Self::MarketNotes => Action::Facts,
            Self::Calendar => Action::MetricsRules,
        };
        context.may(organisation, action, Right::Create, &object).map(|_| ())
    }

    /// Whether somebody sees imports of it: whoever reads the facts themselves, over the whole company.
    pub fn is_seen(self, context: &Context, organisation: &Organisation) -> Result<bool> {
        let scope = context.scope(organisation, Action::Facts, Right::Read)?;
        let object = Object::on(Owner::Company, context.today).holding(self.holds());
        Ok(scope.view(&object).is_some_and(dacheng_domain::access::View::shows_persons))
    }

    /// The subjects of which somebody sees imports.
    pub fn seen(context: &Context, organisation: &Organisation) -> Result<Vec<Self>> {
        let mut seen = Vec::new();
        for subject in Self::all() {
            if subject.is_seen(context, organisation)? {
                seen.push(subject);
            }
        }
        Ok(seen)
    }

    /// The subjects somebody may bring in.
    pub fn allowed(context: &Context, organisation: &Organisation) -> Vec<Self> {
        Self::all().filter(|subject| subject.allow(context, organisation).is_ok()).collect()
    }
}

impl FromStr for Subject {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::all().find(|subject| subject.name() == text).ok_or_else(|| {
            let known: Vec<&str> = Self::all().map(Self::name).collect();
            Error::Usage(format!("not a kind of fact: {text} ({})", known.join(", ")))
        })
    }
}
