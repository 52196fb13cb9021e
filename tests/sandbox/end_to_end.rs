//! The life of an account, and what the service rejects in it.

use std::time::Duration;

use genauth::sandbox::Sandbox;
use genauth::types::{
    EnrollFactorEnrollmentDataDto, FactorProfile, FactorType, MfaRequiredDto, PreCheckCodeCodeType, PreCheckSmsCodeDto,
    SendEmailChannel, SendSmsChannel, SignInByPassCodePayloadDto, SignInByPasswordPayloadDto, SignInOptionsDto,
    SignUpByPassCodeDto, SignUpByPasswordDto, SignUpConnection, SignUpOptionsDto, SignUpProfileDto,
    SigninByCredentialsConnection,
};
use genauth::{ApiCode, ApiStatus, AuthenticationClient, Error, Result};
use serde_json::json;

const EMAIL: &str = "lin@example.com";
const PHONE: &str = "18812348888";
const PASSWORD: &str = "correct-horse-42";

async fn start() -> (Sandbox, AuthenticationClient) {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    (sandbox, client)
}

async fn sign_up(client: &AuthenticationClient) -> Result<String> {
    let payload = SignUpByPasswordDto::new(PASSWORD).email(EMAIL);
    Ok(client.sign_up(SignUpConnection::Password).password_payload(payload).await?.user_id)
}

/// Signs in with `payload` and returns the access token.
async fn by_password(client: &AuthenticationClient, payload: SignInByPasswordPayloadDto) -> Result<String> {
    let tokens =
        client.sign_in_by_credentials(SigninByCredentialsConnection::Password).password_payload(payload).await?;
    Ok(tokens.access_token.expose_secret().to_owned())
}

async fn sign_in(client: &AuthenticationClient, password: &str) -> Result<String> {
    by_password(client, SignInByPasswordPayloadDto::new(password).email(EMAIL)).await
}

async fn by_phone_code(client: &AuthenticationClient, code: &str) -> Result<String> {
    let payload = SignInByPassCodePayloadDto::new(code).phone(PHONE);
    let tokens =
        client.sign_in_by_credentials(SigninByCredentialsConnection::Passcode).pass_code_payload(payload).await?;
    Ok(tokens.access_token.expose_secret().to_owned())
}

/// Sends a code by SMS for `channel` and returns it.
async fn sms_code(sandbox: &Sandbox, client: &AuthenticationClient, channel: SendSmsChannel) -> String {
    client.send_sms(channel, PHONE).await.unwrap();
    sandbox.last_pass_code(PHONE).unwrap()
}

/// Signs a new user in by e-mail and enrolls an authenticator app; returns the user's client and the URI of the app's secret.
async fn enrolled(sandbox: &Sandbox, client: &AuthenticationClient) -> (AuthenticationClient, String) {
    sign_up(client).await.unwrap();
    let me = client.with_access_token(sign_in(client, PASSWORD).await.unwrap());
    let started = me.send_enroll_factor_request(FactorType::Otp, FactorProfile::new()).await.unwrap();
    let uri = started.otp_data.unwrap().qr_code_uri.expose_secret().to_owned();
    let proof = EnrollFactorEnrollmentDataDto::new().pass_code(sandbox.totp_code(&uri).unwrap());
    me.enroll_factor(FactorType::Otp, started.enrollment_token, proof).await.unwrap();
    (me, uri)
}

#[track_caller]
fn assert_rejected<T: std::fmt::Debug>(result: Result<T>, status: i64, api_code: Option<i64>) {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!((error.api_status(), error.api_code()), (Some(ApiStatus(status)), api_code.map(ApiCode)), "{error}");
    assert!(error.request_id().is_some(), "{error:?}");
}

#[tokio::test]
async fn account_from_sign_up_to_sign_out() {
    let (sandbox, client) = start().await;

    let code = sms_code(&sandbox, &client, SendSmsChannel::Register).await;
    let user = client
        .sign_up(SignUpConnection::Passcode)
        .pass_code_payload(SignUpByPassCodeDto::new(code).phone(PHONE))
        .profile(SignUpProfileDto::new().nickname("Lin").custom_data(json!({ "school": "ZJU" })))
        .options(SignUpOptionsDto::new().password_for_phone_pass_code(PASSWORD))
        .await
        .unwrap();
    assert_eq!(user.phone.as_deref(), Some(PHONE));
    assert_eq!((user.phone_verified, user.nickname.as_deref()), (Some(true), Some("Lin")));

    let code = sms_code(&sandbox, &client, SendSmsChannel::Login).await;
    let me = client.with_access_token(by_phone_code(&client, &code).await.unwrap());
    let changed = me.update_profile().city("Hangzhou").username("lin").custom_data(json!({ "age": 29 })).await.unwrap();
    assert_eq!(changed.city.as_deref(), Some("Hangzhou"));
    let profile = me.get_profile().await.unwrap();
    assert_eq!((profile.user_id, profile.logins_count), (user.user_id.clone(), Some(1)));
    assert_eq!((profile.nickname.as_deref(), profile.city.as_deref()), (Some("Lin"), Some("Hangzhou")));
    assert_eq!(profile.custom_data, None);
    let profile = me.get_profile().with_custom_data(true).await.unwrap();
    assert_eq!(profile.custom_data, Some(json!({ "school": "ZJU", "age": 29 }).into()));

    me.update_password("battery-staple-77").old_password(PASSWORD).await.unwrap();
    let payload = || SignInByPasswordPayloadDto::new("battery-staple-77").username("lin");
    let me = client.with_access_token(by_password(&client, payload()).await.unwrap());

    let started = me.send_enroll_factor_request(FactorType::Otp, FactorProfile::new()).await.unwrap();
    let uri = started.otp_data.unwrap().qr_code_uri.expose_secret().to_owned();
    let proof = EnrollFactorEnrollmentDataDto::new().pass_code(sandbox.totp_code(&uri).unwrap());
    me.enroll_factor(FactorType::Otp, started.enrollment_token, proof).await.unwrap();

    let Err(Error::Api(error)) = by_password(&client, payload()).await else { panic!("no second factor is required") };
    assert_eq!(error.api_code, Some(ApiCode(1635)));
    let required: MfaRequiredDto = serde_json::from_value(error.data.unwrap()).unwrap();
    assert_eq!(required.username.as_deref(), Some("lin"));
    let owner = client.verify_mfa_token(required.mfa_token.clone()).await.unwrap();
    assert_eq!((owner.active, owner.user_id), (true, Some(user.user_id)));
    let with_mfa_token = client.with_access_token(required.mfa_token);
    assert!(with_mfa_token.mfa_otp_verify(sandbox.totp_code(&uri).unwrap()).await.unwrap().verified);

    let me = client.with_access_token(by_password(&client, payload()).await.unwrap());
    let devices = me.list_devices().await.unwrap();
    me.revoke_device_session(&devices[0].device.device_id).await.unwrap();
    assert_rejected(me.get_profile().await, 401, Some(2020));
}

#[tokio::test]
async fn sign_up_with_taken_email_is_rejected() {
    let (sandbox, client) = start().await;
    sign_up(&client).await.unwrap();
    assert_rejected(sign_up(&client).await, 409, None);
    let payload = SignUpByPasswordDto::new(PASSWORD).email("LIN@example.com");
    assert_rejected(client.sign_up(SignUpConnection::Password).password_payload(payload).await, 409, None);

    client.send_email(SendEmailChannel::Register, EMAIL).await.unwrap();
    let payload = SignUpByPassCodeDto::new(sandbox.last_pass_code("Lin@example.com").unwrap()).email(EMAIL);
    assert_rejected(client.sign_up(SignUpConnection::Passcode).pass_code_payload(payload).await, 409, None);
}

#[tokio::test]
async fn sign_up_requires_payload_with_exactly_one_name() {
    let (_sandbox, client) = start().await;
    assert_rejected(client.sign_up(SignUpConnection::Password).await, 400, None);
    let none = SignUpByPasswordDto::new(PASSWORD);
    let both = SignUpByPasswordDto::new(PASSWORD).email(EMAIL).username("lin");
    for payload in [none, both] {
        assert_rejected(client.sign_up(SignUpConnection::Password).password_payload(payload).await, 400, None);
    }
}

#[tokio::test]
async fn sign_up_requires_own_pass_code_for_phone_in_profile() {
    let (sandbox, client) = start().await;
    let attempt = |code: String| {
        client
            .sign_up(SignUpConnection::Password)
            .password_payload(SignUpByPasswordDto::new(PASSWORD).username("lin"))
            .profile(SignUpProfileDto::new().phone(PHONE))
            .options(SignUpOptionsDto::new().phone_pass_code_for_information_completion(code))
    };
    let wrong_channel = sms_code(&sandbox, &client, SendSmsChannel::Register).await;
    assert_rejected(attempt(wrong_channel).await, 400, None);
    let code = sms_code(&sandbox, &client, SendSmsChannel::CompletePhone).await;
    assert_eq!(attempt(code).await.unwrap().phone.as_deref(), Some(PHONE));
}

#[tokio::test]
async fn sign_in_by_password_accepts_any_name_of_user() {
    let (_sandbox, client) = start().await;
    sign_up(&client).await.unwrap();
    let payload = || SignInByPasswordPayloadDto::new(PASSWORD);
    by_password(&client, payload().email(EMAIL)).await.unwrap();
    by_password(&client, payload().account("LIN@example.com")).await.unwrap();
    assert_rejected(by_password(&client, payload().username(EMAIL)).await, 400, Some(2004));
    assert_rejected(by_password(&client, payload().phone(PHONE)).await, 400, Some(2004));
    assert_rejected(by_password(&client, payload()).await, 400, None);
    assert_rejected(sign_in(&client, "wrong").await, 400, Some(2333));
}

#[tokio::test]
async fn sign_in_registers_unknown_user_only_with_auto_register() {
    let (sandbox, client) = start().await;
    let code = sms_code(&sandbox, &client, SendSmsChannel::Login).await;
    assert_rejected(by_phone_code(&client, &code).await, 400, Some(2004));

    let code = sms_code(&sandbox, &client, SendSmsChannel::Login).await;
    let tokens = client
        .sign_in_by_credentials(SigninByCredentialsConnection::Passcode)
        .pass_code_payload(SignInByPassCodePayloadDto::new(code).phone(PHONE))
        .options(SignInOptionsDto::new().auto_register(true).scope("openid offline_access"))
        .await
        .unwrap();
    assert!(tokens.id_token.is_some() && tokens.refresh_token.is_some());
    let me = client.with_access_token(tokens.access_token).get_profile().await.unwrap();
    assert_eq!(me.phone.as_deref(), Some(PHONE));
}

#[tokio::test]
async fn pass_code_works_once() {
    let (sandbox, client) = start().await;
    let code = sms_code(&sandbox, &client, SendSmsChannel::Register).await;
    let payload = || SignUpByPassCodeDto::new(code.clone()).phone(PHONE);
    client.sign_up(SignUpConnection::Passcode).pass_code_payload(payload()).await.unwrap();
    assert_rejected(client.sign_up(SignUpConnection::Passcode).pass_code_payload(payload()).await, 400, None);
}

#[tokio::test]
async fn pass_code_expires_after_five_minutes() {
    let (sandbox, client) = start().await;
    for (waiting, expected) in [(5 * 60 - 10, Some(2004)), (5 * 60 + 1, None)] {
        let code = sms_code(&sandbox, &client, SendSmsChannel::Login).await;
        sandbox.advance_clock(Duration::from_secs(waiting));
        assert_rejected(by_phone_code(&client, &code).await, 400, expected);
    }
}

#[tokio::test]
async fn pass_code_is_limited_to_channel_and_recipient() {
    let (sandbox, client) = start().await;
    let code = sms_code(&sandbox, &client, SendSmsChannel::Register).await;
    assert_rejected(by_phone_code(&client, &code).await, 400, None);

    let other = SignUpByPassCodeDto::new(code.clone()).phone("18812349999");
    assert_rejected(client.sign_up(SignUpConnection::Passcode).pass_code_payload(other).await, 400, None);
    let abroad = SignUpByPassCodeDto::new(code.clone()).phone(PHONE).phone_country_code("+1");
    assert_rejected(client.sign_up(SignUpConnection::Passcode).pass_code_payload(abroad).await, 400, None);
    let right = SignUpByPassCodeDto::new(code).phone(PHONE).phone_country_code("+86");
    client.sign_up(SignUpConnection::Passcode).pass_code_payload(right).await.unwrap();
    assert_eq!(sandbox.last_pass_code("18812349999"), None);
}

#[tokio::test]
async fn pass_code_check_leaves_it_usable() {
    let (sandbox, client) = start().await;
    let code = sms_code(&sandbox, &client, SendSmsChannel::Register).await;
    let check = |code: String| {
        let payload = PreCheckSmsCodeDto::new(PHONE, code, SendSmsChannel::Register);
        client.pre_check_code(PreCheckCodeCodeType::Sms).sms_code_payload(payload)
    };
    assert!(check(code.clone()).await.unwrap().is_valid);
    assert!(!check("12345".to_owned()).await.unwrap().is_valid);
    let payload = SignUpByPassCodeDto::new(code.clone()).phone(PHONE);
    client.sign_up(SignUpConnection::Passcode).pass_code_payload(payload).await.unwrap();
    assert!(!check(code).await.unwrap().is_valid);
}

#[tokio::test]
async fn change_password_requires_old_password() {
    let (_sandbox, client) = start().await;
    sign_up(&client).await.unwrap();
    let me = client.with_access_token(sign_in(&client, PASSWORD).await.unwrap());
    assert_rejected(me.update_password("new").old_password("wrong").await, 400, Some(2006));
    assert_rejected(me.update_password("new").await, 400, None);
    me.update_password("new").old_password(PASSWORD).await.unwrap();
    assert_rejected(sign_in(&client, PASSWORD).await, 400, Some(2333));
    sign_in(&client, "new").await.unwrap();
}

#[tokio::test]
async fn username_is_unique() {
    let (sandbox, client) = start().await;
    sign_up(&client).await.unwrap();
    let me = client.with_access_token(sign_in(&client, PASSWORD).await.unwrap());
    let other = client.with_access_token(sandbox.issue_access_token());
    me.update_profile().username("lin").await.unwrap();
    assert_rejected(other.update_profile().username("lin").await, 409, None);
    me.update_profile().username("lin").nickname("Lin").await.unwrap();
}

#[tokio::test]
async fn enrollment_of_authenticator_app_requires_code_within_a_minute() {
    let (sandbox, client) = start().await;
    let me = client.with_access_token(sandbox.issue_access_token());
    let started = me.send_enroll_factor_request(FactorType::Otp, FactorProfile::new()).await.unwrap();
    let uri = started.otp_data.unwrap().qr_code_uri.expose_secret().to_owned();
    let token = started.enrollment_token;
    let complete = |proof| me.enroll_factor(FactorType::Otp, token.clone(), proof);
    let proof = EnrollFactorEnrollmentDataDto::new;

    assert_rejected(complete(proof()).await, 400, Some(6003));
    assert_rejected(complete(proof().pass_code("12345")).await, 400, Some(6001));
    sandbox.advance_clock(Duration::from_secs(61));
    assert_rejected(complete(proof().pass_code(sandbox.totp_code(&uri).unwrap())).await, 400, None);
    assert!(me.list_enrolled_factors().await.unwrap().is_empty());
    assert_eq!(sandbox.totp_code("not a secret!"), None);
}

#[tokio::test]
async fn enrollment_of_phone_requires_sms_code() {
    let (sandbox, client) = start().await;
    let me = client.with_access_token(sandbox.issue_access_token());
    let profile = FactorProfile::new().phone_number(PHONE);
    let started = me.send_enroll_factor_request(FactorType::Sms, profile).await.unwrap();
    let proof = |code: String| EnrollFactorEnrollmentDataDto::new().pass_code(code);
    let complete = |code| me.enroll_factor(FactorType::Sms, started.enrollment_token.clone(), proof(code));
    assert_rejected(complete("12345".to_owned()).await, 400, None);
    complete(sandbox.last_pass_code(PHONE).unwrap()).await.unwrap();
    assert_eq!(me.list_enrolled_factors().await.unwrap()[0].factor_type, FactorType::Sms);
}

#[tokio::test]
async fn factor_is_listed_until_removed() {
    let (sandbox, client) = start().await;
    let (me, _) = enrolled(&sandbox, &client).await;
    let factors = me.list_enrolled_factors().await.unwrap();
    let kinds: Vec<_> = factors.iter().map(|factor| factor.factor_type.as_str()).collect();
    assert_eq!(kinds, ["OTP", "EMAIL"]);
    let missing = me.list_factors_to_enroll().await.unwrap();
    assert_eq!(missing.iter().map(|kind| kind.factor_type.as_str()).collect::<Vec<_>>(), ["SMS", "FACE"]);
    assert_eq!(me.get_factor(&factors[0].factor_id).await.unwrap().factor_type, FactorType::Otp);
    assert_rejected(me.send_enroll_factor_request(FactorType::Otp, FactorProfile::new()).await, 409, None);

    let other = client.with_access_token(sandbox.issue_access_token());
    assert_rejected(other.reset_factor(&factors[0].factor_id).await, 404, None);
    me.reset_factor(&factors[0].factor_id).await.unwrap();
    assert_rejected(me.get_factor(&factors[0].factor_id).await, 404, None);
    sign_in(&client, PASSWORD).await.expect("a second factor is required after its removal");
}

#[tokio::test]
async fn verified_code_satisfies_one_sign_in() {
    let (sandbox, client) = start().await;
    let (me, uri) = enrolled(&sandbox, &client).await;
    let Err(Error::Api(error)) = sign_in(&client, PASSWORD).await else { panic!("no second factor is required") };
    let required: MfaRequiredDto = serde_json::from_value(error.data.unwrap()).unwrap();
    let with_mfa_token = client.with_access_token(required.mfa_token);
    assert_rejected(with_mfa_token.mfa_otp_verify("12345").await, 400, Some(6001));
    assert_rejected(with_mfa_token.mfa_otp_verify("").await, 400, Some(6003));
    assert_rejected(with_mfa_token.get_profile().await, 401, Some(2020));

    // A verification by a signed-in user does not count for a sign-in.
    me.mfa_otp_verify(sandbox.totp_code(&uri).unwrap()).await.unwrap();
    assert_rejected(sign_in(&client, PASSWORD).await, 400, Some(1635));

    with_mfa_token.mfa_otp_verify(sandbox.totp_code(&uri).unwrap()).await.unwrap();
    sign_in(&client, PASSWORD).await.unwrap();
    assert_rejected(sign_in(&client, PASSWORD).await, 400, Some(1635));
}

#[tokio::test]
async fn mfa_token_is_inactive_when_expired_or_unknown() {
    let (sandbox, client) = start().await;
    enrolled(&sandbox, &client).await;
    let Err(Error::Api(error)) = sign_in(&client, PASSWORD).await else { panic!("no second factor is required") };
    let required: MfaRequiredDto = serde_json::from_value(error.data.unwrap()).unwrap();
    let token = client.verify_mfa_token(required.mfa_token.clone()).await.unwrap();
    assert!(token.active);
    assert_eq!(token.exp.unwrap() - token.iat.unwrap(), 30 * 60);
    assert!(!client.verify_mfa_token("unknown").await.unwrap().active);
    sandbox.advance_clock(Duration::from_secs(31 * 60));
    let token = client.verify_mfa_token(required.mfa_token).await.unwrap();
    assert!(!token.active && token.user_id.is_none());
}

#[tokio::test]
async fn signed_out_and_removed_devices_end_their_sessions() {
    let (sandbox, client) = start().await;
    let [first, second, third] = [(); 3].map(|()| client.with_access_token(sandbox.issue_access_token()));
    let devices = first.list_devices().await.unwrap();
    let [of_third, of_second, of_first] = [0, 1, 2].map(|index| devices[index].device.device_id.clone());

    first.revoke_device_session(&of_second).await.unwrap();
    assert_rejected(second.get_profile().await, 401, Some(2020));
    first.unbind_device(&of_third).await.unwrap();
    assert_rejected(third.get_profile().await, 401, Some(2020));
    let left = first.list_devices().await.unwrap();
    let left: Vec<_> = left.iter().map(|entry| (&entry.device.device_id, entry.online)).collect();
    assert_eq!(left, [(&of_second, Some(false)), (&of_first, Some(true))]);
    let page = first.list_devices().page(2).limit(1).await.unwrap();
    assert_eq!((page.len(), &page[0].device.device_id), (1, &of_first));

    sign_up(&client).await.unwrap();
    let other = client.with_access_token(sign_in(&client, PASSWORD).await.unwrap());
    assert_rejected(other.revoke_device_session(&of_first).await, 404, None);
    assert_rejected(other.unbind_device(&of_first).await, 404, None);
    first.get_profile().await.expect("another user ended the session");
}

#[tokio::test]
async fn access_token_expires_after_two_hours() {
    let (sandbox, client) = start().await;
    let me = client.with_access_token(sandbox.issue_access_token());
    sandbox.advance_clock(Duration::from_secs(2 * 60 * 60 - 10));
    me.get_profile().await.unwrap();
    sandbox.advance_clock(Duration::from_secs(11));
    assert_rejected(me.get_profile().await, 401, Some(2020));
}

#[tokio::test]
async fn clock_advances_to_maximum_only() {
    let (sandbox, client) = start().await;
    sandbox.advance_clock(Duration::MAX);
    sandbox.advance_clock(Duration::MAX);
    sign_up(&client).await.unwrap();
}
