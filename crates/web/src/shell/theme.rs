//! How a colour scheme looks on a page: its attribute, name and icon.

use dacheng_text::Lang;

use super::Theme;

/// `data-theme` of the page; none follows the system.
pub const fn attribute(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::System => None,
        Theme::Light | Theme::Dark => Some(theme.code()),
    }
}

/// Its name.
pub fn name(theme: Theme, lang: Lang) -> &'static str {
    match theme {
        Theme::System => lang.shell().theme_system(),
        Theme::Light => lang.shell().theme_light(),
        Theme::Dark => lang.shell().theme_dark(),
    }
}

/// Its icon.
pub const fn icon(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "device-desktop",
        Theme::Light => "sun",
        Theme::Dark => "moon",
    }
}
