//! What does not belong to one operation or schema.

mistakes! {
    yaml_syntax_error: "paths:\n" => "paths: [\n", ["openapi/authentication/tea.yaml: YAML", "fix the YAML"];
    yaml_duplicate_key: "      summary: Brew a cup of tea\n" => "      summary: One\n      summary: Two\n",
        ["duplicate", "summary", "fix the YAML"];
    security_scheme_unknown: "        - oauthClient: []\n" => "        - oauthUser: []\n",
        ["/token > post > security", "unknown security scheme `oauthUser`"];
    reference_to_nothing: "    Cup:\n" => "    Mug:\n",
        ["unresolved reference \"#/components/schemas/Cup\"", "define it, or fix the name"];
    version_not_3_0: "openapi: 3.0.3" => "openapi: 3.1.0", ["openapi: not OpenAPI 3.0", "write `openapi: 3.0.3`"];
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
    description_beside_a_reference: "          $ref: '#/components/schemas/Sugar'\n"
        => "          $ref: '#/components/schemas/Sugar'\n          description: Another\n",
        ["properties > sugar > description", "ignored beside `$ref`"];
    reference_to_another_part: "          $ref: '#/components/schemas/Sugar'\n"
        => "          $ref: '#/components/schemas/Sugar/properties/lumps'\n",
        ["properties > sugar", "unresolved reference"];
    tag_twice: "tags:\n  - name: tea\n" => "tags:\n  - name: tea\n  - name: tea\n", ["tags: `tea` is there twice"];
}
