//! The only application of the sandbox.

/// Its id, which is also the one in the examples of the OpenAPI document.
pub const APP_ID: &str = "64f1c0ffee5d2a0012ab34cd";
/// Its secret, which is in those examples too.
pub const APP_SECRET: &str = "8f1d4c0b7a6e4f0c9d2b3a5e6f708192";
/// The id of the only access key, which is also the one in the examples of the management API.
#[cfg(feature = "management")]
pub const ACCESS_KEY_ID: &str = "62e22100c0ffee5d2a0012ab";
/// The secret of that access key, which is in those examples too.
#[cfg(feature = "management")]
pub const ACCESS_KEY_SECRET: &str = "8f1d4c0b7a6e4f0c9d2b3a5e6f708192";
/// The id of its user pool.
pub const USER_POOL_ID: &str = "62e221f7ab1c3d0012e4f5a6";
