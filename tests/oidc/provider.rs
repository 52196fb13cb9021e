//! A provider whose keys and responses the test chooses.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::routing::{get, post};
use axum::{Json, Router};
use genauth::{AuthenticationClient, ClientBuilder, RetryPolicy};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::signing::Key;

pub const APP_ID: &str = "an-app";
pub const ACCESS_TOKEN: &str = "an-access-token-ZQXJ";

pub type Form = HashMap<String, String>;
type Response = (StatusCode, Value);
type Respond = Box<dyn FnMut(&Form) -> Response + Send>;

/// Serves until it is dropped.
pub struct Provider {
    pub key: Key,
    address: SocketAddr,
    endpoints: Arc<Endpoints>,
    task: JoinHandle<()>,
}

struct Endpoints {
    keys: Mutex<Response>,
    keys_cache_control: Mutex<&'static str>,
    keys_of_app: Mutex<Value>,
    configuration: Mutex<Option<Value>>,
    keys_fetched: AtomicUsize,
    keys_delay: Mutex<Duration>,
    tokens: Mutex<Respond>,
    token_delay: Mutex<Duration>,
    forms: Mutex<Vec<Form>>,
}

impl Provider {
    pub async fn start() -> Self {
        let key = Key::provider();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let endpoints = Arc::new(Endpoints {
            keys: Mutex::new((StatusCode::OK, json!({ "keys": [key.jwk()] }))),
            keys_fetched: AtomicUsize::new(0),
            keys_cache_control: Mutex::default(),
            keys_of_app: Mutex::new(json!({ "keys": [] })),
            configuration: Mutex::default(),
            keys_delay: Mutex::default(),
            tokens: Mutex::new(Box::new(|_| (StatusCode::BAD_REQUEST, json!({ "error": "invalid_grant" })))),
            token_delay: Mutex::default(),
            forms: Mutex::default(),
        });
        let router = Router::new()
            .route("/oidc/.well-known/jwks.json", get(keys))
            .route("/oidc/.well-known/openid-configuration", get(configuration))
            .route("/oidc/keys", get(keys_of_app))
            .route("/oidc/token", post(token))
            .route("/oidc/token/revocation", post(token))
            .with_state(Arc::clone(&endpoints));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { key, address, endpoints, task }
    }

    pub fn issuer(&self) -> String {
        format!("http://{}/oidc", self.address)
    }

    pub fn builder(&self) -> ClientBuilder {
        let host = format!("http://{}/", self.address);
        AuthenticationClient::builder().app_id(APP_ID).app_host(host).retry_policy(RetryPolicy::never())
    }

    pub fn client(&self) -> AuthenticationClient {
        self.builder().app_secret("an-app-secret").build().unwrap()
    }

    pub fn serve_keys(&self, keys: &[Value]) {
        *self.endpoints.keys.lock().unwrap() = (StatusCode::OK, json!({ "keys": keys }));
    }

    /// Serves these keys at another URL.
    pub fn serve_keys_of_app(&self, keys: &[Value]) {
        *self.endpoints.keys_of_app.lock().unwrap() = json!({ "keys": keys });
    }

    /// Serves this OpenID Connect configuration.
    pub fn configure(&self, configuration: Value) {
        *self.endpoints.configuration.lock().unwrap() = Some(configuration);
    }

    /// Sets the `Cache-Control` of the keys.
    pub fn cache_keys(&self, cache_control: &'static str) {
        *self.endpoints.keys_cache_control.lock().unwrap() = cache_control;
    }

    pub fn fail_keys(&self) {
        *self.endpoints.keys.lock().unwrap() = (StatusCode::BAD_GATEWAY, Value::Null);
    }

    pub fn delay_keys(&self, time: Duration) {
        *self.endpoints.keys_delay.lock().unwrap() = time;
    }

    /// How often the keys were fetched.
    pub fn keys_fetched(&self) -> usize {
        self.endpoints.keys_fetched.load(SeqCst)
    }

    /// Sets the response of the token and the revocation endpoint.
    pub fn respond_with(&self, respond: impl FnMut(&Form) -> Response + Send + 'static) {
        *self.endpoints.tokens.lock().unwrap() = Box::new(respond);
    }

    pub fn delay_tokens(&self, time: Duration) {
        *self.endpoints.token_delay.lock().unwrap() = time;
    }

    /// The forms sent to the token and the revocation endpoint.
    pub fn forms(&self) -> Vec<Form> {
        self.endpoints.forms.lock().unwrap().clone()
    }

    /// The claims of a valid ID token.
    pub fn id_claims(&self, nonce: &str) -> Value {
        json!({
            "iss": self.issuer(), "aud": APP_ID, "sub": "a-user", "nonce": nonce,
            "iat": seconds_from_now(0), "exp": seconds_from_now(3600),
        })
    }

    /// The claims of a valid access token.
    pub fn access_claims(&self) -> Value {
        json!({
            "iss": self.issuer(), "aud": APP_ID, "sub": "a-user", "scope": "openid orders:read", "jti": "a-token",
            "iat": seconds_from_now(0), "exp": seconds_from_now(3600), "plan": "gold",
        })
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn configuration(State(endpoints): State<Arc<Endpoints>>) -> (StatusCode, Json<Value>) {
    match endpoints.configuration.lock().unwrap().clone() {
        Some(configuration) => (StatusCode::OK, Json(configuration)),
        None => (StatusCode::NOT_FOUND, Json(Value::Null)),
    }
}

async fn keys_of_app(State(endpoints): State<Arc<Endpoints>>) -> Json<Value> {
    Json(endpoints.keys_of_app.lock().unwrap().clone())
}

async fn keys(State(endpoints): State<Arc<Endpoints>>) -> (StatusCode, [(HeaderName, &'static str); 1], Json<Value>) {
    endpoints.keys_fetched.fetch_add(1, SeqCst);
    let delay = *endpoints.keys_delay.lock().unwrap();
    tokio::time::sleep(delay).await;
    let (status, keys) = endpoints.keys.lock().unwrap().clone();
    let cache_control = *endpoints.keys_cache_control.lock().unwrap();
    (status, [(CACHE_CONTROL, cache_control)], Json(keys))
}

async fn token(State(endpoints): State<Arc<Endpoints>>, body: String) -> (StatusCode, Json<Value>) {
    let form: Form = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    endpoints.forms.lock().unwrap().push(form.clone());
    let delay = *endpoints.token_delay.lock().unwrap();
    tokio::time::sleep(delay).await;
    let (status, body) = endpoints.tokens.lock().unwrap()(&form);
    (status, Json(body))
}

pub fn seconds_from_now(seconds: i64) -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap() + seconds
}

/// A response of the token endpoint.
pub fn tokens(id_token: Option<String>) -> Response {
    let mut body = json!({ "access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": 3600 });
    if let Some(token) = id_token {
        body["id_token"] = token.into();
    }
    (StatusCode::OK, body)
}
