"""Generates clients in Python and TypeScript, and lets the one in Python read a response and a rejection.

    python generated_clients.py GENAUTH API DOCUMENT TOOLS

TOOLS is the folder of the Node.js tools.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
import sandbox


# An operation of each API, whose response type is compiled.
OPERATIONS = {"authentication": "sign_in_by_credentials", "management": "create_group"}


def generate_python(document, folder):
    target = folder / "python"
    command = ["openapi-python-client", "generate", "--path", document, "--meta=none", "--output-path", target / "api"]
    # It warns of each operation that it leaves out.
    subprocess.run([*command, "--fail-on-warning"], check=True)
    sys.path.insert(0, str(target))


def call_authentication(genauth):
    from api import Client
    from api.api.sign_in import sign_in_by_credentials
    from api.models import Rejection, SigninByCredentialsDto

    with sandbox.running([genauth, "sandbox", "--port", "0"]) as variables:
        url, app_id = variables["GENAUTH_APP_HOST"], variables["GENAUTH_APP_ID"]
        headers = {"x-genauth-app-id": app_id}
        client = Client(base_url=url, headers=headers)
        credentials = {"client_id": app_id, "client_secret": variables["GENAUTH_APP_SECRET"]}

        def account(password):
            return {"connection": "PASSWORD", "passwordPayload": {"email": "lin@example.com", "password": password}}

        def sign_in(password):
            body = SigninByCredentialsDto.from_dict({**account(password), **credentials})
            return sign_in_by_credentials.sync(client=client, body=body)

        httpx.post(f"{url}/api/v3/signup", json=account("correct-horse-42"), headers=headers).raise_for_status()
        assert sign_in("correct-horse-42").data.access_token
        rejection = sign_in("wrong")
        assert isinstance(rejection, Rejection) and rejection.api_code == 2333, rejection
        print("a generated Python client reads a sign-in and its rejection")


def call_management(genauth):
    from api import AuthenticatedClient
    from api.api.groups import create_group
    from api.models import CreateGroupReqDto, Rejection

    with sandbox.running([genauth, "sandbox", "--port", "0"]) as variables:
        url = variables["GENAUTH_MANAGEMENT_HOST"]
        key = {"accessKeyId": variables["GENAUTH_ACCESS_KEY_ID"], "accessKeySecret": variables["GENAUTH_ACCESS_KEY_SECRET"]}
        token = httpx.post(f"{url}/api/v3/get-management-token", json=key).json()["data"]["access_token"]
        client = AuthenticatedClient(base_url=url, token=token)
        group = {"type": "static", "name": "Developers", "code": "developers", "description": "Hangzhou"}
        body = CreateGroupReqDto.from_dict(group)
        assert create_group.sync(client=client, body=body).data.code == "developers"
        assert isinstance(create_group.sync(client=client, body=body), Rejection)
        print("a generated Python client creates a group, and reads that its code is taken")


def generate_typescript(api, document, tools, folder):
    types = folder / "genauth.ts"
    program = folder / "program.ts"
    subprocess.run([tools / "openapi-typescript", document, "--output", types], check=True, capture_output=True)
    program.write_text(
        'import type { operations } from "./genauth";\n'
        f'type Response = operations["{OPERATIONS[api]}"]["responses"][200]["content"]["application/json"];\n'
        "export const apiCode = (response: Response): number | undefined => response.apiCode;\n"
    )
    subprocess.run([tools / "tsc", "--noEmit", "--strict", "--skipLibCheck", program], check=True)
    print("openapi-typescript generates types that compile")


def main():
    genauth, api, document, tools = sys.argv[1:]
    tools = Path(tools).absolute() / "node_modules" / ".bin"
    with tempfile.TemporaryDirectory() as folder:
        generate_python(document, Path(folder))
        call_authentication(genauth) if api == "authentication" else call_management(genauth)
        generate_typescript(api, document, tools, Path(folder))


main()
