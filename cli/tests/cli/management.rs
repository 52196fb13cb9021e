//! `genauth management`.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use genauth::sandbox::Sandbox;

use crate::command::{Outcome, folder, genauth, run};

#[test]
fn operation_is_called_on_the_sandbox() {
    let user = run("management create-user --username lin --sandbox").json();
    assert_eq!(user["username"], "lin");
    let outcome = run("management get-user --user-id nobody --sandbox");
    assert!(outcome.failure(1).contains("the user does not exist"), "{}", outcome.stderr);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn access_key_comes_from_options_and_profiles() {
    let sandbox = Sandbox::start().await.unwrap();
    let (id, secret, host) = (sandbox.access_key_id(), sandbox.access_key_secret(), sandbox.management_url());
    let options = ["management", "list-roles", "--key-id", id, "--management-host", &host, "--key-auth", "signature"];
    let outcome = Outcome::of(genauth(options).args(["--key-secret", "env:SECRET"]).env("SECRET", secret));
    assert_eq!(outcome.json()["totalCount"], 0);

    let folder = folder("management-profile");
    let file = folder.join("genauth/config.toml");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let profile = format!("access_key_id = '{id}'\naccess_key_secret = '{secret}'\nmanagement_host = '{host}'\n");
    fs::write(&file, format!("[profiles.admin]\n{profile}")).unwrap();
    let call = || {
        let mut command = genauth(["management", "list-roles", "--profile", "admin"]);
        Outcome::of(command.env("XDG_CONFIG_HOME", &folder))
    };
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(call().failure(2).contains("readable by others"), "{:?}", call());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(call().json()["totalCount"], 0);
}

#[test]
fn missing_access_key_and_unknown_operations_are_usage_errors() {
    let missing = run("management list-roles --key-id a-key");
    assert!(missing.failure(2).contains("give --key-secret, set GENAUTH_ACCESS_KEY_SECRET"), "{}", missing.stderr);
    let unknown = run("management creat-user");
    assert!(unknown.failure(2).contains("did you mean `create-user`?"), "{}", unknown.stderr);
    let described = run("describe management get-usr");
    assert!(described.failure(2).contains("did you mean `get-user`?"), "{}", described.stderr);
}

#[test]
fn operation_is_listed_described_and_documented() {
    assert!(run("list users").stdout.contains("management create-user"));
    let described = run("describe management create-user").stdout;
    assert!(described.contains("Credentials: --key-id, --key-secret"), "{described}");
    assert!(described.contains("genauth management create-user --json"), "{described}");
    assert!(run("man management create-user").stdout.contains("genauth-management-create-user"));
    assert!(run("completions bash").stdout.contains("create-user"));
    assert_eq!(run("openapi --management").json()["info"]["title"], "GenAuth management API");
}
