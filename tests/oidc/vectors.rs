//! Test vectors of the RFCs.

use genauth::Error;
use genauth::oidc::TokenError;
use serde_json::json;

use crate::provider::Provider;

/// RFC 7636, appendix B.
#[tokio::test]
async fn pkce_challenge_of_rfc_7636() {
    let provider = Provider::start().await;
    let challenge = provider.client().code_challenge_s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

const CLAIMS: &str = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

/// RFC 7515, appendix A.2. The signature, which is checked first, is valid; the claims are not: they have no `aud`.
#[tokio::test]
async fn rs256_token_of_rfc_7515() {
    let n = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    let signature = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    let provider = Provider::start().await;
    provider.serve_keys(&[json!({ "kty": "RSA", "n": n, "e": "AQAB" })]);
    let client = provider.builder().issuer("joe").build().unwrap();
    let rejection = |token: String| {
        let client = client.clone();
        async move {
            match client.verify_access_token(token).await {
                Err(Error::Token(error)) => error,
                other => panic!("the token is not rejected: {other:?}"),
            }
        }
    };
    let token = format!("eyJhbGciOiJSUzI1NiJ9.{CLAIMS}.{signature}");
    assert_eq!(rejection(token.clone()).await, TokenError::MissingClaim("aud"));
    assert_eq!(rejection(token.replace("cC4h", "cC4i")).await, TokenError::InvalidSignature);
    assert_eq!(rejection(token.replace("eyJpc3", "eyJpc4")).await, TokenError::InvalidSignature);
}
