//! How it is said: the texts in zh-CN and English, and the look of numbers, money, rates and dates.
//! Nothing here decides anything; HTML lives in `web`.
//!
//! Texts are kept in `texts/AREA.toml`, zh-CN first, and become methods at build time:
//!
//! ```
//! use dacheng_text::Lang;
//! assert_eq!(Lang::Zh.countdown().left(1), "剩 1 个工作日");
//! assert_eq!(Lang::En.countdown().left(1), "1 working day left");
//! assert_eq!(Lang::En.countdown().left(3), "3 working days left");
//! ```

pub mod countdown;
pub mod date;
pub mod kind;
mod lang;
pub mod letter;
pub mod metric;
pub mod money;
pub mod notification;
pub mod number;
pub mod own_metric;
pub mod policy;
pub mod rate;
pub mod role;
pub mod say;
pub mod smart;
pub mod trail;

pub use lang::Lang;
pub use say::Count;
