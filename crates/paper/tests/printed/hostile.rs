//! Text that looks like instructions to the layout, or has no place to break: printed as it is, in every place of a sheet.

use dacheng_paper::{Block, Form};
use dacheng_text::Lang;

use super::reading::{body, joined, text};
use super::samples::{everywhere, pdf, sheet};

/// Where `everywhere` puts a text.
pub const PLACES: usize = 15;

/// What it is called, and the text.
pub type Sample = (&'static str, fn() -> String);

/// What people, or those who mean ill, write.
pub const HOSTILE: [Sample; 9] = [
    ("markup", || {
        "#import \"x\": * #let a = 1 #sys.inputs #panic() *b* _i_ = H $x^2$ \\ <l> @r `c` // k /* d */ ~ --- ...".to_owned()
    }),
    ("lists", || "- a\n+ b\n/ t: d\n1. e\n= f\n==g".to_owned()),
    ("quotes", || {
        "'q' \"q\" “q” «q» \\u{41} \\n \\* &lt;b&gt; <script>alert(1)</script> {{ x }} {% y %}".to_owned()
    }),
    ("a long word", || "W".repeat(400)),
    ("a long address", || format!("https://example.com/{}?q={}", "path/".repeat(30), "x".repeat(90))),
    ("emoji", || "👍🏽😀❤️🇨🇳👨‍👩‍👧‍👦".repeat(12)),
    ("right to left", || "שלום עולם مرحبا بالعالم \u{202e}drowssap\u{202c} 123".to_owned()),
    ("controls", || "a\u{0}b\u{7}c\u{1b}[31md\u{200d}e\u{feff}f\tg\r\nh\u{85}i".to_owned()),
    ("blank", || " \n \n".to_owned()),
];

fn sample(name: &str) -> String {
    HOSTILE.iter().find(|(own, _)| *own == name).unwrap().1()
}

#[test]
fn what_looks_like_markup_is_printed_as_it_is() {
    for name in ["markup", "lists", "quotes", "a long address"] {
        let hostile = sample(name);
        let read =
            joined(&body(&pdf(&sheet(Lang::Zh, Form::Across, everywhere(&hostile))), Form::Across).concat());
        let expected = joined(&hostile);
        // The head of a table is repeated where it goes on.
        assert!(read.matches(&expected).count() >= PLACES, "{name}: {expected} in {read}");
    }
}

#[test]
fn five_thousand_letters_are_all_there_in_order() {
    let letters = (0x4e00..0x5600).chain(0x21..0x7e).cycle().take(5_000);
    let long: String = letters.filter_map(char::from_u32).collect();
    for lang in Lang::ALL {
        let sheet = sheet(lang, Form::Upright, vec![Block::Paragraph(long.clone())]);
        let read = joined(&body(&pdf(&sheet), Form::Upright).concat());
        assert!(read.contains(&long), "{read}");
    }
}

#[test]
fn a_word_without_an_end_is_broken_and_loses_no_letter() {
    let read = joined(
        &body(
            &pdf(&sheet(Lang::En, Form::Upright, vec![Block::Paragraph(sample("a long word"))])),
            Form::Upright,
        )
        .concat(),
    );
    assert!(read.contains(&"W".repeat(400)), "{read}");
}

#[test]
fn emoji_and_letters_of_other_scripts_are_kept_in_the_text() {
    let read = text(&pdf(&sheet(
        Lang::Zh,
        Form::Upright,
        vec![Block::Paragraph(format!("{}{}", sample("emoji"), sample("right to left")))],
    )))
    .concat();
    for letter in ['👍', '😀', '❤', 'ש', 'م'] {
        assert!(read.contains(letter), "{letter}: {read}");
    }
    assert!(read.contains("drowssap") && !read.contains('\u{202e}'), "{read}");
}
