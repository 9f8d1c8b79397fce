//! Notes about the market keep every version; two who change one at once have one winner.

use dacheng_store::market_notes::{self, Note};
use dacheng_store::testing::on_both;
use jiff::civil::date;

const RARE: &str = "喆堃赟镕 𠮷😀 'a' \"b\" \\ %_ é\n\tz";

fn note(code: &str, version: i64) -> Note {
    Note {
        code: code.into(),
        version,
        day: date(2026, 9, 30),
        kind: "growth".into(),
        subject: RARE.into(),
        year: Some(2027),
        region: Some(RARE.into()),
        product_line: None,
        growth: Some(-850),
        source: RARE.into(),
        body: String::new(),
        withdrawn: false,
        recorded_at: i64::MAX,
        actor: "k1".into(),
    }
}

#[test]
fn a_note_has_versions_of_which_the_newest_counts_until_it_is_withdrawn() {
    on_both(|store| {
        let mut tx = store.write()?;
        let (first, second) = (note("镕 1", 1), Note { growth: None, year: None, ..note("镕 1", 2) });
        assert!(!market_notes::append(&mut tx, &second)?, "there is none before it");
        assert!(market_notes::append(&mut tx, &first)?);
        assert!(!market_notes::append(&mut tx, &first)?, "somebody else was first");
        assert_eq!(market_notes::current(&mut tx)?, std::slice::from_ref(&first));
        assert!(market_notes::append(&mut tx, &second)?);
        let older = Note { day: date(2025, 1, 1), ..note("A", 1) };
        assert!(market_notes::append(&mut tx, &older)?);
        assert_eq!(
            market_notes::current(&mut tx)?,
            [second.clone(), older.clone()],
            "the youngest day first"
        );
        assert_eq!(market_notes::versions(&mut tx, "镕 1")?, [second.clone(), first]);
        let gone = Note { withdrawn: true, version: 3, ..second };
        assert!(market_notes::append(&mut tx, &gone)?);
        assert_eq!(market_notes::current(&mut tx)?, std::slice::from_ref(&older));
        assert_eq!(market_notes::newest(&mut tx, ["A", "镕 1", "none"])?, [older, gone]);
        assert_eq!(market_notes::newest(&mut tx, [])?, []);
        tx.commit()
    })
    .unwrap();
}
