"""Sends schemathesis's requests to a sandbox, and checks the responses against the document.

    python run_schemathesis.py GENAUTH API DOCUMENT

Checks that need a rejection to have an HTTP status of its own are left out: the API rejects with HTTP 200, too.
"""

import os
import subprocess
import sys
import tempfile

import httpx
import sandbox

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]
# A WebSocket, which schemathesis does not speak.
EXCLUDED = "sub_event"


# The coverage phase alone sends 20,000 requests to the management API.
PHASES = {"authentication": "examples,coverage,fuzzing", "management": "examples,fuzzing"}


def authentication(variables):
    url = variables["GENAUTH_APP_HOST"]
    return url, httpx.post(f"{url}/_sandbox/access-tokens").json()["accessToken"]


def management(variables):
    url = variables["GENAUTH_MANAGEMENT_HOST"]
    key = {"accessKeyId": variables["GENAUTH_ACCESS_KEY_ID"], "accessKeySecret": variables["GENAUTH_ACCESS_KEY_SECRET"]}
    return url, httpx.post(f"{url}/api/v3/get-management-token", json=key).json()["data"]["access_token"]


def main():
    genauth, api, document = sys.argv[1:]
    genauth, document = os.path.abspath(genauth), os.path.abspath(document)
    with sandbox.running([genauth, "sandbox", "--port", "0"]) as variables:
        url, token = authentication(variables) if api == "authentication" else management(variables)
        command = ["schemathesis", "run", document, f"--url={url}", f"--checks={','.join(CHECKS)}"]
        command += [f"--exclude-operation-id={EXCLUDED}", f"--phases={PHASES[api]}", "--mode=all"]
        command += ["--max-examples=5", "--seed=1", "--generation-database=none", "--no-color"]
        command += [f"--header=x-genauth-app-id: {variables['GENAUTH_APP_ID']}"]
        command += [f"--header=Authorization: Bearer {token}"]
        # It leaves a cache where it runs.
        with tempfile.TemporaryDirectory() as folder:
            outcome = subprocess.run(command, cwd=folder)
    sys.exit(outcome.returncode)


main()
