//! One request on its way.

use std::fmt;
use std::future::IntoFuture;
use std::net::IpAddr;
use std::pin::Pin;
use std::time::{Duration, Instant};

use tracing::{Instrument, Span};

use crate::client::CallOptions;
use crate::client::{response, telemetry, transport};
use crate::operations::Operation;
use crate::{AuthenticationClient, Envelope, Result, RetryPolicy, Secret};

/// A call that is ready to be sent: set what is optional, then `.await` it.
///
/// Every method of [`AuthenticationClient`] returns one. Nothing is sent before the `.await`. The optional
/// properties of the operation are setters, and so is what applies to this call alone:
///
/// ```no_run
/// # async fn example(client: genauth::AuthenticationClient) -> genauth::Result<()> {
/// use std::time::Duration;
///
/// let phone = client
///     .get_wechat_miniprogram_phone("0a1bC2Ga1xq", "my-wxapp")
///     .timeout(Duration::from_secs(3))
///     .lang("en-US")
///     .await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a call is sent when it is awaited"]
#[derive(Clone)]
pub struct Call<O> {
    client: AuthenticationClient,
    pub(crate) operation: O,
}

impl<O: Operation> Call<O> {
    pub(crate) fn new(client: &AuthenticationClient, operation: O) -> Self {
        Self { client: client.clone(), operation }
    }

    /// Gives up after this time, from the first byte sent to the last received, however often it is sent.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.client.options_mut().timeout = timeout;
        self
    }

    /// When to send the call again; see [`RetryPolicy`].
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        self.client.options_mut().retries = retries;
        self
    }

    /// Sends a header of your own; it replaces one that the crate would send.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.client.options_mut().headers.push((name.into(), value.into()));
        self
    }

    /// Calls for the user with this access token.
    pub fn access_token(mut self, token: impl Into<Secret>) -> Self {
        self.client.options_mut().access_token = Some(token.into());
        self
    }

    /// Tells the server the end user's address, so that its rate limits count the user and not your server.
    pub fn real_ip(mut self, address: impl Into<IpAddr>) -> Self {
        self.client.options_mut().real_ip = Some(address.into());
        self
    }

    /// Asks for messages in this language, such as `en-US`.
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.client.options_mut().lang = Some(lang.into());
        self
    }

    /// Sends the call and returns the whole answer, not only its data.
    ///
    /// # Errors
    ///
    /// As for awaiting the call itself: see [`Error`](crate::Error).
    pub async fn envelope(mut self) -> Result<Envelope<O::Data>> {
        self.run().await
    }

    async fn run(&mut self) -> Result<Envelope<O::Data>> {
        let span = telemetry::span::<O>(self.client.host());
        let started = Instant::now();
        let outcome = self.send(&span, started).instrument(span.clone()).await;
        telemetry::ended(&span, started.elapsed(), &outcome);
        outcome
    }

    /// Sends as often as it may and must.
    async fn send(&mut self, span: &Span, started: Instant) -> Result<Envelope<O::Data>> {
        let &CallOptions { timeout, retries, .. } = self.client.options();
        let time_left = || timeout.saturating_sub(started.elapsed());
        let mut resends = 0;
        loop {
            let request = self.client.request(&mut self.operation, time_left())?;
            let sent = self.client.http().execute(request);
            let received = transport::receive(sent, self.client.max_response_size()).await;
            let outcome = received.and_then(|received| {
                telemetry::answered(span, received.status);
                response::decode::<O>(&received)
            });
            let error = match outcome {
                Ok(envelope) => return Ok(envelope),
                Err(error) => error,
            };
            let pause = retries.pause(resends, &error, O::ENDPOINT.idempotent, time_left());
            let Some(pause) = pause else { return Err(error) };
            resends += 1;
            telemetry::again(span, resends, pause, &error);
            tokio::time::sleep(pause).await;
        }
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<O::Data>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move { self.run().await.map(|envelope| envelope.data) })
    }
}

impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation).finish_non_exhaustive()
    }
}
