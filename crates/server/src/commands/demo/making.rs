//! The first day of the demo company in the program, and its plan: people, products and customers, the past, accounts.

use std::path::Path;

use dacheng_app::company::{self, settle};
use dacheng_app::demo::{self, BEGUN, NAME, YEAR, stages};
use dacheng_app::facts::import::{Effect, Request, import};
use dacheng_app::people::member_accounts::{self, Passwords};
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::calendar::Month;
use dacheng_domain::facts::kind::Kind;
use dacheng_text::Lang;

use super::cast::{at, operator};
use super::{KEEPERS, PASSWORD, metrics, objectives, plan, statements, year};
use crate::program::workbooks;

/// The hour at which the program is set up.
const MORNING: (i8, i8) = (9, 0);
/// What comes in before them.
const MASTER: [Kind; 5] = [Kind::Units, Kind::Members, Kind::Employments, Kind::Products, Kind::Customers];

/// Makes the company, everything by the use cases and on its day. `files` is a folder for the files it brings in.
pub fn make(app: &App, files: &Path) -> Result<()> {
    let totals = demo::write(files)?;
    let first = at(app, BEGUN, MORNING);
    let context = operator(&first);
    let (before, version) = company::current(&mut first.store.read()?)?;
    let named = company::Company { name: NAME.to_owned(), go_live: Month::new(YEAR, 1), ..before };
    settle(&first, &context, &named, version)?;
    bring(&first, &context, files, &MASTER)?;
    accounts(&first)?;
    for keeper in KEEPERS {
        member_accounts::keeper_for_show(&first, &context, keeper, PASSWORD)?;
    }
    let stages = stages();
    let Some((past, later)) = stages.split_first() else { return Ok(()) };
    bring_sales(&first, &context, &files.join(past.folder()))?;
    metrics::define(app)?;
    plan::set(app)?;
    objectives::keep(app)?;
    year::pass(app, files, later, &totals)?;
    statements::keep(app)
}

/// Brings in the files of a folder, those that are there.
fn bring(app: &App, context: &Context, folder: &Path, kinds: &[Kind]) -> Result<()> {
    let workbooks = workbooks()?;
    for kind in kinds {
        let name = format!("{}.csv", kind.name());
        let path = folder.join(&name);
        if !path.exists() {
            continue;
        }
        let request = Request {
            kind: *kind,
            path: &path,
            name: &name,
            mapping: None,
            effect: Effect::Write,
            workbooks: &workbooks,
        };
        let outcome = import(app, context, &request, &mut |_| {})?;
        if let Some(problem) = outcome.problems.first() {
            return Err(Error::Internal(format!("{}: {problem:?}", path.display())));
        }
    }
    Ok(())
}

/// The sales of a folder.
pub fn bring_sales(app: &App, context: &Context, folder: &Path) -> Result<()> {
    bring(app, context, folder, &demo::kinds_of_stages().collect::<Vec<_>>())
}

/// Accounts and posts for those at work who have none.
pub fn accounts(app: &App) -> Result<()> {
    let ground = app.memory.ground(&mut app.store.read()?)?;
    let (context, organisation) = (operator(app), &ground.organisation);
    let passwords = Passwords::ForShow(PASSWORD);
    member_accounts::create(app, &context, organisation, (passwords, Lang::Zh))?;
    member_accounts::grant(app, &context, organisation).map(drop)
}
