"""Runs every operation of the command against Prism, which checks the requests against the document.

    python run_prism.py GENAUTH API DOCUMENT PRISM

Each runs with either way in which a client sends its credentials.
"""

import json
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

SETTINGS = {
    "GENAUTH_APP_ID": "64f1c0ffee5d2a0012ab34cd",
    "GENAUTH_APP_SECRET": "secret",
    "GENAUTH_ACCESS_TOKEN": "token",
    "GENAUTH_ACCESS_KEY_ID": "62e22100c0ffee5d2a0012ab",
    "GENAUTH_ACCESS_KEY_SECRET": "secret",
}
# The variable with the host of each API, the subcommand with its operations, and the ways to send credentials.
APIS = {
    "authentication": ("GENAUTH_APP_HOST", [], ("GENAUTH_TOKEN_ENDPOINT_AUTH", ["client_secret_post", "client_secret_basic"])),
    # Prism knows no signature.
    "management": ("GENAUTH_MANAGEMENT_HOST", ["management"], ("GENAUTH_ACCESS_KEY_AUTH", ["bearer"])),
}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port):
    for _ in range(300):
        with socket.socket() as connection:
            if connection.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("Prism does not listen")


def example(holder):
    return next((media.get("example") for media in holder.get("content", {}).values()), None)


def operations(document):
    """Each operation of the command, with the example of its request."""
    for item in document["paths"].values():
        for operation in item.values():
            if "x-genauth-websocket" in operation or "x-genauth-url-only" in operation:
                continue
            parameters = [it for it in operation.get("parameters", []) if "x-genauth-client-supplied" not in it]
            arguments = {it["name"]: it["example"] for it in parameters if "example" in it}
            arguments |= example(operation.get("requestBody", {})) or {}
            yield operation["operationId"].replace("_", "-"), arguments


def main():
    genauth, api, path, prism = sys.argv[1:]
    host, prefix, (variable, methods) = APIS[api]
    with open(path) as file:
        document = json.load(file)
    port = free_port()
    server = subprocess.Popen([prism, "mock", "--errors", "--port", str(port), path], stdout=subprocess.DEVNULL)
    try:
        wait_for(port)

        def run(case):
            method, (name, arguments) = case
            settings = {**SETTINGS, host: f"http://127.0.0.1:{port}", variable: method}
            command = [genauth, *prefix, name, "--json", json.dumps(arguments)]
            outcome = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True)
            return None if outcome.returncode == 0 else f"{name} with {method}: {outcome.stderr.strip()}"

        cases = [(method, operation) for method in methods for operation in operations(document)]
        with ThreadPoolExecutor(4) as pool:
            failures = [failure for failure in pool.map(run, cases) if failure]
    finally:
        server.terminate()
        server.wait()
    print(f"Prism accepts {len(cases) - len(failures)} of {len(cases)} requests")
    sys.exit("\n".join(failures) or None)


main()
