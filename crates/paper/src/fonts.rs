//! The fonts of paper: whole ones, as names hold letters that no subset has. Built into a release, read from `assets/fonts` in
//! a debug build, so that test programs stay small.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The fonts and what the layout asks of them.
pub struct Fonts {
    /// Their families and weights.
    pub book: LazyHash<FontBook>,
    /// In the order of the book.
    pub fonts: Vec<Font>,
}

/// Files.
const COUNT: usize = 4;

impl Fonts {
    /// Whether every font is there: without one, paper would be full of boxes.
    pub fn are_complete(&self) -> bool {
        self.fonts.len() == COUNT
    }
}

/// One set for the whole program, made when something is first printed.
pub static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = files().into_iter().flat_map(Font::iter).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

/// The files of `assets/fonts`, which `make assets` fills.
macro_rules! files {
    ($read:ident) => {
        [
            $read!("NotoSerifSC_400Regular.ttf"),
            $read!("NotoSerifSC_700Bold.ttf"),
            $read!("NotoSansSC_400Regular.ttf"),
            $read!("NotoEmoji_400Regular.ttf"),
        ]
    };
}

macro_rules! path {
    ($name:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/fonts/", $name)
    };
}

#[cfg(not(debug_assertions))]
fn files() -> [Bytes; COUNT] {
    macro_rules! built_in {
        ($name:literal) => {
            Bytes::new(include_bytes!(path!($name)).as_slice())
        };
    }
    files!(built_in)
}

#[cfg(debug_assertions)]
fn files() -> [Bytes; COUNT] {
    macro_rules! from_disk {
        ($name:literal) => {
            Bytes::new(std::fs::read(path!($name)).unwrap_or_default())
        };
    }
    files!(from_disk)
}
