// The Node.js SDK under load, as `src/bin/load.rs` is: load.cjs HOST IN_FLIGHT SECONDS. NODE_PATH leads to the SDK.
const { AuthenticationClient } = require('authing-node-sdk');

const [host, inFlight, seconds] = process.argv.slice(2);
const client = new AuthenticationClient({
  appId: 'an-app',
  appSecret: 'a-secret',
  appHost: host,
  redirectUri: 'http://127.0.0.1/callback',
});
const begin = performance.now() + 1000;
const end = begin + seconds * 1000;
const milliseconds = [];

async function caller() {
  while (performance.now() < end) {
    const begun = performance.now();
    const answer = await client.decryptWechatMiniProgramData({
      code: 'a-code',
      iv: 'an-iv',
      encryptedData: 'some-data',
      extIdpConnidentifier: 'my-wxapp',
    });
    if (!answer.data.phoneNumber) throw new Error(JSON.stringify(answer));
    const now = performance.now();
    if (begun >= begin && now <= end) milliseconds.push(now - begun);
  }
}

Promise.all(Array.from({ length: Number(inFlight) }, caller)).then(() => {
  console.log(JSON.stringify({ slice_seconds: Number(seconds), milliseconds: { 'Node.js': [milliseconds] } }));
});
