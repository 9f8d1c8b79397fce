//! The facts that stand alone: opportunities, visits, surveys, courses, scores, opening summaries.

use dacheng_domain::facts::Measure;
use dacheng_domain::facts::activity::{Activity as _, Own};
use dacheng_domain::facts::credit::CreditKind;
use dacheng_domain::facts::entry::Entry;
use dacheng_domain::facts::row::{OpportunityRow, ScoreRow, SummaryRow, SurveyRow, TrainingRow, VisitRow};
use dacheng_domain::facts::state::Outcome;
use dacheng_domain::facts::value::Code;
use dacheng_store::Read;
use jiff::civil::Date;

use super::{Counted, Walk, Why};
use crate::Result;
use crate::facts::alone::{Alone, each_of};
use crate::facts::days::month_of;
use crate::facts::delta::Touched;

impl Walk<'_> {
    /// The facts that stand alone.
    pub(super) fn alone(&mut self, tx: &mut Read, days: Touched) -> Result<()> {
        let (looked, view) = (self.looked, self.looked.view);
        let wants = |measures: &[Measure]| measures.iter().any(|measure| looked.wants(*measure));
        if wants(&[Measure::Won, Measure::Lost]) {
            each_of::<OpportunityRow>(tx, days, view, &mut |fact| {
                self.take_alone("opportunity", fact);
                self.still_open(fact);
            })?;
        }
        if wants(&[Measure::Visits]) {
            each_of::<VisitRow>(tx, days, view, &mut |fact| self.take_alone("visit", fact))?;
        }
        if wants(&[Measure::SatisfactionAnswers, Measure::RecommendAnswers]) {
            each_of::<SurveyRow>(tx, days, view, &mut |fact| self.take_alone("survey", fact))?;
        }
        if wants(&[Measure::CoursesDue]) {
            each_of::<TrainingRow>(tx, days, view, &mut |fact| self.take_alone("training", fact))?;
        }
        if wants(&[Measure::PeerScores]) {
            each_of::<ScoreRow>(tx, days, view, &mut |fact| self.take_alone("score", fact))?;
        }
        let may_open = looked.adds.measures().iter().any(|measure| measure.opening().is_some());
        if may_open {
            each_of::<SummaryRow>(tx, days, view, &mut |fact| self.summary(fact))?;
        }
        Ok(())
    }

    fn take_alone<F: Alone>(&mut self, kind: &'static str, fact: &F) {
        self.looked_at += 1;
        let credits = fact.credits(&self.looked.ground.silence);
        let mut found: Option<(Date, i64, i64)> = None;
        let mut outside = None;
        for own in credits.iter().filter(|own| self.is_in_period(own.date)) {
            let place = self.looked.place(fact.customer().map(Code::as_str), own.date, own.date);
            let Some((over, under)) = self.looked.adds.sides(own.measure, own.amount, &place) else {
                outside = Some(own.date);
                continue;
            };
            if (over, under) != (0, 0) {
                let sums = found.get_or_insert((own.date, 0, 0));
                *sums = (sums.0, sums.1 + over, sums.2 + under);
            }
        }
        let Some((date, over, under)) = found else {
            if let Some((date, member)) = outside.zip(self.looked.ground.member(fact.member().as_str())) {
                self.leave_outside(kind, &code_of(fact), date, member, None);
            }
            return;
        };
        let Some(member) = self.looked.ground.member(fact.member().as_str()) else {
            if self.would_belong(fact.member().as_str(), date) {
                self.leave(kind, &code_of(fact), date, Why::MemberWithdrawn);
            }
            return;
        };
        if self.belongs(member, date, CreditKind::Credit) {
            self.counted.push(Counted {
                kind,
                code: code_of(fact),
                date,
                member: fact.member().to_string(),
                customer: fact.customer().map(ToString::to_string),
                over,
                under,
                against: self.against(&credits),
                overlay: false,
            });
        }
    }

    /// What of the credits of a fact speaks against what is counted.
    fn against(&self, credits: &[Own]) -> i64 {
        let opposed = credits.iter().filter(|own| self.looked.adds.against() == Some(own.measure));
        opposed.filter(|own| self.is_in_period(own.date)).map(|own| own.amount).sum()
    }

    /// An opportunity of the period that is not decided yet.
    fn still_open(&mut self, fact: &OpportunityRow) {
        let waits = fact.outcome == Outcome::Open
            && fact.silent_on(&self.looked.ground.silence) > self.period.last_day().min(self.looked.until);
        if waits && self.period.contains(fact.opened) && self.would_belong(fact.member.as_str(), fact.opened)
        {
            self.leave("opportunity", fact.opportunity.as_str(), fact.opened, Why::StillOpen);
        }
    }

    /// A summary counts where its member has no fact in its month.
    fn summary(&mut self, fact: &SummaryRow) {
        let opening = self.looked.adds.summed(fact.day()).and_then(Measure::opening);
        let credits =
            fact.credits(&self.looked.ground.silence).into_iter().find(|own| Some(own.measure) == opening);
        let Some(own) = credits.filter(|own| self.is_in_period(own.date)) else { return };
        let code = fact.member.as_str();
        let Some(member) = self.looked.ground.member(code) else { return };
        if !self.belongs(member, own.date, CreditKind::Credit) {
            return;
        }
        let month = i64::from(month_of(own.date));
        if self.looked.decided.get(&month).is_some_and(|members| members.contains(code)) {
            return self.leave("summary", &code_of(fact), own.date, Why::GivesWay);
        }
        self.counted.push(Counted {
            kind: "summary",
            code: code_of(fact),
            date: own.date,
            member: code.to_owned(),
            customer: None,
            over: own.amount,
            under: 0,
            against: 0,
            overlay: false,
        });
    }
}

/// The code of a fact that stands alone; of a key in parts, all of them.
fn code_of<F: Alone>(fact: &F) -> String {
    let entry = Entry::from(fact.clone().into());
    entry.key().split(|letter: char| letter.is_control()).collect::<Vec<_>>().join(" ")
}
