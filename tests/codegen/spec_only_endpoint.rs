//! An endpoint is added by editing `openapi/` and nothing else.

#[cfg(feature = "cli")]
use std::{path::Path, process::Command};

use crate::fixture_crate::Scratch;

const OPENAPI: &str = r#"
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
      description: The answer with the tea
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
          x-genauth-accept-number: true
          description: What is printed on the cup
        notes:
          type: array
          description: What it tastes of
          items:
            type: string
"#;

const EXAMPLE: &str = r##"
use genauth::ApiStatus;
use genauth::sandbox::Sandbox;
use genauth::types::{BrewTeaDto, BrewTeaRespDto, TeaKind, TeaStrength};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.client()?;

    let signed_out = client.brew_tea(TeaKind::GreenTea, 80).await.unwrap_err();
    assert_eq!(signed_out.api_status(), Some(ApiStatus::UNAUTHORIZED), "{signed_out}");

    let client = client.with_access_token(sandbox.issue_access_token());
    let call = client.brew_tea("green tea", 80).cups(2).strength(TeaStrength::Strong).additions(["milk"]);
    let answer: BrewTeaRespDto = call.envelope().await?;
    assert_eq!(answer.message, "Enjoy");
    assert_eq!((answer.data[0].cup_id, &answer.data[0].kind), (7, &Some(TeaKind::Oolong)));
    assert!(answer.data[0].notes.is_empty(), "null is as good as nothing");

    let refused = client.brew_tea(TeaKind::Unknown("coffee".into()), 80).await.unwrap_err();
    assert_eq!(refused.api_status(), Some(ApiStatus::INVALID_ARGUMENT), "{refused}");
    assert!(refused.to_string().contains("kind"), "{refused}");

    let body = serde_json::to_string(&BrewTeaDto::new(80).strength("STRANGE"))?;
    assert_eq!(body, r#"{"strength":"STRANGE","temperature":80}"#);
    println!("brewed");
    Ok(())
}
"##;

#[test]
fn a_made_up_operation_works_without_touching_rust() {
    let scratch = Scratch::new("description-is-enough");
    scratch.write("openapi/tea.yaml", OPENAPI);
    scratch.write("examples/tea.rs", EXAMPLE);
    let output = scratch.cargo(&["run", "--example", "tea"]);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(out.trim(), "brewed", "{err}");
}

/// An operation and a parameter whose names the command has for itself.
#[cfg(feature = "cli")]
const TAKEN_NAMES: &str = r#"
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
      description: The answer without data
      allOf:
        - $ref: '#/components/schemas/Envelope'
        - type: object
"#;

#[cfg(feature = "cli")]
#[test]
fn a_made_up_operation_is_a_command_without_touching_rust() {
    let scratch = Scratch::new("command-is-enough");
    scratch.write("openapi/tea.yaml", OPENAPI);
    scratch.write("openapi/lists.yaml", TAKEN_NAMES);
    // As an example, its binary leaves the crate's own in its place.
    let manifest = scratch.read("Cargo.toml");
    let example = "\n[[example]]\nname = \"tea_command\"\npath = \"src/bin/genauth/main.rs\"\n";
    scratch.write("Cargo.toml", &(manifest + example));
    let output = scratch.cargo(&["build", "--example", "tea_command"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let command = Path::new(env!("CARGO_BIN_EXE_genauth")).with_file_name("examples").join("tea_command");
    let command = |arguments: &[&str]| Command::new(&command).args(arguments).output().unwrap();
    let flags = ["--kind", "green tea", "--temperature", "80", "--strength", "STRONG", "--additions", "milk"];
    let brewed = command(&[&["--sandbox", "brew-tea", "--output", "json"][..], &flags].concat());
    let (out, err) = (String::from_utf8_lossy(&brewed.stdout), String::from_utf8_lossy(&brewed.stderr));
    assert_eq!(out.trim(), r#"[{"cupId":7,"kind":"oolong"}]"#, "{err}");
    let strange = command(&["--sandbox", "brew-tea", "--json", r#"{"temparature":80}"#]);
    assert!(String::from_utf8_lossy(&strange.stderr).contains("is it `temperature`?"));
    let list = command(&["list", "wechat"]);
    assert!(String::from_utf8_lossy(&list.stdout).contains("Brew a cup of tea"));
    let taken = command(&["--sandbox", "operation-list", "--field-output", "here", "--output", "json", "--envelope"]);
    let (out, err) = (String::from_utf8_lossy(&taken.stdout), String::from_utf8_lossy(&taken.stderr));
    assert_eq!(out.trim(), r#"{"statusCode":200,"message":"Listed","data":null}"#, "{err}");
}
