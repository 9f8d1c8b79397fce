//! Notes about the market: who writes them, what versions leave behind, and files of them, all of it or nothing.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_app::facts::import::{Effect, Outcome};
use dacheng_app::facts::undo::undo;
use dacheng_app::planning::market::{File, add, edit, growth_rates, import, note, notes, withdraw};
use dacheng_app::testing::{on_both, operator};
use dacheng_app::{App, Error, Result};
use dacheng_domain::Ratio;
use dacheng_domain::planning::WrittenNote;
use dacheng_sheets::ChildCommand;
use dacheng_store::audit;

fn written(code: &str, growth: &str) -> WrittenNote {
    WrittenNote {
        code: code.to_owned(),
        date: "2026-09-30".to_owned(),
        kind: "growth".to_owned(),
        subject: "工控市场".to_owned(),
        year: "2027".to_owned(),
        growth: growth.to_owned(),
        source: "协会".to_owned(),
        ..WrittenNote::default()
    }
}

fn bring(app: &App, text: &str, effect: Effect) -> Result<Outcome> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    let workbooks = ChildCommand { program: "false".into(), arguments: Vec::new() };
    let named = File { path: file.path(), name: "market_notes.csv", workbooks: &workbooks };
    import(app, &operator(app), &named, effect)
}

fn acts(app: &App) -> Vec<String> {
    let mut acts = Vec::new();
    audit::each(&mut app.store.read().unwrap(), |entry| acts.push(format!("{} {}", entry.act, entry.object)))
        .unwrap();
    acts
}

#[test]
fn every_change_is_a_version_and_an_entry_of_the_trail() {
    on_both(|app| {
        let context = operator(app);
        let code = add(app, &context, written("", "8.5%")).unwrap();
        assert_eq!(code, "M-1");
        assert!(
            matches!(add(app, &context, written("M-1", "8.5%")), Err(Error::Refused(_))),
            "the code is taken"
        );
        assert_eq!(edit(app, &context, "M-1", 1, written("ignored", "9%")).unwrap(), 2);
        let stale = edit(app, &context, "M-1", 1, written("", "10%"));
        assert!(matches!(stale, Err(Error::Stale { seen: 1, found: 2 })));
        assert!(matches!(withdraw(app, &context, "M-1", 1), Err(Error::Stale { .. })));
        let rates = growth_rates(&mut app.store.read().unwrap(), 2027).unwrap();
        assert_eq!(rates.iter().map(|own| own.rate).collect::<Vec<_>>(), [Ratio::percent(9)]);
        assert_eq!(growth_rates(&mut app.store.read().unwrap(), 2026).unwrap(), []);
        withdraw(app, &context, "M-1", 2).unwrap();
        assert!(matches!(withdraw(app, &context, "M-1", 3), Err(Error::Missing { .. })));
        assert_eq!(notes(app, &context).unwrap(), []);
        assert_eq!(
            growth_rates(&mut app.store.read().unwrap(), 2027).unwrap(),
            [],
            "nothing withdrawn is offered"
        );
        let versions = note(app, &context, "M-1").unwrap();
        let kept: Vec<_> = versions.iter().map(|own| (own.version, own.growth, own.withdrawn)).collect();
        assert_eq!(kept, [(3, Some(900), true), (2, Some(900), false), (1, Some(850), false)]);
        let expected = [
            "market_note.add market_note/M-1",
            "market_note.edit market_note/M-1",
            "market_note.withdraw market_note/M-1",
        ];
        assert_eq!(acts(app), expected);
        assert!(matches!(note(app, &context, "none"), Err(Error::Missing { .. })));
    });
}

const HEADER: &str = "note,date,kind,subject,year,region,product_line,growth,source,text\n";

#[test]
fn the_same_file_twice_changes_nothing_and_a_changed_row_is_a_version() {
    on_both(|app| {
        let first = "A,2026-09-30,growth,工控市场,2027,江苏,,8.5%,协会,\"第一行\n第二行\"\nB,2026-10-01,policy,补贴,,,,,公告,\n";
        let text = format!("{HEADER}{first}");
        let dry = bring(app, &text, Effect::DryRun).unwrap();
        assert_eq!((dry.import, dry.counts.added), (None, 2));
        assert_eq!(
            (notes(app, &operator(app)).unwrap().len(), acts(app).len()),
            (0, 0),
            "a dry run has no effect"
        );
        assert_eq!(bring(app, &text, Effect::Write).unwrap().counts.added, 2);
        let again = bring(app, &text, Effect::Write).unwrap().counts;
        assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 2));
        let changed = bring(app, &text.replace("8.5%", "0.09"), Effect::Write).unwrap();
        assert_eq!((changed.counts.changed, changed.counts.unchanged), (1, 1));
        let found = notes(app, &operator(app)).unwrap();
        let kept: Vec<_> = found.iter().map(|own| (own.code.as_str(), own.version, own.growth)).collect();
        assert_eq!(kept, [("B", 1, None), ("A", 2, Some(900))]);
        assert_eq!(found[1].body, "第一行\n第二行");
        assert!(acts(app).iter().all(|act| act.starts_with("import.commit import/")), "a file is one change");
        assert!(undo(app, &operator(app), changed.import.unwrap()).is_err(), "versions stay");
    });
}

#[test]
fn one_bad_row_and_nothing_is_written() {
    on_both(|app| {
        let rows = "A,2026-09-30,growth,x,2027,,,8.5%,s,\nB,2026-13-01,growth,x,2027,,,8.5,s,\nA,2026-09-30,policy,x,,,,,s,\n";
        let outcome = bring(app, &format!("{HEADER}{rows}"), Effect::Write).unwrap();
        let told: Vec<_> =
            outcome.problems.iter().map(|own| (own.row, own.column.as_deref().unwrap())).collect();
        assert_eq!(told, [(Some(3), "date"), (Some(3), "growth"), (Some(4), "note")]);
        assert_eq!(notes(app, &operator(app)).unwrap(), []);
        let lacking = bring(app, "note,date,kind,subject\nA,2026-09-30,policy,x\n", Effect::Write);
        assert!(matches!(lacking, Err(Error::Refused(said)) if said[0].contains("source")));
        let least = "note,date,kind,subject,source\nA,2026-09-30,policy,x,s\n";
        assert_eq!(bring(app, least, Effect::Write).unwrap().counts.added, 1, "the others may be absent");
    });
}
