"""Interoperability of the sandbox with the official Python SDKs, as published, and with python-cas.

    python official_sdks.py COMMAND…

COMMAND starts a sandbox, and prints its URL and its application's credentials as variables.

What the SDKs do wrong, and is left out here: `validate_ticket_v1` reads the response as JSON, though CAS 1.0 responds in
text; `token_endpoint_auth_method` never sends a `Basic` header to the API, as it compares whole URLs with paths. `sub_event`
prints the access token, and needs a version of websockets that takes `extra_headers`.
"""

import html
import importlib
import json
import queue
import re
import sys
import threading
from urllib.parse import parse_qs, urljoin, urlparse

import cas
import requests
import sandbox

CALLBACK = "https://shop.example/callback"
PASSWORD = "correct-horse-42"


def log_in(url):
    """Submits the login page's first form, as the user who exists without signing up; returns the redirect's query."""
    browser = requests.Session()
    page = browser.get(url, allow_redirects=False)
    assert page.status_code == 200, page.text
    form = re.search(r"<form.*?</form>", page.text, re.DOTALL).group()
    target = re.search(r'action="([^"]*)"', form).group(1)
    fields = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form))
    fields = {name: html.unescape(value) for name, value in fields.items()}
    page = browser.post(urljoin(url, target), data=fields, allow_redirects=False)
    assert page.status_code == 302, page.text
    return {name: values[0] for name, values in parse_qs(urlparse(page.headers["location"]).query).items()}


def data(response):
    assert response["statusCode"] == 200, response
    return response.get("data")


def account(client, email, credentials, sandbox):
    """Signs up, signs in, updates the profile, binds a phone number, and enrolls a second factor."""

    def sign_in(password=PASSWORD):
        payload = {"email": email, "password": password}
        return client.sign_in_by_credentials("PASSWORD", password_payload=payload, **credentials)

    data(client.sign_up_by_email_password(email, PASSWORD))
    assert sign_in("wrong")["apiCode"] == 2333
    tokens = data(sign_in())
    client.set_access_token(tokens["access_token"])
    assert data(client.get_profile(with_custom_data=True))["email"] == email
    data(client.update_profile(nickname="Lin"))
    assert data(client.get_profile())["nickname"] == "Lin"

    phone = "188" + str(abs(hash(email)))[:8]
    data(client.send_sms("CHANNEL_BIND_PHONE", phone))
    assert client.bind_phone("000000", phone)["statusCode"] != 200
    code = requests.get(f"{sandbox}/_sandbox/pass-codes/{phone}").json()["passCode"]
    data(client.bind_phone(code, phone))
    assert data(client.get_profile())["phone"] == phone

    started = data(client.send_enroll_factor_request({}, "OTP"))
    uri = started["otpData"]["qrCodeUri"]
    totp = lambda: requests.post(f"{sandbox}/_sandbox/totp-codes", json={"secret": uri}).json()["code"]
    data(client.enroll_factor({"passCode": totp()}, started["enrollmentToken"], "OTP"))
    required = sign_in()
    assert required["apiCode"] == 1635, required
    # The MFA token takes the place of an access token.
    client.set_access_token(required["data"]["mfaToken"])
    data(client.mfa_otp_verify(totp()))
    assert data(sign_in())["access_token"]


def events(client, token):
    """Subscribes to an event, and updates the profile until it comes: subscribing takes a while."""
    client.set_access_token(token)
    received = queue.Queue()
    threading.Thread(target=client.sub_event, args=["user.updated", received.put], daemon=True).start()
    for number in range(100):
        nickname = f"Lin {number}"
        data(client.update_profile(nickname=nickname))
        try:
            event = received.get(timeout=0.2)
        except queue.Empty:
            continue
        assert json.loads(event)["updates"]["nickname"] == nickname, event
        return
    raise AssertionError("no event comes")


def oidc(client, is_confidential):
    """Logs in with PKCE, and uses the tokens."""
    verifier = client.generate_code_challenge()
    url = client.build_authorize_url(
        redirect_uri=CALLBACK,
        scope="openid profile offline_access",
        code_challenge=client.generate_code_challenge_digest(verifier),
        code_challenge_method="S256",
    )
    tokens = client.get_access_token_by_code(log_in(url)["code"], code_verifier=verifier)
    user = client.get_user_info_by_access_token(tokens["access_token"])
    claims = client.introspect_token_offline(tokens["access_token"])
    assert user["sub"] == claims["sub"], (user, claims)
    tokens = client.get_new_access_token_by_refresh_token(tokens["refresh_token"])
    assert client.introspect_token(tokens["access_token"])["active"] is True
    if is_confidential:
        client.revoke_token(tokens["refresh_token"])
        assert client.introspect_token(tokens["access_token"])["active"] is False


def check_cas(host, app_id):
    server = f"{host}/cas-idp/{app_id}/"
    for version in [1, 2, 3]:
        client = cas.CASClient(version=version, service_url="https://shop.example/cas", server_url=server)
        ticket = log_in(client.get_login_url())["ticket"]
        if version == 3:
            # It asks at `p3/serviceValidate` by itself.
            user, attributes, _ = client.verify_ticket(ticket)
            assert attributes["preferred_username"] == "sandbox-user", attributes
        else:
            user, *_ = client.verify_ticket(ticket)
        assert user == "sandbox-user", user
        assert client.verify_ticket(ticket)[0] is None, "a ticket works twice"
        print(f"python-cas validates tickets, CAS {version}")


def main():
    with sandbox.running(sys.argv[1:]) as variables:
        host, app_id, secret = (variables[f"GENAUTH_APP_{name}"] for name in ["HOST", "ID", "SECRET"])
        for package in ["genauth", "authing"]:
            sdk = importlib.import_module(package).AuthenticationClient
            credentials = {"client_id": app_id, "client_secret": secret}
            account(sdk(app_id=app_id, app_host=host), f"{package}@example.com", credentials, host)
            token = requests.post(f"{host}/_sandbox/access-tokens").json()["accessToken"]
            events(sdk(app_id=app_id, app_host=host, websocket_host=host.replace("http:", "ws:")), token)
            for method in ["client_secret_post", "client_secret_basic", "none"]:
                methods = {
                    f"{endpoint}_endpoint_auth_method": method for endpoint in ["token", "introspection", "revocation"]
                }
                is_confidential = method != "none"
                settings = {**methods, "app_secret": secret if is_confidential else None, "redirect_uri": CALLBACK}
                oidc(sdk(app_id=app_id, app_host=host, **settings), is_confidential)
            print(f"{package} tells its story")
        check_cas(host, app_id)


main()
