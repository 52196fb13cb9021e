///The request of [`AuthenticationClient::brew_tea`](crate::AuthenticationClient::brew_tea).
#[derive(Clone, Debug)]
pub struct BrewTea {
    pub(crate) parameters: crate::types::BrewTeaParameters,
    pub(crate) body: crate::types::BrewTeaDto,
}
impl crate::client::operation::Operation for BrewTea {
    type Data = crate::types::Cup;
    const ID: &'static str = "brew_tea";
    const SECURITY: &'static [crate::client::operation::SecurityScheme] = &[
        crate::client::operation::SecurityScheme::AppId,
        crate::client::operation::SecurityScheme::AccessToken,
    ];
    const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::Enveloped;
    const ENDPOINT: crate::client::operation::Endpoint = crate::client::operation::Endpoint {
        method: "POST",
        path: "/teas/{kind}/brew",
        idempotent: false,
    };
    fn path_parameters(&self) -> ::std::vec::Vec<(&'static str, ::std::string::String)> {
        vec![("kind", self.parameters.kind.to_string())]
    }
    #[inline]
    fn request(
        &self,
        http: &::reqwest::Client,
        url: ::reqwest::Url,
    ) -> crate::Result<::reqwest::Request> {
        crate::generated::requests::brew_tea(http, url, self.parameters.cups, &self.body)
            .map_err(crate::client::request::build_error)
    }
}
impl crate::Call<BrewTea> {
    ///How many cups
    pub fn cups(mut self, cups: i64) -> Self {
        self.operation.parameters.cups = Some(cups);
        self
    }
    ///For the guest
    pub fn note(
        mut self,
        note: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.note = Some(Some(note.into()));
        self
    }
    ///Sets `note` to `null`, which clears it
    pub fn clear_note(mut self) -> Self {
        self.operation.body.note = Some(None);
        self
    }
    ///What goes in
    pub fn additions(
        mut self,
        additions: impl ::std::iter::IntoIterator<
            Item = impl ::std::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.operation.body.additions = Some(
            additions.into_iter().map(::std::convert::Into::into).collect(),
        );
        self
    }
    ///How much sugar
    pub fn sugar(
        mut self,
        sugar: impl ::std::convert::Into<crate::types::Sugar>,
    ) -> Self {
        self.operation.body.sugar = Some(sugar.into());
        self
    }
}
///The request of [`AuthenticationClient::list_teas`](crate::AuthenticationClient::list_teas).
#[derive(Clone, Debug)]
pub struct ListTeas {
    pub(crate) parameters: crate::types::ListTeasParameters,
}
impl crate::client::operation::Operation for ListTeas {
    type Data = crate::types::CupPage;
    const ID: &'static str = "list_teas";
    const SECURITY: &'static [crate::client::operation::SecurityScheme] = &[
        crate::client::operation::SecurityScheme::AppId,
    ];
    const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::Enveloped;
    const ENDPOINT: crate::client::operation::Endpoint = crate::client::operation::Endpoint {
        method: "GET",
        path: "/teas",
        idempotent: true,
    };
    #[inline]
    fn request(
        &self,
        http: &::reqwest::Client,
        url: ::reqwest::Url,
    ) -> crate::Result<::reqwest::Request> {
        crate::generated::requests::list_teas(
                http,
                url,
                self.parameters.limit,
                self.parameters.page,
            )
            .map_err(crate::client::request::build_error)
    }
}
impl crate::Call<ListTeas> {
    ///The page's number, from 1
    pub fn page(mut self, page: i64) -> Self {
        self.operation.parameters.page = Some(page);
        self
    }
    ///The page's size
    pub fn limit(mut self, limit: i64) -> Self {
        self.operation.parameters.limit = Some(limit);
        self
    }
}
impl crate::client::pagination::Paginated for ListTeas {
    type Item = crate::types::Cup;
    fn start(&self) -> crate::client::pagination::Position {
        crate::client::pagination::Position::Number(self.parameters.page.unwrap_or(1))
    }
    fn limit(&self) -> ::std::option::Option<i64> {
        self.parameters.limit
    }
    fn set_position(&mut self, position: &crate::client::pagination::Position) {
        if let crate::client::pagination::Position::Number(page) = position {
            self.parameters.page = Some(*page);
        }
    }
    fn page(data: Self::Data) -> crate::client::pagination::Page<Self::Item> {
        crate::client::pagination::Page {
            total: Some(data.total_count),
            next: None,
            items: data.list,
        }
    }
}
///The request of [`AuthenticationClient::order_tea`](crate::AuthenticationClient::order_tea).
#[derive(Clone, Debug)]
pub struct OrderTea {
    pub(crate) parameters: crate::types::OrderTeaParameters,
    pub(crate) body: crate::types::BrewTeaDto,
}
impl crate::client::operation::Operation for OrderTea {
    type Data = ();
    const ID: &'static str = "order_tea";
    const SECURITY: &'static [crate::client::operation::SecurityScheme] = &[
        crate::client::operation::SecurityScheme::AppId,
    ];
    const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::NoData;
    const ENDPOINT: crate::client::operation::Endpoint = crate::client::operation::Endpoint {
        method: "POST",
        path: "/orders",
        idempotent: false,
    };
    #[inline]
    fn request(
        &self,
        http: &::reqwest::Client,
        url: ::reqwest::Url,
    ) -> crate::Result<::reqwest::Request> {
        crate::generated::requests::order_tea(
                http,
                url,
                self.parameters.table,
                &self.body,
            )
            .map_err(crate::client::request::build_error)
    }
}
impl crate::Call<OrderTea> {
    ///Which table
    pub fn table(mut self, table: i64) -> Self {
        self.operation.parameters.table = Some(table);
        self
    }
    ///For the guest
    pub fn note(
        mut self,
        note: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.note = Some(Some(note.into()));
        self
    }
    ///Sets `note` to `null`, which clears it
    pub fn clear_note(mut self) -> Self {
        self.operation.body.note = Some(None);
        self
    }
    ///What goes in
    pub fn additions(
        mut self,
        additions: impl ::std::iter::IntoIterator<
            Item = impl ::std::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.operation.body.additions = Some(
            additions.into_iter().map(::std::convert::Into::into).collect(),
        );
        self
    }
    ///How much sugar
    pub fn sugar(
        mut self,
        sugar: impl ::std::convert::Into<crate::types::Sugar>,
    ) -> Self {
        self.operation.body.sugar = Some(sugar.into());
        self
    }
}
///The request of [`AuthenticationClient::clash`](crate::AuthenticationClient::clash).
#[derive(Clone, Debug)]
pub struct Clash {
    pub(crate) parameters: crate::types::ClashParameters,
    pub(crate) body: crate::types::ClashDto,
}
impl crate::client::operation::Operation for Clash {
    type Data = ();
    const ID: &'static str = "clash";
    const SECURITY: &'static [crate::client::operation::SecurityScheme] = &[
        crate::client::operation::SecurityScheme::AppId,
    ];
    const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::Empty;
    const ENDPOINT: crate::client::operation::Endpoint = crate::client::operation::Endpoint {
        method: "POST",
        path: "/clashes/{self}/{baseurl}",
        idempotent: false,
    };
    fn path_parameters(&self) -> ::std::vec::Vec<(&'static str, ::std::string::String)> {
        vec![
            ("self", self.parameters.self_.to_string()), ("baseurl", self.parameters
            .baseurl.to_string())
        ]
    }
    #[inline]
    fn request(
        &self,
        http: &::reqwest::Client,
        url: ::reqwest::Url,
    ) -> crate::Result<::reqwest::Request> {
        crate::generated::requests::clash(
                http,
                url,
                &self.parameters.body,
                self.parameters.client.as_deref(),
                self.parameters.header_map.as_deref(),
                self.parameters.info.as_deref(),
                self.parameters.query.as_deref(),
                &self.parameters.request,
                self.parameters.result.as_deref(),
                &self.parameters.type_,
                &self.parameters.url,
                self.parameters.value.as_deref(),
                &self.body,
            )
            .map_err(crate::client::request::build_error)
    }
}
impl crate::Call<Clash> {
    ///In the query
    pub fn result_parameter(
        mut self,
        result_parameter: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.parameters.result = Some(result_parameter.into());
        self
    }
    ///In the query
    pub fn client_parameter(
        mut self,
        client_parameter: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.parameters.client = Some(client_parameter.into());
        self
    }
    ///In the query
    pub fn info_parameter(
        mut self,
        info_parameter: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.parameters.info = Some(info_parameter.into());
        self
    }
    ///In the query
    pub fn query_parameter(
        mut self,
        query_parameter: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.parameters.query = Some(query_parameter.into());
        self
    }
    ///In the query
    pub fn header_map_parameter(
        mut self,
        header_map_parameter: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.parameters.header_map = Some(header_map_parameter.into());
        self
    }
    ///In a header
    pub fn value_parameter(
        mut self,
        value_parameter: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.parameters.value = Some(value_parameter.into());
        self
    }
    ///In the body
    pub fn request(
        mut self,
        request: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.request = Some(request.into());
        self
    }
    ///In the body
    pub fn result(
        mut self,
        result: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.result = Some(result.into());
        self
    }
    ///In the body
    pub fn client(
        mut self,
        client: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.client = Some(client.into());
        self
    }
    ///In the body
    pub fn body(
        mut self,
        body: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.body = Some(body.into());
        self
    }
    ///In the body
    pub fn value(
        mut self,
        value: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.value = Some(value.into());
        self
    }
    ///In the body
    pub fn info(
        mut self,
        info: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.info = Some(info.into());
        self
    }
    ///In the body
    pub fn self_(
        mut self,
        self_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.self_ = Some(self_.into());
        self
    }
    ///In the body
    pub fn query(
        mut self,
        query: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.query = Some(query.into());
        self
    }
    ///In the body
    pub fn baseurl(
        mut self,
        baseurl: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.baseurl = Some(baseurl.into());
        self
    }
    ///In the body
    pub fn header_map(
        mut self,
        header_map: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.header_map = Some(header_map.into());
        self
    }
}
///The URL of [`AuthenticationClient::build_login_url`](crate::AuthenticationClient::build_login_url).
#[derive(Clone, Debug)]
pub struct BuildLoginUrl {
    pub(crate) parameters: crate::types::BuildLoginUrlParameters,
}
impl crate::client::url::UrlOperation for BuildLoginUrl {
    type Parameters = crate::types::BuildLoginUrlParameters;
    const ID: &'static str = "build_login_url";
    const PATH: &'static str = "/login";
    fn parameters(&self) -> &crate::types::BuildLoginUrlParameters {
        &self.parameters
    }
}
impl crate::UrlBuilder<BuildLoginUrl> {
    ///Comes back unchanged
    pub fn state(
        mut self,
        state: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.parameters.state = Some(state.into());
        self
    }
}
///The request of [`AuthenticationClient::issue_tokens`](crate::AuthenticationClient::issue_tokens).
#[derive(Clone, Debug)]
pub struct IssueTokens {
    pub(crate) body: crate::types::TokenDto,
}
impl crate::client::operation::Operation for IssueTokens {
    type Data = crate::types::TokensDto;
    const ID: &'static str = "issue_tokens";
    const SECURITY: &'static [crate::client::operation::SecurityScheme] = &[
        crate::client::operation::SecurityScheme::OauthClient,
    ];
    const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::Bare;
    const ENDPOINT: crate::client::operation::Endpoint = crate::client::operation::Endpoint {
        method: "POST",
        path: "/token",
        idempotent: false,
    };
    fn client_credentials(
        &mut self,
    ) -> ::std::option::Option<crate::client::operation::ClientCredentials<'_>> {
        Some(crate::client::operation::ClientCredentials {
            id: &mut self.body.client_id,
            secret: &mut self.body.client_secret,
        })
    }
    #[inline]
    fn request(
        &self,
        http: &::reqwest::Client,
        url: ::reqwest::Url,
    ) -> crate::Result<::reqwest::Request> {
        crate::generated::requests::issue_tokens(http, url, &self.body)
            .map_err(crate::client::request::build_error)
    }
}
impl crate::Call<IssueTokens> {
    ///The application
    pub fn client_id(
        mut self,
        client_id: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.client_id = Some(client_id.into());
        self
    }
    ///Its secret
    pub fn client_secret(
        mut self,
        client_secret: impl ::std::convert::Into<crate::Secret>,
    ) -> Self {
        self.operation.body.client_secret = Some(client_secret.into());
        self
    }
}
///The request of [`AuthenticationClient::exchange_phone_code`](crate::AuthenticationClient::exchange_phone_code).
#[derive(Clone, Debug)]
pub struct ExchangePhoneCode {
    pub(crate) body: crate::types::PhoneCodeDto,
}
impl crate::client::operation::Operation for ExchangePhoneCode {
    type Data = crate::types::PhoneDto;
    const ID: &'static str = "exchange_phone_code";
    const SECURITY: &'static [crate::client::operation::SecurityScheme] = &[
        crate::client::operation::SecurityScheme::AppId,
    ];
    const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::UpstreamResponse(crate::client::operation::UpstreamResponse {
        payload: "phone_info",
        code: "errcode",
        message: "errmsg",
        success: 0i64,
        throttled: &[45011i64],
        transient: &[-1i64],
    });
    const ENDPOINT: crate::client::operation::Endpoint = crate::client::operation::Endpoint {
        method: "POST",
        path: "/phone",
        idempotent: false,
    };
    #[inline]
    fn request(
        &self,
        http: &::reqwest::Client,
        url: ::reqwest::Url,
    ) -> crate::Result<::reqwest::Request> {
        crate::generated::requests::exchange_phone_code(http, url, &self.body)
            .map_err(crate::client::request::build_error)
    }
}
///The request of [`AuthenticationClient::validate_ticket`](crate::AuthenticationClient::validate_ticket).
#[derive(Clone, Debug)]
pub struct ValidateTicket {}
impl crate::client::operation::Operation for ValidateTicket {
    type Data = crate::CasValidation;
    const ID: &'static str = "validate_ticket";
    const SECURITY: &'static [crate::client::operation::SecurityScheme] = &[
        crate::client::operation::SecurityScheme::AppId,
    ];
    const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::Text;
    const ENDPOINT: crate::client::operation::Endpoint = crate::client::operation::Endpoint {
        method: "GET",
        path: "/ticket",
        idempotent: true,
    };
    #[inline]
    fn request(
        &self,
        http: &::reqwest::Client,
        url: ::reqwest::Url,
    ) -> crate::Result<::reqwest::Request> {
        crate::generated::requests::validate_ticket(http, url)
            .map_err(crate::client::request::build_error)
    }
}
///The request of [`AuthenticationClient::option`](crate::AuthenticationClient::option).
#[derive(Clone, Debug)]
pub struct Option {}
impl crate::client::operation::Operation for Option {
    type Data = crate::types::Option;
    const ID: &'static str = "option";
    const SECURITY: &'static [crate::client::operation::SecurityScheme] = &[
        crate::client::operation::SecurityScheme::AppId,
    ];
    const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::Bare;
    const ENDPOINT: crate::client::operation::Endpoint = crate::client::operation::Endpoint {
        method: "GET",
        path: "/preludes",
        idempotent: true,
    };
    #[inline]
    fn request(
        &self,
        http: &::reqwest::Client,
        url: ::reqwest::Url,
    ) -> crate::Result<::reqwest::Request> {
        crate::generated::requests::option(http, url)
            .map_err(crate::client::request::build_error)
    }
}
///The request of [`AuthenticationClient::operation`](crate::AuthenticationClient::operation).
#[derive(Clone, Debug)]
pub struct Operation {
    pub(crate) body: crate::types::Into,
}
impl crate::client::operation::Operation for Operation {
    type Data = ();
    const ID: &'static str = "operation";
    const SECURITY: &'static [crate::client::operation::SecurityScheme] = &[
        crate::client::operation::SecurityScheme::AppId,
    ];
    const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::Empty;
    const ENDPOINT: crate::client::operation::Endpoint = crate::client::operation::Endpoint {
        method: "POST",
        path: "/preludes",
        idempotent: false,
    };
    #[inline]
    fn request(
        &self,
        http: &::reqwest::Client,
        url: ::reqwest::Url,
    ) -> crate::Result<::reqwest::Request> {
        crate::generated::requests::operation(http, url, &self.body)
            .map_err(crate::client::request::build_error)
    }
}
impl crate::Call<Operation> {
    ///Several
    pub fn names(
        mut self,
        names: impl ::std::iter::IntoIterator<
            Item = impl ::std::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.operation.body.names = Some(
            names.into_iter().map(::std::convert::Into::into).collect(),
        );
        self
    }
    ///A name of the prelude
    pub fn string(
        mut self,
        string: impl ::std::convert::Into<crate::types::String>,
    ) -> Self {
        self.operation.body.string = Some(string.into());
        self
    }
}
///The request of [`AuthenticationClient::change_blend`](crate::AuthenticationClient::change_blend).
#[derive(Clone, Debug)]
pub struct ChangeBlend {
    pub(crate) parameters: crate::types::ChangeBlendParameters,
    pub(crate) body: crate::types::BlendDto,
}
impl crate::client::operation::Operation for ChangeBlend {
    type Data = ::std::option::Option<crate::types::Blend>;
    const ID: &'static str = "change_blend";
    const SECURITY: &'static [crate::client::operation::SecurityScheme] = &[
        crate::client::operation::SecurityScheme::AppId,
    ];
    const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::Enveloped;
    const ENDPOINT: crate::client::operation::Endpoint = crate::client::operation::Endpoint {
        method: "PATCH",
        path: "/blends/{blend}",
        idempotent: false,
    };
    fn path_parameters(&self) -> ::std::vec::Vec<(&'static str, ::std::string::String)> {
        vec![("blend", self.parameters.blend.to_string())]
    }
    #[inline]
    fn request(
        &self,
        http: &::reqwest::Client,
        url: ::reqwest::Url,
    ) -> crate::Result<::reqwest::Request> {
        crate::generated::requests::change_blend(
                http,
                url,
                ::std::option::Option::Some(&self.parameters.kinds),
                self.parameters.since.as_deref(),
                self.parameters.weight,
                &self.body,
            )
            .map_err(crate::client::request::build_error)
    }
}
impl crate::Call<ChangeBlend> {
    ///From which day
    pub fn since(
        mut self,
        since: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.parameters.since = Some(since.into());
        self
    }
    ///In grams
    pub fn weight_parameter(mut self, weight_parameter: i64) -> Self {
        self.operation.parameters.weight = Some(weight_parameter);
        self
    }
    ///Only these kinds
    pub fn kinds(
        mut self,
        kinds: impl ::std::iter::IntoIterator<
            Item = impl ::std::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.operation.parameters.kinds = kinds
            .into_iter()
            .map(::std::convert::Into::into)
            .collect();
        self
    }
    ///In grams
    pub fn weight(mut self, weight: i64) -> Self {
        self.operation.body.weight = Some(weight);
        self
    }
    ///In euros
    pub fn price(mut self, price: f64) -> Self {
        self.operation.body.price = Some(price);
        self
    }
    ///What is in it
    pub fn leaves(
        mut self,
        leaves: impl ::std::iter::IntoIterator<
            Item = impl ::std::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.operation.body.leaves = Some(
            leaves.into_iter().map(::std::convert::Into::into).collect(),
        );
        self
    }
    ///When it was harvested
    pub fn harvested_on(
        mut self,
        harvested_on: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.harvested_on = Some(harvested_on.into());
        self
    }
}
///The URL of [`AuthenticationClient::build_blends_url`](crate::AuthenticationClient::build_blends_url).
#[derive(Clone, Debug)]
pub struct BuildBlendsUrl {
    pub(crate) parameters: crate::types::BuildBlendsUrlParameters,
}
impl crate::client::url::UrlOperation for BuildBlendsUrl {
    type Parameters = crate::types::BuildBlendsUrlParameters;
    const ID: &'static str = "build_blends_url";
    const PATH: &'static str = "/blends";
    fn parameters(&self) -> &crate::types::BuildBlendsUrlParameters {
        &self.parameters
    }
}
impl crate::UrlBuilder<BuildBlendsUrl> {
    ///Only these kinds
    pub fn kinds(
        mut self,
        kinds: impl ::std::iter::IntoIterator<
            Item = impl ::std::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.operation.parameters.kinds = kinds
            .into_iter()
            .map(::std::convert::Into::into)
            .collect();
        self
    }
}
///The request of [`AuthenticationClient::reserve`](crate::AuthenticationClient::reserve).
#[derive(Clone, Debug)]
pub struct Reserve {
    pub(crate) parameters: crate::types::ReserveParameters,
    pub(crate) body: crate::types::ReservedDto,
}
impl crate::client::operation::Operation for Reserve {
    type Data = ();
    const ID: &'static str = "reserve";
    const SECURITY: &'static [crate::client::operation::SecurityScheme] = &[
        crate::client::operation::SecurityScheme::AppId,
    ];
    const RESPONSE: crate::client::operation::ResponseShape = crate::client::operation::ResponseShape::Empty;
    const ENDPOINT: crate::client::operation::Endpoint = crate::client::operation::Endpoint {
        method: "POST",
        path: "/reserved/{a}",
        idempotent: false,
    };
    fn path_parameters(&self) -> ::std::vec::Vec<(&'static str, ::std::string::String)> {
        vec![("a", self.parameters.a.to_string())]
    }
    #[inline]
    fn request(
        &self,
        http: &::reqwest::Client,
        url: ::reqwest::Url,
    ) -> crate::Result<::reqwest::Request> {
        crate::generated::requests::reserve(
                http,
                url,
                self.parameters.a_parameter.as_deref(),
                self.parameters.run.as_deref(),
                self.parameters.self_.as_deref(),
                self.parameters.timeout.as_deref(),
                &self.body,
            )
            .map_err(crate::client::request::build_error)
    }
}
impl crate::Call<Reserve> {
    ///In the query
    pub fn a_parameter(
        mut self,
        a_parameter: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.parameters.a_parameter = Some(a_parameter.into());
        self
    }
    ///In the query
    pub fn self_parameter(
        mut self,
        self_parameter: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.parameters.self_ = Some(self_parameter.into());
        self
    }
    ///In the query
    pub fn run_(
        mut self,
        run_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.parameters.run = Some(run_.into());
        self
    }
    ///In the query
    pub fn timeout_parameter(
        mut self,
        timeout_parameter: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.parameters.timeout = Some(timeout_parameter.into());
        self
    }
    ///In the body
    pub fn self_(
        mut self,
        self_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.self_ = Some(self_.into());
        self
    }
    ///In the body
    pub fn attempt_(
        mut self,
        attempt_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.attempt = Some(attempt_.into());
        self
    }
    ///In the body
    pub fn header_(
        mut self,
        header_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.header = Some(header_.into());
        self
    }
    ///In the body
    pub fn timeout_(
        mut self,
        timeout_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.timeout = Some(timeout_.into());
        self
    }
    ///In the body
    pub fn clone_(
        mut self,
        clone_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.clone = Some(clone_.into());
        self
    }
    ///In the body
    pub fn new_(
        mut self,
        new_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.operation.body.new = Some(new_.into());
        self
    }
    ///Names of methods
    pub fn nested(
        mut self,
        nested: impl ::std::convert::Into<crate::types::NestedDto>,
    ) -> Self {
        self.operation.body.nested = Some(nested.into());
        self
    }
}
/**# Tea

Everything about tea.*/
impl crate::AuthenticationClient {
    /**Brew a cup of tea.

Call it when you are thirsty. [`list_teas`](Self::list_teas) shows what there is.

# Arguments

- `kind`: What kind of tea
- `strength`: How strong a tea is
- `temperature`: Of the water, in degrees Celsius

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.brew_tea(genauth::types::TeaKind::GreenTea, genauth::types::TeaStrength::Strong, 80).await?;
# Ok(())
# }
```

# API

`POST /teas/{kind}/brew`
*/
    #[doc(alias = "make_tea")]
    pub fn brew_tea(
        &self,
        kind: crate::types::TeaKind,
        strength: crate::types::TeaStrength,
        temperature: i64,
    ) -> crate::Call<BrewTea> {
        crate::Call::new(
            self.core(),
            crate::operations::BrewTea {
                parameters: crate::types::BrewTeaParameters::new(kind),
                body: crate::types::BrewTeaDto::new(strength, temperature),
            },
        )
    }
    /**List teas.

Lists what there is, page by page

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.list_teas().await?;
# Ok(())
# }
```

# API

`GET /teas`
*/
    pub fn list_teas(&self) -> crate::Call<ListTeas> {
        crate::Call::new(
            self.core(),
            crate::operations::ListTeas {
                parameters: crate::types::ListTeasParameters::new(),
            },
        )
    }
    /**Order tea.

To have it brewed later

# Arguments

- `strength`: How strong a tea is
- `temperature`: Of the water, in degrees Celsius

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.order_tea(genauth::types::TeaStrength::Mild, 80).await?;
# Ok(())
# }
```

# API

`POST /orders`
*/
    pub fn order_tea(
        &self,
        strength: crate::types::TeaStrength,
        temperature: i64,
    ) -> crate::Call<OrderTea> {
        crate::Call::new(
            self.core(),
            crate::operations::OrderTea {
                parameters: crate::types::OrderTeaParameters::new(),
                body: crate::types::BrewTeaDto::new(strength, temperature),
            },
        )
    }
    /**Order strong tea.

Calls [`order_tea`](Self::order_tea) with `strength` set to `STRONG`, and with these arguments. Its other options are setters here too.

# Arguments

- `temperature`: Of the water, in degrees Celsius
- `lumps`: How many lumps

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.order_strong_tea(80, 2).await?;
# Ok(())
# }
```

# API

`POST /orders`
*/
    pub fn order_strong_tea(
        &self,
        temperature: i64,
        lumps: i64,
    ) -> crate::Call<OrderTea> {
        crate::Call::new(
            self.core(),
            OrderTea {
                parameters: crate::types::OrderTeaParameters::new(),
                body: crate::types::BrewTeaDto::new(
                        crate::types::TeaStrength::Strong,
                        temperature,
                    )
                    .sugar(crate::types::Sugar::new(lumps)),
            },
        )
    }
    /**Have names that generated code has too.

Every one of them reaches the request under its own name

# Arguments

- `self_parameter`: In the path
- `baseurl_parameter`: In the path
- `url_parameter`: In the query
- `request_parameter`: In the query
- `body_parameter`: In the query
- `type_parameter`: In the query
- `url`: In the body
- `type_`: In the body

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.clash("a", "a", "a", "a", "a", "a", "a", "a").await?;
# Ok(())
# }
```

# API

`POST /clashes/{self}/{baseurl}`
*/
    #[allow(clippy::too_many_arguments)]
    pub fn clash(
        &self,
        self_parameter: impl ::std::convert::Into<::std::string::String>,
        baseurl_parameter: impl ::std::convert::Into<::std::string::String>,
        url_parameter: impl ::std::convert::Into<::std::string::String>,
        request_parameter: impl ::std::convert::Into<::std::string::String>,
        body_parameter: impl ::std::convert::Into<::std::string::String>,
        type_parameter: impl ::std::convert::Into<::std::string::String>,
        url: impl ::std::convert::Into<::std::string::String>,
        type_: impl ::std::convert::Into<::std::string::String>,
    ) -> crate::Call<Clash> {
        crate::Call::new(
            self.core(),
            crate::operations::Clash {
                parameters: crate::types::ClashParameters::new(
                    self_parameter,
                    baseurl_parameter,
                    url_parameter,
                    request_parameter,
                    body_parameter,
                    type_parameter,
                ),
                body: crate::types::ClashDto::new(url, type_),
            },
        )
    }
    /**Build the URL of the login page.

A browser opens it

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let url = client.build_login_url().to_url()?;
# Ok(())
# }
```

# API

`GET /login`
*/
    pub fn build_login_url(&self) -> crate::UrlBuilder<BuildLoginUrl> {
        crate::UrlBuilder::new(
            self.core(),
            crate::operations::BuildLoginUrl {
                parameters: crate::types::BuildLoginUrlParameters::new(
                    self.app_id(),
                    "code",
                ),
            },
        )
    }
    #[cfg(feature = "oidc")]
    pub(crate) fn internal_authorization(&self) -> crate::UrlBuilder<BuildLoginUrl> {
        self.build_login_url()
    }
    /**Issue tokens.

In exchange for a code

# Arguments

- `grant`: The grant type
- `code`: The code

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.issue_tokens("code", "a-code").await?;
# Ok(())
# }
```

# API

`POST /token`
*/
    pub fn issue_tokens(
        &self,
        grant: impl ::std::convert::Into<::std::string::String>,
        code: impl ::std::convert::Into<crate::Secret>,
    ) -> crate::Call<IssueTokens> {
        crate::Call::new(
            self.core(),
            crate::operations::IssueTokens {
                body: crate::types::TokenDto::new(grant, code),
            },
        )
    }
    #[cfg(feature = "oidc")]
    pub(crate) fn internal_jwks(
        &self,
        grant: impl ::std::convert::Into<::std::string::String>,
        code: impl ::std::convert::Into<crate::Secret>,
    ) -> crate::Call<IssueTokens> {
        self.issue_tokens(grant, code)
    }
    /**By a code.

Calls [`issue_tokens`](Self::issue_tokens) with `grant` set to `code`, and with these arguments. Its other options are setters here too.

# Arguments

- `code`: The code

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.by_code("a-code").await?;
# Ok(())
# }
```

# API

`POST /token`
*/
    pub fn by_code(
        &self,
        code: impl ::std::convert::Into<crate::Secret>,
    ) -> crate::Call<IssueTokens> {
        crate::Call::new(
            self.core(),
            IssueTokens {
                body: crate::types::TokenDto::new("code", code),
            },
        )
    }
    #[cfg(feature = "oidc")]
    pub(crate) fn internal_code_exchange(
        &self,
        code: impl ::std::convert::Into<crate::Secret>,
    ) -> crate::Call<IssueTokens> {
        self.by_code(code)
    }
    /**By a token.

Calls [`issue_tokens`](Self::issue_tokens) with `grant` set to `refresh`, and with these arguments. Its other options are setters here too.

# Arguments

- `code`: The code

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.by_refresh("a-code").await?;
# Ok(())
# }
```

# API

`POST /token`
*/
    pub fn by_refresh(
        &self,
        code: impl ::std::convert::Into<crate::Secret>,
    ) -> crate::Call<IssueTokens> {
        crate::Call::new(
            self.core(),
            IssueTokens {
                body: crate::types::TokenDto::new("refresh", code),
            },
        )
    }
    #[cfg(feature = "oidc")]
    pub(crate) fn internal_token_refresh(
        &self,
        code: impl ::std::convert::Into<crate::Secret>,
    ) -> crate::Call<IssueTokens> {
        self.by_refresh(code)
    }
    /**Revoke.

Calls [`issue_tokens`](Self::issue_tokens) with `grant` set to `revoke`, and with these arguments. Its other options are setters here too.

# Arguments

- `code`: The code

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.revoke("a-code").await?;
# Ok(())
# }
```

# API

`POST /token`
*/
    pub fn revoke(
        &self,
        code: impl ::std::convert::Into<crate::Secret>,
    ) -> crate::Call<IssueTokens> {
        crate::Call::new(
            self.core(),
            IssueTokens {
                body: crate::types::TokenDto::new("revoke", code),
            },
        )
    }
    #[cfg(feature = "oidc")]
    pub(crate) fn internal_token_revocation(
        &self,
        code: impl ::std::convert::Into<crate::Secret>,
    ) -> crate::Call<IssueTokens> {
        self.revoke(code)
    }
    /**Exchange a code for a phone number.

The upstream service's response comes in several forms

# Arguments

- `code`: The code
- `filter`: What to look for

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
# #[allow(deprecated)]
let data = client.exchange_phone_code("a-code", &serde_json::json!({"a":1})).await?;
# Ok(())
# }
```

# API

`POST /phone`
*/
    #[deprecated]
    pub fn exchange_phone_code(
        &self,
        code: impl ::std::convert::Into<crate::Secret>,
        filter: &(impl ::serde::Serialize + ?Sized),
    ) -> crate::Call<ExchangePhoneCode> {
        crate::Call::new(
            self.core(),
            crate::operations::ExchangePhoneCode {
                body: crate::types::PhoneCodeDto::new(code, filter),
            },
        )
    }
    /**Validate a ticket.

By CAS 1.0

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.validate_ticket().await?;
# Ok(())
# }
```

# API

`GET /ticket`
*/
    pub fn validate_ticket(&self) -> crate::Call<ValidateTicket> {
        crate::Call::new(
            self.core(),
            crate::operations::ValidateTicket {
            },
        )
    }
    #[cfg(feature = "oidc")]
    pub(crate) fn internal_discovery(&self) -> crate::Call<ValidateTicket> {
        self.validate_ticket()
    }
    /**Subscribe to events.

Over a WebSocket

# Arguments

- `code`: The event type

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
use futures_util::TryStreamExt;

let mut events = client.sub_events("tea.ready");
while let Some(item) = events.try_next().await? {
    println!("{item:?}");
}
# Ok(())
# }
```

# API

`GET /events`
*/
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn sub_events(
        &self,
        code: impl ::std::convert::Into<::std::string::String>,
    ) -> crate::events::EventStream {
        const ENDPOINT: crate::events::WebSocketEndpoint = crate::events::WebSocketEndpoint {
            id: "sub_events",
            path: "/events",
            token: Some("token"),
            event_type: "code",
            host: |brand| match brand {
                crate::Brand::GenAuth => "wss://events.genauth.example",
                crate::Brand::Authing => "wss://events.authing.example",
            },
        };
        crate::events::EventStream::new(
            self.core(),
            ENDPOINT,
            &crate::types::SubEventsParameters::new(code),
        )
    }
    /**The same as [`sub_events`](Self::sub_events).
*/
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn events(
        &self,
        code: impl ::std::convert::Into<::std::string::String>,
    ) -> crate::events::EventStream {
        self.sub_events(code)
    }
    /**Have a name of the prelude.

Generated code names the prelude's types by their paths

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.option().await?;
# Ok(())
# }
```

# API

`GET /preludes`
*/
    pub fn option(&self) -> crate::Call<Option> {
        crate::Call::new(self.core(), crate::operations::Option {})
    }
    /**Have a name of the library.

Generated code names the library's types by their paths

# Arguments

- `default`: A name of the prelude

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.operation(genauth::types::Default::new("a")).await?;
# Ok(())
# }
```

# API

`POST /preludes`
*/
    pub fn operation(
        &self,
        default: impl ::std::convert::Into<crate::types::Default>,
    ) -> crate::Call<Operation> {
        crate::Call::new(
            self.core(),
            crate::operations::Operation {
                body: crate::types::Into::new(default),
            },
        )
    }
    /**Change a blend.

The server validates what the document says of its values

# Arguments

- `blend`: Which
- `code`: What allows it

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.change_blend("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "123456").await?;
# Ok(())
# }
```

# API

`PATCH /blends/{blend}`
*/
    pub fn change_blend(
        &self,
        blend: impl ::std::convert::Into<::std::string::String>,
        code: impl ::std::convert::Into<crate::Secret>,
    ) -> crate::Call<ChangeBlend> {
        crate::Call::new(
            self.core(),
            crate::operations::ChangeBlend {
                parameters: crate::types::ChangeBlendParameters::new(blend),
                body: crate::types::BlendDto::new(code),
            },
        )
    }
    /**Build the URL of a list of blends.

An array is several query parameters of one name

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let url = client.build_blends_url().to_url()?;
# Ok(())
# }
```

# API

`GET /blends`
*/
    pub fn build_blends_url(&self) -> crate::UrlBuilder<BuildBlendsUrl> {
        crate::UrlBuilder::new(
            self.core(),
            crate::operations::BuildBlendsUrl {
                parameters: crate::types::BuildBlendsUrlParameters::new(),
            },
        )
    }
    /**Have names of methods.

Their setters get a trailing underscore

# Arguments

- `a_parameter_parameter`: In the path
- `a`: In the body

# Example

```no_run
# async fn example() -> genauth::Result<()> {
# let client = genauth::AuthenticationClient::from_env()?;
let data = client.reserve("a", "a").await?;
# Ok(())
# }
```

# API

`POST /reserved/{a}`
*/
    pub fn reserve(
        &self,
        a_parameter_parameter: impl ::std::convert::Into<::std::string::String>,
        a: impl ::std::convert::Into<::std::string::String>,
    ) -> crate::Call<Reserve> {
        crate::Call::new(
            self.core(),
            crate::operations::Reserve {
                parameters: crate::types::ReserveParameters::new(a_parameter_parameter),
                body: crate::types::ReservedDto::new(a),
            },
        )
    }
}
