// Logging in at a backend, and out again: node login.mjs URL SANDBOX USERNAME PASSWORD. The user has signed up.

import assert from "node:assert/strict";
import { browse } from "./browser.mjs";

const [url, sandbox, username, password] = process.argv.slice(2);

const look = async (open) => {
  const page = await open("/profile");
  await begin(page);
  await page.getByRole("button", { name: "Continue as the test user" }).click();
  await page.getByText("Logged in as sandbox-user").waitFor();
  assert.equal(page.url(), `${url}/profile`);
  assert.equal(await page.evaluate(() => document.cookie), "", "scripts can read the session's cookie");
  await logOut(page);

  await begin(page);
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByText(`Logged in as ${username}`).waitFor();
  await logOut(page);
};

await browse(url, look, [sandbox]);

/** Sends the browser to the sandbox's login page. */
async function begin(page) {
  assert.equal(page.url(), `${url}/`);
  await page.getByRole("link", { name: "Log in" }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
  assert.equal(new URL(page.url()).origin, sandbox);
}

/** The backend has forgotten who it was, even for who kept the cookie, and the sandbox too. */
async function logOut(page) {
  const cookies = await page.context().cookies(url);
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("link", { name: "Log in" }).waitFor();
  await page.context().addCookies(cookies.filter(({ name }) => name === "session"));
  await page.goto("/profile");
  await page.getByRole("link", { name: "Log in" }).waitFor();
  assert.equal(page.url(), `${url}/`);
}
