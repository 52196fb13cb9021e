//! Types that deserialize any string, and show no secret.

use genauth::{DateTime, FreeForm, PhoneNumber, Secret};
use proptest::prelude::*;

#[test]
fn any_string_deserializes_without_showing_secrets() {
    crate::fuzz(file!(), "\\PC{0,40}|[0-9+ -]{0,24}|.{0,12}", |text| {
        let json = serde_json::to_string(&text).unwrap();

        let phone: PhoneNumber = serde_json::from_str(&json).unwrap();
        let shown = format!("{phone:?}");
        let letters: Vec<char> = text.chars().collect();
        let hidden = match letters.len() {
            0..10 => "****".to_owned(),
            length => {
                letters[..length - 8].iter().collect::<String>() + "****" + &String::from_iter(&letters[length - 4..])
            }
        };
        prop_assert_eq!(shown, hidden);
        prop_assert_eq!(phone.as_str(), &text);

        let secret: Secret = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(format!("{secret:?}"), "Secret(***)");
        prop_assert_eq!(secret.expose_secret(), &text);

        let time: DateTime = serde_json::from_str(&json).unwrap();
        let _ = time.to_system_time();
        prop_assert_eq!(time.as_str(), &text);

        let data: FreeForm = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(format!("{data:?}"), "FreeForm(string)");
        Ok(())
    });
}
