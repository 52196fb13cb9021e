// The runtime of a mini program, as far as its SDK needs it: requests, storage, and a login code.

const storage = new Map();

/** Reports the outcome by callbacks, too, as Taro does. */
function withCallbacks(call) {
  return (options = {}) => {
    const outcome = call(options);
    outcome.then((value) => options.success?.(value), (error) => options.fail?.(error));
    return outcome;
  };
}

const calls = {
  async request({ url, method = 'GET', data, header = {} }) {
    const isForm = header['content-type'] === 'application/x-www-form-urlencoded';
    const headers = { 'content-type': 'application/json', ...header };
    const target = new URL(url);
    let body;
    if (method === 'GET') Object.entries(data ?? {}).forEach(([name, value]) => target.searchParams.set(name, value));
    else body = isForm ? new URLSearchParams(data) : JSON.stringify(data);
    const response = await fetch(target, { method, headers, body });
    return { statusCode: response.status, data: await response.json() };
  },
  async getStorage({ key }) {
    if (!storage.has(key)) throw new Error(`no ${key}`);
    return { data: storage.get(key) };
  },
  async setStorage({ key, data }) {
    storage.set(key, data);
  },
  async removeStorage({ key }) {
    storage.delete(key);
  },
  async login() {
    return { code: 'a-login-code' };
  },
};

export default Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, withCallbacks(call)]));
