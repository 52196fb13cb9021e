//! WeChat's phone button.

use serde_json::{Value, json};

use super::request::Request;
use super::{HandlerResult, ok};
use crate::sandbox::store::state::State;

/// Exchanges a phone code for its number; a wrong, used or expired code fails as WeChat reports it.
pub fn phone_number(state: &mut State, request: &Request) -> HandlerResult {
    let now = state.now();
    let Some(number) = request.body["code"].as_str().and_then(|code| state.phone_codes.take(code, now)) else {
        return Ok(ok(json!({ "errcode": 40029, "errmsg": "invalid code" })));
    };
    let (country_code, national) = split_country_code(&number);
    let mut data = request.example_data();
    data["phoneNumber"] = format!("+{country_code}{national}").into();
    data["purePhoneNumber"] = national.into();
    data["countryCode"] = country_code.into();
    data["watermark"]["timestamp"] = now.as_secs().into();
    // Both forms at once: the mini program's SDK reads WeChat's own.
    data["phone_info"] = data.clone();
    Ok(ok(data))
}

/// Puts a valid one-time code into the example, for the number in the response.
pub fn prepare_example(state: &mut State, request: &mut Value, response: &Value) {
    request["code"] = state.issue_phone_code(response["data"]["phoneNumber"].as_str().unwrap_or_default()).into();
}

/// Country calling code and national number. The first two digits decide whether the code has one, two or three.
fn split_country_code(number: &str) -> (&str, &str) {
    let Some(digits) = number.strip_prefix('+') else { return ("86", number) };
    let length = match digits.get(..2).and_then(|two| two.parse::<u8>().ok()) {
        Some(10..=19 | 70..=79) => 1,
        Some(20 | 27 | 30..=34 | 36 | 39..=41 | 43..=49 | 51..=58 | 60..=66 | 81 | 82 | 84 | 86 | 90..=95 | 98) => 2,
        _ => 3,
    };
    digits.split_at_checked(length).unwrap_or((digits, ""))
}
