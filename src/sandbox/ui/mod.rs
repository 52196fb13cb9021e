//! Pages for a browser: an API explorer and the received requests. They load nothing from other hosts.

use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use swagger_ui_dist::{ApiDefinition, OpenApiSource};

/// Scripts and requests are limited to the sandbox. Swagger UI has inline images and styles.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

pub fn router() -> Router {
    let swagger_ui = swagger_ui_dist::generate_routes(ApiDefinition {
        uri_prefix: "/_sandbox/swagger-ui",
        api_definition: OpenApiSource::Uri("/_sandbox/openapi.json"),
        title: None,
    });
    swagger_ui
        .route("/", file("text/html", include_str!("explorer.html")))
        .route("/_sandbox/ui/explorer.js", file("text/javascript", include_str!("explorer.js")))
        .route("/_sandbox/ui/requests.js", file("text/javascript", include_str!("requests.js")))
        .route("/_sandbox/ui/style.css", file("text/css", include_str!("style.css")))
        .route("/_sandbox/ui", file("text/html", include_str!("requests.html")))
        .layer(map_response(with_security_headers))
}

fn file(media_type: &'static str, content: &'static str) -> axum::routing::MethodRouter {
    get(async move || ([(CONTENT_TYPE, format!("{media_type}; charset=utf-8"))], content))
}

async fn with_security_headers(response: Response) -> Response {
    const HEADERS: [(HeaderName, &str); 3] =
        [(CONTENT_SECURITY_POLICY, POLICY), (X_CONTENT_TYPE_OPTIONS, "nosniff"), (REFERRER_POLICY, "no-referrer")];
    (HEADERS, response).into_response()
}
