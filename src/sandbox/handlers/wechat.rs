//! What WeChat's phone button leads to.

use serde_json::json;

use super::{Outcome, with_data};
use crate::sandbox::state::State;
use crate::sandbox::validation::Request;

/// Exchanges a phone code for its number; a wrong, used or expired one fails as WeChat's own answer does.
pub fn phone_number(state: &mut State, request: &Request) -> Outcome {
    let now = state.now();
    let Some(number) = request.body["code"].as_str().and_then(|code| state.phone_codes.take(code, now)) else {
        return Ok(with_data(json!({ "errcode": 40029, "errmsg": "invalid code" })));
    };
    let (country_code, pure) = split(&number);
    let mut data = request.example.data().clone();
    data["phoneNumber"] = format!("+{country_code}{pure}").into();
    data["purePhoneNumber"] = pure.into();
    data["countryCode"] = country_code.into();
    data["watermark"]["timestamp"] = now.as_secs().into();
    Ok(with_data(data))
}

/// Country calling code and rest. The codes are of one, two or three digits, told apart by their beginning.
fn split(number: &str) -> (&str, &str) {
    let Some(digits) = number.strip_prefix('+') else { return ("86", number) };
    let length = match digits.get(..2).and_then(|two| two.parse::<u8>().ok()) {
        Some(10..=19 | 70..=79) => 1,
        Some(20 | 27 | 30..=34 | 36 | 39..=41 | 43..=49 | 51..=58 | 60..=66 | 81 | 82 | 84 | 86 | 90..=95 | 98) => 2,
        _ => 3,
    };
    digits.split_at_checked(length).unwrap_or((digits, ""))
}
