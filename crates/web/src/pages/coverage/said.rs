//! How coverage is said: times, weights and where they come from, why an opportunity does not count.

use dacheng_app::figures::pipeline::{Covered, Pipeline};
use dacheng_domain::tracking::pipeline::{Coverage, Left, Origin, WHOLE, Weight};
use dacheng_domain::{Fen, Ratio};
use dacheng_text::{Lang, money, number, rate};

use crate::components::{Badge, Sentence, Tone};

/// Two decimals, so that what is a hair below the limit shows it.
pub fn times(lang: Lang, ratio: Ratio) -> String {
    lang.pipeline().times(number::quotient(ratio.num(), ratio.den(), 2))
}

/// How a period is covered, or why that cannot be said.
pub fn coverage(lang: Lang, coverage: Coverage) -> String {
    let say = lang.pipeline();
    match coverage {
        Coverage::Over => say.over().to_owned(),
        Coverage::NoTarget => say.no_target().to_owned(),
        Coverage::NoGap => say.no_gap().to_owned(),
        Coverage::Times { ratio, .. } => times(lang, ratio),
    }
}

/// Whether that is enough.
pub fn state(lang: Lang, covered: &Covered) -> Badge {
    let say = lang.pipeline();
    match covered.coverage {
        Coverage::Over | Coverage::NoTarget => Badge::new(Tone::None, "—"),
        Coverage::NoGap => Badge::new(Tone::Ok, lang.forecast().certain()),
        Coverage::Times { .. } if covered.is_short => Badge::new(Tone::Bad, say.red()),
        Coverage::Times { .. } => Badge::new(Tone::Ok, say.enough()),
    }
}

/// The conclusion: what the opportunities are worth, what is lacking, who is short.
pub fn conclusion(lang: Lang, found: &Pipeline) -> Sentence {
    let (say, own) = (lang.pipeline(), &found.whole);
    let (count, weighted) =
        (i64::try_from(own.count).unwrap_or(i64::MAX), money::said(lang, Fen(own.weighted)));
    let first = match own.coverage {
        Coverage::Over => return say.conclusion_over().into(),
        Coverage::NoTarget => Sentence::from(say.conclusion_no_target(count, weighted)),
        Coverage::NoGap => Sentence::from(say.conclusion_no_gap(count, weighted)),
        Coverage::Times { gap, ratio } => {
            let (gap, times) = (money::said(lang, Fen(gap)), times(lang, ratio));
            let said = say.conclusion(count, &weighted, &gap, &times);
            Sentence::emphasised(&said, &[&weighted, &gap, &times])
        }
    };
    let red = found.below.iter().filter(|(_, own)| own.is_short).count();
    if red == 0 {
        return first;
    }
    let limit = times(lang, found.settled.red_below);
    let red = say.conclusion_red(i64::try_from(red).unwrap_or(i64::MAX), limit);
    first.plain(lang.overview().next_sentence()).plain(red)
}

/// A weight in per cent.
pub fn weight(weight: Weight) -> String {
    rate::percent(Ratio::new(weight.parts, WHOLE).unwrap_or(Ratio::percent(0)))
}

/// Where a weight comes from.
pub fn origin(lang: Lang, origin: Origin) -> String {
    let say = lang.pipeline();
    match origin {
        Origin::Own => say.own().to_owned(),
        Origin::Settled => say.settled().to_owned(),
        Origin::Stage { decided } => say.of_stage(decided),
        Origin::All { decided } => say.of_all(decided),
    }
}

/// Why an opportunity does not count.
pub fn left(lang: Lang, left: Left) -> &'static str {
    let say = lang.pipeline();
    match left {
        Left::Silent => say.silent(),
        Left::NoAmount => say.no_amount(),
        Left::NoDate => say.no_date(),
        Left::Before => say.before(),
        Left::After => say.after(),
        Left::NoWeight => say.no_weight(),
    }
}
