//! What the sandbox does rather than answer with an example: the description names it in
//! `x-genauth-sandbox`.

use serde_json::{Value, json};

use super::request::Checked;
use super::state::State;

/// Makes the answer to a request that has passed its checks.
pub type Behaviour = fn(&mut State, &Checked) -> Value;

/// The behaviour that the description calls `name`.
pub fn named(name: &str) -> Option<Behaviour> {
    match name {
        "wechat-phone-code" => Some(phone_number),
        _ => None,
    }
}

/// The answer that the description gives as its example.
pub fn example(_: &mut State, request: &Checked) -> Value {
    request.example.clone()
}

/// Exchanges a phone code for its number; a wrong, used or expired one fails as WeChat's own answer does.
fn phone_number(state: &mut State, request: &Checked) -> Value {
    let Some(number) = request.body["code"].as_str().and_then(|code| state.take_phone_number(code)) else {
        return json!({
            "statusCode": 200,
            "message": "Operation successful",
            "data": { "errcode": 40029, "errmsg": "invalid code" },
        });
    };
    let (country_code, pure) = split(&number);
    let mut answer = request.example.clone();
    answer["data"]["phoneNumber"] = format!("+{country_code}{pure}").into();
    answer["data"]["purePhoneNumber"] = pure.into();
    answer["data"]["countryCode"] = country_code.into();
    answer["data"]["watermark"]["timestamp"] = state.now().as_secs().into();
    answer
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
