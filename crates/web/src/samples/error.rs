//! Sample pages of what went wrong.

use dacheng_text::Lang;

use super::{Sample, alone, sample, say, shell_at};
use crate::components::Link;
use crate::pages::error::{AloneErrorPage, ErrorPage, Trouble};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let forbidden = Trouble::Forbidden(s(
        "您不能结账。财务人员可以办理：吴敏、郑欣。",
        "You cannot close a month. Finance can: Wu Min, Zheng Xin.",
    ));
    let conflict = Trouble::Conflict(s(
        "王敏刚在 15:31 保存了新的内容，请刷新后重试。",
        "Wang Mingang saved something newer at 15:31. Reload and try again.",
    ));
    let refused = Trouble::Refused(s(
        "苏州组的月度合计比目标少 10.0 万元：3月 −6.0，11月 −4.0。",
        "Suzhou is 100k short of its target: Mar −60k, Nov −40k.",
    ));
    let internal = Trouble::Internal("7f3a-91c2".to_owned());
    vec![
        sample("/error/403", page(lang, theme, forbidden)),
        sample("/error/404", page(lang, theme, Trouble::NotFound)),
        sample("/error/409", page(lang, theme, conflict)),
        sample("/error/422", page(lang, theme, refused)),
        sample("/error/500", page(lang, theme, internal.clone())),
        sample(
            "/error/alone",
            AloneErrorPage { shell: alone(lang, theme, "/error/alone"), trouble: internal },
        ),
    ]
}

fn page(lang: Lang, theme: Theme, trouble: Trouble) -> ErrorPage {
    let back = Link::new(say(lang, "返回上一页", "Go back"), "/dashboard");
    let home = Link::new(say(lang, "回到首页", "Home"), "/");
    ErrorPage { shell: shell_at(lang, theme, Room::Dashboard, &[]), trouble, acts: vec![back, home] }
}
