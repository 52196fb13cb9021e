//! Access tokens, checked without asking the server.

use genauth::Error;
use genauth::oidc::{AccessTokenClaims, TokenError};
use serde_json::{Value, json};

use crate::provider::{Provider, seconds_from_now};
use crate::signing::{Key, hmac_token, signed};

fn refused(outcome: genauth::Result<AccessTokenClaims>) -> TokenError {
    match outcome {
        Err(Error::Token(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_right_access_token_tells_who_may_do_what() {
    let provider = Provider::start().await;
    let token = provider.key.token(&provider.access_claims());
    let claims = provider.client().verify_access_token(token).await.unwrap();
    assert_eq!(claims.sub.as_deref(), Some("a-user"));
    assert_eq!(claims.jti.as_deref(), Some("a-token"));
    assert_eq!(claims.iss, provider.issuer());
    assert_eq!(claims.aud, ["an-app"]);
    assert_eq!(claims.extra["plan"], json!("gold").into());
    assert!(claims.has_scope("orders:read") && !claims.has_scope("orders"), "{claims:?}");
    assert!(claims.exp > std::time::SystemTime::now());
    assert!(!format!("{claims:?}").contains("gold"), "what is not known may be anything");

    let again: AccessTokenClaims = serde_json::from_str(&serde_json::to_string(&claims).unwrap()).unwrap();
    assert_eq!((again.exp, again.extra["plan"].clone()), (claims.exp, claims.extra["plan"].clone()));
}

#[tokio::test]
async fn a_spoiled_access_token_is_refused_for_what_is_wrong_with_it() {
    let provider = Provider::start().await;
    let (client, key) = (provider.client(), &provider.key);
    let with = |name: &str, value: Value| {
        let mut claims = provider.access_claims();
        claims[name] = value;
        key.token(&claims)
    };
    let right = provider.access_claims();
    for (what, token, error) in [
        ("another audience", with("aud", json!("another-app")), TokenError::InvalidAudience),
        ("another issuer", with("iss", json!("https://evil.example")), TokenError::InvalidIssuer),
        ("expired", with("exp", json!(seconds_from_now(-90))), TokenError::Expired),
        ("from the future", with("nbf", json!(seconds_from_now(90))), TokenError::NotYetValid),
        ("of a wrong form", with("scope", json!(["orders"])), TokenError::InvalidClaim),
        ("of another key", Key::new(key.id).token(&right), TokenError::InvalidSignature),
        ("of an unknown key", Key::new("key-9").token(&right), TokenError::UnknownKey),
        ("by the app secret", hmac_token(b"an-app-secret", &right), TokenError::UnsupportedAlgorithm),
        ("by the public key", hmac_token(&key.public_pem(), &right), TokenError::UnsupportedAlgorithm),
        ("not signed", signed(&json!({ "alg": "none" }), &right, |_| Vec::new()), TokenError::UnsupportedAlgorithm),
        ("an ID token", key.token(&provider.id_claims("a-nonce")), TokenError::NotAnAccessToken),
        ("opaque", "WPsGJbvpBjqXz6IJIr1UHKyrdVF".to_owned(), TokenError::Malformed),
    ] {
        assert_eq!(refused(client.verify_access_token(token).await), error, "{what}");
    }
}

#[tokio::test]
async fn an_access_token_without_scope_says_by_its_type_what_it_is() {
    let provider = Provider::start().await;
    let claims = provider.id_claims("a-nonce");
    for kind in ["at+jwt", "application/at+JWT"] {
        let header = json!({ "alg": "RS256", "kid": provider.key.id, "typ": kind });
        provider.client().verify_access_token(provider.key.token_with(&header, &claims)).await.unwrap();
    }
}
