//! Settings from options, environment variables and profiles.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::command::{Outcome, folder, genauth};
use crate::raw_server::{RawServer, Request, json as json_response};

/// A folder with a configuration file that only its owner can read.
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

/// The request of a sign-in with this configuration.
async fn send(folder: &PathBuf, arguments: &[&str], variables: &[(&str, &str)]) -> Request {
    let response = json!({ "statusCode": 200, "message": "", "data": { "access_token": "t" } });
    let mut server = RawServer::responding(json_response("200 OK", &response.to_string())).await;
    let mut command = genauth(["sign-in-by-credentials", "--connection", "PASSWORD"]);
    command.args(arguments).envs(variables.iter().copied());
    command.env("XDG_CONFIG_HOME", folder).args(["--app-host", &server.url()]);
    let outcome = Outcome::of(&mut command);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    server.request().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn option_overrides_variable_and_variable_overrides_profile() {
    let folder = configuration("precedence", PROFILES);
    let app_and_lang =
        |request: Request| ["x-genauth-app-id", "x-genauth-lang"].map(|name| request.header(name).unwrap().to_owned());
    let profile = send(&folder, &[], &[]).await;
    assert_eq!(app_and_lang(profile), ["app-one", "ja-JP"]);
    let variables = [("GENAUTH_APP_ID", "app-variable"), ("GENAUTH_LANG", "")];
    let variable = send(&folder, &[], &variables).await;
    assert_eq!(app_and_lang(variable), ["app-variable", "ja-JP"], "an empty variable counts as unset");
    let option = send(&folder, &["--app-id", "app-option", "--lang", "en-US"], &variables).await;
    assert_eq!(app_and_lang(option), ["app-option", "en-US"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn profile_is_the_default_or_the_named_one() {
    let folder = configuration("profiles", PROFILES);
    let secret = folder.join("genauth/secret");
    fs::write(&secret, "\u{feff}secret-two\n").unwrap();
    fs::set_permissions(&secret, Permissions::from_mode(0o600)).unwrap();
    let default = send(&folder, &[], &[]).await;
    let body: Value = serde_json::from_str(&default.body).unwrap();
    assert_eq!(body, json!({ "connection": "PASSWORD", "client_id": "app-one", "client_secret": "secret-one" }));

    let by_option = send(&folder, &["--profile", "two"], &[]).await;
    let by_variable = send(&folder, &[], &[("GENAUTH_PROFILE", "two")]).await;
    for request in [by_option, by_variable] {
        assert_eq!(request.header("x-authing-app-id"), Some("app-two"));
        assert_eq!(request.header("authorization"), Some("Basic YXBwLXR3bzpzZWNyZXQtdHdv"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn profile_named_on_the_command_line_is_not_mixed_with_variables() {
    let folder = configuration("profile-alone", PROFILES);
    let server = RawServer::responding(json_response("200 OK", "{}")).await;
    let mut command = genauth(["sign-in-by-credentials", "--connection", "PASSWORD", "--profile", "one"]);
    command.env("XDG_CONFIG_HOME", &folder).env("GENAUTH_APP_HOST", server.url());
    let outcome = Outcome::of(&mut command);
    assert!(outcome.failure(2).contains("`app_host` is not set"), "{}", outcome.stderr);
    assert_eq!(server.waiting(), 0, "the profile's secret went to the variable's host");
    let variables = [("GENAUTH_APP_ID", "app-variable"), ("GENAUTH_APP_SECRET", "secret-variable")];
    let request = send(&folder, &["--profile", "one"], &variables).await;
    assert_eq!(request.header("x-genauth-app-id"), Some("app-one"));
    assert!(request.body.contains("secret-one"), "{}", request.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn line_break_at_the_end_of_a_variable_is_cut_off() {
    let folder = folder("line-breaks");
    let variables = [("GENAUTH_APP_ID", "app-variable\n"), ("GENAUTH_APP_SECRET", "s3cret\r\n")];
    let request = send(&folder, &[], &variables).await;
    assert_eq!(request.header("x-genauth-app-id"), Some("app-variable"));
    assert!(request.body.contains(r#""client_secret":"s3cret""#), "{}", request.body);
    let mut command = genauth(["get-profile", "--app-host", "http://127.0.0.1:1"]);
    let outcome = Outcome::of(command.env("GENAUTH_APP_ID", "a\nb"));
    assert!(outcome.failure(2).contains("GENAUTH_APP_ID: contains control characters"), "{}", outcome.stderr);
}

#[test]
fn configuration_errors_show_no_secrets() {
    let failure = |name: &str, text: &str, arguments: &[&str]| {
        let folder = configuration(name, text);
        let mut command = genauth(["get-profile", "--app-host", "http://127.0.0.1:1"]);
        let outcome = Outcome::of(command.args(arguments).env("XDG_CONFIG_HOME", folder));
        let failure = outcome.failure(2).to_owned();
        assert!(!failure.contains("ZQXJ"), "{failure}");
        failure
    };
    assert!(failure("no-app-id", "", &[]).contains("`app_id` is not set\nhint: give --app-id, set GENAUTH_APP_ID"));
    assert!(failure("no-profile", PROFILES, &["--profile", "three"]).contains("it has `one`, `two`"));
    let one = "default_profile = 'one'\n[profiles.one]\n";
    assert!(failure("syntax", &format!("{one}app_secret = 'ZQXJ\n"), &[]).contains("config.toml: line 3: "));
    assert!(failure("type", &format!("{one}app_secret = ['ZQXJ']"), &[]).contains("`app_secret` is not a string"));
    assert!(failure("key", &format!("{one}app_idd = 'x'"), &[]).contains("unknown setting `app_idd`"));
    assert!(
        failure("timeout", &format!("{one}app_id = 'x'\ntimeout = 'long'"), &[]).contains("`timeout` in the profile")
    );
    assert!(failure("brand", &format!("{one}app_id = 'x'"), &["--brand", "x"]).contains("not one of genauth, authing"));
}

#[test]
fn secret_in_shared_configuration_file_is_rejected() {
    let folder = configuration("shared", PROFILES);
    let file = folder.join("genauth/config.toml");
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    let arguments = ["get-profile", "--app-host", "http://127.0.0.1:1"];
    let rejected = Outcome::of(genauth(arguments).env("XDG_CONFIG_HOME", &folder));
    assert!(rejected.failure(2).contains("chmod 600"), "{}", rejected.stderr);
    // A file with the secret alone.
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    let secret = folder.join("genauth/secret");
    fs::write(&secret, "secret-two").unwrap();
    fs::set_permissions(&secret, Permissions::from_mode(0o604)).unwrap();
    let rejected = Outcome::of(genauth(arguments).args(["--profile", "two"]).env("XDG_CONFIG_HOME", &folder));
    assert!(
        rejected.failure(2).contains("chmod 600") && !rejected.stderr.contains("secret-two"),
        "{}",
        rejected.stderr
    );
    // A profile without a secret.
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    let without = "default_profile = 'two'\n[profiles.two]\napp_id = 'x'\n";
    fs::write(&file, without).unwrap();
    let unreached = Outcome::of(genauth(arguments).env("XDG_CONFIG_HOME", &folder));
    unreached.failure(3);
}

#[test]
fn sandbox_call_ignores_environment_and_rejects_settings() {
    let outcome = Outcome::of(genauth(["--sandbox", "get-profile"]).env("GENAUTH_ACCESS_TOKEN", "of-the-real-service"));
    assert_eq!(outcome.json()["username"], "sandbox-user");
    let contradiction = Outcome::of(&mut genauth(["--sandbox", "get-profile", "--app-id", "x"]));
    assert!(contradiction.failure(2).contains("--app-id cannot be used with --sandbox"));
}
