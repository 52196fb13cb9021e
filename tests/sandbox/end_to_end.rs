//! The sandbox keeps enough state for a user's whole story, and refuses what the service refuses.

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
    Ok(tokens.access_token.unwrap().expose_secret().to_owned())
}

async fn sign_in(client: &AuthenticationClient, password: &str) -> Result<String> {
    by_password(client, SignInByPasswordPayloadDto::new(password).email(EMAIL)).await
}

async fn by_phone_code(client: &AuthenticationClient, code: &str) -> Result<String> {
    let payload = SignInByPassCodePayloadDto::new(code).phone(PHONE);
    let tokens =
        client.sign_in_by_credentials(SigninByCredentialsConnection::Passcode).pass_code_payload(payload).await?;
    Ok(tokens.access_token.unwrap().expose_secret().to_owned())
}

/// Texts a code for `channel` and returns it.
async fn text(sandbox: &Sandbox, client: &AuthenticationClient, channel: SendSmsChannel) -> String {
    client.send_sms(channel, PHONE).await.unwrap();
    sandbox.last_pass_code(PHONE).unwrap()
}

/// Signs a new user in by e-mail and enrolls an authenticator app; returns the handle and the app's secret.
async fn enrolled(sandbox: &Sandbox, client: &AuthenticationClient) -> (AuthenticationClient, String) {
    sign_up(client).await.unwrap();
    let me = client.with_access_token(sign_in(client, PASSWORD).await.unwrap());
    let begun = me.send_enroll_factor_request(FactorType::Otp, FactorProfile::new()).await.unwrap();
    let address = begun.otp_data.unwrap().qr_code_uri.expose_secret().to_owned();
    let proof = EnrollFactorEnrollmentDataDto::new().pass_code(sandbox.totp_code(&address).unwrap());
    me.enroll_factor(FactorType::Otp, begun.enrollment_token, proof).await.unwrap();
    (me, address)
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T>, status: i64, api_code: Option<i64>) {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!((error.api_status(), error.api_code()), (Some(ApiStatus(status)), api_code.map(ApiCode)), "{error}");
    assert!(error.request_id().is_some(), "{error:?}");
}

#[tokio::test]
async fn a_user_signs_up_and_in_changes_the_profile_uses_a_second_factor_and_signs_out() {
    let (sandbox, client) = start().await;

    let code = text(&sandbox, &client, SendSmsChannel::Register).await;
    let user = client
        .sign_up(SignUpConnection::Passcode)
        .pass_code_payload(SignUpByPassCodeDto::new(code).phone(PHONE))
        .profile(SignUpProfileDto::new().nickname("Lin").custom_data(json!({ "school": "ZJU" })))
        .options(SignUpOptionsDto::new().password_for_phone_pass_code(PASSWORD))
        .await
        .unwrap();
    assert_eq!(user.phone.as_deref(), Some(PHONE));
    assert_eq!((user.phone_verified, user.nickname.as_deref()), (Some(true), Some("Lin")));

    let code = text(&sandbox, &client, SendSmsChannel::Login).await;
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

    let begun = me.send_enroll_factor_request(FactorType::Otp, FactorProfile::new()).await.unwrap();
    let address = begun.otp_data.unwrap().qr_code_uri.expose_secret().to_owned();
    let proof = EnrollFactorEnrollmentDataDto::new().pass_code(sandbox.totp_code(&address).unwrap());
    me.enroll_factor(FactorType::Otp, begun.enrollment_token, proof).await.unwrap();

    let Err(Error::Api(error)) = by_password(&client, payload()).await else { panic!("no second factor asked for") };
    assert_eq!(error.api_code, Some(ApiCode(1635)));
    let required: MfaRequiredDto = serde_json::from_value(error.data.unwrap()).unwrap();
    assert_eq!(required.username.as_deref(), Some("lin"));
    let owner = client.verify_mfa_token(required.mfa_token.clone()).await.unwrap();
    assert_eq!((owner.active, owner.user_id), (true, Some(user.user_id)));
    let half = client.with_access_token(required.mfa_token);
    assert!(half.mfa_otp_verify(sandbox.totp_code(&address).unwrap()).await.unwrap().verified);

    let me = client.with_access_token(by_password(&client, payload()).await.unwrap());
    let devices = me.list_devices().await.unwrap();
    me.revoke_device_session(&devices[0].device.device_id).await.unwrap();
    refused(me.get_profile().await, 401, Some(2020));
}

#[tokio::test]
async fn nobody_registers_what_another_user_has() {
    let (sandbox, client) = start().await;
    sign_up(&client).await.unwrap();
    refused(sign_up(&client).await, 409, None);
    let payload = SignUpByPasswordDto::new(PASSWORD).email("LIN@example.com");
    refused(client.sign_up(SignUpConnection::Password).password_payload(payload).await, 409, None);

    client.send_email(SendEmailChannel::Register, EMAIL).await.unwrap();
    let payload = SignUpByPassCodeDto::new(sandbox.last_pass_code("Lin@example.com").unwrap()).email(EMAIL);
    refused(client.sign_up(SignUpConnection::Passcode).pass_code_payload(payload).await, 409, None);
}

#[tokio::test]
async fn registering_needs_exactly_one_name_and_a_payload() {
    let (_sandbox, client) = start().await;
    refused(client.sign_up(SignUpConnection::Password).await, 400, None);
    let none = SignUpByPasswordDto::new(PASSWORD);
    let both = SignUpByPasswordDto::new(PASSWORD).email(EMAIL).username("lin");
    for payload in [none, both] {
        refused(client.sign_up(SignUpConnection::Password).password_payload(payload).await, 400, None);
    }
}

#[tokio::test]
async fn an_address_in_the_profile_is_proved_by_a_code_of_its_own() {
    let (sandbox, client) = start().await;
    let attempt = |code: String| {
        client
            .sign_up(SignUpConnection::Password)
            .password_payload(SignUpByPasswordDto::new(PASSWORD).username("lin"))
            .profile(SignUpProfileDto::new().phone(PHONE))
            .options(SignUpOptionsDto::new().phone_pass_code_for_information_completion(code))
    };
    let wrong_channel = text(&sandbox, &client, SendSmsChannel::Register).await;
    refused(attempt(wrong_channel).await, 400, None);
    let code = text(&sandbox, &client, SendSmsChannel::CompletePhone).await;
    assert_eq!(attempt(code).await.unwrap().phone.as_deref(), Some(PHONE));
}

#[tokio::test]
async fn a_password_goes_with_any_of_the_users_names() {
    let (_sandbox, client) = start().await;
    sign_up(&client).await.unwrap();
    let payload = || SignInByPasswordPayloadDto::new(PASSWORD);
    by_password(&client, payload().email(EMAIL)).await.unwrap();
    by_password(&client, payload().account("LIN@example.com")).await.unwrap();
    refused(by_password(&client, payload().username(EMAIL)).await, 400, Some(2004));
    refused(by_password(&client, payload().phone(PHONE)).await, 400, Some(2004));
    refused(by_password(&client, payload()).await, 400, None);
    refused(sign_in(&client, "wrong").await, 400, Some(2333));
}

#[tokio::test]
async fn an_unknown_user_is_created_only_on_request() {
    let (sandbox, client) = start().await;
    let code = text(&sandbox, &client, SendSmsChannel::Login).await;
    refused(by_phone_code(&client, &code).await, 400, Some(2004));

    let code = text(&sandbox, &client, SendSmsChannel::Login).await;
    let tokens = client
        .sign_in_by_credentials(SigninByCredentialsConnection::Passcode)
        .pass_code_payload(SignInByPassCodePayloadDto::new(code).phone(PHONE))
        .options(SignInOptionsDto::new().auto_register(true).scope("openid offline_access"))
        .await
        .unwrap();
    assert!(tokens.id_token.is_some() && tokens.refresh_token.is_some());
    let me = client.with_access_token(tokens.access_token.unwrap()).get_profile().await.unwrap();
    assert_eq!(me.phone.as_deref(), Some(PHONE));
}

#[tokio::test]
async fn a_pass_code_works_once() {
    let (sandbox, client) = start().await;
    let code = text(&sandbox, &client, SendSmsChannel::Register).await;
    let payload = || SignUpByPassCodeDto::new(code.clone()).phone(PHONE);
    client.sign_up(SignUpConnection::Passcode).pass_code_payload(payload()).await.unwrap();
    refused(client.sign_up(SignUpConnection::Passcode).pass_code_payload(payload()).await, 400, None);
}

#[tokio::test]
async fn a_pass_code_expires_after_five_minutes() {
    let (sandbox, client) = start().await;
    for (waiting, expected) in [(5 * 60 - 10, Some(2004)), (5 * 60 + 1, None)] {
        let code = text(&sandbox, &client, SendSmsChannel::Login).await;
        sandbox.advance_clock(Duration::from_secs(waiting));
        refused(by_phone_code(&client, &code).await, 400, expected);
    }
}

#[tokio::test]
async fn a_pass_code_is_for_its_channel_and_its_address() {
    let (sandbox, client) = start().await;
    let code = text(&sandbox, &client, SendSmsChannel::Register).await;
    refused(by_phone_code(&client, &code).await, 400, None);

    let other = SignUpByPassCodeDto::new(code.clone()).phone("18812349999");
    refused(client.sign_up(SignUpConnection::Passcode).pass_code_payload(other).await, 400, None);
    let abroad = SignUpByPassCodeDto::new(code.clone()).phone(PHONE).phone_country_code("+1");
    refused(client.sign_up(SignUpConnection::Passcode).pass_code_payload(abroad).await, 400, None);
    let right = SignUpByPassCodeDto::new(code).phone(PHONE).phone_country_code("+86");
    client.sign_up(SignUpConnection::Passcode).pass_code_payload(right).await.unwrap();
    assert_eq!(sandbox.last_pass_code("18812349999"), None);
}

#[tokio::test]
async fn a_pass_code_can_be_looked_at_without_using_it_up() {
    let (sandbox, client) = start().await;
    let code = text(&sandbox, &client, SendSmsChannel::Register).await;
    let check = |code: String| {
        let payload = PreCheckSmsCodeDto::new(PHONE, code, "CHANNEL_REGISTER");
        client.pre_check_code(PreCheckCodeCodeType::Sms).sms_code_payload(payload)
    };
    assert!(check(code.clone()).await.unwrap().is_valid);
    assert!(!check("12345".to_owned()).await.unwrap().is_valid);
    let payload = SignUpByPassCodeDto::new(code.clone()).phone(PHONE);
    client.sign_up(SignUpConnection::Passcode).pass_code_payload(payload).await.unwrap();
    assert!(!check(code).await.unwrap().is_valid);
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it() {
    let (_sandbox, client) = start().await;
    sign_up(&client).await.unwrap();
    let me = client.with_access_token(sign_in(&client, PASSWORD).await.unwrap());
    refused(me.update_password("new").old_password("wrong").await, 400, Some(2006));
    refused(me.update_password("new").await, 400, None);
    me.update_password("new").old_password(PASSWORD).await.unwrap();
    refused(sign_in(&client, PASSWORD).await, 400, Some(2333));
    sign_in(&client, "new").await.unwrap();
}

#[tokio::test]
async fn a_username_is_one_users() {
    let (sandbox, client) = start().await;
    sign_up(&client).await.unwrap();
    let me = client.with_access_token(sign_in(&client, PASSWORD).await.unwrap());
    let other = client.with_access_token(sandbox.issue_access_token());
    me.update_profile().username("lin").await.unwrap();
    refused(other.update_profile().username("lin").await, 409, None);
    me.update_profile().username("lin").nickname("Lin").await.unwrap();
}

#[tokio::test]
async fn enrolling_an_authenticator_app_takes_its_code_within_a_minute() {
    let (sandbox, client) = start().await;
    let me = client.with_access_token(sandbox.issue_access_token());
    let begun = me.send_enroll_factor_request(FactorType::Otp, FactorProfile::new()).await.unwrap();
    let address = begun.otp_data.unwrap().qr_code_uri.expose_secret().to_owned();
    let token = begun.enrollment_token;
    let finish = |proof| me.enroll_factor(FactorType::Otp, token.clone(), proof);
    let proof = EnrollFactorEnrollmentDataDto::new;

    refused(finish(proof()).await, 400, Some(6003));
    refused(finish(proof().pass_code("12345")).await, 400, Some(6001));
    sandbox.advance_clock(Duration::from_secs(61));
    refused(finish(proof().pass_code(sandbox.totp_code(&address).unwrap())).await, 400, None);
    assert!(me.list_enrolled_factors().await.unwrap().is_empty());
    assert_eq!(sandbox.totp_code("not a secret!"), None);
}

#[tokio::test]
async fn a_phone_becomes_a_factor_by_the_code_that_was_texted_to_it() {
    let (sandbox, client) = start().await;
    let me = client.with_access_token(sandbox.issue_access_token());
    let profile = FactorProfile::new().phone_number(PHONE);
    let begun = me.send_enroll_factor_request(FactorType::Sms, profile).await.unwrap();
    let proof = |code: String| EnrollFactorEnrollmentDataDto::new().pass_code(code);
    let finish = |code| me.enroll_factor(FactorType::Sms, begun.enrollment_token.clone(), proof(code));
    refused(finish("12345".to_owned()).await, 400, None);
    finish(sandbox.last_pass_code(PHONE).unwrap()).await.unwrap();
    assert_eq!(me.list_enrolled_factors().await.unwrap()[0].factor_type, FactorType::Sms);
}

#[tokio::test]
async fn a_factor_is_listed_until_it_is_removed() {
    let (sandbox, client) = start().await;
    let (me, _) = enrolled(&sandbox, &client).await;
    let factors = me.list_enrolled_factors().await.unwrap();
    let kinds: Vec<_> = factors.iter().map(|factor| factor.factor_type.as_str()).collect();
    assert_eq!(kinds, ["OTP", "EMAIL"]);
    let missing = me.list_factors_to_enroll().await.unwrap();
    assert_eq!(missing.iter().map(|kind| kind.factor_type.as_str()).collect::<Vec<_>>(), ["SMS", "FACE"]);
    assert_eq!(me.get_factor(&factors[0].factor_id).await.unwrap().factor_type, FactorType::Otp);
    refused(me.send_enroll_factor_request(FactorType::Otp, FactorProfile::new()).await, 409, None);

    let other = client.with_access_token(sandbox.issue_access_token());
    refused(other.reset_factor(&factors[0].factor_id).await, 404, None);
    me.reset_factor(&factors[0].factor_id).await.unwrap();
    refused(me.get_factor(&factors[0].factor_id).await, 404, None);
    sign_in(&client, PASSWORD).await.expect("no second factor is left to ask for");
}

#[tokio::test]
async fn the_right_code_lets_one_sign_in_through() {
    let (sandbox, client) = start().await;
    let (me, address) = enrolled(&sandbox, &client).await;
    let Err(Error::Api(error)) = sign_in(&client, PASSWORD).await else { panic!("no second factor asked for") };
    let required: MfaRequiredDto = serde_json::from_value(error.data.unwrap()).unwrap();
    let half = client.with_access_token(required.mfa_token);
    refused(half.mfa_otp_verify("12345").await, 400, Some(6001));
    refused(half.mfa_otp_verify("").await, 400, Some(6003));
    refused(half.get_profile().await, 401, Some(2020));

    // A check by a signed-in user is no part of a sign-in.
    me.mfa_otp_verify(sandbox.totp_code(&address).unwrap()).await.unwrap();
    refused(sign_in(&client, PASSWORD).await, 400, Some(1635));

    half.mfa_otp_verify(sandbox.totp_code(&address).unwrap()).await.unwrap();
    sign_in(&client, PASSWORD).await.unwrap();
    refused(sign_in(&client, PASSWORD).await, 400, Some(1635));
}

#[tokio::test]
async fn an_mfa_token_expires_and_a_made_up_one_is_inactive() {
    let (sandbox, client) = start().await;
    enrolled(&sandbox, &client).await;
    let Err(Error::Api(error)) = sign_in(&client, PASSWORD).await else { panic!("no second factor asked for") };
    let required: MfaRequiredDto = serde_json::from_value(error.data.unwrap()).unwrap();
    let token = client.verify_mfa_token(required.mfa_token.clone()).await.unwrap();
    assert!(token.active);
    assert_eq!(token.exp.unwrap() - token.iat.unwrap(), 30 * 60);
    assert!(!client.verify_mfa_token("made-up").await.unwrap().active);
    sandbox.advance_clock(Duration::from_secs(31 * 60));
    let token = client.verify_mfa_token(required.mfa_token).await.unwrap();
    assert!(!token.active && token.user_id.is_none());
}

#[tokio::test]
async fn signing_out_ends_one_session_and_removing_the_device_another() {
    let (sandbox, client) = start().await;
    let [first, second, third] = [(); 3].map(|()| client.with_access_token(sandbox.issue_access_token()));
    let devices = first.list_devices().await.unwrap();
    let [of_third, of_second, of_first] = [0, 1, 2].map(|index| devices[index].device.device_id.clone());

    first.revoke_device_session(&of_second).await.unwrap();
    refused(second.get_profile().await, 401, Some(2020));
    first.unbind_device(&of_third).await.unwrap();
    refused(third.get_profile().await, 401, Some(2020));
    let left = first.list_devices().await.unwrap();
    let left: Vec<_> = left.iter().map(|entry| (&entry.device.device_id, entry.online)).collect();
    assert_eq!(left, [(&of_second, Some(false)), (&of_first, Some(true))]);
    let page = first.list_devices().page(2).limit(1).await.unwrap();
    assert_eq!((page.len(), &page[0].device.device_id), (1, &of_first));

    sign_up(&client).await.unwrap();
    let stranger = client.with_access_token(sign_in(&client, PASSWORD).await.unwrap());
    refused(stranger.revoke_device_session(&of_first).await, 404, None);
    refused(stranger.unbind_device(&of_first).await, 404, None);
    first.get_profile().await.expect("a stranger ended the session");
}

#[tokio::test]
async fn an_access_token_lives_for_two_hours() {
    let (sandbox, client) = start().await;
    let me = client.with_access_token(sandbox.issue_access_token());
    sandbox.advance_clock(Duration::from_secs(2 * 60 * 60 - 10));
    me.get_profile().await.unwrap();
    sandbox.advance_clock(Duration::from_secs(11));
    refused(me.get_profile().await, 401, Some(2020));
}

#[tokio::test]
async fn the_clock_can_be_put_forward_without_end() {
    let (sandbox, client) = start().await;
    sandbox.advance_clock(Duration::MAX);
    sandbox.advance_clock(Duration::MAX);
    sign_up(&client).await.unwrap();
}
