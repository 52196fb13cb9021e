//! HTML pages for the browser.

use aws_lc_rs::digest::{SHA256, digest};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::response::{IntoResponse, Response};
use base64::prelude::{BASE64_STANDARD, Engine};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use url::Url;

use crate::sandbox::idp::login::LoginPrompt;

/// Where the forms of the login page are submitted to.
pub const LOGIN_PATH: &str = "/_sandbox/login";
const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:26rem;margin:3rem auto;padding:0 1rem}\
                     label,input,button{display:block;width:100%;box-sizing:border-box}\
                     input,button{font:inherit;padding:.5rem;margin:.25rem 0 1rem}[role=alert]{color:#b00020}";
/// Submits the only form of a page.
const SUBMIT: &str = "document.forms[0].submit()";

/// A page with this title and content.
fn layout(title: &str, content: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " – GenAuth sandbox" }
                style { (PreEscaped(STYLE)) }
            }
            body { main { h1 { (title) } (content) } }
        }
    }
    .into_string()
}

/// A page with one paragraph.
pub fn notice(title: &str, text: &str) -> String {
    layout(title, &html! { p { (text) } })
}

/// A page whose form submits itself; without JavaScript, its button does.
pub fn form_post_page(url: &Url, fields: &[(String, String)]) -> String {
    let form = html! {
        form method="post" action=(url) {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button { "Continue" }
        }
        script { (PreEscaped(SUBMIT)) }
    };
    layout("Returning to the application", &form)
}

/// The page on which the user logs in or cancels.
pub fn login_page(prompt: &LoginPrompt) -> String {
    let form = |action: &str, content: Markup| {
        html! {
            form method="post" action=(LOGIN_PATH) {
                input type="hidden" name="login" value=(prompt.id);
                input type="hidden" name="action" value=(action);
                (content)
            }
        }
    };
    let account = prompt.account.as_deref().unwrap_or("the test user");
    let password = html! {
        label for="account" { "Username, e-mail address or phone number" }
        input id="account" name="account" autocomplete="username" required;
        label for="password" { "Password" }
        input id="password" name="password" type="password" autocomplete="current-password" required;
        button { "Log in" }
    };
    let page = html! {
        p {
            b { (prompt.application) } " requests your login"
            @if let Some(scope) = &prompt.scope { " with the scope " (scope) }
            ". This is a sandbox with test users."
        }
        @if let Some(error) = prompt.error { p role="alert" { (error) } }
        (form("continue", html! { button { "Continue as " (account) } }))
        (form("password", password))
        (form("cancel", html! { button { "Cancel" } }))
    };
    layout("Log in", &page)
}

/// A response that lets the browser load and run only what the pages of this module contain.
pub fn response(status: StatusCode, page: String) -> Response {
    let [style, script] = [STYLE, SUBMIT].map(|source| BASE64_STANDARD.encode(digest(&SHA256, source.as_bytes())));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, policy.as_str()),
        (REFERRER_POLICY, "same-origin"),
    ];
    (status, headers, page).into_response()
}
