//! Every mistake in a document is reported with file, place and remedy.

use genauth_codegen::{Options, generate};

const TEA: &str = include_str!("fixtures/tea.yaml");

/// The diagnostics of a document, one a line.
fn diagnostics(files: &[(&str, &str)]) -> String {
    let sources = files.iter().map(|(name, content)| ((*name).to_owned(), (*content).to_owned())).collect();
    match generate(sources, Options::default()) {
        Ok(_) => String::new(),
        Err(diagnostics) => diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect(),
    }
}

/// Replaces `right` with `wrong` in the document, and checks that the diagnostics contain each of `parts`.
fn mistake(right: &str, wrong: &str, parts: &[&str]) {
    assert!(TEA.contains(right), "the document has no {right:?}");
    let said = diagnostics(&[("authentication/tea.yaml", &TEA.replacen(right, wrong, 1))]);
    for part in parts {
        assert!(said.contains(part), "no {part:?} in {said:?}");
    }
}

macro_rules! mistakes {
    ($($name:ident: $right:literal => $wrong:literal, [$($part:literal),* $(,)?];)*) => {$(
        #[test]
        fn $name() {
            mistake($right, $wrong, &[$($part),*]);
        }
    )*};
}

const BREW: &str = "openapi/authentication/tea.yaml: paths > /teas/{kind}/brew > post";

#[test]
fn document_without_mistakes_generates() {
    assert_eq!(diagnostics(&[("authentication/tea.yaml", TEA)]), "");
}

#[test]
fn part_defined_in_two_files_names_both() {
    let other = "components:\n  schemas:\n    Cup: {type: object, description: Another}\n";
    let said = diagnostics(&[("authentication/tea.yaml", TEA), ("shared/zzz.yaml", other)]);
    let expected = "openapi/shared/zzz.yaml: components > schemas > Cup: also defined in \
                    openapi/authentication/tea.yaml; define it once";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn several_mistakes_are_reported_at_once() {
    let wrong = TEA.replacen("summary: Brew a cup of tea", "summary: ''", 1).replacen("- name: cups", "- name: 1st", 1);
    let said = diagnostics(&[("authentication/tea.yaml", &wrong)]);
    assert!(said.contains("no summary; say in one line what it does"), "{said}");
    assert!(said.contains("`1st` is not a valid Rust identifier"), "{said}");
}

#[test]
fn place_begins_with_the_operation() {
    mistake("summary: Brew a cup of tea", "summary: ''", &[BREW, "no summary", "say in one line what it does"]);
}

mistakes! {
    yaml_syntax_error: "paths:\n" => "paths: [\n", ["openapi/authentication/tea.yaml: YAML", "fix the YAML"];
    yaml_duplicate_key: "      summary: Brew a cup of tea\n" => "      summary: One\n      summary: Two\n",
        ["duplicate", "summary", "fix the YAML"];
    operation_id_twice: "operationId: list_teas" => "operationId: brew_tea",
        ["paths > /teas > get > operationId", "`brew_tea` is there twice", "rename one of them"];
    operation_id_missing: "      operationId: list_teas\n" => "",
        ["paths > /teas > get", "no operationId in snake_case", "add one"];
    operation_id_not_snake_case: "operationId: list_teas" => "operationId: listTeas", ["no operationId in snake_case"];
    operation_description_missing: "      description: Lists what there is, page by page\n" => "",
        ["no description", "say when to call it and which errors to expect"];
    tag_unknown: "      tags: [tea]\n      summary: List teas" => "      tags: [coffee]\n      summary: List teas",
        ["/teas > get > tags", "not exactly one of the document's tags", "name one"];
    parameter_description_missing: "          description: How many cups\n" => "",
        ["parameters > cups", "no description", "describe the parameter"];
    parameter_example_missing: "          example: green tea\n" => "", ["parameters > kind", "no example"];
    parameter_name_reserved: "- name: cups" => "- name: timeout",
        ["optional, but every call has a setter of this name", "make it required"];
    path_segment_without_parameter: "  /ticket:" => "  /ticket/{id}:", ["no path parameter for `{id}`"];
    path_parameter_without_segment: "  /teas/{kind}/brew:" => "  /teas/brew:", ["not a required segment of the path"];
    parameters_with_one_rust_name: "{name: query, in: query" => "{name: Header_Map, in: query",
        ["`header_map` and `Header_Map` have the same name in Rust"];
    body_without_named_schema: "            schema:\n              $ref: '#/components/schemas/PhoneCodeDto'\n"
        => "            schema: {type: object}\n",
        ["/phone > post > requestBody", "neither JSON nor a form with a named schema", "use a `$ref` to a schema"];
    body_example_missing: "            example: {strength: STRONG, temperature: 80}\n" => "",
        ["requestBody", "no example", "documentation and tests use it"];
    response_example_missing: "              example: {statusCode: 200, message: Enjoy, data: {cupId: 7}}\n" => "",
        ["responses", "no example"];
    response_without_named_schema: "                $ref: '#/components/schemas/BrewTeaRespDto'\n"
        => "                type: object\n",
        ["responses", "no 200 or 2XX with text or a named JSON schema", "describe the response"];
    security_scheme_unknown: "        - oauthClient: []\n" => "        - oauthUser: []\n",
        ["/token > post > security", "unknown security scheme `oauthUser`"];
    reference_to_nothing: "    Cup:\n" => "    Mug:\n",
        ["unresolved reference \"#/components/schemas/Cup\"", "define it, or fix the name"];
    schema_name_not_an_identifier: "    TokensDto:\n" => "    '?':\n",
        ["components > schemas > ?", "`?` is not a valid Rust identifier"];
    schema_not_openapi: "type: string, format: phone" => "type: string, maxLength: long",
        ["components > schemas > PhoneDto", "compare it with the OpenAPI specification"];
    schema_required_property_missing: "      required: [number]\n" => "      required: [numbre]\n",
        ["PhoneDto > required", "no property `numbre`"];
    property_name_not_an_identifier: "        label: {" => "        1st: {",
        ["Cup > properties > 1st", "`1st` is not a valid Rust identifier", "begin it with a letter"];
    property_description_missing: ", description: What is printed on it" => "",
        ["Cup > properties > label", "no description", "describe the property: meaning, unit, format"];
    property_inline_enum: "label: {type: string, " => "label: {type: string, enum: [a, b], ",
        ["Cup > properties > label", "an inline enum", "move it to components > schemas"];
    enum_of_integers: "      type: string\n      description: How strong" => "      type: integer\n      description: How strong",
        ["components > schemas > TeaStrength"];
    enum_values_with_one_rust_name: "enum: [MILD, STRONG]\n      x-enum-descriptions: [for the evening, for the morning]"
        => "enum: [MILD, STRONG, strong]",
        ["TeaStrength > enum", "`strong` becomes the same variant as another value", "x-enum-varnames"];
    enum_value_not_an_identifier: "enum: [MILD, STRONG]\n      x-enum-descriptions: [for the evening, for the morning]"
        => "enum: [MILD, STRONG, 100%]",
        ["`100%` does not become a Rust identifier", "list the variants in x-enum-varnames"];
    extension_unknown: "x-genauth-accept-number: true" => "x-genauth-acept-number: true",
        ["unknown extension `x-genauth-acept-number`", "see openapi/README.md"];
    extension_in_wrong_place: "x-genauth-accept-number: true" => "x-genauth-url-only: true",
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
        ["/events > get > security", "not exactly one scheme in the query"];
    pagination_without_its_parameter: "{page: page, limit" => "{page: number, limit",
        ["/teas > get > x-genauth-pagination", "no optional parameter `number`"];
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

    // Documents that would generate something else, or nothing that compiles.
    version_not_3_0: "openapi: 3.0.3" => "openapi: 3.1.0", ["openapi: not OpenAPI 3.0", "write `openapi: 3.0.3`"];
    schemas_all_of_each_other: "    Sugar:\n"
        => "    A: {description: A, allOf: [{$ref: '#/components/schemas/B'}]}\n    B: {description: B, allOf: [{$ref: '#/components/schemas/A'}]}\n    Sugar:\n",
        ["components > schemas > A: consists of itself", "schemas > B: consists of itself", "from a property of an object"];
    schemas_all_of_each_other_and_objects: "    Sugar:\n"
        => "    A: {description: A, allOf: [{$ref: '#/components/schemas/B'}, {type: object}]}\n    B: {description: B, allOf: [{$ref: '#/components/schemas/A'}, {type: object}]}\n    Sugar:\n",
        ["components > schemas > A: consists of itself"];
    schema_array_of_itself: "    Sugar:\n"
        => "    A: {type: array, description: A, items: {$ref: '#/components/schemas/A'}}\n    Sugar:\n",
        ["components > schemas > A: consists of itself"];
    schema_reference_to_itself: "    Sugar:\n" => "    A: {$ref: '#/components/schemas/A'}\n    Sugar:\n",
        ["components > schemas > A: consists of itself"];

    security_scheme_not_an_identifier: "    appId: {type" => "    2fa: {type: http, scheme: basic}\n    appId: {type",
        ["components > securitySchemes > 2fa", "unknown security scheme `2fa`", "the library knows appId, accessToken"];
    security_scheme_not_in_the_library: "    appId: {type" => "    apiToken: {type: http, scheme: basic}\n    appId: {type",
        ["components > securitySchemes > apiToken", "unknown security scheme `apiToken`"];
    security_with_an_alternative: "        - appId: []\n          accessToken: []\n" => "        - appId: []\n        - accessToken: []\n",
        ["brew > post > security", "more than one alternative", "list all schemes in the first entry"];
    security_of_the_document_with_an_alternative: "security:\n  - appId: []\n" => "security:\n  - appId: []\n  - accessToken: []\n",
        ["tea.yaml: security: more than one alternative"];
    credentials_not_in_the_body: "{id: client_id, secret" => "{id: 2fa, secret",
        ["/token > post > requestBody", "the body has no optional string `2fa`", "the client sets it"];
    credentials_without_a_secret: "        client_secret: {type: string, format: password," => "        client_secret: {type: string,",
        ["the body has no optional string `client_secret` with `format: password`"];
    credentials_required: "required: [grant, code]" => "required: [grant, code, client_id]",
        ["the body has no optional string `client_id`"];

    path_parameters_of_a_path: "  /ticket:\n"
        => "  /ticket:\n    parameters: [{name: a, in: query, description: A, schema: {type: string}}]\n",
        ["paths > /ticket > parameters: not supported", "write everything in each of them"];
    path_method_unsupported: "  /ticket:\n    get:" => "  /ticket:\n    head:",
        ["paths > /ticket > head: not supported", "use get, post, put, patch or delete"];
    path_method_misspelled: "  /phone:\n    post:" => "  /phone:\n    psot:", ["paths > /phone > psot: not supported"];
    path_reference: "  /ticket:\n" => "  /tickets: {$ref: '#/paths/~1ticket'}\n  /ticket:\n",
        ["paths > /tickets > $ref: not supported"];
    operation_callbacks: "      operationId: validate_ticket\n" => "      operationId: validate_ticket\n      callbacks: {}\n",
        ["/ticket > get > callbacks: not supported"];
    extension_beside_methods: "  /ticket:\n" => "  /ticket:\n    x-genauth-idempotent: true\n",
        ["paths > /ticket > x-genauth-idempotent", "not allowed here"];
    extension_in_a_response: "          description: Whose it is\n" => "          description: Whose it is\n          x-genauth-idempotent: true\n",
        ["responses > 200 > x-genauth-idempotent", "not allowed here"];
    extension_beside_a_reference: "          $ref: '#/components/schemas/Sugar'\n"
        => "          $ref: '#/components/schemas/Sugar'\n          x-genauth-idempotent: true\n",
        ["properties > sugar > x-genauth-idempotent", "ignored beside `$ref`", "`allOf: [{$ref: …}]`"];
    description_beside_a_reference: "          $ref: '#/components/schemas/Sugar'\n"
        => "          $ref: '#/components/schemas/Sugar'\n          description: Another\n",
        ["properties > sugar > description", "ignored beside `$ref`"];
    reference_to_another_part: "          $ref: '#/components/schemas/Sugar'\n"
        => "          $ref: '#/components/schemas/Sugar/properties/lumps'\n",
        ["properties > sugar", "unresolved reference"];
    idempotent_get: "      operationId: validate_ticket\n" => "      operationId: validate_ticket\n      x-genauth-idempotent: true\n",
        ["/ticket > get > x-genauth-idempotent", "not allowed here", "every GET is idempotent"];

    schemas_with_one_rust_name: "    Sugar:\n" => "    cup: {type: object, description: A cup}\n    Sugar:\n",
        ["components > schemas > ", "`Cup` and `cup` have the same name in Rust", "rename one of them"];
    schema_named_like_parameters: "    Sugar:\n" => "    BrewTeaParameters: {type: object, description: Others}\n    Sugar:\n",
        ["brew > post > operationId", "`BrewTeaParameters` is there twice", "rename one of them"];
    operation_named_like_a_method_of_the_client: "operationId: list_teas" => "operationId: builder",
        ["/teas > get > operationId", "`builder` and `AuthenticationClient::builder` have the same name in Rust"];
    operation_named_like_an_internal_method: "operationId: list_teas" => "operationId: internal_jwks",
        ["`AuthenticationClient::internal_jwks`"];
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
    schema_required_twice: "      required: [number]\n" => "      required: [number, number]\n",
        ["PhoneDto > required", "`number` is there twice", "remove one of them"];

    property_inline_object: "          $ref: '#/components/schemas/Sugar'\n"
        => "          {type: object, description: Sugar, properties: {lumps: {type: string, description: How many}}}\n",
        ["BrewTeaDto > properties > sugar", "an inline object", "move it to components > schemas"];
    property_inline_all_of: "          $ref: '#/components/schemas/Sugar'\n"
        => "          {description: Sugar, allOf: [{$ref: '#/components/schemas/Sugar'}, {$ref: '#/components/schemas/Cup'}]}\n",
        ["properties > sugar", "an inline `allOf` of several schemas"];
    property_a_whole_response: "          $ref: '#/components/schemas/Sugar'\n" => "          $ref: '#/components/schemas/DoneRespDto'\n",
        ["properties > sugar", "`DoneRespDto` is a whole response", "refer to the schema of its data"];
    schema_one_of: "    Sugar:\n" => "    A: {description: A, oneOf: [{$ref: '#/components/schemas/Cup'}]}\n    Sugar:\n",
        ["components > schemas > A > oneOf: not supported"];
    schema_of_a_string: "    Sugar:\n" => "    A: {type: string, description: A}\n    Sugar:\n",
        ["components > schemas > A", "neither an enum, an object nor an array", "write it where it is used"];
    schema_constraint: "{type: string, format: phone" => "{type: string, maxLength: 7, format: phone",
        ["PhoneDto > properties > number > maxLength: not supported"];
    schema_format_unknown: "{type: string, format: phone" => "{type: string, format: uuid",
        ["properties > number > format", "unknown format `uuid`", "see openapi/README.md"];
    schema_key_of_another_type: "{type: string, format: phone" => "{type: string, items: {type: string}, format: phone",
        ["number > items", "`items` means nothing beside `type: string`"];
    all_of_beside_type: "      description: The response without data\n" => "      description: The response without data\n      type: object\n",
        ["DoneRespDto > allOf", "`allOf` means nothing beside `type: object`"];
    enum_with_null: "enum: [MILD, STRONG]" => "enum: [MILD, STRONG, null]",
        ["TeaStrength > enum", "`null` in an enum", "make the property optional"];
    enum_names_too_few: "x-enum-varnames: [GreenTea, Oolong, Hot]" => "x-enum-varnames: [GreenTea, Oolong]",
        ["TeaKind > x-enum-varnames", "not as long as `enum`", "one for each value"];
    all_of_with_different_types: "    Sugar:\n"
        => "    A:\n      description: A\n      allOf:\n        - $ref: '#/components/schemas/Sugar'\n        - {type: object, properties: {lumps: {type: string, description: B}}}\n    Sugar:\n",
        ["schemas > A > allOf", "`lumps` has different types in two parts"];
    envelope_with_more_than_data: "          required: [data]\n          properties:\n"
        => "          required: [data]\n          properties:\n            page: {type: string, description: Lost}\n",
        ["BrewTeaRespDto > allOf", "`Envelope` with more than `data`"];
    response_envelope_itself: "                $ref: '#/components/schemas/DoneRespDto'\n" => "                $ref: '#/components/schemas/Envelope'\n",
        ["/orders > post > responses", "`Envelope` itself", "refer to a schema that is an `allOf` of it"];
    response_text_not_a_string: "schema: {type: string, format: cas-validation}" => "schema: {type: boolean}",
        ["/ticket > get > responses", "text that is not a string"];
    request_with_additional_properties: "      properties:\n        grant: {"
        => "      additionalProperties: {}\n      properties:\n        grant: {",
        ["TokenDto > additionalProperties", "part of a request", "list the properties"];
    additional_properties_true: "      additionalProperties: {}" => "      additionalProperties: true",
        ["TokensDto > additionalProperties", "not a schema", "write `{}`"];
    property_beside_additional_properties: "        accessToken: {type: string"
        => "        extra: {type: string, description: A}\n        accessToken: {type: string",
        ["TokensDto > properties > extra", "a name beside `additionalProperties`"];
    body_not_an_object: "              $ref: '#/components/schemas/PhoneCodeDto'\n            example: {code: a-code, filter: '{\"a\":1}'}"
        => "              $ref: '#/components/schemas/TeaKind'\n            example: oolong",
        ["/phone > post > requestBody", "`TeaKind` is not an object", "use an object with `properties`"];
    body_with_two_media_types: "          application/x-www-form-urlencoded:\n"
        => "          application/json: {schema: {$ref: '#/components/schemas/TokenDto'}, example: {grant: a, code: a}}\n          application/x-www-form-urlencoded:\n",
        ["/token > post > requestBody", "more than one media type"];
    parameter_object_in_query: "{name: table, in: query, description: Which table, schema: {type: integer, format: int64}}"
        => "{name: table, in: query, description: Which table, schema: {$ref: '#/components/schemas/Sugar'}}",
        ["parameters > table", "a parameter of an unsupported type", "use a scalar or an enum"];
    parameter_array_in_header: "{name: value, in: header, description: In a header, schema: {type: string}}"
        => "{name: value, in: header, description: In a header, schema: {type: array, items: {type: string}}}",
        ["parameters > value", "a parameter of an unsupported type"];
    parameter_secret_in_header: "{name: value, in: header, description: In a header, schema: {type: string}}"
        => "{name: value, in: header, description: In a header, schema: {type: string, format: password}}",
        ["parameters > value", "a parameter of an unsupported type", "a secret"];
    parameter_cookie: "{name: value, in: header" => "{name: value, in: cookie", ["parameters > value", "a cookie", "send it in"];
    parameter_style: "{name: query, in: query," => "{name: query, in: query, style: deepObject,",
        ["parameters > query > style: not supported"];
    parameter_not_exploded: "{name: query, in: query," => "{name: query, in: query, explode: false,",
        ["parameters > query > explode: not supported"];

    accept_number_of_an_item: "          items: {type: string}\n        brewedAt" => "          items: {type: string, x-genauth-accept-number: true}\n        brewedAt",
        ["notes > x-genauth-accept-number", "not allowed here"];
    accept_number_of_a_number: "{description: Anything}" => "{type: number, description: Any, x-genauth-accept-number: true}",
        ["extra > x-genauth-accept-number", "means nothing beside `type: number`"];
    error_codes_elsewhere: "cupId: {type: integer, format: int64, description: Names the cup}"
        => "cupId: {type: integer, format: int64, description: Id, x-genauth-error-codes: [{code: 1, name: A, description: A}]}",
        ["Cup > properties > cupId > x-genauth-error-codes", "not allowed here"];
    error_code_name_twice: "            - {code: 418, name: TEAPOT, description: It is a teapot}\n"
        => "            - {code: 418, name: TEAPOT, description: It is a teapot}\n            - {code: 419, name: TEAPOT, description: Again}\n",
        ["apiCode > x-genauth-error-codes", "`TEAPOT` is there twice"];
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

    body_example_without_required_property: "example: {strength: STRONG, temperature: 80}" => "example: {}",
        ["brew > post > requestBody > example", "no required `temperature`", "no required `strength`", "add it"];
    body_example_of_another_type: "example: {strength: STRONG, temperature: 80}" => "example: {strength: STRONG, temperature: hot}",
        ["requestBody > example > temperature", "not an integer", "conforms to the schema"];
    body_example_with_unknown_property: "example: {strength: STRONG, temperature: 80}"
        => "example: {strength: STRONG, temperature: 80, milk: true}",
        ["requestBody > example", "no property `milk` in the schema"];
    body_example_not_in_the_enum: "example: {strength: STRONG, temperature: 80}" => "example: {strength: STRONGER, temperature: 80}",
        ["requestBody > example > strength", "not a value of the enum"];
    response_example_of_another_type: "message: Enjoy, data: {cupId: 7}}" => "message: Enjoy, data: {cupId: seven}}",
        ["responses > example > data > cupId", "not an integer"];
    parameter_example_of_another_type: "          example: green tea\n" => "          example: 7\n",
        ["parameters > kind > example", "not a value of the enum"];
    property_example_of_another_type: ", example: 80}" => ", example: hot}",
        ["BrewTeaDto > properties > temperature > example", "not an integer"];

    tag_twice: "tags:\n  - name: tea\n" => "tags:\n  - name: tea\n  - name: tea\n", ["tags: `tea` is there twice"];
    summary_of_several_lines: "      summary: List teas\n" => "      summary: |-\n        List\n        teas\n",
        ["/teas > get", "a summary of several lines", "say in one line"];
    path_without_slash: "  /ticket:\n" => "  ticket:\n", ["paths > ticket > get", "a path that does not begin with `/`"];
    path_with_part_of_a_segment: "/{self}/{baseurl}" => "/{self}/x{baseurl}",
        ["`x{baseurl}` is not a segment of a path", "one `{name}`"];
    path_with_a_query: "  /ticket:\n" => "  /ticket?x=1:\n", ["`ticket?x=1` is not a segment of a path"];
    path_with_a_parameter_twice: "/{self}/{baseurl}" => "/{self}/{baseurl}/{self}", ["`{self}` is there twice"];
    header_of_the_client: "{name: value, in: header" => "{name: Content-Type, in: header",
        ["parameters > Content-Type", "a header that the client sets", "remove it"];
    header_name_invalid: "{name: value, in: header" => "{name: a b, in: header", ["parameters > a b", "not the name of a header"];
    parameter_named_like_a_suffixed_one: "{name: header_map, in: query" => "{name: query_parameter, in: query",
        ["/clashes/{self}/{baseurl} > post > parameters", "two arguments have the name `query_parameter`"];
    parameter_named_like_a_function_of_its_type: "- name: cups" => "- name: new",
        ["parameters > new", "optional, but its type has a function of this name", "make it required"];
    property_named_like_a_function_of_its_type: "        additions:\n" => "        new:\n",
        ["BrewTeaDto > properties > new", "optional, but its type has a function of this name"];
    property_type_unknown: "{description: Anything}" => "{type: file, description: A file}",
        ["PhoneDto > properties > extra > type", "unknown type `file`", "use one of string, integer"];
    all_of_nothing: "    Sugar:\n" => "    A: {description: A, allOf: []}\n    Sugar:\n", ["schemas > A > allOf", "no parts"];
    all_of_an_enum: "    Sugar:\n"
        => "    A: {description: A, allOf: [{$ref: '#/components/schemas/Sugar'}, {$ref: '#/components/schemas/TeaKind'}]}\n    Sugar:\n",
        ["schemas > A > allOf", "a part that is not an object"];
    all_of_the_envelope_last: "    Sugar:\n"
        => "    A: {description: A, allOf: [{$ref: '#/components/schemas/Sugar'}, {$ref: '#/components/schemas/Envelope'}]}\n    Sugar:\n",
        ["schemas > A > allOf", "`Envelope` is a whole response"];
    request_with_a_map: "          items: {type: string}\n        sugar:" => "          items: {type: object, additionalProperties: {type: string}}\n        sugar:",
        ["BrewTeaDto > properties > additions", "a map in a request"];
    request_with_a_named_array: "    ClashDto:\n      type: object\n      description: Names of local variables, and of keywords\n      required: [url, type]\n      properties:\n"
        => "    A: {type: array, description: A, items: {type: string}}\n    ClashDto:\n      type: object\n      description: Names of local variables, and of keywords\n      required: [url, type]\n      properties:\n        list: {$ref: '#/components/schemas/A'}\n",
        ["components > schemas > A", "part of a request, but it has no properties", "list them"];
    body_not_required: "      requestBody:\n        required: true\n" => "      requestBody:\n",
        ["brew > post > requestBody", "optional, but the client always sends it", "write `required: true`"];
    pagination_by_a_string: "          description: The page's size\n          schema: {type: integer, format: int64}"
        => "          description: The page's size\n          schema: {type: string}",
        ["x-genauth-pagination", "no optional parameter `limit` that is an integer"];
    pagination_by_one_parameter: "{page: page, limit: limit" => "{page: page, limit: page",
        ["x-genauth-pagination", "`page` and `limit` are one parameter"];
    pagination_total_not_an_integer: "total: totalCount}" => "total: list}", ["x-genauth-pagination", "`list` is not an integer"];
    pagination_of_optional_data: "          required: [data]\n          properties:\n            data:\n              $ref: '#/components/schemas/CupPage'"
        => "          properties:\n            data:\n              $ref: '#/components/schemas/CupPage'",
        ["x-genauth-pagination", "the response has no required `data`"];
    convenience_method_sets_a_number: "set: {strength: STRONG}\n          arguments: [temperature, sugar.lumps]"
        => "set: {temperature: '80'}\n          arguments: [strength, sugar.lumps]",
        ["order_strong_tea", "`temperature` in `set` is not a string", "make it an argument"];
    body_example_with_invalid_json: "filter: '{\"a\":1}'" => "filter: '{a:1'",
        ["requestBody > example > filter", "not JSON in a string"];
}

#[test]
fn operations_with_one_request_type() {
    let wrong = TEA.replacen("operationId: list_teas", "operationId: brew_tea2", 1);
    let wrong = wrong.replacen("operationId: order_tea", "operationId: brew_tea_2", 1);
    let said = diagnostics(&[("authentication/tea.yaml", &wrong)]);
    assert!(said.contains("/orders > post > operationId: `brew_tea_2` and `brew_tea2` have the same name"), "{said}");
}

#[test]
fn example_with_a_reference_inside_generates() {
    let document = TEA.replacen("{description: Anything}", "{description: Anything, example: {$ref: x}}", 1);
    assert_eq!(diagnostics(&[("authentication/tea.yaml", &document)]), "");
}
