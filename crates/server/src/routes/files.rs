//! Files: the npm package at `/elements/`, and a folder at the root, or else what leads to a page of ours.

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, HeaderName};
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use super::pages;
use crate::app::App;
use crate::config::Options;

/// Pages of every origin may load the components; what they may call is another matter.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Adds what the options name to the routes.
pub fn serve(router: Router<App>, options: &Options) -> Router<App> {
    let mut router = router;
    if let Some(folder) = &options.elements_dir {
        let set =
            |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
        let files = ServiceBuilder::new()
            .layer(set(ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
            .layer(set(RESOURCE_POLICY, "cross-origin"))
            .layer(set(CACHE_CONTROL, "no-cache"))
            .service(
                ServeDir::new(folder)
                    .precompressed_br()
                    .precompressed_gzip(),
            );
        router = router.nest_service("/elements", files);
    }
    match &options.demo_dir {
        Some(folder) => router.fallback_service(ServeDir::new(folder)),
        None => router.route("/", get(pages::home)),
    }
}
