//! Changes to an account that a pass code confirms.

use genauth::sandbox::Sandbox;
use genauth::types::{
    DeleteAccountByPasswordDto, ResetPasswordByEmailPassCodeDto, SendEmailChannel, SendSmsChannel,
    SignInByPassCodePayloadDto, SignUpByPasswordDto, SignUpConnection, SigninByCredentialsConnection,
    VerifyDeleteAccountRequestVerifyMethod, VerifyResetPasswordRequestVerifyMethod,
};
use genauth::{ApiCode, ApiStatus, AuthenticationClient, Result, Secret};

const EMAIL: &str = "lin@example.com";
const PHONE: &str = "18812348888";
const PASSWORD: &str = "correct-horse-42";

/// A sandbox with a user who has an e-mail address and a password.
async fn start() -> (Sandbox, AuthenticationClient) {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let payload = SignUpByPasswordDto::new(PASSWORD).email(EMAIL);
    client.sign_up(SignUpConnection::Password).password_payload(payload).await.unwrap();
    (sandbox, client)
}

async fn sign_in(client: &AuthenticationClient, password: &str) -> Result<Secret> {
    Ok(client.sign_in_by_email_password(EMAIL, password).await?.access_token)
}

async fn sms_code(sandbox: &Sandbox, client: &AuthenticationClient, channel: SendSmsChannel) -> String {
    client.send_sms(channel, PHONE).await.unwrap();
    sandbox.last_pass_code(PHONE).unwrap()
}

#[tokio::test]
async fn contacts_are_bound_and_unbound_with_pass_codes() {
    let (sandbox, client) = start().await;
    let user = client.with_access_token(sign_in(&client, PASSWORD).await.unwrap());
    client.send_sms(SendSmsChannel::BindPhone, PHONE).await.unwrap();
    let error = user.bind_phone(PHONE, "000000").await.unwrap_err();
    assert_eq!(error.api_status(), Some(ApiStatus::INVALID_ARGUMENT));
    user.bind_phone(PHONE, sandbox.last_pass_code(PHONE).unwrap()).await.unwrap();
    assert_eq!(user.get_profile().await.unwrap().phone.as_deref(), Some(PHONE));
    let code = sms_code(&sandbox, &client, SendSmsChannel::Login).await;
    let payload = SignInByPassCodePayloadDto::new(code).phone(PHONE);
    let signed_in = client.sign_in_by_credentials(SigninByCredentialsConnection::Passcode).pass_code_payload(payload);
    signed_in.await.expect("a bound phone number signs in");

    let code = sms_code(&sandbox, &client, SendSmsChannel::UnbindPhone).await;
    user.unbind_phone(code).await.unwrap();
    assert_eq!(user.get_profile().await.unwrap().phone, None);
}

#[tokio::test]
async fn password_is_reset_by_mail_and_account_deleted() {
    let (sandbox, client) = start().await;
    client.send_email(SendEmailChannel::ResetPassword, EMAIL).await.unwrap();
    let code = sandbox.last_pass_code(EMAIL).unwrap();
    let verified = client
        .verify_reset_password_request(VerifyResetPasswordRequestVerifyMethod::EmailPasscode)
        .email_pass_code_payload(ResetPasswordByEmailPassCodeDto::new(code).email(EMAIL))
        .await
        .unwrap();
    client.reset_password(verified.password_reset_token.clone(), "another-42").await.unwrap();
    sign_in(&client, PASSWORD).await.unwrap_err();
    let user = client.with_access_token(sign_in(&client, "another-42").await.unwrap());
    client.reset_password(verified.password_reset_token, "a-third-42").await.expect_err("a token works twice");

    let verified = user
        .verify_delete_account_request(VerifyDeleteAccountRequestVerifyMethod::Password)
        .password_payload(DeleteAccountByPasswordDto::new("another-42"))
        .await
        .unwrap();
    user.delete_account(verified.delete_account_token).await.unwrap();
    user.get_profile().await.unwrap_err();
    assert_eq!(sign_in(&client, "another-42").await.unwrap_err().api_code(), Some(ApiCode::USER_NOT_FOUND));
}
