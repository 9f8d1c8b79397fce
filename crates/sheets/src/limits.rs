//! How much a file may hold (`trust.md`, "Hostile input"). What happens beyond is in [`crate::Reason`].

/// Columns with a value, in a header, a row or an export.
pub const COLUMNS: usize = 100;
/// Characters in one cell, counted in UTF-16 units as spreadsheet programs do.
pub const CHARACTERS: usize = 32_767;
/// Rows below the first row of a worksheet. CSV has no such limit.
pub const WORKBOOK_ROWS: u32 = 200_000;
/// Bytes of a workbook after inflating everything in it, counted and not taken from its own statement.
pub const INFLATED: u64 = 128 << 20;
/// Inflated bytes for one packed byte.
pub const RATIO: u64 = 100;
/// Below this many inflated bytes the ratio is not looked at: small parts of honest files pack very well.
pub(crate) const RATIO_FREE: u64 = 1 << 20;
/// Parts (zip entries) of a workbook.
pub const PARTS: u64 = 2_000;

/// Address space of the child that reads a workbook, in bytes.
pub(crate) const CHILD_MEMORY: u64 = 1 << 30;
/// Processor time of that child, in seconds: several times what the largest allowed workbook needs.
pub(crate) const CHILD_SECONDS: u64 = 20;
