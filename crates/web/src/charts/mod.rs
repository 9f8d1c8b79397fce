//! Charts drawn by the server as SVG: attributes and classes only, a sentence for those who do not see it, and the
//! same figures as a table (`ux.md` §7). What is drawn is the caller's.

mod axis;
mod bullet;
mod burn_up;
mod columns;
mod fan;
mod geometry;
mod heat;
mod ranking;
mod seasons;
mod waterfall;
mod years;

pub use axis::Amounts;
pub use bullet::Bullet;
pub use burn_up::{BurnUp, BurnUpPoint, Outlook};
pub use columns::{MonthColumn, MonthColumns};
pub use fan::{Fan, FanPoint};
pub use heat::{HeatCell, HeatRow, HeatTable};
pub use ranking::{Ranked, Ranking};
pub use seasons::{SeasonColumn, SeasonColumns};
pub use waterfall::{Waterfall, WaterfallStep};
pub use years::{MonthOfYears, YearsByMonth};
