//! Every column comes back as it was written: nothing, names of any script, the ends of numbers and of time. Lists
//! may be empty.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_domain::access::Role;
use dacheng_domain::calendar::Calendar;
use dacheng_domain::tracking::alert::{Level, Remedy, Window};
use dacheng_domain::tracking::close::{CloseState, MonthStanding};
use dacheng_domain::tracking::improvement::{Plan as Course, PlanSettings, PlanTerms};
use dacheng_store::accounts::{self, Account, AccountId};
use dacheng_store::alerts::{self, Alert, Evidence};
use dacheng_store::blocks::{self, Place};
use dacheng_store::breakdowns::{self, Child, Difference};
use dacheng_store::closes::{self, Close, Figure};
use dacheng_store::guesses::{self, Failures};
use dacheng_store::improvement::{self, Progress};
use dacheng_store::invitations::{self, Invitation};
use dacheng_store::locks::{self, Lock};
use dacheng_store::plans::{self, Plan};
use dacheng_store::posts::{self, Post};
use dacheng_store::sessions::{self, Session};
use dacheng_store::settings::{self, Setting};
use dacheng_store::targets::{self, Cell, OwnerKind};
use dacheng_store::testing::on_both;
use dacheng_store::tokens::{self, Token};
use dacheng_store::{Result, Write, counter};
use jiff::civil::{Date, date};

/// Rare characters, two planes, quotes and line breaks.
const NAME: &str = "喆堃赟镕 𠮷😀 'a' \"b\" \\ %_ é\n\tz";
/// Long before 1970 and long after 2100.
const OLD: Date = date(1899, 12, 31);
const FAR: Date = date(2199, 2, 28);

fn account(tx: &mut Write, login: &str) -> Result<AccountId> {
    let (member, language, theme) = (Some("001234"), "zh-CN", "system");
    let new = accounts::New { login, name: NAME, member, language, theme, created_at: i64::MIN };
    Ok(accounts::insert(tx, &new)?.unwrap())
}

fn plan() -> Plan {
    Plan {
        id: 0,
        code: "2027 镕".into(),
        name: NAME.into(),
        year: 2027,
        state: "draft".into(),
        basis: "signed".into(),
        reason: Some(NAME.into()),
        created_at: i64::MIN,
        actor: NAME.into(),
        version: 1,
    }
}

#[test]
fn people_and_their_keys_come_back_with_every_column() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = account(&mut tx, NAME)?;
        let changed = Account {
            id,
            login: NAME.into(),
            name: String::new(),
            member: None,
            state: accounts::State::Suspended,
            language: "en".into(),
            theme: "dark".into(),
            created_at: i64::MIN,
            version: 1,
        };
        assert!(accounts::update(&mut tx, &changed)?);
        assert_eq!(accounts::by_id(&mut tx, id)?, Some(Account { version: 2, ..changed.clone() }));
        assert_eq!(changed.state.code().parse::<accounts::State>()?, changed.state);
        assert!("asleep".parse::<accounts::State>().is_err());

        for (unit, starts, ends) in [(None, OLD, None), (Some(NAME), OLD, Some(FAR)), (None, FAR, Some(OLD))]
        {
            let new = posts::New { account: id, role: Role::Auditor, unit, starts, ends };
            let post = posts::insert(&mut tx, &new)?;
            let unit = unit.map(str::to_owned);
            let kept = Post { id: post, account: id, role: Role::Auditor, unit, starts, ends };
            assert_eq!(
                kept.span().is_some(),
                ends != Some(OLD),
                "a post that ends before it begins has no days"
            );
            assert_eq!(posts::by_id(&mut tx, post)?, Some(kept));
        }
        let session = Session {
            hash: NAME.into(),
            account: id,
            address: "2001:db8::1".into(),
            device: NAME.into(),
            started_at: i64::MIN,
            password_at: i64::MIN + 1,
            seen_at: -1,
            idle_for: i64::MAX,
            expires_at: i64::MAX,
        };
        sessions::insert(&mut tx, &session)?;
        assert_eq!(sessions::by_hash(&mut tx, NAME)?.unwrap().0, session);

        let (name, scopes) = (NAME, "");
        let new =
            tokens::New { hash: NAME, account: id, name, scopes, created_at: i64::MIN, expires_at: i64::MAX };
        let token = tokens::insert(&mut tx, &new)?;
        let (created_at, expires_at) = (i64::MIN, i64::MAX);
        let kept = Token {
            id: token,
            account: id,
            name: NAME.into(),
            scopes: String::new(),
            created_at,
            expires_at,
        };
        assert_eq!(tokens::by_hash(&mut tx, NAME)?.unwrap().0, kept);

        for (hash, account) in [("a", None), ("b", Some(id))] {
            let link = Invitation { hash: hash.into(), account, created_at: i64::MIN, expires_at: i64::MAX };
            invitations::insert(&mut tx, &link)?;
            assert_eq!(invitations::by_hash(&mut tx, hash, i64::MAX - 1)?, Some(link));
            assert_eq!(invitations::by_hash(&mut tx, hash, i64::MAX)?, None);
        }
        let failures = Failures { count: i64::MAX, last_at: i64::MIN };
        guesses::lock(&mut tx, NAME)?;
        guesses::set(&mut tx, NAME, failures)?;
        assert_eq!(guesses::lock(&mut tx, NAME)?, failures);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn plans_and_cells_come_back_with_every_column() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = plans::insert(&mut tx, &plan())?.unwrap();
        assert_eq!(plans::by_code(&mut tx, "2027 镕")?, Some(Plan { id, ..plan() }));
        assert_eq!(plans::by_id(&mut tx, id)?.map(|plan| plan.code), Some("2027 镕".into()));
        let changed = Plan {
            id,
            name: String::new(),
            state: "in_force".into(),
            basis: "booked".into(),
            reason: None,
            ..plan()
        };
        assert!(!plans::update(&mut tx, &changed, 0)?);
        assert!(!plans::update(&mut tx, &changed, 2)?);
        assert!(plans::update(&mut tx, &changed, 1)?);
        assert_eq!(plans::lock(&mut tx, id)?, Some(Plan { version: 2, ..changed }));

        let cell = |owner_kind, line: &str, floor, amount| Cell {
            owner_kind,
            owner: NAME.into(),
            product_line: line.into(),
            customer_type: line.into(),
            month: 209_912,
            floor,
            amount,
            stretch: floor.map(|_| i64::MAX),
        };
        let cells = [
            cell(OwnerKind::Unit, "", None, i64::MIN),
            cell(OwnerKind::Member, "", Some(i64::MIN), i64::MAX),
            cell(OwnerKind::Member, NAME, Some(0), 0),
        ];
        let first = targets::replace(&mut tx, id, NAME, &cells)?;
        assert_eq!(targets::current(&mut tx, id, NAME, (209_912, 209_912))?, cells);
        assert_eq!(targets::current(&mut tx, id, NAME, (0, 209_911))?, []);
        assert_eq!(targets::current(&mut tx, id, NAME, (209_913, 999_999))?, []);
        let second = targets::replace(&mut tx, id, NAME, &cells)?;
        assert_eq!(second, first + 1, "the sequence goes on though no cell has a new version");
        assert_eq!(targets::at(&mut tx, id, NAME, (209_912, 209_912), first)?, cells);
        assert_eq!(targets::at(&mut tx, id, NAME, (209_912, 209_912), first - 1)?, []);
        assert_eq!(breakdowns::parts_of(&mut tx, (id, NAME), OwnerKind::Member, &[NAME])?, cells[2..]);
        assert_eq!(breakdowns::carried(&mut tx, (id, NAME))?, [(209_912, i64::MAX)]);
        for kind in [OwnerKind::Unit, OwnerKind::Member] {
            assert_eq!(OwnerKind::of(kind.number())?, kind);
        }
        assert!(OwnerKind::of(0).is_err());
        tx.commit()
    })
    .unwrap();
}

#[test]
fn what_members_carry_is_refused_rather_than_wrong_beyond_any_number() {
    on_both(|store| {
        let mut tx = store.write()?;
        let id = plans::insert(&mut tx, &plan())?.unwrap();
        let cell = |owner: &str, amount| Cell {
            owner_kind: OwnerKind::Member,
            owner: owner.into(),
            product_line: String::new(),
            customer_type: String::new(),
            month: 202_701,
            floor: None,
            amount,
            stretch: None,
        };
        targets::replace(&mut tx, id, "revenue", &[cell("a", i64::MAX), cell("b", -1)])?;
        assert_eq!(breakdowns::carried(&mut tx, (id, "revenue"))?, [(202_701, i64::MAX - 1)]);
        targets::replace(&mut tx, id, "revenue", &[cell("b", 1)])?;
        assert!(breakdowns::carried(&mut tx, (id, "revenue")).is_err());
        Ok(())
    })
    .unwrap();
}

#[test]
fn breakdowns_and_locks_come_back_with_every_column() {
    on_both(|store| {
        let mut tx = store.write()?;
        let of = (plans::insert(&mut tx, &plan())?.unwrap(), NAME);
        breakdowns::save(&mut tx, of, NAME, NAME, i64::MAX, NAME)?;
        let saved = &breakdowns::of_units(&mut tx, of, &[NAME])?[0];
        assert_eq!((saved.unit.as_str(), saved.method.as_str(), saved.version), (NAME, NAME, 1));
        let (owner_kind, owner) = (OwnerKind::Unit, NAME.to_owned());
        let child =
            Child { unit: String::new(), owner_kind, owner, place: i64::from(i32::MAX), months: 4_095 };
        breakdowns::replace_children(&mut tx, of, &[""], std::slice::from_ref(&child))?;
        assert_eq!(breakdowns::children(&mut tx, of, &[""])?, [child]);
        let differences = [
            Difference { unit: String::new(), month: 202_701, reserve: i64::MIN, buffer: i64::MAX },
            Difference { unit: NAME.into(), month: 202_612, reserve: 0, buffer: -1 },
        ];
        breakdowns::replace_differences(&mut tx, of, &["", NAME], &differences)?;
        assert_eq!(breakdowns::differences(&mut tx, of, &[NAME, ""])?, differences);
        let lock = |month| Lock {
            owner_kind: OwnerKind::Unit,
            owner: NAME.into(),
            month,
            actor: NAME.into(),
            reason: NAME.into(),
            at: i64::MIN,
        };
        locks::set(&mut tx, of, &[lock(locks::YEAR), lock(202_701)])?;
        assert_eq!(locks::all(&mut tx, of)?, [lock(locks::YEAR), lock(202_701)]);
        assert_eq!(locks::all(&mut tx, (of.0, "revenue"))?, []);
        tx.commit()
    })
    .unwrap();
}

fn course() -> Course {
    let calendar = Calendar::shipped();
    let terms = PlanTerms { calendar: &calendar, settings: PlanSettings::default() };
    Course::open("2026-08".parse().unwrap(), Level::Red, date(2026, 9, 1), &terms)
}

fn improvement(id: i64, text: Option<&str>) -> improvement::Plan {
    improvement::Plan {
        id,
        owner_kind: if text.is_some() { OwnerKind::Unit } else { OwnerKind::Member },
        owner: NAME.into(),
        metric: NAME.into(),
        remedy: Remedy::ImprovementPlan,
        course: course(),
        written: text.map(str::to_owned),
        note: text.map(str::to_owned),
        submitted_by: text.map(str::to_owned),
        checked_by: text.map(str::to_owned),
        version: 1,
    }
}

fn alert(id: i64, plan: Option<i64>, on: Date, previous: Option<i64>) -> Alert {
    Alert {
        id,
        owner_kind: OwnerKind::Member,
        owner: NAME.into(),
        metric: NAME.into(),
        month: 200_000 + id,
        level: if plan.is_some() { Level::Red } else { Level::Yellow },
        remedy: Remedy::ImprovementPlan,
        state: alerts::State::Open,
        judged: Window::Month,
        rule_version: i64::MAX,
        evidence: Evidence {
            actual: i64::MIN,
            target: i64::MAX,
            previous_actual: previous,
            previous_target: previous,
        },
        raised_on: on,
        ended_on: None,
        plan,
    }
}

#[test]
fn alerts_and_plans_come_back_with_every_column() {
    on_both(|store| {
        let mut tx = store.write()?;
        let plans = [improvement(1, None), improvement(2, Some(NAME))];
        improvement::append(&mut tx, &plans)?;
        for plan in &plans {
            assert_eq!(improvement::by_id(&mut tx, plan.id)?.as_ref(), Some(plan));
        }
        let emptied = improvement::Plan { version: 1, owner_kind: OwnerKind::Unit, ..improvement(2, None) };
        assert!(improvement::save(&mut tx, &emptied)?);
        assert_eq!(
            improvement::by_id(&mut tx, 2)?,
            Some(improvement::Plan { version: 2, ..emptied.clone() })
        );
        assert!(!improvement::save(&mut tx, &emptied)?);
        assert_eq!(improvement::by_id(&mut tx, 3)?, None);
        let notes: Vec<Progress> = [(1, i64::MAX), (2, i64::MIN), (3, 0)]
            .map(|(number, at)| Progress { number, at, actor: NAME.into(), note: NAME.into() })
            .into();
        for note in &notes {
            assert_eq!(improvement::note(&mut tx, 1, note)?, note.number);
        }
        assert_eq!(improvement::notes(&mut tx, 1)?, notes, "in the order they were noted");

        let rows = [alert(1, None, OLD, None), alert(2, Some(2), FAR, Some(i64::MIN))];
        alerts::append(&mut tx, &rows)?;
        assert_eq!(alerts::by_id(&mut tx, 1)?, Some((rows[0].clone(), None)));
        assert_eq!(alerts::by_id(&mut tx, 2)?.unwrap().0, rows[1]);
        assert_eq!(alerts::of_plan(&mut tx, 2)?, rows[1..]);
        for (state, on) in [(alerts::State::Replaced, OLD), (alerts::State::Withdrawn, FAR)] {
            alerts::end(&mut tx, NAME, &[1, 2], state, on)?;
            let ended = Alert { state, ended_on: Some(on), ..rows[0].clone() };
            assert_eq!(alerts::by_id(&mut tx, 1)?.unwrap().0, ended);
            assert_eq!(state.word().parse::<alerts::State>()?, state);
        }
        alerts::end(&mut tx, "another", &[1], alerts::State::Closed, OLD)?;
        assert_eq!(alerts::by_id(&mut tx, 1)?.unwrap().0.state, alerts::State::Withdrawn, "another metric's");
        assert!("?".parse::<alerts::State>().is_err());
        tx.commit()
    })
    .unwrap();
}

#[test]
fn closes_and_settings_come_back_with_every_column() {
    on_both(|store| {
        let mut tx = store.write()?;
        let close = |month, on: Option<Date>| Close {
            month,
            state: CloseState::Open,
            standing: MonthStanding::Open,
            proposed_by: on.map(|_| NAME.into()),
            closed_by: on.map(|_| NAME.into()),
            recorded_on: on,
            sequence: on.map(|_| i64::MAX),
            reopening: on.map(|_| (NAME.into(), Role::Finance)),
            controls: Vec::new(),
            version: 0,
        };
        let closes = [close(190_001, None), close(202_612, Some(OLD)), close(219_912, Some(FAR))];
        for close in closes.iter().rev() {
            assert!(closes::save(&mut tx, close)?);
        }
        assert!(!closes::save(&mut tx, &Close { version: 2, ..close(202_612, None) })?, "a version to come");
        assert_eq!(closes::all(&mut tx)?, closes.map(|close| Close { version: 1, ..close }));
        let figure = |month, actual, target| Figure {
            owner_kind: OwnerKind::Unit,
            owner: NAME.into(),
            month,
            actual,
            target,
        };
        let figures = [figure(202_612, i64::MIN, None), figure(202_701, i64::MAX, Some(i64::MIN))];
        for own in &figures {
            closes::book(&mut tx, NAME, own.month, std::slice::from_ref(own))?;
        }
        assert_eq!(closes::figures(&mut tx, NAME, (202_612, 202_701))?, figures);
        assert_eq!(closes::figures(&mut tx, NAME, (202_701, 202_612))?, []);

        assert!(settings::append(&mut tx, NAME, 0, NAME, i64::MIN, NAME)?);
        let kept = Setting { version: 1, value: NAME.into(), recorded_at: i64::MIN, actor: NAME.into() };
        assert_eq!(settings::current(&mut tx, NAME)?, Some(kept));
        tx.commit()
    })
    .unwrap();
}

#[test]
fn blocks_keep_any_bytes() {
    on_both(|store| {
        let mut tx = store.write()?;
        let every: Vec<u8> = (0..=u8::MAX).cycle().take(300_000).collect();
        let (least, most) = (i64::from(i16::MIN), i64::from(i16::MAX));
        for (grain, bytes) in [(least, Vec::new()), (0, vec![0]), (most, every)] {
            let place = Place { measure: most, month: 209_912, grain };
            assert!(blocks::replace(&mut tx, place, 0, i64::MAX, &bytes)?);
            assert_eq!(blocks::by_place(&mut tx, place)?, Some((i64::MAX, bytes)));
        }
        let grains: Vec<i64> = blocks::places(&mut tx)?.into_iter().map(|place| place.grain).collect();
        assert_eq!(grains, [least, 0, most]);
        assert_eq!(blocks::sequences(&mut tx, 209_913, 999_999)?, []);
        assert_eq!(blocks::sequences(&mut tx, 0, 209_911)?, []);
        assert_eq!(blocks::sequences(&mut tx, 209_912, 209_912)?.len(), 3);
        assert_eq!(blocks::clear(&mut tx)?, 3);
        assert_eq!(closes::first_month_with_facts(&mut tx)?, None);
        for month in [202_612, 190_001] {
            blocks::replace(&mut tx, Place { measure: 1, month, grain: 1 }, 0, 1, b"")?;
        }
        assert_eq!(closes::first_month_with_facts(&mut tx)?, Some(190_001));
        blocks::replace(&mut tx, Place { measure: 7, month: 202_601, grain: 1 }, 0, 1, b"")?;
        assert_eq!(blocks::measures(&mut tx)?, [1, 7]);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn a_counter_never_runs_over() {
    on_both(|store| {
        let mut tx = store.write()?;
        assert_eq!(counter::reserve(&mut tx, NAME, i64::MAX)?, 1);
        assert_eq!(counter::last(&mut tx, NAME)?, i64::MAX);
        tx.commit()?;
        assert!(counter::next(&mut store.write()?, NAME).is_err());
        assert_eq!(counter::last(&mut store.read()?, NAME)?, i64::MAX);
        assert_eq!(counter::last(&mut store.read()?, "another")?, 0);
        Ok(())
    })
    .unwrap();
}

#[test]
fn empty_lists_change_and_find_nothing() {
    on_both(|store| {
        let mut tx = store.write()?;
        let of = (plans::insert(&mut tx, &plan())?.unwrap(), "revenue");
        breakdowns::save(&mut tx, of, "S", "even", 1, "ops")?;
        breakdowns::touch(&mut tx, of, &[], 2, "ops")?;
        breakdowns::forget(&mut tx, of, &[])?;
        breakdowns::replace_children(&mut tx, of, &[], &[])?;
        breakdowns::replace_differences(&mut tx, of, &[], &[])?;
        assert_eq!(breakdowns::of_units(&mut tx, of, &["S"])?[0].version, 1);
        assert_eq!(breakdowns::of_units(&mut tx, of, &[])?, []);
        assert_eq!(breakdowns::children(&mut tx, of, &[])?, []);
        assert_eq!(breakdowns::parents(&mut tx, of, OwnerKind::Unit, &[])?, []);
        assert_eq!(breakdowns::cells_below(&mut tx, of, &[])?, []);
        assert_eq!(breakdowns::cells_of(&mut tx, of, OwnerKind::Unit, &[])?, []);
        assert_eq!(breakdowns::parts_of(&mut tx, of, OwnerKind::Unit, &[])?, []);
        assert_eq!(breakdowns::differences(&mut tx, of, &[])?, []);
        assert_eq!(breakdowns::metrics(&mut tx, of.0)?, [""; 0]);
        assert_eq!(targets::replace(&mut tx, of.0, of.1, &[])?, 1);
        assert_eq!(targets::end(&mut tx, of.0, of.1, &[])?, 2);
        locks::set(&mut tx, of, &[])?;
        assert_eq!(locks::remove(&mut tx, of, &[])?, 0);
        alerts::append(&mut tx, &[])?;
        alerts::end(&mut tx, "revenue", &[], alerts::State::Closed, OLD)?;
        improvement::append(&mut tx, &[])?;
        closes::book(&mut tx, "revenue", 202_701, &[])?;
        assert_eq!(improvement::open(&mut tx, "revenue")?, []);
        tx.commit()
    })
    .unwrap();
}
