//! A provider whose keys and answers the test decides on.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::extract::State;
use axum::http::StatusCode;
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
type Answer = (StatusCode, Value);
type Tokens = Box<dyn FnMut(&Form) -> Answer + Send>;

/// Serves until it is dropped.
pub struct Provider {
    pub key: Key,
    address: SocketAddr,
    endpoints: Arc<Endpoints>,
    task: JoinHandle<()>,
}

struct Endpoints {
    keys: Mutex<Answer>,
    keys_fetched: AtomicUsize,
    keys_delay: Mutex<Duration>,
    tokens: Mutex<Tokens>,
    token_delay: Mutex<Duration>,
    forms: Mutex<Vec<Form>>,
}

impl Provider {
    pub async fn start() -> Self {
        let key = Key::new("key-1");
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let endpoints = Arc::new(Endpoints {
            keys: Mutex::new((StatusCode::OK, json!({ "keys": [key.jwk()] }))),
            keys_fetched: AtomicUsize::new(0),
            keys_delay: Mutex::default(),
            tokens: Mutex::new(Box::new(|_| (StatusCode::BAD_REQUEST, json!({ "error": "invalid_grant" })))),
            token_delay: Mutex::default(),
            forms: Mutex::default(),
        });
        let router = Router::new()
            .route("/oidc/.well-known/jwks.json", get(keys))
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

    pub fn fail_keys(&self) {
        *self.endpoints.keys.lock().unwrap() = (StatusCode::BAD_GATEWAY, Value::Null);
    }

    pub fn delay_keys(&self, time: Duration) {
        *self.endpoints.keys_delay.lock().unwrap() = time;
    }

    /// How often the keys were asked for.
    pub fn keys_fetched(&self) -> usize {
        self.endpoints.keys_fetched.load(SeqCst)
    }

    /// Decides on what the token and the revocation endpoint answer.
    pub fn answer_tokens(&self, answer: impl FnMut(&Form) -> Answer + Send + 'static) {
        *self.endpoints.tokens.lock().unwrap() = Box::new(answer);
    }

    pub fn delay_tokens(&self, time: Duration) {
        *self.endpoints.token_delay.lock().unwrap() = time;
    }

    /// What was sent to the token and the revocation endpoint.
    pub fn forms(&self) -> Vec<Form> {
        self.endpoints.forms.lock().unwrap().clone()
    }

    /// What a right ID token says.
    pub fn id_claims(&self, nonce: &str) -> Value {
        json!({
            "iss": self.issuer(), "aud": APP_ID, "sub": "a-user", "nonce": nonce,
            "iat": seconds_from_now(0), "exp": seconds_from_now(3600),
        })
    }

    /// What a right access token says.
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

async fn keys(State(endpoints): State<Arc<Endpoints>>) -> (StatusCode, Json<Value>) {
    endpoints.keys_fetched.fetch_add(1, SeqCst);
    let delay = *endpoints.keys_delay.lock().unwrap();
    tokio::time::sleep(delay).await;
    let (status, keys) = endpoints.keys.lock().unwrap().clone();
    (status, Json(keys))
}

async fn token(State(endpoints): State<Arc<Endpoints>>, body: String) -> (StatusCode, Json<Value>) {
    let form: Form = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    endpoints.forms.lock().unwrap().push(form.clone());
    let delay = *endpoints.token_delay.lock().unwrap();
    tokio::time::sleep(delay).await;
    let (status, answer) = endpoints.tokens.lock().unwrap()(&form);
    (status, Json(answer))
}

pub fn seconds_from_now(seconds: i64) -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap() + seconds
}

/// An answer of the token endpoint.
pub fn tokens(id_token: Option<String>) -> Answer {
    let mut answer = json!({ "access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": 3600 });
    if let Some(token) = id_token {
        answer["id_token"] = token.into();
    }
    (StatusCode::OK, answer)
}
