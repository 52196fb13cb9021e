//! Authorization requests in a browser: the login page, browser sessions, and redirects.

use genauth::AuthenticationClient;
use genauth::sandbox::Sandbox;
use genauth::types::{
    OauthGrantType, OauthPrompt, OauthResponseMode, PkceMethod, SignUpByPasswordDto, SignUpConnection,
};
use reqwest::Url;

use crate::browser::{Browser, Received, parameter};

const CALLBACK: &str = "https://shop.example/callback?from=genauth";

async fn start() -> (Sandbox, AuthenticationClient, Browser) {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    (sandbox, client, Browser::new())
}

fn authorize_url(client: &AuthenticationClient) -> Url {
    client.build_authorize_url(CALLBACK, "openid").state("a state & more").to_url().unwrap()
}

fn url_with_prompt(client: &AuthenticationClient, prompt: OauthPrompt) -> Url {
    client.build_authorize_url(CALLBACK, "openid").prompt(prompt).to_url().unwrap()
}

/// The URL with another value of a parameter, or without it.
fn with_parameter(url: &Url, name: &str, value: Option<&str>) -> Url {
    let others: Vec<_> = url.query_pairs().into_owned().filter(|(key, _)| key != name).collect();
    let mut url = url.clone();
    let mut query = url.query_pairs_mut();
    query.clear().extend_pairs(others).extend_pairs(value.map(|value| (name, value)));
    drop(query);
    url
}

#[tokio::test]
async fn login_starts_browser_session_for_further_codes() {
    let (_sandbox, client, mut browser) = start().await;
    let page = browser.open(&authorize_url(&client)).await.page();
    assert_eq!(page.status, 200);
    let callback = browser.submit(&page, "continue", &[]).await.redirect();
    assert!(callback.as_str().starts_with(CALLBACK), "{callback}");
    assert_eq!(parameter(&callback, "state").as_deref(), Some("a state & more"));
    let first = parameter(&callback, "code").unwrap();

    let callback = browser.open(&authorize_url(&client)).await.redirect();
    assert_ne!(parameter(&callback, "code"), Some(first));
    let other = Browser::new().open(&authorize_url(&client)).await;
    assert!(matches!(other, Received::Page(_)), "another browser shares the session: {other:?}");
}

#[tokio::test]
async fn login_with_password() {
    let (_sandbox, client, mut browser) = start().await;
    let payload = SignUpByPasswordDto::new("correct-horse-42").email("lin@example.com");
    let user = client.sign_up(SignUpConnection::Password).password_payload(payload).await.unwrap();

    let mut page = browser.open(&authorize_url(&client)).await.page();
    for (account, password) in [("lin@example.com", "wrong"), ("nobody@example.com", "correct-horse-42"), ("", "")] {
        page = browser.submit(&page, "password", &[("account", account), ("password", password)]).await.page();
        assert!(page.html.contains(r#"role="alert""#), "{}", page.html);
    }
    let right = [("account", "lin@example.com"), ("password", "correct-horse-42")];
    let callback = browser.submit(&page, "password", &right).await.redirect();
    let tokens = client.get_access_token_by_code(parameter(&callback, "code").unwrap(), CALLBACK).await.unwrap();
    let me = client.with_access_token(tokens.access_token).get_profile().await.unwrap();
    assert_eq!((me.user_id, me.logins_count), (user.user_id, Some(1)));

    let again = browser.submit(&page, "password", &right).await.page();
    assert_eq!(again.status, 400, "a login was completed twice");
}

#[tokio::test]
async fn login_with_prompt_consent_keeps_session() {
    let (_sandbox, client, mut browser) = start().await;
    let payload = SignUpByPasswordDto::new("correct-horse-42").username("lin");
    let user = client.sign_up(SignUpConnection::Password).password_payload(payload).await.unwrap();
    let page = browser.open(&authorize_url(&client)).await.page();
    browser.submit(&page, "password", &[("account", "lin"), ("password", "correct-horse-42")]).await.redirect();

    let page = browser.open(&url_with_prompt(&client, OauthPrompt::Consent)).await.page();
    assert!(page.html.contains("Continue as lin"), "{}", page.html);
    let callback = browser.submit(&page, "continue", &[]).await.redirect();
    let tokens = client.get_access_token_by_code(parameter(&callback, "code").unwrap(), CALLBACK).await.unwrap();
    let me = client.with_access_token(tokens.access_token).get_profile().await.unwrap();
    assert_eq!((me.user_id, me.logins_count), (user.user_id, Some(1)));
}

#[tokio::test]
async fn canceled_login_redirects_with_access_denied() {
    let (_sandbox, client, mut browser) = start().await;
    let page = browser.open(&authorize_url(&client)).await.page();
    let callback = browser.submit(&page, "cancel", &[]).await.redirect();
    assert_eq!(parameter(&callback, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(&callback, "state").as_deref(), Some("a state & more"));
    assert!(parameter(&callback, "code").is_none(), "{callback}");
    browser.open(&authorize_url(&client)).await.page();
}

#[tokio::test]
async fn cross_origin_form_is_rejected() {
    let (_sandbox, client, mut browser) = start().await;
    let page = browser.open(&authorize_url(&client)).await.page();
    for origin in ["https://evil.example", "null"] {
        let rejected = browser.submit_from(&page, "continue", &[], origin).await.page();
        assert_eq!(rejected.status, 403, "{origin}: {}", rejected.html);
    }
    browser.submit(&page, "continue", &[]).await.redirect();
}

#[tokio::test]
async fn prompt_decides_whether_page_is_shown() {
    let (_sandbox, client, mut browser) = start().await;
    let callback = browser.open(&url_with_prompt(&client, OauthPrompt::Never)).await.redirect();
    assert_eq!(parameter(&callback, "error").as_deref(), Some("login_required"));

    let page = browser.open(&url_with_prompt(&client, OauthPrompt::Login)).await.page();
    browser.submit(&page, "continue", &[]).await.redirect();
    let callback = browser.open(&url_with_prompt(&client, OauthPrompt::Never)).await.redirect();
    assert!(parameter(&callback, "code").is_some(), "{callback}");
    for prompt in [OauthPrompt::Login, OauthPrompt::Consent, OauthPrompt::SelectAccount] {
        let page = browser.open(&url_with_prompt(&client, prompt)).await.page();
        let callback = browser.submit(&page, "continue", &[]).await.redirect();
        assert!(parameter(&callback, "code").is_some(), "{callback}");
    }
}

#[tokio::test]
async fn response_mode_decides_how_browser_returns() {
    let (sandbox, client, mut browser) = start().await;
    let url = |mode: OauthResponseMode| {
        client.build_authorize_url(CALLBACK, "openid").state("<&\">").response_mode(mode).to_url().unwrap()
    };
    let callback = sandbox.authorize(&url(OauthResponseMode::Query)).await.unwrap();
    assert_eq!(parameter(&callback, "state").as_deref(), Some("<&\">"));

    let callback = sandbox.authorize(&url(OauthResponseMode::Fragment)).await.unwrap();
    assert!(
        callback.query() == Some("from=genauth") && callback.fragment().unwrap().starts_with("code="),
        "{callback}"
    );
    assert!(callback.fragment().unwrap().ends_with("&state=%3C%26%22%3E"), "{callback}");

    let page = browser.open(&url(OauthResponseMode::FormPost)).await.page();
    let form = browser.submit(&page, "continue", &[]).await.page();
    assert_eq!(form.attribute("method=\"post\" action=\""), CALLBACK);
    assert!(!form.attribute("name=\"code\" value=\"").is_empty());
    assert_eq!(form.attribute("name=\"state\" value=\""), "&lt;&amp;&quot;&gt;");
    sandbox.authorize(&url(OauthResponseMode::FormPost)).await.unwrap_err();
}

#[tokio::test]
async fn invalid_authorization_request_redirects_with_error() {
    let (_sandbox, client, mut browser) = start().await;
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let valid = authorize_url(&client);
    let s256 = with_parameter(
        &with_parameter(&valid, "code_challenge", Some(challenge)),
        "code_challenge_method",
        Some("S256"),
    );
    for (url, error) in [
        (with_parameter(&valid, "response_type", None), "invalid_request"),
        (with_parameter(&valid, "scope", None), "invalid_request"),
        (with_parameter(&valid, "scope", Some("profile")), "invalid_scope"),
        (with_parameter(&valid, "prompt", Some("dance")), "invalid_request"),
        (with_parameter(&valid, "response_mode", Some("web_message")), "invalid_request"),
        (with_parameter(&s256, "code_challenge_method", Some("plain")), "invalid_request"),
        (with_parameter(&s256, "code_challenge_method", None), "invalid_request"),
        (with_parameter(&s256, "code_challenge", Some("short")), "invalid_request"),
    ] {
        let callback = browser.open(&url).await.redirect();
        assert!(callback.as_str().starts_with(CALLBACK), "{url}: {callback}");
        assert_eq!(parameter(&callback, "error").as_deref(), Some(error), "{url}: {callback}");
        assert!(parameter(&callback, "error_description").is_some(), "{callback}");
        assert_eq!(parameter(&callback, "state").as_deref(), Some("a state & more"), "{callback}");
    }
    browser.open(&s256).await.page();
}

#[tokio::test]
async fn implicit_and_hybrid_flows_are_rejected_in_their_response_mode() {
    let (_sandbox, client, mut browser) = start().await;
    for response_type in ["token", "id_token", "code id_token"] {
        let url = with_parameter(&authorize_url(&client), "response_type", Some(response_type));
        let callback = browser.open(&url).await.redirect();
        let fragment = callback.fragment().unwrap_or_default();
        assert!(fragment.starts_with("error=unsupported_response_type&"), "{response_type}: {callback}");

        let page = browser.open(&with_parameter(&url, "response_mode", Some("form_post"))).await.page();
        assert_eq!(page.attribute("name=\"error\" value=\""), "unsupported_response_type");
    }
}

#[tokio::test]
async fn invalid_client_or_redirect_uri_shows_error_page() {
    let (sandbox, client, mut browser) = start().await;
    let valid = authorize_url(&client);
    let redirect = |uri| with_parameter(&valid, "redirect_uri", uri);
    for url in [
        with_parameter(&valid, "client_id", None),
        with_parameter(&valid, "client_id", Some("another-app")),
        redirect(None),
        redirect(Some("/callback")),
        redirect(Some("http://shop.example/callback")),
        redirect(Some("https://shop.example/callback#fragment")),
        redirect(Some("javascript:alert(1)")),
        redirect(Some("data:text/html,hello")),
    ] {
        let page = browser.open(&url).await.page();
        assert_eq!(page.status, 400, "{url}: {}", page.html);
        let error = sandbox.authorize(&url).await.unwrap_err().to_string();
        assert!(error.contains("HTTP 400"), "{error}");
    }
    let allowed =
        ["http://localhost:8080/", "http://127.0.0.1/callback", "http://[::1]:1/", "com.example.shop:/callback"];
    for uri in allowed {
        let callback = sandbox.authorize(&redirect(Some(uri))).await.unwrap();
        assert!(callback.as_str().starts_with(uri), "{callback}");
    }
}

#[tokio::test]
async fn pages_escape_input_and_forbid_foreign_scripts() {
    let (_sandbox, client, mut browser) = start().await;
    let scope = r#"openid <script>alert("1")</script>"#;
    let url = client.build_authorize_url(CALLBACK, scope).to_url().unwrap();
    let page = browser.open(&url).await.page();
    assert!(page.html.contains("&lt;script&gt;") && !page.html.contains("<script>"), "{}", page.html);
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
}

#[tokio::test]
async fn oauth_login_issues_no_id_token() {
    let (sandbox, client, mut browser) = start().await;
    let url = client.build_oauth_authorize_url(CALLBACK, "user openid offline_access").state("s").to_url().unwrap();
    let page = browser.open(&url).await.page();
    let callback = browser.submit(&page, "continue", &[]).await.redirect();
    let request = client.get_oauth_token(OauthGrantType::AuthorizationCode).code(parameter(&callback, "code").unwrap());
    let tokens = request.redirect_uri(CALLBACK).await.unwrap();
    assert_eq!(tokens.scope.as_deref(), Some("user offline_access"));
    assert!(tokens.id_token.is_none() && tokens.refresh_token.is_some());
    assert!(!client.get_oauth_user_info(tokens.access_token).await.unwrap().sub.is_empty());

    let plain = client.build_oauth_authorize_url(CALLBACK, "user").code_challenge_method(PkceMethod::Plain);
    let callback = sandbox.authorize(&plain.code_challenge("v".repeat(43)).to_url().unwrap()).await.unwrap();
    assert_eq!(parameter(&callback, "error").as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn logout_ends_session_of_one_browser_and_redirects() {
    let (_sandbox, client, mut browser) = start().await;
    let log_in = async |browser: &mut Browser| {
        let page = browser.open(&authorize_url(&client)).await.page();
        parameter(&browser.submit(&page, "continue", &[]).await.redirect(), "code").unwrap()
    };
    let mut other = Browser::new();
    log_in(&mut other).await;

    let code = log_in(&mut browser).await;
    let tokens = client.get_access_token_by_code(code, CALLBACK).await.unwrap();
    let logged_out = "https://shop.example/bye";
    let end = client.build_logout_url().post_logout_redirect_uri(logged_out).state("s");
    let callback =
        browser.open(&end.clone().id_token_hint(tokens.id_token.unwrap()).to_url().unwrap()).await.redirect();
    assert_eq!(callback.as_str(), "https://shop.example/bye?state=s");
    client.with_access_token(tokens.access_token).get_profile().await.expect("the session of the application ended");

    log_in(&mut browser).await;
    let callback =
        browser.open(&client.build_profile_logout_url().redirect_uri(logged_out).to_url().unwrap()).await.redirect();
    assert_eq!(callback.as_str(), logged_out);
    log_in(&mut browser).await;
    let callback = browser.open(&client.build_cas_logout_url().url(logged_out).to_url().unwrap()).await.redirect();
    assert_eq!(callback.as_str(), logged_out);
    log_in(&mut browser).await;
    assert_eq!(browser.open(&client.build_logout_url().to_url().unwrap()).await.page().status, 200);
    browser.open(&authorize_url(&client)).await.page();
    other.open(&authorize_url(&client)).await.redirect();

    for invalid in [
        end.id_token_hint("unknown").to_url().unwrap(),
        client.build_logout_url().post_logout_redirect_uri("javascript:alert(1)").to_url().unwrap(),
    ] {
        assert_eq!(other.open(&invalid).await.page().status, 400, "{invalid}");
    }
    other.open(&authorize_url(&client)).await.redirect();
}
