//! The management API: what an administrator, or a backend on behalf of one, does with a user pool.
//!
//! A [`ManagementClient`] is made from an access key, which the console shows in the user pool's settings. Its methods
//! return a [`Call`](crate::Call), as those of [`AuthenticationClient`](crate::AuthenticationClient) do: with the same
//! options, errors and guarantees.
//!
//! ```no_run
//! # async fn example() -> genauth::Result<()> {
//! use futures_util::TryStreamExt;
//! use genauth::ManagementClient;
//!
//! let management = ManagementClient::builder()
//!     .access_key_id("62e22100c0ffee5d2a0012ab")
//!     .access_key_secret("8f1d4c0b7a6e4f0c9d2b3a5e6f708192")
//!     .build()?;
//!
//! let user = management.create_user().email("lin@example.com").await?;
//! println!("{}", user.user_id);
//!
//! let mut users = management.list_users().items();
//! while let Some(user) = users.try_next().await? {
//!     println!("{user:?}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # How do I …
//!
//! | task | see |
//! | --- | --- |
//! | create a user, or many at once? | [`create_user`], [`create_users_batch`] |
//! | find users? | [`get_user`], [`list_users`] with a keyword or a filter |
//! | change a user, or clear a phone number? | [`update_user`], with `clear_phone` |
//! | keep a user from signing in? | [`update_user`] with the status `Suspended` |
//! | delete users? | [`delete_users_batch`] |
//! | give roles, and ask who has them? | [`create_role`], [`assign_role`], [`has_any_role`] |
//! | put users into groups? | [`create_group`], [`add_group_members`] |
//! | build an organization with departments? | [`create_organization`], [`create_department`], [`add_department_members`] |
//! | define and check what users may do? | [`create_data_resource_by_string`], [`create_data_policy`], [`authorize_data_policies`], [`check_permission`] |
//! | see what happened? | [`get_user_action_logs`], [`get_admin_audit_logs`] |
//! | be told when something happens? | [`create_webhook`], or with the feature `events` `ManagementClient::events` |
//! | work on a tenant? | [`with_tenant_id`](ManagementClient::with_tenant_id) |
//! | sign requests instead of fetching a token? | [`AccessKeyAuthMethod::Signature`] |
//! | try it without an account? | [`Sandbox::management_client`] with the feature `sandbox` |
//!
//! [`create_user`]: ManagementClient::create_user
//! [`create_users_batch`]: ManagementClient::create_users_batch
//! [`get_user`]: ManagementClient::get_user
//! [`list_users`]: ManagementClient::list_users
//! [`update_user`]: ManagementClient::update_user
//! [`delete_users_batch`]: ManagementClient::delete_users_batch
//! [`create_role`]: ManagementClient::create_role
//! [`assign_role`]: ManagementClient::assign_role
//! [`has_any_role`]: ManagementClient::has_any_role
//! [`create_group`]: ManagementClient::create_group
//! [`add_group_members`]: ManagementClient::add_group_members
//! [`create_organization`]: ManagementClient::create_organization
//! [`create_department`]: ManagementClient::create_department
//! [`add_department_members`]: ManagementClient::add_department_members
//! [`create_data_resource_by_string`]: ManagementClient::create_data_resource_by_string
//! [`create_data_policy`]: ManagementClient::create_data_policy
//! [`authorize_data_policies`]: ManagementClient::authorize_data_policies
//! [`check_permission`]: ManagementClient::check_permission
//! [`get_user_action_logs`]: ManagementClient::get_user_action_logs
//! [`get_admin_audit_logs`]: ManagementClient::get_admin_audit_logs
//! [`create_webhook`]: ManagementClient::create_webhook
//! [`Sandbox::management_client`]: https://docs.rs/genauth/latest/genauth/sandbox/struct.Sandbox.html#method.management_client
//!
//! # The access token
//!
//! The access key is exchanged for a token at the first call, once for all who wait. The token is replaced in the background
//! from a minute before it expires. A call that the service rejects because the token is no longer good is repeated once with a new one, which
//! is safe for every operation: a rejected call has done nothing. If the exchange fails, calls get its error for five
//! seconds before it is tried again.
//!
//! # Unset, empty and null
//!
//! A property that is not set is left out of the request, and so stays as it is. An optional list that is set to an empty
//! one is sent as such, which removes all. A property that can be cleared has a method for that, which sends `null`:
//!
//! ```no_run
//! # async fn example(management: genauth::ManagementClient) -> genauth::Result<()> {
//! management.update_user("62e221f85f5ac5cc47037a39").nickname("Lin").clear_phone().await?;
//! # Ok(())
//! # }
//! ```

mod access_key;
mod access_token;
mod builder;
mod client;
#[cfg(feature = "dynamic")]
mod dynamic;
mod generated;
pub mod operations;
pub(crate) mod signature;
#[cfg(any(feature = "dynamic", feature = "sandbox"))]
#[cfg_attr(docsrs, doc(cfg(feature = "dynamic")))]
pub mod spec;
pub mod types;

pub use access_key::AccessKeyAuthMethod;
pub use builder::ManagementClientBuilder;
pub use client::ManagementClient;

/// The OpenAPI document of the management API that this release was generated from, as JSON.
pub const OPENAPI: &str = include_str!(concat!(env!("OUT_DIR"), "/management/openapi.json"));
