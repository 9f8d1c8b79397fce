//! How often the band held the last twelve months of series that come as `owner,month,amount` lines in yuan on standard
//! input, as `dacheng attainment --by unit,month --format csv` prints them; each month from the months before it alone.
//! `… | cargo run -p dacheng-forecast --example held_out`

use std::collections::BTreeMap;
use std::io::Read as _;

use dacheng_domain::Fen;
use dacheng_domain::calendar::{Calendar, Month};
use dacheng_forecast::{Days, History, Method, Past, Question, Series};

/// Months of history a series needs to be looked at.
const LEAST: usize = 30;
/// The months looked back at.
const LAST: usize = 12;

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut series: BTreeMap<String, BTreeMap<Month, i64>> = BTreeMap::new();
    for line in text.lines() {
        let mut cells = line.split(',');
        let (Some(owner), Some(month), Some(amount)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let (Ok(month), Ok(Fen(amount))) = (month.parse(), amount.parse()) else { continue };
        series.entry(owner.to_owned()).or_default().insert(month, amount);
    }
    let (mut many, mut inside, mut all, mut by_model) = (0_u32, 0_u32, 0_u32, 0_u32);
    for months in series.values() {
        let (Some((&first, _)), Some((&last, _))) = (months.first_key_value(), months.last_key_value())
        else {
            continue;
        };
        let days = Days::new(Calendar::shipped(), last.year());
        let count = usize::try_from(last.months_since(first)).unwrap_or(0) + 1;
        let at = |place: usize| first.plus(i32::try_from(place).unwrap_or(0));
        let amounts: Vec<i64> =
            (0..count).map(|place| months.get(&at(place)).copied().unwrap_or(0)).collect();
        if count < LEAST {
            continue;
        }
        many += 1;
        for origin in count - LAST..count {
            let history =
                History { first, amounts: amounts[..origin].to_vec(), inside: None, began_late: false };
            let Ok(told) = Past::of(Series::new(history, &days)).asked(Question::NEXT) else { continue };
            all += 1;
            inside += u32::from((told.band.p10..=told.band.p90).contains(&amounts[origin]));
            by_model += u32::from(told.chosen.method == Method::Model);
        }
    }
    let share = f64::from(inside) / f64::from(all.max(1)) * 100.0;
    println!(
        "{many} series: {inside} of {all} held-out months inside ({share:.1} %), {by_model} by the model"
    );
    Ok(())
}
