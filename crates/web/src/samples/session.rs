//! Sample pages of signing in.

use dacheng_domain::access::{Action, Right};
use dacheng_text::{Lang, policy};

use super::{Sample, alone, sample, say, shell_at};
use crate::components::{Input, Note, Tone};
use crate::pages::session::{Carried, LoginPage, Newcomer, SetupPage, StepUpPage};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    vec![
        sample("/login", login(lang, theme)),
        sample("/login/refused", refused(lang, theme)),
        sample("/setup/first", setup(lang, theme)),
        sample("/setup/invited", invited(lang, theme)),
        sample("/step-up", step_up(lang, theme)),
        sample("/step-up/refused", step_up_refused(lang, theme)),
    ]
}

fn login(lang: Lang, theme: Theme) -> LoginPage {
    LoginPage {
        shell: alone(lang, theme, "/login"),
        account: Input::default(),
        password: Input::default(),
        refused: None,
        notice: None,
        next: "/dashboard".to_owned(),
    }
}

fn refused(lang: Lang, theme: Theme) -> LoginPage {
    let wrong = say(
        lang,
        "账号或密码不正确。再错 3 次后需等待 5 分钟。",
        "Account or password is wrong. After 3 more attempts you have to wait 5 minutes.",
    );
    let over = say(lang, "会话已过期，请重新登录。", "Your session is over. Please sign in again.");
    LoginPage {
        account: Input::of("HC0001"),
        password: Input::wrong("", say(lang, "请输入密码", "Enter your password")),
        refused: Some(wrong.to_owned()),
        notice: Some(Note::new(Tone::Info, over)),
        ..login(lang, theme)
    }
}

fn setup(lang: Lang, theme: Theme) -> SetupPage {
    SetupPage {
        shell: alone(lang, theme, "/setup/first"),
        newcomer: Newcomer::FirstAdministrator {
            company: Input::default(),
            name: Input::of(say(lang, "周海宁", "Zhou Haining")),
        },
        account: Input::of("admin"),
        password: Input::default(),
        repeat: Input::wrong("", say(lang, "两次输入的密码不一致", "The two passwords differ")),
        password_rule: say(
            lang,
            "至少 12 个字符，不能是常见密码",
            "At least 12 characters, not a common password",
        )
        .to_owned(),
        refused: None,
    }
}

fn invited(lang: Lang, theme: Theme) -> SetupPage {
    SetupPage {
        newcomer: Newcomer::Invited { name: say(lang, "陆文博", "Lu Wenbo").to_owned() },
        account: Input::of("HC0032"),
        repeat: Input::default(),
        ..setup(lang, theme)
    }
}

fn step_up(lang: Lang, theme: Theme) -> StepUpPage {
    StepUpPage {
        shell: shell_at(lang, theme, Room::Me, &[]),
        act: Some(policy::act(lang, Action::MonthClose, Right::Reopen)),
        address: "/closes/2026-10/reopen".to_owned(),
        back: "/closes/2026-10".to_owned(),
        carried: Carried::Fields(vec![("version".to_owned(), "7".to_owned())]),
        counts: lang.step_up().counts_minutes(10),
        password: Input::default(),
    }
}

fn step_up_refused(lang: Lang, theme: Theme) -> StepUpPage {
    StepUpPage {
        act: None,
        address: "/me/step-up".to_owned(),
        carried: Carried::Nothing,
        counts: lang.step_up().counts_seconds(30),
        password: Input::wrong("", lang.people().wait_seconds(8)),
        ..step_up(lang, theme)
    }
}
