//! What is known of the market: growth rates, competitors, policy, each with its source and date. Marketing and sales
//! operations write; whoever reads targets of the company reads them. They are no facts of sales: nothing adds them up.

mod change;
mod import;

use dacheng_domain::Ratio;
use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::facts::value::Code;
use dacheng_domain::people::Organisation;
use dacheng_domain::planning::{MarketNote, NoteKind, NoteProblem};
use dacheng_store::market_notes;
use dacheng_text::Lang;

pub use change::{add, edit, withdraw};
pub use dacheng_store::market_notes::Note;
pub(crate) use import::open;
pub(crate) use import::take_in;
pub use import::{File, import};

use crate::facts::subject::Subject;
use crate::{App, Context, Error, Read, Result};

/// The notes that count, the youngest first, for whoever reads targets.
pub fn notes(app: &App, context: &Context) -> Result<Vec<Note>> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    may_read(context, &ground.organisation)?;
    Ok(market_notes::current(&mut tx)?)
}

/// A note with all of its versions, the newest first; missing where there never was one.
pub fn note(app: &App, context: &Context, code: &str) -> Result<Vec<Note>> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    may_read(context, &ground.organisation)?;
    let versions = market_notes::versions(&mut tx, code)?;
    if versions.is_empty() { Err(Error::missing("market note", code)) } else { Ok(versions) }
}

/// A growth rate that somebody published, for a proposal of targets to start from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growth {
    /// The note it stands in.
    pub note: String,
    /// What grows.
    pub subject: String,
    /// In which year.
    pub year: i64,
    /// In which region; everywhere where `None`.
    pub region: Option<String>,
    /// Of which product line; of all where `None`.
    pub product_line: Option<String>,
    /// How fast: 8.5 % is 0.085.
    pub rate: Ratio,
    /// Who says so.
    pub source: String,
}

/// Every growth rate of a year that counts, the youngest note first.
pub fn growth_rates(tx: &mut Read, year: i16) -> Result<Vec<Growth>> {
    let of_year = market_notes::current(tx)?.into_iter().filter(|note| note.year == Some(i64::from(year)));
    let rate = |note: Note| {
        Some(Growth {
            rate: Ratio::new(note.growth?, 10_000)?,
            note: note.code,
            subject: note.subject,
            year: note.year?,
            region: note.region,
            product_line: note.product_line,
            source: note.source,
        })
    };
    Ok(of_year.filter_map(rate).collect())
}

fn may_read(context: &Context, organisation: &Organisation) -> Result<()> {
    context.may_at_all(organisation, Action::CompanyTargets, Right::Read)
}

/// Allows writing notes, or says whom to ask.
pub fn may_write(context: &Context, organisation: &Organisation) -> Result<()> {
    let object = Object::on(Owner::Company, context.today).holding(Subject::MarketNotes.holds());
    context.may(organisation, Action::Facts, Right::Create, &object)?;
    context.may(organisation, Action::Facts, Right::Update, &object).map(|_| ())
}

/// What is wrong with a field, in words.
pub fn problem(lang: Lang, wrong: NoteProblem) -> String {
    let say = lang.market();
    match wrong {
        NoteProblem::Cell(reason) => crate::facts::problems::reason(reason, lang),
        NoteProblem::Kind => say.no_kind().to_owned(),
        NoteProblem::Year => say.no_year().to_owned(),
        NoteProblem::Growth => say.no_growth().to_owned(),
        NoteProblem::GrowthWanted => say.growth_wanted().to_owned(),
    }
}

/// A note as its next version.
fn kept(note: &MarketNote, version: i64, context: &Context) -> Note {
    Note {
        code: note.code.to_string(),
        version,
        day: note.date,
        kind: note.kind.code().to_owned(),
        subject: note.subject.clone(),
        year: note.year.map(i64::from),
        region: note.region.clone(),
        product_line: note.product_line.clone(),
        growth: note.growth,
        source: note.source.clone(),
        body: note.text.clone(),
        withdrawn: false,
        recorded_at: context.now.as_millisecond(),
        actor: context.actor.name().to_owned(),
    }
}

/// A kept note as the rules see it.
pub fn read(note: &Note) -> Result<MarketNote> {
    let broken = |what: &str| Error::Internal(format!("market note {}: {what}", note.code));
    Ok(MarketNote {
        code: Code::read(&note.code).map_err(|_| broken("code"))?,
        date: note.day,
        kind: note.kind.parse::<NoteKind>().map_err(|_| broken("kind"))?,
        subject: note.subject.clone(),
        year: note.year.and_then(|year| i16::try_from(year).ok()),
        region: note.region.clone(),
        product_line: note.product_line.clone(),
        growth: note.growth,
        source: note.source.clone(),
        text: note.body.clone(),
    })
}
