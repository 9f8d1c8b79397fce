//! Contents are kept once and let go of when nothing holds them; attachments are told once and withdrawn once.
#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::sync::Barrier;
use std::thread;

use dacheng_store::attachments::{self, New};
use dacheng_store::files::{self, Held, PIECE};
use dacheng_store::testing::on_both;
use dacheng_store::{Result, Store, Write};

const NAME: &str = "喆堃 𠮷😀 'a' \"b\" \\ %_ é.pdf";

fn put(tx: &mut Write, sha256: &str, content: &[u8], now: i64) -> Result<Held> {
    let bytes = i64::try_from(content.len()).unwrap();
    let held = files::hold(tx, sha256, bytes, now)?;
    if held == Held::New {
        for (number, piece) in (0..).zip(content.chunks(PIECE)) {
            files::write(tx, sha256, number, piece)?;
        }
    }
    Ok(held)
}

fn new(id: i64, sha256: &str) -> New<'_> {
    New { subject: ("thing", id), sha256, name: NAME, media: "pdf", bytes: 3, actor: NAME, now: 10 }
}

fn content(store: &Store, sha256: &str) -> Result<Vec<u8>> {
    let (mut tx, mut all) = (store.read()?, Vec::new());
    for number in 0.. {
        match files::piece(&mut tx, sha256, number)? {
            Some(piece) => all.extend(piece),
            None => break,
        }
    }
    Ok(all)
}

#[test]
fn a_content_is_kept_once_bit_for_bit_in_pieces() {
    on_both(|store| {
        let bytes: Vec<u8> = (0..PIECE * 2 + 7).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let mut tx = store.write()?;
        assert_eq!(put(&mut tx, "a", &bytes, 100)?, Held::New);
        assert_eq!(put(&mut tx, "a", &bytes, 90)?, Held::Before);
        assert_eq!(files::all(&mut tx)?, [("a".to_owned(), i64::try_from(bytes.len()).unwrap())]);
        tx.commit()?;
        assert_eq!(content(&store, "a")?, bytes);
        assert_eq!(files::piece(&mut store.read()?, "a", 3)?, None);
        assert!(!files::keep(&mut store.write()?, "b", 1)?);
        // What was not committed leaves nothing.
        put(&mut store.write()?, "b", b"half", 100)?;
        assert_eq!((files::all(&mut store.read()?)?.len(), content(&store, "b")?.len()), (1, 0));
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_file_hangs_once_and_is_withdrawn_once() {
    on_both(|store| {
        let mut tx = store.write()?;
        put(&mut tx, "a", b"abc", 5)?;
        let id = attachments::insert(&mut tx, &new(1, "a"))?.unwrap();
        assert_eq!(attachments::insert(&mut tx, &new(1, "a"))?, None);
        let other = attachments::insert(&mut tx, &new(2, "a"))?.unwrap();
        let kept = attachments::by_id(&mut tx, id)?.unwrap();
        assert_eq!((kept.subject.as_str(), kept.subject_id, kept.sha256.as_str()), ("thing", 1, "a"));
        assert_eq!((kept.name.as_str(), kept.media.as_str(), kept.bytes), (NAME, "pdf", 3));
        assert_eq!((kept.actor.as_str(), kept.attached_at, &kept.withdrawn), (NAME, 10, &None));
        assert_eq!(attachments::by_content(&mut tx, ("thing", 1), "a")?.as_ref(), Some(&kept));
        assert_eq!(attachments::of(&mut tx, "thing", &[2, 1, 7])?.len(), 2);
        assert_eq!(attachments::of(&mut tx, "thing", &[1])?, [kept]);
        assert_eq!(attachments::of(&mut tx, "other", &[1])?, []);
        assert_eq!(attachments::of(&mut tx, "thing", &[])?, []);
        assert!(attachments::withdraw(&mut tx, id, "who", 20)?);
        assert!(!attachments::withdraw(&mut tx, id, "again", 30)?);
        let gone = attachments::by_id(&mut tx, id)?.unwrap();
        assert_eq!((gone.withdrawn, gone.sha256.as_str()), (Some((20, "who".to_owned())), "a"));
        assert_eq!(attachments::by_content(&mut tx, ("thing", 1), "a")?, None);
        assert_eq!(attachments::of(&mut tx, "thing", &[1, 2])?.len(), 1);
        // It may hang there again.
        assert!(attachments::insert(&mut tx, &new(1, "a"))?.is_some());
        assert!(attachments::by_id(&mut tx, other + 9)?.is_none());
        tx.commit()
    })
    .unwrap();
}

#[test]
fn what_hangs_nowhere_is_let_go_of_after_a_while() {
    on_both(|store| {
        let mut tx = store.write()?;
        for sha256 in ["a", "b", "c"] {
            put(&mut tx, sha256, b"abc", 100)?;
        }
        let id = attachments::insert(&mut tx, &new(1, "a"))?.unwrap();
        assert!(files::keep(&mut tx, "c", 300)?);
        assert_eq!(files::sweep(&mut tx, 100, 9)?, 0, "kept at that very moment");
        assert_eq!(files::sweep(&mut tx, 200, 9)?, 1, "a hangs, c was kept since");
        tx.commit()?;
        assert_eq!((content(&store, "b")?, content(&store, "a")?), (Vec::new(), b"abc".to_vec()));
        let mut tx = store.write()?;
        attachments::withdraw(&mut tx, id, "who", 400)?;
        assert_eq!(files::sweep(&mut tx, 1_000, 1)?, 1);
        assert_eq!(files::sweep(&mut tx, 1_000, 9)?, 1);
        assert_eq!(files::all(&mut tx)?, []);
        tx.commit()
    })
    .unwrap();
}

#[test]
fn of_many_who_bring_a_content_while_it_is_swept_each_finds_it_whole() {
    on_both(|store| {
        let together = Barrier::new(9);
        thread::scope(|scope| {
            for id in 0..8 {
                let (together, store) = (&together, &store);
                scope.spawn(move || {
                    together.wait();
                    for round in 0..6 {
                        let mut tx = store.write().unwrap();
                        // Its age is no protection: only that it is held.
                        put(&mut tx, "same", b"whole", 1).unwrap();
                        files::keep(&mut tx, "same", 1_000).unwrap();
                        let id =
                            attachments::insert(&mut tx, &new(id * 100 + round, "same")).unwrap().unwrap();
                        tx.commit().unwrap();
                        assert_eq!(content(store, "same").unwrap(), b"whole");
                        let mut tx = store.write().unwrap();
                        attachments::withdraw(&mut tx, id, "who", 2).unwrap();
                        tx.commit().unwrap();
                    }
                });
            }
            together.wait();
            for _ in 0..30 {
                let mut tx = store.write().unwrap();
                // Should its age not protect it, the reference does: then nothing is let go of this time.
                if files::sweep(&mut tx, 5_000, 10).is_ok() {
                    tx.commit().unwrap();
                }
            }
        });
        Ok(())
    })
    .unwrap();
}
