//! What the past says before a target is set (数据收集与分析): how the months of a year usually lie, what growth is made
//! of, on how few customers it rests, who is there to sell and what they can do. Whole numbers and exact ratios; no clock.

mod concentration;
mod growth;
mod season;
mod skill;
mod team;

pub use concentration::{Concentration, Risk, concentration};
pub use growth::{contribution, strongest, weakest};
pub use season::{AVERAGE, SeasonMonth, peak, seasonality, trough};
pub use skill::{SkillMean, SkillScore, skill_means};
pub use team::{ServiceBand, average_headcount, months_of_service};
