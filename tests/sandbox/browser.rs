//! A browser: it keeps cookies, follows redirects inside the sandbox, and posts forms.

use std::collections::BTreeMap;

use reqwest::Url;
use reqwest::header::{COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};

pub struct Browser {
    http: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

/// What a browser ends up with.
#[derive(Debug)]
pub enum Seen {
    /// The address that it was sent to.
    Sent(Url),
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

    pub async fn open(&mut self, url: &Url) -> Seen {
        self.send(self.http.get(url.clone())).await
    }

    /// Presses the button of a form on the login page, with these fields filled in.
    pub async fn press(&mut self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Seen {
        self.press_from(page, action, fields, &page.url.origin().ascii_serialization()).await
    }

    /// The same, on a page of this origin.
    pub async fn press_from(&mut self, page: &Page, action: &str, fields: &[(&str, &str)], origin: &str) -> Seen {
        assert!(page.html.contains(&format!(r#"name="action" value="{action}""#)), "{}", page.html);
        let target = page.url.join(&page.attribute("action=\"")).unwrap();
        let login = page.attribute("name=\"login\" value=\"");
        let mut form = vec![("login", login.as_str()), ("action", action)];
        form.extend(fields);
        self.send(self.http.post(target).header(ORIGIN, origin).form(&form)).await
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> Seen {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = request.header(COOKIE, cookies.join("; ")).send().await.unwrap();
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), rest.split(';').next().unwrap().to_owned());
        }
        if let Some(location) = answer.headers().get(LOCATION) {
            return Seen::Sent(Url::parse(location.to_str().unwrap()).unwrap());
        }
        let (url, status, headers) = (answer.url().clone(), answer.status().as_u16(), answer.headers().clone());
        Seen::Page(Page { url, status, headers, html: answer.text().await.unwrap() })
    }
}

impl Seen {
    #[track_caller]
    pub fn page(self) -> Page {
        match self {
            Self::Page(page) => page,
            Self::Sent(url) => panic!("sent to {url}, and not shown a page"),
        }
    }

    #[track_caller]
    pub fn sent(self) -> Url {
        match self {
            Self::Sent(url) => url,
            Self::Page(page) => panic!("shown a page, and not sent anywhere: {}", page.html),
        }
    }
}

impl Page {
    /// What stands between `lead` and the next quotation mark.
    pub fn attribute(&self, lead: &str) -> String {
        let (_, rest) = self.html.split_once(lead).unwrap_or_else(|| panic!("no {lead} in {}", self.html));
        rest.split('"').next().unwrap().to_owned()
    }
}

/// The value of a parameter in an address's query.
pub fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
