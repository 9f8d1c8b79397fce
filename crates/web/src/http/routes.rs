//! Routes with what each needs. A route cannot be added without a need, so that none is open by oversight.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};
use dacheng_domain::access::{Action, Right};

use super::Web;
use super::guard::{self, Guarded};

/// What somebody must have to come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: signing in, static files, health.
    Open,
    /// A session; everybody who is signed in may.
    SignedIn,
    /// A right in the table of `trust.md`, for at least one object. Which objects is the use case's question.
    Right(Action, Right),
    /// One of some rights: a page that gathers what lies behind them.
    AnyOf(&'static [(Action, Right)]),
}

impl Need {
    /// The rights of which one is needed; none where nothing is.
    pub fn rights(&self) -> Vec<(Action, Right)> {
        match self {
            Self::Open | Self::SignedIn => Vec::new(),
            Self::Right(action, right) => vec![(*action, *right)],
            Self::AnyOf(rights) => rights.to_vec(),
        }
    }
}

/// A row of the access table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// How it is asked.
    pub method: Method,
    /// Its path, with parameters in braces.
    pub path: &'static str,
    /// What it needs.
    pub need: Need,
}

/// Routes in the making.
pub struct Routes {
    web: Web,
    router: Router,
    table: Vec<Route>,
}

impl Routes {
    /// No route yet.
    pub fn new(web: Web) -> Self {
        Self { web, router: Router::new(), table: Vec::new() }
    }

    /// Adds a `GET`.
    #[must_use]
    pub fn get<H: Handler<T, Web>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Self {
        self.add(Method::GET, MethodFilter::GET, path, need, handler)
    }

    /// Adds the `GET`s of a list as a workbook and as CSV: one handler, which is told the format by the ending.
    #[must_use]
    pub fn files<H: Handler<T, Web> + Clone, T: 'static>(
        self,
        [workbook, csv]: [&'static str; 2],
        need: Need,
        handler: H,
    ) -> Self {
        self.get(workbook, need, handler.clone()).get(csv, need, handler)
    }

    /// Adds a `POST`.
    #[must_use]
    pub fn post<H: Handler<T, Web>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Self {
        self.add(Method::POST, MethodFilter::POST, path, need, handler)
    }

    /// Adds a `PUT`.
    #[must_use]
    pub fn put<H: Handler<T, Web>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Self {
        self.add(Method::PUT, MethodFilter::PUT, path, need, handler)
    }

    /// Adds a `PATCH`.
    #[must_use]
    pub fn patch<H: Handler<T, Web>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Self {
        self.add(Method::PATCH, MethodFilter::PATCH, path, need, handler)
    }

    /// Adds a `DELETE`.
    #[must_use]
    pub fn delete<H: Handler<T, Web>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Self {
        self.add(Method::DELETE, MethodFilter::DELETE, path, need, handler)
    }

    /// Adds a `GET` that is open to everybody and asks nobody who they are: it answers also where the database does not.
    #[must_use]
    pub fn bare<H: Handler<T, Web>, T: 'static>(mut self, path: &'static str, handler: H) -> Self {
        let route: MethodRouter = on(MethodFilter::GET, handler).with_state(self.web.clone());
        self.router = self.router.route(path, route);
        self.table.push(Route { method: Method::GET, path, need: Need::Open });
        self
    }

    fn add<H: Handler<T, Web>, T: 'static>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        need: Need,
        handler: H,
    ) -> Self {
        let guarded = Guarded { web: self.web.clone(), need };
        let route: MethodRouter = on(filter, handler).with_state(self.web.clone());
        self.router = self.router.route(path, route.layer(from_fn_with_state(guarded, guard::admit)));
        self.table.push(Route { method, path, need });
        self
    }

    /// Adds a `POST` that takes files: its body may be as large as `most` bytes.
    #[must_use]
    pub fn upload<H: Handler<T, Web>, T: 'static>(
        mut self,
        path: &'static str,
        need: Need,
        most: usize,
        handler: H,
    ) -> Self {
        let guarded = Guarded { web: self.web.clone(), need };
        let route: MethodRouter = on(MethodFilter::POST, handler).with_state(self.web.clone());
        let route = route.layer(DefaultBodyLimit::max(most)).layer(from_fn_with_state(guarded, guard::admit));
        self.router = self.router.route(path, route);
        self.table.push(Route { method: Method::POST, path, need });
        self
    }

    /// What answers where there is nothing.
    #[must_use]
    pub fn otherwise<H: Handler<T, Web>, T: 'static>(mut self, handler: H) -> Self {
        let guarded = Guarded { web: self.web.clone(), need: Need::Open };
        let route = Router::new().fallback(handler).with_state(self.web.clone());
        self.router = self.router.fallback_service(route.layer(from_fn_with_state(guarded, guard::admit)));
        self
    }

    /// Every route with what it needs.
    pub fn table(&self) -> &[Route] {
        &self.table
    }

    /// The router.
    pub fn into_router(self) -> Router {
        self.router
    }
}
