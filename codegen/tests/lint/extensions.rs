//! The `x-genauth-…` extensions.

mistakes! {
    extension_unknown: "x-genauth-other-names:" => "x-genauth-other-name:",
        ["unknown extension `x-genauth-other-name`", "see openapi/README.md"];
    extension_in_wrong_place: "x-genauth-other-names: [text]" => "x-genauth-url-only: true",
        ["Cup > properties > label > x-genauth-url-only", "not allowed here"];
    extension_unknown_key: "code: errcode" => "kode: errcode",
        ["/phone > post > x-genauth-upstream-response", "unknown field `kode`", "see openapi/README.md"];
    client_supplied_from_nowhere: "{from: appId}" => "{from: userId}",
        ["client_id", "x-genauth-client-supplied", "unknown variant `userId`", "see openapi/README.md"];
    client_supplied_optional: "          required: true\n          description: What comes back"
        => "          description: What comes back",
        ["response_type", "optional, but the client always supplies it", "make it required"];
    url_only_with_header: "        - name: state\n          in: query\n" => "        - name: state\n          in: header\n",
        ["paths > /login > get", "not a URL to open", "use GET, and parameters in path and query only"];
    internal_use_unknown: "x-genauth-internal-use: jwks" => "x-genauth-internal-use: encryption_keys",
        ["/token > post > x-genauth-internal-use", "unknown variant `encryption_keys`", "`authorization`, `code_exchange`"];
    internal_use_twice: "x-genauth-internal-use: jwks" => "x-genauth-internal-use: token_refresh",
        ["`token_refresh` is assigned to `by_refresh` already", "assign each use once"];
    internal_use_unassigned: "      x-genauth-internal-use: jwks\n" => "",
        ["x-genauth-internal-use: `jwks` is not assigned", "assign it to the operation or convenience method"];
    websocket_optional_parameter: "{name: code, in: query, required: true" => "{name: code, in: query",
        ["paths > /events > get", "not a WebSocket", "required query parameters only"];
    websocket_without_its_parameter: "{method: events, eventType: code}" => "{method: events, eventType: kode}",
        ["x-genauth-websocket", "no parameter `kode`"];
    websocket_method_not_an_identifier: "{method: events, eventType" => "{method: my events, eventType",
        ["`my events` is not a valid Rust identifier"];
    websocket_brand_unknown: "x-genauth-brand: authing" => "x-genauth-brand: another",
        ["servers > x-genauth-brand", "unknown variant `another`", "no host for authing"];
    websocket_token_not_in_query: "        - eventToken: []\n" => "        - accessToken: []\n",
        ["/events > get > security", "not exactly one scheme, in the query or for handshakes"];
    pagination_without_its_parameter: "{page: page, limit" => "{page: number, limit",
        ["/teas > get > x-genauth-pagination", "no optional parameter or property `number`"];
    pagination_items_not_an_array: "items: list, total" => "items: totalCount, total", ["`totalCount` is not an array"];
    convenience_method_not_an_identifier: "- name: order_strong_tea" => "- name: order strong tea",
        ["`order strong tea` is not a valid Rust identifier"];
    convenience_method_unknown_property: "arguments: [temperature, sugar.lumps]" => "arguments: [temperature, sugar.lumbs]",
        ["order_strong_tea", "`Sugar` has no property `lumbs`"];
    convenience_method_without_required_property: "arguments: [temperature, sugar.lumps]" => "arguments: [sugar.lumps]",
        ["no value for `temperature` of `BrewTeaDto`"];
    convenience_method_argument_without_example: ", example: 80}" => "}",
        ["`temperature` of `BrewTeaDto` has no example"];
    convenience_method_beside_required_parameter: "{name: table, in: query, description"
        => "{name: table, in: query, required: true, example: 7, description",
        ["the operation has the required parameter `table`"];
    error_code_name_not_an_identifier: "name: TEAPOT" => "name: TEA-POT",
        ["apiCode > x-genauth-error-codes", "`TEA-POT` is not a valid Rust identifier", "use capitals and `_`"];
    extension_beside_methods: "  /ticket:\n" => "  /ticket:\n    x-genauth-idempotent: true\n",
        ["paths > /ticket > x-genauth-idempotent", "not allowed here"];
    extension_among_responses: "      responses:\n        '101':\n" => "      responses:\n        x-genauth-idempotent: true\n        '101':\n",
        ["/events > get > responses > x-genauth-idempotent", "not allowed here"];
    extension_in_a_response: "          description: Whose it is\n" => "          description: Whose it is\n          x-genauth-idempotent: true\n",
        ["responses > 200 > x-genauth-idempotent", "not allowed here"];
    extension_beside_a_reference: "          $ref: '#/components/schemas/Sugar'\n"
        => "          $ref: '#/components/schemas/Sugar'\n          x-genauth-idempotent: true\n",
        ["properties > sugar > x-genauth-idempotent", "ignored beside `$ref`", "`allOf: [{$ref: …}]`"];
    idempotent_get: "      operationId: validate_ticket\n" => "      operationId: validate_ticket\n      x-genauth-idempotent: true\n",
        ["/ticket > get > x-genauth-idempotent", "not allowed here", "every GET without a required secret is idempotent"];
    idempotent_get_with_a_secret_not_decided: "      summary: Validate a ticket\n"
        => "      summary: Validate a ticket\n      parameters:\n        - {name: ticket, in: query, required: true, description: It, example: a, schema: {type: string, format: password}}\n",
        ["/ticket > get > x-genauth-idempotent", "not decided for a GET with a required secret", "say `false` if the secret can be used once"];
    idempotent_post_denied: "      operationId: order_tea\n" => "      operationId: order_tea\n      x-genauth-idempotent: false\n",
        ["x-genauth-idempotent", "not allowed here", "only a GET is idempotent by default"];
    convenience_method_named_like_an_operation: "- name: order_strong_tea" => "- name: order_tea",
        ["x-genauth-convenience-methods > order_tea", "`order_tea` is there twice"];
    websocket_method_named_like_its_operation: "{method: events, eventType" => "{method: sub_events, eventType",
        ["x-genauth-websocket", "`sub_events` is there twice"];
    convenience_method_arguments_with_one_name: "arguments: [temperature, sugar.lumps]" => "arguments: [temperature, temperature]",
        ["order_strong_tea", "`temperature` is there twice"];
    convenience_method_sets_an_argument: "arguments: [temperature, sugar.lumps]" => "arguments: [temperature, strength]",
        ["order_strong_tea", "`strength` has two values", "keep one of them in `set` or `arguments`"];
    access_token_argument_twice: "      x-genauth-aliases: [make_tea]\n      parameters:\n"
        => "      x-genauth-access-token-argument: true\n      parameters:\n        - {name: access_token, in: query, required: true, description: Another, example: a, schema: {type: string}}\n",
        ["x-genauth-access-token-argument", "the method has the argument `access_token` already"];
    other_names_of_an_item: "          items: {type: string}\n        brewedAt" => "          items: {type: string, x-genauth-other-names: [note]}\n        brewedAt",
        ["notes > x-genauth-other-names", "not allowed here"];
    skip_unreadable_items_of_no_list: "label: {type: string, description: What is printed on it," => "label: {type: string, x-genauth-skip-unreadable-items: true, description: What is printed on it,",
        ["label > x-genauth-skip-unreadable-items", "means nothing beside `type: string`"];
    other_name_of_another_property: "x-genauth-other-names: [text]" => "x-genauth-other-names: [notes]",
        ["Cup", "`notes` in x-genauth-other-names is a property by itself"];
    default_of_another_type: "label: {type: string, description: What is printed on it," => "label: {type: string, default: 7, description: What is printed on it,",
        ["Cup > properties > label > default"];
    error_codes_elsewhere: "cupId: {type: integer, format: int64, description: Names the cup}"
        => "cupId: {type: integer, format: int64, description: Id, x-genauth-error-codes: [{code: 1, name: A, description: A}]}",
        ["Cup > properties > cupId > x-genauth-error-codes", "not allowed here"];
    error_code_name_twice: "            - {code: 418, name: TEAPOT, description: It is a teapot}\n"
        => "            - {code: 418, name: TEAPOT, description: It is a teapot}\n            - {code: 419, name: TEAPOT, description: Again}\n",
        ["apiCode > x-genauth-error-codes", "`TEAPOT` is there twice"];
    error_code_with_unknown_data: "{code: 418, name: TEAPOT, description: It is a teapot}" => "{code: 418, name: TEAPOT, description: It is a teapot, data: Pot}",
        ["apiCode > x-genauth-error-codes", "unknown schema `Pot`", "components > schemas"];
    upstream_response_without_envelope: "                $ref: '#/components/schemas/PhoneRespDto'\n" => "                $ref: '#/components/schemas/Cup'\n",
        ["/phone > post > x-genauth-upstream-response", "the response has no data in the envelope"];
    alias_not_an_identifier: "x-genauth-aliases: [make_tea]" => "x-genauth-aliases: [make tea]",
        ["brew > post > x-genauth-aliases", "`make tea` is not a valid Rust identifier"];
    alias_is_the_method: "x-genauth-aliases: [make_tea]" => "x-genauth-aliases: [brew_tea]",
        ["brew > post > x-genauth-aliases", "`brew_tea` is the method's own name", "remove it"];
    websocket_with_aliases: "      x-genauth-websocket: {" => "      x-genauth-aliases: [a]\n      x-genauth-websocket: {",
        ["/events > get > x-genauth-aliases", "on a WebSocket", "remove it"];
    websocket_with_pages: "      x-genauth-websocket: {"
        => "      x-genauth-pagination: {page: a, limit: a, items: a, total: a}\n      x-genauth-websocket: {",
        ["/events > get > x-genauth-pagination", "not on a call", "remove it"];
    access_token_argument_without_access_token: "      operationId: list_teas\n"
        => "      operationId: list_teas\n      x-genauth-access-token-argument: true\n",
        ["/teas > get > x-genauth-access-token-argument", "the operation does not use `accessToken`", "`security`"];
    client_supplied_not_a_string: "          example: code\n          schema: {type: string}" => "          example: 7\n          schema: {type: integer}",
        ["parameters > response_type", "not a string, but the client supplies one"];
    pagination_by_a_cursor_that_is_missing: "{page: page, limit: limit, items: list, total: totalCount}"
        => "{cursor: startIndex, next: list, items: list}",
        ["no optional parameter or property `startIndex` that is a string or an integer", "`list` is not a string or an integer"];
    pagination_by_a_string: "          description: The page's size\n          schema: {type: integer, format: int64}"
        => "          description: The page's size\n          schema: {type: string}",
        ["x-genauth-pagination", "no optional parameter or property `limit` that is an integer"];
    pagination_by_one_parameter: "{page: page, limit: limit" => "{page: page, limit: page",
        ["x-genauth-pagination", "`page` and `limit` are one parameter"];
    pagination_total_not_an_integer: "total: totalCount}" => "total: list}", ["x-genauth-pagination", "`list` is not an integer"];
    pagination_of_optional_data: "          required: [data]\n          properties:\n            data:\n              $ref: '#/components/schemas/CupPage'"
        => "          properties:\n            data:\n              $ref: '#/components/schemas/CupPage'",
        ["x-genauth-pagination", "the response has no required `data`"];
    convenience_method_sets_a_number: "set: {strength: STRONG}\n          arguments: [temperature, sugar.lumps]"
        => "set: {temperature: '80'}\n          arguments: [strength, sugar.lumps]",
        ["order_strong_tea", "`temperature` in `set` is not a string", "make it an argument"];
}
