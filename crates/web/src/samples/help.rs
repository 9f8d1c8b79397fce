//! Sample pages of help.

use std::collections::BTreeSet;

use dacheng_text::Lang;

use super::{Sample, sample, shell_at};
use crate::pages::help::{HelpPage, Topic, TopicPage, sections};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let tiles = Topic::ALL.into_iter().map(|topic| topic.tile(lang)).collect();
    let index = HelpPage { shell: shell_at(lang, theme, Room::Help, &[]), tiles };
    vec![
        sample("/help", index),
        sample("/help/first-steps", topic(lang, theme, Topic::FirstSteps)),
        sample("/help/keys", topic(lang, theme, Topic::Keys)),
    ]
}

fn topic(lang: Lang, theme: Theme, topic: Topic) -> TopicPage {
    let shell = shell_at(lang, theme, Room::Help, &[(lang.help().title(), "/help")]);
    TopicPage { sections: sections(topic, &shell, &BTreeSet::new()), topics: topic.among(lang), shell, topic }
}
