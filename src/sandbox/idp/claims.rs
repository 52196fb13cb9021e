//! The claims about a user that a scope grants.

use serde_json::{Map, Value, json};

use crate::sandbox::store::users::User;

/// The claims of the scope `profile`, each with the property of the API's user that it is taken from.
const PROFILE: [(&str, &str); 14] = [
    ("name", "name"),
    ("given_name", "givenName"),
    ("family_name", "familyName"),
    ("middle_name", "middleName"),
    ("nickname", "nickname"),
    ("preferred_username", "username"),
    ("profile", "profile"),
    ("picture", "photo"),
    ("website", "website"),
    ("gender", "gender"),
    ("birthdate", "birthdate"),
    ("zoneinfo", "zoneinfo"),
    ("locale", "locale"),
    ("updated_at", "updatedAt"),
];
/// The members of the claim `address`, each with its property.
const ADDRESS: [(&str, &str); 6] = [
    ("formatted", "formatted"),
    ("street_address", "streetAddress"),
    ("locality", "locality"),
    ("region", "region"),
    ("postal_code", "postalCode"),
    ("country", "country"),
];

/// Whether a space-separated list of scopes contains this one.
pub fn has_scope(scopes: &str, scope: &str) -> bool {
    scopes.split(' ').any(|one| one == scope)
}

/// The claims that a scope grants; properties that the user has not set are missing.
pub fn claims(user: &User, scope: &str) -> Value {
    let properties = user.to_json();
    let take = |names: &[(&str, &str)]| -> Map<String, Value> {
        let present = names.iter().filter_map(|(claim, property)| Some((*claim, properties.get(*property)?)));
        present.map(|(claim, value)| (claim.to_owned(), value.clone())).collect()
    };
    let mut claims = Map::new();
    claims.insert("sub".to_owned(), json!(user.id));
    if has_scope(scope, "profile") {
        claims.extend(take(&PROFILE));
    }
    if has_scope(scope, "email") && user.email.is_some() {
        claims.extend(take(&[("email", "email"), ("email_verified", "emailVerified")]));
    }
    if let (true, Some(phone)) = (has_scope(scope, "phone"), user.phone_recipient()) {
        claims.insert("phone_number".to_owned(), json!(phone.as_str()));
        claims.extend(take(&[("phone_number_verified", "phoneVerified")]));
    }
    let address = take(&ADDRESS);
    if has_scope(scope, "address") && !address.is_empty() {
        claims.insert("address".to_owned(), Value::Object(address));
    }
    Value::Object(claims)
}
