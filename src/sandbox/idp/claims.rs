//! What a scope tells of a user.

use serde_json::{Map, Value, json};

use crate::sandbox::users::User;

/// The claims of the scope `profile`, with the profile's members that they come from.
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
const ADDRESS: [(&str, &str); 6] = [
    ("formatted", "formatted"),
    ("street_address", "streetAddress"),
    ("locality", "locality"),
    ("region", "region"),
    ("postal_code", "postalCode"),
    ("country", "country"),
];

/// Whether a scope, which is a list separated by spaces, has this one in it.
pub fn has(scope: &str, wanted: &str) -> bool {
    scope.split(' ').any(|one| one == wanted)
}

/// The claims that a scope allows; what the user has not filled in is missing.
pub fn claims(user: &User, scope: &str) -> Value {
    let shown = user.to_json();
    let take = |members: &[(&str, &str)]| -> Map<String, Value> {
        let given = members.iter().filter_map(|(claim, member)| Some((*claim, shown.get(*member)?)));
        given.map(|(claim, value)| (claim.to_owned(), value.clone())).collect()
    };
    let mut claims = Map::new();
    claims.insert("sub".to_owned(), json!(user.id));
    if has(scope, "profile") {
        claims.extend(take(&PROFILE));
    }
    if has(scope, "email") && user.email.is_some() {
        claims.extend(take(&[("email", "email"), ("email_verified", "emailVerified")]));
    }
    if let (true, Some(phone)) = (has(scope, "phone"), user.phone_address()) {
        claims.insert("phone_number".to_owned(), json!(phone.as_str()));
        claims.extend(take(&[("phone_number_verified", "phoneVerified")]));
    }
    let address = take(&ADDRESS);
    if has(scope, "address") && !address.is_empty() {
        claims.insert("address".to_owned(), Value::Object(address));
    }
    Value::Object(claims)
}
