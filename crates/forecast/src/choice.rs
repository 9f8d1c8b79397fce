//! Which method answers: the model where it beat the year before in the past, else the year before, else the mean;
//! and why.

use crate::LEAST_ERRORS;
use distrs::{Normal, StudentsT};

use crate::inside::Blend;
use crate::method::Method;
use crate::number::{count, median, whole};
use crate::question::Question;
use crate::table::{Miss, Table};

/// Why a method was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Over the same past months the model missed by less than the year before.
    Better,
    /// It did not.
    NotBetter,
    /// So many more months are needed before the model can be compared.
    TooShortForModel(usize),
    /// So many more months are needed before the year before can be compared.
    TooShortForNaive(usize),
}

/// How far methods missed, in hundredths of the mean miss of the naive forecast over all past months (MASE, Hyndman and
/// Koehler 2006): below 100 is better than repeating the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Errors {
    /// Of the model, where it could be tried.
    pub model: Option<u32>,
    /// Of the year before, over the same months as the model where there is one.
    pub naive: Option<u32>,
    /// Over how many past months.
    pub origins: usize,
}

/// The method that answers, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// Which.
    pub method: Method,
    /// Why.
    pub why: Why,
    /// How many past errors make the band.
    pub errors: usize,
    /// Where the past is too short for sums over so many months: over how many the errors were taken instead. They
    /// are applied as if each month of the sum missed alike.
    pub borrowed: Option<usize>,
}

/// A method tried on the past.
pub(crate) struct Tried {
    pub method: Method,
    pub blend: Option<Blend>,
    pub misses: Vec<Miss>,
}

/// What is taken, with the misses behind it.
pub(crate) struct Taken {
    pub chosen: Chosen,
    pub blend: Option<Blend>,
    pub scores: Vec<f64>,
}

impl Tried {
    /// A method with the blend that missed least.
    fn of(table: &Table, method: Method, question: Question, until: usize) -> Self {
        let plain = Self { method, blend: None, misses: table.misses(method, question, None, until) };
        if table.running(question).is_none() {
            return plain;
        }
        let tried = Blend::ALL.map(|blend| {
            let misses = table.misses(method, question, Some(blend), until);
            Self { method, blend: Some(blend), misses }
        });
        tried.into_iter().min_by(|a, b| size(&a.misses).total_cmp(&size(&b.misses))).unwrap_or(plain)
    }

    fn is_enough(&self) -> bool {
        self.misses.len() >= LEAST_ERRORS
    }
}

/// The mean size of misses; 0 without any.
fn size(misses: &[Miss]) -> f64 {
    if misses.is_empty() {
        return 0.0;
    }
    misses.iter().map(|miss| miss.error.abs()).sum::<f64>() / count(misses.len())
}

/// The misses from the first origin of others on.
fn beside(misses: &[Miss], others: &[Miss]) -> Vec<Miss> {
    let Some(first) = others.first() else { return Vec::new() };
    misses.iter().copied().filter(|miss| miss.origin >= first.origin).collect()
}

/// What answers at `until`, from what was known then; `Err` with the months that are missing for any answer.
pub(crate) fn choose(table: &Table, question: Question, until: usize) -> Result<Taken, usize> {
    let (why, tried) = ladder(table, question, until);
    if let Some(tried) = tried {
        return Ok(taken(why, tried, question));
    }
    let borrowed = shorter(question).find_map(|other| Some((other, ladder(table, other, until).1?)));
    match borrowed {
        Some((other, tried)) => {
            let taken = taken(why, tried, other);
            Ok(Taken { chosen: Chosen { borrowed: Some(other.months), ..taken.chosen }, ..taken })
        }
        None => Err(needed(Method::Mean, Question::NEXT).saturating_sub(until).max(1)),
    }
}

fn taken(why: Why, tried: Tried, question: Question) -> Taken {
    let chosen = Chosen { method: tried.method, why, errors: tried.misses.len(), borrowed: None };
    let scores = tried.misses.into_iter().map(|miss| miss.score).collect();
    Taken { chosen, blend: tried.blend, scores: apart(scores, question.months) }
}

/// Sums over several months overlap, so that their errors lie closer together than those of sums that share nothing:
/// `n` windows of `m` months are worth (n + m − 1) ÷ m of those. The errors are moved away from their middle by what
/// Student's t with as many degrees of freedom is wider than a normal curve at P90.
fn apart(scores: Vec<f64>, months: usize) -> Vec<f64> {
    if months < 2 {
        return scores;
    }
    let alone = count(scores.len() + months - 1) / count(months);
    let wider = StudentsT::ppf(0.9, alone) / Normal::ppf(0.9, 0.0, 1.0) * (1.0 + 1.0 / alone).sqrt();
    let middle = median(scores.iter().copied()).unwrap_or(0.0);
    scores.into_iter().map(|score| middle + (score - middle) * wider).collect()
}

/// The first method from the top with enough errors, the model only where it is better.
fn ladder(table: &Table, question: Question, until: usize) -> (Why, Option<Tried>) {
    let tried = |method| Tried::of(table, method, question, until);
    let (model, naive) = (tried(Method::Model), tried(Method::Naive));
    if model.is_enough() {
        let is_better = size(&model.misses) < size(&beside(&naive.misses, &model.misses));
        return if is_better { (Why::Better, Some(model)) } else { (Why::NotBetter, Some(naive)) };
    }
    if naive.is_enough() {
        let missing = needed(Method::Model, question).saturating_sub(until).max(1);
        return (Why::TooShortForModel(missing), Some(naive));
    }
    let mean = tried(Method::Mean);
    let missing = needed(Method::Naive, question).saturating_sub(until).max(1);
    (Why::TooShortForNaive(missing), Some(mean).filter(Tried::is_enough))
}

/// The months a history needs for a method to have enough errors.
fn needed(method: Method, question: Question) -> usize {
    method.least() + question.span() - 1 + LEAST_ERRORS
}

/// Questions over fewer months, the longest first.
fn shorter(question: Question) -> impl Iterator<Item = Question> {
    (1..question.span()).rev().map(move |span| {
        let months = question.months.min(span);
        Question { skipped: span - months, months, known: 0 }
    })
}

/// How far the model and the year before missed over the whole past.
pub(crate) fn errors(table: &Table, question: Question) -> Errors {
    let all = table.len();
    let unit = size(&table.misses(Method::Naive, question, None, all));
    let model = Tried::of(table, Method::Model, question, all);
    let naive = Tried::of(table, Method::Naive, question, all);
    let naive = if model.is_enough() { beside(&naive.misses, &model.misses) } else { naive.misses };
    let scaled = |misses: &[Miss]| {
        let enough = misses.len() >= LEAST_ERRORS && unit > 0.0;
        enough.then(|| u32::try_from(whole(size(misses) / unit * 100.0)).unwrap_or(u32::MAX))
    };
    Errors { model: scaled(&model.misses), naive: scaled(&naive), origins: naive.len() }
}
