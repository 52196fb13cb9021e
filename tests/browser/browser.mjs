// Headless Chromium for one script. Nothing may fail on its pages: no script, no request, none to elsewhere.

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
 * Calls `look` with a function that opens a page of the server at `url`, and checks afterwards that nothing failed. Pages
 * may come from the servers at `others` as well.
 */
export async function browse(url, look, others = []) {
  const browser = await (await library()).launch({ executablePath: chromium(), args: ARGUMENTS });
  try {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(20_000);
    const failures = [];
    watch(context, [url, ...others].map((one) => new URL(one).origin), failures);
    await look(async (path) => {
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
    // A page that is left lets go of what it listened to.
    const { errorText } = request.failure();
    if (errorText !== "net::ERR_ABORTED") failures.push(`${request.url()}: ${errorText}`);
  });
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (!origins.includes(origin) && !["data:", "blob:"].includes(protocol)) failures.push(`elsewhere: ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) failures.push(`${response.url()}: HTTP ${response.status()}`);
  });
}

async function library() {
  try {
    return (await import("playwright-core")).chromium;
  } catch {
    throw new Error("playwright-core is missing: npm ci --prefix tests/browser");
  }
}

function chromium() {
  if (existsSync(CHROMIUM)) return CHROMIUM;
  throw new Error(`there is no ${CHROMIUM}: apt-get install chromium, or set CHROMIUM to where it is`);
}
