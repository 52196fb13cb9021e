impl ByName for crate::AuthenticationClient {
    fn request(
        &self,
        operation: &str,
        arguments: Arguments,
    ) -> Result<CallFuture, ArgumentError> {
        match operation {
            "brew_tea" => {
                let [parameters, body] = split(
                    arguments,
                    [
                        &["kind", "cups"],
                        &["temperature", "note", "strength", "additions", "sugar"],
                    ],
                )?;
                Ok(
                    call_future(
                        self.core(),
                        crate::operations::BrewTea {
                            parameters: read(parameters)?,
                            body: read(body)?,
                        },
                    ),
                )
            }
            "list_teas" => {
                let [parameters] = split(arguments, [&["page", "limit"]])?;
                Ok(
                    call_future(
                        self.core(),
                        crate::operations::ListTeas {
                            parameters: read(parameters)?,
                        },
                    ),
                )
            }
            "order_tea" => {
                let [parameters, body] = split(
                    arguments,
                    [
                        &["table"],
                        &["temperature", "note", "strength", "additions", "sugar"],
                    ],
                )?;
                Ok(
                    call_future(
                        self.core(),
                        crate::operations::OrderTea {
                            parameters: read(parameters)?,
                            body: read(body)?,
                        },
                    ),
                )
            }
            "clash" => {
                let [parameters, body] = split(
                    arguments,
                    [
                        &[
                            "self",
                            "baseurl",
                            "url",
                            "request",
                            "result",
                            "client",
                            "body",
                            "info",
                            "type",
                            "query",
                            "header_map",
                            "value",
                        ],
                        &[
                            "url",
                            "type",
                            "request",
                            "result",
                            "client",
                            "body",
                            "value",
                            "info",
                            "self",
                            "query",
                            "baseurl",
                            "header_map",
                        ],
                    ],
                )?;
                Ok(
                    call_future(
                        self.core(),
                        crate::operations::Clash {
                            parameters: read(parameters)?,
                            body: read(body)?,
                        },
                    ),
                )
            }
            "build_login_url" => {
                let [mut parameters] = split(arguments, [&["state"]])?;
                parameters.insert("client_id".to_owned(), self.app_id().into());
                parameters.insert("response_type".to_owned(), "code".into());
                Ok(
                    url_future(
                        self.core(),
                        crate::operations::BuildLoginUrl {
                            parameters: read(parameters)?,
                        },
                    ),
                )
            }
            "issue_tokens" => {
                let [body] = split(
                    arguments,
                    [&["grant", "code", "client_id", "client_secret"]],
                )?;
                Ok(
                    call_future(
                        self.core(),
                        crate::operations::IssueTokens {
                            body: read(body)?,
                        },
                    ),
                )
            }
            "exchange_phone_code" => {
                let [body] = split(arguments, [&["code", "filter"]])?;
                Ok(
                    call_future(
                        self.core(),
                        crate::operations::ExchangePhoneCode {
                            body: read(body)?,
                        },
                    ),
                )
            }
            "validate_ticket" => {
                let [] = split(arguments, [])?;
                Ok(
                    call_future(
                        self.core(),
                        crate::operations::ValidateTicket {
                        },
                    ),
                )
            }
            "option" => {
                let [] = split(arguments, [])?;
                Ok(call_future(self.core(), crate::operations::Option {}))
            }
            "operation" => {
                let [body] = split(arguments, [&["default", "names", "string"]])?;
                Ok(
                    call_future(
                        self.core(),
                        crate::operations::Operation {
                            body: read(body)?,
                        },
                    ),
                )
            }
            "change_blend" => {
                let [parameters, body] = split(
                    arguments,
                    [
                        &["blend", "since", "weight", "kinds"],
                        &["code", "weight", "price", "leaves", "harvestedOn"],
                    ],
                )?;
                Ok(
                    call_future(
                        self.core(),
                        crate::operations::ChangeBlend {
                            parameters: read(parameters)?,
                            body: read(body)?,
                        },
                    ),
                )
            }
            "build_blends_url" => {
                let [parameters] = split(arguments, [&["kinds"]])?;
                Ok(
                    url_future(
                        self.core(),
                        crate::operations::BuildBlendsUrl {
                            parameters: read(parameters)?,
                        },
                    ),
                )
            }
            "reserve" => {
                let [parameters, body] = split(
                    arguments,
                    [
                        &["a", "a_parameter", "self", "run", "timeout"],
                        &[
                            "a",
                            "self",
                            "attempt",
                            "header",
                            "timeout",
                            "clone",
                            "new",
                            "nested",
                        ],
                    ],
                )?;
                Ok(
                    call_future(
                        self.core(),
                        crate::operations::Reserve {
                            parameters: read(parameters)?,
                            body: read(body)?,
                        },
                    ),
                )
            }
            _ => Err(ArgumentError::unknown_operation(operation)),
        }
    }
}
