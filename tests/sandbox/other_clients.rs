//! What other clients than the library send: official SDKs, browsers, attackers.

use genauth::sandbox::Sandbox;
use genauth::types::{
    OauthPrompt, SignInByPasswordPayloadDto, SignInOptionsDto, SignUpByPasswordDto, SignUpConnection,
};
use genauth::types::{PkceMethod, SigninByCredentialsConnection};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::browser::parameter;

const PASSWORD: &str = "correct-horse-42";
const CALLBACK: &str = "https://shop.example/callback";

fn request(sandbox: &Sandbox, method: &str, path: &str) -> RequestBuilder {
    let method = method.parse::<Method>().unwrap();
    Client::builder().no_proxy().build().unwrap().request(method, sandbox.url() + path)
}

async fn body(response: RequestBuilder) -> Value {
    response.send().await.unwrap().json().await.unwrap()
}

fn allowed_origin(response: &Response) -> Option<&str> {
    response.headers().get("access-control-allow-origin").map(|origin| origin.to_str().unwrap())
}

#[tokio::test]
async fn host_that_is_no_loopback_name_is_rejected() {
    let sandbox = Sandbox::start().await.unwrap();
    let port = sandbox.url().rsplit(':').next().unwrap().to_owned();
    for path in ["/", "/_sandbox", "/oidc/.well-known/jwks.json", "/api/v3/system"] {
        for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1", "localhost.evil.example"]
        {
            let response = request(&sandbox, "GET", path).header("host", host).send().await.unwrap();
            assert_eq!(response.status(), 421, "{host}{path}");
        }
    }
    for host in [format!("localhost:{port}"), "127.0.0.1".to_owned(), "[::1]:80".to_owned(), "app.localhost".to_owned()]
    {
        let response = request(&sandbox, "GET", "/_sandbox").header("host", &host).send().await.unwrap();
        assert_eq!(response.status(), 200, "{host}");
    }
}

#[tokio::test]
async fn page_of_another_origin_cannot_control_the_sandbox() {
    let sandbox = Sandbox::start().await.unwrap();
    for (header, value) in [
        ("origin", "https://evil.example"),
        ("origin", "http://127.0.0.1:1"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        for (method, path) in [("POST", "/_sandbox/access-tokens"), ("GET", "/_sandbox/pass-codes/18812348888")] {
            let response = request(&sandbox, method, path).header(header, value).send().await.unwrap();
            assert_eq!(
                (response.status().as_u16(), allowed_origin(&response)),
                (403, None),
                "{header}: {value}: {path}"
            );
        }
    }
    let own = request(&sandbox, "POST", "/_sandbox/access-tokens").header("origin", sandbox.url());
    assert_eq!(own.header("sec-fetch-site", "same-origin").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn page_of_another_origin_can_call_the_api() {
    let sandbox = Sandbox::start().await.unwrap();
    let origin = "https://shop.example";
    let preflight = request(&sandbox, "OPTIONS", "/api/v3/signin").header("origin", origin);
    let preflight = preflight.header("access-control-request-method", "POST");
    let preflight = preflight.header("access-control-request-headers", "content-type,x-authing-app-id");
    let response = preflight.send().await.unwrap();
    assert_eq!((response.status().as_u16(), allowed_origin(&response)), (200, Some(origin)));
    let called = request(&sandbox, "GET", "/oidc/.well-known/jwks.json").header("origin", origin).send().await.unwrap();
    assert_eq!((called.status().as_u16(), allowed_origin(&called)), (200, Some(origin)));
}

#[tokio::test]
async fn access_token_without_scheme_is_accepted() {
    let sandbox = Sandbox::start().await.unwrap();
    let token = sandbox.issue_access_token();
    for authorization in [token.clone(), format!("Bearer {token}"), format!("bearer {token}")] {
        let profile = request(&sandbox, "GET", "/api/v3/get-profile").header("x-authing-app-id", sandbox.app_id());
        let profile = body(profile.header("authorization", &authorization)).await;
        assert_eq!(profile["statusCode"], 200, "{profile}");
    }
    let made_up = request(&sandbox, "GET", "/api/v3/get-profile").header("x-authing-app-id", sandbox.app_id());
    assert_eq!(body(made_up.header("authorization", "made-up")).await["apiCode"], 2020);
}

#[tokio::test]
async fn id_of_the_user_pool_replaces_that_of_the_application() {
    let sandbox = Sandbox::start().await.unwrap();
    for header in ["x-authing-userpool-id", "x-genauth-userpool-id"] {
        let profile = request(&sandbox, "GET", "/api/v3/get-profile").header(header, "a-pool");
        let profile = body(profile.header("authorization", sandbox.issue_access_token())).await;
        assert_eq!(profile["statusCode"], 200, "{header}: {profile}");
    }
}

#[tokio::test]
async fn system_information_needs_no_application() {
    let sandbox = Sandbox::start().await.unwrap();
    let response = request(&sandbox, "GET", "/api/v3/system").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.json::<Value>().await.unwrap()["rsa"].is_object());
}

#[tokio::test]
async fn boolean_parameter_is_read_in_any_case() {
    let sandbox = Sandbox::start().await.unwrap();
    for (value, status) in [("True", 200), ("false", 200), ("FALSE", 200), ("yes", 400)] {
        let profile = request(&sandbox, "GET", &format!("/api/v3/get-profile?withCustomData={value}"));
        let profile = profile.header("x-authing-app-id", "a").header("authorization", sandbox.issue_access_token());
        assert_eq!(body(profile).await["statusCode"], status, "{value}");
    }
}

#[tokio::test]
async fn response_has_the_forms_of_all_sdks() {
    let sandbox = Sandbox::start().await.unwrap();
    let code = sandbox.issue_phone_code("+8618812348888");
    let phone = request(&sandbox, "POST", "/api/v3/get-wechat-miniprogram-phone").header("x-authing-app-id", "a");
    let phone = body(phone.json(&json!({ "code": code, "extIdpConnidentifier": "my-wxapp" }))).await;
    assert_eq!(phone["data"]["phoneNumber"], "+8618812348888");
    assert_eq!(phone["data"]["phone_info"]["phoneNumber"], "+8618812348888");

    let client = sandbox.client().unwrap();
    let payload = SignUpByPasswordDto::new(PASSWORD).email("lin@example.com");
    client.sign_up(SignUpConnection::Password).password_payload(payload).await.unwrap();
    let signed_in = request(&sandbox, "POST", "/api/v3/signin").header("x-authing-app-id", sandbox.app_id());
    let signed_in = body(signed_in.json(&json!({
        "connection": "PASSWORD", "passwordPayload": { "email": "lin@example.com", "password": PASSWORD },
        "client_id": sandbox.app_id(), "client_secret": sandbox.app_secret(),
    })));
    let data = signed_in.await["data"].take();
    assert_eq!((&data["expire_in"], &data["expires_in"]), (&json!(7200), &json!(7200)));
}

#[tokio::test]
async fn public_client_needs_no_secret() {
    let sandbox = Sandbox::start().await.unwrap();
    let confidential = request(&sandbox, "POST", "/oidc/token").header("x-authing-app-id", sandbox.app_id());
    let form = [("grant_type", "refresh_token"), ("refresh_token", "unknown")];
    assert_eq!(body(confidential.form(&form)).await["error"], "invalid_client");

    sandbox.make_client_public();
    let client = sandbox.client().unwrap();
    let payload = SignUpByPasswordDto::new(PASSWORD).email("lin@example.com");
    client.sign_up(SignUpConnection::Password).password_payload(payload).await.unwrap();
    let payload = SignInByPasswordPayloadDto::new(PASSWORD).email("lin@example.com");
    let signed_in = client
        .sign_in_by_credentials(SigninByCredentialsConnection::Password)
        .password_payload(payload)
        .options(SignInOptionsDto::new().scope("openid offline_access"))
        .await
        .unwrap();
    let token = signed_in.refresh_token.unwrap();
    let in_header = request(&sandbox, "POST", "/oidc/token").header("x-authing-app-id", sandbox.app_id());
    let refreshed = in_header.form(&[("grant_type", "refresh_token"), ("refresh_token", token.expose_secret())]);
    let refreshed = body(refreshed).await;
    let token = refreshed["refresh_token"].as_str().unwrap_or_else(|| panic!("{refreshed}"));
    client.get_new_access_token_by_refresh_token(token).await.unwrap();
    client.get_access_token_by_client_credentials("orders", "an-access-key", "x").await.unwrap_err();
}

#[tokio::test]
async fn refresh_for_less_scope_keeps_the_scope_of_the_login() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let url = client.build_authorize_url(CALLBACK, "openid profile email offline_access").prompt(OauthPrompt::Consent);
    let url = url.code_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM").code_challenge_method(PkceMethod::S256);
    let code = parameter(&sandbox.authorize(&url.to_url().unwrap()).await.unwrap(), "code").unwrap();
    let call = client.get_access_token_by_code(code, CALLBACK);
    let tokens = call.code_verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").await.unwrap();
    let claims = client.introspect_token(tokens.access_token).await.unwrap();
    assert_eq!(claims.client_id.as_deref(), Some(sandbox.app_id()));

    let less =
        client.get_new_access_token_by_refresh_token(tokens.refresh_token.unwrap()).scope("openid").await.unwrap();
    assert_eq!(less.scope.as_deref(), Some("openid"));
    let token = less.refresh_token.expect("the new refresh token keeps the scope");
    let again = client.get_new_access_token_by_refresh_token(token).await.unwrap();
    assert_eq!(again.scope.as_deref(), Some("openid profile email offline_access"));
}

#[tokio::test]
async fn user_info_is_served_by_post_with_the_token_in_form_or_query() {
    let sandbox = Sandbox::start().await.unwrap();
    for path in ["/oidc/me", "/oauth/me"] {
        let token = sandbox.issue_access_token();
        let form = [("access_token", &token)];
        for claims in [
            request(&sandbox, "POST", path).header("authorization", format!("Bearer {token}")),
            request(&sandbox, "POST", path).form(&form),
            request(&sandbox, "GET", path).query(&form),
        ] {
            let claims = body(claims).await;
            assert!(claims["sub"].is_string(), "{path}: {claims}");
        }
        assert_eq!(request(&sandbox, "POST", path).send().await.unwrap().status(), 401);
    }
}

#[tokio::test]
async fn authorization_request_by_post_and_max_age_are_honored() {
    let sandbox = Sandbox::start().await.unwrap();
    let page =
        [("client_id", sandbox.app_id()), ("redirect_uri", CALLBACK), ("response_type", "code"), ("scope", "openid")];
    let response = request(&sandbox, "POST", "/oidc/auth").form(&page).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.text().await.unwrap().contains("<form"), "no login page");

    let client = sandbox.client().unwrap();
    let mut url = client.build_authorize_url(CALLBACK, "openid").to_url().unwrap();
    url.query_pairs_mut().append_pair("max_age", "3600");
    parameter(&sandbox.authorize(&url).await.unwrap(), "code").unwrap();
    url.query_pairs_mut().clear().extend_pairs(page).extend_pairs([("max_age", "0"), ("prompt", "none")]);
    sandbox.advance_clock(std::time::Duration::from_secs(1));
    let browser = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let denied = browser.get(url).send().await.unwrap();
    assert!(denied.headers()["location"].to_str().unwrap().contains("login_required"));
}

#[tokio::test]
async fn unknown_grant_is_unsupported() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("client_id", sandbox.app_id()),
        ("client_secret", sandbox.app_secret()),
    ];
    let rejected = body(request(&sandbox, "POST", "/oidc/token").form(&form)).await;
    assert_eq!(rejected["error"], "unsupported_grant_type", "{rejected}");
}
