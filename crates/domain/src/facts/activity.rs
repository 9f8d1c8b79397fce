//! Facts that stand alone: what each credits to its member follows from itself. What orders credit is in [`super::credit`].

use jiff::civil::Date;

use super::Measure;
use super::row::{LeaveRow, OpportunityRow, ScoreRow, SummaryRow, SurveyRow, TrainingRow, VisitRow};
use super::silence::Silence;
use super::state::Outcome;
use super::value::Code;
use crate::metrics::Recipe;

/// Hundredths in a whole: of an amount that is a count, of a point.
const HUNDREDTHS: i64 = 100;

/// What a fact adds to a measure on a day, whole and to one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// Towards what.
    pub measure: Measure,
    /// The day that decides the period, the member's unit and where the customer belongs.
    pub date: Date,
    /// How much, in the measure's unit.
    pub amount: i64,
}

/// A fact that stands alone.
pub trait Activity {
    /// Whose it is.
    fn member(&self) -> &Code;
    /// The day under which it is listed.
    fn day(&self) -> Date;
    /// The customer it is about, whose region and type its sums have.
    fn customer(&self) -> Option<&Code> {
        None
    }
    /// What it credits, where open opportunities may be silent for so long.
    fn credits(&self, silence: &Silence) -> Vec<Own>;
}

fn own(measure: Measure, date: Date, amount: i64) -> Own {
    Own { measure, date, amount }
}

impl Activity for VisitRow {
    fn member(&self) -> &Code {
        &self.member
    }

    fn day(&self) -> Date {
        self.date
    }

    fn customer(&self) -> Option<&Code> {
        self.customer.as_ref()
    }

    fn credits(&self, _: &Silence) -> Vec<Own> {
        vec![own(Measure::Visits, self.date, 1)]
    }
}

impl Activity for OpportunityRow {
    fn member(&self) -> &Code {
        &self.member
    }

    fn day(&self) -> Date {
        self.opened
    }

    fn customer(&self) -> Option<&Code> {
        self.customer.as_ref()
    }

    /// Won or lost on the day it closed. While it is open it is lost on the day on which it will have been silent for too
    /// long; whatever is heard of it moves that day on.
    fn credits(&self, silence: &Silence) -> Vec<Own> {
        match (self.outcome, self.closed) {
            (Outcome::Won, Some(closed)) => {
                let days = i64::from(closed.since(self.opened).map_or(0, |span| span.get_days()).max(0));
                vec![own(Measure::Won, closed, 1), own(Measure::WonDays, closed, days)]
            }
            (Outcome::Lost, Some(closed)) => vec![own(Measure::Lost, closed, 1)],
            (Outcome::Open, _) => vec![own(Measure::Lost, self.silent_on(silence), 1)],
            (Outcome::Won | Outcome::Lost, None) => Vec::new(),
        }
    }
}

impl OpportunityRow {
    /// The last day of which something is known: it was opened, or somebody was active.
    pub fn heard_of(&self) -> Date {
        self.active.map_or(self.opened, |active| active.max(self.opened))
    }

    /// The day on which it counts as lost unless something is heard of it.
    pub fn silent_on(&self, silence: &Silence) -> Date {
        silence.lost_on(self.heard_of())
    }
}

impl Activity for SurveyRow {
    fn member(&self) -> &Code {
        &self.member
    }

    fn day(&self) -> Date {
        self.date
    }

    fn customer(&self) -> Option<&Code> {
        self.customer.as_ref()
    }

    fn credits(&self, _: &Silence) -> Vec<Own> {
        let mut credits = Vec::with_capacity(4);
        if let Some(points) = self.satisfaction {
            credits.push(own(Measure::Satisfaction, self.date, points));
            credits.push(own(Measure::SatisfactionAnswers, self.date, 1));
        }
        if let Some(recommend) = self.recommend {
            credits.push(own(Measure::RecommendAnswers, self.date, 1));
            match recommend / HUNDREDTHS {
                9.. => credits.push(own(Measure::Promoters, self.date, 1)),
                ..=6 => credits.push(own(Measure::Detractors, self.date, 1)),
                7..=8 => {}
            }
        }
        credits
    }
}

impl Activity for LeaveRow {
    fn member(&self) -> &Code {
        &self.member
    }

    fn day(&self) -> Date {
        self.from
    }

    /// Nothing: headcount asks for leaves, and no measure adds them up.
    fn credits(&self, _: &Silence) -> Vec<Own> {
        Vec::new()
    }
}

impl Activity for TrainingRow {
    fn member(&self) -> &Code {
        &self.member
    }

    fn day(&self) -> Date {
        self.due
    }

    fn credits(&self, _: &Silence) -> Vec<Own> {
        let mut credits = vec![own(Measure::CoursesDue, self.due, 1)];
        if self.completed.is_some_and(|completed| completed <= self.due) {
            credits.push(own(Measure::CoursesDone, self.due, 1));
        }
        credits
    }
}

impl Activity for ScoreRow {
    fn member(&self) -> &Code {
        &self.member
    }

    fn day(&self) -> Date {
        self.date
    }

    fn credits(&self, _: &Silence) -> Vec<Own> {
        if !self.is_collaboration() {
            return Vec::new();
        }
        vec![own(Measure::PeerScore, self.date, self.score), own(Measure::PeerScores, self.date, 1)]
    }
}

impl Activity for SummaryRow {
    fn member(&self) -> &Code {
        &self.member
    }

    fn day(&self) -> Date {
        self.month.first_day()
    }

    /// The total of its month, on the first day of it, towards what summaries add up to beside the facts.
    fn credits(&self, _: &Silence) -> Vec<Own> {
        let Recipe::Sum(measure) = self.metric.recipe() else { return Vec::new() };
        let amount = if measure.is_money() { self.amount.0 } else { self.amount.0 / HUNDREDTHS };
        measure.opening().map(|opening| own(opening, self.day(), amount)).into_iter().collect()
    }
}

impl SummaryRow {
    /// Whether its amount can be one of its metric: a count is whole.
    pub fn is_whole(&self) -> bool {
        let Recipe::Sum(measure) = self.metric.recipe() else { return false };
        measure.is_money() || self.amount.0 % HUNDREDTHS == 0
    }
}

impl ScoreRow {
    /// Collaboration is scored from 1 to 5, skills from 0 to 100.
    pub fn is_within(&self) -> bool {
        !self.is_collaboration() || (HUNDREDTHS..=5 * HUNDREDTHS).contains(&self.score)
    }

    fn is_collaboration(&self) -> bool {
        super::state::is_collaboration(self.kind.as_str())
    }
}
