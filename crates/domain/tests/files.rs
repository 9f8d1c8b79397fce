//! What may hang on a document: recognised by content, refused by a reason, named so that it can be saved anywhere.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::Cursor;

use dacheng_domain::files::{FileName, LONGEST_NAME, Media, Refusal, judge, shown};
use dacheng_domain::tracking::improvement::{PlanState, may_withdraw, takes_evidence};
use proptest::prelude::*;

fn judged(name: &str, content: &[u8]) -> Result<Media, Refusal> {
    judge(&FileName::of(name).unwrap(), &mut Cursor::new(content)).unwrap()
}

/// A ZIP archive of empty parts, written by hand.
fn zip(names: &[&str]) -> Vec<u8> {
    let (mut body, mut lines) = (Vec::new(), Vec::new());
    for name in names {
        let at = u32::try_from(body.len()).unwrap();
        let long = u16::try_from(name.len()).unwrap().to_le_bytes();
        body.extend([&b"PK\x03\x04"[..], &[0; 22], &long, &[0; 2], name.as_bytes()].concat());
        let line = [&b"PK\x01\x02"[..], &[0; 24], &long, &[0; 12], &at.to_le_bytes(), name.as_bytes()];
        lines.extend(line.concat());
    }
    let (start, size) = (u32::try_from(body.len()).unwrap(), u32::try_from(lines.len()).unwrap());
    let count = u16::try_from(names.len()).unwrap().to_le_bytes();
    let end =
        [&b"PK\x05\x06"[..], &[0; 4], &count, &count, &size.to_le_bytes(), &start.to_le_bytes(), &[0; 2]];
    [body, lines, end.concat()].concat()
}

const XLSX: [&str; 2] = ["[Content_Types].xml", "xl/workbook.xml"];

fn samples() -> Vec<(Media, &'static str, Vec<u8>)> {
    vec![
        (Media::Pdf, "a.pdf", b"%PDF-1.7\n1 0 obj\n%%EOF\n".to_vec()),
        (Media::Png, "a.png", [&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], &[0; 30]].concat()),
        (Media::Jpeg, "a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec()),
        (Media::Jpeg, "a.JPEG", b"\xff\xd8\xff\xe1\0\x10Exif\0".to_vec()),
        (Media::Webp, "a.webp", b"RIFF\x10\0\0\0WEBPVP8 ".to_vec()),
        (Media::Xlsx, "a.xlsx", zip(&XLSX)),
        (Media::Docx, "a.docx", zip(&["[Content_Types].xml", "word/document.xml"])),
        (Media::Pptx, "a.pptx", zip(&["[Content_Types].xml", "ppt/presentation.xml"])),
        (Media::Csv, "a.csv", "订单,金额\n1,\"2\"\n".as_bytes().to_vec()),
        (Media::Txt, "a.txt", b"\xb6\xa9\xb5\xa5 GBK\r\n".to_vec()),
        (Media::Txt, "b.txt", b"\xff\xfea\0\x2c\x67".to_vec()),
        (Media::Txt, "c.txt", b"\xef\xbb\xbf a < b".to_vec()),
    ]
}

#[test]
fn every_kind_is_recognised_by_its_content() {
    for (media, name, content) in samples() {
        assert_eq!(judged(name, &content), Ok(media), "{name}");
    }
}

#[test]
fn a_content_under_the_name_of_another_kind_is_refused() {
    for (media, from, content) in samples() {
        for (other, name, _) in samples() {
            let is_text = |media| matches!(media, Media::Csv | Media::Txt);
            if media == other || (is_text(media) && is_text(other)) || (is_text(other) && media == Media::Pdf)
            {
                continue;
            }
            assert_eq!(judged(name, &content), Err(Refusal::NotWhatItSays(other)), "{from} as {name}");
        }
    }
}

#[test]
fn what_is_hostile_is_refused() {
    let page = b"<!DOCTYPE html><script>alert(1)</script>";
    let drawing = b"  <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    for (name, content, refusal) in [
        ("page.png", &page[..], Refusal::NotWhatItSays(Media::Png)),
        ("page.txt", page, Refusal::NotWhatItSays(Media::Txt)),
        ("drawing.csv", drawing, Refusal::NotWhatItSays(Media::Csv)),
        ("page.html", page, Refusal::NotTaken),
        ("drawing.svg", drawing, Refusal::NotTaken),
        ("program.exe", b"MZ\x90\0", Refusal::NotTaken),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Refusal::NotTaken),
        ("macros.xlsm", b"PK\x03\x04", Refusal::NotTaken),
        ("noending", b"text", Refusal::NotTaken),
        ("zeros.txt", b"a\0b", Refusal::NotWhatItSays(Media::Txt)),
        ("half.txt", b"\xff\xfea", Refusal::NotWhatItSays(Media::Txt)),
        ("empty.pdf", b"", Refusal::Empty),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", Refusal::NotWhatItSays(Media::Pdf)),
        ("late.pdf", b"\n%PDF-1.7\n%%EOF", Refusal::NotWhatItSays(Media::Pdf)),
    ] {
        assert_eq!(judged(name, content), Err(refusal), "{name}");
    }
    // Macros within, whatever the name says.
    for part in
        ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "word\\VBAPROJECT.BIN", "xl/activeX/activeX1.bin"]
    {
        let names = [&XLSX[..], &[part]].concat();
        assert_eq!(judged("book.xlsx", &zip(&names)), Err(Refusal::Macros), "{part}");
    }
    // A picture and a document that are an archive as well.
    for (name, content) in
        [("a.png", &samples()[1].2), ("a.pdf", &samples()[0].2), ("a.jpg", &samples()[2].2)]
    {
        let both = [content.clone(), zip(&XLSX)].concat();
        let told = judged(name, &both);
        assert!(matches!(told, Err(Refusal::TwoAtOnce)), "{name}: {told:?}");
    }
    // An archive with something before, behind or between, or with a directory that lies.
    let book = zip(&XLSX);
    for broken in [
        [b"#!/bin/sh\n".to_vec(), book.clone()].concat(),
        [book.clone(), b"more".to_vec()].concat(),
        book[..book.len() - 4].to_vec(),
        [&book[..book.len() - 12], &[0xff; 4], &book[book.len() - 8..]].concat(),
        [&book[..book.len() - 12], &[9, 0], &book[book.len() - 10..]].concat(),
        b"PK\x03\x04".to_vec(),
    ] {
        assert_eq!(judged("book.xlsx", &broken), Err(Refusal::NotWhatItSays(Media::Xlsx)));
    }
}

#[test]
fn names_keep_what_can_be_shown_and_saved() {
    for (sent, kept) in [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\fakepath\\客户 回执 11月.pdf", "客户 回执 11月.pdf"),
        ("a\u{0}b\r\nSet-Cookie: x.csv", "abSet-Cookie_ x.csv"),
        ("photo\u{202e}gpj.exe", "photogpj.exe"),
        ("\u{feff}零\u{200b}宽.txt", "零宽.txt"),
        ("con.pdf", "_con.pdf"),
        ("LPT1.tar.pdf", "_LPT1.tar.pdf"),
        ("COM¹.txt", "_COM¹.txt"),
        ("contract.pdf", "contract.pdf"),
        ("a<b>|\"c?.png", "a_b___c_.png"),
        (".pdf", "_.pdf"),
        ("trailing.pdf. . ", "trailing.pdf"),
        ("cafe\u{301}.pdf", "café.pdf"),
    ] {
        assert_eq!(FileName::of(sent).unwrap().as_str(), kept, "{sent:?}");
    }
    for sent in ["", "/", "..", " . ", "\u{202e}\u{200b}", "a/", "???"] {
        assert_eq!(FileName::of(sent), Err(Refusal::NoName), "{sent:?}");
    }
    let long = format!("{}.pdf", "长".repeat(500));
    let kept = FileName::of(&long).unwrap();
    assert!(kept.as_str().chars().count() <= LONGEST_NAME && kept.as_str().ends_with("长.pdf"));
}

#[test]
fn evidence_is_added_to_an_open_plan_and_what_a_check_has_seen_stays() {
    use PlanState::{Accepted, NotRecovered, Open, Recovered, Returned, Running, Submitted, Withdrawn};
    for state in [Open, Submitted, Returned, Accepted, Running] {
        assert!(takes_evidence(state) && may_withdraw(state, 5, None) && may_withdraw(state, 5, Some(4)));
        assert!(!may_withdraw(state, 5, Some(5)) && !may_withdraw(state, 5, Some(6)));
    }
    for state in [Recovered, NotRecovered, Withdrawn] {
        assert!(!takes_evidence(state) && !may_withdraw(state, 5, None));
    }
}

proptest! {
    #[test]
    fn any_name_is_short_visible_and_without_a_path(sent in "\\PC*|[\\x00-\\x7f]*|.{0,300}") {
        if let Ok(name) = FileName::of(&sent) {
            let text = name.as_str();
            prop_assert!(!text.is_empty() && text.chars().count() <= LONGEST_NAME);
            prop_assert!(!text.contains(['/', '\\', '"', ':', '\r', '\n', '\0']));
            prop_assert!(!text.ends_with(['.', ' ']));
            prop_assert_eq!(FileName::of(text).unwrap(), name.clone(), "cleaning again changes nothing");
        }
        prop_assert!(shown(&sent, 200).chars().count() <= 200);
    }

    #[test]
    fn any_bytes_are_judged_without_a_fault(content in proptest::collection::vec(any::<u8>(), 0..400), cut in 0_usize..200) {
        let book = zip(&XLSX);
        let mixed = [&book[..book.len().min(cut)], &content, &book[book.len().min(cut)..]].concat();
        for media in Media::ALL {
            let name = format!("a.{}", media.endings()[0]);
            for content in [&content, &mixed] {
                if let Ok(found) = judged(&name, content) {
                    prop_assert_eq!(found, media);
                }
            }
        }
    }
}
