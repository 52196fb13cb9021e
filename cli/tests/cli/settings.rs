//! Where settings come from: options, variables, profiles.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::genauth_command::{Said, folder, genauth};
use crate::raw_server::{RawServer, Request, json as json_answer};

/// A folder with a configuration file that only its owner may read.
fn configuration(name: &str, text: &str) -> PathBuf {
    let folder = folder(name);
    fs::create_dir(folder.join("genauth")).unwrap();
    let file = folder.join("genauth/config.toml");
    fs::write(&file, text).unwrap();
    fs::set_permissions(file, Permissions::from_mode(0o600)).unwrap();
    folder
}

const PROFILES: &str = r#"
default_profile = "one"

[profiles.one]
app_id = "app-one"
lang = "ja-JP"
app_secret = "secret-one"

[profiles.two]
app_id = "app-two"
brand = "authing"
token_endpoint_auth_method = "client_secret_basic"
app_secret_file = "secret"
"#;

/// What a sign-in sends under these profiles.
async fn sent(folder: &PathBuf, arguments: &[&str], variables: &[(&str, &str)]) -> Request {
    let answer = json!({ "statusCode": 200, "message": "", "data": {} });
    let mut server = RawServer::answering(json_answer("200 OK", &answer.to_string())).await;
    let mut command = genauth(["sign-in-by-credentials", "--connection", "PASSWORD"]);
    command.args(arguments).envs(variables.iter().copied());
    command.env("XDG_CONFIG_HOME", folder).env("GENAUTH_APP_HOST", server.url());
    let said = Said::by(&mut command);
    assert_eq!(said.status, 0, "{}", said.err);
    server.request().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn options_come_before_variables_and_variables_before_the_profile() {
    let folder = configuration("precedence", PROFILES);
    let app_and_lang =
        |request: Request| ["x-genauth-app-id", "x-genauth-lang"].map(|name| request.header(name).unwrap().to_owned());
    let profile = sent(&folder, &[], &[]).await;
    assert_eq!(app_and_lang(profile), ["app-one", "ja-JP"]);
    let variables = [("GENAUTH_APP_ID", "app-variable"), ("GENAUTH_LANG", "")];
    let variable = sent(&folder, &[], &variables).await;
    assert_eq!(app_and_lang(variable), ["app-variable", "ja-JP"], "an empty variable is as good as none");
    let option = sent(&folder, &["--app-id", "app-option", "--lang", "en-US"], &variables).await;
    assert_eq!(app_and_lang(option), ["app-option", "en-US"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_profile_is_the_default_one_or_the_one_that_is_named() {
    let folder = configuration("profiles", PROFILES);
    fs::write(folder.join("genauth/secret"), "secret-two\n").unwrap();
    let default = sent(&folder, &[], &[]).await;
    let body: Value = serde_json::from_str(&default.body).unwrap();
    assert_eq!(body, json!({ "connection": "PASSWORD", "client_id": "app-one", "client_secret": "secret-one" }));

    let by_option = sent(&folder, &["--profile", "two"], &[]).await;
    let by_variable = sent(&folder, &[], &[("GENAUTH_PROFILE", "two")]).await;
    for request in [by_option, by_variable] {
        assert_eq!(request.header("x-authing-app-id"), Some("app-two"));
        assert_eq!(request.header("authorization"), Some("Basic YXBwLXR3bzpzZWNyZXQtdHdv"));
    }
}

#[test]
fn what_is_wrong_with_the_configuration_is_said_without_showing_secrets() {
    let failure = |name: &str, text: &str, arguments: &[&str]| {
        let folder = configuration(name, text);
        let mut command = genauth(["get-profile", "--app-host", "http://127.0.0.1:1"]);
        let said = Said::by(command.args(arguments).env("XDG_CONFIG_HOME", folder));
        let failure = said.failure(2).to_owned();
        assert!(!failure.contains("ZQXJ"), "{failure}");
        failure
    };
    assert!(failure("no-app-id", "", &[]).contains("no `app_id` is set\nhint: give --app-id, or GENAUTH_APP_ID"));
    assert!(failure("no-profile", PROFILES, &["--profile", "three"]).contains("it has `one`, `two`"));
    let one = "default_profile = 'one'\n[profiles.one]\n";
    assert!(failure("syntax", &format!("{one}app_secret = 'ZQXJ\n"), &[]).contains("config.toml: line 3: "));
    assert!(failure("type", &format!("{one}app_secret = ['ZQXJ']"), &[]).contains("`app_secret` is no string"));
    assert!(failure("key", &format!("{one}app_idd = 'x'"), &[]).contains("no setting is called `app_idd`"));
    assert!(
        failure("timeout", &format!("{one}app_id = 'x'\ntimeout = 'long'"), &[]).contains("`timeout` in the profile")
    );
    assert!(failure("brand", &format!("{one}app_id = 'x'"), &["--brand", "x"]).contains("none of genauth, authing"));
}

#[test]
fn a_configuration_with_a_secret_that_others_may_read_is_refused() {
    let folder = configuration("shared", PROFILES);
    let file = folder.join("genauth/config.toml");
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    let arguments = ["get-profile", "--app-host", "http://127.0.0.1:1"];
    let refused = Said::by(genauth(arguments).env("XDG_CONFIG_HOME", &folder));
    assert!(refused.failure(2).contains("chmod 600"), "{}", refused.err);
    // The other profile has its secret elsewhere.
    let without = "default_profile = 'two'\n[profiles.two]\napp_id = 'x'\n";
    fs::write(&file, without).unwrap();
    let unreached = Said::by(genauth(arguments).env("XDG_CONFIG_HOME", &folder));
    unreached.failure(3);
}

#[test]
fn a_sandbox_s_call_is_not_for_what_is_configured() {
    let said = Said::by(genauth(["--sandbox", "get-profile"]).env("GENAUTH_ACCESS_TOKEN", "of-the-real-service"));
    assert_eq!(said.json()["username"], "sandbox-user");
    let contradiction = Said::by(&mut genauth(["--sandbox", "get-profile", "--app-id", "x"]));
    assert!(contradiction.failure(2).contains("--app-id is not for a sandbox"));
}
