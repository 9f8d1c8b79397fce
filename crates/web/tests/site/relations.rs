//! What each path shows, and who of the company may see it: the written half of the access test ([`super::access`]).
//!
//! A new route needs a row here. `row(path, about, example)` names an address that exists in the small company;
//! `.not_for(roles)` names roles that the table lets in for other objects of the line, but not for this one,
//! `.not_changed_by(roles)` those that see it without changing it; a path within somebody's branch says with `.sees` and `.hidden` whom it is there for and whom it is not.

use dacheng_domain::access::Role;

/// What a path is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Nothing of the company: the way in, the tools, the texts.
    Nothing,
    /// Whoever asks: their account, devices, tokens. In person only, never by a token.
    Own,
    /// Units and members, within the branch of the posts of whoever asks.
    Branch,
    /// The company as a whole: its settings, people and records.
    Company,
}

/// A row.
pub struct Relation {
    /// As in the table of routes.
    pub path: &'static str,
    pub about: About,
    /// An address of that path that exists.
    pub example: &'static str,
    /// Roles that hold the right on other objects of the line only.
    pub not_for: &'static [Role],
    /// Roles that see it and hold the right to change other objects of the line, but not this one.
    pub not_changed_by: &'static [Role],
    /// Who, which address, which status.
    pub cases: Vec<(&'static str, &'static str, u16)>,
}

fn row(path: &'static str, about: About, example: &'static str) -> Relation {
    Relation { path, about, example, not_for: &[], not_changed_by: &[], cases: Vec::new() }
}

/// A path without parameters is its own example.
fn page(path: &'static str, about: About) -> Relation {
    row(path, about, path)
}

#[allow(dead_code, reason = "rooms use what their paths need")]
impl Relation {
    fn not_for(self, not_for: &'static [Role]) -> Self {
        Self { not_for, ..self }
    }

    fn not_changed_by(self, not_changed_by: &'static [Role]) -> Self {
        Self { not_changed_by, ..self }
    }

    fn sees(mut self, who: &'static str, address: &'static str) -> Self {
        self.cases.push((who, address, 200));
        self
    }

    fn hidden(mut self, who: &'static str, address: &'static str) -> Self {
        self.cases.push((who, address, 404));
        self
    }
}

/// Every path of the site.
pub fn relations() -> Vec<Relation> {
    use About::{Branch, Nothing, Own};
    let rooms = [
        // Signing in, and what is there for everybody.
        vec![
            page("/", Nothing),
            page("/login", Nothing),
            page("/first-steps", Nothing),
            page("/logout", Own),
            row("/setup/{secret}", Nothing, "/setup/unknown"),
            page("/display", Nothing),
            page("/me/display", Own),
            page("/healthz", Nothing),
            page("/readyz", Nothing),
            page("/metrics", Nothing),
            page("/api/openapi.json", Nothing),
            page("/api/docs", Nothing),
            page("/help", Nothing),
            row("/help/{topic}", Nothing, "/help/words"),
            page("/search", Branch),
            row("/search/found", Branch, "/search/found?q=su"),
            row("/api/v1/search", Branch, "/api/v1/search?q=su"),
        ],
        // Figures.
        vec![
            page("/dashboard", Branch)
                .sees("t1", "/dashboard?org=E1")
                .hidden("t1", "/dashboard?org=SOUTH")
                .hidden("r1", "/dashboard?org=ALL"),
            page("/analysis", Branch)
                .sees("t1", "/analysis?org=E1")
                .hidden("t1", "/analysis?org=SOUTH")
                .hidden("r1", "/analysis?org=ALL"),
            row("/api/v1/analysis/history", Branch, "/api/v1/analysis/history?owner=unit:E1")
                .sees("r1", "/api/v1/analysis/history?owner=unit:E2")
                .hidden("t1", "/api/v1/analysis/history?owner=unit:E2"),
            row("/explain", Branch, "/explain?owner=unit:E1")
                .sees("s1", "/explain?owner=member:s1")
                .hidden("s1", "/explain?owner=member:s2")
                .sees("t1", "/explain?owner=unit:E1")
                .hidden("t1", "/explain?owner=unit:S1"),
            row("/api/v1/attainment", Branch, "/api/v1/attainment?metric=revenue&period=2026&owner=unit:E1")
                .sees("r1", "/api/v1/attainment?metric=revenue&period=2026&owner=unit:E2")
                .hidden("t1", "/api/v1/attainment?metric=revenue&period=2026&owner=unit:E2"),
            row("/api/v1/explain", Branch, "/api/v1/explain?metric=revenue&period=2026-10&owner=unit:E1")
                .sees("s1", "/api/v1/explain?metric=revenue&period=2026-10&owner=member:s1")
                .hidden("s1", "/api/v1/explain?metric=revenue&period=2026-10&owner=member:s3"),
        ],
        // Tools.
        vec![
            page("/api/v1/policy", Nothing),
            page("/api/v1/metrics", Nothing),
            row(
                "/api/v1/calendar/deadline",
                Nothing,
                "/api/v1/calendar/deadline?from=2026-11-23&working_days=3",
            ),
            page("/api/v1/allocations:preview", Nothing),
        ],
        forecasts(),
        targets(),
        planning(),
        objectives(),
        letters(),
        tracking(),
        facts(),
        people(),
        files(),
    ];
    rooms.into_iter().flatten().collect()
}

/// What will come: the band, people's word, open opportunities.
fn forecasts() -> Vec<Relation> {
    use About::Branch;
    vec![
        page("/forecast", Branch)
            .sees("t1", "/forecast?org=E1")
            .hidden("t1", "/forecast?org=SOUTH")
            .sees("s1", "/forecast?person=s1")
            .hidden("s1", "/forecast?person=s2"),
        page("/forecast/people", Branch)
            .sees("t1", "/forecast/people?org=E1")
            .hidden("t1", "/forecast/people?org=SOUTH")
            .hidden("r1", "/forecast/people?org=ALL"),
        row("/forecast/people/{member}", Branch, "/forecast/people/s1")
            .sees("s1", "/forecast/people/s1")
            .sees("t1", "/forecast/people/s2")
            .hidden("s1", "/forecast/people/s2")
            .hidden("t1", "/forecast/people/s5"),
        page("/forecast/coverage", Branch)
            .sees("t1", "/forecast/coverage?org=E1")
            .hidden("t1", "/forecast/coverage?org=SOUTH")
            .sees("s1", "/forecast/coverage?person=s1")
            .hidden("s1", "/forecast/coverage?person=s2"),
        row("/api/v1/forecast/coverage", Branch, "/api/v1/forecast/coverage?period=2026-11&owner=unit:E1")
            .sees("r1", "/api/v1/forecast/coverage?period=2026-11&owner=unit:E2")
            .hidden("t1", "/api/v1/forecast/coverage?period=2026-11&owner=unit:E2"),
        row("/api/v1/forecast/people", Branch, "/api/v1/forecast/people?metric=revenue&owner=unit:E1")
            .sees("r1", "/api/v1/forecast/people?metric=revenue&owner=unit:E2")
            .hidden("t1", "/api/v1/forecast/people?metric=revenue&owner=unit:E2"),
        row("/api/v1/forecast/people/{member}", Branch, "/api/v1/forecast/people/s1")
            .sees("t1", "/api/v1/forecast/people/s1")
            .hidden("s1", "/api/v1/forecast/people/s2"),
        row("/api/v1/forecast/people/{member}/statements", Branch, "/api/v1/forecast/people/s1/statements")
            .not_changed_by(&OTHERS_WORD),
        row("/api/v1/forecast/people/{member}/judgements", Branch, "/api/v1/forecast/people/s1/judgements")
            .not_changed_by(&NOT_LEADING),
        row("/forecast/people/{member}/state", Branch, "/forecast/people/s1/state")
            .not_changed_by(&OTHERS_WORD),
        row("/forecast/people/{member}/judge", Branch, "/forecast/people/s1/judge")
            .not_changed_by(&NOT_LEADING),
        row("/api/v1/forecast", Branch, "/api/v1/forecast?metric=revenue&period=2026-11&owner=unit:E1")
            .sees("r1", "/api/v1/forecast?metric=revenue&period=2026-11&owner=unit:E2")
            .hidden("t1", "/api/v1/forecast?metric=revenue&period=2026-11&owner=unit:E2"),
    ]
}

/// The tree of targets, units, people, rankings.
fn targets() -> Vec<Relation> {
    use About::Branch;
    vec![
        page("/targets", Branch).sees("t1", "/targets?at=E1").hidden("t1", "/targets?at=S1"),
        row("/targets/{unit}", Branch, "/targets/E1").sees("t1", "/targets/E1").hidden("t1", "/targets/E2"),
        row("/targets/{unit}/people/{person}", Branch, "/targets/E1/people/s1")
            .sees("s1", "/targets/E1/people/s1")
            .hidden("s1", "/targets/E1/people/s2")
            .hidden("r2", "/targets/E1/people/s1"),
        row("/targets/{unit}/ranking", Branch, "/targets/E1/ranking")
            .sees("t1", "/targets/E1/ranking")
            .hidden("t1", "/targets/S1/ranking"),
        page("/me/targets", Branch),
        row("/api/v1/ranking", Branch, "/api/v1/ranking?metric=revenue&period=2026-10&unit=E1"),
    ]
}

/// Every list as a workbook and as CSV.
fn files() -> Vec<Relation> {
    use About::{Branch, Company, Own};
    let both = |[workbook, csv]: [&'static str; 2], about| [page(workbook, about), page(csv, about)];
    let of = |[workbook, csv]: [&'static str; 2], about, [one, other]: [&'static str; 2]| {
        [row(workbook, about, one), row(csv, about, other)]
    };
    let rooms = [
        both(["/forecast.xlsx", "/forecast.csv"], Branch)
            .map(|row| row.sees("t1", "/forecast.csv?org=E1").hidden("t1", "/forecast.xlsx?org=SOUTH")),
        both(["/forecast/people.xlsx", "/forecast/people.csv"], Branch).map(|row| {
            row.sees("t1", "/forecast/people.csv?org=E1").hidden("t1", "/forecast/people.xlsx?org=SOUTH")
        }),
        of(
            ["/forecast/people/{member}/weeks.xlsx", "/forecast/people/{member}/weeks.csv"],
            Branch,
            ["/forecast/people/s1/weeks.xlsx", "/forecast/people/s1/weeks.csv"],
        )
        .map(|row| {
            row.sees("s1", "/forecast/people/s1/weeks.csv").hidden("s1", "/forecast/people/s2/weeks.csv")
        }),
        both(["/forecast/coverage.xlsx", "/forecast/coverage.csv"], Branch).map(|row| {
            row.sees("t1", "/forecast/coverage.csv?org=E1").hidden("t1", "/forecast/coverage.xlsx?org=SOUTH")
        }),
        both(["/forecast/coverage/opportunities.xlsx", "/forecast/coverage/opportunities.csv"], Branch),
        both(["/dashboard.xlsx", "/dashboard.csv"], Branch)
            .map(|row| row.sees("t1", "/dashboard.csv?org=E1").hidden("t1", "/dashboard.xlsx?org=SOUTH")),
        both(["/analysis.xlsx", "/analysis.csv"], Branch)
            .map(|row| row.sees("t1", "/analysis.csv?org=E1").hidden("t1", "/analysis.xlsx?org=SOUTH")),
        both(["/analysis/notes.xlsx", "/analysis/notes.csv"], Company),
        both(["/targets.xlsx", "/targets.csv"], Branch)
            .map(|row| row.sees("t1", "/targets.csv?at=E1").hidden("t1", "/targets.csv?at=S1")),
        of(
            ["/targets/{unit}/units.xlsx", "/targets/{unit}/units.csv"],
            Branch,
            ["/targets/E1/units.xlsx", "/targets/E1/units.csv"],
        )
        .map(|row| row.sees("t1", "/targets/E1/units.csv").hidden("t1", "/targets/E2/units.csv")),
        of(
            ["/targets/{unit}/people/{person}/spans.xlsx", "/targets/{unit}/people/{person}/spans.csv"],
            Branch,
            ["/targets/E1/people/s1/spans.xlsx", "/targets/E1/people/s1/spans.csv"],
        )
        .map(|row| {
            row.sees("s1", "/targets/E1/people/s1/spans.csv").hidden("s1", "/targets/E1/people/s2/spans.csv")
        }),
        of(
            ["/targets/{unit}/ranking.xlsx", "/targets/{unit}/ranking.csv"],
            Branch,
            ["/targets/E1/ranking.xlsx", "/targets/E1/ranking.csv"],
        )
        .map(|row| row.sees("t1", "/targets/E1/ranking.csv").hidden("t1", "/targets/S1/ranking.csv")),
        of(
            ["/explain.xlsx", "/explain.csv"],
            Branch,
            ["/explain.xlsx?owner=unit:E1", "/explain.csv?owner=unit:E1"],
        )
        .map(|row| row.sees("t1", "/explain.csv?owner=unit:E1").hidden("s1", "/explain.csv?owner=member:s2")),
        both(["/me/targets.xlsx", "/me/targets.csv"], Branch),
        both(["/alerts.xlsx", "/alerts.csv"], Branch),
        both(["/closes.xlsx", "/closes.csv"], Company),
        both(["/plans.xlsx", "/plans.csv"], Company),
        of(
            ["/plans/compare.xlsx", "/plans/compare.csv"],
            Company,
            ["/plans/compare.xlsx?plan=2026&plan=2026-B", "/plans/compare.csv?plan=2026&plan=2026-B"],
        ),
        of(
            ["/plans/{code}/sheet.xlsx", "/plans/{code}/sheet.csv"],
            Company,
            ["/plans/2026/sheet.xlsx", "/plans/2026/sheet.csv"],
        ),
        both(["/imports.xlsx", "/imports.csv"], Company).map(|row| row.not_for(&NO_IMPORTS)),
        of(
            ["/imports/{id}/bad.xlsx", "/imports/{id}/bad.csv"],
            Company,
            ["/imports/1/bad.xlsx", "/imports/1/bad.csv"],
        ),
        both(["/settings/people.xlsx", "/settings/people.csv"], Company).map(|row| row.not_for(&NO_ACCOUNTS)),
        both(["/settings/org.xlsx", "/settings/org.csv"], Company),
        both(["/settings/roles.xlsx", "/settings/roles.csv"], Company),
        both(["/settings/jobs.xlsx", "/settings/jobs.csv"], Company),
        both(["/settings/calendar.xlsx", "/settings/calendar.csv"], Company),
        both(["/settings/rules.xlsx", "/settings/rules.csv"], Company),
        both(["/inbox.xlsx", "/inbox.csv"], Branch),
        both(["/me/devices.xlsx", "/me/devices.csv"], Own),
        both(["/me/tokens.xlsx", "/me/tokens.csv"], Own),
        both(["/me/delegation.xlsx", "/me/delegation.csv"], Own),
    ];
    rooms.into_iter().flatten().collect()
}

/// Alerts, improvement plans, closes, what waits for whom.
fn tracking() -> Vec<Relation> {
    use About::{Branch, Company};
    vec![
        page("/inbox", Branch),
        page("/alerts", Branch),
        row("/alerts/{id}", Branch, "/alerts/1").sees("t2", "/alerts/1").hidden("t1", "/alerts/1"),
        row("/alerts/{id}/plan", Branch, "/alerts/1/plan"),
        row("/alerts/{id}/plan.pdf", Branch, "/alerts/1/plan.pdf")
            .sees("t2", "/alerts/1/plan.pdf")
            .hidden("t1", "/alerts/1/plan.pdf"),
        row("/alerts/{id}/files", Branch, "/alerts/1/files").not_for(&NOT_WRITING),
        row("/files/{id}", Branch, "/files/1")
            .sees("s4", "/files/1")
            .sees("t2", "/files/1")
            .hidden("s3", "/files/1"),
        row("/api/v1/files/{id}", Branch, "/api/v1/files/1")
            .not_changed_by(&NOT_WRITING)
            .sees("s4", "/api/v1/files/1")
            .hidden("t1", "/api/v1/files/1")
            .hidden("f2", "/api/v1/files/1"),
        row("/api/v1/improvement-plans/{id}/files", Branch, "/api/v1/improvement-plans/1/files")
            .not_for(&NOT_WRITING),
        row("/alerts/{id}/start", Branch, "/alerts/1/start"),
        row("/alerts/{id}/update", Branch, "/alerts/1/update"),
        row("/alerts/{id}/check", Branch, "/alerts/1/check"),
        row("/alerts/{id}/progress", Branch, "/alerts/1/progress"),
        page("/api/v1/alerts", Branch),
        row("/api/v1/alerts/{id}", Branch, "/api/v1/alerts/1")
            .sees("s4", "/api/v1/alerts/1")
            .hidden("s3", "/api/v1/alerts/1"),
        page("/api/v1/improvement-plans", Branch),
        row("/api/v1/improvement-plans/{id}", Branch, "/api/v1/improvement-plans/1")
            .sees("s4", "/api/v1/improvement-plans/1")
            .hidden("s3", "/api/v1/improvement-plans/1"),
        row("/api/v1/improvement-plans/{id}/pdf", Branch, "/api/v1/improvement-plans/1/pdf")
            .sees("s4", "/api/v1/improvement-plans/1/pdf")
            .hidden("s3", "/api/v1/improvement-plans/1/pdf"),
        row("/api/v1/improvement-plans/{id}/submit", Branch, "/api/v1/improvement-plans/1/submit"),
        row("/api/v1/improvement-plans/{id}/accept", Branch, "/api/v1/improvement-plans/1/accept"),
        row("/api/v1/improvement-plans/{id}/return", Branch, "/api/v1/improvement-plans/1/return"),
        row("/api/v1/improvement-plans/{id}/start", Branch, "/api/v1/improvement-plans/1/start"),
        row("/api/v1/improvement-plans/{id}/progress", Branch, "/api/v1/improvement-plans/1/progress"),
        page("/closes", Company),
        row("/closes/{month}", Company, "/closes/2026-10"),
        row("/closes/{month}/sheet.pdf", Company, "/closes/2026-10/sheet.pdf"),
        row("/closes/{month}/propose", Company, "/closes/2026-10/propose"),
        row("/closes/{month}/return", Company, "/closes/2026-10/return"),
        row("/closes/{month}/close", Company, "/closes/2026-10/close"),
        row("/closes/{month}/reopen", Company, "/closes/2026-10/reopen"),
        page("/api/v1/closes", Company),
        row("/api/v1/closes/{month}/pdf", Company, "/api/v1/closes/2026-10/pdf"),
        row("/api/v1/closes/{month}/propose", Company, "/api/v1/closes/2026-10/propose"),
        row("/api/v1/closes/{month}/return", Company, "/api/v1/closes/2026-10/return"),
        row("/api/v1/closes/{month}/close", Company, "/api/v1/closes/2026-10/close"),
        row("/api/v1/closes/{month}/reopen", Company, "/api/v1/closes/2026-10/reopen"),
    ]
}

/// Plans, their totals and breakdowns.
fn planning() -> Vec<Relation> {
    use About::Company;
    vec![
        page("/plans", Company).not_changed_by(&[Role::RegionManager]),
        row("/plans/{code}", Company, "/plans/2026"),
        row("/plans/{code}/sheet.pdf", Company, "/plans/2026/sheet.pdf"),
        row("/plans/{code}/proposal", Company, "/plans/2026/proposal"),
        row("/plans/{code}/proposal.xlsx", Company, "/plans/2026/proposal.xlsx"),
        row("/plans/{code}/proposal.csv", Company, "/plans/2026/proposal.csv"),
        row("/api/v1/plans/{code}/proposal", Company, "/api/v1/plans/2026/proposal"),
        row("/plans/{code}/proposal/take", Company, "/plans/2026/proposal/take"),
        row("/plans/{code}/targets", Company, "/plans/2026/targets"),
        row("/plans/{code}/spread", Company, "/plans/2026/spread"),
        row("/plans/{code}/below", Company, "/plans/2026/below"),
        row("/plans/{code}/cells", Company, "/plans/2026/cells"),
        row("/plans/{code}/locks", Company, "/plans/2026/locks"),
        row("/plans/{code}/submit", Company, "/plans/2026/submit").not_for(&NOT_IN_FORCE),
        row("/plans/{code}/return", Company, "/plans/2026/return"),
        row("/plans/{code}/force", Company, "/plans/2026/force"),
        row("/plans/{code}/archive", Company, "/plans/2026/archive"),
        row("/plans/{code}/import", Company, "/plans/2026/import"),
        row("/plans/{code}/restore", Company, "/plans/2026/restore").not_for(&NOT_IN_FORCE),
        page("/plans/compare", Company),
        row("/plans/merge", Company, "/plans/merge?from=2026&into=2026&owner=unit:ALL"),
        row("/plans/{code}/copy", Company, "/plans/2026/copy").not_for(&[Role::RegionManager]),
        row("/plans/{code}/pay", Company, "/plans/2026/pay").not_for(&[Role::RegionManager]),
        row("/api/v1/plans:compare", Company, "/api/v1/plans:compare?plan=2026&plan=2026-B"),
        row("/api/v1/plans/{code}/copy", Company, "/api/v1/plans/2026/copy"),
        row("/api/v1/plans/{code}/copy:preview", Company, "/api/v1/plans/2026/copy:preview"),
        row("/api/v1/plans/{code}/merge", Company, "/api/v1/plans/2026/merge"),
        row("/api/v1/plans/{code}/merge:preview", Company, "/api/v1/plans/2026/merge:preview"),
        row("/api/v1/plans/{code}/pay", Company, "/api/v1/plans/2026/pay").not_for(&[Role::RegionManager]),
        row("/api/v1/plans/{code}/restore", Company, "/api/v1/plans/2026/restore"),
        row("/plans/{code}/owners", About::Branch, "/plans/2026/owners")
            .sees("t1", "/plans/2026/owners?at=E1")
            .hidden("t1", "/plans/2026/owners?at=E2"),
        row("/plans/{code}/weights", Company, "/plans/2026/weights"),
        row(
            "/api/v1/plans/{code}/owners",
            About::Branch,
            "/api/v1/plans/2026/owners?metric=conversion_rate&unit=E1",
        )
        .sees("t1", "/api/v1/plans/2026/owners?metric=conversion_rate&unit=E1")
        .hidden("t1", "/api/v1/plans/2026/owners?metric=conversion_rate&unit=E2"),
        row("/api/v1/plans/{code}/weights", Company, "/api/v1/plans/2026/weights"),
        page("/api/v1/plans", Company),
        row("/api/v1/plans/{code}", Company, "/api/v1/plans/2026"),
        row("/api/v1/plans/{code}/submit", Company, "/api/v1/plans/2026/submit"),
        row("/api/v1/plans/{code}/force", Company, "/api/v1/plans/2026/force"),
        row("/api/v1/targets", Company, "/api/v1/targets?plan=2026"),
        row("/api/v1/plans/{code}/targets", Company, "/api/v1/plans/2026/targets"),
        row("/api/v1/plans/{code}/breakdown:preview", Company, "/api/v1/plans/2026/breakdown:preview"),
        row("/api/v1/plans/{code}/breakdown", Company, "/api/v1/plans/2026/breakdown"),
        row("/plans/{code}/smart", Company, "/plans/2026/smart"),
        row("/plans/{code}/smart/found", Company, "/plans/2026/smart/found?q=Q3"),
        row("/plans/{code}/smart/take", Company, "/plans/2026/smart/take"),
        page("/api/v1/targets:check", Company),
        page("/analysis/notes", Company).not_changed_by(&NO_NOTES),
        row("/analysis/notes/{note}", Company, "/analysis/notes/N1").not_changed_by(&NO_NOTES),
        row("/analysis/notes/{note}/withdraw", Company, "/analysis/notes/N1/withdraw").not_for(&NO_NOTES),
        page("/api/v1/market-notes", Company).not_changed_by(&NO_NOTES),
        row("/api/v1/market-notes/{note}", Company, "/api/v1/market-notes/N1").not_changed_by(&NO_NOTES),
        row("/api/v1/market-notes/{note}/withdraw", Company, "/api/v1/market-notes/N1/withdraw")
            .not_for(&NO_NOTES),
    ]
}

/// Responsibility letters of the team `E1`: the first, that of `s1`, waits for their signature.
fn letters() -> Vec<Relation> {
    use About::{Branch, Company};
    const NOT_COMPANY: [Role; 3] = [Role::TeamLeader, Role::RegionManager, Role::Director];
    vec![
        page("/letters", Branch),
        page("/letters.xlsx", Branch),
        page("/letters.csv", Branch),
        page("/letters/generate", Branch),
        page("/letters/issue", Branch),
        page("/letters/template", Company).not_changed_by(&NOT_COMPANY),
        row("/letters/{number}", Branch, "/letters/ZR-2026-0001")
            .sees("s1", "/letters/ZR-2026-0001")
            .sees("t1", "/letters/ZR-2026-0001")
            .hidden("s2", "/letters/ZR-2026-0001")
            .hidden("t2", "/letters/ZR-2026-0001"),
        row("/letters/{number}/letter.pdf", Branch, "/letters/ZR-2026-0001/letter.pdf")
            .sees("s1", "/letters/ZR-2026-0001/letter.pdf")
            .hidden("s2", "/letters/ZR-2026-0001/letter.pdf"),
        row("/letters/{number}/compare", Branch, "/letters/ZR-2026-0001/compare?from=1&to=1")
            .sees("s1", "/letters/ZR-2026-0001/compare?from=1&to=1")
            .hidden("s2", "/letters/ZR-2026-0001/compare?from=1&to=1"),
        row("/letters/{number}/edit", Branch, "/letters/ZR-2026-0002/edit")
            .sees("t1", "/letters/ZR-2026-0002/edit")
            .hidden("t2", "/letters/ZR-2026-0002/edit"),
        row("/letters/{number}/issue", Branch, "/letters/ZR-2026-0001/issue"),
        row("/letters/{number}/sign", Branch, "/letters/ZR-2026-0001/sign"),
        row("/letters/{number}/countersign", Branch, "/letters/ZR-2026-0001/countersign"),
        row("/letters/{number}/return", Branch, "/letters/ZR-2026-0001/return"),
        row("/letters/{number}/refuse", Branch, "/letters/ZR-2026-0001/refuse"),
        row("/letters/{number}/promises/{promise}", Branch, "/letters/ZR-2026-0001/promises/1"),
        page("/letters/promises", Branch),
        page("/verify", Branch),
        row("/api/v1/letters", Branch, "/api/v1/letters?plan=2026"),
        page("/api/v1/letters:generate", Branch),
        page("/api/v1/letters:issue", Branch),
        row("/api/v1/letters/{number}", Branch, "/api/v1/letters/ZR-2026-0001")
            .sees("s1", "/api/v1/letters/ZR-2026-0001")
            .sees("r1", "/api/v1/letters/ZR-2026-0001")
            .hidden("s2", "/api/v1/letters/ZR-2026-0001")
            .hidden("r2", "/api/v1/letters/ZR-2026-0001"),
        row("/api/v1/letters/{number}/terms", Branch, "/api/v1/letters/ZR-2026-0001/terms"),
        row("/api/v1/letters/{number}/issue", Branch, "/api/v1/letters/ZR-2026-0001/issue"),
        row("/api/v1/letters/{number}/sign", Branch, "/api/v1/letters/ZR-2026-0001/sign"),
        row("/api/v1/letters/{number}/countersign", Branch, "/api/v1/letters/ZR-2026-0001/countersign"),
        row("/api/v1/letters/{number}/return", Branch, "/api/v1/letters/ZR-2026-0001/return"),
        row("/api/v1/letters/{number}/refuse", Branch, "/api/v1/letters/ZR-2026-0001/refuse"),
        row(
            "/api/v1/letters/{number}/promises/{promise}/deliveries",
            Branch,
            "/api/v1/letters/ZR-2026-0001/promises/1/deliveries",
        ),
        row(
            "/api/v1/letters/{number}/verification",
            Company,
            "/api/v1/letters/ZR-2026-0001/verification?code=0000000000000000",
        ),
        row("/api/v1/letters/{number}/pdf", Branch, "/api/v1/letters/ZR-2026-0001/pdf")
            .sees("t1", "/api/v1/letters/ZR-2026-0001/pdf")
            .hidden("s2", "/api/v1/letters/ZR-2026-0001/pdf"),
    ]
}

/// What targets are for, and targets that a person scores.
fn objectives() -> Vec<Relation> {
    use About::{Branch, Company};
    const NOT_KEEPING: [Role; 1] = [Role::RegionManager];
    vec![
        page("/objectives", Company).not_changed_by(&NOT_KEEPING),
        page("/objectives.xlsx", Company),
        page("/objectives.csv", Company),
        row("/objectives/{code}", Company, "/objectives/S1").not_changed_by(&NOT_KEEPING),
        row("/objectives/{code}/targets.xlsx", Company, "/objectives/S1/targets.xlsx"),
        row("/objectives/{code}/targets.csv", Company, "/objectives/S1/targets.csv"),
        row("/objectives/{code}/link", Company, "/objectives/S1/link"),
        row("/objectives/{code}/unlink", Company, "/objectives/S1/unlink"),
        page("/api/v1/objectives", Company).not_changed_by(&NOT_KEEPING),
        row("/api/v1/objectives/{code}", Company, "/api/v1/objectives/S1").not_changed_by(&NOT_KEEPING),
        row("/api/v1/objectives/{code}/link", Company, "/api/v1/objectives/S1/link"),
        row("/api/v1/objectives/{code}/unlink", Company, "/api/v1/objectives/S1/unlink"),
        page("/rubrics", Branch),
        page("/rubrics.xlsx", Branch),
        page("/rubrics.csv", Branch),
        row("/rubrics/{id}", Branch, "/rubrics/1")
            .sees("s1", "/rubrics/1")
            .sees("k1", "/rubrics/1")
            .hidden("s2", "/rubrics/1")
            .hidden("t2", "/rubrics/1"),
        row("/rubrics/{id}/rate", Branch, "/rubrics/1/rate"),
        page("/api/v1/rubrics", Branch),
        row("/api/v1/rubrics/{id}", Branch, "/api/v1/rubrics/1")
            .sees("t1", "/api/v1/rubrics/1")
            .hidden("s2", "/api/v1/rubrics/1"),
        row("/api/v1/rubrics/{id}/rate", Branch, "/api/v1/rubrics/1/rate"),
        page("/values", Branch),
        row("/values/{code}", Branch, "/values/events?month=2026-11")
            .sees("k1", "/values/events?month=2026-11")
            .sees("o1", "/values/events?month=2026-11")
            .hidden("t1", "/values/events?month=2026-11"),
        row("/values/{code}/import", Branch, "/values/events/import?month=2026-11"),
        row("/values/{code}/sheet.xlsx", Branch, "/values/events/sheet.xlsx?month=2026-11")
            .sees("k1", "/values/events/sheet.xlsx?month=2026-11")
            .hidden("t1", "/values/events/sheet.xlsx?month=2026-11"),
        row("/values/{code}/sheet.csv", Branch, "/values/events/sheet.csv?month=2026-11")
            .sees("k1", "/values/events/sheet.csv?month=2026-11")
            .hidden("t1", "/values/events/sheet.csv?month=2026-11"),
        row("/api/v1/metrics/{code}", Company, "/api/v1/metrics/events"),
        row("/api/v1/metrics/{code}/versions", Company, "/api/v1/metrics/events/versions"),
        row("/api/v1/metrics/{code}/retire", Company, "/api/v1/metrics/events/retire"),
        row("/api/v1/metrics/{code}/values", Branch, "/api/v1/metrics/events/values?month=2026-11")
            .sees("k1", "/api/v1/metrics/events/values?month=2026-11")
            .hidden("t1", "/api/v1/metrics/events/values?month=2026-11"),
    ]
}

/// Bringing facts in.
fn facts() -> Vec<Relation> {
    use About::Company;
    vec![
        page("/imports", Company).not_for(&NO_IMPORTS),
        page("/imports/new", Company),
        row("/imports/templates/{file}", Company, "/imports/templates/orders.csv"),
        row("/imports/{id}", Company, "/imports/1"),
        row("/imports/{id}/confirm", Company, "/imports/1/confirm").not_for(&[Role::SalesOperations]),
        row("/imports/{id}/cancel", Company, "/imports/1/cancel"),
        row("/imports/{id}/undo", Company, "/imports/1/undo"),
        row("/api/v1/facts/{kind}", Company, "/api/v1/facts/orders"),
        page("/api/v1/imports", Company).not_for(&NO_IMPORTS),
        row("/api/v1/imports/{id}", Company, "/api/v1/imports/1"),
        row("/api/v1/imports/{id}/undo", Company, "/api/v1/imports/1/undo"),
    ]
}

/// People, settings, one's own page, the audit trail.
fn people() -> Vec<Relation> {
    use About::{Company, Nothing, Own};
    vec![
        page("/api/v1/me", Nothing),
        page("/api/v1/units", Company),
        page("/api/v1/members", Company),
        page("/api/v1/audit", Company),
        page("/me", Own),
        page("/notifications", Own),
        page("/notifications/read", Own),
        row("/notifications/{id}/open", Own, "/notifications/999999/open"),
        page("/me/password", Own),
        page("/me/step-up", Own),
        page("/api/v1/me/step-up", Own),
        page("/me/sessions/end", Own),
        row("/me/sessions/{session}/end", Own, "/me/sessions/none/end"),
        page("/me/delegation", Own),
        row("/me/delegation/{id}/end", Own, "/me/delegation/999/end"),
        page("/me/notifications", Own),
        page("/me/notifications/confirm", Own),
        row("/me/mail/{secret}", Own, "/me/mail/unknown"),
        page("/api/v1/notifications", Own),
        page("/api/v1/notifications/read", Own),
        row("/api/v1/notifications/{id}/read", Own, "/api/v1/notifications/999999/read"),
        page("/api/v1/me/notification-preferences", Own),
        page("/me/tokens", Own),
        row("/me/tokens/{token}/revoke", Own, "/me/tokens/999/revoke"),
        page("/settings", Company),
        page("/settings/people", Company).not_for(&NO_ACCOUNTS),
        page("/settings/people/provide", Company).not_for(&NO_NEW_ACCOUNTS),
        page("/settings/people/grant", Company).not_for(&NO_POSTS),
        page("/settings/people/invite", Company).not_for(&NO_NEW_ACCOUNTS),
        row("/settings/people/{account}", Company, "/settings/people/1").not_for(&NO_ACCOUNTS),
        row("/settings/people/{account}/change", Company, "/settings/people/1/change")
            .not_for(&NO_NEW_ACCOUNTS),
        row("/settings/people/{account}/suspend", Company, "/settings/people/1/suspend")
            .not_for(&NO_NEW_ACCOUNTS),
        row("/settings/people/{account}/activate", Company, "/settings/people/1/activate")
            .not_for(&NO_NEW_ACCOUNTS),
        row("/settings/people/{account}/link", Company, "/settings/people/1/link").not_for(&NO_NEW_ACCOUNTS),
        row("/settings/people/{account}/posts", Company, "/settings/people/1/posts").not_for(&NO_POSTS),
        row("/settings/people/{account}/posts/{post}/end", Company, "/settings/people/1/posts/1/end")
            .not_for(&NO_POSTS),
        page("/settings/org", Company),
        page("/settings/roles", Company).not_changed_by(&NO_POSTS),
        page("/settings/calendar", Company),
        page("/settings/calendar/days", Company),
        row("/settings/calendar/days/{day}/remove", Company, "/settings/calendar/days/2026-12-31/remove"),
        page("/settings/calendar/weekends", Company),
        page("/settings/notifications", Company),
        page("/settings/notifications/mail", Company),
        page("/settings/notifications/robots", Company),
        page("/settings/notifications/webhooks", Company),
        page("/api/v1/notification-channels", Company),
        page("/api/v1/dead-letters", Company),
        row("/api/v1/dead-letters/{id}/send-again", Company, "/api/v1/dead-letters/999999/send-again"),
        row("/settings/notifications/{channel}/approve", Company, "/settings/notifications/999/approve"),
        row("/settings/notifications/{channel}/reject", Company, "/settings/notifications/999/reject"),
        row("/settings/notifications/{channel}/off", Company, "/settings/notifications/999/off"),
        row("/settings/notifications/{channel}/on", Company, "/settings/notifications/999/on"),
        row("/settings/notifications/{channel}/test", Company, "/settings/notifications/999/test"),
        row(
            "/settings/notifications/messages/{message}/again",
            Company,
            "/settings/notifications/messages/999/again",
        ),
        page("/settings/company", Company),
        page("/settings/pipeline", Company),
        page("/settings/metrics", Company),
        page("/settings/metrics/new", Company),
        row("/settings/metrics/{code}", Company, "/settings/metrics/events"),
        row("/settings/metrics/{code}/retire", Company, "/settings/metrics/events/retire"),
        page("/api/v1/metric-settings", Company),
        page("/settings/rules", Company),
        page("/settings/jobs", Company),
        row("/settings/jobs/{id}/cancel", Company, "/settings/jobs/1/cancel"),
        row("/settings/jobs/{id}/retry", Company, "/settings/jobs/1/retry"),
        page("/api/v1/jobs", Company),
        row("/api/v1/jobs/{id}", Company, "/api/v1/jobs/1"),
        row("/api/v1/jobs/{id}/cancel", Company, "/api/v1/jobs/1/cancel"),
        row("/api/v1/jobs/{id}/retry", Company, "/api/v1/jobs/1/retry"),
        page("/audit", Company),
        page("/audit/exports", Company),
        row("/audit/exports/{id}", Company, "/audit/exports/1"),
        row("/audit/exports/{id}/cancel", Company, "/audit/exports/1/cancel"),
        row("/audit/exports/{id}/file", Company, "/audit/exports/1/file"),
        page("/audit/verify", Company),
    ]
}

/// Roles that see the first alert, whose plan is another's to write.
const NOT_WRITING: [Role; 5] =
    [Role::Executive, Role::Director, Role::RegionManager, Role::SalesOperations, Role::Auditor];

/// Roles that submit a plan, but not the one in force, which is the executive's.
const NOT_IN_FORCE: [Role; 3] = [Role::RegionManager, Role::Director, Role::SalesOperations];

/// Roles that see facts of their branch, but not the files of the company.
const NO_IMPORTS: [Role; 3] = [Role::Specialist, Role::TeamLeader, Role::RegionManager];

/// Roles that enter payments, but no notes about the market.
/// Leaders say what will come of their own sales, not of others'.
const OTHERS_WORD: [Role; 4] = [Role::Executive, Role::Director, Role::RegionManager, Role::TeamLeader];
/// Sales operations change targets, but lead nobody.
const NOT_LEADING: [Role; 1] = [Role::SalesOperations];
const NO_NOTES: [Role; 1] = [Role::Finance];

/// Roles that see the tree of units, but no accounts.
const NO_ACCOUNTS: [Role; 7] = [
    Role::Specialist,
    Role::TeamLeader,
    Role::RegionManager,
    Role::Director,
    Role::Executive,
    Role::SalesOperations,
    Role::Hr,
];

/// Roles that change the tree of units or the posts, but make no accounts.
const NO_NEW_ACCOUNTS: [Role; 3] = [Role::SalesOperations, Role::Hr, Role::SecurityAdmin];

/// Roles that change the tree of units or accounts, but grant no posts.
const NO_POSTS: [Role; 3] = [Role::SalesOperations, Role::Hr, Role::SystemAdmin];
