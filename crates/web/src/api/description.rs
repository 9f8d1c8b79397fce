//! The description of the API put together: every room's part, who may ask, and what holds for every POST.

use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Object, RefOr, Required, Type};

use super::{
    audit, facts, figures, files, jobs, letters, metrics, notifications, people, planning, search, tools,
    tracking,
};
use crate::http::FOR_PROGRAMS;

/// The name of the only way in.
const TOKEN: &str = "token";
/// The header that names a request.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// What the description begins with.
#[derive(OpenApi)]
#[openapi(info(
    title = "达成 Dacheng",
    description = "Sales targets: set, broken down, tracked, adjusted, settled. Money is text in yuan with two \
                       decimals, rates are text of exact decimals, dates are ISO 8601."
))]
struct Doc;

/// The description of the API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let parts = [
        figures::Doc::openapi(),
        tools::Doc::openapi(),
        metrics::Doc::openapi(),
        people::Doc::openapi(),
        facts::Doc::openapi(),
        planning::Doc::openapi(),
        letters::Doc::openapi(),
        tracking::Doc::openapi(),
        files::Doc::openapi(),
        audit::Doc::openapi(),
        jobs::Doc::openapi(),
        notifications::Doc::openapi(),
        search::Doc::openapi(),
    ];
    let mut whole = parts.into_iter().fold(Doc::openapi(), utoipa::openapi::OpenApi::merge_from);
    whole
        .components
        .get_or_insert_default()
        .add_security_scheme(TOKEN, SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    whole.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>(TOKEN, [])]);
    let posts = whole.paths.paths.iter_mut().filter(|(path, _)| *path != FOR_PROGRAMS);
    for operation in posts.filter_map(|(_, path)| path.post.as_mut()) {
        take_key(operation);
    }
    whole
}

/// The description of the API as the file in git holds it.
pub fn description() -> String {
    openapi().to_pretty_json().unwrap_or_default() + "\n"
}

/// Every POST can be named, so that sending it again has no second effect.
fn take_key(operation: &mut Operation) {
    let parameters = operation.parameters.get_or_insert_default();
    let is_there =
        |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(own) if own.name == IDEMPOTENCY_KEY);
    if parameters.iter().any(is_there) {
        return;
    }
    let key = ParameterBuilder::new()
        .name(IDEMPOTENCY_KEY)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .schema(Some(Object::with_type(Type::String)))
        .description(Some(
            "Sent again within 24 hours, the same request is answered as before and does nothing again; \
             another request under the same key is refused with 422",
        ));
    parameters.push(RefOr::T(key.build()));
}
