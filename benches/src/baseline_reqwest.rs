//! The phone-number call written with reqwest and serde alone.

use std::time::Duration;

use serde::{Deserialize, Serialize};

#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    code: &'a str,
    ext_idp_connidentifier: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    status_code: i64,
    message: String,
    data: Option<Phone>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Phone {
    pub phone_number: String,
    pub pure_phone_number: String,
    pub country_code: String,
    pub watermark: Option<Watermark>,
}

#[derive(Deserialize)]
pub struct Watermark {
    pub appid: String,
    pub timestamp: i64,
}

impl Client {
    pub fn new(host: &str) -> Self {
        let http = reqwest::Client::builder().connect_timeout(Duration::from_secs(5)).timeout(Duration::from_secs(10));
        let http = http.redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        Self { http, url: format!("{host}/api/v3/get-wechat-miniprogram-phone") }
    }

    pub async fn phone_number(&self, code: &str, connection: &str) -> Result<Phone, Box<dyn std::error::Error>> {
        let response = self
            .http
            .post(&self.url)
            .header("x-genauth-app-id", "an-app")
            .header("x-genauth-request-from", "sdk")
            .header("x-genauth-sdk-version", "baseline")
            .header("accept", "application/json")
            .json(&Request { code, ext_idp_connidentifier: connection })
            .send()
            .await?
            .error_for_status()?;
        let envelope: Envelope = response.json().await?;
        match envelope.data {
            Some(phone) if envelope.status_code == 200 => Ok(phone),
            _ => Err(envelope.message.into()),
        }
    }
}
