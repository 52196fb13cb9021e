//! The brands of the service.

use url::Url;

/// The brand under which the service runs. It decides the prefix of the service's own headers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Brand {
    /// `x-genauth-…`
    #[default]
    GenAuth,
    /// `x-authing-…`
    Authing,
}

impl Brand {
    /// Authing for a host under `authing.cn` or `authing` in another top-level domain, else GenAuth.
    pub(crate) fn from_host(host: &Url) -> Self {
        let mut labels = host.domain().unwrap_or_default().trim_end_matches('.').rsplit('.');
        if labels.nth(1) == Some("authing") { Self::Authing } else { Self::GenAuth }
    }

    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::GenAuth => "genauth",
            Self::Authing => "authing",
        }
    }
}
