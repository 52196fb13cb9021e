//! The tokens of the identity provider: claims, lifetimes, revocation.

use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use genauth::sandbox::Sandbox;
use genauth::types::{
    OauthGrantType, OauthPrompt, OauthTokenRespDto, PkceMethod, SignInByPasswordPayloadDto, SignInOptionsDto,
    SignUpByPasswordDto, SignUpConnection, SigninByCredentialsConnection,
};
use genauth::{AuthenticationClient, ClientAuthMethod, Error, OAuthErrorCode, Result};
use serde_json::Value;

use crate::browser::parameter;

const CALLBACK: &str = "https://shop.example/callback";
const SCOPE: &str = "openid profile email phone offline_access";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const PASSWORD: &str = "correct-horse-42";

async fn start() -> (Sandbox, AuthenticationClient) {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    (sandbox, client)
}

/// A code for this scope, requested with PKCE.
async fn code(sandbox: &Sandbox, client: &AuthenticationClient, scope: &str) -> String {
    let url = client.build_authorize_url(CALLBACK, scope).nonce("a nonce").prompt(OauthPrompt::Consent);
    let url = url.code_challenge(CHALLENGE).code_challenge_method(PkceMethod::S256).to_url().unwrap();
    parameter(&sandbox.authorize(&url).await.unwrap(), "code").unwrap()
}

async fn exchange(client: &AuthenticationClient, code: &str) -> Result<OauthTokenRespDto> {
    client.get_access_token_by_code(code, CALLBACK).code_verifier(VERIFIER).await
}

async fn tokens(sandbox: &Sandbox, client: &AuthenticationClient, scope: &str) -> OauthTokenRespDto {
    exchange(client, &code(sandbox, client, scope).await).await.unwrap()
}

async fn refresh(client: &AuthenticationClient, token: &str) -> Result<OauthTokenRespDto> {
    client.get_new_access_token_by_refresh_token(token).await
}

fn refresh_token(tokens: &OauthTokenRespDto) -> &str {
    tokens.refresh_token.as_ref().expect("no refresh token").expose_secret()
}

async fn is_active(client: &AuthenticationClient, token: &str) -> bool {
    client.introspect_token(token).await.unwrap().active
}

#[track_caller]
fn assert_oauth_error<T: std::fmt::Debug>(result: Result<T>, error: OAuthErrorCode) {
    match result {
        Err(Error::OAuth(actual)) => assert_eq!(actual.error, error, "{actual}"),
        other => panic!("expected {error}, got {other:?}"),
    }
}

/// The claims of a JWT whose signature is verified with the JWKS.
async fn verified(client: &AuthenticationClient, token: &str, typ: &str) -> Value {
    let decode = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).unwrap();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let (header, claims) = message.split_once('.').unwrap();
    let header: Value = serde_json::from_slice(&decode(header)).unwrap();
    assert_eq!((&header["alg"], &header["typ"]), (&"RS256".into(), &typ.into()));

    let keys = client.get_oidc_keys().await.unwrap().keys;
    let key = keys
        .into_iter()
        .find(|key| key.kid.as_deref() == header["kid"].as_str())
        .expect("the JWKS does not have its key");
    let key = PublicKeyComponents { n: decode(&key.n.unwrap()), e: decode(&key.e.unwrap()) };
    key.verify(&RSA_PKCS1_2048_8192_SHA256, message.as_bytes(), &decode(signature)).expect("the signature is invalid");
    serde_json::from_slice(&decode(claims)).unwrap()
}

#[tokio::test]
async fn code_exchange_issues_tokens_of_user() {
    let (sandbox, client) = start().await;
    let tokens = tokens(&sandbox, &client, SCOPE).await;
    assert_eq!((tokens.token_type.as_str(), tokens.scope.as_deref()), ("Bearer", Some(SCOPE)));

    let issuer = format!("{}/oidc", sandbox.url());
    let id = verified(&client, tokens.id_token.as_ref().unwrap().expose_secret(), "JWT").await;
    assert_eq!((id["iss"].as_str(), id["aud"].as_str()), (Some(issuer.as_str()), Some(sandbox.app_id())));
    assert_eq!((&id["nonce"], &id["nickname"]), (&"a nonce".into(), &"Sandbox user".into()));
    let digest = digest(&SHA256, tokens.access_token.expose_secret().as_bytes());
    assert_eq!(id["at_hash"], BASE64_URL_SAFE_NO_PAD.encode(&digest.as_ref()[..16]));
    assert!(id["auth_time"].as_i64() <= id["iat"].as_i64());

    let access = verified(&client, tokens.access_token.expose_secret(), "at+jwt").await;
    assert_eq!((access["iss"].as_str(), access["aud"].as_str()), (Some(issuer.as_str()), Some(sandbox.app_id())));
    assert_eq!((&access["sub"], &access["scope"]), (&id["sub"], &SCOPE.into()));
    assert_eq!(access["exp"].as_i64().unwrap() - access["iat"].as_i64().unwrap(), tokens.expires_in.unwrap());
    assert!(access["jti"].is_string());

    let me = client.get_user_info_by_access_token(tokens.access_token.clone()).await.unwrap();
    assert_eq!(
        (me.sub.as_str(), me.preferred_username.as_deref()),
        (id["sub"].as_str().unwrap(), Some("sandbox-user"))
    );
    let profile = client.with_access_token(tokens.access_token).get_profile().await.unwrap();
    assert_eq!(profile.user_id, me.sub);
}

#[tokio::test]
async fn tokens_have_the_time_of_the_sandboxs_clock() {
    let (sandbox, client) = start().await;
    sandbox.advance_clock(Duration::from_secs(1_000_000_000));
    let tokens = tokens(&sandbox, &client, "openid").await;
    let claims = verified(&client, tokens.access_token.expose_secret(), "at+jwt").await;
    assert!(claims["iat"].as_u64().unwrap() > 2_700_000_000, "{claims}");
    sandbox.advance_clock(Duration::from_secs(2 * 60 * 60));
    assert_oauth_error(client.get_user_info_by_access_token(tokens.access_token).await, OAuthErrorCode::InvalidToken);
}

#[tokio::test]
async fn scope_decides_claims_and_tokens() {
    let (sandbox, client) = start().await;
    let payload = SignUpByPasswordDto::new(PASSWORD).email("lin@example.com");
    client.sign_up(SignUpConnection::Password).password_payload(payload).await.unwrap();
    let by_password = async |scope: &str| {
        let request = client.get_oidc_token(OauthGrantType::Password).username("lin@example.com").password(PASSWORD);
        request.scope(scope).await.unwrap()
    };
    let openid = by_password("openid").await;
    assert!(openid.id_token.is_some() && openid.refresh_token.is_none());
    let info = client.get_user_info_by_access_token(openid.access_token).await.unwrap();
    assert_eq!((info.email, info.updated_at, info.phone_number), (None, None, None));
    let email = by_password("email").await;
    assert!(email.id_token.is_none());
    let info = client.get_user_info_by_access_token(email.access_token).await.unwrap();
    assert_eq!((info.email.as_deref(), info.email_verified), (Some("lin@example.com"), Some(false)));
    let wrong = client.get_oidc_token(OauthGrantType::Password).username("lin@example.com").password("wrong").await;
    assert_oauth_error(wrong, OAuthErrorCode::InvalidGrant);

    // A refresh token requires the user's consent.
    let without_consent = client.build_authorize_url(CALLBACK, "openid offline_access").to_url().unwrap();
    let code = parameter(&sandbox.authorize(&without_consent).await.unwrap(), "code").unwrap();
    let without_consent = client.get_access_token_by_code(code, CALLBACK).await.unwrap();
    assert_eq!((without_consent.scope.as_deref(), without_consent.refresh_token), (Some("openid"), None));
}

#[tokio::test]
async fn second_use_of_code_revokes_tokens_of_first() {
    let (sandbox, client) = start().await;
    let code = code(&sandbox, &client, SCOPE).await;
    let tokens = exchange(&client, &code).await.unwrap();
    assert!(is_active(&client, tokens.access_token.expose_secret()).await);
    assert_oauth_error(exchange(&client, &code).await, OAuthErrorCode::InvalidGrant);
    assert!(!is_active(&client, tokens.access_token.expose_secret()).await);
    assert_oauth_error(refresh(&client, refresh_token(&tokens)).await, OAuthErrorCode::InvalidGrant);
    assert_oauth_error(client.get_user_info_by_access_token(tokens.access_token).await, OAuthErrorCode::InvalidToken);
}

#[tokio::test]
async fn code_expires_after_a_minute() {
    let (sandbox, client) = start().await;
    let (early, late) = (code(&sandbox, &client, SCOPE).await, code(&sandbox, &client, SCOPE).await);
    sandbox.advance_clock(Duration::from_secs(50));
    exchange(&client, &early).await.unwrap();
    sandbox.advance_clock(Duration::from_secs(11));
    assert_oauth_error(exchange(&client, &late).await, OAuthErrorCode::InvalidGrant);
}

#[tokio::test]
async fn code_requires_redirect_uri_and_code_verifier() {
    let (sandbox, client) = start().await;
    let pkce = code(&sandbox, &client, SCOPE).await;
    let bare = client.build_authorize_url(CALLBACK, "openid").to_url().unwrap();
    let bare = parameter(&sandbox.authorize(&bare).await.unwrap(), "code").unwrap();
    for wrong in [
        client.get_access_token_by_code("unknown", CALLBACK).code_verifier(VERIFIER),
        client.get_access_token_by_code(&*pkce, "https://shop.example/other").code_verifier(VERIFIER),
        client.get_access_token_by_code(&*pkce, CALLBACK).code_verifier("v".repeat(43)),
        client.get_access_token_by_code(&*pkce, CALLBACK),
        client.get_access_token_by_code(&*bare, CALLBACK).code_verifier(VERIFIER),
        client.get_oidc_token(OauthGrantType::AuthorizationCode).code(&*bare),
    ] {
        assert_oauth_error(wrong.await, OAuthErrorCode::InvalidGrant);
    }
    assert_oauth_error(client.get_oidc_token(OauthGrantType::AuthorizationCode).await, OAuthErrorCode::InvalidRequest);
    exchange(&client, &pkce).await.unwrap();
    client.get_access_token_by_code(bare, CALLBACK).await.unwrap();
}

#[tokio::test]
async fn client_authenticates_by_header_form_or_pkce() {
    let (sandbox, client) = start().await;
    let basic =
        sandbox.client_builder().token_endpoint_auth_method(ClientAuthMethod::ClientSecretBasic).build().unwrap();
    exchange(&basic, &code(&sandbox, &client, SCOPE).await).await.unwrap();
    let public = AuthenticationClient::builder().app_id(sandbox.app_id()).app_host(sandbox.url()).build().unwrap();
    let tokens = exchange(&public, &code(&sandbox, &client, SCOPE).await).await.unwrap();
    refresh(&public, refresh_token(&tokens)).await.unwrap();

    let bare = client.build_authorize_url(CALLBACK, "openid").to_url().unwrap();
    let bare = parameter(&sandbox.authorize(&bare).await.unwrap(), "code").unwrap();
    assert_oauth_error(public.get_access_token_by_code(bare, CALLBACK).await, OAuthErrorCode::InvalidGrant);
    let wrong = sandbox.client_builder().app_secret("wrong").build().unwrap();
    assert_oauth_error(exchange(&wrong, &code(&sandbox, &client, SCOPE).await).await, OAuthErrorCode::InvalidClient);
}

#[tokio::test]
async fn second_use_of_refresh_token_revokes_all_tokens_of_session() {
    let (sandbox, client) = start().await;
    let first = tokens(&sandbox, &client, SCOPE).await;
    let second = refresh(&client, refresh_token(&first)).await.unwrap();
    let third = refresh(&client, refresh_token(&second)).await.unwrap();
    let id = verified(&client, third.id_token.as_ref().unwrap().expose_secret(), "JWT").await;
    assert!(id.get("nonce").is_none(), "{id}");
    for tokens in [&first, &second, &third] {
        assert!(is_active(&client, tokens.access_token.expose_secret()).await);
    }
    assert!(!is_active(&client, refresh_token(&second)).await && is_active(&client, refresh_token(&third)).await);

    assert_oauth_error(refresh(&client, refresh_token(&second)).await, OAuthErrorCode::InvalidGrant);
    assert_oauth_error(refresh(&client, refresh_token(&third)).await, OAuthErrorCode::InvalidGrant);
    for tokens in [&first, &second, &third] {
        assert!(!is_active(&client, tokens.access_token.expose_secret()).await);
    }
    assert_oauth_error(refresh(&client, "unknown").await, OAuthErrorCode::InvalidGrant);
}

#[tokio::test]
async fn refresh_token_expires_and_cannot_exceed_scope() {
    let (sandbox, client) = start().await;
    let tokens = tokens(&sandbox, &client, SCOPE).await;
    let request = || client.get_new_access_token_by_refresh_token(refresh_token(&tokens));
    assert_oauth_error(request().scope("openid address").await, OAuthErrorCode::InvalidScope);
    let fewer = request().scope("openid offline_access").await.unwrap();
    assert_eq!(fewer.scope.as_deref(), Some("openid offline_access"));

    sandbox.advance_clock(Duration::from_secs(30 * 24 * 60 * 60 + 1));
    assert_oauth_error(refresh(&client, refresh_token(&fewer)).await, OAuthErrorCode::InvalidGrant);
}

#[tokio::test]
async fn client_credentials_issue_token_without_user() {
    let (sandbox, client) = start().await;
    let (id, secret) = (sandbox.app_id(), sandbox.app_secret());
    let tokens = client.get_access_token_by_client_credentials("jobs:read", id, secret).await.unwrap();
    assert!(tokens.id_token.is_none() && tokens.refresh_token.is_none());
    let info = client.introspect_token(tokens.access_token.expose_secret()).await.unwrap();
    assert_eq!((info.active, info.sub.as_deref(), info.scope.as_deref()), (true, Some(id), Some("jobs:read")));
    assert_oauth_error(
        client.get_user_info_by_access_token(tokens.access_token.clone()).await,
        OAuthErrorCode::InvalidToken,
    );
    let error = client.with_access_token(tokens.access_token).get_profile().await.unwrap_err();
    assert_eq!(error.api_code().map(|code| code.0), Some(2020));

    let wrong = client.get_access_token_by_client_credentials("jobs:read", id, "wrong").await;
    assert_oauth_error(wrong, OAuthErrorCode::InvalidClient);
    let public = AuthenticationClient::builder().app_id(id).app_host(sandbox.url()).build().unwrap();
    assert_oauth_error(
        public.get_oidc_token(OauthGrantType::ClientCredentials).scope("a").await,
        OAuthErrorCode::InvalidClient,
    );
}

#[tokio::test]
async fn introspection_of_invalid_token_is_inactive() {
    let (sandbox, client) = start().await;
    let tokens = tokens(&sandbox, &client, SCOPE).await;
    let access = client.introspect_token(tokens.access_token.expose_secret()).await.unwrap();
    assert!(access.active);
    assert_eq!((access.scope.as_deref(), access.token_type.as_deref()), (Some(SCOPE), Some("Bearer")));
    assert_eq!(access.client_id.as_deref(), Some(sandbox.app_id()));
    assert_eq!(access.exp.unwrap() - access.iat.unwrap(), 2 * 60 * 60);
    let refresh = client.introspect_token(refresh_token(&tokens)).await.unwrap();
    assert_eq!((refresh.active, refresh.sub, refresh.token_type), (true, access.sub, None));

    sandbox.advance_clock(Duration::from_secs(2 * 60 * 60));
    for token in [tokens.access_token.expose_secret(), tokens.id_token.as_ref().unwrap().expose_secret(), "unknown"] {
        let info = client.introspect_token(token).await.unwrap();
        assert!(!info.active && info.sub.is_none() && info.exp.is_none(), "{info:?}");
    }
}

#[tokio::test]
async fn revoked_refresh_token_revokes_all_tokens_of_session() {
    let (sandbox, client) = start().await;
    let first = tokens(&sandbox, &client, SCOPE).await;
    client.revoke_token(first.access_token.expose_secret()).await.unwrap();
    assert!(!is_active(&client, first.access_token.expose_secret()).await);
    assert_oauth_error(
        client.get_user_info_by_access_token(first.access_token.clone()).await,
        OAuthErrorCode::InvalidToken,
    );

    let second = refresh(&client, refresh_token(&first)).await.unwrap();
    client.revoke_token(refresh_token(&second)).await.unwrap();
    assert!(!is_active(&client, second.access_token.expose_secret()).await);
    assert_oauth_error(refresh(&client, refresh_token(&second)).await, OAuthErrorCode::InvalidGrant);
    client.revoke_token("unknown").await.unwrap();
    client.revoke_token(refresh_token(&second)).await.unwrap();
}

#[tokio::test]
async fn signed_out_device_has_no_valid_tokens() {
    let (sandbox, client) = start().await;
    let tokens = tokens(&sandbox, &client, SCOPE).await;
    let me = client.with_access_token(tokens.access_token.clone());
    let devices = me.list_devices().await.unwrap();
    me.revoke_device_session(&devices[0].device.device_id).await.unwrap();
    assert_oauth_error(
        client.get_user_info_by_access_token(tokens.access_token.clone()).await,
        OAuthErrorCode::InvalidToken,
    );
    assert_oauth_error(refresh(&client, refresh_token(&tokens)).await, OAuthErrorCode::InvalidGrant);
}

#[tokio::test]
async fn sign_in_by_api_issues_same_tokens() {
    let (_sandbox, client) = start().await;
    let payload = SignUpByPasswordDto::new(PASSWORD).email("lin@example.com");
    let user = client.sign_up(SignUpConnection::Password).password_payload(payload).await.unwrap();
    let tokens = client
        .sign_in_by_credentials(SigninByCredentialsConnection::Password)
        .password_payload(SignInByPasswordPayloadDto::new(PASSWORD).email("lin@example.com"))
        .options(SignInOptionsDto::new().scope("openid email offline_access"))
        .await
        .unwrap();
    let id = verified(&client, tokens.id_token.unwrap().expose_secret(), "JWT").await;
    assert_eq!((&id["sub"], &id["email"]), (&user.user_id.into(), &"lin@example.com".into()));
    verified(&client, tokens.access_token.expose_secret(), "at+jwt").await;
    let again = refresh(&client, tokens.refresh_token.unwrap().expose_secret()).await.unwrap();
    client.with_access_token(again.access_token).get_profile().await.unwrap();
}

#[tokio::test]
async fn configuration_has_urls_of_the_sandbox() {
    let (sandbox, client) = start().await;
    let configuration = client.get_oidc_configuration().await.unwrap();
    assert_eq!(configuration.issuer, format!("{}/oidc", sandbox.url()));
    let configuration = serde_json::to_value(configuration).unwrap();
    let mut urls = 0;
    for (name, value) in configuration.as_object().unwrap() {
        let Some(url) = value.as_str().filter(|_| name != "issuer") else { continue };
        assert!(url.starts_with(&sandbox.url()), "{name}: {url}");
        let response = reqwest::get(url).await.unwrap();
        assert_ne!(response.status(), 404, "{name}: {url}");
        urls += 1;
    }
    assert!(urls >= 7, "{configuration}");
    assert_eq!(configuration["id_token_signing_alg_values_supported"], serde_json::json!(["RS256"]));
}
