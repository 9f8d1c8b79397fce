//! A thousand series of 36 months: back-tested, the running month and the year to come asked of each.
//! `cargo bench -p dacheng-forecast`

use dacheng_domain::calendar::Calendar;
use dacheng_forecast::{Days, History, Past, Question, Series};

fn main() {
    divan::main();
}

fn histories(many: u64) -> Vec<Series> {
    let days = Days::new(Calendar::shipped(), 2026);
    let season = [90, 60, 110, 95, 100, 120, 90, 90, 115, 95, 120, 140];
    let mut random = fastrand::Rng::with_seed(2026);
    let mut one = || {
        let level = random.i64(10_000..1_000_000);
        let amounts = (0..36).map(|month| season[month % 12] * level * random.i64(80..120) / 100).collect();
        let first = "2023-11".parse().unwrap_or_else(|_| unreachable!());
        Series::new(History { first, amounts, inside: None, began_late: false }, &days)
    };
    (0..many).map(|_| one()).collect()
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_thousand_series(bencher: divan::Bencher<'_, '_>) {
    let all = histories(1_000);
    bencher.bench(|| {
        let asked = all.iter().map(|series| {
            let past = Past::of(series.clone());
            let next = past.asked(Question::NEXT).map(|forecast| forecast.band.p50);
            let year = past.asked(Question { skipped: 2, months: 12, known: 0 }).map(|year| year.band.p50);
            (next.unwrap_or(0), year.unwrap_or(0))
        });
        asked.fold(0_i64, |sum, (next, year)| sum.wrapping_add(next).wrapping_add(year))
    });
}
