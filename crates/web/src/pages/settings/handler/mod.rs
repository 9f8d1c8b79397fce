//! The handlers of the settings, a file a page.

mod accounts;
mod calendar;
mod company;
mod exports;
mod index;
mod jobs;
mod metrics;
mod notifications;
mod org;
mod own_metric_form;
mod own_metrics;
mod people;
mod pipeline;
mod posts;
mod proposals;
mod roles;
mod rule_exports;
mod rules;

pub(crate) use jobs::{job_number, place_of, text_of};

use axum::http::{HeaderMap, header};
use dacheng_app::Result;
use dacheng_app::people::one_time_links;
use dacheng_domain::access::{Action, Right};
use dacheng_text::date;

use super::OneTimeLink;
use crate::components::{Choice, Link};
use crate::http::{Desk, Need, PlainHttp, Routes, Web};
use crate::shell::{Room, Shell};

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let see = Need::Right(Action::AccountsOrg, Right::Read);
    let make = Need::Right(Action::AccountsOrg, Right::Create);
    let change = Need::Right(Action::AccountsOrg, Right::Update);
    let rules = Need::Right(Action::MetricsRules, Right::Read);
    let settle = Need::Right(Action::MetricsRules, Right::Update);
    let (jobs, run) = (Need::Right(Action::Jobs, Right::Read), Need::Right(Action::Jobs, Right::Update));
    let channels = |right| Need::Right(Action::Integrations, right);
    let routes = routes
        .get("/settings/notifications", channels(Right::Read), notifications::show)
        .post("/settings/notifications/mail", channels(Right::Create), proposals::propose_mail)
        .post("/settings/notifications/robots", channels(Right::Create), proposals::propose_robot)
        .post("/settings/notifications/webhooks", channels(Right::Create), proposals::propose_hook)
        .post("/settings/notifications/{channel}/approve", channels(Right::Approve), notifications::approve)
        .post("/settings/notifications/{channel}/reject", channels(Right::Approve), notifications::reject)
        .post("/settings/notifications/{channel}/off", channels(Right::Update), notifications::switch_off)
        .post("/settings/notifications/{channel}/on", channels(Right::Update), notifications::switch_on)
        .post("/settings/notifications/{channel}/test", channels(Right::Update), notifications::test)
        .post(
            "/settings/notifications/messages/{message}/again",
            channels(Right::Update),
            notifications::again,
        );
    routes
        .get("/settings", Need::AnyOf(super::OPEN_BY), index::show)
        .get("/settings/people", see, people::show)
        .files(["/settings/people.xlsx", "/settings/people.csv"], see, exports::people)
        .post("/settings/people/provide", make, people::provide)
        .post("/settings/people/grant", make, people::grant)
        .get("/settings/people/invite", make, people::invite)
        .post("/settings/people/invite", make, people::make)
        .get("/settings/people/{account}", see, accounts::show)
        .post("/settings/people/{account}/change", change, accounts::change)
        .post("/settings/people/{account}/suspend", change, accounts::suspend)
        .post("/settings/people/{account}/activate", change, accounts::activate)
        .post("/settings/people/{account}/link", change, accounts::link)
        .post("/settings/people/{account}/posts", make, posts::grant)
        .post("/settings/people/{account}/posts/{post}/end", change, posts::end)
        .get("/settings/org", see, org::show)
        .files(["/settings/org.xlsx", "/settings/org.csv"], see, exports::org)
        .get("/settings/roles", see, roles::show)
        .files(["/settings/roles.xlsx", "/settings/roles.csv"], see, exports::roles)
        .post("/settings/roles", change, roles::change)
        .get("/settings/calendar", rules, calendar::show)
        .files(["/settings/calendar.xlsx", "/settings/calendar.csv"], rules, rule_exports::calendar)
        .post("/settings/calendar/days", settle, calendar::add)
        .post("/settings/calendar/days/{day}/remove", settle, calendar::remove)
        .post("/settings/calendar/weekends", settle, calendar::follow_weekends)
        .get("/settings/company", rules, company::show)
        .post("/settings/company", settle, company::change)
        .get("/settings/metrics", rules, metrics::show)
        .post("/settings/metrics", settle, metrics::settle)
        .get("/settings/metrics/new", settle, own_metrics::blank)
        .post("/settings/metrics/new", settle, own_metrics::define)
        .get("/settings/metrics/{code}", settle, own_metrics::show)
        .post("/settings/metrics/{code}", settle, own_metrics::change)
        .post("/settings/metrics/{code}/retire", settle, own_metrics::retire)
        .get("/settings/pipeline", rules, pipeline::show)
        .post("/settings/pipeline", settle, pipeline::settle)
        .get("/settings/rules", rules, rules::show)
        .files(["/settings/rules.xlsx", "/settings/rules.csv"], rules, rule_exports::rules)
        .post("/settings/rules", settle, rules::add)
        .get("/settings/jobs", jobs, jobs::show)
        .files(["/settings/jobs.xlsx", "/settings/jobs.csv"], jobs, exports::jobs)
        .post("/settings/jobs/{id}/cancel", run, jobs::cancel)
        .post("/settings/jobs/{id}/retry", run, jobs::retry)
}

/// The shell of a page below the settings.
fn shell(desk: &Desk<'_>) -> Result<Shell> {
    desk.shell(Room::Settings, vec![Link::new(desk.lang().shell().settings(), "/settings")])
}

/// The shell of a page below the list of people.
fn shell_of_people(desk: &Desk<'_>) -> Result<Shell> {
    let crumbs = vec![
        Link::new(desk.lang().shell().settings(), "/settings"),
        Link::new(desk.lang().settings().people(), "/settings/people"),
    ];
    desk.shell(Room::Settings, crumbs)
}

/// The address of the site as the browser calls it: a browser says where a form was posted from.
fn site(web: &Web, headers: &HeaderMap) -> String {
    let said = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = match web.site.plain_http {
        PlainHttp::Allowed => "http",
        PlainHttp::Refused => "https",
    };
    match said(header::ORIGIN).filter(|origin| origin.starts_with("http")) {
        Some(origin) => origin.to_owned(),
        None => said(header::HOST).map_or_else(String::new, |host| format!("{scheme}://{host}")),
    }
}

/// A one-time link as it is sent to somebody.
fn one_time(desk: &Desk<'_>, site: &str, link: &one_time_links::Link) -> OneTimeLink {
    let until = date::stamp(desk.app.zone.to_datetime(link.expires_at));
    OneTimeLink {
        address: format!("{site}/setup/{}", link.secret),
        until: desk.lang().settings().link_until(until),
    }
}

/// The company and its units, as a choice of what a post is for.
fn unit_choices(desk: &Desk<'_>) -> Vec<Choice> {
    let organisation = desk.organisation();
    let company = Choice::new("", desk.lang().settings().whole_company());
    let units = organisation.depth_first(desk.context.today).into_iter().filter_map(|at| {
        let unit = organisation.unit(at.unit)?;
        Some(Choice::new(unit.code.as_str(), format!("{}{}", "　".repeat(at.depth + 1), unit.name)))
    });
    std::iter::once(company).chain(units).collect()
}
