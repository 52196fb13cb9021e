//! Sign-in of mini programs.

use genauth::ApiCode;
use genauth::sandbox::Sandbox;
use genauth::types::{
    SignInByWechatMiniProgramCodeAndPhonePayloadDto, SignInByWechatMiniProgramCodePayloadDto,
    SignInByWechatMiniProgramPhoneInfoPayloadDto, SigninByMobileConnection,
};

#[tokio::test]
async fn login_code_of_a_mini_program_gives_a_token_that_works() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let tokens = client
        .sign_in_by_mobile(SigninByMobileConnection::WechatMiniProgramCode, "my-wxapp")
        .wechat_mini_program_code_payload(SignInByWechatMiniProgramCodePayloadDto::new("a-login-code"))
        .await
        .unwrap();
    client.with_access_token(tokens.access_token).get_profile().await.unwrap();
}

#[tokio::test]
async fn phone_button_code_signs_in_the_user_with_its_number() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let sign_in = |code: String| {
        let login = SignInByWechatMiniProgramCodePayloadDto::new("a-login-code");
        let phone = SignInByWechatMiniProgramPhoneInfoPayloadDto::new(code);
        client
            .sign_in_by_mobile(SigninByMobileConnection::WechatMiniProgramCodeAndPhone, "my-wxapp")
            .wechat_mini_program_code_and_phone_payload(SignInByWechatMiniProgramCodeAndPhonePayloadDto::new(
                login, phone,
            ))
    };
    let code = sandbox.issue_phone_code("18812348888");
    let tokens = sign_in(code.clone()).await.unwrap();
    let user = client.with_access_token(tokens.access_token).get_profile().await.unwrap();
    assert_eq!(user.phone.as_deref(), Some("18812348888"));
    assert_eq!(sign_in(code).await.unwrap_err().api_code(), Some(ApiCode::WECHAT_INVALID_CODE));

    let tokens = sign_in(sandbox.issue_phone_code("18812348888")).await.unwrap();
    let again = client.with_access_token(tokens.access_token).get_profile().await.unwrap();
    assert_eq!(again.user_id, user.user_id);
}
