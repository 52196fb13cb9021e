"""Sends schemathesis's requests to a sandbox, and checks the responses against the document.

    python run_schemathesis.py GENAUTH DOCUMENT

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


def main():
    genauth, document = map(os.path.abspath, sys.argv[1:])
    with sandbox.running([genauth, "sandbox", "--port", "0"]) as variables:
        url = variables["GENAUTH_APP_HOST"]
        token = httpx.post(f"{url}/_sandbox/access-tokens").json()["accessToken"]
        command = ["schemathesis", "run", document, f"--url={url}", f"--checks={','.join(CHECKS)}"]
        command += [f"--exclude-operation-id={EXCLUDED}", "--phases=examples,coverage,fuzzing", "--mode=all"]
        command += ["--max-examples=5", "--seed=1", "--generation-database=none", "--no-color"]
        command += [f"--header=x-genauth-app-id: {variables['GENAUTH_APP_ID']}"]
        command += [f"--header=Authorization: Bearer {token}"]
        # It leaves a cache where it runs.
        with tempfile.TemporaryDirectory() as folder:
            outcome = subprocess.run(command, cwd=folder)
    sys.exit(outcome.returncode)


main()
