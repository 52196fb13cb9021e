//! A call: its options, its attempts, and its outcome.

use std::fmt;
use std::future::IntoFuture;
use std::net::IpAddr;
use std::pin::Pin;
use std::time::{Duration, Instant};

use tracing::{Instrument, Span};
#[cfg(feature = "oidc")]
use url::Url;

#[cfg(feature = "management")]
use crate::client::authenticator::Authenticator;
use crate::client::core::{CallOptions, ClientCore};
use crate::client::operation::Operation;
#[cfg(feature = "management")]
use crate::client::operation::SecurityScheme;
use crate::client::{Envelope, RetryPolicy, response, telemetry};
use crate::{Result, Secret};

/// A call that is ready to be sent: set optional parameters, then `.await` it.
///
/// Every method of a client that sends a request returns one. Nothing is sent before the `.await`. The operation's optional
/// parameters are setters, and so are the options of this call:
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
    client: ClientCore,
    pub(crate) operation: O,
}

impl<O: Operation> Call<O> {
    pub(crate) fn new(client: &ClientCore, operation: O) -> Self {
        Self { client: client.clone(), operation }
    }

    /// Timeout for the call, all attempts and delays included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.client.options_mut().timeout = timeout;
        self
    }

    /// When to retry the call; see [`RetryPolicy`].
    #[doc(alias = "retries")]
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.client.options_mut().retry_policy = policy;
        self
    }

    /// Adds a header; it replaces one of the same name that the client would send.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.client.options_mut().headers.push((name.into(), value.into()));
        self
    }

    /// The access token of the user to call for.
    pub fn access_token(mut self, token: impl Into<Secret>) -> Self {
        self.client.options_mut().access_token = Some(token.into());
        self
    }

    /// The end user's IP address, so that the service's rate limits apply to the user instead of your server.
    pub fn real_ip(mut self, address: impl Into<IpAddr>) -> Self {
        self.client.options_mut().real_ip = Some(address.into());
        self
    }

    /// The language of messages, such as `en-US`.
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.client.options_mut().lang = Some(lang.into());
        self
    }

    /// Sends the call to this URL instead of the operation's own.
    #[cfg(feature = "oidc")]
    pub(crate) fn at(mut self, url: Url) -> Self {
        self.client.options_mut().url = Some(url);
        self
    }

    /// Sends the call and returns the full response instead of its data only.
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
        let outcome = self.attempt(&span, started).instrument(span.clone()).await;
        telemetry::record_outcome(&span, started.elapsed(), &outcome);
        outcome
    }

    /// Sends the request, and again as far as the retry policy allows.
    async fn attempt(&mut self, span: &Span, started: Instant) -> Result<Envelope<O::Data>> {
        let &CallOptions { timeout, retry_policy, .. } = self.client.options();
        let time_left = || timeout.saturating_sub(started.elapsed());
        let mut retries = 0;
        #[cfg(feature = "management")]
        let (authenticator, mut renewed) = (authenticator::<O>(&self.client), false);
        loop {
            #[cfg_attr(not(feature = "management"), allow(unused_mut))]
            let mut request = self.client.request(&mut self.operation, time_left())?;
            #[cfg(feature = "management")]
            let generation = match authenticator {
                Some(authenticator) => {
                    let generation = authenticator.authenticate(&self.client, &mut request, time_left()).await?;
                    *request.timeout_mut() = Some(time_left());
                    generation
                }
                None => 0,
            };
            let sent = self.client.http()?.execute(request);
            let outcome = response::read_response(sent, self.client.max_response_size()).await.and_then(|response| {
                telemetry::record_response(span, response.status);
                response::decode::<O>(&response)
            });
            let error = match outcome {
                Ok(envelope) => return Ok(envelope),
                Err(error) => error,
            };
            #[cfg(feature = "management")]
            if !renewed && authenticator.is_some_and(|it| it.renews(generation, &error)) {
                renewed = true;
                continue;
            }
            let delay = retry_policy.next_delay(retries, &error, O::ENDPOINT.idempotent, time_left());
            let Some(delay) = delay else { return Err(error) };
            retries += 1;
            telemetry::record_retry(span, retries, delay, &error);
            tokio::time::sleep(delay).await;
        }
    }
}

/// What authenticates the operation's requests, where no header does.
#[cfg(feature = "management")]
fn authenticator<O: Operation>(client: &ClientCore) -> Option<&dyn Authenticator> {
    let is_needed = O::SECURITY.contains(&SecurityScheme::ManagementToken);
    client.authenticator().map(|authenticator| &**authenticator).filter(|_| is_needed)
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
