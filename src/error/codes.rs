//! The API's own status and error codes.

use std::fmt;

/// Declares an open newtype of a numeric code.
macro_rules! code {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(transparent))]
        pub struct $name(
            /// The number.
            pub i64,
        );

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl PartialEq<i64> for $name {
            fn eq(&self, other: &i64) -> bool {
                self.0 == *other
            }
        }
    };
}

code! {
    /// The API's own status of a call, mostly sent under HTTP 200: [`OK`](Self::OK) is success, 4xx a client error,
    /// 5xx a server error, 6xx an error of a third party that the server called.
    ///
    /// The documented values are constants; servers may send others.
    #[doc(alias = "StatusCode")]
    ApiStatus
}

code! {
    /// What exactly failed: the API's `apiCode`, or the code of another service's error that the API passed through.
    ///
    /// The documented values are constants; servers may send others.
    ApiCode
}

include!(concat!(env!("OUT_DIR"), "/authentication/error_codes.rs"));
