//! Clients of a `RawServer`.

use genauth::{AuthenticationClient, ClientBuilder};

use crate::raw_server::RawServer;

impl RawServer {
    pub fn builder(&self) -> ClientBuilder {
        AuthenticationClient::builder().app_id("an-app").app_host(self.url())
    }
}
