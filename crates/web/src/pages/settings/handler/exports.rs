//! The lists of the settings as files: people and accounts, units, jobs, the permission table.

use dacheng_app::exports::{Column, Holds, Value, in_parts};
use dacheng_app::jobs::{self, Line, Place};
use dacheng_app::people::directory::{self, Search};
use dacheng_domain::access::{Role, TABLE};
use dacheng_text::{Lang, policy, role};

use super::{jobs as of_jobs, org, people};
use crate::components::Badged as _;
use crate::exports::{List, Wanted, Whole};
use crate::http::{Desk, Reply};
use crate::pages::settings::job_state;

/// Jobs that are read at once.
const STEP: i64 = 500;

/// `GET /settings/people.xlsx?q=&state=`: everybody who is found.
pub async fn people(file: Wanted<people::Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        let (lang, search) = (desk.lang(), asked.search());
        let found = directory::export(desk.app, &desk.context, desk.organisation(), &search, format)?;
        let list = List {
            title: lang.settings().people().to_owned(),
            filter: filter_of_people(lang, &search),
            columns: columns_of_people(lang),
            ..List::default()
        };
        desk.export(format, list, found.iter().map(|person| Ok(row_of_person(desk, person))))
    })
    .await
}

fn filter_of_people(lang: Lang, search: &Search) -> Vec<String> {
    let standing = search.standing.map(|standing| people::state_of(standing).badge(&lang).text);
    let text = Some(search.text.trim()).filter(|text| !text.is_empty());
    standing.into_iter().chain(text.map(str::to_owned)).collect()
}

fn columns_of_people(lang: Lang) -> Vec<Column> {
    let say = lang.settings();
    vec![
        Column::text(say.name(), 16),
        Column::text(say.code(), 12),
        Column::text(say.login(), 16),
        Column::text(say.seat(), 28),
        Column::text(say.roles_held(), 28),
        Column::text(say.account(), 12),
        Column::of(Holds::Moment, say.last_seen()),
    ]
}

fn row_of_person(desk: &Desk<'_>, person: &directory::Person) -> Vec<Value> {
    let shown = people::row(desk, person, false);
    let login = person.account.as_ref().map(|account| account.login.as_str());
    vec![
        Value::text(shown.person.text),
        Value::text(shown.code),
        Value::text(login.unwrap_or_default()),
        Value::text(shown.seat),
        Value::text(people::roles(desk, person).join(desk.lang().people().comma())),
        Value::text(shown.state.badge(&desk.lang()).text),
        Value::moment(person.last_seen.and_then(|at| desk.clock(at))),
    ]
}

/// `GET /settings/org.xlsx?on=`: the units of a day.
pub async fn org(file: Wanted<org::Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        let (lang, say) = (desk.lang(), desk.lang().settings());
        let (on, units) = org::units(desk, &asked)?;
        let list = List {
            title: say.units().to_owned(),
            filter: vec![on.to_string()],
            columns: vec![
                Column::of(Holds::Serial, lang.targets().level()),
                Column::text(say.unit(), 26),
                Column::text(say.unit_code(), 14),
                Column::text(say.parent(), 26),
                Column::text(say.leader(), 14),
                Column::of(Holds::Count, say.headcount()),
            ],
            ..List::default()
        };
        let row = |unit: &org::UnitLine| {
            vec![
                Value::number(unit.depth + 1),
                Value::text(&unit.name),
                Value::text(&unit.code),
                Value::text(&unit.parent),
                Value::text(&unit.leader),
                Value::number(unit.members),
            ]
        };
        desk.export(format, list, units.iter().map(|unit| Ok(row(unit))))
    })
    .await
}

/// `GET /settings/jobs.xlsx?state=`: jobs and imports, the newest first.
pub async fn jobs(file: Wanted<of_jobs::Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        let (lang, state) = (desk.lang(), asked.state());
        let list = List {
            title: lang.jobs().title().to_owned(),
            filter: state.map(|state| job_state(lang, state).text).into_iter().collect(),
            order: Some(lang.audit().newest_first().to_owned()),
            columns: columns_of_jobs(lang),
            ..List::default()
        };
        let rows = in_parts(Place::NEWEST, |older| {
            let lines = jobs::list(desk.app, &desk.context, desk.organisation(), state, (older, STEP))?;
            let next = lines.last().map(Line::place);
            Ok((lines.iter().map(|line| row_of_job(desk, line)).collect(), next))
        });
        desk.export(format, list, rows)
    })
    .await
}

fn columns_of_jobs(lang: Lang) -> Vec<Column> {
    let say = lang.jobs();
    vec![
        Column::text(say.job(), 24),
        Column::text(say.occasion(), 18),
        Column::text(say.standing(), 12),
        Column::text(say.result(), 44),
        Column::text(say.by(), 14),
        Column::of(Holds::Moment, say.created()),
        Column::of(Holds::Moment, say.started()),
        Column::of(Holds::Moment, say.ended()),
    ]
}

fn row_of_job(desk: &Desk<'_>, line: &Line) -> Vec<Value> {
    let shown = of_jobs::row(desk, line, false);
    vec![
        Value::text(shown.what),
        Value::text(shown.occasion),
        Value::text(shown.state.text),
        Value::text(shown.said),
        Value::text(shown.by),
        Value::moment(desk.clock(line.created_at)),
        Value::moment(line.started_at.and_then(|at| desk.clock(at))),
        Value::moment(line.ended_at.and_then(|at| desk.clock(at))),
    ]
}

/// `GET /settings/roles.xlsx`: the permission table.
pub async fn roles(file: Wanted<Whole>) -> Reply {
    file.answer(|desk, _, format| {
        let (lang, say) = (desk.lang(), desk.lang().settings());
        let roles = Role::ALL.into_iter().map(|of| Column::text(role::name(lang, of), 18));
        let list = List {
            title: say.permissions().to_owned(),
            columns: std::iter::once(Column::text(say.action(), 24)).chain(roles).collect(),
            ..List::default()
        };
        let rows = TABLE.iter().map(|line| {
            let cells = Role::ALL.into_iter().map(|of| {
                let grants = line.cells.of(of).iter();
                let said = grants.map(|grant| {
                    let (rights, conditions) = (policy::rights(lang, grant), policy::conditions(lang, grant));
                    let step_up = policy::step_up(lang, grant).unwrap_or_default();
                    [rights, conditions, step_up]
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .collect::<Vec<_>>()
                        .join(" ")
                });
                Value::text(said.collect::<Vec<_>>().join("\n"))
            });
            Ok(std::iter::once(Value::text(policy::action(lang, line.action))).chain(cells).collect())
        });
        desk.export(format, list, rows)
    })
    .await
}
