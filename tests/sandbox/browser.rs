//! A browser that stores cookies and submits forms.

use std::collections::BTreeMap;

use reqwest::Url;
use reqwest::header::{COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};

pub struct Browser {
    http: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

/// What a browser receives.
#[derive(Debug)]
pub enum Received {
    /// A redirect to this URL.
    Redirect(Url),
    Page(Page),
}

#[derive(Debug)]
pub struct Page {
    pub url: Url,
    pub status: u16,
    pub headers: HeaderMap,
    pub html: String,
}

impl Browser {
    pub fn new() -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        Self { http: http.build().unwrap(), cookies: BTreeMap::new() }
    }

    pub async fn open(&mut self, url: &Url) -> Received {
        self.send(self.http.get(url.clone())).await
    }

    /// Submits a form of the login page with these fields.
    pub async fn submit(&mut self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Received {
        self.submit_from(page, action, fields, &page.url.origin().ascii_serialization()).await
    }

    /// Submits a form from a page of this origin.
    pub async fn submit_from(&mut self, page: &Page, action: &str, fields: &[(&str, &str)], origin: &str) -> Received {
        assert!(page.html.contains(&format!(r#"name="action" value="{action}""#)), "{}", page.html);
        let target = page.url.join(&page.attribute("action=\"")).unwrap();
        let login = page.attribute("name=\"login\" value=\"");
        let mut form = vec![("login", login.as_str()), ("action", action)];
        form.extend(fields);
        self.send(self.http.post(target).header(ORIGIN, origin).form(&form)).await
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> Received {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = request.header(COOKIE, cookies.join("; ")).send().await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), rest.split(';').next().unwrap().to_owned());
        }
        if let Some(location) = response.headers().get(LOCATION) {
            return Received::Redirect(Url::parse(location.to_str().unwrap()).unwrap());
        }
        let (url, status, headers) = (response.url().clone(), response.status().as_u16(), response.headers().clone());
        Received::Page(Page { url, status, headers, html: response.text().await.unwrap() })
    }
}

impl Received {
    #[track_caller]
    pub fn page(self) -> Page {
        match self {
            Self::Page(page) => page,
            Self::Redirect(url) => panic!("redirected to {url}, expected a page"),
        }
    }

    #[track_caller]
    pub fn redirect(self) -> Url {
        match self {
            Self::Redirect(url) => url,
            Self::Page(page) => panic!("expected a redirect, got a page: {}", page.html),
        }
    }
}

impl Page {
    /// The text between `prefix` and the next quotation mark.
    pub fn attribute(&self, prefix: &str) -> String {
        let (_, rest) = self.html.split_once(prefix).unwrap_or_else(|| panic!("no {prefix} in {}", self.html));
        rest.split('"').next().unwrap().to_owned()
    }
}

/// The value of a query parameter.
pub fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
