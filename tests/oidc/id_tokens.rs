//! ID tokens: the right one is accepted, and each that is spoiled is refused for what is wrong with it.

use genauth::oidc::{Login, TokenError};
use genauth::{AuthenticationClient, Error, Result};
use openssl::hash::MessageDigest;
use serde_json::{Value, json};

use crate::callbacks::query_of;
use crate::provider::{ACCESS_TOKEN, Provider, seconds_from_now, tokens};
use crate::signing::{Key, base64url, hmac_token, signed};

const SECRET: &str = "an-app-secret";

/// A login whose ID token is made by `make`, of the right claims.
async fn login(
    provider: &Provider,
    client: &AuthenticationClient,
    make: impl FnOnce(Value) -> String,
) -> Result<Login> {
    let request = client.authorization_request("https://shop.example/callback").unwrap();
    let sent = query_of(&request, client);
    let id_token = make(provider.id_claims(&sent["nonce"]));
    provider.answer_tokens(move |_| tokens(Some(id_token.clone())));
    client.handle_callback(&request, &format!("code=a-code&state={}", sent["state"])).await
}

fn refused(outcome: Result<Login>) -> TokenError {
    match outcome {
        Err(Error::Token(error)) => error,
        other => panic!("{other:?}"),
    }
}

/// The claims with one changed, or left out.
fn with(mut claims: Value, name: &str, value: Value) -> Value {
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    claims
}

#[tokio::test]
async fn claims_that_are_not_those_of_this_login_are_refused_each_for_its_reason() {
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
        ("exp", json!("tomorrow"), TokenError::MissingClaim("exp")),
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
        assert_eq!(refused(outcome), error, "{claim}: {value}");
    }
}

#[tokio::test]
async fn claims_at_the_edge_of_what_is_right_are_accepted() {
    let provider = Provider::start().await;
    let client = provider.client();
    let at_hash = base64url(&openssl::sha::sha256(ACCESS_TOKEN.as_bytes())[..16]);
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
async fn a_signature_that_is_not_the_providers_is_refused() {
    let provider = Provider::start().await;
    let client = provider.client();
    let key = &provider.key;
    let impostor = Key::new(key.id);

    let outcome = login(&provider, &client, |claims| impostor.token(&claims)).await;
    assert_eq!(refused(outcome), TokenError::InvalidSignature, "another key of the same name");

    let outcome = login(&provider, &client, |claims| {
        let (message, signature) = (key.token(&claims), key.token(&with(claims, "sub", json!("an-admin"))));
        let forged: Vec<_> = message.split('.').take(1).chain(signature.split('.').skip(1).take(1)).collect();
        format!("{}.{}", forged.join("."), message.rsplit('.').next().unwrap())
    });
    assert_eq!(refused(outcome.await), TokenError::InvalidSignature, "another content");

    let outcome = login(&provider, &client, |claims| signed(&key.header(), &claims, |_| Vec::new())).await;
    assert_eq!(refused(outcome), TokenError::InvalidSignature, "none");
}

#[tokio::test]
async fn the_token_does_not_decide_on_its_algorithm() {
    let provider = Provider::start().await;
    let client = provider.client();
    let key = &provider.key;
    for algorithm in ["none", "None", "", "HS384", "RS384", "PS256", "ES256", "EdDSA"] {
        let header = json!({ "alg": algorithm, "kid": key.id });
        let unsigned = login(&provider, &client, |claims| signed(&header, &claims, |_| Vec::new())).await;
        assert_eq!(refused(unsigned), TokenError::UnsupportedAlgorithm, "{algorithm}");
        let signed = login(&provider, &client, |claims| key.token_with(&header, &claims)).await;
        assert_eq!(refused(signed), TokenError::UnsupportedAlgorithm, "{algorithm}");
    }
    let outcome = login(&provider, &client, |claims| key.token_by(MessageDigest::sha512(), &key.header(), &claims));
    assert_eq!(refused(outcome.await), TokenError::InvalidSignature, "RS512 that says RS256");

    let outcome = login(&provider, &client, |claims| hmac_token(&key.public_pem(), &claims)).await;
    assert_eq!(refused(outcome), TokenError::InvalidSignature, "the public key as an HMAC secret");

    let own_key = json!({ "alg": "RS256", "kid": "its-own", "jwk": Key::new("its-own").jwk() });
    let outcome = login(&provider, &client, |claims| Key::new("its-own").token_with(&own_key, &claims)).await;
    assert_eq!(refused(outcome), TokenError::UnknownKey, "a key that it brings along");
}

#[tokio::test]
async fn hs256_takes_the_applications_own_secret() {
    let provider = Provider::start().await;
    login(&provider, &provider.client(), |claims| hmac_token(SECRET.as_bytes(), &claims)).await.unwrap();

    let outcome = login(&provider, &provider.client(), |claims| hmac_token(b"another-secret", &claims)).await;
    assert_eq!(refused(outcome), TokenError::InvalidSignature);
    let public = provider.builder().build().unwrap();
    let outcome = login(&provider, &public, |claims| hmac_token(SECRET.as_bytes(), &claims)).await;
    assert_eq!(refused(outcome), TokenError::UnsupportedAlgorithm, "no secret to check it with");
    let empty = provider.builder().app_secret("").build().unwrap();
    // To HMAC, which fills keys up with zeros, this is the empty one; OpenSSL does not take that.
    let outcome = login(&provider, &empty, |claims| hmac_token(b"\0", &claims)).await;
    assert_eq!(refused(outcome), TokenError::UnsupportedAlgorithm, "an empty secret is everybody's");
}

#[tokio::test]
async fn what_is_no_token_is_refused() {
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
        (json!({ "kid": key.id }), TokenError::Malformed),
        (json!(["RS256"]), TokenError::Malformed),
    ] {
        let outcome = login(&provider, &client, |claims| key.token_with(&header, &claims)).await;
        assert_eq!(refused(outcome), error, "{header}");
    }
    for token in ["", ".", "..", "a-ZQXJ-token", "a.b.c", "e30.e30.e30", "é.é.é"] {
        assert_eq!(refused(login(&provider, &client, |_| token.to_owned()).await), TokenError::Malformed, "{token}");
    }
    let right = |claims: &Value| key.token(claims);
    for spoil in
        [|t: String| t + ".x", |t: String| t + "=", |t: String| format!(" {t}"), |t: String| t.replace('.', "")]
    {
        let outcome = login(&provider, &client, |claims| spoil(right(&claims))).await;
        assert_eq!(refused(outcome), TokenError::Malformed);
    }
    let outcome = login(&provider, &client, |_| key.token(&json!(["no", "claims"]))).await;
    assert_eq!(refused(outcome), TokenError::Malformed);
}

#[tokio::test]
async fn another_issuer_is_accepted_when_it_is_the_one_that_was_set() {
    let provider = Provider::start().await;
    let client = provider.builder().issuer("https://id.shop.example").build().unwrap();
    let claims = |claims| with(claims, "iss", json!("https://id.shop.example"));
    login(&provider, &client, |right| provider.key.token(&claims(right))).await.unwrap();
    let outcome = login(&provider, &client, |claims| provider.key.token(&claims)).await;
    assert_eq!(refused(outcome), TokenError::InvalidIssuer);
}

#[tokio::test]
async fn no_refusal_and_no_login_shows_a_token() {
    let provider = Provider::start().await;
    let client = provider.client();
    let shown = format!("{:?}", login(&provider, &client, |claims| provider.key.token(&claims)).await.unwrap());
    assert!(!shown.contains("ZQXJ") && !shown.contains("eyJ"), "{shown}");
    let spoiled = login(&provider, &client, |claims| provider.key.token(&with(claims, "aud", json!("ZQXJ")))).await;
    let error = spoiled.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("ZQXJ") && !shown.contains("eyJ"), "{shown}");
    assert_eq!(error.to_string(), "the token is refused: it is for another application");
}
