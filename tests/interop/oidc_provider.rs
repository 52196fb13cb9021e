//! Interoperability with an independent, certified OpenID Connect provider: npm's `oidc-provider`.
//!
//! `just test-interop` installs the provider and runs it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

use genauth::oidc::{AuthorizationRequest, IdTokenAlgorithm, Login, TokenError, TokenManager, TokenSet};
use genauth::reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use genauth::reqwest::{self, Response, Url, redirect};
use genauth::types::OauthTokenTypeHint;
use genauth::{AuthenticationClient, ClientAuthMethod, Error, OAuthErrorCode};

const CALLBACK: &str = "https://shop.example/callback";
const SECRET: &str = "a secret: with + and % and & in it";

/// The provider as a process; it ends when this is dropped.
struct Provider {
    process: Child,
    /// Kept open, so that the process can write its log.
    _output: BufReader<ChildStdout>,
    host: String,
}

impl Provider {
    fn start() -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/oidc-provider");
        let mut command = Command::new("node");
        command.arg("server.mjs").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("node is installed");
        let mut port = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut port).unwrap();
        assert!(!port.is_empty(), "run `npm ci --prefix tests/interop/oidc-provider` first");
        Self { process, _output: output, host: format!("http://127.0.0.1:{}", port.trim()) }
    }

    fn client(&self, app_id: &str, auth: ClientAuthMethod) -> AuthenticationClient {
        let builder =
            AuthenticationClient::builder().app_id(app_id).app_host(&self.host).token_endpoint_auth_method(auth);
        let builder = match auth {
            ClientAuthMethod::None => builder,
            ClientAuthMethod::ClientSecretPost => builder.app_secret(SECRET),
            // The application whose ID tokens are signed with its secret.
            ClientAuthMethod::ClientSecretBasic => {
                builder.app_secret(SECRET).id_token_algorithms([IdTokenAlgorithm::Hs256])
            }
        };
        builder.build().unwrap()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// As much of a browser as a login takes: cookies and redirects.
#[derive(Default)]
struct Browser {
    cookies: BTreeMap<String, String>,
}

impl Browser {
    async fn send(&mut self, request: reqwest::RequestBuilder) -> Response {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = request.header(COOKIE, cookies.join("; ")).send().await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            match value {
                "" => self.cookies.remove(name),
                _ => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        response
    }

    /// Opens the URL, logs in, consents, and returns the callback's URL.
    async fn log_in(&mut self, mut url: Url) -> String {
        let http = http();
        let mut forms = ["prompt=login&login=lin&password=x", "prompt=consent"].into_iter();
        loop {
            if url.as_str().starts_with(CALLBACK) {
                return url.into();
            }
            let mut response = self.send(http.get(url.clone())).await;
            if response.status().is_success() {
                let form = forms.next().expect("more than two pages: one to log in, one to consent");
                let post = http.post(url.clone()).header("content-type", "application/x-www-form-urlencoded");
                response = self.send(post.body(form)).await;
            }
            let status = response.status();
            assert!(status.is_redirection(), "{status}: {}", response.text().await.unwrap());
            url = url.join(response.headers()[LOCATION].to_str().unwrap()).unwrap();
        }
    }
}

fn http() -> &'static reqwest::Client {
    static HTTP: OnceLock<reqwest::Client> = OnceLock::new();
    HTTP.get_or_init(|| reqwest::Client::builder().redirect(redirect::Policy::none()).build().unwrap())
}

async fn log_in(client: &AuthenticationClient) -> Login {
    let request = client.authorization_request(CALLBACK).unwrap().scope("openid profile email offline_access");
    let stored = serde_json::to_string(&request).unwrap();
    let callback = Browser::default().log_in(request.to_url(client).unwrap()).await;
    let request: AuthorizationRequest = serde_json::from_str(&stored).unwrap();
    client.handle_callback(&request, &callback).await.unwrap()
}

/// Introspects, refreshes and revokes tokens, with the client's authentication method.
async fn use_tokens(client: &AuthenticationClient, tokens: &TokenSet) {
    let user = client.get_user_info_by_access_token(tokens.access_token.clone()).await.unwrap();
    assert_eq!((&*user.sub, user.nickname.as_deref()), ("lin", Some("lin")));

    let introspected = client.introspect_token(tokens.access_token.clone()).await.unwrap();
    assert!(introspected.active, "{introspected:?}");
    assert_eq!(introspected.sub.as_deref(), Some("lin"));

    let old = tokens.refresh_token.clone().expect("no refresh token in spite of offline_access");
    let new = client.get_new_access_token_by_refresh_token(old.clone()).await.unwrap();
    let refresh_token = new.refresh_token.expect("the refresh token was not rotated");
    assert_ne!(refresh_token, old);
    assert!(client.introspect_token(new.access_token.clone()).await.unwrap().active);

    client.revoke_token(new.access_token.clone()).token_type_hint(OauthTokenTypeHint::AccessToken).await.unwrap();
    assert!(!client.introspect_token(new.access_token.clone()).await.unwrap().active);
    let error = client.get_user_info_by_access_token(new.access_token).await.unwrap_err();
    assert!(matches!(&error, Error::OAuth(error) if error.error == OAuthErrorCode::InvalidToken), "{error:?}");

    // Reusing a rotated refresh token suggests theft, so it revokes its successors.
    for used in [old, refresh_token] {
        let error = client.get_new_access_token_by_refresh_token(used).await.unwrap_err();
        assert!(matches!(&error, Error::OAuth(error) if error.error == OAuthErrorCode::InvalidGrant), "{error:?}");
    }
}

#[tokio::test]
async fn client_secret_post_logs_in() {
    let provider = Provider::start();
    let client = provider.client("post-app", ClientAuthMethod::ClientSecretPost);
    let login = log_in(&client).await;
    assert_eq!(login.claims.user.sub, "lin");
    assert_eq!(login.claims.iss, client.get_oidc_configuration().await.unwrap().issuer);
    use_tokens(&client, &login.tokens).await;

    let program = client.get_access_token_by_client_credentials("", "post-app", SECRET).await.unwrap();
    assert!(client.introspect_token(program.access_token).await.unwrap().active);
}

#[tokio::test]
async fn client_secret_basic_with_hs256_logs_in() {
    let provider = Provider::start();
    let client = provider.client("basic-app", ClientAuthMethod::ClientSecretBasic);
    let login = log_in(&client).await;
    assert_eq!(login.claims.user.sub, "lin");
    use_tokens(&client, &login.tokens).await;
}

#[tokio::test]
async fn public_client_logs_in() {
    let provider = Provider::start();
    let client = provider.client("public-app", ClientAuthMethod::None);
    let login = log_in(&client).await;
    assert_eq!(login.claims.user.sub, "lin");
    use_tokens(&client, &login.tokens).await;
}

#[tokio::test]
async fn client_secret_wrong_is_invalid_client() {
    let provider = Provider::start();
    for (app, auth) in
        [("post-app", ClientAuthMethod::ClientSecretPost), ("basic-app", ClientAuthMethod::ClientSecretBasic)]
    {
        let builder = AuthenticationClient::builder().app_id(app).app_host(&provider.host).app_secret("wrong");
        let error =
            builder.token_endpoint_auth_method(auth).build().unwrap().introspect_token("a-token").await.unwrap_err();
        assert!(matches!(&error, Error::OAuth(error) if error.error == OAuthErrorCode::InvalidClient), "{error:?}");
    }
}

#[tokio::test]
async fn access_token_is_verified_locally_with_jwks() {
    let provider = Provider::start();
    let client = provider.client("jwt-app", ClientAuthMethod::ClientSecretPost);
    let request = client.authorization_request(CALLBACK).unwrap().scope("openid orders offline_access");
    let callback = Browser::default().log_in(request.to_url(&client).unwrap()).await;
    let login = client.handle_callback(&request, &callback).await.unwrap();
    let claims = client.verify_access_token(login.tokens.access_token).await.unwrap();
    assert_eq!(claims.sub.as_deref(), Some("lin"));
    assert!(claims.has_scope("orders"), "{claims:?}");

    let id_token = login.tokens.id_token.unwrap();
    let error = client.verify_access_token(id_token).await.unwrap_err();
    assert!(matches!(error, Error::Token(TokenError::NotAnAccessToken)), "{error:?}");
}

#[tokio::test]
async fn manager_refreshes_expired_token() {
    let provider = Provider::start();
    let client = provider.client("public-app", ClientAuthMethod::None);
    let tokens = log_in(&client).await.tokens;
    let mut expired = serde_json::to_value(&tokens).unwrap();
    expired["expires_at"] = expired["obtained_at"].clone();
    let manager = TokenManager::new(&client, serde_json::from_value(expired).unwrap());
    let token = manager.access_token().await.unwrap();
    assert_ne!(token, tokens.access_token);
    assert_ne!(manager.tokens().refresh_token, tokens.refresh_token);
    assert_eq!(client.get_user_info_by_access_token(token).await.unwrap().sub, "lin");
}

#[tokio::test]
async fn code_with_wrong_verifier_is_invalid_grant() {
    let provider = Provider::start();
    let client = provider.client("public-app", ClientAuthMethod::None);
    let request = client.authorization_request(CALLBACK).unwrap();
    let callback = Browser::default().log_in(request.to_url(&client).unwrap()).await;
    let code = Url::parse(&callback).unwrap().query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let stolen = client
        .get_access_token_by_code(code, CALLBACK)
        .code_verifier("a-verifier-of-somebody-else-that-is-long-enough");
    let error = stolen.await.unwrap_err();
    assert!(matches!(&error, Error::OAuth(error) if error.error == OAuthErrorCode::InvalidGrant), "{error:?}");
}

#[tokio::test]
async fn logout_url_is_accepted_and_unlisted_redirect_rejected() {
    let provider = Provider::start();
    let client = provider.client("public-app", ClientAuthMethod::None);
    let tokens = log_in(&client).await.tokens;
    let url = client
        .build_logout_url()
        .id_token_hint(tokens.id_token.clone().unwrap())
        .post_logout_redirect_uri("https://shop.example/bye")
        .state("a state");
    let page = http().get(url.to_url().unwrap()).send().await.unwrap();
    assert!(page.status().is_success());
    let url = client.build_logout_url().id_token_hint(tokens.id_token.unwrap());
    let url = url.post_logout_redirect_uri("https://evil.example/");
    let page = http().get(url.to_url().unwrap()).send().await.unwrap();
    assert!(page.status().is_client_error(), "a redirect URI that the application does not list is accepted");
}
