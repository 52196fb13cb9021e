// Logs in at a backend and out: node login.mjs URL SANDBOX USERNAME PASSWORD. The user exists.

import assert from "node:assert/strict";
import { browse } from "./browser.mjs";

const [url, sandbox, username, password] = process.argv.slice(2);

const script = async (open) => {
  const page = await open("/profile");
  await openLogin(page);
  await page.getByRole("button", { name: "Continue as the test user" }).click();
  await page.getByText("Logged in as sandbox-user").waitFor();
  assert.equal(page.url(), `${url}/profile`);
  assert.equal(await page.evaluate(() => document.cookie), "", "scripts can read the session cookie");
  await logOut(page);

  await openLogin(page);
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByText(`Logged in as ${username}`).waitFor();
  await logOut(page);
};

await browse(url, script, [sandbox]);

/** Opens the sandbox's login page. */
async function openLogin(page) {
  assert.equal(page.url(), `${url}/`);
  await page.getByRole("link", { name: "Log in" }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
  assert.equal(new URL(page.url()).origin, sandbox);
}

/** Checks that the session has ended at the backend, even with its old cookie, and at the sandbox. */
async function logOut(page) {
  const cookies = await page.context().cookies(url);
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("link", { name: "Log in" }).waitFor();
  await page.context().addCookies(cookies.filter(({ name }) => name === "session"));
  await page.goto("/profile");
  await page.getByRole("link", { name: "Log in" }).waitFor();
  assert.equal(page.url(), `${url}/`);
}
