// Headless Chromium for one script. On its pages, no script and no request may fail, and no request may go to another host.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Calls `script` with a function that opens a page of the server at `url`, and checks afterwards that nothing failed. Pages
 * may also come from the servers at `others`.
 */
export async function browse(url, script, others = []) {
  const browser = await (await library()).launch({ executablePath: chromium(), args: ARGUMENTS });
  try {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(20_000);
    const failures = [];
    watch(context, [url, ...others].map((one) => new URL(one).origin), failures);
    await script(async (path) => {
      const page = await context.newPage();
      await page.goto(path);
      return page;
    }).catch((error) => failures.push(error.stack));
    assert.equal(failures.length, 0, failures.join("\n"));
  } finally {
    await browser.close();
  }
}

function watch(context, origins, failures) {
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) failures.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => failures.push(`uncaught: ${error.error()}`));
  context.on("requestfailed", (request) => {
    // Leaving a page aborts its requests.
    const { errorText } = request.failure();
    if (errorText !== "net::ERR_ABORTED") failures.push(`${request.url()}: ${errorText}`);
  });
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (!origins.includes(origin) && !["data:", "blob:"].includes(protocol)) failures.push(`another host: ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) failures.push(`${response.url()}: HTTP ${response.status()}`);
  });
}

async function library() {
  try {
    return (await import("playwright-core")).chromium;
  } catch {
    throw new Error("playwright-core is missing; run npm ci --prefix tests/browser");
  }
}

function chromium() {
  if (existsSync(CHROMIUM)) return CHROMIUM;
  throw new Error(`${CHROMIUM} does not exist; install chromium, or set CHROMIUM to its path`);
}
