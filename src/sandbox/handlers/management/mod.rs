//! What administrators set with the management API, and what users see of it.

mod collection;
mod permissions;
mod policies;
mod roles;
mod token;
mod user_lookup;
mod users;

use super::Handler;

pub static HANDLERS: &[(&str, Handler)] = &[
    ("assign-policies", Handler::new(policies::assign)),
    ("assign-roles", Handler::new(roles::assign)),
    ("check-permission", Handler::new(permissions::check)),
    ("create-user", Handler::new(users::create)),
    ("create-users", Handler::new(users::create_all)),
    ("delete-users", Handler::new(users::delete_all)),
    ("get-user", Handler::new(users::get)),
    ("get-users", Handler::new(users::get_all)),
    ("has-any-role", Handler::new(roles::has_any)),
    ("is-in-department", Handler::new(users::is_in_department)),
    ("issue-management-token", Handler::new(token::issue)),
    ("list-users", Handler::new(users::list_all)),
    ("revoke-roles", Handler::new(roles::revoke)),
    ("set-departments", Handler::new(users::set_departments)),
    ("take-policy", Handler::new(policies::take)),
    ("update-user", Handler::new(users::update)),
    ("update-users", Handler::new(users::update_all)),
    ("user-exists", Handler::new(users::exists)),
];

/// Works with a collection of items.
pub const COLLECTION: Handler = Handler::new(collection::handle);
