// The explorer and the requests page: node pages.mjs URL. If SCREENSHOTS is a folder, it receives screenshots of both.

import assert from "node:assert/strict";
import { browse } from "./browser.mjs";

const url = process.argv[2];
const PHONE = "#operations-wechat-get_wechat_miniprogram_phone";

await browse(url, async (open) => {
  const requests = await open("/_sandbox/ui");
  await requests.getByText("Live:").waitFor();
  assert.equal(await requests.locator("#requests tr").count(), 0);

  const explorer = await open("/");
  const { tags } = await (await fetch(`${url}/_sandbox/openapi.json`)).json();
  for (const tag of tags) await explorer.locator(`#operations-tag-${tag.name}`).waitFor();
  await explorer.locator(".authorize.locked").waitFor();

  const phone = await unfold(explorer, "wechat", PHONE);
  await phone.getByText("Turn a phone-button code into").first().waitFor();
  assert.match(await execute(phone), /"phoneNumber": "\+8618812348888"/);
  const { code } = JSON.parse(await phone.locator("textarea").inputValue());
  await screenshot(explorer, "explorer", 1010, phone.locator(".opblock-section-request-body"));

  const latest = requests.locator("#requests tr").first();
  await latest.getByText("get_wechat_miniprogram_phone").waitFor();
  const text = await latest.innerText();
  assert.match(text, /POST \/api\/v3\/get-wechat-miniprogram-phone/);
  assert.match(text, /"code": "\*\*\*", "extIdpConnidentifier": "my-wxapp"/);
  assert.match(text, /HTTP 200, status 200/);
  assert.ok(!(await requests.content()).includes(code), "the page shows the code");

  const profile = await unfold(explorer, "profile", "#operations-profile-get_profile");
  assert.match(await execute(profile), /"username": "sandbox-user"/);
  const issue = await unfold(explorer, "sandbox", "#operations-sandbox-issue_phone_code");
  assert.match(await execute(issue), /"code": "sandbox-phone-code-/);

  await send("my-wxapp", "a-code");
  await latest.getByText("code 40029").waitFor();
  await post("/_sandbox/faults", { fault: "bad-gateway" });
  await send("my-wxapp", "a-code");
  await latest.getByText("fault: bad-gateway").waitFor();
  await screenshot(requests, "requests", 480);

  await send("<img src=x onerror=alert(1)>", "a-code");
  await latest.getByText("<img src=x onerror=alert(1)>").waitFor();
  assert.equal(await requests.locator("#requests img").count(), 0);
  assert.equal(await requests.locator("#requests tr").count(), 5);

  await requests.getByRole("link", { name: "API" }).click();
  await requests.locator("#operations-tag-wechat").waitFor();
  await requests.getByRole("link", { name: "Requests" }).click();
  await requests.locator("#requests tr").nth(4).waitFor();
});

/** Expands an operation of the explorer. */
async function unfold(page, tag, id) {
  const operation = page.locator(id);
  if (!(await operation.isVisible())) await page.locator(`#operations-tag-${tag}`).click();
  await operation.locator(".opblock-summary-control").click();
  return operation;
}

/** Sends the example of an operation; returns the body of the response. */
async function execute(operation) {
  await operation.getByRole("button", { name: "Try it out" }).click();
  await operation.getByRole("button", { name: "Execute" }).click();
  const response = operation.locator(".live-responses-table");
  assert.equal((await response.locator(".response-col_status").last().innerText()).trim(), "200");
  return response.locator(".response-col_description pre").first().innerText();
}

function send(extIdpConnidentifier, code) {
  return post("/api/v3/get-wechat-miniprogram-phone", { code, extIdpConnidentifier });
}

function post(path, body) {
  const headers = { "content-type": "application/json", "x-genauth-app-id": "an-app" };
  return fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function screenshot(page, name, height, top = page.locator("body")) {
  if (!process.env.SCREENSHOTS) return;
  const size = page.viewportSize();
  await page.setViewportSize({ ...size, height });
  await top.evaluate((element) => element.scrollIntoView());
  await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, animations: "disabled" });
  await page.setViewportSize(size);
}
