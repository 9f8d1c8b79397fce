//! A small company with a plan, its people and its facts, for the tests of closes, alerts and improvement plans.
#![allow(dead_code, reason = "each test binary uses its part")]

use dacheng_app::people::access::{Access, Holder};
use dacheng_app::testing::{load, operator};
use dacheng_app::tracking::alerts::{AlertRow, Filter, State, alerts};
use dacheng_app::{Actor, App, Clock, Context, company};
use dacheng_domain::access::Role;
use dacheng_domain::calendar::Month;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::tracking::alert::Level;
use dacheng_store::plans::{self, Plan};
use dacheng_store::targets::{self, Cell, OwnerKind};
use dacheng_store::{accounts, posts};
use dacheng_text::Lang;
use jiff::civil::Date;

pub fn month(text: &str) -> Month {
    text.parse().unwrap()
}

pub fn number(month: Month) -> i64 {
    i64::from(month.year()) * 100 + i64::from(month.number())
}

/// all › N › N1 with m1, m2; director d, manager n, leader l.
pub fn company(app: &App) {
    load(app, Kind::Units, "unit,name,parent,leader\nall,公司,,d\nN,华北,all,n\nN1,一组,N,l\n");
    load(
        app,
        Kind::Members,
        "member,name,unit,position,hired,left\nd,总监,all,director,,\nn,经理,N,manager,,\nl,组长,N1,team_leader,,\n\
         m1,喆,N1,specialist,,\nm2,堃,N1,specialist,,\n",
    );
    customer(app);
}

/// Rows of members who sit at the top.
pub fn specialists(codes: &[String]) -> String {
    codes.iter().map(|code| format!("{code},{code},all,specialist,,\n")).collect::<Vec<_>>().concat()
}

pub fn customer(app: &App) {
    load(app, Kind::Customers, "customer,name,region,type,owner,first_order\nc1,客一,北,KA,,\n");
}

/// A plan in force with targets in fen.
pub fn plan(app: &App, year: i64, targets: &[(&str, OwnerKind, &str, Month, i64)]) {
    let mut tx = app.store.write().unwrap();
    let code = year.to_string();
    let id = if let Some(plan) = plans::by_code(&mut tx, &code).unwrap() {
        plan.id
    } else {
        let new = Plan {
            id: 0,
            code: code.clone(),
            name: code,
            year,
            state: "in_force".into(),
            basis: "signed".into(),
            reason: None,
            created_at: 0,
            actor: "operator".into(),
            version: 1,
        };
        plans::insert(&mut tx, &new).unwrap().unwrap()
    };
    for metric in ["revenue", "collections"] {
        let own = targets.iter().filter(|(own, ..)| *own == metric);
        let cells: Vec<Cell> = own
            .map(|(_, kind, owner, month, amount)| Cell {
                owner_kind: *kind,
                owner: (*owner).to_owned(),
                product_line: String::new(),
                customer_type: String::new(),
                month: number(*month),
                floor: None,
                amount: *amount,
                stretch: None,
            })
            .collect();
        if !cells.is_empty() {
            targets::replace(&mut tx, id, metric, &cells).unwrap();
        }
    }
    tx.commit().unwrap();
}

/// Revenue targets of members for some months of one year.
pub fn member_targets(app: &App, year: i64, members: &[&str], months: &[&str], amount: i64) {
    let cells: Vec<_> = members
        .iter()
        .flat_map(|member| {
            months.iter().map(|own| ("revenue", OwnerKind::Member, *member, month(own), amount))
        })
        .collect();
    plan(app, year, &cells);
}

/// One order a line: code, member, date, amount in yuan.
pub fn orders(app: &App, rows: &[(&str, &str, &str, &str)]) {
    let line = |(code, member, day, amount): &(&str, &str, &str, &str)| {
        format!("{code},c1,{member},{day},{amount},normal\n")
    };
    let lines = rows.iter().map(line).collect::<Vec<_>>().concat();
    load(app, Kind::Orders, &format!("order,customer,member,date,amount,status\n{lines}"));
}

/// The same program on another day.
pub fn on(app: &App, day: Date) -> App {
    App { clock: Clock::at_noon(day, &app.zone).unwrap(), ..app.clone() }
}

pub fn go_live(app: &App, from: &str) {
    let (settled, version) = company::current(&mut app.store.read().unwrap()).unwrap();
    let settled = company::Company { go_live: Some(month(from)), ..settled };
    company::settle(app, &operator(app), &settled, version).unwrap();
}

/// Somebody who signed in, with one role for the company or a unit.
pub fn person(app: &App, login: &str, member: Option<&str>, role: Role, unit: Option<&str>) -> Context {
    let mut tx = app.store.write().unwrap();
    let account = if let Some(account) = accounts::by_login(&mut tx, login).unwrap() {
        account.id
    } else {
        let new =
            accounts::New { login, name: login, member, language: "en", theme: "system", created_at: 0 };
        let id = accounts::insert(&mut tx, &new).unwrap().unwrap();
        let starts = jiff::civil::date(2020, 1, 1);
        posts::insert(&mut tx, &posts::New { account: id, role, unit, starts, ends: None }).unwrap();
        id
    };
    let held = posts::of_account(&mut tx, account).unwrap();
    tx.commit().unwrap();
    let context = app.context(Actor::Operator, Lang::En);
    let holder = Holder { account, member: member.map(str::to_owned), posts: held, on: context.today };
    let actor = Actor::Account { id: account, login: login.to_owned(), member: member.map(str::to_owned) };
    Context { actor, access: Access::Session(holder), ..context }
}

pub fn listed(app: &App, state: Option<State>) -> Vec<AlertRow> {
    alerts(app, &operator(app), &Filter { state, ..Filter::default() }).unwrap()
}

/// The alerts that stand: owner code, month, level.
pub fn standing(app: &App) -> Vec<(String, String, Level)> {
    let mut rows: Vec<_> = listed(app, None)
        .into_iter()
        .filter(|row| matches!(row.state, State::Open | State::Closed))
        .map(|row| (row.owner.to_string(), row.figure.month.to_string(), row.level))
        .collect();
    rows.sort();
    rows
}
