//! Files that come in by a page or a program: checked, confirmed, written beside the request; one effect however often.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::sync::Arc;

use dacheng_app::facts::import::Effect;
use dacheng_app::facts::subject::Subject;
use dacheng_app::facts::undo::undo;
use dacheng_app::facts::uploads::{
    Begun, Confirmation, Counts, New, State, Uploads, confirm, expire, look, receive,
};
use dacheng_app::facts::verify::differing_blocks;
use dacheng_app::people::access::{Access, Holder};
use dacheng_app::testing::{import_with, load, on_both, operator};
use dacheng_app::{Actor, App, Context, Error};
use dacheng_domain::access::{AccountId, Role};
use dacheng_domain::facts::kind::Kind;
use dacheng_sheets::ChildCommand;
use dacheng_store::posts::{Post, PostId};
use dacheng_text::Lang;
use jiff::SignedDuration;

const HEADER: &str = "order,customer,member,date,amount,status\n";

fn company(app: &App) {
    load(app, Kind::Units, "unit,name,parent,leader\nALL,Company,,\n");
    load(app, Kind::Members, "member,name,unit,position\ns1,Li,ALL,specialist\n");
    load(app, Kind::Customers, "customer,name\nc1,Cloud\n");
}

fn uploads(folder: &tempfile::TempDir) -> Arc<Uploads> {
    let workbooks = ChildCommand { program: "false".into(), arguments: Vec::new() };
    Arc::new(Uploads::new(folder.path().join("uploads"), workbooks).unwrap())
}

fn send(app: &App, context: &Context, uploads: &Arc<Uploads>, text: &str, request: Option<&str>) -> Begun {
    let mut incoming = uploads.incoming(app, dacheng_app::facts::uploads::MOST_BYTES).unwrap();
    incoming.write(text.as_bytes()).unwrap();
    let (subject, file) = (Subject::Facts(Kind::Orders), incoming.finish());
    let confirmation = Confirmation::ByAPerson;
    let new = New { subject, name: "orders.csv", file, mapping: None, confirmation, request };
    receive(app, context, uploads, new).unwrap()
}

fn files(folder: &tempfile::TempDir) -> usize {
    std::fs::read_dir(folder.path().join("uploads")).unwrap().count()
}

/// Somebody with the post of sales operations for the whole company.
fn sales_operations(app: &App, account: i64, login: &str) -> Context {
    let id = AccountId(account);
    let post = Post {
        id: PostId(account),
        account: id,
        role: Role::SalesOperations,
        unit: None,
        starts: "2020-01-01".parse().unwrap(),
        ends: None,
    };
    let actor = Actor::Account { id, login: login.to_owned(), member: None };
    let context = app.context(actor, Lang::En);
    let holder = Holder { account: id, member: None, posts: vec![post], on: context.today };
    Context { access: Access::Session(holder), ..context }
}

#[test]
fn a_file_that_two_people_bring_at_once_counts_once() {
    on_both(|app| {
        company(app);
        let folder = tempfile::tempdir().unwrap();
        let uploads = uploads(&folder);
        let text = format!("{HEADER}N1,c1,s1,2026-11-20,5.00,normal\nN2,c1,s1,2026-11-20,6.00,normal\n");
        let people = [sales_operations(app, 901, "a"), sales_operations(app, 902, "b")];
        let sent = people.each_ref().map(|who| send(app, who, &uploads, &text, None).import());
        uploads.wait();
        std::thread::scope(|scope| {
            for (who, import) in people.iter().zip(sent) {
                let uploads = &uploads;
                scope.spawn(move || confirm(app, who, uploads, import).unwrap());
            }
        });
        uploads.wait();
        let counts = sent.map(|import| look(app, &people[0], import).unwrap().import.counts);
        let total = |part: fn(&Counts) -> i64| counts.iter().map(part).sum::<i64>();
        assert_eq!((total(|counts| counts.added), total(|counts| counts.unchanged)), (2, 2));
        assert_eq!(differing_blocks(&mut app.store.read().unwrap()).unwrap(), []);
        assert_eq!(files(&folder), 0, "files are removed once they are written");
    });
}

#[test]
fn the_same_request_has_one_effect() {
    on_both(|app| {
        company(app);
        let folder = tempfile::tempdir().unwrap();
        let uploads = uploads(&folder);
        let (one, other) = (sales_operations(app, 901, "a"), sales_operations(app, 902, "b"));
        let text = format!("{HEADER}N1,c1,s1,2026-11-20,5.00,normal\n");
        let first = send(app, &one, &uploads, &text, Some("k"));
        assert_eq!(send(app, &one, &uploads, &text, Some("k")), Begun::Before(first.import()));
        assert!(
            matches!(send(app, &other, &uploads, &text, Some("k")), Begun::Now(_)),
            "keys are each person's own"
        );
        uploads.wait();
    });
}

#[test]
fn nobody_undoes_an_import_after_a_day_but_the_operator() {
    on_both(|app| {
        company(app);
        let outcome = load(app, Kind::Orders, &format!("{HEADER}N1,c1,s1,2026-11-20,5.00,normal\n"));
        let import = outcome.import.unwrap();
        let mut later = app.clone();
        later.clock = app.clock.advanced(SignedDuration::from_hours(24) + SignedDuration::from_secs(1));
        let late = undo(&later, &sales_operations(&later, 901, "a"), import);
        assert!(matches!(late, Err(Error::Refused(_))), "{late:?}");
        undo(&later, &operator(&later), import).unwrap();
    });
}

#[test]
fn a_file_that_waited_a_day_is_let_go() {
    on_both(|app| {
        company(app);
        let folder = tempfile::tempdir().unwrap();
        let uploads = uploads(&folder);
        let who = sales_operations(app, 901, "a");
        let text = format!("{HEADER}N1,c1,s1,2026-11-20,5.00,normal\n");
        let import = send(app, &who, &uploads, &text, None).import();
        uploads.wait();
        expire(app, uploads.folder()).unwrap();
        assert_eq!((look(app, &who, import).unwrap().import.state, files(&folder)), (State::Checked, 1));
        let mut later = app.clone();
        later.clock = app.clock.advanced(SignedDuration::from_hours(24));
        expire(&later, uploads.folder()).unwrap();
        assert_eq!((look(app, &who, import).unwrap().import.state, files(&folder)), (State::Discarded, 0));
    });
}

#[test]
fn a_dry_run_of_many_lines_finds_what_the_import_finds() {
    on_both(|app| {
        company(app);
        load(app, Kind::Products, "product,name\np1,One\n");
        // One order of one line, then orders of two: every even cut would fall within an order.
        let count = 10_500;
        let amount = |order: usize| if order == 0 { "1.00" } else { "2.00" };
        let orders: Vec<String> = (0..count)
            .map(|order| format!("O{order:06},c1,s1,2026-11-20,{},normal\n", amount(order)))
            .collect();
        load(app, Kind::Orders, &format!("{HEADER}{}", orders.concat()));
        let lines: Vec<String> = (0..count)
            .flat_map(|order| (0..if order == 0 { 1 } else { 2 }).map(move |line| (order, line)))
            .map(|(order, line)| format!("O{order:06},{line},p1,1,1.00\n"))
            .collect();
        let text = format!("order,line,product,quantity,amount\n{}", lines.concat());
        let tried = import_with(app, Kind::OrderLines, &text, None, Effect::DryRun).unwrap();
        assert_eq!(tried.problems, []);
        assert_eq!(tried.counts.added, i64::try_from(2 * count - 1).unwrap());
        let twice = format!("{text}O000000,0,p1,1,1.00\n");
        let tried = import_with(app, Kind::OrderLines, &twice, None, Effect::DryRun).unwrap();
        assert_eq!(tried.problems.len(), 1, "a key that stands twice, far apart");
    });
}
