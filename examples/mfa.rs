//! Enrolls an authenticator app as a second factor, and signs in with its code.
//!
//! `cargo run --features sandbox --example mfa`

use genauth::sandbox::Sandbox;
use genauth::types::{EnrollFactorEnrollmentDataDto, FactorProfile, FactorType, MfaRequiredDto};
use genauth::{ApiCode, Error};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.client()?;

    client.sign_up_by_username_password("lin", "correct horse").await?;
    let tokens = client.sign_in_by_username_password("lin", "correct horse").await?;
    let user = client.with_access_token(tokens.access_token);

    // Enroll: the app reads the secret from a QR code, and shows a code that proves it.
    let begun = user.send_enroll_factor_request(FactorType::Otp, FactorProfile::new()).await?;
    let app = begun.otp_data.ok_or("no data for the app")?.qr_code_uri;
    let code = sandbox.totp_code(app.expose_secret()).ok_or("invalid TOTP secret")?;
    let proof = EnrollFactorEnrollmentDataDto::new().pass_code(code);
    user.enroll_factor(FactorType::Otp, begun.enrollment_token, proof).await?;
    println!("enrolled an authenticator app");

    // Sign in again: now the password is not enough.
    let error = match client.sign_in_by_username_password("lin", "correct horse").await {
        Err(Error::Api(error)) if error.api_code == Some(ApiCode::MFA_REQUIRED_BY_USER) => error,
        other => return Err(format!("a second factor must be required, got {other:?}").into()),
    };
    println!("a second factor is required: {error}");
    let next: MfaRequiredDto = error.data_as().ok_or("no MFA token")?;

    // Send the app's code, with the MFA token as the access token.
    let code = sandbox.totp_code(app.expose_secret()).ok_or("invalid TOTP secret")?;
    let checked = client.with_access_token(next.mfa_token).mfa_otp_verify(code).await?;
    println!("the code is valid: {}", checked.verified);

    // The API's documentation does not say how the sign-in continues; in the sandbox, the next one succeeds.
    let tokens = client.sign_in_by_username_password("lin", "correct horse").await?;
    let user = client.with_access_token(tokens.access_token);
    println!("signed in as {:?}", user.get_profile().await?.username);
    Ok(())
}
