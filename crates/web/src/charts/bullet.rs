//! Are we on pace, in one number: attainment against time progress on a scale of 0 to 120 %.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_domain::Ratio;
use dacheng_text::{Lang, rate};

use super::geometry::At;
use crate::components::Tone;

/// The data of a bullet bar.
#[derive(Debug, Clone)]
pub struct Bullet {
    /// Whose bar it is, for those who do not see it: 本月销售额.
    pub subject: String,
    /// Actual ÷ target.
    pub attainment: Option<Ratio>,
    /// Time progress; none for metrics without a pace and for closed periods.
    pub pace: Option<Ratio>,
    /// Forecast ÷ target.
    pub forecast: Option<Ratio>,
    /// The colour; `Info` for totals.
    pub tone: Tone,
}

impl Bullet {
    /// The bar in a language.
    pub fn shown(&self, lang: &Lang) -> ShownBullet {
        ShownBullet {
            label: self.sentence(*lang),
            fill: self.attainment.map(At::on_bullet).filter(|at| at.0 > 0),
            over: self.attainment.filter(|rate| *rate > Ratio::percent(120)).map(rate::percent),
            pace: self.pace.map(At::on_bullet),
            forecast: self.forecast.map(At::on_bullet).filter(|at| at.0 > 0),
            goal: At::on_bullet(Ratio::percent(100)),
            class: match self.tone {
                Tone::Ok => "fill-ok",
                Tone::Warn => "fill-warn",
                Tone::Bad => "fill-bad",
                Tone::None | Tone::Info => "fill-plain",
            },
        }
    }

    fn sentence(&self, lang: Lang) -> String {
        let say = lang.charts();
        let mut parts = vec![match self.attainment {
            Some(attainment) => say.bullet_attainment(&self.subject, rate::percent(attainment)),
            None => say.bullet_no_target(&self.subject),
        }];
        parts.extend(self.pace.map(|pace| say.bullet_pace(rate::percent(pace))));
        parts.extend(self.forecast.map(|forecast| say.bullet_forecast(rate::percent(forecast))));
        parts.join(say.comma())
    }
}

/// A bullet bar ready to stand in a page.
#[derive(Debug, Template)]
#[template(path = "charts/bullet.html")]
pub struct ShownBullet {
    label: String,
    fill: Option<At>,
    over: Option<String>,
    pace: Option<At>,
    forecast: Option<At>,
    goal: At,
    class: &'static str,
}

impl HtmlSafe for ShownBullet {}

#[cfg(test)]
mod tests {
    use super::*;

    fn bullet(attainment: Option<Ratio>) -> String {
        let pace = Ratio::new(762, 1000);
        let drawn =
            Bullet { subject: "本月销售额".into(), attainment, pace, forecast: None, tone: Tone::Warn };
        drawn.shown(&Lang::Zh).to_string()
    }

    #[test]
    fn a_bullet_of_each_kind() {
        insta::assert_snapshot!("bullet_usual", bullet(Ratio::new(737, 1000)));
        insta::assert_snapshot!("bullet_without_target", bullet(None));
        insta::assert_snapshot!("bullet_zero", bullet(Ratio::new(0, 5)));
        insta::assert_snapshot!("bullet_negative", bullet(Ratio::new(-3, 5)));
        insta::assert_snapshot!("bullet_over_the_scale", bullet(Ratio::new(1834, 1000)));
    }

    #[test]
    fn exactly_120_per_cent_is_still_on_the_scale() {
        assert!(!bullet(Some(Ratio::percent(120))).contains("over"));
        assert!(bullet(Ratio::new(12_001, 10_000)).contains("over"));
    }
}
