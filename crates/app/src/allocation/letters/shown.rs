//! How a letter reads: from what is agreed to the blocks that page and paper show.

use dacheng_domain::allocation::letter::{
    Field, Item, Limit, Mark, Measured, Promise, Promiser, Template, Terms, fill,
};
use dacheng_domain::metrics::Metric;
use dacheng_paper::{Block, Column, Holds, Row, Table};
use dacheng_text::{Lang, date, money, role};

use super::content::{Content, Person};
use super::template::cannot_fill;
use crate::Result;
use crate::allocation::say;
use crate::planning::Opened;

/// What a letter is made of.
pub(super) struct Making<'a> {
    pub opened: &'a Opened,
    pub template: &'a Template,
    pub lang: Lang,
    pub number: String,
    pub version: i64,
    pub targets: i64,
    pub member: Person,
    pub superior: Option<String>,
    pub terms: Terms,
}

impl Making<'_> {
    /// The text of the version.
    pub fn content(self) -> Result<Content> {
        let blocks = self.blocks()?;
        let year = self.opened.year;
        Ok(Content {
            company: self.opened.company.name.clone(),
            title: self.filled(&self.template.title)?,
            plan: self.opened.plan.code.clone(),
            days: (year.first_day(), year.last_day()),
            signatories: self.template.signatories,
            number: self.number,
            version: self.version,
            lang: self.lang.tag().to_owned(),
            targets: self.targets,
            member: self.member,
            superior: self.superior,
            terms: self.terms,
            blocks,
        })
    }

    fn filled(&self, text: &str) -> Result<String> {
        let year = self.opened.year;
        let value = |field: Field| match field {
            Field::Company => self.opened.company.name.clone(),
            Field::Member => self.member.name.clone(),
            Field::Code => self.member.code.clone(),
            Field::Position => self.member.position.clone(),
            Field::Unit => self.member.unit.clone(),
            Field::Superior => self.superior(),
            Field::Year => year.name().to_string(),
            Field::From => date::full(self.lang, year.first_day()),
            Field::Through => date::full(self.lang, year.last_day()),
        };
        fill(text, value).map_err(|wrong| cannot_fill(self.lang, wrong))
    }

    fn superior(&self) -> String {
        self.superior.clone().unwrap_or_else(|| self.lang.responsibility().nobody().to_owned())
    }

    fn blocks(&self) -> Result<Vec<Block>> {
        let say = self.lang.responsibility();
        let mut blocks = vec![self.head(), Block::Paragraph(self.filled(&self.template.opening)?)];
        let mut sections = Sections { lang: self.lang, count: 0 };
        blocks.push(sections.heading(say.items()));
        blocks.push(self.items());
        blocks.extend(self.quarters());
        blocks.push(Block::Note(say.by_month(&self.opened.plan.name, self.targets.to_string())));
        blocks.push(sections.heading(say.support()));
        blocks.push(self.support());
        if !self.terms.rights.is_empty() || !self.terms.limits.is_empty() {
            blocks.push(sections.heading(say.rights()));
            blocks.push(self.rights());
        }
        if !self.terms.rewards.is_empty() {
            blocks.push(sections.heading(say.rewards()));
            blocks.extend(self.terms.rewards.iter().map(|own| Block::Paragraph(own.clone())));
        }
        for clause in &self.template.clauses {
            blocks.push(sections.heading(&self.filled(&clause.heading)?));
            blocks.push(Block::Paragraph(self.filled(&clause.text)?));
        }
        blocks.push(Block::Note(say.internal().to_owned()));
        Ok(blocks)
    }

    fn head(&self) -> Block {
        let say = self.lang.responsibility();
        let or = |text: &str, otherwise: &str| {
            if text.is_empty() { otherwise.to_owned() } else { text.to_owned() }
        };
        let (first, last) = (self.opened.year.first_day(), self.opened.year.last_day());
        let pairs = [
            (say.party_a(), self.opened.company.name.clone()),
            (say.member(), self.member.name.clone()),
            (say.code(), self.member.code.clone()),
            (say.position(), self.member.position.clone()),
            (say.unit(), self.member.unit.clone()),
            (say.superior(), self.superior()),
            (say.period(), say.period_of(first, last)),
            (say.area(), or(&self.terms.area, say.whole_area())),
            (say.products(), or(&self.terms.products, say.all_products())),
        ];
        Block::Pairs(pairs.map(|(name, value)| (name.to_owned(), value)).to_vec())
    }

    fn items(&self) -> Block {
        let say = self.lang.responsibility();
        let columns = vec![
            Column::figures(say.number()),
            Column::text(say.item(), 3),
            Column::text(say.detail(), 2),
            Column::figures(say.mark()),
            Column::figures(say.weight()),
            Column::text(say.criterion(), 4),
            Column::figures(say.deadline()),
            Column::text(say.assessed_by(), 4),
        ];
        let row = |(at, item): (usize, &Item)| {
            Row::of([
                (at + 1).to_string(),
                item.name.clone(),
                item.detail.clone(),
                self.mark(&item.mark),
                say.percent(item.weight.to_string()),
                item.criterion.clone(),
                item.deadline.to_string(),
                item.assessed_by.clone(),
            ])
        };
        let rows = self.terms.items.iter().enumerate().map(row).collect();
        Block::Table(Table { columns, rows, ..Table::default() })
    }

    /// 保底值/目标值, as it is agreed: exactly.
    fn mark(&self, mark: &Mark) -> String {
        let say = self.lang.responsibility();
        let Mark::Target(own) = mark else {
            let Mark::Words(words) = mark else { return String::new() };
            return words.clone();
        };
        let target = match own.monthly {
            Some(each) => say.monthly(self.amount(own, each), self.amount(own, own.target)),
            None => self.amount(own, own.target),
        };
        match own.floor {
            Some(floor) => say.floor_and_target(self.amount(own, floor), target),
            None => target,
        }
    }

    fn amount(&self, of: &Measured, minor: i64) -> String {
        self.metric(of)
            .map_or_else(|| minor.to_string(), |metric| say::amount(self.lang, metric, minor.into()))
    }

    fn metric(&self, of: &Measured) -> Option<Metric> {
        self.opened.catalogue.read(&of.metric).ok()
    }

    /// The quarters of what adds up.
    fn quarters(&self) -> Option<Block> {
        let say = self.lang.responsibility();
        let row = |item: &Item| {
            let Mark::Target(own) = &item.mark else { return None };
            let quarters = own.quarters?;
            let amounts = quarters.into_iter().chain([own.target]).map(|amount| self.amount(own, amount));
            Some(Row::of([item.name.clone()].into_iter().chain(amounts)))
        };
        let rows: Vec<Row> = self.terms.items.iter().filter_map(row).collect();
        let quarter = |number: i8| Column::figures(date::quarter(self.lang, self.opened.year.name(), number));
        let columns = [Column::text(say.item(), 1)].into_iter().chain((1..=4).map(quarter));
        let columns = columns.chain([Column::figures(say.whole_year())]).collect();
        let caption = say.quarters().to_owned();
        (!rows.is_empty()).then_some(Block::Table(Table { caption, columns, rows }))
    }

    fn support(&self) -> Block {
        let say = self.lang.responsibility();
        if self.terms.promises.is_empty() {
            return Block::Paragraph(say.no_support().to_owned());
        }
        let columns = vec![
            Column::figures(say.number()),
            Column::text(say.support(), 3),
            Column::text(say.promised_by(), 2),
            Column::figures(say.due()),
        ];
        let row = |own: &Promise| {
            Row::of([
                own.number.to_string(),
                say.promise(&own.what, own.times, &own.unit),
                self.promiser(&own.by),
                own.due.to_string(),
            ])
        };
        Block::Table(Table {
            columns,
            rows: self.terms.promises.iter().map(row).collect(),
            ..Table::default()
        })
    }

    fn promiser(&self, by: &Promiser) -> String {
        match by {
            Promiser::Department(name) => {
                let known = serde_json::from_value(name.as_str().into());
                known.map_or_else(|_| name.clone(), |known| role::name(self.lang, known).to_owned())
            }
            Promiser::Member(code) => {
                let member = self.opened.ground.organisation.member_of_code(code);
                member.map_or_else(|| code.clone(), |member| member.name.clone())
            }
        }
    }

    fn rights(&self) -> Block {
        let say = self.lang.responsibility();
        let columns = vec![Column::figures(say.kind()), Column::text(say.rights(), 1)];
        let rights = self.terms.rights.iter().map(|own| (say.rights_may(), own.clone()));
        let limits = self.terms.limits.iter().map(|own| (say.rights_limit(), limit(self.lang, own)));
        let rows = rights.chain(limits).map(|(kind, text)| Row::of([kind.to_owned(), text])).collect();
        Block::Table(Table { columns, rows, ..Table::default() })
    }
}

/// A limit in words.
pub(super) fn limit(lang: Lang, limit: &Limit) -> String {
    match limit {
        Limit::OrderAbove(amount) => lang.responsibility().limit_above(money::exact(lang, *amount)),
        Limit::Words(words) => words.clone(),
    }
}

/// Headings, numbered.
struct Sections {
    lang: Lang,
    count: usize,
}

impl Sections {
    fn heading(&mut self, name: &str) -> Block {
        const CHINESE: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        self.count += 1;
        let number = match self.lang {
            Lang::Zh => {
                CHINESE.get(self.count - 1).map_or_else(|| self.count.to_string(), |own| (*own).to_owned())
            }
            Lang::En => self.count.to_string(),
        };
        Block::Heading(self.lang.responsibility().section(number, name))
    }
}

/// The lines of a letter, by what each is about: what two versions are compared by.
pub(super) fn lines(content: &Content) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let (mut under, mut texts) = (String::new(), 0);
    for block in &content.blocks {
        match block {
            Block::Heading(name) => (under, texts) = (unnumbered(name).to_owned(), 0),
            Block::Pairs(pairs) => lines.extend(pairs.iter().cloned()),
            Block::Table(table) => table_lines(&mut lines, &under, table),
            Block::Paragraph(text) | Block::Note(text) => {
                texts += 1;
                lines.push((format!("{under} {texts}").trim_start().to_owned(), text.clone()));
            }
            Block::History(_) | Block::Signatures(_) => {}
        }
    }
    lines
}

/// Where a section moves because another was added, what stands in it is still the same.
fn unnumbered(heading: &str) -> &str {
    heading.split_once(['、', '.']).map_or(heading, |(_, name)| name.trim_start())
}

/// A line for each cell beside the one that names the row; a table of two columns has one for each row.
fn table_lines(lines: &mut Vec<(String, String)>, under: &str, table: &Table) {
    let named = table.columns.iter().position(|column| matches!(column.holds, Holds::Text(_))).unwrap_or(0);
    for (at, row) in table.rows.iter().enumerate() {
        if table.columns.len() == 2 {
            lines.push((format!("{under} {}", at + 1), row.cells.join(" ")));
            continue;
        }
        let name = row.cells.get(named).map_or("", String::as_str);
        let cells = table.columns.iter().zip(&row.cells).skip(named + 1);
        lines.extend(cells.map(|(column, cell)| (format!("{name} · {}", column.name), cell.clone())));
    }
}
