//! Numbers within a sentence: `500 万元`, `1,200`, `五百万`, `三成`, `百分之三十`, `5 million`, with the unit beside them.

use rust_decimal::Decimal;

use super::scan::Scan;

/// What a number counts in, as far as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    /// Nothing is said.
    Bare,
    /// Only 万, 亿, million.
    Scaled,
    Money,
    /// 家
    Customers,
    /// 个, 次, 名 …
    Pieces,
    Percent,
    /// 个百分点
    Points,
    Days,
    Score,
}

/// A number as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub value: Decimal,
    pub counts: Counts,
    pub span: Extent,
}

/// Whether one number is written, or a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    One,
    Range,
}

/// The digits of a number with what multiplies them.
struct Digits {
    value: Decimal,
    /// Whether 万, 亿, million … stands behind it.
    scaled: bool,
    /// Whether it is a single Chinese numeral, which is as often part of a word.
    word: bool,
}

/// Whether 到 behind a number makes a range of it, or says where it should come to: 从 500 到 600.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ranges {
    Read,
    Leave,
}

/// Reads a number here.
pub(super) fn number(scan: &mut Scan<'_>, ranges: Ranges) -> Option<Number> {
    let mut place = *scan;
    let before = place.at.checked_sub(1).and_then(|before| place.text.get(before));
    if before.is_some_and(|before| before.is_ascii_alphanumeric() || *before == '第') {
        return None;
    }
    let money = place.take_any(&["¥", "rmb", "cny"]);
    let parts = !money && place.take("百分之");
    let first = digits(&mut place)?;
    let mut range = place;
    let goes_on = ranges == Ranges::Read && range.take_any(&["-", "至", "到", "to"]);
    let is_time = |after: &Scan<'_>| matches!(after.next_visible(), Some('月' | '年' | '日' | '季'));
    let extent = if goes_on && digits(&mut range).is_some() && !is_time(&range) {
        place = range;
        Extent::Range
    } else {
        Extent::One
    };
    let (value, counts) = unit(&mut place, &first)?;
    let counts = match counts {
        _ if parts => Counts::Percent,
        Counts::Bare | Counts::Scaled if money => Counts::Money,
        Counts::Bare if first.scaled => Counts::Scaled,
        counts => counts,
    };
    if first.word && counts == Counts::Bare {
        return None;
    }
    *scan = place;
    Some(Number { value, counts, span: extent })
}

fn digits(scan: &mut Scan<'_>) -> Option<Digits> {
    scan.spaces();
    let mut found = arabic(scan).or_else(|| chinese(scan))?;
    let mut place = *scan;
    if place.take("个") && matches!(place.next_visible(), Some('亿' | '万')) {
        *scan = place;
    }
    while let Some(factor) = factor(scan) {
        found.value = found.value.checked_mul(factor)?;
        (found.scaled, found.word) = (true, false);
    }
    Some(found)
}

/// Digits in one piece or in groups of three, and a fraction.
fn arabic(scan: &mut Scan<'_>) -> Option<Digits> {
    let mut text = String::new();
    let rest = &scan.text[scan.at..];
    let is_digit = |place: usize| rest.get(place).is_some_and(char::is_ascii_digit);
    let mut end = 0;
    while is_digit(end) || (end > 0 && is_group(rest, end)) {
        if rest[end] != ',' {
            text.push(rest[end]);
        }
        end += 1;
    }
    if text.is_empty() {
        return None;
    }
    if rest.get(end) == Some(&'.') && is_digit(end + 1) {
        text.push('.');
        end += 1;
        while is_digit(end) {
            text.push(rest[end]);
            end += 1;
        }
    }
    scan.at += end;
    // More digits than an exact number holds are no number.
    let value = Decimal::from_str_exact(&text).ok()?;
    Some(Digits { value, scaled: false, word: false })
}

/// A comma that parts a group of three digits.
fn is_group(rest: &[char], comma: usize) -> bool {
    let digit = |place: usize| rest.get(place).is_some_and(char::is_ascii_digit);
    rest.get(comma) == Some(&',') && (1..=3).all(|place| digit(comma + place)) && !digit(comma + 4)
}

const fn chinese_digit(letter: char) -> Option<i64> {
    Some(match letter {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

const fn chinese_power(letter: char) -> Option<i64> {
    Some(match letter {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// A Chinese numeral: 五百万, 一千二百, 十二, 一点五亿. It begins with a digit or 十.
fn chinese(scan: &mut Scan<'_>) -> Option<Digits> {
    let first = scan.peek()?;
    if chinese_digit(first).is_none() && first != '十' {
        return None;
    }
    let (mut whole, mut section, mut digit) = (0_i64, 0_i64, None);
    let (start, mut scaled) = (scan.at, false);
    while let Some(letter) = scan.peek() {
        if let Some(found) = chinese_digit(letter) {
            if digit.is_some_and(|before| before != 0) {
                return None; // 二三四 is no number in words.
            }
            digit = Some(found);
        } else if letter == '点'
            && scan.text.get(scan.at + 1).is_some_and(|own| chinese_digit(*own).is_some())
        {
            return with_fraction(scan, whole + section + digit.unwrap_or(0));
        } else if let Some(power) = chinese_power(letter) {
            if power >= 10_000 {
                section = section.checked_add(digit.take().unwrap_or(0))?;
                whole = whole.checked_add(section)?.checked_mul(power)?;
                section = 0;
            } else {
                let times = digit.take().unwrap_or(i64::from(power == 10));
                section = section.checked_add(times.checked_mul(power)?)?;
            }
            scaled |= power >= 100;
        } else {
            break;
        }
        scan.at += 1;
    }
    let value = whole.checked_add(section)?.checked_add(digit.unwrap_or(0))?;
    Some(Digits { value: value.into(), scaled, word: scan.at - start <= 2 && !scaled })
}

fn with_fraction(scan: &mut Scan<'_>, whole: i64) -> Option<Digits> {
    let mut text = format!("{whole}.");
    scan.at += 1;
    while let Some(digit) = scan.peek().and_then(chinese_digit) {
        text.push_str(&digit.to_string());
        scan.at += 1;
    }
    let value = Decimal::from_str_exact(&text).ok()?;
    Some(Digits { value, scaled: false, word: false })
}

/// What multiplies the digits before it.
fn factor(scan: &mut Scan<'_>) -> Option<Decimal> {
    const FACTORS: [(&str, i64); 15] = [
        ("十", 10),
        ("百", 100),
        ("千", 1_000),
        ("万", 10_000),
        ("亿", 100_000_000),
        ("thousand", 1_000),
        ("million", 1_000_000),
        ("billion", 1_000_000_000),
        ("mn", 1_000_000),
        ("bn", 1_000_000_000),
        ("k", 1_000),
        ("m", 1_000_000),
        ("b", 1_000_000_000),
        ("mio", 1_000_000),
        ("tsd", 1_000),
    ];
    // 千分 and 百分 begin another word.
    let mut place = *scan;
    if place.take_any(&["百分", "千分"]) {
        return None;
    }
    FACTORS.iter().find_map(|(word, factor)| scan.take(word).then_some(Decimal::from(*factor)))
}

/// The unit behind the digits; none for a duration, which is no figure.
fn unit(scan: &mut Scan<'_>, digits: &Digits) -> Option<(Decimal, Counts)> {
    const DURATIONS: [&str; 10] =
        ["个月", "个季度", "个工作日", "个星期", "个小时", "分钟", "周", "months", "weeks", "quarters"];
    const UNITS: [(&[&str], Counts); 7] = [
        (&["个百分点", "百分点", "percentage points", "percentage point", "pp"], Counts::Points),
        (&["%", "percent", "per cent"], Counts::Percent),
        (&["元", "块钱", "yuan", "rmb", "cny"], Counts::Money),
        (&["家", "户", "customers", "customer", "clients", "accounts"], Counts::Customers),
        (&["个", "名", "位", "次", "单", "人", "笔", "件", "场", "times"], Counts::Pieces),
        (&["天", "days", "day"], Counts::Days),
        (&["分", "points", "point"], Counts::Score),
    ];
    let mut place = *scan;
    if place.take_any(&DURATIONS) {
        return None;
    }
    if !digits.scaled && scan.take("成") {
        let half = scan.peek().and_then(chinese_digit).inspect(|_| scan.at += 1).unwrap_or(0);
        let tenths = digits.value.checked_mul(Decimal::TEN)?.checked_add(half.into())?;
        return Some((tenths, Counts::Percent));
    }
    let counts = UNITS.iter().find_map(|(words, counts)| scan.take_any(words).then_some(*counts));
    Some((digits.value, counts.unwrap_or(Counts::Bare)))
}
