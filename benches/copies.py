"""Copies of the workspace with a multiple of the OpenAPI document: each further copy of an operation or schema gets a
name of its own, as long as the original's, so that the generated code grows with their number alone."""

import json
import pathlib
import re
import shutil
import subprocess

import report

PARTS = ["Cargo.toml", "Cargo.lock", "build.rs", "src", "openapi", "codegen", "cli", "examples", "tests"]
BENCHES = ["benches/Cargo.toml", "benches/Cargo.lock", "benches/src"]
SCHEMAS = "#/components/schemas/"

def copy_crate(folder, times=1):
    """Copies the workspace and its benchmarks, with everything in the OpenAPI document `times` times."""
    for part in [*PARTS, *BENCHES]:
        source, destination = report.ROOT / part, folder / part
        destination.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, destination)
    if times > 1:
        document = multiplied(merged(), times)
        shutil.rmtree(folder / "openapi/authentication")
        (folder / "openapi/authentication").mkdir()
        # JSON is YAML.
        (folder / "openapi/authentication/genauth.yaml").write_text(json.dumps(document, ensure_ascii=False))


def shared_schemas():
    """The names of the schemas that both APIs have, of which there is one each."""
    files = (report.ROOT / "openapi/shared").glob("*.yaml")
    return {name for file in files for name in re.findall(r"^    (\w+):$", file.read_text(), re.MULTILINE)}


SHARED = shared_schemas()


def merged():
    """The OpenAPI document of the authentication API, as it is before it is exported, without the shared schemas."""
    command = ["cargo", "check", "--quiet", "--message-format=json"]
    lines = subprocess.run(command, cwd=report.ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    messages = [message for line in lines if (message := json.loads(line))["reason"] == "build-script-executed"]
    out = next(message["out_dir"] for message in messages if "#genauth@" in message["package_id"] or
               message["package_id"].startswith(f"path+file://{report.ROOT}#"))
    document = json.loads(pathlib.Path(out, "authentication/canary.json").read_text())
    schemas = document["components"]["schemas"]
    document["components"]["schemas"] = {name: it for name, it in schemas.items() if name not in SHARED}
    return document


def multiplied(document, times):
    paths, schemas = dict(document["paths"]), dict(document["components"]["schemas"])
    for letter in "qzj"[: times - 1]:
        for path, item in document["paths"].items():
            add(paths, "/" + lettered(path[1:], letter), renamed(item, letter))
        for name, schema in document["components"]["schemas"].items():
            add(schemas, copied(name, letter), renamed(schema, letter))
    return document | {"paths": paths, "components": document["components"] | {"schemas": schemas}}


def add(mapping, name, value):
    assert name not in mapping, f"{name} exists already"
    mapping[name] = value


def copied(name, letter):
    return name if name in SHARED else lettered(name, letter)


def lettered(name, letter):
    """Replaces the second letter by one that no name has there."""
    return name[0] + letter + name[2:]


def renamed(value, letter):
    """The same value with other names for operations, methods and schemas."""
    if isinstance(value, list):
        return [renamed(item, letter) for item in value]
    if not isinstance(value, dict):
        return value
    result = {key: renamed(member, letter) for key, member in value.items()}
    if str(value.get("$ref")).startswith(SCHEMAS):
        result["$ref"] = SCHEMAS + copied(value["$ref"].removeprefix(SCHEMAS), letter)
    if isinstance(value.get("operationId"), str):
        result["operationId"] = lettered(value["operationId"], letter)
        for method in result.get("x-genauth-convenience-methods", []):
            method["name"] = lettered(method["name"], letter)
            method.pop("internalUse", None)
        if websocket := result.get("x-genauth-websocket"):
            websocket["method"] = lettered(websocket["method"], letter)
        result.pop("x-genauth-aliases", None)
        result.pop("x-genauth-internal-use", None)
    return result
