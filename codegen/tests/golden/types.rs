crate::types::open_enum::open_enum! {
    #[doc = "A kind of tea"] TeaKind { #[doc = "`green tea`"] GreenTea = "green tea",
    #[doc = "`oolong`"] Oolong = "oolong", #[doc = "`86°C`"] Hot = "86°C", }
}
crate::types::open_enum::open_enum! {
    #[doc = "How strong a tea is"] TeaStrength { #[doc = "`MILD`: for the evening"] Mild
    = "MILD", #[doc = "`STRONG`: for the morning"] Strong = "STRONG", }
}
///The response with the tea
pub type BrewTeaRespDto = crate::Envelope<crate::types::Cup>;
///The response without data
pub type DoneRespDto = crate::Envelope<()>;
///The response with a page of cups
pub type TeaListRespDto = crate::Envelope<crate::types::CupPage>;
///The response with a number
pub type PhoneRespDto = crate::Envelope<crate::types::PhoneDto>;
///The response with a blend
pub type BlendRespDto = crate::Envelope<::std::option::Option<crate::types::Blend>>;
crate::types::open_enum::open_enum! {
    #[doc = "A name of the prelude"] Result { #[doc = "`Ok`"] Ok = "Ok", #[doc = "`Err`"]
    Err = "Err", }
}
impl BrewTeaDto {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(strength: crate::types::TeaStrength, temperature: i64) -> Self {
        Self {
            strength,
            temperature,
            note: ::std::default::Default::default(),
            additions: ::std::default::Default::default(),
            sugar: ::std::default::Default::default(),
        }
    }
    ///For the guest
    #[must_use]
    pub fn note(
        mut self,
        note: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.note = Some(Some(note.into()));
        self
    }
    ///Sets `note` to `null`, which clears it
    #[must_use]
    pub fn clear_note(mut self) -> Self {
        self.note = Some(None);
        self
    }
    ///What goes in
    #[must_use]
    pub fn additions(
        mut self,
        additions: impl ::std::iter::IntoIterator<
            Item = impl ::std::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.additions = Some(
            additions.into_iter().map(::std::convert::Into::into).collect(),
        );
        self
    }
    ///How much sugar
    #[must_use]
    pub fn sugar(
        mut self,
        sugar: impl ::std::convert::Into<crate::types::Sugar>,
    ) -> Self {
        self.sugar = Some(sugar.into());
        self
    }
}
impl Sugar {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(lumps: i64) -> Self {
        Self { lumps }
    }
}
impl ClashDto {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(
        url: impl ::std::convert::Into<::std::string::String>,
        type_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        Self {
            url: url.into(),
            type_: type_.into(),
            request: ::std::default::Default::default(),
            result: ::std::default::Default::default(),
            client: ::std::default::Default::default(),
            body: ::std::default::Default::default(),
            value: ::std::default::Default::default(),
            info: ::std::default::Default::default(),
            self_: ::std::default::Default::default(),
            query: ::std::default::Default::default(),
            baseurl: ::std::default::Default::default(),
            header_map: ::std::default::Default::default(),
        }
    }
    ///In the body
    #[must_use]
    pub fn request(
        mut self,
        request: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.request = Some(request.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn result(
        mut self,
        result: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.result = Some(result.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn client(
        mut self,
        client: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.client = Some(client.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn body(
        mut self,
        body: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.body = Some(body.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn value(
        mut self,
        value: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.value = Some(value.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn info(
        mut self,
        info: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.info = Some(info.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn self_(
        mut self,
        self_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.self_ = Some(self_.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn query(
        mut self,
        query: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.query = Some(query.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn baseurl(
        mut self,
        baseurl: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.baseurl = Some(baseurl.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn header_map(
        mut self,
        header_map: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.header_map = Some(header_map.into());
        self
    }
}
impl TokenDto {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(
        grant: impl ::std::convert::Into<::std::string::String>,
        code: impl ::std::convert::Into<crate::Secret>,
    ) -> Self {
        Self {
            grant: grant.into(),
            code: code.into(),
            client_id: ::std::default::Default::default(),
            client_secret: ::std::default::Default::default(),
        }
    }
    ///The application
    #[must_use]
    pub fn client_id(
        mut self,
        client_id: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.client_id = Some(client_id.into());
        self
    }
    ///Its secret
    #[must_use]
    pub fn client_secret(
        mut self,
        client_secret: impl ::std::convert::Into<crate::Secret>,
    ) -> Self {
        self.client_secret = Some(client_secret.into());
        self
    }
}
impl PhoneCodeDto {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(
        code: impl ::std::convert::Into<crate::Secret>,
        filter: &(impl ::serde::Serialize + ?Sized),
    ) -> Self {
        Self {
            code: code.into(),
            filter: crate::JsonText::new(filter),
        }
    }
}
impl ReservedDto {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(a: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self {
            a: a.into(),
            self_: ::std::default::Default::default(),
            attempt: ::std::default::Default::default(),
            header: ::std::default::Default::default(),
            timeout: ::std::default::Default::default(),
            clone: ::std::default::Default::default(),
            new: ::std::default::Default::default(),
            nested: ::std::default::Default::default(),
        }
    }
    ///In the body
    #[must_use]
    pub fn self_(
        mut self,
        self_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.self_ = Some(self_.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn attempt(
        mut self,
        attempt: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.attempt = Some(attempt.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn header(
        mut self,
        header: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.header = Some(header.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn timeout(
        mut self,
        timeout: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.timeout = Some(timeout.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn clone_(
        mut self,
        clone_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.clone = Some(clone_.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn new_(
        mut self,
        new_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.new = Some(new_.into());
        self
    }
    ///Names of methods
    #[must_use]
    pub fn nested(
        mut self,
        nested: impl ::std::convert::Into<crate::types::NestedDto>,
    ) -> Self {
        self.nested = Some(nested.into());
        self
    }
}
impl NestedDto {
    /// Sets the required properties, and leaves the others unset.
    pub fn new() -> Self {
        Self {
            new: ::std::default::Default::default(),
            timeout: ::std::default::Default::default(),
        }
    }
    ///In the body
    #[must_use]
    pub fn new_(
        mut self,
        new_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.new = Some(new_.into());
        self
    }
    ///In the body
    #[must_use]
    pub fn timeout(
        mut self,
        timeout: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.timeout = Some(timeout.into());
        self
    }
}
impl BlendDto {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(code: impl ::std::convert::Into<crate::Secret>) -> Self {
        Self {
            code: code.into(),
            weight: ::std::default::Default::default(),
            price: ::std::default::Default::default(),
            leaves: ::std::default::Default::default(),
            harvested_on: ::std::default::Default::default(),
        }
    }
    ///In grams
    #[must_use]
    pub fn weight(mut self, weight: i64) -> Self {
        self.weight = Some(weight);
        self
    }
    ///In euros
    #[must_use]
    pub fn price(mut self, price: f64) -> Self {
        self.price = Some(price);
        self
    }
    ///What is in it
    #[must_use]
    pub fn leaves(
        mut self,
        leaves: impl ::std::iter::IntoIterator<
            Item = impl ::std::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.leaves = Some(leaves.into_iter().map(::std::convert::Into::into).collect());
        self
    }
    ///When it was harvested
    #[must_use]
    pub fn harvested_on(
        mut self,
        harvested_on: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.harvested_on = Some(harvested_on.into());
        self
    }
}
impl String {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(text: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { text: text.into() }
    }
}
impl Into {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(default: impl ::std::convert::Into<crate::types::Default>) -> Self {
        Self {
            default: default.into(),
            names: ::std::default::Default::default(),
            string: ::std::default::Default::default(),
        }
    }
    ///Several
    #[must_use]
    pub fn names(
        mut self,
        names: impl ::std::iter::IntoIterator<
            Item = impl ::std::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.names = Some(names.into_iter().map(::std::convert::Into::into).collect());
        self
    }
    ///A name of the prelude
    #[must_use]
    pub fn string(
        mut self,
        string: impl ::std::convert::Into<crate::types::String>,
    ) -> Self {
        self.string = Some(string.into());
        self
    }
}
impl Default {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(text: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self {
            text: text.into(),
            result: ::std::default::Default::default(),
        }
    }
    ///A name of the prelude
    #[must_use]
    pub fn result(
        mut self,
        result: impl ::std::convert::Into<crate::types::Result>,
    ) -> Self {
        self.result = Some(result.into());
        self
    }
}
impl BrewTeaParameters {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(kind: crate::types::TeaKind) -> Self {
        Self {
            kind,
            cups: ::std::default::Default::default(),
        }
    }
    ///How many cups
    #[must_use]
    pub fn cups(mut self, cups: i64) -> Self {
        self.cups = Some(cups);
        self
    }
}
impl ListTeasParameters {
    /// Sets the required properties, and leaves the others unset.
    pub fn new() -> Self {
        Self {
            page: ::std::default::Default::default(),
            limit: ::std::default::Default::default(),
        }
    }
    ///The page's number, from 1
    #[must_use]
    pub fn page(mut self, page: i64) -> Self {
        self.page = Some(page);
        self
    }
    ///The page's size
    #[must_use]
    pub fn limit(mut self, limit: i64) -> Self {
        self.limit = Some(limit);
        self
    }
}
impl OrderTeaParameters {
    /// Sets the required properties, and leaves the others unset.
    pub fn new() -> Self {
        Self {
            table: ::std::default::Default::default(),
        }
    }
    ///Which table
    #[must_use]
    pub fn table(mut self, table: i64) -> Self {
        self.table = Some(table);
        self
    }
}
impl ClashParameters {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(
        self_: impl ::std::convert::Into<::std::string::String>,
        baseurl: impl ::std::convert::Into<::std::string::String>,
        url: impl ::std::convert::Into<::std::string::String>,
        request: impl ::std::convert::Into<::std::string::String>,
        body: impl ::std::convert::Into<::std::string::String>,
        type_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        Self {
            self_: self_.into(),
            baseurl: baseurl.into(),
            url: url.into(),
            request: request.into(),
            body: body.into(),
            type_: type_.into(),
            result: ::std::default::Default::default(),
            client: ::std::default::Default::default(),
            info: ::std::default::Default::default(),
            query: ::std::default::Default::default(),
            header_map: ::std::default::Default::default(),
            value: ::std::default::Default::default(),
        }
    }
    ///In the query
    #[must_use]
    pub fn result(
        mut self,
        result: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.result = Some(result.into());
        self
    }
    ///In the query
    #[must_use]
    pub fn client(
        mut self,
        client: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.client = Some(client.into());
        self
    }
    ///In the query
    #[must_use]
    pub fn info(
        mut self,
        info: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.info = Some(info.into());
        self
    }
    ///In the query
    #[must_use]
    pub fn query(
        mut self,
        query: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.query = Some(query.into());
        self
    }
    ///In the query
    #[must_use]
    pub fn header_map(
        mut self,
        header_map: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.header_map = Some(header_map.into());
        self
    }
    ///In a header
    #[must_use]
    pub fn value(
        mut self,
        value: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.value = Some(value.into());
        self
    }
}
impl BuildLoginUrlParameters {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(
        client_id: impl ::std::convert::Into<::std::string::String>,
        response_type: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        Self {
            client_id: client_id.into(),
            response_type: response_type.into(),
            state: ::std::default::Default::default(),
        }
    }
    ///Comes back unchanged
    #[must_use]
    pub fn state(
        mut self,
        state: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.state = Some(state.into());
        self
    }
}
impl SubEventsParameters {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(code: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self { code: code.into() }
    }
}
impl ChangeBlendParameters {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(blend: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self {
            blend: blend.into(),
            since: ::std::default::Default::default(),
            weight: ::std::default::Default::default(),
            kinds: ::std::default::Default::default(),
        }
    }
    ///From which day
    #[must_use]
    pub fn since(
        mut self,
        since: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.since = Some(since.into());
        self
    }
    ///In grams
    #[must_use]
    pub fn weight(mut self, weight: i64) -> Self {
        self.weight = Some(weight);
        self
    }
    ///Only these kinds
    #[must_use]
    pub fn kinds(
        mut self,
        kinds: impl ::std::iter::IntoIterator<
            Item = impl ::std::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.kinds = kinds.into_iter().map(::std::convert::Into::into).collect();
        self
    }
}
impl BuildBlendsUrlParameters {
    /// Sets the required properties, and leaves the others unset.
    pub fn new() -> Self {
        Self {
            kinds: ::std::default::Default::default(),
        }
    }
    ///Only these kinds
    #[must_use]
    pub fn kinds(
        mut self,
        kinds: impl ::std::iter::IntoIterator<
            Item = impl ::std::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.kinds = kinds.into_iter().map(::std::convert::Into::into).collect();
        self
    }
}
impl ReserveParameters {
    /// Sets the required properties, and leaves the others unset.
    pub fn new(a: impl ::std::convert::Into<::std::string::String>) -> Self {
        Self {
            a: a.into(),
            a_parameter: ::std::default::Default::default(),
            self_: ::std::default::Default::default(),
            run: ::std::default::Default::default(),
            timeout: ::std::default::Default::default(),
        }
    }
    ///In the query
    #[must_use]
    pub fn a_parameter(
        mut self,
        a_parameter: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.a_parameter = Some(a_parameter.into());
        self
    }
    ///In the query
    #[must_use]
    pub fn self_(
        mut self,
        self_: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.self_ = Some(self_.into());
        self
    }
    ///In the query
    #[must_use]
    pub fn run(mut self, run: impl ::std::convert::Into<::std::string::String>) -> Self {
        self.run = Some(run.into());
        self
    }
    ///In the query
    #[must_use]
    pub fn timeout(
        mut self,
        timeout: impl ::std::convert::Into<::std::string::String>,
    ) -> Self {
        self.timeout = Some(timeout.into());
        self
    }
}
