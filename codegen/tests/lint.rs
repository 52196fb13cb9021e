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
        ["paths > /teas > get > operationId", "`brew_tea` is also the operationId of /teas/{kind}/brew", "its own"];
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
    enum_values_with_one_rust_name: "enum: [MILD, STRONG]" => "enum: [STRONG, strong]",
        ["TeaStrength > enum", "`strong` becomes the same variant as another value", "x-enum-varnames"];
    enum_value_not_an_identifier: "enum: [MILD, STRONG]" => "enum: [MILD, 100%]",
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
}
