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
    /// The brand whose own domain the host belongs to; GenAuth if it belongs to none.
    pub(super) fn from_host(host: &Url) -> Self {
        let domain = host.domain().unwrap_or_default();
        match domain == "authing.cn" || domain.ends_with(".authing.cn") {
            true => Self::Authing,
            false => Self::GenAuth,
        }
    }

    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::GenAuth => "genauth",
            Self::Authing => "authing",
        }
    }
}
