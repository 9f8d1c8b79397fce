//! Notes about the market: what may be written, what is refused with its field, and that a note read again is itself.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_domain::Ratio;
use dacheng_domain::planning::{MarketNote, NoteKind, NoteProblem, WrittenNote};

fn written() -> WrittenNote {
    WrittenNote {
        code: "M-1".into(),
        date: "2026-09-30".into(),
        kind: "growth".into(),
        subject: "工控行业规模".into(),
        year: "2027".into(),
        region: "江苏".into(),
        growth: "8.5%".into(),
        source: "行业协会年报".into(),
        text: "第一行\n\n第三行".into(),
        ..WrittenNote::default()
    }
}

fn flaws(change: impl FnOnce(&mut WrittenNote)) -> Vec<(&'static str, NoteProblem)> {
    let mut own = written();
    change(&mut own);
    MarketNote::read(&own).unwrap_err()
}

#[expect(clippy::option_option, reason = "a note that cannot be read is not one without a rate")]
fn growth(text: &str) -> Option<Option<i64>> {
    MarketNote::read(&WrittenNote { growth: text.into(), kind: "policy".into(), ..written() })
        .ok()
        .map(|note| note.growth)
}

#[test]
fn a_note_is_read_and_written_alike() {
    let note = MarketNote::read(&written()).unwrap();
    assert_eq!((note.kind, note.year, note.growth), (NoteKind::Growth, Some(2027), Some(850)));
    assert_eq!(note.growth_rate(), Ratio::new(85, 1_000));
    assert_eq!((note.region.as_deref(), note.product_line.as_deref()), (Some("江苏"), None));
    assert_eq!(note.text, "第一行\n\n第三行");
    assert_eq!(MarketNote::read(&note.written()).unwrap(), note);
    let named = MarketNote::read(&WrittenNote { kind: "行业增速".into(), ..written() }).unwrap();
    assert_eq!(named, note);
}

#[test]
fn growth_says_whether_it_is_in_per_cent() {
    assert_eq!(growth("0.085"), Some(Some(850)));
    assert_eq!(growth("-3%"), Some(Some(-300)));
    assert_eq!(growth("８．５％"), Some(Some(850)));
    assert_eq!(growth("12.25%"), Some(Some(1_225)));
    assert_eq!(growth(""), Some(None));
    for wrong in ["8.5", "1", "8.125%", "-101%", "1001%", "5元", "fast"] {
        assert_eq!(growth(wrong), None, "{wrong}");
    }
}

#[test]
fn every_field_that_cannot_stay_is_named() {
    assert_eq!(flaws(|note| note.growth.clear()), [("growth", NoteProblem::GrowthWanted)]);
    assert_eq!(flaws(|note| note.year.clear()), [("year", NoteProblem::GrowthWanted)]);
    assert_eq!(flaws(|note| note.year = "27".into()), [("year", NoteProblem::Year)]);
    assert_eq!(flaws(|note| note.kind = "gossip".into()), [("kind", NoteProblem::Kind)]);
    let of_none: Vec<&str> =
        MarketNote::read(&WrittenNote::default()).unwrap_err().iter().map(|flaw| flaw.0).collect();
    assert_eq!(of_none, ["note", "date", "kind", "subject", "source"]);
    assert_eq!(flaws(|note| note.source = "a\u{202e}b".into())[0].0, "source");
    assert_eq!(flaws(|note| note.text = "长".repeat(2_001))[0].0, "text");
    assert_eq!(flaws(|note| note.date = "2026-02-30".into())[0].0, "date");
}
