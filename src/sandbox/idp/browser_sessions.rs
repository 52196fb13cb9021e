//! Who is logged in in which browser. A cookie tells the browsers apart.

use std::collections::HashMap;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

#[derive(Default)]
pub struct Browsers {
    logged_in: HashMap<String, Browser>,
}

#[derive(Clone)]
pub struct Browser {
    pub user_id: String,
    /// When the user logged in.
    pub since: Duration,
    /// Whether the user agrees to everything without being shown a page.
    pub agrees: bool,
}

impl Browsers {
    pub fn add(&mut self, cookie: String, browser: Browser) {
        self.logged_in.insert(cookie, browser);
    }

    pub fn get(&self, cookie: &str) -> Option<&Browser> {
        self.logged_in.get(cookie)
    }

    pub fn log_out(&mut self, cookie: &str) {
        self.logged_in.remove(cookie);
    }
}

/// The value of a cookie in a request.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    let mut pairs = cookies.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}
