//! A small company for tests, made by the use cases a company uses: people in every role, two years of orders and
//! payments, a plan in force, closed months, a yellow and a red alert.
//!
//! `ALL` has the regions `EAST` (teams `E1`, `E2`) and `SOUTH` (team `S1`); today is [`super::TODAY`], a Monday.
//! Each specialist has a monthly target of 100 000 yuan of revenue and 80 000 of collections in 2026, and one order
//! and one payment a month from January 2025 to November 2026:
//!
//! | member | team | of the revenue target in 2026 |
//! | --- | --- | --- |
//! | `s1` | `E1` | 105 % |
//! | `s2` | `E1` | 90 %, October 75 %: yellow |
//! | `s3` | `E2` | 100 % |
//! | `s4` | `E2` | 100 %, September 65 %: yellow, October 60 %: red |
//! | `s5` | `S1` | 110 % |
//! | `s6` | `S1` | 95 % |
//!
//! In 2025 everybody sold 90 000 a month. Of each order 85 % is paid in its month. Months are closed through
//! October 2026; the go-live month is September 2026. The objective `S1` is served by the revenue of `EAST`; `k1` scores
//! the qualitative target 1 of `s1` from December 2026 on, and enters the metric `events` from November 2026 on.

use std::fmt::Write as _;

use dacheng_domain::access::Role;
use dacheng_domain::calendar::Month;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::files::Limits;
use dacheng_domain::metrics::own::{CarriedBy, Entering, MadeOf, OwnKind, OwnSpec, OwnVersion, Reporter};
use dacheng_domain::metrics::{Direction, Metric, Unit};
use dacheng_domain::planning::WrittenNote;
use dacheng_domain::planning::rubric::Score;
use dacheng_store::accounts as kept;
use dacheng_text::Lang;

use super::{arrived, load, operator};
use crate::allocation::Owner;
use crate::facts::import::Effect;
use crate::files::{New, Subject, attach};
use crate::metrics::define;
use crate::people::member_accounts::{self, Passwords};
use crate::people::{accounts, posts};
use crate::planning::market::add as add_note;
use crate::planning::{TargetRow, import_targets, objectives, rubrics};
use crate::tracking::close::{Recorded, close_history};
use crate::{App, company};

/// The password of every account.
pub const PASSWORD: &str = "长安一片月，万户捣衣声";

/// Everybody who can sign in: log-in name and role. Members' log-in names are their codes. `f2` entered no fact and
/// may close months; `d1` leads the company, `r1` the region `EAST`, `t1` its team `E1`.
pub const PEOPLE: [(&str, Role); 20] = [
    ("x1", Role::Executive),
    ("d1", Role::Director),
    ("r1", Role::RegionManager),
    ("r2", Role::RegionManager),
    ("t1", Role::TeamLeader),
    ("t2", Role::TeamLeader),
    ("t3", Role::TeamLeader),
    ("s1", Role::Specialist),
    ("s2", Role::Specialist),
    ("s3", Role::Specialist),
    ("s4", Role::Specialist),
    ("s5", Role::Specialist),
    ("s6", Role::Specialist),
    ("o1", Role::SalesOperations),
    ("k1", Role::Marketing),
    ("f2", Role::Finance),
    ("h1", Role::Hr),
    ("sys", Role::SystemAdmin),
    ("sec", Role::SecurityAdmin),
    ("aud", Role::Auditor),
];

const UNITS: &str = "unit,name,parent,leader\nALL,华辰智控,,d1\nEAST,华东大区,ALL,r1\nE1,苏州组,EAST,t1\n\
     E2,杭州组,EAST,t2\nSOUTH,华南大区,ALL,r2\nS1,深圳组,SOUTH,t3\n";
const MEMBERS: &str = "member,name,unit,position,hired,left\nx1,陈总,ALL,executive,2020-01-01,\n\
     d1,林远,ALL,director,2020-01-01,\nr1,周岚,EAST,manager,2020-01-01,\nr2,何川,SOUTH,manager,2020-01-01,\n\
     t1,王敏刚,E1,team_leader,2021-01-01,\nt2,赵启,E2,team_leader,2021-01-01,\nt3,孙越,S1,team_leader,2021-01-01,\n\
     s1,李喆,E1,specialist,2022-01-01,\ns2,吴堃,E1,specialist,2022-01-01,\ns3,郑赟,E2,specialist,2022-01-01,\n\
     s4,冯镕,E2,specialist,2022-01-01,\ns5,蒋好,S1,specialist,2022-01-01,\ns6,沈一,S1,specialist,2022-01-01,\n\
     o1,韩运营,ALL,sales_operations,2020-01-01,\nk1,杨市场,ALL,marketing,2020-01-01,\n\
     f2,朱财务,ALL,finance,2020-01-01,\nh1,秦人事,ALL,hr,2020-01-01,\n";
const CUSTOMERS: &str = "customer,name,region,type,owner,first_order\nc1,云帆贸易,江苏,KA,s1,\nc2,南江实业,江苏,SMB,s2,\n\
     c3,西湖电气,浙江,KA,s3,\nc4,钱塘机电,浙江,SMB,s4,\nc5,鹏程科技,广东,KA,s5,\nc6,岭南制造,广东,SMB,s6,\n";
const PRODUCTS: &str = "product,name,line,new_since\np1,控制器,硬件,\np2,云服务,软件,2026-01-01\n";

/// What hangs on the first improvement plan.
pub const EVIDENCE: &[u8] = b"%PDF-1.7\n1 0 obj\n%%EOF\n";

/// Who carries a target.
pub const SPECIALISTS: [&str; 6] = ["s1", "s2", "s3", "s4", "s5", "s6"];

/// Attainment of a specialist in a month of 2026, in per cent.
pub fn percent(member: &str, month: i8) -> i64 {
    match (member, month) {
        ("s1", _) => 105,
        ("s2", 10) => 75,
        ("s2", _) => 90,
        ("s4", 9) => 65,
        ("s4", 10) => 60,
        ("s5", _) => 110,
        ("s6", _) => 95,
        _ => 100,
    }
}

/// Makes the company.
///
/// # Panics
/// Where a use case refuses.
pub fn make(app: &App) {
    settings(app);
    for (kind, text) in [
        (Kind::Units, UNITS),
        (Kind::Members, MEMBERS),
        (Kind::Products, PRODUCTS),
        (Kind::Customers, CUSTOMERS),
    ] {
        load(app, kind, text);
    }
    sales(app);
    targets(app);
    people(app);
    let (from, through) = (month(2026, 1), month(2026, 10));
    let closed = close_history(app, &operator(app), (from, through), Recorded::FirstOfNextMonth);
    closed.unwrap_or_else(|error| panic!("{error}"));
    evidence(app);
    objectives(app);
    market(app);
    own_metrics(app);
}

/// What `k1` enters for every team from November 2026 on.
fn own_metrics(app: &App) {
    let entering =
        Entering { carried_by: CarriedBy::Teams, reporter: Reporter::Member("k1".to_owned()), due_day: 3 };
    let version = OwnVersion {
        version: 1,
        valid_from: month(2026, 11),
        zh: "渠道活动".to_owned(),
        en: "Channel events".to_owned(),
        word: ["场".to_owned(), "events".to_owned()],
        made_of: MadeOf::Entered(entering),
        window: None,
        retired: false,
    };
    let spec = OwnSpec {
        code: "events".to_owned(),
        kind: OwnKind::EnteredSum,
        unit: Unit::Count,
        direction: Direction::Higher,
        versions: vec![version],
    };
    define(app, &operator(app), &spec, 0).unwrap_or_else(|error| panic!("{error}"));
}

/// The objective that the revenue of the east serves, and what `s1` is asked for in December, scored by `k1`.
fn objectives(app: &App) {
    let keep = || {
        let context = operator(app);
        let said = objectives::Said {
            code: "S1".to_owned(),
            name: "拓展华东市场".to_owned(),
            description: "三年内在华东进入前三".to_owned(),
            year: 2026,
            owner: "d1".to_owned(),
        };
        let kept = objectives::create(app, &context, &said)?;
        let east =
            objectives::Target { plan: "2026".to_owned(), metric: Metric::Revenue, unit: "EAST".to_owned() };
        objectives::link(app, &context, "S1", &east, kept.version)?;
        let rubric = rubrics::NewRubric {
            name: "渠道伙伴关系".to_owned(),
            owner: Owner::member("s1"),
            rater: "k1".to_owned(),
            months: (month(2026, 12), month(2026, 12)),
            target: Score::ALL[3],
            levels: ["没有沟通", "出问题才沟通", "每月例会", "共同计划", "带来新客户"].map(str::to_owned),
        };
        rubrics::set(app, &context, &rubric)
    };
    keep().unwrap_or_else(|error| panic!("{error}"));
}

/// What is said of the market: one note.
fn market(app: &App) {
    let note = WrittenNote {
        code: "N1".to_owned(),
        date: "2026-09-30".to_owned(),
        kind: "growth".to_owned(),
        subject: "工控行业规模".to_owned(),
        year: "2027".to_owned(),
        growth: "8.5%".to_owned(),
        source: "行业协会".to_owned(),
        ..WrittenNote::default()
    };
    add_note(app, &operator(app), note).unwrap_or_else(|error| panic!("{error}"));
}

/// A file on the first improvement plan, which is that of `s4`.
fn evidence(app: &App) {
    let file = arrived(EVIDENCE);
    let new = New { name: "客户回执.pdf", file: &file, limits: Limits::default() };
    let attached = attach(app, &operator(app), Subject::ImprovementPlan(1), &new);
    attached.unwrap_or_else(|error| panic!("{error}"));
}

fn month(year: i16, number: i8) -> Month {
    Month::new(year, number).unwrap_or_else(|| panic!("{year}-{number}"))
}

fn settings(app: &App) {
    let settle = || {
        let (before, version) = company::current(&mut app.store.read()?)?;
        let go_live = Some(month(2026, 9));
        let settled = company::Company { name: "华辰智控".to_owned(), go_live, ..before };
        company::settle(app, &operator(app), &settled, version)
    };
    settle().unwrap_or_else(|error| panic!("{error}"));
}

fn sales(app: &App) {
    let mut orders = "order,customer,member,date,amount,status\n".to_owned();
    let mut payments = "payment,order,customer,member,date,amount\n".to_owned();
    let mut lines = "order,line,product,quantity,amount\n".to_owned();
    for (year, number) in (1..=12).map(|number| (2025, number)).chain((1..=11).map(|number| (2026, number))) {
        for (place, member) in SPECIALISTS.iter().enumerate() {
            let amount = if year == 2025 { 90_000 } else { percent(member, number) * 1_000 };
            let (order, paid) = (format!("{year}{number:02}-{member}"), amount * 85 / 100);
            let customer = place + 1;
            let _ = writeln!(orders, "{order},c{customer},{member},{year}-{number:02}-10,{amount}.00,normal");
            let _ =
                writeln!(payments, "P{order},{order},c{customer},{member},{year}-{number:02}-15,{paid}.00");
            let _ = writeln!(lines, "{order},1,p1,1,{}.00\n{order},2,p2,1,{}.00", amount - 20_000, 20_000);
        }
    }
    load(app, Kind::Orders, &orders);
    load(app, Kind::OrderLines, &lines);
    load(app, Kind::Payments, &payments);
}

fn targets(app: &App) {
    let row = |metric: &str, target: &str, member: &&str, number: i8| TargetRow {
        plan: "2026".to_owned(),
        metric: metric.to_owned(),
        owner: format!("member:{member}"),
        period: format!("2026-{number:02}"),
        target: target.to_owned(),
        ..TargetRow::default()
    };
    let metrics = [("revenue", "100000"), ("collections", "80000")];
    let rows: Vec<TargetRow> = metrics
        .iter()
        .flat_map(|(metric, target)| {
            SPECIALISTS
                .iter()
                .flat_map(move |member| (1..=12).map(move |number| row(metric, target, member, number)))
        })
        .collect();
    let imported = import_targets(app, &operator(app), &rows, "test", Effect::Write);
    let imported = imported.unwrap_or_else(|error| panic!("{error}"));
    assert!(imported.problems.is_empty(), "{:?}", imported.problems);
}

fn people(app: &App) {
    let provide = || {
        let context = operator(app);
        let ground = app.memory.ground(&mut app.store.read()?)?;
        let organisation = &ground.organisation;
        let made =
            member_accounts::create(app, &context, organisation, (Passwords::ForShow(PASSWORD), Lang::Zh))?;
        member_accounts::grant(app, &context, organisation)?;
        let hash = match made.first() {
            Some(made) => kept::password(&mut app.store.read()?, made.id)?.unwrap_or_default(),
            None => String::new(),
        };
        let others = [
            ("sys", "系统管理员", Role::SystemAdmin),
            ("sec", "安全管理员", Role::SecurityAdmin),
            ("aud", "审计员", Role::Auditor),
        ];
        for (login, name, role) in others {
            let new = accounts::New { login, name, member: None, lang: Lang::Zh };
            let id = accounts::create(app, &context, organisation, &new)?;
            let mut tx = app.store.write()?;
            kept::set_password(&mut tx, id, &hash)?;
            tx.commit()?;
            let new = posts::New { account: id, role, unit: None, starts: context.today, ends: None };
            posts::grant(app, &context, organisation, &new)?;
        }
        crate::Result::Ok(())
    };
    provide().unwrap_or_else(|error| panic!("{error}"));
}
