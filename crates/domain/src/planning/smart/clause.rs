//! Putting a sentence together: which number belongs to which metric, time and name. A clause ends at a comma; what it
//! does not say itself it takes from the clauses before it, a time also from those after it.

use super::lexicon::Word;
use super::numeral::{Counts, Number};
use super::read::Token;
use super::spoken::{Ahead, Leaning, Rhythm, Spoken};
use super::stated::{Base, Bound, Figure, NoFigure, Scope, Stated};
use super::when::When;
use crate::metrics::Metric;

/// How two things beside each other stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Beside {
    #[default]
    Apart,
    /// 和, 、: the one is like the other.
    Joined,
}

/// What the token before was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Before {
    #[default]
    Other,
    Number,
}

/// The sentence so far.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    stated: Vec<Stated>,
    /// The first target of this clause in `stated`.
    first: usize,
    /// Metrics that wait for their number.
    pending: Vec<Metric>,
    /// A number that waits for its metric.
    loose: Option<Spoken>,
    /// A metric that the loose number does not fit.
    passed: Option<Metric>,
    ahead: Ahead,
    beside: Beside,
    before: Before,
    /// 新增 … 客户
    winning: bool,
    when: Option<When>,
    /// Whether the time was named since the last number.
    when_is_new: bool,
    scopes: Vec<Scope>,
    /// How many targets there were when the newest name was read.
    scoped_at: usize,
    earlier_when: Option<When>,
    earlier_scopes: Vec<Scope>,
}

impl Clauses {
    pub fn take(&mut self, token: Token) {
        let before = std::mem::take(&mut self.before);
        match token {
            Token::Word(word) => self.word(word, before),
            Token::Number(number) => self.number(number),
            Token::When(when) => self.time(when),
            Token::Scope(scope) => self.scope(scope),
            Token::Break => self.end_clause(),
        }
    }

    pub fn finish(mut self) -> Vec<Stated> {
        self.end_clause();
        self.give_up_pending();
        let (when, scopes) = (self.earlier_when, &self.earlier_scopes);
        if self.stated.is_empty() {
            let scopes = scopes.clone();
            return vec![Stated { metric: None, figure: Err(NoFigure::Absent), bound: None, when, scopes }];
        }
        for stated in &mut self.stated {
            stated.when = stated.when.or(when);
        }
        self.stated
    }

    fn word(&mut self, word: Word, before: Before) {
        match word {
            // 100 visits: the name again, as the unit of the number.
            Word::Metric(metric)
                if before == Before::Number
                    && self.newest().is_some_and(|newest| newest.metric == Some(metric)) => {}
            Word::Metric(metric) => self.metric(metric),
            Word::Winning => self.winning = true,
            Word::Customers if self.winning => self.metric(Metric::NewCustomers),
            Word::Customers => {}
            Word::Bound(bound) => self.bound(bound, before),
            Word::To => self.ahead.leaning = Leaning::To,
            Word::Grow => self.ahead.leaning = Leaning::More,
            Word::Shrink => self.ahead.leaning = Leaning::Less,
            Word::From => self.ahead.leaning = Leaning::From,
            Word::And => self.beside = Beside::Joined,
            Word::Monthly => self.monthly(),
            Word::Base(base) => self.base(base),
        }
    }

    fn metric(&mut self, metric: Metric) {
        let joined = std::mem::take(&mut self.beside) == Beside::Joined;
        self.winning = false;
        if let Some(loose) = self.loose.take() {
            if loose.fits(metric) {
                self.state(Some(metric), &loose);
            } else {
                self.loose = Some(loose);
                self.passed = self.passed.or(Some(metric));
            }
            return;
        }
        if self.pending.contains(&metric) {
            return;
        }
        if !joined {
            self.give_up_pending();
        }
        self.pending.push(metric);
    }

    /// Metrics for which no number came.
    fn give_up_pending(&mut self) {
        for metric in std::mem::take(&mut self.pending) {
            self.stated.push(Stated {
                metric: Some(metric),
                figure: Err(NoFigure::Absent),
                bound: None,
                when: self.when.or(self.earlier_when),
                scopes: self.own_scopes(),
            });
        }
    }

    fn own_scopes(&self) -> Vec<Scope> {
        if self.scopes.is_empty() { self.earlier_scopes.clone() } else { self.scopes.clone() }
    }

    fn number(&mut self, number: Number) {
        let ahead = std::mem::take(&mut self.ahead);
        if ahead.leaning == Leaning::From {
            return; // Where it begins, not where it should come to.
        }
        let spoken = Spoken { number, ahead };
        let joined = std::mem::take(&mut self.beside) == Beside::Joined;
        let when_is_new = std::mem::take(&mut self.when_is_new);
        self.before = Before::Number;
        if !self.pending.is_empty() {
            for metric in std::mem::take(&mut self.pending) {
                self.state(Some(metric), &spoken);
            }
            return;
        }
        let last = self.stated.len().checked_sub(1).filter(|last| *last >= self.first && !joined);
        let metric = last.and_then(|last| self.stated[last].metric).filter(|metric| spoken.fits(*metric));
        match (last, metric) {
            (Some(_), Some(metric)) if when_is_new || self.scoped_at == self.stated.len() => {
                self.state(Some(metric), &spoken);
            }
            (Some(last), Some(metric)) => self.again(last, metric, &spoken),
            _ => {
                self.give_up_loose();
                self.loose = Some(spoken);
            }
        }
    }

    fn state(&mut self, metric: Option<Metric>, spoken: &Spoken) {
        self.stated.push(Stated {
            metric,
            figure: spoken.figure(metric),
            bound: spoken.ahead.bound,
            when: self.when,
            scopes: self.scopes.clone(),
        });
        self.when_is_new = false;
        self.scoped_at = usize::MAX;
    }

    /// A second number for a target: a number wins over a change, two numbers are no target.
    fn again(&mut self, last: usize, metric: Metric, spoken: &Spoken) {
        let figure = spoken.figure(Some(metric));
        let stated = &mut self.stated[last];
        match (stated.figure, figure) {
            (Ok(Figure::Amount(_)), Ok(Figure::Change(..))) | (Ok(_), Err(_)) => {}
            (Ok(Figure::Amount(one)), Ok(Figure::Amount(other))) if one != other => {
                stated.figure = Err(NoFigure::Several);
            }
            (_, figure) => {
                stated.figure = figure;
                stated.bound = spoken.ahead.bound.or(stated.bound);
            }
        }
    }

    /// The newest target of this clause, where its number has just been read.
    fn newest(&mut self) -> Option<&mut Stated> {
        let is_own =
            self.stated.len() > self.first && self.pending.is_empty() && self.beside == Beside::Apart;
        if is_own && self.loose.is_none() { self.stated.last_mut() } else { None }
    }

    /// 以上, 以内 behind a number are about it; any other bound about the next.
    fn bound(&mut self, bound: Bound, before: Before) {
        if before == Before::Number {
            if let Some(loose) = &mut self.loose {
                loose.ahead.bound = Some(bound);
                return;
            }
            if let Some(newest) = self.newest() {
                newest.bound = Some(bound);
                return;
            }
        }
        (self.ahead.bound, self.ahead.leaning) = (Some(bound), Leaning::To);
    }

    fn monthly(&mut self) {
        if let Some(loose) = &mut self.loose {
            loose.ahead.rhythm = Rhythm::Monthly;
        } else if let Some(newest) = self.newest() {
            super::spoken::make_monthly(newest);
        } else {
            self.ahead.rhythm = Rhythm::Monthly;
        }
    }

    fn base(&mut self, base: Base) {
        if let Some(loose) = &mut self.loose {
            loose.ahead.base = Some(base);
            return;
        }
        if let Some(Stated { figure: Ok(Figure::Change(_, known @ None)), .. }) = self.newest() {
            *known = Some(base);
        } else {
            self.ahead.base = Some(base);
        }
    }

    fn time(&mut self, when: When) {
        let mut open = self.stated[self.first..].iter_mut().filter(|own| own.when.is_none()).peekable();
        self.when_is_new = open.peek().is_none();
        open.for_each(|own| own.when = Some(when));
        self.when = Some(when);
    }

    /// A name is about what follows; one behind all numbers, about them. A second of its kind replaces the first where a
    /// number stands between them.
    fn scope(&mut self, scope: Scope) {
        let stated = self.stated.len() > self.first;
        if stated && self.beside == Beside::Apart {
            let open = self.stated[self.first..].iter_mut().filter(|own| own.scopes.is_empty());
            open.for_each(|own| own.scopes.push(scope.clone()));
        }
        if stated {
            self.scopes.retain(|own| own.kind != scope.kind);
            self.scoped_at = self.stated.len();
        }
        if !self.scopes.contains(&scope) {
            self.scopes.push(scope);
        }
    }

    fn end_clause(&mut self) {
        self.give_up_loose();
        let scopes = self.own_scopes();
        for stated in &mut self.stated[self.first..] {
            stated.when = stated.when.or(self.when).or(self.earlier_when);
            if stated.scopes.is_empty() {
                stated.scopes.clone_from(&scopes);
            }
        }
        self.earlier_when = self.when.take().or(self.earlier_when);
        self.earlier_scopes = scopes;
        self.scopes.clear();
        self.first = self.stated.len();
        self.ahead = Ahead::default();
        (self.beside, self.winning, self.when_is_new) = (Beside::Apart, false, false);
        self.scoped_at = usize::MAX;
    }

    /// A number that no metric of its clause takes. A clause that names a time or an owner of its own goes on with the
    /// metric before.
    fn give_up_loose(&mut self) {
        let Some(loose) = self.loose.take() else { return };
        let goes_on = self.when.is_some() || !self.scopes.is_empty();
        let last = self.stated.last().and_then(|own| own.metric);
        let customers = self.winning && matches!(loose.number.counts, Counts::Customers);
        let metric = customers
            .then_some(Metric::NewCustomers)
            .or_else(|| last.filter(|last| goes_on && loose.fits(*last)))
            .or(self.passed.take());
        self.state(metric, &loose);
    }
}
