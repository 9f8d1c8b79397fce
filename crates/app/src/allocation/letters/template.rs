//! What the company writes into every letter (制式条款): a setting with versions, kept by sales operations.

use dacheng_domain::Fen;
use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::allocation::letter::{CannotFill, Clause, Field, Limit, Signatories, Template, fill};
use dacheng_store::{Read, settings};
use dacheng_text::Lang;
use serde_json::json;

use crate::{App, Context, Error, Result, audit};

/// The setting's name in `store`.
const NAME: &str = "letter_template";
/// Clauses of a template at most, and rights, limits and rewards each.
const MOST: usize = 20;
/// Characters of a text of the template at most.
const LONGEST: usize = 1_000;
/// Above which amount an order needs a visit that a superior came along on, where the company says nothing else.
const USUAL_LIMIT: Fen = Fen(10_000_000);

/// The template with its version, 0 where the company has not changed the shipped one.
pub fn template(app: &App, context: &Context, lang: Lang) -> Result<(Template, i64)> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    context.may_at_all(&ground.organisation, Action::Letters, Right::Read)?;
    current(&mut tx, lang)
}

/// Changes the template, by somebody who saw version `seen`. Letters that were issued keep their text.
pub fn set_template(app: &App, context: &Context, template: &Template, seen: i64) -> Result<i64> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let object = Object::on(Owner::Company, context.today);
    context.may(&ground.organisation, Action::Letters, Right::Issue, &object)?;
    check(context.lang, template)?;
    let found = settings::version(&mut tx, NAME)?;
    let value = serde_json::to_string(template).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let (now, actor) = (context.now.as_millisecond(), context.actor_name());
    if found != seen || !settings::append(&mut tx, NAME, seen, &value, now, &actor)? {
        return Err(Error::Stale { seen, found });
    }
    let detail = json!({ "version": seen + 1, "template": template });
    audit::record(app, &mut tx, context, "letter_template.change", NAME, &detail)?;
    tx.commit()?;
    Ok(seen + 1)
}

/// The template in force, and its version.
pub(super) fn current(tx: &mut Read, lang: Lang) -> Result<(Template, i64)> {
    match settings::current(tx, NAME)? {
        Some(kept) => {
            let read = serde_json::from_str(&kept.value);
            Ok((read.map_err(|wrong| Error::Internal(format!("letter template: {wrong}")))?, kept.version))
        }
        None => Ok((shipped(lang), 0)),
    }
}

/// The template a company begins with.
fn shipped(lang: Lang) -> Template {
    let say = lang.responsibility();
    let field = |field: Field| {
        let [zh, en] = field.names();
        let name = match lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        format!("{{{name}}}")
    };
    let member = field(Field::Member);
    let clause = |heading: &str, text: String| Clause { heading: heading.to_owned(), text };
    Template {
        title: say.title().to_owned(),
        opening: say.opening(field(Field::Company), field(Field::Year), &member),
        clauses: vec![
            clause(say.clause_tracking(), say.clause_tracking_text(&member)),
            clause(say.clause_change(), say.clause_change_text().to_owned()),
        ],
        rights: vec![say.right().to_owned()],
        limits: vec![Limit::OrderAbove(USUAL_LIMIT)],
        rewards: vec![say.reward().to_owned()],
        signatories: Signatories::Two,
    }
}

fn check(lang: Lang, template: &Template) -> Result<()> {
    let say = lang.responsibility();
    let words = template.limits.iter().filter_map(|limit| match limit {
        Limit::Words(words) => Some(words),
        Limit::OrderAbove(_) => None,
    });
    let clauses = template.clauses.iter().flat_map(|clause| [&clause.heading, &clause.text]);
    let texts: Vec<&String> = [&template.title, &template.opening]
        .into_iter()
        .chain(clauses)
        .chain(&template.rights)
        .chain(words)
        .chain(&template.rewards)
        .collect();
    if texts.iter().any(|text| text.trim().is_empty()) {
        return Err(Error::refused(say.template_blank()));
    }
    let counts =
        [template.clauses.len(), template.rights.len(), template.limits.len(), template.rewards.len()];
    if counts.iter().any(|count| *count > MOST) || texts.iter().any(|text| text.chars().count() > LONGEST) {
        return Err(Error::refused(say.template_long(MOST, LONGEST)));
    }
    for text in texts {
        fill(text, |_| String::new()).map_err(|wrong| cannot_fill(lang, wrong))?;
    }
    Ok(())
}

pub(super) fn cannot_fill(lang: Lang, wrong: CannotFill) -> Error {
    let say = lang.responsibility();
    match wrong {
        CannotFill::Brace => Error::refused(say.lone_brace()),
        CannotFill::Unknown(name) => {
            let known = Field::ALL.map(|field| field.names()[usize::from(lang == Lang::En)]);
            Error::refused(say.no_template_field(name, known.join("、")))
        }
    }
}
