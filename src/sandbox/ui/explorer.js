// Shows the OpenAPI document of the sandbox, with valid credentials filled in.
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
    fetch("/_sandbox").then((response) => response.json()),
    fetch("/_sandbox/access-tokens", { method: "POST" }).then((response) => response.json()),
  ]);
  explorer.preauthorizeApiKey("appId", sandbox.appId);
  explorer.preauthorizeApiKey("accessToken", accessToken);
}

// Swagger UI uses its dark colors under a class.
const dark = matchMedia("(prefers-color-scheme: dark)");
dark.onchange = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.onchange();
