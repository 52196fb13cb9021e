"""Interoperability of the sandbox with an independent OpenID Connect client: Authlib.

    python authlib_client.py COMMAND…

COMMAND starts a sandbox, and prints its URL and its application's credentials as variables.
"""

import html
import os
import re
import sys
from urllib.parse import urljoin

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # The sandbox is on loopback.

import requests
import sandbox
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc import jwt
from joserfc.jwk import KeySet

CALLBACK = "https://shop.example/callback"
SCOPE = "openid profile offline_access"


def log_in(browser, url):
    """Submits the login page's first form, if there is one; returns the redirect's URL."""
    page = browser.get(url, allow_redirects=False)
    if page.status_code == 200:
        form = re.search(r"<form.*?</form>", page.text, re.DOTALL).group()
        target = re.search(r'action="([^"]*)"', form).group(1)
        fields = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)
        fields = {name: html.unescape(value) for name, value in fields}
        page = browser.post(urljoin(url, target), data=fields, allow_redirects=False)
    assert page.status_code == 302, page.text
    return page.headers["location"]


def check_id_token(token, configuration, app_id, **expected):
    """Checks signature, issuer, audience, times, nonce and at_hash."""
    keys = KeySet.import_key_set(requests.get(configuration["jwks_uri"]).json())
    decoded = jwt.decode(token["id_token"], keys, algorithms=["RS256"])
    options = {"iss": {"essential": True, "value": configuration["issuer"]}, "aud": {"essential": True, "value": app_id}}
    params = {"client_id": app_id, "access_token": token["access_token"], **expected}
    claims = CodeIDToken(decoded.claims, decoded.header, options, params)
    claims.validate()
    return claims


def run(host, app_id, app_secret, method):
    configuration = requests.get(f"{host}/oidc/.well-known/openid-configuration").json()
    metadata = OpenIDProviderMetadata(configuration)
    for name in ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "response_types_supported"]:
        # `validate` itself would also require https, which a server on loopback does not have.
        assert metadata.get(name), name
    metadata.validate_subject_types_supported()
    metadata.validate_id_token_signing_alg_values_supported()
    metadata.validate_token_endpoint_auth_methods_supported()
    metadata.validate_code_challenge_methods_supported()

    client = OAuth2Session(
        app_id,
        app_secret if method != "none" else None,
        token_endpoint_auth_method=method,
        scope=SCOPE,
        redirect_uri=CALLBACK,
        code_challenge_method="S256",
    )
    nonce, verifier = generate_token(), generate_token(48)
    url, state = client.create_authorization_url(
        configuration["authorization_endpoint"], nonce=nonce, code_verifier=verifier, prompt="consent"
    )
    callback = log_in(requests.Session(), url)
    token = client.fetch_token(
        configuration["token_endpoint"], authorization_response=callback, state=state, code_verifier=verifier
    )
    claims = check_id_token(token, configuration, app_id, nonce=nonce)
    assert claims["nonce"] == nonce

    user = client.get(configuration["userinfo_endpoint"]).json()
    assert user["sub"] == claims["sub"] and user["preferred_username"] == "sandbox-user", user

    old = dict(token)
    token = client.refresh_token(configuration["token_endpoint"])
    assert token["refresh_token"] != old["refresh_token"]
    check_id_token(token, configuration, app_id)
    introspected = client.introspect_token(configuration["introspection_endpoint"], token["access_token"])
    assert introspected.json()["active"] is True, introspected.text

    revoked = client.revoke_token(configuration["revocation_endpoint"], token["refresh_token"])
    assert revoked.status_code == 200, revoked.text
    introspected = client.introspect_token(configuration["introspection_endpoint"], token["access_token"])
    assert introspected.json() == {"active": False}, introspected.text
    assert client.get(configuration["userinfo_endpoint"]).status_code == 401
    try:
        client.refresh_token(configuration["token_endpoint"], old["refresh_token"])
    except OAuthError as error:
        assert error.error == "invalid_grant", error
    else:
        raise AssertionError("a revoked refresh token is accepted")

    redirect = log_in(requests.Session(), f"{configuration['end_session_endpoint']}?post_logout_redirect_uri={CALLBACK}")
    assert redirect == CALLBACK, redirect


def main():
    with sandbox.running(sys.argv[1:]) as variables:
        host, app_id = variables["GENAUTH_APP_HOST"], variables["GENAUTH_APP_ID"]
        for method in ["client_secret_basic", "client_secret_post", "none"]:
            run(host, app_id, variables["GENAUTH_APP_SECRET"], method)
            print(f"Authlib logs in, method {method}")


main()
