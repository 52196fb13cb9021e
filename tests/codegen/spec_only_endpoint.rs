//! An endpoint is added by editing `openapi/` and nothing else.

use crate::fixture_workspace::Workspace;

/// An operation with parameters, a body, enums and lists.
const TEA: &str = r#"
paths:
  /api/v3/teas/{kind}/brew:
    post:
      operationId: brew_tea
      tags: [wechat]
      summary: Brew a cup of tea
      description: Made up for this test
      security:
        - appId: []
          accessToken: []
      parameters:
        - name: kind
          in: path
          required: true
          description: What kind of tea
          example: green tea
          schema:
            $ref: '#/components/schemas/TeaKind'
        - name: cups
          in: query
          description: How many cups
          schema:
            type: integer
            format: int64
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/BrewTeaDto'
            example:
              temperature: 80
              strength: STRONG
      responses:
        '200':
          description: The tea
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/BrewTeaRespDto'
              example:
                statusCode: 200
                message: Enjoy
                data:
                  - cupId: 7
                    kind: oolong
                    notes: null
components:
  schemas:
    TeaKind:
      type: string
      description: A kind of tea
      enum: [green tea, oolong]
    TeaStrength:
      type: string
      description: How strong a tea is
      enum: [MILD, STRONG]
      x-enum-descriptions: [for the evening, for the morning]
    BrewTeaDto:
      type: object
      description: How to brew
      required: [temperature]
      properties:
        temperature:
          type: integer
          format: int64
          description: Temperature of the water, in degrees Celsius
        strength:
          $ref: '#/components/schemas/TeaStrength'
        additions:
          type: array
          description: What goes in
          items:
            type: string
    BrewTeaRespDto:
      description: The response with the tea
      allOf:
        - $ref: '#/components/schemas/Envelope'
        - type: object
          required: [data]
          properties:
            data:
              type: array
              description: The cups
              items:
                $ref: '#/components/schemas/Cup'
    Cup:
      type: object
      description: A cup of tea
      required: [cupId]
      properties:
        cupId:
          type: integer
          format: int64
          description: Names the cup
        kind:
          $ref: '#/components/schemas/TeaKind'
        label:
          type: string
          description: What is printed on the cup
        notes:
          type: array
          description: What it tastes of
          items:
            type: string
"#;

/// An operation whose parameters and properties have names that generated code or Rust uses too.
const CLASH: &str = r#"
paths:
  /api/v3/clashes/{self}/{baseurl}:
    post:
      operationId: clash
      tags: [wechat]
      summary: Have names that generated code has too
      description: Made up for this test
      security: []
      parameters:
        - {name: self, in: path, required: true, description: In the path, example: a, schema: {type: string}}
        - {name: baseurl, in: path, required: true, description: In the path, example: a, schema: {type: string}}
        - {name: url, in: query, required: true, description: In the query, example: a, schema: {type: string}}
        - {name: request, in: query, required: true, description: In the query, example: a, schema: {type: string}}
        - {name: result, in: query, description: In the query, schema: {type: string}}
        - {name: client, in: query, description: In the query, schema: {type: string}}
        - {name: body, in: query, required: true, description: In the query, example: a, schema: {type: string}}
        - {name: value, in: query, description: In the query, schema: {type: string}}
        - {name: info, in: query, description: In the query, schema: {type: string}}
        - {name: type, in: query, required: true, description: In the query, example: a, schema: {type: string}}
        - {name: query, in: query, description: In the query, schema: {type: string}}
        - {name: header_map, in: query, description: In the query, schema: {type: string}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/ClashDto'
            example: {url: a, type: a}
      responses:
        '200':
          description: Nothing
components:
  schemas:
    ClashDto:
      type: object
      description: Names that generated code and Rust have too
      required: [url, type]
      properties:
        url: {type: string, description: In the body}
        type: {type: string, description: In the body}
        request: {type: string, description: In the body}
        result: {type: string, description: In the body}
        client: {type: string, description: In the body}
        body: {type: string, description: In the body}
        value: {type: string, description: In the body}
        info: {type: string, description: In the body}
        self: {type: string, description: In the body}
        query: {type: string, description: In the body}
        baseurl: {type: string, description: In the body}
        header_map: {type: string, description: In the body}
"#;

/// What golden files show of generated code, here to be compiled.
const EDGE_CASES: &str = include_str!("../../codegen/tests/fixtures/edge_cases.yaml");

/// An operation and a parameter whose names the command reserves.
const TAKEN: &str = r#"
paths:
  /api/v3/lists:
    get:
      operationId: list
      tags: [wechat]
      summary: List the lists
      description: Made up for this test
      parameters:
        - name: output
          in: query
          description: Where to put them
          schema:
            type: string
      responses:
        '200':
          description: Nothing
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/ListRespDto'
              example:
                statusCode: 200
                message: Listed
components:
  schemas:
    ListRespDto:
      description: The response without data
      allOf:
        - $ref: '#/components/schemas/Envelope'
        - type: object
"#;

/// Operations of the management API, whose items the sandbox keeps.
const TEAPOTS: &str = r#"
paths:
  /api/v3/create-teapot:
    post:
      operationId: create_teapot
      x-genauth-sandbox: {collection: teapots, key: [name], action: create}
      tags: [groups]
      summary: Create a teapot
      description: Made up for this test
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/TeapotDto'
            example: {name: Brown Betty, cups: 6}
      responses:
        '200':
          description: The teapot
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/TeapotRespDto'
              example: {statusCode: 200, message: Created, data: {name: Brown Betty, cups: 6}}
  /api/v3/list-teapots:
    get:
      operationId: list_teapots
      x-genauth-sandbox: {collection: teapots, key: [name], action: list}
      x-genauth-pagination: {page: page, limit: limit}
      tags: [groups]
      summary: List the teapots
      description: Made up for this test
      parameters:
        - {name: page, in: query, description: Number of the page, schema: {type: integer, format: int64}}
        - {name: limit, in: query, description: Size of a page, schema: {type: integer, format: int64}}
      responses:
        '200':
          description: The teapots
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/TeapotsRespDto'
              example: {statusCode: 200, message: Listed, data: [{name: Brown Betty, cups: 6}]}
components:
  schemas:
    TeapotDto:
      type: object
      description: A teapot
      required: [name]
      properties:
        name: {type: string, description: What it is called}
        cups: {type: integer, format: int64, nullable: true, description: How many cups it holds}
    TeapotRespDto:
      description: The response with a teapot
      allOf:
        - $ref: '#/components/schemas/Envelope'
        - type: object
          required: [data]
          properties:
            data:
              $ref: '#/components/schemas/TeapotDto'
    TeapotsRespDto:
      description: The response with teapots
      allOf:
        - $ref: '#/components/schemas/Envelope'
        - type: object
          required: [data]
          properties:
            data:
              type: array
              description: The teapots
              items:
                $ref: '#/components/schemas/TeapotDto'
"#;

const EXAMPLE: &str = r##"
use futures_util::TryStreamExt;
use genauth::ApiStatus;
use genauth::sandbox::Sandbox;
use genauth::types::{BlendDto, BrewTeaDto, BrewTeaRespDto, TeaKind, TeaStrength};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.client()?;

    let signed_out = client.brew_tea(TeaKind::GreenTea, 80).await.unwrap_err();
    assert_eq!(signed_out.api_status(), Some(ApiStatus::UNAUTHORIZED), "{signed_out}");

    let client = client.with_access_token(sandbox.issue_access_token());
    let call = client.brew_tea(TeaKind::GreenTea, 80).cups(2).strength(TeaStrength::Strong).additions(["milk"]);
    let envelope: BrewTeaRespDto = call.envelope().await?;
    assert_eq!(envelope.message, "Enjoy");
    assert_eq!((envelope.data[0].cup_id, &envelope.data[0].kind), (7, &Some(TeaKind::Oolong)));
    assert!(envelope.data[0].notes.is_empty(), "null is an empty list");

    let rejected = client.brew_tea(TeaKind::Unknown("coffee".into()), 80).await.unwrap_err();
    assert_eq!(rejected.api_status(), Some(ApiStatus::INVALID_ARGUMENT), "{rejected}");
    assert!(rejected.to_string().contains("kind"), "{rejected}");

    let body = serde_json::to_string(&BrewTeaDto::new(80).strength("STRANGE"))?;
    assert_eq!(body, r#"{"strength":"STRANGE","temperature":80}"#);
    let code = BlendDto::new("123456").leaves(["mint"]).weight(7);
    assert!(!format!("{code:?}").contains("123456"), "{code:?}");
    let call = client.change_blend("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "123456").weight(7).weight_parameter(7);
    assert!(call.kinds(["green", "black"]).await?.is_none());
    let url = client.build_blends_url().kinds(["green", "black"]).to_url()?;
    assert_eq!(url.query(), Some("kinds=green&kinds=black"));
    let preludes = client.option().await?;
    assert_eq!(preludes.string.text, "a");
    client.reserve("in-path", "in-body").run_("in-query").timeout_("in-body").self_parameter("in-query").await?;

    let management = sandbox.management_client()?;
    for name in ["Brown Betty", "Kyusu", "Gaiwan"] {
        management.create_teapot(name).clear_cups().await?;
    }
    let teapots: Vec<_> = management.list_teapots().limit(2).items().try_collect().await?;
    assert_eq!(teapots.len(), 3, "{teapots:?}");

    // What reaches the server goes by the names of the document.
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let host = format!("http://{}", listener.local_addr()?);
    let server = std::thread::spawn(move || received(&listener));
    let client = genauth::AuthenticationClient::builder().app_id("an-app").app_host(host).build()?;
    client
        .clash("in-path", "in/path", "in-url", "in-request", "in-body", "in-type", "url", "type")
        .result_parameter("in-result")
        .client_parameter("in-client")
        .value_parameter("in-value")
        .info_parameter("in-info")
        .query_parameter("in-query")
        .header_map_parameter("in-header_map")
        .request("request")
        .result("result")
        .client("client")
        .body("body")
        .value("value")
        .info("info")
        .self_("self")
        .query("query")
        .baseurl("baseurl")
        .header_map("header_map")
        .await?;
    let request = server.join().map_err(|_| "the server failed")?;
    let (head, body) = request.split_once("\r\n\r\n").ok_or("no body")?;
    let line = head.lines().next().ok_or("no request line")?;
    assert!(line.starts_with("POST /api/v3/clashes/in-path/in%2Fpath?"), "{line}");
    let body: serde_json::Value = serde_json::from_str(body)?;
    for name in ["url", "request", "result", "client", "body", "value", "info", "type", "query", "header_map"] {
        assert!(line.contains(&format!("{name}=in-{name}")), "no {name} in {line}");
        assert_eq!(body[name], name, "{body}");
    }
    assert_eq!((&body["self"], &body["baseurl"]), (&"self".into(), &"baseurl".into()), "{body}");
    println!("brewed");
    Ok(())
}

/// The whole request of one call.
fn received(listener: &std::net::TcpListener) -> String {
    use std::io::{Read, Write};
    let (mut socket, _) = listener.accept().unwrap();
    let (mut request, mut piece) = (String::new(), [0; 4096]);
    while !request.ends_with('}') {
        let length = socket.read(&mut piece).unwrap();
        request += std::str::from_utf8(&piece[..length]).unwrap();
    }
    socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
    request
}
"##;

#[test]
fn operations_only_in_the_document_work_as_methods_and_commands() {
    let edge_cases = EDGE_CASES.replace("tags: [tea]", "tags: [wechat]");
    let added = [
        ("openapi/authentication/edge_cases.yaml", edge_cases.as_str()),
        ("openapi/authentication/tea.yaml", TEA),
        ("openapi/authentication/clash.yaml", CLASH),
        ("openapi/authentication/lists.yaml", TAKEN),
        ("openapi/management/teapots.yaml", TEAPOTS),
        ("examples/tea.rs", EXAMPLE),
    ];
    let workspace = Workspace::copy("spec-only-endpoint", &added);
    let output = workspace.build(&["--example", "tea", "--bin", "genauth"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let run = |program, arguments: &[&str]| {
        let output = workspace.run(program, arguments);
        [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap())
    };
    let [out, err] = run("examples/tea", &[]);
    assert_eq!(out.trim(), "brewed", "{err}");

    let flags = ["--kind", "green tea", "--temperature", "80", "--strength", "STRONG", "--additions", "milk"];
    let [out, err] = run("genauth", &[&["--sandbox", "brew-tea", "--output", "json"][..], &flags].concat());
    assert_eq!(out.trim(), r#"[{"cupId":7,"kind":"oolong"}]"#, "{err}");
    let [out, err] = run("genauth", &["--sandbox", "management", "create-teapot", "--name", "Kyusu", "--cups", "2"]);
    assert!(out.contains("Kyusu"), "{err}");
    let [_, err] = run("genauth", &["--sandbox", "brew-tea", "--json", r#"{"temparature":80}"#]);
    assert!(err.contains("`temperature`"), "{err}");
    let [out, err] = run("genauth", &["list", "wechat"]);
    assert!(out.contains("Brew a cup of tea"), "{out}{err}");
    let [out, err] =
        run("genauth", &["--sandbox", "operation-list", "--field-output", "here", "--output", "json", "--envelope"]);
    assert_eq!(out.trim(), r#"{"statusCode":200,"message":"Listed","data":null}"#, "{err}");
}
