//! How a forecast is said: chances, methods, how often the band held, what is unusual.

use dacheng_app::figures::forecast::{Outlook, Outlooks, Told};
use dacheng_domain::{Fen, Ratio};
use dacheng_forecast::{Chance, Flag, Forecast, HORIZON, Side, Why};
use dacheng_text::{Lang, money, rate};

use crate::components::{Badge, Note, Sentence, Tone};

/// Below it a target is at risk, above the other it is likely: the healthy band of `domain.md` §3.
const HEALTHY: (u16, u16) = (3_000, 8_000);

/// A chance as a rate.
pub fn ratio(chance: Chance) -> Ratio {
    Ratio::new(chance.ten_thousandths(), 10_000_u16).unwrap_or(Ratio::percent(0))
}

/// A chance in whole per cent; nothing is surer than a hundred months can tell.
pub fn chance(lang: Lang, chance: Chance) -> String {
    let say = lang.forecast();
    match chance.ten_thousandths() {
        10_000 => say.certain().to_owned(),
        ..100 => say.less().to_owned(),
        9_901.. => say.more().to_owned(),
        _ => format!("{}%", rate::whole(ratio(chance))),
    }
}

/// What the chance of a target means.
pub fn risk(lang: Lang, chance: Option<Chance>) -> Badge {
    let say = lang.forecast();
    match chance.map(Chance::ten_thousandths) {
        None => Badge::new(Tone::None, say.no_target()),
        Some(low) if low < HEALTHY.0 => Badge::new(Tone::Bad, say.unlikely()),
        Some(high) if high > HEALTHY.1 => Badge::new(Tone::Ok, say.likely()),
        Some(_) => Badge::new(Tone::Warn, say.open()),
    }
}

/// The conclusion: what it comes to, and whether the target is reached.
pub fn conclusion(lang: Lang, outlook: &Outlook) -> Sentence {
    let (say, said) = (lang.forecast(), |minor: i64| money::said(lang, Fen(minor)));
    let forecast = match &outlook.told {
        Told::Over => return say.over(said(outlook.booked)).into(),
        Told::TooShort(months) => return say.too_short(*months).into(),
        Told::TooFar => return say.too_far(HORIZON).into(),
        Told::Ahead(forecast) => forecast,
    };
    let (low, middle, high) = (said(forecast.band.p10), said(forecast.band.p50), said(forecast.band.p90));
    let first = Sentence::emphasised(&say.said(&middle, &low, &high), &[middle.as_str()]);
    let first = first.plain(lang.overview().next_sentence());
    match outlook.target {
        None => first.plain(say.said_no_target()),
        Some(target) => {
            let (target, chance) = (said(target), chance(lang, forecast.reaches(target)));
            let text = say.said_target(&target, &chance);
            match text.rsplit_once(&chance) {
                Some((before, after)) => first.plain(before).strong(chance).plain(after),
                None => first.plain(text),
            }
        }
    }
}

/// Why which method answers.
pub fn method(lang: Lang, forecast: &Forecast) -> String {
    let say = lang.forecast();
    let why = match forecast.chosen.why {
        Why::Better => say.why_better(say.model(), say.naive()),
        Why::NotBetter => say.why_not_better(say.naive(), say.model()),
        Why::TooShortForModel(months) => say.why_short_model(say.naive(), months, say.model()),
        Why::TooShortForNaive(months) => say.why_short_naive(say.mean(), months, say.naive()),
    };
    match forecast.chosen.borrowed {
        None => why,
        Some(months) => why + lang.overview().next_sentence() + &say.borrowed(months),
    }
}

/// How far to trust a forecast: name and sentence.
pub fn proof(lang: Lang, found: &Outlooks) -> Vec<(String, String)> {
    let say = lang.forecast();
    let mut all = Vec::new();
    if let Told::Ahead(forecast) = &found.whole.told {
        let record = forecast.record;
        let held = record.share().map_or_else(
            || say.held_none().to_owned(),
            |share| say.held_said(record.months, record.held, format!("{}%", rate::whole(ratio(share)))),
        );
        all.push((say.held().to_owned(), held));
        all.push((say.error().to_owned(), mase(lang, forecast)));
        all.push((say.method().to_owned(), method(lang, forecast)));
    }
    let errors = match &found.whole.told {
        Told::Ahead(forecast) => lang.overview().comma().to_owned() + &say.errors(forecast.chosen.errors),
        Told::Over | Told::TooShort(_) | Told::TooFar => String::new(),
    };
    all.push((say.history().to_owned(), say.history_said(found.history) + &errors));
    all
}

fn mase(lang: Lang, forecast: &Forecast) -> String {
    let say = lang.forecast();
    let hundredths = |value: u32| format!("{}.{:02}", value / 100, value % 100);
    match (forecast.errors.model, forecast.errors.naive) {
        (Some(model), Some(naive)) => {
            say.mase_both(say.model(), hundredths(model), say.naive(), hundredths(naive))
        }
        (_, Some(naive)) => say.mase_naive(say.naive(), hundredths(naive)),
        (_, None) => say.mase_none().to_owned(),
    }
}

/// What is unusual about the history, each kind in one note that names its months.
pub fn notes(lang: Lang, found: &Outlooks) -> Vec<Note> {
    let say = lang.forecast();
    let named = |kind: &dyn Fn(&Flag) -> bool| -> Option<String> {
        let months = found.flags.iter().filter(|flag| kind(flag)).map(|flag| flag.month().to_string());
        let names: Vec<String> = months.collect();
        (!names.is_empty()).then(|| names.join(lang.overview().comma()))
    };
    let warn = |text: String| Note::new(Tone::Warn, text);
    let told = |text: String| Note::new(Tone::Info, text);
    let gaps = named(&|flag| matches!(flag, Flag::Gap(_))).map(|months| warn(say.gap(months)));
    let above = named(&|flag| matches!(flag, Flag::Outlier(_, Side::Above)));
    let below = named(&|flag| matches!(flag, Flag::Outlier(_, Side::Below)));
    let late = named(&|flag| matches!(flag, Flag::BeganLate(_)));
    let provisional = found.provisional.map(|year| told(say.provisional(year)));
    [
        gaps,
        above.map(|months| told(say.outlier_above(months))),
        below.map(|months| told(say.outlier_below(months))),
        late.map(|months| told(say.began_late(months))),
        provisional,
    ]
    .into_iter()
    .flatten()
    .collect()
}
