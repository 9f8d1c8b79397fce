//! Reading a PDF with poppler: the text of each page, and its pixels.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels of a page are few and not below 0"
)]

use std::io::Write as _;
use std::process::{Command, Stdio};

use dacheng_paper::Form;

/// Pixels a millimetre.
pub const SCALE: f64 = 4.0;

/// A page as it looks: from 0, black, to 255, white.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pixels: Vec<u8>,
}

/// A part of a page in millimetres from its left upper corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

fn run(program: &str, arguments: &[&str], pdf: &[u8]) -> Vec<u8> {
    let child = Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.unwrap_or_else(|wrong| panic!("{program} (poppler-utils, scripts/need): {wrong}"));
    let mut input = child.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let done = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(done.status.success(), "{program} refuses the file");
    done.stdout
}

fn pages(text: Vec<u8>) -> Vec<String> {
    let text = String::from_utf8(text).unwrap();
    text.strip_suffix('\u{c}').unwrap_or(&text).split('\u{c}').map(str::to_owned).collect()
}

/// The text of each page, in the order in which it is written.
pub fn text(pdf: &[u8]) -> Vec<String> {
    pages(run("pdftotext", &["-raw", "-enc", "UTF-8", "-", "-"], pdf))
}

/// The text of each page between its header and its footer.
pub fn body(pdf: &[u8], form: Form) -> Vec<String> {
    let (width, height) = size(form);
    let point = |millimetres: f64| format!("{:.0}", millimetres / 25.4 * 72.0);
    let (top, tall, wide) = (point(17.0), point(height - 34.0), point(width));
    pages(run(
        "pdftotext",
        &["-raw", "-enc", "UTF-8", "-x", "0", "-y", &top, "-W", &wide, "-H", &tall, "-", "-"],
        pdf,
    ))
}

/// The text without what only arranges it: spaces, line ends, places where a line may end.
pub fn joined(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').collect()
}

/// The size of the paper in millimetres.
pub fn size(form: Form) -> (f64, f64) {
    match form {
        Form::Upright => (210.0, 297.0),
        Form::Across => (297.0, 210.0),
    }
}

/// Each page as it looks.
pub fn pictures(pdf: &[u8]) -> Vec<Picture> {
    let dots = format!("{}", SCALE * 25.4);
    let mut rest = run("pdftoppm", &["-gray", "-r", &dots, "-"], pdf);
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (picture, read) = Picture::read(&rest);
        found.push(picture);
        rest.drain(..read);
    }
    found
}

impl Picture {
    /// Reads a PGM: `P5`, width, height, the value of white, then a byte a pixel.
    fn read(bytes: &[u8]) -> (Self, usize) {
        let mut place = 0;
        let mut word = || {
            let start = place;
            place += bytes[start..].iter().position(u8::is_ascii_whitespace).unwrap() + 1;
            String::from_utf8(bytes[start..place - 1].to_vec()).unwrap()
        };
        assert_eq!(word(), "P5");
        let [width, height, white]: [usize; 3] =
            [word(), word(), word()].map(|number| number.parse().unwrap());
        assert_eq!(white, 255);
        let end = place + width * height;
        (Self { width, height, pixels: bytes[place..end].to_vec() }, end)
    }

    /// The smallest part that holds all ink within a part of the page; none where that is blank.
    pub fn ink(&self, within: Area) -> Option<Area> {
        let pixel =
            |millimetres: f64, most: usize| ((millimetres * SCALE).round().max(0.0) as usize).min(most);
        let rows = pixel(within.top, self.height)..pixel(within.bottom, self.height);
        let columns = pixel(within.left, self.width)..pixel(within.right, self.width);
        let dark = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
        let mut found: Option<[usize; 4]> = None;
        for (row, column) in dark.filter(|(row, column)| self.pixels[row * self.width + column] < 245) {
            let [left, top, right, bottom] = found.unwrap_or([column, row, column, row]);
            found = Some([left.min(column), top.min(row), right.max(column), bottom.max(row)]);
        }
        let millimetres = |pixel: usize| pixel as f64 / SCALE;
        found.map(|[left, top, right, bottom]| Area {
            left: millimetres(left),
            top: millimetres(top),
            right: millimetres(right + 1),
            bottom: millimetres(bottom + 1),
        })
    }

    /// The whole page.
    pub fn whole(&self) -> Area {
        Area { left: 0.0, top: 0.0, right: self.width as f64 / SCALE, bottom: self.height as f64 / SCALE }
    }
}
