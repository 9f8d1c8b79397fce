//! From a merge that is asked for to its page.

use dacheng_app::Result;
use dacheng_app::planning::scenarios::{Merge, MergePreview, MergeRow as Changed, Part};
use dacheng_app::planning::{self, PlanView};
use dacheng_domain::planning::State;
use dacheng_domain::planning::scenario::Settlement;
use dacheng_text::Lang;
use dacheng_text::rate::Blank;

use super::{MergeOutcome, MergePage, MergeRow};
use crate::charts::Amounts;
use crate::components::{
    Choice, Column, Conflict, ConflictRow, ErrorSummary, Figure, Input, Link, Note, Tone, Value,
};
use crate::http::{Desk, Posted, encoded};
use crate::pages::plans::amount::Amount;
use crate::shell::Room;

/// Rows listed by name; more are counted.
const LISTED: usize = 60;

/// The page: with what the merge changes, or with why it cannot be done.
pub(super) fn page(
    desk: &Desk<'_>,
    asked: &Merge,
    found: std::result::Result<MergePreview, Vec<String>>,
    conflict: Option<Conflict>,
) -> Result<MergePage> {
    let (lang, say) = (desk.lang(), desk.lang().scenarios());
    let known = planning::list(desk.app, &desk.context)?;
    let year = known.iter().find(|plan| plan.code == asked.into).map(|plan| plan.year);
    let choice = |plan: &&PlanView| Choice::new(&plan.code, format!("{} ({})", plan.name, plan.code));
    let of_year = || known.iter().filter(|plan| Some(plan.year) == year);
    let drafts = of_year().filter(|plan| plan.state == State::Draft);
    let name = asked.owner.name(&desk.ground).to_owned();
    let back = format!(
        "/plans/compare?plan={}&plan={}&metric={}",
        encoded(&asked.into),
        encoded(&asked.from),
        asked.metric.code()
    );
    let settles = Settlement::ALL.iter().map(|own| Choice::new(own.word(), settled(lang, *own)));
    let crumbs = vec![Link::new(lang.shell().plans(), "/plans"), Link::new(say.compare(), &back)];
    let (preview, wrong) = match found {
        Ok(found) => (Some(outcome(lang, asked, &found, conflict)), Vec::new()),
        Err(sentences) => (None, sentences),
    };
    Ok(MergePage {
        shell: desk
            .shell(Room::Plans, crumbs)?
            .defining(desk.definitions([asked.metric], desk.context.today)?),
        title: say.merge_title(name),
        owner: asked.owner.to_string(),
        metric: asked.metric.code().to_owned(),
        from: (Input::of(&asked.from), of_year().map(|plan| choice(&plan)).collect()),
        into: (Input::of(&asked.into), drafts.map(|plan| choice(&plan)).collect()),
        settle: (Input::of(asked.settle.word()), settles.collect()),
        preview,
        wrong: ErrorSummary { errors: wrong.into_iter().map(|said| (None, said)).collect() },
        back,
    })
}

fn settled(lang: Lang, own: Settlement) -> &'static str {
    let say = lang.scenarios();
    match own {
        Settlement::Parents => say.settle_parents(),
        Settlement::Siblings => say.settle_siblings(),
        Settlement::Declared => say.settle_declared(),
    }
}

fn outcome(lang: Lang, asked: &Merge, found: &MergePreview, conflict: Option<Conflict>) -> MergeOutcome {
    let say = lang.scenarios();
    let amount = Amount { lang, metric: asked.metric };
    let column = match amount.column(found.rows.iter().filter_map(|own| own.new).collect::<Vec<_>>()) {
        Amounts::Money(column) => Column::Money(column),
        Amounts::Count(unit) | Amounts::Hundredths(unit) => Column::Count(unit),
    };
    let rows = found.rows.iter().take(LISTED).map(|own| row(amount, &column, own)).collect();
    let more = found.rows.len().saturating_sub(LISTED);
    let seen = |minor: Option<i64>| minor.map_or_else(String::new, |minor| minor.to_string());
    let is_nothing = found.rows.is_empty() && found.declared[0] == found.declared[1];
    MergeOutcome {
        said: said(lang, amount, asked, found),
        column,
        rows,
        more: (more > 0).then(|| say.more_rows(more)),
        hidden: vec![
            ("from", asked.from.clone()),
            ("into", asked.into.clone()),
            ("owner", asked.owner.to_string()),
            ("metric", asked.metric.code().to_owned()),
            ("settle", asked.settle.word().to_owned()),
            ("token", found.token.clone()),
            ("old", seen(found.old)),
            ("new", found.new.to_string()),
        ],
        conflict,
        nothing: is_nothing.then(|| Note::new(Tone::Info, say.merge_nothing())),
    }
}

/// What becomes of the node, and of what stands above it.
fn said(lang: Lang, amount: Amount, asked: &Merge, found: &MergePreview) -> Vec<String> {
    let say = lang.scenarios();
    let old = found.old.map_or_else(|| "—".to_owned(), |old| amount.said(old));
    let mut all = vec![say.merge_node(&found.name, old, amount.said(found.new))];
    let Some((_, above)) = &found.above else { return all };
    let delta = found.new - found.old.unwrap_or(0);
    let size = amount.said(delta.abs());
    all.push(match delta.signum() {
        0 => say.above_same(above),
        1 => say.above_more(above, size),
        _ => say.above_less(above, size),
    });
    if delta != 0 {
        all.push(match asked.settle {
            Settlement::Parents => say.will_parents().to_owned(),
            Settlement::Siblings => say.will_siblings().to_owned(),
            Settlement::Declared => {
                let [_, (reserve, buffer)] = found.declared;
                say.will_declare(above, amount.said(reserve), amount.said(buffer))
            }
        });
    }
    all
}

fn row(amount: Amount, column: &Column, own: &Changed) -> MergeRow {
    let say = amount.lang.scenarios();
    let part = match own.part {
        Part::Above => say.part_above(),
        Part::Branch => say.part_branch(),
        Part::Beside => say.part_beside(),
    };
    let year = |minor: Option<i64>| {
        minor.map_or_else(|| Figure::plain(Value::Blank(Blank::NoTarget)), |minor| amount.figure(minor))
    };
    MergeRow {
        name: own.name.clone(),
        part,
        old: year(own.old),
        new: year(own.new),
        change: column.signed(amount.lang, own.new.unwrap_or(0) - own.old.unwrap_or(0)),
    }
}

/// One of the plans has changed: what was seen beside what there is.
pub(super) fn conflict(desk: &Desk<'_>, asked: &Merge, form: &Posted, now: &MergePreview) -> Conflict {
    let (lang, say) = (desk.lang(), desk.lang().scenarios());
    let amount = Amount { lang, metric: asked.metric };
    let year = |minor: Option<i64>| minor.map_or_else(|| "—".to_owned(), |minor| amount.said(minor));
    let rows = [
        (say.in_plan(&now.name, &now.into.name), form.number("old"), now.old),
        (say.in_plan(&now.name, &now.from.name), form.number("new"), Some(now.new)),
    ];
    Conflict {
        saved_by: lang.plans().somebody().to_owned(),
        rows: rows
            .map(|(field, mine, theirs)| ConflictRow { field, mine: year(mine), theirs: year(theirs) })
            .to_vec(),
        version: now.token.clone(),
        discard: format!(
            "/plans/merge?from={}&into={}&owner={}&metric={}&settle={}",
            encoded(&asked.from),
            encoded(&asked.into),
            encoded(&asked.owner.to_string()),
            asked.metric.code(),
            asked.settle.word()
        ),
    }
}
