//! The authorization request and its callback.

use std::collections::HashMap;

use axum::http::StatusCode;
use genauth::oidc::{AuthorizationRequest, CallbackError};
use genauth::types::{OauthPrompt, OauthResponseMode};
use genauth::{AuthenticationClient, Error, OAuthErrorCode};
use serde_json::json;

use crate::provider::{ACCESS_TOKEN, Provider, tokens};

const CALLBACK: &str = "https://shop.example/callback?from=here&x=å";

pub fn query_of(request: &AuthorizationRequest, client: &AuthenticationClient) -> HashMap<String, String> {
    request.to_url(client).unwrap().query_pairs().into_owned().collect()
}

/// A client and its authorization request, with the request's state and nonce.
fn start(provider: &Provider) -> (AuthenticationClient, AuthorizationRequest, String, String) {
    let client = provider.client();
    let request = client.authorization_request(CALLBACK).unwrap();
    let query = query_of(&request, &client);
    (client, request, query["state"].clone(), query["nonce"].clone())
}

#[tokio::test]
async fn callback_with_code_yields_tokens_and_claims() {
    let provider = Provider::start().await;
    let client = provider.client();
    let request = client.authorization_request(CALLBACK).unwrap();
    let sent = query_of(&request, &client);
    assert_eq!(sent["client_id"], "an-app");
    assert_eq!(sent["response_type"], "code");
    assert_eq!(sent["redirect_uri"], CALLBACK);
    assert_eq!(sent["scope"], "openid profile email phone address");
    assert_eq!(sent["code_challenge_method"], "S256");
    assert!(!sent.contains_key("prompt") && !sent.contains_key("response_mode") && !sent.contains_key("tenantId"));

    let mut claims = provider.id_claims(&sent["nonce"]);
    claims["email"] = json!("lin@example.com");
    claims["auth_time"] = json!(1767225600.5);
    claims["plan"] = json!("gold");
    let id_token = provider.key.token(&claims);
    provider.respond_with(move |_| tokens(Some(id_token.clone())));

    // Stored in the session and loaded again.
    let stored = serde_json::to_string(&request).unwrap();
    let request: AuthorizationRequest = serde_json::from_str(&stored).unwrap();
    let query = format!("code=a-code%2B&state={}", sent["state"]);
    let login = client.handle_callback(&request, &query).await.unwrap();

    assert_eq!(login.claims.user.sub, "a-user");
    assert_eq!(login.claims.user.email.as_deref(), Some("lin@example.com"));
    assert_eq!(login.claims.user.extra, [("plan".to_owned(), json!("gold").into())].into());
    assert_eq!(login.claims.aud, ["an-app"]);
    assert_eq!(login.tokens.access_token.expose_secret(), ACCESS_TOKEN);
    assert!(!login.tokens.is_expired());

    let [form] = &provider.forms()[..] else { panic!("{:?}", provider.forms()) };
    assert_eq!(form["grant_type"], "authorization_code");
    assert_eq!(form["code"], "a-code+");
    assert_eq!(form["redirect_uri"], CALLBACK);
    assert_eq!(client.code_challenge_s256(&*form["code_verifier"]), sent["code_challenge"]);
}

#[tokio::test]
async fn callback_may_be_query_url_or_form() {
    let provider = Provider::start().await;
    let (client, request, state, nonce) = start(&provider);
    let id_token = provider.key.token(&provider.id_claims(&nonce));
    provider.respond_with(move |_| tokens(Some(id_token.clone())));
    let issuer = provider.issuer();
    for callback in [
        format!("code=a-code&state={state}"),
        format!("?state={state}&code=a-code"),
        format!("https://shop.example/callback?from=here&code=a-code&state={state}#end"),
        format!("/callback?code=a-code&state={state}"),
        format!("code=a-code&state={state}&iss={issuer}&session_state=x&session_state=y"),
    ] {
        client.handle_callback(&request, &callback).await.unwrap_or_else(|error| panic!("{callback}: {error}"));
    }
}

#[tokio::test]
async fn callback_mismatch_is_rejected_before_code_is_sent() {
    let provider = Provider::start().await;
    let (client, request, state, _) = start(&provider);
    let (_, _, other_state, _) = start(&provider);
    for (callback, error) in [
        ("code=a-ZQXJ-code".to_owned(), CallbackError::MissingState),
        (String::new(), CallbackError::MissingState),
        ("https://shop.example/callback".to_owned(), CallbackError::MissingState),
        ("error=access_denied".to_owned(), CallbackError::MissingState),
        (format!("code=a-ZQXJ-code&state={other_state}"), CallbackError::StateMismatch),
        (format!("code=a-ZQXJ-code&state={}", &state[1..]), CallbackError::StateMismatch),
        (format!("code=a-ZQXJ-code&state={state}x"), CallbackError::StateMismatch),
        ("code=a-ZQXJ-code&state=".to_owned(), CallbackError::StateMismatch),
        (format!("error=access_denied&state={other_state}"), CallbackError::StateMismatch),
        (format!("code=a-ZQXJ-code&state={other_state}&state={state}"), CallbackError::DuplicateParameter("state")),
        (format!("code=a-ZQXJ-code&code=another&state={state}"), CallbackError::DuplicateParameter("code")),
        (format!("error=a&error=b&state={state}"), CallbackError::DuplicateParameter("error")),
        (format!("code=a-ZQXJ-code&state={state}&iss=https%3A%2F%2Fevil.example"), CallbackError::IssuerMismatch),
        (format!("code=a-ZQXJ-code&error=access_denied&state={state}"), CallbackError::CodeAndErrorPresent),
        (format!("state={state}"), CallbackError::MissingCode),
        (format!("code=&state={state}"), CallbackError::MissingCode),
    ] {
        match client.handle_callback(&request, &callback).await {
            Err(actual @ Error::Callback(kind)) if kind == error => {
                let shown = format!("{actual} {actual:?}");
                assert!(!shown.contains("ZQXJ") && !shown.contains(&state), "{shown}");
            }
            other => panic!("{callback}: {other:?}"),
        }
    }
    assert!(provider.forms().is_empty(), "a code was sent");
}

#[tokio::test]
async fn callback_with_error_is_oauth_error() {
    let provider = Provider::start().await;
    let (client, request, state, _) = start(&provider);
    let callback = format!("error=access_denied&error_description=The+user+said+no&state={state}");
    match client.handle_callback(&request, &callback).await {
        Err(Error::OAuth(error)) => {
            assert_eq!(error.error, OAuthErrorCode::AccessDenied);
            assert_eq!(error.description.as_deref(), Some("The user said no"));
            assert_eq!(error.status, None);
        }
        other => panic!("not an OAuth error: {other:?}"),
    }
}

#[tokio::test]
async fn code_exchange_is_never_retried() {
    let provider = Provider::start().await;
    let client = provider.builder().retry_policy(genauth::RetryPolicy::default()).build().unwrap();
    let request = client.authorization_request(CALLBACK).unwrap();
    let state = query_of(&request, &client)["state"].clone();
    provider.respond_with(|_| (StatusCode::SERVICE_UNAVAILABLE, json!({ "error": "temporarily_unavailable" })));
    let error = client.handle_callback(&request, &format!("code=a-code&state={state}")).await.unwrap_err();
    assert!(matches!(error, Error::OAuth(_)), "{error:?}");
    assert_eq!(provider.forms().len(), 1);
}

#[tokio::test]
async fn token_response_without_id_token_is_rejected() {
    let provider = Provider::start().await;
    let (client, request, state, _) = start(&provider);
    provider.respond_with(|_| tokens(None));
    let error = client.handle_callback(&request, &format!("code=a-code&state={state}")).await.unwrap_err();
    assert!(error.to_string().contains("`openid`"), "{error}");
}

#[tokio::test]
async fn authorization_url_has_requested_parameters() {
    let client =
        AuthenticationClient::builder().app_id("an-app").app_host("https://example.genauth.ai").build().unwrap();
    let request = || client.authorization_request(CALLBACK).unwrap();

    let sent = query_of(&request().scope("openid offline_access").tenant_id("a-tenant"), &client);
    assert_eq!((&*sent["prompt"], &*sent["tenantId"]), ("consent", "a-tenant"));
    let sent = query_of(&request().scope("openid offline_access").prompt(OauthPrompt::Login), &client);
    assert_eq!(sent["prompt"], "login consent");
    let sent = query_of(&request().scope("openid offline_access").prompt(OauthPrompt::Never), &client);
    assert_eq!(sent["prompt"], "none");
    let sent = query_of(&request().prompt(OauthPrompt::Login).response_mode(OauthResponseMode::FormPost), &client);
    assert_eq!((&*sent["prompt"], &*sent["response_mode"]), ("login", "form_post"));
    let sent = query_of(&request().without_pkce(), &client);
    assert!(!sent.contains_key("code_challenge") && !sent.contains_key("code_challenge_method"));

    let error = request().scope("profile openids").to_url(&client).unwrap_err();
    assert!(matches!(&error, Error::Config(_)) && error.to_string().contains("openid"), "{error}");
}

#[test]
fn authorization_requests_never_repeat_random_values() {
    let client =
        AuthenticationClient::builder().app_id("an-app").app_host("https://example.genauth.ai").build().unwrap();
    let mut seen = std::collections::HashSet::new();
    for _ in 0..100 {
        let sent = query_of(&client.authorization_request(CALLBACK).unwrap(), &client);
        for name in ["state", "nonce", "code_challenge"] {
            assert_eq!(sent[name].len(), 43, "256 bits in base64url");
            assert!(seen.insert(sent[name].clone()));
        }
        assert!(seen.insert(client.generate_code_verifier().unwrap().expose_secret().to_owned()));
    }
}

#[test]
fn authorization_request_debug_shows_no_secrets() {
    let client =
        AuthenticationClient::builder().app_id("an-app").app_host("https://example.genauth.ai").build().unwrap();
    let request = client.authorization_request(CALLBACK).unwrap();
    let stored = serde_json::to_value(&request).unwrap();
    let shown = format!("{request:?}");
    for secret in ["state", "nonce", "code_verifier"] {
        assert!(!shown.contains(stored[secret].as_str().unwrap()), "{shown}");
    }
    assert!(shown.contains("shop.example"), "{shown}");
}

#[tokio::test]
async fn callback_at_another_client_is_rejected() {
    let provider = Provider::start().await;
    let (_, request, state, _) = start(&provider);
    let query = format!("code=a-code&state={state}");
    for other in [provider.builder().app_id("another-app"), provider.builder().issuer("https://another.example/oidc")] {
        let outcome = other.build().unwrap().handle_callback(&request, &query).await;
        assert!(matches!(outcome, Err(Error::Callback(CallbackError::ClientMismatch))), "{outcome:?}");
    }
    assert!(provider.forms().is_empty(), "a code was sent");
}
