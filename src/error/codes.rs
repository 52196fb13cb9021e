//! The codes that say what came of a call.

use std::fmt;

/// Declares an open type for a code, and how it compares with a number.
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
    /// The API's own status of a call, which mostly comes under HTTP 200: [`OK`](Self::OK) is success, 4xx the
    /// request's fault, 5xx the server's, 6xx that of a third party that the server called.
    ///
    /// The documented ones are constants; others occur.
    ApiStatus
}

code! {
    /// What exactly failed: the API's `apiCode`, or the code of another service whose failure was handed on.
    ///
    /// The documented ones of the API are constants; others occur.
    ApiCode
}

include!(concat!(env!("OUT_DIR"), "/codes.rs"));
