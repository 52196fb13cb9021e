//! An embedded look-alike of the service, for examples and tests.
//!
//! [`Sandbox::start`] opens an HTTP server on loopback, in this process. It answers every operation of the
//! description: it checks the request against its schema and its credentials, and answers with the
//! example, or, where the description names a behaviour, with what the real service would do.
//!
//! ```
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use genauth::sandbox::Sandbox;
//!
//! let sandbox = Sandbox::start().await?;
//! let client = sandbox.client()?;
//!
//! let code = sandbox.issue_phone_code("+8618812348888");
//! let phone = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await?;
//! assert_eq!(phone.phone_number, "+8618812348888");
//!
//! let used = client.get_wechat_miniprogram_phone(&code, "my-wxapp").await.unwrap_err();
//! assert_eq!(used.api_code(), Some(genauth::ApiCode(40029)));
//! # Ok(())
//! # }
//! ```

mod behaviour;
mod request;
mod server;
mod state;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::{AuthenticationClient, ClientBuilder, Result};
use state::State;

/// The id of the sandbox's only application.
const APP_ID: &str = "64f1c0ffee5d2a0012ab34cd";
/// Its secret.
const APP_SECRET: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/// A running look-alike of the service; dropping it stops it.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    _stop: oneshot::Sender<()>,
}

impl Sandbox {
    /// Starts one on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(Mutex::new(State::default()));
        let router = server::router(Arc::clone(&state))?;
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, router).with_graceful_shutdown(async {
            let _ = stopped.await;
        });
        tokio::spawn(server.into_future());
        Ok(Self { address, state, _stop: stop })
    }

    /// Its address, as an application's host.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A builder with the sandbox's host and application filled in.
    pub fn client_builder(&self) -> ClientBuilder {
        AuthenticationClient::builder().app_id(APP_ID).app_secret(APP_SECRET).app_host(self.url())
    }

    /// A client of the sandbox.
    ///
    /// # Errors
    ///
    /// When the HTTP client cannot be set up.
    pub fn client(&self) -> Result<AuthenticationClient> {
        self.client_builder().build()
    }

    /// A code such as WeChat's phone button hands out, for `number`, which begins with `+` and its country code
    /// or is a mainland Chinese one. It works once, within five minutes.
    pub fn issue_phone_code(&self, number: &str) -> String {
        self.state().issue_phone_code(number)
    }

    /// Lets the sandbox's clock jump ahead.
    pub fn advance_clock(&self, time: Duration) {
        self.state().advance_clock(time);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
