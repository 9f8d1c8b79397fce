//! `import targets`: files of targets into plans, one row a period or the sheet of a plan.

use std::path::Path;

use dacheng_app::facts::import::Effect;
use dacheng_app::facts::lookups::written_out;
use dacheng_app::planning::{Imported, TargetsFile, import_targets_file};
use dacheng_app::{App, Context, Result};
use serde_json::{Value, json};

use crate::program::workbooks;

/// The word of the command.
pub const KIND: &str = "targets";

/// Imports one file, all of it or nothing.
pub fn import(
    app: &App,
    context: &Context,
    file: &Path,
    mapping: Option<&str>,
    effect: Effect,
) -> Result<Imported> {
    let name = file
        .file_name()
        .map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
    let workbooks = workbooks()?;
    let folder = file.parent().unwrap_or(Path::new(""));
    let mapping = mapping.map(|text| written_out(text, folder, &workbooks, context.lang)).transpose()?;
    let request =
        TargetsFile { path: file, name: &name, mapping: mapping.as_deref(), effect, workbooks: &workbooks };
    import_targets_file(app, context, &request)
}

/// What an import came to, in a line.
pub fn line(file: &Path, imported: &Imported, effect: Effect) -> String {
    let dry = if effect == Effect::DryRun { " (dry run)" } else { "" };
    format!("{}: {} read, {} cells changed{dry}", file.display(), imported.rows, imported.cells)
}

/// The same for programs.
pub fn json(file: &Path, imported: &Imported) -> Value {
    let problems: Vec<Value> = imported.problems.iter().map(|problem| json!(problem)).collect();
    json!({
        "kind": KIND, "file": file.display().to_string(), "read": imported.rows, "changed": imported.cells,
        "plans": imported.plans, "problems": problems,
    })
}
