//! The form of an own metric: filled from its newest version or from what was sent, and read back.

use std::collections::BTreeSet;

use dacheng_app::{Error, Result, metrics};
use dacheng_domain::access::Role;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::own::{
    CarriedBy, Entering, Facts, Filter, MadeOf, Own, OwnKind, OwnVersion, Reporter, counts, sums,
};
use dacheng_domain::metrics::{Direction, Metric, RollUp, Unit, Window};
use dacheng_text::{Lang, date, metric, own_metric, role};

use super::super::own_metric::{FixedFields, MadeOfFields, OwnMetricForm, OwnMetricPage, RetireForm};
use crate::components::{Choice, ErrorSummary, Input, Link};
use crate::http::{Desk, Posted};

/// The windows that can be chosen, in months; 0 is the period itself.
const WINDOWS: [u8; 5] = [0, 1, 3, 6, 12];
/// The posts that usually report.
const POSTS: [Role; 5] = [Role::SalesOperations, Role::Marketing, Role::Finance, Role::Hr, Role::TeamLeader];

/// The page: of a new metric of a kind, or of one that is there; as it was sent with what is wrong, where it was.
pub(super) fn view(
    desk: &Desk<'_>,
    kind: OwnKind,
    code: Option<&str>,
    sent: Option<(&Posted, Vec<String>)>,
) -> Result<OwnMetricPage> {
    let (lang, say) = (desk.lang(), desk.lang().own_metrics());
    let own = code.and_then(|code| desk.catalogue.own().find(|own| own.code() == code));
    let (_, version) = metrics::specs(&mut desk.read()?)?;
    let posted = sent.as_ref().map(|(form, _)| *form);
    let now = Month::of(desk.context.today);
    let retire = own.filter(|own| !own.newest().retired).map(|own| RetireForm {
        action: format!("/settings/metrics/{}/retire", own.code()),
        from: Input::of(
            posted.map_or_else(|| now.next().to_string(), |form| form.value("retire-from").to_owned()),
        ),
        version,
    });
    let kinds = OwnKind::ALL.into_iter().map(|of| {
        let href = format!("/settings/metrics/new?kind={}", of.code());
        (Link::new(own_metric::kind(lang, of), href), of == kind)
    });
    Ok(OwnMetricPage {
        shell: crumbed(desk)?,
        title: own.map_or_else(|| say.new().to_owned(), |own| own_metric::name(lang, own).to_owned()),
        sub: own.map_or_else(
            || say.new_hint().to_owned(),
            |own| format!("{} · {}", own.code(), own_metric::kind(lang, own.kind())),
        ),
        kinds: if own.is_none() { kinds.collect() } else { Vec::new() },
        versions: own.map_or_else(Vec::new, |own| versions(lang, own)),
        form: form(desk, (kind, own), posted, version),
        retire,
        wrong: ErrorSummary {
            errors: sent
                .map_or_else(Vec::new, |(_, wrong)| wrong.into_iter().map(|wrong| (None, wrong)).collect()),
        },
    })
}

fn crumbed(desk: &Desk<'_>) -> Result<crate::shell::Shell> {
    use crate::shell::Room;
    let lang = desk.lang();
    let crumbs = vec![
        Link::new(lang.shell().settings(), "/settings"),
        Link::new(lang.measures().catalogue(), "/settings/metrics"),
    ];
    desk.shell(Room::Settings, crumbs)
}

/// What holds from which month on, the newest first.
pub(super) fn versions(lang: Lang, own: Own) -> Vec<String> {
    let say = lang.own_metrics();
    let said = |version: &OwnVersion| {
        let from = date::month(lang, version.valid_from.year(), version.valid_from.number());
        let what = if version.retired {
            say.retired_word().to_owned()
        } else {
            own_metric::formula(lang, own, version)
        };
        let window = version.window.map(|window| format!(" · {}", metric::window(lang, window)));
        say.version(version.version, from, what + &window.unwrap_or_default())
    };
    own.versions().iter().rev().map(said).collect()
}

fn form(
    desk: &Desk<'_>,
    (kind, own): (OwnKind, Option<Own>),
    posted: Option<&Posted>,
    version: i64,
) -> OwnMetricForm {
    let lang = desk.lang();
    let newest = own.map(Own::newest);
    let value = |name: &str, kept: String| Input::of(posted.map_or(kept, |form| form.value(name).to_owned()));
    let kept = |of: fn(&OwnVersion) -> String| newest.map(of).unwrap_or_default();
    let next = Month::of(desk.context.today).next();
    let from = if own.is_some() { next } else { Month::of(desk.context.today) };
    let window = |own: Option<Window>| match own {
        Some(Window::Period) => 0,
        Some(Window::RollingMonths(months)) => months,
        None => 3,
    };
    let needs_window = kind.roll_up() == RollUp::RatioOfSums;
    let windows = || {
        let said = |months: u8| Choice::new(months.to_string(), metric::window(lang, window_of(months)));
        WINDOWS.map(said).to_vec()
    };
    OwnMetricForm {
        action: own.map_or_else(
            || "/settings/metrics/new".to_owned(),
            |own| format!("/settings/metrics/{}", own.code()),
        ),
        kind: kind.code().to_owned(),
        fixed: own.is_none().then(|| fixed(lang, kind, &value)),
        zh: value("zh", kept(|own| own.zh.clone())),
        en: value("en", kept(|own| own.en.clone())),
        word_zh: value("word-zh", kept(|own| own.word[0].clone())),
        word_en: value("word-en", kept(|own| own.word[1].clone())),
        from: value("from", from.to_string()),
        made_of: made_of(desk, kind, newest, posted),
        window: needs_window
            .then(|| (value("window", window(newest.and_then(|own| own.window)).to_string()), windows())),
        version,
    }
}

fn fixed(lang: Lang, kind: OwnKind, value: &dyn Fn(&str, String) -> Input) -> FixedFields {
    let units = [Unit::Money, Unit::Count, Unit::Percent, Unit::Score, Unit::Days];
    let fits: Vec<Unit> = units.into_iter().filter(|unit| kind.fits(*unit)).collect();
    let usual = match kind {
        OwnKind::Ratio => Unit::Percent,
        OwnKind::EnteredMean => Unit::Score,
        OwnKind::EnteredSum | OwnKind::Count => Unit::Count,
        OwnKind::Sum => Unit::Money,
    };
    let code = |unit: Unit| match unit {
        Unit::Money => "money",
        Unit::Count => "count",
        Unit::Percent => "percent",
        Unit::Score => "score",
        Unit::Days => "days",
    };
    let metrics = lang.metrics();
    let name = |unit: Unit| match unit {
        Unit::Money => metrics.in_money(),
        Unit::Count => metrics.in_pieces(),
        Unit::Percent => metrics.in_percent(),
        Unit::Score => lang.own_metrics().in_number(),
        Unit::Days => metrics.in_days(),
    };
    let direction = |of: Direction| match of {
        Direction::Higher => Choice::new("higher", metrics.higher()),
        Direction::Lower => Choice::new("lower", metrics.lower()),
    };
    FixedFields {
        code: value("code", String::new()),
        unit: value("unit", code(usual).to_owned()),
        units: fits.into_iter().map(|unit| Choice::new(code(unit), name(unit))).collect(),
        direction: value("direction", "higher".to_owned()),
        directions: [Direction::Higher, Direction::Lower].map(direction).to_vec(),
    }
}

fn made_of(
    desk: &Desk<'_>,
    kind: OwnKind,
    newest: Option<&'static OwnVersion>,
    posted: Option<&Posted>,
) -> MadeOfFields {
    let lang = desk.lang();
    let made = newest.map(|own| &own.made_of);
    let value = |name: &str, kept: String| Input::of(posted.map_or(kept, |form| form.value(name).to_owned()));
    match kind {
        OwnKind::Sum | OwnKind::Count => {
            let facts = match made {
                Some(MadeOf::Facts(facts)) => Some(facts),
                Some(MadeOf::Ratio { .. } | MadeOf::Entered(_)) | None => None,
            };
            let offered: &[_] = if kind == OwnKind::Sum { &sums() } else { &counts() };
            let code = |measure| word(&measure);
            let chosen = facts.map_or(offered[0], |facts| facts.measure);
            MadeOfFields::Facts {
                measure: value("measure", code(chosen)),
                measures: offered
                    .iter()
                    .map(|measure| Choice::new(code(*measure), own_metric::measure(lang, *measure)))
                    .collect(),
                filters: filters(desk, facts.map(|facts| &facts.filter), posted),
            }
        }
        OwnKind::Ratio => {
            let (over, under) = match made {
                Some(MadeOf::Ratio { over, under }) => (over.clone(), under.clone()),
                Some(MadeOf::Facts(_) | MadeOf::Entered(_)) | None => {
                    (Metric::Collections.code().to_owned(), Metric::Revenue.code().to_owned())
                }
            };
            let offered = desk.catalogue.offered(Month::of(desk.context.today));
            let additive = offered.filter(|own| own.definition().roll_up == RollUp::Sum);
            MadeOfFields::Ratio {
                over: value("over", over),
                under: value("under", under),
                metrics: additive.map(|own| Choice::new(own.code(), metric::name(lang, own))).collect(),
            }
        }
        OwnKind::EnteredSum | OwnKind::EnteredMean => {
            let entering = match made {
                Some(MadeOf::Entered(entering)) => Some(entering),
                Some(MadeOf::Facts(_) | MadeOf::Ratio { .. }) | None => None,
            };
            entered(lang, entering, &value)
        }
    }
}

fn entered(lang: Lang, kept: Option<&Entering>, value: &dyn Fn(&str, String) -> Input) -> MadeOfFields {
    let (member, post) = match kept.map(|own| &own.reporter) {
        Some(Reporter::Member(code)) => (code.clone(), String::new()),
        Some(Reporter::Post(role)) => (String::new(), word(role)),
        None => (String::new(), word(&Role::SalesOperations)),
    };
    let none = Choice::new("", lang.own_metrics().no_post());
    let posts = POSTS.iter().map(|post| Choice::new(word(post), role::name(lang, *post)));
    let carrier = |of: CarriedBy| Choice::new(word(&of), own_metric::carried_by(lang, of));
    MadeOfFields::Entered {
        member: value("member", member),
        post: value("post", post),
        posts: [none].into_iter().chain(posts).collect(),
        carried: value("carried", word(&kept.map_or(CarriedBy::Members, |own| own.carried_by))),
        carriers: [CarriedBy::Members, CarriedBy::Teams].map(carrier).to_vec(),
        due: value("due", kept.map_or(3, |own| own.due_day).to_string()),
    }
}

/// The word under which something is kept.
fn word(of: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(of).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn of_word<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}

type Ticks = Vec<(String, Vec<(String, String, bool)>)>;

fn filters(desk: &Desk<'_>, kept: Option<&Filter>, posted: Option<&Posted>) -> Ticks {
    let say = desk.lang().own_metrics();
    let known = desk.ground.names();
    let empty = Filter::default();
    let kept = kept.unwrap_or(&empty);
    let ticks = |prefix: &str, names: &BTreeSet<String>, chosen: &BTreeSet<String>| {
        let tick = |name: &String| {
            let field = format!("{prefix}.{name}");
            let on = posted.map_or(chosen.contains(name), |form| form.value(&field) == "on");
            (field, name.clone(), on)
        };
        names.iter().map(tick).collect::<Vec<_>>()
    };
    vec![
        (say.product_lines().to_owned(), ticks("line", &known.lines, &kept.product_lines)),
        (say.regions().to_owned(), ticks("region", &known.regions, &kept.regions)),
        (say.customer_types().to_owned(), ticks("type", &known.customer_types, &kept.customer_types)),
    ]
}

const fn window_of(months: u8) -> Window {
    if months == 0 { Window::Period } else { Window::RollingMonths(months) }
}

/// Reads the version that a form says.
pub(super) fn read_version(desk: &Desk<'_>, kind: OwnKind, form: &Posted) -> Result<OwnVersion> {
    let lang = desk.lang();
    let from = form.value("from").parse().map_err(|_| Error::refused(lang.settings().month_hint()))?;
    let window = form.value("window").parse().ok().map(window_of);
    Ok(OwnVersion {
        version: 0,
        valid_from: from,
        zh: form.value("zh").to_owned(),
        en: form.value("en").to_owned(),
        word: [form.value("word-zh").to_owned(), form.value("word-en").to_owned()],
        made_of: read_made_of(desk, kind, form)?,
        window: window.filter(|_| kind.roll_up() == RollUp::RatioOfSums),
        retired: false,
    })
}

fn read_made_of(desk: &Desk<'_>, kind: OwnKind, form: &Posted) -> Result<MadeOf> {
    let say = desk.lang().own_metrics();
    match kind {
        OwnKind::Sum | OwnKind::Count => {
            let known = desk.ground.names();
            let chosen = |prefix: &str, names: BTreeSet<String>| {
                let is_on = |name: &String| form.value(&format!("{prefix}.{name}")) == "on";
                names.into_iter().filter(is_on).collect()
            };
            let measure = of_word(form.value("measure")).ok_or_else(|| Error::refused(say.wrong_filter()))?;
            let filter = Filter {
                product_lines: chosen("line", known.lines),
                regions: chosen("region", known.regions),
                customer_types: chosen("type", known.customer_types),
            };
            Ok(MadeOf::Facts(Facts { measure, filter }))
        }
        OwnKind::Ratio => {
            Ok(MadeOf::Ratio { over: form.value("over").to_owned(), under: form.value("under").to_owned() })
        }
        OwnKind::EnteredSum | OwnKind::EnteredMean => {
            let member = form.value("member");
            let reporter = if member.is_empty() {
                let post = of_word(form.value("post"));
                Reporter::Post(post.ok_or_else(|| Error::refused(say.no_reporter()))?)
            } else {
                Reporter::Member(member.to_owned())
            };
            Ok(MadeOf::Entered(Entering {
                carried_by: of_word(form.value("carried")).unwrap_or(CarriedBy::Members),
                reporter,
                due_day: form.value("due").parse().map_err(|_| Error::refused(say.wrong_due()))?,
            }))
        }
    }
}
