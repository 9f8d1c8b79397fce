//! Whether the 80 % band holds 80 of 100 months that nobody showed to the method: each month is forecast from the
//! months before it alone, by the whole procedure, and then looked at.

#![expect(clippy::unwrap_used, reason = "tests")]

use dacheng_domain::calendar::{Calendar, Month};
use dacheng_forecast::{Days, History, Method, Past, Question, Series};

/// How many held-out sums lay below, inside and above their band.
#[derive(Default, Clone, Copy)]
struct Held {
    below: u32,
    inside: u32,
    above: u32,
    by_model: u32,
}

impl Held {
    fn all(self) -> u32 {
        self.below + self.inside + self.above
    }

    fn per_cent(self) -> f64 {
        f64::from(self.inside) / f64::from(self.all()) * 100.0
    }

    fn add(&mut self, other: Self) {
        self.below += other.below;
        self.inside += other.inside;
        self.above += other.above;
        self.by_model += other.by_model;
    }

    fn told(self, what: &str) {
        let all = self.all();
        println!(
            "{what}: {} of {all} inside ({:.1} %), {} below, {} above, {} by the model",
            self.inside,
            self.per_cent(),
            self.below,
            self.above,
            self.by_model
        );
    }
}

fn past(first: Month, amounts: &[i64], days: &Days) -> Past {
    let history = History { first, amounts: amounts.to_vec(), inside: None, began_late: false };
    Past::of(Series::new(history, days))
}

/// Every sum of `question` that begins after `from` months, each from what came before.
fn held_out(first: Month, amounts: &[i64], days: &Days, question: Question, from: usize) -> Held {
    let mut held = Held::default();
    for origin in from..=amounts.len() - question.skipped - question.months {
        let Ok(told) = past(first, &amounts[..origin], days).asked(question) else { continue };
        let months = origin + question.skipped..origin + question.skipped + question.months;
        let came: i64 = amounts[months].iter().sum();
        if came < told.band.p10 {
            held.below += 1;
        } else if came > told.band.p90 {
            held.above += 1;
        } else {
            held.inside += 1;
        }
        held.by_model += u32::from(told.chosen.method == Method::Model);
    }
    held
}

/// A made-up unit: season, growth, working days, and chance that lasts a little and differs by unit.
fn made_up(random: &mut fastrand::Rng, months: usize, first: Month, days: &Days) -> Vec<i64> {
    let season = [0.88, 0.72, 1.08, 0.94, 1.0, 1.22, 0.9, 0.92, 1.14, 0.96, 1.24, 1.38];
    let growth = 1.0 + f64::from(random.i32(-5..25)) / 100.0;
    let chance = 0.04 + random.f64() * 0.2;
    let lasting = random.f64() * 0.5;
    let level = 100_000.0 * (1.0 + random.f64() * 50.0);
    let mut drift = 0.0;
    (0..months)
        .map(|at| {
            let month = first.plus(i32::try_from(at).unwrap());
            // The sum of twelve even numbers is nearly normal.
            let normal = (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
            drift = lasting * drift + chance * normal;
            let years = f64::from(u32::try_from(at).unwrap()) / 12.0;
            let own =
                season[usize::from(month.number().unsigned_abs()) - 1] * growth.powf(years) * f64::exp(drift);
            #[expect(clippy::cast_possible_truncation, reason = "amounts of this test")]
            let amount = (level * days.of(month) * own) as i64;
            amount
        })
        .collect()
}

fn over_made_up(months: usize, question: Question, from: usize, units: u32) -> Held {
    let days = Days::new(Calendar::shipped(), 2026);
    let first: Month = "2022-01".parse().unwrap();
    let mut random = fastrand::Rng::with_seed(42);
    let mut all = Held::default();
    for _ in 0..units {
        let amounts = made_up(&mut random, months, first, &days);
        all.add(held_out(first, &amounts, &days, question, from));
    }
    all
}

#[test]
fn the_band_holds_four_fifths_of_the_months_nobody_showed_it() {
    let held = over_made_up(40, Question::NEXT, 28, 100);
    held.told("next month, 28 to 39 months of history");
    assert!((75.0..=85.0).contains(&held.per_cent()), "{:.1} %", held.per_cent());
}

#[test]
fn the_band_of_a_quarter_holds_too() {
    let held = over_made_up(48, Question::next(3), 33, 100);
    held.told("next three months, 33 to 45 months of history");
    assert!((75.0..=85.0).contains(&held.per_cent()), "{:.1} %", held.per_cent());
}

#[test]
fn the_band_of_a_year_holds_too() {
    let held = over_made_up(60, Question::next(12), 36, 60);
    held.told("next twelve months, 36 to 48 months of history");
    assert!((75.0..=85.0).contains(&held.per_cent()), "{:.1} %", held.per_cent());
}

/// Northwind by month from July 1996 through April 1998 in cents (public sample data, order lines rounded to the
/// cent): the company, then its nine sellers.
const NORTHWIND: [[i64; 22]; 10] = [
    [
        2_786_190, 2_548_528, 2_638_140, 3_751_573, 4_560_005, 4_523_963, 6_125_808, 3_848_364, 3_854_723,
        5_303_295, 5_378_130, 3_636_282, 5_102_088, 4_728_768, 5_562_927, 6_674_924, 4_353_381, 7_139_845,
        9_422_213, 9_941_529, 10_485_419, 12_379_870,
    ],
    [
        161_488, 555_590, 665_100, 393_318, 956_265, 844_691, 733_160, 194_640, 512_408, 24_000, 911_596,
        546_835, 1_953_095, 510_470, 744_157, 1_241_415, 408_990, 1_534_047, 811_536, 1_114_751, 2_482_745,
        1_258_723,
    ],
    [
        117_600, 181_400, 295_080, 516_400, 461_458, 603_768, 305_988, 158_400, 284_490, 1_311_865, 437_332,
        688_220, 796_500, 5750, 928_665, 1_016_480, 356_700, 754_024, 435_111, 2_312_755, 1_393_764,
        3_099_028,
    ],
    [
        296_322, 345_208, 176_200, 357_988, 370_798, 275_880, 698_102, 1_021_264, 1_159_940, 1_025_255,
        1_804_960, 559_979, 108_197, 583_160, 355_590, 762_696, 959_808, 1_763_666, 2_570_502, 2_154_024,
        1_636_013, 1_295_736,
    ],
    [
        1_186_045, 337_998, 357_510, 1_371_897, 1_131_142, 609_920, 2_373_647, 1_212_200, 523_008, 1_347_599,
        691_528, 408_285, 553_090, 1_648_554, 793_129, 1_043_985, 662_425, 1_623_533, 1_924_597, 1_064_306,
        829_845, 993_771,
    ],
    [
        163_882, 0, 142_000, 139_320, 390_108, 1_003_082, 0, 0, 252_040, 0, 450_028, 303_740, 647_540,
        358_558, 202_483, 758_133, 48_427, 50_700, 1_170_280, 537_706, 240_204, 21_000,
    ],
    [
        255_903, 254_012, 398_360, 0, 222_846, 533_140, 138_000, 132_424, 119_520, 959_350, 74_770, 346_481,
        130_100, 357_644, 60_422, 618_540, 632_245, 743_142, 187_483, 195_340, 506_898, 524_695,
    ],
    [
        0, 47_940, 120_660, 397_708, 956_908, 0, 1_121_734, 389_100, 383_200, 498_696, 553_696, 208_200,
        556_398, 670_659, 1_324_986, 64_200, 189_050, 87_200, 661_000, 631_713, 618_635, 2_859_057,
    ],
    [
        168_520, 826_380, 483_230, 38_520, 70_480, 636_882, 658_497, 740_336, 469_599, 80_050, 440_240,
        226_292, 354_788, 449_373, 275_880, 1_131_675, 384_000, 392_533, 1_126_372, 10_600, 2_072_813,
        1_377_710,
    ],
    [
        436_430, 0, 0, 536_422, 0, 16_600, 96_680, 0, 150_518, 56_480, 13_980, 348_250, 2380, 144_600,
        877_615, 37_800, 711_736, 191_000, 535_332, 1_920_334, 704_502, 950_150,
    ],
];

#[test]
fn northwind_has_too_few_months_for_a_model_and_says_so() {
    let days = Days::new(Calendar::shipped(), 1998);
    let first: Month = "1996-07".parse().unwrap();
    let company = past(first, &NORTHWIND[0], &days).asked(Question::NEXT).unwrap();
    assert_eq!(company.chosen.method, Method::Naive);
    println!("company, May 1998: {:?} {:?}", company.band, company.chosen);
    let mut people = Held::default();
    let mut whole = Held::default();
    for (at, amounts) in NORTHWIND.iter().enumerate() {
        let held = held_out(first, amounts, &days, Question::NEXT, 9);
        if at == 0 { whole.add(held) } else { people.add(held) }
    }
    whole.told("Northwind, company");
    people.told("Northwind, sellers");
    let mut all = whole;
    all.add(people);
    all.told("Northwind");
    assert!(all.all() >= 120);
}
