//! From a proposal to what its page says: totals with their chances, steps with their reasons. No figure is computed.

use dacheng_app::planning::{Base, Proposed, Typed};
use dacheng_domain::Ratio;
use dacheng_domain::planning::State;
use dacheng_domain::planning::proposal::{CannotPropose, Step};

use dacheng_text::{Lang, rate};

use super::amount::Amount;
use crate::components::{Column, Figure, Note, Tone};
use crate::pages::forecast::said::chance;

/// One of the three totals.
#[derive(Debug, Clone)]
pub struct ThreeTotal {
    /// 保底, 目标, 挑战.
    pub name: String,
    /// How much.
    pub figure: Figure,
    /// How likely.
    pub chance: String,
}

/// One factor.
#[derive(Debug, Clone)]
pub struct StepRow {
    /// Its name.
    pub name: String,
    /// What it rests on.
    pub why: String,
    /// What it changed, with its sign.
    pub change: String,
    /// To what.
    pub total: Figure,
}

/// Hundredths of a per cent as people read them.
fn percent(hundredths: i64) -> String {
    rate::percent(Ratio::new(hundredths, 10_000).unwrap_or(Ratio::percent(0)))
}

/// Why there is no proposal, or why it can only be read.
pub(super) fn note(lang: Lang, found: &Proposed, state: State) -> Option<Note> {
    let say = lang.proposal();
    match &found.proposal {
        Err(CannotPropose::Nothing | CannotPropose::Season) => {
            Some(Note::new(Tone::Warn, say.cannot_nothing()))
        }
        Err(CannotPropose::Capacity) => Some(Note::new(Tone::Warn, say.cannot_capacity())),
        Err(
            CannotPropose::Market
            | CannotPropose::Own
            | CannotPropose::Below
            | CannotPropose::Above
            | CannotPropose::Rounding
            | CannotPropose::TooLarge,
        ) => Some(Note::new(Tone::Warn, say.cannot_rates())),
        Ok(_) => (state != State::Draft).then(|| Note::new(Tone::Info, say.not_draft())),
    }
}

/// 保底, 目标, 挑战 with their chances.
pub(super) fn totals(amount: Amount, found: &Proposed) -> Vec<ThreeTotal> {
    let (lang, say) = (amount.lang, amount.lang.plans());
    let Ok(proposal) = &found.proposal else { return Vec::new() };
    let named = [
        (say.floor(), proposal.floor),
        (say.target_value(), proposal.target),
        (say.stretch(), proposal.stretch),
    ];
    let chances = found.chances.map(|own| match own {
        Some(own) => lang.proposal().chance(chance(lang, own)),
        None => lang.proposal().no_chance().to_owned(),
    });
    let both = named.into_iter().zip(chances);
    both.map(|((name, minor), chance)| ThreeTotal {
        name: name.to_owned(),
        figure: amount.figure(minor),
        chance,
    })
    .collect()
}

/// How the outer totals and the chances came about.
pub(super) fn said(amount: Amount, found: &Proposed) -> Vec<String> {
    let say = amount.lang.proposal();
    let (below, above) = (percent(found.spread.0), percent(found.spread.1));
    let spread = if found.by_band { say.spread_band(below, above) } else { say.spread_typed(below, above) };
    let band = found.band.map_or_else(
        || say.band_none().to_owned(),
        |band| say.band_said(amount.said(band.p50), amount.said(band.p10), amount.said(band.p90)),
    );
    let pipeline = found.pipeline.map(|(weighted, count)| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        if count == 0 {
            say.pipeline_none().to_owned()
        } else {
            say.pipeline_said(count, amount.said(weighted))
        }
    });
    let noted = found.market_noted.then(|| say.market_noted().to_owned());
    [Some(spread), Some(band), pipeline, noted].into_iter().flatten().collect()
}

/// The way to the target as a file has it: name, reason, change, subtotal.
pub(super) fn exported(amount: Amount, found: &Proposed) -> Vec<(&'static str, String, i64, i64)> {
    let (Ok(proposal), Some(base)) = (&found.proposal, &found.base) else { return Vec::new() };
    let step = |moved: &dacheng_domain::planning::proposal::Moved| {
        let why = why(amount, moved.step, &found.typed, base);
        (name(amount.lang, moved.step), why, moved.change, moved.total)
    };
    proposal.steps.iter().map(step).collect()
}

/// The way to the target.
pub(super) fn rows(amount: Amount, found: &Proposed, column: &Column) -> Vec<StepRow> {
    let (Ok(proposal), Some(base)) = (&found.proposal, &found.base) else { return Vec::new() };
    let steps = proposal.steps.iter().map(|moved| StepRow {
        name: name(amount.lang, moved.step).to_owned(),
        why: why(amount, moved.step, &found.typed, base),
        change: column.signed(amount.lang, moved.change),
        total: amount.figure(moved.total),
    });
    steps.collect()
}

fn name(lang: Lang, step: Step) -> &'static str {
    let say = lang.proposal();
    match step {
        Step::Achieved => say.achieved(),
        Step::Season => say.season(),
        Step::Market => say.market(),
        Step::Ramp => say.ramp(),
        Step::Attrition => say.attrition(),
        Step::Hires => say.hires(),
        Step::Own => say.own(),
        Step::Rounding => say.rounding(),
    }
}

fn why(amount: Amount, step: Step, typed: &Typed, base: &Base) -> String {
    let say = amount.lang.proposal();
    let months = |hundredths: u64| {
        let tenths = i128::from(hundredths / 10);
        dacheng_text::number::grouped(tenths, 1)
    };
    match step {
        Step::Achieved => match typed.achieved {
            Some(_) => say.why_achieved_own(amount.said(base.achieved)),
            None => say.why_achieved(base.first.to_string(), base.last.to_string(), base.months),
        },
        Step::Season if base.months >= 12 => say.why_season_whole().to_owned(),
        Step::Season if base.season_years > 0 => {
            say.why_season_years(base.season_years, rate::percent(base.season))
        }
        Step::Season => say.why_season_days(rate::percent(base.season)),
        Step::Market if typed.market == 0 && typed.market_source.is_empty() => {
            say.why_market_none().to_owned()
        }
        Step::Market => say.why_market(percent(typed.market), &typed.market_source),
        Step::Ramp => say.why_ramp(base.heads, base.ramping, months(base.carried.0), months(base.carried.1)),
        Step::Attrition => match typed.leaving {
            Some(rate) => say.why_attrition_own(percent(rate)),
            None => say.why_attrition(base.leavers, base.heads),
        },
        Step::Hires if typed.hires == 0 => say.why_hires_none().to_owned(),
        Step::Hires => say.why_hires(typed.hires, typed.hired_in.max(1)),
        Step::Own if typed.own == 0 => say.why_own_none().to_owned(),
        Step::Own => say.why_own(percent(typed.own), &typed.own_reason),
        Step::Rounding => say.why_rounding(amount.said(amount.rounding())),
    }
}
