/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///A blend of teas
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Blend {
        ///What is printed on it
        pub label: ::std::option::Option<::std::string::String>,
        ///What it is called
        pub name: ::std::string::String,
        ///Where it comes from
        pub origin: ::std::option::Option<::std::string::String>,
    }
    ///A blend
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct BlendDto {
        ///What allows it
        pub code: crate::Secret,
        ///When it was harvested
        pub harvested_on: ::std::option::Option<::std::string::String>,
        ///What is in it
        pub leaves: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///In euros
        pub price: ::std::option::Option<f64>,
        ///In grams
        pub weight: ::std::option::Option<i64>,
    }
    ///What holds a blend
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct BlendHolder {
        ///The blend
        pub data: ::std::option::Option<Blend>,
    }
    ///How to brew
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct BrewTeaDto {
        ///What goes in
        pub additions: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///For the guest
        pub note: ::std::option::Option<::std::option::Option<::std::string::String>>,
        ///How strong a tea is
        pub strength: crate::types::TeaStrength,
        ///How much sugar
        pub sugar: ::std::option::Option<Sugar>,
        ///Of the water, in degrees Celsius
        pub temperature: i64,
    }
    ///The parameters of `brew_tea`
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct BrewTeaParameters {
        ///How many cups
        pub cups: ::std::option::Option<i64>,
        ///What kind of tea
        pub kind: crate::types::TeaKind,
    }
    ///The parameters of `build_blends_url`
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    pub struct BuildBlendsUrlParameters {
        ///Only these kinds
        pub kinds: ::std::vec::Vec<::std::string::String>,
    }
    ///The parameters of `build_login_url`
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct BuildLoginUrlParameters {
        ///The application
        pub client_id: ::std::string::String,
        ///What comes back
        pub response_type: ::std::string::String,
        ///Comes back unchanged
        pub state: ::std::option::Option<::std::string::String>,
    }
    ///The parameters of `change_blend`
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct ChangeBlendParameters {
        ///Which
        pub blend: ::std::string::String,
        ///Only these kinds
        pub kinds: ::std::vec::Vec<::std::string::String>,
        ///From which day
        pub since: ::std::option::Option<::std::string::String>,
        ///In grams
        pub weight: ::std::option::Option<i64>,
    }
    ///Names of local variables, and of keywords
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct ClashDto {
        ///In the body
        pub baseurl: ::std::option::Option<::std::string::String>,
        ///In the body
        pub body: ::std::option::Option<::std::string::String>,
        ///In the body
        pub client: ::std::option::Option<::std::string::String>,
        ///In the body
        pub header_map: ::std::option::Option<::std::string::String>,
        ///In the body
        pub info: ::std::option::Option<::std::string::String>,
        ///In the body
        pub query: ::std::option::Option<::std::string::String>,
        ///In the body
        pub request: ::std::option::Option<::std::string::String>,
        ///In the body
        pub result: ::std::option::Option<::std::string::String>,
        ///In the body
        pub self_: ::std::option::Option<::std::string::String>,
        ///In the body
        pub type_: ::std::string::String,
        ///In the body
        pub url: ::std::string::String,
        ///In the body
        pub value: ::std::option::Option<::std::string::String>,
    }
    ///The parameters of `clash`
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct ClashParameters {
        ///In the path
        pub baseurl: ::std::string::String,
        ///In the query
        pub body: ::std::string::String,
        ///In the query
        pub client: ::std::option::Option<::std::string::String>,
        ///In the query
        pub header_map: ::std::option::Option<::std::string::String>,
        ///In the query
        pub info: ::std::option::Option<::std::string::String>,
        ///In the query
        pub query: ::std::option::Option<::std::string::String>,
        ///In the query
        pub request: ::std::string::String,
        ///In the query
        pub result: ::std::option::Option<::std::string::String>,
        ///In the path
        pub self_: ::std::string::String,
        ///In the query
        pub type_: ::std::string::String,
        ///In the query
        pub url: ::std::string::String,
        ///In a header
        pub value: ::std::option::Option<::std::string::String>,
    }
    ///A cup of tea
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Cup {
        ///When it was brewed
        pub brewed_at: ::std::option::Option<crate::DateTime>,
        ///Names the cup
        pub cup_id: i64,
        ///A kind of tea
        pub kind: ::std::option::Option<crate::types::TeaKind>,
        ///What is printed on it
        pub label: ::std::option::Option<::std::string::String>,
        ///What it tastes of
        pub notes: ::std::vec::Vec<::std::string::String>,
    }
    ///A page of cups
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct CupPage {
        ///The items of this page
        pub list: ::std::vec::Vec<Cup>,
        ///Items on all pages
        pub total_count: i64,
    }
    ///A name of the prelude
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Default {
        ///A name of the prelude
        pub result: ::std::option::Option<crate::types::Result>,
        ///The text
        pub text: ::std::string::String,
    }
    ///A name of the prelude
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Into {
        ///A name of the prelude
        pub default: Default,
        ///Several
        pub names: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
        ///A name of the prelude
        pub string: ::std::option::Option<String>,
    }
    ///What a blend is made of
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    pub struct Leaf {
        ///What is printed on it
        pub label: ::std::option::Option<::std::string::String>,
    }
    ///The parameters of `list_teas`
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    pub struct ListTeasParameters {
        ///The page's size
        pub limit: ::std::option::Option<i64>,
        ///The page's number, from 1
        pub page: ::std::option::Option<i64>,
    }
    ///Names of methods
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    pub struct NestedDto {
        ///In the body
        pub new: ::std::option::Option<::std::string::String>,
        ///In the body
        pub timeout: ::std::option::Option<::std::string::String>,
    }
    ///An error of OAuth 2.0
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    pub struct OauthErrorDto {
        ///What is wrong
        pub error: ::std::option::Option<::std::string::String>,
    }
    ///A name of the prelude
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Option {
        ///A name of the prelude
        pub string: String,
        ///Several
        pub vec: ::std::vec::Vec<Vec>,
    }
    ///The parameters of `order_tea`
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    pub struct OrderTeaParameters {
        ///Which table
        pub table: ::std::option::Option<i64>,
    }
    ///A code
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct PhoneCodeDto {
        ///The code
        pub code: crate::Secret,
        ///What to look for
        pub filter: crate::JsonText,
    }
    ///A number
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct PhoneDto {
        ///Anything
        pub extra: ::std::option::Option<crate::FreeForm>,
        ///The number
        pub number: crate::PhoneNumber,
    }
    ///The parameters of `reserve`
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct ReserveParameters {
        ///In the path
        pub a: ::std::string::String,
        ///In the query
        pub a_parameter: ::std::option::Option<::std::string::String>,
        ///In the query
        pub run: ::std::option::Option<::std::string::String>,
        ///In the query
        pub self_: ::std::option::Option<::std::string::String>,
        ///In the query
        pub timeout: ::std::option::Option<::std::string::String>,
    }
    ///Names of methods
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct ReservedDto {
        ///In the body
        pub a: ::std::string::String,
        ///In the body
        pub attempt: ::std::option::Option<::std::string::String>,
        ///In the body
        pub clone: ::std::option::Option<::std::string::String>,
        ///In the body
        pub header: ::std::option::Option<::std::string::String>,
        ///Names of methods
        pub nested: ::std::option::Option<NestedDto>,
        ///In the body
        pub new: ::std::option::Option<::std::string::String>,
        ///In the body
        pub self_: ::std::option::Option<::std::string::String>,
        ///In the body
        pub timeout: ::std::option::Option<::std::string::String>,
    }
    ///A name of the prelude
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct String {
        ///The text
        pub text: ::std::string::String,
    }
    ///The parameters of `sub_events`
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct SubEventsParameters {
        ///The event type
        pub code: ::std::string::String,
    }
    ///How much sugar
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Sugar {
        ///How many lumps
        pub lumps: i64,
    }
    ///What to exchange
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct TokenDto {
        ///The application
        pub client_id: ::std::option::Option<::std::string::String>,
        ///Its secret
        pub client_secret: ::std::option::Option<crate::Secret>,
        ///The code
        pub code: crate::Secret,
        ///The grant type
        pub grant: ::std::string::String,
    }
    ///Tokens, and whatever else the server sends
    #[derive(::serde::Serialize, Clone, Debug)]
    #[non_exhaustive]
    pub struct TokensDto {
        ///For calls
        #[serde(rename = "accessToken")]
        pub access_token: crate::Secret,
        #[serde(flatten)]
        ///All other properties, by name
        pub extra: ::std::collections::HashMap<::std::string::String, crate::FreeForm>,
    }
    ///A name of the prelude
    #[derive(Clone, Debug, Default)]
    #[non_exhaustive]
    pub struct Vec {
        ///A name of the prelude
        pub result: ::std::option::Option<crate::types::Result>,
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
    crate::types::serde_table::object! {
        Blend { label : optional "label" | "text", name : required "name" | "text",
        origin : required "origin", }
    }
    crate::types::serde_table::object! {
        BlendDto { code : required "code", harvested_on : optional "harvestedOn", leaves
        : optional "leaves", price : optional "price", weight : optional "weight", }
    }
    crate::types::serde_table::object! {
        BlendHolder { data : required "data", }
    }
    crate::types::serde_table::object! {
        BrewTeaDto { additions : optional "additions", note : nullable "note", strength :
        required "strength", sugar : optional "sugar", temperature : required
        "temperature", }
    }
    crate::types::serde_table::object! {
        BrewTeaParameters { cups : optional "cups", kind : required "kind", }
    }
    crate::types::serde_table::object! {
        BuildBlendsUrlParameters { kinds : collection "kinds", }
    }
    crate::types::serde_table::object! {
        BuildLoginUrlParameters { client_id : required "client_id", response_type :
        required "response_type", state : optional "state", }
    }
    crate::types::serde_table::object! {
        ChangeBlendParameters { blend : required "blend", kinds : collection "kinds",
        since : optional "since", weight : optional "weight", }
    }
    crate::types::serde_table::object! {
        ClashDto { baseurl : optional "baseurl", body : optional "body", client :
        optional "client", header_map : optional "header_map", info : optional "info",
        query : optional "query", request : optional "request", result : optional
        "result", self_ : optional "self", type_ : required "type", url : required "url",
        value : optional "value", }
    }
    crate::types::serde_table::object! {
        ClashParameters { baseurl : required "baseurl", body : required "body", client :
        optional "client", header_map : optional "header_map", info : optional "info",
        query : optional "query", request : required "request", result : optional
        "result", self_ : required "self", type_ : required "type", url : required "url",
        value : optional "value", }
    }
    crate::types::serde_table::object! {
        Cup { brewed_at : optional "brewedAt", cup_id : required "cupId", kind : optional
        "kind", label : optional "label" | "text", notes : collection "notes", }
    }
    crate::types::serde_table::object! {
        CupPage { list : required "list", total_count : required "totalCount", }
    }
    crate::types::serde_table::object! {
        Default { result : optional "result", text : required "text", }
    }
    crate::types::serde_table::object! {
        Into { default : required "default", names : optional "names", string : optional
        "string", }
    }
    crate::types::serde_table::object! {
        Leaf { label : optional "label" | "text", }
    }
    crate::types::serde_table::object! {
        ListTeasParameters { limit : optional "limit", page : optional "page", }
    }
    crate::types::serde_table::object! {
        NestedDto { new : optional "new", timeout : optional "timeout", }
    }
    crate::types::serde_table::object! {
        OauthErrorDto { error : optional "error", }
    }
    crate::types::serde_table::object! {
        Option { string : required "string", vec : collection "vec", }
    }
    crate::types::serde_table::object! {
        OrderTeaParameters { table : optional "table", }
    }
    crate::types::serde_table::object! {
        PhoneCodeDto { code : required "code", filter : required "filter", }
    }
    crate::types::serde_table::object! {
        PhoneDto { extra : optional "extra", number : required "number", }
    }
    crate::types::serde_table::object! {
        ReserveParameters { a : required "a", a_parameter : optional "a_parameter", run :
        optional "run", self_ : optional "self", timeout : optional "timeout", }
    }
    crate::types::serde_table::object! {
        ReservedDto { a : required "a", attempt : optional "attempt", clone : optional
        "clone", header : optional "header", nested : optional "nested", new : optional
        "new", self_ : optional "self", timeout : optional "timeout", }
    }
    crate::types::serde_table::object! {
        String { text : required "text", }
    }
    crate::types::serde_table::object! {
        SubEventsParameters { code : required "code", }
    }
    crate::types::serde_table::object! {
        Sugar { lumps : required "lumps", }
    }
    crate::types::serde_table::object! {
        TokenDto { client_id : optional "client_id", client_secret : optional
        "client_secret", code : required "code", grant : required "grant", }
    }
    crate::types::serde_table::object! {
        TokensDto { access_token : required "accessToken", ..extra }
    }
    crate::types::serde_table::object! {
        Vec { result : optional "result", }
    }
}
/// Builds the requests of the operations.
pub mod requests {
    use super::types;
    use progenitor_client::{Error, RequestBuilderExt};
    #[inline]
    pub fn brew_tea<'a>(
        client: &'a ::reqwest::Client,
        url: ::reqwest::Url,
        cups_parameter: Option<i64>,
        body: &'a types::BrewTeaDto,
    ) -> Result<::reqwest::Request, Error<()>> {
        let mut header_map = ::reqwest::header::HeaderMap::new();
        Ok(
            client
                .post(url)
                .json(&body)
                .query(&progenitor_client::QueryParam::new("cups", &cups_parameter))
                .headers(header_map)
                .build()?,
        )
    }
    #[inline]
    pub fn list_teas<'a>(
        client: &'a ::reqwest::Client,
        url: ::reqwest::Url,
        limit_parameter: Option<i64>,
        page_parameter: Option<i64>,
    ) -> Result<::reqwest::Request, Error<()>> {
        let mut header_map = ::reqwest::header::HeaderMap::new();
        Ok(
            client
                .get(url)
                .query(&progenitor_client::QueryParam::new("limit", &limit_parameter))
                .query(&progenitor_client::QueryParam::new("page", &page_parameter))
                .headers(header_map)
                .build()?,
        )
    }
    #[inline]
    pub fn order_tea<'a>(
        client: &'a ::reqwest::Client,
        url: ::reqwest::Url,
        table_parameter: Option<i64>,
        body: &'a types::BrewTeaDto,
    ) -> Result<::reqwest::Request, Error<()>> {
        let mut header_map = ::reqwest::header::HeaderMap::new();
        Ok(
            client
                .post(url)
                .json(&body)
                .query(&progenitor_client::QueryParam::new("table", &table_parameter))
                .headers(header_map)
                .build()?,
        )
    }
    #[inline]
    pub fn clash<'a>(
        client: &'a ::reqwest::Client,
        url: ::reqwest::Url,
        body_parameter: &'a str,
        client_parameter: Option<&'a str>,
        header_map_parameter: Option<&'a str>,
        info_parameter: Option<&'a str>,
        query_parameter: Option<&'a str>,
        request_parameter: &'a str,
        result_parameter: Option<&'a str>,
        type_parameter: &'a str,
        url_parameter: &'a str,
        value_parameter: Option<&'a str>,
        body: &'a types::ClashDto,
    ) -> Result<::reqwest::Request, Error<()>> {
        let mut header_map = ::reqwest::header::HeaderMap::new();
        if let Some(value) = value_parameter {
            header_map.append("value", value.to_string().try_into()?);
        }
        Ok(
            client
                .post(url)
                .json(&body)
                .query(&progenitor_client::QueryParam::new("body", &body_parameter))
                .query(&progenitor_client::QueryParam::new("client", &client_parameter))
                .query(
                    &progenitor_client::QueryParam::new(
                        "header_map",
                        &header_map_parameter,
                    ),
                )
                .query(&progenitor_client::QueryParam::new("info", &info_parameter))
                .query(&progenitor_client::QueryParam::new("query", &query_parameter))
                .query(
                    &progenitor_client::QueryParam::new("request", &request_parameter),
                )
                .query(&progenitor_client::QueryParam::new("result", &result_parameter))
                .query(&progenitor_client::QueryParam::new("type", &type_parameter))
                .query(&progenitor_client::QueryParam::new("url", &url_parameter))
                .headers(header_map)
                .build()?,
        )
    }
    #[inline]
    pub fn issue_tokens<'a>(
        client: &'a ::reqwest::Client,
        url: ::reqwest::Url,
        body: &'a types::TokenDto,
    ) -> Result<::reqwest::Request, Error<()>> {
        let mut header_map = ::reqwest::header::HeaderMap::new();
        Ok(client.post(url).form_urlencoded(&body)?.headers(header_map).build()?)
    }
    #[inline]
    pub fn exchange_phone_code<'a>(
        client: &'a ::reqwest::Client,
        url: ::reqwest::Url,
        body: &'a types::PhoneCodeDto,
    ) -> Result<::reqwest::Request, Error<()>> {
        let mut header_map = ::reqwest::header::HeaderMap::new();
        Ok(client.post(url).json(&body).headers(header_map).build()?)
    }
    #[inline]
    pub fn validate_ticket<'a>(
        client: &'a ::reqwest::Client,
        url: ::reqwest::Url,
    ) -> Result<::reqwest::Request, Error<()>> {
        let mut header_map = ::reqwest::header::HeaderMap::new();
        Ok(client.get(url).headers(header_map).build()?)
    }
    #[inline]
    pub fn option<'a>(
        client: &'a ::reqwest::Client,
        url: ::reqwest::Url,
    ) -> Result<::reqwest::Request, Error<()>> {
        let mut header_map = ::reqwest::header::HeaderMap::new();
        Ok(client.get(url).headers(header_map).build()?)
    }
    #[inline]
    pub fn operation<'a>(
        client: &'a ::reqwest::Client,
        url: ::reqwest::Url,
        body: &'a types::Into,
    ) -> Result<::reqwest::Request, Error<()>> {
        let mut header_map = ::reqwest::header::HeaderMap::new();
        Ok(client.post(url).json(&body).headers(header_map).build()?)
    }
    #[inline]
    pub fn change_blend<'a>(
        client: &'a ::reqwest::Client,
        url: ::reqwest::Url,
        kinds_parameter: Option<&'a ::std::vec::Vec<::std::string::String>>,
        since_parameter: Option<&'a str>,
        weight_parameter: Option<i64>,
        body: &'a types::BlendDto,
    ) -> Result<::reqwest::Request, Error<()>> {
        let mut header_map = ::reqwest::header::HeaderMap::new();
        Ok(
            client
                .patch(url)
                .json(&body)
                .query(&progenitor_client::QueryParam::new("kinds", &kinds_parameter))
                .query(&progenitor_client::QueryParam::new("since", &since_parameter))
                .query(&progenitor_client::QueryParam::new("weight", &weight_parameter))
                .headers(header_map)
                .build()?,
        )
    }
    #[inline]
    pub fn reserve<'a>(
        client: &'a ::reqwest::Client,
        url: ::reqwest::Url,
        a_parameter_parameter: Option<&'a str>,
        run_parameter: Option<&'a str>,
        self_parameter: Option<&'a str>,
        timeout_parameter: Option<&'a str>,
        body: &'a types::ReservedDto,
    ) -> Result<::reqwest::Request, Error<()>> {
        let mut header_map = ::reqwest::header::HeaderMap::new();
        Ok(
            client
                .post(url)
                .json(&body)
                .query(
                    &progenitor_client::QueryParam::new(
                        "a_parameter",
                        &a_parameter_parameter,
                    ),
                )
                .query(&progenitor_client::QueryParam::new("run", &run_parameter))
                .query(&progenitor_client::QueryParam::new("self", &self_parameter))
                .query(
                    &progenitor_client::QueryParam::new("timeout", &timeout_parameter),
                )
                .headers(header_map)
                .build()?,
        )
    }
}
