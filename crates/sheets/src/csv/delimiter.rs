//! Finding out the delimiter from the beginning of a file. Splitting by it lives in `records`.

use std::cmp::Reverse;

use crate::options::Delimiter;

/// Lines that are looked at.
const LINES: usize = 100;

/// The delimiter that stands in the header and cuts the most lines into as many fields as the header;
/// among equals the one that makes the most columns. Comma where none stands in the header: a table of
/// one column.
pub(crate) fn detect(head: &str) -> Delimiter {
    [Delimiter::COMMA, Delimiter::TAB, Delimiter::SEMICOLON, Delimiter::BAR]
        .into_iter()
        .filter_map(|delimiter| {
            let counts = counts(head, delimiter);
            let header = *counts.first().filter(|count| **count > 0)?;
            let deviating = counts.iter().filter(|count| **count != header).count();
            Some((delimiter, (deviating, Reverse(header))))
        })
        .min_by_key(|(_, rank)| *rank)
        .map_or(Delimiter::COMMA, |(delimiter, _)| delimiter)
}

/// How often the delimiter stands outside quotation marks in each of the first lines that are not blank.
/// The last line is left out where others are there, because it may be cut off.
fn counts(head: &str, delimiter: Delimiter) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut count, mut is_blank, mut is_quoted) = (0, true, false);
    for byte in head.bytes() {
        match byte {
            b'\n' | b'\r' if !is_quoted => {
                if !is_blank {
                    counts.push(count);
                }
                (count, is_blank) = (0, true);
                if counts.len() == LINES {
                    return counts;
                }
            }
            _ => {
                is_quoted ^= byte == b'"';
                count += usize::from(byte == delimiter.byte() && !is_quoted);
                is_blank = false;
            }
        }
    }
    if counts.is_empty() {
        counts.push(count);
    }
    counts
}
