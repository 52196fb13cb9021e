// The official SDKs for Node.js and mini programs, as published, and openid-client, against the sandbox.
//
//     node stories.mjs COMMAND…
//
// COMMAND starts a sandbox, and prints its URL and its application's credentials as variables.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import * as openid from 'openid-client';

const { AuthenticationClient } = createRequire(import.meta.url)('authing-node-sdk');
const { Authing } = await import('@authing/miniapp-taro');

const [command, ...commandArguments] = process.argv.slice(2);
const sandboxes = [];

/** Starts a sandbox; returns its variables. */
async function start(...more) {
  const sandbox = spawn(command, [...commandArguments, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  sandboxes.push(sandbox);
  const variables = {};
  for await (const line of createInterface({ input: sandbox.stdout })) {
    const [name, ...value] = line.split('=');
    variables[name] = value.join('=');
    if (name === 'GENAUTH_ACCESS_TOKEN') return variables;
  }
  throw new Error('the sandbox ended');
}

process.on('exit', () => sandboxes.forEach((sandbox) => sandbox.kill('SIGINT')));
const { GENAUTH_APP_HOST: host, GENAUTH_APP_ID: appId, GENAUTH_APP_SECRET: appSecret } = await start();
// The application of a mini program has no secret.
const { GENAUTH_APP_HOST: publicHost } = await start('--public-client');
const callback = 'https://shop.example/callback';
const password = 'correct-horse-42';

async function control(base, path, body) {
  const response = await fetch(`${base}/_sandbox/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  return response.json();
}

/** Submits the login page's first form, as the user who exists without signing up; returns the redirect's URL. */
async function logIn(url) {
  const page = await fetch(url, { redirect: 'manual' });
  assert.equal(page.status, 200);
  const form = (await page.text()).match(/<form.*?<\/form>/s)[0];
  const target = new URL(form.match(/action="([^"]*)"/)[1], url);
  const fields = [...form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, ...field]) => field);
  const redirect = await fetch(target, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  assert.equal(redirect.status, 302);
  return new URL(redirect.headers.get('location'));
}

function data(response) {
  assert.equal(response.statusCode, 200, JSON.stringify(response));
  return response.data;
}

async function nodeSdk() {
  const client = new AuthenticationClient({ appId, appSecret, appHost: host, redirectUri: callback });
  const email = 'node@example.com';
  data(await client.signUpByEmailPassword({ email, password }));
  const signedIn = data(await client.signInByEmailPassword({ email, password }));
  client.setAccessToken(signedIn.access_token);
  assert.equal(data(await client.getProfile({ withCustomData: true })).email, email);
  data(await client.updateProfile({ nickname: 'Lin' }));
  assert.equal(data(await client.getProfile({})).nickname, 'Lin');

  const started = data(await client.sendEnrollFactorRequest({ factorType: 'OTP', profile: {} }));
  assert.match(started.otpData.qrCodeDataUrl, /^data:image\/png;base64,/);
  const totp = async () => (await control(host, 'totp-codes', { secret: started.otpData.qrCodeUri })).code;
  const enrollmentData = { passCode: await totp() };
  data(await client.enrollFactor({ factorType: 'OTP', enrollmentToken: started.enrollmentToken, enrollmentData }));
  const required = await client.signInByEmailPassword({ email, password });
  assert.equal(required.apiCode, 1635, JSON.stringify(required));

  for (const method of ['client_secret_post', 'client_secret_basic', 'none']) {
    const methods = {
      tokenEndPointAuthMethod: method,
      introspectionEndPointAuthMethod: method,
      revocationEndPointAuthMethod: method,
    };
    const oidc = new AuthenticationClient({ appId, appSecret, appHost: host, redirectUri: callback, ...methods });
    const verifier = openid.randomPKCECodeVerifier();
    const codeChallenge = await openid.calculatePKCECodeChallenge(verifier);
    const url = new URL(oidc.buildAuthorizeUrl({ scope: 'openid profile offline_access' }).url);
    // The SDK takes the verifier, but leaves the challenge out of the URL; it also asks for no consent.
    url.searchParams.set('code_challenge', codeChallenge);
    url.searchParams.set('code_challenge_method', 'S256');
    url.searchParams.set('prompt', 'consent');
    const code = (await logIn(url)).searchParams.get('code');
    const tokens = await oidc.getAccessTokenByCode(code, { codeVerifier: verifier });
    const user = await oidc.getUserInfoByAccessToken(tokens.access_token);
    assert.ok(user.sub, JSON.stringify(user));
    const refreshed = await oidc.getNewAccessTokenByRefreshToken(tokens.refresh_token);
    assert.equal((await oidc.introspectToken(refreshed.access_token)).active, true);
    assert.equal(await oidc.revokeToken(refreshed.refresh_token), true);
  }
}

async function miniProgram() {
  const program = new Authing({ appId, userPoolId: 'a-user-pool', host: publicHost });
  const ok = ([error, value]) => {
    assert.equal(error ?? undefined, undefined, JSON.stringify(error));
    return value;
  };
  const { code } = await control(publicHost, 'phone-codes', { phoneNumber: '+8618812348888' });
  const phone = ok(await program.getPhone({ code, extIdpConnidentifier: 'my-wxapp' }));
  assert.equal(phone.phoneNumber, '+8618812348888');

  const email = 'mini@example.com';
  const none = {
    tokenEndPointAuthMethod: 'none',
    introspectionEndPointAuthMethod: 'none',
    revocationEndPointAuthMethod: 'none',
  };
  const client = new AuthenticationClient({ appId, appHost: publicHost, ...none });
  data(await client.signUpByEmailPassword({ email, password }));
  const options = { scope: 'openid profile offline_access' };
  const signedIn = ok(await program.loginByPassword({
    connection: 'PASSWORD', passwordPayload: { email, password }, options,
  }));
  assert.ok(signedIn.access_token, JSON.stringify(signedIn));
  assert.equal(ok(await program.getUserInfo()).email, email);
  ok(await program.refreshToken());
  assert.equal(ok(await program.getUserInfo()).email, email);
}

async function openidClient() {
  for (const authentication of [openid.ClientSecretPost(appSecret), openid.ClientSecretBasic(appSecret), openid.None()]) {
    const issuer = new URL(`${host}/oidc`);
    const insecure = { execute: [openid.allowInsecureRequests] };
    const config = await openid.discovery(issuer, appId, undefined, authentication, insecure);
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const [expectedNonce, expectedState] = [openid.randomNonce(), openid.randomState()];
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: 'openid profile email offline_access',
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      nonce: expectedNonce,
      state: expectedState,
      prompt: 'consent',
    });
    const checks = { pkceCodeVerifier, expectedNonce, expectedState };
    const tokens = await openid.authorizationCodeGrant(config, await logIn(url), checks);
    const { sub } = tokens.claims();
    const user = await openid.fetchUserInfo(config, tokens.access_token, sub);
    assert.equal(user.preferred_username, 'sandbox-user');
    const less = await openid.refreshTokenGrant(config, tokens.refresh_token, { scope: 'openid' });
    assert.equal(less.scope, 'openid');
    const again = await openid.refreshTokenGrant(config, less.refresh_token);
    assert.equal(again.scope, 'openid profile email offline_access');
    assert.equal((await openid.tokenIntrospection(config, again.access_token)).active, true);
    await openid.tokenRevocation(config, again.refresh_token);
    await assert.rejects(openid.refreshTokenGrant(config, again.refresh_token), { error: 'invalid_grant' });
  }
}

for (const story of [nodeSdk, miniProgram, openidClient]) {
  await story();
  console.log(`${story.name} tells its story`);
}
process.exit();
