// Load generator with the Node.js SDK, as `src/bin/load.rs`: load.cjs HOST IN_FLIGHT SECONDS. Set NODE_PATH.
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
    const response = await client.decryptWechatMiniProgramData({
      code: 'a-code',
      iv: 'an-iv',
      encryptedData: 'some-data',
      extIdpConnidentifier: 'my-wxapp',
    });
    if (!response.data.phoneNumber) throw new Error(JSON.stringify(response));
    const now = performance.now();
    if (begun >= begin && now <= end) milliseconds.push(now - begun);
  }
}

Promise.all(Array.from({ length: Number(inFlight) }, caller)).then(() => {
  console.log(JSON.stringify({ slice_seconds: Number(seconds), milliseconds: { 'Node.js': [milliseconds] } }));
});
