//! Fields of forms: label above, hint below it, the error in the same words as in the summary (`ux.md` §3.15).

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;

use super::Icon;

/// What a person typed, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// As typed; kept when the form comes back.
    pub value: String,
    /// What is wrong, in a sentence.
    pub error: Option<String>,
}

impl Input {
    /// A value without an error.
    pub fn of(value: impl Into<String>) -> Self {
        Self { value: value.into(), error: None }
    }

    /// A value that was refused, and why.
    pub fn wrong(value: impl Into<String>, error: impl Into<String>) -> Self {
        Self { value: value.into(), error: Some(error.into()) }
    }
}

/// One entry of a select or of radio buttons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub text: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into() }
    }
}

/// The control of a field.
#[derive(Debug, Clone, Copy)]
enum Control<'a> {
    Line { kind: &'static str, amount: bool, mode: Option<&'static str> },
    Area,
    Select(&'a [Choice]),
    Ticks(&'a [Choice]),
}

/// A field ready to stand in a form. Its name is also its id, unless [`Field::named`] says otherwise.
#[derive(Template)]
#[template(path = "components/field.html")]
pub struct Field<'a> {
    id: &'a str,
    name: &'a str,
    label: &'a str,
    input: &'a Input,
    lang: &'a Lang,
    control: Control<'a>,
    hint: Option<&'a str>,
    unit: Option<&'a str>,
    autocomplete: Option<&'a str>,
    optional: bool,
    focused: bool,
}

impl HtmlSafe for Field<'_> {}

impl<'a> Field<'a> {
    fn new(lang: &'a Lang, id: &'a str, label: &'a str, input: &'a Input, control: Control<'a>) -> Self {
        let (hint, unit, autocomplete) = (None, None, None);
        Self {
            id,
            name: id,
            label,
            input,
            lang,
            control,
            hint,
            unit,
            autocomplete,
            optional: false,
            focused: false,
        }
    }

    /// One line of text.
    pub fn text(lang: &'a Lang, name: &'a str, label: &'a str, input: &'a Input) -> Self {
        Self::new(lang, name, label, input, Control::Line { kind: "text", amount: false, mode: None })
    }

    /// A password; paste and password managers are welcome.
    pub fn password(lang: &'a Lang, name: &'a str, label: &'a str, input: &'a Input) -> Self {
        Self::new(lang, name, label, input, Control::Line { kind: "password", amount: false, mode: None })
    }

    /// A date, typed or chosen.
    pub fn date(lang: &'a Lang, name: &'a str, label: &'a str, input: &'a Input) -> Self {
        Self::new(lang, name, label, input, Control::Line { kind: "date", amount: false, mode: None })
    }

    /// An amount or another number as people write it: `1,060`, `300万`.
    pub fn amount(lang: &'a Lang, name: &'a str, label: &'a str, input: &'a Input) -> Self {
        let control = Control::Line { kind: "text", amount: true, mode: Some("decimal") };
        Self::new(lang, name, label, input, control)
    }

    /// Several lines of text.
    pub fn area(lang: &'a Lang, name: &'a str, label: &'a str, input: &'a Input) -> Self {
        Self::new(lang, name, label, input, Control::Area)
    }

    /// One of several.
    pub fn select(
        lang: &'a Lang,
        name: &'a str,
        label: &'a str,
        input: &'a Input,
        choices: &'a [Choice],
    ) -> Self {
        Self::new(lang, name, label, input, Control::Select(choices))
    }

    /// One of a few, all in sight.
    pub fn ticks(
        lang: &'a Lang,
        name: &'a str,
        label: &'a str,
        input: &'a Input,
        choices: &'a [Choice],
    ) -> Self {
        Self::new(lang, name, label, input, Control::Ticks(choices))
    }

    /// Sends the value under another name than the id, which is unique on its page.
    #[must_use]
    pub fn named(self, name: &'a str) -> Self {
        Self { name, ..self }
    }

    /// Adds a hint below the label.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// Adds a unit behind the control.
    #[must_use]
    pub fn unit(self, unit: &'a str) -> Self {
        Self { unit: Some(unit), ..self }
    }

    /// Says what a password manager may fill in.
    #[must_use]
    pub fn autocomplete(self, kind: &'a str) -> Self {
        Self { autocomplete: Some(kind), ..self }
    }

    /// Marks the field 选填; the others are needed.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// Puts the cursor here: the only thing the page asks.
    #[must_use]
    pub fn focused(self) -> Self {
        Self { focused: true, ..self }
    }

    fn described_by(&self) -> Option<String> {
        let hint = self.hint.map(|_| format!("{}-hint", self.id));
        let error = self.input.error.as_ref().map(|_| format!("{}-error", self.id));
        let ids: Vec<String> = [hint, error].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// Everything that is wrong with a form, at its top, with links to the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorSummary {
    /// The id of the field, or none for the form as a whole, and the sentence.
    pub errors: Vec<(Option<String>, String)>,
}

impl ErrorSummary {
    /// The errors of named inputs in the order of the form.
    pub fn of<'a>(inputs: impl IntoIterator<Item = (&'a str, &'a Input)>) -> Self {
        let errors = inputs
            .into_iter()
            .filter_map(|(name, input)| Some((Some(name.to_owned()), input.error.clone()?)));
        Self { errors: errors.collect() }
    }

    /// Adds an error of the form as a whole.
    #[must_use]
    pub fn and(mut self, error: Option<&String>) -> Self {
        self.errors.extend(error.map(|error| (None, error.clone())));
        self
    }

    /// Whether anything is wrong; the page's title then begins with 错误.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// The summary in a language; nothing where nothing is wrong.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownErrors<'a> {
        ShownErrors { summary: self, lang }
    }
}

/// An error summary ready to stand above a form.
#[derive(Template)]
#[template(
    ext = "html",
    source = r##"{% if !summary.is_empty() %}<div class="error-summary" role="alert" tabindex="-1" data-focus-now aria-labelledby="error-title"><h2 id="error-title">{{ lang.common().please_check() }}</h2><ul>
{%- for (field, text) in summary.errors %}<li>{% if let Some(field) = field %}<a href="#{{ field }}">{{ text }}</a>{% else %}{{ text }}{% endif %}</li>{% endfor %}</ul></div>{% endif %}"##
)]
pub struct ShownErrors<'a> {
    summary: &'a ErrorSummary,
    lang: &'a Lang,
}

impl HtmlSafe for ShownErrors<'_> {}
