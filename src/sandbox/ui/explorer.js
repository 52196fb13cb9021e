// Shows the sandbox's document, with credentials filled in that are good for it; "Authorize" takes others.
"use strict";

const explorer = SwaggerUIBundle({
  url: "/_sandbox/openapi.json",
  dom_id: "#explorer",
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  onComplete: authorize,
});

async function authorize() {
  const [sandbox, { accessToken }] = await Promise.all([
    fetch("/_sandbox").then((answer) => answer.json()),
    fetch("/_sandbox/access-tokens", { method: "POST" }).then((answer) => answer.json()),
  ]);
  explorer.preauthorizeApiKey("appId", sandbox.appId);
  explorer.preauthorizeApiKey("accessToken", accessToken);
}

// Swagger UI has its dark colours under a class.
const dark = matchMedia("(prefers-color-scheme: dark)");
dark.onchange = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.onchange();
