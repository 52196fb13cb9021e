//! Users, as administrators create, find, change and delete them.

use serde_json::{Map, Value, json};

use super::user_lookup::{find, find_by};
use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::handlers::payload::{self, list};
use crate::sandbox::handlers::request::Request;
use crate::sandbox::handlers::{HandlerResult, ok, sign_up};
use crate::sandbox::store::collections::Target;
use crate::sandbox::store::state::State;
use crate::sandbox::store::users::{Contact, Phone, User};

/// What a request says about a user that is no property of the profile.
const NOT_PROFILE: [&str; 16] = [
    "customData",
    "departmentIds",
    "email",
    "emailVerified",
    "identities",
    "metadata",
    "options",
    "otp",
    "password",
    "passwordEncryptType",
    "phone",
    "phoneCountryCode",
    "phoneVerified",
    "status",
    "userId",
    "username",
];

pub fn create(state: &mut State, request: &Request) -> HandlerResult {
    let body = &request.body;
    let user = add(state, body, &body["options"])?;
    Ok(ok(user))
}

pub fn create_all(state: &mut State, request: &Request) -> HandlerResult {
    let users = list(&request.body, "list").map(|user| add(state, user, &request.body["options"]));
    Ok(ok(Value::Array(users.collect::<Result<_, _>>()?)))
}

pub fn get(state: &mut State, request: &Request) -> HandlerResult {
    let arguments = request.arguments();
    let id = find(state, &arguments)?;
    Ok(ok(shown(state, &id, &arguments)?))
}

/// Those of the listed users who exist.
pub fn get_all(state: &mut State, request: &Request) -> HandlerResult {
    let arguments = request.arguments();
    let kind = arguments["userIdType"].as_str().unwrap_or("user_id");
    let ids = list(&arguments, "userIds").filter_map(|id| find_by(state, id.as_str()?, kind).ok());
    let users = ids.map(|id| shown(state, &id, &arguments)).collect::<Result<Vec<_>, _>>()?;
    Ok(ok(users.into()))
}

/// All users that have the keyword and pass the filter, in pages.
pub fn list_all(state: &mut State, request: &Request) -> HandlerResult {
    let arguments = request.arguments();
    let options = arguments.get("options").unwrap_or(&arguments);
    let keyword = arguments["keywords"].as_str();
    let users = state.users.all().map(|user| user.id.clone()).collect::<Vec<_>>();
    let users = users.iter().map(|id| shown(state, id, options)).collect::<Result<Vec<_>, _>>()?;
    let has = |user: &Value, keyword: &str| {
        user.as_object().into_iter().flatten().any(|(_, value)| value.as_str().is_some_and(|it| it.contains(keyword)))
    };
    let filter: Vec<_> = list(&arguments, "advancedFilter").collect();
    let found: Vec<_> = users
        .into_iter()
        .filter(|user| keyword.is_none_or(|keyword| has(user, keyword)))
        .filter(|user| filter.iter().all(|rule| passes(user, rule)))
        .collect();
    let pages = options.get("pagination").unwrap_or(&arguments);
    let number = |name: &str, default| pages[name].as_u64().unwrap_or(default) as usize;
    let (page, limit) = (number("page", 1), number("limit", 10));
    let total = found.len();
    let page: Vec<_> = found.into_iter().skip(page.saturating_sub(1).saturating_mul(limit)).take(limit).collect();
    Ok(ok(json!({ "totalCount": total, "list": page })))
}

pub fn update(state: &mut State, request: &Request) -> HandlerResult {
    let (body, options) = (&request.body, &request.body["options"]);
    let id = find(state, body)?;
    change(state, &id, body, options)?;
    Ok(ok(shown(state, &id, body)?))
}

pub fn update_all(state: &mut State, request: &Request) -> HandlerResult {
    let options = &request.body["options"];
    let kind = options["userIdType"].as_str().unwrap_or("user_id");
    let mut users = Vec::new();
    for user in list(&request.body, "list") {
        let id = find_by(state, user["userId"].as_str().unwrap_or_default(), kind)?;
        change(state, &id, user, options)?;
        users.push(shown(state, &id, user)?);
    }
    Ok(ok(users.into()))
}

pub fn delete_all(state: &mut State, request: &Request) -> HandlerResult {
    let kind = request.body["options"]["userIdType"].as_str().unwrap_or("user_id");
    let ids = list(&request.body, "userIds").map(|id| find_by(state, id.as_str().unwrap_or_default(), kind));
    for id in ids.collect::<Result<Vec<_>, _>>()? {
        state.users.remove(&id);
        state.sessions.end_all(&id);
        state.collections.remove_target(&Target::user(&id), None);
    }
    Ok(ok(json!({ "success": true })))
}

pub fn exists(state: &mut State, request: &Request) -> HandlerResult {
    let body = &request.body;
    let by = |kind: &str| body[kind].as_str().is_some_and(|name| state.users.find_by(kind, name).is_some());
    let external = body["externalId"].as_str().and_then(|id| state.users.find_by_external_id(id));
    let exists = external.is_some() || ["username", "email", "phone"].into_iter().any(by);
    Ok(ok(json!({ "exists": exists })))
}

/// Puts a user into these departments, and into no others.
pub fn set_departments(state: &mut State, request: &Request) -> HandlerResult {
    let target = Target::user(&find(state, &request.body)?);
    let ids = list(&request.body, "departments").filter_map(|it| it["departmentId"].as_str());
    set_department_ids(state, &target, ids)?;
    Ok(ok(json!({ "success": true })))
}

pub fn is_in_department(state: &mut State, request: &Request) -> HandlerResult {
    let arguments = request.arguments();
    let target = Target::user(&find(state, &arguments)?);
    let key = vec![arguments["departmentId"].as_str().unwrap_or_default().to_owned()];
    let is_in = state.collections.members_of("departments", &key).any(|member| *member == target);
    Ok(ok(json!({ "inDepartment": is_in })))
}

fn add(state: &mut State, body: &Value, options: &Value) -> Result<Value, ApiError> {
    let mut user = state.new_user("import:manual");
    let id = user.id.clone();
    if body["email"].is_null() && body["phone"].is_null() && body["username"].is_null() && body["externalId"].is_null()
    {
        return Err(ApiError::malformed("one is required of: email, phone, username, externalId"));
    }
    set(&mut user, body, options)?;
    sign_up::register(state, user)?;
    let ids = list(body, "departmentIds").filter_map(Value::as_str);
    set_department_ids(state, &Target::user(&id), ids)?;
    shown(state, &id, body)
}

fn change(state: &mut State, id: &str, body: &Value, options: &Value) -> Result<(), ApiError> {
    for kind in ["username", "email", "phone"] {
        let other = body[kind].as_str().and_then(|name| state.users.find_by(kind, name));
        if other.is_some_and(|other| other.id != id) {
            return Err(ApiError::user_exists(kind));
        }
    }
    let mut outcome = Ok(());
    let user = state.change_user(id, |user| outcome = set(user, body, options));
    let is_active = user.ok_or_else(ApiError::user_not_found)?.is_active();
    outcome?;
    if !is_active {
        state.sessions.end_all(id);
    }
    if body["departmentIds"].is_array() {
        let ids = list(body, "departmentIds").filter_map(Value::as_str);
        set_department_ids(state, &Target::user(id), ids)?;
    }
    Ok(())
}

/// Sets what a request says; `null` clears a property.
fn set(user: &mut User, body: &Value, options: &Value) -> Result<(), ApiError> {
    let text = |name: &str| body[name].as_str().map(ToOwned::to_owned);
    let verified = |name: &str, old: bool| body[name].as_bool().unwrap_or(old);
    if body.get("username").is_some() {
        user.username = text("username");
    }
    if body.get("email").is_some() {
        user.email = text("email").map(|value| Contact { value, verified: false });
    }
    if let Some(email) = &mut user.email {
        email.verified = verified("emailVerified", email.verified);
    }
    if body.get("phone").is_some() {
        let country_code = text("phoneCountryCode");
        user.phone = text("phone").map(|number| Contact { value: Phone { number, country_code }, verified: false });
    }
    if let Some(phone) = &mut user.phone {
        if body.get("phoneCountryCode").is_some() {
            phone.value.country_code = text("phoneCountryCode");
        }
        phone.verified = verified("phoneVerified", phone.verified);
    }
    if body["password"].is_string() {
        user.password = Some(payload::require_password(body, "password", &options["passwordEncryptType"])?.to_owned());
    }
    if let Some(status) = text("status") {
        user.status = Some(status);
    }
    if let Some(custom_data) = body["customData"].as_object() {
        user.custom_data.extend(custom_data.clone());
    }
    let profile = body.as_object().into_iter().flatten().filter(|(name, _)| !NOT_PROFILE.contains(&name.as_str()));
    let profile: Map<_, _> = profile.map(|(name, value)| (name.clone(), value.clone())).collect();
    user.profile.extend(profile);
    user.profile.retain(|_, value| !value.is_null());
    Ok(())
}

fn set_department_ids<'a>(
    state: &mut State,
    target: &Target,
    ids: impl Iterator<Item = &'a str>,
) -> Result<(), ApiError> {
    let keys: Vec<_> = ids.map(|id| vec![id.to_owned()]).collect();
    if keys.iter().any(|key| state.collections.get("departments", key).is_none()) {
        return Err(ApiError::not_found());
    }
    state.collections.remove_target(target, Some("departments"));
    for key in keys {
        state.collections.add_member("departments", &key, target.clone());
    }
    Ok(())
}

/// A user as administrators see it; custom data and departments only if requested.
fn shown(state: &State, id: &str, options: &Value) -> Result<Value, ApiError> {
    let user = state.users.get(id).ok_or_else(ApiError::user_not_found)?;
    let mut shown = user.to_json();
    if options["withCustomData"] == true {
        shown["customData"] = Value::Object(user.custom_data.clone());
    }
    if options["withDepartmentIds"] == true {
        let keys = state.collections.keys_with("departments", &[Target::user(id)]);
        shown["departmentIds"] = keys.concat().into();
    }
    if options["withIdentities"] == true {
        shown["identities"] = json!([]);
    }
    Ok(shown)
}

/// Whether a user passes a rule of the filter; operators that the sandbox does not know pass all.
fn passes(user: &Value, rule: &Value) -> bool {
    let own = &user[rule["field"].as_str().unwrap_or_default()];
    let value = &rule["value"];
    match rule["operator"].as_str() {
        Some("EQUAL") => own == value,
        Some("NOT_EQUAL") => own != value,
        Some("CONTAINS") => own.as_str().zip(value.as_str()).is_some_and(|(own, value)| own.contains(value)),
        Some("IN") => value.as_array().is_some_and(|values| values.contains(own)),
        _ => true,
    }
}
