//! Evidence on improvement plans: who attaches, sees and withdraws it, that it is kept once and let go of in time, and
//! that a backup brings it back bit for bit.
#![expect(clippy::unwrap_used, reason = "tests")]

mod tracking_support;

use dacheng_app::backup::{Target, restore, save};
use dacheng_app::files::{
    Attached, Hanging, New, Subject, attach, damaged, give_out, open, piece, sweep, withdraw,
};
use dacheng_app::testing::company::{self, EVIDENCE};
use dacheng_app::testing::{arrived, load, on_both, operator, program};
use dacheng_app::tracking::close::{Recorded, close_history};
use dacheng_app::tracking::improvement::{
    Act, Step, Written, accept, plan, record_progress, send_back, start, submit,
};
use dacheng_app::{App, Context, Error, audit};
use dacheng_domain::access::Role;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::files::{Limits, Media};
use dacheng_store::testing::on_new;
use dacheng_store::{Store, audit as trail, files as contents};
use jiff::SignedDuration;
use jiff::civil::date;
use tracking_support::{listed, member_targets, month, orders, person};

/// A company with one yellow alert of `m1`; answers its plan.
fn company_with_a_plan(app: &App) -> i64 {
    tracking_support::company(app);
    member_targets(app, 2026, &["m1"], &["2026-08", "2026-09"], 1_000_000);
    orders(app, &[("o1", "m1", "2026-08-05", "5000")]);
    close_history(app, &operator(app), (month("2026-08"), month("2026-08")), Recorded::Today).unwrap();
    listed(app, None)[0].plan.as_ref().unwrap().id
}

fn pdf(of: &str) -> Vec<u8> {
    format!("%PDF-1.7\n{of}\n%%EOF\n").into_bytes()
}

fn put(
    app: &App,
    context: &Context,
    subject: Subject,
    name: &str,
    bytes: &[u8],
) -> dacheng_app::Result<Attached> {
    let file = arrived(bytes);
    attach(app, context, subject, &New { name, file: &file, limits: Limits::default() })
}

/// The content of a file, as it is given out.
fn content(app: &App, sha256: &str) -> Vec<u8> {
    (0..)
        .map_while(|number| contents::piece(&mut app.store.read().unwrap(), sha256, number).unwrap())
        .flatten()
        .collect()
}

fn hashes(app: &App) -> Vec<String> {
    contents::all(&mut app.store.read().unwrap()).unwrap().into_iter().map(|(sha256, _)| sha256).collect()
}

fn later(app: &App, hours: i64) -> App {
    App { clock: app.clock.advanced(SignedDuration::from_hours(hours)), ..app.clone() }
}

/// Somebody again at the time of a later program.
fn again(app: &App, context: &Context) -> Context {
    let now = app.context(context.actor.clone(), context.lang);
    Context { access: context.access.clone(), ..now }
}

fn written() -> Written {
    let step =
        Step { what: "回访".into(), who: "喆".into(), from: None, by: date(2026, 12, 30), progress: 0 };
    Written {
        cause: "流失".into(),
        goal: "恢复".into(),
        actions: vec![step],
        support: String::new(),
        last_month: month("2026-12"),
    }
}

#[track_caller]
fn refusal<T: std::fmt::Debug>(outcome: dacheng_app::Result<T>) -> String {
    match outcome {
        Err(Error::Refused(sentences)) => sentences.join(" "),
        other => panic!("{other:?}"),
    }
}

#[test]
fn whoever_takes_a_file_is_in_the_trail_and_who_may_not_leaves_no_trace() {
    on_both(|app| {
        let id = company_with_a_plan(app);
        let owner = person(app, "m1", Some("m1"), Role::Specialist, None);
        let leader = person(app, "l", Some("l"), Role::TeamLeader, Some("N1"));
        let colleague = person(app, "m2", Some("m2"), Role::Specialist, None);
        let file = put(app, &owner, Subject::ImprovementPlan(id), "a.pdf", &pdf("a")).unwrap().file().clone();
        let taken = || {
            let mut taken = Vec::new();
            trail::each(&mut app.store.read().unwrap(), |entry| {
                if entry.act == "improvement_plan.give_out_file" {
                    taken.push((entry.actor, entry.object, entry.detail.unwrap()));
                }
            })
            .unwrap();
            taken
        };
        let hanging = open(app, &leader, file.id).unwrap();
        assert_eq!(taken(), [], "looking at the list takes nothing");
        assert!(open(app, &colleague, file.id).is_err());
        assert!(matches!(give_out(app, &colleague, &hanging), Err(Error::Missing { .. })));
        assert_eq!(taken(), [], "who may not see it took nothing");
        let content = give_out(app, &leader, &hanging).unwrap();
        assert_eq!(piece(app, &content, 0).unwrap().unwrap(), pdf("a"));
        let [(actor, object, detail)] = &taken()[..] else { panic!("{:?}", taken()) };
        assert_eq!((actor.as_str(), object.as_str()), ("l", id.to_string().as_str()));
        assert!(detail.contains("a.pdf") && detail.contains(&file.sha256), "{detail}");
    });
}

#[test]
fn the_owner_attaches_reviewers_see_and_nobody_else_knows() {
    on_both(|app| {
        let id = company_with_a_plan(app);
        let owner = person(app, "m1", Some("m1"), Role::Specialist, None);
        let leader = person(app, "l", Some("l"), Role::TeamLeader, Some("N1"));
        let colleague = person(app, "m2", Some("m2"), Role::Specialist, None);
        let subject = Subject::ImprovementPlan(id);
        assert!(matches!(put(app, &leader, subject, "a.pdf", &pdf("a")), Err(Error::Forbidden(_))));
        assert!(matches!(put(app, &colleague, subject, "a.pdf", &pdf("a")), Err(Error::Missing { .. })));
        let nowhere = Subject::ImprovementPlan(99);
        assert!(matches!(put(app, &owner, nowhere, "a.pdf", &pdf("a")), Err(Error::Missing { .. })));
        let Attached::Now(file) = put(app, &owner, subject, "../回执 a.PDF", &pdf("a")).unwrap() else {
            panic!()
        };
        assert_eq!((file.name.as_str(), file.actor.as_str()), ("回执 a.PDF", "m1"));

        let seen = |context: &Context| open(app, context, file.id);
        assert_eq!(seen(&leader).unwrap().media, Media::Pdf);
        assert_eq!(content(app, &file.sha256), pdf("a"));
        assert!(matches!(seen(&colleague), Err(Error::Missing { kind: "file", .. })));
        assert!(matches!(withdraw(app, &colleague, file.id), Err(Error::Missing { kind: "file", .. })));
        assert!(matches!(withdraw(app, &leader, file.id), Err(Error::Forbidden(_))));

        // Once, however often.
        let Attached::Before(same) = put(app, &owner, subject, "other.pdf", &pdf("a")).unwrap() else {
            panic!()
        };
        assert_eq!(same.id, file.id);
        let case = plan(app, &leader, id).unwrap();
        assert_eq!((case.files.len(), case.may_attach, case.files[0].may_withdraw), (1, false, false));
        assert_eq!(case.files[0].who, "m1");
        let case = plan(app, &owner, id).unwrap();
        assert!(case.may_attach && case.files[0].may_withdraw);

        withdraw(app, &owner, file.id).unwrap();
        assert!(matches!(seen(&owner), Err(Error::Missing { .. })));
        assert!(matches!(withdraw(app, &owner, file.id), Err(Error::Missing { .. })));
        let acts: Vec<Act> =
            plan(app, &owner, id).unwrap().history.into_iter().map(|moment| moment.act).collect();
        assert_eq!(acts, [Act::Attached("回执 a.PDF".into()), Act::Withdrew("回执 a.PDF".into())]);
        let entries =
            dacheng_store::audit::of_object(&mut app.store.read().unwrap(), &id.to_string(), None, 9);
        let detail = entries.unwrap()[0].detail.clone().unwrap();
        assert!(detail.contains(&file.sha256) && detail.contains("\"bytes\":17"), "{detail}");
        assert_eq!(audit::first_damaged(&mut app.store.read().unwrap()).unwrap(), None);
    });
}

#[test]
fn what_a_check_has_seen_stays_and_an_ended_plan_takes_nothing() {
    on_both(|app| {
        let id = company_with_a_plan(app);
        let owner = person(app, "m1", Some("m1"), Role::Specialist, None);
        let leader = person(app, "l", Some("l"), Role::TeamLeader, Some("N1"));
        let subject = Subject::ImprovementPlan(id);
        let first = put(app, &owner, subject, "a.pdf", &pdf("a")).unwrap().file().id;
        submit(app, &owner, id, 1, &written()).unwrap();

        // What is being checked changes under the eyes of the checker: they look again.
        let second = put(app, &owner, subject, "b.pdf", &pdf("b")).unwrap().file().id;
        assert!(matches!(accept(app, &leader, id, 2), Err(Error::Stale { .. })));
        withdraw(app, &owner, second).unwrap();
        assert!(matches!(send_back(app, &leader, id, 3, "再看"), Err(Error::Stale { .. })));
        send_back(app, &leader, id, 4, "缺少名单").unwrap();
        assert!(refusal(withdraw(app, &owner, first)).contains("stays"));

        let next = later(app, 1);
        let (owner, leader) = (again(&next, &owner), again(&next, &leader));
        let third = put(&next, &owner, subject, "c.pdf", &pdf("c")).unwrap().file().id;
        let files = plan(&next, &owner, id).unwrap().files;
        assert_eq!(files.iter().map(|file| file.may_withdraw).collect::<Vec<_>>(), [false, true]);
        withdraw(&next, &owner, third).unwrap();
        submit(&next, &owner, id, 5, &written()).unwrap();
        accept(&next, &leader, id, 6).unwrap();
        start(&next, &owner, id, 7).unwrap();
        record_progress(&next, &owner, id, 8, "回访 3 家", &[]).unwrap();

        // A note of the progress carries files of its own.
        let note = Subject::ImprovementNote(plan(&next, &owner, id).unwrap().progress[0].number);
        let last = later(&next, 1);
        let owner = again(&last, &owner);
        let photo = put(&last, &owner, note, "现场.jpg", b"\xff\xd8\xff\xe0photo").unwrap().file().id;
        assert!(put(&last, &owner, subject, "现场.jpg", b"\xff\xd8\xff\xe0photo").is_ok(), "another subject");
        let on: Vec<Subject> =
            plan(&last, &owner, id).unwrap().files.iter().map(|file| file.subject).collect();
        assert_eq!(on, [subject, note, subject]);
        assert!(matches!(
            put(&last, &owner, Subject::ImprovementNote(99), "a.pdf", &pdf("a")),
            Err(Error::Missing { .. })
        ));
        withdraw(&last, &owner, photo).unwrap();

        // September at 100 % recovers it.
        load(
            &last,
            Kind::Orders,
            "order,customer,member,date,amount,status\no2,c1,m1,2026-09-05,10000,normal\n",
        );
        close_history(&last, &operator(&last), (month("2026-09"), month("2026-09")), Recorded::Today)
            .unwrap();
        assert!(refusal(put(&last, &owner, subject, "d.pdf", &pdf("d"))).contains("ended"));
        assert!(refusal(withdraw(&last, &owner, first)).contains("not possible"));
        assert!(open(&last, &owner, first).is_ok(), "and is still given out");
    });
}

#[test]
fn a_document_takes_so_many_files_and_each_refusal_names_its_file() {
    on_both(|app| {
        let id = company_with_a_plan(app);
        let owner = person(app, "m1", Some("m1"), Role::Specialist, None);
        let subject = Subject::ImprovementPlan(id);
        for (name, content, said) in [
            ("a.png", &b"<html>"[..], "PNG"),
            ("空.pdf", b"", "empty"),
            ("run.exe", b"MZ", "XLSX"),
            ("a.svg", b"<svg/>", "kind"),
        ] {
            let told = refusal(put(app, &owner, subject, name, content));
            assert!(told.contains(name) && told.contains(said), "{told}");
        }
        let file = arrived(&pdf("large"));
        let limits = Limits { bytes: file.bytes - 1, ..Limits::default() };
        let told = refusal(attach(app, &owner, subject, &New { name: "large.pdf", file: &file, limits }));
        assert!(told.contains("large.pdf"), "{told}");
        assert!(hashes(app).is_empty(), "nothing is left of what was refused");
        for number in 0..10 {
            put(app, &owner, subject, "a.pdf", &pdf(&number.to_string())).unwrap();
        }
        let told = refusal(put(app, &owner, subject, "11.pdf", &pdf("11")));
        assert!(told.contains("11.pdf") && told.contains("10"), "{told}");
        assert!(matches!(put(app, &owner, subject, "again.pdf", &pdf("3")), Ok(Attached::Before(_))));
    });
}

#[test]
fn of_two_who_attach_at_once_the_document_holds_no_more_than_it_may() {
    on_both(|app| {
        let id = company_with_a_plan(app);
        let owner = person(app, "m1", Some("m1"), Role::Specialist, None);
        let limits = Limits { files: 2, ..Limits::default() };
        let added = std::thread::scope(|scope| {
            let attach = |number: usize| {
                let file = arrived(&pdf(&number.to_string()));
                let new = New { name: "a.pdf", file: &file, limits };
                attach(app, &owner, Subject::ImprovementPlan(id), &new).is_ok()
            };
            let all: Vec<_> = (0..6).map(|number| scope.spawn(move || attach(number))).collect();
            all.into_iter().map(|one| one.join().unwrap()).filter(|added| *added).count()
        });
        assert_eq!((added, plan(app, &owner, id).unwrap().files.len()), (2, 2));
    });
}

#[test]
fn a_content_hangs_twice_is_kept_once_and_goes_when_nothing_holds_it() {
    on_both(|app| {
        let id = company_with_a_plan(app);
        let owner = person(app, "m1", Some("m1"), Role::Specialist, None);
        record_progress(app, &owner, id, 1, "回访", &[]).unwrap();
        let note = Subject::ImprovementNote(plan(app, &owner, id).unwrap().progress[0].number);
        let first = put(app, &owner, Subject::ImprovementPlan(id), "a.pdf", &pdf("a")).unwrap().file().id;
        let second = put(app, &owner, note, "b.pdf", &pdf("a")).unwrap().file().id;
        assert_eq!(hashes(app).len(), 1);
        let now = |app: &App| app.clock.now().as_millisecond();
        withdraw(app, &owner, first).unwrap();
        let days = later(app, 72);
        assert_eq!(sweep(&days, now(&days)).unwrap(), 0, "it hangs elsewhere");
        withdraw(&days, &again(&days, &owner), second).unwrap();
        assert_eq!(sweep(&days, now(&days)).unwrap(), 0, "a day is left to bring it again");
        let gone = later(&days, 25);
        assert_eq!((sweep(&gone, now(&gone)).unwrap(), hashes(app).len()), (1, 0));
        put(&gone, &again(&gone, &owner), note, "b.pdf", &pdf("a")).unwrap();
        assert_eq!(hashes(app).len(), 1);
    });
}

/// Of plan 1, as the operator sees it.
fn evidence(app: &App) -> Vec<Hanging> {
    plan(app, &operator(app), 1).unwrap().files
}

#[test]
fn a_backup_brings_files_back_bit_for_bit_into_either_engine_and_back() {
    on_both(|app| {
        company::make(app);
        let noise: Vec<u8> =
            (0..700_000_u32).map(|at| u8::try_from(at.wrapping_mul(2_654_435_761) >> 24).unwrap()).collect();
        let photo = [&b"\xff\xd8\xff\xe0"[..], &noise].concat();
        put(app, &operator(app), Subject::ImprovementPlan(1), "现场.jpg", &photo).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("first");
        save(app, &path).unwrap();
        let size = std::fs::metadata(&path).unwrap().len();
        assert!(size < 1_100_000, "base64 costs little once packed: {size}");
        let there = |other: &App| {
            assert_eq!(evidence(other), evidence(app));
            let files = evidence(other);
            assert_eq!(content(other, &files[0].sha256), EVIDENCE);
            assert_eq!(content(other, &files[1].sha256), photo);
            assert!(damaged(&mut other.store.read().unwrap()).unwrap().is_empty());
        };
        on_new(|address| {
            let other = program(Store::open(address)?);
            restore(&other.store, &path, Target::Empty).unwrap();
            there(&other);
            let back = folder.path().join("back");
            save(&other, &back).unwrap();
            on_new(|address| {
                let first = program(Store::open(address)?);
                restore(&first.store, &back, Target::Empty).unwrap();
                there(&first);
                Ok(())
            })
            .unwrap();
            std::fs::remove_file(&back).unwrap();
            Ok(())
        })
        .unwrap();
    });
}

#[test]
fn a_content_that_is_not_whole_is_named() {
    on_both(|app| {
        company::make(app);
        let mut tx = app.store.write().unwrap();
        contents::hold(&mut tx, &"a".repeat(64), 3, 0).unwrap();
        contents::write(&mut tx, &"a".repeat(64), 0, b"abc").unwrap();
        tx.commit().unwrap();
        assert_eq!(damaged(&mut app.store.read().unwrap()).unwrap(), ["a".repeat(64)]);
    });
}
