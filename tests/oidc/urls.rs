//! Any value is encoded into a URL and decoded unchanged, and none changes the URL's host or path.

use std::sync::LazyLock;

use genauth::AuthenticationClient;
use genauth::types::{OauthPrompt, OauthResponseMode, PkceMethod};
use proptest::prelude::*;

static CLIENT: LazyLock<AuthenticationClient> = LazyLock::new(|| {
    AuthenticationClient::builder().app_id("an/app?&").app_host("https://example.genauth.ai").build().unwrap()
});

fn check(url: &reqwest::Url, path: &str, expected: &[(&str, &str)]) -> Result<(), TestCaseError> {
    prop_assert_eq!(url.origin().ascii_serialization(), "https://example.genauth.ai");
    prop_assert_eq!(url.path(), path);
    prop_assert_eq!((url.fragment(), url.username(), url.password()), (None, "", None));
    // The other side parses a string.
    let read = reqwest::Url::parse(url.as_str()).unwrap();
    let mut pairs: Vec<(String, String)> = read.query_pairs().into_owned().collect();
    let mut expected: Vec<(String, String)> = expected.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
    pairs.sort();
    expected.sort();
    prop_assert_eq!(pairs, expected);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn authorize_url_encodes_any_value(values in prop::collection::vec(any::<String>(), 8)) {
        let [redirect, scope, state, nonce, prompt, challenge, tenant, mode] = &values[..] else { unreachable!() };
        let url = CLIENT
            .build_authorize_url(redirect, scope)
            .state(state)
            .nonce(nonce)
            .prompt(OauthPrompt::from(prompt.as_str()))
            .code_challenge(challenge)
            .code_challenge_method(PkceMethod::S256)
            .tenant_id(tenant)
            .response_mode(OauthResponseMode::from(mode.as_str()))
            .to_url()
            .unwrap();
        check(&url, "/oidc/auth", &[
            ("client_id", "an/app?&"), ("response_type", "code"), ("redirect_uri", redirect), ("scope", scope),
            ("state", state), ("nonce", nonce), ("prompt", prompt), ("code_challenge", challenge),
            ("code_challenge_method", "S256"), ("tenantId", tenant), ("response_mode", mode),
        ])?;
    }

    #[test]
    fn oauth_authorize_url_encodes_any_value(redirect: String, scope: String, state: String) {
        let url = CLIENT.build_oauth_authorize_url(&redirect, &scope).state(&state).to_url().unwrap();
        check(&url, "/oauth/auth", &[
            ("client_id", "an/app?&"), ("response_type", "code"), ("redirect_uri", &redirect), ("scope", &scope),
            ("state", &state),
        ])?;
    }

    #[test]
    fn logout_url_encodes_any_value(redirect: String, token: String, state: String) {
        let builder = CLIENT.build_logout_url().post_logout_redirect_uri(&redirect);
        let url = builder.id_token_hint(token.as_str()).state(&state).to_url().unwrap();
        let expected = [("post_logout_redirect_uri", &*redirect), ("id_token_hint", &token), ("state", &state)];
        check(&url, "/oidc/session/end", &expected)?;
        let url = CLIENT.build_profile_logout_url().redirect_uri(&redirect).to_url().unwrap();
        check(&url, "/login/profile/logout", &[("redirect_uri", &redirect)])?;
    }

    #[test]
    fn authorization_request_url_encodes_any_value(redirect: String, scope in "[^ ]{0,20}", tenant: String) {
        let scope = format!("openid {scope}");
        let request = CLIENT.authorization_request(&redirect).unwrap().scope(&scope).tenant_id(&tenant);
        let url = request.to_url(&CLIENT).unwrap();
        prop_assert_eq!(url.path(), "/oidc/auth");
        let read: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
        prop_assert_eq!(&read["redirect_uri"], &redirect);
        prop_assert_eq!(&read["scope"], &scope);
        prop_assert_eq!(&read["tenantId"], &tenant);
    }
}
