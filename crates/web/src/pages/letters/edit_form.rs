//! The form of a draft: weights, deadlines and words of the items, support, rights, limits, rewards. Read and filled here;
//! targets stay those of the breakdown.

use dacheng_app::allocation::letters::DEPARTMENTS;
use dacheng_domain::Fen;
use dacheng_domain::access::Role;
use dacheng_domain::allocation::letter::{Item, Limit, Mark, Promise, Promiser, Terms};
use dacheng_text::{Lang, role};

use super::id;
use crate::components::{Choice, ErrorSummary, Input};
use crate::http::Posted;

/// Blank lines for further promises.
const MORE: usize = 2;

/// `POST /letters/{number}/edit`.
#[derive(Debug, Clone, Default)]
pub struct EditForm {
    /// The version and revision that were seen: `version`, `revision`.
    pub seen: (String, String),
    /// `area`
    pub area: Input,
    /// `products`
    pub products: Input,
    /// The items.
    pub items: Vec<ItemForm>,
    /// One more in words: `words-name`, `words-mark`, `words-weight`.
    pub words: (Input, Input, Input),
    /// The promises, with blank ones behind.
    pub promises: Vec<PromiseForm>,
    /// Departments to choose from.
    pub departments: Vec<Choice>,
    /// `rights`, one a line.
    pub rights: Input,
    /// `limit`, in yuan.
    pub limit: Input,
    /// `limits`, one a line.
    pub limits: Input,
    /// `rewards`, one a line.
    pub rewards: Input,
    /// What was refused.
    pub wrong: ErrorSummary,
}

/// An item: `detail-N`, `weight-N`, `criterion-N`, `deadline-N`, `assessed-N`.
#[derive(Debug, Clone)]
pub struct ItemForm {
    /// Its name and what is asked for, as the breakdown has it.
    pub name: String,
    /// 具体内容
    pub detail: Input,
    /// 权重
    pub weight: Input,
    /// 评价标准
    pub criterion: Input,
    /// 完成时限
    pub deadline: Input,
    /// 考核部门/数据来源
    pub assessed_by: Input,
}

/// A promise: `what-N`, `times-N`, `unit-N`, `by-N`, `due-N`.
#[derive(Debug, Clone, Default)]
pub struct PromiseForm {
    /// Its number; 0 for a new one.
    pub number: u32,
    /// What.
    pub what: Input,
    /// How often.
    pub times: Input,
    /// Counted in.
    pub unit: Input,
    /// A role's word, or a member's code.
    pub by: Input,
    /// Until when.
    pub due: Input,
}

impl EditForm {
    /// The form of terms; `marks` are what is asked for in words, item by item.
    pub fn of(lang: Lang, seen: (i64, i64), terms: &Terms, marks: &[String]) -> Self {
        let amounts = terms.limits.iter().filter_map(|limit| match limit {
            Limit::OrderAbove(amount) => Some(*amount),
            Limit::Words(_) => None,
        });
        let words = terms.limits.iter().filter_map(|limit| match limit {
            Limit::OrderAbove(_) => None,
            Limit::Words(words) => Some(words.clone()),
        });
        let item = |(item, mark): (&Item, &String)| ItemForm {
            name: format!("{} · {mark}", item.name),
            detail: Input::of(&item.detail),
            weight: Input::of(item.weight.to_string()),
            criterion: Input::of(&item.criterion),
            deadline: Input::of(item.deadline.to_string()),
            assessed_by: Input::of(&item.assessed_by),
        };
        let blank = std::iter::repeat_n(PromiseForm::default(), MORE);
        Self {
            seen: (seen.0.to_string(), seen.1.to_string()),
            area: Input::of(&terms.area),
            products: Input::of(&terms.products),
            items: terms.items.iter().zip(marks).map(item).collect(),
            promises: terms.promises.iter().map(promise).chain(blank).collect(),
            departments: departments(lang),
            rights: Input::of(terms.rights.join("\n")),
            limit: Input::of(amounts.map(|own| own.to_string()).next().unwrap_or_default()),
            limits: Input::of(words.collect::<Vec<_>>().join("\n")),
            rewards: Input::of(terms.rewards.join("\n")),
            ..Self::default()
        }
    }

    /// The form as it was sent, over the terms it is about.
    pub fn sent(lang: Lang, terms: &Terms, marks: &[String], form: &Posted) -> Self {
        let sent = |name: &str| Input::of(form.value(name));
        let mut own = Self::of(lang, (0, 0), terms, marks);
        own.seen = (form.value("version").to_owned(), form.value("revision").to_owned());
        for (at, item) in own.items.iter_mut().enumerate() {
            item.detail = sent(&id("detail", at));
            item.weight = sent(&id("weight", at));
            item.criterion = sent(&id("criterion", at));
            item.deadline = sent(&id("deadline", at));
            item.assessed_by = sent(&id("assessed", at));
        }
        for (at, promise) in own.promises.iter_mut().enumerate() {
            promise.what = sent(&id("what", at));
            promise.times = sent(&id("times", at));
            promise.unit = sent(&id("unit", at));
            promise.by = sent(&id("by", at));
            promise.due = sent(&id("due", at));
        }
        own.words = (sent("words-name"), sent("words-mark"), sent("words-weight"));
        for (input, name) in [
            (&mut own.area, "area"),
            (&mut own.products, "products"),
            (&mut own.rights, "rights"),
            (&mut own.limit, "limit"),
            (&mut own.limits, "limits"),
            (&mut own.rewards, "rewards"),
        ] {
            *input = sent(name);
        }
        own
    }

    /// The terms it says, over those it was made of; a field that cannot be read says so, and there are none.
    pub fn terms(&mut self, lang: Lang, old: &Terms) -> Option<Terms> {
        let items = self.items(lang, old);
        let promises = self.promises(lang, old);
        let limits = self.limits(lang);
        let read = |input: &Input| input.value.clone();
        let terms = Terms {
            area: read(&self.area),
            products: read(&self.products),
            items: items?,
            promises: promises?,
            rights: lines(&self.rights),
            limits: limits?,
            rewards: lines(&self.rewards),
        };
        Some(terms)
    }

    /// An item whose weight is left blank goes, where it is one in words; targets stay.
    fn items(&mut self, lang: Lang, old: &Terms) -> Option<Vec<Item>> {
        let say = lang.responsibility();
        let mut items = Vec::new();
        let mut is_read = true;
        for (form, item) in self.items.iter_mut().zip(&old.items) {
            if form.weight.value.is_empty() && matches!(item.mark, Mark::Words(_)) {
                continue;
            }
            let weight = form.weight.value.parse();
            let deadline = form.deadline.value.parse();
            if weight.is_err() {
                form.weight.error = Some(say.weight_bad().to_owned());
            }
            if deadline.is_err() {
                form.deadline.error = Some(say.date_bad().to_owned());
            }
            let (Ok(weight), Ok(deadline)) = (weight, deadline) else {
                is_read = false;
                continue;
            };
            items.push(Item {
                detail: form.detail.value.clone(),
                criterion: form.criterion.value.clone(),
                assessed_by: form.assessed_by.value.clone(),
                weight,
                deadline,
                ..item.clone()
            });
        }
        let (name, mark, weight) = &mut self.words;
        if !name.value.is_empty() || !mark.value.is_empty() {
            let deadline = old.items.first().map(|item| item.deadline);
            match (weight.value.parse(), deadline) {
                (Ok(weight), Some(deadline)) => items.push(Item {
                    name: name.value.clone(),
                    detail: String::new(),
                    mark: Mark::Words(mark.value.clone()),
                    weight,
                    criterion: String::new(),
                    deadline,
                    assessed_by: String::new(),
                }),
                (Err(_), _) | (_, None) => {
                    weight.error = Some(say.weight_bad().to_owned());
                    is_read = false;
                }
            }
        }
        is_read.then_some(items)
    }

    /// A promise without a text goes.
    fn promises(&mut self, lang: Lang, old: &Terms) -> Option<Vec<Promise>> {
        let say = lang.responsibility();
        let mut next = old.promises.iter().map(|own| own.number).max().unwrap_or(0);
        let mut promises = Vec::new();
        let mut is_read = true;
        for form in self.promises.iter_mut().filter(|form| !form.what.value.is_empty()) {
            let times = form.times.value.parse::<u32>().ok().filter(|times| *times > 0);
            let due = form.due.value.parse().ok();
            if times.is_none() {
                form.times.error = Some(say.number_bad().to_owned());
            }
            if due.is_none() {
                form.due.error = Some(say.date_bad().to_owned());
            }
            let (Some(times), Some(due)) = (times, due) else {
                is_read = false;
                continue;
            };
            let number = if form.number == 0 {
                next += 1;
                next
            } else {
                form.number
            };
            let (what, unit) = (form.what.value.clone(), form.unit.value.clone());
            promises.push(Promise { number, what, times, unit, by: promiser(&form.by.value), due });
        }
        is_read.then_some(promises)
    }

    fn limits(&mut self, lang: Lang) -> Option<Vec<Limit>> {
        let mut limits = Vec::new();
        if !self.limit.value.is_empty() {
            let Ok(amount) = self.limit.value.replace([',', '，'], "").parse::<Fen>() else {
                self.limit.error = Some(lang.responsibility().amount_bad().to_owned());
                return None;
            };
            limits.push(Limit::OrderAbove(amount));
        }
        limits.extend(lines(&self.limits).into_iter().map(Limit::Words));
        Some(limits)
    }

    /// Everything that is wrong with it.
    pub fn errors(&self) -> ErrorSummary {
        let mut wrong = self.wrong.clone();
        let mut note = |field: String, input: &Input| {
            wrong.errors.extend(input.error.clone().map(|error| (Some(field), error)));
        };
        for (at, item) in self.items.iter().enumerate() {
            note(id("weight", at), &item.weight);
            note(id("deadline", at), &item.deadline);
        }
        note("words-weight".to_owned(), &self.words.2);
        for (at, promise) in self.promises.iter().enumerate() {
            note(id("times", at), &promise.times);
            note(id("due", at), &promise.due);
        }
        note("limit".to_owned(), &self.limit);
        wrong
    }
}

fn promise(own: &Promise) -> PromiseForm {
    let by = match &own.by {
        Promiser::Department(name) | Promiser::Member(name) => name,
    };
    PromiseForm {
        number: own.number,
        what: Input::of(&own.what),
        times: Input::of(own.times.to_string()),
        unit: Input::of(&own.unit),
        by: Input::of(by),
        due: Input::of(own.due.to_string()),
    }
}

/// The word of a role, as letters keep it.
fn word(role: Role) -> String {
    serde_json::to_value(role).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn departments(lang: Lang) -> Vec<Choice> {
    DEPARTMENTS.map(|own| Choice::new(word(own), role::name(lang, own))).to_vec()
}

/// A department by the word of its role, else a member by code.
fn promiser(text: &str) -> Promiser {
    let is_department = DEPARTMENTS.into_iter().any(|own| word(own) == text);
    if is_department { Promiser::Department(text.to_owned()) } else { Promiser::Member(text.to_owned()) }
}

/// The lines of a text that say something.
pub(super) fn lines(input: &Input) -> Vec<String> {
    input.value.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
