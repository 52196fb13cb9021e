//! Local verification of access tokens.

use std::time::SystemTime;

use genauth::Error;
use genauth::oidc::{AccessTokenClaims, TokenError};
use serde_json::{Value, json};

use crate::provider::{Provider, seconds_from_now};
use crate::signing::{Key, hmac_token, signed};

fn rejection(outcome: genauth::Result<AccessTokenClaims>) -> TokenError {
    match outcome {
        Err(Error::Token(error)) => error,
        other => panic!("the token is not rejected: {other:?}"),
    }
}

#[tokio::test]
async fn access_token_valid_yields_claims() {
    let provider = Provider::start().await;
    let token = provider.key.token(&provider.access_claims());
    let claims = provider.client().verify_access_token(token).await.unwrap();
    assert_eq!(claims.sub.as_deref(), Some("a-user"));
    assert_eq!(claims.jti.as_deref(), Some("a-token"));
    assert_eq!(claims.iss, provider.issuer());
    assert_eq!(claims.aud, ["an-app"]);
    assert_eq!(claims.extra["plan"], json!("gold").into());
    assert!(claims.has_scope("orders:read") && !claims.has_scope("orders"), "{claims:?}");
    assert!(claims.exp > SystemTime::now());
    assert!(!format!("{claims:?}").contains("gold"), "an unknown claim, which may be secret, is shown");

    let again: AccessTokenClaims = serde_json::from_str(&serde_json::to_string(&claims).unwrap()).unwrap();
    assert_eq!((again.exp, again.extra["plan"].clone()), (claims.exp, claims.extra["plan"].clone()));
}

#[tokio::test]
async fn access_token_invalid_is_rejected_with_reason() {
    let provider = Provider::start().await;
    let (client, key) = (provider.client(), &provider.key);
    let with = |name: &str, value: Value| {
        let mut claims = provider.access_claims();
        claims[name] = value;
        key.token(&claims)
    };
    let typed = |typ: &str| json!({ "alg": "RS256", "kid": key.kid, "typ": typ });
    let valid = provider.access_claims();
    for (case, token, error) in [
        ("another audience", with("aud", json!("another-app")), TokenError::InvalidAudience),
        ("another issuer", with("iss", json!("https://evil.example")), TokenError::InvalidIssuer),
        ("expired", with("exp", json!(seconds_from_now(-90))), TokenError::Expired),
        ("not yet valid", with("nbf", json!(seconds_from_now(90))), TokenError::NotYetValid),
        ("claim of another type", with("sub", json!(["a-user"])), TokenError::InvalidClaim),
        ("issued in the future", with("iat", json!(seconds_from_now(90))), TokenError::NotYetValid),
        ("with the nonce of an ID token", with("nonce", json!("n")), TokenError::NotAnAccessToken),
        ("with the hash of an ID token", with("at_hash", json!("h")), TokenError::NotAnAccessToken),
        ("with the events of a logout token", with("events", json!({})), TokenError::NotAnAccessToken),
        ("of another type", key.token_with(&typed("logout+jwt"), &valid), TokenError::NotAnAccessToken),
        ("signed by another key", Key::other(key.kid).token(&valid), TokenError::InvalidSignature),
        ("unknown `kid`", Key::other("key-9").token(&valid), TokenError::UnknownKey),
        ("HMAC with the app secret", hmac_token(b"an-app-secret", &valid), TokenError::UnsupportedAlgorithm),
        ("HMAC with the public key", hmac_token(&key.public_pem(), &valid), TokenError::UnsupportedAlgorithm),
        ("unsigned", signed(&json!({ "alg": "none" }), &valid, |_| Vec::new()), TokenError::UnsupportedAlgorithm),
        ("an ID token", key.token(&provider.id_claims("a-nonce")), TokenError::NotAnAccessToken),
        ("opaque", "WPsGJbvpBjqXz6IJIr1UHKyrdVF".to_owned(), TokenError::Malformed),
    ] {
        assert_eq!(rejection(client.verify_access_token(token).await), error, "{case}");
    }
}

#[tokio::test]
async fn access_token_without_scope_is_accepted_by_its_type() {
    let provider = Provider::start().await;
    let mut claims = provider.access_claims();
    claims.as_object_mut().unwrap().remove("scope");
    for typ in ["at+jwt", "application/at+JWT"] {
        let header = json!({ "alg": "RS256", "kid": provider.key.kid, "typ": typ });
        provider.client().verify_access_token(provider.key.token_with(&header, &claims)).await.unwrap();
    }
}

#[tokio::test]
async fn access_token_with_odd_claims_is_accepted() {
    let provider = Provider::start().await;
    for (name, value, scope) in [
        ("scope", json!(["openid", "profile"]), Some("openid profile")),
        ("scope", json!({ "openid": true }), None),
        ("jti", json!([1]), Some("openid orders:read")),
    ] {
        let mut claims = provider.access_claims();
        claims[name] = value;
        let claims = provider.client().verify_access_token(provider.key.token(&claims)).await.unwrap();
        assert_eq!(claims.scope.as_deref(), scope, "{claims:?}");
    }
}
