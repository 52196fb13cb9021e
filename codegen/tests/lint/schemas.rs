//! Schemas.

mistakes! {
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
    property_named_like_the_setter_of_null: "description: For the guest}"
        => "description: For the guest}\n        clearNote: {type: boolean, description: Whether to clear it}",
        ["BrewTeaDto > properties > note", "`clearNote` has the name of the method that sets this to `null`"];
    schema_of_one_api_marked_as_shared: "    Sugar:\n      type: object\n"
        => "    Sugar:\n      type: object\n      x-genauth-used-in-requests: true\n",
        ["Sugar > x-genauth-used-in-requests", "not in openapi/shared", "remove it"];
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
    schemas_with_one_rust_name: "    Sugar:\n" => "    cup: {type: object, description: A cup}\n    Sugar:\n",
        ["components > schemas > ", "`Cup` and `cup` have the same name in Rust", "rename one of them"];
    schema_named_like_parameters: "    Sugar:\n" => "    BrewTeaParameters: {type: object, description: Others}\n    Sugar:\n",
        ["brew > post > operationId", "`BrewTeaParameters` is there twice", "rename one of them"];
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
    schema_format_unknown: "{type: string, format: phone" => "{type: string, format: uuid",
        ["properties > number > format", "unknown format `uuid`", "see openapi/README.md"];
    schema_key_of_another_type: "{type: string, format: phone" => "{type: string, items: {type: string}, format: phone",
        ["number > items", "`items` means nothing beside `type: string`"];
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
    request_with_additional_properties: "      properties:\n        grant: {"
        => "      additionalProperties: {}\n      properties:\n        grant: {",
        ["TokenDto > additionalProperties", "part of a request", "list the properties"];
    additional_properties_true: "      additionalProperties: {}" => "      additionalProperties: true",
        ["TokensDto > additionalProperties", "not a schema", "write `{}`"];
    property_beside_additional_properties: "        accessToken: {type: string"
        => "        Extra: {type: string, description: A}\n        accessToken: {type: string",
        ["TokensDto > properties > Extra", "a name beside `additionalProperties`"];
    property_type_unknown: "{description: Anything}" => "{type: file, description: A file}",
        ["PhoneDto > properties > extra > type", "unknown type `file`", "use one of string, integer"];
    all_of_nothing: "    Sugar:\n" => "    A: {description: A, allOf: []}\n    Sugar:\n", ["schemas > A > allOf", "no parts"];
    all_of_an_enum: "    Sugar:\n"
        => "    A: {description: A, allOf: [{$ref: '#/components/schemas/Sugar'}, {$ref: '#/components/schemas/TeaKind'}]}\n    Sugar:\n",
        ["schemas > A > allOf", "a part that is not an object"];
    all_of_the_envelope_last: "    Sugar:\n"
        => "    A: {description: A, allOf: [{$ref: '#/components/schemas/Sugar'}, {$ref: '#/components/schemas/Envelope'}]}\n    Sugar:\n",
        ["schemas > A > allOf", "`Envelope` is a whole response"];
    schema_named_like_an_exported_one: "    Sugar:\n" => "    Rejection: {type: object, description: A, properties: {a: {type: string, description: A, example: a}}}\n    Sugar:\n",
        ["schemas > Rejection", "the exported document has a schema of this name", "rename it"];
    request_with_a_map: "          items: {type: string}\n        sugar:" => "          items: {type: object, additionalProperties: {type: string}}\n        sugar:",
        ["BrewTeaDto > properties > additions", "a map in a request"];
    request_with_a_named_array: "    ClashDto:\n      type: object\n      description: Names of local variables, and of keywords\n      required: [url, type]\n      properties:\n"
        => "    A: {type: array, description: A, items: {type: string}}\n    ClashDto:\n      type: object\n      description: Names of local variables, and of keywords\n      required: [url, type]\n      properties:\n        list: {$ref: '#/components/schemas/A'}\n",
        ["components > schemas > A", "part of a request, but it has no properties", "list them"];
}
