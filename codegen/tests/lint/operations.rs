//! Operations, with their parameters, bodies and responses.

mistakes! {
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
    path_segment_without_parameter: "  /ticket:" => "  /ticket/{id}:", ["no path parameter for `{id}`"];
    path_parameter_without_segment: "  /teas/{kind}/brew:" => "  /teas/brew:", ["not a required segment of the path"];
    parameters_with_one_rust_name: "{name: query, in: query" => "{name: Header_Map, in: query",
        ["`header_map` and `Header_Map` have the same name in Rust"];
    body_without_named_schema: "            schema:\n              $ref: '#/components/schemas/PhoneCodeDto'\n"
        => "            schema: {type: object}\n",
        ["/phone > post > requestBody", "neither JSON nor a form with a named schema", "use a `$ref` to a schema"];
    response_without_named_schema: "                $ref: '#/components/schemas/BrewTeaRespDto'\n"
        => "                type: object\n",
        ["responses", "no 200 or 2XX with text or a named JSON schema", "describe the response"];
    operation_named_like_a_method_of_the_client: "operationId: list_teas" => "operationId: builder",
        ["/teas > get > operationId", "`builder` and `AuthenticationClient::builder` have the same name in Rust"];
    operation_named_like_an_internal_method: "operationId: list_teas" => "operationId: internal_jwks",
        ["`AuthenticationClient::internal_jwks`"];
    response_envelope_itself: "                $ref: '#/components/schemas/DoneRespDto'\n" => "                $ref: '#/components/schemas/Envelope'\n",
        ["/orders > post > responses", "`Envelope` itself", "refer to a schema that is an `allOf` of it"];
    response_without_envelope_or_required_property: "      required: [accessToken]\n" => "",
        ["/token > post > responses", "no required property without the envelope", "require what a success always has"];
    response_that_looks_like_a_rejection: "required: [accessToken]\n      properties:\n"
        => "required: [accessToken]\n      properties:\n        error: {type: string, description: What went wrong}\n",
        ["/token > post > responses", "a property `error` without the envelope", "use the envelope"];
    response_text_not_a_string: "schema: {type: string, format: cas-validation}" => "schema: {type: boolean}",
        ["/ticket > get > responses", "text that is not a string"];
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
    response_status_misspelled: "        4XX:\n" => "        4xx:\n",
        ["/token > post > responses > 4xx", "not a status", "a class such as 4XX"];
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
    body_not_required: "      requestBody:\n        required: true\n" => "      requestBody:\n",
        ["brew > post > requestBody", "optional, but the client always sends it", "write `required: true`"];
}
