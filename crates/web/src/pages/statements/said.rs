//! How people's words are said: standing, accuracy, conclusion.

use dacheng_app::figures::statements::{Line, Statements, Sums, Word, week_of};
use dacheng_domain::calendar::Week;
use dacheng_domain::tracking::statement::{Accuracy, FEWEST, LOOKED_BACK, Reach, Standing};
use dacheng_domain::{Fen, Ratio};
use dacheng_text::{Lang, date, money, rate};

use crate::components::{Badge, Sentence, Tone};

/// `第 48 周（11-23—11-29）`.
pub fn week(lang: Lang, week: Week) -> String {
    let (first, last) = (date::short(week.first_day()), date::short(week.last_day()));
    lang.statements().week(week.number(), first, last)
}

/// The month or the quarter.
pub fn reach(lang: Lang, reach: Reach) -> &'static str {
    match reach {
        Reach::Month => lang.statements().month(),
        Reach::Quarter => lang.statements().quarter(),
    }
}

/// How a week's word stands.
pub fn standing(lang: Lang, standing: Standing) -> Badge {
    let say = lang.statements();
    match standing {
        Standing::OnTime => Badge::new(Tone::Ok, say.on_time()),
        Standing::Late => Badge::new(Tone::Warn, say.late()),
        Standing::Waiting => Badge::new(Tone::Info, say.waiting()),
        Standing::Overdue => Badge::new(Tone::Bad, say.overdue()),
        Standing::Missing => Badge::new(Tone::Bad, say.missing()),
        Standing::Excused => Badge::new(Tone::None, say.excused()),
    }
}

/// How many of those who are asked said something this week.
pub fn share(lang: Lang, sums: &Sums) -> Badge {
    let said = sums.on_time + sums.late;
    let tone = if sums.asked == 0 {
        Tone::None
    } else if sums.missing > 0 {
        Tone::Bad
    } else if said == sums.asked {
        Tone::Ok
    } else {
        Tone::Info
    };
    Badge::new(tone, lang.statements().share(said, sums.asked))
}

/// That a word is of an earlier week than the one that is looked at.
pub fn carried(lang: Lang, own: Option<&Word>, asked: Week) -> Option<String> {
    let said = week_of(own?.statement.as_ref()?.week);
    (said < asked).then(|| lang.statements().carried(said.number()))
}

/// How good somebody's word was.
pub fn accuracy(lang: Lang, own: Option<Accuracy>) -> String {
    let say = lang.statements();
    let Some(own) = own else { return say.accuracy_none(FEWEST) };
    let is_above = own.bias >= Ratio::whole(0);
    let size = Ratio::new(own.bias.num().abs(), own.bias.den()).unwrap_or(own.bias);
    let size = rate::percent(size);
    let bias = if is_above { say.bias_above(size) } else { say.bias_below(size) };
    say.accuracy_said(rate::percent(own.error), bias, i64::try_from(own.periods).unwrap_or(0))
}

/// How accuracy is worked out.
pub fn accuracy_how(lang: Lang) -> String {
    lang.statements().accuracy_how(Reach::Month.lead(), Reach::Quarter.lead(), LOOKED_BACK)
}

/// The conclusion: what is committed, what leaders make of it, how it stands to the target, who is missing.
pub fn conclusion(lang: Lang, found: &Statements) -> Sentence {
    let (say, said) = (lang.statements(), |minor: i64| money::said(lang, Fen(minor)));
    let Line { outlook, sums, .. } = &found.whole;
    let next = lang.overview().next_sentence();
    let (commit, best) = (said(sums.commit), said(sums.best));
    let mut all = Sentence::emphasised(&say.conclusion(&commit, &best), &[&commit, &best]);
    if sums.judgements > 0 {
        let judged = say.conclusion_judged(count(sums.judgements), said(sums.judged));
        all = all.plain(next).plain(judged);
    }
    if let Some(target) = outlook.target {
        let difference = sums.commit.saturating_sub(target);
        let more = if difference >= 0 { say.more() } else { say.less() };
        let text = say.conclusion_target(said(target), more, said(difference.abs()));
        all = all.plain(next).plain(text);
    }
    if sums.missing > 0 {
        all = all.plain(next).plain(say.conclusion_missing(count(sums.missing)));
    }
    all
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}
