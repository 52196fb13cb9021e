//! Authorization requests in a browser: the login page, what it remembers, and where it sends the browser.

use genauth::AuthenticationClient;
use genauth::sandbox::Sandbox;
use genauth::types::{OauthPrompt, OauthResponseMode, PkceMethod, SignUpByPasswordDto, SignUpConnection};
use reqwest::Url;

use crate::browser::{Browser, Seen, parameter};

const CALLBACK: &str = "https://shop.example/callback?from=genauth";

async fn start() -> (Sandbox, AuthenticationClient, Browser) {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    (sandbox, client, Browser::new())
}

fn address(client: &AuthenticationClient) -> Url {
    client.build_authorize_url(CALLBACK, "openid").state("a state & more").to_url().unwrap()
}

fn prompting(client: &AuthenticationClient, prompt: OauthPrompt) -> Url {
    client.build_authorize_url(CALLBACK, "openid").prompt(prompt).to_url().unwrap()
}

/// The address with another value of a parameter, or without it.
fn with(url: &Url, name: &str, value: Option<&str>) -> Url {
    let others: Vec<_> = url.query_pairs().into_owned().filter(|(key, _)| key != name).collect();
    let mut url = url.clone();
    let mut query = url.query_pairs_mut();
    query.clear().extend_pairs(others).extend_pairs(value.map(|value| (name, value)));
    drop(query);
    url
}

#[tokio::test]
async fn a_browser_logs_in_once_and_comes_back_with_a_code_each_time() {
    let (_sandbox, client, mut browser) = start().await;
    let page = browser.open(&address(&client)).await.page();
    assert_eq!(page.status, 200);
    let landed = browser.press(&page, "continue", &[]).await.sent();
    assert!(landed.as_str().starts_with(CALLBACK), "{landed}");
    assert_eq!(parameter(&landed, "state").as_deref(), Some("a state & more"));
    let first = parameter(&landed, "code").unwrap();

    let landed = browser.open(&address(&client)).await.sent();
    assert_ne!(parameter(&landed, "code"), Some(first));
    let other = Browser::new().open(&address(&client)).await;
    assert!(matches!(other, Seen::Page(_)), "another browser is logged in: {other:?}");
}

#[tokio::test]
async fn a_user_logs_in_with_a_password() {
    let (_sandbox, client, mut browser) = start().await;
    let payload = SignUpByPasswordDto::new("correct-horse-42").email("lin@example.com");
    let user = client.sign_up(SignUpConnection::Password).password_payload(payload).await.unwrap();

    let mut page = browser.open(&address(&client)).await.page();
    for (account, password) in [("lin@example.com", "wrong"), ("nobody@example.com", "correct-horse-42"), ("", "")] {
        page = browser.press(&page, "password", &[("account", account), ("password", password)]).await.page();
        assert!(page.html.contains(r#"role="alert""#), "{}", page.html);
    }
    let right = [("account", "lin@example.com"), ("password", "correct-horse-42")];
    let landed = browser.press(&page, "password", &right).await.sent();
    let tokens = client.get_access_token_by_code(parameter(&landed, "code").unwrap(), CALLBACK).await.unwrap();
    let me = client.with_access_token(tokens.access_token).get_profile().await.unwrap();
    assert_eq!((me.user_id, me.logins_count), (user.user_id, Some(1)));

    let over = browser.press(&page, "password", &right).await.page();
    assert_eq!(over.status, 400, "a login can be finished twice");
}

#[tokio::test]
async fn who_is_logged_in_only_has_to_agree() {
    let (_sandbox, client, mut browser) = start().await;
    let payload = SignUpByPasswordDto::new("correct-horse-42").username("lin");
    let user = client.sign_up(SignUpConnection::Password).password_payload(payload).await.unwrap();
    let page = browser.open(&address(&client)).await.page();
    browser.press(&page, "password", &[("account", "lin"), ("password", "correct-horse-42")]).await.sent();

    let page = browser.open(&prompting(&client, OauthPrompt::Consent)).await.page();
    assert!(page.html.contains("Continue as lin"), "{}", page.html);
    let landed = browser.press(&page, "continue", &[]).await.sent();
    let tokens = client.get_access_token_by_code(parameter(&landed, "code").unwrap(), CALLBACK).await.unwrap();
    let me = client.with_access_token(tokens.access_token).get_profile().await.unwrap();
    assert_eq!((me.user_id, me.logins_count), (user.user_id, Some(1)));
}

#[tokio::test]
async fn who_gives_up_comes_back_without_a_code() {
    let (_sandbox, client, mut browser) = start().await;
    let page = browser.open(&address(&client)).await.page();
    let landed = browser.press(&page, "cancel", &[]).await.sent();
    assert_eq!(parameter(&landed, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(&landed, "state").as_deref(), Some("a state & more"));
    assert!(parameter(&landed, "code").is_none(), "{landed}");
    browser.open(&address(&client)).await.page();
}

#[tokio::test]
async fn another_sites_page_logs_nobody_in() {
    let (_sandbox, client, mut browser) = start().await;
    let page = browser.open(&address(&client)).await.page();
    for origin in ["https://evil.example", "null"] {
        let refused = browser.press_from(&page, "continue", &[], origin).await.page();
        assert_eq!(refused.status, 403, "{origin}: {}", refused.html);
    }
    browser.press(&page, "continue", &[]).await.sent();
}

#[tokio::test]
async fn the_prompt_says_whether_the_user_is_asked() {
    let (_sandbox, client, mut browser) = start().await;
    let landed = browser.open(&prompting(&client, OauthPrompt::Never)).await.sent();
    assert_eq!(parameter(&landed, "error").as_deref(), Some("login_required"));

    let page = browser.open(&prompting(&client, OauthPrompt::Login)).await.page();
    browser.press(&page, "continue", &[]).await.sent();
    let landed = browser.open(&prompting(&client, OauthPrompt::Never)).await.sent();
    assert!(parameter(&landed, "code").is_some(), "{landed}");
    for prompt in [OauthPrompt::Login, OauthPrompt::Consent, OauthPrompt::SelectAccount] {
        let page = browser.open(&prompting(&client, prompt)).await.page();
        let landed = browser.press(&page, "continue", &[]).await.sent();
        assert!(parameter(&landed, "code").is_some(), "{landed}");
    }
}

#[tokio::test]
async fn the_answer_comes_back_the_way_that_was_asked_for() {
    let (sandbox, client, mut browser) = start().await;
    let address = |mode: OauthResponseMode| {
        client.build_authorize_url(CALLBACK, "openid").state("<&\">").response_mode(mode).to_url().unwrap()
    };
    let landed = sandbox.authorize(&address(OauthResponseMode::Query)).await.unwrap();
    assert_eq!(parameter(&landed, "state").as_deref(), Some("<&\">"));

    let landed = sandbox.authorize(&address(OauthResponseMode::Fragment)).await.unwrap();
    assert!(landed.query() == Some("from=genauth") && landed.fragment().unwrap().starts_with("code="), "{landed}");
    assert!(landed.fragment().unwrap().ends_with("&state=%3C%26%22%3E"), "{landed}");

    let page = browser.open(&address(OauthResponseMode::FormPost)).await.page();
    let form = browser.press(&page, "continue", &[]).await.page();
    assert_eq!(form.attribute("method=\"post\" action=\""), CALLBACK);
    assert!(!form.attribute("name=\"code\" value=\"").is_empty());
    assert_eq!(form.attribute("name=\"state\" value=\""), "&lt;&amp;&quot;&gt;");
    sandbox.authorize(&address(OauthResponseMode::FormPost)).await.unwrap_err();
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_told_to_the_application() {
    let (_sandbox, client, mut browser) = start().await;
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let good = address(&client);
    let s256 = with(&with(&good, "code_challenge", Some(challenge)), "code_challenge_method", Some("S256"));
    for (url, error) in [
        (with(&good, "response_type", Some("token")), "unsupported_response_type"),
        (with(&good, "response_type", None), "invalid_request"),
        (with(&good, "scope", None), "invalid_request"),
        (with(&good, "scope", Some("profile")), "invalid_scope"),
        (with(&good, "prompt", Some("dance")), "invalid_request"),
        (with(&good, "response_mode", Some("smoke")), "invalid_request"),
        (with(&s256, "code_challenge_method", Some("plain")), "invalid_request"),
        (with(&s256, "code_challenge_method", None), "invalid_request"),
        (with(&s256, "code_challenge", Some("short")), "invalid_request"),
    ] {
        let landed = browser.open(&url).await.sent();
        assert!(landed.as_str().starts_with(CALLBACK), "{url}: {landed}");
        assert_eq!(parameter(&landed, "error").as_deref(), Some(error), "{url}: {landed}");
        assert!(parameter(&landed, "error_description").is_some(), "{landed}");
        assert_eq!(parameter(&landed, "state").as_deref(), Some("a state & more"), "{landed}");
    }
    browser.open(&s256).await.page();
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_no_application_has() {
    let (sandbox, client, mut browser) = start().await;
    let good = address(&client);
    let redirect = |uri| with(&good, "redirect_uri", uri);
    for url in [
        with(&good, "client_id", None),
        with(&good, "client_id", Some("another-app")),
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
        let landed = sandbox.authorize(&redirect(Some(uri))).await.unwrap();
        assert!(landed.as_str().starts_with(uri), "{landed}");
    }
}

#[tokio::test]
async fn pages_show_text_as_text_and_run_nothing_of_anybody_else() {
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
async fn plain_oauth_knows_the_same_page() {
    let (sandbox, client, mut browser) = start().await;
    let url = client.build_oauth_authorize_url(CALLBACK, "user openid offline_access").state("s").to_url().unwrap();
    let page = browser.open(&url).await.page();
    let landed = browser.press(&page, "continue", &[]).await.sent();
    let answer = client.get_oauth_token("authorization_code").code(parameter(&landed, "code").unwrap());
    let tokens = answer.redirect_uri(CALLBACK).await.unwrap();
    assert_eq!(tokens.scope.as_deref(), Some("user offline_access"));
    assert!(tokens.id_token.is_none() && tokens.refresh_token.is_some());
    assert!(!client.get_oauth_user_info(tokens.access_token).await.unwrap().sub.is_empty());

    let plain = client.build_oauth_authorize_url(CALLBACK, "user").code_challenge_method(PkceMethod::Plain);
    let landed = sandbox.authorize(&plain.code_challenge("v".repeat(43)).to_url().unwrap()).await.unwrap();
    assert_eq!(parameter(&landed, "error").as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn logging_out_is_for_one_browser_and_leads_back() {
    let (_sandbox, client, mut browser) = start().await;
    let log_in = async |browser: &mut Browser| {
        let page = browser.open(&address(&client)).await.page();
        parameter(&browser.press(&page, "continue", &[]).await.sent(), "code").unwrap()
    };
    let mut other = Browser::new();
    log_in(&mut other).await;

    let code = log_in(&mut browser).await;
    let tokens = client.get_access_token_by_code(code, CALLBACK).await.unwrap();
    let bye = "https://shop.example/bye";
    let end = client.build_logout_url().post_logout_redirect_uri(bye).state("s");
    let landed = browser.open(&end.clone().id_token_hint(tokens.id_token.unwrap()).to_url().unwrap()).await.sent();
    assert_eq!(landed.as_str(), "https://shop.example/bye?state=s");
    client.with_access_token(tokens.access_token).get_profile().await.expect("the application's session is its own");

    log_in(&mut browser).await;
    let landed = browser.open(&client.build_profile_logout_url().redirect_uri(bye).to_url().unwrap()).await.sent();
    assert_eq!(landed.as_str(), bye);
    log_in(&mut browser).await;
    let landed = browser.open(&client.build_cas_logout_url().url(bye).to_url().unwrap()).await.sent();
    assert_eq!(landed.as_str(), bye);
    log_in(&mut browser).await;
    assert_eq!(browser.open(&client.build_logout_url().to_url().unwrap()).await.page().status, 200);
    browser.open(&address(&client)).await.page();
    other.open(&address(&client)).await.sent();

    for wrong in [
        end.id_token_hint("made-up").to_url().unwrap(),
        client.build_logout_url().post_logout_redirect_uri("javascript:alert(1)").to_url().unwrap(),
    ] {
        assert_eq!(other.open(&wrong).await.page().status, 400, "{wrong}");
    }
    other.open(&address(&client)).await.sent();
}
