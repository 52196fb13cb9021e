//! Examples.

mistakes! {
    parameter_example_missing: "          example: green tea\n" => "", ["parameters > kind", "no example"];
    body_example_missing: "            example: {strength: STRONG, temperature: 80}\n" => "",
        ["requestBody", "no example", "documentation and tests use it"];
    response_example_missing: "              example: {statusCode: 200, message: Enjoy, data: {cupId: 7}}\n" => "",
        ["responses", "no example"];
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
    body_example_with_null: "example: {strength: STRONG, temperature: 80}"
        => "example: {strength: STRONG, temperature: 80, sugar: null}",
        ["requestBody > example > sugar", "not an object"];
    response_example_with_null: "message: Enjoy, data: {cupId: 7}}" => "message: Enjoy, data: {cupId: null, notes: null}}",
        ["responses > example > data > cupId", "not an integer"];
    parameter_example_of_another_type: "          example: green tea\n" => "          example: 7\n",
        ["parameters > kind > example", "not a value of the enum"];
    property_example_of_another_type: ", example: 80}" => ", example: hot}",
        ["BrewTeaDto > properties > temperature > example", "not an integer"];
    body_example_with_invalid_json: "filter: '{\"a\":1}'" => "filter: '{a:1'",
        ["requestBody > example > filter", "not JSON in a string"];
}
