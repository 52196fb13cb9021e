// A certified OpenID Connect provider with the service's paths: under /oidc, keys at /.well-known/jwks.json.
// Prints its port once it listens, and exits when its standard input is closed.

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const callback = 'https://shop.example/callback';
const client = (client_id, token_endpoint_auth_method, more) => ({
  client_id,
  token_endpoint_auth_method,
  redirect_uris: [callback],
  post_logout_redirect_uris: ['https://shop.example/bye'],
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token'],
  ...more,
});
const secret = 'a secret: with + and % and & in it';

const configuration = {
  clients: [
    client('post-app', 'client_secret_post', {
      client_secret: secret,
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    }),
    client('basic-app', 'client_secret_basic', { client_secret: secret, id_token_signed_response_alg: 'HS256' }),
    client('public-app', 'none'),
    client('jwt-app', 'client_secret_post', { client_secret: secret }),
  ],
  jwks: { keys: ['first', 'second'].map((kid) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
  }) },
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'HS256'] },
  routes: { jwks: '/.well-known/jwks.json' },
  rotateRefreshToken: true,
  claims: { openid: ['sub'], profile: ['nickname'], email: ['email', 'email_verified'] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, nickname: id, email: `${id}@example.com`, email_verified: true }),
  }),
  features: {
    introspection: { enabled: true },
    revocation: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      // As at the service, access tokens are signed, and their audience is the application itself.
      defaultResource: (_, { clientId }) => (clientId === 'jwt-app' ? 'urn:shop' : undefined),
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: 'orders',
        audience: 'jwt-app',
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
};

let handle;
const server = createServer((request, response) => {
  request.originalUrl = request.url;
  request.url = request.url.slice('/oidc'.length) || '/';
  handle(request, response);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  handle = new Provider(`http://127.0.0.1:${port}/oidc`, configuration).callback();
  console.log(port);
});
process.stdin.on('end', () => process.exit()).resume();
