//! The responsibility letters of the demo company: issued in January, signed by nearly everybody, one returned and one refused;
//! marketing promised three campaigns and held two. Who joined since waits for a signature.

use dacheng_app::allocation::letters::{
    LetterLine, Said, board, change, deliver, generate, issue, letter, refuse, send_back, sign,
};
use dacheng_app::demo::YEAR;
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::allocation::letter::{Promise, Promiser, State};
use dacheng_text::Lang;
use jiff::civil::{Date, date};

use super::agenda::Hour;
use super::cast::{EXECUTIVE, MARKETING, OPERATIONS, signed_in};

/// 李喆 has support promised; the others of these have not signed to the end.
const SUPPORTED: &str = "E000013";
const RETURNS: &str = "E000021";
const REFUSES: &str = "E000034";
const FORGETS: &str = "E000047";
/// The address of whoever signs.
const OFFICE: &str = "10.8.0.12";

/// What happens to the letters.
#[derive(Debug, Clone, Copy)]
pub enum Act {
    /// Operations make and issue them, for whoever has none yet.
    Issue,
    /// Members sign; one sends it back, one refuses, one forgets.
    Sign,
    /// The superiors countersign.
    Countersign,
    /// Marketing held a campaign: the how manieth, and where.
    Campaign(i64, &'static str),
    /// Operations held the trainings.
    Training,
}

/// When it happens.
pub const ACTS: [(Date, Hour, Act); 7] = [
    (date(2026, 1, 5), (9, 50), Act::Issue),
    (date(2026, 1, 7), (10, 30), Act::Sign),
    (date(2026, 1, 9), (14, 10), Act::Countersign),
    (date(2026, 3, 20), (17, 0), Act::Training),
    (date(2026, 4, 18), (17, 30), Act::Campaign(1, "苏州 · 到场 46 人")),
    (date(2026, 7, 11), (17, 30), Act::Campaign(2, "杭州 · 到场 38 人")),
    (date(2026, 11, 19), (9, 20), Act::Issue),
];

impl Act {
    /// Does it, at the hour of the program's clock.
    pub fn done(self, app: &App) -> Result<()> {
        let today = app.clock.today(&app.zone);
        match self {
            Self::Issue => issue_all(app),
            Self::Sign => lines(app)?.iter().try_for_each(|line| answer(app, line)),
            Self::Countersign => {
                let mut signed = lines(app)?;
                signed.retain(|line| line.state == State::Signed);
                signed.iter().try_for_each(|line| countersign(app, line))
            }
            Self::Campaign(number, note) => came(app, MARKETING, (1, number), (1, today, note)),
            Self::Training => came(app, OPERATIONS, (2, 1), (2, today, "新产品应用培训")),
        }
    }
}

fn issue_all(app: &App) -> Result<()> {
    let (operations, plan) = (signed_in(app, OPERATIONS)?, YEAR.to_string());
    let ground = app.memory.ground(&mut app.store.read()?)?;
    let organisation = &ground.organisation;
    let top = organisation.top(operations.today).next().and_then(|unit| organisation.unit(unit));
    let top = top.ok_or_else(|| Error::Internal("no unit at the top".to_owned()))?.code.to_string();
    generate(app, &operations, &plan, &top, Lang::Zh)?;
    promise(app, &operations)?;
    issue(app, &operations, &plan, &top, None).map(drop)
}

fn lines(app: &App) -> Result<Vec<LetterLine>> {
    Ok(board(app, &signed_in(app, OPERATIONS)?, &YEAR.to_string())?.letters)
}

/// What a member does with their letter.
fn answer(app: &App, line: &LetterLine) -> Result<()> {
    let by = line.member.as_str();
    match by {
        FORGETS => Ok(()),
        RETURNS => step(app, by, line, |app, context, number, said| {
            send_back(app, context, number, said, "回款权重过高，建议与销售额对调")
        }),
        REFUSES => step(app, by, line, |app, context, number, said| {
            refuse(app, context, number, said, "区域划分调整后客户减少，目标未同步")
        }),
        _ => step(app, by, line, sign),
    }
}

fn countersign(app: &App, line: &LetterLine) -> Result<()> {
    let superior = letter(app, &signed_in(app, OPERATIONS)?, &line.number, None)?.shown.head.superior;
    step(app, superior.as_deref().unwrap_or(EXECUTIVE), line, sign)
}

/// A step by somebody who read the letter.
fn step(
    app: &App,
    by: &str,
    line: &LetterLine,
    act: impl FnOnce(&App, &Context, &str, &Said<'_>) -> Result<State>,
) -> Result<()> {
    let context = signed_in(app, by)?;
    let head = letter(app, &context, &line.number, None)?.shown.head;
    let said = Said { version: head.version, digest: &head.digest, address: OFFICE };
    act(app, &context, &line.number, &said).map(drop)
}

/// Three campaigns of marketing and two trainings, for one whose draft is still to be issued.
fn promise(app: &App, operations: &Context) -> Result<()> {
    let mut drafts = lines(app)?.into_iter().filter(|line| line.state == State::Draft);
    let Some(line) = drafts.find(|line| line.member == SUPPORTED) else { return Ok(()) };
    let shown = letter(app, operations, &line.number, None)?.shown;
    let promise = |number, (what, times, unit): (&str, u32, &str), by: &str, due| Promise {
        number,
        what: what.to_owned(),
        times,
        unit: unit.to_owned(),
        by: Promiser::Department(by.to_owned()),
        due,
    };
    let mut terms = shown.content.terms;
    "苏州市".clone_into(&mut terms.area);
    terms.promises = vec![
        promise(1, ("线下推广", 3, "场"), "marketing", date(2026, 9, 30)),
        promise(2, ("产品培训", 2, "次"), "sales_operations", date(2026, 6, 30)),
    ];
    change(app, operations, &line.number, (shown.head.version, shown.head.revision), terms)
}

/// Something promised came.
fn came(app: &App, by: &str, (promise, seen): (i64, i64), delivery: (u32, Date, &str)) -> Result<()> {
    let line = lines(app)?.into_iter().find(|line| line.member == SUPPORTED);
    let Some(line) = line else { return Ok(()) };
    deliver(app, &signed_in(app, by)?, (&line.number, promise), seen, delivery).map(drop)
}
