//! What matters, in sentences: each with its figures and the way to what they are made of.

use dacheng_app::figures::history::{Finding, Part, PartBy};
use dacheng_domain::Ratio;
use dacheng_domain::calendar::{Month, Period, Year};
use dacheng_domain::metrics::Change;
use dacheng_domain::planning::history::{Concentration, Risk};
use dacheng_text::{Count, date, rate};

use super::sections::Shown;
use super::view::part_name;
use crate::components::Sentence;

/// The findings as sentences.
pub(super) fn findings(shown: &Shown<'_>) -> Vec<Sentence> {
    shown.found.findings.iter().map(|finding| sentence(shown, finding)).collect()
}

fn sentence(shown: &Shown<'_>, finding: &Finding) -> Sentence {
    match finding {
        Finding::YearSoFar { year, change, running } => year_so_far(shown, *year, change, *running),
        Finding::LastMonth { month, spring, change } => last_month(shown, *month, *spring, change),
        Finding::Strongest(by, part) | Finding::Weakest(by, part) => extreme(shown, finding, *by, part),
        Finding::Customers(year, spread) => customers(shown, *year, spread),
        Finding::Season { high, low, years } => season(shown, *high, *low, *years),
    }
}

/// A change as a sentence says it.
fn moved(shown: &Shown<'_>, change: &Change) -> (String, String, String) {
    let rate = change.rate.map_or_else(|| shown.lang.history().no_rate().to_owned(), rate::change);
    (shown.said(change.current), rate, shown.said(change.base.unwrap_or_default()))
}

/// A sentence of which some words stand out, and the page where its figure is explained.
fn explained(shown: &Shown<'_>, said: &str, values: &[&str], period: Period) -> Sentence {
    let see = shown.lang.history().see();
    let sentence = Sentence::emphasised(said, values).plain(shown.lang.overview().next_sentence());
    sentence.link(see, shown.why(period, &shown.found.owner))
}

fn year_so_far(shown: &Shown<'_>, year: Year, change: &Change, running: bool) -> Sentence {
    let say = shown.lang.history();
    let (amount, rate, before) = moved(shown, change);
    let said = if running {
        say.find_year(year.name(), &amount, &rate, &before)
    } else {
        say.find_year_over(year.name(), &amount, &rate, &before)
    };
    explained(shown, &said, &[&amount, &rate], Period::Year(year))
}

fn last_month(shown: &Shown<'_>, month: Month, spring: bool, change: &Change) -> Sentence {
    let say = shown.lang.history();
    let (amount, rate, before) = moved(shown, change);
    let name = date::period(shown.lang, Period::Month(month));
    let said = if spring {
        say.find_spring(&amount, &rate, &before)
    } else {
        say.find_month(name, &amount, &rate, &before)
    };
    explained(shown, &said, &[&amount, &rate], Period::Month(month))
}

fn extreme(shown: &Shown<'_>, finding: &Finding, by: PartBy, part: &Part) -> Sentence {
    let (lang, say) = (shown.lang, shown.lang.history());
    let word = match by {
        PartBy::Region => say.by_region_word(),
        PartBy::ProductLine => say.by_product_line_word(),
        PartBy::CustomerType => say.by_customer_type_word(),
        PartBy::Below => say.by_below_word(),
    };
    let name = part_name(lang, by, part);
    let (before, now) = (shown.said(part.before.unwrap_or_default()), shown.said(part.now));
    let points =
        part.contribution.map_or_else(|| say.no_rate().to_owned(), |points| rate::points(lang, points));
    let said = if matches!(finding, Finding::Strongest(..)) {
        say.find_strongest(word, &name, &before, &now, &points)
    } else {
        say.find_weakest(word, &name, &before, &now, &points)
    };
    let sentence = Sentence::emphasised(&said, &[&name, &points]).plain(lang.overview().next_sentence());
    let period = Period::Year(shown.found.years[2]);
    match &part.owner {
        Some(owner) => sentence.link(say.see(), shown.why(period, owner)),
        None => sentence.link(say.see_section(), "#parts"),
    }
}

fn customers(shown: &Shown<'_>, _year: Year, spread: &Concentration) -> Sentence {
    let (lang, say) = (shown.lang, shown.lang.history());
    let (top, largest) = (rate::percent(spread.top_share()), rate::percent(spread.largest_share()));
    let said = match spread.risk() {
        Risk::OneCustomer => say.find_one(&largest, &top, spread.behind_most),
        Risk::FewCustomers => say.find_few(&top, spread.behind_most),
        Risk::Spread => say.find_spread(&top, spread.behind_most),
    };
    let values: &[&str] = if spread.risk() == Risk::OneCustomer { &[&largest, &top] } else { &[&top] };
    let sentence = Sentence::emphasised(&said, values).plain(lang.overview().next_sentence());
    sentence.link(say.see_section(), "#customers")
}

fn season(shown: &Shown<'_>, high: (i8, i64), low: (i8, i64), years: usize) -> Sentence {
    let (lang, say) = (shown.lang, shown.lang.history());
    let index = |index: i64| Ratio::new(index, 10_000).map_or_else(String::new, rate::percent);
    let (most, least) = (index(high.1), index(low.1));
    let (peak, trough) = (date::month_name(lang, high.0), date::month_name(lang, low.0));
    let years = Count::from(i64::try_from(years).unwrap_or(i64::MAX));
    let said = say.find_season(&peak, &most, &trough, &least, years);
    let sentence = Sentence::emphasised(&said, &[&most, &least]).plain(lang.overview().next_sentence());
    sentence.link(say.see_section(), "#seasons")
}
