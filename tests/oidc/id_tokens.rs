//! Verification of ID tokens: valid ones are accepted, and invalid ones are rejected with the reason.

use std::time::{Duration, UNIX_EPOCH};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::RSA_PKCS1_SHA512;
use genauth::oidc::{IdTokenAlgorithm, Login, TokenError};
use genauth::{AuthenticationClient, Error, Result};
use serde_json::{Value, json};

use crate::callbacks::query_of;
use crate::provider::{ACCESS_TOKEN, Provider, seconds_from_now, tokens};
use crate::signing::{Key, base64url, hmac_token, signed};

const SECRET: &str = "an-app-secret-of-more-than-32-bytes";

/// A login whose ID token is made by `make` from valid claims.
async fn login(
    provider: &Provider,
    client: &AuthenticationClient,
    make: impl FnOnce(Value) -> String,
) -> Result<Login> {
    let request = client.authorization_request("https://shop.example/callback").unwrap();
    let sent = query_of(&request, client);
    let id_token = make(provider.id_claims(&sent["nonce"]));
    provider.respond_with(move |_| tokens(Some(id_token.clone())));
    client.handle_callback(&request, &format!("code=a-code&state={}", sent["state"])).await
}

fn rejection(outcome: Result<Login>) -> TokenError {
    match outcome {
        Err(Error::Token(error)) => error,
        other => panic!("the token is not rejected: {other:?}"),
    }
}

/// The claims with one changed, or removed by `null`.
fn with(mut claims: Value, name: &str, value: Value) -> Value {
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    claims
}

#[tokio::test]
async fn claim_invalid_is_rejected_with_reason() {
    let provider = Provider::start().await;
    let client = provider.client();
    let now = seconds_from_now;
    for (claim, value, error) in [
        ("iss", json!("https://evil.example/oidc"), TokenError::InvalidIssuer),
        ("iss", json!(format!("{}/", provider.issuer())), TokenError::InvalidIssuer),
        ("iss", json!([provider.issuer()]), TokenError::InvalidClaim),
        ("iss", Value::Null, TokenError::MissingClaim("iss")),
        ("aud", json!("another-app"), TokenError::InvalidAudience),
        ("aud", json!(["another-app", "a-third"]), TokenError::InvalidAudience),
        ("aud", json!([]), TokenError::InvalidAudience),
        ("aud", Value::Null, TokenError::MissingClaim("aud")),
        ("aud", json!(["an-app", "another-app"]), TokenError::MissingClaim("azp")),
        ("azp", json!("another-app"), TokenError::InvalidAuthorizedParty),
        ("exp", json!(now(-90)), TokenError::Expired),
        ("exp", Value::Null, TokenError::MissingClaim("exp")),
        ("exp", json!("tomorrow"), TokenError::InvalidClaim),
        ("exp", json!(seconds_from_now(3600).to_string()), TokenError::InvalidClaim),
        ("nbf", json!(now(90)), TokenError::NotYetValid),
        ("nbf", json!("tomorrow"), TokenError::InvalidClaim),
        ("iat", json!(now(90)), TokenError::NotYetValid),
        ("iat", Value::Null, TokenError::MissingClaim("iat")),
        ("iat", json!(-1), TokenError::InvalidClaim),
        ("iat", json!(1e300), TokenError::InvalidClaim),
        ("nonce", json!("another-login"), TokenError::InvalidNonce),
        ("nonce", json!(""), TokenError::InvalidNonce),
        ("nonce", Value::Null, TokenError::MissingClaim("nonce")),
        ("sub", Value::Null, TokenError::MissingClaim("sub")),
        ("sub", json!(7), TokenError::InvalidClaim),
        ("at_hash", json!("bm90IHRoaXMgdG9rZW4"), TokenError::InvalidAccessTokenHash),
    ] {
        let outcome = login(&provider, &client, |claims| provider.key.token(&with(claims, claim, value.clone()))).await;
        assert_eq!(rejection(outcome), error, "{claim}: {value}");
    }
}

#[tokio::test]
async fn claim_within_tolerance_is_accepted() {
    let provider = Provider::start().await;
    let client = provider.client();
    let at_hash = base64url(&digest(&SHA256, ACCESS_TOKEN.as_bytes()).as_ref()[..16]);
    for (claim, value) in [
        ("exp", json!(seconds_from_now(-30))),
        ("nbf", json!(seconds_from_now(30))),
        ("iat", json!(seconds_from_now(30))),
        ("iat", json!(seconds_from_now(0) as f64 + 0.5)),
        ("aud", json!(["an-app"])),
        ("azp", json!("an-app")),
        ("at_hash", json!(at_hash)),
        ("exp", json!(u64::from(u32::MAX) * 1000)),
    ] {
        let outcome = login(&provider, &client, |claims| provider.key.token(&with(claims, claim, value.clone()))).await;
        outcome.unwrap_or_else(|error| panic!("{claim}: {value}: {error}"));
    }
    let two = |claims| with(with(claims, "aud", json!(["another-app", "an-app"])), "azp", json!("an-app"));
    login(&provider, &client, |claims| provider.key.token(&two(claims))).await.unwrap();
}

#[tokio::test]
async fn signature_invalid_is_rejected() {
    let provider = Provider::start().await;
    let client = provider.client();
    let key = &provider.key;
    let impostor = Key::other(key.kid);

    let outcome = login(&provider, &client, |claims| impostor.token(&claims)).await;
    assert_eq!(rejection(outcome), TokenError::InvalidSignature, "another key with the same `kid`");

    let outcome = login(&provider, &client, |claims| {
        let (message, signature) = (key.token(&claims), key.token(&with(claims, "sub", json!("an-admin"))));
        let forged: Vec<_> = message.split('.').take(1).chain(signature.split('.').skip(1).take(1)).collect();
        format!("{}.{}", forged.join("."), message.rsplit('.').next().unwrap())
    });
    assert_eq!(rejection(outcome.await), TokenError::InvalidSignature, "other claims");

    let outcome = login(&provider, &client, |claims| signed(&key.header(), &claims, |_| Vec::new())).await;
    assert_eq!(rejection(outcome), TokenError::InvalidSignature, "empty signature");
}

#[tokio::test]
async fn algorithm_of_header_is_not_trusted() {
    let provider = Provider::start().await;
    let client = provider.client();
    let key = &provider.key;
    for algorithm in ["none", "None", "", "HS384", "RS384", "PS256", "ES256", "EdDSA"] {
        let header = json!({ "alg": algorithm, "kid": key.kid });
        let unsigned = login(&provider, &client, |claims| signed(&header, &claims, |_| Vec::new())).await;
        assert_eq!(rejection(unsigned), TokenError::UnsupportedAlgorithm, "{algorithm}");
        let signed = login(&provider, &client, |claims| key.token_with(&header, &claims)).await;
        assert_eq!(rejection(signed), TokenError::UnsupportedAlgorithm, "{algorithm}");
    }
    let outcome = login(&provider, &client, |claims| key.token_by(&RSA_PKCS1_SHA512, &key.header(), &claims));
    assert_eq!(rejection(outcome.await), TokenError::InvalidSignature, "RS512 with `alg` RS256");

    let outcome = login(&provider, &client, |claims| hmac_token(&key.public_pem(), &claims)).await;
    assert_eq!(rejection(outcome), TokenError::UnsupportedAlgorithm, "the public key as an HMAC secret");

    let own_key = json!({ "alg": "RS256", "kid": "its-own", "jwk": Key::other("its-own").jwk() });
    let outcome = login(&provider, &client, |claims| Key::other("its-own").token_with(&own_key, &claims)).await;
    assert_eq!(rejection(outcome), TokenError::UnknownKey, "a key in its own header");
}

#[tokio::test]
async fn hs256_is_verified_with_app_secret_if_allowed() {
    let provider = Provider::start().await;
    let allowed = [IdTokenAlgorithm::Rs256, IdTokenAlgorithm::Hs256];
    let client = provider.builder().app_secret(SECRET).id_token_algorithms(allowed).build().unwrap();
    login(&provider, &client, |claims| hmac_token(SECRET.as_bytes(), &claims)).await.unwrap();
    login(&provider, &client, |claims| provider.key.token(&claims)).await.unwrap();
    let outcome = login(&provider, &client, |claims| hmac_token(b"another-secret", &claims)).await;
    assert_eq!(rejection(outcome), TokenError::InvalidSignature);
    let outcome = login(&provider, &client, |claims| hmac_token(&provider.key.public_pem(), &claims)).await;
    assert_eq!(rejection(outcome), TokenError::InvalidSignature, "the public key as an HMAC secret");

    let rs256 = provider.builder().app_secret(SECRET).build().unwrap();
    let outcome = login(&provider, &rs256, |claims| hmac_token(SECRET.as_bytes(), &claims)).await;
    assert_eq!(rejection(outcome), TokenError::UnsupportedAlgorithm, "by default");

    let only = [IdTokenAlgorithm::Hs256];
    let hs256 = provider.builder().app_secret(SECRET).id_token_algorithms(only).build().unwrap();
    let outcome = login(&provider, &hs256, |claims| provider.key.token(&claims)).await;
    assert_eq!(rejection(outcome), TokenError::UnsupportedAlgorithm, "RS256 where it is not allowed");

    for builder in [provider.builder(), provider.builder().app_secret("x"), provider.builder().app_secret("")] {
        let error = builder.id_token_algorithms(only).build().unwrap_err();
        assert!(error.to_string().contains("32 bytes"), "{error}");
    }
}

#[tokio::test]
async fn claim_that_is_no_proof_cannot_cost_the_login() {
    let provider = Provider::start().await;
    let client = provider.client();
    for (claim, value) in [
        ("email_verified", json!("true")),
        ("phone_number_verified", json!("false")),
        ("amr", json!("pwd")),
        ("amr", Value::Null),
        ("acr", json!(1)),
        ("gender", json!(1)),
        ("auth_time", json!("1584215370")),
        ("auth_time", json!({})),
        ("sid", json!([])),
        ("address", json!("a street")),
        ("updated_at", json!(1_584_215_370)),
    ] {
        let odd = |mut claims: Value| {
            claims[claim] = value.clone();
            provider.key.token(&claims)
        };
        let login = login(&provider, &client, odd).await.unwrap_or_else(|error| panic!("{claim}: {value}: {error}"));
        let claims = login.claims;
        match (claim, &value) {
            ("email_verified", _) => assert_eq!(claims.user.email_verified, Some(true)),
            ("phone_number_verified", _) => assert_eq!(claims.user.phone_number_verified, Some(false)),
            ("amr", Value::String(_)) => assert_eq!(claims.amr, ["pwd"]),
            ("acr", _) => assert_eq!(claims.acr.as_deref(), Some("1")),
            ("gender", _) => assert_eq!(claims.user.gender.as_deref(), Some("1")),
            ("auth_time", Value::String(_)) => {
                assert_eq!(claims.auth_time, Some(UNIX_EPOCH + Duration::from_secs(1_584_215_370)));
            }
            _ => assert_eq!(claims.user.sub, "a-user"),
        }
    }
}

#[tokio::test]
async fn token_of_another_type_is_rejected() {
    let provider = Provider::start().await;
    let client = provider.client();
    for typ in ["logout+jwt", "at+jwt", "secevent+jwt"] {
        let header = json!({ "alg": "RS256", "kid": provider.key.kid, "typ": typ });
        let outcome = login(&provider, &client, |claims| provider.key.token_with(&header, &claims)).await;
        assert_eq!(rejection(outcome), TokenError::NotAnIdToken, "{typ}");
    }
}

#[tokio::test]
async fn token_malformed_is_rejected() {
    let provider = Provider::start().await;
    let client = provider.client();
    let key = &provider.key;
    let header = |extra: Value| {
        let mut header = key.header();
        header.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        header
    };
    for (header, error) in [
        (header(json!({ "crit": ["exp"] })), TokenError::UnsupportedCriticalHeader),
        (header(json!({ "crit": "b64", "b64": false })), TokenError::UnsupportedCriticalHeader),
        (header(json!({ "kid": 7 })), TokenError::Malformed),
        (json!({ "kid": key.kid }), TokenError::Malformed),
        (json!(["RS256"]), TokenError::Malformed),
    ] {
        let outcome = login(&provider, &client, |claims| key.token_with(&header, &claims)).await;
        assert_eq!(rejection(outcome), error, "{header}");
    }
    for token in [".", "..", "a-ZQXJ-token", "a.b.c", "e30.e30.e30", "é.é.é"] {
        assert_eq!(rejection(login(&provider, &client, |_| token.to_owned()).await), TokenError::Malformed, "{token}");
    }
    for break_token in
        [|t: String| t + ".x", |t: String| t + "=", |t: String| format!(" {t}"), |t: String| t.replace('.', "")]
    {
        let outcome = login(&provider, &client, |claims| break_token(key.token(&claims))).await;
        assert_eq!(rejection(outcome), TokenError::Malformed);
    }
    let outcome = login(&provider, &client, |_| key.token(&json!(["no", "claims"]))).await;
    assert_eq!(rejection(outcome), TokenError::Malformed);
}

#[tokio::test]
async fn issuer_of_builder_replaces_default() {
    let provider = Provider::start().await;
    let client = provider.builder().issuer("https://id.shop.example").build().unwrap();
    let claims = |claims| with(claims, "iss", json!("https://id.shop.example"));
    login(&provider, &client, |default| provider.key.token(&claims(default))).await.unwrap();
    let outcome = login(&provider, &client, |claims| provider.key.token(&claims)).await;
    assert_eq!(rejection(outcome), TokenError::InvalidIssuer);
}

#[tokio::test]
async fn login_and_error_never_show_tokens() {
    let provider = Provider::start().await;
    let client = provider.client();
    let shown = format!("{:?}", login(&provider, &client, |claims| provider.key.token(&claims)).await.unwrap());
    assert!(!shown.contains("ZQXJ") && !shown.contains("eyJ"), "{shown}");
    let rejected = login(&provider, &client, |claims| provider.key.token(&with(claims, "aud", json!("ZQXJ")))).await;
    let error = rejected.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("ZQXJ") && !shown.contains("eyJ"), "{shown}");
    assert!(matches!(error, Error::Token(TokenError::InvalidAudience)), "{error}");
}
