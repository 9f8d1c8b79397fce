//! The same search a second time, without index or pinyin table: a scan over all names that compares texts. It must
//! agree with the index on any query, order and all.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dacheng_app::search::Kind;
use dacheng_app::testing::{load, on_both, operator};
use dacheng_domain::facts::kind::Kind as Fact;

use crate::found;

/// The characters of the names, and how each is read.
const READ: [(char, &[&str]); 12] = [
    ('李', &["li"]),
    ('王', &["wang", "yu"]),
    ('重', &["zhong", "chong", "tong"]),
    ('单', &["dan", "chan", "shan"]),
    ('吕', &["lv", "lu"]),
    ('喆', &["zhe"]),
    ('明', &["ming", "meng"]),
    ('海', &["hai"]),
    ('丽', &["li"]),
    ('华', &["hua"]),
    ('东', &["dong"]),
    ('一', &["yi"]),
];

struct Person {
    code: String,
    name: String,
}

/// Readings of a name that are known; beyond them later characters have their usual one.
const READINGS: usize = 8;

/// Every way to read some characters.
fn readings(letters: &[char]) -> Vec<[String; 3]> {
    let known: BTreeMap<char, &[&str]> = READ.into();
    let mut all = vec![[const { String::new() }; 3]];
    for letter in letters {
        let mut longer = Vec::new();
        for [full, initials, syllables] in &all {
            let many = all.len() * known[letter].len() > READINGS;
            for sound in &known[letter][..if many { 1 } else { known[letter].len() }] {
                longer.push([
                    format!("{full}{sound}"),
                    format!("{initials}{}", &sound[..1]),
                    format!("{syllables}{sound} "),
                ]);
            }
        }
        all = longer;
    }
    all
}

/// The texts of a person, a list a way; the ways in the order of what comes first.
fn texts(person: &Person) -> [Vec<String>; 7] {
    let lower = person.name.to_lowercase();
    let code = vec![person.code.to_lowercase()];
    if lower.is_ascii() {
        let words: Vec<&str> = lower.split(' ').collect();
        let within = (1..words.len()).map(|from| words[from..].concat()).collect();
        return [vec![words.concat()], within, vec![], vec![], vec![], vec![], code];
    }
    let letters: Vec<char> = lower.chars().collect();
    let within = (1..letters.len()).map(|from| letters[from..].iter().collect()).collect();
    let [mut full, mut initials, mut syllables] = [const { Vec::new() }; 3];
    for [one, first, spaced] in readings(&letters) {
        full.push(one);
        initials.push(first);
        syllables.push(spaced);
    }
    let sounds = (1..letters.len()).flat_map(|from| readings(&letters[from..])).map(|[full, ..]| full);
    [vec![lower], within, syllables, full, initials, sounds.collect(), code]
}

/// The codes of whoever is meant, in their order.
fn scan(people: &[Person], typed: &str) -> Vec<String> {
    let lower = typed.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let whole = words.concat();
    let spaced = words.join(" ") + " ";
    if whole.is_empty() {
        return Vec::new();
    }
    let mut longest = "";
    for word in &words {
        if word.chars().count() > longest.chars().count() {
            longest = word;
        }
    }
    let mut ranked = Vec::new();
    for person in people {
        let texts = texts(person);
        let smallest = |way: usize, typed: &str| {
            let own = texts[way].iter().filter(|text| text.starts_with(typed));
            own.min().cloned()
        };
        let exact = (texts[6][0] == whole).then(|| (0, whole.clone()));
        let typed_for = |way: usize| if way == 2 { &spaced } else { &whole };
        let by_whole = (0..7).find_map(|way| Some((1 + way, smallest(way, typed_for(way))?)));
        let has_all = words.iter().all(|word| texts.iter().flatten().any(|text| text.starts_with(word)));
        let by_words = (0..7)
            .filter(|way| *way != 2 && words.len() > 1 && has_all)
            .find_map(|way| Some((8 + way, smallest(way, longest)?)));
        if let Some((step, term)) = exact.or(by_whole).or(by_words) {
            ranked.push((step, term, person.code.clone()));
        }
    }
    ranked.sort();
    ranked.into_iter().map(|(_, _, code)| code).take(100).collect()
}

/// A repeatable source of choices.
struct Choices(u64);

impl Choices {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn han(&mut self, most: usize) -> String {
        (0..=self.below(most)).map(|_| READ[self.below(READ.len())].0).collect()
    }

    fn name(&mut self) -> String {
        let latin = ["Li Wei", "Wei Li", "Ming Yi", "Hai Dong Li", "Zhe"];
        if self.below(5) == 0 { latin[self.below(latin.len())].to_owned() } else { self.han(3) }
    }

    /// A piece of something that somebody is called, perhaps with something else behind.
    fn typed(&mut self, people: &[Person]) -> String {
        let person = &people[self.below(people.len())];
        let texts: Vec<String> = texts(person).into_iter().flatten().collect();
        let text = &texts[self.below(texts.len())];
        let length = text.chars().count();
        let beginning: String = text.chars().take(1 + self.below(length)).collect();
        match self.below(6) {
            0 => format!("{beginning} {}", self.han(1)),
            1 => format!("{} {beginning}", &texts[self.below(texts.len())]),
            2 => beginning.to_uppercase(),
            3 => format!("{beginning}{}", ["i", "李", "1", "z"][self.below(4)]),
            _ => beginning,
        }
    }
}

#[test]
fn a_plain_scan_over_all_names_finds_the_same_in_the_same_order() {
    on_both(|app| {
        let mut choices = Choices(7);
        let people: Vec<Person> = (0..220)
            .map(|number| {
                let prefix = ["E", "li", "M0"][choices.below(3)];
                Person { code: format!("{prefix}{number}"), name: choices.name() }
            })
            .collect();
        load(app, Fact::Units, "unit,name,parent,leader\nALL,公司,,\n");
        let mut text = "member,name,unit,position,hired\n".to_owned();
        for person in &people {
            writeln!(text, "{},{},ALL,specialist,2020-01-01", person.code, person.name).unwrap();
        }
        load(app, Fact::Members, &text);
        let all = operator(app);
        let (mut some, mut queries) = (0, vec!["li".to_owned(), "李".into(), "l".into(), "e".into()]);
        queries.extend((0..150).map(|_| choices.typed(&people)));
        for typed in queries {
            let (own, wanted) = (found(app, &all, Kind::Person, &typed), scan(&people, &typed));
            assert_eq!(own, wanted, "{typed:?}");
            some += usize::from(!wanted.is_empty());
        }
        assert!(some > 90, "only {some} queries found somebody");
    });
}
