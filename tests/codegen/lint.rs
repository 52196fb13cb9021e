//! A mistake in the description stops the build, and the message names file, place and remedy.

use crate::fixture_crate::Scratch;

/// What `cargo check` prints about the copy, which must not build.
fn complaint(scratch: &Scratch) -> String {
    let output = scratch.cargo(&["check"]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "it builds:\n{message}");
    for unwanted in ["panicked", "stack backtrace"] {
        assert!(!message.contains(unwanted), "{message}");
    }
    message
}

/// A mistake's name, what is right, what is wrong instead, and what the message must say.
type Mistake<'a> = (&'a str, &'a str, &'a str, &'a [&'a str]);

fn each_is_named(scratch: &Scratch, file: &str, mistakes: &[Mistake]) {
    let good = scratch.read(file);
    for (mistake, right, wrong, parts) in mistakes {
        assert!(good.contains(right), "{mistake}: nothing to spoil");
        scratch.write(file, &good.replacen(right, wrong, 1));
        let message = complaint(scratch);
        for part in *parts {
            assert!(message.contains(part), "{mistake}: no {part:?} in\n{message}");
        }
    }
    scratch.write(file, &good);
}

#[test]
fn each_mistake_in_an_address_is_named() {
    let scratch = Scratch::new("address-mistakes");
    let place = "openapi/cas.yaml: paths > /cas-idp/{app_id} > get";
    let mistakes: [Mistake; 3] = [
        (
            "a value from nowhere",
            "            from: appId\n",
            "            from: userId\n",
            &[place, "app_id", "x-genauth-client-supplied: unknown variant `userId`", "see openapi/README.md"],
        ),
        (
            "a value that is always given, and optional",
            "          in: path\n          required: true\n",
            "          in: path\n          required: false\n",
            &[place, "app_id", "optional, though its value is always given", "make it required"],
        ),
        (
            "what no browser opens",
            "        - name: service\n          in: query\n",
            "        - name: service\n          in: header\n",
            &[place, "no address", "a browser opens a GET"],
        ),
    ];
    each_is_named(&scratch, "openapi/cas.yaml", &mistakes);
}

#[test]
fn each_mistake_in_a_role_is_named() {
    let scratch = Scratch::new("role-mistakes");
    let place = "openapi/oidc.yaml: paths > /oidc/.well-known/jwks.json > get > x-genauth-internal-use";
    let mistakes: [Mistake; 3] = [
        (
            "a role that the crate does not have",
            "x-genauth-internal-use: jwks",
            "x-genauth-internal-use: encryption_keys",
            &[place, "the crate has no use for `encryption_keys`", "it has authorization, code_exchange, jwks"],
        ),
        (
            "a role that is taken",
            "x-genauth-internal-use: jwks",
            "x-genauth-internal-use: token_revocation",
            &[place, "`token_revocation` is the role of", "give each role to one operation or shortcut"],
        ),
        (
            "a role that nothing has",
            "          role: token_refresh\n",
            "",
            &["nothing has the role `token_refresh`", "give it to the operation or shortcut that does it"],
        ),
    ];
    each_is_named(&scratch, "openapi/oidc.yaml", &mistakes);
}

#[test]
fn each_mistake_in_a_socket_is_named() {
    let scratch = Scratch::new("socket-mistakes");
    let place = "openapi/event.yaml: paths > /events/v1/authentication/sub > get";
    let mistakes: [Mistake; 5] = [
        (
            "a parameter that may be missing",
            "          in: query\n          required: true\n",
            "          in: query\n          required: false\n",
            &[place, "no socket", "a query where all is required"],
        ),
        ("no parameter with the code", "        code: code\n", "        code: kode\n", &[place, "no parameter `kode`"]),
        ("a name that is none", "        method: events\n", "        method: my events\n", &[place, "none in Rust"]),
        (
            "a brand without a host",
            "          x-genauth-brand: authing\n",
            "          x-genauth-brand: another\n",
            &[place, "servers", "no host for authing", "see openapi/README.md"],
        ),
        (
            "a token that does not go into the query",
            "        - eventToken: []\n",
            "        - accessToken: []\n",
            &[place, "security", "goes into the query"],
        ),
    ];
    each_is_named(&scratch, "openapi/event.yaml", &mistakes);
}

#[test]
fn each_mistake_is_named_with_file_place_and_remedy() {
    let scratch = Scratch::new("description-mistakes");
    let good = scratch.read("openapi/wechat.yaml");
    let cases: [Mistake; 12] = [
        ("bad YAML", "paths:\n", "paths: [\n", &["openapi/wechat.yaml", "line", "mend the syntax"]),
        (
            "a key twice",
            "      summary: Get the cached access token of a WeChat account\n",
            "      summary: One\n      summary: Two\n",
            &["openapi/wechat.yaml", "duplicate", "summary", "mend the syntax"],
        ),
        (
            "an operationId twice",
            "operationId: get_wechat_mp_access_token_info",
            "operationId: get_wechat_mp_access_token",
            &[
                "openapi/wechat.yaml: paths > /api/v3/get-wechat-access-token-info > post > operationId",
                "`get_wechat_mp_access_token` is also the operationId of /api/v3/get-wechat-access-token",
                "give each operation its own",
            ],
        ),
        (
            "no operationId",
            "      operationId: get_wechat_mp_access_token_info\n",
            "",
            &["paths > /api/v3/get-wechat-access-token-info > post", "no operationId", "add one"],
        ),
        (
            "a dangling reference",
            "$ref: '#/components/schemas/WechatWatermark'",
            "$ref: '#/components/schemas/Watermark'",
            &[
                "openapi/wechat.yaml: components > schemas > GetWechatMiniProgramPhoneDataDto > properties > watermark",
                "\"#/components/schemas/Watermark\" refers to nothing",
                "define it, or mend the name",
            ],
        ),
        (
            "a property that Rust cannot name",
            "        appid:\n",
            "        1st:\n",
            &[
                "openapi/wechat.yaml: components > schemas > WechatWatermark > properties > 1st",
                "a name that Rust has no form for",
                "begin it with a letter",
            ],
        ),
        (
            "a schema that Rust cannot name",
            "    WechatWatermark:\n",
            "    '?':\n",
            &["openapi/wechat.yaml: components > schemas > ?", "a name that Rust has no form for"],
        ),
        (
            "no description",
            "          description: The country calling code, digits only\n",
            "",
            &[
                "openapi/wechat.yaml: components > schemas > GetWechatMiniProgramPhoneDataDto > properties > countryCode",
                "no description",
                "describe the property",
            ],
        ),
        (
            "an inline enum",
            "          x-genauth-accept-number: true\n          description: The country",
            "          enum: ['86', '1']\n          description: The country",
            &[
                "openapi/wechat.yaml: components > schemas > GetWechatMiniProgramPhoneDataDto > properties > countryCode",
                "an inline enum",
                "move it to components > schemas",
            ],
        ),
        (
            "an unknown extension",
            "x-genauth-accept-number: true",
            "x-genauth-als: number",
            &["countryCode", "the build knows no `x-genauth-als`", "see openapi/README.md"],
        ),
        (
            "a wrong extension",
            "        code: errcode\n",
            "        kode: errcode\n",
            &["x-genauth-upstream-response", "see openapi/README.md"],
        ),
        (
            "what is no OpenAPI",
            "          format: phone\n          description: The number without",
            "          maxLength: long\n          description: The number without",
            &["openapi/wechat.yaml", "GetWechatMiniProgramPhoneDataDto", "compare it with the OpenAPI specification"],
        ),
    ];
    each_is_named(&scratch, "openapi/wechat.yaml", &cases);
    scratch.write("openapi/zzz.yaml", &good);
    let message = complaint(&scratch);
    let twice =
        "openapi/zzz.yaml: components > schemas > GetWechatMiniProgramPhoneDto: also defined in openapi/wechat.yaml";
    assert!(message.contains(twice), "{message}");

    scratch.remove("openapi/zzz.yaml");
    let output = scratch.cargo(&["check"]);
    assert!(output.status.success(), "mended, it builds: {}", String::from_utf8_lossy(&output.stderr));
}
