//! Use cases block; they run beside the async loop.

use dacheng_app::App;

use super::failure::Failure;
use super::{Visitor, Web};

impl Web {
    /// Runs a use case on the blocking pool.
    pub async fn work<T: Send + 'static>(
        &self,
        visitor: &Visitor,
        work: impl FnOnce(&App) -> dacheng_app::Result<T> + Send + 'static,
    ) -> Result<T, Failure> {
        let (app, request) = (self.app.clone(), tracing::Span::current());
        let done = tokio::task::spawn_blocking(move || request.in_scope(|| work(&app))).await;
        let done = done.unwrap_or_else(|wrong| Err(dacheng_app::Error::Internal(wrong.to_string())));
        done.map_err(|error| Failure::of(error, visitor))
    }
}
