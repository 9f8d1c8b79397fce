//! What each topic says.

use std::collections::BTreeSet;

use dacheng_domain::access::Role;
use dacheng_text::{Lang, role};

use super::{Lines, Section, Topic};
use crate::shell::Shell;

/// The parts of a topic, for somebody in these roles.
pub fn sections(topic: Topic, shell: &Shell, roles: &BTreeSet<Role>) -> Vec<Section> {
    let lang = shell.lang;
    match topic {
        Topic::FirstSteps => first_steps(lang, roles),
        Topic::Keys => keys(lang, shell),
        Topic::Words => vec![Section { heading: lang.help().words(), lines: Lines::Terms(words(lang)) }],
        Topic::Figures => {
            vec![Section { heading: lang.help().figures(), lines: Lines::Terms(figures(lang)) }]
        }
    }
}

/// A part for each of one's roles; for every role where one holds none.
fn first_steps(lang: Lang, roles: &BTreeSet<Role>) -> Vec<Section> {
    let shown = Role::ALL.into_iter().filter(|role| roles.is_empty() || roles.contains(role));
    let section = |of: Role| Section { heading: role::name(lang, of), lines: Lines::Steps(steps(lang, of)) };
    shown.map(section).collect()
}

fn steps(lang: Lang, of: Role) -> Vec<&'static str> {
    let say = lang.help();
    match of {
        Role::Specialist => vec![say.own_targets(), say.own_figures(), say.own_plans()],
        Role::TeamLeader | Role::RegionManager | Role::Director | Role::Executive => {
            vec![say.lead_dashboard(), say.own_figures(), say.lead_check(), say.lead_away()]
        }
        Role::SalesOperations => {
            vec![
                say.operations_company(),
                say.operations_facts(),
                say.operations_plan(),
                say.operations_close(),
            ]
        }
        Role::Finance => vec![say.finance_payments(), say.finance_close(), say.look_company()],
        Role::Marketing => vec![say.look_company()],
        Role::Hr => vec![say.hr_people(), say.look_company()],
        Role::SystemAdmin => vec![say.system_accounts(), say.system_channels(), say.system_jobs()],
        Role::SecurityAdmin => vec![say.security_posts(), say.security_approve()],
        Role::Auditor => vec![say.auditor_read(), say.auditor_trail()],
    }
}

fn keys(lang: Lang, shell: &Shell) -> Vec<Section> {
    let say = lang.help();
    let pressed = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
    let anywhere = vec![
        (pressed(&["Ctrl", "K"]), say.search_key()),
        (pressed(&["?"]), say.help_key()),
        (pressed(&["Tab"]), say.tab_key()),
        (pressed(&["Esc"]), say.escape_key()),
    ];
    let jumps = shell.jumps().into_iter();
    let rooms = jumps.map(|(key, door)| (vec!["g".to_owned(), key.to_string()], door.room.name(&lang)));
    vec![
        Section { heading: say.anywhere(), lines: Lines::Keys(anywhere) },
        Section { heading: say.rooms(), lines: Lines::Keys(rooms.collect()) },
    ]
}

fn words(lang: Lang) -> Vec<(&'static str, &'static str)> {
    let (say, figures) = (lang.help(), lang.figures());
    vec![
        (figures.target(), say.word_target()),
        (figures.actual(), say.word_actual()),
        (say.word_owner(), say.word_owner_is()),
        (say.word_credit(), say.word_credit_is()),
        (say.word_plan(), say.word_plan_is()),
        (say.word_close(), say.word_close_is()),
        (say.word_in_force(), say.word_in_force_is()),
        (say.word_as_of(), say.word_as_of_is()),
        (say.word_scope(), say.word_scope_is()),
        (say.word_undo(), say.word_undo_is()),
    ]
}

fn figures(lang: Lang) -> Vec<(&'static str, &'static str)> {
    let (say, figures) = (lang.help(), lang.figures());
    vec![
        (figures.attainment(), say.figure_attainment()),
        (say.figure_time(), say.figure_time_is()),
        (say.figure_pace(), say.figure_pace_is()),
        (figures.shortfall(), say.figure_gap_is()),
        (lang.targets().needed(), say.figure_needed_is()),
        (say.figure_change(), say.figure_change_is()),
        (say.figure_sum(), say.figure_sum_is()),
        (say.figure_yellow(), say.figure_yellow_is()),
        (say.figure_red(), say.figure_red_is()),
    ]
}
