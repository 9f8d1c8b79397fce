//! Responsibility letters of the small company: from targets to drafts, signed by each in order, changed only as new versions.
#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::collections::BTreeSet;
use std::thread;

use dacheng_app::allocation::letters::{
    self, Generated, LetterView, Said, board, change, deliver, difference_to, generate, issue, letter,
    refuse, send_back, set_template, sign, template, verify,
};
use dacheng_app::facts::import::Effect;
use dacheng_app::people::access::of_session;
use dacheng_app::people::sign_in::{Browser, sign_in};
use dacheng_app::planning::{TargetRow, import_targets};
use dacheng_app::testing::company::{PASSWORD, SPECIALISTS, make};
use dacheng_app::testing::{on_both, operator};
use dacheng_app::{Actor, App, Context, Error, Result};
use dacheng_domain::allocation::letter::{
    Limit, Mark, Measured, Party, Promise, Promiser, Signatories, Standing, State, Terms,
};
use dacheng_domain::calendar::Deadline;
use dacheng_text::Lang;
use jiff::civil::date;

fn as_person(app: &App, login: &str) -> Context {
    let address = "127.0.0.1".parse().unwrap();
    let browser = Browser { address, name: "test", device: None, session: None };
    let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
    let visitor = app.context(Actor::Visitor, Lang::Zh);
    let begun = sign_in(app, &visitor, &ground.organisation, (login, PASSWORD), &browser).unwrap();
    of_session(app, &begun.session, &ground.organisation).unwrap().unwrap().caller.context(app)
}

/// The number of the letter of a member.
fn number_of(app: &App, member: &str) -> String {
    let found = board(app, &operator(app), "2026").unwrap();
    found.letters.into_iter().find(|own| own.member == member).unwrap().number
}

fn seen(app: &App, member: &str) -> LetterView {
    letter(app, &operator(app), &number_of(app, member), None).unwrap()
}

/// A step by somebody on the newest version of the letter of a member.
fn step(
    app: &App,
    by: &str,
    member: &str,
    act: impl Fn(&App, &Context, &str, &Said<'_>) -> Result<State>,
) -> Result<State> {
    let view = seen(app, member);
    let head = &view.shown.head;
    let said = Said { version: head.version, digest: &head.digest, address: "192.0.2.7" };
    act(app, &as_person(app, by), &view.number, &said)
}

fn made(app: &App) -> Generated {
    make(app);
    generate(app, &as_person(app, "o1"), "2026", "ALL", Lang::Zh).unwrap()
}

fn issued(app: &App) {
    made(app);
    let came = issue(app, &as_person(app, "o1"), "2026", "ALL", None).unwrap();
    assert_eq!((came.letters.len(), came.faulty.len()), (12, 0), "{came:?}");
}

fn forbidden(result: Result<State>, why: &str) {
    match result {
        Err(Error::Forbidden(said)) => assert!(said.contains(why), "{said}"),
        other => panic!("{other:?}"),
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T>, why: &str) {
    match result {
        Err(Error::Refused(said)) => assert!(said.join("").contains(why), "{said:?}"),
        other => panic!("{other:?}"),
    }
}

fn measured(mark: &Mark) -> &Measured {
    match mark {
        Mark::Target(own) => own,
        Mark::Words(words) => panic!("{words}"),
    }
}

#[test]
fn everybody_who_carries_a_target_gets_a_draft_once_leaders_with_the_sum_of_their_unit() {
    on_both(|app| {
        let came = made(app);
        assert_eq!((came.made, came.renewed, came.unchanged), (12, 0, 0));
        assert!(came.without.is_empty(), "everybody who sells carries something: {came:?}");
        let again = generate(app, &as_person(app, "o1"), "2026", "ALL", Lang::Zh).unwrap();
        assert_eq!((again.made, again.renewed, again.unchanged), (0, 0, 12));

        let own = seen(app, "s1").shown.content;
        assert_eq!(own.terms.items.len(), 2);
        assert_eq!(
            own.terms.items.iter().map(|item| item.weight.to_string()).collect::<Vec<_>>(),
            ["50", "50"]
        );
        // 100 000 yuan of revenue and 80 000 of collections a month.
        let totals: BTreeSet<(&str, i64)> = own
            .terms
            .items
            .iter()
            .map(|item| measured(&item.mark))
            .map(|own| (own.metric.as_str(), own.target))
            .collect();
        assert_eq!(totals, [("collections", 96_000_000), ("revenue", 120_000_000)].into());
        let revenue =
            own.terms.items.iter().map(|item| measured(&item.mark)).find(|own| own.metric == "revenue");
        assert_eq!(revenue.unwrap().quarters, Some([30_000_000; 4]));
        assert_eq!(own.superior.as_deref(), Some("王敏刚"));
        // Two specialists a team, two teams in the east.
        for (leader, people) in [("t1", 2), ("r1", 4), ("d1", 6)] {
            let own = seen(app, leader).shown.content;
            let revenue = own
                .terms
                .items
                .iter()
                .map(|item| measured(&item.mark))
                .find(|own| own.metric == "revenue")
                .unwrap();
            assert_eq!(revenue.target, people * 120_000_000, "{leader}");
            assert!(!revenue.unit.is_empty());
        }
        let shown = format!("{:?}", own.blocks);
        for said in
            ["李喆", "120 万", "一、目标与指标", "李喆应在 3 个工作日内", "华辰智控2026年度", "100,000.00 元"]
        {
            assert!(shown.contains(said), "{said}: {shown}");
        }
    });
}

#[test]
fn a_leader_issues_below_only_and_a_member_sees_no_draft() {
    on_both(|app| {
        make(app);
        let came = generate(app, &as_person(app, "t1"), "2026", "E1", Lang::Zh).unwrap();
        assert_eq!(came.made, 2, "those of the team without its leader");
        let other = generate(app, &as_person(app, "t1"), "2026", "E2", Lang::Zh);
        assert!(matches!(other, Err(Error::Missing { .. } | Error::Forbidden(_))), "{other:?}");
        let own = as_person(app, "s1");
        assert!(matches!(letter(app, &own, &number_of(app, "s1"), None), Err(Error::Missing { .. })));
        assert_eq!(board(app, &own, "2026").unwrap().letters, []);
        issue(app, &as_person(app, "t1"), "2026", "E1", None).unwrap();
        assert_eq!(board(app, &own, "2026").unwrap().letters.len(), 1);
        assert!(
            letter(app, &own, &number_of(app, "s1"), None).unwrap().shown.signs_as == Some(Party::Member)
        );
        assert!(
            matches!(letter(app, &own, &number_of(app, "s2"), None), Err(Error::Missing { .. })),
            "a colleague's"
        );
    });
}

#[test]
fn a_letter_is_signed_by_its_member_then_by_the_direct_superior_and_is_in_force() {
    on_both(|app| {
        issued(app);
        assert_eq!(
            seen(app, "s1").shown.head.due,
            Some(Deadline::Due(date(2026, 11, 30))),
            "five working days"
        );
        forbidden(step(app, "t1", "s1", sign), "责任人本人");
        assert_eq!(step(app, "s1", "s1", sign).unwrap(), State::Signed);
        forbidden(step(app, "s1", "s1", sign), "两次");
        forbidden(step(app, "r1", "s1", sign), "王敏刚");
        assert!(step(app, "o1", "s1", sign).is_err(), "operations issue and do not sign");
        assert_eq!(step(app, "t1", "s1", sign).unwrap(), State::InForce);
        refused(step(app, "t1", "s1", sign), "生效");

        let view = seen(app, "s1");
        let signed: Vec<(Party, &str, &str)> = view
            .shown
            .signatures
            .iter()
            .map(|own| (own.party, own.name.as_str(), own.address.as_str()))
            .collect();
        assert_eq!(signed, [(Party::Member, "李喆", "192.0.2.7"), (Party::Superior, "王敏刚", "192.0.2.7")]);
        assert!(view.shown.signatures.iter().all(|own| own.digest == view.shown.head.digest));
        assert_eq!(view.shown.head.due, None);
    });
}

#[test]
fn the_executive_countersigns_the_director_who_has_nobody_above() {
    on_both(|app| {
        issued(app);
        assert_eq!(seen(app, "d1").shown.head.superior, None);
        assert_eq!(step(app, "d1", "d1", sign).unwrap(), State::Signed);
        forbidden(step(app, "d1", "d1", sign), "两次");
        assert!(step(app, "r1", "d1", sign).is_err());
        assert_eq!(step(app, "x1", "d1", sign).unwrap(), State::InForce);
        assert!(step(app, "x1", "s1", sign).is_err(), "only directors' letters");
    });
}

#[test]
fn a_signature_is_for_the_text_that_was_read_and_never_by_the_program() {
    on_both(|app| {
        issued(app);
        let view = seen(app, "s1");
        let said = |digest: &'static str| Said { version: 1, digest, address: "" };
        refused(sign(app, &as_person(app, "s1"), &view.number, &said("00")), "重新阅读");
        let said = Said { version: 1, digest: &view.shown.head.digest, address: "" };
        assert!(matches!(sign(app, &operator(app), &view.number, &said), Err(Error::NotSignedIn)));
    });
}

#[test]
fn of_two_who_sign_at_once_one_signature_counts() {
    on_both(|app| {
        issued(app);
        let (view, context) = (seen(app, "s1"), as_person(app, "s1"));
        let said = Said { version: 1, digest: &view.shown.head.digest, address: "" };
        let won: usize = thread::scope(|scope| {
            let one = || sign(app, &context, &view.number, &said).is_ok();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
            threads.into_iter().map(|own| own.join().unwrap()).filter(|won| *won).count()
        });
        assert_eq!(won, 1);
        assert_eq!(seen(app, "s1").shown.signatures.len(), 1);
    });
}

#[test]
fn a_returned_letter_is_changed_and_signed_anew_while_the_old_text_stays() {
    on_both(|app| {
        issued(app);
        refused(
            step(app, "s1", "s1", |app, context, number, said| send_back(app, context, number, said, " ")),
            "原因",
        );
        let back = |app: &App, context: &Context, number: &str, said: &Said<'_>| {
            send_back(app, context, number, said, "回款权重过高")
        };
        assert!(step(app, "s2", "s1", back).is_err(), "a colleague");
        assert_eq!(step(app, "s1", "s1", back).unwrap(), State::Returned);
        let view = seen(app, "s1");
        assert_eq!(view.shown.head.reason.as_deref(), Some("回款权重过高"));
        let mut terms = view.shown.content.terms.clone();
        for (item, weight) in terms.items.iter_mut().zip(["30", "60"]) {
            item.weight = weight.parse().unwrap();
        }
        let leader = as_person(app, "t1");
        let stale = change(app, &leader, &view.number, (1, 1), terms.clone());
        assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
        change(app, &leader, &view.number, (1, view.shown.head.revision), terms.clone()).unwrap();
        let draft = seen(app, "s1");
        assert_eq!((draft.shown.head.version, draft.shown.head.state), (2, State::Draft));
        // A draft may have faults; it is not issued with them.
        let came = issue(app, &leader, "2026", "E1", Some("s1")).unwrap();
        assert!(came.letters.is_empty(), "{came:?}");
        assert!(came.faulty[0].1.contains("90.00%"), "{came:?}");
        terms.items[0].weight = "40".parse().unwrap();
        change(app, &leader, &view.number, (2, draft.shown.head.revision), terms).unwrap();
        issue(app, &leader, "2026", "E1", Some("s1")).unwrap();

        let own = as_person(app, "s1");
        let changed = difference_to(app, &own, &view.number, (1, 2)).unwrap();
        let weights: Vec<_> = changed.iter().filter(|own| own.about.ends_with("权重")).collect();
        assert_eq!(weights.len(), 2, "{changed:?}");
        assert_eq!((weights[0].before.as_deref(), weights[0].after.as_deref()), (Some("50%"), Some("40%")));
        let old = letter(app, &own, &view.number, Some(1)).unwrap().shown;
        assert_eq!((old.head.state, old.content), (State::Superseded, view.shown.content));
        assert_eq!(step(app, "s1", "s1", sign).unwrap(), State::Signed);
        assert_eq!(step(app, "t1", "s1", sign).unwrap(), State::InForce);
    });
}

#[test]
fn a_refusal_is_recorded_with_its_reason() {
    on_both(|app| {
        issued(app);
        let no = |app: &App, context: &Context, number: &str, said: &Said<'_>| {
            refuse(app, context, number, said, "目标与区域不符")
        };
        forbidden(step(app, "t1", "s1", no), "责任人本人");
        assert_eq!(step(app, "s1", "s1", no).unwrap(), State::Refused);
        assert!(step(app, "s1", "s1", sign).is_err());
        let view = seen(app, "s1");
        assert_eq!(view.shown.head.reason.as_deref(), Some("目标与区域不符"));
        assert_eq!(view.shown.head.due, None);
    });
}

#[test]
fn other_targets_make_a_new_version_and_the_old_one_holds_until_that_is_signed() {
    on_both(|app| {
        issued(app);
        step(app, "s1", "s1", sign).unwrap();
        step(app, "t1", "s1", sign).unwrap();
        step(app, "s2", "s2", sign).unwrap();
        let row = |member: &str, number: i8| TargetRow {
            plan: "2026".to_owned(),
            metric: "new_customers".to_owned(),
            owner: format!("member:{member}"),
            period: format!("2026-{number:02}"),
            target: "2".to_owned(),
            ..TargetRow::default()
        };
        let rows: Vec<TargetRow> =
            SPECIALISTS.iter().flat_map(|member| (1..=12).map(|number| row(member, number))).collect();
        let imported = import_targets(app, &operator(app), &rows, "test", Effect::Write).unwrap();
        assert_eq!(imported.problems, []);
        let came = generate(app, &as_person(app, "o1"), "2026", "E1", Lang::Zh).unwrap();
        // s1's is in force, those of s2 and t1 wait for signatures.
        assert_eq!((came.made, came.renewed, came.waiting.len()), (0, 1, 2), "{came:?}");
        let draft = seen(app, "s1");
        assert_eq!((draft.shown.head.version, draft.shown.head.state), (2, State::Draft));
        assert_eq!(draft.shown.content.terms.items.len(), 3);
        let weights = draft.shown.content.terms.items.iter().map(|item| item.weight.hundredths());
        assert_eq!(weights.sum::<u32>(), 10_000);
        assert_eq!(draft.versions[0].state, State::InForce);
        issue(app, &as_person(app, "o1"), "2026", "E1", Some("s1")).unwrap();
        assert_eq!(seen(app, "s1").versions[0].state, State::InForce, "until the new one is signed");
        step(app, "s1", "s1", sign).unwrap();
        step(app, "t1", "s1", sign).unwrap();
        let states: Vec<State> = seen(app, "s1").versions.iter().map(|own| own.state).collect();
        assert_eq!(states, [State::Superseded, State::InForce]);
    });
}

#[test]
fn a_third_signature_is_asked_for_where_the_template_says_so() {
    on_both(|app| {
        make(app);
        let operations = as_person(app, "o1");
        let (mut own, version) = template(app, &operations, Lang::Zh).unwrap();
        own.signatories = Signatories::Three;
        set_template(app, &operations, &own, version).unwrap();
        generate(app, &operations, "2026", "ALL", Lang::Zh).unwrap();
        issue(app, &operations, "2026", "ALL", None).unwrap();
        step(app, "s1", "s1", sign).unwrap();
        assert_eq!(step(app, "t1", "s1", sign).unwrap(), State::Countersigned);
        forbidden(step(app, "t1", "s1", sign), "两次");
        assert_eq!(step(app, "r1", "s1", sign).unwrap(), State::InForce);
    });
}

#[test]
fn the_template_is_kept_by_versions_and_issued_letters_keep_their_text() {
    on_both(|app| {
        issued(app);
        let before = seen(app, "s1").shown.content;
        let operations = as_person(app, "o1");
        let (mut own, version) = template(app, &operations, Lang::Zh).unwrap();
        assert_eq!(version, 0);
        own.opening = "{责任人}的{奖金}".to_owned();
        refused(set_template(app, &operations, &own, 0), "没有字段 奖金");
        own.opening = "{责任人}与{公司}约定。".to_owned();
        assert!(matches!(
            set_template(app, &as_person(app, "s1"), &own, 0),
            Err(Error::Missing { .. } | Error::Forbidden(_))
        ));
        assert_eq!(set_template(app, &operations, &own, 0).unwrap(), 1);
        assert!(matches!(set_template(app, &operations, &own, 0), Err(Error::Stale { seen: 0, found: 1 })));
        assert_eq!(seen(app, "s1").shown.content, before);
    });
}

#[test]
fn promises_of_a_letter_in_force_are_kept_by_who_made_them() {
    on_both(|app| {
        made(app);
        let view = seen(app, "s1");
        let promise = Promise {
            number: 1,
            what: "线下推广".to_owned(),
            times: 3,
            unit: "场".to_owned(),
            by: Promiser::Department("marketing".to_owned()),
            due: date(2026, 12, 31),
        };
        let terms = Terms {
            promises: vec![promise],
            limits: vec![Limit::Words("赠品须报批".to_owned())],
            ..view.shown.content.terms.clone()
        };
        let operations = as_person(app, "o1");
        change(app, &operations, &view.number, (1, 1), terms).unwrap();
        issue(app, &operations, "2026", "E1", Some("s1")).unwrap();
        step(app, "s1", "s1", sign).unwrap();
        assert_eq!(seen(app, "s1").promises, [], "nothing counts before all have signed");
        step(app, "t1", "s1", sign).unwrap();
        let held = |by: &str, seen, times| {
            let came = (times, date(2026, 11, 20), "苏州");
            deliver(app, &as_person(app, by), (&view.number, 1), seen, came)
        };
        assert!(matches!(held("s1", 1, 1), Err(Error::Forbidden(_))));
        assert_eq!(held("k1", 1, 2).unwrap(), Standing::Open, "two of three");
        assert!(matches!(held("k1", 1, 1), Err(Error::Stale { .. })));
        refused(held("k1", 2, 0), "大于 0");
        let own = &letter(app, &as_person(app, "s1"), &view.number, None).unwrap().promises[0];
        assert_eq!((own.delivered, own.deliveries.len(), own.may_note), (2, 1, false));
        assert_eq!(held("o1", 2, 1).unwrap(), Standing::Kept);
    });
}

#[test]
fn a_printed_letter_is_known_by_number_and_check_code() {
    on_both(|app| {
        issued(app);
        let view = seen(app, "s1");
        let digest = &view.shown.head.digest;
        let code = format!("{} {}-{}", &digest[..4], digest[4..10].to_uppercase(), &digest[10..20]);
        let found = verify(app, &view.number, &code).unwrap();
        assert_eq!((found.version, found.state, found.signed, found.needed), (1, State::Issued, 0, 2));
        step(app, "s1", "s1", sign).unwrap();
        assert_eq!(verify(app, &view.number, digest).unwrap().signed, 1);
        for (number, code) in
            [(view.number.as_str(), &digest[..8]), ("ZR-2026-9999", digest), (&view.number, "")]
        {
            assert!(
                matches!(letters::verify(app, number, code), Err(Error::Missing { .. })),
                "{number} {code}"
            );
        }
    });
}
